//! Leaves: what one token can be asked to be, each under a number.

use serde::{Deserialize, Serialize};

use super::Kind;
use crate::text::dictionary::Dictionary;
use crate::text::fold;
use crate::text::rows::Row;
use crate::text::words::{Key, WordTable};

/// What one token is asked to be: a sort of leaf, and its number among those of its sort.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct Leaf(u32);

impl Row<1> for Leaf {
    fn to_row(&self) -> [u32; 1] {
        [self.0]
    }

    #[inline(always)]
    fn of_row([code]: [u32; 1]) -> Leaf {
        Leaf(code)
    }
}

/// The sorts of leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum LeafSort {
    /// A folded word, number, mark or emoji.
    Word,
    /// A word in exactly this spelling.
    Cased,
    /// A word that begins so.
    Prefix,
    /// A word that ends so.
    Suffix,
    /// A word that begins so, with these very letters.
    CasedPrefix,
    /// A word that ends so, with these very letters.
    CasedSuffix,
    /// A kind of token.
    Kind,
}

impl LeafSort {
    /// The sorts that have a spelling, in the order of their tables.
    pub(crate) const SPELLED: [LeafSort; 6] = [
        LeafSort::Word,
        LeafSort::Cased,
        LeafSort::Prefix,
        LeafSort::Suffix,
        LeafSort::CasedPrefix,
        LeafSort::CasedSuffix,
    ];
}

/// Bits of a leaf's number; the sort stands above them, and room for one sort more that [`Leaf`] does not use.
pub(crate) const NUMBER_BITS: u32 = 28;

impl Leaf {
    pub(crate) const fn new(sort: LeafSort, number: u32) -> Leaf {
        Leaf((sort as u32) << NUMBER_BITS | number)
    }

    /// A number that no leaf of another sort has, smaller than `8 << NUMBER_BITS`.
    pub(crate) fn code(self) -> u32 {
        self.0
    }

    /// The leaf with a code.
    pub(crate) fn of_code(code: u32) -> Leaf {
        Leaf(code)
    }

    pub(crate) fn sort(self) -> LeafSort {
        LeafSort::SPELLED.get(self.row()).copied().unwrap_or(LeafSort::Kind)
    }

    /// The number of its sort.
    pub(crate) fn row(self) -> usize {
        (self.0 >> NUMBER_BITS) as usize
    }

    pub(crate) fn number(self) -> u32 {
        self.0 & ((1 << NUMBER_BITS) - 1)
    }
}

/// All leaves met so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Leaves {
    tables: [WordTable; LeafSort::SPELLED.len()],
    /// For each word that is asked for in one spelling, the number of its folded form among the words.
    cased_words: Vec<u32>,
    folded: String,
}

impl Leaves {
    /// Makes room for so many words.
    pub(crate) fn reserve_words(&mut self, words: usize) {
        let [table, ..] = &mut self.tables;
        table.reserve(words);
    }

    /// A folded word.
    pub(crate) fn folded_word(&mut self, word: &str) -> Leaf {
        self.spelled(LeafSort::Word, word)
    }

    /// A folded word, given its key. Only a new or long word's letters are asked for.
    #[inline]
    pub(super) fn folded_key<'w>(&mut self, key: Key, word: impl Fn() -> &'w str) -> Leaf {
        let [words, ..] = &mut self.tables;
        Leaf::new(LeafSort::Word, words.intern(key, word))
    }

    /// A plain word or folded stem of plain letters. Such are folded without being normalised.
    pub(super) fn plain(&mut self, sort: LeafSort, word: &str, folded: Option<Key>) -> Leaf {
        let Some(table) = self.tables.get_mut(sort as usize) else { return Leaf::new(sort, 0) };
        let number = match folded {
            Some(key) => table.intern(key, || word),
            None => {
                self.folded.clear();
                word.chars().for_each(|c| fold::push_folded(c, &mut self.folded));
                table.add(&self.folded)
            }
        };
        Leaf::new(sort, number)
    }

    /// A mark of ASCII, which is its own folded form.
    pub(super) fn mark(&mut self, mark: u8) -> Leaf {
        let mut letters = [0; 4];
        let letters: &str = char::from(mark).encode_utf8(&mut letters);
        self.folded_key(Key::short(mark.into()), || letters)
    }

    /// Any word, folded.
    pub(crate) fn word(&mut self, word: &str) -> Leaf {
        self.folded_stem(LeafSort::Word, word)
    }

    /// A stem, or word, that is still to be folded.
    pub(super) fn folded_stem(&mut self, sort: LeafSort, stem: &str) -> Leaf {
        let mut folded = std::mem::take(&mut self.folded);
        folded.clear();
        fold::fold_into(stem, &mut folded);
        let leaf = self.spelled(sort, &folded);
        self.folded = folded;
        leaf
    }

    /// A word in this spelling.
    pub(crate) fn cased_word(&mut self, spelling: &str) -> Leaf {
        let leaf = self.spelled(LeafSort::Cased, spelling);
        if leaf.number() as usize == self.cased_words.len() {
            let word = self.word(spelling).number();
            self.cased_words.push(word);
        }
        leaf
    }

    /// A stem as it stands.
    pub(crate) fn stem(&mut self, sort: LeafSort, stem: &str) -> Leaf {
        self.spelled(sort, stem)
    }

    fn spelled(&mut self, sort: LeafSort, spelling: &str) -> Leaf {
        let number = self.tables.get_mut(sort as usize).map_or(0, |table| table.add(spelling));
        Leaf::new(sort, number)
    }

    /// How many leaves of a sort there are.
    pub(crate) fn count(&self, sort: LeafSort) -> usize {
        self.tables.get(sort as usize).map_or(Kind::ALL.len(), WordTable::len)
    }

    /// The spelling of a leaf; empty for a kind.
    pub(crate) fn spelling(&self, leaf: Leaf) -> &str {
        self.tables.get(leaf.sort() as usize).map_or("", |table| table.word(leaf.number()))
    }

    /// The numbers of the folded forms of all words asked for in one spelling.
    pub(crate) fn cased_words(&self) -> &[u32] {
        &self.cased_words
    }

    /// The words and the words in one spelling, for good.
    pub(crate) fn dictionaries(&self) -> (Dictionary, Dictionary) {
        let [words, cased, ..] = &self.tables;
        (words.into(), cased.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_leaf_knows_its_sort_and_number() {
        for sort in LeafSort::SPELLED.into_iter().chain([LeafSort::Kind]) {
            let leaf = Leaf::new(sort, 77);
            assert_eq!((leaf.sort(), leaf.number()), (sort, 77));
        }
    }

    #[test]
    fn equal_words_are_one_leaf() {
        let mut leaves = Leaves::default();
        let leaf = leaves.folded_word("straße".to_lowercase().replace('ß', "ss").as_str());
        assert_eq!(leaves.plain(LeafSort::Word, "Straße", None), leaf);
        assert_eq!(leaves.plain(LeafSort::Word, "strasse", Some(Key::of(b"strasse"))), leaf);
        assert_eq!(leaves.word("STRASSE"), leaf);
        let cased = leaves.cased_word("Straße");
        assert_eq!((leaves.spelling(cased), leaves.cased_words()), ("Straße", &[leaf.number()][..]));
        assert_ne!(leaves.stem(LeafSort::Prefix, "strasse"), leaf);
    }
}
