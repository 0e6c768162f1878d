//! The pass over a text that makes its tokens.

use unicode_normalization::char::is_combining_mark;

use super::letters::{Letters, is_alphanumeric};
use super::plain::{self, Plain, plain};
use super::{Mark, Shape, Token, TokenKind, Tokens};
use crate::Span;
use crate::text::words::Key;
use crate::text::{fold, fold_emoji};

pub(super) struct Reader<'a> {
    text: &'a str,
    marks: &'a [Mark],
    at: usize,
    /// What is known of the next token from the white space before it.
    shape: Shape,
    /// Whether some letter of the text stands three times in a row.
    has_triple: bool,
    out: &'a mut Tokens,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, marks: &'a [Mark], out: &'a mut Tokens) -> Self {
        out.tokens.clear();
        out.folded.clear();
        out.folded.push_str(text);
        out.folded.make_ascii_lowercase();
        let has_triple = plain::has_triple(out.folded.as_bytes());
        let mut shape = Shape::LINE_START;
        shape.set(Shape::GLUED);
        Reader { text, marks, at: 0, shape, has_triple, out }
    }

    pub(super) fn run(mut self) {
        let mut limit = self.limit();
        while let Some(&byte) = self.text.as_bytes().get(self.at) {
            if self.at >= limit {
                if let Some((mark, rest)) = self.marks.split_first() {
                    self.marks = rest;
                    limit = self.limit();
                    self.mark(*mark);
                    continue;
                }
            }
            let class = plain::class(byte);
            if class & plain::WORD != 0 {
                self.word(limit);
                // Nearly always a space comes next.
                if self.at < limit && self.text.as_bytes().get(self.at) == Some(&b' ') {
                    self.at += 1;
                    self.shape.clear(Shape::GLUED);
                }
            } else if class == plain::SPACE {
                self.at += 1;
                self.shape.clear(Shape::GLUED);
            } else if class == plain::MARK {
                let start = self.at;
                self.at += 1;
                self.push(start, TokenKind::Punctuation, Shape::default(), (start, start + 1));
            } else if class == plain::LINE {
                self.line_break(limit);
            } else {
                self.other(limit);
            }
        }
    }

    /// A character that is neither printable ASCII nor one that plain words begin with.
    fn other(&mut self, limit: usize) {
        let Some(c) = self.peek() else { return };
        if c.is_whitespace() {
            self.at += c.len_utf8();
            self.shape.clear(Shape::GLUED);
        } else if fold::is_invisible(c) || c.is_control() {
            self.at += c.len_utf8();
        } else if is_alphanumeric(c) {
            self.any_word(limit);
        } else {
            self.punctuation(c);
        }
    }

    fn peek(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    /// The offset up to which no mark begins.
    fn limit(&self) -> usize {
        self.marks.first().map_or(self.text.len(), |mark| mark.span.start)
    }

    /// Pushes the token that ends here, whose folded form stands at `folded`.
    #[inline]
    fn push(&mut self, start: usize, kind: TokenKind, shape: Shape, folded: (usize, usize)) {
        let key = Key::at(self.out.folded.as_bytes(), folded.0, folded.1);
        let folded = (folded.0 as u32, folded.1 as u32);
        let mut whole = self.shape;
        whole.set(shape);
        self.out.tokens.push(Token { span: Span::new(start, self.at), kind, shape: whole, folded, key });
        self.shape = Shape::GLUED;
    }

    /// The same for a token whose folded form was appended from `from` on.
    fn push_folded(&mut self, start: usize, kind: TokenKind, shape: Shape, from: usize) {
        self.push(start, kind, shape, (from, self.out.folded.len()));
    }

    fn mark(&mut self, mark: Mark) {
        let from = self.out.folded.len();
        if mark.kind == TokenKind::Emoji {
            self.out.folded.push_str(fold_emoji(mark.span.of(self.text)));
        }
        if mark.kind == TokenKind::Hashtag {
            // A word is a word with a `#` before it, too.
            let word = mark.span.of(self.text).trim_start_matches(['#', '＃']);
            fold::fold_into(word, &mut self.out.folded);
        }
        self.at = mark.span.end.max(self.at);
        self.push_folded(mark.span.start, mark.kind, Shape::default(), from);
    }

    /// One line break is white space; a blank line ends the paragraph.
    fn line_break(&mut self, limit: usize) {
        let start = self.at;
        let mut lines = 0;
        while let Some(c) = self.peek().filter(|c| c.is_whitespace()) {
            if self.at >= limit {
                break;
            }
            lines +=
                usize::from(c == '\n' || c == '\r' && self.text.as_bytes().get(self.at + 1) != Some(&b'\n'));
            self.at += c.len_utf8();
        }
        if lines > 1 && !self.out.tokens.is_empty() {
            let from = self.out.folded.len();
            self.push_folded(start, TokenKind::Break, Shape::BARRIER, from);
        }
        self.shape = Shape::LINE_START;
    }

    fn punctuation(&mut self, c: char) {
        let (start, from) = (self.at, self.out.folded.len());
        self.at += c.len_utf8();
        fold::push_folded(c, &mut self.out.folded);
        self.push_folded(start, TokenKind::Punctuation, Shape::default(), from);
    }

    #[inline]
    fn word(&mut self, limit: usize) {
        let start = self.at;
        let bytes = self.text.as_bytes().get(..limit).unwrap_or_default();
        match plain(bytes, start) {
            Some(Plain { end, kind, shape }) if !self.has_triple_in(start, end) => {
                self.at = end;
                self.push(start, kind, shape, (start, end));
            }
            // `×` and `÷` begin like letters.
            _ => match self.peek() {
                Some(c @ ('×' | '÷')) => self.punctuation(c),
                _ => self.any_word(limit),
            },
        }
    }

    fn has_triple_in(&self, start: usize, end: usize) -> bool {
        self.has_triple && self.out.folded.as_bytes().get(start..end).is_some_and(plain::has_triple)
    }

    /// Any word, character by character.
    fn any_word(&mut self, limit: usize) {
        let (start, from) = (self.at, self.out.folded.len());
        let mut letters = Letters::default();
        let mut normalise = false;
        while let Some(c) = self.peek().filter(|_| self.at < limit) {
            if is_alphanumeric(c) {
                normalise |= fold::needs_normalising(c);
                letters.see(c);
            } else if !c.is_ascii() && (fold::is_invisible(c) || is_combining_mark(c)) {
                normalise = true;
            } else if self.joins(c, &letters, limit) {
                letters.join();
            } else {
                break;
            }
            self.at += c.len_utf8();
        }
        let word = self.text.get(start..self.at).unwrap_or("");
        let mut shape = letters.shape();
        if normalise {
            shape.set(Shape::DISGUISED);
            fold::fold_into(word, &mut self.out.folded);
        } else {
            word.chars().for_each(|c| fold::push_folded(c, &mut self.out.folded));
        }
        let kind = if letters.any { TokenKind::Word } else { TokenKind::Number };
        self.push_folded(start, kind, shape, from);
    }

    /// Whether a mark belongs to the word around it: an apostrophe between letters, a point, comma or colon
    /// between the digits of a number.
    fn joins(&self, c: char, letters: &Letters, limit: usize) -> bool {
        let next = || self.text.get(self.at + c.len_utf8()..limit).and_then(|rest| rest.chars().next());
        match c {
            '.' | ',' | ':' if letters.any || letters.digits == 0 => false,
            '.' | ',' | ':' => next().is_some_and(|next| next.is_ascii_digit()),
            _ => fold::is_apostrophe(c) && next().is_some_and(is_alphanumeric),
        }
    }
}
