//! One calendar for svar and for workclock: Berlin, split days, six holidays.

use chrono::{DateTime, Utc};
use jiff::Timestamp;
use jiff::civil::{Date, time};
use svar::Policy;
use svar::time::Calendar;
use workclock::{Holidays, Schedule, Weekdays, WorkDay};

const HOLIDAYS: [&str; 6] =
    ["2026-01-01", "2026-04-03", "2026-04-06", "2026-05-01", "2026-12-25", "2027-01-01"];

const CALENDAR: &str = "time_zone = 'Europe/Berlin'\n\
    open = { mon = ['09:00-12:00', '13:00-17:00'], tue = ['09:00-12:00', '13:00-17:00'], wed = ['09:00-12:00', '13:00-17:00'], \
    thu = ['09:00-12:00', '13:00-17:00'], fri = ['09:00-12:00', '13:00-17:00'] }\n";

/// Where a question begins: six instants, in and out of hours and around the changes of the clocks.
const STARTS: [&str; 6] = [
    "2026-01-07T10:15:00Z",
    "2026-03-27T15:30:00Z",
    "2026-04-02T12:00:00Z",
    "2026-07-04T20:00:00Z",
    "2026-10-23T14:45:00Z",
    "2026-12-24T16:59:59Z",
];

/// A policy with the calendar and something more in it.
pub(crate) fn document(rest: &str) -> String {
    format!("svar = 1\nname = 'bench'\nextends = ['svar:holidays']\n[calendars.it]\n{CALENDAR}{rest}")
}

/// The calendar, with something more in it.
pub(crate) fn calendar(rest: &str) -> Calendar {
    let policy = Policy::from_toml(&document(rest)).expect("the calendar is sound");
    policy.calendar("it").expect("it is there").clone()
}

/// The same six holidays as workclock has.
pub(crate) fn ours() -> Calendar {
    let closed: Vec<String> = HOLIDAYS.iter().map(|date| format!("'{date}'")).collect();
    calendar(&format!("closed = [{}]\n", closed.join(", ")))
}

/// The same for workclock.
pub(crate) fn theirs() -> Schedule {
    let days = Weekdays::MON_TO_FRI;
    Schedule::builder()
        .time_zone("Europe/Berlin")
        .rule(WorkDay::new(time(9, 0, 0, 0), time(12, 0, 0, 0), days))
        .rule(WorkDay::new(time(13, 0, 0, 0), time(17, 0, 0, 0), days))
        .rule(Holidays::new(HOLIDAYS.map(|date| date.parse::<Date>().expect("it is a date"))))
        .build()
        .expect("it opens")
}

pub(crate) fn starts() -> [DateTime<Utc>; 6] {
    STARTS.map(|at| at.parse().expect("it is an instant"))
}

pub(crate) fn their_starts() -> [Timestamp; 6] {
    STARTS.map(|at| at.parse().expect("it is an instant"))
}
