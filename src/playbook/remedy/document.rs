//! The `remedies` and the `authority` of a policy document.

use std::sync::Arc;

use super::RemedyId;
use super::RemedyKind;
use super::authority::{Authority, Tier, in_currency};
use super::grant::{Goodwill, Ours, Plan, Plans, WISE};
use crate::case::LossKind;
use crate::money::{Currency, Money, amount_text};
use crate::rule::strings;
use crate::source::{Diagnostic, Field, TableReader, quoted};

/// No share is larger: ten times the loss.
const LARGEST_SHARE: i64 = 1_000;

pub(crate) fn read_remedies(section: Option<TableReader<'_, '_>>) -> Plans {
    let mut plans = Vec::new();
    for (entry, field) in section.into_iter().flat_map(TableReader::entries) {
        let Some(table) = field.table() else { continue };
        if table.get("off").bool() == Some(true) {
            continue;
        }
        plans.extend(read_plan(&entry.key.text, table));
    }
    Plans(plans)
}

fn read_plan(id: &str, table: TableReader<'_, '_>) -> Option<Plan> {
    let text = |key| table.get(key).string().map(Arc::<str>::from).unwrap_or_default();
    let kind = table.need("kind").one_of(RemedyKind::WORDS);
    let losses = strings(table.get("loss")).unwrap_or_default();
    let losses = losses.into_iter().filter_map(|(_, field)| field.one_of(LossKind::WORDS)).collect();
    let ours = table.get("ours");
    let ours = ours.table().map(read_ours);
    let goodwill = table.get("goodwill").table().map(|table| {
        let goodwill = Goodwill {
            share: share(table.get("share")).unwrap_or(0),
            fixed: amounts(table.get("fixed")),
            most: amounts(table.get("most")),
        };
        table.finish();
        goodwill
    });
    let plan = Plan {
        id: RemedyId(Arc::from(id)),
        kind: kind.unwrap_or(super::RemedyKind::Gesture),
        title: text("title"),
        why: text("why"),
        losses,
        after_deadline: table.get("after_deadline").bool().unwrap_or(false),
        ours: ours.unwrap_or(Ours {
            cover: 0,
            extra: 0,
            extra_fixed: Vec::new(),
            extra_least: Vec::new(),
            extra_most: Vec::new(),
            most: WISE,
        }),
        goodwill: goodwill.unwrap_or_default(),
        round_up_to: amounts(table.get("round_up_to")),
    };
    table.get("source").string();
    table.finish();
    kind.map(|_| plan)
}

fn read_ours(table: TableReader<'_, '_>) -> Ours {
    let ours = Ours {
        cover: share(table.get("cover")).unwrap_or(100),
        extra: share(table.get("extra")).unwrap_or(0),
        extra_fixed: amounts(table.get("extra_fixed")),
        extra_least: amounts(table.get("extra_least")),
        extra_most: amounts(table.get("extra_most")),
        most: share(table.get("most")).unwrap_or(WISE),
    };
    if ours.most < ours.cover {
        let message =
            format!("{} covers {} and is at most {} hundredths", quoted("ours"), ours.cover, ours.most);
        table.get("most").error("contradiction", message);
    }
    for least in &ours.extra_least {
        let most = in_currency(&ours.extra_most, least.currency());
        if let Some(most) = most.filter(|most| most.minor() < least.minor()) {
            let message = format!("the extra is at least {least} and at most {most}");
            table.get("extra_most").error("contradiction", message);
        }
    }
    table.finish();
    ours
}

/// Hundredths of the loss.
fn share(field: Field<'_, '_>) -> Option<u32> {
    field.integer(0..=LARGEST_SHARE).and_then(|share| u32::try_from(share).ok())
}

/// `{ NOK = 200, EUR = "20.00" }`
fn amounts(field: Field<'_, '_>) -> Vec<Money> {
    let mut list = Vec::new();
    for (entry, field) in field.table().into_iter().flat_map(TableReader::entries) {
        let code = &*entry.key.text;
        let Some(currency) = Currency::of(code) else {
            field.error("currency", format!("{} is no ISO 4217 code", quoted(code)));
            continue;
        };
        let Some(written) = amount_text(field) else { continue };
        match Money::parse_in(&written, currency) {
            Ok(money) if money.minor() >= 0 => list.push(money),
            Ok(_) => field.error("amount", format!("{} is less than nothing", quoted(&written))),
            Err(error) => field.error("amount", error.to_string()),
        }
    }
    list
}

pub(crate) fn read_authority(section: Option<TableReader<'_, '_>>) -> Authority {
    let entries: Vec<_> = section.into_iter().flat_map(TableReader::entries).collect();
    let entries: Vec<_> = entries.into_iter().filter(|(_, field)| !field.is_off()).collect();
    let roles: Vec<&str> = entries.iter().map(|(entry, _)| &*entry.key.text).collect();
    let mut tiers = Vec::new();
    for (role, (_, field)) in roles.iter().zip(&entries) {
        let Some(table) = field.table() else { continue };
        table.get("off").bool();
        let above = table.get("above");
        let name = above.string();
        let number = name.and_then(|name| roles.iter().position(|own| *own == name));
        if let (Some(name), None) = (name, number) {
            above.unknown_value(name, roles.iter().copied().filter(|own| own != role).collect::<Vec<_>>());
        }
        tiers.push(Tier {
            role: Arc::from(*role),
            case: amounts(table.get("case")),
            day: amounts(table.get("day")),
            goodwill: amounts(table.get("goodwill")),
            goodwill_share: share(table.get("goodwill_share")),
            above: number,
        });
        table.finish();
    }
    let authority = Authority { tiers };
    for (tier, (_, field)) in authority.tiers.iter().zip(&entries) {
        check_order(tier, &authority, *field);
    }
    authority
}

/// Who decides beyond a role may grant at least as much, and nobody decides beyond themselves.
fn check_order(tier: &Tier, authority: &Authority, field: Field<'_, '_>) {
    let report = |message: String, help: String| {
        field.report(Diagnostic::error("authority-order", message).with_help(help));
    };
    let mut above = tier.above;
    for _ in 0..authority.tiers.len() {
        let Some(other) = above.and_then(|at| authority.tiers.get(at)) else { break };
        if other.role == tier.role {
            let message = format!("{} decides beyond itself", quoted(&tier.role));
            return report(message, "let the highest role have no `above`".to_owned());
        }
        above = other.above;
    }
    let Some(other) = tier.above.and_then(|at| authority.tiers.get(at)) else { return };
    let less = |own: String, theirs: String| {
        let (role, above) = (quoted(&tier.role), quoted(&other.role));
        report(
            format!("{role} may grant {own}, and {above} above it only {theirs}"),
            format!("raise the limit of {above}"),
        );
    };
    let limits = [
        ("a case", &tier.case, &other.case),
        ("a day", &tier.day, &other.day),
        ("as goodwill", &tier.goodwill, &other.goodwill),
    ];
    // Who has no limit of a kind is free; who has one, in its currencies alone.
    for (name, own, others) in limits.into_iter().filter(|(_, _, others)| !others.is_empty()) {
        for limit in own {
            let theirs = in_currency(others, limit.currency()).unwrap_or(Money::zero(limit.currency()));
            if theirs.minor() < limit.minor() {
                return less(format!("{limit} {name}"), theirs.to_string());
            }
        }
    }
    if let Some((own, theirs)) =
        tier.goodwill_share.zip(other.goodwill_share).filter(|(own, theirs)| theirs < own)
    {
        less(format!("{own} hundredths of the loss as goodwill"), theirs.to_string());
    }
}
