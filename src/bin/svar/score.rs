//! `svar score`: how well a policy hears texts that people have labelled.

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::PathBuf;

use clap::Args;
use indicatif::ProgressBar;
use serde::Serialize;
use serde_json::Value;
use svar::request::to_json;
use svar::source::Diagnostics;
use svar::{Case, Policy, Reading, Scratch};

use crate::args::{Format, PolicyArgs};
use crate::paint::{BOLD, DIM, paint};
use crate::{Failure, Outcome, load};

#[derive(Args)]
pub(crate) struct Score {
    #[command(flatten)]
    policy: PolicyArgs,
    /// Labelled texts, one JSON object a line: {"text", "language"?, "acts"?, "address"?, "intent"?, "rules"?, "case"?}
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Only this: an act, a rule, `address`, `intent` or `language`
    #[arg(long, value_name = "NAME")]
    only: Vec<String>,
    /// Print so many of the texts that were heard wrongly
    #[arg(long, default_value_t = 10, value_name = "N")]
    misses: usize,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl Score {
    pub(crate) fn format(&self) -> Format {
        self.format
    }
}

/// How often what was heard met what was labelled, for one thing that is measured.
#[derive(Default)]
struct Tally {
    /// (label, heard) → how often.
    pairs: BTreeMap<(String, String), usize>,
    misses: Vec<Miss>,
}

#[derive(Clone, Serialize)]
struct Miss {
    label: String,
    heard: String,
    text: String,
}

#[derive(Serialize)]
struct ClassFigures {
    class: String,
    texts: usize,
    precision: f64,
    recall: f64,
    f1: f64,
}

#[derive(Serialize)]
struct Figures {
    of: String,
    texts: usize,
    accuracy: f64,
    macro_f1: f64,
    classes: Vec<ClassFigures>,
    confusions: Vec<(String, String, usize)>,
    misses: Vec<Miss>,
}

pub(crate) fn run(command: &Score) -> Result<Outcome, Failure> {
    let policy = load::policy(&command.policy)?;
    let text = load::text(&command.file)?;
    let rows = rows(command, &text)?;
    let measured = measured(command, &rows);
    if measured.is_empty() {
        return Err("no line has a label: give acts, address, intent, language or rules".into());
    }
    let bar = if std::io::stderr().is_terminal() {
        ProgressBar::new(rows.len() as u64)
    } else {
        ProgressBar::hidden()
    };
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    let mut scratch = Scratch::default();
    for row in &rows {
        bar.inc(1);
        let text = row["text"].as_str().or(row["reply"].as_str()).unwrap_or_default();
        // A text whose language is to be told is heard without being told.
        let language = row["language"].as_str().filter(|_| !measured.iter().any(|what| what == "language"));
        let mut reading = Reading::default();
        policy.read_into(text, language, &mut scratch, &mut reading).map_err(Diagnostics::from)?;
        for what in &measured {
            if let Some((label, heard)) = compare(what, row, &reading, &policy, text, &mut scratch)? {
                let tally = tallies.entry(what.clone()).or_default();
                if label != heard {
                    tally.misses.push(Miss {
                        label: label.clone(),
                        heard: heard.clone(),
                        text: text.to_owned(),
                    });
                }
                *tally.pairs.entry((label, heard)).or_default() += 1;
            }
        }
    }
    bar.finish_and_clear();
    let figures: Vec<_> = tallies.into_iter().map(|(of, tally)| figures(of, tally, command.misses)).collect();
    match command.format {
        Format::Json => anstream::println!("{}", to_json(&figures)),
        Format::Text => figures.iter().for_each(print),
    }
    Ok(Outcome::Pass)
}

fn rows(command: &Score, text: &str) -> Result<Vec<Value>, Failure> {
    let mut rows = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let row: Value = serde_json::from_str(line)
            .map_err(|error| format!("{}:{}: {error}", command.file.display(), number + 1))?;
        rows.push(row);
    }
    Ok(rows)
}

/// What there are labels for.
fn measured(command: &Score, rows: &[Value]) -> Vec<String> {
    if !command.only.is_empty() {
        return command.only.clone();
    }
    let mut found = Vec::new();
    for key in ["address", "intent"] {
        if rows.iter().any(|row| row[key].is_string()) {
            found.push(key.to_owned());
        }
    }
    for key in ["acts", "rules"] {
        let names = rows.iter().filter_map(|row| row[key].as_array()).flatten().filter_map(Value::as_str);
        found.extend(names.map(str::to_owned));
    }
    found.sort();
    found.dedup();
    if found.is_empty() && rows.iter().any(|row| row["language"].is_string()) {
        found.push("language".to_owned());
    }
    found
}

/// Label and what was heard, if the row has the label.
fn compare(
    what: &str,
    row: &Value,
    reading: &Reading,
    policy: &Policy,
    text: &str,
    scratch: &mut Scratch,
) -> Result<Option<(String, String)>, Failure> {
    let one = |label: Option<&str>, heard: String| label.map(|label| (label.to_owned(), heard));
    let yes_no = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
    Ok(match what {
        "address" => one(row["address"].as_str(), format!("{:?}", reading.address.form).to_lowercase()),
        "intent" => one(row["intent"].as_str(), reading.intent.kind().to_owned()),
        "language" => {
            let heard = reading.language.as_ref().map_or("unknown", |language| language.as_str());
            one(row["language"].as_str(), heard.to_owned())
        }
        _ if policy.rule(what).is_some() => match row["rules"].as_array() {
            None => None,
            Some(labels) => {
                let case = match &row["case"] {
                    Value::Null => Case::new("facebook"),
                    case => Case::from_json(&case.to_string())?,
                };
                let report = policy.validate_with(&case, text, None, scratch).map_err(Diagnostics::from)?;
                let labelled = labels.iter().any(|label| label == what);
                Some((yes_no(labelled), yes_no(report.of(what).next().is_some())))
            }
        },
        act if policy.acts().any(|(known, _)| *known == *act) => row["acts"]
            .as_array()
            .map(|labels| (yes_no(labels.iter().any(|label| label == act)), yes_no(reading.hears(act)))),
        unknown => return Err(format!("there is no act or rule `{unknown}` to measure").into()),
    })
}

fn figures(of: String, tally: Tally, misses: usize) -> Figures {
    let pairs = &tally.pairs;
    let texts: usize = pairs.values().sum();
    let right: usize =
        pairs.iter().filter(|((label, heard), _)| label == heard).map(|(_, count)| count).sum();
    let mut names: Vec<&String> = pairs.keys().map(|(label, _)| label).collect();
    names.dedup();
    let classes: Vec<_> = names
        .into_iter()
        .map(|class| {
            // Counted as whole numbers: the sum of no floats is -0.0.
            let count = |test: &dyn Fn(&str, &str) -> bool| -> f64 {
                let fitting = pairs.iter().filter(|((label, heard), _)| test(label, heard));
                fitting.map(|(_, count)| count).sum::<usize>() as f64
            };
            let hit = count(&|label, heard| label == class && heard == class);
            let heard = count(&|_, heard| heard == class);
            let labelled = count(&|label, _| label == class);
            let ratio = |part: f64, whole: f64| if whole == 0.0 { 0.0 } else { part / whole };
            ClassFigures {
                class: class.clone(),
                texts: labelled as usize,
                precision: ratio(hit, heard),
                recall: ratio(hit, labelled),
                f1: ratio(2.0 * hit, heard + labelled),
            }
        })
        .collect();
    let all: f64 = classes.iter().fold(0.0, |sum, class| sum + class.f1);
    let macro_f1 = all / classes.len().max(1) as f64;
    let mut confusions: Vec<_> = pairs
        .iter()
        .filter(|((label, heard), _)| label != heard)
        .map(|((label, heard), count)| (label.clone(), heard.clone(), *count))
        .collect();
    confusions.sort_by_key(|confusion| std::cmp::Reverse(confusion.2));
    let misses = tally.misses.into_iter().take(misses).collect();
    let accuracy = if texts == 0 { 0.0 } else { right as f64 / texts as f64 };
    Figures { of, texts, accuracy, macro_f1, classes, confusions, misses }
}

fn print(figures: &Figures) {
    anstream::println!(
        "{}  {} texts, accuracy {:.4}, macro-F1 {:.4}",
        paint(BOLD, &figures.of),
        figures.texts,
        figures.accuracy,
        figures.macro_f1
    );
    for class in &figures.classes {
        anstream::println!(
            "  {:12} precision {:.4}  recall {:.4}  F1 {:.4}  ({})",
            class.class,
            class.precision,
            class.recall,
            class.f1,
            class.texts
        );
    }
    for (label, heard, count) in &figures.confusions {
        anstream::println!("  {}", paint(DIM, format!("{label} heard as {heard}: {count}")));
    }
    for miss in &figures.misses {
        anstream::println!(
            "  {} {}",
            paint(DIM, format!("{} → {}:", miss.label, miss.heard)),
            miss.text.replace('\n', " ")
        );
    }
    anstream::println!();
}
