//! One change to a tree.

use super::{Entry, Node, Table, Value};

/// One step on the way to a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Hop {
    /// To the value of a key.
    Key(String),
    /// To an element of a list, by its number.
    Element(usize),
}

impl Hop {
    /// The key, if it is to the value of one.
    pub(crate) fn as_key(&self) -> Option<&str> {
        match self {
            Hop::Key(key) => Some(key),
            Hop::Element(_) => None,
        }
    }
}

/// What becomes of a node.
#[derive(Clone, Debug)]
pub(crate) enum Edit {
    /// It is gone, with its key.
    Drop,
    /// It says something else.
    Put(Value<'static>),
}

/// The table with one change. Where the way leads nowhere, nothing changes.
pub(crate) fn edited<'a>(table: Table<'a>, way: &[Hop], edit: &Edit) -> Table<'a> {
    let Some((Hop::Key(key), rest)) = way.split_first() else { return table };
    let at = table.position(key);
    let mut entries = table.into_entries();
    let node = at.and_then(|at| entries.get_mut(at)).map(|entry| &mut entry.node);
    match (node, rest, edit) {
        (Some(_), [], Edit::Drop) => at.into_iter().for_each(|at| drop::<Entry<'a>>(entries.remove(at))),
        (Some(node), [], Edit::Put(value)) => node.value = value.clone(),
        (Some(node), rest, edit) => edit_node(node, rest, edit),
        (None, ..) => {}
    }
    Table::new(entries, &mut |_, _| {})
}

/// The table with one of its keys, and no other.
pub(crate) fn only<'a>(table: &Table<'a>, key: &str) -> Table<'a> {
    Table::new(table.entry(key).cloned().into_iter().collect(), &mut |_, _| {})
}

fn edit_node(node: &mut Node<'_>, way: &[Hop], edit: &Edit) {
    match (&mut node.value, way.split_first()) {
        (Value::Table(table), _) => *table = edited(std::mem::take(table), way, edit),
        (Value::Array(list), Some((&Hop::Element(at), rest))) => match (list.get_mut(at), rest, edit) {
            (Some(_), [], Edit::Drop) => drop(list.remove(at)),
            (Some(node), [], Edit::Put(value)) => node.value = value.clone(),
            (Some(node), rest, edit) => edit_node(node, rest, edit),
            (None, ..) => {}
        },
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Document, Sources};

    fn json(way: &[Hop], edit: &Edit) -> String {
        let text = r#"{"a": [1, {"b": "x", "c": 2}], "d": {"e": true}}"#;
        let root = Document::parse(&mut Sources::new(), "x.json", text).unwrap().root;
        serde_json::to_string(&edited(root, way, edit)).unwrap()
    }

    fn key(key: &str) -> Hop {
        Hop::Key(key.to_owned())
    }

    #[test]
    fn one_thing_changes_and_the_rest_stays() {
        let unchanged = r#"{"a":[1,{"b":"x","c":2}],"d":{"e":true}}"#;
        assert_eq!(json(&[key("d")], &Edit::Drop), r#"{"a":[1,{"b":"x","c":2}]}"#);
        assert_eq!(json(&[key("d"), key("e")], &Edit::Drop), r#"{"a":[1,{"b":"x","c":2}],"d":{}}"#);
        assert_eq!(
            json(&[key("a"), Hop::Element(0)], &Edit::Drop),
            r#"{"a":[{"b":"x","c":2}],"d":{"e":true}}"#
        );
        let three = Edit::Put(Value::Integer(3));
        assert_eq!(
            json(&[key("a"), Hop::Element(1), key("c")], &three),
            r#"{"a":[1,{"b":"x","c":3}],"d":{"e":true}}"#
        );
        assert_eq!(json(&[key("a"), Hop::Element(0)], &three), r#"{"a":[3,{"b":"x","c":2}],"d":{"e":true}}"#);
        for nowhere in [
            &[][..],
            &[key("x")],
            &[key("a"), Hop::Element(2)],
            &[key("d"), Hop::Element(0)],
            &[Hop::Element(0)],
        ] {
            assert_eq!(json(nowhere, &Edit::Drop), unchanged);
        }
    }
}
