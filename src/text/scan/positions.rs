//! Positions: the places in a text that a phrase has reached.

use crate::text::phrase::MOST_SPREAD;

/// Places in a text, none of them more than [`MOST_SPREAD`] behind the first: so much phrases are held to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Positions {
    first: usize,
    /// A bit for each place from the first on, so that the lowest is set unless there is none.
    bits: u64,
}

const _: () = assert!(MOST_SPREAD < u64::BITS);

impl Positions {
    pub(super) const NONE: Positions = Positions { first: 0, bits: 0 };

    pub(super) fn one(at: usize) -> Positions {
        Positions { first: at, bits: 1 }
    }

    /// So many places from one on: a bit for each, the lowest for the first.
    pub(super) fn some(first: usize, bits: u32) -> Positions {
        match bits {
            0 => Positions::NONE,
            bits => {
                let skipped = bits.trailing_zeros();
                Positions { first: first + skipped as usize, bits: u64::from(bits >> skipped) }
            }
        }
    }

    #[inline]
    pub(super) fn is_none(self) -> bool {
        self.bits == 0
    }

    pub(super) fn last(self) -> Option<usize> {
        Some(self.first + self.bits.checked_ilog2()? as usize)
    }

    /// The only place, where there is but one.
    #[inline]
    pub(super) fn only(self) -> Option<usize> {
        if self.bits == 1 { Some(self.first) } else { None }
    }

    #[inline]
    pub(super) fn each(self, mut seen: impl FnMut(usize)) {
        let mut rest = self.bits;
        while rest != 0 {
            seen(self.first + rest.trailing_zeros() as usize);
            rest &= rest - 1;
        }
    }

    /// The places where something fits.
    #[inline]
    pub(super) fn keep(self, fits: impl Fn(usize) -> bool) -> Positions {
        if let Some(only) = self.only() {
            return if fits(only) { self } else { Positions::NONE };
        }
        let (mut kept, mut rest) = (0u64, self.bits);
        while rest != 0 {
            let place = rest.trailing_zeros();
            if fits(self.first + place as usize) {
                kept |= 1 << place;
            }
            rest &= rest - 1;
        }
        if kept == 0 {
            return Positions::NONE;
        }
        let skipped = kept.trailing_zeros();
        Positions { first: self.first + skipped as usize, bits: kept >> skipped }
    }

    /// Each place one further.
    #[inline]
    pub(super) fn next(self) -> Positions {
        Positions { first: self.first + 1, ..self }
    }

    pub(super) fn and(self, other: Positions) -> Positions {
        match (self.bits, other.bits) {
            (_, 0) => return self,
            (0, _) => return other,
            _ => {}
        }
        let first = self.first.min(other.first);
        let from =
            |positions: Positions| positions.bits.checked_shl((positions.first - first) as u32).unwrap_or(0);
        Positions { first, bits: from(self) | from(other) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn list(positions: Positions) -> BTreeSet<usize> {
        (0..64).filter(|bit| positions.bits >> bit & 1 != 0).map(|bit| positions.first + bit).collect()
    }

    fn of(places: &BTreeSet<usize>) -> Positions {
        places.iter().fold(Positions::NONE, |all, &place| all.and(Positions::one(place)))
    }

    proptest! {
        #[test]
        fn positions_are_sets(
            one in prop::collection::btree_set(10..60usize, 0..6),
            other in prop::collection::btree_set(10..60usize, 0..6),
        ) {
            let (a, b) = (of(&one), of(&other));
            prop_assert_eq!(list(a), one.clone());
            let mut each = BTreeSet::new();
            a.each(|at| assert!(each.insert(at)));
            prop_assert_eq!(&each, &one);
            let bits = one.iter().filter(|&&place| place < 40).fold(0, |bits, place| bits | 1 << (place - 10));
            prop_assert_eq!(list(Positions::some(10, bits)), one.iter().copied().filter(|&place| place < 40).collect());
            prop_assert_eq!(list(a.and(b)), one.union(&other).copied().collect());
            prop_assert_eq!(a.last(), one.last().copied());
            prop_assert_eq!(a.only().is_some(), one.len() == 1);
            let stepped = a.keep(|at| other.contains(&at)).next();
            prop_assert_eq!(list(stepped), one.intersection(&other).map(|at| at + 1).collect());
        }
    }
}
