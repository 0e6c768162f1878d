//! What is wrong with the writing of one document, collected while it is read.

use std::borrow::Cow;

use super::{Diagnostics, quoted};
use crate::Span;

/// How deep arrays and tables may stand in one another, the root included.
pub(super) const MAX_DEPTH: usize = 64;

/// One mistake in the writing of a document, before it is known which source it is in.
pub(super) struct Flaw {
    pub(super) code: &'static str,
    pub(super) message: Cow<'static, str>,
    pub(super) help: Option<Cow<'static, str>>,
    pub(super) span: Span,
    /// Where something stood first that now stands twice.
    pub(super) first: Option<Span>,
}

impl Flaw {
    pub(super) fn new(code: &'static str, span: Span, message: impl Into<Cow<'static, str>>) -> Self {
        Flaw { code, message: message.into(), help: None, span, first: None }
    }

    pub(super) fn help(mut self, help: impl Into<Cow<'static, str>>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub(super) fn first(mut self, first: Option<Span>) -> Self {
        self.first = first;
        self
    }

    pub(super) fn too_deep(span: Span) -> Self {
        let message = format!("tables and arrays stand more than {} deep in one another", MAX_DEPTH);
        Flaw::new("too-deep", span, message)
    }

    pub(super) fn number(text: &str, span: Span) -> Self {
        Flaw::new("out-of-range", span, format!("the number {} is too large", quoted(span.of(text))))
            .help("whole numbers go up to 9223372036854775807, others up to about 1.8e308")
    }

    pub(super) fn duplicate(key: &str, span: Span, first: Option<Span>) -> Self {
        Flaw::new("duplicate-key", span, format!("the key {} is here for the second time", quoted(key)))
            .help("keep one of them")
            .first(first)
    }
}

/// The mistakes in one document. What would not be listed is only counted, so that a document that is nothing but
/// mistakes does not become many times its size.
#[derive(Default)]
pub(super) struct Flaws {
    pub(super) list: Vec<Flaw>,
    pub(super) unlisted: usize,
}

impl Flaws {
    pub(super) fn push(&mut self, flaw: Flaw) {
        self.push_with(|| flaw);
    }

    /// Takes in a flaw that is only put into words if it will be listed.
    pub(super) fn push_with(&mut self, flaw: impl FnOnce() -> Flaw) {
        if self.list.len() < Diagnostics::MAX {
            self.list.push(flaw());
        } else {
            self.unlisted += 1;
        }
    }
}
