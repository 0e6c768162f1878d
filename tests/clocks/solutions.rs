//! When a solution and the next word to the customer are due, and what opening again does.

use super::{FRT, NRT, PLAIN, PUT, RT, check, clocks, plain, policy, words};

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
