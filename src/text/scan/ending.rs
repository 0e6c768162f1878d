//! The end of a text: what counts for it, and what only stands there.

use crate::text::token::{Shape, Token, TokenKind};

/// A name has at most so many words.
const LONGEST_NAME: usize = 3;

/// The token from which on there is nothing but closing marks, emoji, links and who signs.
pub(super) fn text_end(text: &str, tokens: &[Token]) -> usize {
    let end = without_marks(text, tokens);
    let signed = tokens.get(..end).map_or(end, |said| without_signature(text, said));
    if signed == end { end } else { tokens.get(..signed).map_or(end, |said| without_marks(text, said)) }
}

/// How many tokens there are without the marks, emoji and links at their end.
fn without_marks(text: &str, tokens: &[Token]) -> usize {
    let trailing = |token: &&Token| match token.kind {
        TokenKind::Emoji | TokenKind::Link | TokenKind::Break => true,
        TokenKind::Punctuation => matches!(token.span.of(text), "." | "!" | ")" | "…" | "*" | "_"),
        _ => false,
    };
    tokens.len() - tokens.iter().rev().take_while(trailing).count()
}

/// How many tokens there are without a name or initials at their end: on a line of their own, behind an emoji, or behind
/// a mark (`/Kari`, `^AB`).
fn without_signature(text: &str, tokens: &[Token]) -> usize {
    let capitals = Shape::CAPITALISED.or(Shape::ALL_CAPS).or(Shape::ONE_CAPITAL);
    for (at, token) in tokens.iter().enumerate().rev().take(LONGEST_NAME + 1) {
        match token.kind {
            TokenKind::Word if tokens.len() - at > LONGEST_NAME || !token.shape.has_any(capitals) => break,
            TokenKind::Word if token.shape.has(Shape::LINE_START) && at > 0 => return at,
            TokenKind::Word => {}
            TokenKind::Emoji if at + 1 < tokens.len() => return at,
            TokenKind::Punctuation if at + 1 < tokens.len() && !token.shape.has(Shape::GLUED) => {
                let signs = matches!(token.span.of(text), "-" | "–" | "—" | "/" | "^" | "~" | "*");
                return if signs { at } else { tokens.len() };
            }
            _ => break,
        }
    }
    tokens.len()
}
