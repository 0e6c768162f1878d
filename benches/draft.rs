//! What a draft costs, beside a validation of the same text.
//!
//! `cargo bench --bench draft`; read the ratios, not the times. One iteration is one draft in each of two languages.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a benchmark stops at what it did not expect"
)]

mod common;

use std::hint::black_box;

use common::{draft_cases, draft_options};
use divan::Bencher;
use divan::counter::ItemsCount;
use svar::draft::SlotValues;
use svar::{Policy, Scratch};

fn main() {
    divan::main();
}

/// Choosing, filling in, fitting, joining and judging.
#[divan::bench]
fn svar_draft(bencher: Bencher<'_, '_>) {
    let policy = Policy::builtin();
    let (cases, slots, options) = (draft_cases(), SlotValues::new(), draft_options());
    let mut scratch = Scratch::default();
    bencher.counter(ItemsCount::new(cases.len())).bench_local(|| {
        for case in &cases {
            black_box(policy.draft_with(black_box(case), &slots, &options, &mut scratch)).ok();
        }
    });
}

/// Judging what was drafted, and nothing else.
#[divan::bench]
fn svar_validate_the_same(bencher: Bencher<'_, '_>) {
    let policy = Policy::builtin();
    let (slots, options) = (SlotValues::new(), draft_options());
    let mut scratch = Scratch::default();
    let drafted: Vec<_> = draft_cases()
        .into_iter()
        .map(|case| {
            let draft = policy.draft(&case, &slots, &options).expect("the case can be answered");
            (case, draft.text)
        })
        .collect();
    bencher.counter(ItemsCount::new(drafted.len())).bench_local(|| {
        for (case, text) in &drafted {
            black_box(policy.validate_with(black_box(case), black_box(text), None, &mut scratch)).ok();
        }
    });
}
