//! Calendars: named cases, each with its reason.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test says what it expects")]

use chrono::{DateTime, TimeDelta, Utc};
use svar::Policy;
use svar::time::Calendar;

/// The calendar of a document.
fn calendar(text: &str) -> Calendar {
    let document = format!("svar = 1\nname = 'test'\nextends = ['svar:holidays']\n[calendars.it]\n{text}");
    match Policy::from_toml(&document) {
        Ok(policy) => policy.calendar("it").unwrap().clone(),
        Err(errors) => panic!("{}", errors.render()),
    }
}

fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).expect(text).to_utc()
}

/// Monday to Friday, nine to five, in Berlin.
fn office() -> Calendar {
    calendar(
        "time_zone = 'Europe/Berlin'\n\
         open = { mon = ['09:00-17:00'], tue = ['09:00-17:00'], wed = ['09:00-17:00'], thu = ['09:00-17:00'], fri = ['09:00-17:00'] }",
    )
}

#[test]
fn exact_exhaustion_is_due_at_the_closing_time() {
    // Friday four o'clock and an hour: the team goes home at five, and that is when it is due.
    let deadline = office().add(at("2026-11-20T16:00:00+01:00"), TimeDelta::hours(1)).unwrap();
    assert_eq!(deadline.due_at, at("2026-11-20T17:00:00+01:00"));
    assert_eq!(deadline.next_opening, Some(at("2026-11-23T09:00:00+01:00")));
}
