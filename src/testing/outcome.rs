//! What came of what was run.

use crate::source::Diagnostic;

/// What an item came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Outcome {
    /// What turned out differently from what was expected, each with its place; none where all is well.
    pub failures: Vec<Diagnostic>,
    /// The reply that was judged, or the draft that was written.
    pub text: Option<String>,
}

impl Outcome {
    /// Whether all is as it was expected.
    pub fn passes(&self) -> bool {
        self.failures.is_empty()
    }
}
