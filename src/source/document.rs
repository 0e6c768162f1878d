//! From the text of a document to its tree, or to everything that is wrong with it.

use std::borrow::Cow;

use super::flaws::MAX_DEPTH;
use super::format::Format;
use super::{
    Diagnostic, Diagnostics, Mistakes, Node, Place, Source, SourceId, Sources, Table, TableReader, json, toml,
};
use crate::Span;

/// The root of a document that was read without a mistake.
#[derive(Clone, Debug)]
pub struct Document<'a> {
    /// The number the text was given in [`Sources`].
    pub source: SourceId,
    /// Its keys.
    pub root: Table<'a>,
}

impl<'a> Document<'a> {
    /// Bytes a document may have: 4 MiB.
    pub const MAX_BYTES: usize = 4 * 1024 * 1024;

    /// How deep arrays and tables may stand in one another, the root included.
    pub const MAX_DEPTH: usize = MAX_DEPTH;

    /// Reads TOML or JSON, whichever it is (see [`Format::of`]).
    ///
    /// The tree borrows from `text`; `sources` keeps a copy for the mistakes to point into.
    ///
    /// # Errors
    ///
    /// Every mistake that was found. In TOML one mistake seldom hides the next; in JSON reading ends at the first
    /// that is not about a single value or key.
    pub fn parse(
        sources: &mut Sources,
        name: impl Into<Cow<'static, str>>,
        text: &'a str,
    ) -> Result<Self, Diagnostics> {
        Document::parse_as(Format::of(text), sources, name, text)
    }

    /// Reads a document that is known to be TOML, or JSON.
    ///
    /// # Errors
    ///
    /// As [`parse`](Self::parse).
    pub fn parse_as(
        format: Format,
        sources: &mut Sources,
        name: impl Into<Cow<'static, str>>,
        text: &'a str,
    ) -> Result<Self, Diagnostics> {
        let name = name.into();
        check_size(&name, text.len())?;
        read(format, sources, name, text, Cow::Owned(text.to_owned()))
    }

    /// Reads bytes, which may turn out not to be UTF-8.
    ///
    /// # Errors
    ///
    /// As [`parse`](Self::parse), and `not-utf8` at the first byte that does not belong.
    pub fn from_bytes(
        sources: &mut Sources,
        name: impl Into<Cow<'static, str>>,
        bytes: &'a [u8],
    ) -> Result<Self, Diagnostics> {
        let name = name.into();
        check_size(&name, bytes.len())?;
        match std::str::from_utf8(bytes) {
            Ok(text) => Document::parse(sources, name, text),
            Err(error) => Err(not_utf8(sources, name, bytes, error.valid_up_to())),
        }
    }
}

impl Document<'_> {
    /// Where the document begins; what a root table that lacks a key is shown by.
    pub fn place(&self) -> Place {
        Place::new(self.source, Span::default())
    }
}

impl Document<'static> {
    /// Reads a document that is part of the program, without a copy.
    ///
    /// # Errors
    ///
    /// As [`parse`](Self::parse).
    pub fn parse_static(
        sources: &mut Sources,
        name: impl Into<Cow<'static, str>>,
        text: &'static str,
    ) -> Result<Self, Diagnostics> {
        let name = name.into();
        check_size(&name, text.len())?;
        read(Format::of(text), sources, name, text, Cow::Borrowed(text))
    }
}

fn read<'a>(
    format: Format,
    sources: &mut Sources,
    name: Cow<'static, str>,
    text: &'a str,
    kept: Cow<'static, str>,
) -> Result<Document<'a>, Diagnostics> {
    let Some(source) = sources.add(name, kept) else {
        let message = format!("more than {} documents are read together", Sources::MAX);
        return Err(Diagnostic::error("too-large", message).into());
    };
    let (root, flaws) = match format {
        Format::Toml => toml::read(source, text),
        Format::Json => json::read(source, text),
    };
    let mistakes = Mistakes::new(sources);
    mistakes.count_unlisted(flaws.unlisted);
    for flaw in flaws.list {
        mistakes.report_with(|| {
            let locate = |span| mistakes.locate(Place::new(source, span));
            let mut diagnostic = Diagnostic::error(flaw.code, flaw.message).at(locate(flaw.span));
            if let Some(first) = flaw.first {
                diagnostic = diagnostic.with_related(locate(first), "it stands here already");
            }
            match flaw.help {
                Some(help) => diagnostic.with_help(help),
                None => diagnostic,
            }
        });
    }
    mistakes.finish()?;
    Ok(Document { source, root })
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

impl Diagnostics {
    /// The same about a request whose JSON is at hand: what has no place gets that of the value that it is about, where
    /// that is known. For errors of the verbs, which know a case and not how it was written.
    ///
    /// ```
    /// let request = r#"{"case": {"channel": "facebok"}, "reply": "Hei!"}"#;
    /// let asked = svar::request::ValidateRequest::from_json(request)?;
    /// let error = svar::Policy::builtin().validate(&asked.case, &asked.reply, None).unwrap_err();
    /// let error = svar::source::Diagnostics::from(error).in_request(request);
    /// assert_eq!(error.first().location().unwrap().span().of(request), r#""facebok""#);
    /// # Ok::<(), svar::source::Diagnostics>(())
    /// ```
    #[must_use]
    pub fn in_request(self, request: &str) -> Self {
        if self.iter().all(|one| one.location().is_some() || one.member().is_none()) {
            return self;
        }
        let mut sources = Sources::new();
        let Ok(document) = Document::parse_as(Format::Json, &mut sources, "request", request) else {
            return self;
        };
        self.map(|one: Diagnostic| match one.member().filter(|_| one.location().is_none()) {
            Some(member) => {
                let place = member.find(&document.root).and_then(|place| sources.locate(place));
                one.at(place)
            }
            None => one,
        })
    }
}

/// A text that is too long is not kept either, so the mistake points to its beginning.
fn check_size(name: &str, bytes: usize) -> Result<(), Diagnostics> {
    if bytes <= Document::MAX_BYTES {
        return Ok(());
    }
    let mut only = Sources::new();
    let place = only.add(name.to_owned(), "").map(|source| Place::new(source, Span::default()));
    let message = format!("the document has {bytes} bytes, and may have {}", Document::MAX_BYTES);
    Err(Diagnostic::error("too-large", message)
        .at(place.and_then(|place| only.locate(place)))
        .with_help(
            "split a policy into documents that extend one another, and what is asked into several requests",
        )
        .into())
}

/// What comes before the first bad byte is text, so that is what the mistake can point into.
fn not_utf8(sources: &mut Sources, name: Cow<'static, str>, bytes: &[u8], offset: usize) -> Diagnostics {
    let good = bytes.get(..offset).unwrap_or_default();
    let source = Source::new(name, String::from_utf8_lossy(good).into_owned());
    let place = sources.add_source(source).map(|source| Place::new(source, Span::new(offset, offset)));
    let byte = bytes.get(offset).copied().unwrap_or_default();
    Diagnostic::error("not-utf8", format!("byte {offset} (0x{byte:02x}) is not part of any UTF-8 text"))
        .at(place.and_then(|place| sources.locate(place)))
        .with_help("save the document as UTF-8")
        .into()
}
