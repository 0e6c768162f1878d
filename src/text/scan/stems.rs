//! Stems: what words begin or end with.

use serde::{Deserialize, Serialize};

use crate::text::fold;
use crate::text::packed::{self, Row};
use crate::text::phrase::{Leaf, LeafSort, Leaves};

const NONE: u32 = u32::MAX;

/// Stems of one end of words, sorted, each linked to the longest other stem that it begins with. A word is taken from
/// the end the stems are for: of suffixes the last letter comes first.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Stems {
    at_end: bool,
    /// The first eight bytes of each stem as a number that sorts as they do.
    #[serde(with = "packed")]
    keys: Vec<u64>,
    #[serde(with = "packed")]
    stems: Vec<Stem>,
    letters: String,
    /// A bit for each hash of the first two bytes of stems that have no more, and of the first three of all others, so
    /// that most words are done with at once.
    #[serde(with = "packed")]
    starts: Vec<u64>,
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

    fn of_row([start, end, leaf, parent]: [u32; 4]) -> Stem {
        Stem { letters: (start, end), leaf: Leaf::of_row([leaf]), parent }
    }
}

impl Stems {
    /// All stems of one end. Those that ask for their very letters are found by their folded form, too.
    pub(super) fn new(leaves: &Leaves, at_end: bool) -> Stems {
        let mut stems = Stems { at_end, ..Stems::default() };
        let [folded, cased] = match at_end {
            true => [LeafSort::Suffix, LeafSort::CasedSuffix],
            false => [LeafSort::Prefix, LeafSort::CasedPrefix],
        };
        let numbered = |sort| (0..leaves.count(sort) as u32).map(move |number| Leaf::new(sort, number));
        let mut letters = String::new();
        let mut order: Vec<(u64, u32, u32, Leaf)> = Vec::new();
        for leaf in numbered(folded).chain(numbered(cased)) {
            let start = letters.len();
            if leaf.sort() == cased {
                fold::fold_into(leaves.spelling(leaf), &mut letters);
            } else {
                letters.push_str(leaves.spelling(leaf));
            }
            let key = stems.key(letters.get(start..).unwrap_or(""));
            order.push((key, start as u32, letters.len() as u32, leaf));
        }
        if order.is_empty() {
            return stems;
        }
        stems.starts = vec![0; 1 << (STARTS - 6)];
        let spelling =
            |stem: &(u64, u32, u32, Leaf)| letters.get(stem.1 as usize..stem.2 as usize).unwrap_or("");
        order.sort_unstable_by(|a, b| {
            a.0.cmp(&b.0)
                .then_with(|| stems.rest(spelling(a)).cmp(stems.rest(spelling(b))))
                .then(a.3.cmp(&b.3))
        });
        for entry in &order {
            let letters = spelling(entry);
            let mut parent = stems.stems.len().checked_sub(1).map_or(NONE, |last| last as u32);
            while let Some(stem) = stems.stems.get(parent as usize) {
                if stems.fits(stem, letters) {
                    break;
                }
                parent = stem.parent;
            }
            let (at, bit) = start((entry.0 >> if letters.len() < 3 { 48 } else { 40 }) as u32);
            if let Some(bits) = stems.starts.get_mut(at) {
                *bits |= bit;
            }
            let start = stems.letters.len() as u32;
            stems.letters.push_str(letters);
            stems.keys.push(entry.0);
            stems.stems.push(Stem { letters: (start, stems.letters.len() as u32), leaf: entry.3, parent });
        }
        stems
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
        let (first, second, third) = match (self.at_end, word) {
            (false, [first, second, rest @ ..]) => (first, second, rest.first()),
            (true, [rest @ .., second, first]) => (first, second, rest.last()),
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
            if self.fits(stem, word) {
                found(stem.leaf);
            }
            at = stem.parent;
        }
    }

    /// The last stem that does not sort after the word: if any fits, it is this one or one that this one begins with.
    fn last_before(&self, word: &str) -> Option<u32> {
        let key = self.key(word);
        let mut after = self.keys.partition_point(|&stem| stem < key);
        while self.keys.get(after) == Some(&key) {
            let letters = self.stems.get(after).map_or("", |stem| self.letters(stem));
            if self.rest(letters).gt(self.rest(word)) {
                break;
            }
            after += 1;
        }
        after.checked_sub(1).map(|at| at as u32)
    }

    fn fits(&self, stem: &Stem, word: &str) -> bool {
        let letters = self.letters(stem);
        if self.at_end { word.ends_with(letters) } else { word.starts_with(letters) }
    }

    fn letters(&self, stem: &Stem) -> &str {
        self.letters.get(stem.letters.0 as usize..stem.letters.1 as usize).unwrap_or("")
    }

    /// The first eight bytes, zero where there are none: no word holds a zero.
    fn key(&self, word: &str) -> u64 {
        let bytes = word.as_bytes();
        match (fold::short(bytes), self.at_end) {
            (Some(short), false) => short.swap_bytes(),
            (Some(short), true) => short.checked_shl(64 - 8 * bytes.len() as u32).unwrap_or(0),
            (None, false) => bytes.first_chunk().map_or(0, |first| u64::from_be_bytes(*first)),
            (None, true) => bytes.last_chunk().map_or(0, |last| u64::from_le_bytes(*last)),
        }
    }

    /// The bytes after the first eight.
    fn rest<'w>(&self, word: &'w str) -> impl Iterator<Item = u8> + 'w {
        let bytes = word.as_bytes();
        let at_end = self.at_end;
        let split = if at_end { bytes.len().saturating_sub(8) } else { bytes.len().min(8) };
        let (before, after) = bytes.split_at_checked(split).unwrap_or_default();
        let mut rest = if at_end { before } else { after }.iter().copied();
        std::iter::from_fn(move || if at_end { rest.next_back() } else { rest.next() })
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
                let all = Stems::new(&leaves, sort == LeafSort::Suffix);
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
