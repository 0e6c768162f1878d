//! The section `rotas` of a policy document.

use std::sync::Arc;

use chrono::{DateTime, NaiveDateTime};

use super::super::calendar::{Calendar, instant};
use super::super::day::WEEKDAYS;
use super::super::document::{Zones, read_date, read_week};
use super::super::hours::read_time;
use super::super::instant::parse_instant;
use super::super::lists::{elements, section};
use super::super::plan::Plan;
use super::super::table::Piece;
use super::super::zone::{DAY, END_DAY, FIRST_DAY, Zone, midnight, weekday};
use super::turns::Turns;
use super::{Layer, Override, Rota};
use crate::source::{Diagnostic, Field, IdLetters, TableReader, quoted};

/// A year is looked through for gaps; what comes after is the same again.
const LOOKED_THROUGH: i64 = 366 * DAY;
/// So many layers a rota has at most.
const MOST_LAYERS: usize = 100;
/// So many overrides a rota has at most; those that are over can be taken out.
const MOST_OVERRIDES: usize = 1000;
/// So many people take turns in a layer at most.
const MOST_PEOPLE: usize = 1000;
/// Longer turns are slips.
const LONGEST_TURN: i64 = 366;

/// Reads all rotas of a document, in its order. One with mistakes in it has none.
pub(crate) fn read_rotas(
    rotas: Option<TableReader<'_, '_>>,
    calendars: &[(String, Option<Calendar>)],
    zones: &mut Zones,
) -> Vec<(String, Option<Rota>)> {
    let read = section(rotas, "rotas").map(|(entry, field)| {
        IdLetters::Small.check(&entry.key, "a rota", "`web-team`", field.mistakes());
        let rota = field.table().and_then(|table| read_rota(field, table, calendars, zones));
        (entry.key.text.to_string(), rota)
    });
    read.collect()
}

fn read_rota(
    whole: Field<'_, '_>,
    table: TableReader<'_, '_>,
    calendars: &[(String, Option<Calendar>)],
    zones: &mut Zones,
) -> Option<Rota> {
    let mistakes = table.mistakes();
    let before = mistakes.count();
    let zone = zones.read(table.need("time_zone"));
    let beside = read_beside(table.get("beside"), calendars);
    // Without a zone the rest is read for its mistakes only.
    let clocks = zone.clone().unwrap_or_else(|| Arc::clone(Calendar::always().clocks()));
    let layers = elements(table.get("layers"), MOST_LAYERS);
    let layers: Vec<Layer> = layers.filter_map(|field| read_layer(field, &clocks)).collect();
    let overrides = elements(table.get("overrides"), MOST_OVERRIDES);
    let overrides: Vec<Override> = overrides.filter_map(|field| read_override(field, &clocks)).collect();
    table.finish();
    if mistakes.count() > before {
        return None;
    }
    let latest = layers.iter().map(|layer| midnight(layer.turns.anchor)).max();
    let rota = Rota::new(zone?, layers, overrides);
    if rota.cover().table().total() == 0 {
        let help = "give it a layer with people in it, or an override";
        whole.report(Diagnostic::error("rota", "nobody is ever on call in this rota").with_help(help));
        return None;
    }
    if let Some(start) = latest {
        report_gaps(whole, &rota, beside, start);
    }
    Some(rota)
}

/// The calendar beside which the rota stands: while it is open, nobody need be on call.
fn read_beside<'c>(
    field: Field<'_, '_>,
    calendars: &'c [(String, Option<Calendar>)],
) -> Option<&'c Calendar> {
    let name = field.string()?;
    let Some((_, calendar)) = calendars.iter().find(|(known, _)| known == name) else {
        field.unknown_value(name, calendars.iter().map(|(name, _)| name.as_str()));
        return None;
    };
    calendar.as_ref()
}

/// A rota that leaves somebody waiting should do so on purpose.
fn report_gaps(whole: Field<'_, '_>, rota: &Rota, beside: Option<&Calendar>, start: i64) {
    let covered = beside.map(|calendar| calendar.covered_by(rota));
    let cover = covered.as_ref().unwrap_or(rota.cover());
    let (first, last) = cover.table().range();
    // The day after the layers began, all of them are there.
    let from = (start + 2 * DAY).clamp(first, last);
    let to = (from + LOOKED_THROUGH).min(last);
    let Ok(mut gaps) = cover.closed_intervals(instant(from), instant(to)) else { return };
    let Some(gap) = gaps.next() else { return };
    let show =
        |at: DateTime<chrono::Utc>| at.with_timezone(&rota.zone()).format("%Y-%m-%d %H:%M").to_string();
    let more = gaps.count();
    let often = if more == 0 { String::new() } else { format!(", and {more} times more within a year") };
    let message = format!("nobody is on call from {} to {}{often}", show(gap.start), show(gap.end));
    let help = match beside {
        Some(_) => "add a layer for these hours, or open the calendar",
        None => {
            "add a layer for these hours; `beside` names a calendar while which is open nobody need be on call"
        }
    };
    whole.report(Diagnostic::new(crate::source::Severity::Warning, "rota-gap", message).with_help(help));
}

fn read_layer(field: Field<'_, '_>, zone: &Zone) -> Option<Layer> {
    let table = field.table()?;
    let people = table.need("people");
    let names: Vec<Arc<str>> = elements(people, MOST_PEOPLE).filter_map(read_person).collect();
    if people.is_present() && names.is_empty() {
        people.report(
            Diagnostic::error("rota", "nobody takes turns here").with_help("name at least one person"),
        );
    }
    let start = read_date(table.need("start"));
    let days = read_turn(table.need("every"));
    let at = table.get("at");
    let at = if at.is_present() { read_time(at) } else { Some(0) };
    let on = table.get("on");
    let handover = on.one_of(&WEEKDAYS);
    let hours = table.get("hours");
    let week = if hours.is_present() { read_week(hours) } else { [(); 7].map(|()| vec![(0, DAY)]) };
    table.finish();
    let (start, days, at) = (start?, days?, at?);
    let anchor = match handover {
        Some(_) if days % 7 != 0 => {
            let message = "turns that are no whole weeks cannot change on one weekday";
            on.report(Diagnostic::error("rota", message).with_help("write `every` in weeks, such as `1w`"));
            return None;
        }
        // Turns are counted from the last such weekday up to the start.
        Some(wanted) => (start - 6..=start).find(|&day| weekday(day) == wanted)?,
        None => start,
    };
    if names.is_empty() {
        return None;
    }
    let since = zone.to_utc(midnight(start) + at);
    let mut plan = Plan::default();
    plan.open.weekdays = week;
    let hours = plan.table(zone, Some((start, since)));
    Some(Layer { turns: Turns { people: names, anchor, at, days }, hours })
}

fn read_person(field: Field<'_, '_>) -> Option<Arc<str>> {
    let name = field.string()?;
    if name.trim().is_empty() {
        field.report(Diagnostic::error("rota", "a person has no name").with_help("write a name or an id"));
        return None;
    }
    Some(Arc::from(name))
}

/// `1d`, `2w`: how many days a turn has.
fn read_turn(field: Field<'_, '_>) -> Option<i64> {
    let text = field.string()?;
    let unit = match text.chars().next_back() {
        Some('d') => 1,
        Some('w') => 7,
        _ => 0,
    };
    let digits = text.get(..text.len().saturating_sub(1)).unwrap_or("");
    let plain = !digits.is_empty() && digits.len() <= 3 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let days = digits.parse::<i64>().ok().map(|count| count * unit);
    let days = days.filter(|days| plain && (1..=LONGEST_TURN).contains(days));
    if days.is_none() {
        let message = format!("{} is not how long a turn lasts", quoted(text));
        let help = "write a whole number of days or weeks, such as `1d` or `1w`, a year at most";
        field.report(Diagnostic::error("duration", message).with_help(help));
    }
    days
}

fn read_override(field: Field<'_, '_>, zone: &Zone) -> Option<Override> {
    let table = field.table()?;
    let person = read_person(table.need("person"));
    let (from, to) = (table.need("from"), table.need("to"));
    let time = (read_instant(from, zone), read_instant(to, zone));
    table.finish();
    let time: Piece = (time.0?, time.1?);
    if time.0 >= time.1 {
        to.report(Diagnostic::error("rota", "the override ends before it begins"));
        return None;
    }
    Some(Override { time, person: person? })
}

/// Reads an instant with an offset, or a local time without.
fn read_instant(field: Field<'_, '_>, zone: &Zone) -> Option<i64> {
    let text = field.instant()?;
    let known = zone.start_of(FIRST_DAY)..=zone.start_of(END_DAY);
    let (message, help) = match second(text, zone) {
        Some(second) if known.contains(&second) => return Some(second),
        Some(_) => ("is outside the years 2000 to 2100", "rotas know no other years"),
        None => (
            "is not an instant",
            "write date and time, such as `2026-12-24T17:00:00`, with an offset if it is not the rota's zone",
        ),
    };
    field.report(Diagnostic::error("instant", format!("{} {message}", quoted(text))).with_help(help));
    None
}

fn second(text: &str, zone: &Zone) -> Option<i64> {
    if let Some(at) = parse_instant(text) {
        return Some(at.timestamp());
    }
    let local = text.replacen(' ', "T", 1).parse::<NaiveDateTime>().ok()?;
    Some(zone.to_utc(local.and_utc().timestamp()))
}
