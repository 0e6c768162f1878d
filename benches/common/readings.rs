//! The built-in phrases multiplied out, as a matcher that knows only strings would have to be given them.

use std::collections::BTreeSet;

use toml::{Table, Value};

use super::PACKS;

/// As many readings of a phrase are taken, and no more: some have millions when their classes are multiplied out, too.
const MOST: usize = 512;
/// Stands between the parts of a reading that need not stand side by side.
const APART: char = '\u{1}';

/// Every reading of the phrases of all languages, in lower case and each once. What strings cannot say is left out: a
/// gap parts a reading in two, and so does what is a kind of token; of a stem only its letters count.
pub(crate) fn readings() -> Vec<String> {
    let mut all = BTreeSet::new();
    for pack in PACKS {
        let pack: Table = pack.parse().expect("a pack is TOML");
        let classes =
            pack["language"].as_table().and_then(|of| of.values().next()?.get("classes")?.as_table());
        let reader = Reader { classes: classes.expect("a language has classes") };
        for part in ["acts", "address", "register", "intents", "signals"] {
            reader.collect(pack.get(part), &mut all);
        }
    }
    all.into_iter().collect()
}

struct Reader<'p> {
    classes: &'p Table,
}

impl Reader<'_> {
    /// Takes the readings of every phrase in a part of a pack.
    fn collect(&self, part: Option<&Value>, all: &mut BTreeSet<String>) {
        match part {
            Some(Value::Table(table)) => table.values().for_each(|part| self.collect(Some(part), all)),
            Some(Value::Array(list)) => list.iter().for_each(|part| self.collect(Some(part), all)),
            // An escaped bracket is none; the few phrases that have one are left out.
            Some(Value::String(phrase)) if !phrase.contains('\\') => {
                let readings = self.sequence(phrase);
                let parts = readings.iter().flat_map(|reading| reading.split(APART)).map(str::trim);
                all.extend(parts.filter(|part| part.len() > 1).map(str::to_lowercase));
            }
            _ => {}
        }
    }

    /// Words side by side.
    fn sequence(&self, phrase: &str) -> Vec<String> {
        let mut readings = vec![String::new()];
        for word in split(phrase, char::is_whitespace) {
            readings = match word {
                "" | "^" | "$" => continue,
                gap if gap.starts_with("..") && gap.len() == 3 => {
                    product(&readings, " ", &[APART.to_string()])
                }
                word => product(&readings, " ", &self.word(word)),
            };
        }
        readings
    }

    /// One word, whose parts may be groups.
    fn word(&self, word: &str) -> Vec<String> {
        let mut readings = vec![String::new()];
        let mut rest = word;
        while let Some(first) = rest.chars().next() {
            let length = if "([{".contains(first) { group(rest) } else { first.len_utf8() };
            let (part, after) = rest.split_at(length);
            rest = after;
            readings = match first {
                '(' | '[' => product(&readings, "", &self.alternatives(&part[1..length - 1], first == '[')),
                '{' => product(&readings, "", &self.class(&part[1..length - 1])),
                '*' | '=' => continue,
                _ => product(&readings, "", &[part.to_owned()]),
            };
        }
        readings
    }

    fn alternatives(&self, group: &str, optional: bool) -> Vec<String> {
        let nothing = optional.then(String::new);
        split(group, |c| c == '|').iter().flat_map(|one| self.sequence(one)).chain(nothing).collect()
    }

    /// The members of a class; a kind of token is no string.
    fn class(&self, name: &str) -> Vec<String> {
        let members = self.classes.get(name).and_then(Value::as_array);
        let Some(members) = members else { return vec![APART.to_string()] };
        members.iter().filter_map(Value::as_str).flat_map(|member| self.sequence(member)).take(MOST).collect()
    }
}

/// Each of the one followed by each of the other, but no more than count.
fn product(one: &[String], between: &str, other: &[String]) -> Vec<String> {
    let pairs = one.iter().flat_map(|one| other.iter().map(move |other| (one, other)));
    let joined = pairs.map(|(one, other)| match (one.as_str(), other.as_str()) {
        (one, "") | ("", one) => one.to_owned(),
        // A mark follows the word before it.
        (one, other) if other.starts_with([',', '.', '!', '?']) => format!("{one}{other}"),
        (one, other) => format!("{one}{between}{other}"),
    });
    joined.take(MOST).collect()
}

/// How long the group is that a text begins with.
fn group(text: &str) -> usize {
    let mut open = 0;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' | '{' => open += 1,
            ')' | ']' | '}' => open -= 1,
            _ => {}
        }
        if open == 0 {
            return at + 1;
        }
    }
    text.len()
}

/// Splits where no group is open.
fn split(text: &str, at: impl Fn(char) -> bool) -> Vec<&str> {
    let mut open = 0;
    text.split(|c: char| {
        match c {
            '(' | '[' | '{' => open += 1,
            ')' | ']' | '}' => open -= 1,
            _ => {}
        }
        open == 0 && at(c)
    })
    .collect()
}
