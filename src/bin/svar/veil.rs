//! What is told with nothing in it that could identify somebody.

use svar::rule::Masked;
use svar::source::{Diagnostic, Diagnostics};
use svar::text::personal_data;

/// The host's own name of a case says nothing of anybody, unless it is a number to call or an address.
pub(crate) fn masked_id(id: &str) -> String {
    let mut personal = Vec::new();
    personal_data(id, &mut personal);
    if personal.is_empty() { id.to_owned() } else { Masked::of(id).text().to_owned() }
}

/// Mistakes with nothing in them that could identify somebody, and without the text they are about.
pub(crate) fn veiled(errors: &Diagnostics) -> Diagnostics {
    let list = errors.iter().map(|error| {
        let veiled = Diagnostic::error(error.code().to_owned(), Masked::of(error.message()).text());
        match error.help() {
            Some(help) => veiled.with_help(Masked::of(help).text()),
            None => veiled,
        }
    });
    Diagnostics::new(list.collect()).unwrap_or_else(|| unread().into())
}

/// Of a line of which no more can be said.
pub(crate) fn unread() -> Diagnostic {
    Diagnostic::error("syntax", "the request could not be read")
}
