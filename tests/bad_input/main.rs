//! Input that nobody means well with: too large, too deep, broken, endless.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod arbitrary;
mod conversations;
mod documents;
#[path = "../growth/mod.rs"]
mod growth;
mod json;
mod names;
mod sizes;

use std::sync::OnceLock;

use svar::request::to_json;
use svar::{Case, Message, Policy, Reading, Report};

fn builtin() -> &'static Policy {
    static POLICY: OnceLock<Policy> = OnceLock::new();
    POLICY.get_or_init(Policy::builtin)
}

fn asked(text: &str) -> Case {
    let mut case = Case::new("facebook");
    case.messages.push(Message::customer(text));
    case
}

#[track_caller]
fn is_sound(reading: &Reading, text: &str) {
    let fits = |span: svar::Span| assert!(text.get(span.start..span.end).is_some(), "{span:?} in {text:?}");
    reading.acts.iter().for_each(|heard| fits(heard.span));
    reading.acts.iter().filter_map(|heard| heard.taken_back).for_each(fits);
    reading.address.formal.iter().chain(&reading.address.informal).copied().for_each(fits);
    reading.register.evidence.iter().chain(&reading.intent.evidence).for_each(|cue| fits(cue.span));
    reading.signals.iter().for_each(|heard| fits(heard.span));
    reading.emoji.iter().for_each(|emoji| fits(emoji.span));
    reading.entities.iter().for_each(|entity| fits(entity.span));
    reading.personal_data.iter().for_each(|data| fits(data.span));
    reading.hidden.iter().for_each(|hidden| fits(hidden.span));
    reading.markup.iter().for_each(|sign| fits(sign.span));
    let shapes = [
        &reading.placeholders,
        &reading.shouting,
        &reading.stretched,
        &reading.exclamations,
        &reading.sentences,
    ];
    shapes.into_iter().flatten().copied().for_each(fits);
    assert!(reading.sentences.is_sorted(), "{:?}", reading.sentences);
    assert!(reading.acts.is_sorted_by_key(|heard| heard.sentence), "{:?}", reading.acts);
    assert!(reading.personal_data.is_sorted_by_key(|data| data.span.start), "{:?}", reading.personal_data);
    assert!((-1.0..=1.0).contains(&reading.register.score) && (-1.0..=1.0).contains(&reading.intent.score));
}

#[track_caller]
fn is_report_sound(report: &Report, text: &str) {
    for finding in &report.findings {
        assert_eq!(text.get(finding.span.start..finding.span.end), Some(&*finding.evidence), "{finding:?}");
        if let Some(fix) = &finding.fix {
            assert!(text.get(fix.span.start..fix.span.end).is_some(), "{finding:?}");
        }
        assert!(!finding.message.contains(['\n', '\r']), "{finding:?}");
    }
}

/// Reads and judges a text in every role.
#[track_caller]
fn survives(text: &str) {
    let reading = builtin().read(text, None).unwrap();
    is_sound(&reading, text);
    let case = asked(text);
    let report = builtin().validate(&case, text, None).unwrap();
    is_report_sound(&report, text);
    // Messages quote a little; evidence is the text itself, once for a finding.
    let quoted: usize = report.findings.iter().map(|finding| finding.message.len()).sum();
    assert!(quoted <= 400 * report.findings.len(), "{quoted} bytes of messages");
    serde_json::from_str::<serde_json::Value>(&to_json(&report)).unwrap();
    serde_json::from_str::<serde_json::Value>(&to_json(&report.masked())).unwrap();
    serde_json::from_str::<serde_json::Value>(&to_json(&reading)).unwrap();
}
