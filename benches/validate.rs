//! A full `validate` beside what aho-corasick needs merely to find the same phrases.
//!
//! `cargo bench --bench validate`; read the ratios, not the times. One iteration is one call on each of six replies,
//! one a language, or on each of some hundred (`varied`), and the items counted are replies, so that every sample holds
//! the same work.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a benchmark prints, and stops at what it did not expect"
)]

mod common;

use std::hint::black_box;

use aho_corasick::{AhoCorasick, MatchKind};
use common::readings::readings;
use common::varied::varied;
use common::{
    REPLIES, case, case_with_message, common_phrases, long_text, phrases, policy_that_forbids, policy_with,
    policy_with_rules,
};
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use svar::{Case, Policy, Scratch};

fn main() {
    divan::main();
}

/// Reading, all rules and the report, with 100 to 10,000 phrases beside the built-in ones.
#[divan::bench(args = [100, 1_000, 10_000])]
fn svar_validate(bencher: Bencher<'_, '_>, phrases: usize) {
    judge(bencher, &policy_with(phrases), &replies());
}

/// Ten thousand phrases of common words, so that every word of a reply stands in a great many of them.
#[divan::bench]
fn svar_validate_common_words(bencher: Bencher<'_, '_>) {
    let policy = policy_that_forbids(&common_phrases(10_000));
    judge(bencher, &policy, &replies());
}

/// The built-in policy alone.
#[divan::bench]
fn svar_validate_builtin(bencher: Bencher<'_, '_>) {
    judge(bencher, &Policy::builtin(), &replies());
}

/// The customer's message is heard as well.
#[divan::bench]
fn svar_validate_with_customer(bencher: Bencher<'_, '_>) {
    let cases = REPLIES.map(|(language, reply)| (case_with_message(language), reply));
    judge(bencher, &Policy::builtin(), &cases);
}

/// Some hundred different replies, with so many phrases beside the built-in ones.
#[divan::bench(args = [100, 10_000])]
fn svar_validate_varied(bencher: Bencher<'_, '_>, phrases: usize) {
    judge(bencher, &policy_with(phrases), &varied());
}

fn replies() -> [(Case, &'static str); REPLIES.len()] {
    REPLIES.map(|(language, reply)| (case(language), reply))
}

fn judge(bencher: Bencher<'_, '_>, policy: &Policy, cases: &[(Case, impl AsRef<str>)]) {
    let mut scratch = Scratch::default();
    bencher.counter(ItemsCount::new(cases.len())).bench_local(|| {
        for (case, reply) in cases {
            let reply = black_box(reply.as_ref());
            black_box(policy.validate_with(black_box(case), reply, None, &mut scratch)).ok();
        }
    });
}

/// Only finding the phrases, as `AhoCorasick::new` builds it: every byte as it is written, the first match at each
/// place, no words, no rules.
#[divan::bench(args = [100, 1_000, 10_000])]
fn aho_corasick_default(bencher: Bencher<'_, '_>, total: usize) {
    find(bencher, &AhoCorasick::new(phrases(total)).expect("it fits"), &replies());
}

/// The automaton of the phrases of common words.
#[divan::bench]
fn aho_corasick_common_words(bencher: Bencher<'_, '_>) {
    find(bencher, &AhoCorasick::new(common_phrases(10_000)).expect("it fits"), &replies());
}

/// The automaton of ten thousand phrases on the different replies.
#[divan::bench]
fn aho_corasick_varied(bencher: Bencher<'_, '_>) {
    find(bencher, &AhoCorasick::new(phrases(10_000)).expect("it fits"), &varied());
}

/// The same without regard to the case of ASCII letters and with the longest match, as somebody would build it who
/// wants what svar wants, as far as it goes.
#[divan::bench(args = [100, 1_000, 10_000])]
fn aho_corasick_folding(bencher: Bencher<'_, '_>, total: usize) {
    let builder = &mut AhoCorasick::builder();
    let builder = builder.ascii_case_insensitive(true).match_kind(MatchKind::LeftmostLongest);
    find(bencher, &builder.build(phrases(total)).expect("it fits"), &replies());
}

fn find(bencher: Bencher<'_, '_>, automaton: &AhoCorasick, cases: &[(Case, impl AsRef<str>)]) {
    bencher.counter(ItemsCount::new(cases.len())).bench_local(|| {
        for (_, reply) in cases {
            black_box(automaton.find_iter(black_box(reply.as_ref())).count());
        }
    });
}

/// The phrases that the built-in policy listens for, as strings, and all of them that stand in a text.
#[divan::bench]
fn aho_corasick_builtin(bencher: Bencher<'_, '_>) {
    find_readings(bencher, &replies());
}

/// The same in the different replies.
#[divan::bench]
fn aho_corasick_builtin_varied(bencher: Bencher<'_, '_>) {
    find_readings(bencher, &varied());
}

fn find_readings(bencher: Bencher<'_, '_>, cases: &[(Case, impl AsRef<str>)]) {
    let automaton = AhoCorasick::new(readings()).expect("it fits");
    let replies: Vec<String> = cases.iter().map(|(_, reply)| reply.as_ref().to_lowercase()).collect();
    bencher.counter(ItemsCount::new(replies.len())).bench_local(|| {
        for reply in &replies {
            black_box(automaton.find_overlapping_iter(black_box(reply)).count());
        }
    });
}

/// From a hundred rules to a thousand, beside the built-in ones.
#[divan::bench(args = [100, 1_000])]
fn svar_rules(bencher: Bencher<'_, '_>, rules: usize) {
    judge(bencher, &policy_with_rules(rules), &replies());
}

/// From 3 kB to 30 kB of text.
#[divan::bench(args = [10, 100])]
fn svar_long_text(bencher: Bencher<'_, '_>, times: usize) {
    let policy = Policy::builtin();
    let case = case("nb");
    let text = long_text(times);
    let mut scratch = Scratch::default();
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| policy.validate_with(black_box(&case), black_box(&text), None, &mut scratch));
}
