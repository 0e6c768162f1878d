//! What a reader accepts and what an answer holds, in the words of JSON Schema, so that an editor can complete and
//! explain a document, and a program in any language has types for what it asks and for what it is answered.
//!
//! Beside each room's document form stands what it accepts, and what answers hold of it, said with these words: every
//! key with its description, every closed list of words taken from the very list that the reader takes it from.
//!
//! Nothing is demanded of a table that a document below may have begun: what such a table lacks here may stand there.
//! Tables that stand in a list are whole, so what they need is demanded.

pub(crate) mod answer;

use std::borrow::Cow;
use std::ops::{RangeFrom, RangeInclusive};

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::json;

type Text = Cow<'static, str>;

/// What can stand in one place of a document.
#[derive(Clone, Debug)]
pub(crate) struct Schema {
    description: Option<Text>,
    pub(crate) form: Form,
}

#[derive(Clone, Debug)]
pub(crate) enum Form {
    Anything,
    /// Text, which may have to match a pattern.
    Text(Option<&'static str>),
    Words(Vec<Text>),
    Flag,
    Whole(i64, Option<i64>),
    Number(Option<f64>, Option<f64>),
    /// `null`, which stands in answers for what is not there.
    Null,
    List(Box<Schema>),
    Table(TableSchema),
    Any(Vec<Schema>),
    /// What stands under a name among the definitions.
    Defined(&'static str),
}

/// A table: the keys it is asked for, and what its other keys are, where an author chooses them.
#[derive(Clone, Debug, Default)]
pub(crate) struct TableSchema {
    pub(crate) keys: Vec<(&'static str, Schema)>,
    needed: Vec<&'static str>,
    /// Of these keys one stands in it at most.
    pub(crate) choice: Vec<&'static str>,
    /// Names that are known among the keys an author chooses.
    names: Vec<(String, Schema)>,
    pub(crate) others: Option<Box<(Schema, Schema)>>,
}

impl From<Form> for Schema {
    fn from(form: Form) -> Schema {
        Schema { description: None, form }
    }
}

impl From<TableSchema> for Schema {
    fn from(table: TableSchema) -> Schema {
        Form::Table(table).into()
    }
}

/// Whatever the reader makes of it.
pub(crate) fn anything() -> Schema {
    Form::Anything.into()
}

/// Any text.
pub(crate) fn text() -> Schema {
    Form::Text(None).into()
}

/// Text of a form.
pub(crate) fn matching(pattern: &'static str) -> Schema {
    Form::Text(Some(pattern)).into()
}

/// One of several words.
pub(crate) fn words<W: Into<Text>>(words: impl IntoIterator<Item = W>) -> Schema {
    Form::Words(words.into_iter().map(Into::into).collect()).into()
}

/// One of the words of a reader's list.
pub(crate) fn one_of<T>(list: &'static [(&'static str, T)]) -> Schema {
    words(list.iter().map(|(word, _)| *word))
}

/// True or false.
pub(crate) fn flag() -> Schema {
    Form::Flag.into()
}

/// A whole number from `least` on.
pub(crate) fn from(least: RangeFrom<i64>) -> Schema {
    Form::Whole(least.start, None).into()
}

/// A whole number within a range.
pub(crate) fn within(range: RangeInclusive<i64>) -> Schema {
    Form::Whole(*range.start(), Some(*range.end())).into()
}

/// A number within a range, whole or not.
pub(crate) fn number(range: RangeInclusive<f64>) -> Schema {
    Form::Number(Some(*range.start()), Some(*range.end())).into()
}

/// A number that is not less than nothing.
pub(crate) fn amount() -> Schema {
    Form::Number(Some(0.0), None).into()
}

/// Any number, whole or not.
pub(crate) fn any_number() -> Schema {
    Form::Number(None, None).into()
}

/// This, or `null` where it is not there.
pub(crate) fn or_null(of: impl Into<Schema>) -> Schema {
    any([of.into(), Form::Null.into()])
}

/// A list.
pub(crate) fn list(of: impl Into<Schema>) -> Schema {
    Form::List(Box::new(of.into())).into()
}

/// One, or a list of them.
pub(crate) fn some(of: Schema) -> Schema {
    any([of.clone(), list(of)])
}

/// Any of these.
pub(crate) fn any(of: impl Into<Vec<Schema>>) -> Schema {
    Form::Any(of.into()).into()
}

/// What is defined once and used often.
pub(crate) fn defined(name: &'static str) -> Schema {
    Form::Defined(name).into()
}

/// A table whose keys are asked for by name.
pub(crate) fn table() -> TableSchema {
    TableSchema::default()
}

/// A table whose keys an author chooses.
pub(crate) fn map(key: Schema, value: impl Into<Schema>) -> TableSchema {
    table().others(key, value)
}

impl Schema {
    /// The same, explained.
    pub(crate) fn says(self, description: impl Into<Text>) -> Schema {
        Schema { description: Some(description.into()), ..self }
    }

    /// The same in a document that can be laid over another: its lists may begin with a sign.
    pub(crate) fn layered(self) -> Schema {
        let form = match self.form {
            Form::List(of) => Form::List(Box::new(of.layered().or_sign())),
            Form::Any(of) => Form::Any(of.into_iter().map(Schema::layered).collect()),
            Form::Table(table) => Form::Table(table.layered()),
            form => form,
        };
        Schema { form, ..self }
    }

    /// What stands in a list: its elements, and the signs that say that it changes a list below.
    fn or_sign(self) -> Schema {
        match self.form {
            Form::Text(None) | Form::Anything => self,
            // The signs stand first in a list. That they do nowhere else is for the reader to say: not every editor
            // knows the words that would say it here.
            _ => any([self, words(["+", "-"]).says("`+` adds to the list below, `-` takes out of it.")]),
        }
    }
}

impl TableSchema {
    /// A key that may be left out.
    pub(crate) fn key(
        mut self,
        key: &'static str,
        value: impl Into<Schema>,
        description: &'static str,
    ) -> Self {
        self.keys.push((key, value.into().says(description)));
        self
    }

    /// A key that must be there.
    pub(crate) fn need(
        mut self,
        key: &'static str,
        value: impl Into<Schema>,
        description: &'static str,
    ) -> Self {
        self.needed.push(key);
        self.key(key, value, description)
    }

    /// The same, where a key that must be there elsewhere may be left out.
    pub(crate) fn optional(mut self, key: &str) -> Self {
        self.needed.retain(|needed| *needed != key);
        self
    }

    /// Every other key is the author's.
    pub(crate) fn others(mut self, key: Schema, value: impl Into<Schema>) -> Self {
        self.others = Some(Box::new((key, value.into())));
        self
    }

    /// Names that are known among the author's keys, each with what it stands for.
    pub(crate) fn known(mut self, names: impl IntoIterator<Item = (String, String)>) -> Self {
        let Some(value) = self.others.as_deref().map(|(_, value)| value.clone()) else { return self };
        let named = |(name, description): (String, String)| match description.is_empty() {
            true => (name, value.clone()),
            false => (name, value.clone().says(description)),
        };
        self.names.extend(names.into_iter().map(named));
        self
    }

    /// A name among the author's keys under which something else stands.
    pub(crate) fn named(mut self, name: &str, value: impl Into<Schema>, description: &'static str) -> Self {
        self.names.push((name.to_owned(), value.into().says(description)));
        self
    }

    /// Of these keys one stands in it at most.
    pub(crate) fn choice(mut self, keys: impl IntoIterator<Item = &'static str>) -> Self {
        self.choice.extend(keys);
        self
    }

    fn layered(self) -> Self {
        let keys = self.keys.into_iter().map(|(key, schema)| (key, schema.layered())).collect();
        let names = self.names.into_iter().map(|(name, schema)| (name, schema.layered())).collect();
        let others = self.others.map(|others| Box::new((others.0, others.1.layered())));
        TableSchema { keys, names, others, ..self }
    }
}

impl Serialize for Schema {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_map(None)?;
        self.serialize_into(&mut out)?;
        out.end()
    }
}

impl Schema {
    pub(crate) fn serialize_into<M: SerializeMap>(&self, out: &mut M) -> Result<(), M::Error> {
        if let Some(description) = &self.description {
            out.serialize_entry("description", description)?;
        }
        match &self.form {
            Form::Anything => {}
            Form::Text(pattern) => {
                out.serialize_entry("type", "string")?;
                if let Some(pattern) = pattern {
                    out.serialize_entry("pattern", pattern)?;
                }
            }
            Form::Words(words) => out.serialize_entry("enum", words)?,
            Form::Flag => out.serialize_entry("type", "boolean")?,
            Form::Whole(least, most) => {
                out.serialize_entry("type", "integer")?;
                out.serialize_entry("minimum", least)?;
                if let Some(most) = most {
                    out.serialize_entry("maximum", most)?;
                }
            }
            Form::Number(least, most) => {
                out.serialize_entry("type", "number")?;
                for (key, bound) in [("minimum", least), ("maximum", most)] {
                    if let Some(bound) = bound {
                        out.serialize_entry(key, bound)?;
                    }
                }
            }
            Form::List(of) => {
                out.serialize_entry("type", "array")?;
                out.serialize_entry("items", of)?;
            }
            Form::Any(of) => out.serialize_entry("anyOf", of)?,
            Form::Defined(name) => out.serialize_entry("$ref", &format!("#/$defs/{name}"))?,
            Form::Null => out.serialize_entry("type", "null")?,
            Form::Table(table) => table.serialize_into(out)?,
        }
        Ok(())
    }
}

impl TableSchema {
    fn serialize_into<M: SerializeMap>(&self, out: &mut M) -> Result<(), M::Error> {
        out.serialize_entry("type", "object")?;
        let keys = self.keys.iter().map(|(key, schema)| (*key, schema));
        let names = self.names.iter().map(|(name, schema)| (name.as_str(), schema));
        let properties: Vec<_> = keys.chain(names).collect();
        if !properties.is_empty() {
            out.serialize_entry("properties", &InOrder(&properties))?;
        }
        match self.others.as_deref() {
            None => out.serialize_entry("additionalProperties", &false)?,
            Some((key, value)) => {
                if key.is_closed() && self.keys.is_empty() {
                    out.serialize_entry("propertyNames", key)?;
                }
                out.serialize_entry("additionalProperties", value)?;
            }
        }
        if !self.needed.is_empty() {
            out.serialize_entry("required", &self.needed)?;
        }
        if !self.choice.is_empty() {
            let mut alone: Vec<_> = self.choice.iter().map(|key| json!({ "required": [key] })).collect();
            alone.push(json!({ "not": { "anyOf": alone } }));
            out.serialize_entry("oneOf", &alone)?;
        }
        Ok(())
    }
}

impl TableSchema {
    /// Adds the definitions it uses, each once.
    fn uses(&self, used: &mut Vec<&'static str>) {
        let others = self.others.as_deref().into_iter().flat_map(|(key, value)| [key, value]);
        let names = self.names.iter().map(|(_, schema)| schema);
        let keys = self.keys.iter().map(|(_, schema)| schema);
        keys.chain(names).chain(others).for_each(|schema| schema.uses(used));
    }
}

impl Schema {
    /// Adds the definitions it uses, each once.
    pub(crate) fn uses(&self, used: &mut Vec<&'static str>) {
        match &self.form {
            Form::Defined(name) if !used.contains(name) => used.push(name),
            Form::Table(table) => table.uses(used),
            Form::List(of) => of.uses(used),
            Form::Any(of) => of.iter().for_each(|schema| schema.uses(used)),
            _ => {}
        }
    }

    /// Whether some text is not it.
    fn is_closed(&self) -> bool {
        match &self.form {
            Form::Text(pattern) => pattern.is_some(),
            Form::Any(of) => of.iter().all(Schema::is_closed),
            Form::Words(_) => true,
            _ => false,
        }
    }
}

/// Keys in the order in which they were said.
pub(crate) struct InOrder<'s>(pub(crate) &'s [(&'s str, &'s Schema)]);

impl Serialize for InOrder<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().copied())
    }
}
