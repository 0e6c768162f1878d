//! What a case is made of, in examples, tests and requests.

pub(crate) mod answer;

use super::{Author, Fault, Level, LossKind, Visibility};
use crate::source::schema::*;

/// Who can read a text.
pub(crate) fn visibility() -> Schema {
    one_of(Visibility::WORDS)
}

/// A conversation and what is known of it.
pub(crate) fn case() -> TableSchema {
    case_with(customer().into())
}

/// A conversation in an example or a test.
pub(crate) fn example_case() -> TableSchema {
    case_with(any([customer().into(), text().says("The customer's only message.")]))
}

fn customer() -> TableSchema {
    table().key("name", text(), "What the customer is called.")
}

fn case_with(customer: Schema) -> TableSchema {
    table()
        .key("id", text(), "What the host calls it.")
        .need("channel", defined("channel-id"), "The channel it stands on.")
        .key("visibility", defined("visibility"), "For whom the reply is meant.")
        .key("language", text(), "The language to answer in; the customer's without it.")
        .key("messages", list(self::message()), "The messages so far, oldest first.")
        .key("events", list(event()), "What happened besides.")
        .key("facts", facts(), "What is known.")
        .key("customer", customer, "The customer.")
        .key("agent", agent(), "Who replies.")
}

fn message() -> TableSchema {
    table()
        .need("from", one_of(Author::WORDS), "Who wrote it.")
        .need("text", text(), "What.")
        .key("at", defined("instant"), "When.")
        .key("visibility", defined("visibility"), "For whom.")
}

fn event() -> TableSchema {
    table()
        .need("at", defined("instant"), "When.")
        .need("kind", text(), "What: `pause`, `resume`, `resolve`, `reopen`, `priority`, `severity`, `intent`, `tag`, `untag`, `identified`, `investigated`, `compensated`, `fixed`, `told`, `advert-click`, or a kind of the host's own.")
        .key("value", text(), "What it says, for the kinds that say something.")
}

fn agent() -> TableSchema {
    table()
        .key("name", text(), "The name the reply is signed with.")
        .key("role", text(), "What they may do: `agent`, `manager`, `bot`, or a role of the policy's own.")
        .key("training", list(text()), "What they were trained for.")
        .key("level", one_of(Level::WORDS), "How hard a case they can solve.")
}

fn facts() -> TableSchema {
    let rate = || number(0.0..=1e10);
    let baseline = table()
        .key("reactions_per_hour", rate(), "Reactions that messages here usually get in an hour.")
        .key("comments_per_hour", rate(), "Comments that messages here usually get in an hour.");
    let sample = table()
        .need("at", defined("instant"), "When it was counted.")
        .key("reactions", from(0..), "Reactions by then.")
        .key("comments", from(0..), "Comments by then.");
    table()
        .key("intent", text(), "What the customer wants: `complaint`, `question`, `booking`, `praise`, `spam`, `abuse` or `other`.")
        .key("fault", one_of(Fault::WORDS), "Whose fault it is.")
        .key("priority", one_of(Level::WORDS), "How urgent it is.")
        .key("severity", one_of(Level::WORDS), "How serious it is.")
        .key("loss", defined("money"), "What the customer lost.")
        .key("loss_kind", one_of(LossKind::WORDS), "What sort of loss it is.")
        .key("offer", defined("money"), "What the reply offers.")
        .key("approved_by", text(), "The role that agreed to the offer.")
        .key("reactions", from(0..), "Reactions to the customer's message.")
        .key("comments", from(0..), "Comments on it.")
        .key("shares", from(0..), "How often it was passed on.")
        .key("followers", from(0..), "How many people follow its author.")
        .key("reach", from(0..), "How many people have seen it.")
        .key("population", from(0..), "How many people can see it at all.")
        .key("similar_cases", from(0..), "How many other cases are about the same trouble.")
        .key("baseline", baseline, "What is usual on this channel.")
        .key("samples", list(sample), "What was counted earlier.")
        .key("media", flag(), "Whether media have taken it up.")
        .key("consent", flag(), "Whether the customer agreed to be named.")
        .key("identified", flag(), "Whether it is known who writes, and about what.")
        .key("investigated", flag(), "Whether it is known what happened.")
        .key("offered", flag(), "Whether compensation was offered.")
        .key("deadline_passed", flag(), "Whether the time in which something can be returned is over.")
        .key("fixed", flag(), "Whether the trouble has been fixed.")
        .key("told", flag(), "Whether the public has been told what was mended.")
        .key("complexity", one_of(Level::WORDS), "How hard the case is to solve.")
        .key("tags", list(text()), "Labels of the host's own.")
}

/// An amount of money.
pub(crate) fn money() -> TableSchema {
    table().need("amount", any([text(), amount()]), "The amount; exact, where it is written as text.").need(
        "currency",
        matching("^[A-Z]{3}$"),
        "The code of ISO 4217.",
    )
}
