//! Which language a text is in.
//!
//! Every language of a policy brings its typical words and letters with weights. A text is in the language they
//! speak for most strongly, unless they speak too weakly, or for another nearly as much: then it is unknown.

use super::reading::LanguageId;
use crate::text::fold;
use crate::text::token::{TokenKind, Tokens};
use crate::text::words::WordTable;

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
    /// Where the weights of each word begin; one more than there are words.
    starts: Vec<u32>,
    weights: Vec<(u8, Weight)>,
    letters: Vec<(char, u8, Weight)>,
}

/// Collects the typical words and letters of each language.
#[derive(Debug, Default)]
pub(crate) struct IdentifierBuilder {
    identifier: Identifier,
    /// Number of the word, language, weight.
    entries: Vec<(u32, u8, Weight)>,
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

    pub(crate) fn letter(&mut self, letter: char, weight: Weight) {
        let language = self.number();
        self.identifier.letters.push((letter, language, weight));
    }

    pub(crate) fn build(mut self) -> Identifier {
        self.entries.sort_unstable();
        let mut identifier = self.identifier;
        let mut entries = self.entries.iter().peekable();
        for word in 0..identifier.words.len() as u32 {
            identifier.starts.push(identifier.weights.len() as u32);
            while let Some(&(_, language, weight)) = entries.next_if(|entry| entry.0 == word) {
                identifier.weights.push((language, weight));
            }
        }
        identifier.starts.push(identifier.weights.len() as u32);
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
        let mut known = 0;
        for token in tokens.as_slice().iter().filter(|token| token.kind == TokenKind::Word) {
            if let Some(word) = self.words.find(Tokens::hash(token), tokens.folded(token)) {
                known += 1;
                for &(language, weight) in self.weights_of(word) {
                    add(&mut scratch.sums, language, weight);
                }
            }
        }
        if !self.letters.is_empty() && !text.is_ascii() {
            for c in text.chars().filter(|c| !c.is_ascii()) {
                for &(_, language, weight) in self.letters.iter().filter(|(letter, ..)| *letter == c) {
                    // A letter that only one language has says as much as a word.
                    known += usize::from(weight >= ENOUGH);
                    add(&mut scratch.sums, language, weight);
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

    fn weights_of(&self, word: u32) -> &[(u8, Weight)] {
        let word = word as usize;
        match (self.starts.get(word), self.starts.get(word + 1)) {
            (Some(&start), Some(&end)) => self.weights.get(start as usize..end as usize).unwrap_or_default(),
            _ => &[],
        }
    }
}

fn add(sums: &mut [Weight], language: u8, weight: Weight) {
    if let Some(sum) = sums.get_mut(usize::from(language)) {
        *sum += weight;
    }
}
