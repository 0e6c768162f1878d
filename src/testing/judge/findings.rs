//! Whether what was found is what was expected to be found: in a reply, or of channels.

use serde_json::Value as Json;

use super::missed::{LISTED, Missed, listed};
use crate::Span;
use crate::rule::{Finding, Verdict};
use crate::sla::health;
use crate::source::{Severity, quoted};
use crate::testing::pattern::Pattern;
use crate::testing::shape::Shape;
use crate::testing::wanted::{Wanted, Wish};

/// Something that was found.
#[derive(Clone, Copy)]
pub(super) enum Found<'a> {
    InReply(&'a Finding),
    OfChannels(&'a health::Finding),
}

impl Found<'_> {
    fn rule(&self) -> &str {
        match self {
            Found::InReply(found) => found.rule.as_str(),
            Found::OfChannels(found) => found.rule.as_str(),
        }
    }

    fn severity(&self) -> Severity {
        match self {
            Found::InReply(found) => found.severity,
            Found::OfChannels(found) => found.severity,
        }
    }

    /// Where in the text it was found.
    fn span(&self) -> Option<Span> {
        match self {
            Found::InReply(found) => Some(found.span),
            Found::OfChannels(_) => None,
        }
    }

    fn label(&self) -> String {
        let message = match self {
            Found::InReply(found) => &found.message,
            Found::OfChannels(found) => &found.message,
        };
        format!("{} ({}): {message}", self.rule(), self.severity())
    }

    fn json(&self) -> Json {
        match self {
            Found::InReply(found) => serde_json::to_value(found),
            Found::OfChannels(found) => serde_json::to_value(found),
        }
        .unwrap_or_default()
    }
}

impl Missed {
    fn with(message: String, findings: &[Found<'_>]) -> Self {
        let shown = findings.iter().take(LISTED);
        let places = shown.filter_map(|found| Some((found.span()?, found.label()))).collect();
        Missed { places, ..Missed::new(message) }
    }
}

impl Wish {
    fn is_of(&self, found: &Found<'_>) -> bool {
        self.rule.matches(found.rule())
    }

    /// What a finding says otherwise.
    fn difference(&self, found: &Found<'_>) -> Option<String> {
        let told = self.told.as_ref()?;
        Shape::Table(self.keys).difference("", told, &found.json())
    }

    /// What of it is missing among findings. Of a rule that is not found there is nothing to say.
    fn missing(&self, all: &[Found<'_>]) -> Option<Option<Missed>> {
        let of: Vec<_> = all.iter().copied().filter(|found| self.is_of(found)).collect();
        let differences: Vec<_> = of.iter().map(|found| self.difference(found)).collect();
        if differences.iter().any(Option::is_none) {
            return None;
        }
        let first = differences.into_iter().flatten().next();
        Some(first.map(|first| Missed::with(format!("of {}: {first}", quoted(self.rule.as_str())), &of)))
    }
}

/// What was found otherwise than it is wanted; `text` is what it was found in.
pub(super) fn missed_finding(wanted: &Wanted, all: &[Found<'_>], text: &str) -> Option<Missed> {
    let of = |matches: &dyn Fn(&str) -> bool| -> Vec<Found<'_>> {
        all.iter().copied().filter(|found| matches(found.rule())).collect()
    };
    let named = |pattern: &Pattern| of(&|rule| pattern.matches(rule));
    let rules = |found: &[Found<'_>]| listed(found.iter().map(Found::rule), "nothing");
    let severe = |severity| -> Vec<Found<'_>> {
        all.iter().copied().filter(|found| found.severity() >= severity).collect()
    };
    match wanted {
        Wanted::Verdict(Verdict::Pass) => {
            let errors = severe(Severity::Error);
            (!errors.is_empty())
                .then(|| Missed::with("expected the verdict `pass`, got `fail`".to_owned(), &errors))
        }
        Wanted::Verdict(Verdict::Fail) => severe(Severity::Error).is_empty().then(|| {
            Missed::with(format!("expected the verdict `fail`, got `pass`: found is {}", rules(all)), all)
        }),
        Wanted::Below(severity) => {
            let found = severe(*severity);
            let what = if *severity == Severity::Error { "error" } else { "error and no warning" };
            (!found.is_empty())
                .then(|| Missed::with(format!("expected no {what}, found {}", rules(&found)), &found))
        }
        Wanted::Present(wish) => wish.missing(all)?.or_else(|| {
            let message = format!("expected {}, found {}", quoted(wish.rule.as_str()), rules(all));
            Some(Missed::with(message, all))
        }),
        Wanted::Absent(pattern) => {
            let found = named(pattern);
            (!found.is_empty()).then(|| {
                let message = format!("expected no {}, found {}", quoted(pattern.as_str()), rules(&found));
                Missed::with(message, &found)
            })
        }
        Wanted::Only(wishes) => only(wishes, all),
        Wanted::Spans(rule, texts) => {
            let found = of(&|own| own == rule);
            let spans = found.iter().filter_map(Found::span);
            let got: Vec<&str> = spans.map(|span| span.of(text)).collect();
            (got != *texts).then(|| {
                let wanted = listed(texts.iter().map(String::as_str), "nothing");
                let got = listed(got, "nothing");
                Missed::with(format!("expected {} at {wanted}, found it at {got}", quoted(rule)), &found)
            })
        }
        Wanted::Severity(rule, severity) => {
            let found = of(&|own| own == rule);
            let right = found.iter().any(|finding| finding.severity() == *severity);
            (!right).then(|| {
                let got = found.first().map_or("nothing", |finding| finding.severity().as_str());
                Missed::with(format!("expected {} as {severity}, found {got}", quoted(rule)), &found)
            })
        }
        Wanted::Marked(span) => (!all.iter().any(|found| found.span() == Some(*span))).then(|| {
            let message = format!("expected a finding at {}, found {}", quoted(span.of(text)), rules(all));
            Missed::with(message, all)
        }),
        _ => None,
    }
}

/// Each of these, and nothing else.
fn only(wishes: &[Wish], all: &[Found<'_>]) -> Option<Missed> {
    let is_wanted =
        |found: &Found<'_>| wishes.iter().any(|wish| wish.is_of(found) && wish.difference(found).is_none());
    let missing: Vec<_> = wishes.iter().filter_map(|wish| wish.missing(all)).collect();
    let others: Vec<_> = all.iter().copied().filter(|found| !is_wanted(found)).collect();
    if missing.is_empty() && others.is_empty() {
        return None;
    }
    missing.into_iter().flatten().next().or_else(|| {
        let wanted = listed(wishes.iter().map(|wish| wish.rule.as_str()), "nothing");
        let shown = if others.is_empty() { all } else { &others };
        let else_ = if wishes.is_empty() { "" } else { " and nothing else" };
        let found = listed(all.iter().map(Found::rule), "nothing");
        Some(Missed::with(format!("expected {wanted}{else_}, found {found}"), shown))
    })
}
