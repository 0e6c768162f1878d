//! Requests as JSON: one object in, one object out, the same bytes at every door.
//!
//! ```
//! let policy = svar::Policy::builtin();
//! let mut scratch = svar::Scratch::default();
//! let request = r#"{"case": {"channel": "facebook", "language": "en"}, "reply": "You should have read the terms."}"#;
//! let answer = svar::request::validate(&policy, request, &mut scratch)?;
//! assert!(answer.starts_with(r#"{"verdict":"fail","findings":[{"rule":"tone.blame""#), "{answer}");
//! # Ok::<(), svar::source::Diagnostics>(())
//! ```

mod calendar;
mod health;
pub(crate) mod schema;

use chrono::{DateTime, FixedOffset};
use serde::Serialize;

use crate::case::{Case, instant};
use crate::draft::SlotValues;
use crate::lexicon::Reading;
use crate::policy::{DraftOptions, Policy, Scratch};
use crate::source::{Diagnostic, Diagnostics, read_object};

pub use calendar::calendar;
pub use health::{ExpectationRequest, HealthRequest, SurgeRequest, expectation, health, surge};

/// `{"case", "reply", "now"?}`: a reply to be judged.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ValidateRequest {
    /// The conversation.
    pub case: Case,
    /// What is to be said.
    pub reply: String,
    /// The instant at which it would be said.
    pub now: Option<DateTime<FixedOffset>>,
}

/// `{"case", "now"?}`: a conversation whose next step is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NextRequest {
    /// The conversation.
    pub case: Case,
    /// The instant at which it is asked.
    pub now: Option<DateTime<FixedOffset>>,
}

/// `{"text", "language"?}`: a text to be heard.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReadRequest {
    /// The text.
    pub text: String,
    /// The code of its language, if it is known.
    pub language: Option<String>,
}

impl ValidateRequest {
    /// Reads a request.
    ///
    /// # Errors
    /// Everything that is wrong with it, with its place.
    pub fn from_json(text: &str) -> Result<Self, Diagnostics> {
        read_object("request", text, |table| {
            let case = Case::requested(&table);
            let reply = table.need("reply").string().map(str::to_owned);
            let now = instant(table.get("now"));
            table.finish();
            ValidateRequest { case: case.unwrap_or_default(), reply: reply.unwrap_or_default(), now }
        })
    }
}

impl NextRequest {
    /// Reads a request.
    ///
    /// # Errors
    /// Everything that is wrong with it, with its place.
    pub fn from_json(text: &str) -> Result<Self, Diagnostics> {
        read_object("request", text, |table| {
            let case = Case::requested(&table);
            let now = instant(table.get("now"));
            table.finish();
            NextRequest { case: case.unwrap_or_default(), now }
        })
    }
}

impl ReadRequest {
    /// Reads a request.
    ///
    /// # Errors
    /// Everything that is wrong with it, with its place.
    pub fn from_json(text: &str) -> Result<Self, Diagnostics> {
        read_object("request", text, |table| {
            let text = table.need("text").string().map(str::to_owned);
            let language = table.get("language").string().map(str::to_owned);
            table.finish();
            ReadRequest { text: text.unwrap_or_default(), language }
        })
    }
}

/// `{"case", "slots"?, "seed"?, "now"?, "acts"?, "optional"?, "remedy"?, "canned"?, "pair"?}`: a reply to be written.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct DraftRequest {
    /// The conversation.
    pub case: Case,
    /// Values for slots.
    pub slots: SlotValues,
    /// How it is drafted.
    pub options: DraftOptions,
    /// Whether a public reply and its private counterpart are wanted.
    pub pair: bool,
}

impl DraftRequest {
    /// Reads a request.
    ///
    /// # Errors
    /// Everything that is wrong with it, with its place.
    pub fn from_json(text: &str) -> Result<Self, Diagnostics> {
        read_object("request", text, |table| {
            let mut options = DraftOptions::read(&table);
            options.now = instant(table.get("now"));
            let request = DraftRequest {
                case: Case::requested(&table).unwrap_or_default(),
                slots: table.get("slots").table().map(SlotValues::read).unwrap_or_default(),
                options,
                pair: table.get("pair").bool().unwrap_or(false),
            };
            table.finish();
            request
        })
    }
}

/// Answers a [`DraftRequest`] with a [`Draft`](crate::draft::Draft), or with a [`Pair`](crate::draft::Pair).
///
/// # Errors
/// What is wrong with the request, or why there is no draft: each missing value is a diagnostic of its own.
pub fn draft(policy: &Policy, text: &str, scratch: &mut Scratch) -> Result<String, Diagnostics> {
    let request = DraftRequest::from_json(text)?;
    let DraftRequest { case, slots, options, pair } = &request;
    if *pair {
        return about(text, case, policy.pair_with(case, slots, options, scratch));
    }
    about(text, case, policy.draft_with(case, slots, options, scratch))
}

/// `{"case", "now"}`: a conversation whose clocks are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClockRequest {
    /// The conversation.
    pub case: Case,
    /// The instant at which it is looked at.
    pub now: DateTime<FixedOffset>,
}

impl ClockRequest {
    /// Reads a request.
    ///
    /// # Errors
    /// Everything that is wrong with it, with its place.
    pub fn from_json(text: &str) -> Result<Self, Diagnostics> {
        read_object("request", text, |table| {
            let case = Case::requested(&table);
            let now = instant(table.need("now"));
            table.finish();
            ClockRequest { case: case.unwrap_or_default(), now: now.unwrap_or_default() }
        })
    }
}

/// Answers a [`ClockRequest`] with [`Clocks`](crate::sla::clock::Clocks).
///
/// # Errors
/// What is wrong with the request, or with the case.
///
/// ```
/// let policy = svar::Policy::builtin();
/// let request = r#"{
///     "case": {"channel": "facebook", "messages": [{"from": "customer", "at": "2026-11-20T16:54:00+01:00", "text": "Hei!"}]},
///     "now": "2026-11-20T17:00:00+01:00"
/// }"#;
/// let answer = svar::request::clock(&policy, request)?;
/// assert!(answer.contains(r#""clocks":[{"metric":"first-response","state":"running","due_at":"2026-11-21T15:54:00Z","remaining_seconds":86040"#));
/// # Ok::<(), svar::source::Diagnostics>(())
/// ```
pub fn clock(policy: &Policy, text: &str) -> Result<String, Diagnostics> {
    let request = ClockRequest::from_json(text)?;
    about(text, &request.case, policy.clocks(&request.case, request.now))
}

/// Answers a [`ValidateRequest`] with a [`Report`](crate::rule::Report).
///
/// # Errors
/// What is wrong with the request, or with the case.
pub fn validate(policy: &Policy, text: &str, scratch: &mut Scratch) -> Result<String, Diagnostics> {
    let request = ValidateRequest::from_json(text)?;
    about(text, &request.case, policy.validate_with(&request.case, &request.reply, request.now, scratch))
}

/// Answers a [`NextRequest`] with a [`Next`](crate::playbook::Next).
///
/// # Errors
/// What is wrong with the request, or with the case.
pub fn next(policy: &Policy, text: &str, scratch: &mut Scratch) -> Result<String, Diagnostics> {
    let request = NextRequest::from_json(text)?;
    let timing = policy.timing(&request.case, request.now);
    about(text, &request.case, policy.next_with(&request.case, request.now, &timing, scratch))
}

/// Answers a [`ReadRequest`] with a [`Reading`].
///
/// # Errors
/// What is wrong with the request.
pub fn read(policy: &Policy, text: &str, scratch: &mut Scratch) -> Result<String, Diagnostics> {
    let request = ReadRequest::from_json(text)?;
    let mut reading = Reading::default();
    let read = policy.read_into(&request.text, request.language.as_deref(), scratch, &mut reading);
    read.map_err(|why| Diagnostics::from(why).in_request(text))?;
    Ok(to_json(&reading))
}

/// An answer about a case, or why there is none, with the place in the request; either with the `id` of the case.
fn about<E: Into<Diagnostics>>(
    request: &str,
    case: &Case,
    answer: Result<impl Serialize, E>,
) -> Result<String, Diagnostics> {
    match answer {
        Ok(answer) => Ok(case_json(case, &answer)),
        Err(error) => Err(error.into().in_request(request).about(case.id.as_deref())),
    }
}

/// One line of JSON. Everything svar answers with can be written; should that ever change, the answer says so.
pub fn to_json(answer: &impl Serialize) -> String {
    serde_json::to_string(answer)
        .unwrap_or_else(|error| error_json(&Diagnostic::error("json", error.to_string()).into()))
}

/// An answer about a case, with the `id` of the case behind it where the host gave it one.
pub fn case_json(case: &Case, answer: &impl Serialize) -> String {
    json_with_id(case.id.as_deref(), answer)
}

pub(crate) fn json_with_id(id: Option<&str>, answer: &impl Serialize) -> String {
    match id {
        Some(id) => to_json(&WithId { answer, id }),
        None => to_json(answer),
    }
}

#[derive(Serialize)]
struct WithId<'a, T> {
    #[serde(flatten)]
    answer: &'a T,
    id: &'a str,
}

/// `{"error", "more", "id"?}`: what a request gets that cannot be answered, with the `id` of its case where that could
/// be read.
pub fn error_json(error: &Diagnostics) -> String {
    #[derive(Serialize)]
    struct Shape<'a> {
        error: &'a Diagnostic,
        more: Vec<&'a Diagnostic>,
    }
    let shape = Shape { error: error.first(), more: error.iter().skip(1).collect() };
    match error.case_id() {
        Some(id) => serde_json::to_string(&WithId { answer: &shape, id }),
        None => serde_json::to_string(&shape),
    }
    .unwrap_or_else(|_| r#"{"error":{"code":"json"}}"#.to_owned())
}
