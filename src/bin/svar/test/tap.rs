//! The Test Anything Protocol, version 14: <https://testanything.org/tap-version-14-specification.html>.

use svar::request::to_json;
use svar::source::{Diagnostic, Diagnostics, Location, Severity};

use super::{LAW, Run};

pub(super) fn print(run: &Run<'_>) {
    let law = run.law.as_ref();
    let strict: &[Diagnostic] = if run.strict { &run.untested } else { &[] };
    outln!("TAP version 14");
    outln!("1..{}", run.done.len() + usize::from(law.is_some()) + strict.len());
    let mut number = 0;
    let mut point = |name: &str, at: Option<&Location>, failures: &[&Diagnostic]| {
        number += 1;
        let word = if failures.is_empty() { "ok" } else { "not ok" };
        outln!("{word} {number} - {}", described(name));
        if failures.is_empty() {
            return;
        }
        outln!("  ---");
        if let Some(at) = at {
            outln!("  at: {}", to_json(&at.to_string()));
        }
        outln!("  failures:");
        for failure in failures {
            // What is JSON is YAML, too.
            outln!("    - {}", to_json(failure));
        }
        outln!("  ...");
    };
    for done in &run.done {
        point(done.item.name(), done.item.location(), &done.failures.iter().collect::<Vec<_>>());
    }
    if let Some(law) = law {
        let errors = law.broken.iter().filter(|broken| broken.severity() == Severity::Error);
        point(LAW, None, &errors.collect::<Vec<_>>());
    }
    for untested in strict {
        point(untested.message(), untested.location(), &[untested]);
    }
}

/// There are no tests to tell of, and this is why.
pub(super) fn bail_out(why: &Diagnostics) {
    outln!("TAP version 14\nBail out! {}", described(&why.to_string()));
}

/// A description stays on its line, and begins no directive.
fn described(name: &str) -> String {
    name.replace('\\', "\\\\").replace('#', "\\#").replace(['\n', '\r'], " ")
}
