//! Colour and layout. `anstream` drops the colours where nobody would see them.

use anstyle::{AnsiColor, Style};
use svar::Span;
use svar::request::{error_json, to_json};
use svar::source::{Diagnostic, Diagnostics, Severity, Style as Part};

use crate::args::Told;
use crate::outcome::AlreadyTold;
use crate::sarif::Collector;

pub(crate) const BOLD: Style = Style::new().bold();
pub(crate) const DIM: Style = Style::new().dimmed();
pub(crate) const GOOD: Style = AnsiColor::Green.on_default().bold();
pub(crate) const BAD: Style = AnsiColor::Red.on_default().bold();

pub(crate) fn severity(severity: Severity) -> Style {
    match severity {
        Severity::Error => AnsiColor::Red.on_default().bold(),
        Severity::Warning => AnsiColor::Yellow.on_default().bold(),
        Severity::Advice => AnsiColor::Cyan.on_default().bold(),
    }
}

/// Text in a style.
pub(crate) fn paint(style: Style, text: impl std::fmt::Display) -> String {
    format!("{style}{text}{style:#}")
}

/// A failure of the command itself: diagnostics with their sources, anything else as a line.
pub(crate) fn failure(failure: &(dyn std::error::Error + 'static)) {
    match failure.downcast_ref::<Diagnostics>() {
        Some(list) => diagnostics(list.iter()),
        None => errln!("{}: {failure}", paint(severity(Severity::Error), "error")),
    }
}

/// Why there is no answer, on standard output, for those who read that.
pub(crate) fn told(form: Told, failure: &(dyn std::error::Error + 'static)) {
    if failure.is::<AlreadyTold>() {
        return;
    }
    match form {
        Told::Text => {}
        Told::Json => outln!("{}", error_json(&as_diagnostics(failure))),
        Told::JsonArray => outln!("{}", to_json(&as_diagnostics(failure).into_vec())),
        Told::Sarif => {
            let mut collector = Collector::default();
            let list = as_diagnostics(failure);
            list.iter().for_each(|diagnostic| collector.diagnostic(diagnostic, diagnostic.location()));
            collector.fail();
            outln!("{}", to_json(&collector.log()));
        }
    }
}

/// Anything that went wrong in the one shape in which everything is told.
pub(crate) fn as_diagnostics(failure: &(dyn std::error::Error + 'static)) -> Diagnostics {
    match failure.downcast_ref::<Diagnostics>() {
        Some(list) => list.clone(),
        None => Diagnostic::error("command", failure.to_string()).into(),
    }
}

/// Diagnostics with the lines of the source they are about.
pub(crate) fn diagnostics<'a>(list: impl Iterator<Item = &'a Diagnostic>) {
    for diagnostic in list {
        errln!("{}", rendered(diagnostic));
    }
}

/// A diagnostic with the lines of the source it is about, in colour.
pub(crate) fn rendered(diagnostic: &Diagnostic) -> String {
    let mut out = String::new();
    diagnostic.render_with(|part, text| {
        let style = match part {
            Part::Heading(level) | Part::Caret(level) => severity(level),
            Part::Frame => AnsiColor::Blue.on_default(),
            Part::Help | Part::Related => AnsiColor::Green.on_default(),
            _ => Style::new(),
        };
        out.push_str(&paint(style, text));
    });
    out
}

/// A text with its spans underlined, each line behind a margin.
pub(crate) fn marked(text: &str, spans: &[(Span, Severity)], margin: &str) -> String {
    let mut out = String::new();
    let mut at = 0;
    for &(span, level) in spans {
        if span.start < at || span.is_empty() {
            continue;
        }
        out.push_str(text.get(at..span.start).unwrap_or(""));
        out.push_str(&paint(severity(level).underline(), span.of(text)));
        at = span.end;
    }
    out.push_str(text.get(at..).unwrap_or(""));
    out.replace('\n', &format!("\n{margin}"))
}
