//! Tokens: the words, numbers, marks and emoji a text is made of, in one pass.
//!
//! White space separates and is no token. A word keeps its inner apostrophes (`don’t`), a number its inner marks
//! (`9:30`, `1.200,50`); every other mark is a token of its own, so that `kr.` is a word and a full stop. What
//! other scanners have found already (emoji, links, mentions…) comes in as [`Mark`]s and each is one token.

mod letters;
mod plain;
mod reader;
#[cfg(test)]
mod tests;

use unicode_normalization::UnicodeNormalization;

use super::fold;
use super::words::Key;
use crate::Span;
use reader::Reader;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum TokenKind {
    /// Letters, with or without digits among them.
    Word,
    /// Digits, with inner points, commas, colons or apostrophes.
    Number,
    /// One punctuation mark or symbol.
    Punctuation,
    /// One emoji, as a reader sees it.
    Emoji,
    /// A web address.
    Link,
    /// An e-mail address.
    Email,
    /// `@somebody`.
    Mention,
    /// `#something`.
    Hashtag,
    /// The end of a paragraph: a blank line.
    Break,
}

/// A stretch of text that is one token whatever stands in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Where it stands.
    pub(crate) span: Span,
    /// What it is.
    pub(crate) kind: TokenKind,
}

/// How a token is written; a small set of flags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shape(u16);

impl Shape {
    /// A capital first, then only lower-case letters.
    pub(crate) const CAPITALISED: Shape = Shape(1);
    /// Two letters or more, all of them capital.
    pub(crate) const ALL_CAPS: Shape = Shape(1 << 1);
    /// One letter, capital.
    pub(crate) const ONE_CAPITAL: Shape = Shape(1 << 2);
    /// No capital letter.
    pub(crate) const LOWER: Shape = Shape(1 << 3);
    /// No white space before it.
    pub(crate) const GLUED: Shape = Shape(1 << 4);
    /// The first token on its line.
    pub(crate) const LINE_START: Shape = Shape(1 << 5);
    /// The first word of a sentence.
    pub(crate) const SENTENCE_START: Shape = Shape(1 << 6);
    /// Ends a sentence: nothing is read across it.
    pub(crate) const BARRIER: Shape = Shape(1 << 7);
    /// Stands inside quotation marks, or on a line quoted with `>`.
    pub(crate) const QUOTED: Shape = Shape(1 << 8);
    /// One letter stretched (`sooo`).
    pub(crate) const STRETCHED: Shape = Shape(1 << 9);
    /// Written with characters that are looked through or composed when words are compared.
    pub(crate) const DISGUISED: Shape = Shape(1 << 10);
    /// The first word behind a salutation (`Hi Anna, ‹we› …`).
    pub(crate) const SALUTED: Shape = Shape(1 << 11);
    /// No full stop, but where one was left out: it [ends a sentence](Shape::BARRIER) as one does.
    pub(crate) const UNWRITTEN_STOP: Shape = Shape(1 << 12);

    /// Whether all flags of `other` are set.
    #[inline]
    pub(crate) const fn has(self, other: Shape) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether any flag of `other` is set.
    #[inline]
    pub(crate) const fn has_any(self, other: Shape) -> bool {
        self.0 & other.0 != 0
    }

    /// The flags of both.
    pub(crate) const fn or(self, other: Shape) -> Shape {
        Shape(self.0 | other.0)
    }

    /// The flags, if it holds; else none. There is no branch in it.
    #[inline]
    pub(crate) const fn when(self, holds: bool) -> Shape {
        Shape(self.0 * holds as u16)
    }

    /// Sets the flags of `other`.
    #[inline]
    pub(crate) fn set(&mut self, other: Shape) {
        self.0 |= other.0;
    }

    /// Clears the flags of `other`.
    #[inline]
    pub(crate) fn clear(&mut self, other: Shape) {
        self.0 &= !other.0;
    }
}

/// One token of a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    /// Where it stands.
    pub(crate) span: Span,
    /// What it is.
    pub(crate) kind: TokenKind,
    /// How it is written.
    pub(crate) shape: Shape,
    folded: (u32, u32),
    key: Key,
}

impl Token {
    /// What the folded form is looked up by.
    #[inline]
    pub(crate) fn key(&self) -> Key {
        self.key
    }

    /// The mark of ASCII that the token is; zero where it is anything else.
    #[inline]
    pub(crate) fn mark(&self) -> u8 {
        if self.kind == TokenKind::Punctuation { self.key.ascii() } else { 0 }
    }

    /// Whether the word is spelt exactly so, looking through what is invisible and composing what is decomposed.
    pub(crate) fn is_written(&self, text: &str, spelling: &str) -> bool {
        let written = self.span.of(text);
        if !self.shape.has(Shape::DISGUISED) {
            return written == spelling;
        }
        written.chars().filter(|&c| !fold::is_invisible(c)).nfc().eq(spelling.nfc())
    }
}

/// So many tokens are looked over at once.
pub(crate) const MANY: usize = u64::BITS as usize;

/// A bit for each of the first [`MANY`] tokens that is of note. Which comes next in a text cannot be foreseen, so that
/// no branch asks each of them; `is_of_note` should not branch either.
#[inline(always)]
pub(crate) fn of_note(tokens: &[Token], is_of_note: impl Fn(&Token) -> bool) -> u64 {
    tokens.iter().take(MANY).rev().fold(0, |set, token| set << 1 | u64::from(is_of_note(token)))
}

/// The tokens of one text. Made to be reused: [`read`](Tokens::read) keeps the memory of the text before.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tokens {
    tokens: Vec<Token>,
    /// The text in lower case as far as it is ASCII, so that most tokens have their folded form where they stand, and
    /// behind it the folded form of all others.
    folded: String,
    /// What each byte of the text is to a plain word.
    classes: Vec<u8>,
}

impl Tokens {
    /// Reads a text. `marks` are sorted and do not overlap.
    pub(crate) fn read(&mut self, text: &str, marks: &[Mark]) {
        Reader::new(text, marks, self).run();
    }

    /// The tokens in the order of the text.
    #[inline]
    pub(crate) fn as_slice(&self) -> &[Token] {
        &self.tokens
    }

    pub(crate) fn as_mut_slice(&mut self) -> &mut [Token] {
        &mut self.tokens
    }

    /// The folded form of a token: what it is compared by.
    #[inline]
    pub(crate) fn folded(&self, token: &Token) -> &str {
        self.folded.get(token.folded.0 as usize..token.folded.1 as usize).unwrap_or("")
    }
}
