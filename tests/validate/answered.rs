//! What counts as an answer: what people of the company wrote, and what a machine wrote only where it has the
//! conversation.

use svar::case::Author;
use svar::draft::SlotValues;
use svar::policy::DraftOptions;
use svar::{Case, Message, Policy};

use super::{builtin, care, case, found, world};

const RECEIPTS: [(&str, &str); 6] = [
    ("nb", "Takk for meldingen. Vi har mottatt henvendelsen din."),
    ("nn", "Takk for meldinga. Vi har fått førespurnaden din."),
    ("da", "Tak for din besked. Vi har modtaget din henvendelse."),
    ("de", "Danke für Ihre Nachricht. Wir haben sie erhalten."),
    ("pl", "Dziękujemy za wiadomość. Otrzymaliśmy Państwa zgłoszenie."),
    ("en", "Thanks, we have received your message."),
];

/// A complaint with a receipt for it.
fn received(language: &str, receipt: &str) -> Case {
    let mut case = Case::new("facebook");
    case.language = Some(language.to_owned());
    case.messages.push(Message::customer(super::customer(language, "complaint")));
    case.messages.push(Message::new(Author::Bot, receipt));
    case
}

fn misses_apology(policy: &Policy, case: &Case) -> bool {
    policy.validate(case, "OK.", None).unwrap().of("complaint.apology-missing").next().is_some()
}

#[test]
fn whoever_has_a_receipt_only_is_still_owed_an_apology() {
    for (language, receipt) in RECEIPTS {
        let mut case = received(language, receipt);
        assert!(case.is_first_reply() && case.customer_waits(), "{language}");
        assert!(misses_apology(builtin(), &case), "{language}");
        assert!(builtin().next(&case, None).unwrap().asks("apology"), "{language}");
        let draft = builtin().draft(&case, &SlotValues::default(), &DraftOptions::default());
        let draft = draft.unwrap_or_else(|error| panic!("{language}: {error}"));
        assert!(draft.acts.iter().any(|act| *act == "apology"), "{language}: {}", draft.text);
        case.messages.push(Message::agent("OK."));
        assert!(!case.is_first_reply() && !case.customer_waits(), "{language}");
        assert!(!misses_apology(builtin(), &case), "{language}");
    }
}

#[test]
fn what_machines_write_answers_where_the_policy_says_so() {
    let anyone = care("[sla]\nanswered_by = 'anyone'\n");
    let mut case = received("en", "We're so sorry. We have received your message.");
    assert!(!misses_apology(&anyone, &case));
    assert_ne!(anyone.next(&case, None).unwrap().step_id(), Some("acknowledge"));
    case.messages.truncate(1);
    assert!(misses_apology(&anyone, &case));
}

#[test]
fn a_machine_that_has_the_conversation_says_nothing_twice() {
    let mut case = received("en", "Hi! I'm a digital assistant. We're so sorry about this.");
    case.agent.role = Some("bot".to_owned());
    assert!(!case.is_first_reply() && !case.customer_waits());
    let report = builtin().validate(&case, "OK.", None).unwrap();
    assert!(report.of("bot.disclosure-missing").next().is_none() && !misses_apology(builtin(), &case));
    assert_ne!(builtin().next(&case, None).unwrap().step_id(), Some("acknowledge"));
    // A person who takes over has not apologised.
    case.agent.role = None;
    assert!(misses_apology(builtin(), &case));
    assert_eq!(builtin().next(&case, None).unwrap().step_id(), Some("acknowledge"));
}

#[test]
fn thanks_for_a_receipt_ask_for_more() {
    for (answer, waits) in [(Author::Bot, true), (Author::Agent, false)] {
        let mut case = received("en", "");
        case.messages[1] = Message::new(answer, "We're so sorry. We have received your message.");
        case.messages.push(Message::customer("Thanks!"));
        let next = builtin().next(&case, None).unwrap();
        assert_eq!(next.step_id() == Some("acknowledge"), waits, "{next:#?}");
    }
}

#[test]
fn a_receipt_changes_no_condition() {
    let receipt = r#"{"from": "bot", "text": "received"}"#;
    let broken = r#"{"from": "customer", "text": "it is broken"}"#;
    let answer = r#"{"from": "agent", "text": "hello"}"#;
    for (when, messages, holds) in [
        ("first_reply = true", vec![broken, receipt], true),
        ("first_reply = true", vec![receipt, broken], true),
        ("first_reply = true", vec![broken, receipt, answer], false),
        ("customer_waits = true", vec![broken, receipt], true),
        ("customer_waits = true", vec![broken, answer, receipt], false),
        ("customer_waits = true", vec![receipt], false),
        ("customer_complains = true", vec![broken, receipt], true),
        ("customer_complains = true", vec![broken, receipt, answer], false),
        ("min_public_turns = 1", vec![broken, receipt], false),
        ("min_public_turns = 1", vec![broken, receipt, answer], true),
        ("min_public_turns = 2", vec![broken, answer, receipt, answer], false),
        ("min_public_turns = 2", vec![broken, answer, receipt, broken, receipt, answer], true),
    ] {
        let policy = world(&format!("[rules.r]\nwhen = {{ {when} }}\nforbid = {{ phrases = ['ping'] }}\n"));
        let case = case(&format!(r#"{{"channel": "wall", "messages": [{}]}}"#, messages.join(", ")));
        let report = policy.validate(&case, "ping", None).unwrap();
        assert_eq!(found(&report) == ["r"], holds, "{when}: {messages:?}");
    }
}
