//! From documents to a policy: layers, what they extend, the order in which they win.

use std::borrow::Cow;
use std::path::{Component, Path};

use serde::{Serialize, Serializer};

use super::compile::{TESTS, compile};
use super::{Policy, lint};
use crate::packs::{BUILT_IN, BUILTIN, built_in, is_built_in};
use crate::source::{
    Diagnostic, Diagnostics, Document, Mistakes, Place, Sources, Table, TableReader, merge_gathering,
    nearest, quoted,
};

/// The format version this library reads.
pub const FORMAT_VERSION: i64 = 1;
/// The most documents a policy can be made of.
pub const MOST_DOCUMENTS: usize = 64;

/// Collects the documents of a policy.
///
/// Layers win over those added before them, and over everything they extend. A pack is a document that layers can
/// extend by name; the built-in ones (`svar:…`) are there without being added.
///
/// ```
/// let policy = svar::Policy::builder()
///     .pack("acme:tone", "svar = 1\nname = 'acme:tone'\n[rules.'tone.slang']\nseverity = 'error'\n")
///     .layer("policy.toml", "svar = 1\nname = 'acme'\nextends = ['svar:care', 'acme:tone']\n")
///     .build()?;
/// assert_eq!(policy.name(), "acme");
/// # Ok::<(), svar::source::Diagnostics>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct PolicyBuilder {
    packs: Vec<(String, String)>,
    layers: Vec<(String, String)>,
}

impl PolicyBuilder {
    /// Makes a document available for `extends`. A pack of the same name added earlier, or built in, is replaced.
    #[must_use]
    pub fn pack(mut self, name: impl Into<String>, text: impl Into<String>) -> Self {
        self.packs.push((name.into(), text.into()));
        self
    }

    /// Adds a layer on top. `name` is what diagnostics call it, usually the path of the file.
    #[must_use]
    pub fn layer(mut self, name: impl Into<String>, text: impl Into<String>) -> Self {
        self.layers.push((name.into(), text.into()));
        self
    }

    /// The documents of the built-in policy. What is added afterwards is laid over it.
    ///
    /// ```
    /// use svar::policy::PolicyBuilder;
    ///
    /// let ours = "svar = 1\nname = 'acme'\n[rules.'tone.slang']\noff = true\n";
    /// let policy = PolicyBuilder::builtin().layer("acme.toml", ours).build()?;
    /// assert!(policy.name() == "acme" && policy.rule("tone.slang").is_none());
    /// # Ok::<(), svar::source::Diagnostics>(())
    /// ```
    pub fn builtin() -> Self {
        let (name, text) = BUILTIN;
        PolicyBuilder::default().layer(name, text)
    }

    /// Whether a document was added as a layer by this name, and not as something that a layer extends.
    pub(crate) fn has_layer(&self, name: &str) -> bool {
        self.layers.iter().any(|(own, _)| own == name)
    }

    /// Whether a document is one of those that were added, and none that ships built in.
    pub(crate) fn is_own(&self, name: &str) -> bool {
        let has = |list: &[(String, String)]| list.iter().any(|(own, _)| own == name);
        has(&self.packs) || has(&self.layers) && !is_built_in(name)
    }

    /// Reads, merges, checks and compiles everything.
    ///
    /// # Errors
    /// Every mistake in every document, each with its place.
    pub fn build(&self) -> Result<Policy, Diagnostics> {
        self.assemble(false, |_, _| ()).map(|(policy, ())| policy)
    }

    /// The whole policy as one JSON document: all layers and all that they extend, laid over one another. Read again,
    /// it is the same policy.
    ///
    /// ```
    /// use svar::policy::{Policy, PolicyBuilder};
    ///
    /// let ours = "svar = 1\nname = 'acme'\n[brand]\nname = 'Acme'\n[emoji]\nallow = ['+', '🦊']\n";
    /// let printed = PolicyBuilder::builtin().layer("acme.toml", ours).print()?;
    /// assert!(printed.starts_with(r#"{"svar":1,"name":"acme","#) && printed.contains(r#","🦊"]"#));
    /// assert_eq!(Policy::from_toml(&printed)?.brand(), Some("Acme"));
    /// # Ok::<(), svar::source::Diagnostics>(())
    /// ```
    ///
    /// # Errors
    /// As [`build`](PolicyBuilder::build).
    pub fn print(&self) -> Result<String, Diagnostics> {
        let print = |root: &TableReader<'_, '_>, policy: &Policy| {
            let whole = Whole { root: root.table(), versioned: !policy.version().is_empty() };
            serde_json::to_string(&whole)
        };
        let (_, printed) = self.assemble(false, print)?;
        printed.map_err(|error| Diagnostic::error("json", error.to_string()).into())
    }

    /// [`build`](PolicyBuilder::build) with everything that is doubtful among the warnings, contradictions and dead
    /// wood included, and something else that is made of the merged document.
    pub(crate) fn build_and<T>(
        &self,
        also: impl FnOnce(&TableReader<'_, '_>, &Policy) -> T,
    ) -> Result<(Policy, T), Diagnostics> {
        self.assemble(true, also)
    }

    /// `linted`: whether to look for contradictions and dead wood. Whoever only wants to ask a policy does not wait for
    /// that.
    fn assemble<T>(
        &self,
        linted: bool,
        also: impl FnOnce(&TableReader<'_, '_>, &Policy) -> T,
    ) -> Result<(Policy, T), Diagnostics> {
        let Documents { sources, layers } = self.documents()?;
        let mistakes = Mistakes::new(&sources);
        if linted {
            lint::compare_layers(&layers, &mistakes);
            lint::report_replaced(&layers, &mistakes);
            lint::report_joined(&layers, &mistakes);
            lint::report_unnamed(&layers, &mistakes);
        }
        let layers = layers.into_iter();
        let laid = layers.fold(Laid::default(), |laid, layer| laid.over(layer.table, layer.place, &mistakes));
        laid.build(mistakes, linted, also)
    }

    /// Reads every document, the lowest first, with all that they extend, and lays none over another. What is wrong
    /// with the writing of any of them is told together.
    pub(crate) fn documents(&self) -> Result<Documents<'_>, Diagnostics> {
        let mut stack = Stack {
            builder: self,
            sources: Sources::new(),
            open: Vec::new(),
            done: Vec::new(),
            layers: Vec::new(),
            wrong: None,
        };
        for (name, text) in &self.layers {
            stack.add(name, Text::Given(text), None);
        }
        match stack.wrong {
            Some(wrong) => Err(wrong),
            None => Ok(Documents { sources: stack.sources, layers: stack.layers }),
        }
    }
}

/// The documents of a policy, the lowest first.
pub(crate) struct Documents<'b> {
    pub(crate) sources: Sources,
    pub(crate) layers: Vec<Layer<'b>>,
}

/// A document on its place in the stack.
pub(crate) struct Layer<'a> {
    /// What it was given as: the path of a file, or the name of a pack.
    pub(super) name: String,
    pub(crate) table: Table<'a>,
    pub(crate) place: Place,
    /// Everything it extends, directly or by way of others.
    below: Vec<String>,
}

impl Layer<'_> {
    /// Whether it ships with svar, or stands in for something that does.
    pub(super) fn is_built_in(&self) -> bool {
        is_built_in(&self.name)
    }

    /// Whether it extends another one.
    pub(super) fn knows(&self, other: &Layer<'_>) -> bool {
        self.below.contains(&other.name)
    }
}

/// Documents that were laid over one another.
#[derive(Clone, Debug, Default)]
pub(crate) struct Laid<'b> {
    pub(crate) root: Table<'b>,
    place: Place,
    /// Whether the version is of the document that gives the name.
    versioned: bool,
}

impl<'b> Laid<'b> {
    /// The same with one more document on top.
    pub(crate) fn over(self, layer: Table<'b>, place: Place, mistakes: &Mistakes<'_>) -> Laid<'b> {
        // A document that names itself has a version of its own, or none.
        let versioned = layer.get("version").is_some() || self.versioned && layer.get("name").is_none();
        Laid { root: merge_gathering(self.root, layer, TESTS, mistakes), place, versioned }
    }

    /// The same documents, of which something else is to be told.
    pub(crate) fn with_root(&self, root: Table<'b>) -> Laid<'b> {
        Laid { root, ..*self }
    }

    /// Compiles it. `mistakes` holds those that were made so far; `linted`, whether to look for what is doubtful.
    pub(crate) fn build<T>(
        &self,
        mistakes: Mistakes<'_>,
        linted: bool,
        also: impl FnOnce(&TableReader<'_, '_>, &Policy) -> T,
    ) -> Result<(Policy, T), Diagnostics> {
        let policy = compile(&self.root, self.place, self.versioned, &mistakes);
        let reader = mistakes.table(&self.root, self.place);
        // What is told of as missing may be there under a name that is nearly the same.
        if linted || mistakes.failed() {
            lint::report_misspelt(&self.root, &mistakes);
        }
        if linted && !mistakes.failed() {
            lint::run(&reader, &policy);
        }
        let rest = also(&reader, &policy);
        let warnings = mistakes.finish()?;
        Ok((policy.with_warnings(warnings), rest))
    }
}

/// Reports a document that is written for another format version.
pub(crate) fn check_version(document: &TableReader<'_, '_>) {
    let help = "write `svar = 1` first: by it a document says that it is one, and of which format";
    let version = document.need_for("svar", Some(help));
    if let Some(number) = version.integer(0..=i64::MAX).filter(|&number| number != FORMAT_VERSION) {
        let message =
            format!("this document has format version {number}, this library reads {FORMAT_VERSION}");
        let help = if number > FORMAT_VERSION { "use a newer release of svar" } else { "write `svar = 1`" };
        version.report(Diagnostic::error("format-version", message).with_help(help));
    }
}

/// A merged document as it is printed: without what it extends, which is in it, and without the version of a document
/// further down, which is not its own.
struct Whole<'t, 'a> {
    root: &'t Table<'a>,
    versioned: bool,
}

impl Serialize for Whole<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let kept = self.root.iter().filter(|entry| match &*entry.key.text {
            "extends" => false,
            "version" => self.versioned,
            _ => true,
        });
        serializer.collect_map(kept.map(|entry| (&entry.key.text, &entry.node.value)))
    }
}

/// What a document is called that another one extends by its path, `./…` or `../…`: that path from the folder of the
/// other.
///
/// ```
/// use svar::policy::beside;
///
/// assert_eq!(beside("bank/no.toml", "./base.toml"), "bank/base.toml");
/// assert_eq!(beside("bank/no.toml", "../house/base.toml"), "house/base.toml");
/// ```
pub fn beside(document: &str, path: &str) -> String {
    let mut whole = Path::new(document).parent().map(Path::to_path_buf).unwrap_or_default();
    for part in Path::new(path).components() {
        let is_below = matches!(whole.components().next_back(), Some(Component::Normal(_)));
        match part {
            Component::CurDir => {}
            Component::ParentDir if is_below => drop(whole.pop()),
            part => whole.push(part),
        }
    }
    whole.display().to_string()
}

#[derive(Clone, Copy)]
enum Text<'a> {
    BuiltIn(&'static str),
    Given(&'a str),
}

/// The documents in the order in which they are laid over one another.
struct Stack<'a> {
    builder: &'a PolicyBuilder,
    sources: Sources,
    /// The documents being read, outermost first.
    open: Vec<String>,
    done: Vec<String>,
    layers: Vec<Layer<'a>>,
    /// What is wrong so far.
    wrong: Option<Diagnostics>,
}

impl<'a> Stack<'a> {
    /// Puts a document on top of those that it extends, or notes what is wrong with it.
    fn add(&mut self, name: &str, text: Text<'a>, asked: Option<Place>) {
        if self.done.len() + self.open.len() >= MOST_DOCUMENTS {
            return self.note(self.too_many(asked).into());
        }
        let read = self.read(name, text);
        self.open.push(name.to_owned());
        match read {
            Ok((document, extends)) => {
                let below = self.extend_all(extends);
                let place = Place::new(document.source, crate::Span::default());
                self.layers.push(Layer { name: name.to_owned(), table: document.root, place, below });
            }
            Err(wrong) => self.note(wrong),
        }
        self.open.pop();
        self.done.push(name.to_owned());
    }

    /// A document, and what it extends.
    fn read(
        &mut self,
        name: &str,
        text: Text<'a>,
    ) -> Result<(Document<'a>, Vec<(String, Place)>), Diagnostics> {
        let document = match text {
            Text::BuiltIn(text) => {
                Document::parse_static(&mut self.sources, Cow::Owned(name.to_owned()), text)?
            }
            Text::Given(text) => Document::parse(&mut self.sources, Cow::Owned(name.to_owned()), text)?,
        };
        let mistakes = Mistakes::new(&self.sources);
        let reader = mistakes.table(&document.root, document.place());
        check_version(&reader);
        let mut extends = Vec::new();
        for field in reader.get("extends").array().into_iter().flatten() {
            if let (Some(name), Some(place)) = (field.string(), field.place()) {
                extends.push((name.to_owned(), place));
            }
        }
        mistakes.finish()?;
        if let Some(&(_, place)) = extends.get(MOST_DOCUMENTS) {
            return Err(self.too_many(Some(place)).into());
        }
        Ok((document, extends))
    }

    /// Extends some packs. Gives the names of them and of all that they extend.
    fn extend_all(&mut self, packs: Vec<(String, Place)>) -> Vec<String> {
        let mut below = Vec::new();
        for (written, place) in packs {
            let pack = self.called(&written);
            self.extend(&pack, &written, place);
            let further = self.layers.iter().find(|layer| layer.name == pack);
            below.extend(further.into_iter().flat_map(|layer| layer.below.iter().cloned()));
            below.push(pack);
        }
        below
    }

    /// What the pack is called that the document at hand extends: a file by its path, unless a pack has that very name.
    fn called(&self, written: &str) -> String {
        let is_given = self.builder.packs.iter().any(|(name, _)| name == written);
        match self.open.last() {
            Some(document) if written.starts_with('.') && !is_given => beside(document, written),
            _ => written.to_owned(),
        }
    }

    fn extend(&mut self, pack: &str, written: &str, place: Place) {
        if self.open.iter().any(|open| open == pack) {
            let chain = self.open.iter().skip_while(|open| *open != pack).map(|open| quoted(open));
            let chain: Vec<_> = chain.chain([quoted(pack)]).collect();
            let message = format!("{} extends itself: {}", quoted(pack), chain.join(" → "));
            return self.note(self.error("circular-extends", message, Some(place)).into());
        }
        if self.done.iter().any(|done| done == pack) {
            return;
        }
        let builder = self.builder;
        let given = builder.packs.iter().rev().find(|(name, _)| name == pack).map(|(_, text)| text.as_str());
        match (given, built_in(pack)) {
            (Some(text), _) => self.add(pack, Text::Given(text), Some(place)),
            (None, Some(text)) => self.add(pack, Text::BuiltIn(text), Some(place)),
            (None, None) => {
                let known = BUILT_IN.iter().map(|(name, _)| *name);
                let known: Vec<&str> =
                    known.chain(builder.packs.iter().map(|(name, _)| name.as_str())).collect();
                let help = match nearest(written, known.iter().copied()) {
                    Some(near) => format!("did you mean {}?", quoted(near)),
                    None => format!("there are {}", known.join(", ")),
                };
                let message = format!("there is no pack {}", quoted(written));
                self.note(self.error("unknown-pack", message, Some(place)).with_help(help).into());
            }
        }
    }

    fn too_many(&self, place: Option<Place>) -> Diagnostic {
        self.error("too-many", format!("a policy is made of at most {MOST_DOCUMENTS} documents"), place)
    }

    fn note(&mut self, wrong: Diagnostics) {
        self.wrong = Some(match self.wrong.take() {
            Some(before) => before.and(wrong),
            None => wrong,
        });
    }

    fn error(&self, code: &'static str, message: String, place: Option<Place>) -> Diagnostic {
        Diagnostic::error(code, message).at(place.and_then(|place| self.sources.locate(place)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clone_that_is_kept_takes_no_warning_away() {
        let text = "svar = 1\nname = 'a'\n[brand]\nname = 'A'\n[channels.wall]\nkind = 'social'\nvisibility = ['public']\n";
        let builder = PolicyBuilder::default().layer("a.toml", text);
        let count = |policy: &Policy| policy.warnings().len();
        let (alone, ()) = builder.build_and(|_, _| ()).unwrap();
        let (shared, clone) = builder.build_and(|_, policy| policy.clone()).unwrap();
        assert!(count(&alone) > 0);
        assert_eq!((count(&shared), count(&clone)), (count(&alone), 0));
    }
}
