//! What is written of a case can be read again, by svar and by whoever goes by the schema.

use jsonschema::{Draft, Validator};
use proptest::prelude::*;

use super::arbitrary::some_case;
use super::*;
use crate::money::Currency;
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

type Spoil = fn(&mut Facts, Option<Money>, Sample);

/// A figure that JSON refuses is refused in Rust: it is neither judged nor written.
#[test]
fn a_figure_that_cannot_be_is_refused_everywhere() {
    let less = || Some(Money::new(-500, Currency::of("NOK").unwrap()));
    let noon = DateTime::parse_from_rfc3339("2026-11-21T12:00:00+01:00").unwrap();
    let odd: [(&str, Spoil); 9] = [
        ("loss", |facts, less, _| facts.loss = less),
        ("offer", |facts, less, _| facts.offer = less),
        ("reactions", |facts, _, _| facts.reactions = u64::MAX),
        ("comments", |facts, _, _| facts.comments = 1 << 63),
        ("shares", |facts, _, _| facts.spread.shares = u64::MAX),
        ("followers", |facts, _, _| facts.spread.followers = u64::MAX),
        ("reach", |facts, _, _| facts.spread.reach = Some(u64::MAX)),
        ("population", |facts, _, _| facts.spread.population = Some(u64::MAX)),
        ("samples", |facts, _, sample| facts.spread.samples = vec![sample]),
    ];
    let policy = Policy::builtin();
    for (key, spoil) in odd {
        let mut case = Case::new("facebook");
        spoil(&mut case.facts, less(), Sample::new(noon, 0, u64::MAX));
        assert!(serde_json::to_string(&case).is_err(), "{key} is written");
        let is_odd = |error: CaseError| matches!(error, CaseError::Figure(odd) if odd.key() == key);
        assert!(is_odd(policy.validate(&case, "Hei!", None).unwrap_err()), "{key}");
        assert!(is_odd(policy.next(&case, None).unwrap_err()), "{key}");
        assert!(is_odd(policy.surge(&case, noon).unwrap_err()), "{key}");
        assert!(is_odd(policy.remedies(&case, &[]).unwrap_err()), "{key}");
        assert!(is_odd(policy.judge_offer(&case, &[]).unwrap_err()), "{key}");
        assert!(policy.clocks(&case, noon).is_err(), "{key}");
    }
    let told = |spoil: fn(&mut Facts)| {
        let mut case = Case::new("facebook");
        spoil(&mut case.facts);
        let told = crate::source::Diagnostic::from(policy.validate(&case, "Hei!", None).unwrap_err());
        (told.code().to_owned(), told.message().to_owned())
    };
    let (code, message) = told(|facts| facts.loss = Money::parse("-5", "NOK").ok());
    assert_eq!((&*code, &*message), ("amount", "`loss`: `-5.00 NOK` is less than nothing"));
    let (code, message) = told(|facts| facts.reactions = u64::MAX);
    assert_eq!(code, "out-of-range");
    assert_eq!(
        message,
        "`reactions`: 18446744073709551615 is more than is counted, 9223372036854775807 at most"
    );
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
