//! Values as an author writes them.

use crate::source::{Table, Value};

/// A value on one line of TOML.
pub(super) fn inline(value: &Value<'_>) -> String {
    match value {
        Value::String(text) => string(text),
        Value::Datetime(text) => text.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => format!("{number:?}"),
        Value::Boolean(truth) => truth.to_string(),
        Value::Array(list) => {
            let list: Vec<String> = list.iter().map(|node| inline(&node.value)).collect();
            format!("[{}]", list.join(", "))
        }
        Value::Table(own) => {
            let pairs = pairs(own);
            if pairs.is_empty() { "{}".to_owned() } else { format!("{{ {pairs} }}") }
        }
    }
}

/// The keys of a table with their values, commas between.
pub(super) fn pairs(table: &Table<'_>) -> String {
    let pairs = table.iter().map(|entry| format!("{} = {}", key(&entry.key.text), inline(&entry.node.value)));
    pairs.collect::<Vec<_>>().join(", ")
}

/// A key, in quotes where TOML asks for them.
pub(super) fn key(key: &str) -> String {
    let is_bare = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    if !key.is_empty() && key.chars().all(is_bare) { key.to_owned() } else { string(key) }
}

fn string(text: &str) -> String {
    let is_plain = |letter: char| !letter.is_control() && letter != '\'';
    if text.contains(['\\', '"']) && text.chars().all(is_plain) {
        return format!("'{text}'");
    }
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            letter if letter.is_control() => out.push_str(&format!("\\u{:04x}", u32::from(letter))),
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Document, Sources};

    #[test]
    fn what_is_written_reads_the_same_again() {
        let text = "a = { b = ['x', \"it's \\\"so\\\"\\n\"], \"c d\" = 1.0, e = {}, f = '\\d' }\n";
        let root = Document::parse(&mut Sources::new(), "x", text).unwrap().root;
        let written = format!("{}\n", pairs(&root));
        let again = Document::parse(&mut Sources::new(), "x", &written).unwrap().root;
        assert!(Value::Table(root).same(&Value::Table(again)), "{written}");
    }
}
