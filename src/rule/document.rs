//! The `rules` of a policy document.
//!
//! ```toml
//! [rules."acme.no-dates-in-public"]
//! when = { visibility = "public", intent = "complaint" }
//! forbid = { pattern = '\b\d{1,2}\.\d{1,2}\.' }   # or act, phrases, detector, signal; several: any of them
//! excused_by = ["private-invitation"]             # not where this act stands beside it
//! confirmed_by = ["apology"]                      # with this act in the reply the intent is no guess
//! severity = "warning"
//! message = "{text} is a date"
//! why = "A public date is read as a promise."
//! fix = { replace = "soon" }                      # or { say = "apology", at = "after-greeting" }
//! ```
//!
//! A rule is exactly one of `forbid`, `require`, `prefer`, `limit` and `order`.

use std::sync::Arc;

use super::condition::{Condition, Names};
use super::finding::RuleId;
use super::insert::{PLACES, Place};
use super::measure::MEASURES;
use super::read_target::{act_set, check_languages, read_target};
use super::rule::{FixPolicy, Kind, Rule};
use super::target::{Reach, Target};
use crate::lexicon::{ActSet, EVERY_LANGUAGE, RulePhrase};
use crate::source::{Diagnostic, Entry, Field, Severity, TableReader, Value, nearest, quoted};

pub(super) const KINDS: [&str; 5] = ["forbid", "require", "prefer", "limit", "order"];

/// The rules of a document that are not switched off, with the number each will have.
pub(crate) struct RuleFields<'n, 'a>(Vec<(&'n str, Field<'n, 'a>)>);

impl<'n, 'a> RuleFields<'n, 'a> {
    pub(crate) fn of(section: Option<TableReader<'n, 'a>>) -> Self {
        let entries = section.into_iter().flat_map(TableReader::entries);
        let is_off = |field: &Field<'n, 'a>| {
            let table = field.node().and_then(|node| node.as_table());
            table
                .and_then(|table| table.get("off"))
                .is_some_and(|node| matches!(node.value, Value::Boolean(true)))
        };
        let fields = entries.map(|(entry, field)| (&*entry.key.text, field));
        RuleFields(fields.filter(|(_, field)| !is_off(field)).collect())
    }

    /// The phrases that rules listen for, for the lexicons to hear.
    pub(crate) fn phrases(&self) -> Vec<RulePhrase<'n, 'a>> {
        let mut phrases = Vec::new();
        for (number, (_, field)) in self.0.iter().enumerate() {
            for kind in ["forbid", "require", "prefer"] {
                let Some(target) = inner(*field, kind) else { continue };
                collect_phrases(target, number as u32, &mut phrases);
            }
        }
        phrases
    }

    /// Reads every rule.
    pub(crate) fn read(&self, names: &Names<'_>) -> Vec<Rule> {
        self.0.iter().filter_map(|(id, field)| read_rule(id, *field, names)).collect()
    }
}

/// A table within a rule's table, if both are tables; what is wrong is reported when the rule itself is read.
fn inner<'n, 'a>(field: Field<'n, 'a>, key: &'n str) -> Option<Field<'n, 'a>> {
    field.node()?.as_table()?.get(key)?.as_table()?;
    Some(field.table()?.get(key))
}

fn collect_phrases<'n, 'a>(target: Field<'n, 'a>, rule: u32, out: &mut Vec<RulePhrase<'n, 'a>>) {
    let Some(phrases) = target.table().map(|table| table.get("phrases")) else { return };
    match phrases.node().map(|node| &node.value) {
        Some(Value::Array(_)) => {
            let list = phrases.array().into_iter().flatten();
            out.extend(list.map(|phrase| RulePhrase { language: None, phrase, rule }));
        }
        Some(Value::Table(_)) => {
            for (entry, list) in phrases.table().into_iter().flat_map(TableReader::entries) {
                let code = &*entry.key.text;
                let language = (code != EVERY_LANGUAGE).then_some(code);
                let list = list.array().into_iter().flatten();
                out.extend(list.map(|phrase| RulePhrase { language, phrase, rule }));
            }
        }
        Some(_) => {
            phrases.wrong_type::<()>("a list of phrases, or a table of lists by language");
        }
        None => {}
    }
}

fn read_rule(id: &str, field: Field<'_, '_>, names: &Names<'_>) -> Option<Rule> {
    let table = field.table()?;
    table.get("off").bool();
    for key in ["good", "bad"] {
        check_languages(table.get(key), names);
    }
    for key in ["case", "now"] {
        table.get(key);
    }
    let when = table.get("when").table().map(|table| Condition::read(table, names)).unwrap_or_default();
    let kind = read_kind(&table, field, id, names);
    let excused_by = act_set(table.get("excused_by"), names).set;
    let confirmed_by = act_set(table.get("confirmed_by"), names).set;
    if !confirmed_by.is_empty() && !when.rests_on_intent() {
        table
            .get("confirmed_by")
            .error("contradiction", "a `when` that asks for no `intent` has nothing to confirm");
    }
    if let Some(kind) = &kind {
        lint(kind, excused_by, &table, field, id);
    }
    let weight = table.get("severity");
    let severity = weight.one_of(Severity::WORDS);
    let text = |key| table.get(key).string().map(Arc::<str>::from);
    let (message, why, source) = (text("message"), text("why"), text("source"));
    check_message(table.get("message"), message.as_deref().unwrap_or_default());
    let fix = table.get("fix");
    let fix = fix.table().map(|table| read_fix(table, fix, names)).unwrap_or_default();
    table.finish();
    let kind = kind?;
    let (usual, wording) = match &kind {
        Kind::Forbid(_) => (Severity::Warning, "{text} should not stand here"),
        Kind::Require(_) => (Severity::Warning, "something is missing"),
        Kind::Prefer(_) => (Severity::Advice, "something would make this better"),
        Kind::Limit { .. } => (Severity::Warning, "{found} where {limit} is the limit"),
        Kind::Order { .. } => (Severity::Warning, "{text} comes too late"),
    };
    Some(Rule {
        id: RuleId(Arc::from(id)),
        kind,
        when,
        excused_by,
        confirmed_by,
        severity: severity.unwrap_or(usual),
        severity_at: weight.place().and_then(|place| weight.mistakes().locate(place)),
        message: message.unwrap_or_else(|| Arc::from(wording)),
        why: why.unwrap_or_default(),
        source,
        fix,
    })
}

/// What a message can be filled with.
const VALUES: [&str; 3] = ["text", "found", "limit"];

/// Reports what stands in braces like a value and would be printed as it stands.
fn check_message(field: Field<'_, '_>, message: &str) {
    for rest in message.split('{').skip(1) {
        let Some((name, _)) = rest.split_once('}') else { continue };
        let is_name =
            !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
        if is_name && !VALUES.contains(&name) {
            field.unknown_value(name, VALUES);
        }
    }
}

fn read_kind(table: &TableReader<'_, '_>, rule: Field<'_, '_>, id: &str, names: &Names<'_>) -> Option<Kind> {
    let given: Vec<_> =
        KINDS.iter().map(|&kind| (kind, table.get(kind))).filter(|(_, field)| field.is_present()).collect();
    if given.is_empty() && report_unquoted(table, id, names) {
        return None;
    }
    let &[(kind, field)] = given.as_slice() else {
        rule.report_with(|| {
            let message = format!(
                "the rule {} needs exactly one of `forbid`, `require`, `prefer`, `limit` and `order`",
                quoted(id)
            );
            let diagnostic = Diagnostic::error("rule-kind", message);
            // Whoever changes one thing of a rule by a misspelt name has written a rule of no kind.
            let others = names.rules.iter().copied().filter(|other| *other != id);
            match nearest(id, others).filter(|_| given.is_empty()) {
                Some(near) => diagnostic.with_help(format!("did you mean {}?", quoted(near))),
                None => diagnostic,
            }
        });
        return None;
    };
    let inner = field.table()?;
    let read = match kind {
        "forbid" => read_target(&inner, field, names).map(Kind::Forbid),
        "require" => read_target(&inner, field, names).map(Kind::Require),
        "prefer" => read_target(&inner, field, names).map(Kind::Prefer),
        "limit" => Some(read_limit(&inner, field)?),
        _ => Some(read_order(&inner, names)?),
    };
    inner.finish();
    read
}

/// Keys of a rule that hold tables.
const TABLES: [&str; 5] = ["when", "fix", "case", "good", "bad"];

/// `[rules.tone.slang]` is a rule `tone` with a table `slang` in it, where `[rules."tone.slang"]` was meant. Reports
/// each such table, and gives whether there is one.
fn report_unquoted(table: &TableReader<'_, '_>, id: &str, names: &Names<'_>) -> bool {
    let mut is_any = false;
    for entry in table.table().iter() {
        let (name, is_rule) = unquoted(id, entry, names);
        let is_own = entry.node.as_table().is_some() && !TABLES.contains(&&*entry.key.text);
        if !is_rule && !is_own {
            continue;
        }
        is_any = true;
        // It is not to be told of as unknown as well.
        table.get(&entry.key.text);
        let message =
            format!("{} is no key of a rule: a name with a dot needs quotes", quoted(&entry.key.text));
        let mistakes = table.mistakes();
        let diagnostic = Diagnostic::error("rule-kind", message).at(mistakes.locate(entry.key.place));
        mistakes.report(diagnostic.with_help(format!("write `[rules.\"{name}\"]`")));
    }
    is_any
}

/// The name that keys in one another spell, and whether a rule is called so.
fn unquoted(id: &str, entry: &Entry<'_>, names: &Names<'_>) -> (String, bool) {
    let mut name = format!("{id}.{}", entry.key.text);
    let mut table = entry.node.as_table();
    while !names.rules.contains(&name.as_str()) {
        let Some(inner) = table.filter(|table| table.len() == 1).and_then(|table| table.iter().next()) else {
            return (name, false);
        };
        let is_key = KINDS.contains(&&*inner.key.text) || TABLES.contains(&&*inner.key.text);
        table = inner.node.as_table().filter(|_| !is_key);
        if table.is_none() {
            return (name, false);
        }
        name = format!("{name}.{}", inner.key.text);
    }
    (name, true)
}

/// Reports a rule that no text can break, or none can keep, and what contradicts itself in it.
fn lint(kind: &Kind, excused_by: ActSet, table: &TableReader<'_, '_>, rule: Field<'_, '_>, id: &str) {
    if let Some((severity, code, message)) = flaw(kind, excused_by, &quoted(id)) {
        let place = rule.place().and_then(|place| rule.mistakes().locate(place));
        rule.mistakes().report(Diagnostic::new(severity, code, message).at(place));
    }
    let excuses = table.get("excused_by");
    if excuses.is_present() && !matches!(kind, Kind::Forbid(_)) {
        excuses.error("contradiction", "only a rule that forbids can be excused");
    }
}

/// Why no text can break a rule, or none can keep it: how bad that is, the code, and the message.
///
/// What cannot be heard in the policy's languages, but in others, is doubtful only: the rule may come from a pack for
/// many languages.
fn flaw(kind: &Kind, excused_by: ActSet, id: &str) -> Option<(Severity, &'static str, String)> {
    let unbreakable = |why| Some((Severity::Error, "unbreakable", format!("no text can break {id}: {why}")));
    let elsewhere = |code, verb| {
        let message = format!("no text in the languages of this policy can {verb} {id}");
        Some((Severity::Warning, code, message))
    };
    match kind {
        Kind::Forbid(target) => match target.reach {
            Reach::Nothing => unbreakable("nothing it looks for can be heard"),
            Reach::OtherLanguages => elsewhere("unbreakable", "break"),
            Reach::Policy if excuses_itself(target, excused_by) => {
                unbreakable("what it forbids excuses itself")
            }
            Reach::Policy => None,
        },
        Kind::Require(target) | Kind::Prefer(target) => match target.reach {
            Reach::Nothing => {
                let message = format!("no text can keep {id}: nothing it asks for can be heard");
                Some((Severity::Error, "unkeepable", message))
            }
            Reach::OtherLanguages => elsewhere("unkeepable", "keep"),
            Reach::Policy => None,
        },
        Kind::Limit { measure, max: None, .. } if !measure.has_channel_max() => {
            unbreakable("channels have no such limit")
        }
        Kind::Order { act, before, within_sentences: None } if before.is_only(*act) => {
            unbreakable("an act cannot come after itself")
        }
        Kind::Limit { .. } | Kind::Order { .. } => None,
    }
}

/// Whether all that a rule forbids are acts that excuse it.
fn excuses_itself(target: &Target, excused_by: ActSet) -> bool {
    target.is_only_acts() && excused_by.contains_all(target.acts) && !target.acts.is_empty()
}

fn read_limit(table: &TableReader<'_, '_>, field: Field<'_, '_>) -> Option<Kind> {
    let measure = table.need("of").one_of(&MEASURES);
    let max_field = table.get("max");
    let from_channel = max_field.node().and_then(|node| node.as_str()) == Some("channel");
    let count =
        |field: Field<'_, '_>| field.integer(0..=1_000_000).and_then(|count| usize::try_from(count).ok());
    let max = if from_channel { None } else { count(max_field) };
    let min = count(table.get("min")).unwrap_or(0);
    if !max_field.is_present() && min == 0 {
        field.error("empty-rule", "a limit needs a `max` (a number or \"channel\") or a `min`");
        return None;
    }
    if let Some(max) = max.filter(|max| *max < min) {
        field.error("contradiction", format!("nothing is at least {min} and at most {max}"));
    }
    // A minimum alone leaves the maximum open, which the largest number says.
    let max = if max_field.is_present() { max } else { Some(usize::MAX) };
    Some(Kind::Limit { measure: measure?, max, min })
}

fn read_order(table: &TableReader<'_, '_>, names: &Names<'_>) -> Option<Kind> {
    let act = table.need("act");
    let name = act.string()?;
    let index = (names.act)(name);
    if index.is_none() {
        act.unknown_value(name, names.acts.iter().copied());
    }
    let before = act_set(table.get("before"), names).set;
    let within = table.get("within_sentences").integer(1..=100).and_then(|count| usize::try_from(count).ok());
    if before == ActSet::default() && within.is_none() {
        act.error("empty-rule", "an order needs `before` (a list of acts) or `within_sentences`");
    }
    Some(Kind::Order { act: index?, before, within_sentences: within })
}

fn read_fix(table: TableReader<'_, '_>, field: Field<'_, '_>, names: &Names<'_>) -> FixPolicy {
    let replace = table.get("replace").string();
    let say = table.get("say");
    let act = say.string().and_then(|name| {
        let index = (names.act)(name);
        if index.is_none() {
            say.unknown_value(name, names.acts.iter().copied());
        }
        index
    });
    let place = table.get("at").one_of(&PLACES).unwrap_or(Place::End);
    if let (Some(place), true, true) = (say.place(), say.is_present(), replace.is_some()) {
        let diagnostic =
            Diagnostic::error("contradiction", "a fix either says an act or replaces what was found");
        table.mistakes().report(diagnostic.at(table.mistakes().locate(place)));
    }
    if !say.is_present() && !table.get("replace").is_present() {
        field.error("empty-rule", "this mends nothing: `say` an act, or `replace` what was found");
    }
    table.finish();
    match (replace, act) {
        (Some(text), _) => FixPolicy::Replace(text.into()),
        (None, Some(act)) => FixPolicy::Say { act, place },
        (None, None) => FixPolicy::Own,
    }
}
