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
    let gap = prop_oneof![Just(""), Just(" "), Just("-"), Just("\u{a0}")];
    prop_oneof![
        ("[0-9]{11}", gap.clone()).prop_map(|(account, gap)| grouped(&iban("NO", &account), 4, gap)),
        ("[0-9]{18}", gap.clone()).prop_map(|(account, gap)| grouped(&iban("DE", &account), 4, gap)),
        ("4[0-9]{14}", gap.clone()).prop_map(|(front, gap)| grouped(&card(&front), 4, gap)),
        ("[2-9][0-9]{7}", gap).prop_map(|(number, gap)| format!("+47 {}", grouped(&number, 2, gap))),
        "[a-z]{3,12}\\.[a-z]{3,20}@[a-z]{3,10}\\.(no|com|de)",
    ]
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
        let parts: Vec<String> = match secret.split_once('@') {
            Some((local, host)) => local.split('.').map(str::to_owned).chain([host.to_owned(), local.chars().take(9).collect()]).collect(),
            None => {
                let digits: String = secret.chars().filter(char::is_ascii_digit).collect();
                (0..digits.len() - 5).map(|at| digits[at..at + 5].to_owned()).collect()
            }
        };
        for finding in &masked.findings {
            let fix = finding.fix.as_ref().map_or("", |fix| &fix.text);
            for text in [&*finding.message, &finding.evidence, fix] {
                let bare: String = if secret.contains('@') { text.to_owned() } else { text.chars().filter(char::is_ascii_digit).collect() };
                for part in parts.iter().filter(|part| part.len() > 3 && !lead.contains(part.as_str()) && !tail.contains(part.as_str())) {
                    prop_assert!(!bare.contains(part.as_str()), "{part:?} of {secret:?} is in {text:?} of {}", finding.rule);
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
