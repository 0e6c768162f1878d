//! The section `sla.surge` of a policy document.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{
    Asks, Contacts, Growth, Level, LevelPolicy, Measure, Population, SurgePolicy, SystemicLimit, WINDOW,
};
use crate::channel::{Fact, duration};
use crate::sla::clock::TimeKind;
use crate::source::{Diagnostic, Field, TableReader};

/// More than there are people.
const MANY: i64 = 10_000_000_000;
/// Faster than anything grows, and more often than anything is usual.
const FAST: f64 = 1e9;

/// Reads the section; what is not written is not watched.
pub(in crate::sla) fn read_surge(field: Field<'_, '_>) -> SurgePolicy {
    let Some(table) = field.table() else { return SurgePolicy::default() };
    let crisis_contact = table.get("crisis_contact").string().map(str::to_owned);
    let policy = SurgePolicy {
        window: duration::read(table.get("window")).unwrap_or(WINDOW),
        contacts: read_contacts(table.get("contacts")),
        populations: read_populations(table.get("populations")),
        systemic: read_systemic(table.get("systemic")),
        levels: read_levels(table.get("levels"), crisis_contact.as_deref()),
        crisis_contact,
    };
    table.finish();
    policy
}

fn count(field: Field<'_, '_>, least: i64) -> Option<u64> {
    field.integer(least..=MANY).and_then(|count| u64::try_from(count).ok())
}

fn read_contacts(field: Field<'_, '_>) -> Option<Contacts> {
    let table = field.table()?;
    let each = count(table.need("each"), 0);
    let fact = Fact::read(&table);
    table.finish();
    Some(Contacts { each: each?, fact })
}

fn read_populations(field: Field<'_, '_>) -> BTreeMap<String, Population> {
    let entries = field.table().into_iter().flat_map(TableReader::entries);
    let read = |field: Field<'_, '_>| {
        let table = field.table()?;
        let people = count(table.need("people"), 1);
        let fact = Fact::read(&table);
        table.finish();
        Some(Population { people: people?, fact })
    };
    entries.filter_map(|(entry, field)| Some((entry.key.text.to_string(), read(field)?))).collect()
}

fn read_systemic(field: Field<'_, '_>) -> Option<SystemicLimit> {
    let table = field.table()?;
    let cases = count(table.need("cases"), 2).and_then(|cases| usize::try_from(cases).ok());
    let within = duration::read(table.need("within"));
    table.finish();
    Some(SystemicLimit { cases: cases?, within: within? })
}

fn read_levels(field: Field<'_, '_>, crisis_contact: Option<&str>) -> [LevelPolicy; 3] {
    let Some(table) = field.table() else { return Default::default() };
    let mut order = Order::default();
    let levels = Level::REACHED.map(|level| match table.get(level.as_str()).table() {
        Some(table) => read_level(level, table, &mut order, crisis_contact),
        None => LevelPolicy::default(),
    });
    table.finish();
    levels
}

fn read_level(
    level: Level,
    table: TableReader<'_, '_>,
    order: &mut Order,
    crisis_contact: Option<&str>,
) -> LevelPolicy {
    let mut policy =
        LevelPolicy { media: table.get("media").bool().unwrap_or(false), ..LevelPolicy::default() };
    for measure in Measure::COUNTED {
        let field = table.get(measure.as_str());
        if let Some(least) = count(field, 1) {
            order.check(level, measure.as_str(), least, field);
            policy.counts.push((measure, least));
        }
    }
    for measure in Measure::GROWING {
        if let Some(growth) = read_growth(table.get(measure.as_str()), measure, level, order) {
            policy.growth.push((measure, growth));
        }
    }
    policy.asks = Arc::new(Asks {
        tell: table.get("tell").string_list().unwrap_or_default().into_iter().map(str::to_owned).collect(),
        crisis_contact: crisis_contact.filter(|_| level == Level::Crisis).map(str::to_owned),
        playbook: table.get("playbook").string().map(str::to_owned),
        time: table.get("time").one_of(TimeKind::WORDS),
        update_every: duration::read(table.get("update_every")),
    });
    table.finish();
    policy
}

fn read_growth(field: Field<'_, '_>, measure: Measure, level: Level, order: &mut Order) -> Option<Growth> {
    let table = field.table()?;
    let mut read = |key, needed: bool| {
        let field = if needed { table.need(key) } else { table.get(key) };
        let number = field.number(0.001..=FAST)?;
        let thousandths = (number * 1000.0).round() as u64;
        order.check(level, &format!("{}.{key}", measure.as_str()), thousandths, field);
        Some(thousandths)
    };
    let (times, at_least) = (read("times", true), read("at_least", true));
    let without_baseline = read("without_baseline", false);
    table.finish();
    Some(Growth { times: times?, at_least: at_least?, without_baseline })
}

/// What the levels below ask for: a higher level that asks for less would hide them.
#[derive(Default)]
struct Order {
    least: BTreeMap<String, (u64, Level)>,
}

impl Order {
    fn check(&mut self, level: Level, key: &str, value: u64, field: Field<'_, '_>) {
        if let Some((below, of)) = self.least.get(key) {
            if value < *below {
                let message =
                    format!("`{level}` asks for less than `{of}` does, which is never reached then");
                let help = "a higher level has the higher threshold";
                field.report(Diagnostic::error("thresholds", message).with_help(help));
                return;
            }
        }
        self.least.insert(key.to_owned(), (value, level));
    }
}
