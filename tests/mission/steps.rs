//! Steps and remedies: rows 2, 25, 31, 51, 54, 55, 59 to 66, 70, 71, 87, 89, 92, 93, 95, 103 and 104.

use svar::case::{Event, Fault, Visibility};
use svar::money::Money;
use svar::playbook::{Action, Ground, Next, RemedyKind};
use svar::source::Severity;
use svar::{Case, Message, Policy};

use super::{case, check, complaint, finds, is_free_of, policy};

fn next(case: &Case) -> Next {
    policy().next(case, None).unwrap()
}

fn step(case: &Case) -> String {
    let next = next(case);
    let playbook = next.playbook.as_ref().map_or("", |id| id.as_str());
    format!("{playbook}.{}", next.step_id().unwrap_or("-"))
}

fn happened(kind: &str) -> Event {
    let text =
        format!(r#"{{"channel": "x", "events": [{{"at": "2026-11-21T10:00:00Z", "kind": "{kind}"}}]}}"#);
    Case::from_json(&text).unwrap().events.remove(0)
}

fn nok(amount: &str) -> Money {
    Money::parse(amount, "NOK").unwrap()
}

/// A complaint in private, apologised for, with somebody waiting.
fn in_private(language: &str, sorry: &str) -> Case {
    let mut case = complaint("messenger", language, "?");
    case.messages.push(Message::agent(sorry));
    case.messages.push(Message::customer("?"));
    case
}

#[test]
fn row_02_an_angry_customer_who_is_wrong_goes_the_same_way() {
    for fault in [Fault::Unknown, Fault::Ours, Fault::Theirs] {
        let mut case =
            case("facebook", "nb", "Elendig service! Har ventet i tre uker og får ikke svar fra noen.");
        case.facts.fault = fault;
        assert_eq!(step(&case), "complaint.acknowledge");
    }
}

#[test]
fn row_25_urgent_help_reports_what_was_done() {
    let mut urgent =
        case("x", "pl", "Wnuk utknął w samolocie, babcia czeka na lotnisku, czy ktoś jej powie?");
    urgent.facts.tags.push("urgent".to_owned());
    assert_eq!((step(&urgent), next(&urgent).action), ("urgent.act".to_owned(), Action::Act));
    finds(&urgent, "Przekazaliśmy sprawę do obsługi lotniska.", "urgent.action-not-confirmed");
    urgent.events.push(happened("acted"));
    assert_eq!(step(&urgent), "urgent.report");
    finds(&urgent, "Przekazaliśmy sprawę do obsługi lotniska.", "urgent.action-not-confirmed");
    is_free_of(&urgent, "Babcia wie o spóźnieniu i czeka w poczekalni.", "urgent.action-not-confirmed");
}

#[test]
fn row_31_nobody_answers_in_public_untrained() {
    let mut case = complaint("facebook", "pl", "?");
    let reply = "Przepraszamy za tę sytuację. Prosimy o wiadomość prywatną.";
    is_free_of(&case, reply, "step.untrained");
    case.agent.training = Some(Vec::new());
    finds(&case, reply, "step.untrained");
    assert_eq!(next(&case).step.unwrap().training.as_deref(), Some("public-replies"));
    case.agent.training = Some(vec!["public-replies".to_owned()]);
    is_free_of(&case, reply, "step.untrained");
}

#[test]
fn rows_51_54_55_a_question_is_answered_with_the_next_step_and_without_apology() {
    let opening = next(&case("facebook", "nn", "Når opnar de på laurdag?"));
    assert_eq!(opening.playbook.as_ref().unwrap(), &"information");
    assert!(opening.asks("information") && !opening.asks("apology"));
    let mut booking = case("facebook", "nn", "Har de ledig bord i kveld?");
    booking.facts.intent = Some("booking".to_owned());
    let booking = next(&booking);
    assert!(booking.asks("next-step"));
    assert!(booking.why.iter().any(|why| why.contains("do it for them")));
}

#[test]
fn rows_59_60_61_62_the_first_step_of_a_complaint() {
    let on = |channel| next(&complaint(channel, "nn", "?"));
    let facebook = on("facebook");
    let asks: Vec<_> = facebook.step.as_ref().unwrap().asks.iter().map(|act| act.as_str()).collect();
    assert_eq!(asks, ["apology", "reassurance", "private-invitation"]);
    let youtube = on("youtube");
    assert!(!youtube.asks("private-invitation") && youtube.asks("other-contact"));
}

#[test]
fn row_63_nothing_is_offered_before_it_is_known_what_happened() {
    for (language, sorry, offer) in [
        ("nn", "Me beklagar dette.", "Me vil gjerne gi deg ein rabatt."),
        ("nb", "Vi beklager dette.", "Vi vil gjerne gi deg en rabatt på 20 %."),
        ("en", "We're so sorry about this.", "We'll refund you today."),
    ] {
        let mut case = in_private(language, sorry);
        assert_eq!(step(&case), "complaint.identify");
        assert!(next(&case).forbids("compensation-offer"));
        finds(&case, offer, "step.out-of-place");
        case.facts.investigated = true;
        assert_eq!(step(&case), "complaint.remedy");
        is_free_of(&case, offer, "step.out-of-place");
    }
}

#[test]
fn row_64_own_fault_is_made_good() {
    let mut case = in_private("nb", "Vi beklager dette.");
    case.facts.fault = Fault::Ours;
    finds(&case, "Vi er veldig lei oss for det som har skjedd.", "complaint.compensation-missing");
    is_free_of(
        &case,
        "Vi er lei oss. Vi vil gjerne gi deg en rabatt på 20 %.",
        "complaint.compensation-missing",
    );
    case.facts.fault = Fault::Theirs;
    is_free_of(&case, "Vi er veldig lei oss for det som har skjedd.", "complaint.compensation-missing");
    case.facts.fault = Fault::Ours;
    case.channel = "facebook".to_owned();
    case.visibility = Some(Visibility::Public);
    assert!(next(&case).asks("private-invitation") && next(&case).forbids("compensation-offer"));
}

#[test]
fn row_65_and_a_little_more() {
    let mut case = in_private("nb", "Vi beklager dette.");
    (case.facts.fault, case.facts.loss) = (Fault::Ours, Some(nok("100")));
    let remedy = policy().remedy(&case, &[]).unwrap().unwrap();
    assert_eq!((remedy.amount, remedy.extra), (Some(nok("110")), Some(nok("10"))));
    let reply = "Vi vil gjerne gi deg en rabatt på 20 %.";
    case.facts.offer = Some(nok("100"));
    finds(&case, reply, "complaint.extra-missing");
    case.facts.offer = Some(nok("110"));
    is_free_of(&case, reply, "complaint.extra-missing");
}

/// A policy in which an agent may grant 200 kroner.
fn with_authority() -> Policy {
    let text = "svar = 1\nname = 'acme'\nextends = ['svar:care']\nlanguages = ['nb']\n\
        [authority.agent]\ncase = { NOK = 200 }\ngoodwill_share = 50\nabove = 'manager'\n[authority.manager]\n";
    Policy::from_toml(text).unwrap()
}

#[test]
fn rows_66_71_a_small_voucher_is_free_and_a_large_one_is_asked_for() {
    let policy = with_authority();
    let mut case = in_private("nb", "Vi beklager dette.");
    (case.facts.fault, case.facts.loss) = (Fault::Theirs, Some(nok("100")));
    case.agent.role = Some("agent".to_owned());
    let remedy = policy.remedy(&case, &[]).unwrap().unwrap();
    assert_eq!((remedy.ground, remedy.approval), (Ground::Goodwill, None));
    let who = |case: &Case| {
        let verdict = policy.judge_offer(case, &[]).unwrap().unwrap();
        verdict.approval.map(|needed| (needed.role.unwrap().to_string(), needed.amount, needed.limit))
    };
    case.facts.offer = Some(nok("20"));
    assert_eq!(who(&case), None);
    case.facts.offer = Some(nok("100"));
    assert_eq!(who(&case), Some(("manager".to_owned(), nok("100"), nok("50"))));
    (case.facts.fault, case.facts.loss) = (Fault::Ours, Some(nok("280")));
    case.facts.offer = Some(nok("300"));
    assert_eq!(who(&case), Some(("manager".to_owned(), nok("300"), nok("200"))));
    let report = policy.validate(&case, "Vi vil gjerne gi deg en rabatt på 300 kr.", None).unwrap();
    let finding = report.of("complaint.approval-needed").next().unwrap();
    assert_eq!(finding.severity, Severity::Error);
    assert!(finding.message.contains("300.00 NOK") && finding.message.contains("`manager` decides"));
}

#[test]
fn row_70_a_free_dessert_and_an_exchange_after_the_deadline() {
    let text = r#"{"channel": "messenger", "facts": {"loss_kind": "goods", "deadline_passed": true}}"#;
    let late = policy().remedies(&Case::from_json(text).unwrap(), &[]).unwrap();
    let kinds: Vec<RemedyKind> = late.iter().map(|remedy| remedy.kind).collect();
    assert_eq!(kinds, [RemedyKind::Exchange, RemedyKind::FreeItem, RemedyKind::Gesture]);
    assert!(kinds.iter().all(|kind| RemedyKind::of(kind.as_str()) == Some(*kind)));
}

#[test]
fn row_87_the_holding_reply_is_a_step() {
    let mut case = in_private("da", "Vi beklager meget.");
    case.facts.identified = true;
    let holding = next(&case);
    assert_eq!(holding.step_id(), Some("investigate"));
    assert!(holding.asks("deadline-promise") && holding.action == Action::Reply);
    case.messages.pop();
    assert_eq!(next(&case).action, Action::Act);
}

/// A complaint that everybody talks about.
fn crisis(lines: &[&str]) -> Case {
    let mut case = complaint("facebook", "da", "Elendig service, I har ødelagt alt!");
    (case.facts.severity, case.facts.fault) = (svar::case::Level::Critical, Fault::Ours);
    case.messages.extend(lines.iter().copied().map(Message::agent));
    case
}

#[test]
fn rows_89_95_react_admit_fix_tell_thank() {
    let lines = [
        "Vi beklager meget. Vi undersøger sagen nu.",
        "Det er vores fejl.",
        "Fejlen er nu rettet for alle.",
        "Tak fordi du gjorde os opmærksomme på det.",
    ];
    assert_eq!(step(&crisis(&[])), "crisis.react");
    assert!(next(&crisis(&[])).asks("responsibility"));
    assert_eq!(step(&crisis(&lines[..1])), "crisis.admit");
    assert_eq!(step(&crisis(&lines[..2])), "crisis.fix");
    // Telling that it is mended before it is.
    finds(&crisis(&lines[..2]), lines[2], "step.out-of-place");
    finds(&crisis(&[]), lines[2], "step.out-of-place");
    let fixed = |count: usize| {
        let mut case = crisis(&lines[..count]);
        (case.facts.fixed, case.facts.offered) = (true, true);
        case
    };
    assert_eq!(step(&fixed(2)), "crisis.tell");
    is_free_of(&fixed(2), lines[2], "step.out-of-place");
    assert_eq!(step(&fixed(3)), "crisis.thank");
    assert_eq!((step(&fixed(4)), next(&fixed(4)).action), ("crisis.-".to_owned(), Action::Wait));
}

#[test]
fn row_92_what_was_mended_is_told_and_nobody_is_named_who_has_not_agreed() {
    let mut case = crisis(&["Vi beklager meget. Det er vores fejl."]);
    case.facts.fixed = true;
    case.customer.name = Some("Anders Brinkmann".to_owned());
    let named = "Fejlen er nu rettet, og Anders har fået sit abonnement.";
    assert_eq!(next(&case).step.as_ref().unwrap().visibility, Visibility::Public);
    finds(&case, named, "crisis.names-customer");
    is_free_of(&case, "Fejlen er nu rettet for alle.", "crisis.names-customer");
    case.facts.consent = true;
    is_free_of(&case, named, "crisis.names-customer");
}

#[test]
fn row_93_the_last_step_of_a_complaint_thanks() {
    let mut case = in_private("da", "Vi beklager meget.");
    (case.facts.fixed, case.facts.offered) = (true, true);
    let last = next(&case);
    assert_eq!(last.step_id(), Some("follow-up"));
    assert!(last.asks("thanks"));
}

#[test]
fn row_103_who_cannot_solve_it_says_who_will() {
    let mut case = case("facebook", "de", "Warum wird mein Vertrag dreimal abgerechnet?");
    is_free_of(&case, "Das weiß ich leider nicht.", "step.hand-off-missing");
    (case.facts.complexity, case.agent.level) =
        (Some(svar::case::Level::High), Some(svar::case::Level::Normal));
    assert_eq!(next(&case).action, Action::HandOver);
    finds(&case, "Das weiß ich leider nicht.", "step.hand-off-missing");
    let passed = "Ich gebe das an unsere Fachabteilung weiter, sie meldet sich morgen bei Ihnen.";
    is_free_of(&case, passed, "step.hand-off-missing");
}

#[test]
fn row_104_the_first_step_stays_where_the_customer_is() {
    for channel in ["facebook", "instagram", "x"] {
        let first = next(&complaint(channel, "de", "?"));
        assert!(first.asks("private-invitation") && !first.asks("other-contact"));
    }
    assert!(check(&complaint("facebook", "de", "?"), "Das tut uns leid.").passes());
}
