//! Ladders: the levels that a clock comes to while it runs down.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use super::cycle::{Cycle, Track};
use super::escalation::{Escalation, Recipient};
use super::mark::Mark;
use super::target::{Metric, Target};
use crate::rule::{Condition, Facts};
use crate::time::{Rota, TimeError};

/// Whom a level tells.
#[derive(Clone, Debug)]
pub(super) enum Notify {
    Role(Arc<str>),
    Person(Arc<str>),
    Rota(Arc<str>, Rota),
}

/// How often a level is repeated.
#[derive(Clone, Copy, Debug)]
pub(super) struct Remind {
    pub(super) every: TimeDelta,
    pub(super) at_most: u32,
}

#[derive(Clone, Debug)]
pub(super) struct Level {
    pub(super) at: Mark,
    pub(super) notify: Vec<Notify>,
    pub(super) remind: Option<Remind>,
}

/// Levels, one after the other.
#[derive(Clone, Debug)]
pub(super) struct Ladder {
    pub(super) id: Arc<str>,
    /// The metrics it is for; all of them, where it names none.
    pub(super) metrics: Option<Vec<Metric>>,
    pub(super) when: Condition,
    pub(super) levels: Vec<Level>,
}

impl Ladder {
    pub(super) fn is_for(&self, metric: Metric) -> bool {
        self.metrics.as_ref().is_none_or(|metrics| metrics.contains(&metric))
    }

    /// Whom a level tells at an instant. One that would tell nobody goes on to the next.
    fn told(&self, level: usize, at: DateTime<Utc>) -> Result<(usize, Vec<Recipient>), TimeError> {
        for (number, level) in self.levels.iter().enumerate().skip(level) {
            let told = level.told(at)?;
            if !told.is_empty() {
                return Ok((number, told));
            }
        }
        Ok((level, Vec::new()))
    }
}

impl Level {
    fn told(&self, at: DateTime<Utc>) -> Result<Vec<Recipient>, TimeError> {
        let mut told = Vec::new();
        for notify in &self.notify {
            match notify {
                Notify::Role(role) => told.push(Recipient::Role(Arc::clone(role))),
                Notify::Person(name) => told.push(Recipient::Person(Arc::clone(name))),
                Notify::Rota(id, rota) => {
                    let mut on_call: Vec<String> = Vec::new();
                    for person in rota.everybody_on_call(at)? {
                        if !on_call.iter().any(|known| known == person) {
                            on_call.push(person.to_owned());
                        }
                    }
                    if !on_call.is_empty() {
                        told.push(Recipient::Rota { id: Arc::clone(id), on_call });
                    }
                }
            }
        }
        Ok(told)
    }
}

/// What is due and what is to come for one clock that runs: every level, the reminders that are due, and of each level
/// the next reminder.
pub(super) fn escalations(
    ladders: &[Ladder],
    cycle: &Cycle<'_>,
    track: &Track<'_>,
    targets: &[Target],
    facts: &Facts<'_>,
    now: DateTime<Utc>,
    out: &mut Vec<Escalation>,
) -> Result<(), TimeError> {
    let Some(plan) = cycle.judged_by().filter(|_| cycle.is_running()) else { return Ok(()) };
    let Some(target) = plan.target(targets) else { return Ok(()) };
    // A case may have become serious since its deadline was missed.
    let reminder_hours = cycle.plan.unwrap_or(plan).reminder_hours(target);
    for ladder in ladders.iter().filter(|ladder| ladder.is_for(target.metric) && ladder.when.holds(facts)) {
        for (number, level) in ladder.levels.iter().enumerate() {
            let mut push = |at: DateTime<Utc>, reminder| -> Result<(), TimeError> {
                let (told_level, notify) = ladder.told(number, at)?;
                out.push(Escalation {
                    ladder: Arc::clone(&ladder.id),
                    level: number + 1,
                    reminder,
                    metric: target.metric,
                    cycle: cycle.number,
                    at,
                    due: at <= now,
                    notify,
                    passed_on_to: (told_level != number).then_some(told_level + 1),
                });
                Ok(())
            };
            let amount = level.at.of(target.duration);
            let Some(reached) = track.reach(amount)? else { continue };
            push(reached.due_at, None)?;
            let Some(remind) = level.remind else { continue };
            let mut last = reached.due_at;
            for count in 1..=remind.at_most {
                let later = i32::try_from(count).ok().and_then(|count| remind.every.checked_mul(count));
                let Some(amount) = later.and_then(|later| amount.checked_add(&later)) else { break };
                let Some(reached) = track.reach(amount)? else { break };
                let Some(held) = reminder_hours.next_open(reached.due_at)? else { break };
                // Two that would both wait for the same opening are one.
                if held > last {
                    push(held, Some(count))?;
                    last = held;
                }
                if held > now {
                    break;
                }
            }
        }
    }
    Ok(())
}
