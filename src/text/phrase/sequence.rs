//! What is known of a sequence of items while it is read.

use super::{MOST_PATHS, MOST_SPREAD, PhraseError, PhraseProblem};

/// What is known of a sequence.
#[derive(Clone, Copy)]
pub(super) struct Sequence {
    pub(super) ways: usize,
    /// Whether it needs a token to stand in the text.
    pub(super) solid: bool,
    /// The same of what comes after its last gap.
    pub(super) solid_here: bool,
    pub(super) gap: Option<usize>,
    /// The fewest and the most tokens it can be.
    pub(super) tokens: (u32, u32),
}

impl Sequence {
    pub(super) fn empty() -> Sequence {
        Sequence { ways: 1, solid: false, solid_here: false, gap: None, tokens: (0, 0) }
    }

    pub(super) fn solid(&mut self) {
        self.solid = true;
        self.solid_here = true;
    }

    /// Takes something of so many tokens, one at the least.
    pub(super) fn solid_of(&mut self, tokens: (u32, u32)) {
        self.solid();
        self.add(tokens);
    }

    pub(super) fn add(&mut self, tokens: (u32, u32)) {
        self.tokens = (self.tokens.0.saturating_add(tokens.0), self.tokens.1.saturating_add(tokens.1));
    }

    /// A phrase, or a member of a class, needs something that must stand in the text.
    pub(super) fn check_solid(&self) -> Result<(), PhraseError> {
        if self.solid { Ok(()) } else { Err(PhraseError { at: 0, problem: PhraseProblem::Empty }) }
    }

    pub(super) fn check_spread(&self) -> Result<(), PhraseError> {
        match self.tokens.1.saturating_sub(self.tokens.0) {
            0..=MOST_SPREAD => Ok(()),
            _ => Err(PhraseError { at: 0, problem: PhraseProblem::TooWide }),
        }
    }

    /// A gap needs something that must stand in the text on both sides of it.
    pub(super) fn settle_gap(&self) -> Result<(), PhraseError> {
        match self.gap {
            Some(at) if !self.solid_here => Err(PhraseError { at, problem: PhraseProblem::GapAtEdge }),
            _ => Ok(()),
        }
    }

    pub(super) fn times(&mut self, ways: usize, at: usize) -> Result<(), PhraseError> {
        self.ways = self.ways.saturating_mul(ways);
        check_ways(self.ways, at)
    }
}

pub(super) fn check_ways(ways: usize, at: usize) -> Result<(), PhraseError> {
    if ways > MOST_PATHS { Err(PhraseError { at, problem: PhraseProblem::TooManyPaths }) } else { Ok(()) }
}
