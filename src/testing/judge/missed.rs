//! What turned out differently, and how it is told.

use crate::Span;
use crate::source::quoted;

/// So many findings are listed with one expectation.
pub(super) const LISTED: usize = 8;

/// What turned out differently.
pub(super) struct Missed {
    pub(super) message: String,
    pub(super) help: Option<String>,
    /// Where in the text of the answer, and what is there.
    pub(super) places: Vec<(Span, String)>,
}

impl Missed {
    pub(super) fn new(message: String) -> Self {
        Missed { message, help: None, places: Vec::new() }
    }
}

/// Names, with commas between; what there is where there are none.
pub(super) fn listed<'a>(names: impl IntoIterator<Item = &'a str>, none: &str) -> String {
    let mut all: Vec<String> = Vec::new();
    for name in names {
        let name = quoted(name);
        if !all.contains(&name) {
            all.push(name);
        }
    }
    if all.is_empty() { none.to_owned() } else { all.join(", ") }
}
