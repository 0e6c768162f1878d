//! The vocabulary: from a word of a text to the symbols that fit it, in one look-up.

use super::WordFlags;
use super::stems::Stems;
use super::symbols::{ANY_WORD, Lists, Mask, Numbering, Symbol, bit};
use crate::text::phrase::{Kind, Leaf, LeafSort, Leaves};
use crate::text::tail::sort_tail;
use crate::text::token::{Shape, Token, TokenKind, Tokens};
use crate::text::words::WordTable;

pub(super) type WordId = u32;

#[derive(Clone, Debug, Default)]
pub(super) struct Vocabulary {
    table: WordTable,
    words: Vec<Word>,
    /// What a token gains by each leaf. A word's list holds what it gains by its stems, too, so that a known word needs
    /// nothing but its look-up.
    gains: Lists,
    /// Words with the spellings they are asked for in, ascending.
    cased: Vec<(WordId, u32)>,
    spellings: WordTable,
    first_spelling: usize,
    first_kind: usize,
    prefixes: Stems,
    suffixes: Stems,
    cased_stems: Vec<CasedStem>,
}

#[derive(Clone, Copy, Debug)]
struct Word {
    /// The leaves it is for sure: itself and its stems.
    mask: Mask,
    flags: WordFlags,
    /// Whether it is asked for in some spelling.
    cased: bool,
}

/// What a token is beside the symbols of its word.
pub(super) struct Extra<'o> {
    pub(super) symbols: &'o mut Vec<Symbol>,
    pub(super) mask: Mask,
}

impl Extra<'_> {
    fn gain(&mut self, gains: &Lists, leaf: usize) {
        self.symbols.extend_from_slice(gains.of(leaf));
        self.mask |= bit(leaf);
    }
}

/// A stem with its very letters.
#[derive(Clone, Debug)]
struct CasedStem {
    letters: String,
    at_end: bool,
    leaf: usize,
}

impl Vocabulary {
    /// `gains` are the symbols of every leaf, `flags` those of the words, by their numbers.
    pub(super) fn new(
        leaves: Leaves,
        numbering: &Numbering,
        gains: &Lists,
        flags: &[WordFlags],
    ) -> Vocabulary {
        let cased = leaves.cased_words().iter().zip(0..).map(|(&word, spelling)| (word, spelling));
        let mut cased: Vec<(WordId, u32)> = cased.collect();
        cased.sort_unstable();
        let mut cased_stems = Vec::new();
        for (sort, at_end) in [(LeafSort::CasedPrefix, false), (LeafSort::CasedSuffix, true)] {
            for leaf in (0..leaves.count(sort) as u32).map(|number| Leaf::new(sort, number)) {
                let letters = leaves.spelling(leaf).to_owned();
                cased_stems.push(CasedStem { letters, at_end, leaf: numbering.leaf(leaf) });
            }
        }
        let words = (0..leaves.count(LeafSort::Word)).map(|word| {
            let flags = flags.get(word).copied().unwrap_or(0);
            Word { mask: bit(word), flags, cased: false }
        });
        let mut vocabulary = Vocabulary {
            cased_stems,
            prefixes: Stems::new(&leaves, numbering, LeafSort::Prefix),
            suffixes: Stems::new(&leaves, numbering, LeafSort::Suffix),
            first_spelling: numbering.first(LeafSort::Cased),
            first_kind: numbering.first(LeafSort::Kind),
            words: words.collect(),
            cased,
            ..Vocabulary::default()
        };
        for &(word, _) in &vocabulary.cased {
            if let Some(word) = vocabulary.words.get_mut(word as usize) {
                word.cased = true;
            }
        }
        vocabulary.gains = vocabulary.complete_gains(&leaves, gains);
        (vocabulary.table, vocabulary.spellings) = leaves.into_words();
        vocabulary
    }

    /// Adds to the list of every word what it gains by its stems.
    fn complete_gains(&mut self, leaves: &Leaves, gains: &Lists) -> Lists {
        let mut complete = Lists { starts: Vec::with_capacity(gains.starts.len()), symbols: Vec::new() };
        complete.symbols.reserve(gains.symbols.len() + gains.symbols.len() / 4);
        complete.starts.push(0);
        for leaf in 0..gains.starts.len().saturating_sub(1) {
            let from = complete.symbols.len();
            complete.symbols.extend_from_slice(gains.of(leaf));
            if let Some(entry) = self.words.get_mut(leaf) {
                let word = leaves.spelling(Leaf::new(LeafSort::Word, leaf as u32));
                let ascii = word.as_bytes().first().is_some_and(u8::is_ascii_alphabetic);
                if ascii || word.chars().any(char::is_alphabetic) {
                    let own = complete.symbols.len();
                    let mut extra = Extra { symbols: &mut complete.symbols, mask: 0 };
                    for stems in [&self.prefixes, &self.suffixes] {
                        stems.of(word, |stem| extra.gain(gains, stem));
                    }
                    entry.mask |= extra.mask;
                    if complete.symbols.len() > own {
                        sort_tail(&mut complete.symbols, from);
                    }
                }
            }
            complete.starts.push(complete.symbols.len() as u32);
        }
        complete
    }

    /// What a token gains by being a word, beside all else.
    pub(super) fn any_word(&self) -> &[Symbol] {
        self.gains.of(self.first_kind + Kind::Word as usize)
    }

    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    pub(super) fn find(&self, hash: u32, folded: &str) -> Option<WordId> {
        self.table.find(hash, folded)
    }

    pub(super) fn flags(&self, id: WordId) -> WordFlags {
        self.words.get(id as usize).map_or(0, |word| word.flags)
    }

    /// The symbols a known word always has.
    pub(super) fn symbols(&self, id: WordId) -> &[Symbol] {
        self.gains.of(id as usize)
    }

    /// The leaves a known word is for sure.
    pub(super) fn mask(&self, id: WordId) -> Mask {
        self.words.get(id as usize).map_or(0, |word| word.mask)
    }

    /// Adds what a token gains beside the fixed symbols of its word: from its spelling, its stem where the word is
    /// unknown, and its kind.
    pub(super) fn gather(
        &self,
        text: &str,
        tokens: &Tokens,
        token: &Token,
        word: Option<WordId>,
        extra: &mut Extra<'_>,
    ) {
        let kind = match token.kind {
            TokenKind::Word => return self.gather_word(text, tokens, token, word, extra),
            TokenKind::Number => Kind::Number,
            TokenKind::Emoji => Kind::Emoji,
            TokenKind::Link => Kind::Link,
            TokenKind::Email => Kind::Email,
            TokenKind::Mention => Kind::Mention,
            TokenKind::Hashtag => Kind::Hashtag,
            TokenKind::Punctuation | TokenKind::Break => return,
        };
        extra.gain(&self.gains, self.first_kind + kind as usize);
    }

    fn gather_word(
        &self,
        text: &str,
        tokens: &Tokens,
        token: &Token,
        word: Option<WordId>,
        extra: &mut Extra<'_>,
    ) {
        extra.mask |= ANY_WORD;
        match word {
            None => {
                for stems in [&self.prefixes, &self.suffixes] {
                    stems.of(tokens.folded(token), |stem| extra.gain(&self.gains, stem));
                }
            }
            Some(id) if self.words.get(id as usize).is_some_and(|word| word.cased) => {
                let from = self.cased.partition_point(|&(word, _)| word < id);
                for &(_, spelling) in self.cased.iter().skip(from).take_while(|&&(word, _)| word == id) {
                    if token.is_written(text, self.spellings.word(spelling)) {
                        extra.gain(&self.gains, self.first_spelling + spelling as usize);
                    }
                }
            }
            Some(_) => {}
        }
        for stem in &self.cased_stems {
            if stem.fits(token.span.of(text)) {
                extra.gain(&self.gains, stem.leaf);
            }
        }
        if token.shape.has(Shape::LOWER) {
            return;
        }
        let letters = token.span.len();
        let one = token.shape.has(Shape::ONE_CAPITAL);
        let all = token.shape.has(Shape::ALL_CAPS);
        for (kind, fits) in [
            (Kind::Name, token.shape.has(Shape::CAPITALISED) && !one),
            (Kind::Caps, all && letters >= 3),
            (Kind::Initials, one || all && letters <= 3),
        ] {
            if fits {
                extra.gain(&self.gains, self.first_kind + kind as usize);
            }
        }
    }
}

impl CasedStem {
    /// Whether a word begins (or ends) with the letters as written, the rest of it in lower case.
    fn fits(&self, word: &str) -> bool {
        let rest =
            if self.at_end { word.strip_suffix(&*self.letters) } else { word.strip_prefix(&*self.letters) };
        rest.is_some_and(|rest| !rest.chars().any(char::is_uppercase))
    }
}
