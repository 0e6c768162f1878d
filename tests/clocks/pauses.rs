//! What stops a clock for a while.

use super::{FRT, NRT, PLAIN, PUT, RT, check, plain, policy};

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
