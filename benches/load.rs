//! From nothing to an answer: what a program pays before its first reply is judged.
//!
//! `cargo bench --bench load`. The bar is 10 ms.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a benchmark prints, and stops at what it did not expect"
)]

mod common;

use std::hint::black_box;

use aho_corasick::AhoCorasick;
use common::{REPLIES, case, phrases, policy_with};
use divan::Bencher;
use svar::{Policy, Scratch};

fn main() {
    divan::main();
}

/// Reading the built-in documents and compiling them.
#[divan::bench(sample_count = 20)]
fn svar_builtin() -> Policy {
    Policy::builtin()
}

/// The same, and the first reply of each of the six languages: whatever is put off until then counts, too.
#[divan::bench(sample_count = 20)]
fn svar_builtin_and_first_use(bencher: Bencher<'_, '_>) {
    let cases = REPLIES.map(|(language, reply)| (case(language), reply));
    bencher.bench_local(|| {
        let policy = Policy::builtin();
        let mut scratch = Scratch::default();
        for (case, reply) in &cases {
            black_box(policy.validate_with(black_box(case), black_box(reply), None, &mut scratch)).ok();
        }
        policy
    });
}

/// With ten thousand phrases of the policy's own, in every language.
#[divan::bench(sample_count = 10)]
fn svar_ten_thousand_phrases() -> Policy {
    policy_with(10_000)
}

/// The automaton of the same ten thousand phrases.
#[divan::bench(sample_count = 10)]
fn aho_corasick_ten_thousand_phrases(bencher: Bencher<'_, '_>) {
    bencher.with_inputs(|| phrases(10_000)).bench_local_refs(|phrases| AhoCorasick::new(phrases.as_slice()));
}
