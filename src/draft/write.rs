//! Writing: from the acts that are asked for to a text that fits.

use chrono::{DateTime, FixedOffset};

use super::choose;
use super::compose::{Composer, Item, Mirror, Part, Silent, Variants};
use super::filled::Values;
use super::plan::{Dropped, DroppedWhat, DroppedWhy, TemplateUse};
use super::say::{Hear, Voice};
use super::sayings::Sayings;
use super::slot::SlotType;
use super::template::SlotSet;
use crate::case::Visibility;
use crate::channel::{Channel, ChannelKind};
use crate::lexicon::{ActId, Acts, AddressForm, Register};
use crate::rule::Facts;

/// What stands at the beginning of a reply, in this order.
const OPENING: [&str; 2] = ["greeting", "bot-disclosure"];
/// What stands at its end.
const ENDING: [&str; 2] = ["closing", "signature"];

/// What is said in the place of an answer that is not there yet.
const PROMISE: &str = "deadline-promise";

/// So many of the acts that bind nobody and that a step may say are said.
const CHOSEN: usize = 2;
/// So many where the channel is for short messages.
const CHOSEN_IN_SHORT: usize = 1;
/// A channel that carries no more is for short messages, in whatever unit it counts.
const SHORT: usize = 500;

/// The acts of a reply, by their numbers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Order {
    /// What must be said, in this order.
    pub(crate) asked: Vec<u8>,
    /// What may be said; the last is left out first.
    pub(crate) optional: Vec<u8>,
    /// What the step may say.
    pub(crate) choice: Vec<u8>,
    /// Courtesies the channel wants around it.
    pub(crate) frame: Vec<u8>,
}

/// Everything a reply is written from.
pub(crate) struct Brief<'a, 'f> {
    pub(crate) sayings: &'a Sayings,
    pub(crate) acts: &'a Acts,
    pub(crate) language: usize,
    pub(crate) address: AddressForm,
    pub(crate) register: Register,
    pub(crate) channel: &'a Channel,
    pub(crate) visibility: Visibility,
    pub(crate) facts: &'f Facts<'f>,
    pub(crate) order: &'f Order,
    pub(crate) values: &'a Values,
    pub(crate) remedy: Option<&'f str>,
    pub(crate) canned: Option<&'f str>,
    pub(crate) now: Option<DateTime<FixedOffset>>,
    pub(crate) seed: u64,
    /// What the company has said before.
    pub(crate) earlier: Vec<&'f str>,
    /// The emoji that may be used; none where there shall be none.
    pub(crate) emoji: Option<Mirror<'f>>,
    /// Whether the limits hold: not where the text will be split.
    pub(crate) limited: bool,
}

/// A reply, not yet judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) text: String,
    pub(crate) acts: Vec<ActId>,
    pub(crate) templates: Vec<TemplateUse>,
    /// Where each act begins in the text.
    pub(crate) starts: Vec<usize>,
    pub(crate) dropped: Vec<Dropped>,
    pub(crate) decorated: bool,
}

/// Why nothing could be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum WriteError {
    /// Slots without values, each with the act that needs it.
    Missing(Vec<(ActId, u8)>),
    /// Slots with days that are over, until which something would be promised.
    Over(Vec<u8>),
    /// Acts without a template.
    NoTemplate(Vec<ActId>),
    /// What is left when everything that may be left out is.
    TooLong(String),
}

impl Brief<'_, '_> {
    pub(crate) fn write(&self, hear: Hear<'_>) -> Result<Written, WriteError> {
        let voice = Voice {
            sayings: self.sayings,
            language: self.language,
            address: self.address,
            values: &self.values.ready,
            now: self.now,
        };
        let limits = self.channel.limits(self.visibility).filter(|_| self.limited);
        let mut composer = Composer {
            voice,
            facts: self.facts,
            register: self.register,
            remedy: self.remedy,
            canned: self.canned.and_then(|id| self.sayings.canned_by_id(id)),
            seed: self.seed,
            given: self.values.given,
            earlier: self.earlier.clone(),
            limits: limits.collect(),
            letter: self.channel.kind() == ChannelKind::Mail,
            dropped: self.values.dropped.clone(),
        };
        let mut items = self.items(&mut composer, hear)?;
        if !composer.fit(&mut items) {
            return Err(WriteError::TooLong(composer.join(&items).0));
        }
        let decorated = self.emoji.is_some_and(|emoji| composer.decorate(&mut items, &emoji));
        for (act, slots) in composer.unfilled(&items) {
            let slots = self.sayings.slots().names_of(slots);
            let what = DroppedWhat::OptionalPart;
            composer.dropped.push(Dropped { what, act: Some(act), why: DroppedWhy::NoValue, slots });
        }
        let (text, starts) = composer.join(&items);
        let templates = items.iter().filter_map(|item| {
            let template = item.template()?;
            Some(TemplateUse {
                act: item.act.clone(),
                template: template.written().to_owned(),
                location: template.location().cloned(),
            })
        });
        Ok(Written {
            text,
            acts: items.iter().map(|item| item.act.clone()).collect(),
            templates: templates.collect(),
            starts,
            dropped: composer.dropped,
            decorated,
        })
    }

    fn items<'a>(
        &'a self,
        composer: &mut Composer<'a, '_>,
        hear: Hear<'_>,
    ) -> Result<Vec<Item<'a>>, WriteError> {
        let (mut missing, mut silent) = (Vec::new(), Vec::new());
        let (mut items, mut openings) = (Vec::new(), Vec::new());
        let asked = self.asked(composer, hear);
        let besides = self.besides(composer, hear);
        let sequence = self.sequence(&asked, &besides);
        let (mut wanted, mut said) = wanted(composer, &sequence, &besides, hear);
        for &(act, part) in &sequence {
            let Some((id, _)) = self.acts.get(act) else { continue };
            let found = wanted.iter().position(|(own, _)| *own == act);
            let found = found.map(|at| wanted.swap_remove(at).1);
            match found.unwrap_or_else(|| composer.variants(act, said, hear)) {
                Ok(variants) if part == Part::IfGiven => {
                    let own = variants.required().without(said);
                    if own.meets(self.values.given) {
                        said = said.and(own);
                        items.push(composer.item(id, part, variants, &mut openings));
                    }
                }
                Err(_) if part == Part::IfGiven => {}
                Ok(variants) => {
                    let own = variants.required();
                    // What happens to say a value that was given stays as long as what is there to say it.
                    let is_chosen = matches!(part, Part::Optional(_)) && own.meets(self.values.given);
                    let part = if is_chosen { Part::IfGiven } else { part };
                    said = said.and(own);
                    items.push(composer.item(id, part, variants, &mut openings));
                }
                Err(Silent::Missing(slots)) if part == Part::Asked => {
                    missing.extend(slots.iter().map(|slot| (id.clone(), slot)));
                }
                Err(Silent::NoTemplate) if part == Part::Asked => silent.push(id.clone()),
                Err(why) => {
                    let (why, slots) = match why {
                        Silent::Missing(slots) => (DroppedWhy::NoValue, self.sayings.slots().names_of(slots)),
                        Silent::NoTemplate => (DroppedWhy::NoTemplate, Vec::new()),
                    };
                    let what = DroppedWhat::Act;
                    composer.dropped.push(Dropped { what, act: Some(id.clone()), why, slots });
                }
            }
        }
        // What a host can mend is said first, and all of it.
        let over = over(&missing, composer.voice.filled());
        if !over.is_empty() {
            return Err(WriteError::Over(over));
        }
        if !missing.is_empty() {
            return Err(WriteError::Missing(missing));
        }
        if !silent.is_empty() {
            return Err(WriteError::NoTemplate(silent));
        }
        Ok(items)
    }

    /// What must be said. An answer that nobody has given yet gives way to the time by which it comes, where that was
    /// given and the step may promise one.
    fn asked<'a>(&'a self, composer: &mut Composer<'a, '_>, hear: Hear<'_>) -> Vec<u8> {
        let Order { asked, optional, choice, .. } = self.order;
        let none = SlotSet::default();
        let mut all = asked.clone();
        let Some(promise) = self.acts.index(PROMISE) else { return all };
        if asked.contains(&promise) || !optional.iter().chain(choice).any(|act| *act == promise) {
            return all;
        }
        for own in &mut all {
            let Err(Silent::Missing(slots)) = composer.variants(*own, none, hear) else { continue };
            let is_answer =
                slots.iter().any(|slot| self.sayings.slots().kind(slot) == Some(SlotType::Sentences));
            if !is_answer || !self.is_given(promise, composer, hear) {
                continue;
            }
            let act = self.acts.get(*own).map(|(id, _)| id.clone());
            let slots = self.sayings.slots().names_of(slots);
            composer.dropped.push(Dropped { what: DroppedWhat::Act, act, why: DroppedWhy::NoValue, slots });
            *own = promise;
            return all;
        }
        all
    }

    /// What the caller wants said besides, and where messages are short the promise of a time that was given: by itself
    /// it is shorter than within another act, which might be left out with it.
    fn besides<'a>(&'a self, composer: &mut Composer<'a, '_>, hear: Hear<'_>) -> Vec<u8> {
        let promise = self.acts.index(PROMISE).filter(|act| self.order.choice.contains(act));
        let promise = promise.filter(|&act| self.is_short() && self.is_given(act, composer, hear));
        let own = self.order.optional.iter().copied();
        own.chain(promise.filter(|act| !self.order.optional.contains(act))).collect()
    }

    /// Whether an act can be said with values that the caller gave.
    fn is_given<'a>(&'a self, act: u8, composer: &mut Composer<'a, '_>, hear: Hear<'_>) -> bool {
        let variants = composer.variants(act, SlotSet::default(), hear);
        variants.is_ok_and(|variants: Variants<'_>| variants.required().meets(self.values.given))
    }

    /// Whether the channel is for short messages.
    fn is_short(&self) -> bool {
        self.channel.limits(self.visibility).any(|limit| limit.max <= SHORT)
    }

    /// The acts in the order in which they are said: what opens, what is asked for with what is optional at its usual
    /// place among it (the order in which the policy declares acts), what ends.
    fn sequence(&self, asked: &[u8], optional: &[u8]) -> Vec<(u8, Part)> {
        let Order { choice, frame, .. } = self.order;
        let edge = |names: &[&str], act: u8| {
            self.acts.get(act).and_then(|(id, _)| names.iter().position(|name| *id == **name))
        };
        let is_edge = |act: u8| edge(&OPENING, act).or(edge(&ENDING, act)).is_some();
        let mut body: Vec<(u8, Part)> =
            asked.iter().filter(|&&act| !is_edge(act)).map(|&act| (act, Part::Asked)).collect();
        // A reply that says everything it may is long, and reads like the one before. What binds nobody is said now and
        // then; what does (an offer, a question, a way out of the channel) is said where a value was given for it.
        let (free, binding): (Vec<u8>, Vec<u8>) =
            choice.iter().filter(|&&act| !is_edge(act)).partition(|&&act| self.sayings.is_free(act));
        let from = choose::start(self.seed, "optional", free.len());
        let most = if self.is_short() { CHOSEN_IN_SHORT } else { CHOSEN };
        let free = free.iter().cycle().skip(from).take(free.len().min(most));
        let spoken = optional.iter().chain(free).zip(0..).map(|(&act, rank)| (act, Part::Optional(rank)));
        let binding = binding.into_iter().map(|act| (act, Part::IfGiven));
        for (act, part) in spoken.chain(binding) {
            if is_edge(act) || body.iter().any(|(other, _)| *other == act) {
                continue;
            }
            let at = body.iter().position(|(other, _)| *other > act).unwrap_or(body.len());
            body.insert(at, (act, part));
        }
        let edges = |names: &'static [&'static str]| {
            names.iter().filter_map(|name| {
                let act = self.acts.index(name)?;
                let part = if asked.contains(&act) { Part::Asked } else { Part::Frame };
                let wanted = part == Part::Asked || frame.contains(&act) || optional.contains(&act);
                wanted.then_some((act, part))
            })
        };
        edges(&OPENING).chain(body).chain(edges(&ENDING)).collect()
    }
}

/// The slots that have values which cannot be said: days that are over.
fn over(missing: &[(ActId, u8)], filled: SlotSet) -> Vec<u8> {
    let mut all = SlotSet::default();
    missing.iter().for_each(|(_, slot)| all.insert(*slot));
    all.without(all.without(filled)).iter().collect()
}

/// What can say an act, or why nothing can.
type Speech<'a> = Result<Variants<'a>, Silent>;

/// The acts that somebody wants said, each with what can say it, and the slots that they say together: what one of them
/// says of the values that were given is not said again by another. What is asked for speaks first, then what the
/// caller wants besides.
fn wanted<'a>(
    composer: &Composer<'a, '_>,
    sequence: &[(u8, Part)],
    besides: &[u8],
    hear: Hear<'_>,
) -> (Vec<(u8, Speech<'a>)>, SlotSet) {
    let (mut wanted, mut said) = (Vec::new(), SlotSet::default());
    let first = sequence.iter().filter(|(_, part)| *part == Part::Asked);
    let then = sequence.iter().filter(|(act, part)| *part != Part::Asked && besides.contains(act));
    for &(act, _) in first.chain(then) {
        let variants = composer.variants(act, said, hear);
        if let Ok(variants) = &variants {
            said = said.and(variants.required());
        }
        wanted.push((act, variants));
    }
    (wanted, said)
}
