//! Customers who say that it works again.

use svar::playbook::Action;
use svar::{Case, Message};

use super::{case, due, next};

/// A complaint that was answered, and what the customer says then.
fn answered(language: &str, then: &str) -> Case {
    let (complaint, sorry) = match language {
        "en" => (
            "Internet is down AGAIN, third time this week! Terrible service.",
            "Hi Anna. We're sorry about this. Please send us a private message.",
        ),
        "nb" => (
            "Elendig service! Nettet er nede igjen.",
            "Hei Anna. Vi beklager dette. Send oss en privat melding.",
        ),
        "nn" => (
            "Elendig service! Nettet er nede igjen.",
            "Hei Anna. Me beklagar dette. Send oss ei privat melding.",
        ),
        "da" => (
            "Elendig service! Nettet er nede igen.",
            "Hej Anna. Vi beklager meget. Send os en privat besked.",
        ),
        "de" => (
            "Unverschämt, das Internet geht schon wieder nicht!",
            "Hallo Anna. Das tut uns leid, wir bitten um Entschuldigung. Bitte schicken Sie uns eine Direktnachricht.",
        ),
        _ => (
            "Fatalna obsługa, internet znowu nie działa!",
            "Dzień dobry. Przepraszamy za tę sytuację. Prosimy o wiadomość prywatną.",
        ),
    };
    let (complaint, sorry) = (format!("customer: {complaint}"), format!("agent: {sorry}"));
    case("facebook", language, &[&complaint, &sorry, &format!("customer: {then}")])
}

#[test]
fn what_the_customer_says_is_solved_is_thanked_for_and_not_solved_again() {
    for (language, text) in [
        ("en", "Thanks, it works now!"),
        ("en", "All sorted now, thank you."),
        ("en", "Everything is working again. Thanks!"),
        ("nb", "Takk, det virker nå!"),
        ("nb", "Nå fungerer alt igjen, tusen takk."),
        ("nn", "Takk, det verkar no!"),
        ("nn", "No fungerer alt igjen, tusen takk."),
        ("da", "Tak, det virker nu!"),
        ("da", "Nu kører alt igen, mange tak."),
        ("de", "Danke, es funktioniert jetzt!"),
        ("de", "Jetzt läuft alles wieder, vielen Dank."),
        ("pl", "Dziękuję, już działa!"),
        ("pl", "Wszystko już działa, dziękuję."),
    ] {
        let mut open = answered(language, text);
        due(&open, "solved.thank", "thanks");
        // What the host knows of the complaint changes nothing.
        open.facts.intent = Some("complaint".to_owned());
        due(&open, "solved.thank", "thanks");
        // Once it was said, nothing is due.
        let thanks = match language {
            "en" => "Glad to hear it, thank you!",
            "de" => "Das freut uns, vielen Dank!",
            "pl" => "Cieszymy się, dziękujemy!",
            "da" => "Det er dejligt at høre, tak!",
            _ => "Så bra, takk!",
        };
        open.messages.push(Message::agent(thanks));
        assert_eq!(next(&open).action, Action::Wait, "{language}");
        // And a trouble that comes back is a complaint again.
        let again = answered(language, text).messages.remove(0);
        open.messages.push(again);
        assert_eq!(next(&open).playbook.unwrap(), "complaint", "{language}");
    }
}

#[test]
fn who_has_a_but_or_a_question_is_not_done() {
    for (language, text) in [
        ("en", "It works now but the app is still down."),
        ("en", "It works now. But nobody has told me why it broke."),
        ("en", "It still doesn't work."),
        ("en", "Thanks, but nothing works now."),
        ("en", "Let me know when it works again."),
        ("en", "You said it was fixed."),
        ("en", "It works now and then."),
        ("en", "Is it fixed now?"),
        ("en", "I want it fixed now."),
        ("nb", "Det virker nå, men ikke på hytta."),
        ("nb", "Det virker ikke nå heller."),
        ("nb", "Si fra når det virker igjen."),
        ("nb", "Virker det nå?"),
        ("nn", "Det verkar no, men ikkje på hytta."),
        ("nn", "Det verkar ikkje no heller."),
        ("da", "Det virker nu, men ikke i sommerhuset."),
        ("da", "Det virker stadig ikke."),
        ("da", "Skriv, når det virker igen."),
        ("de", "Es funktioniert jetzt, aber viel zu langsam."),
        ("de", "Es funktioniert immer noch nicht."),
        ("de", "Wann funktioniert es wieder?"),
        ("de", "Sie sagten, es funktioniert jetzt wieder."),
        ("pl", "Już działa, ale bardzo wolno."),
        ("pl", "Nadal nie działa."),
        ("pl", "Kiedy będzie już działać?"),
        ("pl", "Dajcie znać, gdy już działa."),
    ] {
        let next = next(&answered(language, text));
        assert_eq!(next.playbook.as_ref().unwrap(), &"complaint", "{language}: {text}");
    }
    // What was said earlier counts no more.
    let mut case = answered("en", "Thanks, it works now!");
    case.messages.push(Message::customer("No, it is down again."));
    assert_eq!(next(&case).playbook.unwrap(), "complaint");
}

#[test]
fn who_was_never_answered_gets_the_apology_with_the_thanks() {
    let lines = ["customer: Internet is down AGAIN! Terrible service.", "customer: Thanks, it works now!"];
    due(&case("facebook", "en", &lines), "solved.thank", "thanks apology");
}
