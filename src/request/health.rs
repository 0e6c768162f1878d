//! Requests about surges, archives and what customers expect.

use chrono::{DateTime, FixedOffset, TimeDelta};
use serde::Serialize;

use super::{about, to_json};
use crate::case::{Case, instant};
use crate::policy::Policy;
use crate::sla::Share;
use crate::sla::expectation::Expectation;
use crate::source::{Diagnostic, Diagnostics, Member, nearest, quoted, read_object};

/// The longest time that is asked about, in seconds: a thousand years.
pub(super) const LONGEST: i64 = 31_557_600_000;

/// `{"case", "now"}`: is this getting out of hand?
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SurgeRequest {
    /// The conversation.
    pub case: Case,
    /// The instant at which it is asked.
    pub now: DateTime<FixedOffset>,
}

/// `{"cases", "now"}`: is anybody looking after these channels, and what have these cases in common?
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct HealthRequest {
    /// The conversations.
    pub cases: Vec<Case>,
    /// The instant as of which they are looked at.
    pub now: DateTime<FixedOffset>,
}

/// `{"expectation", "seconds"?, "share"?}`: how many does an answer after this time satisfy, and what satisfies so
/// many?
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExpectationRequest {
    /// The id of the survey.
    pub expectation: String,
    /// The time an answer takes.
    pub time: Option<TimeDelta>,
    /// How many are to be pleased, from 0 to 1.
    pub share: Option<Share>,
}

impl SurgeRequest {
    /// Reads a request.
    ///
    /// # Errors
    /// Everything that is wrong with it, with its place.
    pub fn from_json(text: &str) -> Result<Self, Diagnostics> {
        read_object("request", text, |table| {
            let case = Case::requested(&table);
            let now = instant(table.need("now"));
            table.finish();
            // What is missing was reported.
            SurgeRequest { case: case.unwrap_or_default(), now: now.unwrap_or_default() }
        })
    }
}

impl HealthRequest {
    /// Reads a request.
    ///
    /// # Errors
    /// Everything that is wrong with it, with its place.
    pub fn from_json(text: &str) -> Result<Self, Diagnostics> {
        read_object("request", text, |table| {
            let cases = table.need("cases").array().into_iter().flatten();
            let cases = cases.filter_map(|case| case.table().map(Case::read)).collect();
            let now = instant(table.need("now"));
            table.finish();
            HealthRequest { cases, now: now.unwrap_or_default() }
        })
    }
}

impl ExpectationRequest {
    /// Reads a request.
    ///
    /// # Errors
    /// Everything that is wrong with it, with its place.
    pub fn from_json(text: &str) -> Result<Self, Diagnostics> {
        read_object("request", text, |table| {
            let expectation = table.need("expectation").string().map(str::to_owned);
            let time = table.get("seconds").integer(0..=LONGEST).and_then(TimeDelta::try_seconds);
            let share = Share::read(table.get("share"));
            table.finish();
            ExpectationRequest { expectation: expectation.unwrap_or_default(), time, share }
        })
    }
}

/// Answers a [`SurgeRequest`] with a [`Surge`](crate::sla::surge::Surge).
///
/// # Errors
/// What is wrong with the request, or with the case.
pub fn surge(policy: &Policy, text: &str) -> Result<String, Diagnostics> {
    let request = SurgeRequest::from_json(text)?;
    about(text, &request.case, policy.surge(&request.case, request.now))
}

/// Answers a [`HealthRequest`] with a [`HealthReport`](crate::sla::health::HealthReport), and with `systemic`, the tags
/// that several of the cases have in common. A case without an id is called by its number, from `#1`.
///
/// # Errors
/// What is wrong with the request, or with one of the cases.
pub fn health(policy: &Policy, text: &str) -> Result<String, Diagnostics> {
    let request = HealthRequest::from_json(text)?;
    let surveyed = policy.survey(&request.cases, request.now).map_err(|why| why.in_request(text));
    Ok(to_json(&surveyed?))
}

/// Answers an [`ExpectationRequest`]: how many expect an answer within the time and how many it satisfies, and the
/// times for the share; with the survey they are taken from.
///
/// # Errors
/// What is wrong with the request, or that there is no such survey.
pub fn expectation(policy: &Policy, text: &str) -> Result<String, Diagnostics> {
    #[derive(Serialize)]
    struct AtTime {
        seconds: i64,
        expected: Share,
        satisfied: Share,
    }
    #[derive(Serialize)]
    struct ForShare {
        share: Share,
        expected_within_seconds: Option<i64>,
        satisfied_within_seconds: Option<i64>,
    }
    #[derive(Serialize)]
    struct Shape<'a> {
        expectation: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        at: Option<AtTime>,
        #[serde(rename = "for", skip_serializing_if = "Option::is_none")]
        of: Option<ForShare>,
        survey: &'a Expectation,
    }
    let request = ExpectationRequest::from_json(text)?;
    let survey = policy
        .expectation(&request.expectation)
        .ok_or_else(|| unknown(policy, &request.expectation).in_request(text))?;
    Ok(to_json(&Shape {
        expectation: survey.id(),
        at: request.time.map(|time| AtTime {
            seconds: time.num_seconds(),
            expected: survey.share_within(time),
            satisfied: survey.satisfied_at(time),
        }),
        of: request.share.map(|share| ForShare {
            share,
            expected_within_seconds: survey.within_for(share).map(|time| time.num_seconds()),
            satisfied_within_seconds: survey.to_satisfy(share).map(|time| time.num_seconds()),
        }),
        survey,
    }))
}

fn unknown(policy: &Policy, id: &str) -> Diagnostics {
    let known = policy.expectations().iter().map(Expectation::id);
    let help = match nearest(id, known.clone()) {
        Some(near) => format!("did you mean {}?", quoted(near)),
        None => format!("known are {}", known.collect::<Vec<_>>().join(", ")),
    };
    let told = Diagnostic::error("unknown-value", format!("there is no survey {}", quoted(id)));
    told.with_help(help).about_member(Member::new("expectation")).into()
}
