//! Where each value of a policy comes from.

use std::collections::HashMap;

use serde::Serialize;
use serde::ser::Serializer;

use super::builder::{Documents, Layer, PolicyBuilder};
use crate::source::{
    Diagnostic, Diagnostics, Location, Mistakes, Node, Sources, Table, Value, nearest_of_all, quoted,
};

/// The keys by which a document tells of itself.
const LABELS: [&str; 5] = ["svar", "name", "version", "description", "extends"];

/// Every value that the documents of a policy set, and what it took the place of.
///
/// ```
/// use svar::policy::PolicyBuilder;
///
/// let ours = "svar = 1\nname = 'acme'\n[channels.facebook]\nregister = 'formal'\n";
/// let layers = PolicyBuilder::builtin().layer("acme.toml", ours).layers()?;
/// let register = layers.settings().iter().find(|own| own.path() == "channels.facebook.register").unwrap();
/// assert_eq!(register.value(), r#""formal""#);
/// assert_eq!(register.location().unwrap().line(), 4);
/// assert_eq!(register.replaced().last().unwrap().value, r#""informal""#);
/// # Ok::<(), svar::source::Diagnostics>(())
/// ```
#[derive(Clone, Debug)]
pub struct Layers {
    documents: Vec<String>,
    settings: Vec<Setting>,
}

/// One value of a policy: what holds, where it is written, and what was written below it.
#[derive(Clone, Debug)]
pub struct Setting {
    path: String,
    /// The path without quotes, as it may be asked for.
    plain: String,
    written: Vec<Written>,
    /// Whether a document that is not built in had a part in it.
    own: bool,
}

/// A value as one document has it.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Written {
    /// What is written, as JSON.
    pub value: String,
    /// What it does to the value below it.
    pub change: Change,
    /// Where it stands.
    #[serde(flatten, serialize_with = "place")]
    pub location: Option<Location>,
}

words! {
    /// What a value does to the one below it.
    #[non_exhaustive]
    Change {
        /// It takes its place.
        Set = "set",
        /// A list adds to the list below it.
        Add = "add",
        /// A list takes elements out of the list below it.
        Remove = "remove",
    }
}

impl PolicyBuilder {
    /// Where each value of the policy comes from.
    ///
    /// # Errors
    /// What keeps the documents from being read. Whether they make a policy is not asked.
    pub fn layers(&self) -> Result<Layers, Diagnostics> {
        let Documents { sources, layers } = self.documents()?;
        let mut collector = Collector { sources: &sources, settings: Vec::new(), known: HashMap::new() };
        for layer in &layers {
            collector.table(&layer.table, &mut Vec::new(), !layer.is_built_in());
        }
        Mistakes::new(&sources).finish()?;
        let settings = collector.settings;
        Ok(Layers { documents: layers.into_iter().map(|Layer { name, .. }| name).collect(), settings })
    }
}

impl Layers {
    /// The documents, the lowest first: what is written further up wins.
    pub fn documents(&self) -> impl ExactSizeIterator<Item = &str> {
        self.documents.iter().map(String::as_str)
    }

    /// Every value, in the order in which the documents first set them.
    pub fn settings(&self) -> &[Setting] {
        &self.settings
    }

    /// The values that documents of the policy's own set or change; what is built in alone is left out.
    pub fn own(&self) -> impl Iterator<Item = &Setting> {
        self.settings.iter().filter(|setting| setting.own)
    }

    /// Every place at which a document writes something at a path or below it, the lowest document first.
    pub(crate) fn written_under(&self, path: &[String]) -> impl Iterator<Item = &Location> {
        let path: Vec<String> = path.iter().map(|key| bare_or_quoted(key)).collect();
        let path = path.join(".");
        let under = self.settings.iter().filter(|setting| {
            let rest = setting.path.strip_prefix(&*path);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        });
        let mut written: Vec<&Location> =
            under.flat_map(|setting| &setting.written).filter_map(|own| own.location.as_ref()).collect();
        let rank = |own: &Location| self.documents.iter().position(|name| name == own.source().name());
        written.sort_by_key(|own| (rank(own), own.place()));
        written.into_iter()
    }

    /// The values at a path and below it, such as `channels.facebook` or `rules.tone.slang`.
    ///
    /// # Errors
    /// Nothing stands there; the help names what is near.
    pub fn under(&self, path: &str) -> Result<Vec<&Setting>, Box<Diagnostic>> {
        let wanted = plain(path);
        let is_under = |setting: &&Setting| {
            let rest = setting.plain.strip_prefix(&*wanted);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        let found: Vec<&Setting> = self.settings.iter().filter(is_under).collect();
        if !found.is_empty() {
            return Ok(found);
        }
        let message = format!("no document sets anything at {}", quoted(path));
        let diagnostic = Diagnostic::error("unknown-key", message);
        let mut parts: Vec<&str> = self.settings.iter().flat_map(|own| beginnings(&own.plain)).collect();
        parts.sort_unstable();
        parts.dedup();
        Err(Box::new(match nearest_of_all(&wanted, parts) {
            Some(near) => diagnostic.with_help(format!("did you mean {}?", quoted(near))),
            None => diagnostic
                .with_help("a path is the keys of a document with stops between: `channels.facebook`"),
        }))
    }
}

/// `a`, `a.b` and `a.b.c` of `a.b.c`.
fn beginnings(path: &str) -> impl Iterator<Item = &str> {
    let stops = path.match_indices('.').map(|(at, _)| at).chain([path.len()]);
    stops.filter_map(|at| path.get(..at))
}

fn plain(path: &str) -> String {
    path.chars().filter(|letter| !matches!(letter, '"' | '\'')).collect()
}

impl Setting {
    /// Its keys, with stops between, quoted where TOML asks for it: `rules."tone.slang".severity`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What the uppermost document has written, as JSON.
    pub fn value(&self) -> &str {
        self.written.last().map_or("", |written| &written.value)
    }

    /// What that does to the value below it.
    pub fn change(&self) -> Change {
        self.written.last().map_or(Change::Set, |written| written.change)
    }

    /// Where it is written.
    pub fn location(&self) -> Option<&Location> {
        self.written.last()?.location.as_ref()
    }

    /// What documents further down have written, the lowest first.
    pub fn replaced(&self) -> &[Written] {
        self.written.split_last().map_or(&[], |(_, below)| below)
    }
}

impl Serialize for Setting {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Whole<'s> {
            path: &'s str,
            #[serde(flatten)]
            top: Option<&'s Written>,
            below: &'s [Written],
        }
        Whole { path: &self.path, top: self.written.last(), below: self.replaced() }.serialize(serializer)
    }
}

fn place<S: Serializer>(location: &Option<Location>, serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Place<'s> {
        source: Option<&'s str>,
        line: Option<usize>,
        column: Option<usize>,
    }
    let location = location.as_ref();
    Place {
        source: location.map(|own| own.source().name()),
        line: location.map(Location::line),
        column: location.map(Location::column),
    }
    .serialize(serializer)
}

struct Collector<'s> {
    sources: &'s Sources,
    settings: Vec<Setting>,
    known: HashMap<String, usize>,
}

impl Collector<'_> {
    fn table<'t>(&mut self, table: &'t Table<'_>, path: &mut Vec<&'t str>, own: bool) {
        for entry in table {
            path.push(&entry.key.text);
            match &entry.node.value {
                Value::Table(inner) if !inner.is_empty() => self.table(inner, path, own),
                // What each document says of itself, and no value of the policy.
                _ if matches!(path.as_slice(), [key] if LABELS.contains(key)) => {}
                _ => self.set(path, &entry.node, own),
            }
            path.pop();
        }
    }

    fn set(&mut self, path: &[&str], node: &Node<'_>, own: bool) {
        let written: Vec<String> = path.iter().map(|key| bare_or_quoted(key)).collect();
        let written = written.join(".");
        let at = *self.known.entry(written.clone()).or_insert_with(|| {
            let setting = Setting { plain: plain(&written), path: written, written: Vec::new(), own: false };
            self.settings.push(setting);
            self.settings.len() - 1
        });
        let Some(setting) = self.settings.get_mut(at) else { return };
        setting.own |= own;
        let (change, value) = change_of(&node.value);
        setting.written.push(Written { value, change, location: self.sources.locate(node.place) });
    }
}

/// What a value does to the one below, and the rest of it as JSON.
fn change_of(value: &Value<'_>) -> (Change, String) {
    let json = |value: &dyn Fn() -> Result<String, serde_json::Error>| value().unwrap_or_default();
    if let Value::Array(list) = value {
        if let Some((first, rest)) = list.split_first() {
            let change = match first.as_str() {
                Some("+") => Change::Add,
                Some("-") => Change::Remove,
                _ => Change::Set,
            };
            if change != Change::Set {
                let rest: Vec<&Value<'_>> = rest.iter().map(|node| &node.value).collect();
                return (change, json(&|| serde_json::to_string(&rest)));
            }
        }
    }
    (Change::Set, json(&|| serde_json::to_string(value)))
}

/// A key as TOML writes it.
fn bare_or_quoted(key: &str) -> String {
    let is_bare = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    if !key.is_empty() && key.chars().all(is_bare) {
        key.to_owned()
    } else {
        format!("\"{}\"", key.escape_debug())
    }
}
