//! What answers hold of a case.

use crate::source::schema::*;

/// An answer about a case, which ends with the `id` the case was given.
pub(crate) fn about(answer: TableSchema) -> TableSchema {
    answer.key("id", text(), "The `id` of the case, where it has one.")
}

/// An amount of [`Money`](crate::money::Money), exact and therefore text.
pub(crate) fn money() -> TableSchema {
    table().need("amount", matching(r"^-?\d+(\.\d+)?$"), "The amount, such as `249.50`.").need(
        "currency",
        matching("^[A-Z]{3}$"),
        "The code of ISO 4217.",
    )
}
