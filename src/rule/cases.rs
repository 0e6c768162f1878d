//! For which cases conditions hold: whether any case meets several of them at once, and an example of one.
//!
//! A condition is taken apart into *boxes*: each asks for a set of values of each fact, and the condition holds where
//! one of its boxes does. Boxes meet in a box, so that a chain of conditions, some of which must hold and some must
//! not, is settled without trying cases.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::condition::{Condition, Rare};
use super::values::Flags;
use crate::case::Visibility;
use crate::channel::Channel;
use crate::lexicon::{ActSet, INTENTS};
use crate::source::quoted;

/// More boxes than this are not looked at; nothing is said of such conditions.
const MOST_BOXES: usize = 512;

/// What cases can be like in a policy.
#[derive(Debug)]
pub(crate) struct World {
    sites: Vec<Site>,
    /// The steps of each playbook, by number.
    steps: Vec<u8>,
}

/// What a condition can ask of a channel.
#[derive(Debug)]
struct Site {
    id: String,
    visibilities: u8,
    register: u8,
    private_route: bool,
}

/// Whether several conditions can be met at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Meeting {
    /// By a case like this, in words; empty, where any case will do.
    Met(String),
    /// They contradict one another, or one contradicts itself.
    Contradictory,
    /// They do not contradict one another, but no channel of the policy is like that.
    Nowhere,
    /// They are too intricate to tell.
    Unknown,
}

impl World {
    pub(crate) fn new(channels: &[Channel], steps: Vec<u8>) -> World {
        let site = |channel: &Channel| Site {
            id: channel.id().to_owned(),
            visibilities: channel.visibilities().iter().fold(0, |set, own| set | 1 << *own as u8),
            register: channel.register() as u8,
            private_route: channel.private_route().is_some(),
        };
        World { sites: channels.iter().map(site).collect(), steps }
    }

    /// Whether a case can meet all of these conditions and none of those, at a step if one is named.
    pub(crate) fn meet(&self, hold: &[&Condition], fail: &[&Condition], stage: Option<(u8, u8)>) -> Meeting {
        let mut boxes =
            vec![Cases { stages: stage.map(|own| BTreeSet::from([Some(own)])), ..Cases::default() }];
        let parts = hold.iter().map(|condition| self.boxes(condition));
        for part in parts.chain(fail.iter().map(|condition| self.against(condition))) {
            let Some(met) = part.and_then(|part| product(&boxes, &part)) else { return Meeting::Unknown };
            boxes = met;
        }
        if boxes.is_empty() {
            return Meeting::Contradictory;
        }
        // A policy without channels says nothing of them.
        if self.sites.is_empty() {
            return Meeting::Met(String::new());
        }
        let found = boxes.iter().find_map(|own| self.place(own).map(|site| own.words(site)));
        found.map_or(Meeting::Nowhere, Meeting::Met)
    }

    /// The first channel on which a case of a box can be.
    fn place(&self, cases: &Cases) -> Option<&Site> {
        let allowed = |at: &u16| cases.channels.as_ref().is_none_or(|set| set.contains(at));
        let numbered = (0..=u16::MAX).zip(&self.sites);
        let mut sites = numbered.filter(|(at, _)| allowed(at)).map(|(_, site)| site);
        sites.find(|site| {
            let route = if site.private_route { cases.off } else { cases.on };
            site.visibilities & cases.visibilities != 0
                && cases.registers >> site.register & 1 == 1
                && !route.has(Flags::PRIVATE_ROUTE)
        })
    }

    /// The boxes of a condition; `None` if there are too many.
    fn boxes(&self, condition: &Condition) -> Option<Vec<Cases>> {
        let mut boxes = vec![self.literal_box(condition)];
        let Some(rare) = condition.rare.as_deref() else { return Some(boxes) };
        if !rare.any.is_empty() {
            let mut all = Vec::new();
            for alternative in &rare.any {
                all.extend(self.boxes(alternative)?);
            }
            boxes = product(&boxes, &all)?;
        }
        if let Some(not) = &rare.not {
            boxes = product(&boxes, &self.against(not)?)?;
        }
        Some(boxes)
    }

    /// The boxes of the opposite of a condition: one of the things it asks for is otherwise.
    fn against(&self, condition: &Condition) -> Option<Vec<Cases>> {
        let mut boxes = self.literal_box(condition).opposites(self);
        if let Some(rare) = condition.rare.as_deref() {
            if !rare.any.is_empty() {
                let mut none = vec![Cases::default()];
                for alternative in &rare.any {
                    none = product(&none, &self.against(alternative)?)?;
                }
                boxes.extend(none);
            }
            if let Some(not) = &rare.not {
                boxes.extend(self.boxes(not)?);
            }
        }
        (boxes.len() <= MOST_BOXES).then_some(boxes)
    }

    /// What a condition asks for, without its `any` and `not`. A set of nothing stands for languages the policy does
    /// not speak, or for names that were not understood, and asks for nothing here.
    fn literal_box(&self, condition: &Condition) -> Cases {
        let set = |set: Option<u8>| set.filter(|set| *set != 0).unwrap_or(u8::MAX);
        let channels = condition.channels.as_deref().filter(|list| !list.is_empty());
        let mut cases = Cases {
            on: condition.on,
            off: condition.off,
            visibilities: condition.visibility.map_or(u8::MAX, |own| 1 << own as u8),
            registers: set(condition.registers),
            faults: set(condition.faults),
            priorities: set(condition.priorities),
            severities: set(condition.severities),
            intents: condition.intents.filter(|set| *set != 0).unwrap_or(ALL_INTENTS),
            languages: condition.languages.filter(|set| *set != 0).unwrap_or(u64::MAX),
            channels: channels.map(|list| list.iter().copied().collect()),
            ..Cases::default()
        };
        if let Some(rare) = condition.rare.as_deref() {
            cases.met = atoms(rare);
            cases.stages = self.stages(rare);
        }
        cases
    }

    /// The steps that may be due for a condition; `None`, where it does not ask.
    fn stages(&self, rare: &Rare) -> Option<BTreeSet<Option<(u8, u8)>>> {
        let every = || {
            let steps = |(playbook, count): (u8, &u8)| (0..*count).map(move |step| Some((playbook, step)));
            (0u8..).zip(&self.steps).flat_map(steps).collect::<BTreeSet<_>>()
        };
        let mut stages: Option<BTreeSet<_>> = None;
        let mut keep = |is: &dyn Fn((u8, u8)) -> bool| {
            let mut known = stages.take().unwrap_or_else(every);
            known.retain(|stage| stage.is_some_and(is));
            stages = Some(known);
        };
        if let Some(list) = &rare.playbooks {
            keep(&|(playbook, _)| list.contains(&playbook));
        }
        if let Some(list) = &rare.steps {
            keep(&|stage| list.contains(&stage));
        }
        if let Some(list) = &rare.before {
            keep(&|(playbook, step)| list.iter().any(|own| own.0 == playbook && step < own.1));
        }
        // Nothing is left where a playbook or a step is named that is switched off.
        stages.filter(|stages| !stages.is_empty())
    }
}

const ALL_INTENTS: u16 = (1 << (INTENTS.len() + 1)) - 1;

/// Cases that are alike in what conditions ask for.
#[derive(Clone, Debug)]
struct Cases {
    on: Flags,
    off: Flags,
    visibilities: u8,
    registers: u8,
    faults: u8,
    priorities: u8,
    severities: u8,
    intents: u16,
    languages: u64,
    /// `None` is every channel.
    channels: Option<BTreeSet<u16>>,
    /// The steps that may be due, `None` among them where none needs to be.
    stages: Option<BTreeSet<Option<(u8, u8)>>>,
    met: Vec<Atom>,
    unmet: Vec<Atom>,
}

impl Default for Cases {
    fn default() -> Self {
        Cases {
            on: Flags::default(),
            off: Flags::default(),
            visibilities: u8::MAX,
            registers: u8::MAX,
            faults: u8::MAX,
            priorities: u8::MAX,
            severities: u8::MAX,
            intents: ALL_INTENTS,
            languages: u64::MAX,
            channels: None,
            stages: None,
            met: Vec::new(),
            unmet: Vec::new(),
        }
    }
}

/// Something few conditions ask for: one of these values is there.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Atom {
    Tags(Vec<Arc<str>>),
    Heard(ActSet),
    Signals(u64),
    Roles(Vec<Arc<str>>),
    LossKinds(u8),
    PublicTurns(u16),
}

fn atoms(rare: &Rare) -> Vec<Atom> {
    let all = [
        rare.tags.clone().map(Atom::Tags),
        rare.heard.filter(|set| !set.is_empty()).map(Atom::Heard),
        rare.signals.filter(|set| *set != 0).map(Atom::Signals),
        rare.roles.clone().map(Atom::Roles),
        rare.loss_kinds.filter(|set| *set != 0).map(Atom::LossKinds),
        rare.public_turns.map(Atom::PublicTurns),
    ];
    all.into_iter().flatten().collect()
}

impl Atom {
    /// Whether whatever meets this meets the other, too.
    fn implies(&self, other: &Atom) -> bool {
        match (self, other) {
            (Atom::Tags(own), Atom::Tags(others)) | (Atom::Roles(own), Atom::Roles(others)) => {
                own.iter().all(|value| others.contains(value))
            }
            (Atom::Heard(own), Atom::Heard(others)) => others.contains_all(*own),
            (Atom::Signals(own), Atom::Signals(others)) => own & !others == 0,
            (Atom::LossKinds(own), Atom::LossKinds(others)) => own & !others == 0,
            (Atom::PublicTurns(own), Atom::PublicTurns(others)) => own >= others,
            _ => false,
        }
    }

    /// Whether no case has both: there is one role and one kind of loss.
    fn excludes(&self, other: &Atom) -> bool {
        match (self, other) {
            (Atom::Roles(own), Atom::Roles(others)) => !own.iter().any(|role| others.contains(role)),
            (Atom::LossKinds(own), Atom::LossKinds(others)) => own & others == 0,
            _ => false,
        }
    }
}

impl Cases {
    /// The cases of both; `None`, if there are none.
    fn and(&self, other: &Cases) -> Option<Cases> {
        let both = Cases {
            on: self.on.with(other.on),
            off: self.off.with(other.off),
            visibilities: self.visibilities & other.visibilities,
            registers: self.registers & other.registers,
            faults: self.faults & other.faults,
            priorities: self.priorities & other.priorities,
            severities: self.severities & other.severities,
            intents: self.intents & other.intents,
            languages: self.languages & other.languages,
            channels: common(&self.channels, &other.channels),
            stages: common(&self.stages, &other.stages),
            met: [&*self.met, &*other.met].concat(),
            unmet: [&*self.unmet, &*other.unmet].concat(),
        };
        let sets = [both.visibilities, both.registers, both.faults, both.priorities, both.severities];
        let is_empty = sets.contains(&0)
            || both.intents == 0
            || both.languages == 0
            || both.on.meets(both.off)
            || both.channels.as_ref().is_some_and(BTreeSet::is_empty)
            || both.stages.as_ref().is_some_and(BTreeSet::is_empty)
            || both.met.iter().any(|own| both.unmet.iter().any(|other| own.implies(other)))
            || both.met.iter().any(|own| both.met.iter().any(|other| own.excludes(other)));
        (!is_empty).then_some(both)
    }

    /// One box for each thing this one asks for, in which it is otherwise.
    fn opposites(&self, world: &World) -> Vec<Cases> {
        let mut all = Vec::new();
        let any = Cases::default();
        all.extend(self.on.each().map(|flag| Cases { off: flag, ..any.clone() }));
        all.extend(self.off.each().map(|flag| Cases { on: flag, ..any.clone() }));
        let mut set = |own: u8, with: &dyn Fn(u8) -> Cases| {
            if own != u8::MAX {
                all.push(with(!own));
            }
        };
        set(self.visibilities, &|visibilities| Cases { visibilities, ..any.clone() });
        set(self.registers, &|registers| Cases { registers, ..any.clone() });
        set(self.faults, &|faults| Cases { faults, ..any.clone() });
        set(self.priorities, &|priorities| Cases { priorities, ..any.clone() });
        set(self.severities, &|severities| Cases { severities, ..any.clone() });
        if self.intents != ALL_INTENTS {
            all.push(Cases { intents: ALL_INTENTS & !self.intents, ..any.clone() });
        }
        if self.languages != u64::MAX {
            all.push(Cases { languages: !self.languages, ..any.clone() });
        }
        if let Some(own) = &self.channels {
            let all_sites = (0..=u16::MAX).zip(&world.sites).map(|(at, _)| at);
            let others = all_sites.filter(|at| !own.contains(at)).collect();
            all.push(Cases { channels: Some(others), ..any.clone() });
        }
        if let Some(own) = &self.stages {
            let steps = |(playbook, count): (u8, &u8)| (0..*count).map(move |step| Some((playbook, step)));
            let every = (0u8..).zip(&world.steps).flat_map(steps).chain([None]);
            all.push(Cases {
                stages: Some(every.filter(|stage| !own.contains(stage)).collect()),
                ..any.clone()
            });
        }
        all.extend(self.met.iter().map(|atom| Cases { unmet: vec![atom.clone()], ..any.clone() }));
        // A box that holds nothing, such as "on no channel at all", is no opposite.
        all.into_iter().filter_map(|own| own.and(&any)).collect()
    }

    /// A case of this box on a channel, as one would tell of it.
    fn words(&self, site: &Site) -> String {
        let mut words = Vec::new();
        if self.intents != ALL_INTENTS {
            let names = INTENTS.into_iter().chain(["other"]).enumerate();
            let mut names = names.filter(|(at, _)| self.intents >> at & 1 == 1).map(|(_, name)| name);
            words.extend(names.next().map(|name| format!("with the intent {}", quoted(name))));
        }
        let is_bound = self.channels.is_some()
            || self.visibilities != u8::MAX
            || self.registers != u8::MAX
            || self.on.with(self.off).has(Flags::PRIVATE_ROUTE);
        if is_bound {
            let is_public = (self.visibilities & site.visibilities) >> Visibility::Public as u8 & 1 == 1;
            let visibility = if is_public { "in public" } else { "in private" };
            words.push(format!("on {} {visibility}", quoted(&site.id)));
        }
        words.join(" ")
    }
}

/// What both have; `None` is everything.
fn common<T: Ord + Clone>(own: &Option<BTreeSet<T>>, other: &Option<BTreeSet<T>>) -> Option<BTreeSet<T>> {
    match (own, other) {
        (Some(own), Some(other)) => Some(own.intersection(other).cloned().collect()),
        (set, None) | (None, set) => set.clone(),
    }
}

/// Each box of one list with each of another; `None` if there are too many.
fn product(own: &[Cases], others: &[Cases]) -> Option<Vec<Cases>> {
    if own.len().saturating_mul(others.len()) > MOST_BOXES * 8 {
        return None;
    }
    let met: Vec<Cases> =
        own.iter().flat_map(|one| others.iter().filter_map(|other| one.and(other))).collect();
    (met.len() <= MOST_BOXES).then_some(met)
}
