//! Documents that say different things of the same, where neither is laid over the other on purpose.

use crate::policy::builder::Layer;
use crate::source::{Diagnostic, Entry, Mistakes, Node, Severity, Table, Value, quoted};

/// What names a document, and differs from one to the next.
const LABELS: [&str; 7] = ["svar", "name", "version", "description", "extends", "languages", "tests"];

/// Compares each two documents of a policy of which neither extends the other. What ships built in is there to be
/// changed, and whatever a third document that knows both says again is settled.
pub(in crate::policy) fn compare(layers: &[Layer<'_>], mistakes: &Mistakes<'_>) {
    for (at, upper) in layers.iter().enumerate().filter(|(_, layer)| !layer.is_built_in()) {
        let later = layers.get(at + 1..).unwrap_or_default();
        for lower in layers.iter().take(at).filter(|layer| !layer.is_built_in()) {
            if upper.knows(lower) {
                continue;
            }
            let deciders = later
                .iter()
                .filter(|layer| layer.knows(upper) && layer.knows(lower))
                .map(|layer| &layer.table);
            let mut comparison =
                Comparison { lower, upper, deciders: deciders.collect(), path: Vec::new(), mistakes };
            comparison.tables(&lower.table, &upper.table);
        }
    }
}

/// Lists of phrases that take the place of built-in ones. Whoever writes one mostly wants to add to them, and would
/// lose all that is heard.
pub(in crate::policy) fn report_replaced(layers: &[Layer<'_>], mistakes: &Mistakes<'_>) {
    for upper in layers.iter().filter(|layer| !layer.is_built_in()) {
        for section in ["acts", "signals"] {
            for (path, above) in phrase_lists(&upper.table, section) {
                let below = layers.iter().filter(|layer| layer.is_built_in()).find_map(|layer| {
                    let entry = layer.table.entry_at(&path)?;
                    Some((&entry.node, elements(&entry.node)?.len()))
                });
                let Some((below, count)) = below.filter(|(_, count)| *count > 0) else { continue };
                let message = format!(
                    "this takes the place of {count} phrases that {} is heard by",
                    quoted(&path.join("."))
                );
                mistakes.report(
                    Diagnostic::new(Severity::Advice, "list-replaced", message)
                        .with_help("write `\"+\"` first to add to them")
                        .at(mistakes.locate(above.place))
                        .with_related(mistakes.locate(below.place), "these"),
                );
            }
        }
    }
}

/// A policy that is called like a document below it: a report that says so cannot be told from one of that document's.
/// Documents that stand side by side may be parts of one policy, of which one says the name.
pub(in crate::policy) fn report_unnamed(layers: &[Layer<'_>], mistakes: &Mistakes<'_>) {
    let name = |layer: &Layer<'_>| layer.table.get("name").is_some();
    let Some(at) = layers.iter().rposition(name) else { return };
    let Some(named) = layers.get(at) else { return };
    let is_above = |layer: &&Layer<'_>| !layer.is_built_in() && (named.is_built_in() || layer.knows(named));
    let Some(unnamed) = layers.iter().skip(at + 1).rfind(is_above) else { return };
    let below = named.table.get("name").and_then(Node::as_str).unwrap_or_default();
    let message =
        format!("this policy has no name, and is called {} as the document below it", quoted(below));
    mistakes.report(
        Diagnostic::new(Severity::Warning, "unnamed", message)
            .with_help("write `name = \"…\"`: each report says by whose rules it goes")
            .at(mistakes.locate(unnamed.place))
            .with_related(
                named.table.entry("name").and_then(|entry| mistakes.locate(entry.key.place)),
                "this one's",
            ),
    );
}

/// The `hear` lists of a section that replace what is below, each with its path.
fn phrase_lists<'l, 'a>(root: &'l Table<'a>, section: &'static str) -> Vec<([&'l str; 4], &'l Node<'a>)> {
    let tables = |table: Option<&'l Table<'a>>| {
        let entries = table.into_iter().flat_map(Table::iter);
        entries.filter_map(|entry| Some((&*entry.key.text, entry.node.as_table()?)))
    };
    let mut lists = Vec::new();
    for (name, own) in tables(root.get(section).and_then(Node::as_table)) {
        for (language, own) in tables(Some(own)) {
            let list = own.get("hear").filter(|list| !is_change(&list.value) && elements(list).is_some());
            lists.extend(list.map(|list| ([section, name, language, "hear"], list)));
        }
    }
    lists
}

/// Exceptions that are laid over others. Tables of two documents become one, so that all of a `not` must be met at
/// once: whoever writes one mostly wants to except more, and would except less.
pub(in crate::policy) fn report_joined(layers: &[Layer<'_>], mistakes: &Mistakes<'_>) {
    for (at, upper) in layers.iter().enumerate().filter(|(_, layer)| !layer.is_built_in()) {
        let mut exceptions = Vec::new();
        gather_exceptions(&upper.table, &mut Vec::new(), &mut exceptions);
        for (path, above, own) in exceptions {
            let below = layers.iter().take(at).rev().find_map(|layer| {
                let entry = layer.table.entry_at(&path)?;
                let kept = entry.node.as_table()?.iter().filter(|entry| own.get(&entry.key.text).is_none());
                let kept: Vec<String> = kept.map(|entry| quoted(&entry.key.text)).collect();
                (!kept.is_empty()).then_some((layer, entry, kept.join(", ")))
            });
            let Some((lower, below, kept)) = below else { continue };
            let message = format!(
                "this `not` and that of {} become one: only what meets both is excepted",
                quoted(&lower.name)
            );
            let help = format!(
                "for an exception of its own write `any = [{{ not = {{ … }} }}]`; to replace the other one, give {kept} here as well"
            );
            mistakes.report(
                Diagnostic::new(Severity::Warning, "joined-not", message)
                    .with_help(help)
                    .at(mistakes.locate(above.key.place))
                    .with_related(mistakes.locate(below.key.place), "the other one"),
            );
        }
    }
}

/// Each `not` of the conditions in a table: its path, its entry and what stands in it.
fn gather_exceptions<'l, 'a>(
    table: &'l Table<'a>,
    path: &mut Vec<&'l str>,
    found: &mut Vec<(Vec<&'l str>, &'l Entry<'a>, &'l Table<'a>)>,
) {
    for entry in table {
        let Some(own) = entry.node.as_table() else { continue };
        let is_condition = matches!(path.last(), Some(&("when" | "not")));
        path.push(&entry.key.text);
        if is_condition && &*entry.key.text == "not" {
            found.push((path.clone(), entry, own));
        }
        gather_exceptions(own, path, found);
        path.pop();
    }
}

fn elements<'t, 'a>(node: &'t Node<'a>) -> Option<&'t [Node<'a>]> {
    match &node.value {
        Value::Array(list) => Some(list),
        _ => None,
    }
}

struct Comparison<'l, 'a> {
    lower: &'l Layer<'a>,
    upper: &'l Layer<'a>,
    deciders: Vec<&'l Table<'a>>,
    path: Vec<&'l str>,
    mistakes: &'l Mistakes<'l>,
}

impl<'l, 'a> Comparison<'l, 'a> {
    fn tables(&mut self, lower: &'l Table<'a>, upper: &'l Table<'a>) {
        for above in upper {
            let key = &*above.key.text;
            if self.path.is_empty() && LABELS.contains(&key) {
                continue;
            }
            let Some(below) = lower.entry(key) else { continue };
            self.path.push(key);
            match (&below.node.value, &above.node.value) {
                (Value::Table(lower), Value::Table(upper)) => self.tables(lower, upper),
                (Value::Table(_), _) | (_, Value::Table(_)) => {}
                (lower, upper) if lower.same(upper) || is_change(upper) => {}
                _ => self.differ(below, above),
            }
            self.path.pop();
        }
    }

    fn differ(&self, below: &Entry<'a>, above: &Entry<'a>) {
        if self.deciders.iter().any(|table| table.entry_at(&self.path).is_some()) {
            return;
        }
        let (lower, upper) = (quoted(&self.lower.name), quoted(&self.upper.name));
        let path = quoted(&self.path.join("."));
        let (severity, message) = match (&below.node.value, &above.node.value) {
            (Value::Boolean(true), Value::Boolean(false)) if self.path.last() == Some(&"off") => {
                let what = self.path.split_last().map(|(_, path)| path.join(".")).unwrap_or_default();
                let message = format!("{} is switched off in {lower}, and on again here", quoted(&what));
                (Severity::Warning, message)
            }
            (Value::Array(_), Value::Array(_)) => {
                (Severity::Advice, format!("this list takes the place of {path} in {lower}"))
            }
            _ => (Severity::Advice, format!("{path} is said otherwise in {lower}; what stands here wins")),
        };
        let help = format!(
            "neither of the two extends the other, so that their order alone decides: take one out, or let {upper} extend {lower}"
        );
        let place = |node: &Node<'_>| self.mistakes.locate(node.place);
        self.mistakes.report(
            Diagnostic::new(severity, "layers-differ", message)
                .with_help(help)
                .at(place(&above.node))
                .with_related(place(&below.node), "said here"),
        );
    }
}

/// Whether a list changes the one below it, and does not replace it.
fn is_change(value: &Value<'_>) -> bool {
    match value {
        Value::Array(list) => {
            list.first().and_then(Node::as_str).is_some_and(|sign| matches!(sign, "+" | "-"))
        }
        _ => false,
    }
}
