//! TOML, as the events of the `toml_parser` crate tell it, built into our tree.
//!
//! The crate knows the grammar, and decodes keys and values; what may be added to which table is in [`tables`]. The
//! text is read piece by piece (see [`pieces`]), so that the events of a line go straight into the tree and are gone.
//! A document without a mistake mostly needs no parser: see [`quick`].

mod complaints;
mod pieces;
mod quick;
mod scalar;
mod spans;
mod tables;

use std::borrow::Cow;

use toml_parser::decoder::Encoding;
use toml_parser::parser::{EventReceiver, parse_document};
use toml_parser::{ErrorSink, ParseError, Raw};

use self::complaints::Complaints;
use self::pieces::Pieces;
use self::spans::our_span;
use self::tables::Tables;
use super::flaws::{Flaw, Flaws, MAX_DEPTH};
use super::{Key, Node, Place, SourceId, Table, Value};
use crate::Span;

/// The tree, and everything that is wrong; the tree is whole only if that is nothing.
pub(super) fn read(source: SourceId, text: &str) -> (Table<'_>, Flaws) {
    match quickly(source, text) {
        Some(root) => (root, Flaws::default()),
        None => by_parser(source, text),
    }
}

/// The tree of a document that is sound and plain.
fn quickly(source: SourceId, text: &str) -> Option<Table<'_>> {
    let complaints = Complaints::new(text);
    let mut reader = Reader::new(source, text, &complaints);
    quick::read(text, &mut reader)?;
    let root = reader.tables.finish(Tables::ROOT, &complaints);
    complaints.is_empty().then_some(root)
}

fn by_parser(source: SourceId, text: &str) -> (Table<'_>, Flaws) {
    let complaints = Complaints::new(text);
    let mut reader = Reader::new(source, text, &complaints);
    let mut pieces = Pieces::new(text);
    while let Some(tokens) = pieces.next() {
        parse_document(tokens, &mut reader, &mut |error: ParseError| complaints.error(&error));
        reader.piece_ends();
    }
    let root = reader.tables.finish(Tables::ROOT, &complaints);
    (root, complaints.into_flaws())
}

/// What the parser is in the middle of.
struct Reader<'a, 'c> {
    source: SourceId,
    text: &'a str,
    complaints: &'c Complaints<'a>,
    tables: Tables<'a>,
    /// The table whose keys are being read.
    current: usize,
    /// Where the header that is being read begins, and whether it is that of an array.
    header: Option<(usize, bool)>,
    /// The brackets that are open.
    frames: Vec<Frame>,
    /// The elements of the arrays that are open, of the outermost first.
    nodes: Vec<Node<'a>>,
    /// The keys whose values are being read, of the outermost table first, dotted ones one by one.
    keys: Vec<Key<'a>>,
    /// Where in `keys` that of the innermost table begins.
    first: usize,
    /// Whether a dot came since the last key.
    dot: bool,
    /// Whether the key cannot be used: it was complained about.
    broken: bool,
    /// Whether everything up to the next closing bracket is left out.
    skipping: bool,
}

enum Frame {
    Array {
        start: usize,
        depth: usize,
        /// Where in `nodes` its elements begin.
        first: usize,
    },
    Table {
        start: usize,
        depth: usize,
        table: usize,
        /// What `first` and `broken` were.
        outside: (usize, bool),
    },
}

impl<'a, 'c> Reader<'a, 'c> {
    fn new(source: SourceId, text: &'a str, complaints: &'c Complaints<'a>) -> Self {
        Reader {
            source,
            text,
            complaints,
            tables: Tables::new(),
            current: Tables::ROOT,
            header: None,
            frames: Vec::new(),
            nodes: Vec::new(),
            keys: Vec::new(),
            first: 0,
            dot: false,
            broken: false,
            skipping: false,
        }
    }

    fn place(&self, span: Span) -> Place {
        Place::new(self.source, span)
    }

    /// Nothing reaches from one piece into the next; after a mistake something may be open still.
    fn piece_ends(&mut self) {
        if let Some(table) = self.frames.iter().find_map(|frame| match frame {
            Frame::Table { table, .. } => Some(*table),
            Frame::Array { .. } => None,
        }) {
            self.tables.truncate(table);
        }
        self.frames.clear();
        self.nodes.clear();
        self.keys.clear();
        self.first = 0;
        (self.dot, self.broken, self.skipping) = (false, false, false);
        self.header_ends();
    }

    /// After a header that could not be read it is not known which table the keys belong to. They are read into one
    /// that is not part of the document, so that at least their own mistakes are found.
    fn header_ends(&mut self) {
        if self.header.take().is_some() {
            self.current = self.tables.nameless(1);
        }
    }

    fn close_header(&mut self, end: usize) {
        let Some((start, array)) = self.header else { return };
        if !self.broken {
            let place = self.place(Span::new(start, end));
            if let Some(table) = self.tables.open(self.keys.drain(..), place, array, self.complaints) {
                self.header = None;
                self.current = table;
            }
        }
        self.keys.clear();
        self.header_ends();
    }

    /// How deep an array or table that opens here stands.
    fn depth(&self) -> usize {
        let dotted = self.keys.len() - self.first;
        match self.frames.last() {
            Some(Frame::Array { depth, .. }) => depth + 1,
            Some(Frame::Table { depth, .. }) => depth + dotted,
            None => self.tables.depth(self.current) + dotted,
        }
    }

    /// Whether a bracket may open; what is in it is left out if not.
    fn may_open(&mut self, span: Span, depth: usize) -> bool {
        if depth > MAX_DEPTH {
            self.complaints.push(Flaw::too_deep(span));
            self.skipping = true;
        }
        !self.skipping
    }

    /// A value is complete.
    fn value(&mut self, value: Value<'a>, span: Span) {
        let node = Node { value, place: self.place(span) };
        let table = match self.frames.last_mut() {
            Some(Frame::Array { .. }) => return self.nodes.push(node),
            Some(Frame::Table { table, .. }) => *table,
            None => self.current,
        };
        let path = self.keys.drain(self.first..);
        if !self.broken {
            self.tables.put(table, path, node, self.complaints);
        }
    }

    fn open_header(&mut self, start: usize, array: bool) {
        self.header_ends();
        self.header = Some((start, array));
    }

    fn open_table(&mut self, span: Span) -> bool {
        let depth = self.depth();
        if !self.may_open(span, depth) {
            return false;
        }
        let table = self.tables.nameless(depth);
        let outside = (self.first, self.broken);
        self.frames.push(Frame::Table { start: span.start, depth, table, outside });
        self.first = self.keys.len();
        self.broken = false;
        true
    }

    fn close_table(&mut self, end: usize) {
        if std::mem::take(&mut self.skipping) {
            return;
        }
        let Some(&Frame::Table { start, table, outside, .. }) = self.frames.last() else { return };
        self.frames.pop();
        self.keys.truncate(self.first);
        (self.first, self.broken) = outside;
        let table = self.tables.finish(table, self.complaints);
        self.value(Value::Table(table), Span::new(start, end));
    }

    fn open_array(&mut self, span: Span) -> bool {
        let depth = self.depth();
        if !self.may_open(span, depth) {
            return false;
        }
        self.frames.push(Frame::Array { start: span.start, depth, first: self.nodes.len() });
        true
    }

    fn close_array(&mut self, end: usize) {
        if std::mem::take(&mut self.skipping) {
            return;
        }
        let Some(&Frame::Array { start, first, .. }) = self.frames.last() else { return };
        self.frames.pop();
        let nodes = self.nodes.drain(first.min(self.nodes.len())..).collect();
        self.value(Value::Array(nodes), Span::new(start, end));
    }

    fn key(&mut self, span: Span, encoding: Option<Encoding>) {
        let text = scalar::key(self.text, span, encoding, self.complaints);
        self.key_reads(text, span);
    }

    /// A key without an escape, between its quotes where it has any.
    fn plain_key_at(&mut self, span: Span, quoted: bool) {
        let quote = usize::from(quoted);
        let text = Span::new(span.start + quote, span.end - quote).of(self.text);
        self.key_reads(Some(Cow::Borrowed(text)), span);
    }

    /// Takes a key; `None` is one that was complained about.
    fn key_reads(&mut self, text: Option<Cow<'a, str>>, span: Span) {
        if !std::mem::take(&mut self.dot) {
            self.keys.truncate(self.first);
            self.broken = false;
        }
        match text {
            _ if self.broken => {}
            None => self.broken = true,
            Some(_) if self.keys.len() - self.first >= MAX_DEPTH => {
                self.complaints.push(Flaw::too_deep(span));
                self.broken = true;
            }
            Some(text) => self.keys.push(Key { text, place: self.place(span) }),
        }
    }

    fn dot(&mut self) {
        self.dot = true;
    }

    /// A string without an escape, between its quotes.
    fn text_at(&mut self, span: Span) {
        let text = Span::new(span.start + 1, span.end - 1).of(self.text);
        self.value(Value::String(Cow::Borrowed(text)), span);
    }

    fn value_at(&mut self, span: Span, encoding: Option<Encoding>) {
        let value = scalar::value(self.text, span, encoding, self.complaints);
        self.value(value, span);
    }
}

impl EventReceiver for Reader<'_, '_> {
    fn std_table_open(&mut self, span: toml_parser::Span, _: &mut dyn ErrorSink) {
        self.open_header(span.start(), false);
    }

    fn std_table_close(&mut self, span: toml_parser::Span, _: &mut dyn ErrorSink) {
        self.close_header(span.end());
    }

    fn array_table_open(&mut self, span: toml_parser::Span, _: &mut dyn ErrorSink) {
        self.open_header(span.start(), true);
    }

    fn array_table_close(&mut self, span: toml_parser::Span, _: &mut dyn ErrorSink) {
        self.close_header(span.end());
    }

    fn inline_table_open(&mut self, span: toml_parser::Span, _: &mut dyn ErrorSink) -> bool {
        self.open_table(our_span(span))
    }

    fn inline_table_close(&mut self, span: toml_parser::Span, _: &mut dyn ErrorSink) {
        self.close_table(span.end());
    }

    fn array_open(&mut self, span: toml_parser::Span, _: &mut dyn ErrorSink) -> bool {
        self.open_array(our_span(span))
    }

    fn array_close(&mut self, span: toml_parser::Span, _: &mut dyn ErrorSink) {
        self.close_array(span.end());
    }

    fn simple_key(&mut self, span: toml_parser::Span, encoding: Option<Encoding>, _: &mut dyn ErrorSink) {
        self.key(our_span(span), encoding);
    }

    fn key_sep(&mut self, _: toml_parser::Span, _: &mut dyn ErrorSink) {
        self.dot();
    }

    fn scalar(&mut self, span: toml_parser::Span, encoding: Option<Encoding>, _: &mut dyn ErrorSink) {
        self.value_at(our_span(span), encoding);
    }

    fn comment(&mut self, span: toml_parser::Span, error: &mut dyn ErrorSink) {
        Raw::new_unchecked(our_span(span).of(self.text), None, span).decode_comment(error);
    }

    fn newline(&mut self, span: toml_parser::Span, error: &mut dyn ErrorSink) {
        Raw::new_unchecked(our_span(span).of(self.text), None, span).decode_newline(error);
    }

    /// A token the parser can do nothing with. If it opens a bracket where a key should be, what is in the bracket is
    /// left out, and the closing bracket is told though the opening one was not.
    fn error(&mut self, span: toml_parser::Span, _: &mut dyn ErrorSink) {
        let opens = our_span(span).of(self.text).starts_with(['[', '{']);
        self.skipping |= opens && matches!(self.frames.last(), Some(Frame::Table { .. }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Code, what the place covers, and what the first place covers with its line.
    type Found<'t> = (&'static str, &'t str, Option<(usize, &'t str)>);

    fn flaws(text: &str) -> Vec<Found<'_>> {
        let line = |span: Span| text[..span.start].matches('\n').count() + 1;
        read(SourceId::default(), text)
            .1
            .list
            .iter()
            .map(|flaw| (flaw.code, flaw.span.of(text), flaw.first.map(|span| (line(span), span.of(text)))))
            .collect()
    }

    #[test]
    fn the_first_of_two_keys_is_found() {
        for (text, again, first) in [
            ("a = 1\na = 2\n", "a", (1, "a")),
            ("x = 1\n\"å b\" = 1\n'å b' = 2\n", "'å b'", (2, "\"å b\"")),
            ("[t]\na = 1\n[u]\na = 1\na = 2\n", "a", (4, "a")),
            ("[t]\na = 1\n[t]\nb = 1\n", "t", (1, "t")),
            ("[t.u]\n[t.v]\n[t.u]\n", "u", (1, "u")),
            ("a.b = 1\na.b = 2\n", "b", (1, "b")),
            ("x = { a = 1, b = { c = 1, c = 2 } }\n", "c", (1, "c")),
            ("x = [{ a = 1 }, { a = 1, a = 2 }]\n", "a", (1, "a")),
            ("[[t]]\na = 1\n[[t]]\na = 1\na = 2\n", "a", (4, "a")),
            ("t = 1\n[[t]]\na = 1\n", "t", (1, "t")),
            ("a = 1\n[a.b]\n", "a", (1, "a")),
            ("[[t]]\n[t]\n", "t", (1, "t")),
        ] {
            let found = flaws(text);
            assert_eq!(found.len(), 1, "{text} {found:?}");
            assert_eq!(found[0], ("duplicate-key", again, Some(first)), "{text}");
        }
    }

    #[test]
    fn each_of_many_doubled_keys_finds_its_own() {
        let text = "a = 1\nb = 1\na = 2\nb = 2\na = 3\n[t]\nc = 1\n[t]\nc = 2\n";
        assert_eq!(
            flaws(text),
            [
                ("duplicate-key", "a", Some((1, "a"))),
                ("duplicate-key", "b", Some((2, "b"))),
                ("duplicate-key", "a", Some((1, "a"))),
                ("duplicate-key", "t", Some((6, "t"))),
                ("duplicate-key", "c", Some((7, "c"))),
            ]
        );
    }

    #[test]
    fn every_mistake_is_reported() {
        let found = flaws("a = x\nb = \"ok\"\n= 3\nc = 99999999999999999999\n[d\n");
        assert!(found.len() >= 3, "{found:?}");
        assert_eq!(found.iter().filter(|(code, ..)| *code == "syntax").count(), found.len() - 1, "{found:?}");
        assert!(found.contains(&("out-of-range", "99999999999999999999", None)));
        let found = flaws("a = 99999999999999999999\nb = 1e999\nc = inf\nd = 0xff\n");
        assert_eq!(found, [("out-of-range", "99999999999999999999", None), ("out-of-range", "1e999", None)]);
    }

    #[test]
    fn a_mistake_spoils_no_other_line() {
        let text = "\
name = acme
list = [\"a\" \"b\"]
[x
y = 1
[z]]
q == 2
s = 'abc
t = 2026-02-30
u = { a = 1 b = 2 }
v = 1e999
w.x = 1
w = 2
.k = 1
\"\\q\" = 1
key
o = [1, 2}
p = {
  x = 1

[acts.a]
hear = [
  \"b\",

say = [\"c\"]
say = []
e =
f = \"\"\"
";
        let line = |at: usize| text[..at].matches('\n').count() + 1;
        let (_, flaws) = read(SourceId::default(), text);
        let lines: Vec<_> = flaws.list.iter().map(|flaw| line(flaw.span.start)).collect();
        assert_eq!(lines, [1, 2, 3, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16, 18, 22, 25, 26, 27]);
    }

    #[test]
    fn what_follows_from_a_slip_is_not_told() {
        for text in
            ["q == 2", "= 1", "=", "[a]]", "a = [1}", "a = {b = 1]", "a = 1 2 = 3", "a = \"\u{1}\u{2}\""]
        {
            let (_, flaws) = read(SourceId::default(), text);
            assert_eq!(flaws.list.len(), 1, "{text}");
        }
        let (_, flaws) = read(SourceId::default(), "a = [x, y,z]\nb = [1 \"2\" 3]\n");
        assert_eq!(flaws.list.len(), 5);
    }

    #[test]
    fn mistakes_are_worded_for_the_one_who_made_them() {
        for (text, at, message) in [
            ("a = b", "b", "string values must be quoted"),
            ("a = \"b", "\"", "the string is not closed"),
            ("a = '''b\n\n", "'", "the string is not closed"),
            ("a = \"b\u{1}\"", "\u{1}", "a control character stands in a string"),
            ("a = \"\\q\"", "", "a backslash stands before a letter that is no escape"),
            ("å = 1", "å", "invalid unquoted key"),
            ("a =", "", "a value is missing"),
            ("[a.]", "", "a key is missing"),
            ("a = 0x", "0x", "a number is missing after its prefix"),
            ("a = 24:00", "24:00", "`24:00` is no date or time"),
        ] {
            let (_, flaws) = read(SourceId::default(), text);
            let found: Vec<_> = flaws.list.iter().map(|flaw| (flaw.span.of(text), &*flaw.message)).collect();
            assert_eq!(found, [(at, message)], "{text}");
        }
    }

    #[test]
    fn keys_keep_the_order_of_the_document() {
        let text = "\u{feff}z = 1\n[m]\nk = 1\nb = 2\n[a.q]\n[a.b]\nd = 1979-05-27\n";
        let (root, flaws) = read(SourceId::default(), text);
        assert!(flaws.list.is_empty());
        let keys =
            |table: &Table<'_>| table.iter().map(|entry| entry.key.text.to_string()).collect::<Vec<_>>();
        assert_eq!(keys(&root), ["z", "m", "a"]);
        let table = |key| root.get(key).and_then(Node::as_table).unwrap();
        assert_eq!(keys(table("m")), ["k", "b"]);
        assert_eq!(keys(table("a")), ["q", "b"]);
        assert_eq!(root.get("m").unwrap().place.span.of(text), "[m]");
        assert_eq!(root.entry("z").unwrap().key.place.span.of(text), "z");
        let date = table("a").get("b").and_then(Node::as_table).and_then(|b| b.get("d")).unwrap();
        assert!(matches!(&date.value, Value::Datetime(Cow::Borrowed("1979-05-27"))));
    }

    #[test]
    fn sixty_four_levels_are_deep_enough() {
        let nested = |levels: usize| format!("a = {}{}", "[".repeat(levels), "]".repeat(levels));
        let codes = |text: &str| flaws(text).iter().map(|flaw| flaw.0).collect::<Vec<_>>();
        assert_eq!(codes(&nested(63)), [""; 0]);
        assert_eq!(codes(&nested(64)), ["too-deep"]);
        for text in [
            nested(90),
            nested(100_000),
            format!("[{}a]", "a.".repeat(200)),
            format!("{}a = 1", "a.".repeat(70)),
        ] {
            assert!(codes(&text).contains(&"too-deep"), "{:?}", codes(&text));
        }
    }
}
