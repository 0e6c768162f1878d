//! Strings and numbers: what the grammar of JSON is made of, letter by letter.

use std::borrow::Cow;

use super::{Read, Reader};
use crate::Span;
use crate::source::flaws::Flaw;
use crate::source::{Value, quoted};

impl<'a> Reader<'a> {
    pub(super) fn string(&mut self) -> Read<Cow<'a, str>> {
        let opening = self.at;
        self.at += 1;
        let mut copied = String::new();
        let mut from = self.at;
        loop {
            let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
            let plain = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f));
            self.at += plain.unwrap_or(rest.len());
            match self.peek() {
                Some(b'"') => {
                    let last = Span::new(from, self.at).of(self.text);
                    self.at += 1;
                    if copied.is_empty() {
                        return Ok(Cow::Borrowed(last));
                    }
                    copied.push_str(last);
                    return Ok(Cow::Owned(copied));
                }
                Some(b'\\') => {
                    copied.push_str(Span::new(from, self.at).of(self.text));
                    copied.push(self.escape()?);
                    from = self.at;
                }
                Some(_) => {
                    let message = "a line break or control character stands in a string";
                    return Err(self.left(Flaw::new("syntax", self.here(), message).help(
                        "write `\\n` for a line break, `\\t` for a tab, `\\u` and four digits for others",
                    )));
                }
                None => {
                    let message = "the string is not closed";
                    return Err(self.left(Flaw::new("syntax", Span::new(opening, opening + 1), message)));
                }
            }
        }
    }

    fn escape(&mut self) -> Read<char> {
        let start = self.at;
        self.at += 1;
        let letter = match self.peek() {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                self.at += 1;
                return self.unicode(start);
            }
            _ => {
                let span = Span::new(start, self.here().end);
                let message = format!("{} is no escape", quoted(span.of(self.text)));
                let help = "a backslash is written as two";
                return Err(self.left(Flaw::new("syntax", span, message).help(help)));
            }
        };
        self.at += 1;
        Ok(letter)
    }

    /// What follows `\u`: a code point, or the two halves of one.
    fn unicode(&mut self, start: usize) -> Read<char> {
        let first = self.hex(start)?;
        if let Some(letter) = char::from_u32(first) {
            return Ok(letter);
        }
        let after_first = self.at;
        let next = self.text.as_bytes().get(self.at..).unwrap_or_default();
        if (0xd800..0xdc00).contains(&first) && next.starts_with(b"\\u") {
            self.at += 2;
            let second = self.hex(after_first)?;
            if (0xdc00..0xe000).contains(&second) {
                let joined = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                return Ok(char::from_u32(joined).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            // The second one may stand for itself, or be the first half of another pair.
            self.at = after_first;
        }
        let span = Span::new(start, after_first);
        let message =
            format!("{} is half of a surrogate pair, which is no character", quoted(span.of(self.text)));
        self.flaws
            .push(Flaw::new("syntax", span, message).help("write both halves, or the character itself"));
        Ok(char::REPLACEMENT_CHARACTER)
    }

    fn hex(&mut self, start: usize) -> Read<u32> {
        let digits = self.text.as_bytes().get(self.at..self.at + 4).unwrap_or_default();
        let value = digits
            .iter()
            .try_fold(0, |value, digit| Some(value * 16 + char::from(*digit).to_digit(16)?))
            .filter(|_| digits.len() == 4);
        let Some(value) = value else {
            let span = Span::new(start, self.at);
            let message = "`\\u` must be followed by four hexadecimal digits";
            return Err(self.left(Flaw::new("syntax", span, message)));
        };
        self.at += 4;
        Ok(value)
    }

    pub(super) fn number(&mut self) -> Read<Value<'a>> {
        let start = self.at;
        self.take(b'-');
        match self.peek() {
            Some(b'0') => self.at += 1,
            Some(b'1'..=b'9') => {
                self.digits();
            }
            _ => return Err(self.unexpected("a digit")),
        }
        if let Some(b'0'..=b'9') = self.peek() {
            let message = "a number does not begin with a superfluous zero";
            return Err(self.left(Flaw::new("syntax", Span::new(start, self.at), message)));
        }
        let mut whole = true;
        if self.take(b'.') {
            whole = false;
            if self.digits() == 0 {
                return Err(self.unexpected("a digit"));
            }
        }
        if self.take(b'e') || self.take(b'E') {
            whole = false;
            if !self.take(b'+') {
                self.take(b'-');
            }
            if self.digits() == 0 {
                return Err(self.unexpected("a digit"));
            }
        }
        let span = Span::new(start, self.at);
        let written = span.of(self.text);
        if whole {
            if let Ok(number) = written.parse() {
                return Ok(Value::Integer(number));
            }
        } else if let Some(number) = written.parse::<f64>().ok().filter(|number| number.is_finite()) {
            return Ok(Value::Float(number));
        }
        self.flaws.push(Flaw::number(self.text, span));
        Ok(Value::Integer(0))
    }

    /// Steps over digits and says how many there were.
    fn digits(&mut self) -> usize {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.at += count;
        count
    }
}
