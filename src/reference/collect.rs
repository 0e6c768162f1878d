//! The pages of a policy, from its merged document.

use super::examples::Examples;
use super::page::{Family, Page, Sample};
use super::written::{inline, key, pairs};
use crate::draft::NOTATION as TEMPLATES;
use crate::lexicon::INTENTS;
use crate::packs::is_built_in;
use crate::policy::{Policy, built_in_packs, codes};
use crate::source::{self, Entry, Mistakes, Node, Place, Table, TableReader, Value};
use crate::testing::Section;
use crate::text::phrase::{Kind, NOTATION as PHRASES};

/// Longer documents are not shown as examples.
const LONGEST_SAMPLE: usize = 500;
/// What a table says of where its figures come from.
const ORIGIN: [&str; 3] = ["source", "as_of", "grade"];

/// What a customer wants, in words.
const MEANT: [(&str, &str); 7] = [
    ("complaint", "somebody is dissatisfied"),
    ("question", "somebody asks something"),
    ("booking", "somebody wants to book, order or reserve"),
    ("praise", "somebody is pleased"),
    ("spam", "advertising, links, fraud"),
    ("abuse", "insults and threats without a matter"),
    ("other", "none of these"),
];

pub(super) fn pages(root: &TableReader<'_, '_>, policy: &Policy, examples: &Examples<'_>) -> Vec<Page> {
    let shelf = Shelf { root: root.table(), mistakes: root.mistakes(), policy, examples };
    let mut pages = shelf.rules();
    pages.extend(shelf.acts());
    pages.extend(shelf.detectors());
    pages.extend(shelf.playbooks());
    pages.extend(shelf.remedies());
    pages.extend(shelf.channels());
    pages.extend(shelf.intents());
    pages.extend(shelf.signals());
    pages.extend(shelf.health());
    pages.extend(shelf.surge());
    pages.extend(shelf.expectation());
    pages.extend(shelf.notations());
    for code in codes() {
        let page = of_code(code);
        // One code can be of a policy and of a request.
        match pages.iter_mut().find(|known| known.family == Family::Mistakes && known.name == page.name) {
            Some(known) => known.samples.extend(page.samples),
            None => pages.push(page),
        }
    }
    pages.extend(shelf.packs());
    pages
}

struct Shelf<'s, 'a> {
    root: &'s Table<'a>,
    mistakes: &'s Mistakes<'s>,
    policy: &'s Policy,
    examples: &'s Examples<'s>,
}

impl<'s, 'a> Shelf<'s, 'a> {
    /// The entries of a section that are tables, each with its name.
    fn entries(&self, path: &[&str]) -> Vec<(&'s Entry<'a>, &'s Table<'a>)> {
        let mut table = Some(self.root);
        for key in path {
            table = table.and_then(|table| table.get(key)).and_then(Node::as_table);
        }
        let entries = table.into_iter().flat_map(Table::iter);
        entries.filter_map(|entry| Some((entry, entry.node.as_table()?))).collect()
    }

    /// The page of an entry of a section.
    fn page(&self, family: Family, name: String, title: &str, path: &[&str], entry: &Entry<'a>) -> Page {
        let mut page = Page::new(family, name, title);
        page.location = self.mistakes.locate(defined_at(entry));
        page.path = path.iter().copied().chain([&*entry.key.text]).map(str::to_owned).collect();
        page
    }

    /// Why, and where from.
    fn reasons(&self, page: &mut Page, table: &Table<'a>) {
        page.why = text(table, "why").to_owned();
        page.source = Some(text(table, "source").to_owned()).filter(|source| !source.is_empty());
    }

    /// The rules of which a kind names something, such as an act: `forbid = { act = … }`.
    fn rules_naming(&self, what: &str, name: &str) -> String {
        let kinds = ["forbid", "require", "prefer", "order"];
        let rules = self.policy.rules().filter_map(|rule| {
            let table = self.root.entry_at(&["rules", rule.id().as_str()])?.node.as_table()?;
            let inner = kinds.iter().find_map(|kind| table.get(kind)?.as_table()?.get(what));
            names(inner?).contains(&name).then(|| format!("`{}`", rule.id()))
        });
        rules.collect::<Vec<_>>().join(", ")
    }

    fn rules(&self) -> Vec<Page> {
        let page = |rule: &crate::policy::Rule| {
            let id = rule.id().as_str();
            let entry = self.root.entry_at(&["rules", id])?;
            let table = entry.node.as_table()?;
            let mut page = self.page(Family::Rules, id.to_owned(), rule.message(), &["rules"], entry);
            self.reasons(&mut page, table);
            page.facts.push(("severity".to_owned(), rule.severity().to_string()));
            for kind in [rule.kind(), "when", "excused_by", "confirmed_by", "fix"] {
                page.facts.extend(table.get(kind).map(|node| (label(kind), code(&node.value))));
            }
            page.samples = self.examples.samples(Section::Rule, id, ["found", "fine"]);
            page.change = Some(format!(
                "[rules.{}]\noff = true                  # or severity = \"error\", \"warning\", \"advice\"",
                key(id)
            ));
            Some(page)
        };
        self.policy.rules().filter_map(page).collect()
    }

    fn acts(&self) -> Vec<Page> {
        let page = |(entry, table): (&Entry<'a>, &Table<'a>)| {
            let id = &*entry.key.text;
            let mut page = self.page(Family::Acts, id.to_owned(), text(table, "title"), &["acts"], entry);
            for (flag, words) in [
                ("overlaps", "heard also within the phrase of another act"),
                ("negatable", "silenced by a negation before it"),
                ("retractable", "taken back by a “but” behind it"),
                ("free", "may be said unasked"),
            ] {
                if matches!(table.get(flag).map(|node| &node.value), Some(Value::Boolean(true))) {
                    page.facts.push((flag.to_owned(), words.to_owned()));
                }
            }
            let rules = self.rules_naming("act", id);
            if !rules.is_empty() {
                page.facts.push(("rules".to_owned(), rules));
            }
            page.samples = self.examples.samples(Section::Act, id, ["heard", "not heard"]);
            let language = self.policy.languages().first().map_or("en", |own| own.as_str());
            page.change = Some(format!(
                "[acts.{}.{language}]\nhear = [\"+\", \"…\"]         # `not` takes away, `say` are templates",
                key(id)
            ));
            page
        };
        self.entries(&["acts"]).into_iter().map(page).collect()
    }

    fn detectors(&self) -> Vec<Page> {
        let page = |(name, title): (&'static str, &'static str)| {
            let mut page = Page::new(Family::Detectors, name, title);
            let rules = self.rules_naming("detector", name);
            if !rules.is_empty() {
                page.facts.push(("rules".to_owned(), rules));
            }
            page.change = Some(format!("[rules.\"my.rule\"]\nforbid = {{ detector = \"{name}\" }}"));
            page
        };
        Policy::detectors().map(page).collect()
    }

    fn playbooks(&self) -> Vec<Page> {
        let mut pages = Vec::new();
        for (entry, table) in self.entries(&["playbooks"]) {
            let id = &*entry.key.text;
            let mut page =
                self.page(Family::Playbooks, id.to_owned(), text(table, "title"), &["playbooks"], entry);
            self.reasons(&mut page, table);
            if table.is_off() {
                page.facts
                    .push(("off".to_owned(), "ships switched off; `off = false` switches it on".to_owned()));
            }
            for fact in ["when", "instead_of", "rank", "scope"] {
                page.facts.extend(table.get(fact).map(|node| (label(fact), code(&node.value))));
            }
            let steps = self.entries(&["playbooks", id, "steps"]);
            let listed: Vec<String> =
                steps.iter().map(|(step, _)| format!("`{id}/{}`", step.key.text)).collect();
            page.facts.push(("steps".to_owned(), listed.join(", ")));
            page.change = Some(format!("[playbooks.{}]\noff = true", key(id)));
            pages.push(page);
            let is_only = steps.len() == 1;
            for (step, table) in steps {
                let name = format!("{id}/{}", step.key.text);
                let path = ["playbooks", id, "steps"];
                let mut page = self.page(Family::Playbooks, name, text(table, "title"), &path, step);
                self.reasons(&mut page, table);
                for entry in table.iter() {
                    let key = &*entry.key.text;
                    if !["title", "why", "source", "branches"].contains(&key) {
                        page.facts.push((label(key), code(&entry.node.value)));
                    }
                }
                for (branch, own) in self.entries(&["playbooks", id, "steps", &step.key.text, "branches"]) {
                    let written: Vec<String> = own
                        .iter()
                        .filter(|entry| !["why", "source"].contains(&&*entry.key.text))
                        .map(|entry| format!("{} = {}", key(&entry.key.text), inline(&entry.node.value)))
                        .collect();
                    let why = text(own, "why");
                    let why = if why.is_empty() { String::new() } else { format!(": {why}") };
                    page.facts.push((
                        format!("branch {}", branch.key.text),
                        format!("`{}`{why}", written.join(", ")),
                    ));
                }
                // A playbook without a step is a mistake.
                let path =
                    if is_only { key(id) } else { format!("{}.steps.{}", key(id), key(&step.key.text)) };
                page.change = Some(format!("[playbooks.{path}]\noff = true"));
                pages.push(page);
            }
        }
        pages
    }

    fn remedies(&self) -> Vec<Page> {
        let page = |(entry, table): (&Entry<'a>, &Table<'a>)| {
            let id = &*entry.key.text;
            let mut page =
                self.page(Family::Remedies, id.to_owned(), text(table, "title"), &["remedies"], entry);
            self.reasons(&mut page, table);
            self.rest(&mut page, table, &["title", "why", "source"]);
            page.change = Some(format!("[remedies.{}]\noff = true", key(id)));
            page
        };
        self.entries(&["remedies"]).into_iter().map(page).collect()
    }

    fn channels(&self) -> Vec<Page> {
        let page = |(entry, table): (&Entry<'a>, &Table<'a>)| {
            let id = &*entry.key.text;
            let mut page =
                self.page(Family::Channels, id.to_owned(), text(table, "name"), &["channels"], entry);
            page.why = text(table, "notes").to_owned();
            self.rest(&mut page, table, &["name", "notes"]);
            page.change =
                Some(format!("[channels.{}]\nregister = \"formal\"         # and any other key", key(id)));
            page
        };
        self.entries(&["channels"]).into_iter().map(page).collect()
    }

    fn intents(&self) -> Vec<Page> {
        let page = |intent: &'static str| {
            let title = MEANT.iter().find(|(name, _)| *name == intent).map_or("", |(_, title)| *title);
            let mut page = Page::new(Family::Intents, intent, title);
            page.location = self.at(&["intents", intent]);
            page.path = vec!["intents".to_owned(), intent.to_owned()];
            page.samples = self.examples.samples(Section::Intent, intent, ["heard", "not heard"]);
            let language = self.policy.languages().first().map_or("en", |own| own.as_str());
            if intent != "other" {
                page.change = Some(format!(
                    "[intents.{intent}.{language}]\n\"…\" = 1.0                    # a phrase and its weight; heard from 1.0 on"
                ));
            }
            page
        };
        INTENTS.into_iter().chain(["other"]).map(page).collect()
    }

    fn signals(&self) -> Vec<Page> {
        let page = |(entry, _): (&Entry<'a>, &Table<'a>)| {
            let id = &*entry.key.text;
            let mut page = self.page(Family::Signals, id.to_owned(), "", &["signals"], entry);
            page.title = format!("heard in {}", languages(entry));
            page.samples = self.examples.samples(Section::Signal, id, ["heard", "not heard"]);
            let language = self.policy.languages().first().map_or("en", |own| own.as_str());
            page.change = Some(format!("[signals.{}.{language}]\nhear = [\"+\", \"…\"]", key(id)));
            page
        };
        self.entries(&["signals"]).into_iter().map(page).collect()
    }

    fn health(&self) -> Vec<Page> {
        let page = |(entry, table): (&Entry<'a>, &Table<'a>)| {
            let id = &*entry.key.text;
            let mut page = self.page(
                Family::Health,
                format!("health.{id}"),
                text(table, "message"),
                &["sla", "health", "rules"],
                entry,
            );
            self.reasons(&mut page, table);
            self.rest(&mut page, table, &["message", "why", "source"]);
            page.change = Some(format!("[sla.health.rules.{}]\noff = true", key(id)));
            page
        };
        self.entries(&["sla", "health", "rules"]).into_iter().map(page).collect()
    }

    fn surge(&self) -> Vec<Page> {
        let page = |(entry, table): (&Entry<'a>, &Table<'a>)| {
            let id = &*entry.key.text;
            let title = "reached with any one of its thresholds";
            let mut page =
                self.page(Family::Surge, format!("surge.{id}"), title, &["sla", "surge", "levels"], entry);
            self.rest(&mut page, table, &[]);
            page.change = Some(format!(
                "[sla.surge.levels.{}]\nmedia = true                  # and any other threshold",
                key(id)
            ));
            page
        };
        self.entries(&["sla", "surge", "levels"]).into_iter().map(page).collect()
    }

    fn expectation(&self) -> Vec<Page> {
        let page = |(entry, table): (&Entry<'a>, &Table<'a>)| {
            let id = &*entry.key.text;
            let mut page = self.page(
                Family::Expectation,
                id.to_owned(),
                text(table, "title"),
                &["sla", "expectation"],
                entry,
            );
            self.reasons(&mut page, table);
            self.rest(&mut page, table, &["title", "source"]);
            page.change = Some(
                "[sla.health]\nexpectation = \"…\"            # the survey that channels are held against"
                    .to_owned(),
            );
            page
        };
        self.entries(&["sla", "expectation"]).into_iter().map(page).collect()
    }

    fn notations(&self) -> Vec<Page> {
        let mut phrases = Page::new(Family::Notations, "phrases", "how a policy writes what it listens for");
        phrases.text = PHRASES;
        let listed = |names: Vec<&str>| {
            names.iter().map(|name| format!("`{{{name}}}`")).collect::<Vec<_>>().join(", ")
        };
        let everywhere = listed(Kind::ALL.iter().map(|(name, _)| *name).collect());
        phrases.facts.push(("classes everywhere".to_owned(), everywhere));
        for language in self.policy.languages() {
            let classes = self.root.entry_at(&["language", language.as_str(), "classes"]);
            let classes = classes.and_then(|entry| entry.node.as_table()).into_iter().flat_map(Table::iter);
            let names: Vec<&str> = classes.map(|entry| &*entry.key.text).collect();
            if !names.is_empty() {
                phrases.facts.push((format!("classes of {language}"), listed(names)));
            }
        }
        let mut templates = Page::new(Family::Notations, "templates", "how a policy writes what is said");
        templates.text = TEMPLATES;
        vec![phrases, templates]
    }

    fn packs(&self) -> Vec<Page> {
        let mut pages = Vec::new();
        let own = self.policy.name();
        if !is_built_in(own) {
            let mut page = Page::new(Family::Packs, own, text(self.root, "description"));
            if page.title.is_empty() {
                page.title = "the policy".to_owned();
            }
            page.location = self.at(&["name"]);
            let languages: Vec<&str> = self.policy.languages().iter().map(|own| own.as_str()).collect();
            let facts = [
                ("version", self.policy.version().to_owned()),
                ("languages", languages.join(", ")),
                ("rules", self.policy.rules().count().to_string()),
                ("channels", self.policy.channels().len().to_string()),
                ("brand", self.policy.brand().unwrap_or_default().to_owned()),
            ];
            let facts = facts.into_iter().filter(|(_, fact)| !fact.is_empty());
            page.facts.extend(facts.map(|(label, fact)| (label.to_owned(), fact)));
            pages.push(page);
        }
        pages.extend(built_in_packs().map(|(name, text)| {
            let comments = text.lines().map_while(|line| line.strip_prefix('#'));
            let first: Vec<&str> = comments.map(str::trim).take_while(|line| !line.is_empty()).collect();
            let words = first.join(" ");
            let words = words.strip_prefix(name).and_then(|rest| rest.strip_prefix(": ")).unwrap_or(&words);
            let mut page = Page::new(Family::Packs, name, words);
            page.change = Some(format!("extends = [\"{name}\"]"));
            page
        }));
        pages
    }

    /// All other keys of a table, each with where its figure comes from.
    fn rest(&self, page: &mut Page, table: &Table<'a>, but: &[&str]) {
        for entry in table.iter().filter(|entry| !but.contains(&&*entry.key.text)) {
            page.facts.push((label(&entry.key.text), figure(&entry.node.value)));
        }
    }

    fn at(&self, path: &[&str]) -> Option<source::Location> {
        self.mistakes.locate(self.root.entry_at(path)?.key.place)
    }
}

/// Where something is defined: in the document that says the first thing of it, since its name stands in others, too,
/// that only add examples.
fn defined_at(entry: &Entry<'_>) -> Place {
    const EXAMPLES: [&str; 6] = ["good", "bad", "heard", "unheard", "case", "now"];
    let settings = entry.node.as_table().into_iter().flat_map(Table::iter);
    let first = settings.map(|inner| &inner.key).find(|key| !EXAMPLES.contains(&&*key.text));
    let elsewhere = first.map(|key| key.place).filter(|place| place.source != entry.key.place.source);
    elsewhere.unwrap_or(entry.key.place)
}

fn text<'t>(table: &'t Table<'_>, key: &str) -> &'t str {
    table.get(key).and_then(Node::as_str).unwrap_or_default()
}

/// A string, or the strings of a list.
fn names<'t>(node: &'t Node<'_>) -> Vec<&'t str> {
    match &node.value {
        Value::Array(list) => list.iter().filter_map(Node::as_str).collect(),
        _ => node.as_str().into_iter().collect(),
    }
}

fn languages(entry: &Entry<'_>) -> String {
    let keys = entry.node.as_table().into_iter().flat_map(Table::iter).map(|own| own.key.text.to_string());
    keys.collect::<Vec<_>>().join(", ")
}

/// A key as people read it.
fn label(key: &str) -> String {
    key.replace('_', " ")
}

fn code(value: &Value<'_>) -> String {
    format!("`{}`", inline(value))
}

/// A value, and where it comes from if it says so: `{ max = 8000 }` (Meta, 2026-11, official).
fn figure(value: &Value<'_>) -> String {
    match value {
        Value::Array(list) if list.iter().any(|node| node.as_table().is_some()) => {
            list.iter().map(|node| figure(&node.value)).collect::<Vec<_>>().join("; ")
        }
        Value::Table(table) => {
            let origin: Vec<&str> =
                ORIGIN.iter().map(|key| text(table, key)).filter(|own| !own.is_empty()).collect();
            let own = table.iter().filter(|entry| !ORIGIN.contains(&&*entry.key.text));
            let own: Vec<String> = own
                .map(|entry| format!("{} = {}", key(&entry.key.text), inline(&entry.node.value)))
                .collect();
            let own = if own.is_empty() { pairs(table) } else { own.join(", ") };
            if origin.is_empty() { format!("`{own}`") } else { format!("`{own}` ({})", origin.join(", ")) }
        }
        value => code(value),
    }
}

/// The page of a code; examples too long to read are left to its advice.
fn of_code(code: &source::Code) -> Page {
    let mut page = Page::new(Family::Mistakes, code.code, code.title);
    page.why = code.advice.to_owned();
    for (label, example) in [("found", &code.breaks), ("fine", &code.keeps)] {
        let source::Example::Documents(texts) = example else { continue };
        let short = texts.iter().filter(|text| text.len() < LONGEST_SAMPLE);
        page.samples.extend(short.map(|text| Sample {
            label,
            language: String::new(),
            text: text.trim_end().to_owned(),
        }));
    }
    page
}
