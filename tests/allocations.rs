//! A reply without findings, judged with memory to reuse, allocates nothing: in every language, with and without the
//! customer's message, on a conversation opened anew or once for all.
#![allow(clippy::unwrap_used, missing_docs)]

mod counting;

use chrono::DateTime;
use counting::{Asked, counted};
use svar::{Case, Message, Policy, Scratch};

const NOTHING: Asked = Asked { times: 0, bytes: 0 };

/// A complaint and a reply in which nothing is found, language by language.
const CLEAN: [(&str, &str, &str); 6] = [
    (
        "nb",
        "Hei, nettet er nede for tredje gang denne uka!! Når blir det fikset? 😡",
        "Hei Kari! Vi beklager at nettet har vært nede igjen, og det skal vi rette opp. Jeg har sett på linja di og meldt \
         feilen videre til teknikerne våre. Send oss gjerne en privat melding med adressen din, så følger jeg opp. \
         Hilsen Lise i kundeservice",
    ),
    (
        "nn",
        "Hei, nettet er framleis nede, og eg får ikkje svar frå dykk. Kva skjer?",
        "Hei Kari! Vi orsakar at nettet har vore nede att, og det skal vi rette opp. Eg har sett på linja di og meldt \
         feilen vidare til teknikarane våre. Send oss gjerne ei privat melding med adressa di, så følgjer eg opp. \
         Helsing Lise i kundeservice",
    ),
    (
        "da",
        "Hej, min pakke er stadig ikke kommet. Hvor bliver den af?",
        "Hej Anders! Vi beklager, at du har ventet så længe på din pakke, og det tager vi alvorligt. Jeg har fundet den på \
         lageret. Send os gerne en privat besked med dit navn, så følger jeg den helt til døren. Hilsen Lise fra \
         kundeservice",
    ),
    (
        "de",
        "Mein Paket ist seit zwei Wochen unterwegs und niemand antwortet!",
        "Hallo Anna, es tut uns sehr leid, dass du so lange auf dein Paket warten musst, und wir kümmern uns darum. Schick \
         uns bitte eine private Nachricht mit deinem Namen, dann schaue ich sofort nach. Liebe Grüße, Jonas vom \
         Kundenservice",
    ),
    (
        "pl",
        "Dzień dobry, paczka nie dotarła i nikt nie odpowiada. Co się dzieje?",
        "Dzień dobry, bardzo przepraszamy za tę sytuację, traktujemy ją poważnie. Sprawdzam już zamówienie w magazynie. \
         Prosimy o wiadomość prywatną z imieniem i nazwiskiem, a dam znać, gdy paczka wyruszy. Pozdrawiam serdecznie, Ola",
    ),
    (
        "en",
        "My parcel is two weeks late and nobody answers me. What is going on?",
        "Hi Sam, we're so sorry about the wait, and we're looking into it. I've spoken to the warehouse about your parcel. \
         Please send us a private message with your name and I'll keep an eye on it until it reaches you. Best wishes, Jo",
    ),
];

fn case(language: &str) -> Case {
    let mut case = Case::new("facebook");
    case.language = Some(language.to_owned());
    case.facts.intent = Some("complaint".to_owned());
    case
}

/// Judges all replies twice, so that all memory is there, and counts the third time.
fn judge(policy: &Policy, cases: &[(Case, &str)]) {
    let mut scratch = Scratch::default();
    for round in 1..=3 {
        for (case, reply) in cases {
            let (report, asked) = counted(|| policy.validate_with(case, reply, None, &mut scratch));
            let report = report.unwrap();
            let findings: Vec<_> = report
                .findings
                .iter()
                .map(|finding| (finding.rule.as_str(), finding.evidence.as_str()))
                .collect();
            assert_eq!(findings, [], "not clean: {reply}");
            assert!(round < 3 || asked == NOTHING, "{asked:?} for {reply}");
        }
    }
}

#[test]
fn a_clean_reply_allocates_nothing() {
    judge(&Policy::builtin(), &CLEAN.map(|(language, _, reply)| (case(language), reply)));
}

#[test]
fn nor_does_one_to_a_message_that_is_heard_as_well() {
    let cases = CLEAN.map(|(language, message, reply)| {
        let mut case = case(language);
        case.facts.intent = None;
        case.messages.push(Message::customer(message));
        (case, reply)
    });
    judge(&Policy::builtin(), &cases);
}

#[test]
fn nor_does_one_in_the_middle_of_a_conversation() {
    let cases = CLEAN.map(|(language, message, reply)| {
        let mut case = case(language);
        case.messages.push(Message::customer(message));
        case.messages.push(Message::agent("OK."));
        case.messages.push(Message::customer(message));
        (case, reply)
    });
    judge(&Policy::builtin(), &cases);
}

#[test]
fn nor_does_one_to_a_word_of_thanks() {
    let mut thanked = Case::new("facebook");
    thanked.language = Some("en".to_owned());
    thanked.messages.push(Message::customer("When do you open on Saturday?"));
    thanked.messages.push(Message::agent("Hi Anna! We open at ten."));
    thanked.messages.push(Message::customer("Great, thanks so much @acme! You too #happy"));
    judge(&Policy::builtin(), &[(thanked, "You're welcome! Have a lovely day.")]);
}

#[test]
fn nor_does_one_whose_language_nobody_gave() {
    let cases = CLEAN.map(|(language, message, reply)| {
        let mut case = case(language);
        case.language = None;
        case.messages.push(Message::customer(message));
        (case, reply)
    });
    judge(&Policy::builtin(), &cases);
}

#[test]
fn nor_does_one_of_a_conversation_that_stays_open() {
    let policy = Policy::builtin();
    let (language, message, reply) = CLEAN[0];
    let mut case = case(language);
    case.messages.push(Message::customer(message));
    let mut scratch = Scratch::default();
    let conversation = policy.open(&case, None, &mut scratch).unwrap();
    conversation.validate(reply, &mut scratch).unwrap();
    let (report, asked) = counted(|| conversation.validate(reply, &mut scratch));
    assert!(report.unwrap().findings.is_empty());
    assert_eq!(asked, NOTHING);
}

/// An archive streams by: what was heard in one conversation leaves its memory to the next.
#[test]
fn a_conversation_of_an_archive_allocates_next_to_nothing() {
    let policy = Policy::builtin();
    let now = DateTime::parse_from_rfc3339("2026-11-21T12:00:00Z").unwrap();
    let mut health = policy.health(now);
    for round in 1..=3 {
        for (language, message, reply) in CLEAN {
            let mut case = case(language);
            case.id = Some("7".to_owned());
            case.messages.extend([Message::customer(message), Message::agent(reply)]);
            let (added, asked) = counted(|| health.add(&case));
            added.unwrap();
            // Its messages are put in the order of time.
            assert!(round < 3 || asked.times <= 1, "{asked:?} for {message}");
        }
    }
    assert_eq!(health.report().total.answered, 18);
}

#[test]
fn reading_into_a_reading_allocates_nothing() {
    let policy = Policy::builtin();
    let (mut scratch, mut reading) = Default::default();
    for round in 1..=3 {
        for (language, message, reply) in CLEAN {
            for text in [message, reply] {
                let read = || policy.read_into(text, Some(language), &mut scratch, &mut reading);
                let (read, asked) = counted(read);
                read.unwrap();
                assert!(round < 3 || asked == NOTHING, "{asked:?} for {text}");
            }
        }
    }
}
