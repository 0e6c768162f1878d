//! One document over another.

use std::collections::HashMap;

use super::{Diagnostic, Entry, Key, Mistakes, Node, Place, Table, Value, nearest, quoted};

/// Lays a table over another one.
///
/// - A key of `over` that `base` has not is added behind the others.
/// - Two tables are laid over one another in turn.
/// - Any other value replaces the one below it. Only a table and something that is no table cannot take each other's
///   place; that is reported as `merge-clash`.
/// - An array that begins with the string `"+"` does not replace the array below it: its other elements are put
///   behind that array's, without those that are there already.
/// - An array that begins with `"-"` takes its other elements out of the array below it; one that is not there is
///   reported as `nothing-to-remove`.
/// - A sign anywhere else in an array is reported as `misplaced-sign`.
///
/// Every node keeps the place where it was written, so that a mistake found later points into the document it came
/// from. A table that two documents have stands where the upper one has it. `"+"` and `"-"` are gone from the result,
/// also where there is nothing below, as there is below each element of an array; to have that done for a document that
/// extends nothing, lay it over `Table::default()`.
pub fn merge<'a>(base: Table<'a>, over: Table<'a>, mistakes: &Mistakes<'_>) -> Table<'a> {
    let mut added = Vec::new();
    let mut upper: Vec<Option<Entry<'a>>> = base.iter().map(|_| None).collect();
    for entry in over.into_entries() {
        match base.position(&entry.key.text).and_then(|position| upper.get_mut(position)) {
            Some(slot) => *slot = Some(entry),
            None => {
                let node = settle(entry.node, &entry.key, mistakes);
                added.push(Entry { key: entry.key, node });
            }
        }
    }
    let mut entries: Vec<Entry<'a>> = base
        .into_entries()
        .into_iter()
        .zip(upper)
        .map(|(below, upper)| match upper {
            Some(above) => Entry { node: lay(below.node, above.node, &above.key, mistakes), key: above.key },
            None => below,
        })
        .collect();
    entries.append(&mut added);
    Table::new(entries, &mut |_, _| {})
}

/// Lays a document over others, as [`merge`] does, but for one list of the whole document: there the elements of the
/// upper document stand behind those of the ones below, and none is lost.
pub(crate) fn merge_gathering<'a>(
    mut base: Table<'a>,
    mut over: Table<'a>,
    list: &str,
    mistakes: &Mistakes<'_>,
) -> Table<'a> {
    if let (Some(Value::Array(below)), Some(Value::Array(above))) = (base.get_mut(list), over.get_mut(list)) {
        let own = std::mem::replace(above, std::mem::take(below));
        above.extend(own);
    }
    merge(base, over, mistakes)
}

/// A value with nothing below it.
fn settle<'a>(node: Node<'a>, key: &Key<'a>, mistakes: &Mistakes<'_>) -> Node<'a> {
    if is_settled(&node.value) {
        return node;
    }
    let Node { value, place } = node;
    let value = match value {
        Value::Table(table) => Value::Table(merge(Table::default(), table, mistakes)),
        Value::Array(array) => {
            Value::Array(Change::of(array, key, mistakes).apply(Vec::new(), key, mistakes))
        }
        value => value,
    };
    Node { value, place }
}

/// Whether no array in it wants to change one below; so it is with nearly all, and they can stay as they are.
fn is_settled(value: &Value<'_>) -> bool {
    match value {
        Value::Table(table) => table.iter().all(|entry| is_settled(&entry.node.value)),
        Value::Array(array) => array.iter().all(|node| sign(node).is_none() && is_settled(&node.value)),
        _ => true,
    }
}

/// What an array that begins so wants to do with the one below it, instead of replacing it.
fn sign<'n>(node: &'n Node<'_>) -> Option<&'n str> {
    node.as_str().filter(|text| matches!(*text, "+" | "-"))
}

fn misplaced(sign: &str, node: &Node<'_>, key: &Key<'_>, mistakes: &Mistakes<'_>) -> Diagnostic {
    let message = format!("{} stands within {}", quoted(sign), quoted(&key.text));
    let help = "a list adds or takes out, and says so in its first place: what does both takes two documents";
    Diagnostic::error("misplaced-sign", message).at(mistakes.locate(node.place)).with_help(help)
}

fn lay<'a>(below: Node<'a>, above: Node<'a>, key: &Key<'a>, mistakes: &Mistakes<'_>) -> Node<'a> {
    let place = above.place;
    let value = match (below.value, above.value) {
        (Value::Table(below), Value::Table(above)) => Value::Table(merge(below, above, mistakes)),
        (below_value, above_value @ Value::Table(_)) | (below_value @ Value::Table(_), above_value) => {
            clash(key, (&below_value, below.place), (&above_value, place), mistakes);
            above_value
        }
        (below_value, Value::Array(above)) => match (Change::of(above, key, mistakes), below_value) {
            (Change::Replace(array), _) => Value::Array(array),
            (change, Value::Array(array)) => Value::Array(change.apply(array, key, mistakes)),
            (change, below_value) => {
                let array = Value::Array(change.apply(Vec::new(), key, mistakes));
                clash(key, (&below_value, below.place), (&array, place), mistakes);
                array
            }
        },
        (_, value) => value,
    };
    Node { value, place }
}

fn clash(key: &Key<'_>, below: (&Value<'_>, Place), above: (&Value<'_>, Place), mistakes: &Mistakes<'_>) {
    let (key, was, is) = (quoted(&key.text), below.0.kind(), above.0.kind());
    mistakes.report_with(|| {
        Diagnostic::error("merge-clash", format!("{key} is {is} here, and {was} in the document below"))
            .at(mistakes.locate(above.1))
            .with_related(mistakes.locate(below.1), format!("{was} here"))
            .with_help(format!("make it {was} too, or give it another name"))
    });
}

/// What an array does to the array below it.
enum Change<'a> {
    Replace(Vec<Node<'a>>),
    Add(Vec<Node<'a>>),
    Remove(Vec<Node<'a>>),
}

impl<'a> Change<'a> {
    /// Below an element of an array there is nothing, for only whole arrays are laid over one another.
    fn of(array: Vec<Node<'a>>, key: &Key<'a>, mistakes: &Mistakes<'_>) -> Self {
        let change = match array.first().and_then(sign) {
            None => Change::Replace,
            Some("+") => Change::Add,
            Some(_) => Change::Remove,
        };
        let signs = array.iter().take(1).filter_map(sign).count();
        for (node, sign) in array.iter().skip(1).filter_map(|node| Some((node, sign(node)?))) {
            mistakes.report_with(|| misplaced(sign, node, key, mistakes));
        }
        change(array.into_iter().skip(signs).map(|node| settle(node, key, mistakes)).collect())
    }

    fn apply(self, below: Vec<Node<'a>>, key: &Key<'a>, mistakes: &Mistakes<'_>) -> Vec<Node<'a>> {
        match self {
            Change::Replace(array) => array,
            Change::Add(array) => add(below, array),
            Change::Remove(array) => remove(below, &array, key, mistakes),
        }
    }
}

/// Where values stand in an array, by their digests. A digest only says where to look: values that have the same one
/// need not be the same.
#[derive(Default)]
struct Positions(HashMap<u64, Vec<usize>>);

impl Positions {
    fn of(nodes: &[Node<'_>]) -> Self {
        let mut positions = Positions::default();
        for (position, node) in nodes.iter().enumerate() {
            positions.add(position, node);
        }
        positions
    }

    fn add(&mut self, position: usize, node: &Node<'_>) {
        self.0.entry(node.value.digest()).or_default().push(position);
    }

    /// Whether one of the nodes that these are the positions of says the same.
    fn any_same(&self, nodes: &[Node<'_>], node: &Node<'_>) -> bool {
        let alike = self.0.get(&node.value.digest()).into_iter().flatten();
        alike.filter_map(|position| nodes.get(*position)).any(|other| other.value.same(&node.value))
    }
}

fn add<'a>(mut below: Vec<Node<'a>>, array: Vec<Node<'a>>) -> Vec<Node<'a>> {
    let mut there = Positions::of(&below);
    for node in array {
        if !there.any_same(&below, &node) {
            there.add(below.len(), &node);
            below.push(node);
        }
    }
    below
}

fn remove<'a>(
    mut below: Vec<Node<'a>>,
    array: &[Node<'a>],
    key: &Key<'a>,
    mistakes: &Mistakes<'_>,
) -> Vec<Node<'a>> {
    let there = Positions::of(&below);
    for node in array.iter().filter(|node| !there.any_same(&below, node)) {
        mistakes.report_with(|| nothing_to_remove(&below, node, key, mistakes));
    }
    let unwanted = Positions::of(array);
    below.retain(|node| !unwanted.any_same(array, node));
    below
}

fn nothing_to_remove(
    below: &[Node<'_>],
    node: &Node<'_>,
    key: &Key<'_>,
    mistakes: &Mistakes<'_>,
) -> Diagnostic {
    let what = match &node.value {
        Value::String(text) => quoted(text),
        value => value.kind().to_owned() + " like this",
    };
    let message = format!("{what} cannot be taken out of {}: it is not there", quoted(&key.text));
    let near = match &node.value {
        Value::String(word) => nearest(word, below.iter().filter_map(Node::as_str)),
        _ => None,
    };
    let help = match near {
        Some(near) => format!("did you mean {}?", quoted(near)),
        None => "name only what the documents below have".to_owned(),
    };
    Diagnostic::error("nothing-to-remove", message).at(mistakes.locate(node.place)).with_help(help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Document, Sources};

    /// The codes with their lines, and the list that `a` is in the end.
    fn merged(below: &str, above: &str) -> (Vec<String>, Vec<String>) {
        let mut sources = Sources::new();
        let below = Document::parse(&mut sources, "below", below).unwrap().root;
        let above = Document::parse(&mut sources, "above", above).unwrap().root;
        let mistakes = Mistakes::new(&sources);
        let root = merge(below, above, &mistakes);
        let list = match root.get("a").map(|node| &node.value) {
            Some(Value::Array(nodes)) => nodes.iter().filter_map(Node::as_str).map(String::from).collect(),
            _ => Vec::new(),
        };
        (mistakes.finish().err().into_iter().flatten().map(|mistake| mistake.to_string()).collect(), list)
    }

    #[test]
    fn a_list_can_only_be_added_to_a_list() {
        let (found, list) = merged("a = 1", "a = ['+', 'x']");
        assert_eq!(
            found,
            ["above:1:5: error[merge-clash]: `a` is an array here, and an integer in the document below"]
        );
        assert_eq!(list, ["x"]);
        assert_eq!(merged("a = 1", "a = ['x']"), (vec![], vec!["x".to_owned()]));
        assert_eq!(merged("a = ['x']", "a = 'y'").0, [""; 0]);
        assert_eq!(merged("a = {}", "a = ['+']").0.len(), 1);
    }

    #[test]
    fn what_is_not_there_cannot_be_taken_out() {
        let (found, list) = merged("a = ['formal', 'neutral', 3]", "a = ['-', 'formel', 'neutral', 3, 4]");
        assert_eq!(
            found,
            [
                "above:1:11: error[nothing-to-remove]: `formel` cannot be taken out of `a`: it is not there",
                "above:1:35: error[nothing-to-remove]: an integer like this cannot be taken out of `a`: it is not there",
            ]
        );
        assert_eq!(list, ["formal"]);
        assert_eq!(merged("", "a = ['-', 'x']").0.len(), 1);
    }

    #[test]
    fn what_only_has_the_same_digest_stays() {
        let there = "{ k64094 = 1, k310356 = 1, k525731 = 1, k857502 = 1 }";
        let meant = "{ k158926 = 1, k439354 = 1, k695210 = 1, k920908 = 1 }";
        let mut sources = Sources::new();
        let text = format!("a = {there}\nb = {meant}");
        let both = Document::parse(&mut sources, "both", &text).unwrap().root;
        let [a, b] = ["a", "b"].map(|key| &both.get(key).unwrap().value);
        assert!(a.digest() == b.digest() && !a.same(b), "another digest needs another example");
        let (found, _) = merged(&format!("a = [{there}]"), &format!("a = ['-', {meant}]"));
        assert_eq!(
            found,
            [
                "above:1:11: error[nothing-to-remove]: a table like this cannot be taken out of `a`: it is not there"
            ]
        );
        let left = |below: &str, above: &str| {
            let mut sources = Sources::new();
            let below = Document::parse(&mut sources, "below", below).unwrap().root;
            let above = Document::parse(&mut sources, "above", above).unwrap().root;
            let root = merge(below, above, &Mistakes::new(&sources));
            serde_json::to_string(&root).unwrap()
        };
        assert_eq!(
            left(&format!("a = [{there}, 'x', {meant}]"), &format!("a = ['-', {meant}]")),
            r#"{"a":[{"k64094":1,"k310356":1,"k525731":1,"k857502":1},"x"]}"#
        );
    }

    #[test]
    fn a_sign_that_is_not_the_first_of_its_list_is_told() {
        for (list, at) in [
            ("['x', '+', 'y']", 11),
            ("['+', 'x', '-', 'y']", 16),
            ("['-', '-']", 11),
            ("['+', ['x', '+']]", 17),
        ] {
            let (mistakes, _) = merged("", &format!("a = {list}"));
            let place = format!("above:1:{at}: error[misplaced-sign]: ");
            assert!(mistakes.iter().any(|mistake| mistake.starts_with(&place)), "{list}: {mistakes:?}");
        }
        assert_eq!(merged("a = ['x']", "a = ['+', 'x+', '+ ']").0, [""; 0]);
    }

    #[test]
    fn signs_are_gone_from_tables_that_are_new() {
        let mut sources = Sources::new();
        let root = Document::parse(&mut sources, "x", "[t.u]\na = ['+', 'x']\n").unwrap().root;
        let mistakes = Mistakes::new(&sources);
        let root = merge(Table::default(), root, &mistakes);
        let inner = root.get("t").and_then(Node::as_table).and_then(|t| t.get("u")).and_then(Node::as_table);
        assert!(matches!(&inner.unwrap().get("a").unwrap().value, Value::Array(nodes) if nodes.len() == 1));
    }

    #[test]
    fn signs_are_gone_from_the_elements_of_arrays() {
        let left = |below: &str, above: &str| {
            let mut sources = Sources::new();
            let below = Document::parse(&mut sources, "below", below).unwrap().root;
            let above = Document::parse(&mut sources, "above", above).unwrap().root;
            let mistakes = Mistakes::new(&sources);
            let root = serde_json::to_string(&merge(below, above, &mistakes)).unwrap();
            (
                root,
                mistakes
                    .finish()
                    .err()
                    .into_iter()
                    .flatten()
                    .map(|mistake| mistake.to_string())
                    .collect::<Vec<_>>(),
            )
        };
        let levels = "a = [{ at = 'due', notify = { role = ['+', 'agent'] } }, ['x', ['+', 'y']]]";
        let settled = r#"{"a":[{"at":"due","notify":{"role":["agent"]}},["x",["y"]]]}"#;
        assert_eq!(left("", levels), (settled.to_owned(), vec![]));
        assert_eq!(left("a = ['below']", levels), (settled.to_owned(), vec![]));
        assert_eq!(left("a = []", &levels.replace("[{", "['+', {")), (settled.to_owned(), vec![]));
        let (root, mistakes) = left("", "t = [{ a = ['-', 'x'] }]");
        assert_eq!(root, r#"{"t":[{"a":[]}]}"#);
        assert_eq!(
            mistakes,
            ["above:1:18: error[nothing-to-remove]: `x` cannot be taken out of `a`: it is not there"]
        );
    }
}
