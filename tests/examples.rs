//! Every example that stands in the built-in packs, each with its exact span, and each fix with its effect.

#![allow(clippy::expect_used, clippy::panic, reason = "a test says what it expects")]

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

#[test]
fn every_rule_has_examples_of_both_kinds() {
    let (policy, suite) = Suite::load(&builtin_with_examples()).expect("the built-in packs are sound");
    let examples: Vec<&Example> = suite.examples().collect();
    // A rule about a policy's own list has no example where that list is empty, and one about a clock none without.
    let without = ["reply.link-host", "complaint.approval-needed", "promise.beyond-clock"];
    let missing: Vec<_> = policy
        .rules()
        .map(|rule| rule.id().as_str())
        .filter(|&id| !without.contains(&id))
        .filter(|&id| {
            let of = |expectation| {
                examples.iter().any(|example| {
                    example.section() == Section::Rule
                        && example.subject() == id
                        && example.expectation() == expectation
                })
            };
            !(of(Expectation::Found) && of(Expectation::NotFound))
        })
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}
