//! The way through a complaint.

use svar::case::Visibility;
use svar::playbook::{Action, Timing};
use svar::sla::clock::Metric;
use svar::{Case, Message, Scratch};

use super::{at, case, due, next, policy, with};

#[test]
fn a_complaint_goes_from_the_apology_to_the_thanks() {
    for (language, complaint, sorry, answer, question, number) in [
        (
            "nb",
            "customer: Elendig service! Har ventet i tre uker og får ikke svar fra noen.",
            "agent: Hei! Vi beklager dette. Send oss gjerne en privat melding.",
            "customer*: Hei, her er jeg.",
            "agent*: Takk! Hva er bestillingsnummeret ditt?",
            "customer*: 4471",
        ),
        (
            "de",
            "customer: Unverschämt, seit drei Wochen warte ich und niemand antwortet!",
            "agent: Das tut uns leid, wir bitten um Entschuldigung. Bitte schicken Sie uns eine Direktnachricht.",
            "customer*: Guten Tag, hier bin ich.",
            "agent*: Danke! Wie lautet Ihre Bestellnummer?",
            "customer*: 4471",
        ),
        (
            "pl",
            "customer: Fatalna obsługa, czekam trzeci tydzień i nikt nie odpisuje!",
            "agent: Przepraszamy za tę sytuację. Prosimy o wiadomość prywatną.",
            "customer*: Dzień dobry, to ja.",
            "agent*: Dziękujemy! Jaki jest numer zamówienia?",
            "customer*: 4471",
        ),
        (
            "da",
            "customer: Elendig service! Jeg har ventet i tre uger uden svar.",
            "agent: Vi beklager meget. Send os en privat besked.",
            "customer*: Hej, her er jeg.",
            "agent*: Tak! Hvad er dit ordrenummer?",
            "customer*: 4471",
        ),
        (
            "nn",
            "customer: Elendig service! Eg har venta i tre veker og får ikkje svar.",
            "agent: Hei! Me beklagar dette. Send oss ei privat melding.",
            "customer*: Hei, her er eg.",
            "agent*: Takk! Kva er bestillingsnummeret ditt?",
            "customer*: 4471",
        ),
        (
            "en",
            "customer: Terrible service! Waiting three weeks and still no answer.",
            "agent: We're so sorry about this. Please send us a direct message.",
            "customer*: Hi, it's me.",
            "agent*: Thank you! What is your order number?",
            "customer*: 4471",
        ),
    ] {
        let lines = [complaint, sorry, answer, question, number];
        let so_far = |count: usize| case("facebook", language, &lines[..count]);
        let first = due(&so_far(1), "complaint.acknowledge", "apology reassurance private-invitation");
        assert!(first.guessed && first.done.is_empty(), "{language}");
        assert_eq!(first.step.unwrap().visibility, Visibility::Public);
        let open = due(&so_far(2), "complaint.identify", "private-invitation");
        assert_eq!(open.done, ["acknowledge"]);
        assert!(open.forbids("personal-data-request"));
        // Whoever is in private already needs no invitation.
        let private = due(&so_far(3), "complaint.identify", "question");
        assert_eq!(private.step.unwrap().visibility, Visibility::Private);
        due(&so_far(4), "complaint.identify", "question");
        let known = due(&so_far(5), "complaint.investigate", "deadline-promise");
        assert_eq!((known.action, known.done.len()), (Action::Reply, 2), "{language}");
        // What the host knows wins over what was heard.
        let ours = with(so_far(5), r#"{"fault": "ours", "loss": {"amount": "100", "currency": "NOK"}}"#);
        let remedy = due(&ours, "complaint.remedy", "responsibility compensation-offer");
        assert_eq!(remedy.remedy.unwrap().amount.unwrap().to_string(), "110.00 NOK");
        let theirs = with(so_far(5), r#"{"fault": "theirs"}"#);
        let remedy = due(&theirs, "complaint.remedy", "next-step");
        assert!(remedy.step.unwrap().optional.iter().any(|act| *act == "compensation-offer"));
        let offered = with(so_far(5), r#"{"fault": "ours", "offered": true}"#);
        due(&offered, "complaint.follow-up", "next-step");
        let mended = with(so_far(5), r#"{"fault": "ours", "offered": true, "fixed": true}"#);
        due(&mended, "complaint.follow-up", "resolution thanks");
    }
}

#[test]
fn the_thanks_of_the_first_answer_are_not_those_at_the_end() {
    let early = case(
        "facebook",
        "en",
        &[
            "customer: Terrible service, my order never came!",
            "agent: Thank you for telling us. We're so sorry. Please send us a direct message.",
        ],
    );
    let mended = with(early.clone(), r#"{"intent": "complaint", "fault": "theirs", "fixed": true}"#);
    due(&mended, "complaint.follow-up", "resolution thanks");
    let mut thanked = mended;
    thanked.messages.push(Message::agent("It has been fixed, thank you for letting us know!"));
    let done = next(&thanked);
    assert_eq!((done.action, done.step_id()), (Action::Wait, None), "{done:#?}");
    assert_eq!(done.done.last().unwrap().as_str(), "follow-up");
}

#[test]
fn the_channel_decides_how_one_gets_to_a_private_conversation() {
    let complaint = ["customer: Terrible service! Waiting three weeks and still no answer."];
    for (channel, asks) in [
        ("facebook", "apology reassurance private-invitation"),
        ("youtube", "apology reassurance other-contact"),
        ("google-play", "apology reassurance other-contact"),
        ("messenger", "apology reassurance"),
        ("email", "apology reassurance"),
    ] {
        due(&case(channel, "en", &complaint), "complaint.acknowledge", asks);
    }
}

#[test]
fn a_known_fault_is_admitted_right_behind_the_apology() {
    let complaint = case("x", "en", &["customer: Terrible service, nothing works!"]);
    let ours = with(complaint, r#"{"intent": "complaint", "fault": "ours"}"#);
    let next = due(&ours, "complaint.acknowledge", "apology responsibility reassurance private-invitation");
    assert!(!next.guessed);
    assert_eq!(next.step.unwrap().branches.len(), 2);
}

#[test]
fn after_two_public_answers_it_goes_on_in_private() {
    let mut lines = vec![
        "customer: Terrible service, nothing works!",
        "agent: We're so sorry about this.",
        "customer: And now?",
    ];
    let one = due(&case("facebook", "en", &lines), "complaint.identify", "private-invitation");
    assert_eq!(one.step.unwrap().visibility, Visibility::Public);
    lines.extend(["agent: Please send us a direct message.", "customer: Why should I?"]);
    let two = case("facebook", "en", &lines);
    let next = due(&two, "complaint.identify", "question");
    assert_eq!(next.step.unwrap().visibility, Visibility::Private);
    assert!(next.why.iter().any(|why| why.contains("two public answers")));
    let report = policy().validate(&two, "Please send us a direct message.", None).unwrap();
    assert!(report.of("step.public-turns").next().is_some());
    // Two messages in a row are one answer.
    let parts = ["customer: Nothing works!", "agent: We're so sorry.", "agent: Please DM us.", "customer: ?"];
    let report = policy().validate(&case("facebook", "en", &parts), "Please DM us.", None).unwrap();
    assert!(report.of("step.public-turns").next().is_none());
}

#[test]
fn when_the_team_is_closed_the_reply_says_when_an_answer_comes() {
    let complaint = case("facebook", "nb", &["customer: Elendig service! Nettet er nede igjen."]);
    let mut timing = Timing::default();
    timing.open = Some(false);
    timing.next_opening = Some(at("2026-11-23T09:00:00+01:00"));
    timing.due.push((Metric::FirstResponse, at("2026-11-23T09:15:00+01:00")));
    let mut scratch = Scratch::default();
    let next = policy().next_with(&complaint, None, &timing, &mut scratch).unwrap();
    assert!(next.asks("deadline-promise"));
    assert_eq!(next.next_opening, timing.next_opening);
    assert_eq!(next.step.unwrap().by, Some(at("2026-11-23T09:15:00+01:00")));
    timing.open = Some(true);
    let next = policy().next_with(&complaint, None, &timing, &mut scratch).unwrap();
    assert!(!next.asks("deadline-promise") && next.next_opening.is_none());
}

#[test]
fn a_machine_s_confirmation_is_no_apology() {
    let lines =
        ["customer: Terrible service, nothing works!", "bot: We're so sorry. We have received your message."];
    due(&case("messenger", "en", &lines), "complaint.acknowledge", "apology reassurance");
}

#[test]
fn who_complains_once_has_a_complaint_also_when_sending_a_number() {
    let lines = [
        "customer: Terrible service, nothing works!",
        "agent: We're so sorry. Please send us a direct message.",
        "customer*: 4471 889",
    ];
    due(&case("facebook", "en", &lines), "complaint.identify", "question");
}

#[test]
fn a_step_that_was_passed_over_is_named_and_the_apology_is_still_due() {
    let lines = ["customer*: My parcel is broken, terrible!", "agent*: We'll refund you today."];
    let next = due(&case("facebook", "en", &lines), "complaint.acknowledge", "apology reassurance");
    assert_eq!(next.skipped, ["identify", "investigate"]);
    assert_eq!(next.done, ["remedy"]);
}

#[test]
fn a_reopened_case_begins_anew_and_a_resolved_one_is_over() {
    let json = |events: &str| {
        let text = format!(
            r#"{{"channel": "messenger", "language": "en", "facts": {{"intent": "complaint"}}, "events": [{events}],
                "messages": [
                    {{"from": "customer", "at": "2026-11-20T10:00:00Z", "text": "Nothing works!"}},
                    {{"from": "agent", "at": "2026-11-20T10:05:00Z", "text": "We're so sorry about this."}},
                    {{"from": "customer", "at": "2026-11-21T10:00:00Z", "text": "It is broken again!"}}]}}"#
        );
        Case::from_json(&text).unwrap()
    };
    due(&json(""), "complaint.identify", "apology question");
    let resolved = r#"{"at": "2026-11-20T12:00:00Z", "kind": "resolve"}"#;
    assert_eq!(next(&json(resolved)).action, Action::Wait);
    let reopened = format!(r#"{resolved}, {{"at": "2026-11-21T09:59:00Z", "kind": "reopen"}}"#);
    due(&json(&reopened), "complaint.acknowledge", "apology reassurance");
    // What is open cannot be opened again, and closing comes last.
    let open = r#"{"at": "2026-11-21T09:59:00Z", "kind": "reopen"}"#;
    due(&json(open), "complaint.identify", "apology question");
    let at_once = format!(r#"{resolved}, {open}, {{"at": "2026-11-21T09:59:00Z", "kind": "resolve"}}"#);
    assert_eq!(next(&json(&at_once)).action, Action::Wait);
    // What is written as it is opened again is not from before.
    let as_written = format!(r#"{resolved}, {{"at": "2026-11-21T10:00:00Z", "kind": "reopen"}}"#);
    due(&json(&as_written), "complaint.acknowledge", "apology reassurance");
    // What is still to come has not happened.
    let next = policy().next(&json(&reopened), at("2026-11-20T11:00:00Z")).unwrap();
    assert_eq!(next.step_id(), Some("identify"));
}
