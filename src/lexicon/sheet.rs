//! A sheet: what one language listens for, as documents say it, before it is compiled.

use std::sync::Arc;

use super::reading::LanguageId;
use crate::text::scan::WordFlags;

/// A weight as a policy writes it, in hundredths, so that sums are exact.
pub(crate) type Weight = i32;

/// What a phrase means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    Act(u8),
    /// Silences an act where the two overlap, and no other.
    NotAct(u8),
    /// Silences a signal where the two overlap.
    NotSignal(u8),
    Formal(Weight),
    Informal(Weight),
    Register(Weight),
    Intent(u8, Weight),
    Signal(u8),
    /// Takes back what stands right before it, if that can be taken back.
    But,
    /// A phrase of a rule, by the rule's own number.
    Rule(u32),
}

// What single words are besides.
pub(super) const NEGATION: WordFlags = 1;
pub(super) const ABBREVIATION: WordFlags = 2;
pub(super) const AFTER_ORDINAL: WordFlags = 4;
pub(super) const TYPICAL: WordFlags = 8;
pub(super) const SALUTATION: WordFlags = 16;
pub(super) const UNIT: WordFlags = 32;
pub(super) const AND: WordFlags = 64;

/// All that one language listens for, collected from a document.
#[derive(Debug)]
pub(crate) struct Sheet<'n> {
    pub(super) language: LanguageId,
    /// The name of each class, and where its members end; they begin where those of the class before end.
    pub(super) classes: Vec<(&'n str, usize)>,
    pub(super) members: Vec<&'n str>,
    pub(super) flags: Vec<(&'n str, WordFlags)>,
    pub(super) phrases: Vec<(&'n str, Meaning)>,
}

impl<'n> Sheet<'n> {
    pub(super) fn new(language: Arc<str>) -> Self {
        Sheet {
            language: LanguageId(language),
            classes: Vec::new(),
            members: Vec::new(),
            flags: Vec::new(),
            phrases: Vec::new(),
        }
    }

    pub(super) fn negation(&mut self, word: &'n str) {
        self.flags.push((word, NEGATION));
    }

    /// A word that begins a clause which the one before does not reach into.
    pub(super) fn and(&mut self, word: &'n str) {
        self.flags.push((word, AND));
    }

    /// Of an abbreviation of several parts (`z.B.`) the last is what stands before the final stop.
    pub(super) fn abbreviation(&mut self, written: &'n str) {
        let last = written.trim_end_matches('.').rsplit('.').next().unwrap_or(written);
        self.flags.push((last, ABBREVIATION));
    }

    /// An abbreviation that stands behind numbers.
    pub(super) fn unit(&mut self, written: &'n str) {
        self.flags.push((written.trim_end_matches('.'), ABBREVIATION | UNIT));
    }

    /// A word that nobody who writes the language does without.
    pub(super) fn typical(&mut self, word: &'n str) {
        self.flags.push((word, TYPICAL));
    }

    /// A word that an ordinal can stand before.
    pub(super) fn after_ordinal(&mut self, word: &'n str) {
        self.flags.push((word, AFTER_ORDINAL));
    }

    /// A word by which somebody is called.
    pub(super) fn salutation(&mut self, word: &'n str) {
        self.flags.push((word, SALUTATION));
    }
}
