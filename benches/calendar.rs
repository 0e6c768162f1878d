//! Business time beside the crate workclock, in one run.
//!
//! `cargo bench --bench calendar`. Berlin with split days and six holidays; the bars are a fifth of workclock's time
//! for eight hours, a fiftieth for a year, and ten years for at most twice the price of a week.

#![allow(clippy::expect_used, reason = "a benchmark stops at what it did not expect")]

#[path = "common/hours.rs"]
mod hours;

use std::hint::black_box;

use chrono::TimeDelta;
use divan::Bencher;
use hours::{calendar, document, ours, starts, their_starts, theirs};
use jiff::SignedDuration;
use svar::Policy;
use svar::time::Calendar;
use workclock::Schedule;

fn main() {
    same_answers();
    divan::main();
}

/// What is compared must be the same work.
fn same_answers() {
    let (ours, theirs) = (ours(), theirs());
    for (start, same) in starts().into_iter().zip(their_starts()) {
        let due = ours.add(start, TimeDelta::hours(8)).expect("there is time");
        let other = theirs.add(same, SignedDuration::from_hours(8)).expect("there is time");
        assert_eq!(due.due_at.timestamp(), other.as_second());
        for days in [7, 365, 3650] {
            let open = ours.between(start, start + TimeDelta::days(days)).expect("in range");
            let other = theirs.between(same, same + SignedDuration::from_hours(24 * days));
            assert_eq!(open.num_seconds(), other.as_secs(), "{days} days from {start}");
        }
    }
}

fn our_between(bencher: Bencher<'_, '_>, calendar: &Calendar, days: i64) {
    let starts = starts().map(|at| (at, at + TimeDelta::days(days)));
    bencher.counter(starts.len()).bench_local(|| {
        for (from, to) in black_box(&starts) {
            black_box(calendar.between(*from, *to).ok());
        }
    });
}

fn their_between(bencher: Bencher<'_, '_>, days: i64) {
    let schedule = theirs();
    let starts = their_starts().map(|at| (at, at + SignedDuration::from_hours(24 * days)));
    bencher.counter(starts.len()).bench_local(|| {
        for (from, to) in black_box(&starts) {
            black_box(schedule.between(*from, *to));
        }
    });
}

/// Six times eight hours of open time.
#[divan::bench_group]
mod add_8_hours {
    use super::*;

    #[divan::bench]
    fn svar(bencher: Bencher<'_, '_>) {
        let (calendar, starts) = (ours(), starts());
        bencher.counter(starts.len()).bench_local(|| {
            for at in black_box(&starts) {
                black_box(calendar.add(*at, TimeDelta::hours(8)).ok());
            }
        });
    }

    /// With the holidays of a Land for a hundred years.
    #[divan::bench]
    fn svar_with_a_region(bencher: Bencher<'_, '_>) {
        let (calendar, starts) = (calendar("holidays = ['DE-BE']\n"), starts());
        bencher.counter(starts.len()).bench_local(|| {
            for at in black_box(&starts) {
                black_box(calendar.add(*at, TimeDelta::hours(8)).ok());
            }
        });
    }

    #[divan::bench]
    fn workclock(bencher: Bencher<'_, '_>) {
        let (schedule, starts) = (theirs(), their_starts());
        bencher.counter(starts.len()).bench_local(|| {
            for at in black_box(&starts) {
                black_box(schedule.add(*at, SignedDuration::from_hours(8)).ok());
            }
        });
    }
}

/// Six times the open time between two instants.
#[divan::bench_group]
mod between {
    use super::*;

    #[divan::bench(args = [7, 365, 3650])]
    fn svar(bencher: Bencher<'_, '_>, days: i64) {
        our_between(bencher, &ours(), days);
    }

    #[divan::bench(args = [7, 365, 3650])]
    fn svar_with_a_region(bencher: Bencher<'_, '_>, days: i64) {
        our_between(bencher, &calendar("holidays = ['DE-BE']\n"), days);
    }

    #[divan::bench(args = [7, 365, 3650])]
    fn workclock(bencher: Bencher<'_, '_>, days: i64) {
        their_between(bencher, days);
    }
}

/// From a document to a calendar that can answer, a policy around it included.
#[divan::bench_group]
mod compile {
    use super::*;

    #[divan::bench]
    fn svar() -> Policy {
        Policy::from_toml(&document("")).expect("the calendar is sound")
    }

    #[divan::bench]
    fn svar_with_a_region() -> Policy {
        Policy::from_toml(&document("holidays = ['DE-BE']\n")).expect("the calendar is sound")
    }

    #[divan::bench]
    fn workclock() -> Schedule {
        theirs()
    }
}
