//! How a reply speaks: address, emoji, what is said once, what is said when.

use chrono::DateTime;
use svar::draft::SlotValues;
use svar::lexicon::AddressForm;
use svar::policy::DraftOptions;
use svar::request::to_json;
use svar::source::Severity;
use svar::{Case, Message, Policy};

use super::{acts, asked, builtin, draft, is_sound, now, over_care};

#[test]
fn address_follows_the_channel_the_policy_and_the_customer() {
    let form = |policy: &Policy, channel: &str, language: &str, customer: &str| {
        let mut case = asked(channel, language, "complaint");
        case.messages = vec![Message::customer(customer)];
        let route = if channel == "linkedin" { "private-invitation" } else { "thanks" };
        let draft = draft(policy, &case, &SlotValues::new(), &acts(["apology", "reassurance", route]));
        let heard = policy.read(&draft.text, Some(language)).unwrap().address.form;
        assert!(heard == draft.address || heard == AddressForm::None, "{heard:?}: {}", draft.text);
        draft.address
    };
    let german = (
        "Warum antwortet ihr nicht, könnt ihr mir helfen?",
        "Warum antworten Sie nicht? Ich bitte Sie um Hilfe.",
    );
    assert_eq!(form(builtin(), "facebook", "de", german.0), AddressForm::Informal);
    assert_eq!(form(builtin(), "facebook", "de", german.1), AddressForm::Formal);
    assert_eq!(form(builtin(), "facebook", "de", "Kaputt."), AddressForm::Formal);
    assert_eq!(form(builtin(), "linkedin", "de", german.0), AddressForm::Formal);
    assert_eq!(form(builtin(), "facebook", "pl", "Czemu mi nie odpisujesz?"), AddressForm::None);
    assert_eq!(form(builtin(), "facebook", "nb", "Hei"), AddressForm::Informal);
    let ours = over_care("[draft]\naddress = { de = 'informal', pl = 'informal' }\n");
    assert_eq!(form(&ours, "facebook", "de", german.1), AddressForm::Informal);
    assert_eq!(form(&ours, "linkedin", "de", german.0), AddressForm::Formal);
    assert_eq!(form(&ours, "facebook", "pl", "Dzień dobry"), AddressForm::Informal);
}

#[test]
fn emoji_answer_emoji_and_never_a_complaint() {
    let emoji = |intent: &str, customer: &str, channel: &str, policy: &Policy| {
        let mut case = asked(channel, "en", intent);
        case.messages = vec![Message::customer(customer)];
        let draft = draft(policy, &case, &SlotValues::new(), &acts(["thanks"]));
        is_sound(policy, &case, &draft);
        policy.read(&draft.text, Some("en")).unwrap().emoji.len()
    };
    assert_eq!(emoji("praise", "You were great 😍", "facebook", builtin()), 1);
    assert_eq!(emoji("praise", "You were great", "facebook", builtin()), 0);
    assert_eq!(emoji("complaint", "Not good 😡", "facebook", builtin()), 0);
    let none = over_care("[channels.facebook]\nemoji = { max = 0 }\n");
    assert_eq!(emoji("praise", "You were great 😍", "facebook", &none), 0);
    let other = over_care("[channels.facebook]\nemoji = { allow = ['🎉'] }\n");
    assert_eq!(
        emoji("praise", "You were great 😍", "facebook", &other),
        0,
        "none that goes with it is allowed"
    );
    let ruled = over_care("[rules.'ours.no-emoji']\nforbid = { detector = 'emoji' }\nseverity = 'error'\n");
    assert_eq!(emoji("praise", "You were great 😍", "facebook", &ruled), 0);
}

#[test]
fn a_heart_answers_a_heart_alone() {
    let mut case = asked("facebook", "en", "praise");
    let text =
        |case: &Case, seed| draft(builtin(), case, &SlotValues::new(), &acts(["thanks"]).seed(seed)).text;
    case.messages[0].text = "Great help, thank you 🙂".to_owned();
    assert!((0..12).all(|seed| !text(&case, seed).contains('❤')));
    case.messages[0].text = "Great help, thank you ❤".to_owned();
    assert!((0..12).any(|seed| text(&case, seed).contains('❤')));
}

#[test]
fn nobody_is_called_sie_and_by_the_first_name() {
    for seed in 0..8 {
        let mut case = asked("facebook", "de", "praise");
        case.messages[0].text = "Ich danke Ihnen sehr.".to_owned();
        let text = draft(builtin(), &case, &SlotValues::new(), &acts(["thanks"]).seed(seed)).text;
        assert!(text.contains("Kari Lunde"), "{text}");
        case.messages[0].text = "Ich danke dir und deinen Leuten sehr.".to_owned();
        let text = draft(builtin(), &case, &SlotValues::new(), &acts(["thanks"]).seed(seed)).text;
        assert!(text.contains("Kari") && !text.contains("Lunde"), "{text}");
    }
}

/// What is said among friends, and not to whoever is called Sie or Państwo; `Hallo` is said to anybody.
const FAMILIAR: [(&str, &[&str]); 6] = [
    ("de", &["hi", "hey", "liebe", "super", "lass"]),
    ("pl", &["hej", "cześć", "dzięki", "super", "priv", "sprawy"]),
    ("en", &["hey"]),
    ("da", &["hejsa", "dig"]),
    ("nb", &["heisann", "deg"]),
    ("nn", &["heisann", "deg"]),
];

const INTENTS: [&str; 4] = ["praise", "question", "complaint", "other"];

#[test]
fn formal_address_does_not_speak_as_among_friends() {
    let formal = FAMILIAR.map(|(language, _)| format!("{language} = 'formal'")).join(", ");
    let policy = over_care(&format!("[draft]\naddress = {{ {formal} }}\n"));
    let channels = ["facebook", "messenger", "instagram", "x", "tiktok", "whatsapp", "linkedin", "email"];
    for (language, familiar) in FAMILIAR {
        for (channel, intent) in channels.iter().flat_map(|channel| INTENTS.map(|intent| (*channel, intent)))
        {
            for seed in 0..8 {
                let mut case = asked(channel, language, intent);
                case.facts.fixed = seed % 2 == 1;
                let route = if seed % 3 == 0 { "private-invitation" } else { "thanks" };
                // Elsewhere little else than a greeting addresses nobody.
                let wanted: &[&str] = match language {
                    "de" | "pl" => &["greeting", route, "closing"],
                    _ => &["greeting"],
                };
                let options = acts(wanted.iter().copied()).seed(seed);
                let said = draft(&policy, &case, &SlotValues::new(), &options);
                assert_eq!(said.address, AddressForm::Formal);
                let text = said.text.to_lowercase();
                let mut words = text.split(|c: char| !c.is_alphabetic());
                assert!(words.all(|word| !familiar.contains(&word)), "{language}, {channel}: {}", said.text);
            }
        }
    }
    // Among friends it still is what is said.
    let friends = over_care("[draft]\naddress = { pl = 'informal', de = 'informal' }\n");
    for (language, word) in [("pl", "Cześć"), ("pl", "Hej"), ("de", "Hey"), ("de", "Hi")] {
        let case = asked("facebook", language, "praise");
        let greet = |seed| draft(&friends, &case, &SlotValues::new(), &acts(["greeting"]).seed(seed)).text;
        assert!((0..24).any(|seed| greet(seed).starts_with(word)), "{word}");
    }
}

/// A conversation that went on: the customer has written again after an answer.
fn went_on(channel: &str, language: &str) -> Case {
    let mut case = asked(channel, language, "complaint");
    case.messages.push(Message::agent("…"));
    case.messages.push(Message::customer("…"));
    case
}

#[test]
fn a_letter_greets_each_time_and_a_post_once() {
    for language in builtin().languages() {
        let options = acts(["apology", "reassurance"]);
        let letter = draft(builtin(), &went_on("email", language.as_str()), &SlotValues::new(), &options);
        assert!(letter.acts.iter().any(|act| *act == *"greeting"), "{}", letter.text);
        let post = draft(builtin(), &went_on("facebook", language.as_str()), &SlotValues::new(), &options);
        assert!(post.acts.iter().all(|act| *act != *"greeting"), "{}", post.text);
    }
}

#[test]
fn what_was_said_is_not_said_again() {
    let mut slots = SlotValues::new();
    slots.set("deadline", "2026-11-23T14:00:00+01:00");
    for language in builtin().languages() {
        for seed in 0..8 {
            let case = asked("facebook", language.as_str(), "complaint");
            let options = acts(["deadline-promise"]).optional(["ownership"]).seed(seed).at(now());
            let text = draft(builtin(), &case, &slots, &options).text;
            assert_eq!(text.matches("14").count(), 1, "{text}");
        }
    }
}

#[test]
fn out_of_hours_a_reply_says_when_the_team_is_back() {
    let policy = over_care(
        "[sla]\ncalendar = 'office'\n[sla.targets.first-response]\npreset = 'strict'\ntime = 'business'\n\
         [calendars.office]\ntime_zone = 'Europe/Oslo'\nopen = { mon = ['09:00-16:00'], tue = ['09:00-16:00'] }\n",
    );
    let late = DateTime::parse_from_rfc3339("2026-11-23T20:10:00+01:00").unwrap();
    for language in policy.languages() {
        for intent in ["complaint", "question"] {
            for seed in 0..4 {
                let mut case = asked("facebook", language.as_str(), intent);
                case.messages[0].at = Some(late - chrono::TimeDelta::minutes(10));
                let options = DraftOptions::default().seed(seed).at(late);
                let draft = draft(&policy, &case, &SlotValues::new(), &options);
                assert!(draft.text.contains("9:00") || draft.text.contains("9.00"), "{}", draft.text);
                assert!(draft.report.findings.iter().all(|found| found.severity == Severity::Advice));
            }
        }
    }
}

#[test]
fn a_channel_in_other_letters_is_the_same_channel() {
    let policy =
        over_care("[rules.'a.turns']\nwhen = { min_public_turns = 1 }\nforbid = { pattern = '(?s).' }\n");
    let said = |channel: &str| {
        let mut case = asked(channel, "en", "complaint");
        case.messages.push(Message::agent("Hello. We're sorry about this. What happened?"));
        case.messages.push(Message::customer("My parcel never came."));
        to_json(&draft(&policy, &case, &SlotValues::new(), &acts(["thanks"])))
    };
    assert_eq!(said("WhatsApp"), said("whatsapp"));
}
