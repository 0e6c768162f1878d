//! Programs: phrases in the form in which they are followed.
//!
//! All phrases of a language lie one after the other in one list of [`Step`]s; what belongs to a group stands behind
//! it. Every step knows by a sketch with which tokens it can begin, so that what does not fit is passed by at once.

use serde::{Deserialize, Serialize};

use super::sketch::{Kept, Sketch, Sketches};
use super::step::{Set, Step, Steps};
use crate::text::phrase::{Leaf, Start};
use crate::text::rows::{Row, RowSlice, Rows};

/// A range of a list.
pub(super) type Range = (u32, u32);

/// A phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    pub(super) steps: Range,
    /// What its first token must be, by and large.
    pub(super) first: Kept,
    pub(super) payload: u32,
    pub(super) start: Start,
    pub(super) text_end: bool,
}

/// A class, compiled.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct ClassBody {
    /// Its single tokens.
    pub(super) set: Set,
    /// Its sequences: steps as in a group.
    pub(super) branches: Range,
}

/// All phrases of a language.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(super) struct Program {
    pub(super) phrases: Rows<Phrase, 5>,
    pub(super) steps: Rows<Step, 4>,
    /// The leaves of all sets, as their codes, behind their number.
    pub(super) leaves: Rows<u32, 1>,
    pub(super) classes: Vec<Option<ClassBody>>,
    pub(super) sketches: Sketches,
}

impl Program {
    /// All phrases, in the order in which they came.
    pub(super) fn phrases(&self) -> impl Iterator<Item = Phrase> + Clone {
        self.phrases.all().iter()
    }

    #[inline]
    pub(super) fn phrase(&self, number: u32) -> Option<Phrase> {
        self.phrases.get(number as usize)
    }

    #[inline]
    pub(super) fn steps(&self, (start, end): Range) -> Steps<'_> {
        self.steps.range(start..end)
    }

    /// All steps there are.
    pub(super) fn all(&self) -> Steps<'_> {
        self.steps.all()
    }

    /// The codes of the leaves of a set.
    #[inline]
    pub(super) fn codes(&self, Set(start): Set) -> RowSlice<'_, u32, 1> {
        let count = self.leaves.get(start as usize).unwrap_or(0);
        self.leaves.range(start + 1..(start + 1).saturating_add(count))
    }

    pub(super) fn leaves(&self, set: Set) -> impl Iterator<Item = Leaf> {
        self.codes(set).iter().map(Leaf::of_code)
    }

    /// A sketch that steps and phrases name by its number.
    #[inline]
    pub(super) fn sketch(&self, kept: Kept) -> Sketch {
        self.sketches.get(kept)
    }

    /// Whether what is there meets a sketch that steps and phrases name by its number.
    #[inline(always)]
    pub(super) fn meets(&self, there: &Sketch, wanted: Kept) -> bool {
        self.sketches.meets(there, wanted)
    }

    /// How many classes phrases use, unused ones between them counted.
    pub(super) fn classes(&self) -> u32 {
        self.classes.len() as u32
    }

    pub(super) fn class(&self, class: u32) -> Option<&ClassBody> {
        self.classes.get(class as usize)?.as_ref()
    }
}

impl Row<5> for Phrase {
    fn to_row(&self) -> [u32; 5] {
        let Phrase { steps: (from, to), first, payload, start, text_end } = *self;
        let start = match start {
            Start::Anywhere => 0,
            Start::Opening => 1,
            Start::Sentence => 2,
        };
        [from, to, first.0, payload, start << 1 | u32::from(text_end)]
    }

    #[inline(always)]
    fn of_row([from, to, first, payload, edges]: [u32; 5]) -> Phrase {
        let start = match edges >> 1 {
            0 => Start::Anywhere,
            1 => Start::Opening,
            _ => Start::Sentence,
        };
        Phrase { steps: (from, to), first: Kept(first), payload, start, text_end: edges & 1 != 0 }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_row_holds_all_of_a_phrase(
            (steps, first, payload) in any::<((u32, u32), u32, u32)>(),
            start in prop::sample::select(vec![Start::Anywhere, Start::Opening, Start::Sentence]),
            text_end in any::<bool>(),
        ) {
            let phrase = Phrase { steps, first: Kept(first), payload, start, text_end };
            prop_assert_eq!(Phrase::of_row(phrase.to_row()), phrase);
        }
    }
}
