//! The section `calendars` of a policy document, and the calendar of a request.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, LocalResult, NaiveDate, NaiveDateTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::{TZ_VARIANTS, Tz};

use crate::source::{Diagnostic, Entry, Field, IdLetters, Mistakes, TableReader, nearest, quoted};

use super::calendar::Calendar;
use super::day::{WEEKDAYS, day_number};
use super::holiday::Holidays;
use super::hours;
use super::lists::{elements, section};
use super::plan::{Hours, Plan, is_known};
use super::table::Piece;
use super::zone::Zone;

/// So many stretches of hours a day has at most, and so many breaks.
pub const MOST_STRETCHES: usize = 100;
/// So many regions a calendar keeps the holidays of at most.
const MOST_REGIONS: usize = 100;
/// So many dates a list of closed days has at most: all days of the range, and some that stand there twice.
const MOST_DATES: usize = 40_000;

/// Time zones that were already looked through: calendars mostly share one.
#[derive(Debug, Default)]
pub(crate) struct Zones(Vec<Arc<Zone>>);

impl Zones {
    /// Reads the name of a time zone.
    pub(super) fn read(&mut self, field: Field<'_, '_>) -> Option<Arc<Zone>> {
        let name = field.string()?;
        let Ok(tz) = name.parse::<Tz>() else {
            field.unknown_value(name, TZ_VARIANTS.iter().map(|tz| tz.name()));
            return None;
        };
        if let Some(known) = self.0.iter().find(|zone| zone.tz() == tz) {
            return Some(Arc::clone(known));
        }
        let zone = Arc::new(Zone::new(tz));
        self.0.push(Arc::clone(&zone));
        Some(zone)
    }
}

/// The instant of a local time: the first of two, and after a gap by as much as the time is in it. `None` beyond all
/// years.
pub(crate) fn read_local(tz: Tz, local: NaiveDateTime) -> Option<DateTime<Utc>> {
    match tz.from_local_datetime(&local) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => Some(at.to_utc()),
        // No gap is longer than a day: the offset that held two days before is the one before the gap.
        LocalResult::None => {
            let before = tz.offset_from_utc_datetime(&local.checked_sub_signed(TimeDelta::days(2))?);
            local.checked_sub_offset(before.fix()).map(|at| at.and_utc())
        }
    }
}

/// Reads all calendars of a document, in its order. One with mistakes in it has none.
pub(crate) fn read_calendars(
    calendars: Option<TableReader<'_, '_>>,
    holidays: &Holidays,
    zones: &mut Zones,
) -> Vec<(String, Option<Calendar>)> {
    let read = section(calendars, "calendars").map(|(entry, field)| {
        IdLetters::Small.check(&entry.key, "a calendar", "`web-team`", field.mistakes());
        let calendar = field.table().and_then(|table| read_calendar(table, holidays, zones));
        (entry.key.text.to_string(), calendar)
    });
    read.collect()
}

/// Reads one calendar. `None` if something is wrong with it, which is then reported.
pub(crate) fn read_calendar(
    table: TableReader<'_, '_>,
    holidays: &Holidays,
    zones: &mut Zones,
) -> Option<Calendar> {
    let (mistakes, place) = (table.mistakes(), table.place());
    let before = mistakes.count();
    let zone = zones.read(table.need("time_zone"));
    let open = table.need("open");
    let mut plan = Plan::default();
    plan.open.weekdays = read_week(open);
    let one_off = table.get("days");
    plan.open.dates = read_days(one_off);
    plan.breaks = read_breaks(table.get("breaks"));
    for field in elements(table.get("closed"), MOST_DATES) {
        let Some(day) = read_date(field) else { continue };
        if plan.open.dates.contains_key(&day) {
            let message =
                format!("{} is closed and has hours in `days`", quoted(field.datetime().unwrap_or("")));
            field.report(Diagnostic::error("contradiction", message).with_help("keep one of them"));
        }
        plan.closed.push(day);
    }
    let mut regions = Vec::new();
    for field in elements(table.get("holidays"), MOST_REGIONS) {
        let Some(region) = field.string() else { continue };
        if regions.contains(&region) {
            field.error("duplicate", format!("{} stands here twice", quoted(region)));
            continue;
        }
        regions.push(region);
        match holidays.days(region) {
            Some(days) => plan.closed.extend(days),
            None => holidays.report_unknown(field, region),
        }
    }
    plan.closed.sort_unstable();
    plan.closed.dedup();
    table.finish();
    if mistakes.count() > before {
        return None;
    }
    let zone = zone?;
    let hours = plan.table(&zone, None);
    if hours.total() == 0 {
        let help = "give a weekday hours that no break and no closed day takes away";
        let diagnostic = Diagnostic::error("never-opens", "the calendar never opens").with_help(help);
        mistakes.report(diagnostic.at(mistakes.locate(open.place().unwrap_or(place))));
        return None;
    }
    Some(Calendar::new(zone, hours))
}

fn read_list(field: Field<'_, '_>) -> Vec<Piece> {
    elements(field, MOST_STRETCHES).filter_map(hours::read).collect()
}

/// `{ mon = ["09:00-17:00"], … }`
pub(super) fn read_week(field: Field<'_, '_>) -> [Vec<Piece>; 7] {
    let mut week = [(); 7].map(|()| Vec::new());
    let Some(table) = field.table() else { return week };
    for ((name, _), hours) in WEEKDAYS.iter().zip(&mut week) {
        *hours = read_list(table.get(name));
    }
    table.finish();
    week
}

/// `{ "2026-12-24" = ["09:00-12:00"], … }`
fn read_days(field: Field<'_, '_>) -> BTreeMap<i32, Vec<Piece>> {
    let entries = field.table().into_iter().flat_map(TableReader::entries);
    let read = entries.filter_map(|(entry, field)| {
        let hours = read_list(field);
        Some((read_date_key(entry, field.mistakes())?, hours))
    });
    read.collect()
}

/// Both: `{ fri = ["12:00-13:30"], "2026-12-18" = ["14:00-24:00"] }`
fn read_breaks(field: Field<'_, '_>) -> Hours {
    let mut breaks = Hours::default();
    for (entry, field) in field.table().into_iter().flat_map(TableReader::entries) {
        let hours = read_list(field);
        let weekday = WEEKDAYS.iter().find(|(name, _)| *name == entry.key.text);
        if let Some(weekly) = weekday.and_then(|&(_, weekday)| breaks.weekdays.get_mut(weekday)) {
            *weekly = hours;
        } else if let Some(day) = read_break_key(entry, field.mistakes()) {
            breaks.dates.insert(day, hours);
        }
    }
    breaks
}

fn read_break_key(entry: &Entry<'_>, mistakes: &Mistakes<'_>) -> Option<i32> {
    let key = &*entry.key.text;
    if key.bytes().next().is_some_and(|byte| byte.is_ascii_digit()) {
        return read_date_key(entry, mistakes);
    }
    let message = format!("{} is neither a weekday nor a date", quoted(key));
    let help = match nearest(key, WEEKDAYS.iter().map(|(name, _)| *name)) {
        Some(near) => format!("did you mean {}?", quoted(near)),
        None => "write `mon` to `sun`, or a date such as `2026-12-24`".to_owned(),
    };
    let diagnostic = Diagnostic::error("unknown-key", message).with_help(help);
    mistakes.report(diagnostic.at(mistakes.locate(entry.key.place)));
    None
}

fn read_date_key(entry: &Entry<'_>, mistakes: &Mistakes<'_>) -> Option<i32> {
    let at = mistakes.locate(entry.key.place);
    day(&entry.key.text, |diagnostic| mistakes.report(diagnostic.at(at)))
}

/// Reads a date, as a day of the calendar.
pub(super) fn read_date(field: Field<'_, '_>) -> Option<i32> {
    day(field.datetime()?, |diagnostic| field.report(diagnostic))
}

fn day(text: &str, report: impl FnOnce(Diagnostic)) -> Option<i32> {
    let plain = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let date = text.parse::<NaiveDate>().ok().filter(|_| plain);
    let (message, help) = match date.map(day_number) {
        Some(day) if is_known(day) => return Some(day),
        Some(_) => ("is outside the years 2000 to 2100", "calendars know no other years"),
        None => ("is no date", "write year, month and day, such as `2026-12-24`"),
    };
    report(Diagnostic::error("date", format!("{} {message}", quoted(text))).with_help(help));
    None
}
