//! A test: one question to the policy, and what is expected.

use chrono::{DateTime, FixedOffset};

use super::asked::Asked;
use super::wanted::{Expected, Wanted};
use crate::case::Case;
use crate::draft::SlotValues;
use crate::policy::DraftOptions;
use crate::source::Location;

/// One question to the policy, and what is expected of the answer.
///
/// What a document calls a test is one of these for each of its replies, channels and languages.
#[derive(Clone, Debug)]
pub struct Test {
    pub(super) name: String,
    pub(super) location: Option<Location>,
    pub(super) case: Case,
    pub(super) now: Option<DateTime<FixedOffset>>,
    pub(super) question: Question,
    pub(super) expected: Vec<Expected>,
}

/// What is asked.
#[derive(Clone, Debug)]
pub(super) enum Question {
    Reply(String),
    Draft(Box<(SlotValues, DraftOptions)>),
    Next,
    Clock,
    Surge,
    Health(Vec<Case>),
}

impl Question {
    pub(super) fn asked(&self) -> Asked {
        match self {
            Question::Reply(_) => Asked::Reply,
            Question::Draft(_) => Asked::Draft,
            Question::Next => Asked::Next,
            Question::Clock => Asked::Clock,
            Question::Surge => Asked::Surge,
            Question::Health(_) => Asked::Health,
        }
    }
}

impl Test {
    /// What it is called: `tests/NAME`, then the channel, the language and the reply, each where there are several.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where it stands.
    pub fn location(&self) -> Option<&Location> {
        self.location.as_ref()
    }

    /// The conversation; an empty one, where the test asks about several.
    pub fn case(&self) -> &Case {
        &self.case
    }

    /// What is asked of the policy: `reply`, `draft`, `next`, `clock`, `surge` or `health`.
    pub fn asks_for(&self) -> &'static str {
        self.question.asked().as_str()
    }

    /// Whether it expects that a reply breaks this rule.
    pub fn breaks(&self, rule: &str) -> bool {
        self.expected.iter().any(|expected| match &expected.wanted {
            Wanted::Present(wish) => wish.rule.as_str() == rule,
            Wanted::Only(wishes) => wishes.iter().any(|wish| wish.rule.as_str() == rule),
            Wanted::Spans(own, texts) => own == rule && !texts.is_empty(),
            Wanted::Severity(own, _) => own == rule,
            _ => false,
        })
    }
}
