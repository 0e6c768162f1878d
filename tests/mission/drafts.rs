//! What svar itself says keeps the rows: 25, 47, 48, 52, 53, 54, 55, 59, 60, 61, 62, 64, 68, 72, 80, 81, 87, 89, 93,
//! 103, 104.

use svar::case::{Fault, Visibility};
use svar::draft::{Draft, SlotValues};
use svar::policy::DraftOptions;
use svar::{Case, Message};

use super::{check, complaint, found, policy, signed_by, with_intent};

fn drafted(case: &Case, slots: &SlotValues, acts: &[&str], seed: u64) -> Draft {
    let options = DraftOptions::default().acts(acts.iter().copied()).seed(seed);
    policy().draft(case, slots, &options).unwrap_or_else(|error| panic!("{error}"))
}

/// The step that is due, in words.
fn due(case: &Case, slots: &SlotValues, seed: u64) -> Draft {
    let options = DraftOptions::default().seed(seed);
    policy().draft(case, slots, &options).unwrap_or_else(|error| panic!("{error}"))
}

fn hears(draft: &Draft, act: &str) -> bool {
    policy().read(&draft.text, Some(draft.language.as_str())).unwrap().hears(act)
}

const ANGRY: [(&str, &str); 2] = [
    ("nb", "Elendig service! Har ventet i tre uker og får ikke svar fra noen."),
    ("en", "Terrible service! Waiting three weeks and still no answer."),
];

#[test]
fn row_25_the_action_is_reported_in_words() {
    let case =
        with_intent(complaint("x", "en", "My grandson is stuck, can you tell his grandmother?"), "other");
    let slots =
        SlotValues::new().with("action", "Your grandmother knows and is having a coffee in the lounge.");
    let draft = drafted(&case, &slots, &["resolution"], 1);
    assert!(draft.text.contains("is having a coffee in the lounge."), "{}", draft.text);
}

#[test]
fn row_47_a_draft_is_more_oral_on_facebook_than_on_linkedin() {
    for seed in 0..6 {
        for (channel, register) in
            [("facebook", "tone.register-too-high"), ("linkedin", "tone.register-too-low")]
        {
            let case = complaint(channel, "nb", "Hvor blir det av ordren?");
            let draft = drafted(&case, &SlotValues::new(), &["apology", "reassurance"], seed);
            assert!(check(&case, &draft.text).of(register).next().is_none(), "{}", draft.text);
        }
    }
}

#[test]
fn row_48_an_emoji_answers_an_emoji() {
    let praise = |text: &str| with_intent(complaint("instagram", "nb", text), "praise");
    let with = drafted(&praise("Dere er best 😍"), &SlotValues::new(), &["thanks"], 2);
    assert_eq!(policy().read(&with.text, Some("nb")).unwrap().emoji.len(), 1, "{}", with.text);
    let without = drafted(&praise("Dere er best"), &SlotValues::new(), &["thanks"], 2);
    assert!(policy().read(&without.text, Some("nb")).unwrap().emoji.is_empty(), "{}", without.text);
}

#[test]
fn row_52_to_55_an_answer_with_the_link_and_the_offer_to_do_it() {
    let case = with_intent(complaint("facebook", "nb", "Har dere bord på fredag?"), "booking");
    let slots = SlotValues::new()
        .with("answer", "Ja, vi har ledige bord på fredag.")
        .with("link", "https://fjordmat.example/bord");
    let draft = drafted(&case, &slots, &["information", "next-step"], 0);
    assert!(draft.text.contains("ledige bord") && draft.text.contains("https://fjordmat.example/bord"));
    assert!(found(&check(&case, &draft.text)).iter().all(|rule| !rule.starts_with("information.")));
    // Without a link, the offer to do it is among what is said.
    let none = SlotValues::new().with("answer", "Ja, vi har ledige bord på fredag.");
    let offers = (0..12).any(|seed| {
        drafted(&case, &none, &["information", "next-step"], seed).text.contains("bestiller vi for deg")
    });
    assert!(offers);
}

#[test]
fn row_59_to_61_the_step_that_is_due_apologises_first_and_invites() {
    for (language, text) in ANGRY {
        for seed in 0..6 {
            let case = signed_by(complaint("facebook", language, text), "Lise");
            let draft = due(&case, &SlotValues::new(), seed);
            for act in ["apology", "reassurance", "private-invitation", "signature"] {
                assert!(hears(&draft, act), "{act}: {}", draft.text);
            }
            let report = check(&case, &draft.text);
            for rule in
                ["complaint.apology-first", "complaint.compensation-in-public", "complaint.rating-request"]
            {
                assert!(report.of(rule).next().is_none(), "{rule}: {}", draft.text);
            }
        }
    }
}

#[test]
fn row_62_where_there_is_no_private_route_a_contact_is_named() {
    for (language, text) in ANGRY {
        let case = complaint("youtube", language, text);
        let draft = due(&case, &SlotValues::new().with("contact", "hjelp@fjordmobil.example"), 3);
        assert!(draft.text.contains("hjelp@fjordmobil.example"), "{}", draft.text);
    }
}

#[test]
fn row_64_what_is_offered_is_named_in_private() {
    let mut case = complaint("messenger", "nb", "Jeg ble trukket to ganger!");
    case.facts.fault = Fault::Ours;
    let options = DraftOptions::default().acts(["responsibility", "compensation-offer"]).remedy("refund");
    let slots = SlotValues::new().with("amount", "274.50 NOK");
    let draft = policy().draft(&case, &slots, &options).unwrap();
    assert!(draft.text.contains("274,50 kr") && hears(&draft, "compensation-offer"), "{}", draft.text);
    assert_eq!(draft.visibility, Visibility::Private);
}

#[test]
fn row_68_every_turn_is_polite_and_none_repeats_the_one_before() {
    let mut case = complaint("messenger", "en", "Still broken!");
    for seed in 0..5 {
        let draft = drafted(&case, &SlotValues::new(), &["apology", "reassurance"], seed);
        let report = check(&case, &draft.text);
        assert!(
            found(&report).iter().all(|rule| !rule.starts_with("tone.") && *rule != "reply.repeats-earlier"),
            "{}",
            draft.text
        );
        case.messages.push(Message::agent(draft.text));
        case.messages.push(Message::customer("And still broken!"));
    }
}

#[test]
fn row_80_and_81_one_person_takes_it_on() {
    for (language, text) in ANGRY {
        let case = signed_by(complaint("facebook", language, text), "Lise");
        let draft = drafted(&case, &SlotValues::new(), &["apology", "ownership", "private-invitation"], 5);
        assert!(hears(&draft, "ownership") && draft.text.contains("Lise"), "{}", draft.text);
        assert!(check(&case, &draft.text).of("complaint.ownership-weak").next().is_none());
    }
}

#[test]
fn row_87_a_holding_reply_needs_no_solution() {
    let mut case = complaint("facebook", "nb", "Nettet er nede!");
    case.agent.name = Some("Lise".to_owned());
    let slots = SlotValues::new().with("deadline", "2026-11-22T09:00:00+01:00");
    let draft = drafted(&case, &slots, &["apology", "deadline-promise", "private-invitation"], 0);
    assert!(check(&case, &draft.text).passes() && draft.text.contains("klokka 9.00"), "{}", draft.text);
    assert!(check(&case, &draft.text).of("promise.deadline-undated").next().is_none());
}

#[test]
fn row_89_and_93_faults_are_admitted_and_who_pointed_them_out_is_thanked() {
    for (language, text) in ANGRY {
        let mut case = complaint("facebook", language, text);
        case.facts.fault = Fault::Ours;
        let draft =
            drafted(&case, &SlotValues::new(), &["apology", "responsibility", "private-invitation"], 1);
        assert!(check(&case, &draft.text).of("complaint.responsibility-missing").next().is_none());
        case.facts.fixed = true;
        let draft = drafted(&case, &SlotValues::new(), &["responsibility", "thanks"], 1);
        assert!(check(&case, &draft.text).of("complaint.thanks-missing").next().is_none(), "{}", draft.text);
    }
}

#[test]
fn row_103_who_cannot_solve_it_says_who_will() {
    let case = complaint("email", "nb", "Hvorfor er fakturaen feil?");
    let draft = drafted(&case, &SlotValues::new().with("team", "fakturaavdelingen"), &["hand-off"], 0);
    assert!(draft.text.contains("fakturaavdelingen") && hears(&draft, "hand-off"), "{}", draft.text);
}

#[test]
fn row_104_nobody_is_sent_away_who_can_be_helped_here() {
    for (language, text) in ANGRY {
        let case = complaint("facebook", language, text);
        for seed in 0..6 {
            let draft = due(&case, &SlotValues::new(), seed);
            assert!(
                check(&case, &draft.text).of("complaint.channel-bounce").next().is_none(),
                "{}",
                draft.text
            );
        }
    }
}
