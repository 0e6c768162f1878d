//! What is found of placeholders, and by what letters.

use crate::Span;

/// What a trigger turned out to begin.
pub(super) enum Found {
    Placeholder(Span),
    /// None; the search goes on at `next`.
    Nothing {
        next: usize,
    },
}

impl Found {
    pub(super) fn or_nothing(span: Option<Span>) -> Self {
        span.map_or(Found::Nothing { next: 0 }, Found::Placeholder)
    }
}

/// The longest content of a placeholder, in bytes; what is longer is a remark in brackets.
pub(super) const LONGEST: usize = 64;

/// ASCII letters and digits, and every byte of other characters.
pub(super) fn is_word_byte(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b >= 0x80
}

pub(super) fn has_letter(text: &str) -> bool {
    text.contains(char::is_alphabetic)
}
