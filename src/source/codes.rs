//! The codes of everything that can be wrong with the writing of a document, each with a page of documentation.

use std::borrow::Cow;

use super::Document;

/// What there is to say about one code.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Code {
    /// The code, which never changes its meaning.
    pub code: &'static str,
    /// What is wrong, in a few words.
    pub title: &'static str,
    /// What to do about it.
    pub advice: &'static str,
    /// What brings it about.
    pub breaks: Example,
    /// The same without the mistake.
    pub keeps: Example,
}

/// An example of a document, or of several that are laid over one another, the lowest first.
///
/// The examples of this module follow a small part of the policy format: `name` (needed), and under `channels.NAME`
/// the `register` and `emoji`, with `allow` and `max` (0 to 100).
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Example {
    /// Documents that can be shown as they are.
    Documents(&'static [&'static str]),
    /// A document that is no text.
    Bytes(&'static [u8]),
    /// A document that is too long to be written out.
    Long {
        /// How it begins.
        start: &'static str,
        /// What comes then, again and again.
        again: &'static str,
        /// How often.
        times: usize,
        /// How it ends.
        end: &'static str,
    },
}

impl Example {
    /// The documents, written out.
    pub fn documents(&self) -> Vec<Cow<'static, [u8]>> {
        match *self {
            Example::Documents(texts) => texts.iter().map(|text| Cow::Borrowed(text.as_bytes())).collect(),
            Example::Bytes(bytes) => vec![Cow::Borrowed(bytes)],
            Example::Long { start, again, times, end } => {
                vec![Cow::Owned([start, &again.repeat(times), end].concat().into_bytes())]
            }
        }
    }
}

/// A page whose examples are documents that can be shown as they are.
pub(crate) const fn page(
    code: &'static str,
    title: &'static str,
    advice: &'static str,
    breaks: &'static [&'static str],
    keeps: &'static [&'static str],
) -> Code {
    Code { code, title, advice, breaks: Example::Documents(breaks), keeps: Example::Documents(keeps) }
}

/// The page of a code, if it is one of [`CODES`].
pub fn code(name: &str) -> Option<&'static Code> {
    CODES.iter().find(|page| page.code == name)
}

const fn texts(texts: &'static [&'static str]) -> Example {
    Example::Documents(texts)
}

/// Every code about the writing of documents, in the order in which a document meets them.
pub static CODES: &[Code] = &[
    Code {
        code: "too-large",
        title: "the document is too large",
        advice: "A document may have 4 MiB. Split it into several that extend one another.",
        breaks: Example::Long {
            start: "",
            again: "# four bytes and more\n",
            times: Document::MAX_BYTES / 22 + 1,
            end: "",
        },
        keeps: texts(&["name = \"acme\"\n"]),
    },
    Code {
        code: "not-utf8",
        title: "the document is not UTF-8",
        advice: "Save the document as UTF-8. The message names the first byte that is not; older Windows encodings \
                 write letters such as ø as one byte.",
        breaks: Example::Bytes(b"name = \"Kj\xf8kken\"\n"),
        keeps: texts(&["name = \"Kjøkken\"\n"]),
    },
    Code {
        code: "syntax",
        title: "this is not TOML, or not JSON",
        advice: "A document that begins with `{` is read as JSON, any other as TOML. Text stands in quotes in both.",
        breaks: texts(&["name = acme\n"]),
        keeps: texts(&["name = \"acme\"\n"]),
    },
    Code {
        code: "duplicate-key",
        title: "a key stands twice in one table",
        advice: "Keep one of them. Both places are named. In TOML a table's header stands once, too.",
        breaks: texts(&["name = \"acme\"\nname = \"acme nord\"\n"]),
        keeps: texts(&["name = \"acme nord\"\n"]),
    },
    Code {
        code: "too-deep",
        title: "tables and arrays stand too deep in one another",
        advice: "No policy needs more than 64 levels; look for brackets that are not closed.",
        breaks: Example::Long { start: "{\"name\": ", again: "[", times: 70, end: "" },
        keeps: texts(&["name = \"acme\"\n"]),
    },
    Code {
        code: "unknown-key",
        title: "a key is not known here",
        advice: "Look for a slip, and whether the key belongs to another table.",
        breaks: texts(&["name = \"acme\"\n[channels.x]\nregistr = \"formal\"\n"]),
        keeps: texts(&["name = \"acme\"\n[channels.x]\nregister = \"formal\"\n"]),
    },
    Code {
        code: "missing-key",
        title: "a key is missing",
        advice: "Add the key to the table that is shown.",
        breaks: texts(&["[channels.x]\nregister = \"formal\"\n"]),
        keeps: texts(&["name = \"acme\"\n[channels.x]\nregister = \"formal\"\n"]),
    },
    Code {
        code: "wrong-type",
        title: "a value is of the wrong kind",
        advice: "Write what the message asks for. Numbers and `true` stand without quotes, text with them.",
        breaks: texts(&["name = \"acme\"\n[channels.x]\nemoji = { max = \"2\" }\n"]),
        keeps: texts(&["name = \"acme\"\n[channels.x]\nemoji = { max = 2 }\n"]),
    },
    Code {
        code: "out-of-range",
        title: "a number is too small or too large",
        advice: "Take a number from the range that is named.",
        breaks: texts(&["name = \"acme\"\n[channels.x]\nemoji = { max = -1 }\n"]),
        keeps: texts(&["name = \"acme\"\n[channels.x]\nemoji = { max = 0 }\n"]),
    },
    Code {
        code: "unknown-value",
        title: "a word is none of those that can stand here",
        advice: "Take one of the words that are named.",
        breaks: texts(&["name = \"acme\"\n[channels.x]\nregister = \"formel\"\n"]),
        keeps: texts(&["name = \"acme\"\n[channels.x]\nregister = \"formal\"\n"]),
    },
    Code {
        code: "merge-clash",
        title: "two documents disagree whether something is a table",
        advice: "Write the value as the document below does, or give it another name.",
        breaks: texts(&[
            "name = \"base\"\n[channels.x]\nemoji = { max = 1 }\n",
            "name = \"acme\"\n[channels.x]\nemoji = 2\n",
        ]),
        keeps: texts(&[
            "name = \"base\"\n[channels.x]\nemoji = { max = 1 }\n",
            "name = \"acme\"\n[channels.x]\nemoji = { max = 2 }\n",
        ]),
    },
    Code {
        code: "nothing-to-remove",
        title: "something is taken out of a list that it is not in",
        advice: "A list that begins with \"-\" takes its other elements out of the list of the document below. Name \
                 only what stands there, as it stands there.",
        breaks: texts(&[
            "name = \"base\"\n[channels.x]\nemoji = { allow = [\"😊\", \"👍\"] }\n",
            "name = \"acme\"\n[channels.x]\nemoji = { allow = [\"-\", \"🔥\"] }\n",
        ]),
        keeps: texts(&[
            "name = \"base\"\n[channels.x]\nemoji = { allow = [\"😊\", \"👍\"] }\n",
            "name = \"acme\"\n[channels.x]\nemoji = { allow = [\"-\", \"👍\"] }\n",
        ]),
    },
    Code {
        code: "misplaced-sign",
        title: "a sign, \"+\" or \"-\", does not stand first in its list",
        advice: "A list that adds to the one of the document below begins with \"+\", one that takes out begins with \
                 \"-\". A list does one of the two.",
        breaks: texts(&["name = \"acme\"\n[channels.x]\nemoji = { allow = [\"😊\", \"+\", \"👍\"] }\n"]),
        keeps: texts(&["name = \"acme\"\n[channels.x]\nemoji = { allow = [\"+\", \"😊\", \"👍\"] }\n"]),
    },
];
