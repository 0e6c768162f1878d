//! The vocabulary: what a word of a text is, in one look-up.

use super::WordFlags;
use super::index::Places;
use super::program::Program;
use super::sketch::Sketch;
use super::stems::Stems;
use crate::text::phrase::{Kind, Leaf, LeafSort, Leaves};
use crate::text::token::{Shape, Token, TokenKind, Tokens};
use crate::text::words::WordTable;

/// The number of a word that is not known.
pub(super) const UNKNOWN: u32 = u32::MAX;

#[derive(Clone, Debug, Default)]
pub(super) struct Vocabulary {
    table: WordTable,
    /// By the number of the word, and one more at the end.
    words: Vec<Word>,
    /// What words are beside themselves: their stems, and what they are in some spelling.
    leaves: Vec<Leaf>,
    spellings: WordTable,
    prefixes: Stems,
    suffixes: Stems,
    /// Stems with their very letters, those that words begin with first.
    cased: Vec<CasedStem>,
    cased_prefixes: u32,
    places: Places,
    /// By place: what a token is that is the leaf, its classes included.
    sketches: Vec<Sketch>,
    /// The same of the kinds, and of what stands at any place.
    kinds: [Sketch; Kind::ALL.len()],
}

#[derive(Clone, Copy, Debug)]
struct Word {
    /// What it is in any spelling.
    sketch: Sketch,
    /// Where its list begins among the leaves; it ends where that of the next word begins.
    leaves: u32,
    flags: WordFlags,
}

/// A stem with its very letters.
#[derive(Clone, Debug)]
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
}

impl Seen {
    /// What there is at the end of the text.
    pub(super) const NOTHING: Seen =
        Seen { sketch: Sketch::NO_TOKEN, word: UNKNOWN, leaves: (0, 0), passing: Passing::Never };
}

/// How gaps pass over a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Passing {
    AsWord,
    AsMark,
    /// It ends a sentence or paragraph, or the text.
    Never,
}

impl Passing {
    fn of(token: &Token) -> Passing {
        match token.kind {
            _ if token.shape.has(Shape::BARRIER) => Passing::Never,
            TokenKind::Break => Passing::Never,
            TokenKind::Punctuation | TokenKind::Emoji => Passing::AsMark,
            _ => Passing::AsWord,
        }
    }
}

/// All tokens of a text, as a vocabulary sees them.
#[derive(Clone, Debug, Default)]
pub(super) struct Sight {
    pub(super) seen: Vec<Seen>,
    leaves: Vec<Leaf>,
}

impl Sight {
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
            sketches: sketches(places, program, &leaves),
            ..Vocabulary::default()
        };
        for (kind, sketch) in (0..).zip(&mut vocabulary.kinds) {
            *sketch = vocabulary.sketches.get(places.kind(kind)).copied().unwrap_or(Sketch::NONE);
            sketch.add(Sketch::NO_TOKEN);
        }
        for sort in [LeafSort::CasedPrefix, LeafSort::CasedSuffix] {
            for leaf in (0..leaves.count(sort) as u32).map(|number| Leaf::new(sort, number)) {
                vocabulary.cased.push(CasedStem { letters: leaves.spelling(leaf).into(), leaf });
            }
        }
        vocabulary.read_words(&leaves, flags);
        (vocabulary.table, vocabulary.spellings) = leaves.into_words();
        vocabulary
    }

    fn read_words(&mut self, leaves: &Leaves, flags: &[WordFlags]) {
        let spelt = leaves.cased_words().iter().zip(0..);
        let mut spelt: Vec<(u32, u32)> = spelt.map(|(&word, spelling)| (word, spelling)).collect();
        spelt.sort_unstable();
        let mut spelt = spelt.into_iter().peekable();
        let count = leaves.count(LeafSort::Word) as u32;
        self.words.reserve_exact(count as usize + 1);
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
            self.words.push(Word { sketch, leaves: start as u32, flags });
        }
        self.words.push(Word { sketch: Sketch::NONE, leaves: self.leaves.len() as u32, flags: 0 });
    }

    /// The sketch of a leaf and of the classes it is in.
    fn sketch(&self, leaf: Leaf) -> Sketch {
        self.sketches.get(self.places.leaf(leaf)).copied().unwrap_or(Sketch::NONE)
    }

    pub(super) fn len(&self) -> usize {
        self.table.len()
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
        let Sight { seen, leaves } = sight;
        seen.clear();
        leaves.clear();
        seen.extend(tokens.as_slice().iter().map(|token| self.see_token(text, tokens, token, leaves)));
        seen.push(Seen::NOTHING);
    }

    #[inline]
    fn see_token(&self, text: &str, tokens: &Tokens, token: &Token, leaves: &mut Vec<Leaf>) -> Seen {
        let from = leaves.len() as u32;
        let word = self.find(tokens, token);
        let is_word = token.kind == TokenKind::Word;
        let mut sketch = self.sketch_of_kind(token);
        match word.and_then(|word| self.words.get(word as usize..)?.first_chunk()) {
            Some([word, next]) => {
                sketch.add(word.sketch);
                if word.leaves != next.leaves {
                    let own = self.leaves.get(word.leaves as usize..next.leaves as usize);
                    for &leaf in own.unwrap_or_default() {
                        self.gain(leaf, text, token, &mut sketch, leaves);
                    }
                }
            }
            None if is_word => {
                for stems in [&self.prefixes, &self.suffixes] {
                    stems.of(tokens.folded(token), |leaf| self.gain(leaf, text, token, &mut sketch, leaves));
                }
            }
            None => {}
        }
        if is_word && token.shape.has(Shape::DISGUISED) {
            self.see_disguised(token.span.of(text), &mut sketch, leaves);
        }
        let leaves = (from, leaves.len() as u32);
        Seen { sketch, word: word.unwrap_or(UNKNOWN), leaves, passing: Passing::of(token) }
    }

    /// Adds a leaf that a token is, in its spelling.
    fn gain(&self, leaf: Leaf, text: &str, token: &Token, sketch: &mut Sketch, leaves: &mut Vec<Leaf>) {
        let fits = !is_cased(leaf)
            || token.kind == TokenKind::Word
                && match leaf.sort() {
                    LeafSort::Cased => token.is_written(text, self.spellings.word(leaf.number())),
                    // What is disguised need not begin as its folded form does.
                    _ => !token.shape.has(Shape::DISGUISED) && self.is_stem(leaf, token.span.of(text)),
                };
        if fits {
            sketch.add(self.sketch(leaf));
            leaves.push(leaf);
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

    /// The kinds that a token is of.
    #[inline]
    fn sketch_of_kind(&self, token: &Token) -> Sketch {
        let of = |kind: Kind| self.kinds.get(kind as usize).copied().unwrap_or(Sketch::NO_TOKEN);
        let sketch = match token.kind {
            TokenKind::Word => of(Kind::Word),
            TokenKind::Number => of(Kind::Number),
            TokenKind::Emoji => of(Kind::Emoji),
            TokenKind::Link => of(Kind::Link),
            TokenKind::Email => of(Kind::Email),
            TokenKind::Mention => of(Kind::Mention),
            TokenKind::Hashtag => of(Kind::Hashtag),
            TokenKind::Punctuation | TokenKind::Break => Sketch::NO_TOKEN,
        };
        if token.kind == TokenKind::Word && !token.shape.has(Shape::LOWER) {
            return self.sketch_of_case(token, sketch);
        }
        sketch
    }

    /// Adds the kinds that a word is of by its capital letters.
    fn sketch_of_case(&self, token: &Token, mut sketch: Sketch) -> Sketch {
        let mut add = |kind: Kind| sketch.add(self.kinds.get(kind as usize).copied().unwrap_or(Sketch::NONE));
        let letters = token.span.len();
        let one = token.shape.has(Shape::ONE_CAPITAL);
        let all = token.shape.has(Shape::ALL_CAPS);
        if token.shape.has(Shape::CAPITALISED) && !one {
            add(Kind::Name);
        }
        if all && letters >= 3 {
            add(Kind::Caps);
        }
        if one || all && letters <= 3 {
            add(Kind::Initials);
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
