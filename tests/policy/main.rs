//! Policy documents: what is told about a wrong one, how layers are laid over one another, and what a policy is.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, missing_docs)]

mod layers;
mod mistakes;
mod whole;

use std::sync::OnceLock;

use svar::source::Diagnostics;
use svar::{Case, Policy, PolicyBuilder};

/// A policy of a few lines: one language, one channel, nothing else.
const SMALL: &str = "svar = 1
name = 'small'
version = '3'
[language.en]
name = 'English'
[channels.wall]
name = 'Wall'
kind = 'social'
visibility = ['public', 'private']
default_visibility = 'public'
register = 'neutral'
private_route = { to = 'wall' }
emoji = { max = 1 }
[acts.apology.en]
hear = ['sorry']
[acts.blame.en]
hear = ['your own fault']
[acts.wish]
title = 'heard by nothing'
";

fn small() -> PolicyBuilder {
    Policy::builder().pack("small", SMALL)
}

/// A layer over the small policy.
fn over_small(rest: &str) -> Result<Policy, Diagnostics> {
    small().layer("ours.toml", format!("svar = 1\nname = 'ours'\nextends = ['small']\n{rest}")).build()
}

fn builtin() -> &'static Policy {
    static POLICY: OnceLock<Policy> = OnceLock::new();
    POLICY.get_or_init(Policy::builtin)
}

/// A layer over the built-in rules, in one language so that it loads quickly.
fn over_care(rest: &str) -> Result<Policy, Diagnostics> {
    let head = "svar = 1\nname = 'ours'\nextends = ['svar:care']\nlanguages = ['en']\n";
    Policy::builder().layer("ours.toml", format!("{head}{rest}")).build()
}

/// Each mistake as `line:column code`.
fn places(result: Result<Policy, Diagnostics>) -> Vec<String> {
    let diagnostics = result.map(|policy| policy.name().to_owned()).expect_err("there is a mistake in it");
    let place = |diagnostic: &svar::source::Diagnostic| {
        let at = diagnostic.location().map(|at| format!("{}:{}", at.line(), at.column())).unwrap_or_default();
        format!("{at} {}", diagnostic.code())
    };
    diagnostics.iter().map(place).collect()
}

/// The one mistake of a document: its code, and what is said to help.
#[track_caller]
fn only(result: Result<Policy, Diagnostics>) -> (String, String, String) {
    let diagnostics = result.map(|policy| policy.name().to_owned()).expect_err("there is a mistake in it");
    let list: Vec<_> = diagnostics.iter().collect();
    let [one] = list.as_slice() else { panic!("more than one mistake:\n{}", diagnostics.render()) };
    assert!(one.location().is_some(), "without a place: {one}");
    (one.code().to_owned(), one.message().to_owned(), one.help().unwrap_or_default().to_owned())
}

#[track_caller]
fn fails_with(result: Result<Policy, Diagnostics>, code: &str, says: &str, helps: &str) {
    let (found, message, help) = only(result);
    assert_eq!(found, code, "{message}");
    assert!(message.contains(says), "{message}");
    assert!(help.contains(helps), "{message}: {help}");
}

fn found(policy: &Policy, reply: &str) -> Vec<String> {
    let report = policy.validate(&Case::new("wall"), reply, None).unwrap();
    report.findings.iter().map(|finding| finding.rule.to_string()).collect()
}
