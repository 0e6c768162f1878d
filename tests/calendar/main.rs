//! Calendars: named cases, each with its reason.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test says what it expects"
)]

mod clock_changes;
mod ends;
mod exhaustion;
mod hours;
mod rotas;

use chrono::{DateTime, TimeDelta, Utc};
use svar::Policy;
use svar::time::Calendar;

fn policy(text: &str) -> Policy {
    let document = format!("svar = 1\nname = 'test'\nextends = ['svar:holidays']\n{text}");
    Policy::from_toml(&document).unwrap_or_else(|errors| panic!("{}", errors.render()))
}

/// The calendar of a document.
fn calendar(text: &str) -> Calendar {
    policy(&format!("[calendars.it]\n{text}")).calendar("it").unwrap().clone()
}

/// Hours from Monday to Friday.
fn weekdays(zone: &str, hours: &str, rest: &str) -> Calendar {
    let days = ["mon", "tue", "wed", "thu", "fri"].map(|day| format!("{day} = [{hours}]"));
    calendar(&format!("time_zone = '{zone}'\nopen = {{ {} }}\n{rest}", days.join(", ")))
}

/// The same hours on every day of the week.
fn daily(zone: &str, hours: &str, rest: &str) -> Calendar {
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map(|day| format!("{day} = [{hours}]"));
    calendar(&format!("time_zone = '{zone}'\nopen = {{ {} }}\n{rest}", days.join(", ")))
}

/// Monday to Friday, nine to five, in Berlin.
fn office() -> Calendar {
    weekdays("Europe/Berlin", "'09:00-17:00'", "")
}

fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).expect(text).to_utc()
}

/// After so many seconds it is due at one instant and opens at another.
#[track_caller]
fn adds(calendar: &Calendar, from: &str, seconds: i64, due: &str, opening: &str) {
    let deadline = calendar.add(at(from), TimeDelta::seconds(seconds)).unwrap();
    assert_eq!(deadline.due_at, at(due), "due");
    assert_eq!(deadline.next_opening, Some(at(opening)), "opens");
}

#[track_caller]
fn subtracts(calendar: &Calendar, from: &str, seconds: i64, due: &str, closing: &str) {
    let deadline = calendar.subtract(at(from), TimeDelta::seconds(seconds)).unwrap();
    assert_eq!(deadline.due_at, at(due), "due");
    assert_eq!(deadline.next_opening, Some(at(closing)), "closes");
}

#[track_caller]
fn lasts(calendar: &Calendar, from: &str, to: &str, seconds: i64) {
    assert_eq!(calendar.between(at(from), at(to)).unwrap(), TimeDelta::seconds(seconds));
}

/// The openings between two instants, as they are shown in the calendar's zone.
fn openings(calendar: &Calendar, from: &str, to: &str) -> Vec<String> {
    let shown = |at: DateTime<Utc>| at.with_timezone(&calendar.zone()).format("%a %d %H:%M%z").to_string();
    let open = calendar.open_intervals(at(from), at(to)).unwrap();
    open.map(|open| format!("{} to {}", shown(open.start), shown(open.end))).collect()
}

const HOUR: i64 = 3600;
