//! Why there is no draft.

use std::fmt;

use chrono::{DateTime, FixedOffset};
use thiserror::Error;

use super::CaseError;
use crate::draft::{SlotType, TemplateUse};
use crate::lexicon::ActId;
use crate::rule::{Finding, Report};
use crate::source::{Diagnostic, Diagnostics, Member, Severity, nearest, quoted};

/// Why there is no draft.
#[derive(Clone, Debug, PartialEq, Error)]
#[non_exhaustive]
pub enum DraftError {
    /// The case does not fit the policy.
    #[error(transparent)]
    Case(CaseError),
    /// Nobody says which language to answer in, and it could not be heard.
    #[error("the language of the conversation could not be told")]
    NoLanguage,
    /// There is nothing to say.
    #[error(transparent)]
    NothingToSay(NothingToSay),
    /// There are no two halves of a pair.
    #[error(transparent)]
    NoPair(NoPair),
    /// An act or canned reply that the policy does not know.
    #[error(transparent)]
    Unknown(UnknownSaying),
    /// Values that are not what their slots hold.
    #[error(transparent)]
    Values(BadValues),
    /// Slots that need a value.
    #[error(transparent)]
    Missing(MissingSlots),
    /// Acts that the policy cannot say.
    #[error(transparent)]
    NoTemplate(NoTemplate),
    /// What cannot be left out is longer than the channel carries.
    #[error(transparent)]
    TooLong(DraftTooLong),
    /// The policy's own rules do not let it pass.
    #[error(transparent)]
    Rejected(Rejected),
}

impl From<CaseError> for DraftError {
    fn from(error: CaseError) -> Self {
        DraftError::Case(error)
    }
}

/// A step at which nothing is said, or no step at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NothingToSay {
    pub(super) step: Option<String>,
    pub(super) action: String,
}

impl NothingToSay {
    /// The step that is due, if one is.
    pub fn step(&self) -> Option<&str> {
        self.step.as_deref()
    }

    /// What is to be done instead, such as `do-not-reply` or `hide`; `wait` where nothing is due.
    pub fn action(&self) -> &str {
        &self.action
    }
}

impl fmt::Display for NothingToSay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.step {
            Some(step) => write!(f, "the step {} says nothing: {}", quoted(step), self.action),
            None => write!(f, "no step of a playbook is due, and no acts were asked for"),
        }
    }
}

impl std::error::Error for NothingToSay {}

/// A public reply without a private one after it, or the other way round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoPair {
    pub(super) channel: String,
    pub(super) half: Lacking,
}

/// Which half of a pair there is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lacking {
    /// The reply that is due is private.
    Public,
    /// No way leads into private from the channel.
    Route,
    /// Nothing is due in private.
    Private,
}

impl NoPair {
    /// The channel of the case.
    pub fn channel(&self) -> &str {
        &self.channel
    }

    fn help(&self) -> &'static str {
        match self.half {
            Lacking::Public => "ask for the reply alone, with `draft`",
            Lacking::Route => {
                "ask for the public reply alone, with `draft`; it names another way to get in touch"
            }
            Lacking::Private => "ask for the public reply alone, with `draft`",
        }
    }
}

impl fmt::Display for NoPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let channel = quoted(&self.channel);
        match self.half {
            Lacking::Public => write!(f, "the reply on {channel} is private, so there is no public half"),
            Lacking::Route => write!(f, "{channel} has no private messages for the other half of a pair"),
            Lacking::Private => f.write_str("nothing follows in private once the public reply stands"),
        }
    }
}

impl std::error::Error for NoPair {}

/// A name of an act, or of a canned reply, that the policy does not know.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("the policy has no {what} {}", quoted(.name))]
pub struct UnknownSaying {
    pub(super) what: &'static str,
    pub(super) name: String,
    pub(super) nearest: Option<String>,
}

impl UnknownSaying {
    pub(super) fn new<'k>(
        what: &'static str,
        name: &str,
        known: impl Iterator<Item = &'k str> + Clone,
    ) -> UnknownSaying {
        UnknownSaying { what, name: name.to_owned(), nearest: nearest(name, known).map(str::to_owned) }
    }

    /// The name as it was given.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The known name that is nearest to it, if any is near.
    pub fn nearest(&self) -> Option<&str> {
        self.nearest.as_deref()
    }
}

/// Values that cannot be said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadValues(pub(super) Vec<BadValue>);

/// A value that cannot be said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadValue {
    pub(super) slot: String,
    pub(super) kind: Option<SlotType>,
    pub(super) why: String,
    pub(super) help: String,
    pub(super) passed: Option<DateTime<FixedOffset>>,
}

impl BadValue {
    /// The slot it was given for.
    pub fn slot(&self) -> &str {
        &self.slot
    }

    /// The type of the slot; none, where the policy has no such slot.
    pub fn slot_type(&self) -> Option<SlotType> {
        self.kind
    }

    /// What is wrong with it.
    pub fn why(&self) -> &str {
        &self.why
    }

    /// The instant, where that is what is wrong with it: it has passed, or is now.
    pub fn passed(&self) -> Option<DateTime<FixedOffset>> {
        self.passed
    }
}

impl fmt::Display for BadValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the value of {} cannot be said: {}", quoted(&self.slot), self.why)
    }
}

impl BadValues {
    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &BadValue> {
        self.0.iter()
    }
}

impl fmt::Display for BadValues {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        list(f, &self.0)
    }
}

impl std::error::Error for BadValues {}

/// Every slot that needs a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingSlots(pub(super) Vec<MissingSlot>);

/// A slot that needs a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingSlot {
    pub(super) slot: String,
    pub(super) kind: SlotType,
    pub(super) act: ActId,
}

impl MissingSlot {
    /// Its name.
    pub fn slot(&self) -> &str {
        &self.slot
    }

    /// Its type.
    pub fn slot_type(&self) -> SlotType {
        self.kind
    }

    /// The act that cannot be said without it.
    pub fn act(&self) -> &ActId {
        &self.act
    }
}

impl fmt::Display for MissingSlot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", quoted(&self.slot), self.kind)
    }
}

impl MissingSlots {
    /// All of them, in the order of the reply.
    pub fn iter(&self) -> impl Iterator<Item = &MissingSlot> {
        self.0.iter()
    }

    /// These and others, each slot once.
    pub(super) fn and(mut self, more: MissingSlots) -> MissingSlots {
        for slot in more.0 {
            if self.0.iter().all(|own| own.slot != slot.slot) {
                self.0.push(slot);
            }
        }
        self
    }
}

impl fmt::Display for MissingSlots {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("values are missing for ")?;
        list(f, &self.0)
    }
}

impl std::error::Error for MissingSlots {}

fn list(f: &mut fmt::Formatter<'_>, all: &[impl fmt::Display]) -> fmt::Result {
    for (at, one) in all.iter().enumerate() {
        write!(f, "{}{one}", if at > 0 { ", " } else { "" })?;
    }
    Ok(())
}

/// Acts that the policy has no template for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoTemplate {
    pub(super) acts: Vec<ActId>,
    pub(super) language: String,
    pub(super) address: &'static str,
}

impl NoTemplate {
    /// The acts.
    pub fn acts(&self) -> &[ActId] {
        &self.acts
    }

    /// The language.
    pub fn language(&self) -> &str {
        &self.language
    }
}

impl fmt::Display for NoTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let acts: Vec<String> = self.acts.iter().map(|act| quoted(act.as_str())).collect();
        let (language, address) = (quoted(&self.language), self.address);
        write!(f, "the policy cannot say {} in {language} with {address} address", acts.join(", "))
    }
}

impl std::error::Error for NoTemplate {}

/// A reply that is too long with everything left out that may be.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("the shortest reply is {length} long in {unit}, and {channel} carries {max}")]
pub struct DraftTooLong {
    pub(super) channel: String,
    pub(super) unit: &'static str,
    pub(super) length: usize,
    pub(super) max: usize,
}

impl DraftTooLong {
    /// How long it is.
    pub fn length(&self) -> usize {
        self.length
    }

    /// How long it may be.
    pub fn max(&self) -> usize {
        self.max
    }

    /// The unit of both.
    pub fn unit(&self) -> &str {
        self.unit
    }
}

/// A reply that breaks a rule of its own policy.
#[derive(Clone, Debug, PartialEq)]
pub struct Rejected {
    pub(super) text: String,
    pub(super) report: Box<Report>,
    /// For each error the template it stands in, if it stands in one.
    pub(super) templates: Vec<Option<TemplateUse>>,
}

impl Rejected {
    /// The reply, not to be published.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What is wrong with it.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// The errors, each with the template it stands in.
    pub fn errors(&self) -> impl Iterator<Item = (&Finding, Option<&TemplateUse>)> {
        let errors = self.report.findings.iter().filter(|finding| finding.severity == Severity::Error);
        errors.zip(self.templates.iter().map(Option::as_ref))
    }
}

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the reply breaks ")?;
        for (at, (finding, template)) in self.errors().enumerate() {
            write!(f, "{}{}", if at > 0 { ", " } else { "" }, quoted(finding.rule.as_str()))?;
            if let Some(location) = template.and_then(|template| template.location.as_ref()) {
                write!(f, " ({location})")?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for Rejected {}

impl From<DraftError> for Diagnostics {
    fn from(error: DraftError) -> Self {
        let message = error.to_string();
        let one = |code: &'static str, help: &str| Diagnostic::error(code, message.clone()).with_help(help);
        let list: Vec<Diagnostic> = match &error {
            DraftError::Case(error) => return error.clone().into(),
            DraftError::NoLanguage => vec![one("no-language", "give the case a `language`")],
            DraftError::NothingToSay(_) => {
                vec![one("nothing-to-say", "ask `next` what is due, or give `acts`")]
            }
            DraftError::NoPair(why) => vec![one("no-pair", why.help())],
            DraftError::Unknown(unknown) => {
                let help = unknown.nearest.as_ref().map(|near| format!("did you mean {}?", quoted(near)));
                let member = Member::new("acts.*").or("optional.*").or("remedy").or("canned");
                let told = one("unknown-value", help.as_deref().unwrap_or("use a name of the policy"));
                vec![told.about_member(member.says(&unknown.name))]
            }
            DraftError::Values(values) => {
                let diagnostic = |value: &BadValue| {
                    let code = if value.kind.is_some() { "slot-value" } else { "unknown-slot" };
                    let member = Member::new("slots").key(value.slot.to_string());
                    let told = Diagnostic::error(code, value.to_string()).about_member(member);
                    told.with_help(value.help.clone())
                };
                values.iter().map(diagnostic).collect()
            }
            DraftError::Missing(missing) => {
                let diagnostic = |slot: &MissingSlot| {
                    let message = format!("a value is missing for {slot}");
                    let act = quoted(slot.act.as_str());
                    Diagnostic::error("missing-slot", message)
                        .with_help(format!("{act} cannot be said without it"))
                };
                missing.iter().map(diagnostic).collect()
            }
            DraftError::NoTemplate(_) => vec![one("no-template", "give the acts templates under `say`")],
            DraftError::TooLong(_) => {
                vec![one("draft-too-long", "write shorter templates, or allow parts with `max_parts`")]
            }
            DraftError::Rejected(rejected) => {
                let diagnostic = |(finding, template): (&Finding, Option<&TemplateUse>)| {
                    let message =
                        format!("the draft breaks {}: {}", quoted(finding.rule.as_str()), finding.message);
                    let location = template.and_then(|template| template.location.clone());
                    Diagnostic::error("draft-rejected", message)
                        .at(location)
                        .with_help(finding.why.to_string())
                };
                rejected.errors().map(diagnostic).collect()
            }
        };
        let first = Diagnostic::error("draft-rejected", message.clone());
        Diagnostics::new(list).unwrap_or_else(|| first.into())
    }
}
