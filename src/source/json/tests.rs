//! What is read as JSON, what is not, and where it says so; `serde_json` is the judge.

use std::borrow::Cow;

use proptest::prelude::*;

use super::*;

fn flaws(text: &str) -> Vec<(&'static str, usize, usize)> {
    read(SourceId::default(), text)
        .1
        .list
        .iter()
        .map(|flaw| (flaw.code, flaw.span.start, flaw.span.end))
        .collect()
}

#[test]
fn every_flaw_has_its_place() {
    for (text, expected) in [
        (r#"{"a": 1, "b": 2, "a": 3}"#, ("duplicate-key", 17, 20)),
        (r#"{"a": "\ud800"}"#, ("syntax", 7, 13)),
        (r#"{"a": "\ud800\u0041"}"#, ("syntax", 7, 13)),
        (r#"{"a": "\udc00\ud83d\ude0a"}"#, ("syntax", 7, 13)),
        (r#"{"a": "\u00zz"}"#, ("syntax", 7, 9)),
        (r#"{"a": "\x"}"#, ("syntax", 7, 9)),
        ("{\"a\": \"x\ny\"}", ("syntax", 8, 9)),
        (r#"{"a": 01}"#, ("syntax", 6, 7)),
        (r#"{"a": 1.}"#, ("syntax", 8, 9)),
        (r#"{"a": -}"#, ("syntax", 7, 8)),
        (r#"{"a": 1e999}"#, ("out-of-range", 6, 11)),
        (r#"{"a": 9223372036854775808}"#, ("out-of-range", 6, 25)),
        (r#"{"a": [1,]}"#, ("syntax", 9, 10)),
        (r#"{"a": 1,}"#, ("syntax", 8, 9)),
        (r#"{'a': 1}"#, ("syntax", 1, 2)),
        (r#"{"a" 1}"#, ("syntax", 5, 6)),
        (r#"{"a": æ}"#, ("syntax", 6, 8)),
        (r#"{"a": 1} x"#, ("syntax", 9, 10)),
        (r#"{"a": "x"#, ("syntax", 6, 7)),
        (r#"{"a": [null]}"#, ("wrong-type", 7, 11)),
        ("{", ("syntax", 1, 1)),
        ("[]", ("wrong-type", 0, 2)),
        (" null ", ("wrong-type", 1, 5)),
        ("", ("syntax", 0, 0)),
    ] {
        assert_eq!(flaws(text), [expected], "{text}");
    }
    assert_eq!(flaws(r#"{"a": "\ud800", "b": 1e999, "a": 2}"#).len(), 3);
}

#[test]
fn what_is_right_is_read() {
    let (root, flaws) =
        read(SourceId::default(), "\u{feff}{\"a\": \"\\ud83d\\ude0a/\\/\", \"b\": null, \"c\": -0}");
    assert!(flaws.list.is_empty());
    assert_eq!(root.get("a").and_then(Node::as_str), Some("😊//"));
    assert!(root.get("b").is_none() && root.len() == 2);
    assert_eq!(root.entry("a").unwrap().key.place.span, Span::new(4, 7));
    let borrowed = read(SourceId::default(), r#"{"a": "plain"}"#).0;
    assert!(matches!(&borrowed.get("a").unwrap().value, Value::String(Cow::Borrowed("plain"))));
}

#[test]
fn sixty_four_levels_are_deep_enough() {
    let nested = |levels: usize| format!("{{\"a\": {}{}}}", "[".repeat(levels), "]".repeat(levels));
    assert!(flaws(&nested(63)).is_empty());
    assert_eq!(flaws(&nested(64)), [("too-deep", 69, 70)]);
    assert_eq!(flaws(&nested(1_000_000)), [("too-deep", 69, 70)]);
}

/// Whether both are the same. What serde_json read from text it may have rounded to a neighbour (its
/// `float_roundtrip` feature is off), so floats may be `off` by so much.
fn agrees(node: Option<&Value<'_>>, other: &serde_json::Value, off: f64) -> bool {
    match (node, other) {
        (None, serde_json::Value::Null) => true,
        (Some(Value::Boolean(a)), serde_json::Value::Bool(b)) => a == b,
        (Some(Value::String(a)), serde_json::Value::String(b)) => a == b,
        (Some(Value::Integer(a)), b) if b.is_number() => b.as_f64() == Some(*a as f64),
        (Some(Value::Float(a)), b) if b.is_number() => {
            b.as_f64().is_some_and(|b| (a - b).abs() <= a.abs() * off + f64::MIN_POSITIVE * off)
        }
        (Some(Value::Array(a)), serde_json::Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| agrees(Some(&a.value), b, off))
        }
        (Some(Value::Table(a)), serde_json::Value::Object(b)) => {
            a.iter().all(|entry| b.contains_key(&*entry.key.text))
                && b.iter().all(|(key, b)| agrees(a.get(key).map(|node| &node.value), b, off))
        }
        _ => false,
    }
}

fn compare(text: &str) -> Result<(), TestCaseError> {
    let (node, flaws) = read_value(SourceId::default(), text);
    // These are JSON, but no document of ours.
    let ours = |flaw: &Flaw| match flaw.code {
        "duplicate-key" | "too-deep" | "wrong-type" => true,
        "out-of-range" => !flaw.span.of(text).contains(['.', 'e', 'E']),
        _ => false,
    };
    let outside = flaws.list.iter().any(ours);
    // A byte order mark may be passed over (RFC 8259, section 8.1), as we do and serde_json does not.
    let unmarked = text.strip_prefix('\u{feff}').unwrap_or(text);
    match serde_json::from_str::<serde_json::Value>(unmarked) {
        Ok(other) if flaws.list.is_empty() => {
            prop_assert!(agrees(node.as_ref().map(|node| &node.value), &other, 1e-15), "{} {:?}", text, node);
        }
        Ok(_) => prop_assert!(outside, "refused: {}", text),
        Err(error) => prop_assert!(!flaws.list.is_empty(), "accepted: {} ({})", text, error),
    }
    Ok(())
}

/// Pieces that make JSON, and pieces that nearly do.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => prop::sample::select(vec!["{", "}", "[", "]", ",", ":", "\"", "\\", " ", "\n", "\t"]).prop_map(String::from),
        3 => prop::sample::select(vec![
            "true", "false", "null", "\"a\"", "\"b\":", "\"\\n\"", "\"\\ud83d\\ude0a\"", "\"\\ud83d\"", "\\u00e5",
            "1", "-0", "0.5", "1e5", "1E+400", "-1.5e-3", "00", "+1", ".5", "1.", "1e", "12345678901234567890",
            "{}", "[]", "//", "'", "NaN", "tru", "\u{c}", "\u{a0}", "å", "\u{feff}",
        ]).prop_map(String::from),
        1 => ".{0,3}",
    ]
}

fn json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(serde_json::Value::from),
        any::<i64>().prop_map(serde_json::Value::from),
        any::<f64>().prop_map(serde_json::Value::from),
        ".{0,6}".prop_map(serde_json::Value::from),
    ];
    leaf.prop_recursive(4, 40, 12, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(serde_json::Value::from),
            prop::collection::btree_map(".{0,4}", inner, 0..12)
                .prop_map(|map| map.into_iter().collect::<serde_json::Map<_, _>>().into()),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn accepts_what_serde_json_accepts(pieces in prop::collection::vec(piece(), 0..12)) {
        compare(&pieces.concat())?;
    }

    #[test]
    fn strings_too(pieces in prop::collection::vec(piece(), 0..6)) {
        compare(&format!("\"{}\"", pieces.concat()))?;
    }

    #[test]
    fn numbers_too(text in "-?[0-9]{1,4}(\\.[0-9]{0,3})?([eE][+-]?[0-9]{0,3})?") {
        compare(&text)?;
    }
}

proptest! {
    #[test]
    fn reads_what_was_printed(value in json(), at in 0usize..400, byte in 32u8..127) {
        let text = value.to_string();
        let (node, _) = read_value(SourceId::default(), &text);
        prop_assert!(agrees(node.as_ref().map(|node| &node.value), &value, 0.0), "{}", text);
        compare(&serde_json::to_string_pretty(&value).unwrap())?;
        // One byte changed: mostly broken, sometimes not.
        let mut bytes = text.into_bytes();
        if let Some(old) = bytes.get_mut(at) {
            *old = byte;
        }
        if let Ok(text) = String::from_utf8(bytes) {
            compare(&text)?;
        }
    }
}
