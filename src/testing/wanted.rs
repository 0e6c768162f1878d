//! What a test expects.

use serde_json::Value as Json;

use super::pattern::Pattern;
use super::shape::{Keys, Shape};
use crate::Span;
use crate::rule::Verdict;
use crate::sla::clock::Metric;
use crate::source::{Location, Severity};

/// One expectation, and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Expected {
    pub(super) key: &'static str,
    pub(super) wanted: Wanted,
    pub(super) location: Option<Location>,
}

/// What is expected of an answer.
#[derive(Clone, Debug)]
pub(super) enum Wanted {
    Verdict(Verdict),
    /// Nothing is found that is as severe as this.
    Below(Severity),
    Present(Wish),
    Absent(Pattern),
    /// These are found, and nothing else.
    Only(Vec<Wish>),
    /// The rule is found at exactly these texts.
    Spans(String, Vec<String>),
    Severity(String, Severity),
    /// Something is found at exactly this span.
    Marked(Span),
    Act(String),
    NoAct(String),
    Contains(String),
    ContainsNot(String),
    Is(Fact, String),
    Asks(String),
    AsksNot(String),
    Forbids(String),
    Clock(Metric, ClockFact, String),
    /// The answer has this under a key, in the shape of its JSON.
    Told(&'static str, &'static Shape, Json),
    Error(String),
}

/// A finding that is expected: the rule, and what it says.
#[derive(Clone, Debug)]
pub(super) struct Wish {
    pub(super) rule: Pattern,
    /// The keys a finding has.
    pub(super) keys: Keys,
    /// Those that are expected.
    pub(super) told: Option<Json>,
}

/// Something an answer says in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fact {
    Text,
    Playbook,
    Step,
    Action,
    Visibility,
    Channel,
    Language,
    Role,
    Canned,
    DueAt,
}

/// Something a clock says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ClockFact {
    State,
    DueAt,
    Remaining,
    AtRisk,
}

/// What stands where there is no clock.
pub(super) const NO_CLOCK: &str = "none";
