//! Any reply to any message.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use svar::{Case, Message, Policy, Scratch};

fn policy() -> &'static Policy {
    static POLICY: OnceLock<Policy> = OnceLock::new();
    POLICY.get_or_init(Policy::builtin)
}

fuzz_target!(|input: (u8, u8, &str, &str)| {
    let (channel, language, reply, message) = input;
    let policy = policy();
    let channels = policy.channels();
    let mut case = Case::new(channels[usize::from(channel) % channels.len()].id());
    // One more than there are: none given.
    case.language = policy
        .languages()
        .get(usize::from(language) % (policy.languages().len() + 1))
        .map(ToString::to_string);
    if !message.is_empty() {
        case.messages.push(Message::customer(message));
    }
    let mut scratch = Scratch::default();
    let Ok(report) = policy.validate_with(&case, reply, None, &mut scratch) else { return };
    for finding in &report.findings {
        assert_eq!(reply.get(finding.span.start..finding.span.end), Some(finding.evidence.as_str()));
        if let Some(fix) = &finding.fix {
            assert!(reply.get(fix.span.start..fix.span.end).is_some(), "{fix:?}");
            fix.apply(reply);
        }
    }
    let _ = (report.masked(), serde_json::to_string(&report));
    // A used scratch must not be noticed.
    let again = policy.validate_with(&case, reply, None, &mut scratch);
    assert_eq!(again.as_ref(), Ok(&report));
});
