//! Regular expressions where phrases are written, and signs in patterns that nobody can have meant.

use super::Lint;
use crate::source::{Diagnostic, Node, Severity, Table, Value, quoted};

impl<'a> Lint<'_, 'a> {
    pub(super) fn notation(&self) {
        for section in ["acts", "signals"] {
            for table in self.tables(section).flat_map(|(_, table)| inner(table)) {
                ["hear", "not"]
                    .into_iter()
                    .filter_map(|key| table.get(key))
                    .for_each(|list| self.listed(list));
            }
        }
        for table in self.tables("intents").chain(self.tables("address")).flat_map(|(_, table)| inner(table))
        {
            self.cues(table);
        }
        self.tables("register").for_each(|(_, table)| self.cues(table));
        for (_, rule) in self.tables("rules") {
            for target in inner(rule) {
                match target.get("phrases") {
                    Some(Node { value: Value::Table(lists), .. }) => {
                        lists.iter().for_each(|entry| self.listed(&entry.node));
                    }
                    Some(list) => self.listed(list),
                    None => {}
                }
                target.get("pattern").into_iter().for_each(|pattern| self.pattern(pattern));
            }
        }
        let references = self.entry(&["references", "patterns"]);
        references.into_iter().flat_map(|entry| elements(&entry.node)).for_each(|node| self.pattern(node));
    }

    fn listed(&self, list: &Node<'a>) {
        for node in elements(list) {
            node.as_str().into_iter().for_each(|phrase| self.phrase(phrase, node.place));
        }
    }

    /// Phrases that are keys, each with its weight.
    fn cues(&self, table: &Table<'a>) {
        table.iter().for_each(|entry| self.phrase(&entry.key.text, entry.key.place));
    }

    fn phrase(&self, phrase: &str, place: crate::source::Place) {
        let Some(sign) = expression(phrase) else { return };
        let message = format!("{} is read to the letter, {} too", quoted(phrase), quoted(sign));
        let help = "regular expressions stand in the `pattern` of a rule; a phrase has `(a|b)`, `[optional]`, `stem*` and `..3`";
        let diagnostic = Diagnostic::new(Severity::Warning, "phrase-expression", message).with_help(help);
        self.report(diagnostic.at(self.mistakes.locate(place)));
    }

    /// In double quotes TOML reads `\b` as a sign that no text holds.
    fn pattern(&self, node: &Node<'a>) {
        let Some(pattern) = node.as_str() else { return };
        let Some(sign) = pattern.chars().find(|sign| sign.is_control() && !matches!(sign, '\n' | '\t'))
        else {
            return;
        };
        let sign = sign.escape_default();
        let message = format!("a pattern with the control character `{sign}`, which no text holds");
        let help = r"write it in single quotes: in double quotes `\b` is not the edge of a word";
        let diagnostic = Diagnostic::new(Severity::Warning, "pattern-control", message).with_help(help);
        self.report(diagnostic.at(self.mistakes.locate(node.place)));
    }
}

/// The tables in a table.
fn inner<'t, 'a>(table: &'t Table<'a>) -> impl Iterator<Item = &'t Table<'a>> + use<'t, 'a> {
    table.iter().filter_map(|entry| entry.node.as_table())
}

fn elements<'t, 'a>(node: &'t Node<'a>) -> &'t [Node<'a>] {
    match &node.value {
        Value::Array(list) => list,
        _ => &[],
    }
}

/// What of a phrase is only understood in a regular expression.
fn expression(phrase: &str) -> Option<&str> {
    let mut depth = 0usize;
    let mut escaped = false;
    for (at, letter) in phrase.char_indices() {
        let rest = phrase.get(at..).unwrap_or_default();
        if escaped {
            escaped = false;
            if matches!(letter, 'b' | 'B' | 'd' | 'D' | 's' | 'S' | 'w' | 'W') {
                return phrase.get(at.checked_sub(1)?..at + 1);
            }
            continue;
        }
        match letter {
            '\\' => escaped = true,
            '(' | '[' => {
                depth += 1;
                // `(?|!)` is one of two marks.
                let flag = rest.strip_prefix("(?").and_then(|rest| rest.chars().next());
                if flag.is_some_and(|flag| matches!(flag, 'i' | 'm' | 's' | 'x' | 'P' | ':' | '=' | '<')) {
                    return Some("(?");
                }
            }
            ')' | ']' => depth = depth.saturating_sub(1),
            '|' if depth == 0 => return Some("|"),
            '.' if rest.starts_with(".*") => return Some(".*"),
            _ => {}
        }
    }
    phrase.split_whitespace().find_map(|word| match word {
        "*" => Some("*"),
        _ if word.strip_prefix('^').is_some_and(|rest| rest.starts_with(char::is_alphabetic)) => Some("^"),
        _ => word.strip_suffix('$').filter(|stem| is_word(stem)).map(|_| "$"),
    })
}

/// Whether a mark of money cannot be meant behind it, as in `US$`.
fn is_word(stem: &str) -> bool {
    stem.chars().count() > 3 && stem.chars().all(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_an_expression_understands_is_found() {
        for (phrase, sign) in [
            ("hej.*du", ".*"),
            (r"\bstrøm\b", r"\b"),
            (r"nr \d+", r"\d"),
            ("kunde$", "$"),
            ("^hej", "^"),
            ("(?i)hest", "(?"),
            ("sol|vind", "|"),
            ("*", "*"),
            ("vi * dig", "*"),
        ] {
            assert_eq!(expression(phrase), Some(sign), "{phrase}");
        }
    }

    #[test]
    fn what_the_notation_knows_is_left_alone() {
        for phrase in [
            "[vi] beklager (så mye|veldig)",
            "reklam* *ende",
            "send ..3 melding",
            "^ kan du",
            "mvh {name} $",
            r"\[ok\] \* \|",
            "what did you expect (?|!|.)",
            "100 US$",
            "kr.",
            "",
        ] {
            assert_eq!(expression(phrase), None, "{phrase}");
        }
    }
}
