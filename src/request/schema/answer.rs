//! What requests are answered with, beyond what the rooms below say.

use crate::case::schema::answer::about;
use crate::sla::schema::answer::archive::survey;
use crate::source::schema::*;
use crate::time::schema::answer::holiday;

/// What stands in place of an answer.
pub(crate) fn error() -> TableSchema {
    about(table().need("error", defined("diagnostic"), "What is wrong; of several, the first.").need(
        "more",
        list(defined("diagnostic")),
        "What else is wrong.",
    ))
}

/// A draft, or a pair of them.
pub(crate) fn draft() -> Schema {
    let pair = about(crate::draft::schema::answer::pair());
    any([
        defined("draft").says("A reply."),
        Schema::from(pair).says("Where `pair` was asked for: a public reply and its private counterpart."),
    ])
}

/// What is answered depends on the `op` that was asked.
pub(crate) fn calendar() -> Schema {
    let instant = || defined("instant");
    let stretches = || list(defined("stretch"));
    any([
        to(
            "To `add` and `subtract`.",
            table().need("due_at", instant(), "The deadline.").need(
                "next_opening",
                or_null(instant()),
                "The opening from the deadline on: the deadline itself where that is open.",
            ),
        ),
        to("To `between`.", table().need("seconds", from(i64::MIN..), "The open time between the two.")),
        to("To `is-open`.", table().need("open", flag(), "Whether it is open.")),
        to(
            "To `next-open`.",
            table().need("next_opening", or_null(instant()), "The next opening, if there is one."),
        ),
        to(
            "To `next-close`.",
            table().need("next_closing", or_null(instant()), "The next closing, if there is one."),
        ),
        to("To `open-intervals`.", table().need("intervals", stretches(), "When it is open.")),
        to("To `gaps`.", table().need("gaps", stretches(), "When nobody is on call.")),
        to(
            "To `on-call`.",
            table().need("on_call", or_null(text()), "Who is asked first, if anybody is on call.").need(
                "everybody",
                list(text()),
                "All who are on call.",
            ),
        ),
        to("To `holidays`.", table().need("holidays", list(holiday()), "The holidays of the year.")),
    ])
}

fn to(op: &'static str, answer: TableSchema) -> Schema {
    Schema::from(answer).says(op)
}

/// From when to when.
pub(crate) fn stretch() -> TableSchema {
    table().need("start", defined("instant"), "When it begins.").need(
        "end",
        defined("instant"),
        "When it ends.",
    )
}

/// What a survey says.
pub(crate) fn expectation() -> TableSchema {
    let share = || number(0.0..=1.0);
    let at = table()
        .need("seconds", from(0..), "The time.")
        .need("expected", share(), "How many expect an answer within it.")
        .need("satisfied", share(), "How many an answer after it still satisfies.");
    let of = table()
        .need("share", share(), "How many.")
        .need(
            "expected_within_seconds",
            or_null(from(0..)),
            "The time within which so many expect an answer; none, where so many never do.",
        )
        .need(
            "satisfied_within_seconds",
            or_null(from(0..)),
            "The longest time that satisfies so many; none, where any does.",
        );
    table()
        .need("expectation", text(), "The id of the survey.")
        .key("at", at, "What it says of the time that was asked about.")
        .key("for", of, "What it says of the share that was asked about.")
        .need("survey", survey(), "The survey.")
}
