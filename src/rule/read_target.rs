//! What a rule looks for, as a document says it: `act`, `phrases`, `pattern`, `detector`, `signal`, any of them.

use std::sync::Arc;

use regex::{Regex, RegexBuilder};

use super::condition::{Names, strings};
use super::detect::DETECTORS;
use super::target::{Reach, Target};
use crate::lexicon::{ActSet, EVERY_LANGUAGE};
use crate::source::{Diagnostic, Field, TableReader, Value, quoted};
use crate::text::PersonalKind;

/// The most memory a compiled pattern may take.
const PATTERN_BYTES: usize = 1 << 20;
/// The longest pattern, in bytes.
const LONGEST_PATTERN: usize = 2_000;

/// Reads what stands under `forbid`, `require` or `prefer`.
pub(super) fn read_target(
    table: &TableReader<'_, '_>,
    field: Field<'_, '_>,
    names: &Names<'_>,
) -> Option<Target> {
    let acts = act_set(table.get("act"), names);
    let mut target =
        Target { acts: acts.set, quoted: table.get("quoted").bool().unwrap_or(false), ..Target::default() };
    let mut understood = acts.understood;
    understood &= read_signals(table.get("signal"), &mut target, names);
    let phrases = table.get("phrases");
    understood &= check_languages(phrases, names);
    target.phrases = phrases.is_present();
    target.pattern = pattern(table.get("pattern"));
    understood &= read_detectors(table.get("detector"), &mut target);
    let keys = ["act", "signal", "phrases", "pattern", "detector"];
    if !keys.iter().any(|key| table.get(key).is_present()) {
        // A key that is not known is told of as such, and not as nothing besides.
        if table.table().iter().all(|entry| &*entry.key.text == "quoted") {
            field.error(
                "empty-rule",
                "this looks for nothing: name an `act`, `phrases`, a `pattern`, a `detector` or a `signal`",
            );
        }
        return None;
    }
    // What was not understood was reported, and must not be reported again as nothing.
    let is_found = !understood || table.get("pattern").is_present();
    target.reach =
        if is_found { Reach::Policy } else { reach_of(&target, phrases_in(phrases, names), names) };
    Some(target)
}

/// Reads names of signals, and gives whether all are known.
fn read_signals(field: Field<'_, '_>, target: &mut Target, names: &Names<'_>) -> bool {
    let mut understood = true;
    for (name, field) in strings(field).unwrap_or_default() {
        match names.signals.iter().find(|signal| ***signal == *name) {
            Some(signal) => target.signals.push(Arc::clone(signal)),
            None => {
                understood = false;
                field.unknown_value(name, names.signals.iter().map(|signal| &**signal));
            }
        }
    }
    understood
}

/// Reads names of detectors and of kinds of personal data, and gives whether all are known.
fn read_detectors(field: Field<'_, '_>, target: &mut Target) -> bool {
    let mut understood = true;
    for (name, field) in strings(field).unwrap_or_default() {
        let detector = DETECTORS.iter().find(|detector| detector.name == name);
        let kind = PersonalKind::of(name);
        match (detector, kind) {
            (Some(detector), _) => target.detectors.push(*detector),
            (None, Some(kind)) => target.personal.push(kind),
            (None, None) => {
                understood = false;
                let known = DETECTORS.iter().map(|detector| detector.name);
                let kinds = PersonalKind::ALL.into_iter().map(PersonalKind::as_str);
                field.unknown_value(name, known.chain(kinds));
            }
        }
    }
    understood
}

/// In which texts anything of a target can be found that has no pattern.
fn reach_of(target: &Target, phrases: Reach, names: &Names<'_>) -> Reach {
    let heard = |acts: ActSet| target.acts.intersects(acts);
    let anywhere = !(target.signals.is_empty() && target.detectors.is_empty() && target.personal.is_empty());
    match () {
        () if anywhere || heard(names.heard) || phrases == Reach::Policy => Reach::Policy,
        () if heard(names.heard_anywhere) || phrases == Reach::OtherLanguages => Reach::OtherLanguages,
        () => Reach::Nothing,
    }
}

/// Where a rule's own phrases can be heard.
fn phrases_in(field: Field<'_, '_>, names: &Names<'_>) -> Reach {
    let speaks = |code: &str| match code {
        EVERY_LANGUAGE => !names.languages.is_empty(),
        code => names.languages.iter().any(|language| **language == *code),
    };
    let reach = |codes: &[&str]| match () {
        () if codes.iter().any(|code| speaks(code)) => Reach::Policy,
        () if codes.is_empty() || names.known_languages.is_empty() => Reach::Nothing,
        () => Reach::OtherLanguages,
    };
    match field.node().map(|node| &node.value) {
        Some(Value::Array(list)) if !list.is_empty() => reach(&[EVERY_LANGUAGE]),
        Some(Value::Table(lists)) => {
            let is_full = |value: &Value<'_>| matches!(value, Value::Array(list) if !list.is_empty());
            let full = lists.iter().filter(|entry| is_full(&entry.node.value));
            reach(&full.map(|entry| &*entry.key.text).collect::<Vec<_>>())
        }
        _ => Reach::Nothing,
    }
}

/// Whether every key of a table of lists by language is a language the document knows; the others are reported.
pub(super) fn check_languages(field: Field<'_, '_>, names: &Names<'_>) -> bool {
    let Some(lists) = field.node().and_then(|node| node.as_table()) else { return true };
    let mut known = true;
    for entry in lists.iter() {
        let code = &*entry.key.text;
        if code != EVERY_LANGUAGE && !names.known_languages.contains(&code) {
            known = false;
            let mistakes = field.mistakes();
            mistakes.report_with(|| {
                let message = format!("{} is no language of this policy", quoted(code));
                let diagnostic =
                    Diagnostic::error("unknown-key", message).at(mistakes.locate(entry.key.place));
                match mistakes.meant(code, names.known_languages.iter().copied()) {
                    Some(help) => diagnostic.with_help(help),
                    None => diagnostic,
                }
            });
        }
    }
    known
}

/// An author's regular expression: linear time whatever it says, and of bounded size.
pub(crate) fn pattern(field: Field<'_, '_>) -> Option<Regex> {
    let source = field.string()?;
    if source.len() > LONGEST_PATTERN {
        field.error("pattern", format!("a pattern has at most {LONGEST_PATTERN} bytes"));
        return None;
    }
    match RegexBuilder::new(source).size_limit(PATTERN_BYTES).build() {
        Ok(pattern) if pattern.is_match("") => {
            field.error("pattern", "the pattern matches where nothing stands");
            None
        }
        Ok(pattern) => Some(pattern),
        Err(regex::Error::CompiledTooBig(limit)) => {
            field.error("pattern", format!("the pattern takes more than {limit} bytes of memory"));
            None
        }
        Err(error) => {
            let lines = error.to_string();
            let last = lines.lines().last().unwrap_or("").trim_start_matches("error: ").to_owned();
            field.error("pattern", format!("the pattern cannot be read: {last}"));
            None
        }
    }
}

/// The acts a list names, and whether all of it was understood.
pub(super) struct NamedActs {
    pub(super) set: ActSet,
    pub(super) understood: bool,
}

pub(super) fn act_set(field: Field<'_, '_>, names: &Names<'_>) -> NamedActs {
    let mut named = NamedActs { set: ActSet::default(), understood: true };
    for (name, field) in strings(field).unwrap_or_default() {
        match (names.act)(name) {
            Some(index) => named.set.insert(index),
            None => {
                named.understood = false;
                field.unknown_value(name, names.acts.iter().copied());
            }
        }
    }
    named
}
