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
    /// A row for each word, then one for each letter: its weight in each language, zero where it has none.
    weights: Vec<Lanes>,
    /// How long a row is.
    width: usize,
}

/// The weights of so many languages, which are added together.
type Lanes = [Weight; LANES];
const LANES: usize = 4;

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

/// The scores of one identification; made to be reused.
#[derive(Clone, Debug, Default)]
pub(crate) struct IdentifyScratch {
    sums: Vec<Lanes>,
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
        self.letters.retain(|entry| !entry.0.is_ascii());
        let mut letters: Vec<char> = self.letters.iter().map(|entry| entry.0).collect();
        letters.sort_unstable();
        letters.dedup();
        let mut near = vec![0; (FAR - 0x80) as usize];
        for (place, &letter) in (1..).zip(letters.iter().take_while(|&&letter| (letter as u32) < FAR)) {
            if let Some(near) = near.get_mut(letter as usize - 0x80) {
                *near = place;
            }
        }
        let mut identifier = Identifier { letters, near, ..self.identifier };
        identifier.width = identifier.languages.len().div_ceil(LANES);
        let rows = identifier.words.len() + identifier.letters.len();
        identifier.weights.resize(rows * identifier.width, [0; LANES]);
        let words =
            self.entries.into_iter().map(|(word, language, weight)| (word as usize, language, weight));
        words.for_each(|entry| identifier.weigh(entry));
        for (letter, language, weight) in self.letters {
            if let Some(row) = identifier.letter(letter) {
                identifier.weigh((row, language, weight));
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
        scratch.sums.resize(self.width, [0; LANES]);
        let sums = scratch.sums.as_mut_slice();
        let mut known = 0;
        for token in tokens.as_slice() {
            if token.kind != TokenKind::Word {
                continue;
            }
            if let Some(word) = self.words.find_key(token.key(), || tokens.folded(token)) {
                known += 1;
                add(sums, self.row(word as usize));
            }
        }
        if !self.letters.is_empty() {
            for letter in non_ascii(text).filter_map(|c| self.letter(c)) {
                let row = self.row(letter);
                // A letter that only one language has says as much as a word.
                known += row.as_flattened().iter().filter(|&&weight| weight >= ENOUGH).count();
                add(sums, row);
            }
        }
        let (mut best, mut first, mut second) = (None, 0, 0);
        for (index, &sum) in scratch.sums.as_flattened().iter().enumerate() {
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
            at.and_then(|at| scratch.sums.as_flattened().get(at)).copied().unwrap_or(0)
        };
        sum(of) - sum(over)
    }

    /// The number of the row of a letter.
    fn letter(&self, c: char) -> Option<usize> {
        let place = match self.near.get((c as usize).wrapping_sub(0x80)) {
            Some(&near) => usize::from(near).checked_sub(1)?,
            None => self.letters.binary_search(&c).ok()?,
        };
        Some(self.words.len() + place)
    }

    /// The weights of a word or letter.
    #[inline]
    fn row(&self, number: usize) -> &[Lanes] {
        let start = number * self.width;
        self.weights.get(start..start + self.width).unwrap_or_default()
    }

    fn weigh(&mut self, (row, language, weight): (usize, usize, Weight)) {
        let weights = self.weights.as_flattened_mut();
        if let Some(slot) = weights.get_mut(row * self.width * LANES + language) {
            *slot += weight;
        }
    }
}

#[inline]
fn add(sums: &mut [Lanes], row: &[Lanes]) {
    for (sums, weights) in sums.iter_mut().zip(row) {
        sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += weight);
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
            prop_assert_eq!(&scratch.sums.as_flattened()[..3], expected);
        }
    }
}
