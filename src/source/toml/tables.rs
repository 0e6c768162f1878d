//! The tables of a document while it is being read: what may be added to which, and what stands twice.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::super::flaws::{Flaw, MAX_DEPTH};
use super::super::{Entry, Key, Node, Place, Table, Value};
use super::complaints::Complaints;

/// How a table came to be, which decides whether it can be written to once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Made {
    /// By a header of a table within it; its own header may still come.
    Implied,
    /// By a dotted key.
    Dotted,
    /// By its own header `[table]`.
    Header,
    /// By `[[table]]`.
    Element,
    /// In braces, or the root: nothing finds it by its name.
    Nameless,
}

/// A table that is not finished.
struct Unfinished<'a> {
    /// Never used again, so that what is in `names` stays true when tables are finished.
    serial: u32,
    made: Made,
    /// How many tables and arrays it stands in, itself included.
    depth: usize,
    /// Where it belongs when it is finished. A table whose header cannot be understood belongs nowhere.
    slot: Option<Slot>,
    entries: Vec<Entry<'a>>,
}

#[derive(Clone, Copy)]
struct Slot {
    table: usize,
    entry: usize,
    /// The element, if the entry is an array of tables.
    element: Option<usize>,
}

/// The tables that are not finished: those with a header, on top of them those in braces that are open just now, and
/// on top of each the tables that dotted keys made in it. A table stands above the one it belongs to.
///
/// Values are only appended to their table. That a key stands twice is found when the table is finished and its keys
/// are sorted for looking them up; only tables that can be added to are found by name before that.
pub(super) struct Tables<'a> {
    stack: Vec<Unfinished<'a>>,
    /// The tables that a header or a dotted key may name, by the table they stand in; of an array its last element.
    names: BTreeMap<(u32, Cow<'a, str>), usize>,
    serials: u32,
}

impl<'a> Tables<'a> {
    /// The position of the root.
    pub(super) const ROOT: usize = 0;

    pub(super) fn new() -> Self {
        let mut tables = Tables { stack: Vec::new(), names: BTreeMap::new(), serials: 0 };
        tables.push(Made::Nameless, 1, None);
        tables
    }

    /// A table that has no name, at the top of the stack; its position.
    pub(super) fn nameless(&mut self, depth: usize) -> usize {
        self.push(Made::Nameless, depth, None)
    }

    /// Forgets the tables from this position on.
    pub(super) fn truncate(&mut self, len: usize) {
        self.stack.truncate(len);
    }

    pub(super) fn depth(&self, table: usize) -> usize {
        self.stack.get(table).map_or(0, |table| table.depth)
    }

    /// The table that a header opens. `None` if there cannot be such a table; that has been said then.
    pub(super) fn open(
        &mut self,
        path: impl ExactSizeIterator<Item = Key<'a>>,
        place: Place,
        array: bool,
        complaints: &Complaints<'_>,
    ) -> Option<usize> {
        let mut table = Tables::ROOT;
        let above = path.len().checked_sub(1)?;
        for (number, key) in path.enumerate() {
            table = if number < above {
                self.descend(table, key, Made::Implied, complaints)?
            } else if array {
                self.element(table, key, place, complaints)?
            } else {
                self.header(table, key, place, complaints)?
            };
        }
        Some(table)
    }

    /// Gives a key of a table its value; all keys of a dotted one but the last name tables.
    pub(super) fn put(
        &mut self,
        mut table: usize,
        path: impl ExactSizeIterator<Item = Key<'a>>,
        node: Node<'a>,
        complaints: &Complaints<'_>,
    ) {
        let Some(above) = path.len().checked_sub(1) else { return };
        for (number, key) in path.enumerate() {
            if number < above {
                let Some(next) = self.descend(table, key, Made::Dotted, complaints) else { return };
                table = next;
            } else {
                self.append(table, key, node);
                return;
            }
        }
    }

    /// Finishes the table at this position and those above it.
    pub(super) fn finish(&mut self, position: usize, complaints: &Complaints<'_>) -> Table<'a> {
        while self.stack.len() > position + 1 {
            let Some(top) = self.stack.pop() else { break };
            let table = finished(top.entries, complaints);
            let Some(slot) = top.slot else { continue };
            let owner = self.stack.get_mut(slot.table);
            let Some(entry) = owner.and_then(|owner| owner.entries.get_mut(slot.entry)) else { continue };
            match (&mut entry.node.value, slot.element) {
                (Value::Array(elements), Some(element)) => {
                    if let Some(node) = elements.get_mut(element) {
                        node.value = Value::Table(table);
                    }
                }
                (value, _) => *value = Value::Table(table),
            }
        }
        finished(self.stack.pop().map(|table| table.entries).unwrap_or_default(), complaints)
    }

    /// The table a key names on the way to another one.
    fn descend(
        &mut self,
        table: usize,
        key: Key<'a>,
        made: Made,
        complaints: &Complaints<'_>,
    ) -> Option<usize> {
        let Some(found) = self.find(table, &key) else {
            return self.create(table, key.clone(), made, key.place, complaints);
        };
        let there = self.stack.get_mut(found)?;
        if made == Made::Dotted {
            match there.made {
                Made::Implied | Made::Dotted => there.made = Made::Dotted,
                // A dotted key cannot add to a table that has a header.
                _ => {
                    self.duplicate(found, &key, complaints);
                    return None;
                }
            }
        }
        Some(found)
    }

    /// The table `[key]`.
    fn header(
        &mut self,
        table: usize,
        key: Key<'a>,
        place: Place,
        complaints: &Complaints<'_>,
    ) -> Option<usize> {
        let Some(found) = self.find(table, &key) else {
            return self.create(table, key, Made::Header, place, complaints);
        };
        let there = self.stack.get_mut(found)?;
        match there.made {
            Made::Implied => {
                there.made = Made::Header;
                if let Some(entry) = self.entry_of(found) {
                    entry.key.place = key.place;
                    entry.node.place = place;
                }
                Some(found)
            }
            // What follows is most likely meant for the table that is there.
            Made::Header | Made::Dotted | Made::Nameless => {
                self.duplicate(found, &key, complaints);
                Some(found)
            }
            Made::Element => {
                self.duplicate(found, &key, complaints);
                None
            }
        }
    }

    /// A new element of `[[key]]`.
    fn element(
        &mut self,
        table: usize,
        key: Key<'a>,
        place: Place,
        complaints: &Complaints<'_>,
    ) -> Option<usize> {
        let name = (self.stack.get(table)?.serial, key.text.clone());
        let depth = self.depth(table) + 2;
        if depth > MAX_DEPTH {
            complaints.push(Flaw::too_deep(key.place.span));
            return None;
        }
        let found = self.names.get(&name).copied();
        let mut slot = match found {
            None => {
                let node = Node { value: Value::Array(Vec::new()), place };
                Slot { table, entry: self.append(table, key, node)?, element: None }
            }
            Some(found) if self.stack.get(found)?.made == Made::Element => self.stack.get(found)?.slot?,
            Some(found) => {
                self.duplicate(found, &key, complaints);
                return None;
            }
        };
        let entry = self.stack.get_mut(table)?.entries.get_mut(slot.entry)?;
        let Value::Array(elements) = &mut entry.node.value else { return None };
        slot.element = Some(elements.len());
        elements.push(Node { value: Value::Table(Table::default()), place });
        let new = self.push(Made::Element, depth, Some(slot));
        self.names.insert(name, new);
        Some(new)
    }

    fn create(
        &mut self,
        table: usize,
        key: Key<'a>,
        made: Made,
        place: Place,
        complaints: &Complaints<'_>,
    ) -> Option<usize> {
        let depth = self.depth(table) + 1;
        if depth > MAX_DEPTH {
            complaints.push(Flaw::too_deep(key.place.span));
            return None;
        }
        let name = (self.stack.get(table)?.serial, key.text.clone());
        let entry = self.append(table, key, Node { value: Value::Table(Table::default()), place })?;
        let new = self.push(made, depth, Some(Slot { table, entry, element: None }));
        self.names.insert(name, new);
        Some(new)
    }

    fn push(&mut self, made: Made, depth: usize, slot: Option<Slot>) -> usize {
        let serial = self.serials;
        self.serials += 1;
        self.stack.push(Unfinished { serial, made, depth, slot, entries: Vec::new() });
        self.stack.len() - 1
    }

    /// Adds an entry to a table and says which one it is.
    fn append(&mut self, table: usize, key: Key<'a>, node: Node<'a>) -> Option<usize> {
        let entries = &mut self.stack.get_mut(table)?.entries;
        entries.push(Entry { key, node });
        Some(entries.len() - 1)
    }

    fn find(&self, table: usize, key: &Key<'a>) -> Option<usize> {
        let serial = self.stack.get(table)?.serial;
        self.names.get(&(serial, Cow::Borrowed(&*key.text))).copied()
    }

    fn entry_of(&mut self, table: usize) -> Option<&mut Entry<'a>> {
        let slot = self.stack.get(table)?.slot?;
        self.stack.get_mut(slot.table)?.entries.get_mut(slot.entry)
    }

    fn duplicate(&mut self, first: usize, again: &Key<'a>, complaints: &Complaints<'_>) {
        let first = self.entry_of(first).map(|entry| entry.key.place.span);
        complaints.push(Flaw::duplicate(&again.text, again.place.span, first));
    }
}

fn finished<'a>(entries: Vec<Entry<'a>>, complaints: &Complaints<'_>) -> Table<'a> {
    Table::new(entries, &mut |one, other| {
        // A table stands where its header does, though it may have been named before.
        let (first, again) =
            if one.place.span.start <= other.place.span.start { (one, other) } else { (other, one) };
        complaints.push(Flaw::duplicate(&again.text, again.place.span, Some(first.place.span)));
    })
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use crate::source::SourceId;

    #[test]
    fn what_may_be_added_to_which_table() {
        for good in [
            "[a.b]\n[a]\n",
            "[a]\n[a.b]\n[a.c]\n",
            "[a.b]\nx = 1\n[a]\ny = 1\n[a.c]\n",
            "a.b = 1\na.c = 2\n",
            "a.b.c = 1\na.d = 2\na.b.e = 3\n",
            "[a]\nb.c = 1\n[a.b.d]\n",
            "[a.b.c]\n[a]\nb.x = 1\n",
            "[[a]]\nb = 1\n[[a]]\nb = 1\n[a.c]\n[[a.d]]\n[[a.d]]\n",
            "[[a]]\n[a.b]\n[[a]]\n[a.b]\n",
            "[a.b]\n[[a.c]]\n[a]\n",
            "x = { a.b = 1, a.c = 2 }\ny = { a.b = 1 }\n",
        ] {
            assert!(read(SourceId::default(), good).1.list.is_empty(), "{good}");
        }
        for bad in [
            "[a]\n[a]\n",
            "[a.b]\n[a]\n[a]\n",
            "a.b = 1\n[a]\n",
            "[a]\nb.c = 1\n[a.b]\n",
            "[a.b]\n[a]\nb.c = 1\n",
            "[a.b.c]\n[a]\nb.c.d = 1\n",
            "[[a.b]]\n[a]\nb.c = 1\n",
            "[[a.b]]\n[a]\nb.c.d = 1\n",
            "[[a]]\n[a]\n",
            "[a]\n[[a]]\n",
            "[a.b]\n[[a]]\n",
            "a = []\n[[a]]\n",
            "a = {}\n[a]\n",
            "a = {}\n[a.b]\n",
            "a = {}\na.b = 1\n",
            "a = [{}]\n[a.b]\n",
            "a = 1\na.b = 1\n",
            "x = { a = {}, a.b = 1 }\n",
            "x = { a.b = 1, a = 1 }\n",
            "x = { a.b = 1, a.b.c = 1 }\n",
        ] {
            let (_, flaws) = read(SourceId::default(), bad);
            assert_eq!(flaws.list.len(), 1, "{bad}");
            assert_eq!(flaws.list[0].code, "duplicate-key", "{bad}");
            assert!(flaws.list[0].first.is_some(), "{bad}");
        }
    }
}
