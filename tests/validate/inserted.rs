//! Sentences that a fix puts into a reply.

use svar::{Case, Message};

use super::{Sample, builtin, samples, world};

/// Whether a reply may be parted at a place: where nothing stands, or a sentence, a line or a greeting ends.
fn may_part(before: &str, after: &str) -> bool {
    let (before, after) = (before.trim_end_matches(' '), after.trim_start_matches(' '));
    let ends = |c: char| !c.is_alphanumeric() || before.split_whitespace().count() == 1;
    before.chars().next_back().is_none_or(ends) || after.chars().next().is_none_or(|c| !c.is_lowercase())
}

#[test]
fn a_sentence_that_is_added_cuts_none_in_two() {
    let sentences = [
        ("de", "Guten Tag Frau Weber, die Rechnung ist falsch. Mit freundlichen Grüßen, Ihr Kundenservice"),
        ("de", "Hallo, die Rechnung war falsch. Wir wünschen Ihnen ein schönes Wochenende!"),
        ("en", "The bill was wrong. With kind regards, Anna"),
        ("en", "The bill was wrong. Please do not hesitate to contact us"),
        ("pl", "Faktura była błędna. Dziękujemy za wiadomość i życzymy miłego dnia!"),
        ("nb", "Hei, og takk for at du tok kontakt"),
        ("nb", "Hei Kari, fakturaen var feil, ha en fin dag videre"),
        ("da", "Hej Kari, fakturaen var forkert, og vi ønsker dig en god weekend"),
    ];
    let replies = sentences.map(|(language, reply)| {
        let mut case = Case::new("facebook");
        case.language = Some(language.to_owned());
        case.facts.intent = Some("complaint".to_owned());
        case.messages.push(Message::customer("…"));
        Sample { case, reply: reply.to_owned() }
    });
    let mut wrong = Vec::new();
    for Sample { case, reply } in replies.into_iter().chain(samples()) {
        for finding in builtin().validate(&case, &reply, None).unwrap().findings {
            let Some(fix) = finding.fix.filter(|fix| fix.text.len() > 12) else { continue };
            let (before, after) = (&reply[..fix.span.start], &reply[fix.span.end..]);
            if fix.span.is_empty() && !may_part(before, after) {
                wrong.push(format!("{}: {before}«{}»{after}", finding.rule, fix.text));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_sentence_that_is_added_stands_as_one_would_write_it() {
    let policy = world(
        "[rules.sorry]\nrequire = { act = 'apology' }\nfix = { say = 'apology', at = 'after-greeting' }\n\
         [rules.bye]\nprefer = { phrases = ['bye'] }\nfix = { say = 'apology', at = 'end' }\n",
    );
    let mut case = Case::new("wall");
    case.language = Some("en".to_owned());
    let fixed = |reply: &str, rule: &str| {
        let report = policy.validate(&case, reply, None).unwrap();
        report.of(rule).next().unwrap().fix.as_ref().unwrap().apply(reply)
    };
    assert_eq!(fixed("Hello Kari! It is gone.", "sorry"), "Hello Kari! We are sorry. It is gone.");
    assert_eq!(fixed("Hello, it is gone.", "sorry"), "Hello! We are sorry. It is gone.");
    assert_eq!(fixed("Hello, åpent til 10.", "sorry"), "Hello! We are sorry. Åpent til 10.");
    assert_eq!(fixed("Hello, https://a.no has it.", "sorry"), "Hello! We are sorry. https://a.no has it.");
    assert_eq!(fixed("Hello 😊 it is gone", "sorry"), "Hello 😊 We are sorry. It is gone");
    assert_eq!(fixed("@kari it is gone", "sorry"), "@kari We are sorry. It is gone");
    assert_eq!(fixed("Hello Kari", "sorry"), "Hello Kari! We are sorry.");
    assert_eq!(fixed("Hello and thanks for asking", "sorry"), "Hello and thanks for asking. We are sorry.");
    assert_eq!(fixed("It is gone.", "sorry"), "We are sorry. It is gone.");
    assert_eq!(fixed("Sorry, it is gone", "bye"), "Sorry, it is gone. We are sorry.");
    assert_eq!(fixed("Sorry, it is gone!  ", "bye"), "Sorry, it is gone! We are sorry.  ");
    assert_eq!(fixed("Sorry, see https://a.no/x", "bye"), "Sorry, see https://a.no/x We are sorry.");
    assert_eq!(fixed("Sorry 😊", "bye"), "Sorry 😊 We are sorry.");
}

#[test]
fn a_bare_name_of_whoever_answers_signs() {
    for (language, name, reply, added) in [
        ("en", "Lise Berg", "Hi Tom! It will be with you tomorrow. Lise", "tomorrow. "),
        ("nb", "Kari", "Hei Tom! Den kommer i morgen 😊 Kari", "i morgen 😊 "),
        ("pl", "Ola", "Dzień dobry! Paczka będzie jutro. Ola", "jutro. "),
        ("de", "Jana", "Hallo Tom! Es kommt morgen an.\nJana", "morgen an. "),
    ] {
        let mut case = Case::new("facebook");
        case.language = Some(language.to_owned());
        case.facts.intent = Some("complaint".to_owned());
        case.messages.push(Message::customer("???"));
        case.agent.name = Some(name.to_owned());
        let report = builtin().validate(&case, reply, None).unwrap();
        assert!(report.of("reply.signature-missing").next().is_none(), "{reply}");
        let ownership = report.of("complaint.ownership-weak").next().expect(reply);
        let fixed = ownership.fix.as_ref().expect(reply).apply(reply);
        let first = name.split(' ').next().unwrap();
        assert!(fixed.contains(added) && fixed.ends_with(first) && fixed.len() > reply.len(), "{fixed}");
        case.agent.name = Some("Nora".to_owned());
        let unsigned = builtin().validate(&case, reply, None).unwrap();
        assert!(unsigned.of("reply.signature-missing").next().is_some(), "{reply}");
    }
}
