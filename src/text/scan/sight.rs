//! Sight: what the tokens of a text are, and how far apart.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::reach::Reach;
use super::sketch::Sketch;
use crate::text::phrase::{Leaf, MOST_SPREAD};

/// The number of a word that is not known.
pub(super) const UNKNOWN: u32 = u32::MAX;

/// What is known of one token.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    pub(super) sketch: Sketch,
    /// [`UNKNOWN`] when no phrase asks for it.
    pub(super) word: u32,
    pub(super) leaves: (u32, u32),
    pub(super) passing: Passing,
    /// How many tokens stand before it that a gap passes over as words.
    pub(super) words: u32,
    /// How many stand before it that no gap passes over.
    pub(super) barriers: u32,
}

impl Seen {
    /// What there is at the end of the text.
    pub(super) const NOTHING: Seen = Seen {
        sketch: Sketch::NO_TOKEN,
        word: UNKNOWN,
        leaves: (0, 0),
        passing: Passing::Never,
        words: 0,
        barriers: 0,
    };
}

/// How gaps pass over a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Passing {
    AsWord,
    AsMark,
    /// It ends a sentence or paragraph, or the text.
    Never,
}

/// All tokens of a text, as a vocabulary sees them.
#[derive(Clone, Debug, Default)]
pub(super) struct Sight {
    pub(super) seen: Vec<Seen>,
    pub(super) leaves: Vec<Leaf>,
    /// The places of the tokens that gaps pass over as words.
    pub(super) words: Vec<u32>,
    /// The places of those that no gap passes over.
    pub(super) barriers: Vec<u32>,
}

/// So many places there are at most for what may stand at several: marks are not counted, but no phrase spreads
/// further.
const MOST_APART: usize = MOST_SPREAD as usize + 1;

impl Sight {
    /// The places behind a token to which a reach leads.
    pub(super) fn behind(&self, at: usize, reach: Reach) -> Range<usize> {
        let Some(next) = self.seen.get(at + 1) else { return 0..0 };
        let after = |places: &[u32], number: u32| {
            places.get(number as usize).map_or(self.seen.len(), |&place| place as usize + 1)
        };
        let mut end = after(&self.words, next.words + u32::from(reach.words));
        if reach.within {
            end = end.min(after(&self.barriers, next.barriers));
        }
        let start = at + 1 + usize::from(reach.fewest);
        start..end.min(start + MOST_APART)
    }

    /// The places before a token to which a reach leads.
    pub(super) fn before(&self, at: usize, reach: Reach) -> Range<usize> {
        let end = at.saturating_sub(usize::from(reach.fewest));
        self.first_before(at, reach).max(end.saturating_sub(MOST_APART))..end
    }

    /// The places at which something may begin that reaches up to a token.
    pub(super) fn starts(&self, at: usize, reach: Reach) -> Range<usize> {
        let behind_first = Reach { words: reach.words.saturating_sub(1), ..reach };
        let end = (at + 1).saturating_sub(usize::from(reach.fewest));
        self.first_before(at, behind_first).max(end.saturating_sub(MOST_APART))..end
    }

    fn first_before(&self, at: usize, reach: Reach) -> usize {
        let Some(here) = self.seen.get(at) else { return 0 };
        let place = |places: &[u32], number: Option<u32>| {
            number.and_then(|number| places.get(number as usize)).map_or(0, |&place| place as usize)
        };
        let first = place(&self.words, here.words.checked_sub(1 + u32::from(reach.words)));
        if reach.within { first.max(place(&self.barriers, here.barriers.checked_sub(1))) } else { first }
    }

    /// What a token is beside its word and kind.
    #[inline]
    pub(super) fn leaves(&self, seen: &Seen) -> &[Leaf] {
        self.leaves.get(seen.leaves.0 as usize..seen.leaves.1 as usize).unwrap_or_default()
    }
}
