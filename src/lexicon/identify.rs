//! Which language a text is in.
//!
//! Every language of a policy brings its typical words and letters with weights. A text is in the language they
//! speak for most strongly, unless they speak too weakly, or for another nearly as much: then it is unknown.

use super::reading::LanguageId;
use crate::text::token::{TokenKind, Tokens};
use crate::text::words::WordTable;
use crate::text::{fold, non_ascii};

use super::sheet::Weight;

/// What must speak for a language, in hundredths.
const ENOUGH: Weight = 100;
/// So many typical words must stand in a text: one greeting is no language.
const FEWEST_WORDS: usize = 2;
/// By how much it must lead. No share: languages as near as Bokmål and Danish have most of their words in common, and
/// one word that only one of them has decides.
const LEAD: Weight = 40;

/// The languages of a policy, as far as telling them apart goes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Identifier {
    languages: Vec<LanguageId>,
    words: WordTable,
    /// Letters beyond ASCII, ascending.
    letters: Vec<char>,
    /// For each character from U+0080 on that is as near as most letters are, one more than its place among the
    /// letters, or zero.
    near: Vec<u16>,
    /// What each word says, then what each letter does, then nothing: a vote for each block of languages.
    votes: Vec<Vote>,
    blocks: usize,
}

/// What a word or a letter says of a block of languages, which are added up together.
#[derive(Clone, Copy, Debug, Default)]
struct Vote {
    /// Zero for a language that does not have it.
    weights: [Weight; BLOCK],
    /// For how many typical words it counts.
    words: usize,
}

const BLOCK: usize = 8;

/// The first character beyond those of Latin-1 and Latin Extended-A.
const FAR: u32 = 0x180;

/// Collects the typical words and letters of each language.
#[derive(Debug, Default)]
pub(crate) struct IdentifierBuilder {
    identifier: Identifier,
    /// Number of the word, language, weight.
    entries: Vec<(u32, usize, Weight)>,
    letters: Vec<(char, usize, Weight)>,
    folded: String,
}

/// The scores of one identification, filled up to a whole block; made to be reused.
#[derive(Clone, Debug, Default)]
pub(crate) struct IdentifyScratch {
    sums: Vec<Weight>,
}

impl IdentifierBuilder {
    /// Begins a language: what is added after this is typical of it.
    pub(crate) fn language(&mut self, language: LanguageId) {
        self.identifier.languages.push(language);
    }

    fn number(&self) -> usize {
        self.identifier.languages.len().saturating_sub(1)
    }

    pub(crate) fn word(&mut self, word: &str, weight: Weight) {
        self.folded.clear();
        fold::fold_into(word, &mut self.folded);
        let number = self.identifier.words.add(&self.folded);
        self.entries.push((number, self.number(), weight));
    }

    /// A letter beyond ASCII; every language has those of ASCII.
    pub(crate) fn letter(&mut self, letter: char, weight: Weight) {
        let language = self.number();
        self.letters.push((letter, language, weight));
    }

    pub(crate) fn build(mut self) -> Identifier {
        let mut identifier = self.identifier;
        identifier.near.resize((FAR - 0x80) as usize, 0);
        self.letters.retain(|entry| !entry.0.is_ascii());
        self.letters.sort_by_key(|entry| entry.0);
        for &(letter, ..) in &self.letters {
            if identifier.letters.last() != Some(&letter) {
                identifier.letters.push(letter);
                let near = (letter as usize).checked_sub(0x80).and_then(|at| identifier.near.get_mut(at));
                if let (Some(near), Ok(place)) = (near, u16::try_from(identifier.letters.len())) {
                    *near = place;
                }
            }
        }
        identifier.blocks = identifier.languages.len().div_ceil(BLOCK);
        identifier.words.spread();
        let things = identifier.nothing() + 1;
        identifier.votes.resize(things * identifier.blocks, Vote::default());
        for (word, language, weight) in self.entries {
            identifier.weigh(word as usize, language, weight);
            // Once, however many languages have it.
            if let Some(vote) = identifier.votes.get_mut(word as usize * identifier.blocks) {
                vote.words = 1;
            }
        }
        for (letter, language, weight) in self.letters {
            let letter = identifier.letter(letter);
            if let Some(vote) = identifier.weigh(letter, language, weight) {
                // A letter that only one language has says as much as a word.
                vote.words += usize::from(weight >= ENOUGH);
            }
        }
        identifier
    }
}

impl Identifier {
    fn weigh(&mut self, thing: usize, language: usize, weight: Weight) -> Option<&mut Vote> {
        let vote = self.votes.get_mut(thing * self.blocks + language / BLOCK)?;
        let sum = vote.weights.get_mut(language % BLOCK)?;
        // Many spellings can be one word.
        *sum = sum.saturating_add(weight);
        Some(vote)
    }

    /// The language of a text, and the one that is likeliest even where that is unsure.
    pub(crate) fn identify(
        &self,
        text: &str,
        tokens: &Tokens,
        scratch: &mut IdentifyScratch,
    ) -> (Option<&LanguageId>, Option<&LanguageId>) {
        scratch.sums.clear();
        let mut words = 0;
        for block in 0..self.blocks {
            let votes = self.count(text, tokens, block);
            words += votes.words;
            scratch.sums.extend(votes.weights);
        }
        let (mut best, mut first, mut second) = (None, 0, 0);
        for (index, &sum) in scratch.sums.iter().enumerate() {
            if sum > first {
                (best, second, first) = (Some(index), first, sum);
            } else {
                second = second.max(sum);
            }
        }
        let likeliest = best.and_then(|best| self.languages.get(best));
        let sure = words >= FEWEST_WORDS && first >= ENOUGH && first - second >= LEAD;
        (likeliest.filter(|_| sure), likeliest)
    }

    /// What all words and letters of a text say of a block of languages.
    fn count(&self, text: &str, tokens: &Tokens, block: usize) -> Vote {
        let mut votes = Vote::default();
        // What is no word of any language has an empty vote, so that nobody need ask which it is.
        let nothing = self.nothing();
        for token in tokens.as_slice() {
            let word = self.words.number_of(token.key(), || tokens.folded(token)) as usize;
            let word = if token.kind == TokenKind::Word { word.min(nothing) } else { nothing };
            votes.add(self.vote(word, block));
        }
        if !self.letters.is_empty() {
            // Apart, so that what the words say need not be kept where a closure finds it.
            let mut said = Vote::default();
            non_ascii(text).for_each(|c| said.add(self.vote(self.letter(c), block)));
            votes.add(Some(&said));
        }
        votes
    }

    /// By how much one language led another in the identification that `scratch` was last used for.
    pub(crate) fn lead(&self, scratch: &IdentifyScratch, of: &LanguageId, over: &LanguageId) -> Weight {
        if of == over {
            return 0;
        }
        let sum = |language: &LanguageId| {
            let at = self.languages.iter().position(|known| known == language);
            at.and_then(|at| scratch.sums.get(at)).copied().unwrap_or(0)
        };
        sum(of).saturating_sub(sum(over))
    }

    /// The number of what says nothing, behind those of the letters.
    fn nothing(&self) -> usize {
        self.words.len() + self.letters.len()
    }

    /// The number of a letter, behind those of the words; that of nothing, where no language has it as its own.
    fn letter(&self, c: char) -> usize {
        let place = match self.near.get((c as usize).wrapping_sub(0x80)) {
            Some(&near) => usize::from(near).wrapping_sub(1),
            None => self.letters.binary_search(&c).unwrap_or(usize::MAX),
        };
        self.words.len() + place.min(self.letters.len())
    }

    #[inline]
    fn vote(&self, thing: usize, block: usize) -> Option<&Vote> {
        self.votes.get(thing * self.blocks + block)
    }
}

impl Vote {
    #[inline]
    fn add(&mut self, other: Option<&Vote>) {
        let Some(other) = other else { return };
        self.weights
            .iter_mut()
            .zip(&other.weights)
            .for_each(|(sum, weight)| *sum = sum.saturating_add(*weight));
        self.words += other.words;
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;

    const WORDS: [(&str, usize, Weight); 6] = [
        ("og", 0, 40),
        ("og", 1, 30),
        ("ikke", 0, 60),
        ("ikke", 2, 10),
        ("Ærlig", 1, 55),
        ("kontinuerlig", 2, 70),
    ];
    const LETTERS: [(char, usize, Weight); 6] =
        [('å', 0, 20), ('å', 1, 10), ('ł', 2, 100), ('ß', 1, 100), ('и', 2, 30), ('漢', 0, 120)];

    fn identifier() -> Identifier {
        let mut builder = IdentifierBuilder::default();
        for (number, code) in ["nb", "da", "pl"].into_iter().enumerate() {
            builder.language(LanguageId(Arc::from(code)));
            WORDS
                .iter()
                .filter(|it| it.1 == number)
                .for_each(|&(word, _, weight)| builder.word(word, weight));
            LETTERS.iter().filter(|it| it.1 == number).for_each(|&(c, _, weight)| builder.letter(c, weight));
        }
        builder.build()
    }

    #[test]
    fn sums_that_are_too_large_stay_as_large_as_they_can() {
        let mut builder = IdentifierBuilder::default();
        let [most, least] = [("most", Weight::MAX), ("least", Weight::MIN)].map(|(code, weight)| {
            let language = LanguageId(Arc::from(code));
            builder.language(language.clone());
            ["og", "OG", "Og", "ikke"].iter().for_each(|word| builder.word(word, weight));
            builder.letter('å', weight);
            builder.letter('å', weight);
            language
        });
        let (identifier, mut scratch) = (builder.build(), IdentifyScratch::default());
        let (text, mut tokens) = ("og ikke og å ikke", Tokens::default());
        tokens.read(text, &[]);
        let (sure, likeliest) = identifier.identify(text, &tokens, &mut scratch);
        assert_eq!((sure, likeliest), (Some(&most), Some(&most)));
        assert_eq!(scratch.sums.get(..2), Some(&[Weight::MAX, Weight::MIN][..]));
        assert_eq!(identifier.lead(&scratch, &most, &least), Weight::MAX);
        assert_eq!(identifier.lead(&scratch, &least, &most), Weight::MIN);
    }

    proptest! {
        #[test]
        fn every_word_and_letter_counts_where_it_stands(
            pieces in prop::collection::vec(0..12usize, 0..20)
        ) {
            let pieces = pieces.into_iter().map(|at| {
                ["og", "IKKE", "ærlig", "kontinuerlig", "x", "å", "ł", "ß", "и", "漢", "é", "…"][at]
            });
            let text = pieces.collect::<Vec<_>>().join(" ");
            let mut tokens = Tokens::default();
            tokens.read(&text, &[]);
            let (identifier, mut scratch) = (identifier(), IdentifyScratch::default());
            identifier.identify(&text, &tokens, &mut scratch);
            let expected: Vec<Weight> = (0..3).map(|language| {
                let words = text.split(' ').flat_map(|word| WORDS.iter().filter(move |it| {
                    it.1 == language && it.0.to_lowercase() == word.to_lowercase()
                }));
                let letters = text.chars().flat_map(|c| LETTERS.iter().filter(move |it| it.1 == language && it.0 == c));
                words.map(|it| it.2).sum::<Weight>() + letters.map(|it| it.2).sum::<Weight>()
            }).collect();
            prop_assert_eq!(&scratch.sums[..3], expected);
        }
    }
}
