//! What is wrong with documents, collected while they are read.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use super::format::Format;
use super::nearest::{did_you_mean, listed};
use super::{Diagnostic, Diagnostics, Location, Place, Severity, Sources};

/// Collects what is wrong, and knows the sources it is wrong in.
///
/// Everything that reads takes a shared reference to the same one, so mistakes from all corners of a document come
/// out as one list.
#[derive(Debug)]
pub struct Mistakes<'s> {
    sources: &'s Sources,
    found: RefCell<Found>,
    /// What helps where nothing is known that could be meant; it is said once.
    unknowing: Cell<Option<&'static str>>,
    /// Keys that stand in no table, at the top of the document.
    top: Cell<&'static [&'static str]>,
    /// The keys that tables were asked for, against which the schema is held.
    #[cfg(test)]
    asked: RefCell<Vec<(Place, String)>>,
}

#[derive(Debug, Default)]
struct Found {
    list: Vec<Diagnostic>,
    unlisted: usize,
    failed: bool,
}

impl<'s> Mistakes<'s> {
    /// So many diagnostics are kept; those that follow are counted only.
    pub const MAX: usize = Diagnostics::MAX;

    /// No mistakes yet.
    pub fn new(sources: &'s Sources) -> Self {
        Mistakes {
            sources,
            found: RefCell::default(),
            unknowing: Cell::default(),
            top: Cell::default(),
            #[cfg(test)]
            asked: RefCell::default(),
        }
    }

    /// The sources places are looked up in.
    pub fn sources(&self) -> &'s Sources {
        self.sources
    }

    /// What [`Sources::locate`] says.
    pub fn locate(&self, place: Place) -> Option<Location> {
        self.sources.locate(place)
    }

    /// Whether the document that a place is in is JSON.
    pub(super) fn is_json(&self, place: Place) -> bool {
        Format::of(self.sources.text(place.source)) == Format::Json
    }

    /// Takes a diagnostic in.
    pub fn report(&self, diagnostic: Diagnostic) {
        let mut found = self.found.borrow_mut();
        found.failed |= diagnostic.severity() == Severity::Error;
        if found.list.len() < Self::MAX {
            found.list.push(diagnostic);
        } else {
            found.unlisted += 1;
        }
    }

    /// Takes an error in.
    pub fn error(&self, code: impl Into<Cow<'static, str>>, message: impl Into<String>, place: Place) {
        self.report(Diagnostic::error(code, message).at(self.locate(place)));
    }

    /// Counts errors that were not kept.
    pub(super) fn count_unlisted(&self, count: usize) {
        let mut found = self.found.borrow_mut();
        found.failed |= count > 0;
        found.unlisted += count;
    }

    /// Takes an error in that is only put into words if it will be listed.
    pub(crate) fn report_with(&self, error: impl FnOnce() -> Diagnostic) {
        let full = self.found.borrow().list.len() >= Self::MAX;
        if !full {
            return self.report(error());
        }
        self.count_unlisted(1);
    }

    /// Notes that a table was asked for a key.
    #[cfg(test)]
    pub(super) fn note_asked(&self, table: Place, key: &str) {
        self.asked.borrow_mut().push((table, key.to_owned()));
    }

    /// Every key that a table was asked for, with the place of the table.
    #[cfg(test)]
    pub(crate) fn asked(&self) -> Vec<(Place, String)> {
        self.asked.borrow().clone()
    }

    /// How many there are by now, so that a reader can tell whether its part added any.
    pub(crate) fn count(&self) -> usize {
        let found = self.found.borrow();
        found.list.len() + found.unlisted
    }

    /// Whether there is an error among them.
    pub fn failed(&self) -> bool {
        self.found.borrow().failed
    }

    /// Everything that was found, if it is only warnings and advice.
    ///
    /// # Errors
    ///
    /// Everything that was found, if an error is among it.
    pub fn finish(self) -> Result<Vec<Diagnostic>, Diagnostics> {
        let Found { list, unlisted, failed } = self.found.into_inner();
        match Diagnostics::with_unlisted(list, unlisted) {
            Some(list) if failed => Err(list),
            Some(list) => Ok(list.into_vec()),
            None => Ok(Vec::new()),
        }
    }

    /// Says what helps where nothing is known that could be meant.
    pub(crate) fn when_nothing_is_known(&self, help: &'static str) {
        self.unknowing.set(Some(help));
    }

    /// Names the keys that stand at the top of the document. One of them in a table is out of place.
    pub(crate) fn at_top(&self, keys: &'static [&'static str]) {
        self.top.set(keys);
    }

    /// Whether a key stands at the top of the document.
    pub(super) fn is_at_top(&self, key: &str) -> bool {
        self.top.get().contains(&key)
    }

    /// What may have been meant by a word that is not known, or else what can stand there; nothing, if there is nothing
    /// to say.
    pub(crate) fn meant<'w>(
        &self,
        word: &str,
        known: impl IntoIterator<Item = &'w str, IntoIter: Clone>,
    ) -> Option<String> {
        let known = known.into_iter();
        did_you_mean(word, known.clone())
            .or_else(|| listed(known))
            .or_else(|| Some(self.unknowing.take()?.to_owned()))
    }
}
