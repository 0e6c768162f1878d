//! `svar diff`

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::Serialize;
use svar::request::to_json;
use svar::source::{Diagnostics, Severity};
use svar::testing::{
    Aspect, Changed, Comparer, Comparison, Difference, FindingChange, Question, Said, StepView,
};
use svar::{Policy, PolicyBuilder, Verdict};

use crate::args::{Format, Quiet};
use crate::lines::lines;
use crate::load::{self, Pack};
use crate::outcome::{AlreadyTold, Failure, Outcome};
use crate::paint::{BOLD, DIM, GOOD, diagnostics, paint, severity};
use crate::stream::counted;

#[derive(Args)]
pub(crate) struct Diff {
    /// The old policy, the new policy, and the files of cases and replies, one JSON object a line; with `--old` or
    /// `--new` only the files. `-` is standard input
    #[arg(value_name = "OLD NEW CASES", required = true)]
    files: Vec<PathBuf>,
    /// A document of the old policy; several are laid over one another. The built-in policy without it
    #[arg(long, value_name = "FILE")]
    old: Vec<PathBuf>,
    /// A document of the new policy; several are laid over one another. The built-in policy without it
    #[arg(long, value_name = "FILE")]
    new: Vec<PathBuf>,
    /// A pack that documents extend by its name
    #[arg(long = "pack", value_name = "FILE")]
    packs: Vec<PathBuf>,
    /// Compare this only; may be given more than once
    #[arg(long, value_enum, value_name = "WHAT")]
    only: Vec<Only>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    quiet: Quiet,
}

#[derive(Clone, Copy, ValueEnum)]
enum Only {
    /// May the reply be published?
    Verdict,
    /// What is found in the reply
    Findings,
    /// What is to be done
    Steps,
    /// What is said where there is no reply
    Drafts,
    /// How the clocks stand
    Clocks,
}

impl From<Only> for Aspect {
    fn from(only: Only) -> Aspect {
        match only {
            Only::Verdict => Aspect::Verdict,
            Only::Findings => Aspect::Findings,
            Only::Steps => Aspect::Steps,
            Only::Drafts => Aspect::Drafts,
            Only::Clocks => Aspect::Clocks,
        }
    }
}

impl Diff {
    pub(crate) fn format(&self) -> Format {
        self.format
    }
}

/// Where a case stands, and what the host calls it.
#[derive(Serialize)]
struct Asked {
    file: String,
    line: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
}

impl fmt::Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)?;
        self.id.iter().try_for_each(|id| write!(f, "  {id}"))
    }
}

#[derive(Serialize)]
struct Whole<'w> {
    #[serde(flatten)]
    comparison: &'w Comparison,
    /// What the numbers stand for.
    cases: &'w BTreeMap<usize, Asked>,
}

pub(crate) fn run(command: &Diff) -> Result<Outcome, Failure> {
    let quiet = command.quiet.quiet;
    let (old, new, cases) = match (command.old.is_empty() && command.new.is_empty(), command.files.as_slice())
    {
        (true, [old, new, cases @ ..]) if !cases.is_empty() => (vec![old.clone()], vec![new.clone()], cases),
        (true, _) => {
            return Err(
                "name the old policy, the new one, and a file of cases: svar diff OLD NEW CASES".into()
            );
        }
        (false, cases) => (command.old.clone(), command.new.clone(), cases),
    };
    let packs = load::packs(&command.packs)?;
    let (old, new) = (policy(&old, &packs)?, policy(&new, &packs)?);
    let aspects: Vec<Aspect> = match command.only.as_slice() {
        [] => Aspect::ALL.to_vec(),
        only => only.iter().map(|&only| only.into()).collect(),
    };
    let mut comparer = Comparer::new(&old, &new).only(aspects);
    let mut comparison = Comparison::default();
    let mut asked: BTreeMap<usize, Asked> = BTreeMap::new();
    for (number, line) in (1..).zip(lines(cases)?) {
        let line = line?;
        let text = line.text.as_deref().map_err(Clone::clone);
        if text.as_ref().is_ok_and(|text| text.trim_ascii().is_empty()) {
            continue;
        }
        let question = text.clone().and_then(Question::from_json);
        let id = question.as_ref().ok().and_then(|question| question.case.id.clone());
        asked.insert(number, Asked { file: line.file.to_string(), line: line.number, id });
        let difference = question.and_then(|question| comparer.compare(&question));
        let text = text.unwrap_or_default();
        comparison.add(
            number,
            difference.map_err(|error: Diagnostics| error.in_file(&line.file, line.number, text)),
        );
    }
    let is_told = |number: &usize| {
        comparison.changed.contains_key(number) || comparison.unanswered.contains_key(number)
    };
    asked.retain(|number, _| is_told(number));
    if command.format == Format::Json {
        outln!("{}", to_json(&Whole { comparison: &comparison, cases: &asked }));
    } else {
        show(&comparison, &asked, quiet);
    }
    match comparison.unanswered.len() {
        0 if comparison.changed.is_empty() => Ok(Outcome::Pass),
        0 => Ok(Outcome::Findings),
        many => {
            let told = format!("{} could not be answered by either policy", counted(many, "line"));
            Err(AlreadyTold(told).into())
        }
    }
}

fn policy(files: &[PathBuf], packs: &[Pack]) -> Result<Policy, Failure> {
    if files.is_empty() && packs.is_empty() {
        return Ok(PolicyBuilder::builtin().build()?);
    }
    Ok(load::over(files, packs)?.builder.build()?)
}

fn show(comparison: &Comparison, asked: &BTreeMap<usize, Asked>, quiet: bool) {
    let name = |number: &usize| asked.get(number).map(ToString::to_string).unwrap_or_default();
    if !quiet {
        for (number, difference) in &comparison.changed {
            outln!("{}", paint(BOLD, name(number)));
            show_difference(difference);
        }
    }
    for (number, why) in &comparison.unanswered {
        errln!("{}", paint(BOLD, name(number)));
        diagnostics(std::iter::once(why));
    }
    let files: BTreeSet<&str> = asked.values().map(|one| one.file.as_str()).collect();
    if !comparison.rules.is_empty() {
        outln!("{}", paint(BOLD, "rules"));
    }
    for (rule, change) in &comparison.rules {
        let counts = [
            (change.raised, "newly raised"),
            (change.gone, "no longer raised"),
            (change.severity, "severity changed"),
        ];
        let counts =
            counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{what} {count}"));
        // Of one file the numbers are those of its lines.
        let lines: Vec<_> = match files.len() {
            1 => change.lines.iter().map(ToString::to_string).collect(),
            _ => change.lines.iter().map(name).collect(),
        };
        let lines = paint(DIM, format!("lines {}", lines.join(", ")));
        outln!("  {rule:36} {}  {lines}", counts.collect::<Vec<_>>().join(", "));
    }
    let style = if comparison.changed.is_empty() { GOOD } else { BOLD };
    let (changed, asked) = (comparison.changed.len(), comparison.asked);
    outln!("{}", paint(style, format!("{changed} of {asked} answers would change")));
}

fn show_difference(difference: &Difference) {
    if let Some(verdict) = &difference.verdict {
        show_change("verdict", verdict, Verdict::to_string);
    }
    for change in &difference.findings {
        show_finding(change);
    }
    if let Some(step) = &difference.step {
        show_change("step", step, step_in_words);
    }
    if let Some(draft) = &difference.draft {
        outln!("  draft");
        for (sign, said) in [("-", &draft.old), ("+", &draft.new)] {
            let text = said_in_words(said, |text| text.replace('\n', "\n      "));
            outln!("    {sign} {text}");
        }
    }
    if let Some(clocks) = &difference.clocks {
        show_change("clocks", clocks, |clocks| {
            let clocks = clocks.iter().map(|clock| match &clock.due_at {
                Some(due) => format!("{} {} until {due}", clock.metric, clock.state.as_str()),
                None => format!("{} {}", clock.metric, clock.state.as_str()),
            });
            clocks.collect::<Vec<_>>().join("; ")
        });
    }
}

fn show_change<T>(what: &str, change: &Changed<Said<T>>, in_words: impl Fn(&T) -> String) {
    let (old, new) = (said_in_words(&change.old, &in_words), said_in_words(&change.new, &in_words));
    outln!("  {what}  {old} → {new}");
}

fn said_in_words<T>(said: &Said<T>, in_words: impl Fn(&T) -> String) -> String {
    match said {
        Said::Answer(answer) => in_words(answer),
        Said::Error(code) => paint(severity(Severity::Error), code),
    }
}

fn step_in_words(step: &StepView) -> String {
    let names: Vec<_> = step.playbook.iter().chain(&step.step).map(String::as_str).collect();
    let asks = if step.asks.is_empty() { String::new() } else { format!(" ({})", step.asks.join(", ")) };
    match names.is_empty() {
        true => format!("{}{asks}", step.action),
        false => format!("{} {}{asks}", step.action, names.join("/")),
    }
}

fn show_finding(change: &FindingChange) {
    let level = |level: Severity| paint(severity(level), level);
    let (sign, levels) = match (change.old, change.new) {
        (Some(old), Some(new)) => ("~", format!("{} → {}", level(old), level(new))),
        (Some(old), None) => ("-", level(old)),
        (None, Some(new)) => ("+", level(new)),
        (None, None) => return,
    };
    outln!("  {sign} {levels} {}  {}", change.rule, paint(DIM, &change.message));
}
