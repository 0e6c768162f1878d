//! What requests accept.

use crate::policy::schema::draft_options;
use crate::source::schema::*;

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

fn case() -> TableSchema {
    table().need("case", defined("case"), "The conversation.")
}
