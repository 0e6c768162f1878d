//! The schema against the readers: documents are made of the schema that hold every key of it, and for each table the
//! keys that it was asked for must be those of the schema, no fewer and no more.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json};

use super::*;
use crate::policy::PolicyBuilder;
use crate::source::schema::Form;
use crate::source::{Mistakes, Node, Place, Table, Value};
use crate::testing::Suite;

/// Where there is a choice, document number `pick` takes that number of it.
struct Maker {
    definitions: Vec<(&'static str, Schema)>,
    pick: usize,
}

/// Two choices in one another are all made in so many documents: no schema offers more than seven in one place, and
/// three within.
const MOST_CHOICES: usize = 21;

impl Maker {
    fn resolve<'s>(&'s self, schema: &'s Schema) -> &'s Schema {
        match &schema.form {
            Form::Any(of) => self.resolve(&of[self.pick % of.len()]),
            // What is said for every language is read by nobody who speaks one.
            Form::Defined("language-or-every") => self.resolve_defined("language"),
            Form::Defined(name) => self.resolve_defined(name),
            _ => schema,
        }
    }

    fn resolve_defined(&self, name: &str) -> &Schema {
        let found = self.definitions.iter().find(|(own, _)| *own == name);
        self.resolve(&found.unwrap_or_else(|| panic!("{name} is defined")).1)
    }

    /// A value that the schema takes, or nothing where it would go on for ever.
    fn value(&self, schema: &Schema, depth: usize) -> Option<Json> {
        if depth > 12 {
            return None;
        }
        Some(match &self.resolve(schema).form {
            Form::Anything | Form::Text(_) => Json::from("sample"),
            Form::Words(words) => Json::from(&*words[0]),
            Form::Flag => Json::from(false),
            Form::Whole(least, _) => Json::from(*least),
            Form::Number(least, _) => Json::from(least.unwrap_or(0.0)),
            Form::List(of) => Json::Array(self.value(of, depth + 1).into_iter().collect()),
            Form::Table(table) => Json::Object(self.table(table, depth)),
            Form::Null => Json::Null,
            Form::Any(_) | Form::Defined(_) => unreachable!("these are resolved"),
        })
    }

    fn table(&self, table: &TableSchema, depth: usize) -> Map<String, Json> {
        let chosen = table.choice.get(self.pick % table.choice.len().max(1));
        let keys = table.keys.iter().filter(|(key, _)| !table.choice.contains(key) || Some(key) == chosen);
        let mut made: Map<_, _> = keys
            .filter_map(|(key, schema)| Some(((*key).to_owned(), self.value(schema, depth + 1)?)))
            .collect();
        if let Some((key, value)) = table.others.as_deref() {
            let name = self.value(key, depth + 1).expect("a key is short");
            made.extend(
                self.value(value, depth + 1).map(|value| (name.as_str().expect("text").to_owned(), value)),
            );
        }
        made
    }
}

/// What each table was asked for, by its place.
type Asked = BTreeMap<Place, BTreeSet<String>>;

fn asked(mistakes: &Mistakes<'_>) -> Asked {
    let mut asked = Asked::new();
    for (place, key) in mistakes.asked() {
        asked.entry(place).or_default().insert(key);
    }
    asked
}

/// Goes through a document and its schema side by side.
struct Walk<'w> {
    maker: &'w Maker,
    asked: &'w Asked,
    wrong: BTreeSet<String>,
    /// Keys of the schema, each with its table: those that were read, and those that were not.
    read: BTreeSet<(String, String)>,
    unread: BTreeSet<(String, String)>,
    /// The keys of every table that was come across.
    seen: BTreeSet<String>,
}

impl<'w> Walk<'w> {
    fn new(maker: &'w Maker, asked: &'w Asked) -> Self {
        let [wrong, seen] = [BTreeSet::new(), BTreeSet::new()];
        Walk { maker, asked, wrong, read: BTreeSet::new(), unread: BTreeSet::new(), seen }
    }

    fn node(&mut self, schema: &Schema, node: &Node<'_>, path: &str) {
        // Before there is a reply, a clock's condition is refused what is asked of other conditions.
        let is_clocks = matches!(&schema.form, Form::Defined("clock-condition"));
        // Which step is due cannot be asked to find out which step is due.
        let is_entry = matches!(&schema.form, Form::Defined("entry-condition"));
        match (&self.maker.resolve(schema).form, &node.value) {
            (Form::Table(own), Value::Table(table)) => {
                let refused = match () {
                    () if is_clocks => crate::rule::schema::condition().minus(own),
                    () if is_entry => ["playbook", "step", "before_step"].map(str::to_owned).into(),
                    () => BTreeSet::new(),
                };
                self.table(own, table, node.place, &refused, path);
            }
            (Form::List(of), Value::Array(nodes)) => {
                nodes.iter().for_each(|node| self.node(of, node, &format!("{path}[]")));
            }
            _ => {}
        }
    }

    fn table(
        &mut self,
        schema: &TableSchema,
        table: &Table<'_>,
        place: Place,
        refused: &BTreeSet<String>,
        path: &str,
    ) {
        self.seen.insert(schema.signature());
        let none = BTreeSet::new();
        let asked = self.asked.get(&place).unwrap_or(&none);
        let said: BTreeSet<String> = schema.keys.iter().map(|(key, _)| (*key).to_owned()).collect();
        let known = |key: &String| table.iter().any(|entry| *entry.key.text == **key);
        let of = |key: &String| (schema.signature(), key.clone());
        self.read.extend(said.intersection(asked).map(of));
        self.unread.extend(said.difference(asked).map(of));
        for key in asked.difference(&said).filter(|key| !refused.contains(*key)) {
            // A name that an author chose is looked up where another names it.
            if schema.others.is_none() || !known(key) {
                self.wrong.insert(format!("{path}.{key} is read, and not in the schema"));
            }
        }
        for entry in table.iter() {
            let key = &*entry.key.text;
            let own = schema.keys.iter().find(|(own, _)| *own == key).map(|(_, schema)| schema);
            let other = || schema.others.as_deref().map(|(_, value)| value);
            if let Some(own) = own.or_else(other) {
                self.node(own, &entry.node, &format!("{path}.{key}"));
            }
        }
    }
}

impl TableSchema {
    fn signature(&self) -> String {
        self.keys.iter().map(|(key, _)| *key).collect::<Vec<_>>().join(" ")
    }

    /// Every table there is, in whatever place.
    fn tables(&self, all: &mut BTreeSet<String>) {
        all.insert(self.signature());
        let others = self.others.as_deref().map(|(_, value)| value);
        self.keys.iter().map(|(_, schema)| schema).chain(others).for_each(|schema| schema.tables(all));
    }

    fn minus(&self, other: &TableSchema) -> BTreeSet<String> {
        let is_other = |key: &str| other.keys.iter().any(|(own, _)| *own == key);
        self.keys.iter().map(|(key, _)| (*key).to_owned()).filter(|key| !is_other(key)).collect()
    }
}

impl Schema {
    fn tables(&self, all: &mut BTreeSet<String>) {
        match &self.form {
            Form::Table(table) => table.tables(all),
            Form::List(of) => of.tables(all),
            Form::Any(of) => of.iter().for_each(|schema| schema.tables(all)),
            _ => {}
        }
    }
}

#[test]
fn the_schema_of_a_policy_has_the_keys_that_are_read_and_no_others() {
    let [mut wrong, mut seen] = [BTreeSet::new(), BTreeSet::new()];
    let [mut read, mut unread] = [BTreeSet::new(), BTreeSet::new()];
    for pick in 0..MOST_CHOICES {
        let maker = Maker { definitions: definitions(), pick };
        let mut document = maker.table(&super::document(), 0);
        // What it extends would stand below it, and answer for it.
        document.remove("extends");
        let text = Json::Object(document).to_string();
        let builder = PolicyBuilder::default().layer("sample", text);
        let _ = builder.build_and(|root, policy| {
            Suite::read_from(&builder, root, policy);
            let asked = asked(root.mistakes());
            let mut walk = Walk::new(&maker, &asked);
            walk.table(&super::document(), root.table(), root.place(), &BTreeSet::new(), "");
            wrong.append(&mut walk.wrong);
            seen.append(&mut walk.seen);
            read.append(&mut walk.read);
            unread.append(&mut walk.unread);
        });
    }
    let mut all = BTreeSet::new();
    super::document().tables(&mut all);
    definitions().iter().for_each(|(_, schema)| schema.tables(&mut all));
    let unseen: Vec<_> = all.difference(&seen).collect();
    assert!(unseen.is_empty(), "no document had these tables in it: {unseen:#?}");
    // What a test expects of a clock is read where it asks for one.
    let never: Vec<_> = unread.difference(&read).collect();
    assert!(never.is_empty(), "nobody reads these keys of the schema: {never:#?}");
    let wrong: Vec<_> = wrong.into_iter().collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
