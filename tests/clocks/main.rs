//! Clocks: named timelines, each with its reason, and laws.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test says what it expects"
)]

mod answers;
#[path = "../growth/mod.rs"]
mod growth;
mod hours;
mod laws;
mod pauses;
mod replies;
mod solutions;
mod targets;

use std::sync::OnceLock;

use chrono::{DateTime, FixedOffset, Utc};
use svar::case::{Author, Event, Message};
use svar::sla::clock::{Clock, Clocks, Metric};
use svar::{Case, Policy};

/// Targets in calendar time, so that a timeline can be followed on fingers.
const PLAIN: &str = r#"
svar = 1
name = "plain"
[channels.facebook]
kind = "social"
visibility = ["public"]
[sla.targets.first]
metric = "first-response"
duration = "15m"
time = "calendar"
[sla.targets.next]
metric = "next-response"
duration = "1h"
time = "calendar"
[sla.targets.solution]
metric = "resolution"
duration = "1d"
time = "calendar"
[sla.targets.update]
metric = "periodic-update"
duration = "4h"
time = "calendar"
"#;

fn policy(text: &str) -> Policy {
    Policy::from_toml(text).unwrap_or_else(|errors| panic!("{}", errors.render()))
}

fn plain() -> &'static Policy {
    static POLICY: OnceLock<Policy> = OnceLock::new();
    POLICY.get_or_init(|| policy(PLAIN))
}

/// `10:00` on the day of the timelines (Wednesday, 2026-11-18), or a full date and time, in UTC.
fn at(text: &str) -> DateTime<FixedOffset> {
    let (date, time) = text.split_once(' ').unwrap_or(("2026-11-18", text));
    let full = format!("{date}T{time}{}", if time.len() == 5 { ":00" } else { "" });
    format!("{full}Z").parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// A case as a few words: `10:00 customer, 10:05 agent, 10:10 pause, 10:20 priority=high`.
fn case(timeline: &str) -> Case {
    let mut case = Case::new("facebook");
    for step in timeline.split(',').map(str::trim).filter(|step| !step.is_empty()) {
        let (when, what) = step.rsplit_once(' ').unwrap();
        happen(&mut case, at(when), what);
    }
    case
}

/// Lets something happen in a case: a message by who wrote it, an event by its kind.
fn happen(case: &mut Case, at: DateTime<FixedOffset>, what: &str) {
    let message = |from| Message::new(from, "?").at(at);
    match what {
        "customer" => case.messages.push(message(Author::Customer)),
        "agent" => case.messages.push(message(Author::Agent)),
        "bot" => case.messages.push(message(Author::Bot)),
        _ => case.events.push(match what.split_once('=') {
            Some((kind, value)) => Event::new(kind, at).with_value(value),
            None => Event::new(what, at),
        }),
    }
}

fn short(at: DateTime<Utc>) -> String {
    let text = at.format("%Y-%m-%d %H:%M:%S").to_string();
    let text = text.strip_prefix("2026-11-18 ").unwrap_or(&text);
    text.strip_suffix(":00").unwrap_or(text).to_owned()
}

/// A clock in a few words: `running due 10:15 left 840`.
fn words(clock: Option<&Clock>) -> String {
    let Some(clock) = clock else { return "none".to_owned() };
    let due = clock.due_at.map_or("-".to_owned(), short);
    format!("{} due {due} left {}", clock.state.as_str(), clock.remaining_seconds.num_seconds())
}

fn clocks(policy: &Policy, timeline: &str, now: &str) -> Clocks {
    policy.clocks(&case(timeline), at(now)).unwrap()
}

use Metric::{FirstResponse as FRT, NextResponse as NRT, PeriodicUpdate as PUT, Resolution as RT};

/// A timeline by its name, the instant it is looked at, a metric, what its clock says, and the reason.
type Row = (&'static str, &'static str, &'static str, Metric, &'static str, &'static str);

#[track_caller]
fn check(policy: &Policy, rows: &[Row]) {
    let mut wrong = Vec::new();
    for (name, timeline, now, metric, expected, why) in rows {
        let found = words(clocks(policy, timeline, now).of(*metric));
        if found != *expected {
            wrong.push(format!("{name}: {found} instead of {expected} ({why})"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
