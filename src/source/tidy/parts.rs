//! A document as its lines and values, nothing left out but white space.

use std::borrow::Cow;
use std::iter::Peekable;
use std::vec::IntoIter;

use toml_parser::Source;
use toml_parser::decoder::Encoding;
use toml_parser::parser::{Event, EventKind, parse_document};

/// A line, or several that belong to one value.
#[derive(Debug)]
pub(super) enum Part<'t> {
    Blank,
    Comment(&'t str),
    Header { opens: &'static str, keys: Vec<Cow<'t, str>>, closes: &'static str, comment: Option<&'t str> },
    Entry(Entry<'t>, Option<&'t str>),
}

#[derive(Debug)]
pub(super) struct Entry<'t> {
    pub(super) keys: Vec<Cow<'t, str>>,
    pub(super) value: Value<'t>,
}

#[derive(Debug)]
pub(super) enum Value<'t> {
    Scalar(Cow<'t, str>),
    List(Items<'t>),
    Table(Items<'t>),
}

/// What stands between two brackets.
#[derive(Debug, Default)]
pub(super) struct Items<'t> {
    pub(super) items: Vec<Item<'t>>,
    /// What stands behind the last item.
    pub(super) after: Vec<Loose<'t>>,
    /// Whether the first item begins on a new line.
    pub(super) broken: bool,
}

/// A line between items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Loose<'t> {
    Blank,
    Comment(&'t str),
}

#[derive(Debug)]
pub(super) struct Item<'t> {
    /// The lines before it.
    pub(super) before: Vec<Loose<'t>>,
    /// Whether it stands on one line with the item before it.
    pub(super) joined: bool,
    /// Its key, if it has one.
    pub(super) keys: Vec<Cow<'t, str>>,
    pub(super) value: Value<'t>,
    /// The comment on its own line.
    pub(super) comment: Option<&'t str>,
}

/// The parts of a document without mistakes.
pub(super) fn parts(text: &str) -> Vec<Part<'_>> {
    let source = Source::new(text);
    let tokens = source.lex().into_vec();
    let mut events = Vec::new();
    parse_document(&tokens, &mut |event: Event| events.push(event), &mut ());
    let mut reader = Reader { text, events: events.into_iter().peekable() };
    let mut parts = Vec::new();
    while let Some(part) = reader.part() {
        parts.push(part);
    }
    parts
}

struct Reader<'t> {
    text: &'t str,
    events: Peekable<IntoIter<Event>>,
}

impl<'t> Reader<'t> {
    /// The next event that is no white space.
    fn next(&mut self) -> Option<Event> {
        self.events.find(|event| event.kind() != EventKind::Whitespace)
    }

    fn take(&mut self, kind: EventKind) -> Option<Event> {
        while self.events.next_if(|event| event.kind() == EventKind::Whitespace).is_some() {}
        self.events.next_if(|event| event.kind() == kind)
    }

    fn of(&self, event: &Event) -> &'t str {
        self.text.get(event.span().start()..event.span().end()).unwrap_or_default()
    }

    fn part(&mut self) -> Option<Part<'t>> {
        // Nothing else can begin a line of a sound document.
        let begins = |event: &Event| {
            use EventKind::{ArrayTableOpen, Comment, Newline, SimpleKey, StdTableOpen};
            matches!(event.kind(), Newline | Comment | StdTableOpen | ArrayTableOpen | SimpleKey)
        };
        let event = self.events.find(begins)?;
        let part = match event.kind() {
            EventKind::Newline => return Some(Part::Blank),
            EventKind::Comment => Part::Comment(self.of(&event).trim_end()),
            EventKind::StdTableOpen => self.header("[", "]"),
            EventKind::ArrayTableOpen => self.header("[[", "]]"),
            _ => {
                let keys = self.keys(&event);
                let value = self.value_behind_key();
                Part::Entry(Entry { keys, value }, self.comment())
            }
        };
        self.take(EventKind::Newline);
        Some(part)
    }

    fn comment(&mut self) -> Option<&'t str> {
        let event = self.take(EventKind::Comment)?;
        Some(self.of(&event).trim_end())
    }

    fn header(&mut self, opens: &'static str, closes: &'static str) -> Part<'t> {
        let keys = match self.next() {
            Some(first) => self.keys(&first),
            None => Vec::new(),
        };
        self.next();
        Part::Header { opens, keys, closes, comment: self.comment() }
    }

    /// A key, dotted or not, whose first part was just read.
    fn keys(&mut self, first: &Event) -> Vec<Cow<'t, str>> {
        let mut keys = vec![quotes(self.of(first), first.encoding())];
        while self.take(EventKind::KeySep).is_some() {
            let Some(key) = self.next() else { break };
            keys.push(quotes(self.of(&key), key.encoding()));
        }
        keys
    }

    fn value_behind_key(&mut self) -> Value<'t> {
        self.take(EventKind::KeyValSep);
        match self.next() {
            Some(event) => self.value(&event),
            None => Value::Scalar(Cow::Borrowed("")),
        }
    }

    fn value(&mut self, event: &Event) -> Value<'t> {
        match event.kind() {
            EventKind::ArrayOpen => Value::List(self.items()),
            EventKind::InlineTableOpen => Value::Table(self.items()),
            _ => Value::Scalar(quotes(self.of(event), event.encoding())),
        }
    }

    /// What stands between two brackets, of which the first was just read.
    fn items(&mut self) -> Items<'t> {
        let mut all = Items::default();
        // Whether an item stands on this line, and how many lines have ended since there was anything.
        let (mut on_line, mut lines) = (false, 0);
        let mut loose = Vec::new();
        while let Some(event) = self.next() {
            match event.kind() {
                EventKind::Newline => {
                    all.broken |= all.items.is_empty();
                    (on_line, lines) = (false, lines + 1);
                    let begun = !(all.items.is_empty() && loose.is_empty());
                    if lines == 2 && begun {
                        loose.push(Loose::Blank);
                    }
                }
                EventKind::Comment => {
                    let comment = self.of(&event).trim_end();
                    match all.items.last_mut().filter(|item| on_line && item.comment.is_none()) {
                        Some(item) if loose.is_empty() => item.comment = Some(comment),
                        _ => loose.push(Loose::Comment(comment)),
                    }
                    lines = 0;
                }
                EventKind::ValueSep => {}
                EventKind::ArrayClose | EventKind::InlineTableClose => break,
                _ => {
                    let (keys, value) = match event.kind() {
                        EventKind::SimpleKey => (self.keys(&event), self.value_behind_key()),
                        _ => (Vec::new(), self.value(&event)),
                    };
                    let before = std::mem::take(&mut loose);
                    all.items.push(Item { before, joined: on_line, keys, value, comment: None });
                    (on_line, lines) = (true, 0);
                }
            }
        }
        all.after = loose;
        all.after
            .truncate(all.after.iter().rposition(|line| *line != Loose::Blank).map_or(0, |last| last + 1));
        all
    }
}

/// A scalar or key in the quotes that it is best read in.
fn quotes(written: &str, encoding: Option<Encoding>) -> Cow<'_, str> {
    let inner = || written.get(1..written.len().saturating_sub(1)).unwrap_or_default();
    match encoding {
        Some(Encoding::LiteralString) if !inner().contains(['\\', '"']) => {
            Cow::Owned(format!("\"{}\"", inner()))
        }
        Some(Encoding::BasicString) => match unescaped(inner()) {
            Some(text) if !text.contains('\'') => Cow::Owned(format!("'{text}'")),
            _ => Cow::Borrowed(written),
        },
        _ => Cow::Borrowed(written),
    }
}

/// The text of a string whose escapes are all of `\` and `"`, if it has any.
fn unescaped(written: &str) -> Option<String> {
    let mut text = String::with_capacity(written.len());
    let mut rest = written;
    while let Some((before, after)) = rest.split_once('\\') {
        let escaped = after.chars().next().filter(|escaped| matches!(escaped, '\\' | '"'))?;
        text.push_str(before);
        text.push(escaped);
        rest = after.get(1..)?;
    }
    text.push_str(rest);
    (text.len() < written.len()).then_some(text)
}
