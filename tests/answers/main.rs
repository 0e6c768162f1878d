//! The JSON Schemas of the answers against the answers: what svar answers fits, and nothing stands in a schema that no
//! answer has.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test says what it expects")]
#![allow(clippy::indexing_slicing, reason = "a test says what it expects")]

mod asked;
#[path = "../asking/mod.rs"]
mod asking;
mod places;
mod shape;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use proptest::prelude::*;
use serde_json::Value as Json;
use svar::schema::Answer;
use svar::{Policy, Scratch};

use asked::{Told, everything};
use shape::{Seen, Shapes};

static SHAPES: LazyLock<Shapes> = LazyLock::new(Shapes::of_all_answers);
static TOLD: LazyLock<Vec<Told>> = LazyLock::new(everything);

fn seen() -> Seen {
    let mut seen = Seen::default();
    TOLD.iter().for_each(|told| SHAPES.see(told.of.as_str(), &told.json, &mut seen));
    seen
}

#[test]
fn every_answer_fits_its_schema() {
    for told in &*TOLD {
        let complaints = SHAPES.0[told.of.as_str()].complaints(&told.json);
        assert!(complaints.is_empty(), "{}: {}\n{}", told.of, complaints.join("\n"), told.json);
    }
    for of in Answer::ALL {
        assert!(TOLD.iter().filter(|told| told.of == of).count() > 3, "answers of the kind `{of}`");
    }
}

#[test]
fn everything_in_a_schema_stands_in_an_answer() {
    let seen = seen();
    let never: Vec<_> = SHAPES.0.keys().filter(|place| !seen.places.contains(*place)).collect();
    assert!(never.is_empty(), "no answer has these: {never:#?}");
}

#[test]
fn what_a_schema_demands_is_what_every_answer_has() {
    let mut wrong = Vec::new();
    for (place, objects) in seen().objects {
        let has = |key: &str| objects.iter().all(|object| object.contains_key(key));
        let part = &SHAPES.0[&place];
        let always: BTreeSet<_> = part.keys().unwrap().into_iter().filter(|key| has(key)).collect();
        if part.needed() != always {
            wrong.push(format!("{place}: it demands {:?}, and always there is {always:?}", part.needed()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_answer_that_lacks_a_key_or_has_a_foreign_one_does_not_fit() {
    for (place, objects) in seen().objects {
        let part = &SHAPES.0[&place];
        for object in objects {
            let mut more = object.clone();
            more.insert("foreign".to_owned(), Json::Null);
            assert!(!part.fits(&Json::Object(more)), "{place} takes a foreign key");
            for key in part.needed() {
                let mut less = object.clone();
                less.remove(key).unwrap();
                assert!(!part.fits(&Json::Object(less)), "{place} does without `{key}`");
            }
        }
    }
}

#[test]
fn every_key_of_an_answer_is_explained() {
    for (place, part) in &SHAPES.0 {
        for key in part.keys().unwrap_or_default() {
            assert!(part.explains(key), "{place}.{key}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_said_the_answer_fits(text in any::<String>(), reply in "[A-Za-zøß!?@#/:. 0-9\n😀]{0,80}") {
        let (policy, mut scratch) = (Policy::builtin(), Scratch::default());
        let case = serde_json::json!({
            "channel": "facebook",
            "messages": [{ "from": "customer", "text": text, "at": "2026-11-20T16:54:00+01:00" }],
        });
        let now = "2026-11-20T17:00:00+01:00";
        for (of, request) in [
            (Answer::Read, serde_json::json!({ "text": text })),
            (Answer::Read, serde_json::json!({ "text": reply })),
            (Answer::Validate, serde_json::json!({ "case": case, "reply": reply })),
            (Answer::Validate, serde_json::json!({ "case": case, "reply": text })),
            (Answer::Next, serde_json::json!({ "case": case, "now": now })),
            (Answer::Clock, serde_json::json!({ "case": case, "now": now })),
        ] {
            let told = asked::told(of, &policy, &request.to_string(), &mut scratch);
            let complaints = SHAPES.0[told.of.as_str()].complaints(&told.json);
            prop_assert!(complaints.is_empty(), "{of}: {request}\n{}", complaints.join("\n"));
        }
    }
}
