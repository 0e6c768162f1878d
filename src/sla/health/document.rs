//! The section `sla.health` of a policy document.

use std::sync::Arc;

use super::rules::{CHECKS, Check, HealthRule, LimitKind};
use super::{Amount, HealthPolicy};
use crate::channel::duration;
use crate::rule::RuleId;
use crate::sla::Share;
use crate::sla::expectation::Expectation;
use crate::source::{Field, Severity, TableReader};

/// Nobody has so many conversations that a rule should wait for.
const MANY: i64 = 1_000_000_000;
/// What a message can have filled in.
const SLOTS: [&str; 6] = ["{channel}", "{value}", "{limit}", "{count}", "{of}", "{tag}"];

/// Reads the section; a rule that is not written is not checked.
pub(in crate::sla) fn read_health(field: Field<'_, '_>, expectations: &[Expectation]) -> HealthPolicy {
    let Some(table) = field.table() else { return HealthPolicy::default() };
    let mut policy = HealthPolicy::default();
    let expectation = table.get("expectation");
    if let Some(id) = expectation.string() {
        policy.expectation = expectations.iter().find(|expectation| expectation.id() == id).cloned();
        if policy.expectation.is_none() {
            expectation.unknown_value(id, expectations.iter().map(Expectation::id));
        }
    }
    let settled = table.get("settled").string_list().unwrap_or_default();
    policy.settled = settled.into_iter().map(str::to_owned).collect();
    if let Some(rules) = table.get("rules").table() {
        policy.rules = read_rules(rules);
    }
    table.finish();
    policy
}

fn read_rules(table: TableReader<'_, '_>) -> Vec<HealthRule> {
    let read = |&(name, check, limit): &(&'static str, Check, LimitKind)| {
        read_rule(name, check, limit, table.get(name).table()?)
    };
    let rules = CHECKS.iter().filter_map(read).collect();
    table.finish();
    rules
}

/// A rule, unless it is switched off.
fn read_rule(name: &str, check: Check, kind: LimitKind, table: TableReader<'_, '_>) -> Option<HealthRule> {
    let off = table.get("off").bool().unwrap_or(false);
    let limit = match kind {
        LimitKind::LeastShare => Share::read(table.need("at_least")).map(Amount::Share),
        LimitKind::MostTime => duration::read(table.need("at_most")).map(Amount::Time),
        LimitKind::MostCount => count(table.need("at_most")).map(Amount::Count),
        LimitKind::Nothing => None,
    };
    let from = if kind == LimitKind::Nothing { None } else { count(table.get("from")) };
    let severity = table.get("severity").one_of(Severity::WORDS).unwrap_or(Severity::Warning);
    let message = table.need("message");
    let text = message.string();
    text.into_iter().for_each(|text| check_slots(text, message));
    let why = table.need("why").string();
    table.finish();
    if off || (limit.is_none() && kind != LimitKind::Nothing) {
        return None;
    }
    Some(HealthRule {
        id: RuleId(Arc::from(format!("health.{name}"))),
        check,
        limit,
        from: from.unwrap_or(1),
        severity,
        message: text?.to_owned(),
        why: Arc::from(why?),
    })
}

fn count(field: Field<'_, '_>) -> Option<u64> {
    field.integer(0..=MANY).and_then(|count| u64::try_from(count).ok())
}

fn check_slots(message: &str, field: Field<'_, '_>) {
    for part in message.split('{').skip(1) {
        let slot = format!("{{{}}}", part.split('}').next().unwrap_or_default());
        if !SLOTS.contains(&slot.as_str()) {
            field.unknown_value(&slot, SLOTS);
        }
    }
}
