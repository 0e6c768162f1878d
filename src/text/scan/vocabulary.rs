//! The vocabulary: what a word of a text is, in one look-up.

use serde::{Deserialize, Serialize};

use super::index::Places;
use super::sight::{Passing, Seen, Sight, UNKNOWN};
use super::sketch::{Kept, Sketch, Sketches};
use super::stems::Stems;
use super::{STOP, WordFlags};
use crate::text::dictionary::Dictionary;
use crate::text::phrase::{Kind, Leaf, LeafSort};
use crate::text::rows::{Row, Rows};
use crate::text::token::{Shape, Token, TokenKind, Tokens};

/// A token so marked has more to it than its word.
const MORE: Shape = Shape::DISGUISED.or(Shape::UNWRITTEN_STOP);
/// A word so written may be of more kinds than its own.
const CAPITALS: Shape = Shape::CAPITALISED.or(Shape::ALL_CAPS).or(Shape::ONE_CAPITAL);

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(super) struct Vocabulary {
    pub(super) table: Dictionary,
    /// By the number of the word.
    pub(super) words: Rows<Word, 4>,
    /// What words are beside themselves: their stems, and what they are in some spelling.
    pub(super) leaves: Rows<Leaf, 1>,
    pub(super) spellings: Dictionary,
    pub(super) prefixes: Stems,
    pub(super) suffixes: Stems,
    /// Stems with their very letters, those that words begin with first.
    pub(super) cased: Vec<CasedStem>,
    pub(super) cased_prefixes: u32,
    pub(super) places: Places,
    /// By place: what a token is that is the leaf, its classes included.
    pub(super) of_leaves: Rows<Kept, 1>,
    pub(super) sketches: Sketches,
    /// By the kind of a token: what every such token is.
    pub(super) kinds: [OfKind; TokenKind::Break as usize + 1],
}

/// What every token of one kind is.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct OfKind {
    pub(super) sketch: Sketch,
    pub(super) passing: Passing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// What it is in any spelling.
    pub(super) sketch: Kept,
    /// Where its list begins and ends among the leaves.
    pub(super) leaves: (u32, u32),
    /// Whether its letters may make more of a token than the sketch says.
    pub(super) has_more: bool,
    pub(super) flags: WordFlags,
}

impl Row<4> for Word {
    fn to_row(&self) -> [u32; 4] {
        let Word { sketch, leaves: (start, end), has_more, flags } = *self;
        [sketch.0, start, end, u32::from(has_more) << WordFlags::BITS | u32::from(flags)]
    }

    #[inline(always)]
    fn of_row([sketch, start, end, rest]: [u32; 4]) -> Word {
        let (has_more, flags) = (rest >> WordFlags::BITS != 0, rest as WordFlags);
        Word { sketch: Kept(sketch), leaves: (start, end), has_more, flags }
    }
}

impl Word {
    /// One that no phrase asks for: it may still have stems.
    const UNKNOWN: Word = Word { sketch: Kept::NONE, leaves: (0, 0), has_more: true, flags: 0 };
}

/// A stem with its very letters.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct CasedStem {
    pub(super) letters: Box<str>,
    pub(super) leaf: Leaf,
}

impl Default for OfKind {
    fn default() -> Self {
        OfKind { sketch: Sketch::NO_TOKEN, passing: Passing::AsWord }
    }
}

impl Vocabulary {
    /// The sketch of a kind and of the classes it is in.
    fn kind(&self, kind: Kind) -> Sketch {
        self.at(self.places.kind(kind as u32))
    }

    /// The sketch of a leaf and of the classes it is in.
    fn sketch(&self, leaf: Leaf) -> Sketch {
        self.at(self.places.leaf(leaf))
    }

    /// The sketch of what has a place.
    fn at(&self, place: usize) -> Sketch {
        self.sketches.get(self.of_leaves.get(place).unwrap_or(Kept::NONE))
    }

    #[inline]
    pub(super) fn find(&self, tokens: &Tokens, token: &Token) -> Option<u32> {
        self.table.find_key(token.key(), || tokens.folded(token))
    }

    pub(super) fn flags(&self, word: u32) -> WordFlags {
        self.words.get(word as usize).map_or(0, |word| word.flags)
    }

    /// Looks at every token of a text.
    pub(super) fn see(&self, text: &str, tokens: &Tokens, sight: &mut Sight) {
        let Sight { seen, leaves, words, barriers } = sight;
        seen.clear();
        leaves.clear();
        words.clear();
        barriers.clear();
        for token in tokens.as_slice() {
            let number = self.find(tokens, token).unwrap_or(UNKNOWN);
            let word = self.words.get(number as usize).unwrap_or(Word::UNKNOWN);
            let mut sketch = self.sketches.get(word.sketch);
            let of_kind = self.kinds.get(token.kind as usize).copied().unwrap_or_default();
            sketch.add(of_kind.sketch);
            if token.shape.has_any(CAPITALS) {
                sketch.add(self.sketch_of_case(token));
            }
            let passing = if token.shape.has(Shape::BARRIER) { Passing::Never } else { of_kind.passing };
            let (words_before, barriers_before) = (words.len() as u32, barriers.len() as u32);
            match passing {
                Passing::AsWord => words.push(seen.len() as u32),
                Passing::AsMark => {}
                Passing::Never => barriers.push(seen.len() as u32),
            }
            seen.push(Seen {
                sketch,
                word: number,
                leaves: (0, 0),
                passing,
                words: words_before,
                barriers: barriers_before,
            });
            // Of nearly every token this is all there is to be said.
            if word.has_more || token.shape.has_any(MORE) {
                if let Some(seen) = seen.last_mut() {
                    self.look_closely(text, tokens, token, seen, leaves);
                }
            }
        }
        let (words, barriers) = (words.len() as u32, barriers.len() as u32);
        let end = Seen { words, barriers, ..Seen::NOTHING };
        if tokens.as_slice().last().is_some_and(|last| last.kind != TokenKind::Punctuation) {
            seen.push(self.last_stop(end));
        }
        seen.push(end);
    }

    /// The full stop that ends a text whose last sentence was left without: what is heard before a full stop is heard
    /// there, too.
    fn last_stop(&self, end: Seen) -> Seen {
        let mut sketch = self.sketch(STOP);
        sketch.add(end.sketch);
        Seen { sketch, word: STOP.number(), passing: Passing::AsMark, ..end }
    }

    /// Adds what a token is by its letters: its stems, its spelling.
    #[inline(never)]
    fn look_closely(
        &self,
        text: &str,
        tokens: &Tokens,
        token: &Token,
        seen: &mut Seen,
        leaves: &mut Vec<Leaf>,
    ) {
        let from = leaves.len() as u32;
        let sketch = &mut seen.sketch;
        if let Some(Word { leaves: (start, end), .. }) = self.words.get(seen.word as usize) {
            for leaf in self.leaves.range(start..end).iter() {
                // What the word is in any spelling is in its sketch.
                if is_cased(leaf) {
                    self.gain(leaf, text, token, sketch, leaves);
                } else {
                    leaves.push(leaf);
                }
            }
        } else if token.kind == TokenKind::Word {
            let word = tokens.folded(token);
            for stems in [&self.prefixes, &self.suffixes] {
                stems.of(word, |leaf| self.gain(leaf, text, token, sketch, leaves));
            }
        }
        if token.kind == TokenKind::Word && token.shape.has(Shape::DISGUISED) {
            self.see_disguised(token.span.of(text), sketch, leaves);
        }
        if token.shape.has(Shape::UNWRITTEN_STOP) {
            sketch.add(self.sketch(STOP));
            leaves.push(STOP);
        }
        seen.leaves = (from, leaves.len() as u32);
    }

    /// Adds a leaf that a token is, if it is so in its spelling.
    fn gain(&self, leaf: Leaf, text: &str, token: &Token, sketch: &mut Sketch, leaves: &mut Vec<Leaf>) {
        if !is_cased(leaf) || self.is_spelt(leaf, text, token) {
            sketch.add(self.sketch(leaf));
            leaves.push(leaf);
        }
    }

    fn is_spelt(&self, leaf: Leaf, text: &str, token: &Token) -> bool {
        if token.kind != TokenKind::Word {
            return false;
        }
        match leaf.sort() {
            LeafSort::Cased => token.is_written(text, self.spellings.word(leaf.number())),
            // What is disguised need not begin as its folded form does.
            _ => !token.shape.has(Shape::DISGUISED) && self.is_stem(leaf, token.span.of(text)),
        }
    }

    fn is_stem(&self, leaf: Leaf, word: &str) -> bool {
        let before = if leaf.sort() == LeafSort::CasedSuffix { self.cased_prefixes } else { 0 };
        self.cased.get((before + leaf.number()) as usize).is_some_and(|stem| stem.fits(word))
    }

    fn see_disguised(&self, word: &str, sketch: &mut Sketch, leaves: &mut Vec<Leaf>) {
        for stem in self.cased.iter().filter(|stem| stem.fits(word)) {
            sketch.add(self.sketch(stem.leaf));
            leaves.push(stem.leaf);
        }
    }

    /// The kinds that a word is of by its capital letters.
    #[inline(never)]
    fn sketch_of_case(&self, token: &Token) -> Sketch {
        let mut sketch = Sketch::NONE;
        let letters = token.span.len();
        let one = token.shape.has(Shape::ONE_CAPITAL);
        let all = token.shape.has(Shape::ALL_CAPS);
        if token.shape.has(Shape::CAPITALISED) && !one {
            sketch.add(self.kind(Kind::Name));
        }
        if all && letters >= 3 {
            sketch.add(self.kind(Kind::Caps));
        }
        if one || all && letters <= 3 {
            sketch.add(self.kind(Kind::Initials));
        }
        sketch
    }
}

impl CasedStem {
    /// Whether a word begins (or ends) with the letters as written, the rest of it in lower case.
    fn fits(&self, word: &str) -> bool {
        let rest = match self.leaf.sort() {
            LeafSort::CasedSuffix => word.strip_suffix(&*self.letters),
            _ => word.strip_prefix(&*self.letters),
        };
        rest.is_some_and(|rest| !rest.chars().any(char::is_uppercase))
    }
}

pub(super) fn is_cased(leaf: Leaf) -> bool {
    matches!(leaf.sort(), LeafSort::Cased | LeafSort::CasedPrefix | LeafSort::CasedSuffix)
}
