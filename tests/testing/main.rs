//! Tests in the policy: what they can ask and expect, which mistakes in them are told, and who runs them.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test says what it expects"
)]

mod asked;
mod host;
mod layers;
mod mistakes;
mod told;

use svar::source::{Diagnostic, Diagnostics};
use svar::testing::{Item, Runner, Suite};
use svar::{Policy, PolicyBuilder};

/// A policy of a few lines, with one channel for everybody and one for private messages.
const SMALL: &str = r#"
svar = 1
name = "small"
[language.en]
name = "English"
[language.da]
name = "Dansk"
[channels.wall]
kind = "social"
visibility = ["public", "private"]
default_visibility = "public"
register = "neutral"
private_route = { to = "desk" }
[channels.desk]
kind = "social"
visibility = ["private"]
[acts.apology.en]
hear = ["sorry"]
say = { any = ["We are sorry."] }
[acts.blame.en]
hear = ["your own fault"]
[acts.praise-back]
title = "heard by nothing"
[rules."tone.blame"]
forbid = { act = "blame" }
severity = "error"
[rules."tone.loud"]
forbid = { pattern = "!!" }
[sla.targets.first]
metric = "first-response"
duration = "1h"
time = "calendar"
[sla.escalation.unanswered]
metric = "first-response"
levels = [{ at = "due", notify = { role = "agent" } }]
[playbooks.plain]
when = { channel = ["wall", "desk"] }
[playbooks.plain.steps.greet]
asks = ["apology"]
closed_by = [{ any = ["apology"] }]
"#;

fn small(rest: &str) -> PolicyBuilder {
    let text = format!("svar = 1\nname = \"ours\"\nextends = [\"small\"]\nlanguages = [\"en\"]\n{rest}");
    Policy::builder().pack("small", SMALL).layer("ours.toml", text)
}

/// A test on the wall, in English, called `t`.
fn one(rest: &str) -> String {
    format!("[[tests]]\nname = \"t\"\ncase = {{ channel = \"wall\", language = \"en\" }}\n{rest}\n")
}

#[track_caller]
fn load(rest: &str) -> (Policy, Suite) {
    Suite::load(&small(rest)).unwrap_or_else(|mistakes| panic!("{}", mistakes.render()))
}

/// What did not turn out as expected, of all tests.
#[track_caller]
fn failures(rest: &str) -> Vec<Diagnostic> {
    let (policy, suite) = load(rest);
    assert!(suite.tests().next().is_some(), "there are no tests");
    let mut runner = Runner::new(&policy);
    suite.tests().flat_map(|test| test.run(&mut runner).failures).collect()
}

#[track_caller]
fn holds(rest: &str) {
    let failures = failures(rest);
    assert!(failures.is_empty(), "{}", failures.iter().map(Diagnostic::render).collect::<String>());
}

/// The one failure: its message.
#[track_caller]
fn fails(rest: &str) -> String {
    let failures = failures(rest);
    let [one] = failures.as_slice() else { panic!("{failures:#?}") };
    assert_eq!(one.code(), "test");
    assert!(one.location().is_some_and(|at| at.source().name() == "ours.toml"), "without a place: {one}");
    one.message().to_owned()
}

/// The one mistake: where it is, its code, what is said, what helps.
#[track_caller]
fn mistake(mistakes: Result<(Policy, Suite), Diagnostics>) -> (String, String, String) {
    let mistakes =
        mistakes.map(|(policy, _)| policy.name().to_owned()).expect_err("there is a mistake in it");
    let list: Vec<_> = mistakes.iter().collect();
    let [one] = list.as_slice() else { panic!("not one mistake:\n{}", mistakes.render()) };
    assert!(one.location().is_some(), "without a place: {one}");
    (one.code().to_owned(), one.message().to_owned(), one.help().unwrap_or_default().to_owned())
}

#[track_caller]
fn wrong(rest: &str, code: &str, says: &str) {
    let (found, message, help) = mistake(Suite::load(&small(rest)));
    assert_eq!(found, code, "{message}");
    assert!(message.contains(says) || help.contains(says), "{message}\n{help}");
}

fn names(suite: &Suite) -> Vec<&str> {
    suite.items().iter().map(Item::name).collect()
}
