//! Opening hours, days of their own, and breaks.

use super::{HOUR, adds, at, calendar, daily, lasts, openings, weekdays};

#[test]
fn split_days() {
    let split = weekdays("Europe/Berlin", "'09:00-12:00', '13:00-17:00'", "");
    adds(&split, "2026-11-20T11:30:00+01:00", HOUR, "2026-11-20T13:30:00+01:00", "2026-11-20T13:30:00+01:00");
    adds(&split, "2026-11-20T11:00:00+01:00", HOUR, "2026-11-20T12:00:00+01:00", "2026-11-20T13:00:00+01:00");
}

#[test]
fn overlapping_hours_are_counted_once() {
    let twice = weekdays("Europe/Berlin", "'09:00-13:00', '12:00-17:00', '10:00-11:00', '17:00-17:30'", "");
    lasts(&twice, "2026-11-20T00:00:00+01:00", "2026-11-21T00:00:00+01:00", 8 * HOUR + 1800);
    assert_eq!(openings(&twice, "2026-11-20T00:00:00+01:00", "2026-11-21T00:00:00+01:00").len(), 1);
}

#[test]
fn seconds_are_kept() {
    let precise = weekdays("Europe/Berlin", "'09:00:30-16:59:59'", "");
    lasts(&precise, "2026-11-20T00:00:00+01:00", "2026-11-21T00:00:00+01:00", 8 * HOUR - 31);
}

#[test]
fn the_day_ends_at_24_00() {
    // 23:59 would be one closed minute a day.
    let evening = daily("Europe/Berlin", "'12:00-24:00'", "");
    lasts(&evening, "2026-11-20T00:00:00+01:00", "2026-11-21T00:00:00+01:00", 12 * HOUR);
    let midnight = daily("Europe/Berlin", "'12:00-00:00'", "");
    lasts(&midnight, "2026-11-20T00:00:00+01:00", "2026-11-21T00:00:00+01:00", 12 * HOUR);
}

#[test]
fn overnight_shifts_belong_to_the_day_they_begin_on() {
    let friday = calendar("time_zone = 'Europe/Berlin'\nopen = { fri = ['22:00-06:00'] }\n");
    assert_eq!(
        openings(&friday, "2026-11-16T00:00:00+01:00", "2026-11-23T00:00:00+01:00"),
        ["Fri 20 22:00+0100 to Sat 21 06:00+0100"]
    );
    // From Sunday to Monday, over the end of the week.
    let sunday = calendar("time_zone = 'Europe/Berlin'\nopen = { sun = ['22:00-06:00'] }\n");
    assert!(sunday.is_open(at("2026-11-23T05:59:59+01:00")).unwrap());
    // A night in which the clocks change has an hour more or less.
    let saturday = calendar("time_zone = 'Europe/Berlin'\nopen = { sat = ['22:00-06:00'] }\n");
    lasts(&saturday, "2026-10-24T12:00:00+02:00", "2026-10-25T12:00:00+01:00", 9 * HOUR);
    lasts(&saturday, "2026-03-28T12:00:00+01:00", "2026-03-29T12:00:00+02:00", 7 * HOUR);
}

#[test]
fn a_closed_day_is_closed_from_midnight_to_midnight() {
    // New Year's Eve is a Thursday in 2026. Closed on Friday: the night from Thursday ends at midnight, and the one
    // that begins on Friday goes on from midnight, as if it had been written as two stretches.
    let nights = weekdays("Europe/Oslo", "'22:00-06:00'", "holidays = ['NO']\n");
    assert_eq!(
        openings(&nights, "2026-12-31T12:00:00+01:00", "2027-01-02T12:00:00+01:00"),
        ["Thu 31 22:00+0100 to Fri 01 00:00+0100", "Sat 02 00:00+0100 to Sat 02 06:00+0100"]
    );
}

#[test]
fn days_replace_the_hours_of_their_weekday() {
    // Closed at noon on Christmas Eve, open on the Saturday after the holidays.
    let shop = weekdays(
        "Europe/Oslo",
        "'09:00-17:00'",
        "days = { '2026-12-24' = ['09:00-12:00'], '2027-01-02' = ['10:00-14:00'] }\nholidays = ['NO']\n",
    );
    assert_eq!(
        openings(&shop, "2026-12-24T00:00:00+01:00", "2027-01-03T00:00:00+01:00"),
        [
            "Thu 24 09:00+0100 to Thu 24 12:00+0100",
            "Mon 28 09:00+0100 to Mon 28 17:00+0100",
            "Tue 29 09:00+0100 to Tue 29 17:00+0100",
            "Wed 30 09:00+0100 to Wed 30 17:00+0100",
            "Thu 31 09:00+0100 to Thu 31 17:00+0100",
            "Sat 02 10:00+0100 to Sat 02 14:00+0100",
        ]
    );
}

#[test]
fn days_win_over_holidays() {
    // Part of a holiday may be worked: Boxing Day sales.
    let sales = weekdays(
        "Europe/Oslo",
        "'09:00-17:00'",
        "days = { '2025-12-26' = ['12:00-15:00'] }\nholidays = ['NO']\n",
    );
    lasts(&sales, "2025-12-25T00:00:00+01:00", "2025-12-27T00:00:00+01:00", 3 * HOUR);
}

#[test]
fn days_are_those_of_the_calendar_s_zone() {
    // Seven in the evening in Los Angeles is the next day in UTC, and still that day's hours.
    let evening = weekdays("America/Los_Angeles", "'17:00-20:00'", "days = { '2026-11-20' = [] }\n");
    lasts(&evening, "2026-11-20T00:00:00-08:00", "2026-11-21T00:00:00-08:00", 0);
    lasts(&evening, "2026-11-19T00:00:00-08:00", "2026-11-20T00:00:00-08:00", 3 * HOUR);
}

#[test]
fn a_day_of_its_own_ends_the_night_before() {
    let nights = weekdays(
        "Europe/Berlin",
        "'22:00-06:00'",
        "days = { '2026-11-19' = ['12:00-14:00', '23:00-01:00'] }\n",
    );
    assert_eq!(
        openings(&nights, "2026-11-18T12:00:00+01:00", "2026-11-20T12:00:00+01:00"),
        [
            "Wed 18 22:00+0100 to Thu 19 00:00+0100",
            "Thu 19 12:00+0100 to Thu 19 14:00+0100",
            "Thu 19 23:00+0100 to Fri 20 01:00+0100",
        ]
    );
}

#[test]
fn breaks_are_cut_out_of_whatever_is_open() {
    // A lunch on weekdays, a party on one date besides, also out of a day of its own.
    let lunch = weekdays(
        "Europe/Berlin",
        "'09:00-17:00'",
        "breaks = { fri = ['12:00-12:30'], '2026-11-20' = ['15:00-24:00'], '2026-11-23' = ['22:00-10:00'] }\n\
         days = { '2026-11-27' = ['10:00-14:00'] }\n",
    );
    lasts(&lunch, "2026-11-20T00:00:00+01:00", "2026-11-21T00:00:00+01:00", 5 * HOUR + 1800);
    lasts(&lunch, "2026-11-27T00:00:00+01:00", "2026-11-28T00:00:00+01:00", 3 * HOUR + 1800);
    // An overnight break reaches into the next morning.
    lasts(&lunch, "2026-11-24T00:00:00+01:00", "2026-11-25T00:00:00+01:00", 7 * HOUR);
    // What is open is counted, and what is counted is open.
    assert!(!lunch.is_open(at("2026-11-20T12:15:00+01:00")).unwrap());
}

#[test]
fn a_break_of_a_whole_day_leaves_no_closed_answer() {
    let away = weekdays("Europe/Berlin", "'09:00-17:00'", "breaks = { '2026-11-23' = ['00:00-24:00'] }\n");
    adds(&away, "2026-11-20T16:30:00+01:00", HOUR, "2026-11-24T09:30:00+01:00", "2026-11-24T09:30:00+01:00");
}
