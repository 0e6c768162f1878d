//! Numbers that belong to a person: named cases with their reasons, and laws over generated numbers.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

#[path = "../growth/mod.rs"]
mod growth;
mod known;
mod laws;

use svar::text::personal::{Personal, personal_data};

fn found(text: &str) -> Vec<Personal> {
    let mut out = Vec::new();
    personal_data(text, &mut out);
    out
}

/// `kind:text` of everything found.
fn named(text: &str) -> Vec<String> {
    found(text).iter().map(|it| format!("{}:{}", it.kind.as_str(), it.span.of(text))).collect()
}

#[track_caller]
fn assert_found(text: &str, expected: &[&str], reason: &str) {
    assert_eq!(named(text), expected, "{text:?}: {reason}");
}

/// The IBAN of an account: 98 minus the rest of the account followed by the country and two zeros.
fn with_check_digits(country: &str, account: &str) -> String {
    let rest = format!("{account}{country}00").chars().fold(0_u32, |rest, c| {
        let value = c.to_digit(36).unwrap();
        if value < 10 { (rest * 10 + value) % 97 } else { (rest * 100 + value) % 97 }
    });
    format!("{country}{:02}{account}", 98 - rest)
}
