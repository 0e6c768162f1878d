//! The built-in channel figures and emoji sets: complete, sourced, and well formed.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use toml::{Table, Value};
use unicode_segmentation::UnicodeSegmentation;

const CHANNELS: [&str; 20] = [
    "facebook",
    "messenger",
    "instagram",
    "instagram-dm",
    "x",
    "x-dm",
    "linkedin",
    "linkedin-message",
    "tiktok",
    "youtube",
    "threads",
    "bluesky",
    "mastodon",
    "whatsapp",
    "google-business",
    "trustpilot",
    "google-play",
    "app-store",
    "reddit",
    "email",
];

fn channels() -> Table {
    let document: Table = include_str!("../src/packs/channels.toml").parse().unwrap();
    document["channels"].as_table().unwrap().clone()
}

fn is_duration(text: &str) -> bool {
    text.strip_suffix(['m', 'h', 'd'])
        .is_some_and(|number| number.parse::<u32>().is_ok_and(|number| number > 0))
}

#[test]
fn every_channel_is_there_and_no_other() {
    let channels = channels();
    let mut ids: Vec<&str> = channels.keys().map(String::as_str).collect();
    let mut expected = CHANNELS.to_vec();
    ids.sort_unstable();
    expected.sort_unstable();
    assert_eq!(ids, expected);
}

#[test]
fn every_channel_has_its_habits() {
    for (id, channel) in channels() {
        assert!(["social", "review", "message", "mail"].contains(&channel["kind"].as_str().unwrap()), "{id}");
        assert!(["informal", "neutral", "formal"].contains(&channel["register"].as_str().unwrap()), "{id}");
        let visibility = channel["visibility"].as_array().unwrap();
        assert_eq!(visibility.len() > 1, channel.get("default_visibility").is_some(), "{id}");
        for habit in ["max_links", "max_mentions", "max_hashtags"] {
            assert!(channel[habit].as_integer().unwrap() >= 0, "{id}: {habit}");
        }
        assert!(channel["emoji"]["max"].as_integer().unwrap() >= 0, "{id}");
    }
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
fn limits_and_routes_are_well_formed() {
    let channels = channels();
    let units = ["bytes", "utf16", "code-points", "graphemes", "x", "threads", "mastodon"];
    for (id, channel) in &channels {
        for limit in channel["limits"].as_array().unwrap() {
            assert!(units.contains(&limit["unit"].as_str().unwrap()), "{id}");
            assert!(limit["max"].as_integer().unwrap() > 0, "{id}");
            assert!(
                limit.get("warn_at").is_none_or(|share| (0.5..1.0).contains(&share.as_float().unwrap())),
                "{id}"
            );
        }
        let to = channel["private_route"]["to"].as_str().unwrap();
        if to != "none" {
            let visibility = channels[to]["visibility"].as_array().unwrap();
            assert!(visibility.iter().any(|visibility| visibility.as_str() == Some("private")), "{id}");
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

#[test]
fn the_documents_are_read_without_a_complaint() {
    for (name, text) in [
        ("channels.toml", include_str!("../src/packs/channels.toml")),
        ("emoji.toml", include_str!("../src/packs/emoji.toml")),
    ] {
        let mut sources = svar::source::Sources::new();
        assert!(svar::source::Document::parse(&mut sources, name, text).is_ok(), "{name}");
    }
}
