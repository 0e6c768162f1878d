//! What clocks must hear of a case, which the policy knows and they do not.

use crate::case::{Case, Message};
use crate::rule::{Facts, OTHER_INTENT};

/// What is heard in a customer's message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Heard {
    pub(crate) intent: u8,
    pub(crate) language: Option<u8>,
    /// Signals, as bits.
    pub(crate) signals: u64,
}

impl Default for Heard {
    fn default() -> Self {
        Heard { intent: OTHER_INTENT, language: None, signals: 0 }
    }
}

/// Knows of a case what stands in the policy, not in its clocks.
pub(crate) trait Ear {
    /// Hears a customer's message.
    fn hear(&mut self, message: &Message) -> Heard;
    /// What a condition looks at, for a clock that a message started.
    fn facts<'c>(&self, case: &'c Case, message: Option<&Message>, heard: Heard) -> Facts<'c>;
    /// Whether the case is serious.
    fn is_serious(&self, case: &Case) -> bool;
}
