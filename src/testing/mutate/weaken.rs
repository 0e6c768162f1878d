//! The ways in which a document can be weakened, one place at a time.

use crate::source::{Edit, Entry, Hop, Node, Sources, Table, Value};

use super::super::coverage::joined;

/// What says who a document is, and what tests it: no part of what the policy does.
const NO_SECTIONS: [&str; 8] =
    ["svar", "name", "version", "description", "extends", "languages", "tests", "slots"];
/// What is there for people to read, what tests the thing beside it, and what says which kind of thing it is. What a
/// finding says counts all the same: whoever wrote the reply goes by it.
const NO_KEYS: [&str; 18] = [
    "title",
    "name",
    "description",
    "why",
    "source",
    "as_of",
    "message",
    "fix",
    "good",
    "bad",
    "heard",
    "unheard",
    "examples",
    "sample",
    "of",
    "kind",
    "type",
    "format",
];
/// Tables of things with names of their own, below the sections.
const NAMES: [&str; 3] = ["classes", "steps", "branches"];
/// Tables in which a language's words are weighed against those of others: no single one of them decides.
const NO_TABLES: [&str; 2] = ["words", "letters"];
/// Things with a name that can be left out as a whole: `*` stands for the name.
const WHOLE: [&[&str]; 5] = [
    &["rules", "*"],
    &["playbooks", "*", "steps", "*"],
    &["canned", "*"],
    &["remedies", "*"],
    &["authority", "*"],
];
/// What makes a rule.
const KINDS: [&str; 5] = ["forbid", "require", "prefer", "limit", "order"];
/// What says how many at the most, and how many at least.
const MOST: [&str; 2] = ["max", "within_sentences"];
const LEAST: &str = "min";
const SEVERITIES: [(&str, &str); 2] = [("error", "warning"), ("warning", "advice")];

/// One change.
#[derive(Clone, Debug)]
pub(super) struct Change {
    pub(super) way: Vec<Hop>,
    pub(super) edit: Edit,
    /// What it is, in words.
    pub(super) says: String,
    /// The keys that lead there, `rules.tone.limit`.
    pub(super) path: String,
    pub(super) place: crate::source::Place,
}

/// Every way to weaken a document, in its order.
pub(super) fn weaken(root: &Table<'_>, sources: &Sources) -> Vec<Change> {
    let mut weakener = Weakener { sources, way: Vec::new(), keys: Vec::new(), found: Vec::new() };
    for entry in root.iter().filter(|entry| !NO_SECTIONS.contains(&&*entry.key.text)) {
        weakener.entry(entry);
    }
    weakener.found
}

struct Weakener<'s> {
    sources: &'s Sources,
    way: Vec<Hop>,
    /// The keys on the way.
    keys: Vec<String>,
    found: Vec<Change>,
}

impl Weakener<'_> {
    fn entry(&mut self, entry: &Entry<'_>) {
        let key = &*entry.key.text;
        let above = self.path();
        self.way.push(Hop::Key(key.to_owned()));
        self.keys.push(key.to_owned());
        match &entry.node.value {
            Value::Table(table) => self.table(entry, table),
            Value::Array(list) => self.list(entry, list, &above),
            value => self.scalar(entry, value, &above),
        }
        self.way.pop();
        self.keys.pop();
    }

    fn table(&mut self, entry: &Entry<'_>, table: &Table<'_>) {
        if NO_TABLES.contains(&&*entry.key.text) && self.keys.first().is_some_and(|key| key == "language") {
            return;
        }
        if self.is_whole(table) {
            let says = match self.keys.first().map(String::as_str) {
                Some("rules") => format!("without the rule `{}`", entry.key.text),
                _ => format!("without {}", self.path()),
            };
            self.push(Edit::Drop, says, self.path(), entry.key.place);
        }
        self.inner(table);
    }

    fn inner(&mut self, table: &Table<'_>) {
        if self.is_all_of_a_rule(table) {
            return;
        }
        for entry in table.iter() {
            if self.counts(entry) {
                self.entry(entry);
            }
        }
    }

    /// Whether an entry is part of what the policy does.
    fn counts(&self, entry: &Entry<'_>) -> bool {
        let key = &*entry.key.text;
        // Here the author chooses the keys: a rule, a step, a class or a phrase can be called as they like.
        let is_phrase = matches!(entry.node.value, Value::Integer(_) | Value::Float(_))
            && ["address", "register", "intents"].iter().any(|section| self.is_in(section));
        let is_named = self.keys.len() == 1
            || is_phrase
            || self.keys.last().is_some_and(|above| NAMES.contains(&above.as_str()));
        let is_example = self.is_in("rules") && self.keys.len() == 2 && matches!(key, "case" | "now");
        let is_told = key == "message" && (self.is_in("rules") || self.is_in("sla"));
        is_named || is_told || !(NO_KEYS.contains(&key) || is_example)
    }

    fn is_in(&self, section: &str) -> bool {
        self.keys.first().is_some_and(|key| key == section)
    }

    /// Whether it is a thing with a name that this document makes, and not one that it only changes.
    fn is_whole(&self, table: &Table<'_>) -> bool {
        let fits = |pattern: &&[&str]| {
            let pairs = pattern.iter().zip(&self.keys);
            pattern.len() == self.keys.len()
                && pairs.clone().all(|(wanted, key)| *wanted == "*" || wanted == key)
        };
        WHOLE.iter().any(fits) && (!self.is_in("rules") || KINDS.iter().any(|kind| table.get(kind).is_some()))
    }

    /// Whether a rule would look for nothing without it, which is to leave the rule out.
    fn is_all_of_a_rule(&self, table: &Table<'_>) -> bool {
        let is_kind = |key: &String| KINDS.contains(&key.as_str());
        let lists_one = |entry: &Entry<'_>| match &entry.node.value {
            Value::Table(_) => false,
            Value::Array(list) => list.len() == 1,
            _ => true,
        };
        self.is_in("rules")
            && self.keys.len() == 3
            && self.keys.last().is_some_and(is_kind)
            && table.len() == 1
            && table.iter().all(lists_one)
    }

    fn list(&mut self, entry: &Entry<'_>, list: &[Node<'_>], above: &str) {
        let signed = list.first().and_then(Node::as_str).is_some_and(|sign| matches!(sign, "+" | "-"));
        let elements = list.len() - usize::from(signed);
        if elements == 1 && list.iter().all(|node| node.as_table().is_none()) {
            // Without its only element a list says nothing, and may not stand there.
            let says = format!("without {} in {above}", self.written(entry));
            self.push(Edit::Drop, says, above.to_owned(), entry.key.place);
            return;
        }
        let path = self.path();
        for (at, node) in list.iter().enumerate().skip(usize::from(signed)) {
            self.way.push(Hop::Element(at));
            if elements > 1 {
                let says = format!("without {} in {path}", self.value(node));
                self.push(Edit::Drop, says, path.clone(), node.place);
            }
            if let Value::Table(table) = &node.value {
                if table.len() > 1 || elements == 1 {
                    self.inner(table);
                }
            }
            self.way.pop();
        }
    }

    fn scalar(&mut self, entry: &Entry<'_>, value: &Value<'_>, above: &str) {
        let key = &*entry.key.text;
        let with =
            |weaker: &str| format!("with `{key} = {weaker}` instead of {} in {above}", self.written(entry));
        // What stands in a condition is one, and not a limit or a weight.
        let is_condition = self.keys.iter().any(|key| key == "when");
        let counts = |names: &[&str]| names.iter().any(|name| key.strip_prefix(name).is_some_and(is_end));
        let change = match value {
            _ if is_condition => None,
            Value::String(level) if key == "severity" && self.is_in("rules") => {
                let Some((_, milder)) = SEVERITIES.iter().find(|(worse, _)| worse == level) else { return };
                Some((Value::String((*milder).into()), with(&format!("{milder:?}"))))
            }
            Value::Integer(number) if counts(&MOST) => {
                let more = number.saturating_add(1);
                Some((Value::Integer(more), with(&more.to_string())))
            }
            Value::Integer(number) if counts(&[LEAST]) => {
                let fewer = number.saturating_sub(1);
                Some((Value::Integer(fewer), with(&fewer.to_string())))
            }
            _ => None,
        };
        let (edit, says) = match change {
            Some((value, says)) => (Edit::Put(value), says),
            None => (Edit::Drop, format!("without {} in {above}", self.written(entry))),
        };
        self.push(edit, says, above.to_owned(), entry.key.place);
    }

    fn push(&mut self, edit: Edit, says: String, path: String, place: crate::source::Place) {
        self.found.push(Change { way: self.way.clone(), edit, says, path, place });
    }

    fn path(&self) -> String {
        self.keys.iter().fold(String::new(), |path, key| joined(&path, key))
    }

    /// An entry as it is written.
    fn written(&self, entry: &Entry<'_>) -> String {
        let key = joined("", &entry.key.text);
        let value = self.value(&entry.node);
        format!("`{key} = {}`", value.trim_matches('`'))
    }

    fn value(&self, node: &Node<'_>) -> String {
        /// More than fits on a line beside the rest is cut.
        const LONGEST: usize = 60;
        let written = node.place.span.of(self.sources.text(node.place.source));
        let words: Vec<&str> = written.split_whitespace().collect();
        let line = words.join(" ");
        match line.char_indices().nth(LONGEST) {
            Some((at, _)) => format!("`{}…`", line.get(..at).unwrap_or_default()),
            None => format!("`{line}`"),
        }
    }
}

/// Whether a key ends here, or at the end of a word: `max`, `max_words`.
fn is_end(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with('_')
}
