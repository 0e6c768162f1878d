//! From the leaves that phrases ask for to a vocabulary.

use super::WordFlags;
use super::index::Places;
use super::program::Program;
use super::sight::Passing;
use super::sketch::{Sketch, SketchBuilder};
use super::stems::{End, Stems};
use super::vocabulary::{CasedStem, OfKind, Vocabulary, Word, is_cased};
use crate::text::phrase::{Kind, Leaf, LeafSort, Leaves};
use crate::text::rows::Rows;
use crate::text::token::TokenKind;

/// What is known of leaves, and is found out about words.
struct Lore<'l> {
    leaves: &'l Leaves,
    places: Places,
    /// By place: what a token is that is the leaf, its classes included.
    of_leaves: Vec<Sketch>,
    prefixes: Stems,
    suffixes: Stems,
    kept: SketchBuilder,
}

impl Vocabulary {
    /// `flags` are those of the words, by their numbers.
    pub(super) fn new(leaves: &Leaves, places: Places, program: &Program, flags: &[WordFlags]) -> Vocabulary {
        let mut lore = Lore {
            leaves,
            places,
            of_leaves: sketches(places, program, leaves),
            prefixes: Stems::new(leaves, End::First),
            suffixes: Stems::new(leaves, End::Last),
            kept: SketchBuilder::default(),
        };
        let of_leaves = lore.of_leaves.iter().map(|&sketch| lore.kept.keep(sketch)).collect();
        let (words, of_words) = lore.words(flags);
        let (table, spellings) = leaves.dictionaries();
        Vocabulary {
            table,
            words,
            leaves: of_words,
            spellings,
            cased: lore.cased(),
            cased_prefixes: leaves.count(LeafSort::CasedPrefix) as u32,
            places,
            of_leaves,
            kinds: lore.kinds(),
            prefixes: lore.prefixes,
            suffixes: lore.suffixes,
            sketches: lore.kept.finish(),
        }
    }
}

impl Lore<'_> {
    /// All words, and the list of what they are beside themselves.
    fn words(&mut self, flags: &[WordFlags]) -> (Rows<Word, 4>, Rows<Leaf, 1>) {
        let spelt = self.leaves.cased_words().iter().zip(0..);
        let mut spelt: Vec<(u32, u32)> = spelt.map(|(&word, spelling)| (word, spelling)).collect();
        spelt.sort_unstable();
        let mut spelt = spelt.into_iter().peekable();
        let count = self.leaves.count(LeafSort::Word) as u32;
        let (mut words, mut all) = (Vec::with_capacity(count as usize), Vec::new());
        for number in 0..count {
            let start = all.len();
            while let Some((_, spelling)) = spelt.next_if(|&(word, _)| word == number) {
                all.push(Leaf::new(LeafSort::Cased, spelling));
            }
            let word = Leaf::new(LeafSort::Word, number);
            let letters = self.leaves.spelling(word);
            let ascii = letters.as_bytes().first().is_some_and(u8::is_ascii_alphabetic);
            if ascii || letters.chars().any(char::is_alphabetic) {
                self.prefixes.of(letters, |leaf| all.push(leaf));
                self.suffixes.of(letters, |leaf| all.push(leaf));
            }
            let mut sketch = self.sketch(word);
            for &leaf in all.get(start..).unwrap_or_default() {
                if !is_cased(leaf) {
                    sketch.add(self.sketch(leaf));
                }
            }
            words.push(Word {
                sketch: self.kept.keep(sketch),
                leaves: (start as u32, all.len() as u32),
                has_more: start != all.len(),
                flags: flags.get(number as usize).copied().unwrap_or(0),
            });
        }
        (words.into_iter().collect(), all.into_iter().collect())
    }

    /// The stems with their very letters.
    fn cased(&self) -> Vec<CasedStem> {
        let of_sort = |sort| (0..self.leaves.count(sort) as u32).map(move |number| Leaf::new(sort, number));
        let stems = of_sort(LeafSort::CasedPrefix).chain(of_sort(LeafSort::CasedSuffix));
        stems.map(|leaf| CasedStem { letters: self.leaves.spelling(leaf).into(), leaf }).collect()
    }

    fn kinds(&self) -> [OfKind; TokenKind::Break as usize + 1] {
        let mut kinds = <[OfKind; TokenKind::Break as usize + 1]>::default();
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
                sketch.add(self.sketch(Leaf::new(LeafSort::Kind, kind as u32)));
            }
            if let Some(slot) = kinds.get_mut(token as usize) {
                *slot = OfKind { sketch, passing };
            }
        }
        kinds
    }

    /// The sketch of a leaf and of the classes it is in.
    fn sketch(&self, leaf: Leaf) -> Sketch {
        self.of_leaves.get(self.places.leaf(leaf)).copied().unwrap_or(Sketch::NONE)
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
