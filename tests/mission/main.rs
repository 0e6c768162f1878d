//! The mission: what five texts on customer care in social media ask of a company, row by row.
//!
//! The rows are numbered as in the list that the library grew from; `README.md` beside this file says which built-in
//! rule keeps which row, and what was decided where rows contradict each other.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod channels;
mod clocks;
mod complaints;
mod drafts;
mod emoji;
mod health;
mod hours;
mod information;
mod ownership;
mod steps;
mod surge;
mod tone;

use std::sync::OnceLock;

use svar::source::Severity;
use svar::{Case, Message, Policy, Report, Scratch};

/// The built-in policy, loaded once.
fn policy() -> &'static Policy {
    static POLICY: OnceLock<Policy> = OnceLock::new();
    POLICY.get_or_init(Policy::builtin)
}

/// A conversation in which the customer has written once.
fn case(channel: &str, language: &str, customer: &str) -> Case {
    let mut case = Case::new(channel);
    case.language = Some(language.to_owned());
    case.messages.push(Message::customer(customer));
    case
}

/// The same, where the host knows that it is a complaint.
fn complaint(channel: &str, language: &str, customer: &str) -> Case {
    with_intent(case(channel, language, customer), "complaint")
}

fn with_intent(mut case: Case, intent: &str) -> Case {
    case.facts.intent = Some(intent.to_owned());
    case
}

fn signed_by(mut case: Case, name: &str) -> Case {
    case.agent.name = Some(name.to_owned());
    case
}

fn check(case: &Case, reply: &str) -> Report {
    policy().validate(case, reply, None).unwrap()
}

/// What the customer is heard to want.
fn intent(case: &Case) -> String {
    policy().open(case, None, &mut Scratch::default()).unwrap().intent().to_owned()
}

fn found(report: &Report) -> Vec<&str> {
    report.findings.iter().map(|finding| finding.rule.as_str()).collect()
}

#[track_caller]
fn finds(case: &Case, reply: &str, rule: &str) {
    let report = check(case, reply);
    assert!(report.of(rule).next().is_some(), "{rule} is not found in: {reply}\nfound: {:?}", found(&report));
}

#[track_caller]
fn is_free_of(case: &Case, reply: &str, rule: &str) {
    let report = check(case, reply);
    if let Some(finding) = report.of(rule).next() {
        panic!("{rule} is found in: {reply}\n`{}`: {}", finding.evidence, finding.message);
    }
}

/// Nothing that would keep the reply from being published, and nothing to be looked at.
#[track_caller]
fn is_fine(case: &Case, reply: &str) {
    let report = check(case, reply);
    let bad: Vec<_> = report.findings.iter().filter(|finding| finding.severity > Severity::Advice).collect();
    assert!(bad.is_empty(), "in: {reply}\nfound: {bad:#?}");
}

/// The table beside this file knows every row, and every test that it names is there.
#[test]
fn every_row_has_its_line_and_every_named_test_exists() {
    let table = include_str!("README.md");
    let numbers = |line: &str| line.strip_prefix("| ")?.split(" |").next()?.parse::<u32>().ok();
    // From 107 on they are about the texts themselves.
    let mut rows: Vec<u32> = table.lines().filter_map(numbers).filter(|row| *row <= 106).collect();
    rows.sort_unstable();
    assert_eq!(rows, (1..=106).collect::<Vec<_>>(), "each row once");
    let modules = [
        ("channels", include_str!("channels.rs")),
        ("clocks", include_str!("clocks.rs")),
        ("complaints", include_str!("complaints.rs")),
        ("drafts", include_str!("drafts.rs")),
        ("emoji", include_str!("emoji.rs")),
        ("health", include_str!("health.rs")),
        ("hours", include_str!("hours.rs")),
        ("information", include_str!("information.rs")),
        ("ownership", include_str!("ownership.rs")),
        ("steps", include_str!("steps.rs")),
        ("surge", include_str!("surge.rs")),
        ("tone", include_str!("tone.rs")),
    ];
    for line in table.lines().filter(|line| numbers(line).is_some()) {
        for name in line.split('`').filter_map(|piece| piece.strip_suffix('…')) {
            let (module, test) = name.split_once("::").unwrap();
            let (_, source) = modules.iter().find(|(own, _)| *own == module).unwrap();
            assert!(source.contains(&format!("fn {test}")), "{line}");
        }
    }
}
