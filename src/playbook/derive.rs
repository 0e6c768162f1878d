//! Which step is due: a fold over the conversation, with nothing kept.

use chrono::{DateTime, FixedOffset};

use super::plan::{Closing, Playbook, Scope, StepPlan};
use crate::case::{Author, Case, Visibility};
use crate::lexicon::ActSet;
use crate::rule::Facts;

/// One message, as far as steps care.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Turn {
    pub(crate) from: Author,
    pub(crate) at: Option<DateTime<FixedOffset>>,
    pub(crate) visibility: Visibility,
    /// Acts in the writer's own words, not taken back.
    pub(crate) heard: ActSet,
}

/// What happened so far: the messages since the case was last opened, oldest first, and the events.
#[derive(Clone, Copy, Debug)]
pub(crate) struct History<'a> {
    pub(crate) turns: &'a [Turn],
    pub(crate) case: &'a Case,
    pub(crate) now: Option<DateTime<FixedOffset>>,
}

/// When a case was last opened again: what was said before no longer counts.
pub(crate) fn last_reopening(case: &Case, now: Option<DateTime<FixedOffset>>) -> Option<DateTime<FixedOffset>> {
    let past = |at: &DateTime<FixedOffset>| now.is_none_or(|now| *at <= now);
    case.events.iter().filter(|event| event.kind == "reopen").map(|event| event.at).filter(past).max()
}

impl<'a> History<'a> {
    /// The events that count, in no order.
    fn events(&self) -> impl Iterator<Item = (&'a str, DateTime<FixedOffset>)> + use<'a> {
        let (opened, now) = (last_reopening(self.case, self.now), self.now);
        let counts = move |at: &DateTime<FixedOffset>| {
            opened.is_none_or(|opened| *at > opened) && now.is_none_or(|now| *at <= now)
        };
        self.case.events.iter().filter(move |event| counts(&event.at)).map(|event| (&*event.kind, event.at))
    }

    fn is_resolved(&self) -> bool {
        self.events().any(|(kind, _)| kind == "resolve")
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
    if history.is_resolved() {
        return Progress { needed, closed: u64::MAX, due: None };
    }
    let mut watch = Watch { steps, facts, needed, closed: 0, seen: Vec::new() };
    let from = history.beginning(playbook.scope);
    for turn in history.turns.get(from..).unwrap_or_default() {
        watch.close(history, turn.at);
        watch.hear(turn);
        watch.close(history, turn.at);
    }
    watch.close(history, None);
    Progress { needed, closed: watch.closed, due: watch.due() }
}

/// What was seen of one closing so far.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    heard: ActSet,
    /// Something was said, whatever it was.
    said: bool,
    /// The customer wrote after all of it was heard.
    answered: bool,
}

struct Watch<'p, 'f, 'c> {
    steps: &'p [StepPlan],
    facts: &'f Facts<'c>,
    needed: u64,
    closed: u64,
    /// One for each closing of each step, once something was heard.
    seen: Vec<Seen>,
}

impl Watch<'_, '_, '_> {
    /// The first step that is needed, not closed, and not passed over.
    fn due(&self) -> Option<u8> {
        let last = (0..self.steps.len()).rev().find(|&at| bit(self.closed, at));
        let open = |&(at, step): &(usize, &StepPlan)| {
            bit(self.needed, at) && !bit(self.closed, at) && (step.required || last.is_none_or(|last| at > last))
        };
        self.steps.iter().enumerate().find(open).and_then(|(at, _)| u8::try_from(at).ok())
    }

    fn hear(&mut self, turn: &Turn) {
        if self.seen.is_empty() {
            self.seen.resize(self.steps.iter().map(|step| step.closed_by.len()).sum(), Seen::default());
        }
        let due = self.due().map(usize::from);
        let closings = self.steps.iter().enumerate();
        let closings = closings.flat_map(|(at, step)| step.closed_by.iter().map(move |closing| (at, closing)));
        for ((step, closing), seen) in closings.zip(&mut self.seen) {
            if turn.from == Author::Customer {
                seen.answered |= closing.is_heard(*seen);
            }
            let counts = closing.by.contains(&turn.from)
                && closing.visibility.is_none_or(|wanted| wanted == turn.visibility)
                && (!closing.in_turn || due.is_some_and(|due| due >= step))
                && !closing.unless.intersects(turn.heard);
            if counts {
                seen.said = true;
                let before = if closing.together { ActSet::default() } else { seen.heard };
                let heard = before.with(turn.heard);
                // What once stood together in a message is not lost with the next.
                if !closing.is_heard(Seen { heard: seen.heard, ..*seen }) {
                    seen.heard = heard;
                }
            }
        }
    }

    /// Closes what is to be closed by an instant; by the end, where there is none.
    fn close(&mut self, history: &History<'_>, by: Option<DateTime<FixedOffset>>) {
        let mut first = 0;
        for (at, step) in self.steps.iter().enumerate() {
            let seen = self.seen.get(first..).unwrap_or_default().iter().copied();
            first += step.closed_by.len();
            let seen = seen.chain(std::iter::repeat(Seen::default()));
            let is_closed = |(closing, seen): (&Closing, Seen)| closing.is_met(seen, self.facts, history, by);
            if bit(self.needed, at)
                && !bit(self.closed, at)
                && step.closed_by.iter().zip(seen).any(is_closed) {
                self.closed |= 1u64.checked_shl(at as u32).unwrap_or(0);
            }
        }
    }
}

impl Closing {
    fn is_heard(&self, seen: Seen) -> bool {
        seen.heard.contains_all(self.all)
            && (self.any.is_empty() || seen.heard.intersects(self.any))
            && (!self.said || seen.said)
    }

    fn is_met(
        &self,
        seen: Seen,
        facts: &Facts<'_>,
        history: &History<'_>,
        by: Option<DateTime<FixedOffset>>,
    ) -> bool {
        let mut events = history.events().filter(|(_, at)| by.is_none_or(|by| *at <= by));
        self.is_heard(seen)
            && (!self.answered || seen.answered)
            && (self.events.is_empty()
                || events.any(|(kind, _)| self.events.iter().any(|own| **own == *kind)))
            && self.when.holds(facts)
    }
}

fn bit(set: u64, at: usize) -> bool {
    u32::try_from(at).ok().and_then(|at| set.checked_shr(at)).unwrap_or(0) & 1 == 1
}

fn set(of: impl Iterator<Item = bool>) -> u64 {
    of.zip(0u32..).filter(|(holds, _)| *holds).fold(0, |set, (_, at)| set | 1u64.checked_shl(at).unwrap_or(0))
}
