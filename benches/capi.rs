//! What the C door costs: the same replies judged by a Rust call, by plain structs through C, and as JSON through C.
//!
//! `cargo bench --features capi --bench capi`. The three take turns, round by round, and the fastest round of each
//! counts, so that a busy machine slows all of them or none.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    unsafe_code,
    reason = "a benchmark prints, stops at what it did not expect, and calls as C does"
)]

mod common;

use std::hint::black_box;
use std::mem::{size_of, zeroed};
use std::ptr;
use std::time::Instant;

use common::{REPLIES, case, case_with_message};
use svar::capi::{
    svar_ask, svar_case, svar_instant, svar_message, svar_policy, svar_policy_builtin, svar_policy_free,
    svar_report, svar_report_free, svar_scratch, svar_scratch_free, svar_scratch_new, svar_status, svar_str,
    svar_text, svar_text_free, svar_validate,
};
use svar::{Case, Policy, Scratch};

/// So many rounds of so many calls on each reply: short ones, so that some are not interrupted.
const ROUNDS: usize = 2_000;
const CALLS: usize = 5;

fn main() {
    for (title, case) in
        [("reply alone", case as fn(&str) -> Case), ("with the customer's message", case_with_message)]
    {
        let cases = REPLIES.map(|(language, reply)| (case(language), reply));
        let [rust, plain, json] = fastest(&cases);
        println!("{title}: a reply of 300 bytes");
        for (form, nanoseconds) in [("Rust", rust), ("C, structs", plain), ("C, JSON", json)] {
            println!("  {form:<12} {nanoseconds:>8.0} ns   {:.2} times the Rust call", nanoseconds / rust);
        }
    }
}

/// Nanoseconds a call: Rust, structs, JSON.
fn fastest(cases: &[(Case, &str)]) -> [f64; 3] {
    let rust_policy = Policy::builtin();
    let mut rust_scratch = Scratch::default();
    let door = Door::open();
    let messages: Vec<Vec<svar_message>> = cases.iter().map(|(case, _)| messages(case)).collect();
    let plain: Vec<(svar_case, svar_str)> = cases
        .iter()
        .zip(&messages)
        .map(|((case, reply), messages)| (plain_case(case, messages), svar_str::from(*reply)))
        .collect();
    let requests: Vec<String> = cases.iter().map(|(case, reply)| request(case, reply)).collect();
    let mut best = [f64::INFINITY; 3];
    for _ in 0..ROUNDS {
        let times = [
            timed(|| {
                for (case, reply) in cases {
                    drop(black_box(rust_policy.validate_with(
                        black_box(case),
                        reply,
                        None,
                        &mut rust_scratch,
                    )));
                }
            }),
            timed(|| plain.iter().for_each(|(case, reply)| door.validate(black_box(case), *reply))),
            timed(|| requests.iter().for_each(|request| door.ask(black_box(request)))),
        ];
        for (best, time) in best.iter_mut().zip(times) {
            *best = best.min(time / cases.len() as f64);
        }
    }
    best
}

fn timed(mut work: impl FnMut()) -> f64 {
    let start = Instant::now();
    for _ in 0..CALLS {
        work();
    }
    start.elapsed().as_nanos() as f64 / CALLS as f64
}

fn messages(case: &Case) -> Vec<svar_message> {
    let plain = |message: &svar::Message| svar_message {
        text: message.text.as_str().into(),
        // SAFETY: all zero is no instant.
        at: unsafe { zeroed() },
        from: 0,
        visibility: 0,
    };
    case.messages.iter().map(plain).collect()
}

fn plain_case(case: &Case, messages: &[svar_message]) -> svar_case {
    svar_case {
        size: size_of::<svar_case>(),
        channel: case.channel.as_str().into(),
        language: case.language.as_deref().into(),
        intent: case.facts.intent.as_deref().into(),
        messages: messages.as_ptr(),
        message_count: messages.len(),
        message_size: size_of::<svar_message>(),
        // SAFETY: all zero is a case of which nothing is known.
        ..unsafe { zeroed() }
    }
}

fn request(case: &Case, reply: &str) -> String {
    let messages: Vec<_> = case
        .messages
        .iter()
        .map(|message| serde_json::json!({"from": "customer", "text": message.text}))
        .collect();
    let mut request = serde_json::json!({
        "case": {"channel": case.channel, "language": case.language, "messages": messages, "facts": {}},
        "reply": reply,
    });
    if let Some(intent) = &case.facts.intent {
        request["case"]["facts"]["intent"] = intent.as_str().into();
    }
    request.to_string()
}

/// The door, as a C program holds it.
struct Door {
    policy: *mut svar_policy,
    scratch: *mut svar_scratch,
}

impl Door {
    fn open() -> Door {
        let mut door = Door { policy: ptr::null_mut(), scratch: ptr::null_mut() };
        // SAFETY: both places are there.
        let done = unsafe {
            [
                svar_policy_builtin(&raw mut door.policy, ptr::null_mut()),
                svar_scratch_new(&raw mut door.scratch, ptr::null_mut()),
            ]
        };
        assert_eq!(done, [svar_status::Ok; 2], "the door opens");
        door
    }

    fn validate(&self, case: &svar_case, reply: svar_str) {
        let mut report: *mut svar_report = ptr::null_mut();
        let now = svar_instant::default();
        // SAFETY: all of it lives, and the report is freed once.
        unsafe {
            let policy = self.policy.as_ref();
            let status =
                svar_validate(policy, self.scratch, case, reply, now, &raw mut report, ptr::null_mut());
            assert_eq!(status, svar_status::Ok, "the case is sound");
            svar_report_free(Some(Box::from_raw(black_box(report))));
        }
    }

    fn ask(&self, request: &str) {
        let mut answer: *mut svar_text = ptr::null_mut();
        // SAFETY: all of it lives, and the answer is freed once.
        unsafe {
            let (verb, request) = ("validate".into(), request.into());
            let policy = self.policy.as_ref();
            let status = svar_ask(policy, self.scratch, verb, request, &raw mut answer, ptr::null_mut());
            assert_eq!(status, svar_status::Ok, "the request is sound");
            svar_text_free(Some(Box::from_raw(black_box(answer))));
        }
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        // SAFETY: `open` made both, and nobody else frees them.
        unsafe {
            svar_policy_free(Some(Box::from_raw(self.policy)));
            svar_scratch_free(Some(Box::from_raw(self.scratch)));
        }
    }
}
