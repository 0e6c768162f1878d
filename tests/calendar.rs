//! Calendars: named cases, each with its reason.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test says what it expects"
)]

use chrono::{DateTime, TimeDelta, Utc};
use svar::Policy;
use svar::time::{Calendar, TimeError};

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

// --- exact exhaustion, zero durations ---

#[test]
fn exact_exhaustion_is_due_at_the_closing_time() {
    // Friday four o'clock and an hour: the team goes home at five, and that is when it is due. Others (biz, Zammad) say
    // Monday at nine: that is the next opening.
    adds(
        &office(),
        "2026-11-20T16:00:00+01:00",
        HOUR,
        "2026-11-20T17:00:00+01:00",
        "2026-11-23T09:00:00+01:00",
    );
    adds(
        &office(),
        "2026-11-20T16:00:00+01:00",
        HOUR + 1,
        "2026-11-23T09:00:01+01:00",
        "2026-11-23T09:00:01+01:00",
    );
    // At 24:00, too.
    let late = daily("Europe/Berlin", "'16:00-24:00'", "");
    adds(
        &late,
        "2026-11-20T20:00:00+01:00",
        4 * HOUR,
        "2026-11-21T00:00:00+01:00",
        "2026-11-21T16:00:00+01:00",
    );
}

#[test]
fn exact_exhaustion_backwards_is_the_opening_time() {
    subtracts(
        &office(),
        "2026-11-23T10:00:00+01:00",
        HOUR,
        "2026-11-23T09:00:00+01:00",
        "2026-11-20T17:00:00+01:00",
    );
    subtracts(
        &office(),
        "2026-11-23T10:00:00+01:00",
        HOUR + 1,
        "2026-11-20T16:59:59+01:00",
        "2026-11-20T16:59:59+01:00",
    );
}

#[test]
fn no_time_at_all_passes_at_once() {
    // In open time nothing moves, in closed time it opens later.
    adds(&office(), "2026-11-20T16:00:00+01:00", 0, "2026-11-20T16:00:00+01:00", "2026-11-20T16:00:00+01:00");
    adds(&office(), "2026-11-21T16:00:00+01:00", 0, "2026-11-21T16:00:00+01:00", "2026-11-23T09:00:00+01:00");
    adds(&office(), "2026-11-20T17:00:00+01:00", 0, "2026-11-20T17:00:00+01:00", "2026-11-23T09:00:00+01:00");
    // Backwards, the same in a mirror: just before nine it is closed, just before five it is open.
    subtracts(
        &office(),
        "2026-11-21T16:00:00+01:00",
        0,
        "2026-11-21T16:00:00+01:00",
        "2026-11-20T17:00:00+01:00",
    );
    subtracts(
        &office(),
        "2026-11-23T09:00:00+01:00",
        0,
        "2026-11-23T09:00:00+01:00",
        "2026-11-20T17:00:00+01:00",
    );
    subtracts(
        &office(),
        "2026-11-20T17:00:00+01:00",
        0,
        "2026-11-20T17:00:00+01:00",
        "2026-11-20T17:00:00+01:00",
    );
}

#[test]
fn intervals_are_half_open() {
    let office = office();
    for (instant, open) in [
        ("2026-11-20T08:59:59+01:00", false),
        ("2026-11-20T09:00:00+01:00", true),
        ("2026-11-20T16:59:59+01:00", true),
        ("2026-11-20T17:00:00+01:00", false),
        ("2026-11-20T08:00:00Z", true),
    ] {
        assert_eq!(office.is_open(at(instant)).unwrap(), open, "{instant}");
    }
}

#[test]
fn a_reversed_question_has_a_negative_answer() {
    lasts(&office(), "2026-11-20T16:00:00+01:00", "2026-11-23T10:00:00+01:00", 2 * HOUR);
    lasts(&office(), "2026-11-23T10:00:00+01:00", "2026-11-20T16:00:00+01:00", -2 * HOUR);
    // A negative duration is subtracted.
    let back = office().add(at("2026-11-23T10:00:00+01:00"), TimeDelta::hours(-2)).unwrap();
    assert_eq!(back.due_at, at("2026-11-20T16:00:00+01:00"));
}

#[test]
fn what_comes_next() {
    let office = office();
    let next = |text: &str| (office.next_open(at(text)).unwrap(), office.next_close(at(text)).unwrap());
    let friday = "2026-11-20T12:00:00+01:00";
    assert_eq!(next(friday), (Some(at(friday)), Some(at("2026-11-20T17:00:00+01:00"))));
    assert_eq!(next("2026-11-21T12:00:00+01:00"), (Some(at("2026-11-23T09:00:00+01:00")), None));
    assert_eq!(Calendar::always().next_close(at(friday)).unwrap(), None);
}

// --- the clocks ---

#[test]
fn times_in_a_gap_move_forward_by_its_length() {
    // 29 March 2026: 02:00 becomes 03:00. Half past two is half past three.
    let night = daily("Europe/Berlin", "'02:30-06:00'", "");
    let open = openings(&night, "2026-03-29T00:00:00+01:00", "2026-03-29T12:00:00+02:00");
    assert_eq!(open, ["Sun 29 03:30+0200 to Sun 29 06:00+0200"]);
    // Hours that are all in the gap are held an hour later.
    let hidden = daily("Europe/Berlin", "'02:15-02:45'", "");
    let open = openings(&hidden, "2026-03-29T00:00:00+01:00", "2026-03-29T12:00:00+02:00");
    assert_eq!(open, ["Sun 29 03:15+0200 to Sun 29 03:45+0200"]);
    // What would end before it begins is not held.
    let reversed = daily("Europe/Berlin", "'02:30-03:15'", "");
    assert!(openings(&reversed, "2026-03-29T00:00:00+01:00", "2026-03-29T12:00:00+02:00").is_empty());
}

#[test]
fn the_gap_of_lord_howe_is_half_an_hour() {
    // 4 October 2026: 02:00 becomes 02:30. 02:15 is 02:45, not 03:15.
    let night = daily("Australia/Lord_Howe", "'02:15-06:00'", "");
    let open = openings(&night, "2026-10-04T00:00:00+10:30", "2026-10-04T12:00:00+11:00");
    assert_eq!(open, ["Sun 04 02:45+1100 to Sun 04 06:00+1100"]);
}

#[test]
fn times_that_come_twice_are_meant_the_first_time() {
    // 25 October 2026: 03:00 becomes 02:00. Half past two comes in summer time, and again an hour later.
    let night = daily("Europe/Berlin", "'02:15-02:45'", "");
    let open = openings(&night, "2026-10-25T00:00:00+02:00", "2026-10-25T12:00:00+01:00");
    assert_eq!(open, ["Sun 25 02:15+0200 to Sun 25 02:45+0200"]);
    // Everything that is counted is open, and the other way round: the second 02:30 is neither.
    assert!(night.is_open(at("2026-10-25T02:30:00+02:00")).unwrap());
    assert!(!night.is_open(at("2026-10-25T02:30:00+01:00")).unwrap());
    // Hours that go beyond the overlap have both.
    let long = daily("Europe/Berlin", "'01:00-04:00'", "");
    lasts(&long, "2026-10-25T00:00:00+02:00", "2026-10-25T12:00:00+01:00", 4 * HOUR);
    lasts(&long, "2026-03-29T00:00:00+01:00", "2026-03-29T12:00:00+02:00", 2 * HOUR);
}

#[test]
fn dublin_sets_its_clocks_back_to_winter_by_a_negative_hour() {
    // The Irish standard time is that of summer, and winter is the exception: the first occurrence is the first all the
    // same, whatever the time zone database calls it.
    let night = daily("Europe/Dublin", "'01:15-01:45'", "");
    let open = openings(&night, "2026-10-25T00:00:00+01:00", "2026-10-25T12:00:00Z");
    assert_eq!(open, ["Sun 25 01:15+0100 to Sun 25 01:45+0100"]);
}

#[test]
fn moscow_set_its_clocks_back_for_good() {
    // 26 October 2014: 02:00 became 01:00 without any summer time.
    let night = daily("Europe/Moscow", "'01:15-01:45'", "");
    let open = openings(&night, "2014-10-26T00:00:00+04:00", "2014-10-26T12:00:00+03:00");
    assert_eq!(open, ["Sun 26 01:15+0400 to Sun 26 01:45+0400"]);
}

#[test]
fn a_sunday_has_25_hours_or_23() {
    let always = daily("Europe/Berlin", "'00:00-24:00'", "");
    lasts(&always, "2026-10-25T00:00:00+02:00", "2026-10-26T00:00:00+01:00", 25 * HOUR);
    lasts(&always, "2026-03-29T00:00:00+01:00", "2026-03-30T00:00:00+02:00", 23 * HOUR);
    let sundays = calendar("time_zone = 'Europe/Berlin'\nopen = { sun = ['00:00-24:00'] }\n");
    adds(
        &sundays,
        "2026-10-24T12:00:00+02:00",
        25 * HOUR,
        "2026-10-26T00:00:00+01:00",
        "2026-11-01T00:00:00+01:00",
    );
}

#[test]
fn around_the_clock_has_no_seams() {
    let always = daily("Europe/Berlin", "'00:00-24:00'", "");
    let open = openings(&always, "2026-01-01T00:00:00+01:00", "2027-01-01T00:00:00+01:00");
    assert_eq!(open, ["Thu 01 00:00+0100 to Fri 01 00:00+0100"]);
    assert_eq!(always.next_close(at("2026-01-01T00:00:00Z")).unwrap(), None);
}

#[test]
fn a_day_that_samoa_left_out() {
    // 30 December 2011, a Friday, did not happen in Apia: Thursday was followed by Saturday. By the rule of the gap its
    // hours move forward by a day, as they do with `compatible` in RFC 5545 and in workclock.
    let apia = weekdays("Pacific/Apia", "'09:00-17:00'", "");
    let open = openings(&apia, "2011-12-29T00:00:00-10:00", "2012-01-03T00:00:00+14:00");
    assert_eq!(
        open,
        [
            "Thu 29 09:00-1000 to Thu 29 17:00-1000",
            "Sat 31 09:00+1400 to Sat 31 17:00+1400",
            "Mon 02 09:00+1400 to Mon 02 17:00+1400",
        ]
    );
}

#[test]
fn clocks_that_go_back_over_midnight() {
    // St John's, 6 November 2011: a minute past midnight became a minute past eleven of the day before.
    let day = calendar("time_zone = 'America/St_Johns'\nopen = { sun = ['00:00-24:00'] }\n");
    lasts(&day, "2011-11-05T12:00:00-02:30", "2011-11-07T12:00:00-03:30", 25 * HOUR);
}

#[test]
fn clocks_that_skip_midnight() {
    // Beirut, 29 March 2026: midnight is one o'clock.
    let day = daily("Asia/Beirut", "'00:00-24:00'", "closed = ['2026-03-29']\n");
    let open = openings(&day, "2026-03-28T12:00:00+02:00", "2026-03-30T12:00:00+03:00");
    assert_eq!(open, ["Sat 28 12:00+0200 to Sun 29 01:00+0300", "Mon 30 00:00+0300 to Mon 30 12:00+0300"]);
}

#[test]
fn ramadan_suspends_the_summer_of_casablanca() {
    // On 15 February 2026 the clocks went back for the month of fasting.
    let night = daily("Africa/Casablanca", "'00:00-24:00'", "");
    lasts(&night, "2026-02-15T00:00:00+01:00", "2026-02-16T00:00:00Z", 25 * HOUR);
}

// --- hours ---

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
    // New Year's Eve is a Thursday in 2026. Closed on Friday: the night from Thursday ends at midnight, and the one that
    // begins on Friday goes on from midnight, as if it had been written as two stretches.
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

// --- the ends ---

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

#[test]
fn rotas_hand_over_by_the_wall_clock() {
    let policy = policy(
        "[rotas.watch]\ntime_zone = 'Europe/Oslo'\n\
         layers = [{ people = ['kari', 'ola', 'lise'], start = '2026-10-12', every = '1w', at = '09:00', on = 'mon' }]\n",
    );
    let rota = policy.rota("watch").unwrap();
    let turns = rota.turns(at("2026-10-12T09:00:00+02:00"), at("2026-11-02T09:00:00+01:00")).unwrap();
    let hours: Vec<_> = turns.iter().map(|(time, who)| (who.unwrap(), time.duration().num_hours())).collect();
    // The week in which the clocks go back has 169 hours.
    assert_eq!(hours, [("kari", 168), ("ola", 169), ("lise", 168)]);
    let spring = rota.turns(at("2027-03-22T09:00:00+01:00"), at("2027-03-29T09:00:00+02:00")).unwrap();
    assert_eq!(spring.first().unwrap().0.duration().num_hours(), 167);
    assert_eq!(rota.on_call(at("2026-10-12T08:59:59+02:00")).unwrap(), None);
    assert_eq!(policy.warnings().len(), 0, "{:?}", policy.warnings());
}

#[test]
fn a_hand_over_in_an_hour_that_comes_twice_happens_once() {
    let policy = policy(
        "[rotas.watch]\ntime_zone = 'Europe/Oslo'\n\
         layers = [{ people = ['kari', 'ola'], start = '2026-10-24', every = '1d', at = '02:30' }]\n",
    );
    let rota = policy.rota("watch").unwrap();
    for (instant, who) in [
        ("2026-10-25T02:29:59+02:00", "kari"),
        ("2026-10-25T02:30:00+02:00", "ola"),
        ("2026-10-25T02:10:00+01:00", "ola"),
        ("2026-10-26T02:29:59+01:00", "ola"),
        ("2026-10-26T02:30:00+01:00", "kari"),
        // In spring half past two is half past three.
        ("2027-03-28T03:29:59+02:00", "kari"),
        ("2027-03-28T03:30:00+02:00", "ola"),
    ] {
        assert_eq!(rota.on_call(at(instant)).unwrap(), Some(who), "{instant}");
    }
}

#[test]
fn the_last_layer_wins_and_overrides_win_over_all() {
    let policy = policy(
        "[rotas.watch]\ntime_zone = 'Europe/Oslo'\n\
         layers = [\n\
           { people = ['kari'], start = '2026-01-05', every = '1w' },\n\
           { people = ['weekend'], start = '2026-01-05', every = '1w', hours = { sat = ['00:00-24:00'], sun = ['00:00-24:00'] } },\n\
         ]\n\
         overrides = [{ person = 'lise', from = 2026-11-21T12:00:00, to = '2026-11-21T18:00:00+01:00' }]\n",
    );
    let rota = policy.rota("watch").unwrap();
    let who = |text: &str| rota.on_call(at(text)).unwrap();
    assert_eq!(who("2026-11-20T12:00:00+01:00"), Some("kari"));
    assert_eq!(who("2026-11-21T11:59:59+01:00"), Some("weekend"));
    assert_eq!(who("2026-11-21T12:00:00+01:00"), Some("lise"));
    assert_eq!(who("2026-11-21T18:00:00+01:00"), Some("weekend"));
    let all: Vec<_> = rota.everybody_on_call(at("2026-11-21T12:00:00+01:00")).unwrap().collect();
    assert_eq!(all, ["lise", "weekend", "kari"]);
}

#[test]
fn gaps_are_found_when_a_policy_is_checked() {
    let text = |beside: &str| {
        format!(
            "[calendars.office]\ntime_zone = 'Europe/Oslo'\nopen = {{ mon = ['08:00-16:00'], tue = ['08:00-16:00'], wed = ['08:00-16:00'], thu = ['08:00-16:00'], fri = ['08:00-16:00'] }}\n\
             [rotas.watch]\ntime_zone = 'Europe/Oslo'\n{beside}\n\
             layers = [{{ people = ['kari'], start = '2026-01-05', every = '1w', hours = {{ mon = ['16:00-08:00'], tue = ['16:00-08:00'], wed = ['16:00-08:00'], thu = ['16:00-08:00'], fri = ['16:00-24:00'], sat = ['00:00-24:00'], sun = ['00:00-08:00'] }} }}]\n"
        )
    };
    let alone = policy(&text(""));
    assert_eq!(alone.warnings().iter().map(|it| it.code()).collect::<Vec<_>>(), ["rota-gap"]);
    // Beside the office only the night from Sunday to Monday is left.
    let beside = policy(&text("beside = 'office'"));
    let [warning] = beside.warnings() else { panic!("{:?}", beside.warnings()) };
    assert_eq!(
        warning.message(),
        "nobody is on call from 2026-01-11 08:00 to 2026-01-12 08:00, and 51 times more within a year"
    );
    let rota = beside.rota("watch").unwrap();
    let gaps: Vec<_> =
        rota.gaps(at("2026-11-20T00:00:00+01:00"), at("2026-11-21T00:00:00+01:00")).unwrap().collect();
    assert_eq!(gaps.len(), 1);
    assert_eq!(gaps.first().unwrap().duration(), TimeDelta::hours(8));
}

#[test]
fn covered_time_is_open_when_either_is() {
    let policy = policy(
        "[calendars.office]\ntime_zone = 'Europe/Berlin'\nopen = { mon = ['09:00-17:00'] }\nholidays = ['DE-BE']\n\
         [rotas.watch]\ntime_zone = 'America/New_York'\n\
         layers = [{ people = ['sam'], start = '2026-06-01', every = '1w', hours = { mon = ['09:00-17:00'] } }]\n",
    );
    let covered = policy.calendar("office").unwrap().covered_by(policy.rota("watch").unwrap());
    assert_eq!(covered.zone().name(), "Europe/Berlin");
    // Nine in New York is three in the afternoon in Berlin: one opening, over midnight no further.
    assert_eq!(
        openings(&covered, "2026-11-23T00:00:00+01:00", "2026-11-24T00:00:00+01:00"),
        ["Mon 23 09:00+0100 to Mon 23 23:00+0100"]
    );
    // Before anybody was on call there is the office alone, and on its holidays New York alone.
    assert_eq!(openings(&covered, "2026-05-25T00:00:00+02:00", "2026-05-26T00:00:00+02:00").len(), 0);
    assert_eq!(
        openings(&covered, "2028-10-02T00:00:00+02:00", "2028-10-03T00:00:00+02:00"),
        ["Mon 02 09:00+0200 to Mon 02 23:00+0200"]
    );
    // In the weeks between the changes of the two clocks, they are an hour closer.
    assert_eq!(
        openings(&covered, "2027-03-22T00:00:00+01:00", "2027-03-23T00:00:00+01:00"),
        ["Mon 22 09:00+0100 to Mon 22 22:00+0100"]
    );
}
