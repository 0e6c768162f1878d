//! The ways through everything else.

use svar::Case;
use svar::playbook::Action;

use super::{case, due, next, policy, with};

#[test]
fn a_question_is_answered_and_each_question_anew() {
    let mut lines = vec!["customer: When do you open on Saturday?"];
    due(&case("facebook", "en", &lines), "information.answer", "information");
    lines.push("agent: We open at ten.");
    assert_eq!(next(&case("facebook", "en", &lines)).action, Action::Wait);
    lines.push("customer: And how much is a ticket?");
    due(&case("facebook", "en", &lines), "information.answer", "information");
    let booking = with(case("facebook", "nn", &["customer: Har de ledig bord?"]), r#"{"intent": "booking"}"#);
    due(&booking, "information.answer", "next-step");
}

#[test]
fn praise_is_thanked_for() {
    let next = due(
        &case("facebook", "de", &["customer: Super Service, vielen lieben Dank, ich bin begeistert!"]),
        "praise.thank",
        "thanks",
    );
    assert!(next.forbids("apology"));
}

#[test]
fn spam_and_abuse_are_not_answered() {
    let spam = with(
        case("facebook", "en", &["customer: Buy followers at cheap-follow.example"]),
        r#"{"intent": "spam"}"#,
    );
    let hidden = due(&spam, "spam.remove", "");
    assert_eq!(hidden.action, Action::Hide);
    let review = with(case("trustpilot", "en", &["customer: Buy followers"]), r#"{"intent": "spam"}"#);
    assert_eq!(due(&review, "spam.remove", "").action, Action::Report);
    let mut done = spam.clone();
    done.events =
        Case::from_json(r#"{"channel": "x", "events": [{"at": "2026-11-20T10:00:00Z", "kind": "hidden"}]}"#)
            .unwrap()
            .events;
    assert_eq!(due(&done, "spam.notify", "").action, Action::Notify);
    let abuse = with(case("facebook", "nb", &["customer: Dere er noen idioter"]), r#"{"intent": "abuse"}"#);
    assert_eq!(due(&abuse, "abuse.leave", "").action, Action::DoNotReply);
    for silent in [spam, abuse] {
        let report = policy().validate(&silent, "Thank you!", None).unwrap();
        assert!(report.of("step.no-reply").next().is_some());
    }
}

#[test]
fn misinformation_is_met_with_facts() {
    let told =
        case("facebook", "nb", &["customer: De tar 500 kr i gebyr for å si opp, bare så dere vet det"]);
    let tagged = with(told, r#"{"tags": ["misinformation"]}"#);
    let next = due(&tagged, "misinformation.correct", "information");
    assert!(next.forbids("blame") && next.forbids("defensiveness"));
}

#[test]
fn threats_and_lives_are_for_a_person() {
    for (language, text, playbook) in [
        ("en", "Terrible. You will hear from my lawyer!", "threat"),
        ("de", "Unverschämt! Sie hören von meinem Anwalt.", "threat"),
        ("nb", "Elendig! Jeg kontakter avisen om dette.", "threat"),
        ("en", "I can't go on, I want to end my life.", "life-at-risk"),
        ("pl", "Nie chcę już żyć, chcę się zabić.", "life-at-risk"),
    ] {
        let line = format!("customer: {text}");
        let mut case = case("facebook", language, &[&line]);
        let found = next(&case);
        assert_eq!(found.playbook.as_ref().map(|id| id.as_str()), Some(playbook), "{text}");
        assert_eq!((found.action, found.step.unwrap().role.as_deref()), (Action::HandOver, Some("manager")));
        assert!(!found.why.is_empty());
        case.events = Case::from_json(
            r#"{"channel": "x", "events": [{"at": "2026-11-20T10:00:00Z", "kind": "handed-over"}]}"#,
        )
        .unwrap()
        .events;
        assert_ne!(next(&case).action, Action::HandOver, "{text}");
    }
}

#[test]
fn a_crisis_reacts_admits_fixes_tells_thanks() {
    let crisis = |lines: &[&str], facts: &str| {
        with(
            case("facebook", "da", lines),
            &format!(r#"{{"intent": "complaint", "severity": "critical"{facts}}}"#),
        )
    };
    let mut lines = vec!["customer: Elendig service, I har ødelagt alt!"];
    due(&crisis(&lines, ""), "crisis.react", "apology reassurance private-invitation");
    let asks = "apology responsibility reassurance private-invitation";
    due(&crisis(&lines, r#", "fault": "ours""#), "crisis.react", asks);
    lines.push("agent: Vi beklager meget. Vi undersøger sagen nu.");
    let unknown = due(&crisis(&lines, ""), "crisis.admit", "");
    assert_eq!(unknown.action, Action::Act);
    assert_eq!(due(&crisis(&lines, r#", "fault": "theirs""#), "crisis.fix", "").not_needed, ["admit"]);
    due(&crisis(&lines, r#", "fault": "ours""#), "crisis.admit", "responsibility");
    lines.push("agent: Det er vores fejl.");
    assert_eq!(due(&crisis(&lines, r#", "fault": "ours""#), "crisis.fix", "").action, Action::Act);
    let tell = due(&crisis(&lines, r#", "fault": "ours", "fixed": true"#), "crisis.tell", "resolution");
    assert!(tell.why.iter().any(|why| why.contains("not agreed to be named")));
    lines.push("agent: Fejlen er nu rettet for alle.");
    due(&crisis(&lines, r#", "fault": "ours", "fixed": true"#), "crisis.thank", "thanks");
    lines.push("agent: Tak fordi du gjorde os opmærksomme på det.");
    assert_eq!(next(&crisis(&lines, r#", "fault": "ours", "fixed": true"#)).step, None);
}

#[test]
fn urgent_help_is_given_first_and_told_of_then() {
    let lines =
        ["customer: Moja babcia czeka na lotnisku, samolot ma opóźnienie, czy ktoś może jej powiedzieć?"];
    let urgent = with(case("x", "pl", &lines), r#"{"tags": ["urgent"]}"#);
    assert_eq!(due(&urgent, "urgent.act", "").action, Action::Act);
    let mut acted = urgent;
    acted.events =
        Case::from_json(r#"{"channel": "x", "events": [{"at": "2026-11-20T10:00:00Z", "kind": "acted"}]}"#)
            .unwrap()
            .events;
    assert!(due(&acted, "urgent.report", "resolution").forbids("hand-off"));
}
