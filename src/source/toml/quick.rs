//! The quick way through a document without a mistake.
//!
//! Nearly every document has none, and little of what the grammar allows: headers, keys with values, arrays and inline
//! tables, strings on one line, comments. So it is first read by a plain descent over its bytes, which tells the
//! [`Reader`] what the parser would tell it. Where anything else comes up, or anything is complained about, all that
//! was read is forgotten and the parser, which knows the whole grammar and how to go on after a mistake, takes the
//! document from the beginning. The official test suite holds both ways to the same answers.

use memchr::{memchr, memchr_iter, memchr2, memchr3};
use toml_parser::decoder::Encoding;

use super::Reader;
use crate::Span;

/// Tells the reader all that the document says; `None` where that takes the parser.
pub(super) fn read(text: &str, reader: &mut Reader<'_, '_>) -> Option<()> {
    let bytes = text.as_bytes();
    is_clean(bytes).then_some(())?;
    Quick { bytes, at: 0, reader }.document()
}

/// Whether no control character stands anywhere, and no carriage return but before a line feed: then nobody else needs
/// to look for them.
fn is_clean(bytes: &[u8]) -> bool {
    let is_control = |byte: u8| matches!(byte, 0..b' ' | 0x7F) & !matches!(byte, b'\t' | b'\n' | b'\r');
    let controls = bytes.iter().fold(false, |found, &byte| found | is_control(byte));
    !controls && memchr_iter(b'\r', bytes).all(|at| bytes.get(at + 1) == Some(&b'\n'))
}

/// How a string is written.
enum Written {
    /// Between two quotes, as it is.
    Plain,
    So(Encoding),
}

struct Quick<'q, 'a, 'c> {
    bytes: &'q [u8],
    at: usize,
    reader: &'q mut Reader<'a, 'c>,
}

impl Quick<'_, '_, '_> {
    fn document(mut self) -> Option<()> {
        loop {
            self.trivia();
            match self.peek() {
                None => return Some(()),
                Some(b'[') => self.header()?,
                Some(_) => self.pair()?,
            }
            self.space();
            if !matches!(self.peek(), None | Some(b'\n' | b'\r' | b'#')) {
                return None;
            }
        }
    }

    fn rest(&self) -> &[u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Passes over a byte, which must be this one.
    fn expect(&mut self, byte: u8) -> Option<()> {
        self.at += 1;
        (self.bytes.get(self.at - 1) == Some(&byte)).then_some(())
    }

    fn space(&mut self) {
        while let Some(b' ' | b'\t') = self.peek() {
            self.at += 1;
        }
    }

    /// Passes over white space, line breaks and comments.
    fn trivia(&mut self) {
        loop {
            match self.peek() {
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.at += 1,
                Some(b'#') => self.at += memchr(b'\n', self.rest()).unwrap_or(self.rest().len()),
                _ => return,
            }
        }
    }

    fn header(&mut self) -> Option<()> {
        let start = self.at;
        self.at += 1;
        let array = self.peek() == Some(b'[');
        self.at += usize::from(array);
        self.reader.open_header(start, array);
        self.space();
        self.key()?;
        self.expect(b']')?;
        if array {
            self.expect(b']')?;
        }
        self.reader.close_header(self.at);
        Some(())
    }

    /// A key with its value.
    fn pair(&mut self) -> Option<()> {
        self.key()?;
        self.expect(b'=')?;
        self.space();
        self.value()
    }

    /// A key, dotted or not, and the space behind it.
    fn key(&mut self) -> Option<()> {
        loop {
            let start = self.at;
            match self.peek()? {
                quote @ (b'"' | b'\'') => match self.string(quote)? {
                    Written::So(Encoding::MlBasicString | Encoding::MlLiteralString) => return None,
                    Written::So(encoding) => self.reader.key(Span::new(start, self.at), Some(encoding)),
                    Written::Plain => self.reader.plain_key_at(Span::new(start, self.at), true),
                },
                _ => {
                    self.at += self.rest().iter().take_while(|&&byte| is_bare(byte)).count();
                    if start == self.at {
                        return None;
                    }
                    self.reader.plain_key_at(Span::new(start, self.at), false);
                }
            }
            self.space();
            if self.peek() != Some(b'.') {
                return Some(());
            }
            self.reader.dot();
            self.at += 1;
            self.space();
        }
    }

    fn value(&mut self) -> Option<()> {
        let start = self.at;
        let encoding = match self.peek()? {
            b'[' => return self.array(),
            b'{' => return self.table(),
            quote @ (b'"' | b'\'') => match self.string(quote)? {
                Written::Plain => {
                    self.reader.text_at(Span::new(start, self.at));
                    return Some(());
                }
                Written::So(encoding) => Some(encoding),
            },
            _ => {
                while self.peek().is_some_and(|byte| is_bare(byte) || matches!(byte, b'.' | b'+')) {
                    self.at += 1;
                }
                None
            }
        };
        if start == self.at {
            return None;
        }
        self.reader.value_at(Span::new(start, self.at), encoding);
        Some(())
    }

    /// Passes over a string; how it is to be decoded, if it is not plain.
    fn string(&mut self, quote: u8) -> Option<Written> {
        let quotes = self.rest().iter().take_while(|&&byte| byte == quote).count();
        let basic = quote == b'"';
        // Two quotes hold nothing; three begin a string that may go over several lines.
        let long = quotes > 2;
        self.at += if long { 3 } else { 1 };
        let mut plain = !long;
        loop {
            // Over several lines a carriage return has to be taken out, on one line no line may end.
            let (rest, end) = (self.rest(), if long { b'\r' } else { b'\n' });
            self.at += if basic { memchr3(quote, b'\\', end, rest)? } else { memchr2(quote, end, rest)? };
            match self.peek()? {
                byte if byte == quote && !long => {
                    self.at += 1;
                    return Some(match (plain, basic) {
                        (true, _) => Written::Plain,
                        (false, true) => Written::So(Encoding::BasicString),
                        (false, false) => Written::So(Encoding::LiteralString),
                    });
                }
                byte if byte == quote && self.rest().starts_with(&[quote; 3]) => {
                    self.at += 3;
                    // The last two quotes of five belong to the text.
                    for _ in 0..2 {
                        self.at += usize::from(self.peek() == Some(quote));
                    }
                    let encoding = if basic { Encoding::MlBasicString } else { Encoding::MlLiteralString };
                    return Some(Written::So(encoding));
                }
                b'\\' if basic => {
                    plain = false;
                    self.at += 2;
                }
                byte if byte == quote => self.at += 1,
                _ => return None,
            }
        }
    }

    fn array(&mut self) -> Option<()> {
        self.reader.open_array(Span::new(self.at, self.at + 1)).then_some(())?;
        self.at += 1;
        loop {
            self.trivia();
            if self.peek()? == b']' {
                break;
            }
            self.value()?;
            self.trivia();
            match self.peek()? {
                b',' => self.at += 1,
                b']' => break,
                _ => return None,
            }
        }
        self.at += 1;
        self.reader.close_array(self.at);
        Some(())
    }

    fn table(&mut self) -> Option<()> {
        self.reader.open_table(Span::new(self.at, self.at + 1)).then_some(())?;
        self.at += 1;
        loop {
            self.trivia();
            if self.peek()? == b'}' {
                break;
            }
            self.pair()?;
            self.trivia();
            match self.peek()? {
                b',' => self.at += 1,
                b'}' => break,
                _ => return None,
            }
        }
        self.at += 1;
        self.reader.close_table(self.at);
        Some(())
    }
}

/// What a bare key is made of.
pub(super) fn is_bare(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{by_parser, quickly};
    use crate::source::SourceId;

    /// The tree with every place in it, if it can be read quickly, held to what the parser gives.
    fn is_read_quickly(text: &str) -> bool {
        let Some(root) = quickly(SourceId::default(), text) else { return false };
        let (parsed, flaws) = by_parser(SourceId::default(), text);
        assert!(flaws.list.is_empty(), "{text}");
        assert_eq!(format!("{root:?}"), format!("{parsed:?}"), "{text}");
        true
    }

    #[test]
    fn what_people_write_is_read_quickly() {
        for text in [
            "",
            "svar = 1\n",
            "a = 'x' # c\r\nb.\"c d\" . e = \"\\u00e5\\n\"\n\n[t.'u.v']\nx = [1, -2.5, true, [],\n # c\n \"y\",\n]\n",
            "[[a]]\nb = { c = 1, d.e = [ { f = '' } ], }\n[[a]]\n[a.b]\nlong = \"å it's {0} \\\\ long enough\"",
            "\t[ a . b ]\t\nf = 1_000\ng = +3\nh = 0x1F\ni = inf\nj = 1e3\nk = 2026-11-21\nl = {\n a = 1,\n}\n",
            "a = \"\"\"b\n\\\n  c\"\"\"\"\"\nd = \'\'\'\ne\\\'\'\'\n",
            "b = { }\nc = \"\"\nd = ''\ne = 'a\tb'\n",
        ] {
            assert!(is_read_quickly(text), "{text}");
        }
    }

    #[test]
    fn all_else_is_for_the_parser() {
        for text in [
            "\"\"\"a\"\"\" = 1\n",
            "a = \"\"\"b\r\n\"\"\"\n",
            "a = 2026-11-21 09:30:00\n",
            "\u{feff}a = 1\n",
            "a = 1\na = 2\n",
            "a = b\n",
            "a = [1 2]\n",
            "a = 1 b = 2\n",
            "[a\n",
            "[a]]\n",
            "a.=1\n",
            "a = \"x\ny\"\n",
            "a = '\u{7f}'\n",
            "# \u{1}\n",
            "a = 1\rb = 2\n",
            "a = 01\n",
            "[a]\n[a]\n",
        ] {
            assert!(!is_read_quickly(text), "{text}");
        }
    }

    #[test]
    fn the_built_in_documents_are_read_quickly() {
        let packs = concat!(env!("CARGO_MANIFEST_DIR"), "/src/packs");
        let folders = ["", "language", "examples"].map(|folder| std::path::Path::new(packs).join(folder));
        let files = folders.iter().flat_map(|folder| std::fs::read_dir(folder).unwrap());
        let paths = files.map(|file| file.unwrap().path());
        let mut count = 0;
        for path in paths.filter(|path| path.extension().is_some_and(|end| end == "toml")) {
            assert!(is_read_quickly(&std::fs::read_to_string(&path).unwrap()), "{}", path.display());
            count += 1;
        }
        assert!(count > 12);
    }

    const PIECES: [&str; 40] = [
        "a",
        "b",
        "1",
        "-2",
        "0.5",
        "01",
        "true",
        "inf",
        "\"x\"",
        "'y'",
        "\"\\n\"",
        "\"\\q\"",
        "\"\"\"",
        "'''",
        "\"",
        "'",
        "å",
        "=",
        "=",
        " = ",
        ".",
        ",",
        ", ",
        "[",
        "]",
        "[[",
        "]]",
        "{",
        "}",
        "#",
        "# c",
        "\n",
        "\n",
        "\r\n",
        "\r",
        "\t",
        " ",
        "\u{7f}",
        "2026-11-21",
        "09:30",
    ];

    proptest! {
        #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn both_ways_give_one_tree(pieces in prop::collection::vec(0..PIECES.len(), 0..14)) {
            is_read_quickly(&pieces.into_iter().map(|at| PIECES[at]).collect::<String>());
        }

        #[test]
        fn also_of_what_is_nearly_sound(
            lines in prop::collection::vec(("[a-c](\\.[a-c])?", "[0-9]{1,3}|'[ -~å]{0,20}'|\"[ -~å]{0,20}\"|\\[[0-9, ]{0,6}\\]|\\{ ?[a-b] = 1(, c = 2)? ?\\}"), 0..5),
            header in "(\\[{1,2}[a-c](\\.[a-c])?\\]{1,2})?",
        ) {
            let lines: String = lines.into_iter().map(|(key, value)| format!("{key} = {value}\n")).collect();
            is_read_quickly(&format!("{lines}{header}\n{lines}"));
        }
    }
}
