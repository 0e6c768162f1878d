//! One run of one clock: from what started it to what ended it, with the stretches in which it counted.

use chrono::{DateTime, TimeDelta, Utc};

use super::answer::{Clock, State};
use super::ear::Heard;
use super::target::Target;
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

    /// When somebody is there to be reminded.
    pub(super) fn reminder_hours(self, target: &Target) -> &Calendar {
        if self.serious { &target.serious_reminder_hours } else { &target.reminder_hours }
    }
}

/// A stretch in which a clock counted.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    from: DateTime<Utc>,
    to: DateTime<Utc>,
}

/// A stretch, with the time that had run before and after it.
#[derive(Clone, Copy, Debug)]
struct Step {
    stretch: Stretch,
    before: TimeDelta,
    after: TimeDelta,
}

/// What a run has counted by its plan, added up.
#[derive(Clone, Debug)]
pub(super) struct Track<'t> {
    plan_since: DateTime<Utc>,
    hours: Option<&'t Calendar>,
    /// What ran by earlier plans.
    settled: TimeDelta,
    steps: Vec<Step>,
    /// All that ran up to the end of the last stretch.
    total: TimeDelta,
    /// Since when it has been counting, if it is.
    tail: Option<DateTime<Utc>>,
}

impl Track<'_> {
    /// When so much time has run: in the past, or, if it is counting, in the future.
    pub(super) fn reach(&self, amount: TimeDelta) -> Result<Option<Deadline>, TimeError> {
        let Some(hours) = self.hours else { return Ok(None) };
        if amount < self.settled {
            return self.as_it_came(hours).map(Some);
        }
        let first = self.steps.partition_point(|step| step.after < amount);
        for step in self.steps.iter().skip(first).take_while(|step| step.before <= amount) {
            let deadline = hours.add(step.stretch.from, amount - step.before)?;
            // What stops it at that very instant comes in time.
            if deadline.due_at < step.stretch.to {
                return self.no_earlier(deadline, hours).map(Some);
            }
        }
        match self.tail {
            Some(from) => self.no_earlier(hours.add(from, amount - self.total)?, hours).map(Some),
            None => Ok(None),
        }
    }

    /// A plan that came later than the time it promises is due as soon as it comes.
    fn no_earlier(&self, deadline: Deadline, hours: &Calendar) -> Result<Deadline, TimeError> {
        if deadline.due_at >= self.plan_since { Ok(deadline) } else { self.as_it_came(hours) }
    }

    fn as_it_came(&self, hours: &Calendar) -> Result<Deadline, TimeError> {
        Ok(Deadline { due_at: self.plan_since, next_opening: hours.next_open(self.plan_since)? })
    }

    /// The same run, as if what ended while it counted had gone on.
    fn or_on(&self, ended_at: Option<DateTime<Utc>>) -> Track<'_> {
        let last = self.steps.last().map(|step| step.stretch.to).filter(|to| Some(*to) == ended_at);
        Track { tail: self.tail.or(last), ..self.clone() }
    }

    /// The time that has run up to an instant.
    fn spent(&self, until: DateTime<Utc>) -> Result<TimeDelta, TimeError> {
        match self.tail.zip(self.hours) {
            Some((from, hours)) => Ok(self.total + hours.between(from, until.max(from))?),
            None => Ok(self.total),
        }
    }
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
    /// What was heard in that message.
    pub(super) heard: Heard,
    /// What ran by earlier plans.
    settled: TimeDelta,
    /// What runs by this plan; before the first plan, what waits to be counted by it.
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
    pub(super) fn new(
        number: u32,
        started_at: DateTime<Utc>,
        message: Option<&'a Message>,
        heard: Heard,
        plan: Option<Plan>,
    ) -> Self {
        Cycle {
            number,
            started_at,
            message,
            heard,
            settled: TimeDelta::zero(),
            stretches: Vec::new(),
            since: None,
            plan,
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
            self.stretches.push(Stretch { from, to: at });
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
        if let Some(old) = self.plan {
            let track = self.track(targets)?;
            if let (None, Some(target)) = (self.missed, old.target(targets)) {
                let deadline = track.reach(target.duration)?.filter(|deadline| deadline.due_at < at);
                self.missed = deadline.map(|deadline| Missed { plan: old, deadline });
            }
            self.settled = track.total;
            // Each stretch is gone through once, however often the plan changes.
            self.stretches.clear();
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

    /// What it has counted, to look instants up in.
    pub(super) fn track<'t>(&self, targets: &'t [Target]) -> Result<Track<'t>, TimeError> {
        let hours = self.plan.and_then(|plan| plan.hours(targets));
        let mut track = Track {
            plan_since: self.plan_since,
            hours,
            settled: self.settled,
            steps: Vec::with_capacity(self.stretches.len()),
            total: self.settled,
            tail: self.since,
        };
        let Some(hours) = hours else { return Ok(track) };
        for stretch in &self.stretches {
            let before = track.total;
            track.total += hours.between(stretch.from, stretch.to)?;
            track.steps.push(Step { stretch: *stretch, before, after: track.total });
        }
        Ok(track)
    }

    /// What there is to say of it at an instant; nothing, where no target was ever in force.
    pub(super) fn clock(
        &self,
        track: &Track<'_>,
        now: DateTime<Utc>,
        targets: &[Target],
    ) -> Result<Option<Clock>, TimeError> {
        let Some(plan) = self.judged_by() else { return Ok(None) };
        let Some(target) = plan.target(targets) else { return Ok(None) };
        let until = self.ended_at.unwrap_or(now);
        let deadline = match self.missed {
            Some(missed) => Some(missed.deadline),
            None => track.or_on(self.ended_at).reach(target.duration)?,
        };
        let elapsed = track.spent(until)?;
        let breached = deadline.is_some_and(|deadline| deadline.due_at < until);
        let state = match (breached, self.ended_at, self.since) {
            (true, ..) => State::Breached,
            (false, Some(_), _) => State::Met,
            (false, None, None) => State::Paused,
            (false, None, Some(_)) => State::Running,
        };
        let risky = target.at_risk.of(target.duration);
        let open = self.is_running() && !breached;
        let at_risk_at = if open { track.reach(risky)?.map(|at| at.due_at) } else { None };
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
