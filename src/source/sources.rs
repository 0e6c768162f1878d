//! Texts with a name, and places in them.

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, OnceLock};

use crate::Span;
use crate::packs::is_built_in;

/// How many bytes lie between two counts of code points; see [`Lines`].
const STRIDE: usize = 1024;

/// The number of a text in [`Sources`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub(super) u16);

impl SourceId {
    /// The position of the text among those that were added.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A span of one of the texts in [`Sources`].
///
/// Small enough to give to every node of a tree. [`Sources::locate`] makes it something to show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The text.
    pub source: SourceId,
    /// The bytes in it.
    pub span: Span,
}

impl Place {
    /// The span of the text.
    pub const fn new(source: SourceId, span: Span) -> Self {
        Place { source, span }
    }
}

/// All texts that were read for one purpose, in the order in which they were added.
///
/// A clone shares the texts.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    texts: Vec<Source>,
}

impl Sources {
    /// How many texts there may be.
    pub const MAX: usize = u16::MAX as usize + 1;

    /// No texts yet.
    pub const fn new() -> Self {
        Sources { texts: Vec::new() }
    }

    /// Adds a text under the name it shall be shown by; `None` when there are [`Sources::MAX`] already.
    ///
    /// Two texts may have the same name.
    pub fn add(
        &mut self,
        name: impl Into<Cow<'static, str>>,
        text: impl Into<Cow<'static, str>>,
    ) -> Option<SourceId> {
        self.add_source(Source::new(name, text))
    }

    pub(super) fn add_source(&mut self, source: Source) -> Option<SourceId> {
        let id = u16::try_from(self.texts.len()).ok()?;
        self.texts.push(source);
        Some(SourceId(id))
    }

    /// The text with this number, if it is one of these.
    pub fn get(&self, id: SourceId) -> Option<&Source> {
        self.texts.get(id.index())
    }

    /// The name of a text; empty when it is none of these.
    pub fn name(&self, id: SourceId) -> &str {
        self.get(id).map_or("", Source::name)
    }

    /// The text of a source; empty when it is none of these.
    pub fn text(&self, id: SourceId) -> &str {
        self.get(id).map_or("", Source::text)
    }

    /// The texts, in the order in which they were added.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (SourceId, &Source)> {
        self.texts.iter().enumerate().map(|(index, source)| (SourceId(index as u16), source))
    }

    /// The place with the name of its text, and with its line and column; `None` when the text is none of these.
    pub fn locate(&self, place: Place) -> Option<Location> {
        Some(Location { source: self.get(place.source)?.clone(), place })
    }
}

/// One text and its name. A clone shares both.
#[derive(Clone)]
pub struct Source(Arc<Inner>);

struct Inner {
    name: Cow<'static, str>,
    text: Cow<'static, str>,
    /// How many lines of the file stand before the text, where it is a part of one.
    before: usize,
    lines: OnceLock<Lines>,
}

impl Source {
    /// A text under the name it shall be shown by.
    pub fn new(name: impl Into<Cow<'static, str>>, text: impl Into<Cow<'static, str>>) -> Self {
        Source::part(name, text, 1)
    }

    /// A part of a file, such as one of many requests: its lines are counted from where it begins. Bytes are those of
    /// the part.
    pub fn part(
        name: impl Into<Cow<'static, str>>,
        text: impl Into<Cow<'static, str>>,
        first_line: usize,
    ) -> Self {
        let before = first_line.saturating_sub(1);
        Source(Arc::new(Inner { name: name.into(), text: text.into(), before, lines: OnceLock::new() }))
    }

    /// What the text is called.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// Whether it is a document that ships with svar, or stands in for one: it has the name of one, such as
    /// `svar:care`.
    pub fn is_built_in(&self) -> bool {
        is_built_in(self.name())
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.0.text
    }

    /// Line and column of a byte offset, both from 1, the column in code points.
    ///
    /// An offset behind the end counts as the end.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let (line, column) = self.lines().line_column(self.text(), offset);
        (line + self.0.before, column)
    }

    /// The bytes of a line, counted from 1, without its line break; empty when there is no such line.
    pub fn line(&self, number: usize) -> Span {
        let text = self.text();
        let starts = &self.lines().starts;
        let index = number.checked_sub(1 + self.0.before);
        let Some((index, &start)) = index.and_then(|index| Some((index, starts.get(index)?))) else {
            return Span::default();
        };
        let end = starts.get(index + 1).copied().unwrap_or(text.len());
        let line = Span::new(start, end).of(text);
        let line = line.strip_suffix('\n').unwrap_or(line);
        let line = line.strip_suffix('\r').unwrap_or(line);
        Span::new(start, start + line.len())
    }

    /// Only mistakes ask for lines, so they are not looked for until one does.
    fn lines(&self) -> &Lines {
        self.0.lines.get_or_init(|| Lines::of(self.text()))
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Source({:?}, {} bytes)", self.name(), self.text().len())
    }
}

/// Where lines begin, and how many code points come before every [`STRIDE`]th byte.
///
/// The counts keep a column cheap where a document is one long line, as JSON often is: without them a thousand
/// mistakes on such a line would be a thousand walks along it.
#[derive(Debug)]
struct Lines {
    starts: Vec<usize>,
    code_points: Vec<usize>,
}

impl Lines {
    fn of(text: &str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(breaks.map(|(at, _)| at + 1)).collect();
        let mut before = 0;
        let code_points = text
            .as_bytes()
            .chunks(STRIDE)
            .map(|chunk| {
                let here = before;
                before += count(chunk);
                here
            })
            .collect();
        Lines { starts, code_points }
    }

    fn line_column(&self, text: &str, offset: usize) -> (usize, usize) {
        let offset = offset.min(text.len());
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = line.checked_sub(1).and_then(|index| self.starts.get(index)).copied().unwrap_or(0);
        (line, self.code_points_before(text, offset) - self.code_points_before(text, start) + 1)
    }

    fn code_points_before(&self, text: &str, offset: usize) -> usize {
        // The last chunk may be full, and the offset just behind it.
        let chunk = (offset / STRIDE).min(self.code_points.len().saturating_sub(1));
        let known = self.code_points.get(chunk).copied().unwrap_or(0);
        known + text.as_bytes().get(chunk * STRIDE..offset).map_or(0, count)
    }
}

/// The code points that begin in a piece of UTF-8.
fn count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

/// A [`Place`] that can be shown: it knows the text it lies in, and so its line and its column.
#[derive(Clone, Debug)]
pub struct Location {
    source: Source,
    place: Place,
}

impl Location {
    /// The same bytes of the same text, shown as a part of a file.
    pub(super) fn moved(self, source: &Source) -> Location {
        Location { source: source.clone(), place: self.place }
    }

    /// The beginning of a text.
    pub(super) fn beginning(source: &Source) -> Location {
        Location { source: source.clone(), place: Place::default() }
    }

    /// The text.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The number of the text and the bytes in it.
    pub fn place(&self) -> Place {
        self.place
    }

    /// The bytes of the text.
    pub fn span(&self) -> Span {
        self.place.span
    }

    /// The line the span begins in, from 1.
    pub fn line(&self) -> usize {
        self.line_column().0
    }

    /// The code point of the line the span begins at, from 1.
    pub fn column(&self) -> usize {
        self.line_column().1
    }

    fn line_column(&self) -> (usize, usize) {
        self.source.line_column(self.place.span.start)
    }
}

/// `policy.toml:3:14`
impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (line, column) = self.line_column();
        write!(f, "{}:{line}:{column}", self.source.name())
    }
}

impl PartialEq for Location {
    fn eq(&self, other: &Self) -> bool {
        let file = |own: &Self| (own.source.0.before, own.place);
        file(self) == file(other) && self.source.name() == other.source.name()
    }
}

impl Eq for Location {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_and_columns_count_from_one() {
        let source = Source::new("x", "æ = 1\r\nblå = 2\n");
        assert_eq!(source.line_column(0), (1, 1));
        assert_eq!(source.line_column(2), (1, 2));
        assert_eq!(source.line_column(8), (2, 1));
        assert_eq!(source.line_column(12), (2, 4));
        assert_eq!(source.line_column(usize::MAX), (3, 1));
        assert_eq!(source.line(1).of(source.text()), "æ = 1");
        assert_eq!(source.line(2).of(source.text()), "blå = 2");
        assert_eq!(source.line(3).of(source.text()), "");
        assert!(source.line(0).is_empty() && source.line(4).is_empty());
    }

    #[test]
    fn a_part_of_a_file_counts_the_lines_of_the_file() {
        let source = Source::part("x", "a\nb", 7);
        assert_eq!((source.line_column(0), source.line_column(2)), ((7, 1), (8, 1)));
        assert_eq!(source.line(8).of(source.text()), "b");
        assert!(source.line(1).is_empty() && source.line(6).is_empty() && source.line(9).is_empty());
    }

    #[test]
    fn the_last_source_is_the_last() {
        let mut sources = Sources::new();
        for _ in 0..Sources::MAX {
            assert!(sources.add("x", "").is_some());
        }
        assert_eq!(sources.add("x", ""), None);
        assert_eq!(sources.iter().len(), Sources::MAX);
    }

    proptest! {
        #[test]
        fn columns_are_those_of_a_walk(text in "[aæ\n😊]{0,40}", times in 1usize..120, at in 0usize..9000) {
            let text = text.repeat(times);
            let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap();
            let before = &text[..at];
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
            prop_assert_eq!(Source::new("x", text.clone()).line_column(at), (line, column));
        }
    }
}
