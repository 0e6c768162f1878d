//! Events that are nearly called like those something follows from.

use std::collections::BTreeSet;

use super::Inner;
use crate::case::{Case, EVENT_KINDS};
use crate::source::{Diagnostic, Severity, nearest, quoted};

/// What people call events otherwise, and what they are called here.
const OTHER_NAMES: [(&str, &str); 6] = [
    ("close", "resolve"),
    ("solve", "resolve"),
    ("done", "resolve"),
    ("hold", "pause"),
    ("continue", "resume"),
    ("open", "reopen"),
];
/// No more kinds of one case are looked at.
const MOST_KINDS: usize = 50;

impl Inner {
    /// The kinds of a case's events that svar does not know and that no entry of the policy names, where one that means
    /// something is near.
    pub(super) fn odd_events(&self, case: &Case) -> Vec<Diagnostic> {
        let kinds = case.events.iter().map(|event| &*event.kind);
        let unknown: BTreeSet<&str> =
            kinds.filter(|kind| !EVENT_KINDS.contains(kind)).take(MOST_KINDS).collect();
        if unknown.is_empty() {
            return Vec::new();
        }
        let named: BTreeSet<&str> = self.event_kinds().collect();
        let known = || EVENT_KINDS.into_iter().chain(OTHER_NAMES.map(|(other, _)| other));
        let odd = unknown.iter().filter(|kind| !named.contains(*kind)).filter_map(|kind| {
            let near = nearest(kind, known().chain(named.iter().copied()))?;
            let meant = OTHER_NAMES.iter().find(|(other, _)| *other == near).map_or(near, |(_, meant)| meant);
            let message = format!("nothing follows from an event {}", quoted(kind));
            let help = format!("did you mean {}? A kind of your own has a name of its own", quoted(meant));
            Some(Diagnostic::new(Severity::Warning, "unknown-event", message).with_help(help))
        });
        odd.collect()
    }

    /// The kinds that the policy names.
    fn event_kinds(&self) -> impl Iterator<Item = &str> {
        let steps = self.playbooks.iter().flat_map(|playbook| &playbook.steps);
        let closings = steps.flat_map(|step| &step.closed_by);
        let closings = closings.flat_map(|closing| closing.events.iter().chain(&closing.since));
        closings.map(|kind| &**kind).chain(self.sla.clocks.event_kinds())
    }
}
