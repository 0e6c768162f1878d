//! Clocks: named timelines, each with its reason, and laws.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test says what it expects"
)]

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
        let message = |from| Message::new(from, "?").at(at(when));
        match what {
            "customer" => case.messages.push(message(Author::Customer)),
            "agent" => case.messages.push(message(Author::Agent)),
            "bot" => case.messages.push(message(Author::Bot)),
            _ => case.events.push(match what.split_once('=') {
                Some((kind, value)) => Event::new(kind, at(when)).with_value(value),
                None => Event::new(what, at(when)),
            }),
        }
    }
    case
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

#[test]
fn first_response() {
    check(
        plain(),
        &[
            (
                "asked",
                "10:00 customer",
                "10:01",
                FRT,
                "running due 10:15 left 840",
                "fifteen minutes from the first message",
            ),
            (
                "due",
                "10:00 customer",
                "10:15",
                FRT,
                "running due 10:15 left 0",
                "at the due instant a promise can still be kept",
            ),
            (
                "late",
                "10:00 customer",
                "10:15:01",
                FRT,
                "breached due 10:15 left -1",
                "one second later it is broken",
            ),
            (
                "kept at the last second",
                "10:00 customer, 10:15 agent",
                "11:00",
                FRT,
                "met due 10:15 left 0",
                "the due instant itself is in time",
            ),
            (
                "broken by a second",
                "10:00 customer, 10:15:01 agent",
                "11:00",
                FRT,
                "breached due 10:15 left -1",
                "a late answer does not undo it",
            ),
            (
                "within the second",
                "10:00:00.900 customer, 10:15:00.100 agent",
                "11:00",
                FRT,
                "met due 10:15 left 0",
                "fractions of a second are dropped",
            ),
            (
                "second message",
                "10:00 customer, 10:05 customer",
                "10:06",
                FRT,
                "running due 10:15 left 540",
                "the first message counts, not the last",
            ),
            (
                "second answer",
                "10:00 customer, 10:05 agent, 10:40 agent",
                "11:00",
                FRT,
                "met due 10:15 left 600",
                "the first answer ends it",
            ),
            (
                "automatic reply",
                "10:00 customer, 10:00:05 bot",
                "10:10",
                FRT,
                "running due 10:15 left 300",
                "a machine's receipt is no answer",
            ),
            ("outbound first", "09:00 agent", "10:00", FRT, "none", "nobody has asked anything"),
            (
                "outbound, then asked",
                "09:00 agent, 10:00 customer",
                "10:01",
                FRT,
                "running due 10:15 left 840",
                "what was written before the question does not answer it",
            ),
            ("empty", "", "10:00", FRT, "none", "nothing has happened"),
            (
                "asked and answered at once",
                "10:00 customer, 10:00 agent",
                "10:30",
                FRT,
                "met due 10:15 left 900",
                "at one instant stopping wins over starting",
            ),
            (
                "answered, then asked within a second",
                "10:00:00.200 agent, 10:00:00.700 customer",
                "10:01",
                FRT,
                "running due 10:15 left 840",
                "fractions still decide what came first",
            ),
            ("not yet", "10:00 customer", "09:00", FRT, "none", "what lies after now has not happened"),
            (
                "answer not yet",
                "10:00 customer, 10:05 agent",
                "10:04",
                FRT,
                "running due 10:15 left 660",
                "nor has an answer that lies after now",
            ),
        ],
    );
}

#[test]
fn next_response() {
    check(
        plain(),
        &[
            ("first message", "10:00 customer", "10:01", NRT, "none", "it belongs to the first response"),
            ("after the answer", "10:00 customer, 10:05 agent", "10:30", NRT, "none", "nothing waits"),
            (
                "second question",
                "10:00 customer, 10:05 agent, 11:00 customer",
                "11:10",
                NRT,
                "running due 12:00 left 3000",
                "an hour from the second question",
            ),
            (
                "oldest",
                "10:00 customer, 10:05 agent, 11:00 customer, 11:30 customer",
                "11:40",
                NRT,
                "running due 12:00 left 1200",
                "the oldest message that waits counts, not the newest",
            ),
            (
                "answered",
                "10:00 customer, 10:05 agent, 11:00 customer, 11:50 agent",
                "13:00",
                NRT,
                "met due 12:00 left 600",
                "the answer ends it",
            ),
            (
                "answered late",
                "10:00 customer, 10:05 agent, 11:00 customer, 12:00:01 agent",
                "13:00",
                NRT,
                "breached due 12:00 left -1",
                "late by a second",
            ),
            (
                "two answers",
                "10:00 customer, 10:05 agent, 11:00 customer, 11:10 agent, 12:30 agent",
                "13:00",
                NRT,
                "met due 12:00 left 3000",
                "the first of them counts",
            ),
            (
                "next run",
                "10:00 customer, 10:05 agent, 11:00 customer, 11:10 agent, 12:00 customer",
                "12:10",
                NRT,
                "running due 13:00 left 3000",
                "each question that waits starts a run of its own",
            ),
            (
                "bot",
                "10:00 customer, 10:05 agent, 11:00 customer, 11:00:01 bot",
                "11:10",
                NRT,
                "running due 12:00 left 3000",
                "an automatic reply is no answer",
            ),
            (
                "resolved",
                "10:00 customer, 10:05 agent, 11:00 customer, 11:30 resolve",
                "15:00",
                NRT,
                "met due 12:00 left 1800",
                "resolving stops every clock",
            ),
            (
                "thanks",
                "10:00 customer, 10:05 agent, 11:00 resolve, 11:05 customer",
                "15:00",
                NRT,
                "none",
                "what is written to a closed case waits for nothing",
            ),
            (
                "two before the first answer",
                "10:00 customer, 10:01 customer, 10:05 agent",
                "12:00",
                NRT,
                "none",
                "one answer answers all that waits",
            ),
        ],
    );
}

#[test]
fn the_first_message_counts_for_the_next_response_where_nothing_else_is_promised() {
    let only = PLAIN.replace("[sla.targets.first]", "[sla.targets.first]\noff = true");
    check(
        &policy(&only),
        &[
            (
                "alone",
                "10:00 customer",
                "10:01",
                NRT,
                "running due 11:00 left 3540",
                "no first response is promised",
            ),
            (
                "answered",
                "10:00 customer, 10:10 agent",
                "12:00",
                NRT,
                "met due 11:00 left 3000",
                "the answer ends it",
            ),
        ],
    );
    let both = PLAIN.replace("duration = \"1h\"", "duration = \"1h\"\ncounts_first_message = true");
    check(
        &policy(&both),
        &[
            ("both", "10:00 customer", "10:01", NRT, "running due 11:00 left 3540", "as Zammad counts"),
            (
                "both first",
                "10:00 customer",
                "10:01",
                FRT,
                "running due 10:15 left 840",
                "the first response runs beside it",
            ),
        ],
    );
}

#[test]
fn resolution_and_periodic_update() {
    check(
        plain(),
        &[
            (
                "open",
                "10:00 customer, 10:05 agent",
                "11:00",
                RT,
                "running due 2026-11-19 10:00 left 82800",
                "a day from the first message",
            ),
            (
                "resolved",
                "10:00 customer, 12:00 resolve",
                "2026-11-25 10:00",
                RT,
                "met due 2026-11-19 10:00 left 79200",
                "it ends with the case",
            ),
            (
                "resolved late",
                "10:00 customer, 2026-11-19 10:00:01 resolve",
                "2026-11-25 10:00",
                RT,
                "breached due 2026-11-19 10:00 left -1",
                "found out afterwards, too",
            ),
            (
                "resolved twice",
                "10:00 customer, 12:00 resolve, 13:00 resolve",
                "14:00",
                RT,
                "met due 2026-11-19 10:00 left 79200",
                "the second changes nothing",
            ),
            (
                "resolved without an answer",
                "10:00 customer, 10:10 resolve",
                "12:00",
                FRT,
                "met due 10:15 left 300",
                "resolving stops the first response, too",
            ),
            (
                "outbound only",
                "10:00 agent, 11:00 resolve",
                "12:00",
                RT,
                "none",
                "no customer has asked for a solution",
            ),
            ("no update yet", "10:00 customer", "11:00", PUT, "none", "updates count from the first answer"),
            (
                "update",
                "10:00 customer, 10:05 agent",
                "11:00",
                PUT,
                "running due 14:05 left 11100",
                "four hours from the company's last message",
            ),
            (
                "updated",
                "10:00 customer, 10:05 agent, 13:00 agent",
                "14:00",
                PUT,
                "running due 17:00 left 10800",
                "each message of the company starts anew",
            ),
            (
                "customer does not update",
                "10:00 customer, 10:05 agent, 13:00 customer",
                "14:00",
                PUT,
                "running due 14:05 left 300",
                "what the customer writes is no update",
            ),
            (
                "no update late",
                "10:00 customer, 10:05 agent",
                "15:05",
                PUT,
                "breached due 14:05 left -3600",
                "nobody has said anything for too long",
            ),
            (
                "no update when resolved",
                "10:00 customer, 10:05 agent, 11:00 resolve",
                "20:00",
                PUT,
                "met due 14:05 left 11100",
                "a resolved case needs no updates",
            ),
        ],
    );
}

#[test]
fn pauses() {
    check(
        plain(),
        &[
            (
                "paused",
                "10:00 customer, 10:05 pause",
                "12:00",
                FRT,
                "paused due - left 600",
                "five minutes have run; when it is due depends on the pause",
            ),
            (
                "resumed",
                "10:00 customer, 10:05 pause, 11:00 resume",
                "11:01",
                FRT,
                "running due 11:10 left 540",
                "ten minutes from the end of the pause",
            ),
            (
                "to the second",
                "10:00 customer, 10:05:07 pause, 11:00:03 resume",
                "11:01",
                FRT,
                "running due 11:09:56 left 536",
                "pauses are cut to the second, not to the minute",
            ),
            (
                "two pauses in one minute",
                "10:00 customer, 10:05:10 pause, 10:05:20 resume, 10:05:40 pause, 10:05:50 resume",
                "10:06",
                FRT,
                "running due 10:15:20 left 560",
                "both are kept",
            ),
            (
                "created while paused",
                "09:50 pause, 10:00 customer",
                "12:00",
                FRT,
                "paused due - left 900",
                "it has not begun to count",
            ),
            (
                "created while paused, resumed",
                "09:50 pause, 10:00 customer, 11:00 resume",
                "11:05",
                FRT,
                "running due 11:15 left 600",
                "it counts from there",
            ),
            (
                "paused as it began",
                "10:00 customer, 10:00 pause",
                "12:00",
                FRT,
                "paused due - left 900",
                "pausing wins over starting",
            ),
            (
                "paused twice",
                "10:00 customer, 10:05 pause, 10:20 pause, 11:00 resume",
                "11:01",
                FRT,
                "running due 11:10 left 540",
                "the second pause changes nothing, and one resume ends both",
            ),
            (
                "resumed unpaused",
                "10:00 customer, 10:05 resume",
                "10:06",
                FRT,
                "running due 10:15 left 540",
                "there is nothing to resume",
            ),
            (
                "answered while paused",
                "10:00 customer, 10:05 pause, 11:00 agent",
                "12:00",
                FRT,
                "met due - left 600",
                "an answer ends it also in a pause",
            ),
            (
                "paused after it was due",
                "10:00 customer, 10:20 pause",
                "12:00",
                FRT,
                "breached due 10:15 left -300",
                "a pause does not undo a breach, but stops the overrun",
            ),
            (
                "paused at the due instant",
                "10:00 customer, 10:15 pause",
                "10:20",
                FRT,
                "paused due - left 0",
                "what stops it at that instant comes in time",
            ),
            (
                "paused at the due instant, resumed",
                "10:00 customer, 10:15 pause, 11:00 resume",
                "11:00",
                FRT,
                "running due 11:00 left 0",
                "due as soon as it goes on",
            ),
            (
                "answered after that",
                "10:00 customer, 10:15 pause, 11:00 resume, 11:00:01 agent",
                "12:00",
                FRT,
                "breached due 11:00 left -1",
                "and late one second later",
            ),
            (
                "pause and resume at once",
                "10:00 customer, 10:05 pause, 10:05 resume",
                "11:00",
                FRT,
                "paused due - left 600",
                "pausing wins over starting",
            ),
            (
                "resume and pause at once",
                "10:00 customer, 10:05 pause, 10:10 resume, 10:10 pause",
                "11:00",
                FRT,
                "paused due - left 600",
                "likewise",
            ),
            (
                "paused and answered at once",
                "10:00 customer, 10:05 pause, 10:05 agent",
                "11:00",
                FRT,
                "met due 10:15 left 600",
                "stopping wins over pausing",
            ),
            (
                "every clock",
                "10:00 customer, 10:05 pause, 11:05 resume",
                "12:00",
                RT,
                "running due 2026-11-19 11:00 left 82800",
                "a pause is for all of them",
            ),
            (
                "asked while paused",
                "10:00 customer, 10:05 agent, 11:00 pause, 11:30 customer, 12:00 resume",
                "12:10",
                NRT,
                "running due 13:00 left 3000",
                "the question counts from the end of the pause",
            ),
        ],
    );
}

#[test]
fn pauses_are_events_so_a_changed_policy_keeps_them() {
    let faster = PLAIN.replace("duration = \"15m\"", "duration = \"10m\"");
    let timeline = "10:00 customer, 10:05 pause, 11:00 resume";
    check(
        &policy(&faster),
        &[("faster", timeline, "11:01", FRT, "running due 11:05 left 240", "GLPI forgot them")],
    );
    let unpaused = PLAIN.replace("duration = \"15m\"", "duration = \"15m\"\npauses = []");
    check(
        &policy(&unpaused),
        &[(
            "never paused",
            timeline,
            "11:01",
            FRT,
            "breached due 10:15 left -2760",
            "unless it says otherwise",
        )],
    );
}

#[test]
fn words_of_a_helpdesk_pause_clocks() {
    let words = |pauses: &str, resumes: &str| {
        policy(&PLAIN.replace(
            "duration = \"1d\"",
            &format!("duration = \"1d\"\npauses = [{pauses}]\nresumes = [{resumes}]"),
        ))
    };
    let timeline = "10:00 customer, 10:30 pending, 11:00 open, 11:20 on-hold, 12:00 open, 12:10 resolve";
    check(
        &words("\"pending\", \"on-hold\"", "\"open\""),
        &[(
            "agent work time",
            timeline,
            "13:00",
            RT,
            "met due 2026-11-19 11:10 left 82800",
            "an hour in which it was the agent's turn",
        )],
    );
    check(
        &words("\"pending\"", "\"open\", \"on-hold\""),
        &[(
            "requester wait time",
            timeline,
            "13:00",
            RT,
            "met due 2026-11-19 10:30 left 80400",
            "on-hold is waiting, too: 100 minutes",
        )],
    );
    let update =
        PLAIN.replace("duration = \"4h\"", "duration = \"4h\"\npauses = [\"pending\"]\nresumes = [\"open\"]");
    check(
        &policy(&update),
        &[
            (
                "pausable update",
                "10:00 customer, 10:05 agent, 10:30 pending",
                "20:00",
                PUT,
                "paused due - left 12900",
                "nothing to tell while the customer is asked",
            ),
            (
                "pause of another word",
                "10:00 customer, 10:05 agent, 10:30 pause",
                "11:00",
                PUT,
                "running due 14:05 left 11100",
                "only its own words pause it",
            ),
            (
                "and the other clocks",
                "10:00 customer, 10:05 pending",
                "10:10",
                FRT,
                "running due 10:15 left 300",
                "each has its own words",
            ),
        ],
    );
}

#[test]
fn opening_again() {
    let with = |reopen: &str| {
        let line = format!("time = \"calendar\"\nreopen = \"{reopen}\"");
        policy(&PLAIN.replace("time = \"calendar\"", &line))
    };
    let reopened = "10:00 customer, 10:05 agent, 11:00 resolve, 13:00 reopen";
    let unanswered = "10:00 customer, 10:05 resolve, 13:00 reopen";
    let message = "10:00 customer, 10:05 agent, 11:00 resolve, 12:59 customer, 13:00 reopen";
    check(
        &with("resume"),
        &[
            (
                "resolution",
                reopened,
                "14:00",
                RT,
                "running due 2026-11-19 12:00 left 79200",
                "two hours of closed time do not count",
            ),
            ("answered", reopened, "14:00", FRT, "met due 10:15 left 600", "an answer stays an answer"),
            (
                "unanswered",
                unanswered,
                "13:01",
                FRT,
                "running due 13:10 left 540",
                "ten of its minutes were left",
            ),
            (
                "message",
                message,
                "13:30",
                NRT,
                "running due 14:00 left 1800",
                "it waits since 12:59, but the case was closed until 13:00",
            ),
            (
                "update",
                reopened,
                "14:00",
                PUT,
                "running due 16:05 left 7500",
                "the closed time does not count",
            ),
            (
                "message as it opens",
                "10:00 customer, 10:05 agent, 11:00 resolve, 13:00 customer, 13:00 reopen",
                "13:30",
                NRT,
                "running due 14:00 left 1800",
                "at one instant the case is open first",
            ),
            (
                "breached",
                "10:00 customer, 2026-11-19 12:00 resolve, 2026-11-19 13:00 reopen",
                "2026-11-19 13:00",
                RT,
                "breached due 2026-11-19 10:00 left -7200",
                "what was missed before stays missed",
            ),
            (
                "closed again",
                "10:00 customer, 11:00 resolve, 12:00 reopen, 13:00 resolve",
                "20:00",
                RT,
                "met due 2026-11-19 11:00 left 79200",
                "two hours have counted",
            ),
            (
                "reopened twice",
                "10:00 customer, 11:00 resolve, 12:00 reopen, 12:30 reopen",
                "13:00",
                RT,
                "running due 2026-11-19 11:00 left 79200",
                "the second changes nothing",
            ),
            (
                "reopened at once",
                "10:00 customer, 11:00 resolve, 11:00 reopen",
                "13:00",
                RT,
                "met due 2026-11-19 10:00 left 82800",
                "at one instant stopping wins",
            ),
            (
                "paused while closed",
                "10:00 customer, 11:00 resolve, 11:30 pause, 12:00 reopen",
                "13:00",
                RT,
                "running due 2026-11-19 11:00 left 79200",
                "nothing runs that could be paused",
            ),
            (
                "reopened into a pause",
                "10:00 customer, 11:00 resolve, 12:00 reopen, 12:00 pause",
                "13:00",
                RT,
                "paused due - left 82800",
                "the host says both",
            ),
            (
                "resolved in a pause",
                "10:00 customer, 10:30 pause, 11:00 resolve, 12:00 reopen",
                "13:00",
                RT,
                "running due 2026-11-19 11:30 left 81000",
                "resolving ends the pause",
            ),
        ],
    );
    check(
        &with("first-only"),
        &[
            (
                "resolution",
                reopened,
                "14:00",
                RT,
                "met due 2026-11-19 10:00 left 82800",
                "the first solution is the one that counts",
            ),
            ("unanswered", unanswered, "15:00", FRT, "met due 10:15 left 600", "it does not run again"),
            ("message", message, "13:30", NRT, "none", "nor does any other"),
            ("update", reopened, "20:00", PUT, "met due 14:05 left 11100", "likewise"),
        ],
    );
    check(
        &with("new-cycle"),
        &[
            ("resolution", reopened, "14:00", RT, "running due 2026-11-19 13:00 left 82800", "a new day"),
            (
                "first response",
                reopened,
                "13:05",
                FRT,
                "running due 13:15 left 600",
                "whoever opens a case again waits for an answer",
            ),
            (
                "first response answered",
                "10:00 customer, 10:05 agent, 11:00 resolve, 13:00 reopen, 13:10 agent",
                "14:00",
                FRT,
                "met due 13:15 left 300",
                "and gets it",
            ),
            ("update", reopened, "14:00", PUT, "running due 17:00 left 10800", "four hours from there"),
        ],
    );
    let twice = clocks(
        &with("new-cycle"),
        "10:00 customer, 10:20 agent, 11:00 resolve, 13:00 reopen, 13:10 agent",
        "14:00",
    );
    let missed: Vec<_> =
        twice.missed.iter().map(|clock| (clock.metric, clock.cycle, words(Some(clock)))).collect();
    assert_eq!(missed, [(FRT, 1, "breached due 10:15 left -300".to_owned())], "the run before is told apart");
    assert_eq!(twice.of(FRT).unwrap().cycle, 2);
}

#[test]
fn created_closed() {
    check(
        plain(),
        &[
            (
                "closed",
                "09:00 resolve, 10:00 customer",
                "12:00",
                FRT,
                "none",
                "no clock runs for a case that is closed when it begins",
            ),
            (
                "resolved as it begins",
                "10:00 customer, 10:00 resolve",
                "12:00",
                RT,
                "met due 2026-11-19 10:00 left 86400",
                "started and stopped at one instant",
            ),
            (
                "opened",
                "09:00 resolve, 10:00 customer, 11:00 reopen",
                "11:05",
                FRT,
                "running due 11:15 left 600",
                "the clock starts when the case opens",
            ),
            (
                "opened, solution",
                "09:00 resolve, 10:00 customer, 11:00 reopen",
                "12:00",
                RT,
                "running due 2026-11-19 11:00 left 82800",
                "likewise",
            ),
            (
                "answered while closed",
                "09:00 resolve, 10:00 customer, 10:30 agent, 11:00 reopen",
                "12:00",
                FRT,
                "none",
                "nothing is left to answer",
            ),
        ],
    );
}

const PRIORITY: &str = r#"
svar = 1
name = "by-priority"
[channels.facebook]
kind = "social"
visibility = ["public"]
[sla.targets.normal]
metric = "first-response"
when = { priority = "normal" }
duration = "4h"
time = "calendar"
[sla.targets.high]
metric = "first-response"
when = { priority = ["high", "critical"] }
duration = "1h"
time = "calendar"
"#;

#[test]
fn the_priority_is_the_one_of_the_event() {
    check(
        &policy(PRIORITY),
        &[
            ("normal", "09:00 customer", "10:00", FRT, "running due 13:00 left 10800", "four hours"),
            (
                "raised in time",
                "09:00 customer, 09:30 priority=high",
                "09:40",
                FRT,
                "running due 10:00 left 1200",
                "the half hour that has run stays",
            ),
            (
                "raised too late",
                "09:00 customer, 11:00 priority=high",
                "11:00",
                FRT,
                "running due 11:00 left -3600",
                "due as soon as it is promised, and not before",
            ),
            (
                "raised too late, after",
                "09:00 customer, 11:00 priority=high",
                "11:00:01",
                FRT,
                "breached due 11:00 left -3601",
                "one second later it is broken",
            ),
            (
                "raised and answered at once",
                "09:00 customer, 11:00 priority=high, 11:00 agent",
                "12:00",
                FRT,
                "met due 11:00 left -3600",
                "at that instant it can still be kept",
            ),
            (
                "lowered",
                "09:00 priority=high, 09:00 customer, 09:30 priority=normal",
                "12:00",
                FRT,
                "running due 13:00 left 3600",
                "four hours from the beginning",
            ),
            (
                "lowered after the breach",
                "09:00 priority=high, 09:00 customer, 10:30 priority=normal",
                "10:30",
                FRT,
                "breached due 10:00 left -1800",
                "what was missed stays missed",
            ),
            (
                "raised after the answer",
                "09:00 customer, 10:30 agent, 11:00 priority=high",
                "12:00",
                FRT,
                "met due 13:00 left 9000",
                "judged by the promise that held when it ended",
            ),
            (
                "raised while paused",
                "09:00 customer, 09:30 pause, 10:00 priority=high, 11:00 resume",
                "11:10",
                FRT,
                "running due 11:30 left 1200",
                "half an hour was left",
            ),
            (
                "no target",
                "09:00 customer, 09:30 priority=low",
                "10:00",
                FRT,
                "none",
                "nothing is promised any more, as where Zammad's conditions no longer match",
            ),
            (
                "no target for a while",
                "09:00 customer, 09:30 priority=low, 10:00 priority=normal",
                "10:30",
                FRT,
                "running due 13:00 left 9000",
                "what ran without a target is counted by the next one",
            ),
            (
                "two at once",
                "09:00 customer, 09:30 priority=normal, 09:30 priority=high",
                "09:40",
                FRT,
                "running due 10:00 left 1200",
                "of two levels at one instant the higher counts",
            ),
            (
                "not yet",
                "09:00 customer, 11:00 priority=high",
                "10:00",
                FRT,
                "running due 13:00 left 10800",
                "what comes later has not happened",
            ),
        ],
    );
}

#[test]
fn the_most_specific_target_holds_and_of_equals_the_last() {
    let text = r#"
svar = 1
name = "layers"
extends = ["svar:channels", "svar:sla"]
[sla.targets.complaint-on-x]
metric = "first-response"
when = { channel = "x", intent = "complaint" }
duration = "10m"
time = "calendar"
[sla.targets.complaint]
metric = "first-response"
when = { intent = "complaint" }
duration = "20m"
time = "calendar"
[sla.targets.vip]
metric = "first-response"
when = { tag = "vip" }
duration = "5m"
time = "calendar"
[sla.targets.ours]
metric = "first-response"
duration = "2h"
time = "calendar"
"#;
    let policy = policy(text);
    let target = |channel: &str, intent: &str, tag: &str| {
        let mut case = case("10:00 customer");
        case.channel = channel.to_owned();
        case.facts.intent = Some(intent.to_owned());
        case.facts.tags.push(tag.to_owned());
        policy.clocks(&case, at("10:01")).unwrap().clocks[0].target.to_string()
    };
    assert_eq!(target("x", "complaint", ""), "complaint-on-x", "two conditions are more than one");
    assert_eq!(target("facebook", "complaint", ""), "complaint");
    assert_eq!(target("facebook", "complaint", "vip"), "vip", "of two that ask for one thing the last");
    assert_eq!(target("x", "complaint", "vip"), "complaint-on-x");
    assert_eq!(target("facebook", "praise", ""), "ours", "a policy's own wins over the built-in one");
}

#[test]
fn machines_answer_where_the_policy_says_so() {
    let anyone =
        policy(&PLAIN.replace("[sla.targets.first]", "[sla]\nanswered_by = \"anyone\"\n[sla.targets.first]"));
    check(
        &anyone,
        &[
            (
                "bot",
                "10:00 customer, 10:00:05 bot",
                "11:00",
                FRT,
                "met due 10:15 left 895",
                "whoever answers",
            ),
            (
                "update",
                "10:00 customer, 10:05 bot",
                "11:00",
                PUT,
                "running due 14:05 left 11100",
                "and keeps the customer posted",
            ),
        ],
    );
}

#[test]
fn what_waits_in_private_is_answered_in_public_and_the_other_way_round() {
    use svar::Visibility;
    let mut case = case("10:00 customer, 10:05 agent");
    case.messages[1].visibility = Some(Visibility::Private);
    assert_eq!(words(plain().clocks(&case, at("11:00")).unwrap().of(FRT)), "met due 10:15 left 600");
    case.messages[0].visibility = Some(Visibility::Private);
    case.messages[1].visibility = Some(Visibility::Public);
    assert_eq!(words(plain().clocks(&case, at("11:00")).unwrap().of(FRT)), "met due 10:15 left 600");
}

#[test]
fn several_clocks_run_at_once() {
    let clocks = clocks(plain(), "10:00 customer, 10:05 agent, 11:00 customer", "11:30");
    let metrics: Vec<_> =
        clocks.clocks.iter().map(|clock| (clock.metric.as_str(), clock.state.as_str())).collect();
    let expected = [
        ("first-response", "met"),
        ("next-response", "running"),
        ("resolution", "running"),
        ("periodic-update", "running"),
    ];
    assert_eq!(metrics, expected);
    assert_eq!(clocks.most_urgent().unwrap().metric, NRT);
}

#[test]
fn earlier_runs_that_were_missed_are_told() {
    let timeline = "10:00 customer, 10:05 agent, 11:00 customer, 13:00 agent, 14:00 customer, 14:10 agent, 15:00 customer";
    let clocks = clocks(plain(), timeline, "15:10");
    let missed: Vec<_> = clocks.missed.iter().map(|clock| (clock.cycle, words(Some(clock)))).collect();
    assert_eq!(missed, [(1, "breached due 12:00 left -3600".to_owned())]);
    assert_eq!(clocks.of(NRT).unwrap().cycle, 3);
}

#[test]
fn odd_cases_are_answered_with_a_warning() {
    let codes = |timeline: &str, now: &str| -> Vec<String> {
        clocks(plain(), timeline, now).warnings.iter().map(|warning| warning.code().to_owned()).collect()
    };
    assert!(
        codes("10:00 customer, 10:05 agent, 10:10 pause, 10:20 resume, 11:00 resolve", "12:00").is_empty()
    );
    assert_eq!(codes("10:05 agent, 10:00 customer", "12:00"), ["out-of-order"]);
    assert_eq!(codes("10:00 customer, 10:05 agent, 13:00 resolve", "12:00"), ["in-the-future"]);
    assert_eq!(codes("10:00 customer, 10:05 pause, 10:06 pause", "12:00"), ["paused-twice"]);
    assert_eq!(codes("10:00 customer, 10:05 resume", "12:00"), ["not-paused"]);
    assert_eq!(codes("10:00 customer, 10:05 resolve, 10:06 resolve", "12:00"), ["resolved-twice"]);
    assert_eq!(codes("10:00 customer, 10:05 reopen", "12:00"), ["not-resolved"]);
    let mut undated = case("10:00 customer");
    undated.messages.push(Message::agent("Hi"));
    let error = plain().clocks(&undated, at("12:00")).unwrap_err();
    assert_eq!(error.to_string(), "message 2 has no time");
}

#[test]
fn instants_no_calendar_knows_are_errors() {
    let far = |now: &str, timeline: &str| {
        plain().clocks(&case(timeline), at(now)).map(|_| ()).map_err(|error| error.to_string())
    };
    let error = far("2200-01-01 10:00", "2200-01-01 09:00 customer").unwrap_err();
    assert!(error.contains("outside the years 2000 to 2100"), "{error}");
    assert!(
        far("2100-12-31 23:59", "2100-12-31 10:00 customer").is_err(),
        "the deadline lies beyond the last year"
    );
    assert!(far("2200-01-01 10:00", "").is_ok(), "nothing is asked of a calendar");
}

#[test]
fn share_used_and_at_risk() {
    let first = |now: &str| clocks(plain(), "10:00 customer", now).of(FRT).unwrap().clone();
    assert_eq!(
        (first("10:11:59").at_risk, first("10:12").at_risk),
        (false, true),
        "80 % of a quarter of an hour"
    );
    assert_eq!(short(first("10:01").at_risk_at.unwrap()), "10:12");
    assert_eq!(
        (first("10:15").at_risk, first("10:15:01").at_risk),
        (true, false),
        "what is breached is no longer at risk"
    );
    assert_eq!((first("10:03").used, first("10:15").used, first("10:30").used), (0.2, 1.0, 2.0));
    assert_eq!(first("10:20").breached_at.map(short).as_deref(), Some("10:15:01"));
    let left = policy(&PLAIN.replace("duration = \"15m\"", "duration = \"15m\"\nat_risk = \"due-5m\""));
    let clock = clocks(&left, "10:00 customer", "10:00").of(FRT).unwrap().clone();
    assert_eq!(short(clock.at_risk_at.unwrap()), "10:10");
    let paused = clocks(plain(), "10:00 customer, 10:13 pause", "12:00").of(FRT).unwrap().clone();
    assert!(paused.at_risk, "a pause does not take the risk away");
    let early = clocks(plain(), "10:00 customer, 10:05 pause", "12:00").of(FRT).unwrap().clone();
    assert_eq!((early.at_risk, early.at_risk_at), (false, None));
}

#[test]
fn one_timer_is_enough() {
    let next = |timeline: &str, now: &str| clocks(plain(), timeline, now).next_change.map(short);
    assert_eq!(next("10:00 customer", "10:00").as_deref(), Some("10:12"), "at risk");
    assert_eq!(next("10:00 customer", "10:12").as_deref(), Some("10:15:01"), "breached");
    assert_eq!(
        next("10:00 customer", "10:15:01").as_deref(),
        Some("2026-11-19 05:12"),
        "the solution at risk"
    );
    assert_eq!(next("10:00 customer, 10:05 agent, 11:00 resolve", "12:00"), None, "nothing runs");
    assert_eq!(next("10:00 customer, 10:05 pause", "12:00"), None, "everything is paused");
}
