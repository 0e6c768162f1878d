//! Whatever anybody can send.

use proptest::prelude::*;
use svar::request::{ReadRequest, ValidateRequest};
use svar::{Case, Message, Policy, Scratch, request};

use super::{builtin, is_report_sound, is_sound};

/// Text with what the readers look for in it.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "\\PC{0,8}",
        2 => any::<String>().prop_map(|text| text.chars().take(12).collect()),
        6 => prop::sample::select(vec![
            "beklager", "Vi beklager", "sorry", "tut uns leid", "przepraszamy", "undskyld", ", but", ", men", "DM", "Sie", "Pan", "du", "!", "!!", "?", ".", "…",
            "😊", "👍🏽", "👩‍👩‍👧", "🇳🇴", "1️⃣", "\u{200d}", "\u{fe0f}", "\u{ad}", "\u{200b}", "\u{202e}", "@kari", "#fail", "https://a.no/x", "http://b.no",
            "www.c.com", "kari@gmail.com", "+47 21 00 00 00", "NO93 8601 1117 947", "4111 1111 1111 1111", "{{name}}", "[NAVN]", "___", "TODO", "\n", "\n\n", "\n> ",
            "\"", "“", "”", "„", "«", "(", ")", "ß", "İ", "e\u{301}", "\0", " ", "  ", "\u{a0}", "AB", "RO DEG NED", "sååå", "god dag", "Hei Kari", "-AB", "Mvh Lise",
        ])
        .prop_map(str::to_owned),
    ];
    let gap = prop_oneof![3 => Just(" "), 1 => Just("")];
    prop::collection::vec((piece, gap), 0..24)
        .prop_map(|pieces| pieces.into_iter().flat_map(|(piece, gap)| [piece, gap.to_owned()]).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn reading_never_panics(text in text(), language in prop::option::of(prop::sample::select(vec!["nb", "nn", "da", "de", "pl", "en"]))) {
        let reading = builtin().read(&text, language).unwrap();
        is_sound(&reading, &text);
        let found = reading.acts.len() + reading.signals.len() + reading.intent.evidence.len() + reading.register.evidence.len();
        prop_assert!(found <= 24 * (text.len() + 1));
    }

    #[test]
    fn judging_never_panics(reply in text(), customer in text(), channel in 0usize..20, known in any::<bool>(), bot in any::<bool>(), fixed in any::<bool>()) {
        let channel = &builtin().channels()[channel % builtin().channels().len()];
        let mut case = Case::new(channel.id());
        case.messages.push(Message::customer(customer));
        case.messages.push(Message::agent(reply.chars().rev().collect::<String>()));
        case.language = known.then(|| "de".to_owned());
        case.agent.role = bot.then(|| "bot".to_owned());
        case.facts.fixed = fixed;
        let report = builtin().validate(&case, &reply, None).unwrap();
        is_report_sound(&report, &reply);
        prop_assert!(report.findings.len() <= 4 * reply.len() + builtin().rules().count());
        for finding in &report.findings {
            if let Some(fix) = &finding.fix {
                let fixed = fix.apply(&reply);
                prop_assert_eq!(fixed.len() + fix.span.len(), reply.len() + fix.text.len());
            }
        }
    }

    #[test]
    fn requests_never_panic(text in any::<String>(), cut in any::<prop::sample::Index>(), put in "\\PC{0,3}") {
        let _ = Case::from_json(&text);
        let _ = ValidateRequest::from_json(&text);
        let _ = ReadRequest::from_json(&text);
        // One that is nearly right.
        let whole = r#"{"case": {"channel": "facebook", "messages": [{"from": "customer", "text": "a😊", "at": "2026-11-21T10:00:00Z"}], "facts": {"loss": {"amount": 1.5, "currency": "NOK"}}}, "reply": "Hei", "now": "2026-11-21T10:00:00Z"}"#;
        let mut at = cut.index(whole.len() + 1);
        while !whole.is_char_boundary(at) { at -= 1; }
        let broken = format!("{}{put}{}", &whole[..at], &whole[at..]);
        let mut scratch = Scratch::default();
        match request::validate(builtin(), &broken, &mut scratch) {
            Ok(answer) => prop_assert!(answer.contains("verdict")),
            Err(error) => prop_assert!(!error.first().message().is_empty() && error.render().len() < 20_000),
        }
        let _ = request::read(builtin(), &whole[..at], &mut scratch);
    }

    #[test]
    fn documents_never_panic(text in any::<String>(), cut in any::<prop::sample::Index>(), put in "[\\PC\n]{0,4}") {
        let _ = Policy::from_toml(&text);
        let whole = "svar = 1\nname = 'a'\nlanguages = ['en']\n[language.en]\nname = 'E'\n[channels.w]\nname = 'W'\nkind = 'social'\nvisibility = ['public']\nregister = 'neutral'\n\
                     private_route = { to = 'none' }\n[acts.apology.en]\nhear = ['(sorry|so [very] sorry)', 'apolog* ..2 for']\nsay.neutral = ['Sorry.']\n[intents.complaint.en]\n'broken' = 1.0\n\
                     [rules.a]\nwhen = { intent = 'complaint', not = { tag = 'x' } }\nrequire = { act = 'apology', pattern = 'x+' }\nfix = { say = 'apology', at = 'start' }\n\
                     [rules.b]\nlimit = { of = 'words', max = 9 }\n[emoji]\nallow = ['+', '👍🏽']\n[references]\npatterns = ['A\\d+']\n";
        prop_assert!(Policy::from_toml(whole).is_ok());
        let mut at = cut.index(whole.len() + 1);
        while !whole.is_char_boundary(at) { at -= 1; }
        let broken = format!("{}{put}{}", &whole[..at], &whole[at..]);
        for document in [&broken, &whole[..at]] {
            match Policy::from_toml(document) {
                Ok(policy) => drop(policy.validate(&Case::new("w"), &text.chars().take(200).collect::<String>(), None)),
                Err(error) => prop_assert!(!error.first().message().is_empty()),
            }
        }
    }
}
