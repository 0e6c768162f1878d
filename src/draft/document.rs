//! The drafts' part of a policy document: `slots`, `draft`, `canned`, what acts `say`, and how languages write.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::format::LanguageFormat;
use super::samples::{Company, samples};
use super::sayings::{Canned, Group, Habit, KEYWORDS, Sayings};
use super::slot::Slots;
use super::template::{Registers, Template, formatted};
use crate::lexicon::{
    ADDRESS_FORMS, ActSet, Acts, AddressForm, EVERY_LANGUAGE, Register, RulePhrase, is_own,
};
use crate::rule::{Condition, Names};
use crate::source::{Diagnostic, Field, Location, TableReader, quoted};

/// The most canned replies of a policy.
pub const MOST_CANNED: usize = 1_000;

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
        say.report(Diagnostic::error("said-everywhere", message).with_help(help));
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
        let number = |code: &str| languages.iter().position(|language| **language == *code);
        let (formats, habits) = read_manners(sections.language, sections.draft, languages, names);
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
}

/// How each language writes dates and amounts, and how it addresses customers.
fn read_manners(
    language: Option<TableReader<'_, '_>>,
    draft: Option<TableReader<'_, '_>>,
    languages: &[Arc<str>],
    names: &Names<'_>,
) -> (Vec<LanguageFormat>, Vec<Habit>) {
    let mut formats = vec![LanguageFormat::default(); languages.len()];
    let mut habits = vec![Habit { usual: AddressForm::Informal, ..Habit::default() }; languages.len()];
    let number = |code: &str| languages.iter().position(|language| **language == *code);
    for (entry, field) in language.into_iter().flat_map(TableReader::entries) {
        let at = number(&entry.key.text);
        let Some(table) = Some(field).filter(|field| at.is_some() || is_own(*field)).and_then(Field::table)
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
    if let Some(draft) = draft {
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
    (formats, habits)
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
