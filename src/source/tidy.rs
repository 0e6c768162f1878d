//! TOML documents in one manner of writing, with every comment, every key in its place, and the same meaning.
//!
//! - One space around `=` and after commas, none inside brackets, one inside braces; lists and tables stand at the
//!   margin.
//! - A list stays on one line if it fits into [`WIDTH`] columns; one that does not and one with comments in it has one
//!   item a line, each with a comma. In one that begins on a new line the items that share a line go on doing so, as
//!   far as there is room: what stands together may belong together.
//! - `"…"`, unless `'…'` saves escapes; texts of several lines stay as they are.
//! - At most one blank line between two lines, and one before each table; none at the beginning and the end.
//! - Comments at the ends of lines that follow one another stand below one another.

mod parts;
mod write;

use std::borrow::Cow;

use super::{Diagnostic, Diagnostics, Document, Format, Sources};

/// So many columns a list may take on one line.
pub const WIDTH: usize = 120;

/// Writes a TOML document anew. `name` is what mistakes call it.
///
/// ```
/// use svar::source::tidy;
///
/// let written = "[emoji]   # ours\nallow=['😊','👍' ,]\n\n\nmax =2";
/// assert_eq!(tidy("acme.toml", written)?, "[emoji]  # ours\nallow = [\"😊\", \"👍\"]\n\nmax = 2\n");
/// # Ok::<(), svar::source::Diagnostics>(())
/// ```
///
/// # Errors
/// Every mistake in the document: what cannot be read cannot be written anew. A document that is JSON.
pub fn tidy(name: impl Into<Cow<'static, str>>, text: &str) -> Result<String, Diagnostics> {
    let name = name.into();
    let mut sources = Sources::new();
    let document = Document::parse(&mut sources, name, text)?;
    if Format::of(text) == Format::Json {
        let diagnostic = Diagnostic::error("syntax", "this is JSON; only TOML is written anew");
        return Err(diagnostic.at(sources.locate(document.place())).into());
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    Ok(write::written(&parts::parts(text)))
}

#[cfg(test)]
mod tests {
    use super::tidy;

    fn tidied(text: &str) -> String {
        let once = tidy("test", text).unwrap();
        assert_eq!(tidy("test", &once).unwrap(), once, "{text}");
        once
    }

    #[test]
    fn lines_and_spaces() {
        assert_eq!(tidied(""), "");
        assert_eq!(tidied("\n\n# a\n\n\n\n# b\n\n"), "# a\n\n# b\n");
        assert_eq!(tidied("a  .  b=1\r\nc=2\t#x  \r\n"), "a.b = 1\nc = 2  #x\n");
        assert_eq!(tidied("a=1\n# of t\n[ t . 'u' ]\n[[v]]\n"), "a = 1\n\n# of t\n[t.\"u\"]\n\n[[v]]\n");
        assert_eq!(tidied("t={a=1,b={},c=[ ]}"), "t = { a = 1, b = {}, c = [] }\n");
    }

    #[test]
    fn quotes() {
        assert_eq!(tidied(r"a = 'x'"), "a = \"x\"\n");
        assert_eq!(tidied(r#"a = '\d "x"'"#), "a = '\\d \"x\"'\n");
        assert_eq!(tidied(r#"a = "\\d""#), "a = '\\d'\n");
        assert_eq!(tidied(r#"a = "it's \"x\"""#), "a = \"it's \\\"x\\\"\"\n");
        assert_eq!(tidied(r#"a = "x\ny\\""#), "a = \"x\\ny\\\\\"\n");
        assert_eq!(tidied("a = '''\n x'''"), "a = '''\n x'''\n");
    }

    #[test]
    fn lists() {
        assert_eq!(tidied("a = [1,\n 2,]"), "a = [1, 2]\n");
        assert_eq!(tidied("a = [\n1,\n2]"), "a = [\n    1,\n    2,\n]\n");
        assert_eq!(tidied("a = [\n1,2, # x\n3 ,4\n,5]"), "a = [\n    1, 2,  # x\n    3, 4,\n    5,\n]\n");
        assert_eq!(
            tidied("a = [\n1, [ # x\n2], 3]"),
            "a = [\n    1,\n    [\n        # x\n        2,\n    ],\n    3,\n]\n"
        );
        let wide = format!("a = [\n{}]", ["\"0123456789\""; 12].join(","));
        assert_eq!(tidied(&wide).lines().map(str::len).collect::<Vec<_>>(), [5, 115, 59, 1]);
        assert_eq!(
            tidied("a = [ # x\n1 # y\n, # z\n\n\n [2,\n 3], # w\n# v\n]"),
            "a = [\n    # x\n    1,  # y\n    # z\n\n    [2, 3],  # w\n    # v\n]\n"
        );
        let long = format!("a = [{}]", ["\"0123456789\""; 12].join(","));
        assert_eq!(tidied(&long).lines().count(), 14);
        assert_eq!(tidied("t = { a = [\n1,\n] }"), "t = { a = [\n    1,\n] }\n");
    }

    #[test]
    fn comments_stand_below_one_another() {
        assert_eq!(
            tidied("a = 1 # x\nlong = 2 # y\n\nb = 3 # z\n"),
            "a = 1     # x\nlong = 2  # y\n\nb = 3  # z\n"
        );
    }

    #[test]
    fn what_cannot_be_read_is_not_written() {
        assert_eq!(tidy("x", "a = \nb = ").unwrap_err().iter().count(), 2);
        assert_eq!(tidy("x", "{\"a\": 1}").unwrap_err().first().code(), "syntax");
    }
}
