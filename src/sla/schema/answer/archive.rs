//! What answers hold of archives and surveys.

use crate::channel::Grade;
use crate::rule::schema::answer::verdict;
use crate::source::Severity;
use crate::source::schema::*;
use crate::time::schema::date;

/// A [`HealthReport`](crate::sla::health::HealthReport), and what several cases have in common.
pub(crate) fn health() -> TableSchema {
    let systemic = table()
        .need("tag", text(), "The tag that the cases have in common.")
        .need("cases", list(text()), "Their ids, in the order of time.")
        .need("from", defined("instant"), "When the first of them began.")
        .need("to", defined("instant"), "When the last of them began.");
    table()
        .need("verdict", verdict(), "Whether it is bearable.")
        .need("now", defined("instant"), "The instant at which it was so.")
        .need("channels", list(channel()), "Each channel that has conversations.")
        .need("total", figures(table()), "All channels together.")
        .need("findings", list(finding()), "What is not as the policy wants it, the worse first.")
        .need("policy", defined("policy"), "Who says so.")
        .need("systemic", list(systemic), "The tags that several of the cases have in common.")
}

fn channel() -> TableSchema {
    figures(table().need("channel", text(), "The id of the channel.")).key(
        "badge",
        badge(),
        "Whether it earns its badge, where it has one and conversations that count for it.",
    )
}

fn share() -> Schema {
    number(0.0..=1.0)
}

fn seconds() -> Schema {
    or_null(from(0..))
}

fn figures(table: TableSchema) -> TableSchema {
    table
        .need("conversations", from(0..), "Conversations.")
        .need("asked", from(0..), "Those in which a customer asked for something.")
        .need("answered", from(0..), "Those of them that somebody answered.")
        .need("unanswered", from(0..), "Those that nobody answered, though the target has passed.")
        .need("answered_share", or_null(share()), "The answered among those two.")
        .need("within_target", from(0..), "Those that were answered within the target.")
        .need(
            "past_target",
            from(0..),
            "Those that were answered later, or not at all, though the target has passed.",
        )
        .need("within_target_share", or_null(share()), "Those within the target among those two.")
        .need("median_seconds", seconds(), "The first response, for half of those that have one.")
        .need("p90_seconds", seconds(), "The first response, for nine tenths of them.")
        .need("satisfied_share", or_null(share()), "How many customers these times satisfied.")
        .need("complaints", from(0..), "Complaints.")
        .need("unanswered_complaints", from(0..), "Those that nobody answered, though the target has passed.")
        .need("spam", from(0..), "Spam.")
        .need("visible_spam", from(0..), "Spam that stands in public.")
        .need("posts", from(0..), "What the company began itself.")
        .need("replies", from(0..), "How often somebody of the company answered a customer.")
        .need("silent_seconds", seconds(), "How long nobody of the company has written.")
}

fn badge() -> TableSchema {
    table()
        .need("name", text(), "What the badge says.")
        .need("earned", flag(), "Whether it is earned.")
        .need("conversations", from(0..), "The conversations that count.")
        .need("answered_share", share(), "The share of them that was answered.")
        .need("needed_share", share(), "The share that the platform asks for.")
        .need("median_seconds", seconds(), "The first response, for half of those that have one.")
        .need("needed_seconds", from(0..), "The time that the platform asks for.")
        .need("source", or_null(text()), "Where the platform says so.")
        .need("as_of", or_null(as_of()), "When it said so.")
}

fn as_of() -> Schema {
    any([date(), matching(r"^\d{4}-\d{2}$").says("Year and month, where the day is not known.")])
}

fn finding() -> TableSchema {
    table()
        .need("rule", text(), "Which rule is not kept.")
        .need("severity", one_of(Severity::WORDS), "How bad it is.")
        .need("channel", or_null(text()), "The channel it is about; none, where it is about all of them.")
        .need("message", text(), "What is wrong, in one line.")
        .need("why", text(), "Why the rule exists.")
        .need("evidence", evidence(), "What it was seen by.")
}

fn evidence() -> TableSchema {
    table()
        .need("value", or_null(defined("amount")), "What there is.")
        .need("limit", or_null(defined("amount")), "What the rule allows.")
        .need("count", from(0..), "In how many conversations it was seen…")
        .need("of", from(0..), "…of how many.")
        .need("ids", list(text()), "The ids of the worst ten of them.")
        .key("tag", text(), "The tag they have in common.")
}

/// An [`Amount`](crate::sla::health::Amount).
pub(crate) fn amount() -> Schema {
    any([
        table().need("share", share(), "A part of all.").into(),
        table().need("seconds", from(0..), "A time.").into(),
        table().need("count", from(0..), "A number.").into(),
    ])
}

/// What is told of a survey: an [`Expectation`](crate::sla::expectation::Expectation).
pub(crate) fn survey() -> TableSchema {
    let point = table()
        .need("within_seconds", from(0..), "The time.")
        .need("share", share(), "How many expect an answer within it; those of the shorter times are in it.")
        .key("label", text(), "How the survey put it.");
    table()
        .need("title", text(), "What people call it.")
        .need("at_once", share(), "How many expect an answer at once.")
        .need("points", list(point), "The points of the curve, the shortest time first.")
        .need("indifferent", share(), "For how many the time does not matter.")
        .key("sample", from(1..), "How many people were asked, where it is known.")
        .need("caveats", list(text()), "What is to be kept in mind when it is used.")
        .key("source", text(), "Where it was read.")
        .key("as_of", as_of(), "When people were asked.")
        .need("grade", one_of(Grade::WORDS), "How well it is known.")
}
