//! What `svar check` finds beside mistakes: contradictions, and parts of a policy that never come to anything.
//!
//! Each part looks at one subject, in the merged document and in the policy made of it. What it says is a diagnostic
//! with a place; an error is only what nobody can have meant.

mod brand;
mod channels;
mod codes;
mod layers;
mod names;
mod notation;
mod phrases;
mod playbooks;
mod rules;
mod sayings;
mod words;

pub use codes::LINT_CODES;
pub(super) use layers::{compare as compare_layers, report_joined, report_replaced, report_unnamed};
pub(super) use names::report_misspelt;

use super::Policy;
use crate::lexicon::ActSet;
use crate::rule::{Rule, World};
use crate::source::{Diagnostic, Entry, Location, Mistakes, Node, Table, TableReader};

/// Looks through a policy that was built without an error.
pub(super) fn run(root: &TableReader<'_, '_>, policy: &Policy) {
    let steps = policy.0.playbooks.iter().map(|playbook| playbook.steps.len() as u8).collect();
    let lint = Lint {
        root: root.table(),
        mistakes: root.mistakes(),
        policy,
        world: World::new(&policy.0.channels, steps),
    };
    lint.rules();
    lint.playbooks();
    lint.channels();
    lint.sayings();
    lint.names();
    lint.brand();
    lint.phrases();
    lint.notation();
    lint.words();
}

/// What every part looks at.
struct Lint<'l, 'a> {
    root: &'l Table<'a>,
    mistakes: &'l Mistakes<'l>,
    policy: &'l Policy,
    world: World,
}

impl<'l, 'a> Lint<'l, 'a> {
    /// Where something of the document is defined: the entry at the end of a path of keys.
    fn entry(&self, path: &[&str]) -> Option<&'l Entry<'a>> {
        entry(self.root, path)
    }

    /// Where the name of something stands.
    fn at(&self, path: &[&str]) -> Option<Location> {
        self.mistakes.locate(self.entry(path)?.key.place)
    }

    /// Where the value of something stands.
    fn at_value(&self, path: &[&str]) -> Option<Location> {
        self.mistakes.locate(self.entry(path)?.node.place)
    }

    fn rule_at(&self, rule: &Rule) -> Option<Location> {
        self.at(&["rules", rule.id().as_str()])
    }

    /// The names of a section's entries that are tables.
    fn tables(&self, section: &str) -> impl Iterator<Item = (&'l Entry<'a>, &'l Table<'a>)> + use<'l, 'a> {
        let section = self.root.get(section).and_then(Node::as_table);
        let entries = section.into_iter().flat_map(Table::iter);
        entries.filter_map(|entry| Some((entry, entry.node.as_table()?)))
    }

    fn act_name(&self, act: usize) -> &'l str {
        let act = u8::try_from(act).ok().and_then(|act| self.policy.0.lexicons.acts.get(act));
        act.map(|(id, _)| id.as_str()).unwrap_or_default()
    }

    /// The first act that two sets have in common.
    fn common(&self, own: ActSet, other: ActSet) -> &'l str {
        own.each().find(|act| other.contains(*act as u8)).map(|act| self.act_name(act)).unwrap_or_default()
    }

    fn report(&self, diagnostic: Diagnostic) {
        self.mistakes.report(diagnostic);
    }
}

fn entry<'l, 'a>(root: &'l Table<'a>, path: &[&str]) -> Option<&'l Entry<'a>> {
    let (last, tables) = path.split_last()?;
    let mut table = root;
    for key in tables {
        table = table.get(key)?.as_table()?;
    }
    table.entry(last)
}

/// ` (as …)`, or nothing where any case will do.
fn example(case: &str) -> String {
    if case.is_empty() { String::new() } else { format!(", for example {case}") }
}
