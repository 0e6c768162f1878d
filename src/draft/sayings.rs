//! Everything a policy can say, ready to be asked for.

use std::collections::{BTreeMap, HashMap};

use super::format::LanguageFormat;
use super::ready::Ready;
use super::slot::Slots;
use super::template::Template;
use crate::lexicon::{ActSet, AddressForm, Register};
use crate::rule::{Condition, Facts};
use crate::source::Location;

/// Keywords of canned replies are heard as phrases of rules with numbers from here on.
pub(super) const KEYWORDS: u32 = 1 << 24;

/// Templates for one kind of case.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub(super) when: Option<Condition>,
    /// Where the condition stands.
    pub(super) place: Option<Location>,
    pub(super) remedy: Option<Box<str>>,
    pub(super) templates: Vec<Template>,
}

impl Group {
    pub(super) fn holds(&self, facts: &Facts<'_>, remedy: Option<&str>) -> bool {
        self.when.as_ref().is_none_or(|when| when.holds(facts))
            && self.remedy.as_deref().is_none_or(|own| remedy == Some(own))
    }
}

/// A reply a policy keeps ready.
#[derive(Clone, Debug)]
pub(super) struct Canned {
    pub(super) id: Box<str>,
    pub(super) act: u8,
    pub(super) when: Option<Condition>,
    /// Where the condition stands.
    pub(super) place: Option<Location>,
    /// Whether it is chosen by what the customer wrote, and not by the case alone.
    pub(super) has_keywords: bool,
    /// By the number of the language.
    pub(super) languages: BTreeMap<usize, Vec<Group>>,
}

/// How customers are addressed in a language.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Habit {
    /// What the policy has chosen.
    pub(super) chosen: Option<AddressForm>,
    /// What the language says where nobody has chosen.
    pub(super) usual: AddressForm,
    pub(super) mirror: bool,
}

/// How a sentence is to be said.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Manner {
    /// The number of the language.
    pub(crate) language: usize,
    pub(crate) register: Register,
    pub(crate) address: AddressForm,
}

/// Everything a policy can say.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sayings {
    pub(super) slots: Slots,
    pub(super) formats: Vec<LanguageFormat>,
    /// By language, then by slot: the values templates are tried out with.
    pub(super) samples: Vec<Vec<Option<Ready>>>,
    pub(super) habits: Vec<Habit>,
    pub(super) groups: HashMap<(u8, usize), Vec<Group>>,
    pub(super) canned: Vec<Canned>,
    /// By act: the emoji that go with it, in the order in which they are tried.
    pub(super) emoji: Vec<Vec<Box<str>>>,
    /// The acts that bind nobody, so that they may be said unasked.
    pub(super) free: ActSet,
}

impl Sayings {
    /// The groups of an act in a language, those that win first.
    pub(super) fn groups(&self, act: u8, language: usize) -> impl Iterator<Item = &Group> {
        self.groups.get(&(act, language)).into_iter().flatten().rev()
    }

    /// The conditions of groups of templates and of canned replies, each with its place, in the order of the places.
    pub(crate) fn conditions(&self) -> Vec<(&Location, &Condition)> {
        let canned = self.canned.iter().flat_map(|canned| canned.languages.values());
        let groups = self.groups.values().chain(canned).flatten();
        let groups = groups.filter_map(|group| Some((group.place.as_ref()?, group.when.as_ref()?)));
        let own =
            self.canned.iter().filter_map(|canned| Some((canned.place.as_ref()?, canned.when.as_ref()?)));
        let mut all: Vec<_> = groups.chain(own).collect();
        all.sort_by_key(|(location, _)| location.place());
        all
    }

    /// Every template, with its act and the number of its language.
    pub(crate) fn templates(&self) -> Vec<(u8, usize, &Template)> {
        let own = self.groups.iter().map(|((act, language), groups)| (*act, *language, groups));
        let canned = self.canned.iter().flat_map(|canned| {
            canned.languages.iter().map(move |(language, groups)| (canned.act, *language, groups))
        });
        let all = own.chain(canned);
        let mut all: Vec<_> = all
            .flat_map(|(act, language, groups)| {
                groups.iter().flat_map(move |group| {
                    group.templates.iter().map(move |template| (act, language, template))
                })
            })
            .collect();
        all.sort_by_key(|(act, language, template)| {
            (*act, *language, template.location().map(|location| location.place()))
        });
        all
    }

    pub(super) fn is_free(&self, act: u8) -> bool {
        self.free.contains(act)
    }

    pub(super) fn emoji(&self, act: u8) -> &[Box<str>] {
        self.emoji.get(usize::from(act)).map_or(&[], Vec::as_slice)
    }

    /// The slots: name, type and one line for people.
    pub(crate) fn slots(&self) -> &Slots {
        &self.slots
    }

    /// How a customer is addressed: as the channel says, else the policy, else as they address us where the language
    /// has it so, else as is usual in the language.
    pub(crate) fn address(
        &self,
        language: usize,
        channel: Option<AddressForm>,
        customer: AddressForm,
    ) -> AddressForm {
        let habit = self.habits.get(language).copied().unwrap_or_default();
        let theirs = matches!(customer, AddressForm::Formal | AddressForm::Informal).then_some(customer);
        let theirs = theirs.filter(|_| habit.mirror);
        channel.or(habit.chosen).or(theirs).unwrap_or(habit.usual)
    }

    /// Every form of address that can come about.
    pub(crate) fn addresses(&self, language: usize, channel: Option<AddressForm>) -> Vec<AddressForm> {
        let forms = [AddressForm::None, AddressForm::Formal, AddressForm::Informal];
        let mut all: Vec<_> = forms.into_iter().map(|form| self.address(language, channel, form)).collect();
        all.dedup();
        all
    }

    /// The canned reply whose keywords stand in the customer's message most often, of those whose `when` holds. One
    /// with a `when` and no keywords is for every case that meets it.
    pub(crate) fn canned_for(
        &self,
        hits: &[(u32, crate::Span)],
        facts: &Facts<'_>,
        language: usize,
    ) -> Option<&str> {
        let mut best: Option<(usize, &Canned)> = None;
        for (number, canned) in (KEYWORDS..).zip(&self.canned) {
            if !canned.languages.contains_key(&language) {
                continue;
            }
            if canned.when.as_ref().is_some_and(|when| !when.holds(facts)) {
                continue;
            }
            let heard = hits.iter().filter(|(rule, _)| *rule == number).count();
            // A keyword says more than a condition.
            let score = heard * 2 + usize::from(canned.when.is_some());
            if score > 0 && (heard > 0 || !canned.has_keywords) && best.is_none_or(|(most, _)| score > most) {
                best = Some((score, canned));
            }
        }
        best.map(|(_, canned)| &*canned.id)
    }

    pub(super) fn canned_by_id(&self, id: &str) -> Option<&Canned> {
        self.canned.iter().find(|canned| *canned.id == *id)
    }

    /// The act that a canned reply says.
    pub(crate) fn canned_act(&self, id: &str) -> Option<u8> {
        self.canned_by_id(id).map(|canned| canned.act)
    }

    pub(crate) fn canned_ids(&self) -> impl Iterator<Item = &str> + Clone {
        self.canned.iter().map(|canned| &*canned.id)
    }
}
