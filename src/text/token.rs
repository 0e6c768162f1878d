//! Tokens: the words, numbers, marks and emoji a text is made of, in one pass.
//!
//! White space separates and is no token. A word keeps its inner apostrophes (`don’t`), a number its inner marks
//! (`9:30`, `1.200,50`); every other mark is a token of its own, so that `kr.` is a word and a full stop. What
//! other scanners have found already (emoji, links, mentions…) comes in as [`Mark`]s and each is one token.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{fold, fold_emoji};
use crate::Span;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
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
pub struct Mark {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
}

/// How a token is written; a small set of flags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shape(u16);

impl Shape {
    /// A capital first, then only lower-case letters.
    pub const CAPITALISED: Shape = Shape(1);
    /// Two letters or more, all of them capital.
    pub const ALL_CAPS: Shape = Shape(1 << 1);
    /// One letter, capital.
    pub const ONE_CAPITAL: Shape = Shape(1 << 2);
    /// No capital letter.
    pub const LOWER: Shape = Shape(1 << 3);
    /// No white space before it.
    pub const GLUED: Shape = Shape(1 << 4);
    /// The first token on its line.
    pub const LINE_START: Shape = Shape(1 << 5);
    /// The first word of a sentence.
    pub const SENTENCE_START: Shape = Shape(1 << 6);
    /// Ends a sentence: nothing is read across it.
    pub const BARRIER: Shape = Shape(1 << 7);
    /// Stands inside quotation marks, or on a line quoted with `>`.
    pub const QUOTED: Shape = Shape(1 << 8);
    /// One letter stretched (`sooo`).
    pub const STRETCHED: Shape = Shape(1 << 9);
    /// Written with characters that are looked through or composed when words are compared.
    pub const DISGUISED: Shape = Shape(1 << 10);

    /// Whether all flags of `other` are set.
    pub const fn has(self, other: Shape) -> bool {
        self.0 & other.0 == other.0
    }

    /// Sets the flags of `other`.
    pub fn set(&mut self, other: Shape) {
        self.0 |= other.0;
    }

    /// Clears the flags of `other`.
    pub fn clear(&mut self, other: Shape) {
        self.0 &= !other.0;
    }
}

/// One token of a text.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
    /// How it is written.
    pub shape: Shape,
    folded: (u32, u32),
    hash: u32,
}

impl Token {
    /// Whether the word is spelt exactly so, looking through what is invisible and composing what is decomposed.
    pub(crate) fn is_written(&self, text: &str, spelling: &str) -> bool {
        let written = self.span.of(text);
        if !self.shape.has(Shape::DISGUISED) {
            return written == spelling;
        }
        written.chars().filter(|&c| !fold::is_invisible(c)).nfc().eq(spelling.nfc())
    }
}

/// The tokens of one text. Made to be reused: [`read`](Tokens::read) keeps the memory of the text before.
#[derive(Clone, Debug, Default)]
pub struct Tokens {
    tokens: Vec<Token>,
    folded: String,
}

impl Tokens {
    /// Reads a text. `marks` are sorted and do not overlap.
    pub fn read(&mut self, text: &str, marks: &[Mark]) {
        self.tokens.clear();
        self.folded.clear();
        Reader { text, marks, at: 0, shape: LINE_START, out: self }.run();
    }

    /// The tokens in the order of the text.
    pub fn as_slice(&self) -> &[Token] {
        &self.tokens
    }

    pub(crate) fn as_mut_slice(&mut self) -> &mut [Token] {
        &mut self.tokens
    }

    /// The folded form of a token: what it is compared by.
    pub fn folded(&self, token: &Token) -> &str {
        self.folded.get(token.folded.0 as usize..token.folded.1 as usize).unwrap_or("")
    }

    pub(crate) fn hash(token: &Token) -> u32 {
        token.hash
    }
}

const LINE_START: Shape = Shape::LINE_START;

struct Reader<'a> {
    text: &'a str,
    marks: &'a [Mark],
    at: usize,
    /// What is known of the next token from the white space before it.
    shape: Shape,
    out: &'a mut Tokens,
}

impl Reader<'_> {
    fn run(mut self) {
        self.shape.set(Shape::GLUED);
        while let Some(c) = self.peek() {
            if let Some((mark, rest)) = self.marks.split_first() {
                if mark.span.start <= self.at {
                    self.marks = rest;
                    self.mark(*mark);
                    continue;
                }
            }
            match c {
                'a'..='z' | 'A'..='Z' | '0'..='9' => self.word(),
                ' ' => {
                    self.at += 1;
                    self.shape.clear(Shape::GLUED);
                }
                '\n' | '\r' => self.line_break(),
                '!'..='~' => self.punctuation(c),
                _ if c.is_whitespace() => {
                    self.at += c.len_utf8();
                    self.shape.clear(Shape::GLUED);
                }
                _ if fold::is_invisible(c) || c.is_control() => self.at += c.len_utf8(),
                _ if is_alphanumeric(c) => self.word(),
                _ => self.punctuation(c),
            }
        }
    }

    fn peek(&self) -> Option<char> {
        let rest = self.text.as_bytes().get(self.at)?;
        if rest.is_ascii() { Some(char::from(*rest)) } else { self.text.get(self.at..)?.chars().next() }
    }

    /// The offset up to which no mark begins.
    fn limit(&self) -> usize {
        self.marks.first().map_or(self.text.len(), |mark| mark.span.start)
    }

    fn push(&mut self, start: usize, kind: TokenKind, shape: Shape, folded_from: usize) {
        let folded = self.out.folded.as_bytes().get(folded_from..).unwrap_or_default();
        let hash = fold::hash(folded);
        let folded = (folded_from as u32, self.out.folded.len() as u32);
        let mut whole = self.shape;
        whole.set(shape);
        self.out.tokens.push(Token { span: Span::new(start, self.at), kind, shape: whole, folded, hash });
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
        self.push(mark.span.start, mark.kind, Shape::default(), from);
    }

    /// One line break is white space; a blank line ends the paragraph.
    fn line_break(&mut self) {
        let start = self.at;
        let mut lines = 0;
        while let Some(c) = self.peek().filter(|c| c.is_whitespace()) {
            if self.at >= self.limit() {
                break;
            }
            lines +=
                usize::from(c == '\n' || c == '\r' && self.text.as_bytes().get(self.at + 1) != Some(&b'\n'));
            self.at += c.len_utf8();
        }
        if lines > 1 && !self.out.tokens.is_empty() {
            let from = self.out.folded.len();
            self.push(start, TokenKind::Break, Shape::BARRIER, from);
        }
        self.shape = LINE_START;
    }

    fn punctuation(&mut self, c: char) {
        let (start, from) = (self.at, self.out.folded.len());
        self.at += c.len_utf8();
        fold::push_folded(c, &mut self.out.folded);
        self.push(start, TokenKind::Punctuation, Shape::default(), from);
    }

    fn word(&mut self) {
        let (start, from, limit) = (self.at, self.out.folded.len(), self.limit());
        let mut letters = Letters::default();
        let mut normalise = false;
        while self.at < limit {
            self.at += letters.see_ascii(self.text.as_bytes().get(self.at..limit).unwrap_or_default());
            let Some(c) = self.peek().filter(|_| self.at < limit) else { break };
            if !c.is_ascii() && is_alphanumeric(c) {
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
        } else if word.is_ascii() {
            self.out.folded.push_str(word);
            if letters.capitals > 0 {
                self.out.folded.get_mut(from..).unwrap_or_default().make_ascii_lowercase();
            }
        } else {
            for c in word.chars() {
                fold::push_folded(c, &mut self.out.folded);
            }
        }
        let kind = if letters.any { TokenKind::Word } else { TokenKind::Number };
        self.push(start, kind, shape, from);
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

/// Whether a character is a letter or a number, without a look-up in the large tables for the Latin ones.
fn is_alphanumeric(c: char) -> bool {
    match c {
        '\0'..='\x7F' => c.is_ascii_alphanumeric(),
        'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ſ' => true,
        _ => c.is_alphanumeric(),
    }
}

/// What a byte is within a word: a small letter, a capital, a digit, or nothing of that.
#[allow(clippy::indexing_slicing, reason = "evaluated when the crate is compiled")]
const CLASSES: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = match byte as u8 {
            b'a'..=b'z' => SMALL,
            b'A'..=b'Z' => CAPITAL,
            b'0'..=b'9' => DIGIT,
            _ => 0,
        };
        byte += 1;
    }
    table
};

const SMALL: u8 = 1;
const CAPITAL: u8 = 2;
const DIGIT: u8 = 4;

/// What is noticed about the letters of a word while it is read.
#[derive(Default)]
struct Letters {
    any: bool,
    first_capital: bool,
    capitals: u32,
    lowers: u32,
    digits: u32,
    last: Option<char>,
    run: u32,
    stretched: bool,
}

impl Letters {
    /// Sees the letters and digits at the beginning of `bytes`, all at once where nothing is remarkable about them,
    /// and says how many there are.
    fn see_ascii(&mut self, bytes: &[u8]) -> usize {
        let (mut count, mut all) = (0, 0);
        let mut capitals = 0;
        let (mut last, mut run, mut longest) = (0, 0, 0);
        for &byte in bytes {
            let class = CLASSES.get(usize::from(byte)).copied().unwrap_or(0);
            if class == 0 {
                break;
            }
            all |= class;
            capitals += u32::from(class == CAPITAL);
            let letter = byte | 0x20;
            run = if letter == last { run + 1 } else { 1 };
            longest = longest.max(run);
            last = letter;
            count += 1;
        }
        let word = bytes.get(..count).unwrap_or_default();
        let Some(&first) = word.first() else { return 0 };
        let goes_on = self.last.is_some_and(|last| last.eq_ignore_ascii_case(&char::from(first)));
        if all & DIGIT != 0 || longest > 2 || self.run > 2 || goes_on {
            word.iter().for_each(|&byte| self.see(char::from(byte)));
            return count;
        }
        self.first_capital |= !self.any && first.is_ascii_uppercase();
        self.any = true;
        self.capitals += capitals;
        self.lowers += count as u32 - capitals;
        self.last = Some(char::from(last));
        self.run = run;
        count
    }

    fn see(&mut self, c: char) {
        let latin = c.is_ascii_alphabetic() || matches!(c, 'À'..='ſ');
        if !latin && c.is_numeric() {
            self.digits += 1;
            self.last = None;
            return;
        }
        let capital = match c {
            '\0'..='\x7F' => c.is_ascii_uppercase(),
            'À'..='ÿ' => c <= 'Þ',
            _ => c.is_uppercase(),
        };
        if capital {
            self.first_capital |= !self.any;
            self.capitals += 1;
        } else {
            self.lowers += 1;
        }
        self.any = true;
        let same = self.last.is_some_and(|last| last == c || last.eq_ignore_ascii_case(&c));
        self.end_run(same);
        self.run = if same { self.run + 1 } else { 1 };
        self.last = Some(c);
    }

    /// A run inside a word counts from three for vowels, from four for the rest: German compounds such as
    /// `Schifffahrt` have three honest consonants in a row.
    fn end_run(&mut self, goes_on: bool) {
        if !goes_on && self.run >= 3 {
            let vowel = self.last.is_some_and(|c| "aeiouyåäöæøAEIOUYÅÄÖÆØ".contains(c));
            self.stretched |= vowel || self.run >= 4;
        }
    }

    fn join(&mut self) {
        self.end_run(false);
        self.last = None;
        self.run = 0;
    }

    fn shape(&self) -> Shape {
        let mut shape = Shape::default();
        let letters = self.capitals + self.lowers;
        if self.any {
            match (self.capitals, letters) {
                (0, _) => shape.set(Shape::LOWER),
                (1, 1) => {
                    shape.set(Shape::ONE_CAPITAL);
                    shape.set(Shape::CAPITALISED);
                }
                (capitals, letters) if capitals == letters => shape.set(Shape::ALL_CAPS),
                (1, _) if self.first_capital => shape.set(Shape::CAPITALISED),
                _ => {}
            }
        }
        // A run at the end of a word is stretching whatever the letter (`takkkk`), unless the word is nothing else
        // (`www`, `xxx`).
        if self.stretched || self.run >= 3 && letters > self.run && self.digits == 0 {
            shape.set(Shape::STRETCHED);
        }
        shape
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_ways_give_what_the_standard_library_gives() {
        for c in '\0'..='\u{2FF}' {
            assert_eq!(is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
            if c.is_alphanumeric() {
                let mut letters = Letters::default();
                letters.see(c);
                assert_eq!(letters.digits > 0, c.is_numeric(), "{c:?}");
                assert_eq!(letters.capitals > 0, c.is_uppercase(), "{c:?}");
            }
        }
    }

    #[test]
    fn letters_seen_at_once_are_letters_seen_one_by_one() {
        let pieces = ["a", "A", "aa", "aA", "aaa", "å", "åå", "1", "23", "b'", "x", "Bcd", "ll", "L"];
        for count in 1..=4 {
            for mut code in 0..pieces.len().pow(count) {
                let mut word = String::new();
                for _ in 0..count {
                    word += pieces[code % pieces.len()];
                    code /= pieces.len();
                }
                let (mut fast, mut slow) = (Letters::default(), Letters::default());
                let mut at = 0;
                while at < word.len() {
                    at += fast.see_ascii(&word.as_bytes()[at..]);
                    let Some(c) = word[at..].chars().next() else { break };
                    if c == '\'' {
                        fast.join()
                    } else {
                        fast.see(c)
                    }
                    at += c.len_utf8();
                }
                word.chars().for_each(|c| if c == '\'' { slow.join() } else { slow.see(c) });
                assert_eq!(fast.shape(), slow.shape(), "{word}");
                assert_eq!((fast.any, fast.digits), (slow.any, slow.digits), "{word}");
            }
        }
    }
}
