//! Expectations that exclude each other.

use super::asked::Asked;
use super::names::Names;
use super::pattern::Pattern;
use super::wanted::{Expected, Wanted};
use crate::rule::Verdict;
use crate::source::{Diagnostic, Field, Severity, quoted};

/// Reports expectations that exclude each other; `test` only says where mistakes go.
pub(super) fn report_contradictions(
    found: &[Expected],
    asked: Asked,
    test: Field<'_, '_>,
    names: &Names<'_>,
) {
    let rules = names.rules_of(asked);
    for one in found {
        for other in found {
            if let Some(message) = contradiction(one, other, &rules) {
                let diagnostic = Diagnostic::error("contradiction", message).at(one.location.clone());
                test.mistakes().report(diagnostic.with_related(other.location.clone(), "and this"));
            }
        }
    }
}

fn contradiction(one: &Expected, other: &Expected, rules: &[(&str, Severity)]) -> Option<String> {
    let named = |pattern: &Pattern| {
        let all: Vec<_> = rules.iter().filter(|(rule, _)| pattern.matches(rule)).collect();
        all.into_iter()
    };
    match (&one.wanted, &other.wanted) {
        (Wanted::Present(present), Wanted::Absent(absent)) => {
            // A pattern is present by one of its rules: only if all are absent can it not be.
            let never = named(&present.rule).all(|(rule, _)| absent.matches(rule));
            never.then(|| format!("{} is present and absent", quoted(present.rule.as_str())))
        }
        (Wanted::Present(present), Wanted::Verdict(Verdict::Pass) | Wanted::Below(Severity::Error)) => {
            let error = named(&present.rule).all(|(_, severity)| *severity == Severity::Error);
            let name = quoted(present.rule.as_str());
            error.then(|| format!("{name} is an error: a reply in which it is present does not pass"))
        }
        (Wanted::Verdict(Verdict::Fail), Wanted::Below(_)) => {
            Some("a reply without errors does not fail".to_owned())
        }
        (Wanted::Error(_), other) if !matches!(other, Wanted::Error(_)) => {
            Some("where there is an error there is no answer".to_owned())
        }
        _ => None,
    }
}
