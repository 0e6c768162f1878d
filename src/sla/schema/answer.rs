//! What answers hold of clocks and surges.

pub(crate) mod archive;

use crate::channel::{WindowSender, WindowThen};
use crate::sla::clock::{Metric, State, TimeKind, WindowKind};
use crate::sla::surge::{Level, Measure};
use crate::source::schema::*;

/// [`Clocks`](crate::sla::clock::Clocks).
pub(crate) fn clocks() -> TableSchema {
    let clocks = || list(defined("clock"));
    table()
        .need("now", defined("instant"), "The instant at which they were looked at.")
        .need(
            "clocks",
            clocks(),
            "One for each metric that is promised and was started: the run of today, or the last.",
        )
        .need(
            "escalations",
            list(escalation()),
            "Levels of ladders, due or to come, in the order of their instants.",
        )
        .need("windows", list(window()), "How long the platform still lets one write.")
        .need("missed", clocks(), "Earlier runs that were breached, oldest first.")
        .need(
            "next_change",
            instant(),
            "The next instant at which any of this is different though nothing happens.",
        )
        .need("serious", flag(), "Whether the case is serious.")
        .need("warnings", list(defined("diagnostic")), "What was odd about the case.")
}

fn instant() -> Schema {
    or_null(defined("instant"))
}

fn seconds() -> Schema {
    from(i64::MIN..)
}

/// A [`Clock`](crate::sla::clock::Clock).
pub(crate) fn clock() -> TableSchema {
    table()
        .need("metric", one_of(Metric::WORDS), "What it measures.")
        .need("state", one_of(State::WORDS), "What it is doing.")
        .need("due_at", instant(), "The last instant at which the promise is kept; none while it is paused.")
        .need(
            "remaining_seconds",
            seconds(),
            "What is left of its time; less than nothing, where more has run.",
        )
        .need("target", text(), "The target.")
        .need("time", one_of(TimeKind::WORDS), "The time it is counted in.")
        .need("serious", flag(), "Whether hours on call count because the case is serious.")
        .need("cycle", from(1..), "Which run of this metric it is, from 1.")
        .need("started_at", defined("instant"), "When it was started.")
        .need("next_opening", instant(), "The opening from `due_at` on: `due_at` itself where that is open.")
        .need("promised_seconds", from(0..), "What was promised.")
        .need("elapsed_seconds", from(0..), "What has run of it.")
        .need("used", amount(), "The same as a share; more than 1, where more has run than was promised.")
        .need("at_risk", flag(), "Whether it runs and has come so far that somebody should look.")
        .need("at_risk_at", instant(), "Since when, or from when on; none where it has ended or is breached.")
        .need("ended_at", instant(), "When it was answered or resolved.")
        .need("breached_at", instant(), "The first second at which the promise was broken.")
}

fn escalation() -> TableSchema {
    table()
        .need("ladder", text(), "The ladder.")
        .need("level", from(1..), "Its level, from 1.")
        .key("reminder", from(1..), "How often the level has been repeated; left out the first time.")
        .need("metric", one_of(Metric::WORDS), "The metric of the clock.")
        .need("cycle", from(1..), "The run of the clock.")
        .need("at", defined("instant"), "When.")
        .need("due", flag(), "Whether that instant has come.")
        .need("notify", list(recipient()), "Who is told.")
        .key("passed_on_to", from(1..), "The level these people are of, where the level itself had nobody.")
}

fn recipient() -> Schema {
    let rota = table().need("id", text(), "The name of the rota.").need(
        "on_call",
        list(text()),
        "Who is on call when it comes to that.",
    );
    any([
        table().need("role", text(), "Whoever has this role.").into(),
        table().need("person", text(), "One person.").into(),
        table().need("rota", rota, "Whoever is on call.").into(),
    ])
}

fn window() -> TableSchema {
    table()
        .need("kind", one_of(WindowKind::WORDS), "What it is for.")
        .need("channel", text(), "The channel one writes in.")
        .need("sender", one_of(WindowSender::WORDS), "Whom it is for.")
        .need("opened_at", defined("instant"), "When it was opened.")
        .need("closes_at", defined("instant"), "The first instant at which it is closed.")
        .need("open", flag(), "Whether one can write.")
        .need("remaining_seconds", seconds(), "How long it is still open; nothing or less, where it is over.")
        .need("then", one_of(WindowThen::WORDS), "What is left when it has closed.")
        .key("messages_left", from(0..), "How many messages it still takes, where that is limited.")
}

/// A [`Surge`](crate::sla::surge::Surge).
pub(crate) fn surge() -> TableSchema {
    table()
        .need("level", one_of(Level::WORDS), "How serious it is that others take the case up.")
        .need("serious", flag(), "Whether it cannot wait for business hours.")
        .need("evidence", list(evidence()), "What was crossed, the highest level first.")
        .need("reach", reach(), "How many people have seen it.")
        .need("velocity", velocity(), "How fast it grows.")
        .need("asks", asks(), "What the level asks for.")
}

fn evidence() -> TableSchema {
    table()
        .need("measure", one_of(Measure::WORDS), "What was measured.")
        .need("level", words(Level::REACHED.map(Level::as_str)), "The level whose threshold it is.")
        .need("value", amount(), "What there is.")
        .need("threshold", amount(), "What the level asks for.")
        .need("message", text(), "Both in words.")
}

fn reach() -> TableSchema {
    table()
        .need("at_least", from(0..), "Surely so many.")
        .need("at_most", from(0..), "An upper bound, not an estimate.")
        .need("unbounded", from(0..), "The upper bound before it is held against how many people there are.")
        .key("population", from(0..), "How many people there are, where it is known.")
}

fn velocity() -> TableSchema {
    table().need("reactions_per_hour", or_null(amount()), "Reactions an hour, where any time is known.").need(
        "comments_per_hour",
        or_null(amount()),
        "Comments an hour, where any time is known.",
    )
}

fn asks() -> TableSchema {
    table()
        .need("tell", list(text()), "The roles that are told.")
        .key("crisis_contact", text(), "Whom to call in a crisis.")
        .key("playbook", text(), "The playbook to go through.")
        .key("time", one_of(TimeKind::WORDS), "The time targets are counted in.")
        .key("update_every_seconds", from(0..), "How often something is said in public.")
}
