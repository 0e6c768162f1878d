//! The one tree that TOML and JSON are both read into.

use std::borrow::Cow;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use serde::ser::{Serialize, Serializer};

use super::Place;

/// Tables up to this size are searched from front to back, larger ones by an index.
const SMALL: usize = 8;

/// A value and where it stands.
#[derive(Clone, Debug)]
pub struct Node<'a> {
    /// What stands there.
    pub value: Value<'a>,
    /// Where. A TOML table stands where its header does.
    pub place: Place,
}

/// What a document can say. Text is borrowed from the document wherever it has no escapes.
#[derive(Clone, Debug)]
pub enum Value<'a> {
    /// Text.
    String(Cow<'a, str>),
    /// A whole number.
    Integer(i64),
    /// Any other number. TOML knows infinities and not-a-number too.
    Float(f64),
    /// True or false.
    Boolean(bool),
    /// A date, a time or both, as written. Only TOML has them; JSON writes them as text.
    Datetime(Cow<'a, str>),
    /// A list.
    Array(Vec<Node<'a>>),
    /// Keys and their values.
    Table(Table<'a>),
}

impl<'a> Node<'a> {
    /// The text, if it is text.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The table, if it is one.
    pub fn as_table(&self) -> Option<&Table<'a>> {
        match &self.value {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }
}

impl Value<'_> {
    /// What this is, with its article, for a message: `a string`, `an array`.
    pub const fn kind(&self) -> &'static str {
        match self {
            Value::String(_) => "a string",
            Value::Integer(_) => "an integer",
            Value::Float(_) => "a number",
            Value::Boolean(_) => "a boolean",
            Value::Datetime(_) => "a date or time",
            Value::Array(_) => "an array",
            Value::Table(_) => "a table",
        }
    }

    /// Whether both say the same, wherever they stand and in whichever order their keys come.
    pub fn same(&self, other: &Value<'_>) -> bool {
        match (self, other) {
            (Value::String(a), Value::String(b)) | (Value::Datetime(a), Value::Datetime(b)) => a == b,
            (Value::Integer(a), Value::Integer(b)) => a == b,
            (Value::Float(a), Value::Float(b)) => a.to_bits() == b.to_bits(),
            (Value::Boolean(a), Value::Boolean(b)) => a == b,
            (Value::Array(a), Value::Array(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.value.same(&b.value))
            }
            (Value::Table(a), Value::Table(b)) => {
                a.len() == b.len()
                    && a.iter().all(|entry| {
                        b.get(&entry.key.text).is_some_and(|node| node.value.same(&entry.node.value))
                    })
            }
            _ => false,
        }
    }

    /// Equal for values that are [`same`](Value::same).
    pub(super) fn digest(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        std::mem::discriminant(self).hash(&mut hasher);
        match self {
            Value::String(text) | Value::Datetime(text) => text.hash(&mut hasher),
            Value::Integer(number) => number.hash(&mut hasher),
            Value::Float(number) => number.to_bits().hash(&mut hasher),
            Value::Boolean(truth) => truth.hash(&mut hasher),
            Value::Array(nodes) => nodes.iter().for_each(|node| node.value.digest().hash(&mut hasher)),
            // A sum, because the order of keys must not count.
            Value::Table(table) => table
                .iter()
                .map(|entry| {
                    let mut hasher = DefaultHasher::new();
                    (&entry.key.text, entry.node.value.digest()).hash(&mut hasher);
                    hasher.finish()
                })
                .fold(0, u64::wrapping_add)
                .hash(&mut hasher),
        }
        hasher.finish()
    }
}

/// As JSON: a date or time as text, what is no number as null.
impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::String(text) | Value::Datetime(text) => serializer.serialize_str(text),
            Value::Integer(number) => serializer.serialize_i64(*number),
            Value::Float(number) => serializer.serialize_f64(*number),
            Value::Boolean(truth) => serializer.serialize_bool(*truth),
            Value::Array(nodes) => serializer.collect_seq(nodes.iter().map(|node| &node.value)),
            Value::Table(table) => table.serialize(serializer),
        }
    }
}

impl Serialize for Table<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|Entry { key, node }| (&key.text, &node.value)))
    }
}

/// A key and where it stands.
#[derive(Clone, Debug)]
pub struct Key<'a> {
    /// The key, without quotes or escapes.
    pub text: Cow<'a, str>,
    /// Where it stands, with quotes if it has them.
    pub place: Place,
}

/// One key of a table with its value.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// The key.
    pub key: Key<'a>,
    /// Its value.
    pub node: Node<'a>,
}

/// Keys with their values, in the order in which the document has them.
#[derive(Clone, Debug, Default)]
pub struct Table<'a> {
    entries: Vec<Entry<'a>>,
    /// The positions of the entries, ordered by their keys; empty for a small table.
    by_key: Box<[u32]>,
}

impl<'a> Table<'a> {
    /// A table of these entries, in their order. Of a key that comes again, the first counts and the later ones are
    /// given to `again`, each with the first.
    pub(super) fn new(mut entries: Vec<Entry<'a>>, again: &mut dyn FnMut(&Key<'a>, &Key<'a>)) -> Self {
        if entries.len() <= SMALL && all_differ(&entries) {
            return Table { entries, by_key: Box::default() };
        }
        let mut doubled = Vec::new();
        let mut order = order_by_key(&entries);
        order.dedup_by(|later, first| {
            let (Some(a), Some(b)) = (entries.get(*first as usize), entries.get(*later as usize)) else {
                return false;
            };
            let same = a.key.text == b.key.text;
            if same {
                doubled.push((*first, *later));
            }
            same
        });
        if doubled.is_empty() {
            return Table {
                by_key: if entries.len() > SMALL { order.into() } else { Box::default() },
                entries,
            };
        }
        doubled.sort_unstable_by_key(|(_, later)| *later);
        for (first, later) in &doubled {
            if let (Some(first), Some(later)) = (entries.get(*first as usize), entries.get(*later as usize)) {
                again(&first.key, &later.key);
            }
        }
        let mut gone = doubled.iter().map(|(_, later)| *later).peekable();
        let mut position = 0;
        entries.retain(|_| {
            let keep = gone.next_if_eq(&position).is_none();
            position += 1;
            keep
        });
        Table::new(entries, &mut |_, _| {})
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Node<'a>> {
        self.entry(key).map(|entry| &entry.node)
    }

    pub(super) fn get_mut(&mut self, key: &str) -> Option<&mut Value<'a>> {
        let position = self.position(key)?;
        self.entries.get_mut(position).map(|entry| &mut entry.node.value)
    }

    pub(super) fn at(&self, position: usize) -> Option<&Entry<'a>> {
        self.entries.get(position)
    }

    /// The key as it stands in the document, with its value.
    pub fn entry(&self, key: &str) -> Option<&Entry<'a>> {
        self.entries.get(self.position(key)?)
    }

    /// The entry at the end of a path of keys.
    pub(crate) fn entry_at(&self, path: &[&str]) -> Option<&Entry<'a>> {
        let (last, tables) = path.split_last()?;
        let mut table = self;
        for key in tables {
            table = table.get(key)?.as_table()?;
        }
        table.entry(last)
    }

    /// Whether what it defines is switched off: `off = true`.
    pub(crate) fn is_off(&self) -> bool {
        matches!(self.get("off").map(|node| &node.value), Some(Value::Boolean(true)))
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no key.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The keys with their values, in the order of the document.
    pub fn iter(&self) -> std::slice::Iter<'_, Entry<'a>> {
        self.entries.iter()
    }

    pub(super) fn position(&self, key: &str) -> Option<usize> {
        if self.by_key.is_empty() {
            return self.entries.iter().position(|entry| entry.key.text == key);
        }
        let text = |position: u32| self.entries.get(position as usize).map(|entry| &*entry.key.text);
        let at = self.by_key.binary_search_by(|position| text(*position).cmp(&Some(key))).ok()?;
        self.by_key.get(at).map(|position| *position as usize)
    }

    /// The table without the keys that stand at these places, given in the order of the document.
    pub(super) fn without(self, keys: &[Place]) -> Self {
        let mut keys = keys.iter();
        let mut next = keys.next();
        let mut entries = self.entries;
        entries.retain(|entry| {
            let drop = next == Some(&entry.key.place);
            if drop {
                next = keys.next();
            }
            !drop
        });
        Table::new(entries, &mut |_, _| {})
    }

    pub(super) fn into_entries(self) -> Vec<Entry<'a>> {
        self.entries
    }
}

/// Whether no key stands twice among a few.
fn all_differ(entries: &[Entry<'_>]) -> bool {
    let mut rest = entries;
    while let Some((entry, others)) = rest.split_first() {
        if others.iter().any(|other| other.key.text == entry.key.text) {
            return false;
        }
        rest = others;
    }
    true
}

/// The positions of entries, ordered by key, equal keys in their own order.
fn order_by_key(entries: &[Entry<'_>]) -> Vec<u32> {
    let keys = entries.iter().map(|entry| &*entry.key.text).zip(0..);
    let mut order: Vec<(u64, &str, u32)> = keys.map(|(key, at)| (beginning(key), key, at)).collect();
    order.sort_unstable();
    order.into_iter().map(|(.., position)| position).collect()
}

/// The first eight bytes of a key as a number that sorts as they do, and mostly tells keys apart.
fn beginning(key: &str) -> u64 {
    match key.as_bytes().first_chunk() {
        Some(first) => u64::from_be_bytes(*first),
        None => {
            key.bytes().chain(std::iter::repeat(0)).take(8).fold(0, |sum, byte| sum << 8 | u64::from(byte))
        }
    }
}

impl<'t, 'a> IntoIterator for &'t Table<'a> {
    type Item = &'t Entry<'a>;
    type IntoIter = std::slice::Iter<'t, Entry<'a>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Span;
    use crate::source::{Document, SourceId, Sources};
    use proptest::prelude::*;

    fn entries(keys: &[String]) -> Vec<Entry<'_>> {
        keys.iter()
            .zip(0..)
            .map(|(key, at)| {
                let place = Place::new(SourceId::default(), Span::new(at, at));
                Entry {
                    key: Key { text: Cow::Borrowed(key), place },
                    node: Node { value: Value::Integer(at as i64), place },
                }
            })
            .collect()
    }

    #[test]
    fn same_looks_away_from_places_and_order() {
        let keys = ["a".to_owned(), "b".to_owned()];
        let straight = entries(&keys);
        let mut turned = straight.clone();
        turned.reverse();
        let straight = Value::Table(Table::new(straight, &mut |_, _| {}));
        let turned = Value::Table(Table::new(turned, &mut |_, _| {}));
        assert!(straight.same(&turned) && straight.digest() == turned.digest());
        assert!(!straight.same(&Value::Integer(1)) && straight.digest() != Value::Integer(1).digest());
    }

    #[test]
    fn a_table_is_written_as_json_in_its_order() {
        let text = "b = 'x'\na = [1, 1.5, true]\nd = 2026-11-21\n[c]\n'ø' = {}\n";
        let document = Document::parse(&mut Sources::new(), "a.toml", text).unwrap();
        let json = serde_json::to_string(&document.root).unwrap();
        assert_eq!(json, r#"{"b":"x","a":[1,1.5,true],"d":"2026-11-21","c":{"ø":{}}}"#);
    }

    proptest! {
        #[test]
        fn the_first_of_a_key_counts_and_order_stays(
            keys in prop::collection::vec("[a-d]{1,2}|aaaaaa[a\\x00]{0,3}", 0..40),
        ) {
            let mut again = Vec::new();
            let table = Table::new(entries(&keys), &mut |first, later| {
                again.push((first.place.span.start, later.place.span.start));
            });
            let first = |key: &String| keys.iter().position(|other| other == key).unwrap();
            let expected: Vec<_> =
                keys.iter().enumerate().map(|(at, key)| (first(key), at)).filter(|(first, at)| first != at).collect();
            prop_assert_eq!(again, expected);
            for key in &keys {
                let place = table.get(key).unwrap().place;
                prop_assert_eq!(place.span.start, first(key));
            }
            prop_assert!(table.get("zz").is_none());
            prop_assert!(table.iter().is_sorted_by_key(|entry| entry.key.place));
        }
    }
}
