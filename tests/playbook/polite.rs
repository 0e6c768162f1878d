//! Customers who were answered and are polite about it.

use svar::playbook::Next;
use svar::{Case, Message};

use super::{at, case, due, next};

/// A question that was answered, or a trouble that was solved and thanked for, and what the customer says then.
fn conversation(language: &str, solved: bool, then: &str) -> Case {
    let (question, answer, trouble, sorry, done, glad) = match language {
        "en" => (
            "When do you open on Saturday?",
            "Hi Anna! We open at ten.",
            "Still no internet, terrible service!",
            "We are sorry about this. Please send us a private message.",
            "It works again now.",
            "Great to hear. Thank you for telling us!",
        ),
        "nb" => (
            "Når åpner dere på lørdag?",
            "Hei Anna! Vi åpner klokka ti.",
            "Fortsatt ikke nett, elendig service!",
            "Vi beklager dette. Send oss en privat melding.",
            "Nå virker det igjen.",
            "Så bra. Takk for at du sier fra!",
        ),
        "nn" => (
            "Når opnar de på laurdag?",
            "Hei Anna! Me opnar klokka ti.",
            "Framleis ikkje nett, elendig service!",
            "Me orsakar dette. Send oss ei privat melding.",
            "No verkar det igjen.",
            "Så bra. Takk for at du seier frå!",
        ),
        "da" => (
            "Hvornår åbner I på lørdag?",
            "Hej Anna! Vi åbner klokken ti.",
            "Stadig intet net, elendig service!",
            "Vi beklager meget. Send os en privat besked.",
            "Nu virker det igen.",
            "Dejligt. Tak, fordi du siger det!",
        ),
        "de" => (
            "Wann habt ihr am Samstag offen?",
            "Hallo Anna! Wir öffnen um zehn.",
            "Immer noch kein Internet, unverschämt!",
            "Das tut uns leid. Bitte schicken Sie uns eine Direktnachricht.",
            "Es funktioniert jetzt wieder.",
            "Das freut uns. Danke für die Rückmeldung!",
        ),
        _ => (
            "O której otwieracie w sobotę?",
            "Dzień dobry! Otwieramy o dziesiątej.",
            "Internet znowu nie działa, fatalna obsługa!",
            "Przepraszamy za tę sytuację. Prosimy o wiadomość prywatną.",
            "Już działa.",
            "Cieszymy się. Dziękujemy za informację!",
        ),
    };
    let customer = |text: &str| format!("customer: {text}");
    let agent = |text: &str| format!("agent: {text}");
    let lines = if solved {
        vec![customer(trouble), agent(sorry), customer(done), agent(glad), customer(then)]
    } else {
        vec![customer(question), agent(answer), customer(then)]
    };
    case("facebook", language, &lines.iter().map(String::as_str).collect::<Vec<_>>())
}

fn playbook(next: &Next) -> Option<&str> {
    next.playbook.as_ref().map(|id| id.as_str())
}

#[test]
fn thanks_opens_nothing_that_was_answered_or_solved() {
    for (language, thanks) in [
        ("en", ["Thanks!", "You too!", "ok 👍", "Great. Thank you so much, Jo!"]),
        ("nb", ["Takk!", "I like måte!", "ok 👍", "Supert. Tusen takk for hjelpen!"]),
        ("nn", ["Takk!", "I like måte!", "ok 👍", "Supert. Tusen takk for hjelpa!"]),
        ("da", ["Tak!", "I lige måde!", "ok 👍", "Super. Mange tak for hjælpen!"]),
        ("de", ["Danke!", "Gleichfalls!", "ok 👍", "Super. Vielen Dank für die Hilfe!"]),
        ("pl", ["Dzięki!", "Nawzajem!", "ok 👍", "Super. Dziękuję bardzo za pomoc!"]),
    ] {
        for text in thanks {
            for solved in [false, true] {
                let mut open = conversation(language, solved, text);
                due(&open, "courtesy.answer", "closing");
                open.messages.push(Message::agent("🙂"));
                let after = next(&open);
                assert_eq!(after.step_id(), None, "{language}, {text}: {after:?}");
            }
        }
    }
}

#[test]
fn whoever_says_more_than_thanks_is_answered() {
    for (language, text) in [
        ("en", "Thanks! And on Sunday?"),
        ("nb", "Takk! Og på søndag?"),
        ("nn", "Takk! Og på søndag?"),
        ("da", "Tak! Og på søndag?"),
        ("de", "Danke! Und am Sonntag?"),
        ("pl", "Dzięki! A w niedzielę?"),
    ] {
        let step = next(&conversation(language, false, text));
        assert_eq!(step.step_id(), Some("answer"), "{language}");
        assert_ne!(playbook(&step), Some("courtesy"), "{language}");
    }
    for text in ["Thanks for nothing, it is down again!", "Still nothing", "It happened again"] {
        let step = next(&conversation("en", true, text));
        assert_eq!(playbook(&step), Some("complaint"), "{text}");
    }
}

#[test]
fn thanks_closes_no_complaint_that_is_open() {
    let lines =
        ["customer: Still no internet, terrible service!", "agent: We are sorry about this.", "customer: ok"];
    assert_eq!(playbook(&next(&case("facebook", "en", &lines))), Some("complaint"));
    // What was asked before the thanks, and since the last answer, is still asked.
    let lines = [
        "customer: When do you open on Saturday?",
        "agent: Hi Anna! We open at ten.",
        "customer: And when do you close?",
        "customer: Thanks!",
    ];
    assert_eq!(playbook(&next(&case("facebook", "en", &lines))), Some("information"));
    // What was solved before the case was opened again is not solved now.
    let mut reopened = conversation("en", true, "ok");
    reopened.messages[2].at = Some(at("2026-11-20T10:00:00Z"));
    let event = r#"{"channel": "facebook", "events": [
        {"at": "2026-11-20T12:00:00Z", "kind": "resolve"}, {"at": "2026-11-21T09:00:00Z", "kind": "reopen"}]}"#;
    reopened.events = Case::from_json(event).unwrap().events;
    assert_ne!(playbook(&next(&reopened)), Some("courtesy"));
    // And whoever thanks before anybody answered is answered.
    let first = next(&case("facebook", "en", &["customer: Thanks!"]));
    assert_ne!(playbook(&first), Some("courtesy"));
}
