//! Stems: what words begin or end with.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::text::fold;
use crate::text::phrase::{Leaf, LeafSort, Leaves};
use crate::text::rows::{self, Row, Rows};

const NONE: u32 = u32::MAX;

/// Which end of words stems are looked for at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum End {
    #[default]
    First,
    Last,
}

/// Stems of one end of words, sorted, each linked to the longest other stem that it begins with. A word is taken from
/// the end the stems are for: of suffixes the last letter comes first.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(super) struct Stems {
    end: End,
    /// The first eight bytes of each stem as a number that sorts as they do.
    keys: Rows<u64, 2>,
    stems: Rows<Stem, 4>,
    #[serde(deserialize_with = "rows::text")]
    letters: Cow<'static, str>,
    /// A bit for each hash of the first two bytes of stems that have no more, and of the first three of all others, so
    /// that most words are done with at once.
    starts: Rows<u64, 2>,
}

/// The bits of `starts` are `1 << STARTS`.
const STARTS: u32 = 14;

/// Where the bit of two or three bytes lies.
#[inline]
fn start(bytes: u32) -> (usize, u64) {
    let hash = (u64::from(bytes).wrapping_mul(fold::K) >> (64 - STARTS)) as usize;
    (hash >> 6, 1 << (hash & 63))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stem {
    letters: (u32, u32),
    leaf: Leaf,
    parent: u32,
}

impl Row<4> for Stem {
    fn to_row(&self) -> [u32; 4] {
        let [leaf] = self.leaf.to_row();
        [self.letters.0, self.letters.1, leaf, self.parent]
    }

    #[inline(always)]
    fn of_row([start, end, leaf, parent]: [u32; 4]) -> Stem {
        Stem { letters: (start, end), leaf: Leaf::of_row([leaf]), parent }
    }
}

impl Stem {
    fn letters(self, all: &str) -> &str {
        all.get(self.letters.0 as usize..self.letters.1 as usize).unwrap_or("")
    }
}

impl End {
    fn has(self, word: &str, stem: &str) -> bool {
        match self {
            End::First => word.starts_with(stem),
            End::Last => word.ends_with(stem),
        }
    }

    /// The first eight bytes, zero where there are none: no word holds a zero.
    fn key(self, word: &str) -> u64 {
        let bytes = word.as_bytes();
        match (fold::short(bytes), self) {
            (Some(short), End::First) => short.swap_bytes(),
            (Some(short), End::Last) => short.checked_shl(64 - 8 * bytes.len() as u32).unwrap_or(0),
            (None, End::First) => bytes.first_chunk().map_or(0, |first| u64::from_be_bytes(*first)),
            (None, End::Last) => bytes.last_chunk().map_or(0, |last| u64::from_le_bytes(*last)),
        }
    }

    /// The bytes after the first eight.
    fn rest(self, word: &str) -> impl Iterator<Item = u8> {
        let bytes = word.as_bytes();
        let at_end = self == End::Last;
        let split = if at_end { bytes.len().saturating_sub(8) } else { bytes.len().min(8) };
        let (before, after) = bytes.split_at_checked(split).unwrap_or_default();
        let mut rest = if at_end { before } else { after }.iter().copied();
        std::iter::from_fn(move || if at_end { rest.next_back() } else { rest.next() })
    }
}

impl Stems {
    /// All stems of one end. Those that ask for their very letters are found by their folded form, too.
    pub(super) fn new(leaves: &Leaves, end: End) -> Stems {
        let [folded, cased] = match end {
            End::First => [LeafSort::Prefix, LeafSort::CasedPrefix],
            End::Last => [LeafSort::Suffix, LeafSort::CasedSuffix],
        };
        let numbered = |sort| (0..leaves.count(sort) as u32).map(move |number| Leaf::new(sort, number));
        let spelled = |leaf: Leaf| {
            let mut folded = String::new();
            if leaf.sort() == cased {
                fold::fold_into(leaves.spelling(leaf), &mut folded);
                return Cow::Owned(folded);
            }
            Cow::Borrowed(leaves.spelling(leaf))
        };
        let keyed = numbered(folded).chain(numbered(cased)).map(|leaf| (leaf, spelled(leaf)));
        let mut order: Vec<(u64, Cow<'_, str>, Leaf)> =
            keyed.map(|(leaf, letters)| (end.key(&letters), letters, leaf)).collect();
        if order.is_empty() {
            return Stems { end, ..Stems::default() };
        }
        order.sort_unstable_by(|(key, letters, leaf), (other_key, other, other_leaf)| {
            key.cmp(other_key).then_with(|| end.rest(letters).cmp(end.rest(other))).then(leaf.cmp(other_leaf))
        });
        let mut starts = vec![0; 1 << (STARTS - 6)];
        let (mut text, mut stems) = (String::new(), Vec::<Stem>::new());
        for (key, letters, leaf) in &order {
            let mut parent = stems.len().checked_sub(1).map_or(NONE, |last| last as u32);
            while let Some(stem) =
                stems.get(parent as usize).filter(|stem| !end.has(letters, stem.letters(&text)))
            {
                parent = stem.parent;
            }
            let (at, bit) = start((key >> if letters.len() < 3 { 48 } else { 40 }) as u32);
            if let Some(bits) = starts.get_mut(at) {
                *bits |= bit;
            }
            let start = text.len() as u32;
            text.push_str(letters);
            stems.push(Stem { letters: (start, text.len() as u32), leaf: *leaf, parent });
        }
        Stems {
            end,
            keys: order.iter().map(|(key, ..)| *key).collect(),
            stems: stems.into_iter().collect(),
            letters: text.into(),
            starts: starts.into_iter().collect(),
        }
    }

    /// Calls `found` with the leaf of every stem that a word has.
    #[inline]
    pub(super) fn of(&self, word: &str, found: impl FnMut(Leaf)) {
        if self.may_have(word.as_bytes()) {
            self.find(word, found);
        }
    }

    /// Whether some stem begins as the word does, by its first two or three bytes.
    #[inline]
    fn may_have(&self, word: &[u8]) -> bool {
        let (first, second, third) = match (self.end, word) {
            (End::First, [first, second, rest @ ..]) => (first, second, rest.first()),
            (End::Last, [rest @ .., second, first]) => (first, second, rest.last()),
            _ => return false,
        };
        let begins = |bytes| {
            let (at, bit) = start(bytes);
            self.starts.get(at).is_some_and(|bits| bits & bit != 0)
        };
        let two = u32::from(*first) << 8 | u32::from(*second);
        begins(two) || third.is_some_and(|&third| begins(two << 8 | u32::from(third)))
    }

    fn find(&self, word: &str, mut found: impl FnMut(Leaf)) {
        let Some(mut at) = self.last_before(word) else { return };
        while let Some(stem) = self.stems.get(at as usize) {
            if self.end.has(word, stem.letters(&self.letters)) {
                found(stem.leaf);
            }
            at = stem.parent;
        }
    }

    /// The last stem that does not sort after the word: if any fits, it is this one or one that this one begins with.
    fn last_before(&self, word: &str) -> Option<u32> {
        let key = self.end.key(word);
        let mut after = self.first_from(key);
        while self.keys.get(after) == Some(key) {
            let letters = self.stems.get(after).map_or("", |stem| stem.letters(&self.letters));
            if self.end.rest(letters).gt(self.end.rest(word)) {
                break;
            }
            after += 1;
        }
        after.checked_sub(1).map(|at| at as u32)
    }

    /// The first stem whose key is not smaller.
    fn first_from(&self, key: u64) -> usize {
        let (mut start, mut end) = (0, self.keys.len());
        while start < end {
            let middle = start.midpoint(end);
            match self.keys.get(middle) {
                Some(stem) if stem < key => start = middle + 1,
                _ => end = middle,
            }
        }
        start
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_word_has_the_stems_it_begins_or_ends_with(
            stems in prop::collection::vec("[abå]{2,11}", 0..30),
            words in prop::collection::vec("[abå]{0,14}", 1..20),
        ) {
            let mut leaves = Leaves::default();
            for stem in &stems {
                leaves.stem(LeafSort::Prefix, stem);
                leaves.stem(LeafSort::Suffix, stem);
            }
            for sort in [LeafSort::Prefix, LeafSort::Suffix] {
                let all = Stems::new(&leaves, if sort == LeafSort::Suffix { End::Last } else { End::First });
                for word in stems.iter().chain(&words) {
                    let mut found = Vec::new();
                    all.of(word, |leaf| found.push(leaf));
                    found.sort();
                    let mut expected: Vec<Leaf> = (0..leaves.count(sort) as u32)
                        .map(|number| Leaf::new(sort, number))
                        .filter(|&leaf| {
                            let stem = leaves.spelling(leaf);
                            if sort == LeafSort::Prefix { word.starts_with(stem) } else { word.ends_with(stem) }
                        })
                        .collect();
                    expected.sort();
                    prop_assert_eq!(found, expected, "{} of {:?}", word, stems);
                }
            }
        }
    }
}
