//! Where calendars end, and what cannot be answered.

use chrono::TimeDelta;
use svar::time::{Calendar, TimeError};

use super::{HOUR, at, calendar, lasts, office};

#[test]
fn the_years_are_2000_to_2100() {
    let office = office();
    for outside in
        ["1999-12-31T22:59:59Z", "2100-12-31T23:00:01Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"]
    {
        let error = office.is_open(at(outside)).unwrap_err();
        assert!(matches!(error, TimeError::OutOfRange(_)), "{outside}");
        assert!(error.to_string().contains("2000 to 2100"), "{error}");
    }
    // At the very end everything is over, also what is open around the clock.
    let end = at("2101-01-01T00:00:00Z");
    assert!(!Calendar::always().is_open(end).unwrap());
    assert_eq!(Calendar::always().next_open(end).unwrap(), None);
    // Midnight in Berlin, not in London.
    assert!(!office.is_open(at("1999-12-31T23:00:00Z")).unwrap());
    assert!(office.is_open(at("2100-12-31T10:00:00+01:00")).unwrap());
    lasts(&office, "2000-01-01T00:00:00+01:00", "2101-01-01T00:00:00+01:00", 26_350 * 8 * HOUR);
}

#[test]
fn too_much_is_the_same_mistake_whichever_way_it_is_asked_for() {
    let (start, much) = (at("2000-01-10T10:00:00Z"), TimeDelta::hours(1_000));
    assert_eq!(office().add(start, -much).unwrap_err(), office().subtract(start, much).unwrap_err());
}

#[test]
fn an_absurd_duration_is_an_error() {
    let office = office();
    let start = at("2026-11-20T16:00:00+01:00");
    for seconds in [6_000_000_000, i64::MAX / 1000, -6_000_000_000, i64::MIN / 1000 + 1] {
        let error = office.add(start, TimeDelta::seconds(seconds)).unwrap_err();
        assert!(matches!(error, TimeError::TooLong(_)), "{error}");
    }
}

#[test]
fn a_calendar_that_will_not_open_again_says_so() {
    let fair =
        calendar("time_zone = 'Europe/Berlin'\nopen = {}\ndays = { '2026-11-20' = ['09:00-17:00'] }\n");
    let last = fair.add(at("2026-11-20T16:00:00+01:00"), TimeDelta::hours(1)).unwrap();
    assert_eq!((last.due_at, last.next_opening), (at("2026-11-20T17:00:00+01:00"), None));
    let error = fair.add(at("2026-11-20T17:00:00+01:00"), TimeDelta::hours(1)).unwrap_err();
    assert!(matches!(error, TimeError::NeverOpens(_)), "{error}");
    assert_eq!(fair.next_open(at("2026-11-21T00:00:00+01:00")).unwrap(), None);
}

#[test]
fn fractions_of_a_second_are_dropped() {
    let deadline = office().add(at("2026-11-20T16:00:00.999+01:00"), TimeDelta::milliseconds(1500)).unwrap();
    assert_eq!(deadline.due_at, at("2026-11-20T16:00:01+01:00"));
}
