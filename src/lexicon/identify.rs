//! Which language a text is in.
//!
//! Every language of a policy brings its typical words and letters with weights. A text is in the language they
//! speak for most strongly, unless they speak too weakly, or for another nearly as much: then it is unknown.

use super::reading::LanguageId;
use crate::text::token::{TokenKind, Tokens};
use crate::text::words::WordTable;
use crate::text::{fold, non_ascii};

use super::lexicon::Weight;

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
    /// Where the weights of each word begin and end, then those of each letter.
    places: Vec<(u32, u32)>,
    weights: Vec<(u8, Weight)>,
}

/// The first character beyond those of Latin-1 and Latin Extended-A.
const FAR: u32 = 0x180;

/// Collects the typical words and letters of each language.
#[derive(Debug, Default)]
pub(crate) struct IdentifierBuilder {
    identifier: Identifier,
    /// Number of the word, language, weight.
    entries: Vec<(u32, u8, Weight)>,
    letters: Vec<(char, u8, Weight)>,
    folded: String,
}

/// The scores of one identification; made to be reused.
#[derive(Clone, Debug, Default)]
pub(crate) struct IdentifyScratch {
    sums: Vec<Weight>,
}

impl IdentifierBuilder {
    /// Begins a language: what is added after this is typical of it.
    pub(crate) fn language(&mut self, language: LanguageId) {
        self.identifier.languages.push(language);
    }

    fn number(&self) -> u8 {
        u8::try_from(self.identifier.languages.len().saturating_sub(1)).unwrap_or(u8::MAX)
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
        self.entries.sort_unstable();
        // Of one language and letter each weight counts, in the order in which they were given.
        self.letters.sort_by_key(|entry| entry.0);
        let mut identifier = self.identifier;
        let mut entries = self.entries.iter().peekable();
        for word in 0..identifier.words.len() as u32 {
            let start = identifier.weights.len() as u32;
            while let Some(&(_, language, weight)) = entries.next_if(|entry| entry.0 == word) {
                identifier.weights.push((language, weight));
            }
            identifier.places.push((start, identifier.weights.len() as u32));
        }
        identifier.near.resize((FAR - 0x80) as usize, 0);
        for &(letter, language, weight) in self.letters.iter().filter(|entry| !entry.0.is_ascii()) {
            let start = identifier.weights.len() as u32;
            if identifier.letters.last() != Some(&letter) {
                identifier.letters.push(letter);
                identifier.places.push((start, start));
                let near = (letter as usize).checked_sub(0x80).and_then(|at| identifier.near.get_mut(at));
                if let (Some(near), Ok(place)) = (near, u16::try_from(identifier.letters.len())) {
                    *near = place;
                }
            }
            identifier.weights.push((language, weight));
            if let Some(place) = identifier.places.last_mut() {
                place.1 = start + 1;
            }
        }
        identifier
    }
}

impl Identifier {
    /// The language of a text, and the one that is likeliest even where that is unsure.
    pub(crate) fn identify(
        &self,
        text: &str,
        tokens: &Tokens,
        scratch: &mut IdentifyScratch,
    ) -> (Option<&LanguageId>, Option<&LanguageId>) {
        scratch.sums.clear();
        scratch.sums.resize(self.languages.len(), 0);
        let sums = scratch.sums.as_mut_slice();
        let mut known = 0;
        for token in tokens.as_slice() {
            if token.kind != TokenKind::Word {
                continue;
            }
            if let Some(word) = self.words.find_key(token.key(), || tokens.folded(token)) {
                known += 1;
                for &(language, weight) in self.weights_of(word as usize) {
                    add(sums, language, weight);
                }
            }
        }
        if !self.letters.is_empty() {
            for letter in non_ascii(text).filter_map(|c| self.letter(c)) {
                for &(language, weight) in self.weights_of(letter) {
                    // A letter that only one language has says as much as a word.
                    known += usize::from(weight >= ENOUGH);
                    add(sums, language, weight);
                }
            }
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
        let sure = known >= FEWEST_WORDS && first >= ENOUGH && first - second >= LEAD;
        (likeliest.filter(|_| sure), likeliest)
    }

    /// By how much one language led another in the identification that `scratch` was last used for.
    pub(crate) fn lead(&self, scratch: &IdentifyScratch, of: &LanguageId, over: &LanguageId) -> Weight {
        let sum = |language: &LanguageId| {
            let at = self.languages.iter().position(|known| known == language);
            at.and_then(|at| scratch.sums.get(at)).copied().unwrap_or(0)
        };
        sum(of) - sum(over)
    }

    /// Under which number the weights of a letter stand.
    fn letter(&self, c: char) -> Option<usize> {
        let place = match self.near.get((c as usize).wrapping_sub(0x80)) {
            Some(&near) => usize::from(near).checked_sub(1)?,
            None => self.letters.binary_search(&c).ok()?,
        };
        Some(self.words.len() + place)
    }

    /// The weights of a word or letter.
    #[inline]
    fn weights_of(&self, number: usize) -> &[(u8, Weight)] {
        let Some(&(start, end)) = self.places.get(number) else { return &[] };
        self.weights.get(start as usize..end as usize).unwrap_or_default()
    }
}

fn add(sums: &mut [Weight], language: u8, weight: Weight) {
    if let Some(sum) = sums.get_mut(usize::from(language)) {
        *sum += weight;
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
            prop_assert_eq!(scratch.sums, expected);
        }
    }
}
