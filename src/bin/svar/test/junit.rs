//! XML in the dialect that CI servers read, called after JUnit.

use std::fmt::Write as _;

use svar::source::{Diagnostic, Diagnostics, Location, Severity};
use svar::testing::Item;

use super::{LAW, Run};

pub(super) fn print(run: &Run<'_>) {
    let mut cases = String::new();
    let (mut count, mut failed) = (0, 0);
    let mut case = |class: &str, name: &str, at: Option<&Location>, failures: &[&Diagnostic]| {
        count += 1;
        failed += usize::from(!failures.is_empty());
        write_case(&mut cases, class, name, at, failures);
    };
    for done in &run.done {
        let class = if matches!(done.item, Item::Test(_)) { "tests" } else { "examples" };
        let failures: Vec<&Diagnostic> = done.failures.iter().collect();
        case(class, done.item.name(), done.item.location(), &failures);
    }
    if let Some(law) = &run.law {
        let errors = law.broken.iter().filter(|broken| broken.severity() == Severity::Error);
        case(LAW, LAW, None, &errors.collect::<Vec<_>>());
    }
    if run.strict {
        for untested in &run.untested {
            case("rules", untested.message(), untested.location(), &[untested]);
        }
    }
    let name = escaped(run.policy.name());
    let counts = format!("tests=\"{count}\" failures=\"{failed}\" errors=\"0\"");
    outln!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    outln!("<testsuites name=\"svar\" {counts}>");
    outln!("<testsuite name=\"{name}\" {counts} skipped=\"{}\">", run.elsewhere);
    out!("{cases}");
    outln!("</testsuite>\n</testsuites>");
}

/// There are no tests to tell of, and this is why.
pub(super) fn error(why: &Diagnostics) {
    let first = why.first();
    let (kind, message, whole) = (escaped(first.code()), escaped(first.message()), escaped(&why.render()));
    let at = first
        .location()
        .map(|at| format!(" file=\"{}\" line=\"{}\"", escaped(at.source().name()), at.line()));
    let counts = "tests=\"1\" failures=\"0\" errors=\"1\"";
    outln!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    outln!("<testsuites name=\"svar\" {counts}>");
    outln!("<testsuite name=\"svar\" {counts} skipped=\"0\">");
    outln!("<testcase classname=\"svar\" name=\"policy\"{}>", at.unwrap_or_default());
    outln!("<error type=\"{kind}\" message=\"{message}\">{whole}</error>");
    outln!("</testcase>\n</testsuite>\n</testsuites>");
}

fn write_case(out: &mut String, class: &str, name: &str, at: Option<&Location>, failures: &[&Diagnostic]) {
    // Writing to a String cannot fail.
    let _ = write!(out, "<testcase classname=\"{}\" name=\"{}\"", escaped(class), escaped(name));
    if let Some(at) = at {
        let _ = write!(out, " file=\"{}\" line=\"{}\"", escaped(at.source().name()), at.line());
    }
    if failures.is_empty() {
        out.push_str("/>\n");
        return;
    }
    out.push_str(">\n");
    for failure in failures {
        let (kind, message) = (escaped(failure.code()), escaped(failure.message()));
        let whole = escaped(&failure.render());
        let _ = writeln!(out, "<failure type=\"{kind}\" message=\"{message}\">{whole}</failure>");
    }
    out.push_str("</testcase>\n");
}

/// Text as it may stand between tags and between quotation marks. Characters that XML 1.0 knows no way to write become
/// replacement characters.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            '\r' => out.push_str("&#13;"),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_can_be_taken_for_a_tag() {
        assert_eq!(escaped("<a b=\"c\">&'\n"), "&lt;a b=&quot;c&quot;&gt;&amp;&apos;&#10;");
        assert_eq!(escaped("]]>\u{0}\u{1b}å👍"), "]]&gt;\u{fffd}\u{fffd}å👍");
    }
}
