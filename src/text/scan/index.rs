//! The index: from what a token is to the phrases that are anchored there.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::reach::Reach;
use super::sketch::{Kept, Sketch, SketchBuilder, Sketches};
use crate::text::phrase::{Leaf, LeafSort, Leaves};
use crate::text::rows::{Row, RowSlice, Rows};

/// A place of a phrase by which it is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Anchor {
    pub(super) phrase: u32,
    /// What the phrase has before it.
    pub(super) before: Reach,
    /// Whether it is the whole of what the phrase begins with.
    pub(super) first: bool,
    /// What the tokens beside it must be, by and large.
    pub(super) neighbours: [Kept; 2],
    /// What must stand further away, before it and behind it.
    pub(super) demands: [Demand; 2],
}

/// What one of the tokens further away must be, by and large.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Demand {
    pub(super) sketch: Kept,
    /// What there is between the anchor and it.
    pub(super) reach: Reach,
}

impl Demand {
    /// Nothing further away is asked for.
    pub(super) const NONE: Demand = Demand { sketch: Kept::ANYTHING, reach: Reach::NOTHING };

    #[inline]
    pub(super) fn is_none(&self) -> bool {
        self.reach.is_nothing()
    }
}

impl Row<8> for Anchor {
    fn to_row(&self) -> [u32; 8] {
        let Anchor {
            phrase,
            before,
            first,
            neighbours: [left, right],
            demands: [further_left, further_right],
        } = *self;
        [
            phrase,
            before.to_bits() | u32::from(first),
            left.0,
            right.0,
            further_left.sketch.0,
            further_left.reach.to_bits(),
            further_right.sketch.0,
            further_right.reach.to_bits(),
        ]
    }

    #[inline(always)]
    fn of_row(
        [phrase, before, left, right, wanted_left, reach_left, wanted_right, reach_right]: [u32; 8],
    ) -> Anchor {
        let demand = |sketch, reach| Demand { sketch: Kept(sketch), reach: Reach::of_bits(reach) };
        Anchor {
            phrase,
            before: Reach::of_bits(before),
            first: before & 1 != 0,
            neighbours: [Kept(left), Kept(right)],
            demands: [demand(wanted_left, reach_left), demand(wanted_right, reach_right)],
        }
    }
}

/// Numbers for all leaves and classes in one row: words first, so that a word's number is its own.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(super) struct Places {
    sorts: [u32; LeafSort::SPELLED.len() + 1],
    classes: u32,
}

impl Places {
    pub(super) fn new(leaves: &Leaves) -> Places {
        let mut places = Places::default();
        for (sort, start) in LeafSort::SPELLED.into_iter().chain([LeafSort::Kind]).zip(&mut places.sorts) {
            *start = places.classes;
            places.classes += leaves.count(sort) as u32;
        }
        places
    }

    #[inline]
    pub(super) fn leaf(&self, leaf: Leaf) -> usize {
        let start = self.sorts.get(leaf.row()).copied().unwrap_or(0);
        (start + leaf.number()) as usize
    }

    /// The places of all leaves of a sort that has a spelling.
    pub(super) fn of_sort(&self, sort: LeafSort) -> Range<usize> {
        match self.sorts.get(sort as usize..).and_then(<[u32]>::first_chunk) {
            Some(&[start, end]) => start as usize..end as usize,
            None => 0..0,
        }
    }

    pub(super) fn kind(&self, kind: u32) -> usize {
        self.leaf(Leaf::new(LeafSort::Kind, kind))
    }

    pub(super) fn class(&self, class: u32) -> usize {
        (self.classes + class) as usize
    }

    /// How many leaves there are.
    pub(super) fn leaves(&self) -> usize {
        self.classes as usize
    }
}

/// The anchors of all phrases.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(super) struct Index {
    pub(super) places: Places,
    anchors: Rows<Anchor, 8>,
    sketches: Sketches,
    /// Where the list of each place begins, and at last where the last one ends.
    starts: Rows<u32, 1>,
    lists: Rows<u32, 1>,
    /// The kinds and classes that phrases are anchored at.
    pub(super) anchored: Sketch,
}

impl Index {
    /// The numbers of the anchors of what has a place.
    #[inline(always)]
    pub(super) fn at(&self, place: usize) -> RowSlice<'_, u32, 1> {
        let [start, end] = [place, place + 1].map(|at| self.starts.get(at).unwrap_or(0));
        self.lists.range(start..end)
    }

    /// Whether what is there meets a sketch that anchors name by its number.
    #[inline(always)]
    pub(super) fn meets(&self, there: &Sketch, wanted: Kept) -> bool {
        self.sketches.meets(there, wanted)
    }

    #[inline(always)]
    pub(super) fn anchor(&self, number: u32) -> Option<Anchor> {
        self.anchors.get(number as usize)
    }
}

/// Collects anchors.
pub(super) struct IndexBuilder {
    places: Places,
    classes: u32,
    anchors: Vec<Anchor>,
    sketches: SketchBuilder,
    pairs: Vec<(u32, u32)>,
    anchored: Sketch,
}

impl IndexBuilder {
    pub(super) fn new(places: Places, classes: u32) -> IndexBuilder {
        IndexBuilder {
            places,
            classes,
            anchors: Vec::new(),
            sketches: SketchBuilder::default(),
            pairs: Vec::new(),
            anchored: Sketch::NONE,
        }
    }

    pub(super) fn keep(&mut self, sketch: Sketch) -> Kept {
        self.sketches.keep(sketch)
    }

    /// Makes room for so many anchors.
    pub(super) fn reserve(&mut self, anchors: usize) {
        self.anchors.reserve(anchors);
        self.pairs.reserve(anchors);
    }

    /// Adds an anchor at some leaves.
    pub(super) fn leaves(&mut self, anchor: Anchor, leaves: impl Iterator<Item = Leaf>) {
        let number = self.anchors.len() as u32;
        self.anchors.push(anchor);
        for leaf in leaves {
            if leaf.sort() == LeafSort::Kind {
                self.anchored.add(Sketch::leaf(leaf));
            }
            self.pairs.push((self.places.leaf(leaf) as u32, number));
        }
    }

    /// Adds an anchor at the single tokens of a class.
    pub(super) fn class(&mut self, anchor: Anchor, class: u32) {
        self.pairs.push((self.places.class(class) as u32, self.anchors.len() as u32));
        self.anchors.push(anchor);
        self.anchored.add(Sketch::class(class));
    }

    pub(super) fn finish(self) -> Index {
        let places = self.places.class(self.classes);
        let mut starts = vec![0u32; places + 1];
        for &(place, _) in &self.pairs {
            if let Some(count) = starts.get_mut(place as usize) {
                *count += 1;
            }
        }
        let mut total = 0;
        for start in &mut starts {
            total += *start;
            *start = total;
        }
        let mut lists = vec![0; self.pairs.len()];
        // Every start stands at the end of its list now, and goes down to its beginning.
        for &(place, anchor) in self.pairs.iter().rev() {
            let Some(at) = starts.get_mut(place as usize) else { continue };
            *at -= 1;
            if let Some(slot) = lists.get_mut(*at as usize) {
                *slot = anchor;
            }
        }
        let IndexBuilder { places, anchors, sketches, anchored, .. } = self;
        Index {
            places,
            anchors: anchors.into_iter().collect(),
            sketches: sketches.finish(),
            starts: starts.into_iter().collect(),
            lists: lists.into_iter().collect(),
            anchored,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_row_holds_all_of_an_anchor(
            (phrase, first) in any::<(u32, bool)>(),
            sketches in any::<[u32; 4]>(),
            reaches in any::<[(u16, u16, bool); 3]>(),
        ) {
            let [left, right, further_left, further_right] = sketches.map(Kept);
            let [before, reach_left, reach_right] =
                reaches.map(|(fewest, words, within)| Reach { fewest: fewest >> 1, words: words >> 1, within });
            let demands = [
                Demand { sketch: further_left, reach: reach_left },
                Demand { sketch: further_right, reach: reach_right },
            ];
            let anchor = Anchor { phrase, before, first, neighbours: [left, right], demands };
            prop_assert_eq!(Anchor::of_row(anchor.to_row()), anchor);
        }
    }
}
