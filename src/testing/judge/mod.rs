//! Whether an answer is what was expected of it.

mod findings;
mod missed;

use serde_json::Value as Json;

use super::outcome::Outcome;
use super::runner::Runner;
use super::shape::spelled;
use super::test::{Question, Test};
use super::wanted::{ClockFact, Expected, Fact, NO_CLOCK, Wanted};
use crate::Span;
use crate::draft::Draft;
use crate::lexicon::ActId;
use crate::playbook::Next;
use crate::policy::{Policy, Surveyed};
use crate::rule::{Finding, Report};
use crate::sla::clock::{Clocks, Metric};
use crate::sla::surge::Surge;
use crate::source::{Diagnostic, Diagnostics, Location, Place, Sources, quoted};
use crate::time::Rota;
use findings::{Found, missed_finding};
use missed::{LISTED, Missed, listed};

/// What the policy answered.
enum Answer<'t> {
    Reply { text: &'t str, report: Report },
    Draft(Box<Draft>),
    Next(Box<Next>),
    Clocks(Box<Clocks>),
    Surge(Box<Surge>),
    Health(Box<Surveyed>),
    Error(Diagnostics),
}

impl Test {
    /// Runs the test.
    pub fn run(&self, runner: &mut Runner<'_>) -> Outcome {
        judge(self, runner)
    }
}

fn judge(test: &Test, runner: &mut Runner<'_>) -> Outcome {
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
        let json = || answer.json(test, runner.policy());
        if let Some(missed) = answer.misses(&expected.wanted, heard.as_deref(), json) {
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
        Question::Surge => match runner.surge(&test.case, test.now.unwrap_or_default()) {
            Ok(surge) => Answer::Surge(Box::new(surge)),
            Err(error) => Answer::Error(error.into()),
        },
        Question::Health(cases) => match runner.health(cases, test.now.unwrap_or_default()) {
            Ok(surveyed) => Answer::Health(Box::new(surveyed)),
            Err(error) => Answer::Error(error),
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

fn ids(acts: &[ActId]) -> String {
    listed(acts.iter().map(ActId::as_str), "nothing")
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

    /// The answer as JSON, with what is asked of the policy beside it.
    fn json(&self, test: &Test, policy: &Policy) -> Json {
        let json = match self {
            Answer::Reply { report, .. } => serde_json::to_value(report),
            Answer::Draft(draft) => serde_json::to_value(draft),
            Answer::Next(next) => serde_json::to_value(next),
            Answer::Clocks(clocks) => serde_json::to_value(clocks),
            Answer::Surge(surge) => serde_json::to_value(surge),
            Answer::Health(surveyed) => serde_json::to_value(surveyed),
            Answer::Error(_) => Ok(Json::Null),
        };
        let mut json = json.unwrap_or_default();
        let beside = match self {
            Answer::Next(_) => Some(("remedies", remedies(test, policy))),
            Answer::Clocks(_) => Some(("on_call", on_call(test, policy))),
            _ => None,
        };
        if let (Json::Object(map), Some((key, value))) = (&mut json, beside) {
            map.insert(key.to_owned(), value);
        }
        json
    }

    fn misses(
        &self,
        wanted: &Wanted,
        heard: Option<&[(String, Span)]>,
        json: impl FnOnce() -> Json,
    ) -> Option<Missed> {
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
            (Answer::Error(_), _) => None,
            (_, Wanted::Told(key, shape, value)) => {
                shape.difference(key, value, json().get(key).unwrap_or(&Json::Null)).map(Missed::new)
            }
            (Answer::Reply { report, text }, wanted) => in_reply(wanted, &report.findings, text),
            (Answer::Draft(draft), wanted) => {
                written(wanted, draft).or_else(|| in_reply(wanted, &draft.report.findings, &draft.text))
            }
            (Answer::Next(next), wanted) => due(wanted, next),
            (Answer::Clocks(clocks), Wanted::Clock(metric, fact, value)) => {
                clock(*metric, *fact, value, clocks)
            }
            (Answer::Health(surveyed), wanted) => {
                let all: Vec<_> = surveyed.report.findings.iter().map(Found::OfChannels).collect();
                missed_finding(wanted, &all, "")
            }
            (Answer::Clocks(_) | Answer::Surge(_), _) => None,
        }
    }
}

fn in_reply(wanted: &Wanted, findings: &[Finding], text: &str) -> Option<Missed> {
    let all: Vec<_> = findings.iter().map(Found::InReply).collect();
    missed_finding(wanted, &all, text)
}

/// What can be offered in a case, the one to be thought of first in front.
fn remedies(test: &Test, policy: &Policy) -> Json {
    policy.remedies(&test.case, &[]).ok().and_then(|all| serde_json::to_value(all).ok()).unwrap_or_default()
}

/// Who is on call at the instant of a test, by rota.
fn on_call(test: &Test, policy: &Policy) -> Json {
    let at = test.now.unwrap_or_default().to_utc();
    let people = |(id, rota): (&str, &Rota)| {
        let people = rota.everybody_on_call(at).ok()?.map(Json::from).collect();
        Some((id.to_owned(), Json::Array(people)))
    };
    Json::Object(policy.rotas().filter_map(people).collect())
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
                Fact::Visibility => Some(draft.visibility.as_str()),
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
                Fact::Visibility => step.map(|step| step.visibility.as_str()),
                Fact::Role => step.and_then(|step| step.role.as_deref()),
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
        Fact::Canned => "the canned reply",
        Fact::DueAt => "to be due at",
    };
    (got != Some(wanted)).then(|| {
        let got = got.map_or_else(|| "none".to_owned(), quoted);
        Missed::new(format!("expected {what} {}, got {got}", quoted(wanted)))
    })
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
