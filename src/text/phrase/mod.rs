//! The phrase notation: how a policy writes down what it listens for.
//!
#![doc = include_str!("notation.md")]

mod classes;
mod group;
mod leaves;
mod lex;
mod members;
mod ops;
mod read;
mod reading;
#[cfg(test)]
pub(crate) mod reference;
mod sequence;
#[cfg(test)]
mod tests;
mod write;

use thiserror::Error;

pub(crate) use classes::Classes;
pub(crate) use leaves::{Leaf, LeafSort, Leaves};
pub(crate) use ops::Op;
pub(crate) use read::PhraseReader;

/// What the notation means, in Markdown.
pub(crate) const NOTATION: &str = include_str!("notation.md");

/// The most words a gap may span.
pub const LONGEST_GAP: u8 = 9;
/// The most marks and emoji that a gap passes over beside its words: people write `send oss 😊😊 - en melding`, and
/// nobody writes a thousand commas but to keep a machine busy.
pub const MOST_MARKS_IN_GAP: u8 = 12;
/// The most ways one phrase may be read (the product of its options).
pub const MOST_PATHS: usize = 512;
/// The longest phrase, in bytes.
pub const LONGEST_PHRASE: usize = 2_000;

/// How much longer the longest reading of a phrase may be than its shortest, in words and marks.
pub const MOST_SPREAD: u32 = 63;

/// How deep brackets, and classes, may stand inside one another.
pub const MOST_NESTED: usize = 32;

/// Where a phrase may begin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Start {
    #[default]
    Anywhere,
    /// Where a sentence starts, and behind a salutation (`Hi Anna, …`).
    Opening,
    /// Where a sentence starts alone: the phrase begins with a word in exactly one case, and a capital says nothing
    /// there, but much behind a salutation (`Hallo Anna, Sie …`).
    Sentence,
}

/// The built-in classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    Word,
    Number,
    Link,
    Email,
    Mention,
    Hashtag,
    Emoji,
    Name,
    Caps,
    Initials,
}

impl Kind {
    /// The name a phrase calls the class by, for all of them.
    pub(crate) const ALL: [(&'static str, Kind); 10] = [
        ("word", Kind::Word),
        ("number", Kind::Number),
        ("link", Kind::Link),
        ("email", Kind::Email),
        ("mention", Kind::Mention),
        ("hashtag", Kind::Hashtag),
        ("emoji", Kind::Emoji),
        ("name", Kind::Name),
        ("caps", Kind::Caps),
        ("initials", Kind::Initials),
    ];

    fn named(name: &str) -> Option<Kind> {
        Kind::ALL.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
    }
}

/// What is wrong with a phrase, and where in it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{problem}")]
pub struct PhraseError {
    /// Byte offset into the phrase.
    pub at: usize,
    /// What is wrong.
    pub problem: PhraseProblem,
}

/// The ways a phrase can be wrong.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PhraseProblem {
    /// Nothing to listen for.
    #[error("the phrase matches no word")]
    Empty,
    /// A bracket without its partner.
    #[error("`{0}` has no partner")]
    Unbalanced(char),
    /// A gap that is not `..1` to `..9`.
    #[error("a gap is `..1` to `..9`")]
    Gap,
    /// A gap at the edge of a phrase or group, or beside another.
    #[error("a gap stands between two words that must be there")]
    GapAtEdge,
    /// A stem too short to mean anything.
    #[error("a stem has at least two letters")]
    ShortStem,
    /// `*` in the middle of a word, or on both sides.
    #[error("`*` stands at one end of a word")]
    Star,
    /// `^` or `$` where it cannot stand.
    #[error("`^` comes first and `$` last in a phrase")]
    Anchor,
    /// A class nobody defined.
    #[error("there is no class `{0}`")]
    UnknownClass(String),
    /// A class that contains itself.
    #[error("the class `{0}` contains itself")]
    CircularClass(String),
    /// A class glued to a word.
    #[error("a class is no part of a word: it stands between white space or marks")]
    GluedClass,
    /// A class whose very letters are asked for.
    #[error(
        "`=` asks for the letters of a word, and a class has many: write it in the class, or `\\=` for the mark"
    )]
    CasedClass,
    /// Too many options multiplied.
    #[error("the phrase can be read in more than {MOST_PATHS} ways")]
    TooManyPaths,
    /// Options and gaps that add up.
    #[error("the longest reading of the phrase has {MOST_SPREAD} words and marks more than the shortest")]
    TooWide,
    /// Too deep.
    #[error("brackets or classes stand more than {MOST_NESTED} deep inside one another")]
    TooDeep,
    /// Too much for one scanner.
    #[error("the phrases of the language are too many together")]
    TooMany,
    /// Too long.
    #[error("the phrase is longer than {LONGEST_PHRASE} bytes")]
    TooLong,
}

/// Why reading stopped.
#[derive(Debug)]
pub(crate) enum Stop {
    // In a box, because results carry this about where mostly nothing is wrong.
    Fault(Box<PhraseError>),
    /// A class must be read first.
    Unread(u32),
}

impl From<PhraseError> for Stop {
    fn from(error: PhraseError) -> Self {
        Stop::Fault(Box::new(error))
    }
}
