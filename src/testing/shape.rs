//! What an answer tells, in the shape of its JSON: how it is written in a test, and whether an answer has it.

use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset, SecondsFormat, Utc};
use serde_json::{Map, Value as Json};

use super::asked::{Asked, no_expectation};
use super::names::Names;
use crate::case::instant;
use crate::money;
use crate::rule::schema::acts;
use crate::sla::Share;
use crate::source::schema::{
    Schema, TableSchema, amount, any, defined, flag, from, map, number, some, table, text, words,
};
use crate::source::{Field, TableReader, Value, quoted};

/// More than anything is counted to.
const MANY: i64 = 1_000_000_000_000;

/// What stands in one place of an answer.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shape {
    Text,
    /// One of these words.
    Words(fn() -> Vec<&'static str>),
    Flag,
    Count,
    /// A number to a thousandth.
    Quantity,
    Share,
    Money,
    Instant,
    Channel,
    Metric,
    /// The acts of a list, whatever stands there besides.
    Acts,
    /// The texts of a list, likewise.
    Texts,
    /// By the name of a rota: texts of a list.
    Rotas,
    /// At least these keys.
    Table(Keys),
    /// The same; a text stands for a table in which the first key is that text.
    Named(Keys),
    /// At least these tables, or texts that stand for them.
    List(Keys),
}

/// The keys of a table, and what each is.
pub(super) type Keys = &'static [(&'static str, Shape, &'static str)];

impl Shape {
    /// What a test expects. Nothing, where that is not there or has a mistake in it.
    pub(super) fn read(&self, field: Field<'_, '_>, asked: Asked, names: &Names<'_>) -> Option<Json> {
        let text = || field.string().map(Json::from);
        match self {
            Shape::Text => text(),
            Shape::Words(words) => known(field, words()),
            Shape::Metric => known(field, metrics()),
            Shape::Flag => field.bool().map(Json::from),
            Shape::Count => field.integer(-MANY..=MANY).map(Json::from),
            Shape::Quantity => field.number(0.0..=1e12).map(|number| match number.fract() {
                0.0 => Json::from(number as u64),
                _ => Json::from(number),
            }),
            Shape::Share => serde_json::to_value(Share::read(field)?).ok(),
            Shape::Money => serde_json::to_value(money::read(field)?).ok(),
            Shape::Instant => instant(field).map(|at| spelled(at).into()),
            Shape::Channel => field.string().filter(|id| names.channel(id, field)).map(Json::from),
            Shape::Acts | Shape::Texts => {
                let all = each(field).into_iter().filter_map(|field| {
                    let text = field.string()?;
                    let known = !matches!(self, Shape::Acts) || names.act(text, field);
                    known.then(|| text.into())
                });
                field.is_present().then(|| Json::Array(all.collect()))
            }
            Shape::Rotas => {
                let entries = field.table()?.entries();
                let known = || names.policy.rotas().map(|(id, _)| id);
                let read = entries.filter_map(|(entry, field)| {
                    let id = &*entry.key.text;
                    let people = Shape::Texts.read(field, asked, names)?;
                    names.known(id, field, known()).then(|| (id.to_owned(), people))
                });
                some_of(read.collect(), field, asked)
            }
            Shape::Table(keys) => read_table(keys, field, asked, names),
            Shape::Named(keys) => element(keys, field, asked, names),
            Shape::List(keys) => {
                let all = each(field).into_iter().filter_map(|field| element(keys, field, asked, names));
                field.is_present().then(|| Json::Array(all.collect()))
            }
        }
    }

    /// What the reader accepts.
    pub(super) fn schema(&self) -> Schema {
        match self {
            Shape::Text => text(),
            Shape::Words(known) => words(known()),
            Shape::Metric => words(metrics()),
            Shape::Flag => flag(),
            Shape::Count => from(-MANY..),
            Shape::Quantity => amount(),
            Shape::Share => number(0.0..=1.0),
            Shape::Money => defined("money"),
            Shape::Instant => defined("instant"),
            Shape::Channel => defined("channel-id"),
            Shape::Acts => acts(),
            Shape::Texts => some(text()),
            Shape::Rotas => map(defined("rota-id"), some(text())).into(),
            Shape::Table(keys) => table_schema(keys).into(),
            Shape::Named(keys) => {
                let first = keys.first().map_or_else(text, |(_, shape, _)| shape.schema());
                any([table_schema(keys).into(), first])
            }
            Shape::List(keys) => some(Shape::Named(keys).schema()),
        }
    }

    /// What an answer has otherwise than it is wanted, in words. `path` is what it is called.
    pub(super) fn difference(&self, path: &str, wanted: &Json, got: &Json) -> Option<String> {
        match (self, wanted, got) {
            (Shape::Table(keys) | Shape::Named(keys), Json::Object(wanted), Json::Object(got)) => {
                keys.iter().find_map(|(key, shape, _)| {
                    let wanted = wanted.get(*key)?;
                    shape.difference(&joined(path, key), wanted, got.get(*key).unwrap_or(&Json::Null))
                })
            }
            (Shape::Rotas, Json::Object(wanted), Json::Object(got)) => {
                wanted.iter().find_map(|(id, people)| {
                    let there = got.get(id).unwrap_or(&Json::Null);
                    Shape::Texts.difference(&joined(path, id), people, there)
                })
            }
            (_, Json::Array(wanted), Json::Array(got)) => self.missing(path, wanted, got),
            (_, Json::Number(wanted), Json::Number(got)) if wanted.as_f64() == got.as_f64() => None,
            _ if wanted == got => None,
            // What does not hold may be left out of an answer.
            (Shape::Flag, Json::Bool(false), Json::Null) => None,
            (_, Json::Array(wanted), Json::Null) => self.missing(path, wanted, &[]),
            _ => Some(format!("expected {} {}, got {}", quoted(path), written(wanted), written(got))),
        }
    }

    /// The first of a list that is wanted and is not there.
    fn missing(&self, path: &str, wanted: &[Json], got: &[Json]) -> Option<String> {
        let keys = match self {
            Shape::List(keys) => keys,
            _ => &[][..],
        };
        // An element is called by its first key, or the next that it has.
        let name = |one: &Json| match keys.iter().find_map(|(key, _, _)| one.get(key)) {
            Some(name) => written(name),
            None => written(one),
        };
        let element = Shape::Table(keys);
        let differs = |wanted: &Json, got: &Json| match keys {
            [] => (wanted != got).then(String::new),
            _ => element.difference(path, wanted, got),
        };
        let told = || match got {
            [] => "nothing".to_owned(),
            got => {
                let mut seen = BTreeSet::new();
                let names = got.iter().map(name).filter(|name| seen.insert(name.clone()));
                names.collect::<Vec<_>>().join(", ")
            }
        };
        if wanted.is_empty() && !got.is_empty() {
            return Some(format!("expected nothing in {}, got {}", quoted(path), told()));
        }
        let lacks = wanted.iter().find(|wanted| got.iter().all(|got| differs(wanted, got).is_some()))?;
        let mut alike = got.iter().filter(|got| !keys.is_empty() && name(got) == name(lacks));
        // Of those of the same name, the one that is nearest says best what is wrong.
        let near = alike.next().into_iter().chain(alike).max_by_key(|got| shared(lacks, got));
        match near.and_then(|near| differs(lacks, near)) {
            Some(difference) => Some(format!("of {}: {difference}", name(lacks))),
            None => Some(format!("expected {} in {}, got {}", name(lacks), quoted(path), told())),
        }
    }
}

/// How many keys of one are the same in the other.
fn shared(one: &Json, other: &Json) -> usize {
    let keys = one.as_object().into_iter().flatten();
    keys.filter(|(key, value)| other.get(key.as_str()) == Some(value)).count()
}

fn metrics() -> Vec<&'static str> {
    crate::sla::clock::Metric::WORDS.iter().map(|(word, _)| *word).collect()
}

/// The element that stands there, or those of the list that does.
pub(super) fn each<'n, 'a>(field: Field<'n, 'a>) -> Vec<Field<'n, 'a>> {
    match field.node().map(|node| &node.value) {
        Some(Value::Array(_)) => field.array().into_iter().flatten().collect(),
        Some(_) => vec![field],
        None => Vec::new(),
    }
}

fn known(field: Field<'_, '_>, words: Vec<&'static str>) -> Option<Json> {
    let text = field.string()?;
    if words.contains(&text) {
        return Some(text.into());
    }
    field.unknown_value(text, words);
    None
}

fn element(keys: Keys, field: Field<'_, '_>, asked: Asked, names: &Names<'_>) -> Option<Json> {
    if let (Some(Value::Table(_)), _) | (_, None) = (field.node().map(|node| &node.value), keys.first()) {
        return read_table(keys, field, asked, names);
    }
    let (first, shape, _) = keys.first()?;
    let named = shape.read(field, asked, names)?;
    Some(Json::Object(Map::from_iter([((*first).to_owned(), named)])))
}

fn read_table(keys: Keys, field: Field<'_, '_>, asked: Asked, names: &Names<'_>) -> Option<Json> {
    let table = field.table()?;
    let read = keys_of(keys, &table, asked, names);
    table.finish();
    some_of(read, field, asked)
}

/// Those of the keys that a table has.
pub(super) fn keys_of(
    keys: Keys,
    table: &TableReader<'_, '_>,
    asked: Asked,
    names: &Names<'_>,
) -> Map<String, Json> {
    let read = |(key, shape, _): &(&'static str, Shape, &str)| {
        Some(((*key).to_owned(), shape.read(table.get(key), asked, names)?))
    };
    keys.iter().filter_map(read).collect()
}

/// A table that says something; an empty one expects nothing.
fn some_of(read: Map<String, Json>, field: Field<'_, '_>, asked: Asked) -> Option<Json> {
    if field.node().and_then(|node| node.as_table()).is_some_and(|table| table.iter().next().is_none()) {
        field.report(no_expectation(asked));
    }
    (!read.is_empty()).then_some(Json::Object(read))
}

fn table_schema(keys: Keys) -> TableSchema {
    keys.iter().fold(table(), |table, (key, shape, says)| table.key(key, shape.schema(), says))
}

fn joined(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

/// A value as a message shows it.
fn written(value: &Json) -> String {
    match value {
        Json::Null => "nothing".to_owned(),
        Json::String(text) => quoted(text),
        Json::Object(map) if map.len() == 1 => map.values().next().map_or_else(String::new, written),
        value => quoted(&value.to_string()),
    }
}

/// The instant in one spelling, so that two can be compared as text.
pub(super) fn spelled(at: DateTime<FixedOffset>) -> String {
    at.with_timezone(&Utc).to_rfc3339_opts(SecondsFormat::Secs, true)
}
