//! The names a test can use: those of the policy it tests.

use super::asked::Asked;
use super::pattern::Pattern;
use crate::case::Case;
use crate::channel::Channel;
use crate::lexicon::{INTENTS, LanguageId};
use crate::policy::Policy;
use crate::source::{Diagnostic, Field, Location, Severity, nearest, quoted};

/// What a test may name.
pub(super) struct Names<'n> {
    pub(super) policy: &'n Policy,
    /// The languages that documents describe, those included that the policy does not speak.
    pub(super) described: &'n [&'n str],
    /// Whether a place is in a document of the author's own, and not in one that it extends.
    pub(super) is_own: &'n dyn Fn(&Location) -> bool,
}

/// Whether a test in a language can be run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spoken {
    Yes,
    /// The test is that of a document further down, and this policy has nothing to do with the language.
    Elsewhere,
    Unknown,
}

impl Names<'_> {
    /// The rules whose findings an answer has, with how bad these are.
    pub(super) fn rules_of(&self, asked: Asked) -> Vec<(&str, Severity)> {
        match asked {
            Asked::Health => self.policy.health_rules().collect(),
            _ => self.policy.rules().map(|rule| (rule.id().as_str(), rule.severity())).collect(),
        }
    }

    /// A rule, or several by a pattern; one that names none is reported.
    pub(super) fn pattern(&self, written: &str, asked: Asked, field: Field<'_, '_>) -> Option<Pattern> {
        let pattern = Pattern::new(written);
        let rules = self.rules_of(asked);
        let rules = rules.iter().map(|(rule, _)| *rule);
        if rules.clone().any(|rule| pattern.matches(rule)) {
            return Some(pattern);
        }
        if pattern.is_exact() {
            field.unknown_value(written, rules);
            return None;
        }
        // `tnoe.*`: the part before the dot is what can be misspelt.
        let groups = rules.filter_map(|rule| rule.split_once('.')).map(|(group, _)| group);
        let group = written.split_once('.').map_or(written, |(group, _)| group);
        let diagnostic =
            Diagnostic::error("unbreakable-test", format!("no rule is called like {}", quoted(written)));
        field.report(match nearest(group.trim_matches('*'), groups) {
            Some(near) => diagnostic.with_help(format!("did you mean {}?", quoted(&format!("{near}.*")))),
            None => diagnostic.with_help("nothing is expected by this: name rules of the policy"),
        });
        None
    }

    /// One rule by its full name.
    pub(super) fn rule(&self, name: &str, asked: Asked, field: Field<'_, '_>) -> Option<String> {
        let rules = self.rules_of(asked);
        self.known(name, field, rules.iter().map(|(rule, _)| *rule)).then(|| name.to_owned())
    }

    /// Whether any rule is at least that severe.
    pub(super) fn any_rule(&self, asked: Asked, severity: Severity) -> bool {
        self.rules_of(asked).iter().any(|(_, own)| *own >= severity)
    }

    /// Reports a name that is none of those that are known.
    pub(super) fn known<'k>(
        &self,
        name: &str,
        field: Field<'_, '_>,
        known: impl IntoIterator<Item = &'k str>,
    ) -> bool {
        let known: Vec<&str> = known.into_iter().collect();
        let found = known.contains(&name);
        if !found {
            field.unknown_value(name, known);
        }
        found
    }

    pub(super) fn act(&self, name: &str, field: Field<'_, '_>) -> bool {
        self.known(name, field, self.policy.acts().map(|(act, _)| act.as_str()))
    }

    pub(super) fn channel(&self, name: &str, field: Field<'_, '_>) -> bool {
        self.known(name, field, self.policy.channels().iter().map(Channel::id))
    }

    pub(super) fn language(&self, code: &str, field: Field<'_, '_>) -> Spoken {
        let spoken = || self.policy.languages().iter().map(LanguageId::as_str);
        let place = || field.place().and_then(|place| field.mistakes().locate(place));
        if spoken().any(|language| language == code) {
            Spoken::Yes
        } else if self.described.contains(&code) && !place().is_some_and(|at| (self.is_own)(&at)) {
            Spoken::Elsewhere
        } else {
            field.unknown_value(code, spoken());
            Spoken::Unknown
        }
    }

    /// What a case names beside its channel and language.
    pub(super) fn case(&self, case: &Case, field: Field<'_, '_>) {
        if let (Some(intent), Some(table)) = (&case.facts.intent, inner(field, "facts")) {
            let intents = INTENTS.into_iter().chain(["other"]);
            self.known(intent, inner(table, "intent").unwrap_or(table), intents);
        }
    }
}

/// The value of a key of a table; what is wrong with the table was reported when it was read.
pub(super) fn inner<'n, 'a>(field: Field<'n, 'a>, key: &'n str) -> Option<Field<'n, 'a>> {
    field.node()?.as_table()?.get(key)?;
    Some(field.table()?.get(key))
}
