//! Diagnostics for people: the message, the line it is about, carets under the span, and help.
//!
//! ```text
//! error[unknown-key]: unknown key `registr`
//!  --> policy.toml:2:1
//!   |
//! 2 | registr = "formal"
//!   | ^^^^^^^
//!   = help: did you mean `register`?
//! ```

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation as _;

use super::diagnostic::hides;
use super::{Diagnostic, Location, Severity};
use crate::Span;

/// Columns of a source line that are shown at most.
const WIDTH: usize = 100;
/// Columns kept before the span when the line is cut.
const BEFORE: usize = 30;
/// Bytes looked at around the beginning of a span; a line may be megabytes long.
const AROUND: usize = 2048;
/// A longer grapheme is not worth showing.
const LONGEST_GRAPHEME: usize = 64;

/// What a piece of a rendered diagnostic is, so that whoever prints it can colour it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Style {
    /// `error[code]`.
    Heading(Severity),
    /// The message.
    Message,
    /// Line numbers, bars, arrows, the name of the source.
    Frame,
    /// The text of the source.
    Source,
    /// Carets under the span.
    Caret(Severity),
    /// Dashes under a related span, and its label.
    Related,
    /// The help.
    Help,
    /// Spaces and line breaks between the others.
    Plain,
}

impl Diagnostic {
    /// The diagnostic with its source lines, ending with a line break; no colour.
    pub fn render(&self) -> String {
        let mut out = String::new();
        self.render_with(|_, piece| out.push_str(piece));
        out
    }

    /// Gives the rendered diagnostic piece by piece, each with its style.
    pub fn render_with(&self, mut write: impl FnMut(Style, &str)) {
        write(Style::Heading(self.severity()), &format!("{}[{}]", self.severity(), self.code()));
        write(Style::Message, &format!(": {}", self.message()));
        write(Style::Plain, "\n");

        let places =
            || self.location().into_iter().chain(self.related().iter().map(|other| other.location()));
        let gutter = places().map(|location| location.line().to_string().len()).max().unwrap_or(0);
        if let Some(location) = self.location() {
            let mark = Mark { sign: "^", style: Style::Caret(self.severity()), label: "" };
            snippet(location, "-->", gutter, &mark, &mut write);
        }
        for other in self.related() {
            let mark = Mark { sign: "-", style: Style::Related, label: other.label() };
            snippet(other.location(), ":::", gutter, &mark, &mut write);
        }
        if let Some(help) = self.help() {
            for (number, line) in help.lines().enumerate() {
                let lead = if number == 0 { "= help: " } else { "        " };
                write(Style::Frame, &format!("{:gutter$} {lead}", ""));
                write(Style::Help, line);
                write(Style::Plain, "\n");
            }
        }
    }
}

/// How a span is pointed at.
struct Mark<'m> {
    sign: &'static str,
    style: Style,
    label: &'m str,
}

fn snippet(
    location: &Location,
    arrow: &str,
    gutter: usize,
    mark: &Mark<'_>,
    write: &mut impl FnMut(Style, &str),
) {
    let excerpt = Excerpt::of(location);
    write(Style::Frame, &format!("{:gutter$}{arrow} {location}\n{:gutter$} |\n", "", ""));
    write(Style::Frame, &format!("{:>gutter$} | ", location.line()));
    write(Style::Source, &excerpt.text);
    write(Style::Plain, "\n");
    write(Style::Frame, &format!("{:gutter$} | ", ""));
    write(Style::Plain, &" ".repeat(excerpt.indent));
    write(mark.style, &mark.sign.repeat(excerpt.width));
    if !mark.label.is_empty() {
        write(mark.style, &format!(" {}", mark.label));
    }
    write(Style::Plain, "\n");
}

/// The part of a line that is shown, and where in it the span stands, in columns of a terminal.
struct Excerpt {
    text: String,
    indent: usize,
    width: usize,
}

/// One grapheme as it is shown.
struct Cell<'t> {
    start: usize,
    shown: Cow<'t, str>,
    columns: usize,
}

impl Excerpt {
    fn of(location: &Location) -> Self {
        let text = location.source().text();
        let line = location.source().line(location.line());
        let start = location.span().start.clamp(line.start, line.end);
        // A span over several lines is marked to the end of its first.
        let end = location.span().end.clamp(start, line.end);

        let window = Span::new(
            boundary(text, start.saturating_sub(AROUND).max(line.start)),
            boundary(text, start.saturating_add(AROUND).min(line.end)),
        );
        let cells: Vec<Cell<'_>> = window
            .of(text)
            .grapheme_indices(true)
            .map(|(at, grapheme)| {
                let (shown, columns) = show(grapheme);
                Cell { start: window.start + at, shown, columns }
            })
            .collect();

        let first = cells.partition_point(|cell| cell.start < start);
        let whole = columns(&cells) <= WIDTH;
        let from =
            if whole { 0 } else { keep(cells.iter().take(first).rev(), BEFORE).map_or(0, |cut| first - cut) };
        let shown = cells.get(from..).unwrap_or_default();
        let until = if whole { None } else { keep(shown.iter(), WIDTH) };
        let shown = shown.get(..until.unwrap_or(shown.len())).unwrap_or_default();

        let cut_before = from > 0 || window.start > line.start;
        let cut_after = until.is_some() || window.end < line.end;
        let mut out = String::from(if cut_before { "…" } else { "" });
        shown.iter().for_each(|cell| out.push_str(&cell.shown));
        out.push_str(if cut_after { "…" } else { "" });

        let before = shown.iter().take_while(|cell| cell.start < start);
        let within = shown.iter().skip_while(|cell| cell.start < start).take_while(|cell| cell.start < end);
        Excerpt {
            text: out,
            indent: usize::from(cut_before) + before.map(|cell| cell.columns).sum::<usize>(),
            width: within.map(|cell| cell.columns).sum::<usize>().max(1),
        }
    }
}

fn columns(cells: &[Cell<'_>]) -> usize {
    cells.iter().map(|cell| cell.columns).sum()
}

/// How many of the cells fit into so many columns; `None` if all do.
fn keep<'c, 't: 'c>(cells: impl Iterator<Item = &'c Cell<'t>>, room: usize) -> Option<usize> {
    let mut used = 0;
    for (count, cell) in cells.enumerate() {
        used += cell.columns;
        if used > room {
            return Some(count);
        }
    }
    None
}

/// A grapheme as it is shown, and the columns it takes: two for emoji and for wide East Asian letters, one otherwise.
///
/// What would move the cursor, turn the direction or not be seen is shown as a replacement character, so that a
/// document cannot play with the terminal it is shown on.
fn show(grapheme: &str) -> (Cow<'_, str>, usize) {
    if grapheme == "\t" {
        return ("    ".into(), 4);
    }
    let joined = grapheme.chars().count() > 1;
    if grapheme.len() > LONGEST_GRAPHEME
        || grapheme.chars().any(|letter| hides(letter) && !(joined && letter == '\u{200d}'))
    {
        return ("\u{fffd}".into(), 1);
    }
    let wide = grapheme.chars().next().is_some_and(is_wide)
        || (!grapheme.is_ascii() && emojis::get(grapheme).is_some());
    (grapheme.into(), if wide { 2 } else { 1 })
}

/// The blocks that Unicode's `EastAsianWidth.txt` gives as wide throughout, in large strokes.
fn is_wide(letter: char) -> bool {
    matches!(letter,
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{303e}' | '\u{3041}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}'
        | '\u{1f300}'..='\u{1faff}' | '\u{20000}'..='\u{3fffd}')
}

/// The last character boundary up to an offset.
fn boundary(text: &str, offset: usize) -> usize {
    (0..=offset.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Place, Sources};
    use proptest::prelude::*;

    fn located(text: &str, start: usize, end: usize) -> Location {
        let mut sources = Sources::new();
        let id = sources.add("a.toml", text.to_owned()).unwrap();
        sources.locate(Place::new(id, Span::new(start, end))).unwrap()
    }

    #[test]
    fn carets_stand_under_the_span() {
        let text = "svar = 1\nname = \"👍🏽 漢\" # ü\n";
        let location = located(text, text.find('漢').unwrap(), text.find('"').unwrap() + 16);
        let shown = Diagnostic::error("syntax", "not `good`")
            .at(location)
            .with_related(located(text, 0, 4), "this one is")
            .with_help("do it\nso")
            .render();
        assert_eq!(
            shown,
            "\
error[syntax]: not `good`
 --> a.toml:2:12
  |
2 | name = \"👍🏽 漢\" # ü
  |            ^^^^^
 ::: a.toml:1:1
  |
1 | svar = 1
  | ---- this one is
  = help: do it
          so
"
        );
    }

    #[test]
    fn a_long_line_is_cut_around_the_span() {
        let text = format!("{}wrong{}", "a ".repeat(1_000_000), " b".repeat(1_000_000));
        let shown = Diagnostic::error("syntax", "no").at(located(&text, 2_000_000, 2_000_005)).render();
        let lines: Vec<&str> = shown.lines().collect();
        assert!(lines[3].starts_with("1 | …a a ") && lines[3].ends_with('…'), "{shown}");
        assert!(lines[3].chars().count() < 110);
        let column = lines[3].split("wrong").next().unwrap().chars().count();
        assert_eq!(lines[4].chars().position(|letter| letter == '^'), Some(column));
        assert_eq!(lines[4].matches('^').count(), 5);
    }

    #[test]
    fn a_document_cannot_steer_the_terminal() {
        let shown = Diagnostic::error("syntax", "no").at(located("\u{1b}[31m\u{202e}x\ty", 0, 1)).render();
        assert!(shown.contains("1 | \u{fffd}[31m\u{fffd}x    y\n"), "{shown}");
    }

    proptest! {
        #[test]
        fn any_place_of_any_text_can_be_shown(text in ".{0,40}|[\\s\\S]{0,300}", start in 0usize..900, end in 0usize..900) {
            let shown = Diagnostic::error("syntax", "no").at(located(&text, start, end)).render();
            prop_assert_eq!(shown.lines().count(), 5);
        }
    }
}
