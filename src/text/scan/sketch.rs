//! Sketches: by and large, what a token is and what a phrase asks of it.
//!
//! Two sketches that have no bit in common cannot fit, and that is all they say. A kind of token has a bit of its own,
//! and so has a class as long as there are no more than 64; words, spellings and stems share the other bits.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::text::phrase::{Kind, Leaf, LeafSort};
use crate::text::rows::{Row, Rows};

/// What a token is, or what it may be asked to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) struct Sketch {
    leaves: [u64; 2],
    classes: u64,
}

const KINDS: u32 = Kind::ALL.len() as u32;
const ALL_KINDS: u64 = (1 << KINDS) - 1;
/// How many bits words, spellings and stems share.
const SHARED: u64 = 127 - KINDS as u64;
/// The bit of what stands at a place whatever stands there, and be it nothing: the last of the leaves.
const ALWAYS: [u64; 2] = [0, 1 << 63];

impl Sketch {
    /// So many classes have a bit of their own.
    pub(super) const CLASSES: u32 = 64;
    /// No demand at all: fits everything, and the end of the text, too.
    pub(super) const ANYTHING: Sketch = Sketch { leaves: [u64::MAX; 2], classes: u64::MAX };
    /// What nothing fits.
    pub(super) const NONE: Sketch = Sketch { leaves: [0; 2], classes: 0 };
    /// What there is where no token is.
    pub(super) const NO_TOKEN: Sketch = Sketch { leaves: ALWAYS, classes: 0 };

    pub(super) fn leaf(leaf: Leaf) -> Sketch {
        let bit = match leaf.sort() {
            LeafSort::Kind => leaf.number(),
            // Words are numbered as phrases ask for them, and those that many ask for early: so these share no bit.
            LeafSort::Word => KINDS + leaf.number() % SHARED as u32,
            _ => {
                let hash = u64::from(leaf.code()).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32;
                KINDS + ((hash * SHARED) >> 32) as u32
            }
        };
        let leaves = if bit < 64 { [1 << bit, 0] } else { [0, 1 << (bit - 64)] };
        Sketch { leaves, classes: 0 }
    }

    pub(super) fn class(class: u32) -> Sketch {
        Sketch { leaves: [0; 2], classes: 1 << (class % Sketch::CLASSES) }
    }

    #[inline]
    pub(super) fn add(&mut self, other: Sketch) {
        for (own, more) in self.leaves.iter_mut().zip(other.leaves) {
            *own |= more;
        }
        self.classes |= other.classes;
    }

    #[inline]
    pub(super) fn meets(&self, other: &Sketch) -> bool {
        let ([one, two], [other_one, other_two]) = (&self.leaves, &other.leaves);
        (one & other_one) | (two & other_two) | (self.classes & other.classes) != 0
    }

    /// Whether a token is of a class, or of one that shares its bit.
    #[inline]
    pub(super) fn may_be_of(self, class: u32) -> bool {
        self.classes >> (class % Sketch::CLASSES) & 1 != 0
    }

    fn kinds(self) -> u64 {
        let [kinds, _] = self.leaves;
        kinds & ALL_KINDS
    }

    /// Whether a kind is in both.
    #[inline]
    pub(super) fn shares_kind(self, other: Sketch) -> bool {
        self.kinds() & other.kinds() != 0
    }

    /// The sketch of a leaf that is a kind.
    pub(super) fn of_kind(leaf: Leaf) -> Option<Sketch> {
        (leaf.sort() == LeafSort::Kind).then(|| Sketch::leaf(leaf))
    }

    /// The kinds in both.
    pub(super) fn shared_kinds(self, other: Sketch) -> impl Iterator<Item = u32> {
        bits(self.kinds() & other.kinds())
    }

    /// The bits of classes in both.
    pub(super) fn shared_classes(self, other: Sketch) -> impl Iterator<Item = u32> {
        bits(self.classes & other.classes)
    }
}

/// Sketches by their numbers.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(super) struct Sketches(Rows<Sketch, 6>);

/// Collects sketches, each of them once, for there are far fewer than what asks for them.
pub(super) struct SketchBuilder {
    kept: Vec<Sketch>,
    numbers: HashMap<Sketch, Kept>,
}

/// A sketch that is kept, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kept(pub(super) u32);

impl Kept {
    /// [`Sketch::ANYTHING`], which all keep.
    pub(super) const ANYTHING: Kept = Kept(0);
    /// [`Sketch::NONE`], which all keep.
    pub(super) const NONE: Kept = Kept(1);
}

impl Row<1> for Kept {
    fn to_row(&self) -> [u32; 1] {
        [self.0]
    }

    #[inline(always)]
    fn of_row([number]: [u32; 1]) -> Kept {
        Kept(number)
    }
}

impl Sketches {
    #[inline(always)]
    pub(super) fn get(&self, Kept(number): Kept) -> Sketch {
        self.0.get(number as usize).unwrap_or(Sketch::ANYTHING)
    }

    /// Whether what is there meets a sketch that is kept.
    #[inline(always)]
    pub(super) fn meets(&self, there: &Sketch, Kept(number): Kept) -> bool {
        self.0.get(number as usize).is_none_or(|wanted| there.meets(&wanted))
    }
}

impl Default for SketchBuilder {
    fn default() -> Self {
        let numbers = HashMap::from([(Sketch::ANYTHING, Kept::ANYTHING), (Sketch::NONE, Kept::NONE)]);
        SketchBuilder { kept: vec![Sketch::ANYTHING, Sketch::NONE], numbers }
    }
}

impl SketchBuilder {
    pub(super) fn keep(&mut self, sketch: Sketch) -> Kept {
        *self.numbers.entry(sketch).or_insert_with(|| {
            self.kept.push(sketch);
            Kept(self.kept.len() as u32 - 1)
        })
    }

    pub(super) fn get(&self, Kept(number): Kept) -> Sketch {
        self.kept.get(number as usize).copied().unwrap_or(Sketch::ANYTHING)
    }

    pub(super) fn finish(self) -> Sketches {
        Sketches(self.kept.into_iter().collect())
    }
}

impl Row<6> for Sketch {
    fn to_row(&self) -> [u32; 6] {
        let Sketch { leaves: [low, high], classes } = *self;
        let [[a, b], [c, d], [e, f]] = [low, high, classes].map(|word| word.to_row());
        [a, b, c, d, e, f]
    }

    #[inline(always)]
    fn of_row([a, b, c, d, e, f]: [u32; 6]) -> Sketch {
        Sketch { leaves: [u64::of_row([a, b]), u64::of_row([c, d])], classes: u64::of_row([e, f]) }
    }
}

fn bits(mut bits: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let bit = (bits != 0).then(|| bits.trailing_zeros());
        bits &= bits.wrapping_sub(1);
        bit
    })
}
