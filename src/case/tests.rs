//! What is written of a case can be read again, by svar and by whoever goes by the schema.

use jsonschema::{Draft, Validator};
use proptest::prelude::*;

use super::arbitrary::some_case;
use super::*;
use crate::policy::{CaseError, Policy};
use crate::schema::{Request, request};

fn validator() -> Validator {
    let schema: serde_json::Value = serde_json::from_str(&request(Request::Case).unwrap()).unwrap();
    jsonschema::options().with_draft(Draft::Draft202012).build(&schema).unwrap()
}

#[test]
fn what_is_not_given_is_not_written() {
    let mut case = Case::new("facebook");
    case.messages.push(Message::customer("Hei!"));
    let json = serde_json::to_string(&case).unwrap();
    assert!(!json.contains("null"), "{json}");
    assert_eq!(serde_json::to_string(&Customer::default()).unwrap(), "{}");
    assert_eq!(serde_json::to_string(&Agent::default()).unwrap(), "{}");
    let message = serde_json::to_string(&case.messages[0]).unwrap();
    assert_eq!(message, r#"{"from":"customer","text":"Hei!"}"#);
}

#[test]
fn what_is_written_of_a_case_is_read_as_the_same_case_and_fits_the_schema() {
    let validator = validator();
    proptest!(|(case in some_case())| {
        let json = serde_json::to_string(&case).unwrap();
        let tree: serde_json::Value = serde_json::from_str(&json).unwrap();
        let complaints: Vec<_> = validator.iter_errors(&tree).map(|error| error.to_string()).collect();
        prop_assert!(complaints.is_empty(), "{complaints:?}\n{json}");
        prop_assert_eq!(Case::from_json(&json).unwrap(), case);
    });
}

/// An amount that JSON refuses is refused in Rust: it is neither judged nor written.
#[test]
fn less_than_nothing_is_refused_everywhere() {
    let less = Money::parse("-5", "NOK").unwrap();
    let noon = DateTime::parse_from_rfc3339("2026-11-21T12:00:00+01:00").unwrap();
    let policy = Policy::builtin();
    for key in ["loss", "offer"] {
        let mut case = Case::new("facebook");
        *(if key == "loss" { &mut case.facts.loss } else { &mut case.facts.offer }) = Some(less);
        assert!(serde_json::to_string(&case).is_err(), "{key} is written");
        let is_told = |error: &CaseError| matches!(error, CaseError::Negative(it) if it.key() == key);
        let error = policy.validate(&case, "Hei!", None).unwrap_err();
        assert!(is_told(&error), "{key}");
        assert!(is_told(&policy.next(&case, None).unwrap_err()), "{key}");
        assert!(is_told(&policy.remedies(&case, &[]).unwrap_err()), "{key}");
        assert!(is_told(&policy.judge_offer(&case, &[]).unwrap_err()), "{key}");
        assert!(policy.clocks(&case, noon).is_err(), "{key}");
        let told = crate::source::Diagnostic::from(error);
        assert_eq!(
            (told.code(), told.message()),
            ("amount", &*format!("`{key}` is less than nothing: -5.00 NOK"))
        );
    }
}

#[test]
fn what_is_more_than_is_counted_is_written_as_the_most() {
    let noon = DateTime::parse_from_rfc3339("2026-11-21T12:00:00+01:00").unwrap();
    let counting = |count: u64| {
        let mut case = Case::new("facebook");
        (case.facts.reactions, case.facts.comments) = (count, count);
        let spread = &mut case.facts.spread;
        (spread.shares, spread.followers, spread.similar_cases) = (count, count, count);
        (spread.reach, spread.population) = (Some(count), Some(count));
        spread.samples = vec![Sample::new(noon, count, count)];
        case
    };
    let json = serde_json::to_string(&counting(u64::MAX)).unwrap();
    assert_eq!(Case::from_json(&json).unwrap(), counting(i64::MAX as u64));
}

#[test]
fn a_rate_is_never_faster_than_can_be_written() {
    let mut case = Case::new("facebook");
    case.facts.spread.baseline.reactions_per_hour = Some(PerHour::from_thousandths(u64::MAX));
    let json = serde_json::to_string(&case).unwrap();
    assert_eq!(Case::from_json(&json).unwrap(), case);
}

#[test]
fn an_event_that_says_nothing_where_it_must_is_not_written() {
    let noon = DateTime::parse_from_rfc3339("2026-11-21T12:00:00+01:00").unwrap();
    let event = |kind: &str| Event::new(kind, noon);
    for odd in [event("priority"), event("severity").with_value("hihg"), event("tag"), event("intent")] {
        assert!(serde_json::to_string(&odd).is_err(), "{odd:?}");
    }
    for right in [event("pause"), event("priority").with_value("high"), event("our own").with_value("x")] {
        assert!(serde_json::to_string(&right).is_ok(), "{right:?}");
    }
}
