//! For which cases a rule is there.

use svar::policy::CaseError;
use svar::{Case, Message};

use super::{at, builtin, case, found, world};

const FIRST: &str = r#""messages": [{"from": "customer", "text": "it is broken, mend it at once"}]"#;

#[test]
fn every_fact_can_be_a_condition() {
    let rows = [
        ("channel = 'wall'", r#"{"channel": "wall"}"#, r#"{"channel": "board"}"#),
        ("channel = ['board']", r#"{"channel": "board"}"#, r#"{"channel": "wall"}"#),
        (
            "visibility = 'public'",
            r#"{"channel": "wall"}"#,
            r#"{"channel": "wall", "visibility": "private"}"#,
        ),
        (
            "visibility = 'private'",
            r#"{"channel": "wall", "visibility": "private"}"#,
            r#"{"channel": "board"}"#,
        ),
        (
            "language = 'nb'",
            r#"{"channel": "wall", "language": "nb"}"#,
            r#"{"channel": "wall", "language": "en"}"#,
        ),
        (
            "intent = 'complaint'",
            r#"{"channel": "wall", "facts": {"intent": "complaint"}}"#,
            r#"{"channel": "wall"}"#,
        ),
        ("intent = 'other'", r#"{"channel": "wall"}"#, r#"{"channel": "wall", "facts": {"intent": "spam"}}"#),
        ("register = 'formal'", r#"{"channel": "board"}"#, r#"{"channel": "wall"}"#),
        ("fault = 'ours'", r#"{"channel": "wall", "facts": {"fault": "ours"}}"#, r#"{"channel": "wall"}"#),
        (
            "fault = ['theirs', 'unknown']",
            r#"{"channel": "wall"}"#,
            r#"{"channel": "wall", "facts": {"fault": "ours"}}"#,
        ),
        (
            "priority = 'high'",
            r#"{"channel": "wall", "facts": {"priority": "high"}}"#,
            r#"{"channel": "wall"}"#,
        ),
        (
            "severity = ['high', 'critical']",
            r#"{"channel": "wall", "facts": {"severity": "critical"}}"#,
            r#"{"channel": "wall"}"#,
        ),
        (
            "tag = 'vip'",
            r#"{"channel": "wall", "facts": {"tags": ["new", "vip"]}}"#,
            r#"{"channel": "wall", "facts": {"tags": ["VIP"]}}"#,
        ),
        (
            "first_reply = true",
            r#"{"channel": "wall"}"#,
            r#"{"channel": "wall", "messages": [{"from": "agent", "text": "a"}]}"#,
        ),
        (
            "first_reply = false",
            r#"{"channel": "wall", "messages": [{"from": "bot", "text": "a"}], "agent": {"role": "bot"}}"#,
            r#"{"channel": "wall", "messages": [{"from": "bot", "text": "a"}]}"#,
        ),
        ("private_route = true", r#"{"channel": "wall"}"#, r#"{"channel": "board"}"#),
        (
            "bot = true",
            r#"{"channel": "wall", "agent": {"role": "bot"}}"#,
            r#"{"channel": "wall", "agent": {"role": "agent"}}"#,
        ),
        ("media = true", r#"{"channel": "wall", "facts": {"media": true}}"#, r#"{"channel": "wall"}"#),
        ("fixed = true", r#"{"channel": "wall", "facts": {"fixed": true}}"#, r#"{"channel": "wall"}"#),
        ("consent = false", r#"{"channel": "wall"}"#, r#"{"channel": "wall", "facts": {"consent": true}}"#),
        (
            "agent_named = true",
            r#"{"channel": "wall", "agent": {"name": "Kari"}}"#,
            r#"{"channel": "wall", "agent": {"role": "bot"}}"#,
        ),
        (
            "intent_given = true",
            r#"{"channel": "wall", "facts": {"intent": "other"}}"#,
            r#"{"channel": "wall"}"#,
        ),
        (
            "any = [{ fixed = true }, { media = true }]",
            r#"{"channel": "wall", "facts": {"media": true}}"#,
            r#"{"channel": "wall"}"#,
        ),
        ("not = { channel = 'wall' }", r#"{"channel": "board"}"#, r#"{"channel": "wall"}"#),
        (
            "not = { any = [{ fixed = true }, { not = { media = true } }] }",
            r#"{"channel": "wall", "facts": {"media": true}}"#,
            r#"{"channel": "wall"}"#,
        ),
    ];
    for (when, holds, does_not) in rows {
        let policy = world(&format!("[rules.r]\nwhen = {{ {when} }}\nforbid = {{ phrases = ['ping'] }}\n"));
        assert_eq!(found(&policy.validate(&case(holds), "ping", None).unwrap()), ["r"], "{when}: {holds}");
        assert!(
            found(&policy.validate(&case(does_not), "ping", None).unwrap()).is_empty(),
            "{when}: {does_not}"
        );
    }
}

#[test]
fn what_the_customer_wrote_can_be_a_condition() {
    let broken = case(&format!(r#"{{"channel": "wall", "language": "en", {FIRST}}}"#));
    let smiling = case(r#"{"channel": "wall", "messages": [{"from": "customer", "text": "thanks 😊"}]}"#);
    for (when, holds, does_not) in [
        ("intent = 'complaint'", &broken, &smiling),
        ("signal = 'urgent'", &broken, &smiling),
        ("customer_emoji = true", &smiling, &broken),
        ("customer_wrote = true", &broken, &Case::new("wall")),
        ("intent_given = false", &broken, &case(r#"{"channel": "wall", "facts": {"intent": "spam"}}"#)),
    ] {
        let policy = world(&format!("[rules.r]\nwhen = {{ {when} }}\nforbid = {{ phrases = ['ping'] }}\n"));
        assert_eq!(found(&policy.validate(holds, "ping", None).unwrap()), ["r"], "{when}");
        assert!(found(&policy.validate(does_not, "ping", None).unwrap()).is_empty(), "{when}");
    }
    // The customer's last message counts, not the first.
    let mut later = broken.clone();
    later.messages.push(Message::agent("It is mended."));
    later.messages.push(Message::customer("thanks"));
    let policy = world("[rules.r]\nwhen = { signal = 'urgent' }\nforbid = { phrases = ['ping'] }\n");
    assert!(found(&policy.validate(&later, "ping", None).unwrap()).is_empty());
}

#[test]
fn what_the_reply_says_can_be_a_condition() {
    let policy = world("[rules.r]\nwhen = { heard = ['apology'] }\nforbid = { phrases = ['ping'] }\n");
    let wall = Case::new("wall");
    assert_eq!(found(&policy.validate(&wall, "the ping, sorry", None).unwrap()), ["r"]);
    assert!(found(&policy.validate(&wall, "the ping, hello", None).unwrap()).is_empty());
    assert!(found(&policy.validate(&wall, "the ping, “sorry about it”", None).unwrap()).is_empty());
}

#[test]
fn the_hosts_intent_wins_over_the_one_that_is_heard() {
    let policy = world(
        "[rules.c]\nwhen = { intent = 'complaint' }\nforbid = { phrases = ['ping'] }\n[rules.p]\nwhen = { intent = 'praise' }\nforbid = { phrases = ['ping'] }\n",
    );
    let mut case = case(&format!(r#"{{"channel": "wall", "language": "en", {FIRST}}}"#));
    assert_eq!(found(&policy.validate(&case, "ping", None).unwrap()), ["c"]);
    case.facts.intent = Some("praise".to_owned());
    assert_eq!(found(&policy.validate(&case, "ping", None).unwrap()), ["p"]);
}

#[test]
fn the_language_is_the_cases_then_the_customers_then_the_replys() {
    let policy = world(
        "[rules.en]\nwhen = { language = 'en' }\nforbid = { phrases = ['ping'] }\n[rules.nb]\nwhen = { language = 'nb' }\nforbid = { phrases = ['ping'] }\n\
         [rules.sorry]\nrequire = { act = 'apology' }\nfix = { say = 'apology', at = 'end' }\n",
    );
    let language =
        |case: &Case, reply: &str| found(&policy.validate(case, reply, None).unwrap())[..].concat();
    let mut wall = Case::new("wall");
    assert_eq!(language(&wall, "beklager, vi ping ikke"), "nb".to_owned());
    assert_eq!(language(&wall, "sorry, the ping you"), "en".to_owned());
    wall.messages.push(Message::customer("dere er ikke der"));
    assert_eq!(language(&wall, "beklager, the ping you"), "nb".to_owned());
    wall.language = Some("en".to_owned());
    assert_eq!(language(&wall, "sorry, vi ping ikke"), "en".to_owned());
    // What is proposed is in the language of the reply, where nothing else is known.
    let report = policy.validate(&Case::new("wall"), "vi ser ikke det.", None).unwrap();
    assert_eq!(report.findings[0].fix.as_ref().unwrap().text.trim(), "Vi beklager.");
}

/// What a case names is known or told of, wherever it stands and whatever is asked.
#[test]
fn an_intent_that_is_none_is_told_of_in_an_event_too() {
    let json = |intent: &str| {
        case(&format!(
            r#"{{"channel": "facebook", "language": "en",
                "messages": [{{"from": "customer", "at": "2026-11-20T12:00:00+01:00", "text": "Hi?"}}],
                "events": [{{"kind": "intent", "at": "2026-11-20T12:01:00+01:00", "value": "{intent}"}}]}}"#
        ))
    };
    let now = at("2026-11-20T13:00:00+01:00");
    for now in [None, Some(now)] {
        assert!(builtin().validate(&json("complaint"), "Hi!", now).is_ok());
        let error = builtin().validate(&json("complain"), "Hi!", now).unwrap_err();
        assert!(
            matches!(&error, CaseError::UnknownIntent(name) if name.nearest() == Some("complaint")),
            "{error}"
        );
        assert!(builtin().next(&json("complain"), now).is_err());
    }
    assert!(builtin().clocks(&json("complain"), now).is_err());
}

/// One message without a time is enough for nobody to know when an answer is due; all the rest is judged.
#[test]
fn times_that_are_not_known_hinder_no_judgement() {
    let now = at("2026-11-20T13:00:00+01:00");
    for (first, second) in [
        (r#""at": "2026-11-20T12:00:00+01:00","#, ""),
        (r#""at": "1999-11-20T12:00:00+01:00","#, r#""at": "2026-11-20T12:00:00+01:00","#),
    ] {
        let undated = case(&format!(
            r#"{{"channel": "facebook", "language": "en", "messages": [
                {{"from": "customer", {first} "text": "Where is my order?"}},
                {{"from": "customer", {second} "text": "Hello?"}}]}}"#
        ));
        assert!(builtin().timing(&undated, now).due.is_empty());
        let report = builtin().validate(&undated, "That is your own fault.", now).unwrap();
        assert_eq!(report.of("tone.blame").count(), 1);
    }
}
