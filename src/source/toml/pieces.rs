//! Cuts the tokens of a document into pieces that can be parsed one by one.

use toml_parser::Source;
use toml_parser::lexer::{Lexer, Token, TokenKind};

use crate::Span;

/// Pieces of a document, each one or several whole expressions: a header, a key with its value, or an empty line.
///
/// The parser wants all tokens of what it parses at once. Piece by piece they need no more room than the longest
/// expression. And where a bracket is not closed, the piece ends at the next line that could not stand within
/// brackets, so that one forgotten `]` does not spoil the rest of the document.
pub(super) struct Pieces<'a> {
    text: &'a str,
    lexer: Lexer<'a>,
    tokens: Vec<Token>,
    /// So many tokens have been handed out and are to be forgotten.
    done: usize,
    /// How many tokens there are up to the last one that is neither space nor line break nor comment.
    solid: usize,
    /// The brackets that are open.
    open: Vec<TokenKind>,
    /// Where the current line begins in `tokens`.
    line: usize,
    /// Whether all tokens of the current line could be those of a key.
    key: bool,
    /// The last token before the current line that is neither space nor comment.
    before_line: TokenKind,
    /// The same, before the current token.
    before: TokenKind,
}

impl<'a> Pieces<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Pieces {
            text,
            lexer: Source::new(text).lex(),
            tokens: Vec::new(),
            done: 0,
            solid: 0,
            open: Vec::new(),
            line: 0,
            key: true,
            before_line: TokenKind::Newline,
            before: TokenKind::Newline,
        }
    }

    /// The tokens of the next piece; each piece ends with a line break, the last one with the end of the text.
    pub(super) fn next(&mut self) -> Option<&[Token]> {
        self.tokens.drain(..self.done);
        self.solid = self.tokens.len();
        self.line = 0;
        self.done = 0;
        // After a cut the line that was cut off is here already; it holds no bracket but that of a header.
        let header = |token: &Token| token.kind() == TokenKind::LeftSquareBracket;
        self.open.clear();
        self.open.extend(self.tokens.iter().filter(|token| header(token)).map(|token| token.kind()));
        while let Some(token) = self.lexer.next() {
            if !self.open.is_empty() && self.leaves_brackets(token) {
                self.done = self.line;
                let piece = self.done.min(self.solid + 1);
                self.tokens.push(token);
                self.step(token);
                return self.tokens.get(..piece);
            }
            self.tokens.push(token);
            if self.step(token) {
                self.done = self.tokens.len();
                // For each bracket that is not closed the parser goes back over what is not solid; one is enough.
                let piece = if self.open.is_empty() { self.done } else { self.done.min(self.solid + 1) };
                return self.tokens.get(..piece);
            }
        }
        None
    }

    /// Takes notice of a token; says whether it ends the piece.
    fn step(&mut self, token: Token) -> bool {
        match token.kind() {
            TokenKind::Whitespace | TokenKind::Comment => return false,
            TokenKind::Newline => {
                self.line = self.tokens.len();
                self.key = true;
                self.before_line = self.before;
                if self.open.is_empty() {
                    self.before_line = TokenKind::Newline;
                    self.before = TokenKind::Newline;
                }
                return self.open.is_empty();
            }
            TokenKind::Eof => return true,
            TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket => self.open.push(token.kind()),
            TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket => {
                self.open.pop();
            }
            _ => {}
        }
        self.key &= is_key(token.kind()) || token.kind() == TokenKind::Dot;
        self.before = token.kind();
        self.solid = self.tokens.len();
        false
    }

    /// Whether the line up to this token cannot stand within the brackets that are open, but could without them.
    fn leaves_brackets(&self, token: Token) -> bool {
        let innermost = self.open.last().copied().unwrap_or(TokenKind::Eof);
        let started = || self.tokens.get(self.line..).unwrap_or_default();
        if token.kind() == TokenKind::Equals {
            // No key stands directly in an array.
            return self.key
                && self.line > 0
                && innermost == TokenKind::LeftSquareBracket
                && started().iter().any(|token| is_key(token.kind()));
        }
        if !is_key(token.kind()) || self.before != TokenKind::LeftSquareBracket || self.line == 0 {
            return false;
        }
        // The line begins with `[` or `[[` and a key: a header, if it is not an element of an array.
        let brackets = started().iter().filter(|token| token.kind() != TokenKind::Whitespace);
        if !brackets.clone().all(|token| token.kind() == TokenKind::LeftSquareBracket) {
            return false;
        }
        let outside = self.open.len().checked_sub(brackets.count() + 1);
        let value_may_follow = match outside.and_then(|at| self.open.get(at)) {
            Some(TokenKind::LeftSquareBracket) => {
                matches!(self.before_line, TokenKind::LeftSquareBracket | TokenKind::Comma)
            }
            Some(_) => self.before_line == TokenKind::Equals,
            None => return false,
        };
        let span = Span::new(token.span().start(), token.span().end());
        !value_may_follow || token.kind() == TokenKind::Atom && is_word(span.of(self.text))
    }
}

fn is_key(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Atom | TokenKind::BasicString | TokenKind::LiteralString)
}

/// Whether this is a bare word, which can be a key but not a value.
fn is_word(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && !matches!(text, "true" | "false" | "inf" | "nan")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<&str> {
        let mut pieces = Pieces::new(text);
        let mut all = Vec::new();
        while let Some(tokens) = pieces.next() {
            let span = Span::new(tokens[0].span().start(), tokens[tokens.len() - 1].span().end());
            all.push(span.of(text));
        }
        all
    }

    #[test]
    fn an_expression_is_a_piece() {
        assert_eq!(
            pieces("a = 1\n\n[b] # [\nc = [\n1,\n]\n"),
            ["a = 1\n", "\n", "[b] # [\n", "c = [\n1,\n]\n", ""]
        );
        assert_eq!(
            pieces("a = [[1,\n[2]],\n[true]]\nb = {\nc = 1,\nd = '''\n['''}"),
            ["a = [[1,\n[2]],\n[true]]\n", "b = {\nc = 1,\nd = '''\n['''}"]
        );
        assert_eq!(pieces(""), [""]);
    }

    #[test]
    fn a_bracket_that_is_not_closed_ends_where_it_must() {
        for (text, expected) in [
            ("a = [1,\nb = 1\n", ["a = [1,\n", "b = 1\n", ""]),
            ("a = [1\n\n 'b'.c = 1\n", ["a = [1\n\n", " 'b'.c = 1\n", ""]),
            ("a = [1,\n[b.c]\n", ["a = [1,\n", "[b.c]\n", ""]),
            ("a = [1\n[[2]]\n", ["a = [1\n", "[[2]]\n", ""]),
            ("a = {b = 1\n[c]\n", ["a = {b = 1\n", "[c]\n", ""]),
            ("a = [{b = [\nb = 1\n", ["a = [{b = [\n", "b = 1\n", ""]),
            ("[a\nb = 1\n", ["[a\n", "b = 1\n", ""]),
        ] {
            assert_eq!(pieces(text), expected, "{text}");
        }
        // These may go on.
        for text in
            ["a = [1,\n[2]\n", "a = {\nb = 1,\nc =\n[1]\n", "a = [{\nb = 1,\n", "a = [\n['b'],\n[true],\n"]
        {
            assert_eq!(pieces(text).len(), 1, "{text}");
        }
    }
}
