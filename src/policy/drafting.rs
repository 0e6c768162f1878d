//! Drafting: where a reply goes, what stands around it, and its judgement.

use super::draft_error::{
    BadValue, BadValues, DraftError, DraftTooLong, MissingSlot, MissingSlots, NoTemplate, Rejected,
    UnknownSaying,
};
use super::plan::{Plan, Setting};
use super::validate::Conversation;
use super::{Inner, Listened, Scratch, read};
use crate::case::{Author, Case, Visibility};
use crate::channel::{Channel, ChannelKind, Courtesy};
use crate::draft::{
    Brief, Draft, Dropped, DroppedWhat, DroppedWhy, Mirror, Order, Samples, SlotValue, SlotValues, Template,
    Values, Voice, WriteError, Written, joined, place_in, split, template_at,
};
use crate::lexicon::{ActSet, AddressForm, LanguageId, Reading};
use crate::money::Money;
use crate::rule::{Finding, Flags, Report};
use crate::source::Severity;
use crate::text::{EmojiSet, entities, lengths};

/// The slot of the customer's name.
const CUSTOMER: &str = "customer";

impl Inner {
    /// The number of an act by its name.
    pub(super) fn act(&self, name: &str) -> Result<u8, DraftError> {
        let acts = &self.lexicons.acts;
        let known = || acts.names().collect::<Vec<_>>().into_iter();
        acts.index(name).ok_or_else(|| DraftError::Unknown(UnknownSaying::new("act", name, known())))
    }

    /// The channel and visibility a reply goes to: in private, where the channel itself is public only, by the way
    /// that leads there.
    pub(super) fn destination<'c>(
        &'c self,
        channel: &'c Channel,
        wanted: Visibility,
    ) -> (&'c Channel, Visibility) {
        if channel.visibilities().contains(&wanted) {
            return (channel, wanted);
        }
        let route = channel.private_route().map(|route| &*route.to);
        let to = route.and_then(|to| self.channels.iter().find(|other| other.id() == to));
        match to.filter(|to| wanted == Visibility::Private && to.visibilities().contains(&wanted)) {
            Some(to) => (to, wanted),
            None => (channel, channel.default_visibility()),
        }
    }

    /// Writes a reply and judges it.
    pub(super) fn draft(
        &self,
        case: &Case,
        slots: &SlotValues,
        plan: &Plan,
        setting: &Setting<'_>,
        scratch: &mut Scratch,
    ) -> Result<Draft, DraftError> {
        let channel = self.channel(&case.channel)?;
        let wanted = plan.visibility.unwrap_or_else(|| case.reply_visibility(channel.default_visibility()));
        let home = channel.id();
        let (channel, visibility) = self.destination(channel, wanted);
        let mut case = case.as_of(setting.now);
        if channel.id() != home || case.visibility.is_some_and(|own| own != visibility) {
            moved(case.to_mut(), channel, visibility);
        } else if case.visibility.is_none() && channel.visibilities().len() > 1 {
            case.to_mut().visibility = Some(visibility);
        }
        let case: &Case = &case;
        let conversation = Conversation::open(self, case, setting.now, setting.timing, scratch)?;
        let language = conversation.language.or((self.languages.len() == 1).then_some(0));
        let language = language.ok_or(DraftError::NoLanguage)?;
        let drafting =
            Drafting { policy: self, conversation, case, channel, visibility, language, plan, setting };
        let draft = drafting.draft(slots, scratch);
        drafting.conversation.close(scratch);
        draft
    }
}

/// The case as it is where the reply goes.
pub(super) fn moved(case: &mut Case, channel: &Channel, visibility: Visibility) {
    let before = case.visibility;
    for message in &mut case.messages {
        message.visibility = message.visibility.or(before).or(Some(Visibility::Public));
    }
    channel.id().clone_into(&mut case.channel);
    case.visibility = Some(visibility);
}

/// One reply being drafted.
struct Drafting<'a, 's> {
    policy: &'a Inner,
    conversation: Conversation<'s>,
    case: &'s Case,
    channel: &'a Channel,
    visibility: Visibility,
    language: usize,
    plan: &'s Plan,
    setting: &'s Setting<'s>,
}

/// A reply that was written and judged.
struct Judged<'c> {
    written: Written,
    /// The parts that are published one after the other, where it does not fit into one.
    parts: Vec<String>,
    report: Report,
    address: AddressForm,
    canned: Option<&'c str>,
}

impl Drafting<'_, '_> {
    fn draft(&self, slots: &SlotValues, scratch: &mut Scratch) -> Result<Draft, DraftError> {
        let values = self.values(slots)?;
        let judged = self.judged(&values, scratch)?;
        // Nobody is left without a reply for what they call themselves.
        let nameless = if judged.report.passes() { None } else { self.without_name(&values) };
        let again = nameless.and_then(|values| self.judged(&values, scratch).ok());
        self.passed(again.filter(|again| again.report.passes()).unwrap_or(judged))
    }

    /// The values without the customer's name, where nobody gave that for this reply: not where a policy is tried out,
    /// for there it is the template that has to do with a name.
    fn without_name(&self, values: &Values) -> Option<Values> {
        let is_real = self.setting.samples.is_none();
        values.without_known(self.policy.sayings.slots(), CUSTOMER).filter(|_| is_real)
    }

    /// Writes a reply with values and judges it.
    fn judged(&self, values: &Values, scratch: &mut Scratch) -> Result<Judged<'_>, DraftError> {
        let sayings = &self.policy.sayings;
        let Listened { reading: customer, hits } = &self.conversation.listened;
        let facts = self.conversation.facts(Some(self.language), ActSet::default());
        let canned = self.setting.canned.or_else(|| sayings.canned_for(hits, &facts, self.language));
        let order = self.order(canned);
        let code = self.policy.languages.get(self.language);
        let expected = code.and_then(|code| self.channel.address(code.as_str()));
        let address = self
            .setting
            .address
            .unwrap_or_else(|| sayings.address(self.language, expected, customer.address.form));
        let emoji = self.emoji(customer);
        let theirs = self.emoji_of(customer);
        let used = |emoji: &str| theirs.contains(emoji);
        let safe = |emoji: &str| self.policy.is_safe_emoji(self.conversation.channel_index, emoji);
        let mut brief = Brief {
            sayings,
            acts: &self.policy.lexicons.acts,
            language: self.language,
            address,
            register: self.channel.register(),
            channel: self.channel,
            visibility: self.visibility,
            facts: &facts,
            order: &order,
            values,
            remedy: self.setting.remedy,
            canned,
            now: self.setting.now,
            seed: self.setting.seed,
            earlier: self.earlier(),
            emoji: emoji.then_some(Mirror { allowed: &safe, used: &used }),
            limited: true,
        };
        let mut written = self.write(&brief, scratch);
        let mut split_into = None;
        if let (Err(WriteError::TooLong(text)), Some(most)) = (&written, self.channel.max_parts()) {
            let text = text.clone();
            brief.limited = false;
            brief.emoji = None;
            written = self.write(&brief, scratch);
            split_into = Some((most, text));
        }
        let written = written.map_err(|error| self.failed(error, address))?;
        let (report, parts, written) = match split_into {
            Some((most, shortest)) => self.judge_parts(written, most, &shortest, scratch)?,
            None => self.judge(written, &mut brief, scratch)?,
        };
        Ok(Judged { written, parts, report, address, canned })
    }

    fn write(&self, brief: &Brief<'_, '_>, scratch: &mut Scratch) -> Result<Written, WriteError> {
        brief.write(&mut |template| self.policy.hear_address(template, self.language, scratch))
    }

    /// Judges a reply; an emoji that a rule takes exception to is left out.
    fn judge(
        &self,
        written: Written,
        brief: &mut Brief<'_, '_>,
        scratch: &mut Scratch,
    ) -> Result<(Report, Vec<String>, Written), DraftError> {
        let report = self.conversation.validate(&written.text, scratch)?;
        let emoji: Vec<_> = scratch.reply.emoji.iter().map(|emoji| emoji.span).collect();
        let about_emoji = |finding: &Finding| {
            emoji.iter().any(|span| finding.span.start < span.end && span.start < finding.span.end)
        };
        if !written.decorated || !report.findings.iter().any(about_emoji) {
            return Ok((report, Vec::new(), written));
        }
        brief.emoji = None;
        let mut written = self.write(brief, scratch).map_err(|error| self.failed(error, brief.address))?;
        let (what, why) = (DroppedWhat::Emoji, DroppedWhy::Rule);
        written.dropped.push(Dropped { what, act: None, why, slots: Vec::new() });
        let report = self.conversation.validate(&written.text, scratch)?;
        Ok((report, Vec::new(), written))
    }

    fn judge_parts(
        &self,
        written: Written,
        most: usize,
        shortest: &str,
        scratch: &mut Scratch,
    ) -> Result<(Report, Vec<String>, Written), DraftError> {
        let limits: Vec<_> = self.channel.limits(self.visibility).collect();
        let Scratch { read, reply, .. } = &mut *scratch;
        self.conversation.read_reply(&written.text, read, reply);
        let parts = split(&written.text, &reply.sentences, &limits, most);
        let parts = parts.ok_or_else(|| self.too_long(shortest))?;
        // What is judged is what is given: with the numbers.
        let starts = written.starts.iter().map(|&start| place_in(&parts, start)).collect();
        let written = Written { text: joined(&parts), starts, ..written };
        let report = self.conversation.validate_parts(&written.text, scratch)?;
        Ok((report, parts.into_iter().map(|part| part.text).collect(), written))
    }

    fn passed(&self, judged: Judged<'_>) -> Result<Draft, DraftError> {
        let Judged { written, parts, report, address, canned } = judged;
        let language = self.policy.languages.get(self.language).cloned().ok_or(DraftError::NoLanguage)?;
        if !report.passes() {
            let errors = report.findings.iter().filter(|finding| finding.severity == Severity::Error);
            let templates = errors.map(|finding| {
                template_at(&written.text, &written.starts, &written.templates, finding.span).cloned()
            });
            let templates = templates.collect();
            let rejected = Rejected { text: written.text, report: Box::new(report), templates };
            return Err(DraftError::Rejected(rejected));
        }
        Ok(Draft {
            text: written.text,
            parts,
            channel: self.channel.id().to_owned(),
            visibility: self.visibility,
            language,
            register: self.channel.register(),
            address,
            playbook: self.plan.playbook.clone(),
            step: self.plan.step.clone(),
            acts: written.acts,
            templates: written.templates,
            dropped: written.dropped,
            canned: canned.map(str::to_owned),
            report,
            starts: written.starts,
        })
    }

    /// What the plan asks for, with the courtesies of the channel, and without what the step forbids.
    fn order(&self, canned: Option<&str>) -> Order {
        let acts = &self.policy.lexicons.acts;
        let mut order = Order {
            asked: self.plan.asked.clone(),
            optional: self.plan.besides.clone(),
            choice: self.plan.optional.clone(),
            frame: Vec::new(),
        };
        let flags = self.conversation.flags;
        let opens = !self.case.messages.iter().any(|message| {
            self.conversation.answerers.answer(message)
                && message.visibility.or(self.case.visibility).unwrap_or(self.visibility) == self.visibility
        });
        let frame = |courtesy| self.channel.frame().contains(&courtesy);
        let mut wants = |name: &str, wanted: bool| {
            let act = acts.index(name).filter(|act| wanted && !self.plan.forbidden.contains(act));
            order.frame.extend(act);
        };
        // A letter greets each time.
        let greets = opens || self.channel.kind() == ChannelKind::Mail;
        wants("greeting", greets && frame(Courtesy::Greeting));
        wants("bot-disclosure", opens && flags.has(Flags::BOT));
        wants("closing", frame(Courtesy::Closing));
        // On social media a signature is a person's.
        wants(
            "signature",
            frame(Courtesy::Signature) && (frame(Courtesy::Closing) || flags.has(Flags::AGENT_NAMED)),
        );
        let Some(act) = canned.and_then(|id| self.policy.sayings.canned_act(id)) else { return order };
        // A canned reply is the answer, whatever it does. Another one is told if there is one.
        let due = acts.index("information").filter(|answer| self.plan.step.is_some() && *answer != act);
        if let Some(answer) = due.filter(|answer| order.asked.contains(answer)) {
            order.asked.retain(|other| *other != answer);
            order.choice.push(answer);
        }
        if !order.asked.contains(&act) {
            order.optional.retain(|other| *other != act);
            order.choice.retain(|other| *other != act);
            order.asked.push(act);
        }
        order
    }

    /// The values that are said: those that were given and those that are known, or samples of them.
    fn values(&self, slots: &SlotValues) -> Result<Values, DraftError> {
        let sayings = &self.policy.sayings;
        if let Some(samples) = self.setting.samples {
            return Ok(sayings.values(self.language, samples));
        }
        Values::gather(sayings.slots(), slots, self.known(), self.setting.now).map_err(|faults| {
            let bad = faults.into_iter().map(|fault| BadValue {
                slot: fault.slot,
                kind: fault.kind,
                why: fault.why,
                help: fault.help,
                passed: fault.passed,
            });
            DraftError::Values(BadValues(bad.collect()))
        })
    }

    /// Values that nobody needs to give.
    fn known(&self) -> Vec<(&'static str, SlotValue)> {
        let brand = &self.policy.brand;
        let case = self.case;
        let text = |value: &Option<String>| value.clone().map(SlotValue::Text);
        let known = [
            (CUSTOMER, text(&case.customer.name)),
            ("agent", text(&case.agent.name)),
            ("brand", text(&brand.name)),
            ("email", text(&brand.email)),
            ("phone", text(&brand.phone)),
            ("contact", text(&brand.email).or_else(|| text(&brand.phone))),
            ("amount", self.offer().map(SlotValue::Money)),
            ("loss", case.facts.loss.map(SlotValue::Money)),
            ("opening", self.plan.next_opening.map(SlotValue::Instant)),
        ];
        known.into_iter().filter_map(|(slot, value)| Some((slot, value?))).collect()
    }

    /// What is offered: what the host says, else the remedy to be thought of first, where nobody must agree to it.
    fn offer(&self) -> Option<Money> {
        let remedy = self.plan.remedy.as_ref().filter(|remedy| remedy.approval.is_none());
        self.case.facts.offer.or(remedy.and_then(|remedy| remedy.amount))
    }

    /// Emoji answer emoji, and never a complaint, nor abuse.
    fn emoji(&self, customer: &Reading) -> bool {
        let calm = !matches!(self.conversation.intent(), "complaint" | "abuse" | "spam");
        calm && !customer.emoji.is_empty() && self.channel.emoji().max != Some(0)
    }

    /// The emoji the customer's last message has.
    fn emoji_of(&self, customer: &Reading) -> EmojiSet {
        let mut set = EmojiSet::default();
        let text = self.case.last_customer_message().map_or("", |message| &*message.text);
        for emoji in &customer.emoji {
            // One that the data does not have yet is nobody's to answer.
            let _ = set.insert(emoji.span.of(text));
        }
        set
    }

    fn earlier(&self) -> Vec<&str> {
        let ours = self.case.messages.iter().filter(|message| message.from != Author::Customer);
        ours.map(|message| &*message.text).collect()
    }

    fn failed(&self, error: WriteError, address: AddressForm) -> DraftError {
        let slots = self.policy.sayings.slots();
        match error {
            WriteError::Missing(missing) => {
                let mut all: Vec<MissingSlot> = Vec::new();
                for (act, slot) in missing {
                    let Some((slot, kind)) = slots.name_and_kind(slot) else { continue };
                    if all.iter().all(|other| other.slot != slot) {
                        all.push(MissingSlot { slot: slot.to_owned(), kind, act });
                    }
                }
                DraftError::Missing(MissingSlots(all))
            }
            WriteError::Over(over) => {
                let named = over.into_iter().filter_map(|slot| slots.name_and_kind(slot));
                let bad = named.map(|(slot, kind)| BadValue {
                    slot: slot.to_owned(),
                    kind: Some(kind),
                    why: "nothing can be promised until a day that is over".to_owned(),
                    help: "give a day that is still to come".to_owned(),
                    passed: None,
                });
                DraftError::Values(BadValues(bad.collect()))
            }
            WriteError::NoTemplate(acts) => {
                let language =
                    self.policy.languages.get(self.language).map(LanguageId::as_str).unwrap_or_default();
                let address = match address {
                    AddressForm::Formal => "formal",
                    AddressForm::Informal => "informal",
                    AddressForm::Mixed | AddressForm::None => "impersonal",
                };
                DraftError::NoTemplate(NoTemplate { acts, language: language.to_owned(), address })
            }
            WriteError::TooLong(text) => self.too_long(&text),
        }
    }

    /// By how much the shortest text is too long, in the unit in which it is so most.
    fn too_long(&self, text: &str) -> DraftError {
        let mut found = Vec::new();
        entities(text, &mut found);
        let lengths = lengths(text, &found);
        let over = self.channel.limits(self.visibility).map(|limit| (lengths.get(limit.unit), limit));
        let worst = over.max_by_key(|(length, limit)| (length * 1000).checked_div(limit.max).unwrap_or(0));
        let (length, unit, max) = worst
            .map_or((lengths.utf16, "utf16", 0), |(length, limit)| (length, limit.unit.as_str(), limit.max));
        DraftError::TooLong(DraftTooLong { channel: self.channel.id().to_owned(), unit, length, max })
    }
}

impl Inner {
    pub(super) fn channel(&self, id: &str) -> Result<&Channel, DraftError> {
        Ok(self.find_channel(id)?.1)
    }

    /// Which form of address is heard in a template.
    pub(super) fn hear_address(
        &self,
        template: &Template,
        language: usize,
        scratch: &mut Scratch,
    ) -> AddressForm {
        let values = self.sayings.values(language, Samples::Usual);
        let voice = Voice::with(&self.sayings, language, AddressForm::None, &values);
        let code = self.languages.get(language).map(LanguageId::as_str);
        let Scratch { read, reply: reading, .. } = scratch;
        // A template that is only looked at is no text that anybody tests.
        let probe = read.hear.probe.take();
        let mut heard = AddressForm::None;
        for text in voice.sayings_of(template) {
            read::read(self, &text, code, read::Aim::Acts, read, reading);
            heard = match (heard, reading.address.form) {
                (AddressForm::None, form) | (form, AddressForm::None) => form,
                (one, other) if one == other => one,
                _ => AddressForm::Mixed,
            };
        }
        read.hear.probe = probe;
        heard
    }

    /// Whether an emoji may be used on a channel.
    fn is_safe_emoji(&self, channel: u16, emoji: &str) -> bool {
        let own = self.channel_emoji.get(usize::from(channel)).and_then(Option::as_ref);
        own.unwrap_or(&self.emoji_allowed).contains(emoji) && !self.emoji_ambiguous.contains(emoji)
    }
}
