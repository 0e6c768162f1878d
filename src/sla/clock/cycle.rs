//! One run of one clock: from what started it to what ended it, with the stretches in which it counted.

use chrono::{DateTime, TimeDelta, Utc};

use super::target::Target;
use super::{Clock, State};
use crate::case::Message;
use crate::time::{Calendar, Deadline, TimeError};

/// Which target a clock runs by, and in which of its hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Plan {
    pub(super) target: usize,
    /// Whether the case is serious, so that hours on call count, too.
    pub(super) serious: bool,
}

impl Plan {
    pub(super) fn target(self, targets: &[Target]) -> Option<&Target> {
        targets.get(self.target)
    }

    fn hours(self, targets: &[Target]) -> Option<&Calendar> {
        let target = self.target(targets)?;
        Some(if self.serious { &target.serious_hours } else { &target.hours })
    }
}

/// A stretch in which a clock counted.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    /// By which plan; by the next one there is, where no target was in force.
    plan: Option<Plan>,
}

/// A deadline that was missed. Nothing that comes later undoes it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Missed {
    pub(super) plan: Plan,
    deadline: Deadline,
}

#[derive(Clone, Debug)]
pub(super) struct Cycle<'a> {
    pub(super) number: u32,
    pub(super) started_at: DateTime<Utc>,
    /// What started it, if a message did.
    pub(super) message: Option<&'a Message>,
    stretches: Vec<Stretch>,
    /// Since when it has been counting, if it is.
    since: Option<DateTime<Utc>>,
    pub(super) plan: Option<Plan>,
    plan_since: DateTime<Utc>,
    pub(super) missed: Option<Missed>,
    pub(super) ended_at: Option<DateTime<Utc>>,
}

impl<'a> Cycle<'a> {
    /// A run that starts at an instant and does not count yet.
    pub(super) fn new(number: u32, started_at: DateTime<Utc>, message: Option<&'a Message>) -> Self {
        Cycle {
            number,
            started_at,
            message,
            stretches: Vec::new(),
            since: None,
            plan: None,
            plan_since: started_at,
            missed: None,
            ended_at: None,
        }
    }

    pub(super) fn is_running(&self) -> bool {
        self.ended_at.is_none()
    }

    pub(super) fn count_from(&mut self, at: DateTime<Utc>) {
        self.since.get_or_insert(at);
    }

    pub(super) fn stop_counting(&mut self, at: DateTime<Utc>) {
        if let Some(from) = self.since.take() {
            self.stretches.push(Stretch { from, to: at, plan: self.plan });
        }
    }

    pub(super) fn end(&mut self, at: DateTime<Utc>) {
        self.stop_counting(at);
        self.ended_at = Some(at);
    }

    /// Goes on by another plan. What it has counted stays; a deadline that has passed stays missed.
    pub(super) fn change_plan(
        &mut self,
        plan: Option<Plan>,
        at: DateTime<Utc>,
        targets: &[Target],
    ) -> Result<(), TimeError> {
        if self.plan == plan {
            return Ok(());
        }
        let counting = self.since.is_some();
        self.stop_counting(at);
        if let (None, Some(old)) = (self.missed, self.plan) {
            let promised = old.target(targets).map(|target| target.duration);
            let deadline = promised.map(|promised| self.reach(promised, targets)).transpose()?.flatten();
            let deadline = deadline.filter(|deadline| deadline.due_at < at);
            self.missed = deadline.map(|deadline| Missed { plan: old, deadline });
        }
        self.plan = plan;
        self.plan_since = at;
        if counting {
            self.since = Some(at);
        }
        Ok(())
    }

    /// The plan it is judged by.
    pub(super) fn judged_by(&self) -> Option<Plan> {
        self.missed.map(|missed| missed.plan).or(self.plan)
    }

    /// Whether it surely ended in time, by the least that can be known without asking a calendar: no more open time
    /// than time can have passed.
    pub(super) fn surely_met(&self, targets: &[Target]) -> bool {
        let promised = self.plan.and_then(|plan| plan.target(targets)).map(|target| target.duration);
        let passed = self.ended_at.map(|at| at - self.started_at);
        self.missed.is_none() && promised.zip(passed).is_some_and(|(promised, passed)| passed <= promised)
    }

    /// When so much time has run: in the past, or, if it is counting, in the future.
    pub(super) fn reach(&self, amount: TimeDelta, targets: &[Target]) -> Result<Option<Deadline>, TimeError> {
        self.reach_from(amount, targets, self.since)
    }

    /// The same for a run that has ended, as if it had gone on.
    fn would_reach(&self, amount: TimeDelta, targets: &[Target]) -> Result<Option<Deadline>, TimeError> {
        let last = self.stretches.last().filter(|stretch| Some(stretch.to) == self.ended_at);
        self.reach_from(amount, targets, self.since.or(last.map(|stretch| stretch.to)))
    }

    fn reach_from(
        &self,
        amount: TimeDelta,
        targets: &[Target],
        open_from: Option<DateTime<Utc>>,
    ) -> Result<Option<Deadline>, TimeError> {
        let mut left = amount;
        for stretch in &self.stretches {
            let plan = stretch.plan.or(self.plan);
            let Some(hours) = plan.and_then(|plan| plan.hours(targets)) else { continue };
            let counted = hours.between(stretch.from, stretch.to)?;
            if counted >= left {
                let deadline = hours.add(stretch.from, left)?;
                // What stops it at that very instant comes in time.
                if deadline.due_at < stretch.to {
                    return self.no_earlier(deadline, hours).map(Some);
                }
            }
            left -= counted;
        }
        let hours = self.plan.and_then(|plan| plan.hours(targets));
        match open_from.zip(hours) {
            Some((from, hours)) => self.no_earlier(hours.add(from, left)?, hours).map(Some),
            None => Ok(None),
        }
    }

    /// A plan that came later than the time it promises is due as soon as it comes.
    fn no_earlier(&self, deadline: Deadline, hours: &Calendar) -> Result<Deadline, TimeError> {
        if deadline.due_at >= self.plan_since {
            return Ok(deadline);
        }
        Ok(Deadline { due_at: self.plan_since, next_opening: hours.next_open(self.plan_since)? })
    }

    /// The time that has run up to an instant.
    fn spent(&self, until: DateTime<Utc>, targets: &[Target]) -> Result<TimeDelta, TimeError> {
        let tail = self.since.map(|from| Stretch { from, to: until.max(from), plan: self.plan });
        let mut spent = TimeDelta::zero();
        for stretch in self.stretches.iter().chain(&tail) {
            if let Some(hours) = stretch.plan.or(self.plan).and_then(|plan| plan.hours(targets)) {
                spent += hours.between(stretch.from, stretch.to)?;
            }
        }
        Ok(spent)
    }

    /// What there is to say of it at an instant; nothing, where no target was ever in force.
    pub(super) fn clock(&self, now: DateTime<Utc>, targets: &[Target]) -> Result<Option<Clock>, TimeError> {
        let Some(plan) = self.judged_by() else { return Ok(None) };
        let Some(target) = plan.target(targets) else { return Ok(None) };
        let until = self.ended_at.unwrap_or(now);
        let deadline = match self.missed {
            Some(missed) => Some(missed.deadline),
            None => self.would_reach(target.duration, targets)?,
        };
        let elapsed = self.spent(until, targets)?;
        let breached = deadline.is_some_and(|deadline| deadline.due_at < until);
        let state = match (breached, self.ended_at, self.since) {
            (true, ..) => State::Breached,
            (false, Some(_), _) => State::Met,
            (false, None, None) => State::Paused,
            (false, None, Some(_)) => State::Running,
        };
        let risky = target.at_risk.of(target.duration);
        let open = self.is_running() && !breached;
        let at_risk_at = if open { self.reach(risky, targets)?.map(|at| at.due_at) } else { None };
        let used = elapsed.num_seconds() as f64 / target.duration.num_seconds().max(1) as f64;
        Ok(Some(Clock {
            target: target.id.clone(),
            metric: target.metric,
            time: target.time,
            serious: plan.serious,
            state,
            remaining_seconds: target.duration - elapsed,
            cycle: self.number,
            started_at: self.started_at,
            due_at: deadline.map(|deadline| deadline.due_at),
            next_opening: deadline.and_then(|deadline| deadline.next_opening),
            at_risk: at_risk_at.is_some_and(|at| at <= until),
            at_risk_at,
            ended_at: self.ended_at,
            breached_at: deadline
                .filter(|_| breached)
                .map(|deadline| deadline.due_at + TimeDelta::seconds(1)),
            promised_seconds: target.duration,
            elapsed_seconds: elapsed,
            used,
        }))
    }
}
