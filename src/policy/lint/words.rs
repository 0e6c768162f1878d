//! Texts that people are to read, and in which nothing stands.

use super::Lint;
use crate::source::{Diagnostic, Entry, Severity, quoted};

impl Lint<'_, '_> {
    pub(super) fn words(&self) {
        self.wordless(self.root.entry("name"));
        for (_, rule) in self.tables("rules") {
            self.wordless(rule.entry("message"));
            self.wordless(rule.entry("why"));
        }
        self.judges_nothing();
    }

    /// A policy that extends nothing and has nothing of its own to answer with.
    fn judges_nothing(&self) {
        const ANSWERS: [&str; 5] = ["rules", "playbooks", "sla", "calendars", "rotas"];
        if self.root.get("extends").is_some() || ANSWERS.iter().any(|key| self.root.get(key).is_some()) {
            return;
        }
        let message = "this policy judges nothing: it has no rules, and extends nothing that has";
        let help = "write `extends = [\"svar:care\"]`, or rules of its own";
        let diagnostic = Diagnostic::new(Severity::Warning, "no-rules", message).with_help(help);
        let first = self.root.iter().next().map(|entry| entry.key.place);
        self.report(diagnostic.at(first.and_then(|place| self.mistakes.locate(place))));
    }

    fn wordless(&self, entry: Option<&Entry<'_>>) {
        let Some(entry) =
            entry.filter(|entry| entry.node.as_str().is_some_and(|text| text.trim().is_empty()))
        else {
            return;
        };
        let message = format!("nothing stands in {}", quoted(&entry.key.text));
        let help = "write what people are to read there, or take the key out";
        let diagnostic = Diagnostic::new(Severity::Warning, "empty-text", message).with_help(help);
        self.report(diagnostic.at(self.mistakes.locate(entry.node.place)));
    }
}
