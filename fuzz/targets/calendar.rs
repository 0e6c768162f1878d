//! Any bytes as a request about a calendar.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};
use svar::Policy;
use svar::request::{calendar, error_json};

fn policy() -> &'static Policy {
    static POLICY: OnceLock<Policy> = OnceLock::new();
    POLICY.get_or_init(Policy::builtin)
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(request) = std::str::from_utf8(bytes) else { return };
    let answer = calendar(policy(), request).unwrap_or_else(|error| error_json(&error));
    let answer: Value = serde_json::from_str(&answer).expect("an answer is JSON");
    // What is added lies between the two instants.
    let Ok(asked) = serde_json::from_str::<Value>(request) else { return };
    let (Some(due), Some("add"), Some(seconds)) =
        (answer.get("due_at"), asked.get("op").and_then(Value::as_str), asked.get("seconds").and_then(Value::as_i64))
    else {
        return;
    };
    let between = json!({ "calendar": asked["calendar"], "op": "between", "at": asked["at"], "to": due });
    let passed = calendar(policy(), &between.to_string()).expect("the same instants can be asked about");
    assert_eq!(passed, format!("{{\"seconds\":{seconds}}}"));
});
