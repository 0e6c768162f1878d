//! For people.

use std::io::IsTerminal;

use svar::source::{Diagnostic, Location};
use svar::testing::Item;

use super::{Done, LAW, Run, coverage};
use crate::paint::{BAD, BOLD, DIM, GOOD, paint, rendered};

pub(super) fn print(run: &Run<'_>, quiet: bool) {
    for done in &run.done {
        if done.failures.is_empty() {
            // Examples are many, and stand beside what they are about.
            if !quiet && matches!(done.item, Item::Test(_)) {
                outln!("{} {}", paint(GOOD, "  ok"), done.item.name());
            }
        } else {
            failed(done);
        }
    }
    if let Some(law) = &run.law {
        for broken in &law.broken {
            outln!("{}", rendered(broken));
        }
        if !quiet || !law.holds() {
            let word = if law.holds() { paint(GOOD, "  ok") } else { paint(BAD, "FAIL") };
            let tried = format!("{} templates, {} drafts", law.templates, law.drafts);
            outln!("{word} {LAW} {}", paint(DIM, tried));
        }
    }
    if run.strict || !quiet {
        for untested in &run.untested {
            outln!("{}", rendered(untested));
        }
    }
    if let Some(reached) = &run.reached {
        coverage::print(reached, quiet);
        outln!("");
    }
    summary(run);
}

fn failed(done: &Done<'_>) {
    let at = done.item.location().map(Location::to_string).unwrap_or_default();
    outln!("{} {} {}", paint(BAD, "FAIL"), done.item.name(), paint(DIM, at));
    for failure in &done.failures {
        outln!("{}", rendered(failure));
    }
    // Where no failure shows the text, it is shown once.
    let shown = |failure: &Diagnostic| !failure.related().is_empty();
    if let (Some(text), Item::Test(_)) = (&done.text, done.item) {
        if !done.failures.iter().any(shown) {
            outln!("{}\n", paint(DIM, format!("     {}", text.replace('\n', "\n     "))));
        }
    }
}

fn summary(run: &Run<'_>) {
    let of = |tests: bool| {
        let own = run.done.iter().filter(|done| matches!(done.item, Item::Test(_)) == tests);
        let held = own.clone().filter(|done| done.failures.is_empty()).count();
        let word = if tests { "tests" } else { "examples" };
        (own.clone().count() > 0).then(|| format!("{held} of {} {word}", own.count()))
    };
    let held: Vec<String> = [of(true), of(false)].into_iter().flatten().collect();
    let mut parts = Vec::new();
    if !held.is_empty() {
        parts.push(format!("{} hold", held.join(" and ")));
    }
    if run.law.is_some() {
        parts.push(format!("the law {}", if run.law_holds() { "holds" } else { "is broken" }));
    }
    if !run.untested.is_empty() {
        parts.push(format!("rules without an example: {}", run.untested.len()));
    }
    if run.elsewhere > 0 {
        parts.push(format!("in languages that are not spoken: {}", run.elsewhere));
    }
    if run.filtered_out > 0 {
        parts.push(format!("not asked for: {}", run.filtered_out));
    }
    let word = if run.passes() { paint(GOOD, "passed") } else { paint(BAD, "failed") };
    let mut line = format!("{} {word}: {}", paint(BOLD, run.policy.name()), parts.join("; "));
    // Elsewhere than before somebody's eyes the same run prints the same bytes.
    if std::io::stdout().is_terminal() {
        line.push_str(&paint(DIM, format!(" ({:.2} s)", run.time.as_secs_f64())));
    }
    outln!("{line}");
}
