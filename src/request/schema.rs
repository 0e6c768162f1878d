//! What requests accept.

pub(crate) mod answer;

use super::calendar::OPS;
use super::health::LONGEST;
use crate::policy::schema::draft_options;
use crate::source::schema::*;
use crate::time::YEARS;
use crate::time::schema::moment;

/// `{"case", "reply", "now"?}`
pub(crate) fn validate() -> TableSchema {
    next().need("reply", text(), "The reply to be judged.")
}

/// `{"case", "now"?}`
pub(crate) fn next() -> TableSchema {
    case().key("now", defined("instant"), "The instant at which it is asked.")
}

/// `{"case", "now"}`
pub(crate) fn clock() -> TableSchema {
    case().need("now", defined("instant"), "The instant at which it is asked.")
}

/// `{"text", "language"?}`
pub(crate) fn read() -> TableSchema {
    table().need("text", text(), "The text to be heard.").key(
        "language",
        text(),
        "The code of its language, if it is known.",
    )
}

/// `{"case", "slots"?, "seed"?, "now"?, …}`
pub(crate) fn draft() -> TableSchema {
    let asked = draft_options()
        .need("case", defined("case"), "The conversation.")
        .key("slots", map(text(), any([text(), defined("money")])), "Values for slots.")
        .key("now", defined("instant"), "The instant at which it is asked.");
    asked.key("pair", flag(), "Whether a public reply and its private counterpart are wanted.")
}

/// `{"case", "now"}`
pub(crate) fn surge() -> TableSchema {
    clock()
}

/// `{"cases", "now"}`
pub(crate) fn health() -> TableSchema {
    table().need("cases", list(defined("case")), "The conversations.").need(
        "now",
        defined("instant"),
        "The instant as of which they are looked at.",
    )
}

/// `{"expectation", "seconds"?, "share"?}`
pub(crate) fn expectation() -> TableSchema {
    table()
        .need("expectation", text(), "The id of a survey.")
        .key("seconds", within(0..=LONGEST), "The time an answer takes: how many does it satisfy?")
        .key("share", number(0.0..=1.0), "How many are to be pleased: what satisfies so many?")
}

/// `{"op", …}`: what else stands in it depends on `op`.
pub(crate) fn calendar() -> TableSchema {
    let years = i64::from(*YEARS.start())..=i64::from(*YEARS.end());
    table()
        .need("op", one_of(&OPS), "What is asked.")
        .key(
            "calendar",
            any([defined("calendar-id"), crate::time::schema::calendar().into()]),
            "A calendar written out as in a policy, or the id of one of the policy's.",
        )
        .key("rota", defined("rota-id"), "For `on-call` and `gaps`: the id of a rota of the policy's.")
        .key("at", moment(), "When, or from when on.")
        .key("to", moment(), "For `between`, `open-intervals` and `gaps`: until when.")
        .key("seconds", from(i64::MIN..), "For `add` and `subtract`: how long.")
        .key("region", defined("region-id"), "For `holidays`: where.")
        .key("year", within(years), "For `holidays`: when.")
}

fn case() -> TableSchema {
    table().need("case", defined("case"), "The conversation.")
}
