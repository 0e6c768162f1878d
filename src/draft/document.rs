//! The drafts' part of a policy document: `slots`, `draft`, `canned`, what acts `say`, and how languages write.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::TimeDelta;

use super::compose::{Hear, nearest};
use super::format::LanguageFormat;
use super::say::{Fullness, Voice};
use super::slot::{SlotType, Slots};
use super::template::{Registers, SlotSet, Template, formatted};
use super::value::{LONGEST_LINK, LONGEST_NAME, LONGEST_WORDS, Ready, SlotValue, ready};
use super::write::Values;
use crate::channel::ADDRESS_FORMS;
use crate::lexicon::{ActSet, Acts, AddressForm, EVERY_LANGUAGE, Register, RulePhrase, is_own};
use crate::money::Money;
use crate::rule::{Condition, Facts, Names};
use crate::source::{Diagnostic, Field, Location, TableReader, quoted};

/// The most canned replies of a policy.
pub const MOST_CANNED: usize = 1_000;
/// Keywords of canned replies are heard as phrases of rules with numbers from here on.
const KEYWORDS: u32 = 1 << 24;

/// Templates for one kind of case.
#[derive(Clone, Debug)]
pub(super) struct Group {
    when: Option<Condition>,
    /// Where the condition stands.
    place: Option<Location>,
    remedy: Option<Box<str>>,
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
    when: Option<Condition>,
    /// Where the condition stands.
    place: Option<Location>,
    /// Whether it is chosen by what the customer wrote, and not by the case alone.
    has_keywords: bool,
    /// By the number of the language.
    pub(super) languages: BTreeMap<usize, Vec<Group>>,
}

/// How customers are addressed in a language.
#[derive(Clone, Copy, Debug, Default)]
struct Habit {
    /// What the policy has chosen.
    chosen: Option<AddressForm>,
    /// What the language says where nobody has chosen.
    usual: AddressForm,
    mirror: bool,
}

/// What a policy says of its company, as far as templates are tried out with it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Company<'p> {
    pub(crate) name: Option<&'p str>,
    pub(crate) email: Option<&'p str>,
    pub(crate) phone: Option<&'p str>,
    /// A host that a reply may link to, where not any may be linked to.
    pub(crate) host: Option<&'p str>,
}

impl<'p> Company<'p> {
    /// What fills a slot where nobody gives a value.
    fn value(self, slot: &str) -> Option<&'p str> {
        match slot {
            "brand" => self.name,
            "email" => self.email,
            "phone" => self.phone,
            "contact" => self.email.or(self.phone),
            _ => None,
        }
    }

    /// A link as it would be to a page of the company.
    fn link(self, sample: &str) -> String {
        let Some(rest) = sample.strip_prefix("https://") else { return sample.to_owned() };
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        format!("https://{}/{path}", self.host.unwrap_or(host))
    }
}

/// Which values templates are tried out with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Samples {
    /// The samples of the slots.
    Usual,
    /// The longest there can be.
    Longest,
}

impl Samples {
    pub(crate) const ALL: [Samples; 2] = [Samples::Usual, Samples::Longest];
}

/// Everything a policy can say.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sayings {
    pub(super) slots: Slots,
    pub(super) formats: Vec<LanguageFormat>,
    /// By language, then by slot: the values templates are tried out with.
    samples: Vec<Vec<Option<Ready>>>,
    habits: Vec<Habit>,
    groups: HashMap<(u8, usize), Vec<Group>>,
    canned: Vec<Canned>,
    /// By act: the emoji that go with it, in the order in which they are tried.
    emoji: Vec<Vec<Box<str>>>,
    /// The acts that bind nobody, so that they may be said unasked.
    free: ActSet,
}

/// The sections it is read from.
pub(crate) struct DraftSections<'n, 'a> {
    slots: Option<TableReader<'n, 'a>>,
    draft: Option<TableReader<'n, 'a>>,
    canned: Vec<(&'n str, Field<'n, 'a>)>,
    acts: Option<TableReader<'n, 'a>>,
    language: Option<TableReader<'n, 'a>>,
}

impl<'n, 'a> DraftSections<'n, 'a> {
    pub(crate) fn of(root: &TableReader<'n, 'a>) -> Self {
        let canned = root.get("canned").table().into_iter().flat_map(TableReader::entries);
        DraftSections {
            slots: root.get("slots").table(),
            draft: root.get("draft").table(),
            canned: canned.map(|(entry, field)| (&*entry.key.text, field)).collect(),
            acts: root.get("acts").table(),
            language: root.get("language").table(),
        }
    }

    /// The keywords of canned replies, to be heard with the phrases of the rules.
    pub(crate) fn keywords(&self) -> Vec<RulePhrase<'n, 'a>> {
        let mut keywords = Vec::new();
        // What is no table is reported when the replies are read.
        let tables = self
            .canned
            .iter()
            .filter(|(_, field)| field.node().is_some_and(|node| node.as_table().is_some()));
        for (number, (_, field)) in (KEYWORDS..).zip(tables) {
            for (language, field) in field.table().into_iter().flat_map(|table| languages_of(&table)) {
                let is_table = field.node().is_some_and(|node| node.as_table().is_some());
                let Some(own) = Some(field).filter(|_| is_table).and_then(Field::table) else { continue };
                let phrases = own.get("keywords").array().into_iter().flatten();
                keywords.extend(phrases.map(|phrase| RulePhrase {
                    language: Some(language),
                    phrase,
                    rule: number,
                }));
            }
        }
        keywords
    }
}

/// The tables of a canned reply that are for a language.
fn languages_of<'n, 'a>(table: &TableReader<'n, 'a>) -> Vec<(&'n str, Field<'n, 'a>)> {
    for key in ["title", "act", "when"] {
        table.get(key);
    }
    table.rest().into_iter().map(|(entry, field)| (&*entry.key.text, field)).collect()
}

/// Drafts are in one language, and nothing is drafted from what stands for all of them.
fn report_said_everywhere(say: Field<'_, '_>) {
    if say.is_present() {
        let message = "nothing is said in every language at once";
        let help = "put `say` under each language, such as `[acts.thanks.en]`; only what is heard can stand under `\"*\"`";
        say.report(Diagnostic::error("template", message).with_help(help));
    }
}

/// What templates are read with.
struct Reading<'s> {
    slots: &'s Slots,
    formats: &'s [LanguageFormat],
    names: &'s Names<'s>,
}

impl Sayings {
    pub(crate) fn read(
        sections: DraftSections<'_, '_>,
        languages: &[Arc<str>],
        names: &Names<'_>,
        acts: &Acts,
        company: Company<'_>,
    ) -> Sayings {
        let slots = Slots::read(sections.slots);
        let mut formats = vec![LanguageFormat::default(); languages.len()];
        let mut habits = vec![Habit { usual: AddressForm::Informal, ..Habit::default() }; languages.len()];
        let number = |code: &str| languages.iter().position(|language| **language == *code);
        for (entry, field) in sections.language.into_iter().flat_map(TableReader::entries) {
            let at = number(&entry.key.text);
            let Some(table) =
                Some(field).filter(|field| at.is_some() || is_own(*field)).and_then(Field::table)
            else {
                continue;
            };
            let format = table.get("format").table().map(LanguageFormat::read);
            let usual = table.get("address").one_of(&ADDRESS_FORMS).unwrap_or(AddressForm::Informal);
            let mirror = table.get("mirror_address").bool().unwrap_or(false);
            // What an author says of a language that the policy does not speak is read for its mistakes alone.
            let Some(at) = at else { continue };
            if let Some(own) = formats.get_mut(at) {
                *own = format.unwrap_or_default();
            }
            if let Some(habit) = habits.get_mut(at) {
                (habit.usual, habit.mirror) = (usual, mirror);
            }
        }
        if let Some(draft) = sections.draft {
            for (entry, field) in draft.get("address").table().into_iter().flat_map(TableReader::entries) {
                let code = &*entry.key.text;
                let chosen = field.one_of(&ADDRESS_FORMS);
                match number(code).and_then(|at| habits.get_mut(at)) {
                    Some(habit) => habit.chosen = chosen,
                    None if names.known_languages.contains(&code) => {}
                    None => field.unknown_value(code, names.known_languages.iter().copied()),
                }
            }
            draft.finish();
        }
        let reading = Reading { slots: &slots, formats: &formats, names };
        let mut groups = HashMap::new();
        let mut emoji = vec![Vec::new(); acts.iter().count()];
        let mut free = ActSet::default();
        for (entry, field) in sections.acts.into_iter().flat_map(TableReader::entries) {
            let Some((act, table)) = acts.index(&entry.key.text).zip(field.table()) else { continue };
            if let Some(own) = emoji.get_mut(usize::from(act)) {
                *own =
                    table.get("emoji").string_list().unwrap_or_default().into_iter().map(Box::from).collect();
            }
            if table.get("free").bool() == Some(true) {
                free.insert(act);
            }
            for (entry, field) in table.rest() {
                let code = &*entry.key.text;
                let at = number(code);
                // What is no language is an act's own key, or was reported.
                let is_meant = match at {
                    Some(_) => true,
                    None => {
                        (code == EVERY_LANGUAGE || names.known_languages.contains(&code)) && is_own(field)
                    }
                };
                let Some(table) = Some(field).filter(|_| is_meant).and_then(Field::table) else { continue };
                if code == EVERY_LANGUAGE {
                    report_said_everywhere(table.get("say"));
                    continue;
                }
                let read = reading.say(table.get("say"), at);
                if let Some(at) = at.filter(|_| !read.is_empty()) {
                    groups.insert((act, at), read);
                }
            }
        }
        let canned = reading.canned(sections.canned, acts, &number);
        let samples = languages.iter().map(|language| samples(&slots, language, company)).collect();
        Sayings { slots, formats, samples, habits, groups, canned, emoji, free }
    }

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

    /// Values to try templates out with.
    pub(crate) fn values(&self, language: usize, samples: Samples) -> Values {
        let usual = self.samples.get(language).cloned().unwrap_or_default();
        let ready = match samples {
            Samples::Usual => usual,
            Samples::Longest => {
                (0u8..).zip(usual).map(|(at, usual)| self.longest(at, usual.as_ref()).or(usual)).collect()
            }
        };
        Values::of(ready, samples == Samples::Longest)
    }

    /// The longest value a slot can have, where that is not the same as any other.
    fn longest(&self, slot: u8, usual: Option<&Ready>) -> Option<Ready> {
        let words = |unit: &str, most: usize| {
            let words = unit.chars().cycle().take(most).collect::<String>();
            Ready::Words(words.trim_end().to_owned())
        };
        match self.slots.kind(slot)? {
            SlotType::Name => Some(words("Maximiliana Hohenstein-Rottenberg ", LONGEST_NAME)),
            // What an act is heard by may be in the value.
            SlotType::Text => match usual {
                Some(Ready::Words(usual)) => Some(words(&format!("{usual} "), LONGEST_WORDS)),
                _ => None,
            },
            SlotType::Link => match usual {
                Some(Ready::Words(usual)) => {
                    let more = LONGEST_LINK.saturating_sub(usual.chars().count());
                    Some(Ready::Words(format!("{usual}{}", "a".repeat(more))))
                }
                _ => None,
            },
            SlotType::Money => Money::parse("999999999.99", "EUR").ok().map(Ready::Money),
            SlotType::Duration => Some(Ready::Duration(TimeDelta::minutes(366 * 1440 - 1))),
            _ => None,
        }
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

    /// Sentences that say an act and need no values, those of the register first.
    pub(crate) fn sentences(
        &self,
        act: u8,
        language: usize,
        register: Register,
        address: AddressForm,
        facts: &Facts<'_>,
        hear: Hear<'_>,
    ) -> Vec<String> {
        let voice = Voice { sayings: self, language, address, values: &[], now: None };
        let mut sentences = Vec::new();
        for group in self.groups(act, language).filter(|group| group.holds(facts, None)) {
            for register in nearest(register) {
                for template in group.templates.iter().filter(|template| template.suits_register(register)) {
                    if template.required.is_empty() && template.forms(&mut *hear).suits(address) {
                        let said = voice.say(template, Fullness::Whole, SlotSet::default());
                        sentences.extend(said.map(|said| said.text));
                    }
                }
            }
        }
        sentences
    }

    pub(crate) fn canned_ids(&self) -> impl Iterator<Item = &str> + Clone {
        self.canned.iter().map(|canned| &*canned.id)
    }
}

fn located(field: Field<'_, '_>) -> Option<Location> {
    field.mistakes().locate(field.place()?)
}

impl Reading<'_> {
    fn say(&self, field: Field<'_, '_>, language: Option<usize>) -> Vec<Group> {
        let Some(table) = field.table() else { return Vec::new() };
        let mut groups =
            vec![Group { when: None, place: None, remedy: None, templates: self.lists(&table, language) }];
        let named = table.table().iter().filter(|entry| entry.node.as_table().is_some());
        for entry in named.collect::<Vec<_>>() {
            let name = &*entry.key.text;
            let Some(group) = table.get(name).table() else { continue };
            let when = group.get("when").table().map(|when| Condition::read(when, self.names));
            let place = located(group.get("when"));
            let remedy = group.get("remedy").string().map(Box::from);
            if when.is_none() && remedy.is_none() {
                let message = format!("the group {} is for no case in particular", quoted(name));
                let help = "give it a `when` or a `remedy`, or put its templates into the plain lists";
                table.get(name).report(Diagnostic::error("template", message).with_help(help));
            }
            let templates = self.lists(&group, language);
            group.finish();
            groups.push(Group { when, place, remedy, templates });
        }
        table.finish();
        groups
    }

    fn lists(&self, table: &TableReader<'_, '_>, language: Option<usize>) -> Vec<Template> {
        let lists = [
            ("formal", Registers::One(Register::Formal)),
            ("neutral", Registers::One(Register::Neutral)),
            ("informal", Registers::One(Register::Informal)),
            ("any", Registers::Any),
        ];
        let mut templates = Vec::new();
        for (name, registers) in lists {
            for field in table.get(name).array().into_iter().flatten() {
                templates.extend(self.template(field, registers, language));
            }
        }
        templates
    }

    fn template(
        &self,
        field: Field<'_, '_>,
        registers: Registers,
        language: Option<usize>,
    ) -> Option<Template> {
        let written = field.string()?;
        let location = field.place().and_then(|place| field.mistakes().locate(place));
        let mut faults = Vec::new();
        let template = Template::read(written, registers, location, self.slots, &mut faults);
        for fault in faults {
            let message = format!("{}: {}", quoted(written), fault.message);
            let mut diagnostic = Diagnostic::error(fault.code, message);
            if let Some(help) = fault.help {
                diagnostic = diagnostic.with_help(help);
            }
            field.report(diagnostic);
        }
        let template = template?;
        let Some(format) = language.and_then(|language| self.formats.get(language)) else {
            return Some(template);
        };
        let mut kinds = Vec::new();
        formatted(&template.pieces, self.slots, &mut kinds);
        if let Some(kind) = kinds.into_iter().find(|&kind| !format.knows(kind)) {
            let message = format!("{}: the language does not say how a {kind} is written", quoted(written));
            let help = "see `[language.XX.format]`";
            field.report(Diagnostic::error("format", message).with_help(help));
        }
        Some(template)
    }

    fn canned(
        &self,
        tables: Vec<(&str, Field<'_, '_>)>,
        acts: &Acts,
        number: &dyn Fn(&str) -> Option<usize>,
    ) -> Vec<Canned> {
        let mut all = Vec::new();
        for (id, field) in tables {
            let Some(table) = field.table() else { continue };
            table.get("title").string();
            let act = table.get("act");
            let name = act.string().unwrap_or("information");
            let index = acts.index(name);
            if index.is_none() {
                act.unknown_value(name, acts.names().collect::<Vec<_>>());
            }
            let when = table.get("when").table().map(|when| Condition::read(when, self.names));
            let place = located(table.get("when"));
            let mut languages = BTreeMap::new();
            let mut keywords = false;
            for (entry, field) in table.rest() {
                let code = &*entry.key.text;
                if !self.names.known_languages.contains(&code) {
                    field.unknown_value(code, self.names.known_languages.iter().copied());
                    continue;
                }
                let Some(own) = field.table() else { continue };
                keywords |= own.get("keywords").array().is_some_and(|list| list.len() > 0);
                let at = number(code);
                let say = own.get("say");
                if at.is_some() || is_own(field) {
                    let groups = self.say(say, at);
                    languages.extend(at.map(|at| (at, groups)));
                }
                own.finish();
            }
            if when.is_none() && !keywords {
                let message = format!("nothing chooses the canned reply {}", quoted(id));
                let place = table.mistakes().locate(table.place());
                let help = "give it `keywords` in its languages, or a `when`";
                table.mistakes().report(Diagnostic::error("canned", message).at(place).with_help(help));
            }
            if all.len() == MOST_CANNED {
                let message = format!("a policy has at most {MOST_CANNED} canned replies");
                table.mistakes().error("too-many", message, table.place());
                break;
            }
            // The place in the list is the number its keywords are heard by.
            all.push(Canned {
                id: id.into(),
                act: index.unwrap_or_default(),
                when,
                place,
                has_keywords: keywords,
                languages,
            });
        }
        all
    }
}

/// The samples of a language; the company's own name and addresses where the policy knows them. One that does not fit its
/// type is found by the law, with its slot.
fn samples(slots: &Slots, language: &str, company: Company<'_>) -> Vec<Option<Ready>> {
    let sample = |at: u8| {
        let slot = slots.get(at)?;
        let fitting = |value: &str| ready(slot.kind, &SlotValue::from(value)).ok();
        let usual = slot.sample(language)?;
        match slot.kind {
            SlotType::Link => fitting(&company.link(usual)),
            _ => company.value(&slot.name).and_then(fitting).or_else(|| fitting(usual)),
        }
    };
    (0u8..).take(slots.iter().count()).map(sample).collect()
}
