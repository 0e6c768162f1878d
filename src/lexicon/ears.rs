//! Ears: what a text is heard with.

use std::sync::Arc;

use super::act::Acts;
use super::lexicon::Lexicon;
use crate::text::scan::Scope;

/// What a text is heard with.
pub(crate) struct Ears<'a> {
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) acts: &'a Acts,
    /// Where there are none, none are listened for.
    pub(crate) intents: &'a [Arc<str>],
    pub(crate) signals: &'a [Arc<str>],
}

impl Ears<'_> {
    /// Where nobody asks what is wanted, its cues need not be looked for.
    pub(super) fn scope(&self) -> Scope {
        if self.intents.is_empty() { Scope::Usual } else { Scope::All }
    }
}
