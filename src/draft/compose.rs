//! Composing: acts put one after another, until they fit.
//!
//! Where a reply is too long, something is left out, in this order, one thing at a time: of each act a shorter variant
//! is taken, where that saves most; then optional parts of templates, the last act's first; then optional acts, the
//! last first, but those that say what the caller gave; then the closing, the signature and the greeting, where the
//! step does not ask for them. For what the caller gave, the greeting goes before the signature; it is left out before
//! both where there is no room for it all the same. A sentence is never cut.

use std::cmp::Reverse;

use super::choose;
use super::plan::{Dropped, DroppedWhat, DroppedWhy};
use super::ready::ends_sentence;
use super::say::{Fullness, Hear, Said, Voice, nearest};
use super::sayings::Canned;
use super::slot::SlotType;
use super::template::{SlotSet, Template};
use crate::channel::Limit;
use crate::lexicon::{ActId, Register};
use crate::rule::Facts;
use crate::text::{Lengths, Unit, entities, lengths};

/// Why an act stands in a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The step asks for it.
    Asked,
    /// It may be said; the higher the number, the sooner it is left out.
    Optional(usize),
    /// It may be said where the caller gave a value that it says.
    IfGiven,
    /// The channel wants it around a reply.
    Frame,
}

/// One act to be said.
pub(super) struct Item<'a> {
    pub(super) act: &'a ActId,
    pub(super) part: Part,
    /// The templates that can say it.
    variants: Vec<&'a Template>,
    chosen: usize,
    fullness: Fullness,
    said: Said,
    lengths: Lengths,
    emoji: Option<&'a str>,
}

impl<'a> Item<'a> {
    pub(super) fn template(&self) -> Option<&'a Template> {
        self.variants.get(self.chosen).copied()
    }
}

/// The templates that can say an act.
pub(super) struct Variants<'a> {
    /// Those that say most of the case first; the others are for where space is short.
    templates: Vec<&'a Template>,
    /// How many say most.
    best: usize,
}

impl Variants<'_> {
    /// The slots that those which say most need.
    pub(super) fn required(&self) -> SlotSet {
        self.templates.first().map(|template| template.required).unwrap_or_default()
    }
}

/// Why an act cannot be said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Silent {
    /// No template of the language suits the register and address.
    NoTemplate,
    /// There are templates, and each lacks values; those of the one that lacks fewest.
    Missing(SlotSet),
}

/// Everything that choosing and fitting look at.
pub(super) struct Composer<'a, 'f> {
    pub(super) voice: Voice<'a>,
    pub(super) facts: &'f Facts<'f>,
    pub(super) register: Register,
    pub(super) remedy: Option<&'f str>,
    pub(super) canned: Option<&'a Canned>,
    pub(super) seed: u64,
    /// The slots that the caller gave values for.
    pub(super) given: SlotSet,
    /// What the company has said before.
    pub(super) earlier: Vec<&'f str>,
    pub(super) limits: Vec<&'a Limit>,
    /// Whether greeting and closing stand apart, as in a letter.
    pub(super) letter: bool,
    pub(super) dropped: Vec<Dropped>,
}

/// The emoji of a reply that answers emoji.
#[derive(Clone, Copy)]
pub(crate) struct Mirror<'m> {
    /// Whether the policy lets one be used here.
    pub(crate) allowed: &'m dyn Fn(&str) -> bool,
    /// Whether the customer used it.
    pub(crate) used: &'m dyn Fn(&str) -> bool,
}

impl<'a> Composer<'a, '_> {
    /// The templates that can say an act here, where the slots in `said` are said by other acts.
    pub(super) fn variants(&self, act: u8, said: SlotSet, hear: Hear<'_>) -> Result<Variants<'a>, Silent> {
        let filled = self.voice.filled();
        let mut missing: Option<SlotSet> = None;
        let sayings = self.voice.sayings;
        let canned = self.canned.filter(|canned| canned.act == act);
        let canned = canned.and_then(|canned| canned.languages.get(&self.voice.language));
        let groups = canned.into_iter().flatten().rev().chain(sayings.groups(act, self.voice.language));
        for group in groups.filter(|group| group.holds(self.facts, self.remedy)) {
            for register in nearest(self.register) {
                let mut fitting: Vec<&Template> = Vec::new();
                for template in group.templates.iter().filter(|template| template.suits_register(register)) {
                    if !template.forms(&mut *hear).suits(self.voice.address) {
                        continue;
                    }
                    let over = self.voice.over(&template.pieces);
                    let lacking = template.required.without(filled).and(over);
                    if lacking.is_empty() {
                        fitting.push(template);
                    } else if missing.is_none_or(|least| lacking.len() < least.len()) {
                        missing = Some(lacking);
                    }
                }
                // What says more about this case goes before what could be said of any.
                fitting.sort_by_key(|template| Reverse(self.weight(template, said)));
                if let Some(most) = fitting.first().map(|template| self.weight(template, said)) {
                    let best = fitting.partition_point(|template| self.weight(template, said) == most);
                    // What binds somebody is not put in other words where space is short.
                    if !sayings.is_free(act) {
                        fitting.truncate(best);
                    }
                    return Ok(Variants { templates: fitting, best });
                }
            }
        }
        Err(missing.map_or(Silent::NoTemplate, Silent::Missing))
    }

    /// How much a template says of this case: its values, and more than all of them whole sentences from the host. One
    /// that says again what was said goes after all others.
    fn weight(&self, template: &Template, said: SlotSet) -> Option<u32> {
        if template.required.meets(said) {
            return None;
        }
        let slots = &self.voice.sayings.slots;
        let sentences =
            template.required.iter().filter(|&slot| slots.kind(slot) == Some(SlotType::Sentences));
        Some(template.required.len() + 64 * sentences.count().min(1) as u32)
    }

    /// An act with the template the seed chooses: none that begins like another one, nor one that was said before,
    /// where there is a choice.
    pub(super) fn item(
        &self,
        act: &'a ActId,
        part: Part,
        variants: Variants<'a>,
        openings: &mut Vec<String>,
    ) -> Item<'a> {
        let Variants { templates: variants, best: count } = variants;
        let from = choose::start(self.seed, act.as_str(), count);
        let mut best = (3, from);
        for offset in 0..count {
            let at = (from + offset) % count.max(1);
            let Some(said) = variants.get(at).and_then(|template| self.say(template, Fullness::Whole)) else {
                continue;
            };
            let cost = self.monotony(&said.text, openings);
            if cost < best.0 {
                best = (cost, at);
            }
            if cost == 0 {
                break;
            }
        }
        let emoji = None;
        let mut item = Item {
            act,
            part,
            variants,
            chosen: best.1,
            fullness: Fullness::Whole,
            said: Said::default(),
            lengths: Lengths::default(),
            emoji,
        };
        self.resay(std::slice::from_mut(&mut item));
        openings.push(choose::opening(&item.said.text));
        item
    }

    /// How much a text says over again: what was said before, or how another act begins.
    fn monotony(&self, text: &str, openings: &[String]) -> usize {
        let repeats = text.len() > 12 && self.earlier.iter().any(|earlier| earlier.contains(text));
        let alike = openings.contains(&choose::opening(text));
        2 * usize::from(repeats) + usize::from(alike)
    }

    fn say(&self, template: &Template, fullness: Fullness) -> Option<Said> {
        self.voice.say(template, fullness, SlotSet::default())
    }

    /// Says all items again: what was said once is not said again where that is optional.
    fn resay(&self, items: &mut [Item<'a>]) {
        let mut before = SlotSet::default();
        for item in items {
            let said = item.template().and_then(|template| self.voice.say(template, item.fullness, before));
            let said = said.unwrap_or_default();
            before = before.and(said.slots);
            if said.text != item.said.text || item.lengths.bytes == 0 {
                item.lengths = measure(&said.text);
            }
            item.said = said;
        }
    }

    /// Leaves out what may be left out until the limits hold. Says whether they do.
    pub(super) fn fit(&mut self, items: &mut Vec<Item<'a>>) -> bool {
        self.resay(items);
        // Some room is left, so that nobody is told that the limit is near; for that nothing is left out whole.
        while self.is_over(items, true) {
            if !self.shorten(items) && !self.bare(items) {
                break;
            }
        }
        while self.is_over(items, false) {
            if !self.leave_out(items) {
                return false;
            }
        }
        true
    }

    fn is_over(&self, items: &[Item<'a>], with_room: bool) -> bool {
        self.limits.iter().any(|limit| {
            let max = if with_room { (limit.max as f64 * limit.warn_at) as usize } else { limit.max };
            self.length(items, limit.unit) > max
        })
    }

    /// The length of what the items come to. Spaces and line breaks count one in every unit.
    fn length(&self, items: &[Item<'a>], unit: Unit) -> usize {
        let texts: usize = items.iter().map(|item| item.lengths.get(unit)).sum();
        let gaps = items.iter().zip(items.iter().skip(1));
        texts + gaps.map(|(one, next)| self.gap(one, next).len()).sum::<usize>()
    }

    /// Takes a shorter variant where that saves most; one that begins like another act, or was said before, only where
    /// no other is shorter.
    fn shorten(&mut self, items: &mut [Item<'a>]) -> bool {
        let Some(unit) = self.tightest(items) else { return false };
        let mut best: Option<(Reverse<usize>, usize, usize, usize)> = None;
        let mut openings: Vec<String> = items.iter().map(|item| choose::opening(&item.said.text)).collect();
        for (at, item) in items.iter().enumerate() {
            let now = item.lengths.get(unit);
            let own = openings.get_mut(at).map(std::mem::take);
            for (variant, template) in item.variants.iter().enumerate().filter(|(at, _)| *at != item.chosen) {
                let Some(said) = self.say(template, item.fullness) else { continue };
                // What stands there to say a value says it.
                if item.part == Part::IfGiven && item.said.slots.without(said.slots).meets(self.given) {
                    continue;
                }
                let saved = now.saturating_sub(measure(&said.text).get(unit));
                let fresh = Reverse(self.monotony(&said.text, &openings));
                if saved > 0 && best.is_none_or(|(most_fresh, most, ..)| (fresh, saved) > (most_fresh, most))
                {
                    best = Some((fresh, saved, at, variant));
                }
            }
            if let (Some(own), Some(place)) = (own, openings.get_mut(at)) {
                *place = own;
            }
        }
        let Some((.., at, variant)) = best else { return false };
        if let Some(item) = items.get_mut(at) {
            item.chosen = variant;
        }
        self.resay(items);
        true
    }

    /// The unit of the limit that is overstepped most.
    fn tightest(&self, items: &[Item<'a>]) -> Option<Unit> {
        let share =
            |limit: &&&Limit| (self.length(items, limit.unit) * 1000).checked_div(limit.max).unwrap_or(0);
        self.limits.iter().max_by_key(share).map(|limit| limit.unit)
    }

    /// Leaves out the optional parts of the last template that still has some.
    fn bare(&mut self, items: &mut [Item<'a>]) -> bool {
        for at in (0..items.len()).rev() {
            let Some(item) = items.get_mut(at) else { continue };
            if item.fullness == Fullness::Bare || !item.template().is_some_and(Template::has_optional) {
                continue;
            }
            item.fullness = Fullness::Bare;
            let (act, before) = (item.act.clone(), item.said.text.len());
            self.resay(items);
            if items.get(at).is_some_and(|item| item.said.text.len() < before) {
                let what = DroppedWhat::OptionalPart;
                self.dropped.push(Dropped {
                    what,
                    act: Some(act),
                    why: DroppedWhy::NoSpace,
                    slots: Vec::new(),
                });
                return true;
            }
        }
        false
    }

    /// Whether there are values that were given, and what says them fits together with what is asked for and who signs.
    fn can_say_given(&self, items: &[Item<'a>]) -> bool {
        let is_core = |item: &&Item<'a>| {
            let stays = *item.act == "bot-disclosure" || *item.act == "signature";
            stays || matches!(item.part, Part::Asked | Part::IfGiven)
        };
        let fits = self.limits.iter().all(|limit| {
            let core = items.iter().filter(is_core).map(|item| item.lengths.get(limit.unit) + 1);
            core.sum::<usize>() <= limit.max + 1
        });
        fits && items.iter().any(|item| item.part == Part::IfGiven)
    }

    /// Leaves out a whole act.
    fn leave_out(&mut self, items: &mut Vec<Item<'a>>) -> bool {
        let says_given = self.can_say_given(items);
        let weight = |item: &Item<'a>| match item.part {
            Part::Asked => None,
            // No greeting is left out for what does not fit anyway.
            Part::IfGiven => Some(if says_given { 0 } else { 900 }),
            Part::Optional(rank) => Some(1_000 + rank),
            Part::Frame => {
                let order = match says_given {
                    true => ["signature", "bot-disclosure", "greeting", "closing"],
                    false => ["greeting", "bot-disclosure", "signature", "closing"],
                };
                order.iter().position(|name| *item.act == **name).map(|at| at + 1)
            }
        };
        // A machine says that it is one, however short the reply.
        let weighed = items.iter().enumerate().filter(|(_, item)| *item.act != "bot-disclosure");
        let Some((_, at)) = weighed.filter_map(|(at, item)| Some((weight(item)?, at))).max() else {
            return false;
        };
        let item = items.remove(at);
        self.dropped.push(Dropped {
            what: DroppedWhat::Act,
            act: Some(item.act.clone()),
            why: DroppedWhy::NoSpace,
            slots: Vec::new(),
        });
        self.resay(items);
        true
    }

    /// Puts an emoji behind the first act that goes with one, if there is room: one the customer used, or the act's
    /// first, which goes with anything. Says whether it did.
    pub(super) fn decorate(&self, items: &mut [Item<'a>], emoji: &Mirror<'_>) -> bool {
        for name in ["closing", "thanks", "greeting"] {
            let Some(at) = items.iter().position(|item| *item.act == *name && ends_sentence(&item.said.text))
            else {
                continue;
            };
            let fitting = items.get(at).map_or(&[][..], |item| self.voice.sayings.emoji(item.act.index()));
            let fitting = fitting.iter().map(|emoji| &**emoji).enumerate();
            let fitting = fitting.filter(|(rank, own)| *rank == 0 || (emoji.used)(own));
            let fitting: Vec<&str> = fitting.map(|(_, own)| own).filter(|own| (emoji.allowed)(own)).collect();
            let chosen = fitting.get(choose::start(self.seed, "emoji", fitting.len())).copied();
            let (Some(emoji), Some(item)) = (chosen, items.get_mut(at)) else { continue };
            let before = (item.said.text.clone(), item.lengths);
            item.said.text.push(' ');
            item.said.text.push_str(emoji);
            item.lengths = measure(&item.said.text);
            item.emoji = Some(emoji);
            if !self.is_over(items, true) {
                return true;
            }
            if let Some(item) = items.get_mut(at) {
                (item.said.text, item.lengths) = before;
                item.emoji = None;
            }
        }
        false
    }

    /// What stands between two acts.
    fn gap(&self, one: &Item<'a>, next: &Item<'a>) -> &'static str {
        let frames = |item: &Item<'a>| *item.act == "closing" || *item.act == "signature";
        if self.letter && (*one.act == "greeting" || frames(next) && !frames(one)) {
            return "\n\n";
        }
        let is_line = |item: &Item<'a>| item.emoji.is_none() && !ends_sentence(&item.said.text);
        if is_line(one) || is_line(next) { "\n" } else { " " }
    }

    /// The reply, and where each item begins in it.
    pub(super) fn join(&self, items: &[Item<'a>]) -> (String, Vec<usize>) {
        let (mut text, mut starts) = (String::new(), Vec::new());
        let mut last: Option<&Item<'a>> = None;
        for item in items.iter().filter(|item| !item.said.text.is_empty()) {
            text.push_str(last.map_or("", |last| self.gap(last, item)));
            starts.push(text.len());
            text.push_str(&item.said.text);
            last = Some(item);
        }
        (text, starts)
    }

    /// The slots that optional parts would have said, had they had values.
    pub(super) fn unfilled(&self, items: &[Item<'a>]) -> Vec<(ActId, SlotSet)> {
        let unfilled = items.iter().filter(|item| !item.said.unfilled.is_empty());
        unfilled.map(|item| (item.act.clone(), item.said.unfilled)).collect()
    }
}

pub(super) fn measure(text: &str) -> Lengths {
    let mut found = Vec::new();
    entities(text, &mut found);
    lengths(text, &found)
}
