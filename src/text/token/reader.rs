//! The pass over a text that makes its tokens.

use unicode_normalization::char::is_combining_mark;

use super::letters::{Letters, is_alphanumeric};
use super::plain::{self, Bytes, Plain, closely, plain};
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
    out: &'a mut Tokens,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, marks: &'a [Mark], out: &'a mut Tokens) -> Self {
        out.tokens.clear();
        out.folded.clear();
        out.folded.push_str(text);
        out.folded.make_ascii_lowercase();
        out.folded.push_str(plain::PADDING);
        plain::classify(text.as_bytes(), &mut out.classes);
        let mut shape = Shape::LINE_START;
        shape.set(Shape::GLUED);
        Reader { text, marks, at: 0, shape, out }
    }

    pub(super) fn run(mut self) {
        while self.at < self.text.len() {
            let limit = self.limit();
            self.run_plainly(limit);
            if self.at >= limit {
                if let Some((mark, rest)) = self.marks.split_first() {
                    self.marks = rest;
                    self.mark(*mark);
                }
                continue;
            }
            match self.peek() {
                Some('\n' | '\r') => self.line_break(limit),
                Some(c) if c.is_whitespace() => {
                    self.at += c.len_utf8();
                    self.shape.clear(Shape::GLUED);
                }
                Some(c) if fold::is_invisible(c) || c.is_control() => self.at += c.len_utf8(),
                Some(c) if is_alphanumeric(c) => self.any_word(limit),
                Some(c) => self.punctuation(c),
                None => break,
            }
        }
    }

    /// Plain words, marks of ASCII and the spaces between them, up to anything else. What changes with every token is
    /// held in variables of its own, for this is where the time goes.
    fn run_plainly(&mut self, limit: usize) {
        let Tokens { tokens, folded, classes } = &mut *self.out;
        let whole = Bytes { folded: folded.as_bytes(), classes };
        let limited = Bytes {
            folded: whole.folded.get(..limit).unwrap_or_default(),
            classes: whole.classes.get(..limit).unwrap_or_default(),
        };
        let (mut at, mut before) = (self.at, self.shape);
        while at < limit {
            let found = plain(whole, at).filter(|plain| plain.end <= limit);
            let Some(Plain { end, kind, shape, key, apart }) = found.or_else(|| closely(limited, at)) else {
                if whole.folded.get(at) != Some(&b' ') {
                    break;
                }
                at += 1;
                before.clear(Shape::GLUED);
                continue;
            };
            before.set(shape);
            tokens.push(Token {
                span: Span::new(at, end),
                kind,
                shape: before,
                folded: (at as u32, end as u32),
                key,
            });
            // Behind a token there is a space or not: that, too, is no question to branch on.
            before = Shape::GLUED.when(!apart);
            at = end + usize::from(apart);
        }
        (self.at, self.shape) = (at, before);
    }

    fn peek(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    /// The offset up to which no mark begins.
    fn limit(&self) -> usize {
        self.marks.first().map_or(self.text.len(), |mark| mark.span.start)
    }

    /// Pushes the token that ends here, whose folded form was appended from `from` on.
    fn push_folded(&mut self, start: usize, kind: TokenKind, shape: Shape, from: usize) {
        let to = self.out.folded.len();
        let key = Key::of(self.out.folded.as_bytes().get(from..to).unwrap_or_default());
        let mut whole = self.shape;
        whole.set(shape);
        let (span, folded) = (Span::new(start, self.at), (from as u32, to as u32));
        self.out.tokens.push(Token { span, kind, shape: whole, folded, key });
        self.shape = Shape::GLUED;
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
