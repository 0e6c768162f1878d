//! What is due next: conversations in several languages, the step that is due in each, and why.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod changes;
mod complaints;
mod laws;
mod others;
mod polite;
mod solved;

use std::sync::OnceLock;

use chrono::{DateTime, FixedOffset};
use svar::case::{Author, Visibility};
use svar::playbook::Next;
use svar::{Case, Message, Policy};

fn policy() -> &'static Policy {
    static POLICY: OnceLock<Policy> = OnceLock::new();
    POLICY.get_or_init(Policy::builtin)
}

fn next(case: &Case) -> Next {
    policy().next(case, None).unwrap()
}

/// A conversation, as `who: text` lines; `*` after who says that the message is private.
fn case(channel: &str, language: &str, lines: &[&str]) -> Case {
    let mut case = Case::new(channel);
    case.language = Some(language.to_owned());
    for line in lines {
        let (who, text) = line.split_once(": ").unwrap();
        let (who, private) = who.strip_suffix('*').map_or((who, false), |who| (who, true));
        let from = match who {
            "customer" => Author::Customer,
            "agent" => Author::Agent,
            "bot" => Author::Bot,
            other => panic!("{other}"),
        };
        let mut message = Message::new(from, text);
        message.visibility = private.then_some(Visibility::Private);
        case.messages.push(message);
    }
    case
}

fn with(mut case: Case, facts: &str) -> Case {
    let text = format!(r#"{{"channel": "x", "facts": {facts}}}"#);
    case.facts = Case::from_json(&text).unwrap().facts;
    case
}

fn at(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(text).unwrap()
}

#[track_caller]
fn due(case: &Case, step: &str, asks: &str) -> Next {
    let next = next(case);
    let place =
        format!("{}.{}", next.playbook.as_ref().map_or("", |id| id.as_str()), next.step_id().unwrap_or("-"));
    assert_eq!(place, step, "{next:#?}");
    let step = next.step.as_ref().map(|step| step.asks.iter().map(|act| act.as_str()).collect::<Vec<_>>());
    assert_eq!(step.unwrap_or_default().join(" "), asks, "{place}");
    next
}
