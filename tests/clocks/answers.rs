//! What is told beside the state of each clock.

use svar::Message;

use super::{FRT, NRT, PLAIN, at, case, clocks, plain, policy, short, words};

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
    for (near, meant) in
        [("resolved", "resolve"), ("closed", "resolve"), ("RESOLVE", "resolve"), ("paused", "pause")]
    {
        let clocks = clocks(plain(), &format!("10:00 customer, 10:05 {near}"), "12:00");
        let [warning] = clocks.warnings.as_slice() else { panic!("{near}: {:?}", clocks.warnings) };
        assert_eq!(warning.code(), "unknown-event");
        assert!(warning.help().unwrap().contains(&format!("`{meant}`")), "{warning:?}");
    }
    assert!(codes("10:00 customer, 10:05 shipped", "12:00").is_empty(), "a host has kinds of its own");
    let held = policy(&PLAIN.replace("duration = \"15m\"", "duration = \"15m\"\npauses = [\"on-hold\"]"));
    let warnings = clocks(&held, "10:00 customer, 10:05 on-hold", "12:00").warnings;
    assert!(warnings.is_empty(), "{warnings:?}");
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
