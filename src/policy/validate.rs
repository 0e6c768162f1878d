//! Judging a reply in its conversation.

use std::sync::Arc;

use chrono::{DateTime, FixedOffset};
use thiserror::Error;

use super::{Inner, LONGEST_TEXT, Scratch, read};
use crate::case::{Case, Message, Visibility};
use crate::channel::Channel;
use crate::lexicon::{AddressForm, INTENTS, LanguageId, Reading, Register};
use crate::rule::{Facts, Fix, Flags, OTHER_INTENT, Place, Report, Scene, insert};
use crate::source::{nearest, quoted};

/// A case that does not fit the policy, or a text that cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CaseError {
    /// A channel the policy does not know.
    #[error("unknown channel {0}")]
    UnknownChannel(UnknownName),
    /// A language the policy does not speak.
    #[error("unknown language {0}")]
    UnknownLanguage(UnknownName),
    /// An intent that is none.
    #[error("unknown intent {0}")]
    UnknownIntent(UnknownName),
    /// A text longer than is read.
    #[error(transparent)]
    TooLong(TextTooLong),
}

/// A name that was not found, and the one that was perhaps meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownName {
    name: String,
    nearest: Option<String>,
    known: Vec<String>,
}

impl UnknownName {
    fn new<'a>(name: &str, known: impl Iterator<Item = &'a str> + Clone) -> Self {
        let nearest = nearest(name, known.clone()).map(str::to_owned);
        UnknownName { name: name.to_owned(), nearest, known: known.map(str::to_owned).collect() }
    }

    /// The name as it was given.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The known name that is nearest to it, if any is near.
    pub fn nearest(&self) -> Option<&str> {
        self.nearest.as_deref()
    }

    /// All names that are known.
    pub fn known(&self) -> &[String] {
        &self.known
    }
}

impl std::fmt::Display for UnknownName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&quoted(&self.name))?;
        match &self.nearest {
            Some(near) => write!(f, ", did you mean {}?", quoted(near)),
            None => write!(f, ", known are {}", self.known.join(", ")),
        }
    }
}

/// A text longer than [`LONGEST_TEXT`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the {what} has {bytes} bytes, at most {LONGEST_TEXT} are read")]
pub struct TextTooLong {
    what: &'static str,
    bytes: usize,
}

impl TextTooLong {
    /// How many bytes it has.
    pub fn bytes(&self) -> usize {
        self.bytes
    }
}

pub(super) fn check_length(what: &'static str, text: &str) -> Result<(), CaseError> {
    if text.len() > LONGEST_TEXT {
        return Err(CaseError::TooLong(TextTooLong { what, bytes: text.len() }));
    }
    Ok(())
}

impl Inner {
    pub(super) fn find_language(&self, code: &str) -> Result<usize, CaseError> {
        self.languages.iter().position(|language| language.as_str() == code).ok_or_else(|| {
            CaseError::UnknownLanguage(UnknownName::new(code, self.languages.iter().map(LanguageId::as_str)))
        })
    }

    fn find_channel(&self, id: &str) -> Result<usize, CaseError> {
        self.channels.iter().position(|channel| channel.id() == id).ok_or_else(|| {
            CaseError::UnknownChannel(UnknownName::new(id, self.channels.iter().map(Channel::id)))
        })
    }
}

/// A conversation of which everything is known but the reply.
pub struct Conversation<'a> {
    policy: &'a Inner,
    case: &'a Case,
    now: Option<DateTime<FixedOffset>>,
    channel: &'a Channel,
    channel_index: u16,
    visibility: Visibility,
    /// The language to answer in, where it is known: the case's, or the customer's.
    language: Option<usize>,
    intent: u8,
    flags: Flags,
    signals: u64,
    customer: Option<&'a Message>,
}

impl<'a> Conversation<'a> {
    pub(super) fn open(
        policy: &'a Inner,
        case: &'a Case,
        now: Option<DateTime<FixedOffset>>,
        scratch: &mut Scratch,
    ) -> Result<Self, CaseError> {
        let channel_index = policy.find_channel(&case.channel)?;
        let Some(channel) = policy.channels.get(channel_index) else {
            return Err(CaseError::UnknownChannel(UnknownName::new(&case.channel, std::iter::empty())));
        };
        let given = case.language.as_deref().map(|code| policy.find_language(code)).transpose()?;
        let customer = case.last_customer_message();
        let reading = &mut scratch.customer;
        reading.clear();
        if let Some(message) = customer {
            check_length("customer's message", &message.text)?;
            read::read(policy, &message.text, case.language.as_deref(), &mut scratch.read, reading);
        }
        let heard =
            reading.language.as_ref().and_then(|language| policy.find_language(language.as_str()).ok());
        let mut flags = Flags::default();
        flags.set(Flags::FIRST_REPLY, case.is_first_reply());
        flags.set(Flags::PRIVATE_ROUTE, channel.private_route().is_some());
        flags.set(Flags::CUSTOMER_EMOJI, !reading.emoji.is_empty());
        flags.set(Flags::BOT, case.is_by_bot());
        flags.set(Flags::MEDIA, case.facts.media);
        flags.set(Flags::FIXED, case.facts.fixed);
        flags.set(Flags::CONSENT, case.facts.consent);
        flags.set(Flags::CUSTOMER_WROTE, customer.is_some());
        flags.set(Flags::INTENT_GIVEN, case.facts.intent.is_some());
        flags.set(Flags::AGENT_NAMED, case.agent.name.is_some());
        let intent = match &case.facts.intent {
            Some(name) => intent_index(name)?,
            None => intent_index(reading.intent.kind()).unwrap_or(OTHER_INTENT),
        };
        let signal = |name: &Arc<str>| policy.lexicons.signals.iter().position(|signal| signal == name);
        let signals = reading.signals.iter().filter_map(|heard| signal(&heard.signal));
        let signals = signals.fold(0, |set, at| set | 1u64.checked_shl(at as u32).unwrap_or(0));
        Ok(Conversation {
            policy,
            case,
            now,
            channel,
            channel_index: channel_index as u16,
            visibility: case.visibility.unwrap_or_else(|| channel.default_visibility()),
            language: given.or(heard),
            intent,
            flags,
            signals,
            customer,
        })
    }

    /// What the customer wants: what the host says, else what was heard.
    pub fn intent(&self) -> &str {
        INTENTS.get(usize::from(self.intent)).copied().unwrap_or("other")
    }

    /// Judges a reply. `scratch` must be the one the conversation was opened with, and hold nothing newer.
    ///
    /// # Errors
    /// A reply of more than [`LONGEST_TEXT`] bytes.
    pub fn validate(&self, reply: &str, scratch: &mut Scratch) -> Result<Report, CaseError> {
        check_length("reply", reply)?;
        let policy = self.policy;
        let code = self.language.and_then(|language| policy.languages.get(language)).map(LanguageId::as_str);
        let Scratch { read, judge, reply: reading, customer } = scratch;
        let known = read::read(policy, reply, code, read, reading);
        let mut findings = Vec::new();
        // Where nobody says which language to answer in, the reply's own is as good as any.
        let language = self.language.or(known);
        let wanted = language.and_then(|language| policy.languages.get(language));
        let lead = |(heard, wanted)| policy.lexicons.identifier.lead(&read.identify, heard, wanted);
        let language_lead = reading.language.as_ref().zip(wanted).map_or(0, lead);
        let scene = Scene { language_lead, ..self.scene(reply, reading, customer, wanted) };
        let facts = Facts {
            channel: self.channel_index,
            visibility: self.visibility,
            language: language.and_then(|language| u8::try_from(language).ok()),
            intent: self.intent,
            register: self.channel.register(),
            flags: self.flags,
            heard: reading.heard,
            signals: self.signals,
            case: self.case,
        };
        let say = |act, place| self.say(&scene, language?, act, place);
        policy.rules.judge(&scene, &facts, &read.hear.rule_hits, &say, judge, &mut findings);
        Ok(Report::new(findings, policy.label.clone()))
    }

    fn scene<'s>(
        &'s self,
        reply: &'s str,
        reading: &'s Reading,
        customer: &'s Reading,
        language: Option<&'s LanguageId>,
    ) -> Scene<'s> {
        let policy = self.policy;
        let own_set = policy.channel_emoji.get(usize::from(self.channel_index)).and_then(Option::as_ref);
        Scene {
            case: self.case,
            reply,
            now: self.now,
            reading,
            customer: self.customer.map(|message| (message, customer)),
            channel: self.channel,
            visibility: self.visibility,
            language,
            language_known: self.language.is_some(),
            language_lead: 0,
            acts: &policy.lexicons.acts,
            courtesies: policy.courtesies,
            emoji_allowed: own_set.unwrap_or(&policy.emoji_allowed),
            emoji_ambiguous: &policy.emoji_ambiguous,
            links: &policy.links,
            brand: &policy.brand,
        }
    }

    /// A sentence that supplies an act, in the register of the reply and the channel, if it fits the channel's limits.
    fn say(&self, scene: &Scene<'_>, language: usize, act: u8, place: Place) -> Option<Fix> {
        let register = match scene.reading.register.label {
            Register::Neutral => scene.channel.register(),
            own => own,
        };
        // Nobody is addressed in two ways by a sentence that is added, nor in one the channel does not want.
        let expected = || scene.language.and_then(|language| scene.channel.address(language.as_str()));
        let address =
            Some(scene.reading.address.form).filter(|form| *form != AddressForm::None).or_else(expected);
        let register = match address {
            Some(AddressForm::Formal) => Register::Formal,
            Some(AddressForm::Informal) => register.min(Register::Neutral),
            _ => register,
        };
        let sayings = self.policy.lexicons.sayings.of(act, language, register);
        let fits = |fix: &Fix| {
            scene
                .channel
                .limits(self.visibility)
                .all(|limit| scene.reading.length.get(limit.unit) + fix.text.len() <= limit.max)
        };
        let mut fixes =
            sayings.iter().map(|saying| insert(scene.reply, scene.reading, scene.acts, place, &saying.text));
        fixes.find(fits)
    }
}

fn intent_index(name: &str) -> Result<u8, CaseError> {
    if name == "other" {
        return Ok(OTHER_INTENT);
    }
    INTENTS
        .iter()
        .position(|intent| *intent == name)
        .and_then(|at| u8::try_from(at).ok())
        .ok_or_else(|| CaseError::UnknownIntent(UnknownName::new(name, INTENTS.into_iter().chain(["other"]))))
}
