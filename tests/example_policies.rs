//! The policies in `examples/policies`: without an error or a warning, and every test of theirs holds.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::fmt::Write as _;
use std::path::Path;

use svar::testing::{Item, Runner, Suite};
use svar::{Policy, testing};

const FOLDER: &str = "examples/policies";

fn read(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(FOLDER).join(file);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Loads a policy with the tests that stand apart from it, and demands that nothing is to be said of it, that it has at
/// least so many examples and tests, and that all of them hold.
#[track_caller]
fn holds(policy: &str, tests: &[&str], fewest_examples: usize, fewest_tests: usize) {
    let builder = Policy::builder().layer(policy, read(policy));
    let told: String = testing::check(&builder).iter().fold(String::new(), |mut told, diagnostic| {
        let _ = writeln!(told, "{}", diagnostic.render());
        told
    });
    assert!(told.is_empty(), "{told}");
    let (policy, mut suite) = Suite::load(&builder).unwrap_or_else(|errors| panic!("{}", errors.render()));
    for file in tests {
        suite.add(&policy, file, &read(file)).unwrap_or_else(|errors| panic!("{}", errors.render()));
    }
    let untested = suite.untested_rules(&policy);
    assert!(untested.is_empty(), "{untested:#?}");
    let (examples, tests) = (suite.examples().count(), suite.tests().count());
    assert!(examples >= fewest_examples && tests >= fewest_tests, "{examples} examples, {tests} tests");
    let mut runner = Runner::new(&policy);
    let failures = suite.items().iter().flat_map(|item: &Item| item.run(&mut runner).failures);
    let failures: Vec<String> = failures.map(|failure| failure.render()).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn a_norwegian_telecom() {
    holds("fjordmobil.toml", &[], 95, 240);
}

#[test]
fn a_german_retailer() {
    holds("kaufwerk.toml", &["kaufwerk.tests.toml"], 65, 185);
}

#[test]
fn a_polish_hotel() {
    holds("hotel-pod-lipami.toml", &[], 80, 175);
}

#[test]
fn every_file_is_one_that_is_held_to_it() {
    let mut files: Vec<String> = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(FOLDER))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".toml"))
        .collect();
    files.sort();
    let held = ["fjordmobil.toml", "hotel-pod-lipami.toml", "kaufwerk.tests.toml", "kaufwerk.toml"];
    assert_eq!(files, held);
}

/// The policies that the documentation shows, whole or as the lines of a comment.
fn shown(file: &str, from: &str, to: &str) -> Vec<String> {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
    let lines =
        text.lines().map(|line| line.strip_prefix("//! ").or(line.strip_prefix("//!")).unwrap_or(line));
    let text = lines.collect::<Vec<_>>().join("\n");
    text.split(from).skip(1).map(|rest| rest.split_once(to).expect(to).0.to_owned()).collect()
}

#[test]
fn policies_in_the_documentation_hold_what_their_examples_say() {
    let mut policies = shown("README.md", "from_toml(r#\"", "\"#)");
    let header =
        "svar = 1\nname = \"shown\"\nversion = \"1\"\nextends = [\"svar:care\"]\nlanguages = [\"nb\"]\n";
    let rules = shown("src/rule/mod.rs", "```toml\n", "```");
    policies.extend(rules.into_iter().map(|rules| format!("{header}{rules}")));
    assert!(policies.len() >= 2, "{policies:?}");
    for policy in policies {
        let told = testing::check(&Policy::builder().layer("shown", policy.as_str()));
        let told: Vec<String> = told.iter().map(|diagnostic| diagnostic.render()).collect();
        assert!(told.is_empty(), "{}", told.join("\n"));
    }
}

#[test]
fn an_example_that_the_rule_is_not_asked_of_is_told_apart_from_one_that_keeps_it() {
    let header = "svar = 1\nname = 'a'\nversion = '1'\nextends = ['svar:care']\nlanguages = ['en']\n[rules.'a.b']\n\
                  when = { intent = 'complaint' }\nforbid = { pattern = 'xyz' }\nwhy = 'It is odd.'\n";
    let told = |bad: &str| {
        let told = testing::check(&Policy::builder().layer("shown", format!("{header}bad = [{bad}]\n")));
        told.iter().map(|diagnostic| diagnostic.message().to_owned()).collect::<String>()
    };
    let complaint = "case = { channel = 'facebook', facts = { intent = 'complaint' } }";
    assert_eq!(told(&format!("{{ reply = '<xyz>', {complaint} }}")), "");
    assert!(told(&format!("{{ reply = 'x', {complaint} }}")).contains("not found"));
    assert!(told("'<xyz>'").contains("`when` does not hold"), "{}", told("'<xyz>'"));
}
