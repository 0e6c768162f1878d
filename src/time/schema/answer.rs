//! What answers hold of times and holidays.

use super::date;
use crate::source::schema::*;

/// Date and time with their offset, as answers have them.
pub(crate) fn instant() -> Schema {
    matching(r"^[+-]?\d{4,6}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$")
        .says("Date, time and offset, such as `2026-12-24T17:00:00+01:00`.")
}

/// A [`Holiday`](crate::time::Holiday).
pub(crate) fn holiday() -> TableSchema {
    table()
        .need("date", date(), "Its date.")
        .need("name", text(), "Its name in the language of the region.")
        .key("english", text(), "Its name in English, where the policy gives one.")
        .key("substitute_for", date(), "Where it falls on a weekend and moves: the date it stands in for.")
}
