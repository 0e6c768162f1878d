//! Which promise holds.

use super::{FRT, at, case, check, policy};

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
                "raised while closed",
                "09:00 customer, 09:30 resolve, 10:00 priority=high, 11:00 reopen",
                "11:10",
                FRT,
                "running due 11:30 left 1200",
                "opened again it goes by what is promised then",
            ),
            (
                "raised while closed, too late",
                "09:00 customer, 11:00 resolve, 12:00 priority=high, 13:00 reopen",
                "13:00",
                FRT,
                "running due 13:00 left -3600",
                "due as soon as it goes on, and not before",
            ),
            (
                "raised while closed, after the breach",
                "09:00 customer, 13:30 resolve, 14:00 priority=high, 15:00 reopen",
                "15:10",
                FRT,
                "breached due 13:00 left -2400",
                "what was missed stays missed",
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
