//! Phrases that are never heard as what they stand for.
//!
//! A phrase is said, in each of its readings, and the policy listens: where another phrase always wins, or a `not`
//! always takes it away, it is dead. Phrases with gaps, stars and classes stand for texts without end and are left
//! alone.

use std::collections::HashMap;

use super::Lint;
use crate::lexicon::{EVERY_LANGUAGE, Reading};
use crate::policy::Scratch;
use crate::source::{Diagnostic, Node, Severity, Table, Value, quoted};

/// More readings of a phrase are not tried.
const MOST_READINGS: usize = 64;

impl Lint<'_, '_> {
    pub(super) fn phrases(&self) {
        let mut scratch = Scratch::default();
        let mut reading = Reading::default();
        for section in ["acts", "signals"] {
            for (entry, table) in self.tables(section) {
                let name = &*entry.key.text;
                for (language, own) in
                    table.iter().filter_map(|own| Some((&*own.key.text, own.node.as_table()?)))
                {
                    let Some(code) = self.spoken(language) else { continue };
                    let mut listen = |text: &str| {
                        let read = self.policy.read_into(text, Some(code), &mut scratch, &mut reading);
                        read.is_ok().then(|| instead(&reading, section, name)).flatten()
                    };
                    self.twice(own);
                    self.never_heard(name, own, &mut listen);
                }
            }
        }
    }

    /// The code to hear a language in, if the policy speaks it.
    fn spoken(&self, code: &str) -> Option<&str> {
        let languages = self.policy.languages();
        let own = languages.iter().find(|own| code == EVERY_LANGUAGE || own.as_str() == code)?;
        Some(own.as_str())
    }

    fn never_heard(
        &self,
        name: &str,
        table: &Table<'_>,
        listen: &mut dyn FnMut(&str) -> Option<Vec<String>>,
    ) {
        for node in list(table, "hear") {
            let Some(phrase) = node.as_str() else { continue };
            let Some(said) = readings(phrase) else { continue };
            let mut others: Option<Vec<String>> = None;
            let is_heard = said.iter().any(|text| match listen(text) {
                Some(instead) => {
                    others.get_or_insert(instead);
                    false
                }
                None => true,
            });
            let Some(others) = others.filter(|_| !is_heard) else { continue };
            let why = match others.first() {
                Some(other) => format!("{} always wins", quoted(other)),
                None => "a `not` always takes it away".to_owned(),
            };
            let message = format!("{} is never heard as {}: {why}", quoted(phrase), quoted(name));
            let help = "the longest phrase wins, and a `not` wins over what it covers: take one of them out, or make this one longer";
            let at = self.mistakes.locate(node.place);
            self.report(
                Diagnostic::new(Severity::Warning, "shadowed-phrase", message).with_help(help).at(at),
            );
        }
    }

    /// The same phrase twice in a list.
    fn twice(&self, table: &Table<'_>) {
        for key in ["hear", "not"] {
            let mut first: HashMap<&str, &Node<'_>> = HashMap::new();
            for node in list(table, key) {
                let Some(phrase) = node.as_str() else { continue };
                let Some(earlier) = first.insert(phrase, node) else { continue };
                let message = format!("{} stands in this list twice", quoted(phrase));
                self.report(
                    Diagnostic::new(Severity::Advice, "phrase-twice", message)
                        .with_help("take one of them out")
                        .at(self.mistakes.locate(node.place))
                        .with_related(self.mistakes.locate(earlier.place), "first here"),
                );
            }
        }
    }
}

fn list<'t, 'a>(table: &'t Table<'a>, key: &str) -> &'t [Node<'a>] {
    match table.get(key).map(|node| &node.value) {
        Some(Value::Array(list)) => list,
        _ => &[],
    }
}

/// What was heard, where an act or a signal was not.
fn instead(reading: &Reading, section: &str, name: &str) -> Option<Vec<String>> {
    let heard: Vec<String> = match section {
        "acts" => reading.acts.iter().map(|heard| heard.act.to_string()).collect(),
        _ => reading.signals.iter().map(|heard| heard.signal.to_string()).collect(),
    };
    (!heard.iter().any(|own| own == name)).then_some(heard)
}

/// The texts a phrase stands for; `None` where they are without end, or too many.
fn readings(phrase: &str) -> Option<Vec<String>> {
    let mut rest = phrase.trim().strip_prefix("^ ").unwrap_or(phrase.trim());
    rest = rest.strip_suffix(" $").unwrap_or(rest);
    let texts = alternatives(&mut rest)?;
    // A bracket that closes what nothing opened was reported when the phrase was read.
    let said = texts.iter().map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    rest.is_empty().then(|| said.collect())
}

/// What stands up to the end, or up to a closing bracket: one of several, with `|` between.
fn alternatives(rest: &mut &str) -> Option<Vec<String>> {
    let mut all = Vec::new();
    let mut current = vec![String::new()];
    while let Some(letter) = rest.chars().next() {
        if matches!(letter, ')' | ']') {
            break;
        }
        *rest = rest.get(letter.len_utf8()..)?;
        let options = match letter {
            '|' => {
                all.append(&mut current);
                current.push(String::new());
                continue;
            }
            '(' | '[' => {
                let mut inner = alternatives(rest)?;
                *rest = rest.get(1..)?;
                if letter == '[' {
                    inner.push(String::new());
                }
                inner
            }
            '\\' => {
                let literal = rest.chars().next()?;
                *rest = rest.get(literal.len_utf8()..)?;
                vec![literal.to_string()]
            }
            '*' | '{' | '}' | '^' | '$' => return None,
            '.' if rest.starts_with('.') => return None,
            // Before a word it asks for these very letters.
            '=' => vec![String::new()],
            letter => vec![letter.to_string()],
        };
        if current.len() * options.len() > MOST_READINGS {
            return None;
        }
        current = current
            .iter()
            .flat_map(|text| options.iter().map(move |option| format!("{text}{option}")))
            .collect();
    }
    all.append(&mut current);
    (all.len() <= MOST_READINGS).then_some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_said_in_each_of_its_readings() {
        let said = |phrase| readings(phrase).unwrap_or_default();
        assert_eq!(said("[vi] beklag(er|et)"), ["vi beklager", "vi beklaget", "beklager", "beklaget"]);
        assert_eq!(said("^ =Sie (haben|sind so) $"), ["Sie haben", "Sie sind so"]);
        assert_eq!(said(r"\[ok\]"), ["[ok]"]);
        for endless in ["send ..3 now", "reklam*", "{us} are"] {
            assert_eq!(readings(endless), None, "{endless}");
        }
    }
}
