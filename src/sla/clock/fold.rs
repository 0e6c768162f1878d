//! The fold: what happened, one moment after the other, and what it does to the clocks.

use std::borrow::Cow;
use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::answer::Clock;
use super::cycle::{Cycle, Plan};
use super::ear::{Ear, Heard};
use super::oddities::Oddities;
use super::policy::ClockPolicy;
use super::target::{Metric, Reopen, Target};
use super::timeline::{Moment, What};
use crate::case::{Case, Event, Facts, Message};
use crate::time::{TimeError, whole_second};

/// So many labels are looked through faster than they are sorted out.
const FEW_TAGS: usize = 16;

/// The clock of one metric.
#[derive(Clone, Debug, Default)]
struct Slot<'a> {
    cycle: Option<Cycle<'a>>,
    /// How many runs there have been.
    count: u32,
    /// Whether it never runs again.
    closed: bool,
}

pub(super) struct Fold<'a, 'p, E> {
    policy: &'p ClockPolicy,
    ear: &'p mut E,
    odd: &'p mut Oddities,
    /// The message that was heard last.
    last_heard: Option<(&'a Message, Heard)>,
    /// What was known of the case from the beginning.
    given: &'a Facts,
    /// The case as it is known at the moment.
    case: Cow<'a, Case>,
    slots: [Slot<'a>; 4],
    /// By the words that pause: whether clocks with those words are paused.
    paused: Vec<bool>,
    open: bool,
    /// The customer's first message.
    first: Option<(DateTime<Utc>, &'a Message)>,
    /// The customer's oldest message that has no answer.
    waiting: Option<(DateTime<Utc>, &'a Message)>,
    answered: bool,
    missed: Vec<Clock>,
}

impl<'a, 'p, E: Ear> Fold<'a, 'p, E> {
    pub(super) fn new(
        policy: &'p ClockPolicy,
        case: &'a Case,
        ear: &'p mut E,
        odd: &'p mut Oddities,
    ) -> Self {
        Fold {
            policy,
            ear,
            odd,
            last_heard: None,
            given: &case.facts,
            case: if case.facts.tags.len() > FEW_TAGS {
                Cow::Owned(essence(case, &policy.tags))
            } else {
                Cow::Borrowed(case)
            },
            slots: Default::default(),
            paused: vec![false; policy.words.len()],
            open: true,
            first: None,
            waiting: None,
            answered: false,
            missed: Vec::new(),
        }
    }

    pub(super) fn take(&mut self, moment: &Moment<'a>) -> Result<(), TimeError> {
        let at = whole_second(moment.at);
        match moment.what {
            What::Fact(event) | What::Done(event) => self.fact(event, at),
            What::Reopened => self.reopened(at),
            What::Resumed(kind) => {
                self.resumed(kind, at);
                Ok(())
            }
            What::Asked(message) => self.asked(message, at),
            What::Paused(kind) => {
                self.paused(kind, at);
                Ok(())
            }
            What::Answered => self.answered(at),
            What::Resolved => {
                self.resolved(at);
                Ok(())
            }
        }
    }

    /// The cycles of today, one a metric, and the clocks of those before that were missed.
    pub(super) fn finish(self) -> ([Option<Cycle<'a>>; 4], Vec<Clock>, Cow<'a, Case>) {
        (self.slots.map(|slot| slot.cycle), self.missed, self.case)
    }

    fn asked(&mut self, message: &'a Message, at: DateTime<Utc>) -> Result<(), TimeError> {
        let is_first = self.first.is_none();
        self.first.get_or_insert((at, message));
        let waited = self.waiting.is_some();
        self.waiting.get_or_insert((at, message));
        if !self.open {
            return Ok(());
        }
        if is_first {
            self.start(Metric::FirstResponse, at, at, Some(message))?;
            self.start(Metric::Resolution, at, at, Some(message))?;
        }
        if !waited {
            self.start_next(at, at, message)?;
        }
        Ok(())
    }

    fn answered(&mut self, at: DateTime<Utc>) -> Result<(), TimeError> {
        self.waiting = None;
        // What the company writes of its own accord answers nothing.
        if self.first.is_none() {
            return Ok(());
        }
        self.answered = true;
        self.end(Metric::FirstResponse, at);
        self.end(Metric::NextResponse, at);
        if self.open {
            self.end(Metric::PeriodicUpdate, at);
            self.start(Metric::PeriodicUpdate, at, at, None)?;
        }
        Ok(())
    }

    fn resolved(&mut self, at: DateTime<Utc>) {
        if !self.open {
            self.odd.resolved_twice += 1;
            return;
        }
        self.open = false;
        self.waiting = None;
        self.paused.fill(false);
        Metric::ALL.into_iter().for_each(|metric| self.end(metric, at));
    }

    fn reopened(&mut self, at: DateTime<Utc>) -> Result<(), TimeError> {
        if self.open {
            self.odd.reopened_while_open += 1;
            return Ok(());
        }
        self.open = true;
        if let Cow::Owned(case) = &mut self.case {
            case.facts.forget_deeds(self.given);
        }
        for metric in Metric::ALL {
            self.reopen(metric, at)?;
        }
        match self.waiting {
            Some((since, message)) => self.start_next(since, at, message),
            None => Ok(()),
        }
    }

    fn reopen(&mut self, metric: Metric, at: DateTime<Utc>) -> Result<(), TimeError> {
        let cycle = self.slots.get(metric as usize).and_then(|slot| slot.cycle.as_ref());
        let (has_run, plan) = (cycle.is_some(), cycle.and_then(|cycle| cycle.plan));
        let plan = if has_run { plan } else { self.choose(metric, None, Heard::default()) };
        let target = plan.and_then(|plan| plan.target(&self.policy.targets));
        let reopen = target.map_or(Reopen::Resume, Target::reopen);
        match (reopen, has_run, metric) {
            // It never ran: the case was closed when it began.
            (_, false, Metric::FirstResponse | Metric::Resolution) => {
                let unanswered = metric == Metric::Resolution || !self.answered;
                match self.first.filter(|_| unanswered) {
                    Some((since, message)) => self.start(metric, since, at, Some(message)),
                    None => Ok(()),
                }
            }
            (Reopen::FirstOnly, ..) => {
                if let Some(slot) = self.slots.get_mut(metric as usize) {
                    slot.closed = true;
                }
                Ok(())
            }
            // Each message begins one of its own.
            (_, _, Metric::NextResponse) | (_, false, Metric::PeriodicUpdate) => Ok(()),
            (Reopen::Resume, ..) => {
                if metric != Metric::FirstResponse || !self.answered {
                    return self.go_on(metric, at);
                }
                Ok(())
            }
            (Reopen::NewCycle, ..) => {
                if metric == Metric::FirstResponse {
                    self.answered = false;
                }
                let message = self.first.map(|(_, message)| message);
                self.start(metric, at, at, message)
            }
        }
    }

    /// What was known to be different while the case was closed counts from here on.
    fn go_on(&mut self, metric: Metric, at: DateTime<Utc>) -> Result<(), TimeError> {
        if let Some(cycle) = self.slots.get_mut(metric as usize).and_then(|slot| slot.cycle.as_mut()) {
            cycle.ended_at = None;
        }
        self.choose_again(metric, at)
    }

    fn paused(&mut self, kind: &str, at: DateTime<Utc>) {
        for (number, words) in self.policy.words.iter().enumerate() {
            let Some(paused) = self.paused.get_mut(number) else { continue };
            if !self.open || !words.pause.iter().any(|known| **known == *kind) {
                continue;
            }
            if std::mem::replace(paused, true) {
                self.odd.paused_twice += 1;
                continue;
            }
            for cycle in self.slots.iter_mut().filter_map(|slot| slot.cycle.as_mut()) {
                if words_of(cycle, &self.policy.targets) == number {
                    cycle.stop_counting(at);
                }
            }
        }
    }

    fn resumed(&mut self, kind: &str, at: DateTime<Utc>) {
        for (number, words) in self.policy.words.iter().enumerate() {
            let Some(paused) = self.paused.get_mut(number) else { continue };
            if !self.open || !words.resume.iter().any(|known| **known == *kind) {
                continue;
            }
            if !std::mem::replace(paused, false) {
                self.odd.resumed_unpaused += 1;
                continue;
            }
            for cycle in self.slots.iter_mut().filter_map(|slot| slot.cycle.as_mut()) {
                if cycle.is_running() && words_of(cycle, &self.policy.targets) == number {
                    cycle.count_from(at);
                }
            }
        }
    }

    /// Something about the case is different from now on, and with it perhaps what is promised.
    fn fact(&mut self, event: &Event, at: DateTime<Utc>) -> Result<(), TimeError> {
        if let Cow::Borrowed(case) = self.case {
            self.case = Cow::Owned(essence(case, &self.policy.tags));
        }
        let facts = &mut self.case.to_mut().facts;
        let value = event.value.as_deref().unwrap_or_default();
        match event.kind.as_str() {
            "tag" if !self.policy.tags.contains(value) => {}
            "tag" if !facts.tags.iter().any(|tag| tag == value) => facts.tags.push(value.to_owned()),
            "untag" => facts.tags.retain(|tag| tag != value),
            _ => facts.take(event),
        }
        Metric::ALL.into_iter().try_for_each(|metric| self.choose_again(metric, at))
    }

    /// Lets a clock that runs go by the target that fits now.
    fn choose_again(&mut self, metric: Metric, at: DateTime<Utc>) -> Result<(), TimeError> {
        let cycle = self.slots.get(metric as usize).and_then(|slot| slot.cycle.as_ref());
        let Some(cycle) = cycle.filter(|cycle| cycle.is_running()) else { return Ok(()) };
        let plan = self.choose(metric, cycle.message, cycle.heard);
        let Some(cycle) = self.slots.get_mut(metric as usize).and_then(|slot| slot.cycle.as_mut()) else {
            return Ok(());
        };
        cycle.change_plan(plan, at, &self.policy.targets)?;
        if self.paused.get(words_of(cycle, &self.policy.targets)).copied().unwrap_or(false) {
            cycle.stop_counting(at);
        } else {
            cycle.count_from(at);
        }
        Ok(())
    }

    /// What is heard in the message that starts a clock, if anything asks for it. Each message is heard once.
    fn hear(&mut self, message: Option<&'a Message>) -> Heard {
        let Some(message) = message.filter(|_| self.policy.listens) else { return Heard::default() };
        if let Some((_, heard)) = self.last_heard.filter(|(last, _)| std::ptr::eq(*last, message)) {
            return heard;
        }
        let heard = self.ear.hear(message);
        self.last_heard = Some((message, heard));
        heard
    }

    /// The most specific target whose condition holds; of equally specific ones the last in the document.
    fn choose(&self, metric: Metric, message: Option<&Message>, heard: Heard) -> Option<Plan> {
        let facts = self.ear.facts(&self.case, message, heard);
        let by_metric = self.policy.by_metric.get(metric as usize).into_iter().flatten();
        let mut fitting = by_metric.copied().filter(|&number| {
            self.policy.targets.get(number).is_some_and(|target| target.when.holds(&facts))
        });
        let target = fitting.next()?;
        let can_be_serious = self.policy.targets.get(target).is_some_and(|target| target.can_be_serious);
        Some(Plan { target, serious: can_be_serious && self.ear.is_serious(&self.case) })
    }

    /// The clock of the next response. While a first response is promised, it is that which is waited for.
    fn start_next(
        &mut self,
        started_at: DateTime<Utc>,
        from: DateTime<Utc>,
        message: &'a Message,
    ) -> Result<(), TimeError> {
        let first = self.slots.get(Metric::FirstResponse as usize).and_then(|slot| slot.cycle.as_ref());
        let first_is_promised = first.is_some_and(|cycle| cycle.is_running() && cycle.plan.is_some());
        if first_is_promised && !self.answered {
            let heard = self.hear(Some(message));
            let plan = self.choose(Metric::NextResponse, Some(message), heard);
            let target = plan.and_then(|plan| plan.target(&self.policy.targets));
            if !target.is_some_and(|target| target.counts_first_message) {
                return Ok(());
            }
        }
        self.start(Metric::NextResponse, started_at, from, Some(message))
    }

    /// Starts a run that counts from an instant on, unless it is paused.
    fn start(
        &mut self,
        metric: Metric,
        started_at: DateTime<Utc>,
        from: DateTime<Utc>,
        message: Option<&'a Message>,
    ) -> Result<(), TimeError> {
        let by_metric = self.policy.by_metric.get(metric as usize);
        if by_metric.is_none_or(Vec::is_empty) {
            return Ok(());
        }
        let heard = self.hear(message);
        let plan = self.choose(metric, message, heard);
        let targets = &self.policy.targets;
        let Some(slot) = self.slots.get_mut(metric as usize) else { return Ok(()) };
        if slot.closed {
            return Ok(());
        }
        slot.count += 1;
        let mut cycle = Cycle::new(slot.count, started_at, message, heard, plan);
        if !self.paused.get(words_of(&cycle, targets)).copied().unwrap_or(false) {
            cycle.count_from(from);
        }
        if let Some(before) = slot.cycle.replace(cycle) {
            self.keep_if_missed(&before, before.ended_at.unwrap_or(from))?;
        }
        Ok(())
    }

    fn keep_if_missed(&mut self, cycle: &Cycle<'a>, now: DateTime<Utc>) -> Result<(), TimeError> {
        if cycle.surely_met(&self.policy.targets) {
            return Ok(());
        }
        let track = cycle.track(&self.policy.targets)?;
        let clock = cycle.clock(&track, now, &self.policy.targets)?;
        self.missed.extend(clock.filter(|clock| clock.state == super::State::Breached));
        Ok(())
    }

    fn end(&mut self, metric: Metric, at: DateTime<Utc>) {
        let cycle = self.slots.get_mut(metric as usize).and_then(|slot| slot.cycle.as_mut());
        if let Some(cycle) = cycle.filter(|cycle| cycle.is_running()) {
            cycle.end(at);
        }
    }
}

/// Of a case what a condition can ask for, and of its labels those that one does ask for.
fn essence(case: &Case, tags: &BTreeSet<String>) -> Case {
    let mut facts = case.facts.clone();
    facts.tags.retain(|tag| tags.contains(tag));
    Case {
        channel: case.channel.clone(),
        visibility: case.visibility,
        language: case.language.clone(),
        facts,
        agent: case.agent.clone(),
        ..Case::default()
    }
}

/// The number of the words that pause a clock.
fn words_of(cycle: &Cycle<'_>, targets: &[Target]) -> usize {
    cycle.plan.and_then(|plan| plan.target(targets)).map_or(0, |target| target.pauses)
}
