//! Changes to something that is not there.

use super::Lint;
use crate::source::{Diagnostic, Entry, Location, Mistakes, Node, Severity, Table, Value, nearest, quoted};

/// Entries that lack what makes them one of their section, and are nearly called like another: their author wanted to
/// change that one. That the key is missing is told, too, but it is not what is wrong.
pub(in crate::policy) fn report_misspelt(root: &Table<'_>, mistakes: &Mistakes<'_>) {
    let targets = root.get("sla").and_then(Node::as_table).and_then(|sla| sla.get("targets"));
    for (what, section, key) in [("slot", root.get("slots"), "type"), ("target", targets, "metric")] {
        misspelt(what, section, key, mistakes);
    }
    misspelt("remedy", root.get("remedies"), "kind", mistakes);
    for playbook in root.get("playbooks").and_then(Node::as_table).into_iter().flat_map(Table::iter) {
        let steps = playbook.node.as_table().and_then(|playbook| playbook.get("steps"));
        misspelt("step", steps, "closed_by", mistakes);
    }
}

fn misspelt(what: &str, section: Option<&Node<'_>>, key: &str, mistakes: &Mistakes<'_>) {
    let Some(section) = section.and_then(Node::as_table) else { return };
    let is_whole = |entry: &&Entry<'_>| {
        let table = entry.node.as_table();
        table.is_none_or(|table| table.get(key).is_some() || table.get("off").is_some())
    };
    for entry in section.iter().filter(|entry| !is_whole(entry)) {
        let others = section.iter().filter(is_whole).map(|entry| &*entry.key.text);
        let Some(near) = nearest(&entry.key.text, others) else { continue };
        let message = format!("there is no {what} {} to change", quoted(&entry.key.text));
        let diagnostic = Diagnostic::error("unknown-override", message);
        let diagnostic = diagnostic.with_help(format!("did you mean {}?", quoted(near)));
        mistakes.report(diagnostic.at(mistakes.locate(entry.key.place)));
    }
}

impl<'l, 'a> Lint<'l, 'a> {
    /// A signal of a policy's own that is nearly called like another.
    fn signals(&self) {
        let names: Vec<(&str, Option<Location>)> = self
            .tables("signals")
            .map(|(entry, _)| (&*entry.key.text, self.mistakes.locate(entry.key.place)))
            .collect();
        let is_own = |at: &Option<Location>| at.as_ref().is_some_and(|at| !at.source().is_built_in());
        let known = || names.iter().filter(|(_, at)| !is_own(at)).map(|(name, _)| *name);
        for (name, at) in names.iter().filter(|(name, at)| is_own(at) && !known().any(|own| own == *name)) {
            let Some(near) = nearest(name, known()) else { continue };
            let message = format!("the signal {} is nearly called like another", quoted(name));
            let help = format!("did you mean {}? A signal of your own has a name of its own", quoted(near));
            let diagnostic = Diagnostic::new(Severity::Warning, "unknown-override", message).with_help(help);
            self.report(diagnostic.at(at.clone()));
        }
    }

    /// `off = true` under a name that nothing else is said of switches nothing off.
    pub(super) fn names(&self) {
        self.signals();
        for (playbook, table) in self.tables("playbooks") {
            self.switches("step", table.get("steps"), Some(&playbook.key.text));
            let steps = table.get("steps").and_then(Node::as_table).into_iter().flat_map(Table::iter);
            for step in steps {
                let branches = step.node.as_table().and_then(|step| step.get("branches"));
                self.switches("branch", branches, Some(&step.key.text));
            }
        }
        let sla = self.root.get("sla").and_then(Node::as_table);
        for (what, key) in [("target", "targets"), ("escalation", "escalation")] {
            self.switches(what, sla.and_then(|sla| sla.get(key)), None);
        }
        let health = sla.and_then(|sla| sla.get("health")).and_then(Node::as_table);
        self.switches("health rule", health.and_then(|health| health.get("rules")), None);
        self.switches("remedy", self.root.get("remedies"), None);
        self.switches("role", self.root.get("authority"), None);
    }

    fn switches(&self, what: &str, section: Option<&'l Node<'a>>, of: Option<&str>) {
        let Some(section) = section.and_then(Node::as_table) else { return };
        let is_switch = |entry: &&'l Entry<'a>| {
            let table = entry.node.as_table().filter(|table| table.len() == 1);
            table.and_then(|table| table.get("off")).is_some_and(|off| matches!(off.value, Value::Boolean(_)))
        };
        for entry in section.iter().filter(is_switch) {
            let others = section.iter().filter(|entry| !is_switch(entry)).map(|entry| &*entry.key.text);
            let of = of.map(|of| format!(" of {}", quoted(of))).unwrap_or_default();
            let message = format!("there is no {what} {}{of} to switch off or on", quoted(&entry.key.text));
            let help = match nearest(&entry.key.text, others.clone()) {
                Some(near) => format!("did you mean {}?", quoted(near)),
                None => {
                    let known: Vec<String> = others.take(12).map(quoted).collect();
                    if known.is_empty() {
                        "there is none at all".to_owned()
                    } else {
                        format!("there are {}", known.join(", "))
                    }
                }
            };
            let at = self.mistakes.locate(entry.key.place);
            self.report(Diagnostic::error("unknown-override", message).with_help(help).at(at));
        }
    }
}
