//! Which step is due: a fold over the conversation, with nothing kept.

use std::sync::Arc;

use chrono::{DateTime, FixedOffset};

use super::plan::{Closing, Playbook, Scope, StepPlan};
use crate::case::{Author, Case, Event, Visibility};
use crate::lexicon::ActSet;
use crate::rule::Facts;

/// One message, as far as steps care.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Turn {
    pub(crate) from: Author,
    /// Whether it answers the customer.
    pub(crate) is_answer: bool,
    pub(crate) at: Option<DateTime<FixedOffset>>,
    pub(crate) visibility: Visibility,
    /// Acts in the writer's own words, not taken back.
    pub(crate) heard: ActSet,
}

/// What happened so far: the messages since the case was last opened, oldest first, and the events.
#[derive(Clone, Copy, Debug)]
pub(crate) struct History<'a> {
    pub(crate) turns: &'a [Turn],
    /// As it is known at the instant at which is asked.
    pub(crate) case: &'a Case,
}

impl History<'_> {
    /// When the first event that counts of some kinds happened.
    fn first(&self, kinds: &[Arc<str>]) -> Option<DateTime<FixedOffset>> {
        if kinds.is_empty() {
            return None;
        }
        let course = self.case.course();
        let is_one =
            |event: &&Event| course.counts(event.at) && kinds.iter().any(|kind| **kind == event.kind);
        self.case.events.iter().filter(is_one).map(|event| event.at).min()
    }

    /// Where a playbook begins to count: with the first message, or with the customer's last.
    fn beginning(&self, scope: Scope) -> usize {
        match scope {
            Scope::Conversation => 0,
            Scope::Turn => self.turns.iter().rposition(|turn| turn.from == Author::Customer).unwrap_or(0),
        }
    }
}

/// How far a conversation is in a playbook: sets of steps, by their numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Progress {
    pub(crate) needed: u64,
    pub(crate) closed: u64,
    pub(crate) due: Option<u8>,
}

impl Progress {
    pub(crate) fn is_closed(&self, step: usize) -> bool {
        bit(self.closed, step)
    }

    pub(crate) fn is_needed(&self, step: usize) -> bool {
        bit(self.needed, step)
    }

    /// Passed over: needed, not closed, and not to be made up for.
    pub(crate) fn is_skipped(&self, step: usize) -> bool {
        let last = (0..64).rev().find(|&at| bit(self.closed, at));
        self.is_needed(step)
            && !self.is_closed(step)
            && self.due != u8::try_from(step).ok()
            && last.is_some_and(|last| step < last)
    }
}

/// How far the conversation is.
pub(crate) fn progress(playbook: &Playbook, facts: &Facts<'_>, history: &History<'_>) -> Progress {
    let steps = &playbook.steps;
    let needed = set(steps.iter().map(|step| step.when.holds(facts)));
    if history.case.course().closed {
        return Progress { needed, closed: u64::MAX, due: None };
    }
    let from = history.beginning(playbook.scope);
    let turns = history.turns.get(from..).unwrap_or_default();
    let is_closed = |(at, step): (usize, &StepPlan)| {
        let mut closings = step.closed_by.iter();
        bit(needed, at) && closings.any(|closing| closing.is_met(turns, facts, history))
    };
    let closed = set(steps.iter().enumerate().map(is_closed));
    Progress { needed, closed, due: due(steps, needed, closed) }
}

/// The first step that is needed, not closed, and not passed over.
fn due(steps: &[StepPlan], needed: u64, closed: u64) -> Option<u8> {
    let last = (0..steps.len()).rev().find(|&at| bit(closed, at));
    let open = |&(at, step): &(usize, &StepPlan)| {
        bit(needed, at) && !bit(closed, at) && (step.required || last.is_none_or(|last| at > last))
    };
    steps.iter().enumerate().find(open).and_then(|(at, _)| u8::try_from(at).ok())
}

impl Closing {
    fn is_met(&self, turns: &[Turn], facts: &Facts<'_>, history: &History<'_>) -> bool {
        // Looked up once, not again for every message.
        let since = history.first(&self.since);
        let is_since = |turn: &Turn| {
            self.since.is_empty() || since.is_some_and(|since| turn.at.is_none_or(|at| since <= at))
        };
        (self.events.is_empty() || history.first(&self.events).is_some())
            && self.when.holds(facts)
            && self.is_heard(turns, is_since)
    }

    /// Whether the messages that count hold what it asks for. A message whose time is not known counts as written
    /// after everything that happened.
    fn is_heard(&self, turns: &[Turn], since: impl Fn(&Turn) -> bool) -> bool {
        let (mut heard, mut said, mut begun, mut answered) =
            (ActSet::default(), false, self.after.is_empty(), !self.answered);
        let complete = |heard: ActSet, said: bool| {
            heard.contains_all(self.all)
                && (self.any.is_empty() || heard.intersects(self.any))
                && (!self.said || said)
        };
        for turn in turns {
            answered |= turn.from == Author::Customer && complete(heard, said);
            if !self.by.as_ref().map_or(turn.is_answer, |by| by.contains(&turn.from)) {
                continue;
            }
            begun |= turn.heard.intersects(self.after);
            let counts = begun
                && self.visibility.is_none_or(|wanted| wanted == turn.visibility)
                && !self.unless.intersects(turn.heard)
                && since(turn);
            if counts {
                said = true;
                heard = heard.with(turn.heard);
            }
        }
        answered && complete(heard, said)
    }
}

fn bit(set: u64, at: usize) -> bool {
    u32::try_from(at).ok().and_then(|at| set.checked_shr(at)).unwrap_or(0) & 1 == 1
}

fn set(of: impl Iterator<Item = bool>) -> u64 {
    of.zip(0u32..).filter(|(holds, _)| *holds).fold(0, |set, (_, at)| set | 1u64.checked_shl(at).unwrap_or(0))
}
