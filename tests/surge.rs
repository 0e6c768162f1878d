//! Surges by the built-in thresholds, what customers expect by the built-in surveys, and both as requests.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::sync::OnceLock;

use chrono::{DateTime, FixedOffset, TimeDelta};
use proptest::prelude::*;
use serde_json::{Value, json};
use svar::request;
use svar::sla::Share;
use svar::sla::surge::{CaseRef, Level};
use svar::source::Diagnostics;
use svar::{Case, Policy};

fn builtin() -> &'static Policy {
    static POLICY: OnceLock<Policy> = OnceLock::new();
    POLICY.get_or_init(Policy::builtin)
}

fn instant(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(text).unwrap()
}

/// A case that began at noon, with these facts.
fn case(facts: Value) -> Case {
    let case = json!({
        "channel": "facebook",
        "messages": [{"from": "customer", "at": "2026-11-21T12:00:00Z", "text": "?"}],
        "facts": facts,
    });
    Case::from_json(&case.to_string()).unwrap()
}

fn level(facts: Value, now: &str) -> Level {
    builtin().surge(&case(facts), instant(now)).unwrap().level
}

#[test]
fn the_built_in_levels() {
    let (one, later) = ("2026-11-21T13:00:00Z", "2026-11-24T12:00:00Z");
    for (why, facts, now, expected) in [
        ("nothing happens", json!({}), one, Level::None),
        ("a complaint that some like", json!({"reactions": 40, "comments": 9}), one, Level::None),
        ("the same over three days", json!({"reactions": 40, "comments": 9}), later, Level::None),
        ("many likes over three days", json!({"reactions": 120}), later, Level::Watch),
        ("500 likes in the first hour", json!({"reactions": 500}), one, Level::Surge),
        ("as many in three days", json!({"reactions": 500}), later, Level::Watch),
        (
            "where so many are usual",
            json!({"reactions": 500, "baseline": {"reactions_per_hour": 200}}),
            one,
            Level::Watch,
        ),
        (
            "where few are usual",
            json!({"reactions": 120, "baseline": {"reactions_per_hour": 2}}),
            one,
            Level::Surge,
        ),
        ("a newspaper", json!({"media": true}), one, Level::Surge),
        ("three alike", json!({"similar_cases": 3}), one, Level::Watch),
        ("a hundred alike", json!({"similar_cases": 100}), one, Level::Crisis),
        ("the platform counts a million", json!({"reach": 1_000_000}), later, Level::Crisis),
        ("a storm", json!({"reactions": 30_000, "comments": 3_000}), later, Level::Crisis),
    ] {
        assert_eq!(level(facts, now), expected, "{why}");
    }
}

#[test]
fn what_the_built_in_levels_ask_for() {
    let asks = |facts| builtin().surge(&case(facts), instant("2026-11-24T12:00:00Z")).unwrap().asks;
    let none = asks(json!({}));
    assert!(none.tell.is_empty() && none.playbook.is_none() && none.update_every.is_none());
    let surge = asks(json!({"media": true}));
    assert_eq!((surge.tell.len(), surge.update_every), (3, Some(TimeDelta::hours(4))));
    let crisis = asks(json!({"reactions": 30_000}));
    assert_eq!(
        (crisis.playbook.as_deref(), crisis.update_every),
        (surge.playbook.as_deref(), Some(TimeDelta::hours(1)))
    );
}

#[test]
fn clocks_are_serious_once_many_have_taken_a_case_up_but_growth_passes() {
    let now = instant("2026-11-21T13:00:00Z");
    let serious = |facts: Value| {
        let case = case(facts);
        (builtin().surge(&case, now).unwrap().serious, builtin().clocks(&case, now).unwrap().serious)
    };
    assert_eq!(serious(json!({})), (false, false));
    assert_eq!(serious(json!({"reactions": 30_000})), (true, true));
    assert_eq!(serious(json!({"media": true})), (true, true));
    assert_eq!(serious(json!({"severity": "high"})), (true, true));
    assert_eq!(serious(json!({"reactions": 500})), (true, false), "many in an hour, not many in all");
}

#[test]
fn a_policy_sets_thresholds_and_contacts_of_its_own() {
    let policy = Policy::from_toml(
        "svar = 1\nname = 'ours'\nextends = ['svar:channels', 'svar:surge']\n[sla.surge]\ncrisis_contact = 'Kari, +47 21 00 00 00'\n\
         [sla.surge.levels.watch]\nreactions = 5\nmedia = true\n[sla.surge.levels.crisis]\nreactions = 1001\n",
    )
    .unwrap();
    let surge = |facts| policy.surge(&case(facts), instant("2026-11-24T12:00:00Z")).unwrap();
    assert_eq!(surge(json!({"reactions": 5})).level, Level::Watch);
    let crisis = surge(json!({"reactions": 1001}));
    assert_eq!(
        (crisis.level, crisis.asks.crisis_contact.as_deref()),
        (Level::Crisis, Some("Kari, +47 21 00 00 00"))
    );
    assert_eq!(surge(json!({"media": true})).asks.crisis_contact, None, "only in a crisis");
}

#[track_caller]
fn fails_with(policy: &str, code: &str, place: &str, help: &str) {
    let errors: Diagnostics =
        Policy::from_toml(&format!("svar = 1\nname = 'ours'\n{policy}")).map(|_| ()).unwrap_err();
    assert_eq!((errors.first().code(), errors.iter().count()), (code, 1), "{}", errors.render());
    let at = errors.first().location().map(|at| format!("{}:{}", at.line(), at.column()));
    assert_eq!(at.as_deref(), Some(place), "{}", errors.render());
    assert!(errors.first().help().unwrap_or_default().contains(help), "{}", errors.render());
}

#[test]
fn mistakes_in_documents_have_a_place() {
    fails_with("[sla.surge.levels]\nwtch = {}\n", "unknown-key", "4:1", "did you mean `watch`?");
    fails_with(
        "[sla.surge.levels.crisis]\nreactons = 5\n",
        "unknown-key",
        "4:1",
        "did you mean `reactions`?",
    );
    fails_with("[sla.surge.levels.crisis]\nreactions = 0\n", "out-of-range", "4:13", "");
    fails_with("[sla.surge.levels.crisis]\ntime = 'always'\n", "unknown-value", "4:8", "`calendar`");
    fails_with("[sla.surge.levels.crisis]\nreactions_per_hour = { times = 2 }\n", "missing-key", "4:22", "");
    fails_with("[sla.surge]\nsystemic = { cases = 1, within = '1h' }\n", "out-of-range", "4:22", "");
    fails_with(
        "[sla.surge.levels.watch]\ncomments_per_hour = { times = 9, at_least = 1 }\n\
         [sla.surge.levels.surge]\ncomments_per_hour = { times = 8, at_least = 1 }\n",
        "thresholds",
        "6:31",
        "the higher threshold",
    );
    let curve = |points: &str| format!("[sla.expectation.ours]\npoints = [{points}]\n");
    fails_with(&curve(""), "expectation", "4:10", "at least one");
    let falls = "{ within = '1h', share = 0.5 }, { within = '2h', share = 0.4 }";
    fails_with(&curve(falls), "expectation", "4:68", "shares add up");
    let back = "{ within = '2h', share = 0.4 }, { within = '1h', share = 0.5 }";
    fails_with(&curve(back), "expectation", "4:54", "the shortest time first");
    let one = "{ within = '2h', share = 0.4 }";
    fails_with(&format!("{}at_once = 0.5\n", curve(one)), "expectation", "4:36", "shares add up");
    fails_with(&format!("{}indifferent = 0.7\n", curve(one)), "expectation", "5:15", "nobody is in both");
    fails_with("[sla.expectation.ours]\ntitle = 'a'\n", "missing-key", "3:1", "");
    fails_with("[sla.expectations.ours]\npoints = []\n", "unknown-key", "3:6", "did you mean `expectation`?");
}

#[test]
fn the_same_trouble_in_several_cases() {
    let cases: Vec<_> = [("a", 9), ("b", 12), ("c", 20)]
        .map(|(id, hour)| {
            let text = format!(
                r#"{{"id": "{id}", "channel": "facebook", "facts": {{"tags": ["outage", "{id}"]}},
                    "messages": [{{"from": "customer", "at": "2026-11-21T{hour:02}:00:00Z", "text": "?"}}]}}"#
            );
            Case::from_json(&text).unwrap()
        })
        .into();
    let refs = || cases.iter().filter_map(|case| CaseRef::of(case.id.as_deref()?, case));
    let found = builtin().systemic(refs());
    assert_eq!(found.iter().map(|found| found.tag.as_str()).collect::<Vec<_>>(), ["outage"]);
    assert_eq!(found[0].cases, ["a", "b", "c"]);
    assert_eq!((found[0].to - found[0].from).num_hours(), 11);
    assert!(builtin().systemic(refs().take(2)).is_empty());
    assert!(Policy::from_toml("svar = 1\nname = 'ours'\n").unwrap().systemic(refs()).is_empty());
}

#[test]
fn surveys_differ_and_each_says_where_it_is_from() {
    for survey in builtin().expectations() {
        assert!(
            survey.source().is_some() && survey.as_of().is_some() && !survey.caveats().is_empty(),
            "{}",
            survey.id()
        );
    }
    let half = Share::from_ratio(0.5).unwrap();
    let hours = |id: &str| builtin().expectation(id).unwrap().to_satisfy(half).unwrap().num_hours();
    assert!(hours("arise-2017") < hours("hutter-2010"));
    let arise = builtin().expectation("arise-2017").unwrap();
    assert_eq!(arise.share_within(TimeDelta::hours(1)).to_string(), "49.8 %");
    assert_eq!(
        arise.within_for(Share::from_ratio(0.8).unwrap()),
        None,
        "nobody knows of those who wait longer"
    );
    assert_eq!(arise.to_satisfy(Share::from_ratio(0.2).unwrap()), None, "a fifth waits as long as it takes");
}

fn answer(answer: Result<String, Diagnostics>) -> Value {
    serde_json::from_str(&answer.unwrap()).unwrap()
}

#[test]
fn requests_about_surges() {
    let text = r#"{"now": "2026-11-21T13:00:00Z", "case": {"channel": "facebook", "language": "da",
        "messages": [{"from": "customer", "at": "2026-11-21T12:00:00Z", "text": "?"}],
        "facts": {"reactions": 600, "comments": 10, "baseline": {"reactions_per_hour": 2.5}}}}"#;
    assert_eq!(
        answer(request::surge(builtin(), text)),
        json!({
            "level": "surge",
            "serious": true,
            "evidence": [
                {"measure": "reactions_per_hour", "level": "surge", "value": 600, "threshold": 100,
                 "message": "600 reactions an hour, 6 times the 100 of `surge`"},
                {"measure": "reactions", "level": "watch", "value": 600, "threshold": 100,
                 "message": "600 reactions, 6 times the 100 of `watch`"},
            ],
            "reach": {"at_least": 600, "at_most": 118_200, "unbounded": 118_200, "population": 2_800_000},
            "velocity": {"reactions_per_hour": 600, "comments_per_hour": 10},
            "asks": {"tell": ["lead", "on-call", "press"], "playbook": "crisis", "time": "covered",
                "update_every_seconds": 14_400},
        })
    );
    for (text, code) in [
        ("{}", "missing-key"),
        (r#"{"case": {"channel": "x"}, "now": "soon"}"#, "instant"),
        (
            r#"{"case": {"channel": "x", "facts": {"shares": -1}}, "now": "2026-11-21T13:00:00Z"}"#,
            "out-of-range",
        ),
        (
            r#"{"case": {"channel": "x", "facts": {"baseline": {"reactions": 1}}}, "now": "2026-11-21T13:00:00Z"}"#,
            "unknown-key",
        ),
        (
            r#"{"case": {"channel": "x", "facts": {"samples": [{"reactions": 1}]}}, "now": "2026-11-21T13:00:00Z"}"#,
            "missing-key",
        ),
    ] {
        assert_eq!(request::surge(builtin(), text).unwrap_err().first().code(), code, "{text}");
    }
}

#[test]
fn an_answer_about_a_surge_says_which_case_it_is_about_and_of_no_channel_nobody_knows() {
    let ask = |channel: &str| {
        let request = json!({"case": {"id": "42", "channel": channel}, "now": "2026-11-21T13:00:00Z"});
        request::surge(builtin(), &request.to_string())
    };
    assert_eq!(answer(ask("facebook"))["id"], "42");
    let unknown = ask("facebok").unwrap_err();
    assert_eq!(
        unknown.to_string(),
        "request:1:20: error[unknown-channel]: unknown channel `facebok`, did you mean `facebook`?"
    );
}

#[test]
fn requests_about_expectations() {
    let text = r#"{"expectation": "hutter-2010", "seconds": 7200, "share": 0.7}"#;
    let found = answer(request::expectation(builtin(), text));
    assert_eq!(found["at"], json!({"seconds": 7200, "expected": 0.083, "satisfied": 0.917}));
    assert_eq!(found["for"]["satisfied_within_seconds"], json!(75_130));
    assert_eq!(found["for"]["expected_within_seconds"], json!(175_249));
    assert_eq!(found["survey"]["as_of"], "2010-12");
    assert_eq!(found["survey"]["points"][0], json!({"within_seconds": 7200, "share": 0.083}));
    let wrong = request::expectation(builtin(), r#"{"expectation": "huter-2010"}"#).unwrap_err();
    assert_eq!(
        (wrong.first().code(), wrong.first().help()),
        ("unknown-value", Some("did you mean `hutter-2010`?"))
    );
}

/// JSON of any shape, with the keys of requests among it.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        proptest::sample::select(vec![
            "facebook",
            "2026-11-21T12:00:00Z",
            "complaint",
            "customer",
            "agent",
            "x"
        ])
        .prop_map(Value::from),
        "\\PC{0,8}".prop_map(Value::from),
    ];
    let keys = proptest::sample::select(vec![
        "case",
        "cases",
        "now",
        "channel",
        "messages",
        "from",
        "at",
        "text",
        "facts",
        "reactions",
        "comments",
        "shares",
        "reach",
        "followers",
        "population",
        "similar_cases",
        "baseline",
        "samples",
        "reactions_per_hour",
        "tags",
        "media",
        "intent",
        "events",
        "kind",
        "id",
        "expectation",
        "seconds",
        "share",
    ]);
    leaf.prop_recursive(4, 40, 6, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::vec((keys.clone(), inner), 0..6)
                .prop_map(|pairs| pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()),
        ]
    })
}

proptest! {
    #[test]
    fn any_json_gets_an_answer_or_an_error(request in any_json(), facts in any_json(), messages in any_json()) {
        let ask = |text: &str| {
            for answer in [request::surge(builtin(), text), request::health(builtin(), text), request::expectation(builtin(), text)] {
                match answer {
                    Ok(json) => prop_assert!(serde_json::from_str::<Value>(&json).is_ok()),
                    Err(errors) => prop_assert!(!errors.first().code().is_empty()),
                }
            }
            Ok(())
        };
        ask(&request.to_string())?;
        let case = json!({"channel": "facebook", "facts": facts, "messages": messages});
        let now = "2026-11-21T12:00:00Z";
        ask(&json!({"case": case, "now": now}).to_string())?;
        ask(&json!({"cases": [case], "now": now}).to_string())?;
    }

    #[test]
    fn any_counts_are_measured(counts in proptest::array::uniform5(0..=i64::MAX), rate in 0f64..=1e10, minutes in -100_000i64..100_000) {
        let facts = json!({"reactions": counts[0], "comments": counts[1], "shares": counts[2], "followers": counts[3], "reach": counts[4],
            "baseline": {"reactions_per_hour": rate}});
        let surge = builtin().surge(&case(facts), instant("2026-11-21T12:00:00Z") + TimeDelta::minutes(minutes)).unwrap();
        prop_assert!(surge.reach.at_least <= surge.reach.at_most && surge.reach.at_most <= surge.reach.unbounded);
    }
}
