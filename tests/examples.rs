//! Every example that stands in the built-in packs, each with its exact span, and each fix with its effect.

#![allow(clippy::expect_used, clippy::panic, reason = "a test says what it expects")]

use std::collections::BTreeSet;

use svar::policy::builtin_with_examples;
use svar::testing::{Example, Expectation, Section, Suite};

#[test]
fn every_example_of_the_built_in_packs_holds() {
    let (policy, suite) = Suite::load(&builtin_with_examples()).expect("the built-in packs are sound");
    let examples: Vec<&Example> = suite.examples().collect();
    let failures: Vec<String> = examples
        .iter()
        .filter_map(|example| example.run(&policy).err())
        .map(|failure| failure.to_string())
        .collect();
    assert!(
        failures.is_empty(),
        "{} of {} examples:\n{}",
        failures.len(),
        examples.len(),
        failures.join("\n")
    );
}

/// The language of what holds for all.
const EVERY_LANGUAGE: &str = "*";
/// How many examples of each kind a rule has in a language.
const ENOUGH: usize = 2;

/// Rules that the built-in policy cannot show: each looks at what only a company's own policy says.
const SHOWN_ELSEWHERE: [(&str, &str); 2] = [
    ("reply.link-host", "it names no hosts; tests/validate/company.rs has a policy that does"),
    ("complaint.approval-needed", "it gives nobody authority; tests/remedy.rs has a policy that does"),
];

/// Rules that concern fewer languages than the policy speaks, and why.
const CONCERNS: [(&str, &[&str], &str); 2] = [
    ("tone.address-mixed", &["nb", "nn", "da", "de", "pl"], "English has one form of address"),
    ("tone.address-unexpected", &["de", "pl"], "elsewhere no channel expects one form of two"),
];

#[test]
fn every_rule_has_two_examples_of_each_kind_in_each_language_it_concerns() {
    let (policy, suite) = Suite::load(&builtin_with_examples()).expect("the built-in packs are sound");
    let mut missing = Vec::new();
    for rule in policy.rules().map(|rule| rule.id().as_str()).filter(|id| !is_shown_elsewhere(id)) {
        for language in policy.languages().iter().filter(|language| concerns(rule, language.as_str())) {
            for (kind, expectation) in [("good", Expectation::NotFound), ("bad", Expectation::Found)] {
                let texts = texts(&suite, rule, language.as_str(), expectation);
                if texts.len() < ENOUGH {
                    missing.push(format!("{rule} has {} {kind} in {language}", texts.len()));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

fn is_shown_elsewhere(rule: &str) -> bool {
    SHOWN_ELSEWHERE.iter().any(|(other, _)| *other == rule)
}

fn concerns(rule: &str, language: &str) -> bool {
    CONCERNS.iter().all(|(other, languages, _)| *other != rule || languages.contains(&language))
}

/// The different texts that show a rule in a language. What stands for all languages counts where it has no word of
/// any.
fn texts<'s>(suite: &'s Suite, rule: &str, language: &str, expectation: Expectation) -> BTreeSet<&'s str> {
    let own = suite.examples().filter(|example| {
        example.section() == Section::Rule
            && example.subject() == rule
            && example.expectation() == expectation
            && (example.language() == language
                || example.language() == EVERY_LANGUAGE && !has_words(example.text()))
    });
    own.map(Example::text).collect()
}

/// Addresses, mentions, hashtags, numbers and emoji are no words: none of them is letters alone.
fn has_words(text: &str) -> bool {
    let bare = |token: &str| {
        token.trim_matches(|c: char| c.is_ascii_punctuation() && c != '#' && c != '@').to_owned()
    };
    text.split_whitespace().map(bare).any(|token| !token.is_empty() && token.chars().all(char::is_alphabetic))
}

#[test]
fn what_is_no_word_of_any_language_is_told_from_words() {
    for free in [
        "",
        " … ",
        "1",
        "👍",
        "😊 ❤️",
        "https://a.no https://b.no",
        "#hjelp",
        "@kari @ola",
        "NO93 8601",
        "fjord.no/hjelp,",
    ] {
        assert!(!has_words(free), "{free}");
    }
    for text in ["Takk 😊", "www og hmm", "Se fjord.no", "@kari hei", "Hei"] {
        assert!(has_words(text), "{text}");
    }
}

#[test]
fn what_stands_for_all_languages_holds_in_each() {
    let languages = ["nb", "nn", "da", "de", "pl", "en"];
    for first in languages {
        let rest = languages.iter().filter(|other| **other != first);
        let order: Vec<String> = [&first].into_iter().chain(rest).map(|code| format!("'{code}'")).collect();
        let layer = format!("svar = 1\nname = 'first'\nlanguages = [{}]\n", order.join(", "));
        let builder = builtin_with_examples().layer("first.toml", layer);
        let (policy, suite) = Suite::load(&builder).expect("the order of languages is no mistake");
        assert_eq!(policy.languages().first().map(|language| language.as_str()), Some(first));
        let shared = suite.examples().filter(|example| example.language() == EVERY_LANGUAGE);
        let failures: Vec<String> = shared
            .filter_map(|example| example.run(&policy).err())
            .map(|failure| failure.to_string())
            .collect();
        assert!(failures.is_empty(), "heard as {first}:\n{}", failures.join("\n"));
    }
}
