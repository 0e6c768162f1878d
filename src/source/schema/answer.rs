//! What answers hold of sources: what is wrong, and where.

use super::*;
use crate::source::Severity;

/// A [`Diagnostic`](crate::source::Diagnostic).
pub(crate) fn diagnostic() -> TableSchema {
    let elsewhere = place(|schema| schema).need("label", text(), "What is to be seen there.");
    place(or_null)
        .need("code", text(), "The stable name of what is said, such as `unknown-key`.")
        .need("severity", one_of(Severity::WORDS), "How much it weighs; only an error makes something fail.")
        .need("message", text(), "What is said: one line, lower case.")
        .need("help", or_null(text()), "What to do about it.")
        .need("related", list(elsewhere), "Other places that have to do with it.")
        .need(
            "docs",
            text(),
            "The fragment of the page of all codes that tells about this one: `#unknown-key`.",
        )
}

/// Where it is; `known` says what is where that is not known.
fn place(known: fn(Schema) -> Schema) -> TableSchema {
    table()
        .need("source", known(text()), "The document or request it stands in.")
        .need("line", known(from(1..)), "Its line, from 1.")
        .need("column", known(from(1..)), "Its column in that line, from 1.")
        .need("start", known(from(0..)), "The byte at which it begins.")
        .need("end", known(from(0..)), "The byte behind it.")
}
