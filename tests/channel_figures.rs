//! No figure of a channel without its source, date and grade, and the emoji sets: checked on the documents themselves.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use toml::{Table, Value};
use unicode_segmentation::UnicodeSegmentation;

fn channels() -> Table {
    let document: Table = include_str!("../src/packs/channels.toml").parse().unwrap();
    document["channels"].as_table().unwrap().clone()
}

fn is_duration(text: &str) -> bool {
    text.strip_suffix(['m', 'h', 'd'])
        .is_some_and(|number| number.parse::<u32>().is_ok_and(|number| number > 0))
}

/// Every table that says something about a platform, with its path.
fn facts(path: &str, value: &Value, out: &mut Vec<(String, Table)>) {
    match value {
        Value::Table(table) => {
            out.push((path.to_owned(), table.clone()));
            table.iter().for_each(|(key, value)| facts(&format!("{path}.{key}"), value, out));
        }
        Value::Array(items) => items.iter().for_each(|item| facts(path, item, out)),
        _ => {}
    }
}

#[test]
fn no_figure_stands_without_source_date_and_grade() {
    for (id, channel) in channels() {
        let mut all = Vec::new();
        channel
            .as_table()
            .unwrap()
            .iter()
            .for_each(|(key, value)| facts(&format!("{id}.{key}"), value, &mut all));
        // Habits, and that there is nothing, need no source.
        let nothing = |table: &Table, key: &str| table.get(key).and_then(Value::as_str) == Some("none");
        all.retain(|(path, table)| {
            let unsourced = table.get("source").is_none();
            !(path.ends_with(".emoji")
                || path.ends_with(".address")
                || unsourced && (nothing(table, "to") || nothing(table, "is")))
        });
        for (path, fact) in all {
            assert!(fact["source"].as_str().is_some_and(|source| source.len() > 8), "{path}");
            let date = fact["as_of"].as_str().unwrap();
            assert!(matches!(date.len(), 7 | 10) && date.starts_with("202"), "{path}: {date}");
            let grade = fact["grade"].as_str().unwrap();
            assert!(
                ["official", "platform-source", "secondary", "unverified"].contains(&grade),
                "{path}: {grade}"
            );
            assert_eq!(
                fact["source"].as_str().unwrap().starts_with("not looked up"),
                grade == "unverified",
                "{path}"
            );
            for key in ["within", "time", "window", "answer_within"] {
                assert!(
                    fact.get(key).is_none_or(|value| is_duration(value.as_str().unwrap())),
                    "{path}: {key}"
                );
            }
        }
    }
}

#[test]
fn emoji_are_single_known_and_in_one_list_only() {
    let document: Table = include_str!("../src/packs/emoji.toml").parse().unwrap();
    let emoji = document["emoji"].as_table().unwrap();
    let allow: Vec<&str> = emoji["allow"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
    let ambiguous = emoji["ambiguous"].as_table().unwrap();
    for it in allow.iter().copied().chain(ambiguous.keys().map(String::as_str)) {
        assert_eq!(it.graphemes(true).count(), 1, "{it}");
        assert!(emojis::get(it).is_some(), "{it}");
    }
    for it in &allow {
        assert!(!ambiguous.contains_key(*it), "{it}");
    }
    assert!(["😊", "❤️", "👍"].iter().all(|it| allow.contains(it)));
    for it in ["🙃", "😏", "😅", "💀", "🍆", "🍑", "🙏", "😭", "🔥", "👀"] {
        assert!(ambiguous[it].as_str().is_some_and(|reason| !reason.is_empty()), "{it}");
    }
}
