//! The conformance suite of twitter-text.
//!
//! `tests/data/twitter-text` holds its cases (Apache-2.0, see the `LICENSE` there). Links and weighted lengths agree
//! on every one. The others that are decided differently are listed here, each with its reason.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking, also in its helpers")]

use serde::Deserialize;
use svar::text::{Entity, EntityKind, Offsets, entities, lengths};

/// A name, and where it starts and ends in code points.
type Placed = (String, usize, usize);

#[derive(Deserialize)]
struct Extract {
    urls: Vec<(String, Vec<String>)>,
    urls_with_indices: Vec<(String, Vec<Placed>)>,
    mentions: Vec<(String, Vec<String>)>,
    mentions_with_indices: Vec<(String, Vec<Placed>)>,
    hashtags: Vec<(String, Vec<String>)>,
    hashtags_with_indices: Vec<(String, Vec<Placed>)>,
}

#[derive(Deserialize)]
struct Validate {
    weighted_lengths: Vec<(String, usize)>,
    usernames: Vec<(String, bool)>,
    hashtags: Vec<(String, bool)>,
    urls_without_protocol: Vec<(String, bool)>,
}

fn extract() -> Extract {
    serde_json::from_str(include_str!("data/twitter-text/extract.json")).unwrap()
}

fn validate() -> Validate {
    serde_json::from_str(include_str!("data/twitter-text/validate.json")).unwrap()
}

fn found(text: &str, kind: EntityKind) -> Vec<Entity> {
    let mut found = Vec::new();
    entities(text, &mut found);
    found.retain(|entity| entity.kind == kind);
    found
}

fn links(text: &str) -> Vec<&str> {
    found(text, EntityKind::Link).iter().map(|link| link.span.of(text)).collect()
}

fn names(text: &str, kind: EntityKind) -> Vec<&str> {
    found(text, kind).iter().map(|entity| entity.name(text)).collect()
}

/// What was found, placed in code points, as the suite places it.
fn placed<'t>(
    text: &'t str,
    kind: EntityKind,
    name: impl Fn(&Entity) -> &'t str,
) -> Vec<(&'t str, usize, usize)> {
    let offsets = Offsets::new(text);
    let place = |entity: &Entity| {
        let range = offsets.code_point_range(entity.span);
        (name(entity), range.start, range.end)
    };
    found(text, kind).iter().map(place).collect()
}

fn borrowed(placed: &[Placed]) -> Vec<(&str, usize, usize)> {
    placed.iter().map(|(name, start, end)| (name.as_str(), *start, *end)).collect()
}

#[test]
fn links_are_those_of_the_suite() {
    for (text, expected) in extract().urls {
        assert_eq!(links(&text), expected, "{text}");
    }
    for (text, expected) in extract().urls_with_indices {
        assert_eq!(
            placed(&text, EntityKind::Link, |link| link.span.of(&text)),
            borrowed(&expected),
            "{text}"
        );
    }
    for (text, expected) in validate().urls_without_protocol {
        assert_eq!(links(&text) == [text.as_str()], expected, "{text}");
    }
}

#[test]
fn every_top_level_domain_ends_a_link() {
    let tlds = include_str!("data/twitter-text/tlds.txt").lines().filter(|line| !line.starts_with('#'));
    let mut count = 0;
    for tld in tlds {
        let link = format!("https://twitter.{tld}");
        assert_eq!(links(&link), [&link]);
        assert_eq!(links(&format!("({link}) ")), [&link]);
        count += 1;
    }
    assert_eq!(count, 1569);
}

#[test]
fn mentions_are_those_of_the_suite() {
    // Too near to an address for X, but the full name of a user of Mastodon or Threads.
    let other = [("@username email me @test@example.com", vec!["username", "test"])];
    for (text, expected) in extract().mentions {
        let expected: Vec<&str> = match other.iter().find(|(other, _)| *other == text) {
            Some((_, expected)) => expected.clone(),
            None => expected.iter().map(String::as_str).collect(),
        };
        assert_eq!(names(&text, EntityKind::Mention), expected, "{text}");
    }
    for (text, expected) in extract().mentions_with_indices {
        assert_eq!(
            placed(&text, EntityKind::Mention, |user| user.name(&text)),
            borrowed(&expected),
            "{text}"
        );
    }
    for (text, expected) in validate().usernames {
        let whole = found(&text, EntityKind::Mention).iter().any(|user| user.span.of(&text) == text);
        assert_eq!(whole, expected, "{text}");
    }
}

#[test]
fn hashtags_are_those_of_the_suite() {
    for (text, expected) in extract().hashtags {
        assert_eq!(names(&text, EntityKind::Hashtag), expected, "{text}");
    }
    for (text, expected) in extract().hashtags_with_indices {
        assert_eq!(placed(&text, EntityKind::Hashtag, |tag| tag.name(&text)), borrowed(&expected), "{text}");
    }
    for (text, expected) in validate().hashtags {
        let whole = found(&text, EntityKind::Hashtag).iter().any(|tag| tag.span.of(&text) == text);
        assert_eq!(whole, expected, "{text}");
    }
}

#[test]
fn weighted_lengths_are_those_of_the_suite() {
    let x = |text: &str| {
        let mut found = Vec::new();
        entities(text, &mut found);
        lengths(text, &found).x
    };
    for (text, expected) in validate().weighted_lengths {
        assert_eq!(x(&text), expected, "{text}");
    }
}
