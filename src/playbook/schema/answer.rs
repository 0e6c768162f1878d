//! What answers hold of the step that is due.

use crate::case::Visibility;
use crate::playbook::{Action, Ground, RemedyKind};
use crate::sla::clock::Metric;
use crate::source::schema::*;

/// [`Next`](crate::playbook::Next).
pub(crate) fn next() -> TableSchema {
    step(
        table()
            .need("playbook", or_null(text()), "The playbook; none, where no playbook fits the case.")
            .need("step", or_null(text()), "The step that is due; none, where nothing is.")
            .need("action", one_of(Action::WORDS), "What kind of thing is to be done."),
    )
    .key("next_opening", defined("instant"), "Where the team is closed: when an answer comes.")
    .key("remedy", remedy(), "What can be offered, where the step asks for it or allows it.")
    .need("why", texts(), "Why: of the step, then of every branch that holds.")
    .need("guessed", flag(), "Whether the playbook was chosen by what was heard, not by what the host knows.")
    .need("done", texts(), "The steps that are done, in order.")
    .need("skipped", texts(), "The steps that were passed over, in order.")
    .need("not_needed", texts(), "The steps this case does not need, in order.")
    .need("policy", defined("policy"), "Who says so.")
}

fn texts() -> Schema {
    list(text())
}

/// What is told of a step, where one is due.
fn step(table: TableSchema) -> TableSchema {
    table
        .key("title", text(), "What is done at the step, in one line.")
        .key("asks", texts(), "The acts it asks for, in the order in which they are said.")
        .key("optional", texts(), "Acts that may be said besides.")
        .key("forbidden", texts(), "Acts that have no place in it.")
        .key("visibility", one_of(Visibility::WORDS), "Where it is done.")
        .key("role", text(), "Who does it, if that matters.")
        .key("training", text(), "What they were trained for, if that matters.")
        .key("clock", one_of(Metric::WORDS), "The metric of the clock that runs for it.")
        .key("by", defined("instant"), "When that clock is due, if it is known.")
        .key("closes_by", texts(), "What closes it, each alternative in words.")
        .key("branches", texts(), "The branches that hold.")
}

fn remedy() -> TableSchema {
    let approval = table()
        .need(
            "role",
            or_null(text()),
            "The role that may grant it; none, where nobody's authority goes so far.",
        )
        .need("amount", defined("money"), "What is to be granted.")
        .need("limit", defined("money"), "What whoever answers may still grant.");
    table()
        .need("id", text(), "Its name in the policy.")
        .need("kind", one_of(RemedyKind::WORDS), "What sort it is.")
        .need("title", text(), "What it is, in one line.")
        .need("ground", one_of(Ground::WORDS), "Why it is offered.")
        .key("amount", defined("money"), "How much, where it is a matter of money and the loss is known.")
        .key("extra", defined("money"), "How much of that goes beyond the loss.")
        .key("approval", approval, "Who must agree first, where it is beyond what whoever answers may grant.")
        .need("why", text(), "Why this one.")
}
