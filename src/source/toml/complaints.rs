//! What is wrong with the text, in the parser's words and ours.

use std::cell::{Cell, RefCell};

use toml_parser::{Expected, ParseError};

use super::super::flaws::{Flaw, Flaws};
use super::spans::our_span;
use crate::Span;

/// Takes in what is wrong. The parser and the one who listens to it both complain, so both share this.
pub(super) struct Complaints<'a> {
    text: &'a str,
    flaws: RefCell<Flaws>,
    /// What the last complaint about the grammar is about, with those that only follow from it.
    last: Cell<Option<Span>>,
}

impl<'a> Complaints<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Complaints { text, flaws: RefCell::default(), last: Cell::new(None) }
    }

    pub(super) fn push(&self, flaw: Flaw) {
        if flaw.code != "syntax" || self.is_new(flaw.span) {
            self.flaws.borrow_mut().push(flaw);
        }
    }

    /// Takes in what the parser says.
    pub(super) fn error(&self, error: &ParseError) {
        let end = self.text.len();
        let span = error.unexpected().or(error.context()).map_or(Span::new(end, end), our_span);
        // Places inside a token are counted in bytes.
        let span = if self.text.get(span.start..span.end).is_some() { span } else { Span::default() };
        if self.is_new(span) {
            self.flaws.borrow_mut().push_with(|| worded(error, span));
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        let flaws = self.flaws.borrow();
        flaws.list.is_empty() && flaws.unlisted == 0
    }

    /// Everything, in the order of the document.
    pub(super) fn into_flaws(self) -> Flaws {
        let mut flaws = self.flaws.into_inner();
        flaws.list.sort_by_key(|flaw| (flaw.span.start, flaw.span.end));
        flaws
    }

    /// One slip often makes the parser stumble two or three times on the spot. Only the first time is news.
    fn is_new(&self, span: Span) -> bool {
        let stumbles = |last: Span| {
            let between = self.text.get(last.end..span.start.max(last.end)).unwrap_or_default();
            span.start >= last.start && between.bytes().all(|byte| matches!(byte, b' ' | b'\t'))
        };
        // A complaint about what should stand before a character is about that character, too.
        let next = self.text.get(span.end..).and_then(|rest| rest.chars().next());
        let next = next.filter(|letter| span.is_empty() && *letter != '\n');
        let end = span.end + next.map_or(0, char::len_utf8);
        match self.last.get() {
            Some(last) if stumbles(last) => {
                self.last.set(Some(Span::new(last.start, last.end.max(end))));
                false
            }
            _ => {
                self.last.set(Some(Span::new(span.start, end)));
                true
            }
        }
    }
}

/// The parser's words, or better ones where there are some.
fn worded(error: &ParseError, span: Span) -> Flaw {
    let expects_quote = matches!(error.expected(), Some([Expected::Literal("\"" | "'" | "\"\"\"" | "'''")]));
    let flaw = |message: &str, help: &'static str| Flaw::new("syntax", span, message.to_owned()).help(help);
    match error.description() {
        same @ "string values must be quoted" => flaw(same, "put text in double quotes"),
        same @ "invalid unquoted key" => flaw(
            same,
            "letters from a to z, digits, `-` and `_` need no quotes; put any other key in double quotes",
        ),
        "missing escaped value" => flaw(
            "a backslash stands before a letter that is no escape",
            "write two backslashes for one, or put the text in single quotes",
        ),
        text if text.starts_with("invalid") && text.ends_with("string") && expects_quote => {
            // It would be missed at the end, which can be far away.
            let opening = error.context().map_or(span.start, |token| token.start());
            Flaw::new("syntax", Span::new(opening, opening + 1), "the string is not closed")
        }
        text if text.starts_with("invalid") && text.ends_with("string") => flaw(
            "a control character stands in a string",
            "in double quotes it can be written as `\\u` and four digits",
        ),
        text => {
            let flaw = Flaw::new("syntax", span, text.to_owned());
            match expected(error) {
                Some(help) => flaw.help(help),
                None => flaw,
            }
        }
    }
}

/// What the parser would have had instead.
fn expected(error: &ParseError) -> Option<String> {
    let mut out = String::new();
    for expected in error.expected()? {
        out.push_str(if out.is_empty() { "expected " } else { " or " });
        match expected {
            Expected::Literal("\n") => out.push_str("a line break"),
            Expected::Literal(text) => out.extend(["`", text, "`"]),
            Expected::Description(text) => out.push_str(text),
            _ => return None,
        }
    }
    (!out.is_empty()).then_some(out)
}
