//! Channels that allow what they do not allow.

use super::Lint;
use crate::source::{Diagnostic, Node, Severity, Value, quoted};

impl Lint<'_, '_> {
    pub(super) fn channels(&self) {
        let is_watched = self.policy.rule("emoji.ambiguous").is_some();
        for (entry, table) in self.tables("channels") {
            let id = &*entry.key.text;
            let Some(emoji) = table.get("emoji").and_then(Node::as_table) else { continue };
            let Some(list) = emoji.entry("allow") else { continue };
            let Value::Array(allowed) = &list.node.value else { continue };
            for node in allowed {
                let Some(own) = node.as_str() else { continue };
                if is_watched && self.policy.0.emoji_ambiguous.contains(own) {
                    let message = format!("{own} is allowed on {} and ambiguous", quoted(id));
                    let help = format!(
                        "take it out of `allow`, or write `ambiguous = {{ \"{own}\" = false }}` under `[emoji]`"
                    );
                    self.report(
                        Diagnostic::error("contradiction", message)
                            .with_help(help)
                            .at(self.mistakes.locate(node.place))
                            .with_related(self.at(&["emoji", "ambiguous", own]), "said to be ambiguous here"),
                    );
                }
            }
            let most = emoji.entry("max");
            if let Some(most) = most.filter(|most| matches!(most.node.value, Value::Integer(0))) {
                if !allowed.is_empty() {
                    let message = format!("{} allows emoji, and at most none of them", quoted(id));
                    self.report(
                        Diagnostic::new(Severity::Warning, "emoji-never", message)
                            .with_help("give `max` another number, or take `allow` out")
                            .at(self.mistakes.locate(list.node.place))
                            .with_related(self.mistakes.locate(most.node.place), "none at most"),
                    );
                }
            }
        }
    }
}
