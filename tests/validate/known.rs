//! What is known of a case at an instant: the same, whatever is asked of it.

use svar::case::Event;
use svar::sla::clock::Metric;
use svar::{Case, Message, Policy};

use super::{at, care, found};

const ASKED: &str = r#""messages": [{"from": "customer", "at": "2026-11-20T08:00:00Z", "text": "hm"}]"#;

/// A rule and a target for each fact that an event can change.
fn policy() -> Policy {
    let whens = [
        ("intent", "intent = 'praise'"),
        ("priority", "priority = 'high'"),
        ("severity", "severity = 'high'"),
        ("tag", "tag = 'vip'"),
        ("fixed", "fixed = true"),
    ];
    let mut rest = String::new();
    for (name, when) in whens {
        rest += &format!(
            "[rules.'a.{name}']\nwhen = {{ {when} }}\nforbid = {{ phrases = ['hello'] }}\nmessage = 'a'\nwhy = 'b'\n\
             [sla.targets.{name}]\nmetric = 'resolution'\ntime = 'calendar'\nduration = '3h'\nwhen = {{ {when} }}\n"
        );
    }
    for name in ["identified", "investigated", "offered", "told"] {
        rest += &format!(
            "[rules.'a.{name}']\nwhen = {{ {name} = true }}\nforbid = {{ phrases = ['hello'] }}\nmessage = 'a'\nwhy = 'b'\n"
        );
    }
    care(&rest)
}

fn case(rest: &str) -> Case {
    super::case(&format!(r#"{{"channel": "facebook", "language": "en", {ASKED}{rest}}}"#))
}

/// The own rules that find something, the target that the solution is promised by, and whether the case is serious.
fn answers(policy: &Policy, case: &Case, now: &str) -> (Vec<String>, Option<String>, [bool; 2]) {
    let report = policy.validate(case, "Hello", at(now)).unwrap();
    let own = found(&report).into_iter().filter(|rule| rule.starts_with("a.")).map(str::to_owned).collect();
    let clocks = policy.clocks(case, at(now)).unwrap();
    let serious = [clocks.serious, policy.surge(case, at(now)).unwrap().serious];
    (own, clocks.of(Metric::Resolution).map(|clock| clock.target.to_string()), serious)
}

#[test]
fn an_event_says_what_the_fact_of_its_name_says() {
    let policy = policy();
    let now = "2026-11-20T10:00:00Z";
    for (kind, value, fact, rule) in [
        ("intent", Some("praise"), r#""intent": "praise""#, "a.intent"),
        ("priority", Some("high"), r#""priority": "high""#, "a.priority"),
        ("severity", Some("high"), r#""severity": "high""#, "a.severity"),
        ("tag", Some("vip"), r#""tags": ["vip"]"#, "a.tag"),
        ("fixed", None, r#""fixed": true"#, "a.fixed"),
        ("identified", None, r#""identified": true"#, "a.identified"),
        ("investigated", None, r#""investigated": true"#, "a.investigated"),
        ("compensated", None, r#""offered": true"#, "a.offered"),
        ("told", None, r#""told": true"#, "a.told"),
    ] {
        let given = case(&format!(r#", "facts": {{{fact}}}"#));
        let mut told = case("");
        let mut event = Event::new(kind, at("2026-11-20T09:00:00Z"));
        event.value = value.map(str::to_owned);
        told.events.push(event);
        assert_eq!(answers(&policy, &told, now), answers(&policy, &given, now), "{kind}");
        assert_eq!(answers(&policy, &told, now).0, [rule], "{kind}");
        assert_eq!(policy.next(&told, at(now)).unwrap(), policy.next(&given, at(now)).unwrap(), "{kind}");
        // Before it nothing is known of it.
        let before = "2026-11-20T08:30:00Z";
        assert_eq!(answers(&policy, &told, before), answers(&policy, &case(""), before), "{kind}");
    }
}

#[test]
fn the_last_event_counts_and_a_label_can_be_taken_off() {
    let events = r#", "facts": {"priority": "high", "tags": ["vip", "new"]}, "events": [
        {"at": "2026-11-20T08:40:00Z", "kind": "tag", "value": "vip"},
        {"at": "2026-11-20T08:30:00Z", "kind": "untag", "value": "vip"},
        {"at": "2026-11-20T08:20:00Z", "kind": "untag", "value": "new"},
        {"at": "2026-11-20T08:40:00Z", "kind": "priority", "value": "low"},
        {"at": "2026-11-20T08:40:00Z", "kind": "priority", "value": "normal"}]"#;
    let case = case(events);
    let known = |now: &str| {
        let facts = case.as_of(at(now)).facts.clone();
        (facts.priority.as_str(), facts.tags.join(" "))
    };
    assert_eq!(known("2026-11-20T08:10:00Z"), ("high", "vip new".to_owned()));
    assert_eq!(known("2026-11-20T08:30:00Z"), ("high", String::new()));
    assert_eq!(known("2026-11-20T08:40:00Z"), ("normal", "vip".to_owned()));
    let known = case.as_of(None);
    assert_eq!(*known.as_of(None), *known, "twice is once");
}

#[test]
fn a_deed_is_forgotten_when_the_case_is_opened_again() {
    let policy = policy();
    let event = |hour: u32, kind: &str| Event::new(kind, at(&format!("2026-11-20T{hour:02}:00:00Z")));
    let told = |events: &[(u32, &str)], facts: &str| {
        let mut case = case(facts);
        case.events.extend(events.iter().map(|(hour, kind)| event(*hour, kind)));
        let (rules, target, _) = answers(&policy, &case, "2026-11-20T13:00:00Z");
        assert_eq!(target.as_deref() == Some("fixed"), rules == ["a.fixed"], "{events:?}");
        rules == ["a.fixed"]
    };
    assert!(told(&[(9, "fixed")], ""));
    assert!(!told(&[(9, "fixed"), (10, "resolve"), (11, "reopen")], ""));
    assert!(told(&[(9, "fixed"), (10, "resolve"), (11, "reopen"), (12, "fixed")], ""));
    assert!(told(&[(10, "resolve"), (11, "fixed"), (11, "reopen")], ""), "at one instant it is done anew");
    // What is open cannot be opened again, and what was given from the beginning holds.
    assert!(told(&[(9, "fixed"), (11, "reopen")], ""));
    assert!(told(&[(10, "resolve"), (11, "reopen")], r#", "facts": {"fixed": true}"#));
}

#[test]
fn what_is_written_later_is_not_known_yet() {
    let policy = care("");
    let message = |from: fn(&'static str) -> Message, hour: u32, text: &'static str| {
        from(text).at(at(&format!("2026-11-20T{hour:02}:00:00Z")))
    };
    let mut case = Case::new("facebook");
    case.language = Some("en".to_owned());
    case.messages.push(message(
        Message::customer,
        8,
        "Terrible service! Waiting three weeks and still no answer.",
    ));
    let early = case.clone();
    case.messages.push(message(Message::agent, 12, "We are so sorry! Please send us a private message."));
    case.messages.push(message(Message::customer, 13, "Thanks, it works again, great!"));
    let now = at("2026-11-20T09:00:00Z");
    assert_eq!(policy.next(&case, now).unwrap(), policy.next(&early, now).unwrap());
    assert_ne!(policy.next(&case, None).unwrap(), policy.next(&early, None).unwrap());
    for reply in ["Hi! We are open until five.", "Thanks for letting us know!"] {
        assert_eq!(policy.validate(&case, reply, now).unwrap(), policy.validate(&early, reply, now).unwrap());
    }
}

#[test]
fn the_order_of_the_list_makes_no_difference() {
    let policy = care("");
    let mut case = Case::new("facebook");
    case.language = Some("en".to_owned());
    for (hour, text) in
        [(7, "What are your opening hours?"), (8, "Terrible service! Waiting and still no answer.")]
    {
        case.messages.push(Message::customer(text).at(at(&format!("2026-11-20T{hour:02}:00:00Z"))));
    }
    let now = at("2026-11-20T11:00:00Z");
    let judge = |case: &Case| policy.validate(case, "Hi! We are open until five.", now).unwrap();
    let report = judge(&case);
    assert_eq!(report.of("complaint.apology-missing").count(), 1);
    case.messages.reverse();
    assert_eq!(judge(&case), report);
    // Where a time is missing, only the list can say.
    case.messages[0].at = None;
    assert_ne!(judge(&case), report);
}
