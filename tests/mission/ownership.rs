//! A person answers: rows 45, 80 and 81.

use svar::Message;
use svar::source::Severity;

use super::{case, check, complaint, finds, found, is_free_of, policy, signed_by};

#[test]
fn row_45_the_one_who_answers_has_a_name() {
    for (language, question, unsigned, signed) in [
        ("nn", "Kan de hjelpe meg?", "Hei! Ja, det ordnar me.", "Hei! Ja, det ordnar me. Helsing Kari"),
        ("nb", "Kan dere hjelpe meg?", "Hei! Ja, det ordner vi.", "Hei! Ja, det ordner vi. Hilsen Kari"),
        (
            "pl",
            "Pomożecie mi?",
            "Dzień dobry! Tak, oczywiście.",
            "Dzień dobry! Tak, oczywiście. Pozdrawiam, Kasia",
        ),
        ("de", "Können Sie helfen?", "Guten Tag! Ja, gerne.", "Guten Tag! Ja, gerne. Viele Grüße, Lena"),
        ("da", "Kan I hjælpe?", "Hej! Ja, det ordner vi.", "Hej! Ja, det ordner vi. Mvh Lise"),
        ("en", "Can you help?", "Hi! Yes, we can.", "Hi! Yes, we can. -AB"),
    ] {
        let case = signed_by(case("facebook", language, question), "Kari");
        finds(&case, unsigned, "reply.signature-missing");
        is_free_of(&case, signed, "reply.signature-missing");
    }
    // Nobody is asked for a name the host does not give, and nobody signs every line of a chat.
    let unnamed = case("facebook", "nn", "Kan de hjelpe meg?");
    is_free_of(&unnamed, "Hei! Ja, det ordnar me.", "reply.signature-missing");
    let mut later = signed_by(unnamed, "Kari");
    later.messages.push(Message::agent("Hei! Ja. Helsing Kari"));
    later.messages.push(Message::customer("Fint!"));
    is_free_of(&later, "Då er det ordna.", "reply.signature-missing");
}

/// The reply that turned a storm, as it was quoted in the press release on it.
const LISE: &str = "Kære Anders. Vi beklager meget, at din oplevelse med os har været så kaotisk. Skriv til mig i morgen, \
                    så skal jeg personligt sørge for at du kommer godt videre. Mvh Lise fra kundeservice. lise@fjordtele.example";

#[test]
fn row_80_the_reply_that_turned_a_storm_passes() {
    let reading = policy().read(LISE, Some("da")).unwrap();
    for act in ["greeting", "apology", "ownership", "signature"] {
        assert!(reading.hears(act), "{act} is not heard: {:#?}", reading.acts);
    }
    assert!(reading.signals("first-person"), "{:?}", reading.signals);
    let anders = "I har rodet rundt i min ordre i tre måneder. Det er simpelthen for dårligt!";
    let case = signed_by(complaint("facebook", "da", anders), "Lise");
    let report = check(&case, LISE);
    let bad: Vec<_> = report.findings.iter().filter(|finding| finding.severity > Severity::Advice).collect();
    assert!(bad.is_empty(), "{bad:#?}");
    for rule in [
        "complaint.apology-missing",
        "complaint.private-invitation-missing",
        "complaint.ownership-weak",
        "reply.signature-missing",
    ] {
        assert!(report.of(rule).next().is_none(), "{rule}: {:?}", found(&report));
    }
}

#[test]
fn row_81_one_person_takes_it_on() {
    for (language, we, i) in [
        ("da", "Vi beklager. Vi ser på det. Mvh Lise", "Vi beklager. Jeg ser personligt på det. Mvh Lise"),
        (
            "nb",
            "Vi beklager. Vi ser på saken. Hilsen Kari",
            "Vi beklager. Jeg skal selv følge opp saken. Hilsen Kari",
        ),
        ("pl", "Przepraszamy. Sprawdzamy to. Kasia", "Przepraszamy. Osobiście się tym zajmę. Kasia"),
        (
            "de",
            "Das tut uns leid. Wir prüfen das. Lena",
            "Das tut mir leid. Ich kümmere mich persönlich darum. Lena",
        ),
        ("en", "We're sorry. We are looking into it. -AB", "I'm sorry. I will look into this myself. -AB"),
    ] {
        let case = signed_by(complaint("facebook", language, "?"), "Kari");
        finds(&case, we, "complaint.ownership-weak");
        is_free_of(&case, i, "complaint.ownership-weak");
        assert_eq!(
            check(&case, we).of("complaint.ownership-weak").next().unwrap().severity,
            Severity::Advice
        );
    }
}
