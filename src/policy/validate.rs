//! Judging a reply in its conversation.

use std::borrow::Cow;

use chrono::{DateTime, FixedOffset};

use super::case_error::{Text, UnknownName, check_length};
use super::content::Content;
use super::{CaseError, Inner, Listened, ReadScratch, Scratch, read, signed};
use crate::case::{Answerers, Case, Message, Visibility};
use crate::channel::Channel;
use crate::draft::{Manner, Template};
use crate::lexicon::{ActSet, AddressForm, INTENTS, LanguageId, Reading, Register, bit_of};
use crate::playbook::Timing;
use crate::rule::{Facts, Fix, Flags, OTHER_INTENT, Offer, Place, Report, Scene, Stage, Values, insert};

/// The intent of whoever complains.
pub(super) const COMPLAINT: &str = "complaint";

/// The signal that a life may be at risk.
const SELF_HARM: &str = "self-harm";

/// Whether the policy knows every intent that a case names, no amount is less than nothing, and each message is short
/// enough.
pub(super) fn check_case(case: &Case) -> Result<(), CaseError> {
    let said = case.events.iter().filter(|event| event.kind == "intent").map(|event| &event.value);
    for intent in said.chain([&case.facts.intent]).flatten() {
        intent_index(intent)?;
    }
    case.facts.check_amounts()?;
    case.messages
        .iter()
        .enumerate()
        .try_for_each(|(index, message)| check_length(Text::Message(index), &message.text))
}

impl Inner {
    /// The number of a language by its code, or by a tag that begins with the code, as platforms give it: `en-GB`,
    /// `NB`. `no` is Norwegian in whichever of its forms the policy speaks, Bokmål before Nynorsk.
    pub(super) fn find_language(&self, tag: &str) -> Result<usize, CaseError> {
        let codes = || self.languages.iter().map(LanguageId::as_str);
        let of = |wanted: &str| codes().position(|code| code.eq_ignore_ascii_case(wanted));
        let primary = tag.split(['-', '_']).next().unwrap_or(tag);
        let norwegian = || ["nb", "nn"].into_iter().find_map(of);
        of(tag)
            .or_else(|| of(primary))
            .or_else(|| norwegian().filter(|_| primary.eq_ignore_ascii_case("no")))
            .ok_or_else(|| {
                let mut unknown = UnknownName::new(tag, codes());
                // Two letters are a language of their own, and not another one misspelt.
                unknown.nearest = unknown.nearest.filter(|_| primary.len() > 2);
                CaseError::UnknownLanguage(unknown)
            })
    }

    pub(super) fn code(&self, language: usize) -> Option<&str> {
        self.languages.get(language).map(LanguageId::as_str)
    }

    /// A channel by its id, and its number, which conditions know it by.
    pub(super) fn find_channel(&self, id: &str) -> Result<(u16, &Channel), CaseError> {
        let mut channels = (0..=u16::MAX).zip(&self.channels);
        channels.find(|(_, channel)| channel.id().eq_ignore_ascii_case(id)).ok_or_else(|| {
            CaseError::UnknownChannel(UnknownName::new(id, self.channels.iter().map(Channel::id)))
        })
    }

    /// The signals that are heard in a text, as bits.
    pub(super) fn signals_in(&self, reading: &Reading) -> u64 {
        reading.signals.iter().fold(0, |set, heard| set | self.signal(&heard.signal))
    }

    /// The bit of a signal; none where the policy does not know it.
    fn signal(&self, name: &str) -> u64 {
        bit_of(&self.lexicons.signals, name).unwrap_or(0)
    }
}

/// What is known of a case whatever is written in it.
pub(super) fn flags_of(case: &Case, channel: &Channel) -> Flags {
    let mut flags = Flags::default();
    flags.set(Flags::PRIVATE_ROUTE, channel.private_route().is_some());
    flags.set(Flags::MEDIA, case.facts.media);
    flags.set(Flags::FIXED, case.facts.fixed);
    flags.set(Flags::CONSENT, case.facts.consent);
    flags.set(Flags::INTENT_GIVEN, case.facts.intent.is_some());
    flags
}

/// What the host says of the case, and who has written in it.
fn set_by_case(flags: &mut Flags, case: &Case, answerers: Answerers) {
    flags.set(Flags::FIRST_REPLY, !answerers.have_answered(case));
    flags.set(Flags::BOT, case.is_by_bot());
    flags.set(Flags::CUSTOMER_WROTE, case.last_customer_message().is_some());
    flags.set(Flags::AGENT_NAMED, case.agent.name.is_some());
    flags.set(Flags::CUSTOMER_WAITS, answerers.are_awaited(case));
    flags.set(Flags::IDENTIFIED, case.facts.identified);
    flags.set(Flags::INVESTIGATED, case.facts.investigated);
    flags.set(Flags::OFFERED, case.facts.offered);
    flags.set(Flags::LOSS, case.facts.loss_kind().is_some());
    flags.set(Flags::TOLD, case.facts.told);
    let beyond = case.facts.complexity.zip(case.agent.level).is_some_and(|(case, agent)| case > agent);
    flags.set(Flags::BEYOND_AGENT, beyond);
}

/// Hears what the customer wrote last, if anything.
fn listen(
    policy: &Inner,
    customer: Option<&Message>,
    language: Option<&str>,
    scratch: &mut Scratch,
) -> Listened {
    let mut listened = std::mem::take(&mut scratch.customer);
    let Listened { reading, hits } = &mut listened;
    reading.clear();
    hits.clear();
    if let Some(message) = customer {
        read::read(policy, &message.text, language, read::Aim::Everything, &mut scratch.read, reading);
        hits.extend_from_slice(&scratch.read.hear.rule_hits);
    }
    listened
}

/// A conversation of which everything is known but the reply.
pub struct Conversation<'a> {
    pub(super) policy: &'a Inner,
    /// As it is known at `now`.
    pub(super) case: Cow<'a, Case>,
    pub(super) now: Option<DateTime<FixedOffset>>,
    pub(super) channel: &'a Channel,
    pub(super) channel_index: u16,
    pub(super) visibility: Visibility,
    /// The language to answer in, where it is known: the case's, or the customer's.
    pub(super) language: Option<usize>,
    pub(super) intent: u8,
    pub(super) flags: Flags,
    pub(super) signals: u64,
    /// What was heard in the customer's last message.
    pub(super) listened: Listened,
    /// Whose words are an answer.
    pub(super) answerers: Answerers,
    /// How often the company has answered in public.
    pub(super) public_turns: u16,
    /// The step that is due, where a rule asks for it.
    pub(super) stage: Option<Stage>,
    /// When the last of the running clocks is due.
    due: Option<DateTime<FixedOffset>>,
    offer: Option<Box<Offer>>,
}

impl std::fmt::Debug for Conversation<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut debug = f.debug_struct("Conversation");
        debug.field("policy", &self.policy.label).field("case", &self.case).field("now", &self.now);
        debug.field("intent", &self.intent()).finish_non_exhaustive()
    }
}

impl<'a> Conversation<'a> {
    pub(super) fn open(
        policy: &'a Inner,
        case: &'a Case,
        now: Option<DateTime<FixedOffset>>,
        timing: &Timing,
        scratch: &mut Scratch,
    ) -> Result<Self, CaseError> {
        let (channel_index, channel) = policy.find_channel(&case.channel)?;
        let given = case.language.as_deref().map(|code| policy.find_language(code)).transpose()?;
        check_case(case)?;
        let known = case.as_of(now);
        let case: &Case = &known;
        let customer = case.last_customer_message();
        let code = given.and_then(|language| policy.code(language));
        let listened = listen(policy, customer, code, scratch);
        let reading = &listened.reading;
        let heard =
            || reading.language.as_ref().and_then(|language| policy.find_language(language.as_str()).ok());
        let mut flags = flags_of(case, channel);
        flags.set(Flags::CUSTOMER_EMOJI, !reading.emoji.is_empty());
        flags.set(Flags::CLOSED, timing.open == Some(false));
        let answerers = policy.sla.clocks.answerers.of(case);
        set_by_case(&mut flags, case, answerers);
        let intent = match &case.facts.intent {
            Some(name) => intent_index(name)?,
            None => intent_index(reading.intent.kind()).unwrap_or(OTHER_INTENT),
        };
        let signals = policy.signals_in(reading) | scratch.presumed_signals;
        let language = given.or_else(heard);
        let code = language.and_then(|language| policy.code(language));
        let content = Content::of(policy, case, answerers, code, reading, scratch);
        flags.set(Flags::SOLVED, content.solved);
        flags.set(Flags::POLITE, content.polite);
        flags.set(Flags::LIFE, signals & policy.signal(SELF_HARM) != 0);
        let complains = INTENTS.get(usize::from(intent)) == Some(&COMPLAINT);
        flags.set(Flags::COMPLAINS, complains && flags.has(Flags::CUSTOMER_WAITS));
        let visibility = case.reply_visibility(channel.default_visibility());
        let public_turns = answerers.public_turns(case, channel.default_visibility());
        let offer = policy.judge_offer(case)?;
        let mut conversation = Conversation {
            policy,
            case: known,
            now,
            channel,
            channel_index,
            visibility,
            language,
            intent,
            flags,
            signals,
            listened,
            answerers,
            public_turns,
            stage: None,
            due: timing.due.iter().map(|(_, at)| *at).max(),
            offer,
        };
        if policy.rules.rest_on_stage() {
            conversation.settle_stage(scratch);
        }
        Ok(conversation)
    }

    pub(super) fn signals_of(&self, reading: &Reading) -> u64 {
        self.policy.signals_in(reading)
    }

    /// The number of the case's channel.
    pub(super) fn channel_number(&self) -> usize {
        usize::from(self.channel_index)
    }

    /// What the customer wants: what the host says, else what was heard.
    pub fn intent(&self) -> &str {
        INTENTS.get(usize::from(self.intent)).copied().unwrap_or("other")
    }

    /// Judges a reply.
    ///
    /// # Errors
    /// A reply of more than [`LONGEST_TEXT`](super::LONGEST_TEXT) bytes.
    pub fn validate(&self, reply: &str, scratch: &mut Scratch) -> Result<Report, CaseError> {
        self.judge(reply, false, scratch)
    }

    /// Whether a rule is asked of a reply: whether its condition holds.
    pub(crate) fn asks(&self, rule: &str, reply: &str, scratch: &mut Scratch) -> Result<bool, CaseError> {
        check_length(Text::Reply, reply)?;
        let Scratch { read, reply: reading, .. } = scratch;
        let known = self.read_reply(reply, read, reading);
        let facts = self.facts(self.language.or(known), reading.heard);
        Ok(self.policy.rules.get(rule).is_some_and(|rule| rule.when.holds(&facts)))
    }

    /// Gives the memory in which the customer was heard to a scratch: the next conversation that is opened with it
    /// takes no new memory. A conversation that is dropped frees it.
    pub fn close(self, scratch: &mut Scratch) {
        scratch.customer = self.listened;
    }

    /// Judges a reply that is published in several parts, each of which fits: the limits are not for the whole.
    pub(super) fn validate_parts(&self, reply: &str, scratch: &mut Scratch) -> Result<Report, CaseError> {
        self.judge(reply, true, scratch)
    }

    pub(super) fn values(&self, intent: u8) -> Values {
        Values::new(self.visibility, self.channel.register(), intent, self.flags, &self.case.facts)
    }

    /// What conditions look at.
    pub(super) fn facts(&self, language: Option<usize>, heard: ActSet) -> Facts<'_> {
        Facts {
            channel: self.channel_index,
            language: language.and_then(|language| u8::try_from(language).ok()),
            values: self.values(self.intent),
            heard,
            signals: self.signals,
            public_turns: self.public_turns,
            stage: self.stage,
            case: &self.case,
        }
    }

    /// Reads a reply of this conversation. Gives the number of its language, if that is known.
    pub(super) fn read_reply(
        &self,
        reply: &str,
        scratch: &mut ReadScratch,
        reading: &mut Reading,
    ) -> Option<usize> {
        let policy = self.policy;
        let code = self.language.and_then(|language| policy.code(language));
        let known = read::read(policy, reply, code, read::Aim::Acts, scratch, reading);
        signed::hear_name(reply, self.case.agent.name.as_deref(), &policy.lexicons.acts, reading);
        known
    }

    fn judge(&self, reply: &str, in_parts: bool, scratch: &mut Scratch) -> Result<Report, CaseError> {
        check_length(Text::Reply, reply)?;
        let policy = self.policy;
        let Scratch { read, judge, reply: reading, .. } = scratch;
        let known = self.read_reply(reply, read, reading);
        let mut findings = Vec::new();
        // Where nobody says which language to answer in, the reply's own is as good as any.
        let language = self.language.or(known);
        let wanted = language.and_then(|language| policy.languages.get(language));
        let lead = |(heard, wanted)| policy.lexicons.identifier.lead(&read.identify, heard, wanted);
        let language_lead = reading.language.as_ref().zip(wanted).map_or(0, lead);
        let scene = Scene { language_lead, in_parts, ..self.scene(reply, reading, wanted) };
        let facts = self.facts(language, reading.heard);
        let say = |act, place| self.say(&scene, &facts, act, place);
        policy.rules.judge(&scene, &facts, &read.hear.rule_hits, &say, judge, &mut findings);
        Ok(Report::new(findings, policy.label.clone(), reply, &self.case))
    }

    fn scene<'s>(
        &'s self,
        reply: &'s str,
        reading: &'s Reading,
        language: Option<&'s LanguageId>,
    ) -> Scene<'s> {
        let policy = self.policy;
        let own_set = policy.channel_emoji.get(usize::from(self.channel_index)).and_then(Option::as_ref);
        Scene {
            case: &self.case,
            reply,
            now: self.now,
            reading,
            customer: self.case.last_customer_message().map(|message| (message, &self.listened.reading)),
            channel: self.channel,
            visibility: self.visibility,
            language,
            language_known: self.language.is_some(),
            language_lead: 0,
            in_parts: false,
            acts: &policy.lexicons.acts,
            courtesies: policy.courtesies,
            emoji_allowed: own_set.unwrap_or(&policy.emoji_allowed),
            emoji_ambiguous: &policy.emoji_ambiguous,
            links: &policy.links,
            brand: &policy.brand,
            stage: self.stage,
            public_turns: self.public_turns,
            due: self.due,
            offer: self.offer.as_deref(),
        }
    }

    /// A sentence that supplies an act, in the register of the reply and the channel, if it fits the channel's limits.
    fn say(&self, scene: &Scene<'_>, facts: &Facts<'_>, act: u8, place: Place) -> Option<Fix> {
        let policy = self.policy;
        let language = usize::from(facts.language?);
        let register = match scene.reading.register.label {
            Register::Neutral => scene.channel.register(),
            own => own,
        };
        // Nobody is addressed in two ways by a sentence that is added.
        let own = scene.reading.address.form;
        let address = match own {
            AddressForm::Formal | AddressForm::Informal => own,
            AddressForm::Mixed | AddressForm::None => {
                let channel = scene.language.and_then(|language| scene.channel.address(language.as_str()));
                let customer = scene.customer.map_or(AddressForm::None, |(_, reading)| reading.address.form);
                policy.sayings.address(language, channel, customer)
            }
        };
        let fits = |fix: &Fix| {
            scene
                .channel
                .limits(self.visibility)
                .all(|limit| scene.reading.length.get(limit.unit) + fix.text.len() <= limit.max)
        };
        // A template is heard but once, and most have been, so that memory to hear in is not worth keeping.
        let mut hear = |template: &Template| policy.hear_address(template, language, &mut Scratch::default());
        let manner = Manner { language, register, address };
        policy.sayings.offer_sentences(act, manner, facts, &mut hear, |sentence| {
            Some(insert(scene.reply, scene.reading, scene.acts, place, sentence)).filter(fits)
        })
    }
}

pub(super) fn intent_index(name: &str) -> Result<u8, CaseError> {
    if name == "other" {
        return Ok(OTHER_INTENT);
    }
    INTENTS
        .iter()
        .position(|intent| *intent == name)
        .and_then(|at| u8::try_from(at).ok())
        .ok_or_else(|| CaseError::UnknownIntent(UnknownName::new(name, INTENTS.into_iter().chain(["other"]))))
}
