//! What is due, as a host is told it.

use std::sync::Arc;

use chrono::{DateTime, FixedOffset};
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::remedy::Remedy;
use crate::case::Visibility;
use crate::lexicon::ActId;
use crate::rule::PolicyLabel;
use crate::sla::clock::Metric;

name! {
    /// The name of a playbook, such as `complaint`. Cheap to clone.
    PlaybookId
}
name! {
    /// The name of a step within its playbook, such as `acknowledge`. Cheap to clone.
    StepId
}

words! {
    /// What somebody does at a step.
    #[derive(Default)]
    #[non_exhaustive]
    Action {
        /// Say something.
        #[default]
        Reply = "reply",
        /// Say nothing; keep an eye on it.
        DoNotReply = "do-not-reply",
        /// Take it out of sight.
        Hide = "hide",
        /// Report it to the platform.
        Report = "report",
        /// Tell a colleague or the platform.
        Notify = "notify",
        /// Give the case to somebody else, who is a person.
        HandOver = "hand-over",
        /// Do something in the real world.
        Act = "act",
        /// Nothing is due.
        Wait = "wait",
    }
}

/// What a document may say is done: everything but that nothing is.
pub(crate) const ACTIONS: &[(&str, Action)] = match Action::WORDS.split_last() {
    Some((_wait, actions)) => actions,
    None => &[],
};

impl Action {
    /// Whether a reply to the customer has no place in it.
    pub fn is_silent(self) -> bool {
        matches!(self, Action::DoNotReply | Action::Hide | Action::Report | Action::Notify)
    }
}

/// What is known of opening hours and running clocks at the instant a step is asked for. What is not known is not
/// judged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Timing {
    /// Whether the team is open.
    pub open: Option<bool>,
    /// When it opens next; the instant itself where it is open.
    pub next_opening: Option<DateTime<FixedOffset>>,
    /// When each clock is due, by its metric.
    pub due: Vec<(Metric, DateTime<FixedOffset>)>,
}

impl Timing {
    /// When a clock is due.
    pub fn due_at(&self, metric: Metric) -> Option<DateTime<FixedOffset>> {
        self.due.iter().find(|(own, _)| *own == metric).map(|(_, at)| *at)
    }
}

/// The step that is due, as it is in this conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Step {
    /// Its name.
    pub id: StepId,
    /// One line for people.
    pub title: Arc<str>,
    /// The acts it asks for, in the order in which they are said.
    pub asks: Vec<ActId>,
    /// Acts that may be said besides.
    pub optional: Vec<ActId>,
    /// Acts that have no place in it.
    pub forbidden: Vec<ActId>,
    /// Where it is done.
    pub visibility: Visibility,
    /// Who does it, if that matters.
    pub role: Option<Arc<str>>,
    /// What they were trained for, if that matters.
    pub training: Option<Arc<str>>,
    /// The metric of the clock that runs for it.
    pub clock: Option<Metric>,
    /// When that clock is due, if it is known.
    pub by: Option<DateTime<FixedOffset>>,
    /// What closes it, each alternative in words.
    pub closes_by: Vec<Arc<str>>,
    /// The branches that hold.
    pub branches: Vec<Arc<str>>,
}

/// A step as the policy has it, whatever the conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StepOutline<'p> {
    /// Its name.
    pub id: &'p StepId,
    /// One line for people.
    pub title: &'p str,
    /// Why it is there.
    pub why: &'p str,
    /// Where it was taken from, if it says so.
    pub source: Option<&'p str>,
    /// What kind of thing it is.
    pub action: Action,
}

/// What is to be done next.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Next {
    /// What kind of thing it is.
    pub action: Action,
    /// The playbook; none, where no playbook fits the case.
    pub playbook: Option<PlaybookId>,
    /// The step that is due; none, where nothing is.
    pub step: Option<Step>,
    /// Why: of the step, then of every branch that holds.
    pub why: Vec<Arc<str>>,
    /// Where the step was taken from, if it says so.
    pub source: Option<Arc<str>>,
    /// Whether the playbook was chosen by what was heard, and not by what the host knows.
    pub guessed: bool,
    /// Whether the team is closed, so that the reply says when an answer comes.
    pub next_opening: Option<DateTime<FixedOffset>>,
    /// What can be offered, where the step asks for it or allows it.
    pub remedy: Option<Remedy>,
    /// The steps that are done, in order.
    pub done: Vec<StepId>,
    /// The steps that were passed over, in order.
    pub skipped: Vec<StepId>,
    /// The steps this case does not need, in order.
    pub not_needed: Vec<StepId>,
    /// Who says so.
    pub policy: PolicyLabel,
}

impl Next {
    /// Whether the step asks for an act.
    pub fn asks(&self, act: &str) -> bool {
        self.step.as_ref().is_some_and(|step| step.asks.iter().any(|own| own == act))
    }

    /// Whether the step forbids an act.
    pub fn forbids(&self, act: &str) -> bool {
        self.step.as_ref().is_some_and(|step| step.forbidden.iter().any(|own| own == act))
    }

    /// The name of the step that is due.
    pub fn step_id(&self) -> Option<&str> {
        self.step.as_ref().map(|step| step.id.as_str())
    }
}

impl Serialize for Next {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("playbook", &self.playbook)?;
        map.serialize_entry("step", &self.step.as_ref().map(|step| &step.id))?;
        map.serialize_entry("action", &self.action)?;
        if let Some(step) = &self.step {
            map.serialize_entry("title", &*step.title)?;
            map.serialize_entry("asks", &step.asks)?;
            map.serialize_entry("optional", &step.optional)?;
            map.serialize_entry("forbidden", &step.forbidden)?;
            map.serialize_entry("visibility", &step.visibility)?;
            for (key, value) in [("role", &step.role), ("training", &step.training)] {
                if let Some(value) = value {
                    map.serialize_entry(key, &**value)?;
                }
            }
            if let Some(clock) = step.clock {
                map.serialize_entry("clock", &clock)?;
            }
            if let Some(by) = &step.by {
                map.serialize_entry("by", by)?;
            }
            map.serialize_entry("closes_by", &step.closes_by)?;
            map.serialize_entry("branches", &step.branches)?;
        }
        if let Some(opening) = &self.next_opening {
            map.serialize_entry("next_opening", opening)?;
        }
        if let Some(remedy) = &self.remedy {
            map.serialize_entry("remedy", remedy)?;
        }
        map.serialize_entry("why", &self.why)?;
        map.serialize_entry("guessed", &self.guessed)?;
        map.serialize_entry("done", &self.done)?;
        map.serialize_entry("skipped", &self.skipped)?;
        map.serialize_entry("not_needed", &self.not_needed)?;
        map.serialize_entry("policy", &self.policy)?;
        map.end()
    }
}
