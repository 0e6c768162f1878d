//! For programs.

use serde::Serialize;
use svar::request::to_json;
use svar::source::{Diagnostic, Location};
use svar::testing::{Coverage, Item};

use super::Run;

#[derive(Serialize)]
struct Whole<'r> {
    policy: Label<'r>,
    passes: bool,
    passed: usize,
    failed: usize,
    filtered_out: usize,
    not_spoken: usize,
    items: Vec<One<'r>>,
    law: Option<Law<'r>>,
    untested_rules: &'r [Diagnostic],
    #[serde(skip_serializing_if = "Option::is_none")]
    coverage: Option<&'r Coverage>,
}

#[derive(Serialize)]
struct Label<'r> {
    name: &'r str,
    version: &'r str,
}

#[derive(Serialize)]
struct One<'r> {
    name: &'r str,
    kind: &'static str,
    passes: bool,
    source: Option<&'r str>,
    line: Option<usize>,
    column: Option<usize>,
    failures: &'r [Diagnostic],
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'r str>,
}

#[derive(Serialize)]
struct Law<'r> {
    holds: bool,
    templates: usize,
    drafts: usize,
    broken: &'r [Diagnostic],
}

pub(super) fn print(run: &Run<'_>) {
    let items = run.done.iter().map(|done| {
        let at = done.item.location();
        let passes = done.failures.is_empty();
        One {
            name: done.item.name(),
            kind: if matches!(done.item, Item::Test(_)) { "test" } else { "example" },
            passes,
            source: at.map(|at| at.source().name()),
            line: at.map(Location::line),
            column: at.map(Location::column),
            failures: &done.failures,
            text: done.text.as_deref().filter(|_| !passes),
        }
    });
    let law = run.law.as_ref().map(|law| Law {
        holds: law.holds(),
        templates: law.templates,
        drafts: law.drafts,
        broken: &law.broken,
    });
    let whole = Whole {
        policy: Label { name: run.policy.name(), version: run.policy.version() },
        passes: run.passes(),
        passed: run.done.len() - run.failed(),
        failed: run.failed(),
        filtered_out: run.filtered_out,
        not_spoken: run.elsewhere,
        items: items.collect(),
        law,
        untested_rules: &run.untested,
        coverage: run.reached.as_ref().map(|reached| &reached.coverage),
    };
    outln!("{}", to_json(&whole));
}
