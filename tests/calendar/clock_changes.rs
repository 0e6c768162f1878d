//! Clocks that are set forward and back.

use super::{HOUR, adds, at, calendar, daily, lasts, openings, weekdays};

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
