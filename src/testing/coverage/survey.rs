//! The survey: which places a policy has.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Coverage, Covered, CoveredKind, Index};
use crate::draft::DraftSections;
use crate::lexicon::{Lexicons, Sections};
use crate::policy::{Policy, PolicyBuilder};
use crate::rule::RuleFields;
use crate::sla::surge::Level;
use crate::source::{Diagnostics, Entry, Mistakes, Node, Place, Table, TableReader, Value};

/// Where phrases and templates stand.
const WRITTEN: [&str; 7] = ["acts", "signals", "address", "register", "intents", "rules", "canned"];
/// Those of which the phrases have weights.
const CUES: [&str; 3] = ["address", "register", "intents"];
/// What of a rule is a test of it, and no part of it.
const EXAMPLES: [&str; 4] = ["good", "bad", "case", "now"];

pub(super) fn survey(builder: &PolicyBuilder) -> Result<Coverage, Diagnostics> {
    builder
        .build_and(|root, policy| Surveyor::new(builder, root).survey(policy))
        .map(|(_, coverage)| coverage)
}

struct Surveyor<'s, 'n, 'a> {
    builder: &'s PolicyBuilder,
    root: &'s TableReader<'n, 'a>,
    places: Vec<(Covered, Key)>,
}

/// By what a run tells of a place.
enum Key {
    Rule,
    Written(Place),
    Step(String, String),
    Channel(usize, usize),
    Ladder,
    Surge,
    Health(String),
}

/// The keys that lead to a text of a document, and what it is called there.
struct Written<'t> {
    path: String,
    name: &'t str,
}

impl<'s, 'n, 'a> Surveyor<'s, 'n, 'a> {
    fn new(builder: &'s PolicyBuilder, root: &'s TableReader<'n, 'a>) -> Self {
        Surveyor { builder, root, places: Vec::new() }
    }

    fn survey(mut self, policy: &Policy) -> Coverage {
        self.rules(policy);
        let probe = self.written(policy);
        self.steps(policy);
        self.channels(policy);
        self.sla(policy);
        let order = |place: &Covered| (place.kind, place.location.as_ref().map(|at| at.place()));
        // What is said of a channel in one language stands where it is said of all: in the order of the languages.
        self.places.sort_by_key(|(place, _)| order(place));
        let mut coverage = Coverage { probe: Box::new(probe), ..Coverage::default() };
        for (at, (place, key)) in self.places.into_iter().enumerate() {
            let Index { rules, written, steps, channels, ladders, surges, health } = &mut coverage.index;
            match key {
                Key::Rule => rules.insert(place.name.clone(), at),
                Key::Written(place) => written.insert(place, at),
                Key::Step(playbook, step) => steps.insert((playbook, step), at),
                Key::Channel(channel, language) => channels.insert((channel, language), at),
                Key::Ladder => ladders.insert(place.name.clone(), at),
                Key::Surge => surges.insert(place.name.clone(), at),
                Key::Health(rule) => health.insert(rule, at),
            };
            coverage.places.push(place);
        }
        coverage
    }

    fn add(
        &mut self,
        kind: CoveredKind,
        path: String,
        name: &str,
        (at, own): (Option<Place>, bool),
        key: Key,
    ) {
        let location = at.and_then(|place| self.root.mistakes().locate(place));
        let place = Covered { kind, path, name: name.to_owned(), location, own, fired: 0, passed: 0 };
        self.places.push((place, key));
    }

    fn is_own(&self, place: Place) -> bool {
        self.builder.is_own(self.root.mistakes().sources().name(place.source))
    }

    /// Whether any of it is the author's, examples aside.
    fn has_own(&self, node: &Node<'_>) -> bool {
        match &node.value {
            Value::Table(table) => table.iter().any(|entry| self.entry_has_own(entry)),
            Value::Array(list) => list.iter().any(|node| self.has_own(node)) || self.is_own(node.place),
            _ => self.is_own(node.place),
        }
    }

    fn entry_has_own(&self, entry: &Entry<'_>) -> bool {
        !EXAMPLES.contains(&&*entry.key.text) && self.has_own(&entry.node)
    }

    /// An entry of the document: where it is told of, and whether any of it is the author's.
    fn entry(&self, keys: &[&str]) -> (Option<Place>, bool) {
        let Some((last, path)) = keys.split_last() else { return (None, false) };
        let entry = table_at(self.root.table(), path).and_then(|table| table.entry(last));
        (entry.map(|entry| entry.key.place), entry.is_some_and(|entry| self.has_own(&entry.node)))
    }

    fn rules(&mut self, policy: &Policy) {
        for rule in policy.rules() {
            let id = rule.id().as_str();
            self.add(CoveredKind::Rule, "rules".to_owned(), id, self.entry(&["rules", id]), Key::Rule);
        }
    }

    /// Phrases, cues and templates.
    fn written(&mut self, policy: &Policy) -> crate::lexicon::Probe {
        // What is wrong with the documents was reported when the policy was built.
        let quiet = Mistakes::new(self.root.mistakes().sources());
        let root = quiet.table(self.root.table(), self.root.place());
        let languages: Vec<Arc<str>> =
            policy.languages().iter().map(|language| Arc::clone(&language.0)).collect();
        let mut phrases = RuleFields::of(root.get("rules").table()).phrases();
        phrases.extend(DraftSections::of(&root).keywords());
        let probe = Lexicons::probe(Sections::of(&root), &languages, &phrases);
        let mut known = HashMap::new();
        for section in WRITTEN {
            if let Some(node) = self.root.table().get(section) {
                gather(node, section, section, &mut known);
            }
        }
        let heard = probe.places().map(|place| (place, None));
        let said = policy.templates().filter_map(|template| template.location());
        let said = said.map(|location| (location.place(), Some(CoveredKind::Template)));
        for (place, kind) in heard.chain(said) {
            // What holds for several languages is one place.
            let Some(Written { path, name }) = known.remove(&place) else { continue };
            let is_cue = CUES.iter().any(|section| path.split('.').next() == Some(section));
            let kind = kind.unwrap_or(if is_cue { CoveredKind::Cue } else { CoveredKind::Phrase });
            self.add(kind, path, name, (Some(place), self.is_own(place)), Key::Written(place));
        }
        probe
    }

    fn steps(&mut self, policy: &Policy) {
        for (playbook, _) in policy.playbooks() {
            let playbook = playbook.as_str();
            for step in policy.steps(playbook) {
                let id = step.id.as_str();
                let at = self.entry(&["playbooks", playbook, "steps", id]);
                let key = Key::Step(playbook.to_owned(), id.to_owned());
                self.add(CoveredKind::Step, joined(&joined("playbooks", playbook), "steps"), id, at, key);
            }
        }
    }

    fn channels(&mut self, policy: &Policy) {
        for (number, channel) in policy.channels().iter().enumerate() {
            let at = self.entry(&["channels", channel.id()]);
            for (language, code) in policy.languages().iter().enumerate() {
                let name = format!("{} in {code}", channel.id());
                let key = Key::Channel(number, language);
                self.add(CoveredKind::Channel, "channels".to_owned(), &name, at, key);
            }
        }
    }

    /// Ladders, levels of a surge, and rules of a channel's health.
    fn sla(&mut self, policy: &Policy) {
        for id in policy.ladders() {
            let at = self.entry(&["sla", "escalation", id]);
            self.add(CoveredKind::Ladder, "sla.escalation".to_owned(), id, at, Key::Ladder);
        }
        for level in Level::REACHED.into_iter().filter(|level| policy.watches(*level)) {
            let at = self.entry(&["sla", "surge", "levels", level.as_str()]);
            self.add(CoveredKind::Surge, "sla.surge.levels".to_owned(), level.as_str(), at, Key::Surge);
        }
        for (rule, _) in policy.health_rules() {
            let name = rule.split_once('.').map_or(rule, |(_, name)| name);
            let at = self.entry(&["sla", "health", "rules", name]);
            let key = Key::Health(rule.to_owned());
            self.add(CoveredKind::Health, "sla.health.rules".to_owned(), rule, at, key);
        }
    }
}

fn table_at<'t, 'a>(root: &'t Table<'a>, path: &[&str]) -> Option<&'t Table<'a>> {
    path.iter().try_fold(root, |table, key| table.get(key)?.as_table())
}

/// Every text below a node, and every entry of a table that is no table itself, by its place.
fn gather<'t>(node: &'t Node<'_>, path: &str, name: &'t str, known: &mut HashMap<Place, Written<'t>>) {
    match &node.value {
        Value::Table(table) => {
            for entry in table.iter() {
                let key = &*entry.key.text;
                match &entry.node.value {
                    Value::Table(_) | Value::Array(_) => gather(&entry.node, &joined(path, key), key, known),
                    _ => gather(&entry.node, path, key, known),
                }
            }
        }
        Value::Array(list) => {
            for node in list {
                gather(node, path, node.as_str().unwrap_or(name), known);
            }
        }
        _ => {
            known.insert(node.place, Written { path: path.to_owned(), name });
        }
    }
}

/// A path and one more key, in quotes where a document needs them.
pub(in crate::testing) fn joined(path: &str, key: &str) -> String {
    let bare = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    let dot = if path.is_empty() { "" } else { "." };
    if bare { format!("{path}{dot}{key}") } else { format!("{path}{dot}{key:?}") }
}
