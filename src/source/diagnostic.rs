//! What svar has to say about a document: one shape for every mistake, hint and finding.

use std::borrow::Cow;
use std::fmt::{self, Write as _};

use serde::ser::{Serialize, SerializeSeq, Serializer};

use super::{Location, Member, Source};

words! {
    /// How much a diagnostic weighs. Only an error makes something fail.
    #[derive(serde::Deserialize)]
    #[serde(rename_all = "kebab-case")]
    Severity {
        /// Could be better.
        Advice = "advice",
        /// Should be looked at.
        Warning = "warning",
        /// Cannot stay.
        Error = "error",
    }
}

/// One thing to say, and where.
///
/// `Display` writes one line, `policy.toml:3:14: error[unknown-key]: unknown key ...`; [`render`](Self::render) shows
/// the source as well. In JSON a diagnostic is an object with the keys `code`, `severity`, `message`, `help`,
/// `source`, `line`, `column`, `start`, `end`, `related` and `docs`; what is not known is `null`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    code: Cow<'static, str>,
    severity: Severity,
    message: String,
    help: Option<String>,
    location: Option<Location>,
    related: Vec<Related>,
    /// What it is about in a request, as long as nobody has looked up where that stands.
    member: Option<Box<Member>>,
}

/// Another place that has to do with a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    label: Cow<'static, str>,
    location: Location,
}

impl Related {
    /// What is to be seen there.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// Where it is.
    pub fn location(&self) -> &Location {
        &self.location
    }
}

impl Diagnostic {
    /// A diagnostic without a place.
    ///
    /// A message is one line in lower case, with what the user wrote in backticks (see [`quoted`]); a line break that
    /// slipped in becomes a space.
    pub fn new(severity: Severity, code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        let mut message = message.into();
        if message.contains(['\n', '\r']) {
            message = message.replace(['\n', '\r'], " ");
        }
        let (code, related) = (code.into(), Vec::new());
        Diagnostic { code, severity, message, help: None, location: None, related, member: None }
    }

    /// An error without a place.
    pub fn error(code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Diagnostic::new(Severity::Error, code, message)
    }

    /// Says where it is. `None`, from a place that is in no known source, leaves it without a place.
    #[must_use]
    pub fn at(mut self, location: impl Into<Option<Location>>) -> Self {
        self.location = location.into();
        self
    }

    /// Says what it is about in a request, whose text is not at hand.
    pub(crate) fn about_member(mut self, member: Member) -> Self {
        self.member = Some(Box::new(member));
        self
    }

    pub(super) fn member(&self) -> Option<&Member> {
        self.member.as_deref()
    }

    /// Says what to do about it.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says more at the end of the message.
    pub(crate) fn adding(mut self, more: &str) -> Self {
        self.message.push_str(more);
        self
    }

    /// Points to another place that has to do with it.
    #[must_use]
    pub fn with_related(
        mut self,
        location: impl Into<Option<Location>>,
        label: impl Into<Cow<'static, str>>,
    ) -> Self {
        if let Some(location) = location.into() {
            self.related.push(Related { label: label.into(), location });
        }
        self
    }

    /// The stable name of what is said, such as `unknown-key`.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// How much it weighs.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// What is said: one line, lower case.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What to do about it.
    pub fn help(&self) -> Option<&str> {
        self.help.as_deref()
    }

    /// Where it is.
    pub fn location(&self) -> Option<&Location> {
        self.location.as_ref()
    }

    /// Other places that have to do with it.
    pub fn related(&self) -> &[Related] {
        &self.related
    }

    /// The fragment of the documentation page of all codes, [`reference::mistakes`](crate::reference::mistakes), that
    /// tells about this one: `#unknown-key`. In JSON it is `docs`.
    pub fn docs_fragment(&self) -> String {
        format!("#{}", self.code)
    }

    /// By source, then by position; at one position the weightier first. What has no place comes first of all.
    fn order(&self, other: &Self) -> std::cmp::Ordering {
        let place = |diagnostic: &Self| diagnostic.location().map(Location::place);
        place(self)
            .cmp(&place(other))
            .then(other.severity.cmp(&self.severity))
            .then_with(|| self.code.cmp(&other.code))
            .then_with(|| self.message.cmp(&other.message))
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(location) = &self.location {
            write!(f, "{location}: ")?;
        }
        write!(f, "{}[{}]: {}", self.severity, self.code, self.message)
    }
}

impl std::error::Error for Diagnostic {}

impl Serialize for Diagnostic {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(serde::Serialize)]
        struct Place<'d> {
            source: Option<&'d str>,
            line: Option<usize>,
            column: Option<usize>,
            start: Option<usize>,
            end: Option<usize>,
        }
        #[derive(serde::Serialize)]
        struct Elsewhere<'d> {
            label: &'d str,
            #[serde(flatten)]
            place: Place<'d>,
        }
        #[derive(serde::Serialize)]
        struct Whole<'d> {
            code: &'d str,
            severity: Severity,
            message: &'d str,
            help: Option<&'d str>,
            #[serde(flatten)]
            place: Place<'d>,
            related: Vec<Elsewhere<'d>>,
            docs: String,
        }
        fn place(location: Option<&Location>) -> Place<'_> {
            Place {
                source: location.map(|location| location.source().name()),
                line: location.map(Location::line),
                column: location.map(Location::column),
                start: location.map(|location| location.span().start),
                end: location.map(|location| location.span().end),
            }
        }
        fn elsewhere(related: &Related) -> Elsewhere<'_> {
            Elsewhere { label: &related.label, place: place(Some(&related.location)) }
        }
        Whole {
            code: &self.code,
            severity: self.severity,
            message: &self.message,
            help: self.help.as_deref(),
            place: place(self.location.as_ref()),
            related: self.related.iter().map(elsewhere).collect(),
            docs: self.docs_fragment(),
        }
        .serialize(serializer)
    }
}

/// At least one diagnostic, sorted by source and by position: why something could not be read.
///
/// `Display` is the first one in one line and how many more there are; `Debug`, which is what `unwrap` and a `main`
/// that fails print, all of them as [`render`](Diagnostics::render) does.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[error("{first}{}", More(.rest.len() + .unlisted))]
pub struct Diagnostics {
    // In a box, because results carry this about where mostly nothing is wrong.
    first: Box<Diagnostic>,
    rest: Vec<Diagnostic>,
    unlisted: usize,
    /// The `id` of the case they are about.
    case: Option<Box<str>>,
}

/// ` and 3 more`, or nothing.
struct More(usize);

impl fmt::Display for More {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            0 => Ok(()),
            more => write!(f, " and {more} more"),
        }
    }
}

impl fmt::Debug for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render())
    }
}

impl Diagnostics {
    /// So many are kept; those that follow are counted only.
    pub const MAX: usize = 1000;

    /// Sorts them; `None` if there is none.
    pub fn new(list: Vec<Diagnostic>) -> Option<Self> {
        Diagnostics::with_unlisted(list, 0)
    }

    /// With the number of those that were found but are not in the list.
    pub(super) fn with_unlisted(mut list: Vec<Diagnostic>, unlisted: usize) -> Option<Self> {
        list.sort_by(Diagnostic::order);
        let mut list = list.into_iter();
        Some(Diagnostics { first: Box::new(list.next()?), rest: list.collect(), unlisted, case: None })
    }

    /// These and more. No more than [`MAX`](Diagnostics::MAX) are listed.
    pub(crate) fn and(mut self, mut more: Diagnostics) -> Diagnostics {
        if more.first.order(&self.first).is_lt() {
            std::mem::swap(&mut self, &mut more);
        }
        self.unlisted += more.unlisted;
        self.rest.push(*more.first);
        self.rest.append(&mut more.rest);
        self.rest.sort_by(Diagnostic::order);
        self.unlisted += self.rest.len().saturating_sub(Self::MAX - 1);
        self.rest.truncate(Self::MAX - 1);
        self
    }

    /// Each changed, in the same order.
    pub(super) fn map(mut self, mut change: impl FnMut(Diagnostic) -> Diagnostic) -> Self {
        self.first = Box::new(change(*self.first));
        self.rest = self.rest.into_iter().map(change).collect();
        self
    }

    /// The same about one of several cases, by its number from 0.
    #[must_use]
    pub(crate) fn of_case(self, number: usize) -> Self {
        self.map(|one| match one.member().cloned() {
            Some(member) => one.about_member(member.of_case(number)),
            None => one,
        })
    }

    /// The first one.
    pub fn first(&self) -> &Diagnostic {
        &self.first
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        std::iter::once(self.first()).chain(&self.rest)
    }

    /// How many more mistakes there are than are listed. A document has to be very broken for that; see
    /// [`MAX`](Diagnostics::MAX).
    pub fn unlisted(&self) -> usize {
        self.unlisted
    }

    /// Says which case they are about, by its `id`; of no case, where it has none.
    #[must_use]
    pub fn about(mut self, case: Option<&str>) -> Self {
        self.case = case.map(Box::from);
        self
    }

    /// The `id` of the case they are about, where it has one and that could be read.
    pub fn case_id(&self) -> Option<&str> {
        self.case.as_deref()
    }

    /// The same of a request that stands in a file, a line of many: whatever is about the request, or has no place of
    /// its own, has the name of the file and the number of the line. Bytes stay those of the request.
    ///
    /// ```
    /// let request = r#"{"text": 3}"#;
    /// let errors = svar::request::ReadRequest::from_json(request).unwrap_err();
    /// assert_eq!(errors.in_file("requests.jsonl", 2, request).first().location().unwrap().to_string(), "requests.jsonl:2:10");
    /// ```
    #[must_use]
    pub fn in_file(mut self, name: &str, line: usize, request: &str) -> Self {
        let source = Source::part(name.to_owned(), request.to_owned(), line);
        for diagnostic in std::iter::once(&mut *self.first).chain(&mut self.rest) {
            diagnostic.location = Some(match diagnostic.location.take() {
                None => Location::beginning(&source),
                Some(own) if own.source().text() == request => own.moved(&source),
                Some(elsewhere) => elsewhere,
            });
            for related in &mut diagnostic.related {
                if related.location.source().text() == request {
                    related.location = related.location.clone().moved(&source);
                }
            }
        }
        self
    }

    /// All of them for people: messages, source lines, help.
    pub fn render(&self) -> String {
        let mut out = String::new();
        for diagnostic in self.iter() {
            if !out.is_empty() {
                out.push('\n');
            }
            out.push_str(&diagnostic.render());
        }
        if self.unlisted > 0 {
            // Writing to a String cannot fail.
            let _ = writeln!(out, "\nand {} more", self.unlisted);
        }
        out
    }

    /// All of them as a list.
    pub fn into_vec(self) -> Vec<Diagnostic> {
        std::iter::once(*self.first).chain(self.rest).collect()
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(first: Diagnostic) -> Self {
        Diagnostics { first: Box::new(first), rest: Vec::new(), unlisted: 0, case: None }
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.into_vec().into_iter()
    }
}

impl Serialize for Diagnostics {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        for diagnostic in self.iter() {
            list.serialize_element(diagnostic)?;
        }
        list.end()
    }
}

/// What a user wrote, for use in a message: in backticks, shortened after forty characters, and with everything that
/// would not stay on the line (control characters, line separators, marks that turn the direction) written as an
/// escape.
pub fn quoted(text: &str) -> String {
    const LONGEST: usize = 40;
    // Enough for most: the marks around it take two bytes, what is cut short three more.
    let mut out = String::with_capacity(text.len().min(LONGEST) + 5);
    out.push('`');
    for (count, letter) in text.chars().enumerate() {
        if count == LONGEST {
            out.push('…');
            break;
        }
        if hides(letter) {
            out.extend(letter.escape_default());
        } else {
            out.push(letter);
        }
    }
    out.push('`');
    out
}

/// Whether a character would break or turn the line it is printed on, or not be seen on it.
pub(super) fn hides(letter: char) -> bool {
    // Most letters are ordinary ones of ASCII.
    !matches!(letter, ' '..='~')
        && (letter.is_control()
            || matches!(letter, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}')
            || matches!(letter, '\u{2060}'..='\u{206f}' | '\u{feff}'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Span;
    use crate::source::{Place, Sources};

    #[test]
    fn the_worst_is_the_greatest() {
        assert!(Severity::Error > Severity::Warning && Severity::Warning > Severity::Advice);
        assert_eq!(serde_json::to_string(&Severity::Advice).unwrap(), r#""advice""#);
    }

    #[test]
    fn json_has_every_key() {
        let mut sources = Sources::new();
        let id = sources.add("a.toml", "x = 1\nx = 2\n").unwrap();
        let place = |start, end| sources.locate(Place::new(id, Span::new(start, end)));
        let diagnostic = Diagnostic::error("duplicate-key", "`x` is here twice")
            .at(place(6, 7))
            .with_related(place(0, 1), "first here");
        assert_eq!(diagnostic.to_string(), "a.toml:2:1: error[duplicate-key]: `x` is here twice");
        assert_eq!(
            serde_json::to_value(&diagnostic).unwrap(),
            serde_json::json!({
                "code": "duplicate-key", "severity": "error", "message": "`x` is here twice", "help": null,
                "source": "a.toml", "line": 2, "column": 1, "start": 6, "end": 7,
                "related": [{"label": "first here", "source": "a.toml", "line": 1, "column": 1, "start": 0, "end": 1}],
                "docs": "#duplicate-key",
            })
        );
        let bare = serde_json::to_value(Diagnostic::error("syntax", "no")).unwrap();
        assert_eq!(bare.as_object().unwrap().len(), 11);
    }

    #[test]
    fn the_list_is_sorted_and_says_how_many_more() {
        let mut sources = Sources::new();
        let id = sources.add("a.toml", "xyz").unwrap();
        let at = |start| sources.locate(Place::new(id, Span::new(start, start)));
        let list = vec![
            Diagnostic::error("b", "second").at(at(2)),
            Diagnostic::error("a", "first").at(at(1)),
            Diagnostic::error("c", "no place"),
        ];
        let list = Diagnostics::new(list).unwrap();
        assert_eq!(list.to_string(), "error[c]: no place and 2 more");
        assert_eq!(list.iter().map(Diagnostic::code).collect::<Vec<_>>(), ["c", "a", "b"]);
        assert!(Diagnostics::new(Vec::new()).is_none());
        assert_eq!(Diagnostics::from(Diagnostic::error("a", "one\nline")).to_string(), "error[a]: one line");
    }

    #[test]
    fn quotes_stay_on_the_line() {
        assert_eq!(quoted("a\nb\u{202e}c"), r"`a\nb\u{202e}c`");
        assert_eq!(quoted(&"å".repeat(50)), format!("`{}…`", "å".repeat(40)));
    }
}
