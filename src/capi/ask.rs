//! Every verb in its JSON form.

use super::boundary::{Guarded, Out, call, free};
use super::failure::{Failure, need, svar_error};
use super::policy::svar_policy;
use super::status::svar_status;
use super::str::svar_str;
use super::text::svar_text;
use crate::source::{Diagnostic, Diagnostics, nearest, quoted};
use crate::{Policy, Scratch, request};

/// A request in, an answer out.
type Verb = fn(&Policy, &str, &mut Scratch) -> Result<String, Diagnostics>;

/// What can be asked: the verbs of the command line that take `--jsonl`, and those about crises, archives and surveys.
const VERBS: &[(&str, Verb)] = &[
    ("validate", request::validate),
    ("read", request::read),
    ("next", request::next),
    ("draft", request::draft),
    ("clock", |policy, request, _| request::clock(policy, request)),
    ("calendar", |policy, request, _| request::calendar(policy, request)),
    ("surge", |policy, request, _| request::surge(policy, request)),
    ("health", |policy, request, _| request::health(policy, request)),
    ("expectation", |policy, request, _| request::expectation(policy, request)),
    #[cfg(feature = "capi-test-panic")]
    ("panic", panics),
];

/// Lets the tests see what becomes of a panic in the middle of a call.
#[cfg(feature = "capi-test-panic")]
#[allow(clippy::panic, reason = "that is what it is for")]
fn panics(_: &Policy, request: &str, _: &mut Scratch) -> Result<String, Diagnostics> {
    panic!("{request}")
}

/// Memory to work in: one for each thread, for any number of calls and policies.
pub struct svar_scratch(Guarded<Scratch>);

impl svar_scratch {
    /// # Safety
    /// `handle` is NULL, or lives during `'a`.
    pub(super) unsafe fn get<'a>(handle: *mut svar_scratch) -> Result<&'a Guarded<Scratch>, Failure> {
        // SAFETY: the caller's promise is the same; only shared references are ever made of a handle.
        need("scratch", unsafe { handle.as_ref() }).map(|scratch| &scratch.0)
    }
}

/// Makes a scratch. From any thread. It is the caller's, for `svar_scratch_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn svar_scratch_new(
    scratch: *mut *mut svar_scratch,
    error: *mut *mut svar_error,
) -> svar_status {
    // SAFETY: the caller keeps the promises of the module, here and in all of this call.
    unsafe {
        call(error, || {
            Out::new("scratch", scratch)?.give(svar_scratch(Guarded::new(Scratch::default())));
            Ok(())
        })
    }
}

/// Frees a scratch. Takes NULL. No other call may be using it; answers and reports live on.
#[unsafe(no_mangle)]
pub extern "C" fn svar_scratch_free(scratch: Option<Box<svar_scratch>>) {
    free(scratch);
}

/// Asks a policy: a request in JSON, an answer in JSON, one object each.
///
/// `verb` is any verb of the command line that takes `--jsonl` (`validate`, `read`, `next`, `draft`, `clock`,
/// `calendar`), and the answer has the same bytes as there; or it is `surge`, `health` or `expectation`. `validate`,
/// for one, takes `{"case", "reply", "now"?}` and gives `{"verdict", "findings", "policy"}`; `draft` takes
/// `{"case", "slots"?, "seed"?, "now"?}` and gives a reply; `read` takes `{"text", "language"?}` and gives what was
/// heard. Who asks for a verb that is none is told those that there are. `svar schema --of VERB` and
/// `svar schema --answer VERB` print what a request and its answer hold as JSON Schema, and
/// `svar schema --answer error` what `svar_error_json` gives. Any number of threads may ask one policy at once, each
/// with a scratch of its own. The answer is the caller's, for `svar_text_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn svar_ask(
    policy: Option<&svar_policy>,
    scratch: *mut svar_scratch,
    verb: svar_str,
    request: svar_str,
    answer: *mut *mut svar_text,
    error: *mut *mut svar_error,
) -> svar_status {
    // SAFETY: the caller keeps the promises of the module, here and in all of this call.
    unsafe {
        call(error, || {
            let answer = Out::new("answer", answer)?;
            let policy = need("policy", policy)?;
            let scratch = svar_scratch::get(scratch)?;
            let (verb, request) = (verb.read("verb")?, request.read("request")?);
            let Some((_, ask)) = VERBS.iter().find(|(name, _)| *name == verb) else {
                return Err(unknown(verb));
            };
            let said = ask(&policy.policy, request, &mut *scratch.lock("scratch")?);
            answer.give(svar_text(said.map_err(|why| Failure::new(svar_status::Request, why))?));
            Ok(())
        })
    }
}

fn unknown(verb: &str) -> Failure {
    let known = VERBS.iter().map(|(name, _)| *name);
    let help = match nearest(verb, known.clone()) {
        Some(near) => format!("did you mean {}?", quoted(near)),
        None => format!("there are {}", known.collect::<Vec<_>>().join(", ")),
    };
    let diagnostic = Diagnostic::error("unknown-value", format!("there is no verb {}", quoted(verb)));
    Failure::new(svar_status::BadArgument, diagnostic.with_help(help))
}

#[cfg(test)]
mod tests {
    use super::VERBS;
    use crate::schema::{Answer, Request};

    #[test]
    fn every_verb_has_a_schema_of_what_it_is_asked_and_of_what_it_answers() {
        let mut verbs: Vec<&str> =
            VERBS.iter().map(|(verb, _)| *verb).filter(|verb| *verb != "panic").collect();
        let requests = Request::ALL.into_iter().filter(|request| *request != Request::Case);
        let mut requests: Vec<&str> = requests.map(Request::as_str).collect();
        verbs.sort_unstable();
        requests.sort_unstable();
        assert_eq!(requests, verbs);
        let answers = Answer::ALL.into_iter().filter(|answer| *answer != Answer::Error);
        let mut answers: Vec<&str> = answers.map(Answer::as_str).collect();
        answers.sort_unstable();
        assert_eq!(answers, verbs);
    }
}
