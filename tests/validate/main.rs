//! Judging replies, as a whole.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod answered;
mod company;
mod conditions;
mod everyday;
mod inserted;
mod kinds;
mod known;
mod markup;
mod masking;
mod samples;
mod scratch;

use std::sync::OnceLock;

use chrono::{DateTime, FixedOffset};
use svar::{Case, Message, Policy, Report};

fn builtin() -> &'static Policy {
    static POLICY: OnceLock<Policy> = OnceLock::new();
    POLICY.get_or_init(Policy::builtin)
}

/// The small world most tests here live in.
const WORLD: &str = "svar = 1
name = 'world'
languages = ['en', 'nb']
[language.en]
name = 'English'
words = { the = 2.0, you = 2.0 }
but = ['but']
[language.nb]
name = 'Norsk'
words = { vi = 2.0, ikke = 2.0, dere = 2.0 }
[channels.wall]
name = 'Wall'
kind = 'social'
visibility = ['public', 'private']
default_visibility = 'public'
register = 'informal'
private_route = { to = 'wall' }
emoji = { max = 1 }
max_links = 1
[channels.board]
name = 'Board'
kind = 'review'
visibility = ['public']
register = 'formal'
private_route = { to = 'none' }
[acts.greeting.en]
hear = ['hello']
[acts.apology]
retractable = true
[acts.apology.en]
hear = ['sorry']
say.neutral = ['We are sorry.']
[acts.apology.nb]
hear = ['beklager']
say.neutral = ['Vi beklager.']
[acts.private-invitation.en]
hear = ['write to us']
[acts.profanity]
overlaps = true
[acts.profanity.en]
hear = ['damn']
[intents.complaint.en]
'broken' = 1.0
[intents.question.en]
'?' = 1.0
[signals.urgent.en]
hear = ['at once']
";

fn world(rules: &str) -> Policy {
    Policy::from_toml(&format!("{WORLD}{rules}")).unwrap_or_else(|error| panic!("{}", error.render()))
}

fn case(json: &str) -> Case {
    Case::from_json(json).unwrap_or_else(|error| panic!("{json}: {}", error.render()))
}

fn found(report: &Report) -> Vec<&str> {
    report.findings.iter().map(|finding| finding.rule.as_str()).collect()
}

fn at(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(text).unwrap()
}

struct Sample {
    case: Case,
    reply: String,
}

fn samples() -> Vec<Sample> {
    let lines = include_str!("../data/replies.txt").lines().filter(|line| !line.starts_with('#'));
    let sample = |line: &str| {
        let (head, reply) = line.split_once(" | ").unwrap();
        let [language, channel, intent] = head.split(' ').collect::<Vec<_>>().try_into().unwrap();
        let mut case = Case::new(channel);
        case.language = Some(language.to_owned());
        case.messages.push(Message::customer(customer(language, intent)).at(at("2026-11-20T12:00:00+01:00")));
        case.facts.intent = Some(intent.to_owned());
        case.facts.fault = svar::case::Fault::Ours;
        case.facts.fixed = reply.len() % 2 == 0;
        case.agent.name = Some("Kari".to_owned());
        Sample { case, reply: reply.replace("\\n", "\n") }
    };
    lines.map(sample).collect()
}

fn care(rest: &str) -> Policy {
    let head = "svar = 1\nname = 'ours'\nextends = ['svar:care']\nlanguages = ['en', 'nb']\n";
    Policy::from_toml(&format!("{head}{rest}")).unwrap_or_else(|error| panic!("{}", error.render()))
}

fn customer(language: &str, intent: &str) -> &'static str {
    match (language, intent) {
        ("nb", "complaint") => {
            "Nettet er nede for tredje gang, dette er elendig! Kortet mitt 4111 1111 1111 1111 er trukket."
        }
        ("nn", "complaint") => "Nettet er nede for tredje gong, dette er elendig!",
        ("da", "complaint") => "Min pakke er stadig ikke kommet, elendig service 😡",
        ("de", "complaint") => "Mein Paket ist immer noch nicht da, was für ein Saftladen!",
        ("pl", "complaint") => "Paczka nadal nie doszła, fatalna obsługa!",
        ("en", "complaint") => "Still no parcel, terrible service. Mail me at jo@example.com",
        (_, "praise") => "😊😊",
        _ => "Hei",
    }
}
