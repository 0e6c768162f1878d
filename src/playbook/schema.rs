//! What the sections `playbooks`, `remedies` and `authority` accept.

pub(crate) mod answer;

use super::document::SCOPES;
use super::next::ACTIONS;
use super::remedy::RemedyKind;
use crate::case::{Author, LossKind};
use crate::rule::schema::acts;
use crate::sla::clock::Metric;
use crate::source::schema::*;

/// `[playbooks.ID]`
pub(crate) fn playbook() -> TableSchema {
    table()
        .key("off", flag(), "Switches the playbook off, or one of a document below on.")
        .key("title", text(), "What kind of case it is for.")
        .key("when", defined("entry-condition"), "For which cases it is entered.")
        .key("instead_of", text(), "The playbook it stands in for; it is entered when that one would be.")
        .key(
            "rank",
            within(-1000..=1000),
            "Of several whose `when` holds, the one of the highest rank is entered.",
        )
        .key(
            "scope",
            one_of(&SCOPES),
            "Whether its steps are done once in a `conversation`, or in each `turn`.",
        )
        .key("source", text(), "Where it was taken from.")
        .key("steps", map(text(), step()), "Its steps, in their order.")
}

fn step() -> TableSchema {
    part()
        .key("off", flag(), "Switches the step off.")
        .key("after", text(), "The step it comes behind, instead of behind all those of the documents below.")
        .key("title", text(), "What is done.")
        .key("why", text(), "Why.")
        .key("source", text(), "Where it was taken from.")
        .key("when", defined("entry-condition"), "For which cases the step is there; for all without it.")
        .key("required", flag(), "Whether nothing after it is done before it.")
        .key("closed_by", list(closing()), "What closes the step: any of these.")
        .key("branches", map(text(), branch()), "What is done otherwise in some cases.")
}

/// What a step and its branches both say.
fn part() -> TableSchema {
    table()
        .key("asks", acts(), "The acts a reply must have.")
        .key("optional", acts(), "The acts a reply may have, and has where there is room.")
        .key("forbidden", acts(), "The acts a reply must not have.")
        .key("visibility", defined("visibility"), "Where it is done.")
        .key("role", text(), "Who does it.")
        .key("training", text(), "The training it asks for.")
        .key("clock", one_of(Metric::WORDS), "The clock it stops, by its metric.")
        .key("action", one_of(ACTIONS), "What is done; a reply unless it says otherwise.")
}

fn branch() -> TableSchema {
    part()
        .key("off", flag(), "Switches the branch off.")
        .key("when", defined("entry-condition"), "For which cases.")
        .key("without", acts(), "Acts of the step that are not asked for then.")
        .key("behind", acts(), "The act that those it asks for stand behind.")
        .key("why", text(), "Why.")
}

fn closing() -> TableSchema {
    table()
        .key("all", acts(), "All these acts were said.")
        .key("any", acts(), "One of these acts was said.")
        .key(
            "by",
            some(one_of(Author::WORDS)),
            "Who said them; anybody whose words are an answer unless it says otherwise.",
        )
        .key("visibility", defined("visibility"), "Where they were said.")
        .key("answered", flag(), "Whether the customer has written since.")
        .key("said", flag(), "Whether any answer will do.")
        .key("after", acts(), "Not before one of these acts.")
        .key("since", some(text()), "Not before one of these events.")
        .key("unless", acts(), "Not together with one of these acts.")
        .key("event", some(text()), "One of these events happened.")
        .key("when", defined("entry-condition"), "Only, or at once, where this is known.")
}

/// `[remedies.ID]`
pub(crate) fn remedy() -> TableSchema {
    let ours = table()
        .key("cover", share(), "So many hundredths of the loss are made good; 100 unless it says otherwise.")
        .key("extra", share(), "So many hundredths of it on top.")
        .key("extra_fixed", amounts(), "So much on top, by currency.")
        .key("extra_least", amounts(), "The least that is put on top, by currency.")
        .key("extra_most", amounts(), "The most that is put on top, by currency.")
        .key(
            "most",
            share(),
            "Altogether at most so many hundredths of the loss; 150 unless it says otherwise.",
        );
    let goodwill = table()
        .key("share", share(), "So many hundredths of the loss.")
        .key("fixed", amounts(), "So much, by currency.")
        .key("most", amounts(), "At most so much, by currency.");
    table()
        .key("off", flag(), "Switches the remedy off.")
        .key("kind", one_of(RemedyKind::WORDS), "What sort of remedy it is. A new one must say so.")
        .key("title", text(), "What it is, in a few words.")
        .key("why", text(), "Why it helps.")
        .key("loss", some(one_of(LossKind::WORDS)), "The losses it is for; all of them without it.")
        .key("after_deadline", flag(), "Whether it is there when the time to return something is over.")
        .key("ours", ours, "What is offered where the fault is ours.")
        .key("goodwill", goodwill, "What is offered where it is not.")
        .key("round_up_to", amounts(), "Amounts are rounded up to a multiple of this, by currency.")
        .key("source", text(), "Where it was taken from.")
}

/// `[authority.ROLE]`
pub(crate) fn tier() -> TableSchema {
    table()
        .key("off", flag(), "Switches the role off.")
        .key("case", amounts(), "The most it may grant for one case, by currency.")
        .key("day", amounts(), "The most it may grant in a day, by currency.")
        .key("goodwill", amounts(), "The most it may grant where the fault is not ours, by currency.")
        .key("goodwill_share", share(), "The same in hundredths of the loss.")
        .key("above", text(), "The role that decides beyond it.")
}

/// Hundredths of the loss.
fn share() -> Schema {
    within(0..=1000)
}

fn amounts() -> TableSchema {
    map(matching("^[A-Z]{3}$"), any([amount(), matching(r"^[0-9]+(\.[0-9]+)?$")]))
}
