//! Whether an answer is what was expected of it.

use super::pattern::Pattern;
use super::runner::Runner;
use super::suite::Outcome;
use super::test::{Question, Test};
use super::wanted::{ClockFact, Expected, Fact, NO_CLOCK, Wanted, spelled};
use crate::Span;
use crate::case::Visibility;
use crate::draft::Draft;
use crate::lexicon::ActId;
use crate::playbook::Next;
use crate::rule::{Finding, Report, Verdict};
use crate::sla::clock::{Clocks, Metric};
use crate::source::{Diagnostic, Diagnostics, Location, Place, Severity, Sources, quoted};

/// So many findings are listed with one expectation.
const LISTED: usize = 8;

/// What the policy answered.
enum Answer<'t> {
    Reply { text: &'t str, report: Report },
    Draft(Box<Draft>),
    Next(Box<Next>),
    Clocks(Box<Clocks>),
    Error(Diagnostics),
}

/// What turned out differently.
struct Missed {
    message: String,
    help: Option<String>,
    /// Where in the text of the answer, and what is there.
    places: Vec<(Span, String)>,
}

impl Missed {
    fn new(message: String) -> Self {
        Missed { message, help: None, places: Vec::new() }
    }

    fn with(message: String, findings: &[&Finding]) -> Self {
        let places = findings.iter().take(LISTED).map(|found| (found.span, label(found))).collect();
        Missed { message, help: None, places }
    }
}

pub(super) fn run(test: &Test, runner: &mut Runner<'_>) -> Outcome {
    let answer = ask(test, runner);
    let mut failures = Vec::new();
    let error_expected = test.expected.iter().any(|expected| matches!(expected.wanted, Wanted::Error(_)));
    if let (Answer::Error(errors), false) = (&answer, error_expected) {
        let first = errors.first();
        let message = format!("there is no answer to {}: {}", quoted(test.asks_for()), first.message());
        let mut failure = Diagnostic::error("test", message).at(test.location.clone());
        for error in errors.iter() {
            failure = failure.with_related(error.location().cloned(), error.message().to_owned());
        }
        let help = errors.iter().find_map(Diagnostic::help).map(str::to_owned);
        failures.push(match help {
            Some(help) => failure.with_help(help),
            None => failure,
        });
        return Outcome { failures, text: None };
    }
    let text = answer.text();
    let heard = text.and_then(|(text, _)| answer.heard(text, test, runner));
    for expected in &test.expected {
        if let Some(missed) = answer.misses(&expected.wanted, heard.as_deref()) {
            failures.push(told(expected, missed, text));
        }
    }
    Outcome { failures, text: text.map(|(text, _)| text.to_owned()) }
}

fn ask<'t>(test: &'t Test, runner: &mut Runner<'_>) -> Answer<'t> {
    match &test.question {
        Question::Reply(text) => match runner.validate(&test.case, text, test.now) {
            Ok(report) => Answer::Reply { text, report },
            Err(error) => Answer::Error(error.into()),
        },
        Question::Draft(how) => {
            let (slots, options) = &**how;
            let mut options = options.clone();
            options.now = test.now;
            match runner.draft(&test.case, slots, &options) {
                Ok(draft) => Answer::Draft(Box::new(draft)),
                Err(error) => Answer::Error(error.into()),
            }
        }
        Question::Next => match runner.next(&test.case, test.now) {
            Ok(next) => Answer::Next(Box::new(next)),
            Err(error) => Answer::Error(error.into()),
        },
        Question::Clock => match runner.clocks(&test.case, test.now.unwrap_or_default()) {
            Ok(clocks) => Answer::Clocks(Box::new(clocks)),
            Err(error) => Answer::Error(error.into()),
        },
    }
}

/// A failure, with the text it is about as another source.
fn told(expected: &Expected, missed: Missed, text: Option<(&str, &'static str)>) -> Diagnostic {
    let mut failure = Diagnostic::error("test", missed.message).at(expected.location.clone());
    if let Some((text, name)) = text {
        for (span, label) in missed.places {
            failure = failure.with_related(locate(text, name, span), label);
        }
    }
    match missed.help {
        Some(help) => failure.with_help(help),
        None => failure,
    }
}

fn locate(text: &str, name: &'static str, span: Span) -> Option<Location> {
    let mut sources = Sources::new();
    let source = sources.add(name, text.to_owned())?;
    sources.locate(Place::new(source, span))
}

fn label(finding: &Finding) -> String {
    format!("{} ({}): {}", finding.rule, finding.severity, finding.message)
}

/// Names, with commas between; what there is where there are none.
fn listed<'a>(names: impl IntoIterator<Item = &'a str>, none: &str) -> String {
    let mut all: Vec<String> = Vec::new();
    for name in names {
        let name = quoted(name);
        if !all.contains(&name) {
            all.push(name);
        }
    }
    if all.is_empty() { none.to_owned() } else { all.join(", ") }
}

fn ids(acts: &[ActId]) -> String {
    listed(acts.iter().map(ActId::as_str), "nothing")
}

fn visibility_word(visibility: Visibility) -> &'static str {
    match visibility {
        Visibility::Public => "public",
        Visibility::Private => "private",
    }
}

impl Answer<'_> {
    /// The text that the answer is about, and what it is called.
    fn text(&self) -> Option<(&str, &'static str)> {
        match self {
            Answer::Reply { text, .. } => Some((text, "reply")),
            Answer::Draft(draft) => Some((&draft.text, "draft")),
            _ => None,
        }
    }

    /// The acts that are heard in it, if anybody asks.
    fn heard(&self, text: &str, test: &Test, runner: &mut Runner<'_>) -> Option<Vec<(String, Span)>> {
        let asks = |expected: &Expected| matches!(expected.wanted, Wanted::Act(_) | Wanted::NoAct(_));
        if !test.expected.iter().any(asks) {
            return None;
        }
        let language = match self {
            Answer::Draft(draft) => Some(draft.language.as_str()),
            _ => test.case.language.as_deref(),
        };
        let reading = runner.read(text, language).ok()?;
        let own = reading.acts.iter().filter(|heard| !heard.quoted && heard.taken_back.is_none());
        Some(own.map(|heard| (heard.act.as_str().to_owned(), heard.span)).collect())
    }

    fn misses(&self, wanted: &Wanted, heard: Option<&[(String, Span)]>) -> Option<Missed> {
        match (self, wanted) {
            (Answer::Error(errors), Wanted::Error(code)) => {
                let found = errors.iter().any(|error| error.code() == code);
                let codes = listed(errors.iter().map(Diagnostic::code), "none");
                let message = format!("expected the error {}, got {codes}", quoted(code));
                (!found).then(|| Missed { help: Some(errors.to_string()), ..Missed::new(message) })
            }
            (_, Wanted::Error(code)) => {
                Some(Missed::new(format!("expected the error {}, but there is an answer", quoted(code))))
            }
            (_, Wanted::Act(_) | Wanted::NoAct(_)) => acts(wanted, heard.unwrap_or_default()),
            (Answer::Reply { report, text }, wanted) => findings(wanted, report, text),
            (Answer::Draft(draft), wanted) => {
                written(wanted, draft).or_else(|| findings(wanted, &draft.report, &draft.text))
            }
            (Answer::Next(next), wanted) => due(wanted, next),
            (Answer::Clocks(clocks), wanted) => told_by(wanted, clocks),
            (Answer::Error(_), _) => None,
        }
    }
}

fn findings(wanted: &Wanted, report: &Report, text: &str) -> Option<Missed> {
    let all: Vec<&Finding> = report.findings.iter().collect();
    let of = |pattern: &Pattern| -> Vec<&Finding> {
        report.findings.iter().filter(|finding| pattern.matches(finding.rule.as_str())).collect()
    };
    let rules = || listed(all.iter().map(|finding| finding.rule.as_str()), "nothing");
    match wanted {
        Wanted::Verdict(Verdict::Pass) => {
            let errors = severe(report, Severity::Error);
            (!report.passes())
                .then(|| Missed::with("expected the verdict `pass`, got `fail`".to_owned(), &errors))
        }
        Wanted::Verdict(Verdict::Fail) => report.passes().then(|| {
            Missed::with(format!("expected the verdict `fail`, got `pass`: found is {}", rules()), &all)
        }),
        Wanted::Below(severity) => {
            let found = severe(report, *severity);
            let what = if *severity == Severity::Error { "error" } else { "error and no warning" };
            (!found.is_empty()).then(|| {
                let names = listed(found.iter().map(|finding| finding.rule.as_str()), "nothing");
                Missed::with(format!("expected no {what}, found {names}"), &found)
            })
        }
        Wanted::Present(pattern) => of(pattern)
            .is_empty()
            .then(|| Missed::with(format!("expected {}, found {}", quoted(pattern.as_str()), rules()), &all)),
        Wanted::Absent(pattern) => {
            let found = of(pattern);
            (!found.is_empty()).then(|| {
                let names = listed(found.iter().map(|finding| finding.rule.as_str()), "nothing");
                Missed::with(format!("expected no {}, found {names}", quoted(pattern.as_str())), &found)
            })
        }
        Wanted::Only(patterns) => {
            let missing = patterns.iter().any(|pattern| of(pattern).is_empty());
            let others =
                |finding: &&Finding| !patterns.iter().any(|pattern| pattern.matches(finding.rule.as_str()));
            let others: Vec<&Finding> = report.findings.iter().filter(others).collect();
            (missing || !others.is_empty()).then(|| {
                let wanted = listed(patterns.iter().map(Pattern::as_str), "nothing");
                let shown = if others.is_empty() { &all } else { &others };
                let else_ = if patterns.is_empty() { "" } else { " and nothing else" };
                Missed::with(format!("expected {wanted}{else_}, found {}", rules()), shown)
            })
        }
        Wanted::Spans(rule, texts) => {
            let found: Vec<&Finding> = report.of(rule).collect();
            let got: Vec<&str> = found.iter().map(|finding| finding.span.of(text)).collect();
            (got != *texts).then(|| {
                let wanted = listed(texts.iter().map(String::as_str), "nothing");
                let got = listed(got, "nothing");
                Missed::with(format!("expected {} at {wanted}, found it at {got}", quoted(rule)), &found)
            })
        }
        Wanted::Severity(rule, severity) => {
            let found: Vec<&Finding> = report.of(rule).collect();
            let right = found.iter().any(|finding| finding.severity == *severity);
            (!right).then(|| {
                let got = found.first().map_or("nothing", |finding| finding.severity.as_str());
                Missed::with(format!("expected {} as {severity}, found {got}", quoted(rule)), &found)
            })
        }
        Wanted::Marked(span) => (!all.iter().any(|finding| finding.span == *span)).then(|| {
            let message = format!("expected a finding at {}, found {}", quoted(span.of(text)), rules());
            Missed::with(message, &all)
        }),
        _ => None,
    }
}

fn severe(report: &Report, severity: Severity) -> Vec<&Finding> {
    report.findings.iter().filter(|finding| finding.severity >= severity).collect()
}

fn acts(wanted: &Wanted, heard: &[(String, Span)]) -> Option<Missed> {
    let spans = |act: &str| -> Vec<(Span, String)> {
        let own = heard.iter().filter(|(name, _)| name == act);
        own.take(LISTED).map(|(name, span)| (*span, name.clone())).collect()
    };
    match wanted {
        Wanted::Act(act) => spans(act).is_empty().then(|| {
            let all = listed(heard.iter().map(|(act, _)| act.as_str()), "nothing");
            Missed::new(format!("expected to hear {}, heard {all}", quoted(act)))
        }),
        Wanted::NoAct(act) => {
            let places = spans(act);
            (!places.is_empty())
                .then(|| Missed { places, ..Missed::new(format!("expected not to hear {}", quoted(act))) })
        }
        _ => None,
    }
}

fn written(wanted: &Wanted, draft: &Draft) -> Option<Missed> {
    let whole = || vec![(Span::new(0, draft.text.len()), "the draft".to_owned())];
    match wanted {
        Wanted::Contains(piece) => (!draft.text.contains(piece.as_str())).then(|| Missed {
            places: whole(),
            ..Missed::new(format!("expected {} in the draft", quoted(piece)))
        }),
        Wanted::ContainsNot(piece) => draft.text.find(piece.as_str()).map(|at| Missed {
            places: vec![(Span::new(at, at + piece.len()), "here".to_owned())],
            ..Missed::new(format!("expected no {} in the draft", quoted(piece)))
        }),
        Wanted::Is(Fact::Text, text) => (draft.text != *text).then(|| Missed {
            places: whole(),
            help: Some(format!("expected: {text}\ngot:      {}", draft.text)),
            ..Missed::new("the draft is another text".to_owned())
        }),
        Wanted::Is(fact, value) => {
            let got = match fact {
                Fact::Playbook => draft.playbook.as_deref(),
                Fact::Step => draft.step.as_deref(),
                Fact::Visibility => Some(visibility_word(draft.visibility)),
                Fact::Channel => Some(draft.channel.as_str()),
                Fact::Language => Some(draft.language.as_str()),
                Fact::Canned => draft.canned.as_deref(),
                _ => return None,
            };
            differs(*fact, value, got)
        }
        _ => None,
    }
}

fn due(wanted: &Wanted, next: &Next) -> Option<Missed> {
    let asks = || next.step.as_ref().map_or_else(|| "nothing".to_owned(), |step| ids(&step.asks));
    match wanted {
        Wanted::Asks(act) => (!next.asks(act)).then(|| {
            Missed::new(format!("expected that {} is asked for, asked for is {}", quoted(act), asks()))
        }),
        Wanted::AsksNot(act) => next
            .asks(act)
            .then(|| Missed::new(format!("expected that {} is not asked for, but it is", quoted(act)))),
        Wanted::Forbids(act) => (!next.forbids(act)).then(|| {
            let forbidden =
                next.step.as_ref().map_or_else(|| "nothing".to_owned(), |step| ids(&step.forbidden));
            Missed::new(format!("expected that {} is forbidden, forbidden is {forbidden}", quoted(act)))
        }),
        Wanted::Is(fact, value) => {
            let step = next.step.as_ref();
            let by = step.and_then(|step| step.by).map(spelled);
            let got = match fact {
                Fact::Playbook => next.playbook.as_ref().map(|playbook| playbook.as_str()),
                Fact::Step => next.step_id(),
                Fact::Action => Some(next.action.as_str()),
                Fact::Visibility => step.map(|step| visibility_word(step.visibility)),
                Fact::Role => step.and_then(|step| step.role.as_deref()),
                Fact::Remedy => next.remedy.as_ref().map(|remedy| remedy.id.as_str()),
                Fact::DueAt => by.as_deref(),
                _ => return None,
            };
            differs(*fact, value, got)
        }
        _ => None,
    }
}

fn differs(fact: Fact, wanted: &str, got: Option<&str>) -> Option<Missed> {
    let what = match fact {
        Fact::Text => "the text",
        Fact::Playbook => "the playbook",
        Fact::Step => "the step",
        Fact::Action => "the action",
        Fact::Visibility => "the visibility",
        Fact::Channel => "the channel",
        Fact::Language => "the language",
        Fact::Role => "the role",
        Fact::Remedy => "the remedy",
        Fact::Canned => "the canned reply",
        Fact::DueAt => "to be due at",
    };
    (got != Some(wanted)).then(|| {
        let got = got.map_or_else(|| "none".to_owned(), quoted);
        Missed::new(format!("expected {what} {}, got {got}", quoted(wanted)))
    })
}

fn told_by(wanted: &Wanted, clocks: &Clocks) -> Option<Missed> {
    match wanted {
        Wanted::Clock(metric, fact, value) => clock(*metric, *fact, value, clocks),
        Wanted::Escalation(ladder) => {
            let due = clocks.escalations.iter().filter(|level| level.due).map(|level| &*level.ladder);
            (!due.clone().any(|own| own == ladder)).then(|| {
                let due = listed(due, "nothing");
                Missed::new(format!("expected a level of {} to be due, due is {due}", quoted(ladder)))
            })
        }
        _ => None,
    }
}

fn clock(metric: Metric, fact: ClockFact, wanted: &str, clocks: &Clocks) -> Option<Missed> {
    let clock = clocks.of(metric);
    let (what, got) = match fact {
        ClockFact::State => ("", Some(clock.map_or(NO_CLOCK, |clock| clock.state.as_str()).to_owned())),
        ClockFact::DueAt => {
            ("due at ", clock.and_then(|clock| clock.due_at).map(|due| spelled(due.fixed_offset())))
        }
        ClockFact::Remaining => {
            let seconds = clock.map(|clock| clock.remaining_seconds.num_seconds().to_string());
            ("with remaining seconds ", seconds)
        }
        ClockFact::AtRisk => ("at risk ", clock.map(|clock| clock.at_risk.to_string())),
    };
    (got.as_deref() != Some(wanted)).then(|| {
        let got = got.as_deref().map_or_else(|| "no such clock".to_owned(), quoted);
        Missed::new(format!("expected the clock {metric} {what}{}, got {got}", quoted(wanted)))
    })
}
