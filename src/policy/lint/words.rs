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
