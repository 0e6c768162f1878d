//! From the tree to types, with every mistake collected on the way.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::ops::RangeInclusive;

use super::document::{Document, Format};
use super::{
    Diagnostic, Diagnostics, Entry, Location, Node, Place, Severity, Sources, Table, Value, nearest, quoted,
};

/// Collects what is wrong, and knows the sources it is wrong in.
///
/// Everything that reads takes a shared reference to the same one, so mistakes from all corners of a document come
/// out as one list.
#[derive(Debug)]
pub struct Mistakes<'s> {
    sources: &'s Sources,
    found: RefCell<Found>,
    /// What helps where nothing is known that could be meant; it is said once.
    unknowing: Cell<Option<&'static str>>,
    /// Keys that stand in no table, at the top of the document.
    top: Cell<&'static [&'static str]>,
    /// The keys that tables were asked for, against which the schema is held.
    #[cfg(test)]
    asked: RefCell<Vec<(Place, String)>>,
}

#[derive(Debug, Default)]
struct Found {
    list: Vec<Diagnostic>,
    unlisted: usize,
    failed: bool,
}

impl<'s> Mistakes<'s> {
    /// So many diagnostics are kept; those that follow are counted only.
    pub const MAX: usize = 1000;

    /// No mistakes yet.
    pub fn new(sources: &'s Sources) -> Self {
        Mistakes {
            sources,
            found: RefCell::default(),
            unknowing: Cell::default(),
            top: Cell::default(),
            #[cfg(test)]
            asked: RefCell::default(),
        }
    }

    /// The sources places are looked up in.
    pub fn sources(&self) -> &'s Sources {
        self.sources
    }

    /// What [`Sources::locate`] says.
    pub fn locate(&self, place: Place) -> Option<Location> {
        self.sources.locate(place)
    }

    /// Whether the document that a place is in is JSON.
    fn is_json(&self, place: Place) -> bool {
        Format::of(self.sources.text(place.source)) == Format::Json
    }

    /// Takes a diagnostic in.
    pub fn report(&self, diagnostic: Diagnostic) {
        let mut found = self.found.borrow_mut();
        found.failed |= diagnostic.severity() == Severity::Error;
        if found.list.len() < Self::MAX {
            found.list.push(diagnostic);
        } else {
            found.unlisted += 1;
        }
    }

    /// Takes an error in.
    pub fn error(&self, code: impl Into<Cow<'static, str>>, message: impl Into<String>, place: Place) {
        self.report(Diagnostic::error(code, message).at(self.locate(place)));
    }

    /// Counts errors that were not kept.
    pub(super) fn count_unlisted(&self, count: usize) {
        let mut found = self.found.borrow_mut();
        found.failed |= count > 0;
        found.unlisted += count;
    }

    /// Takes an error in that is only put into words if it will be listed.
    pub(crate) fn report_with(&self, error: impl FnOnce() -> Diagnostic) {
        let full = self.found.borrow().list.len() >= Self::MAX;
        if !full {
            return self.report(error());
        }
        self.count_unlisted(1);
    }

    /// Every key that a table was asked for, with the place of the table.
    #[cfg(test)]
    pub(crate) fn asked(&self) -> Vec<(Place, String)> {
        self.asked.borrow().clone()
    }

    /// How many there are by now, so that a reader can tell whether its part added any.
    pub(crate) fn count(&self) -> usize {
        let found = self.found.borrow();
        found.list.len() + found.unlisted
    }

    /// Whether there is an error among them.
    pub fn failed(&self) -> bool {
        self.found.borrow().failed
    }

    /// Everything that was found, if it is only warnings and advice.
    ///
    /// # Errors
    ///
    /// Everything that was found, if an error is among it.
    pub fn finish(self) -> Result<Vec<Diagnostic>, Diagnostics> {
        let Found { list, unlisted, failed } = self.found.into_inner();
        match Diagnostics::with_unlisted(list, unlisted) {
            Some(list) if failed => Err(list),
            Some(list) => Ok(list.into_vec()),
            None => Ok(Vec::new()),
        }
    }

    /// Says what helps where nothing is known that could be meant.
    pub(crate) fn when_nothing_is_known(&self, help: &'static str) {
        self.unknowing.set(Some(help));
    }

    /// Names the keys that stand at the top of the document. One of them in a table is out of place.
    pub(crate) fn at_top(&self, keys: &'static [&'static str]) {
        self.top.set(keys);
    }

    /// What may have been meant by a word that is not known, or else what can stand there; nothing, if there is nothing
    /// to say.
    pub(crate) fn meant<'w>(
        &self,
        word: &str,
        known: impl IntoIterator<Item = &'w str, IntoIter: Clone>,
    ) -> Option<String> {
        let known = known.into_iter();
        suggest(word, known.clone())
            .or_else(|| listed(known))
            .or_else(|| Some(self.unknowing.take()?.to_owned()))
    }

    /// Starts to read a table.
    pub fn table<'n, 'a>(&'n self, table: &'n Table<'a>, place: Place) -> TableReader<'n, 'a> {
        TableReader { table, place, mistakes: self, asked: RefCell::default() }
    }
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

impl<'n, 'a> TableReader<'n, 'a> {
    /// Asks for a key that may be left out.
    pub fn get(&self, key: &'n str) -> Field<'n, 'a> {
        #[cfg(test)]
        self.mistakes.asked.borrow_mut().push((self.place, key.to_owned()));
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
        let field = self.get(key);
        if field.node.is_none() {
            self.mistakes.report_with(|| {
                let message = format!("the key {} is missing", quoted(key));
                Diagnostic::error("missing-key", message).at(self.mistakes.locate(self.place))
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
        table.iter().map(move |entry| {
            let label = Label::Key(&entry.key.text);
            (entry, Field { label, node: Some(&entry.node), mistakes })
        })
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
        if self.mistakes.top.get().contains(&key) {
            let before = if self.is_json() { "" } else { ", before the first `[table]`" };
            return Some(format!("{} stands at the top of the document{before}", quoted(key)));
        }
        suggest(key, asked.iter().map(|asked| asked.key)).or_else(|| {
            let mut free: Vec<&str> =
                asked.iter().filter(|asked| asked.position.is_none()).map(|asked| asked.key).collect();
            free.sort_unstable();
            free.dedup();
            if free.len() > LISTED { None } else { listed(free.into_iter()) }
        })
    }

    /// Whether it stands in a document that is JSON.
    fn is_json(&self) -> bool {
        self.mistakes.is_json(self.place)
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
        Field { label: Label::Key(key), node, mistakes: self.mistakes }
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

/// What a value is called in a message.
#[derive(Clone, Copy, Debug)]
enum Label<'n> {
    Key(&'n str),
    Element(&'n str),
}

impl Label<'_> {
    fn words(self) -> String {
        match self {
            Label::Key(key) => quoted(key),
            Label::Element(key) => format!("an element of {}", quoted(key)),
        }
    }
}

/// A value that was asked for: of a key, or of an element of an array. It may not be there.
///
/// Each method that reads it gives `None` if it is not there, and also if it is not what it should be; the latter is
/// reported. So `t.get("max").integer(0..=9).unwrap_or(3)` is a key with a default.
#[derive(Clone, Copy, Debug)]
pub struct Field<'n, 'a> {
    label: Label<'n>,
    node: Option<&'n Node<'a>>,
    mistakes: &'n Mistakes<'n>,
}

impl<'n, 'a> Field<'n, 'a> {
    /// Whatever stands there.
    pub fn node(self) -> Option<&'n Node<'a>> {
        self.node
    }

    /// Where mistakes about it go.
    pub fn mistakes(self) -> &'n Mistakes<'n> {
        self.mistakes
    }

    /// Where it stands.
    pub fn place(self) -> Option<Place> {
        Some(self.node?.place)
    }

    /// Whether anything stands there.
    pub fn is_present(self) -> bool {
        self.node.is_some()
    }

    /// Text.
    pub fn string(self) -> Option<&'n str> {
        match &self.node?.value {
            Value::String(text) => Some(text),
            _ => self.wrong_type("a string"),
        }
    }

    /// True or false.
    pub fn bool(self) -> Option<bool> {
        match &self.node?.value {
            Value::Boolean(truth) => Some(*truth),
            _ => self.wrong_type("`true` or `false`"),
        }
    }

    /// A whole number within a range.
    pub fn integer(self, range: RangeInclusive<i64>) -> Option<i64> {
        match &self.node?.value {
            Value::Integer(number) if range.contains(number) => Some(*number),
            Value::Integer(number) => self.out_of_range(number, range.start(), range.end()),
            _ => self.wrong_type("an integer"),
        }
    }

    /// A number within a range, whole or not. Infinities and not-a-number are in no range.
    pub fn number(self, range: RangeInclusive<f64>) -> Option<f64> {
        let number = match &self.node?.value {
            Value::Float(number) => *number,
            // Beyond 2^53 the nearest float is taken, as it is for a float that is written out.
            Value::Integer(number) => *number as f64,
            _ => return self.wrong_type("a number"),
        };
        if number.is_finite() && range.contains(&number) {
            return Some(number);
        }
        self.out_of_range(number, range.start(), range.end())
    }

    /// A date, a time or both, as it is written; also as text, since JSON has no dates.
    pub fn datetime(self) -> Option<&'n str> {
        match &self.node?.value {
            Value::Datetime(text) | Value::String(text) => Some(text),
            _ => self.wrong_type("a date or time"),
        }
    }

    /// An instant, as it is written.
    pub(crate) fn instant(self) -> Option<&'n str> {
        match &self.node?.value {
            Value::Datetime(text) | Value::String(text) => Some(text),
            _ => self.wrong_type_but(
                "a date and time",
                "write date, time and offset as text: `\"2026-11-21T09:30:00+01:00\"`",
                "write date, time and offset: `2026-11-21T09:30:00+01:00`",
            ),
        }
    }

    /// One of several words, and what it stands for.
    pub fn one_of<T: Clone>(self, words: &[(&str, T)]) -> Option<T> {
        let text = self.string()?;
        if let Some((_, meaning)) = words.iter().find(|(word, _)| *word == text) {
            return Some(meaning.clone());
        }
        self.unknown_value(text, words.iter().map(|(word, _)| *word));
        None
    }

    /// Reports that a word is none of those that can stand here, as `unknown-value`; for lists of words that only the
    /// caller can look through.
    pub fn unknown_value<'w>(self, text: &str, words: impl IntoIterator<Item = &'w str, IntoIter: Clone>) {
        let Some(node) = self.node else { return };
        let words = words.into_iter();
        self.mistakes.report_with(|| {
            let message = format!("{} is not known for {}", quoted(text), self.label.words());
            let diagnostic = Diagnostic::error("unknown-value", message).at(self.mistakes.locate(node.place));
            match self.mistakes.meant(text, words) {
                Some(help) => diagnostic.with_help(help),
                None => diagnostic,
            }
        });
    }

    /// A list of text. Elements that are something else are reported and left out.
    pub fn string_list(self) -> Option<Vec<&'n str>> {
        Some(self.array()?.filter_map(Field::string).collect())
    }

    /// A list, element by element.
    pub fn array(self) -> Option<impl ExactSizeIterator<Item = Field<'n, 'a>>> {
        let Value::Array(nodes) = &self.node?.value else { return self.wrong_type("an array") };
        let (Label::Key(key) | Label::Element(key)) = self.label;
        let mistakes = self.mistakes;
        Some(nodes.iter().map(move |node| Field { label: Label::Element(key), node: Some(node), mistakes }))
    }

    /// A table.
    pub fn table(self) -> Option<TableReader<'n, 'a>> {
        let node = self.node?;
        match &node.value {
            Value::Table(table) => Some(TableReader {
                table,
                place: node.place,
                mistakes: self.mistakes,
                asked: RefCell::default(),
            }),
            _ => self.wrong_type("a table"),
        }
    }

    /// Reports a diagnostic about this value, at its place; about nothing, if it is not there.
    pub fn report(self, diagnostic: Diagnostic) {
        if let Some(node) = self.node {
            self.mistakes.report(diagnostic.at(self.mistakes.locate(node.place)));
        }
    }

    /// Reports an error about this value that is only put into words if it will be listed; about nothing, if the value is not
    /// there.
    pub(crate) fn report_with(self, error: impl FnOnce() -> Diagnostic) {
        if let Some(node) = self.node {
            self.mistakes.report_with(|| error().at(self.mistakes.locate(node.place)));
        }
    }

    /// Reports something about this value; about nothing, if it is not there.
    pub fn error(self, code: impl Into<Cow<'static, str>>, message: impl Into<String>) {
        if let Some(node) = self.node {
            self.mistakes.error(code, message, node.place);
        }
    }

    /// Reports that something else should stand here, as `wrong-type`; `wanted` has its article: `a string`.
    pub fn wrong_type<T>(self, wanted: &str) -> Option<T> {
        let node = self.node?;
        self.mistakes.report_with(|| self.not_a(node, wanted));
        None
    }

    /// The same with an example of what should stand here, as JSON and as TOML write it.
    pub(crate) fn wrong_type_but<T>(self, wanted: &str, json: &str, toml: &str) -> Option<T> {
        let node = self.node?;
        let help = if self.mistakes.is_json(node.place) { json } else { toml };
        self.mistakes.report_with(|| self.not_a(node, wanted).with_help(help));
        None
    }

    fn not_a(self, node: &Node<'_>, wanted: &str) -> Diagnostic {
        let (mut wanted, mut found) = (Cow::Borrowed(wanted), node.value.kind());
        if self.mistakes.is_json(node.place) {
            // What TOML calls a table is an object there.
            wanted = wanted.replace("a table", "an object").into();
            found = if found == "a table" { "an object" } else { found };
        }
        let message = format!("{} must be {wanted}, not {found}", self.label.words());
        Diagnostic::error("wrong-type", message).at(self.mistakes.locate(node.place))
    }

    fn out_of_range<T>(
        self,
        number: impl std::fmt::Display,
        least: impl std::fmt::Display,
        greatest: impl std::fmt::Display,
    ) -> Option<T> {
        let node = self.node?;
        self.mistakes.report_with(|| {
            let message =
                format!("{} is {number}, outside the range {least} to {greatest}", self.label.words());
            Diagnostic::error("out-of-range", message).at(self.mistakes.locate(node.place))
        });
        None
    }
}

/// So many words are still pleasant to read.
const LISTED: usize = 12;

/// The words that can stand somewhere, or the first of them; nothing, where there is none.
fn listed<'w>(words: impl Iterator<Item = &'w str> + Clone) -> Option<String> {
    let first: Vec<String> = words.clone().take(LISTED).map(quoted).collect();
    let more = if words.count() > LISTED { ", …" } else { "" };
    (!first.is_empty()).then(|| format!("it can be {}{more}", first.join(", ")))
}

fn suggest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<String> {
    nearest(word, candidates).map(|near| format!("did you mean {}?", quoted(near)))
}

/// Reads a value from a text that is one JSON object; `name` is what the text is called in mistakes.
///
/// # Errors
///
/// Everything that is wrong with it, with its place, and with the `id` of the case that stands in it or that it is.
pub(crate) fn read_object<T>(
    name: &'static str,
    text: &str,
    read: impl FnOnce(TableReader<'_, '_>) -> T,
) -> Result<T, Diagnostics> {
    let mut sources = Sources::new();
    let document = Document::parse_as(Format::Json, &mut sources, name, text)?;
    let mistakes = Mistakes::new(&sources);
    let value = read(mistakes.table(&document.root, document.place()));
    match mistakes.finish() {
        Ok(_) => Ok(value),
        Err(errors) => {
            let case = document.root.get("case").and_then(Node::as_table).unwrap_or(&document.root);
            Err(errors.about(case.get("id").and_then(Node::as_str)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Document;

    /// Reads a document of keys `a`, and gives the messages.
    fn messages<T>(text: &str, read: impl Fn(&TableReader<'_, '_>) -> T) -> (T, Vec<String>) {
        let mut sources = Sources::new();
        let document = Document::parse(&mut sources, "x", text).unwrap();
        let mistakes = Mistakes::new(&sources);
        let reader = mistakes.table(&document.root, document.place());
        let value = read(&reader);
        reader.finish();
        let found = mistakes.finish().err().into_iter().flatten();
        (value, found.map(|mistake| mistake.message().to_owned()).collect())
    }

    #[test]
    fn each_kind_is_read_or_refused() {
        let none = Vec::<String>::new;
        assert_eq!(messages("a = true", |t| t.get("a").bool()), (Some(true), none()));
        assert_eq!(messages("", |t| t.get("a").bool()), (None, none()));
        assert_eq!(messages("", |t| t.need("a").bool()).1, ["the key `a` is missing"]);
        assert_eq!(messages("a = 2", |t| t.get("a").number(0.0..=3.0)), (Some(2.0), none()));
        assert_eq!(messages("a = nan", |t| t.get("a").number(0.0..=3.0)).1.len(), 1);
        assert_eq!(messages("a = -inf", |t| t.get("a").number(f64::NEG_INFINITY..=3.0)).1.len(), 1);
        assert_eq!(
            messages("a = 2.5", |t| t.get("a").number(0.0..=1.5)).1,
            ["`a` is 2.5, outside the range 0 to 1.5"]
        );
        assert_eq!(
            messages("a = 2.0", |t| t.get("a").integer(0..=3)).1,
            ["`a` must be an integer, not a number"]
        );
        assert_eq!(
            messages("a = 2026-11-21", |t| t.get("a").datetime().map(String::from)),
            (Some("2026-11-21".to_owned()), none())
        );
        assert_eq!(messages("{\"a\": \"2026\"}", |t| t.get("a").datetime().is_some()), (true, none()));
        assert_eq!(
            messages("a = 'no'", |t| t.get("a").bool()).1,
            ["`a` must be `true` or `false`, not a string"]
        );
        assert_eq!(
            messages("a = []", |t| t.get("a").table().is_some()).1,
            ["`a` must be a table, not an array"]
        );
    }

    #[test]
    fn the_rest_is_what_nobody_asked_for() {
        let text = "b = 1\na = 2\nc = 3\n";
        let (rest, found) = messages(text, |t| {
            t.get("a").integer(0..=9);
            let rest = t.rest();
            assert!(t.rest().is_empty());
            rest.iter()
                .map(|(entry, field)| (entry.key.text.to_string(), field.integer(0..=9)))
                .collect::<Vec<_>>()
        });
        assert_eq!(rest, [("b".to_owned(), Some(1)), ("c".to_owned(), Some(3))]);
        assert!(found.is_empty());
        assert_eq!(messages(text, |t| t.get("a").is_present()).1, ["unknown key `b`", "unknown key `c`"]);
    }

    #[test]
    fn words_that_can_stand_here_are_named() {
        let mut sources = Sources::new();
        let document = Document::parse(&mut sources, "x", "a = 'zzz'\n").unwrap();
        let mistakes = Mistakes::new(&sources);
        let reader = mistakes.table(&document.root, document.place());
        assert_eq!(reader.get("a").one_of(&[("on", 1), ("off", 2)]), None);
        reader.finish();
        let found = mistakes.finish().unwrap_err();
        assert_eq!(found.first().help(), Some("it can be `on`, `off`"));
    }
}
