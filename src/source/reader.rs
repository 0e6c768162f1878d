//! A table, and the keys that it is asked for.

use std::cell::RefCell;

use super::nearest::{LISTED, did_you_mean, listed};
use super::{Diagnostic, Entry, Field, Mistakes, Node, Place, Table, Value, quoted};

/// A table is mostly asked for no more keys than these.
const USUALLY_ASKED: usize = 40;

/// Reads one table: asks for the keys it knows, and at the end reports the keys nobody asked for.
#[must_use = "call `finish`, or keys that are not known go unnoticed"]
#[derive(Debug)]
pub struct TableReader<'n, 'a> {
    table: &'n Table<'a>,
    place: Place,
    mistakes: &'n Mistakes<'n>,
    asked: RefCell<Vec<Asked<'n>>>,
}

/// A key that was asked for, and the position of its entry where there is one.
#[derive(Clone, Copy, Debug)]
struct Asked<'n> {
    key: &'n str,
    position: Option<u32>,
}

impl Mistakes<'_> {
    /// Starts to read a table.
    pub fn table<'n, 'a>(&'n self, table: &'n Table<'a>, place: Place) -> TableReader<'n, 'a> {
        TableReader { table, place, mistakes: self, asked: RefCell::default() }
    }
}

impl<'n, 'a> Field<'n, 'a> {
    /// A table.
    pub fn table(self) -> Option<TableReader<'n, 'a>> {
        let node = self.node()?;
        match &node.value {
            Value::Table(table) => Some(self.mistakes().table(table, node.place)),
            _ => self.wrong_type("a table"),
        }
    }
}

impl<'n, 'a> TableReader<'n, 'a> {
    /// Asks for a key that may be left out.
    pub fn get(&self, key: &'n str) -> Field<'n, 'a> {
        #[cfg(test)]
        self.mistakes.note_asked(self.place, key);
        let position = self.table.position(key);
        let mut asked = self.asked.borrow_mut();
        if asked.is_empty() {
            asked.reserve(USUALLY_ASKED);
        }
        asked.push(Asked { key, position: position.map(|position| position as u32) });
        self.field(key, position.and_then(|position| self.table.at(position)).map(|entry| &entry.node))
    }

    /// Asks for a key that must be there; that it is not is reported as `missing-key`.
    pub fn need(&self, key: &'n str) -> Field<'n, 'a> {
        self.need_for(key, None)
    }

    /// [`need`](TableReader::need), with what the key is for.
    pub(crate) fn need_for(&self, key: &'n str, help: Option<&'static str>) -> Field<'n, 'a> {
        let field = self.get(key);
        if !field.is_present() {
            self.mistakes.report_with(|| {
                let message = format!("the key {} is missing", quoted(key));
                let missing = Diagnostic::error("missing-key", message).at(self.mistakes.locate(self.place));
                help.into_iter().fold(missing, Diagnostic::with_help)
            });
        }
        field
    }

    /// The keys that were not asked for, each with its value, in the order of the document. They count as asked for.
    ///
    /// For tables whose keys are names the author chose.
    pub fn rest(&self) -> Vec<(&'n Entry<'a>, Field<'n, 'a>)> {
        let rest: Vec<_> = self.unasked().collect();
        let asked =
            rest.iter().map(|&(position, entry)| Asked { key: &entry.key.text, position: Some(position) });
        self.asked.borrow_mut().extend(asked);
        rest.into_iter().map(|(_, entry)| (entry, self.field(&entry.key.text, Some(&entry.node)))).collect()
    }

    /// Every key with its value, in the order of the document, whether it was asked for or not.
    pub fn entries(self) -> impl Iterator<Item = (&'n Entry<'a>, Field<'n, 'a>)> {
        let TableReader { table, mistakes, .. } = self;
        table.iter().map(move |entry| (entry, Field::of_key(&entry.key.text, Some(&entry.node), mistakes)))
    }

    /// Reports every key that was not asked for as `unknown-key`.
    pub fn finish(self) {
        let asked = self.asked.borrow();
        for (_, entry) in self.unasked() {
            self.mistakes.report_with(|| {
                let key = &entry.key;
                let message = format!("unknown key {}", quoted(&key.text));
                let diagnostic =
                    Diagnostic::error("unknown-key", message).at(self.mistakes.locate(key.place));
                match self.expected(&key.text, &asked) {
                    Some(help) => diagnostic.with_help(help),
                    None => diagnostic,
                }
            });
        }
    }

    /// What helps where a key is not known: where it belongs, which one is near, or which there are, if they are few.
    fn expected(&self, key: &str, asked: &[Asked<'_>]) -> Option<String> {
        if self.mistakes.is_at_top(key) {
            let before = if self.mistakes.is_json(self.place) { "" } else { ", before the first `[table]`" };
            return Some(format!("{} stands at the top of the document{before}", quoted(key)));
        }
        did_you_mean(key, asked.iter().map(|asked| asked.key)).or_else(|| {
            let mut free: Vec<&str> =
                asked.iter().filter(|asked| asked.position.is_none()).map(|asked| asked.key).collect();
            free.sort_unstable();
            free.dedup();
            if free.len() > LISTED { None } else { listed(free.into_iter()) }
        })
    }

    /// The table.
    pub fn table(&self) -> &'n Table<'a> {
        self.table
    }

    /// Where the table stands.
    pub fn place(&self) -> Place {
        self.place
    }

    /// Where mistakes go.
    pub fn mistakes(&self) -> &'n Mistakes<'n> {
        self.mistakes
    }

    fn field(&self, key: &'n str, node: Option<&'n Node<'a>>) -> Field<'n, 'a> {
        Field::of_key(key, node, self.mistakes)
    }

    /// The entries whose keys were not asked for, with their positions.
    fn unasked(&self) -> impl Iterator<Item = (u32, &'n Entry<'a>)> + use<'n, 'a> {
        let mut known = vec![false; self.table.len()];
        for position in self.asked.borrow().iter().filter_map(|asked| asked.position) {
            if let Some(known) = known.get_mut(position as usize) {
                *known = true;
            }
        }
        (0..).zip(self.table.iter()).zip(known).filter(|(_, known)| !known).map(|(entry, _)| entry)
    }
}

#[cfg(test)]
mod tests {
    use crate::source::{Document, Mistakes, Sources};

    #[test]
    fn the_rest_is_what_nobody_asked_for() {
        let mut sources = Sources::new();
        let document = Document::parse(&mut sources, "x", "b = 1\na = 2\nc = 3\n").unwrap();
        let mistakes = Mistakes::new(&sources);
        let reader = mistakes.table(&document.root, document.place());
        reader.get("a").integer(0..=9);
        let rest = reader.rest();
        assert!(reader.rest().is_empty());
        let rest: Vec<_> =
            rest.iter().map(|(entry, field)| (&*entry.key.text, field.integer(0..=9))).collect();
        assert_eq!(rest, [("b", Some(1)), ("c", Some(3))]);
        reader.finish();
        assert!(mistakes.finish().unwrap().is_empty());
    }

    #[test]
    fn a_key_that_nobody_asked_for_is_unknown() {
        let mut sources = Sources::new();
        let document = Document::parse(&mut sources, "x", "b = 1\na = 2\nc = 3\n").unwrap();
        let mistakes = Mistakes::new(&sources);
        let reader = mistakes.table(&document.root, document.place());
        assert!(reader.get("a").is_present());
        reader.finish();
        let found = mistakes.finish().unwrap_err();
        let messages: Vec<_> = found.iter().map(|mistake| mistake.message()).collect();
        assert_eq!(messages, ["unknown key `b`", "unknown key `c`"]);
    }
}
