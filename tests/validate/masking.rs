//! Reports that can be logged.

use std::sync::OnceLock;

use proptest::prelude::*;
use svar::{Case, Policy};

use super::world;

/// Rules that quote as much as they can.
fn gossip() -> &'static Policy {
    static POLICY: OnceLock<Policy> = OnceLock::new();
    POLICY.get_or_init(|| {
        world(
            "[rules.all]\nforbid = { pattern = '(?s).+' }\nmessage = '{text} {found}'\n\
             [rules.end]\nforbid = { pattern = '(?s)\\S.{0,60}$' }\nmessage = 'ends in {text}'\n\
             [rules.data]\nforbid = { detector = ['personal-data', 'contact-data'] }\nmessage = '{text} {found} {limit}'\n\
             [rules.few]\nforbid = { pattern = '[^ ]{1,3}' }\nmessage = '{text}{found}'\n\
             [rules.link]\nforbid = { detector = 'link' }\nmessage = '{found}'\n\
             [rules.loud]\nforbid = { detector = 'shouting' }\nmessage = '{found}'\n",
        )
    })
}

fn iban(country: &str, account: &str) -> String {
    let digits = |text: &str| text.chars().map(|c| c.to_digit(36).unwrap().to_string()).collect::<String>();
    let rest = digits(&format!("{account}{country}00"))
        .bytes()
        .fold(0u32, |rest, digit| (rest * 10 + u32::from(digit - b'0')) % 97);
    format!("{country}{:02}{account}", 98 - rest)
}

fn card(front: &str) -> String {
    let sum: u32 = front
        .chars()
        .rev()
        .enumerate()
        .map(|(at, c)| {
            let digit = c.to_digit(10).unwrap();
            if at % 2 == 0 { digit * 2 / 10 + digit * 2 % 10 } else { digit }
        })
        .sum();
    format!("{front}{}", (10 - sum % 10) % 10)
}

fn grouped(text: &str, by: usize, with: &str) -> String {
    text.as_bytes()
        .chunks(by.max(1))
        .map(|chunk| std::str::from_utf8(chunk).unwrap())
        .collect::<Vec<_>>()
        .join(with)
}

fn secret() -> impl Strategy<Value = String> {
    let gap = prop_oneof![
        Just(""),
        Just(" "),
        Just("-"),
        Just("."),
        Just("\u{a0}"),
        Just("\u{ad}"),
        Just("\u{200b}"),
        Just("·"),
        Just(","),
        Just("_"),
        Just(")("),
        Just("\n"),
    ];
    prop_oneof![
        ("[0-9]{11}", gap.clone()).prop_map(|(account, gap)| grouped(&iban("NO", &account), 4, gap)),
        ("[0-9]{18}", gap.clone()).prop_map(|(account, gap)| grouped(&iban("DE", &account), 4, gap)),
        ("4[0-9]{14}", gap.clone()).prop_map(|(front, gap)| grouped(&card(&front), 4, gap)),
        ("[2-9][0-9]{7}", gap).prop_map(|(number, gap)| format!("+47 {}", grouped(&number, 2, gap))),
        "[a-z]{3,12}\\.[a-z]{3,20}@[a-z]{3,10}\\.(no|com|de)",
    ]
}

/// What the messages say themselves.
const OWN_WORDS: &str =
    "ends in, e-mail address, phone number, bank account number (IBAN), payment card number";

/// Each digit of a number, and of an address whatever is long enough to tell something.
fn telling_parts(secret: &str) -> impl Iterator<Item = &str> {
    let least = if secret.contains('@') { 2 } else { 1 };
    secret.split(|c: char| !c.is_ascii_alphanumeric()).flat_map(move |run| {
        let of = move |length| {
            (0..=run.len().saturating_sub(length)).filter_map(move |at| run.get(at..at + length))
        };
        of(least).chain(of(3)).filter(move |part| part.len() >= least)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn nothing_that_identifies_survives_masking(
        secret in secret(),
        lead in "([a-z]{1,9} ){0,12}",
        tail in "( [a-z]{1,9}){0,6}[.!]?",
        loud in any::<bool>(),
    ) {
        let secret = if loud { secret.to_uppercase() } else { secret };
        let reply = format!("{lead}{secret}{tail}");
        let report = gossip().validate(&Case::new("wall"), &reply, None).unwrap();
        prop_assert!(report.findings.len() > 1);
        let masked = report.masked();
        prop_assert_eq!(masked.findings.len(), report.findings.len());
        let around = format!("{lead} {tail}");
        for (own, masked) in report.of("data").zip(masked.of("data")) {
            prop_assert_eq!(&own.fix, &masked.fix, "to leave it out tells nothing");
        }
        for finding in &masked.findings {
            for piece in finding.evidence.split("•••").map(|piece| piece.trim_matches('+')) {
                prop_assert!(around.contains(piece), "{piece:?} of {secret:?} is left by {}", finding.rule);
            }
            let fix = finding.fix.as_ref().map_or("", |fix| &fix.text);
            for text in [&*finding.message, fix] {
                for part in telling_parts(&secret).filter(|part| !around.contains(part) && !OWN_WORDS.contains(part)) {
                    prop_assert!(!text.contains(part), "{part:?} of {secret:?} is in {text:?} of {}", finding.rule);
                }
            }
        }
        prop_assert_eq!(masked.masked(), masked);
    }
}

#[test]
fn names_that_the_case_gives_are_masked_wherever_they_stand() {
    let mut case = Case::new("wall");
    case.customer.name = Some("Kari Lunde".to_owned());
    case.agent.name = Some("Lise".to_owned());
    let reply = "Sorry KARI! Damn, Lunde, we know Karis line and kari. /Lise";
    let report = gossip().validate(&case, reply, None).unwrap();
    let masked = report.masked();
    assert!(report.findings.len() > 1);
    for finding in &masked.findings {
        let fix = finding.fix.as_ref().map_or("", |fix| &fix.text);
        for text in [&*finding.message, &finding.evidence, fix] {
            let text = text.to_lowercase();
            assert!(["kari", "lunde", "lise"].iter().all(|name| !text.contains(name)), "{text}");
        }
    }
    let all = masked.of("all").next().unwrap();
    assert_eq!(all.evidence, "Sorry •••! Damn, •••, we know ••• line and •••. /•••");
    assert_eq!(masked.masked(), masked);
    assert!(!format!("{masked:?}").contains("Kari"));
    // A name that nobody gave is a word like any other.
    let unnamed = gossip().validate(&Case::new("wall"), reply, None).unwrap().masked();
    assert_eq!(unnamed.of("all").next().unwrap().evidence, reply);
}

#[test]
fn the_longest_names_and_texts_are_masked_in_good_time() {
    let mut case = Case::new("wall");
    case.customer.name = Some("Ka ".repeat(20_000));
    let reply = "Ka b ".repeat(12_000);
    let masked = svar::rule::Masked::in_case(&reply, &case);
    assert!(!masked.text().contains("Ka"));
}

#[test]
fn a_piece_of_what_is_masked_is_masked_however_little_it_is() {
    let policy = world(
        "[rules.digits]\nforbid = { pattern = '\\d{3}' }\nmessage = '{text} is a number, {found}'\n\
         [rules.local]\nforbid = { pattern = 'kari.lunde' }\nmessage = '{text} is bad, {found}'\n\
         [rules.letters]\nforbid = { detector = 'look-alike' }\nmessage = '{found}'\n",
    );
    let reply = "Ring 998 877 665 eller kari.lunde@gmail.com";
    let masked = policy.validate(&Case::new("wall"), reply, None).unwrap().masked();
    let shown: Vec<_> =
        masked.findings.iter().map(|finding| (finding.message.as_str(), finding.evidence.as_str())).collect();
    let number = ("`•••` is a number, •••", "•••");
    assert_eq!(shown, [number, number, number, ("`•••` is bad, •••", "•••")]);
    // What a letter looks like tells what is written.
    let masked =
        policy.validate(&Case::new("wall"), "Skriv til k\u{430}ri.lunde@gmail.com", None).unwrap().masked();
    let alike = masked.of("letters").next().unwrap();
    assert!(!alike.message.contains("kari") && alike.fix.is_none(), "{alike:?}");
}

#[test]
fn a_number_is_masked_however_it_is_written() {
    use svar::rule::Masked;
    for number in [
        "99887766",
        "998\u{ad}877\u{ad}66",
        "9\u{200b}9\u{200b}8\u{200b}8\u{200b}7\u{200b}7",
        "\u{202d}99\u{202c}88\u{2066}77",
        "99·88·77·66",
        "99,88,77,66",
        "99_88_77_66",
        "99) (88) (77) – 66",
        "99\n88\n77",
        "9️⃣9️⃣8️⃣8️⃣",
        "AB1C2D3E4F",
        "A1B K7 98A76",
    ] {
        let masked = Masked::of(&format!("Ring {number} nå"));
        assert_eq!(masked.text(), "Ring ••• nå", "{number:?}");
        assert_eq!(Masked::of(masked.text()).text(), masked.text());
    }
    for plain in
        ["Vi svarer innen 24 timer, eller 48 på det meste.", "Samsung S24 og A15", "3 av 10 –––––– 12 av 14"]
    {
        assert_eq!(Masked::of(plain).text(), plain);
    }
}
