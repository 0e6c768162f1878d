//! Any bytes as a policy document.
#![no_main]

use libfuzzer_sys::fuzz_target;
use svar::{Case, Message, Policy};

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match Policy::from_toml(text) {
        Ok(policy) => judge(&policy),
        Err(mistakes) => {
            let _ = (mistakes.to_string(), serde_json::to_string(&mistakes));
        }
    }
});

/// What could be read must be able to judge.
fn judge(policy: &Policy) {
    for channel in policy.channels() {
        let mut case = Case::new(channel.id());
        case.messages.push(Message::customer("Hei! Where is it?? 😡"));
        let _ = policy.validate(&case, "Hei Kari, vi beklager. Send oss en DM! http://a.no 👍", None);
    }
}
