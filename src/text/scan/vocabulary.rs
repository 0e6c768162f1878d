//! The vocabulary: what a word of a text is, in one look-up.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::WordFlags;
use super::index::Places;
use super::program::Program;
use super::reach::Reach;
use super::sketch::{Kept, Sketch, Sketches};
use super::stems::Stems;
use crate::text::packed::{self, Row};
use crate::text::phrase::{Kind, Leaf, LeafSort, Leaves, MOST_SPREAD};
use crate::text::token::{Shape, Token, TokenKind, Tokens};
use crate::text::words::WordTable;

/// A word so written may be of more kinds than its own.
const CAPITALS: Shape = Shape::CAPITALISED.or(Shape::ALL_CAPS).or(Shape::ONE_CAPITAL);

/// The number of a word that is not known.
pub(super) const UNKNOWN: u32 = u32::MAX;

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Vocabulary {
    table: WordTable,
    /// By the number of the word.
    #[serde(with = "packed")]
    words: Vec<Word>,
    /// What words are beside themselves: their stems, and what they are in some spelling.
    #[serde(with = "packed")]
    leaves: Vec<Leaf>,
    spellings: WordTable,
    prefixes: Stems,
    suffixes: Stems,
    /// Stems with their very letters, those that words begin with first.
    cased: Vec<CasedStem>,
    cased_prefixes: u32,
    places: Places,
    /// By place: what a token is that is the leaf, its classes included.
    #[serde(with = "packed")]
    of_leaves: Vec<Kept>,
    sketches: Sketches,
    /// By the kind of a token: what every such token is.
    kinds: [OfKind; TokenKind::Break as usize + 1],
}

/// What every token of one kind is.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct OfKind {
    sketch: Sketch,
    passing: Passing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Word {
    /// What it is in any spelling.
    sketch: Kept,
    /// Where its list begins and ends among the leaves.
    leaves: (u32, u32),
    /// Whether its letters may make more of a token than the sketch says.
    has_more: bool,
    flags: WordFlags,
}

impl Row<4> for Word {
    fn to_row(&self) -> [u32; 4] {
        let Word { sketch, leaves: (start, end), has_more, flags } = *self;
        [sketch.0, start, end, u32::from(has_more) << WordFlags::BITS | u32::from(flags)]
    }

    fn of_row([sketch, start, end, rest]: [u32; 4]) -> Word {
        let (has_more, flags) = (rest >> WordFlags::BITS != 0, rest as WordFlags);
        Word { sketch: Kept(sketch), leaves: (start, end), has_more, flags }
    }
}

impl Word {
    /// One that no phrase asks for: it may still have stems.
    const UNKNOWN: &Word = &Word { sketch: Kept::NONE, leaves: (0, 0), has_more: true, flags: 0 };
}

/// A stem with its very letters.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct CasedStem {
    letters: Box<str>,
    leaf: Leaf,
}

/// What is known of one token.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    pub(super) sketch: Sketch,
    /// [`UNKNOWN`] when no phrase asks for it.
    pub(super) word: u32,
    leaves: (u32, u32),
    pub(super) passing: Passing,
    /// How many tokens stand before it that a gap passes over as words.
    words: u32,
    /// How many stand before it that no gap passes over.
    barriers: u32,
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

impl Default for OfKind {
    fn default() -> Self {
        OfKind { sketch: Sketch::NO_TOKEN, passing: Passing::AsWord }
    }
}

/// All tokens of a text, as a vocabulary sees them.
#[derive(Clone, Debug, Default)]
pub(super) struct Sight {
    pub(super) seen: Vec<Seen>,
    leaves: Vec<Leaf>,
    /// The places of the tokens that gaps pass over as words.
    words: Vec<u32>,
    /// The places of those that no gap passes over.
    barriers: Vec<u32>,
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

impl Vocabulary {
    /// `flags` are those of the words, by their numbers.
    pub(super) fn new(leaves: Leaves, places: Places, program: &Program, flags: &[WordFlags]) -> Vocabulary {
        let mut vocabulary = Vocabulary {
            prefixes: Stems::new(&leaves, false),
            suffixes: Stems::new(&leaves, true),
            cased_prefixes: leaves.count(LeafSort::CasedPrefix) as u32,
            places,
            ..Vocabulary::default()
        };
        vocabulary.of_leaves = sketches(places, program, &leaves)
            .into_iter()
            .map(|sketch| vocabulary.sketches.keep(sketch))
            .collect();
        vocabulary.read_kinds();
        for sort in [LeafSort::CasedPrefix, LeafSort::CasedSuffix] {
            for leaf in (0..leaves.count(sort) as u32).map(|number| Leaf::new(sort, number)) {
                vocabulary.cased.push(CasedStem { letters: leaves.spelling(leaf).into(), leaf });
            }
        }
        vocabulary.read_words(&leaves, flags);
        (vocabulary.table, vocabulary.spellings) = leaves.into_words();
        vocabulary.sketches = vocabulary.sketches.closed();
        vocabulary
    }

    fn read_kinds(&mut self) {
        for (token, kind, passing) in [
            (TokenKind::Word, Some(Kind::Word), Passing::AsWord),
            (TokenKind::Number, Some(Kind::Number), Passing::AsWord),
            (TokenKind::Punctuation, None, Passing::AsMark),
            (TokenKind::Emoji, Some(Kind::Emoji), Passing::AsMark),
            (TokenKind::Link, Some(Kind::Link), Passing::AsWord),
            (TokenKind::Email, Some(Kind::Email), Passing::AsWord),
            (TokenKind::Mention, Some(Kind::Mention), Passing::AsWord),
            (TokenKind::Hashtag, Some(Kind::Hashtag), Passing::AsWord),
            (TokenKind::Break, None, Passing::Never),
        ] {
            let mut sketch = Sketch::NO_TOKEN;
            if let Some(kind) = kind {
                sketch.add(self.kind(kind));
            }
            if let Some(slot) = self.kinds.get_mut(token as usize) {
                *slot = OfKind { sketch, passing };
            }
        }
    }

    /// The sketch of a kind and of the classes it is in.
    fn kind(&self, kind: Kind) -> Sketch {
        self.at(self.places.kind(kind as u32))
    }

    fn read_words(&mut self, leaves: &Leaves, flags: &[WordFlags]) {
        let spelt = leaves.cased_words().iter().zip(0..);
        let mut spelt: Vec<(u32, u32)> = spelt.map(|(&word, spelling)| (word, spelling)).collect();
        spelt.sort_unstable();
        let mut spelt = spelt.into_iter().peekable();
        let count = leaves.count(LeafSort::Word) as u32;
        self.words.reserve_exact(count as usize);
        for number in 0..count {
            let mut sketch = self.sketch(Leaf::new(LeafSort::Word, number));
            let start = self.leaves.len();
            while let Some((_, spelling)) = spelt.next_if(|&(word, _)| word == number) {
                self.leaves.push(Leaf::new(LeafSort::Cased, spelling));
            }
            let word = leaves.spelling(Leaf::new(LeafSort::Word, number));
            let ascii = word.as_bytes().first().is_some_and(u8::is_ascii_alphabetic);
            if ascii || word.chars().any(char::is_alphabetic) {
                self.prefixes.of(word, |leaf| self.leaves.push(leaf));
                self.suffixes.of(word, |leaf| self.leaves.push(leaf));
            }
            for &leaf in self.leaves.get(start..).unwrap_or_default() {
                if !is_cased(leaf) {
                    sketch.add(self.sketch(leaf));
                }
            }
            let flags = flags.get(number as usize).copied().unwrap_or(0);
            let leaves = (start as u32, self.leaves.len() as u32);
            let sketch = self.sketches.keep(sketch);
            self.words.push(Word { sketch, leaves, has_more: leaves.0 != leaves.1, flags });
        }
    }

    /// The sketch of a leaf and of the classes it is in.
    fn sketch(&self, leaf: Leaf) -> Sketch {
        self.at(self.places.leaf(leaf))
    }

    /// The sketch of what has a place.
    fn at(&self, place: usize) -> Sketch {
        *self.sketches.get(self.of_leaves.get(place).copied().unwrap_or(Kept::NONE))
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
            let mut sketch = *self.sketches.get(word.sketch);
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
            if word.has_more || token.shape.has(Shape::DISGUISED) {
                if let Some(seen) = seen.last_mut() {
                    self.look_closely(text, tokens, token, seen, leaves);
                }
            }
        }
        let (words, barriers) = (words.len() as u32, barriers.len() as u32);
        seen.push(Seen { words, barriers, ..Seen::NOTHING });
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
        if let Some(&Word { leaves: (start, end), .. }) = self.words.get(seen.word as usize) {
            for &leaf in self.leaves.get(start as usize..end as usize).unwrap_or_default() {
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

/// The sketches of all leaves, by place.
fn sketches(places: Places, program: &Program, leaves: &Leaves) -> Vec<Sketch> {
    let mut sketches = Vec::with_capacity(places.leaves());
    for sort in LeafSort::SPELLED.into_iter().chain([LeafSort::Kind]) {
        let numbers = 0..leaves.count(sort) as u32;
        sketches.extend(numbers.map(|number| Sketch::leaf(Leaf::new(sort, number))));
    }
    for class in 0..program.classes() {
        let set = program.class(class).map(|class| class.set);
        for leaf in set.into_iter().flat_map(|set| program.leaves(set)) {
            if let Some(sketch) = sketches.get_mut(places.leaf(leaf)) {
                sketch.add(Sketch::class(class));
            }
        }
    }
    sketches
}

fn is_cased(leaf: Leaf) -> bool {
    matches!(leaf.sort(), LeafSort::Cased | LeafSort::CasedPrefix | LeafSort::CasedSuffix)
}
