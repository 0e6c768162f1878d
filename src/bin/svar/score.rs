//! `svar score`: how well a policy hears texts that people have labelled.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::slice;

use clap::Args;
use indicatif::ProgressBar;
use serde::Serialize;
use serde_json::Value;
use svar::policy::PolicyBuilder;
use svar::reference::{Family, Reference};
use svar::request::{error_json, to_json};
use svar::source::{Diagnostic, Diagnostics, Document, Format as Written, Node, Sources, Value as Told};
use svar::{Case, Policy, Reading, Scratch};

use crate::args::{Format, PolicyArgs};
use crate::explain::meant;
use crate::load;
use crate::outcome::{AlreadyTold, Failure, Outcome};
use crate::paint::{BOLD, DIM, diagnostics, paint};
use crate::stream::{Lines, counted};

#[derive(Args)]
pub(crate) struct Score {
    #[command(flatten)]
    policy: PolicyArgs,
    /// Labelled texts, `-` is standard input, one JSON object a line: {"text", "language"?, "acts"?, "address"?,
    /// "intent"?, "rules"?, "case"?}
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
    file: String,
    line: usize,
    text: String,
}

/// A labelled text, and where it stands.
struct Row {
    file: String,
    line: usize,
    labelled: Value,
    case: Case,
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
    // Read once: a policy may come through a pipe.
    let builder = load::builder(&command.policy.policy, &command.policy.packs)?;
    let policy = builder.clone().build()?;
    let names = Names { builder: &builder, policy: &policy, reference: OnceCell::new() };
    let (rows, unread) = rows(command, &names)?;
    let measured = measured(command, &names, &rows)?;
    if measured.is_empty() && unread == 0 {
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
        let Row { file, line, labelled, .. } = row;
        let text = labelled["text"].as_str().or(labelled["reply"].as_str()).unwrap_or_default();
        // A text whose language is to be told is heard without being told.
        let language = labelled["language"]
            .as_str()
            .filter(|&code| code != UNKNOWN && !measured.iter().any(|what| what == "language"));
        let mut reading = Reading::default();
        policy.read_into(text, language, &mut scratch, &mut reading).map_err(Diagnostics::from)?;
        for what in &measured {
            if let Some((label, heard)) = compare(what, row, &reading, &policy, text, &mut scratch)? {
                let tally = tallies.entry(what.clone()).or_default();
                if label != heard {
                    tally.misses.push(Miss {
                        label: label.clone(),
                        heard: heard.clone(),
                        file: file.clone(),
                        line: *line,
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
        Format::Json => outln!("{}", to_json(&figures)),
        Format::Text => figures.iter().for_each(print),
    }
    if unread > 0 {
        return Err(AlreadyTold(format!("{} could not be read", counted(unread, "line"))).into());
    }
    Ok(Outcome::Pass)
}

/// What is said of a text whose language is not heard.
const UNKNOWN: &str = "unknown";

/// The names that labels can have.
struct Names<'c> {
    builder: &'c PolicyBuilder,
    policy: &'c Policy,
    /// Made where a name is not known.
    reference: OnceCell<Option<Reference>>,
}

impl Names<'_> {
    fn is_act(&self, name: &str) -> bool {
        self.policy.acts().any(|(known, _)| *known == *name)
    }

    fn is_rule(&self, name: &str) -> bool {
        self.policy.rule(name).is_some()
    }

    /// Which act or rule was perhaps meant.
    fn meant(&self, name: &str) -> Option<String> {
        let reference = self.reference.get_or_init(|| Reference::of(self.builder).ok()).as_ref()?;
        let mut near = reference.near(name);
        let is_measured = |family| matches!(family, Family::Acts | Family::Rules);
        near.retain(|near| reference.pages_of(near).any(|page| is_measured(page.family())));
        meant(&near)
    }

    /// What is wrong with the one word that a label of a kind can be. That no language is heard is no mistake.
    fn flaw(&self, key: &str, word: &str) -> Option<Diagnostic> {
        let mut case = Case::new(self.policy.channels().first()?.id());
        let error = match key {
            "language" if word == UNKNOWN => return None,
            "language" => self.policy.read("", Some(word)).err(),
            _ => {
                case.facts.intent = Some(word.to_owned());
                self.policy.validate(&case, "", None).err()
            }
        };
        error.map(Diagnostic::from)
    }

    /// What is wrong with a label.
    fn unknown(&self, code: &'static str, name: &str) -> Diagnostic {
        let what = code.trim_start_matches("unknown-");
        let told = Diagnostic::error(code, format!("unknown {what} `{name}`"));
        match self.meant(name) {
            Some(meant) => told.with_help(meant),
            None => told,
        }
    }
}

/// The labelled texts, and how many lines hold none; what is wrong with those is told.
fn rows(command: &Score, names: &Names<'_>) -> Result<(Vec<Row>, usize), Failure> {
    let mut rows = Vec::new();
    let unread = Lines::of(slice::from_ref(&command.file)).take(
        |line| {
            let (labelled, case) = labelled(line.text(), names)?;
            let (file, number) = line.place();
            rows.push(Row { file: file.to_owned(), line: number, labelled, case });
            Ok(())
        },
        |error| match command.format {
            Format::Json => outln!("{}", error_json(error)),
            Format::Text => diagnostics(error.iter()),
        },
    )?;
    Ok((rows, unread))
}

/// What a line holds, with the case that its rules are about.
fn labelled(text: &str, names: &Names<'_>) -> Result<(Value, Case), Diagnostics> {
    let mut sources = Sources::new();
    let document = Document::parse_as(Written::Json, &mut sources, "line", text)?;
    let root = &document.root;
    if root.get("text").or(root.get("reply")).and_then(Node::as_str).is_none() {
        return Err(Diagnostic::error("missing-key", "the key `text` is missing").into());
    }
    for (key, code) in [("acts", "unknown-act"), ("rules", "unknown-rule")] {
        let Some(Told::Array(labels)) = root.get(key).map(|node| &node.value) else { continue };
        for label in labels {
            let name = label.as_str().unwrap_or_default();
            if !(if key == "acts" { names.is_act(name) } else { names.is_rule(name) }) {
                return Err(names.unknown(code, name).at(sources.locate(label.place)).into());
            }
        }
    }
    for key in ["intent", "language"] {
        let Some((node, word)) = root.get(key).and_then(|node| Some((node, node.as_str()?))) else {
            continue;
        };
        if let Some(flaw) = names.flaw(key, word) {
            return Err(flaw.at(sources.locate(node.place)).into());
        }
    }
    let case = match root.get("case") {
        None => Case::new("facebook"),
        Some(case) => Case::from_json(case.place.span.of(text)).map_err(|errors| {
            // The line is what whoever reads it can look at.
            let list = errors.into_iter().map(|error| error.at(sources.locate(case.place)));
            Diagnostics::new(list.collect()).unwrap_or_else(|| Diagnostic::error("syntax", "no case").into())
        })?,
    };
    let labelled =
        serde_json::from_str(text).map_err(|error| Diagnostic::error("syntax", error.to_string()))?;
    Ok((labelled, case))
}

/// What there are labels for.
fn measured(command: &Score, names: &Names<'_>, rows: &[Row]) -> Result<Vec<String>, Failure> {
    if !command.only.is_empty() {
        let is_known = |name: &str| {
            ["address", "intent", "language"].contains(&name) || names.is_act(name) || names.is_rule(name)
        };
        if let Some(name) = command.only.iter().find(|name| !is_known(name)) {
            let meant = names.meant(name).map(|meant| format!("; {meant}")).unwrap_or_default();
            return Err(format!("there is no act or rule `{name}` to measure{meant}").into());
        }
        return Ok(command.only.clone());
    }
    let rows = || rows.iter().map(|row| &row.labelled);
    let mut found = Vec::new();
    for key in ["address", "intent"] {
        if rows().any(|row| row[key].is_string()) {
            found.push(key.to_owned());
        }
    }
    for key in ["acts", "rules"] {
        let names = rows().filter_map(|row| row[key].as_array()).flatten().filter_map(Value::as_str);
        found.extend(names.map(str::to_owned));
    }
    found.sort();
    found.dedup();
    if found.is_empty() && rows().any(|row| row["language"].is_string()) {
        found.push("language".to_owned());
    }
    Ok(found)
}

/// Label and what was heard, if the row has the label.
fn compare(
    what: &str,
    row: &Row,
    reading: &Reading,
    policy: &Policy,
    text: &str,
    scratch: &mut Scratch,
) -> Result<Option<(String, String)>, Failure> {
    let one = |label: Option<&str>, heard: String| label.map(|label| (label.to_owned(), heard));
    let yes_no = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
    let Row { labelled: row, case, .. } = row;
    Ok(match what {
        "address" => one(row["address"].as_str(), format!("{:?}", reading.address.form).to_lowercase()),
        "intent" => one(row["intent"].as_str(), reading.intent.kind().to_owned()),
        "language" => {
            let heard = reading.language.as_ref().map_or(UNKNOWN, |language| language.as_str());
            one(row["language"].as_str(), heard.to_owned())
        }
        _ if policy.rule(what).is_some() => match row["rules"].as_array() {
            None => None,
            Some(labels) => {
                let report = policy.validate_with(case, text, None, scratch).map_err(Diagnostics::from)?;
                let labelled = labels.iter().any(|label| label == what);
                Some((yes_no(labelled), yes_no(report.of(what).next().is_some())))
            }
        },
        act => row["acts"]
            .as_array()
            .map(|labels| (yes_no(labels.iter().any(|label| label == act)), yes_no(reading.hears(act)))),
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
    outln!(
        "{}  {} texts, accuracy {:.4}, macro-F1 {:.4}",
        paint(BOLD, &figures.of),
        figures.texts,
        figures.accuracy,
        figures.macro_f1
    );
    for class in &figures.classes {
        outln!(
            "  {:12} precision {:.4}  recall {:.4}  F1 {:.4}  ({})",
            class.class,
            class.precision,
            class.recall,
            class.f1,
            class.texts
        );
    }
    for (label, heard, count) in &figures.confusions {
        outln!("  {}", paint(DIM, format!("{label} heard as {heard}: {count}")));
    }
    for miss in &figures.misses {
        outln!(
            "  {} {}",
            paint(DIM, format!("{}:{}  {} → {}:", miss.file, miss.line, miss.label, miss.heard)),
            miss.text.replace('\n', " ")
        );
    }
    outln!("");
}
