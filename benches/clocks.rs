//! By when: how long the clocks of a conversation take.
//!
//! `cargo bench --bench clocks`. The bar is a microsecond a message, whatever the length of the conversation.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::print_stdout, reason = "a benchmark prints")]

mod common;

use std::hint::black_box;

use common::{busy_case, office};
use divan::Bencher;
use divan::counter::ItemsCount;
use svar::Policy;

fn main() {
    divan::main();
}

fn fold(bencher: Bencher<'_, '_>, policy: &Policy, messages: usize) {
    let case = busy_case(messages);
    let now = case.messages.last().and_then(|message| message.at).expect("it has messages");
    bencher
        .counter(ItemsCount::new(messages))
        .bench_local(|| black_box(policy.clocks(black_box(&case), now)).expect("the case is sound"));
}

/// Four targets in office hours with holidays.
#[divan::bench(args = [2, 10, 100, 1_000])]
fn office_hours(bencher: Bencher<'_, '_>, messages: usize) {
    fold(bencher, &office(), messages);
}

/// What holds unless a policy says otherwise: two targets, around the clock.
#[divan::bench(args = [2, 10, 100, 1_000])]
fn built_in(bencher: Bencher<'_, '_>, messages: usize) {
    fold(bencher, &Policy::builtin(), messages);
}
