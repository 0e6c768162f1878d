//! Time that runs out exactly, and no time at all.

use chrono::TimeDelta;
use svar::time::Calendar;

use super::{HOUR, adds, at, daily, lasts, office, subtracts};

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
