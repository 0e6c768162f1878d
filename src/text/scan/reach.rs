//! Reach: how far away from each other parts of a phrase can stand.

/// What can stand between two parts of a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reach {
    /// At least so many tokens.
    pub(super) fewest: u16,
    /// At most so many tokens that gaps pass over as words; marks are not counted.
    pub(super) words: u16,
    /// Whether there are but gaps between, so that no sentence ends there.
    pub(super) within: bool,
}

/// The bits that each of the two numbers of a reach has in a row: more than a phrase has tokens.
const BITS: u32 = 15;
const MOST: u16 = (1 << BITS) - 1;

impl Reach {
    /// Nothing at all.
    pub(super) const NOTHING: Reach = Reach { fewest: 0, words: 0, within: true };

    pub(super) fn is_nothing(self) -> bool {
        self.words == 0
    }

    /// This, and behind it so much more.
    pub(super) fn and(self, more: Reach) -> Reach {
        Reach {
            fewest: self.fewest.saturating_add(more.fewest).min(MOST),
            words: self.words.saturating_add(more.words).min(MOST),
            within: self.within && more.within,
        }
    }

    /// This or something else.
    pub(super) fn or(self, other: Reach) -> Reach {
        Reach {
            fewest: self.fewest.min(other.fewest),
            words: self.words.max(other.words),
            within: self.within && other.within,
        }
    }

    /// The reach in 31 bits; the lowest is left free.
    pub(super) fn to_bits(self) -> u32 {
        u32::from(self.fewest) << (BITS + 2) | u32::from(self.words) << 2 | u32::from(self.within) << 1
    }

    pub(super) fn of_bits(bits: u32) -> Reach {
        let number = |bits: u32| bits as u16 & MOST;
        Reach { fewest: number(bits >> (BITS + 2)), words: number(bits >> 2), within: bits & 2 != 0 }
    }
}
