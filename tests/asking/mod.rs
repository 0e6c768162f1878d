//! A request of any verb, as the library answers it in JSON.

use svar::source::Diagnostics;
use svar::{Policy, Scratch, request};

pub(crate) fn ask(
    verb: &str,
    policy: &Policy,
    line: &str,
    scratch: &mut Scratch,
) -> Result<String, Diagnostics> {
    match verb {
        "validate" => request::validate(policy, line, scratch),
        "read" => request::read(policy, line, scratch),
        "next" => request::next(policy, line, scratch),
        "draft" => request::draft(policy, line, scratch),
        "clock" => request::clock(policy, line),
        "calendar" => request::calendar(policy, line),
        "surge" => request::surge(policy, line),
        "health" => request::health(policy, line),
        "expectation" => request::expectation(policy, line),
        _ => panic!("`{verb}` is no verb that Rust is asked here"),
    }
}
