//! The draft as a host gets it.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::Span;
use crate::case::Visibility;
use crate::lexicon::{ActId, AddressForm, LanguageId, Register};
use crate::rule::Report;
use crate::source::Location;

/// A reply the policy wrote and passes.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Draft {
    /// The whole reply; of several parts, all of them with an empty line between.
    pub text: String,
    /// The numbered parts, where it did not fit into one; empty otherwise.
    pub parts: Vec<String>,
    /// The channel it is for: the case's, or the one its private route leads to.
    pub channel: String,
    /// Who will read it.
    pub visibility: Visibility,
    /// Its language.
    pub language: LanguageId,
    /// Its register.
    pub register: Register,
    /// How it addresses the customer.
    pub address: AddressForm,
    /// The playbook it follows, if it follows one.
    pub playbook: Option<String>,
    /// The step of it that is due.
    pub step: Option<String>,
    /// What it says, in order.
    pub acts: Vec<ActId>,
    /// What it was made of, in the same order.
    pub templates: Vec<TemplateUse>,
    /// What it leaves out.
    pub dropped: Vec<Dropped>,
    /// The canned reply in it, by its name.
    pub canned: Option<String>,
    /// What the policy's rules say of it: no error, perhaps a warning or advice.
    pub report: Report,
    /// Where each act begins in the text.
    pub(crate) starts: Vec<usize>,
}

impl Draft {
    /// The template that stands at a place of the text.
    pub(crate) fn template_at(&self, span: Span) -> Option<&TemplateUse> {
        template_at(&self.text, &self.starts, &self.templates, span)
    }
}

/// The template in which a span of a text stands, if it is not about the whole.
pub(crate) fn template_at<'t>(
    text: &str,
    starts: &[usize],
    templates: &'t [TemplateUse],
    span: Span,
) -> Option<&'t TemplateUse> {
    let after = starts.partition_point(|start| *start <= span.start);
    let whole = span.is_empty() || span.len() == text.len();
    templates.get(after.checked_sub(1)?).filter(|_| !whole)
}

/// A template in a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TemplateUse {
    /// What it says.
    pub act: ActId,
    /// The template as it is written.
    pub template: String,
    /// Where it stands.
    pub location: Option<Location>,
}

/// Something a draft leaves out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Dropped {
    /// What it is.
    pub what: DroppedWhat,
    /// Of which act.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub act: Option<ActId>,
    /// Why.
    pub why: DroppedWhy,
    /// The slots it is about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub slots: Vec<String>,
}

words! {
    /// What is left out.
    #[non_exhaustive]
    DroppedWhat {
        /// A whole act.
        Act = "act",
        /// A part of a template in `[…]`.
        OptionalPart = "optional-part",
        /// The emoji.
        Emoji = "emoji",
        /// A value that the case has: nobody could be called by it, or a rule takes exception to it.
        Value = "value",
    }
}

words! {
    /// Why something is left out.
    #[non_exhaustive]
    DroppedWhy {
        /// The channel carries no more.
        NoSpace = "no-space",
        /// A slot has no value.
        NoValue = "no-value",
        /// The policy has no template for it in this language and address.
        NoTemplate = "no-template",
        /// The value is not what its slot holds.
        NotUsable = "not-usable",
        /// A rule does not allow it here.
        Rule = "rule",
    }
}

/// A public reply, and what follows it in private.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Pair {
    /// What everybody reads.
    pub public: Draft,
    /// What the customer alone reads, once the public reply stands.
    pub private: Draft,
}

impl Serialize for TemplateUse {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("act", &self.act)?;
        map.serialize_entry("template", &self.template)?;
        if let Some(location) = &self.location {
            map.serialize_entry("source", location.source().name())?;
            map.serialize_entry("line", &location.line())?;
        }
        map.end()
    }
}

/// The shape of `draft`.
impl Serialize for Draft {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("text", &self.text)?;
        if !self.parts.is_empty() {
            map.serialize_entry("parts", &self.parts)?;
        }
        map.serialize_entry("channel", &self.channel)?;
        map.serialize_entry("visibility", &self.visibility)?;
        map.serialize_entry("language", &self.language)?;
        map.serialize_entry("register", &self.register)?;
        map.serialize_entry("address", &self.address)?;
        map.serialize_entry("playbook", &self.playbook)?;
        map.serialize_entry("step", &self.step)?;
        map.serialize_entry("acts", &self.acts)?;
        map.serialize_entry("templates", &self.templates)?;
        map.serialize_entry("dropped", &self.dropped)?;
        if let Some(canned) = &self.canned {
            map.serialize_entry("canned", canned)?;
        }
        map.serialize_entry("findings", &self.report.findings)?;
        map.serialize_entry("policy", &self.report.policy)?;
        map.end()
    }
}
