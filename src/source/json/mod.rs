//! JSON with places: exactly the grammar of RFC 8259, read once from front to back.
//!
//! Mistakes about one value or key (a number out of range, half a surrogate pair, a key that comes twice) are
//! collected and reading goes on; where the grammar is left, it ends, because what follows would be guesswork.

mod scalar;
#[cfg(test)]
mod tests;

use super::flaws::{Flaw, Flaws, MAX_DEPTH};
use super::{Entry, Key, Node, Place, SourceId, Table, Value, quoted};
use crate::Span;

/// The tree, and everything that is wrong; the tree is whole only if that is nothing.
pub(super) fn read(source: SourceId, text: &str) -> (Table<'_>, Flaws) {
    let (node, mut flaws) = read_value(source, text);
    match node {
        Some(Node { value: Value::Table(root), .. }) => return (root, flaws),
        // What was said of `null` is enough.
        Some(node) if node.place.span.of(text) != "null" => {
            let message = format!("a document must be an object, not {}", node.value.kind());
            flaws.push(Flaw::new("wrong-type", node.place.span, message));
        }
        _ => {}
    }
    (Table::default(), flaws)
}

/// Any JSON text; no node if it left the grammar.
fn read_value(source: SourceId, text: &str) -> (Option<Node<'_>>, Flaws) {
    // RFC 8259, section 8.1: a byte order mark may be ignored.
    let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut reader = Reader { source, text, at, flaws: Flaws::default() };
    let node = reader.document();
    if let Err(Left(flaw)) = node {
        reader.flaws.push(*flaw);
        return (None, reader.flaws);
    }
    (node.ok(), reader.flaws)
}

/// The grammar was left here.
struct Left(Box<Flaw>);

type Read<T> = Result<T, Left>;

struct Reader<'a> {
    source: SourceId,
    text: &'a str,
    at: usize,
    flaws: Flaws,
}

impl<'a> Reader<'a> {
    fn document(&mut self) -> Read<Node<'a>> {
        self.space();
        let node = self.value(0)?;
        self.space();
        match self.peek() {
            None => Ok(node),
            Some(_) => Err(self.unexpected("the end of the document")),
        }
    }

    /// A value that must be there.
    fn value(&mut self, depth: usize) -> Read<Node<'a>> {
        let start = self.at;
        if let Some(node) = self.value_or_null(depth)? {
            return Ok(node);
        }
        let span = Span::new(start, self.at);
        self.flaws.push(Flaw::new("wrong-type", span, "`null` can only stand for a key that is left out"));
        Ok(Node { value: Value::Boolean(false), place: self.place(start) })
    }

    /// A value; nothing for `null`, which TOML does not have: a key with it is a key that is not there.
    fn value_or_null(&mut self, depth: usize) -> Read<Option<Node<'a>>> {
        let start = self.at;
        let value = match self.peek() {
            Some(b'{') => Value::Table(self.object(depth + 1)?),
            Some(b'[') => Value::Array(self.array(depth + 1)?),
            Some(b'"') => Value::String(self.string()?),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            _ if self.word("true") => Value::Boolean(true),
            _ if self.word("false") => Value::Boolean(false),
            _ if self.word("null") => return Ok(None),
            _ => return Err(self.unexpected("a value")),
        };
        Ok(Some(Node { value, place: self.place(start) }))
    }

    fn object(&mut self, depth: usize) -> Read<Table<'a>> {
        self.enter(depth)?;
        let mut entries = Vec::new();
        let mut absent: Vec<Place> = Vec::new();
        self.space();
        if !self.take(b'}') {
            loop {
                self.space();
                if self.peek() != Some(b'"') {
                    return Err(self.unexpected("a key in double quotes"));
                }
                let start = self.at;
                let text = self.string()?;
                let key = Key { text, place: self.place(start) };
                self.space();
                if !self.take(b':') {
                    return Err(self.unexpected("`:`"));
                }
                self.space();
                let node = self.value_or_null(depth)?.unwrap_or_else(|| {
                    absent.push(key.place);
                    Node { value: Value::Boolean(false), place: key.place }
                });
                entries.push(Entry { key, node });
                self.space();
                if self.take(b'}') {
                    break;
                }
                if !self.take(b',') {
                    return Err(self.unexpected("`,` or `}`"));
                }
            }
        }
        let flaws = &mut self.flaws;
        let mut duplicate = |first: &Key<'a>, again: &Key<'a>| {
            flaws.push(Flaw::duplicate(&again.text, again.place.span, Some(first.place.span)));
        };
        let table = Table::new(entries, &mut duplicate);
        Ok(if absent.is_empty() { table } else { table.without(&absent) })
    }

    fn array(&mut self, depth: usize) -> Read<Vec<Node<'a>>> {
        self.enter(depth)?;
        let mut nodes = Vec::new();
        self.space();
        if self.take(b']') {
            return Ok(nodes);
        }
        loop {
            self.space();
            nodes.push(self.value(depth)?);
            self.space();
            if self.take(b']') {
                return Ok(nodes);
            }
            if !self.take(b',') {
                return Err(self.unexpected("`,` or `]`"));
            }
        }
    }

    /// Steps over the opening bracket, unless that goes too deep.
    fn enter(&mut self, depth: usize) -> Read<()> {
        let start = self.at;
        self.at += 1;
        if depth > MAX_DEPTH {
            return Err(Left(Box::new(Flaw::too_deep(Span::new(start, self.at)))));
        }
        Ok(())
    }

    fn space(&mut self) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        self.at += rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).count();
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> bool {
        let there = self.peek() == Some(byte);
        self.at += usize::from(there);
        there
    }

    fn word(&mut self, word: &str) -> bool {
        let there = self.text.as_bytes().get(self.at..).is_some_and(|rest| rest.starts_with(word.as_bytes()));
        self.at += if there { word.len() } else { 0 };
        there
    }

    fn place(&self, start: usize) -> Place {
        Place::new(self.source, Span::new(start, self.at))
    }

    /// The character that is next, or the end.
    fn here(&self) -> Span {
        let next = self.text.get(self.at..).and_then(|rest| rest.chars().next());
        Span::new(self.at, self.at + next.map_or(0, char::len_utf8))
    }

    fn left(&self, flaw: Flaw) -> Left {
        Left(Box::new(flaw))
    }

    fn unexpected(&self, wanted: &str) -> Left {
        let here = self.here();
        let found = if here.is_empty() { "the end".to_owned() } else { quoted(here.of(self.text)) };
        let flaw = Flaw::new("syntax", here, format!("{wanted} is missing: here is {found}"));
        let before = self.text.get(..self.at).unwrap_or_default().trim_end();
        self.left(match found.as_str() {
            "`}`" | "`]`" if before.ends_with(',') => flaw.help("take away the comma before it"),
            "`/`" | "`#`" => flaw.help("JSON knows no comments; TOML does"),
            "`'`" => flaw.help("use double quotes"),
            _ => flaw,
        })
    }
}
