//! A value, and what it should be.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use super::{Diagnostic, Mistakes, Node, Place, Table, Value, quoted};

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
    /// What stands under a key.
    pub(super) fn of_key(key: &'n str, node: Option<&'n Node<'a>>, mistakes: &'n Mistakes<'n>) -> Self {
        Field { label: Label::Key(key), node, mistakes }
    }

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

    /// Whether it is a table, and what the table defines is switched off.
    pub(crate) fn is_off(self) -> bool {
        self.node.and_then(Node::as_table).is_some_and(Table::is_off)
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
            let message = match self.label {
                // The name of what is defined is the very word.
                Label::Key(key) if key == text => format!("{} is not known here", quoted(text)),
                label => format!("{} is not known for {}", quoted(text), label.words()),
            };
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

    /// Reports a diagnostic about this value, at its place; about nothing, if it is not there.
    pub fn report(self, diagnostic: Diagnostic) {
        if let Some(node) = self.node {
            self.mistakes.report(diagnostic.at(self.mistakes.locate(node.place)));
        }
    }

    /// Reports an error about this value that is only put into words if it will be listed; about nothing, if the value
    /// is not there.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Document, Sources};

    /// Reads a document of keys `a`, and gives the messages.
    fn messages<T>(text: &str, read: impl Fn(&crate::source::TableReader<'_, '_>) -> T) -> (T, Vec<String>) {
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
