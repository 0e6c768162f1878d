//! Any bytes as a request to every verb.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use svar::request::{
    calendar, clock, draft, error_json, expectation, health, next, read, surge, validate,
};
use svar::{Case, Policy, Scratch};

fn policy() -> &'static Policy {
    static POLICY: OnceLock<Policy> = OnceLock::new();
    POLICY.get_or_init(Policy::builtin)
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(request) = std::str::from_utf8(bytes) else { return };
    let mut scratch = Scratch::default();
    let answers = [
        validate(policy(), request, &mut scratch),
        read(policy(), request, &mut scratch),
        next(policy(), request, &mut scratch),
        draft(policy(), request, &mut scratch),
        clock(policy(), request),
        calendar(policy(), request),
        surge(policy(), request),
        health(policy(), request),
        expectation(policy(), request),
    ];
    for answer in answers {
        let answer = answer.unwrap_or_else(|error| error_json(&error));
        assert!(serde_json::from_str::<serde_json::Value>(&answer).is_ok(), "{answer}");
    }
    let _ = Case::from_json(request);
});
