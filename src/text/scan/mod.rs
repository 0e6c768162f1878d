//! The scanner: all phrases of a language in one pass over a text.
//!
//! Every phrase is a path in one trie over *symbols*. A symbol is a word, a word in one spelling, a stem, a kind
//! of token, or a class of those; a token has the few symbols that fit it, found with one look-up in the
//! vocabulary. So `{we} apologi(s|z)e` is one path of two arcs however many words the class holds, and the cost of
//! a scan depends on the text, hardly on the number of phrases.
//!
//! From each token the walk follows all arcs that fit (a gap keeps a path waiting for a few words) and collects
//! every phrase that ends. Then phrases of one *plane* compete: at the earliest start the longest is heard, and
//! nothing else of that plane inside it. Phrases of different planes do not see each other.

mod build;
mod stems;
mod symbols;
mod trie;
mod vocabulary;
mod walk;

#[cfg(test)]
mod tests;

pub use build::ScannerBuilder;
pub use walk::ScanScratch;

use crate::Span;
use crate::text::token::{Token, Tokens};
use trie::Trie;
use vocabulary::Vocabulary;

/// A group of phrases that compete: of those that overlap only the leftmost-longest is heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Plane(pub u8);

impl Plane {
    /// No competition: every phrase that stands in the text is heard.
    pub const FREE: Plane = Plane(u8::MAX);
}

/// A phrase heard in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hit {
    /// Where it stands.
    pub span: Span,
    /// Index of its first token.
    pub first: u32,
    /// Index of the token after its last one.
    pub end: u32,
    /// What was given with the phrase when it was added.
    pub payload: u32,
}

/// Properties a policy gives to single words, as bits of its own choosing.
pub type WordFlags = u8;

/// A compiled set of phrases. Immutable; one can serve any number of threads.
#[derive(Clone, Debug)]
pub struct Scanner {
    vocabulary: Vocabulary,
    trie: Trie,
    planes: Vec<Plane>,
}

impl Scanner {
    /// An empty builder.
    pub fn builder() -> ScannerBuilder {
        ScannerBuilder::default()
    }

    /// Looks up every token. To be called once for a text before [`scan`](Scanner::scan).
    pub fn recognise(&self, tokens: &Tokens, scratch: &mut ScanScratch) {
        scratch.recognise(&self.vocabulary, tokens);
    }

    /// The flags of a word of the text, by the index of its token.
    pub fn flags(&self, scratch: &ScanScratch, token: usize) -> WordFlags {
        scratch.word(token).map_or(0, |word| self.vocabulary.flags(word))
    }

    /// The flags of a word, by the token itself.
    pub fn flags_of(&self, tokens: &Tokens, token: &Token) -> WordFlags {
        self.vocabulary
            .find(Tokens::hash(token), tokens.folded(token))
            .map_or(0, |word| self.vocabulary.flags(word))
    }

    /// Appends every phrase heard in the text to `hits`, ordered by start, the longer first.
    pub fn scan(&self, text: &str, tokens: &Tokens, scratch: &mut ScanScratch, hits: &mut Vec<Hit>) {
        walk::scan(self, text, tokens, scratch, hits);
    }

    /// The number of distinct words the scanner knows.
    pub fn words(&self) -> usize {
        self.vocabulary.len()
    }
}
