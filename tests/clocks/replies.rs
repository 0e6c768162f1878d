//! When a first or a next response is due, and when it has come.

use super::{FRT, NRT, PLAIN, PUT, at, case, check, plain, policy, words};

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
