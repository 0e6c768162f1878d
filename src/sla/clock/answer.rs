//! What is told of clocks: what each is doing, and when to look again.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use super::{Escalation, Metric, TimeKind, WindowClock};
use crate::source::Diagnostic;

words! {
    /// What a clock is doing.
    #[non_exhaustive]
    State {
        /// It counts, or waits for an opening.
        Running = "running",
        /// Something has paused it.
        Paused = "paused",
        /// It ended in time.
        Met = "met",
        /// Its time has run out, whether it has ended since or not.
        Breached = "breached",
    }
}

/// One clock at one instant: a promise, and what has become of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Clock {
    /// What it measures.
    pub metric: Metric,
    /// What it is doing.
    pub state: State,
    /// The earliest instant at which its time has run: the last at which the promise is kept. None while it is paused.
    pub due_at: Option<DateTime<Utc>>,
    /// What is left of its time; less than nothing where more has run than was promised.
    #[serde(serialize_with = "crate::sla::seconds::serialize")]
    pub remaining_seconds: TimeDelta,
    /// The target.
    pub target: Arc<str>,
    /// The time it is counted in.
    pub time: TimeKind,
    /// Whether hours on call count because the case is serious.
    pub serious: bool,
    /// Which run of this metric it is, from 1 on.
    pub cycle: u32,
    /// When it was started.
    pub started_at: DateTime<Utc>,
    /// The opening from `due_at` on: `due_at` itself where that is open.
    pub next_opening: Option<DateTime<Utc>>,
    /// What was promised.
    #[serde(serialize_with = "crate::sla::seconds::serialize")]
    pub promised_seconds: TimeDelta,
    /// What has run of it.
    #[serde(serialize_with = "crate::sla::seconds::serialize")]
    pub elapsed_seconds: TimeDelta,
    /// The same as a share; more than 1 where more has run than was promised.
    pub used: f64,
    /// Whether it runs and has come so far that somebody should look.
    pub at_risk: bool,
    /// Since when, or from when on; none where it has ended or is breached, or paused before.
    pub at_risk_at: Option<DateTime<Utc>>,
    /// When it was answered or resolved.
    pub ended_at: Option<DateTime<Utc>>,
    /// The first second at which the promise was broken.
    pub breached_at: Option<DateTime<Utc>>,
}

/// The clocks of a case at an instant.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Clocks {
    /// The instant.
    pub now: DateTime<Utc>,
    /// One clock for each metric that is promised and has been started: the run of today, or the last one.
    pub clocks: Vec<Clock>,
    /// Levels of ladders, due or to come, in the order of their instants.
    pub escalations: Vec<Escalation>,
    /// How long the platform still lets one write.
    pub windows: Vec<WindowClock>,
    /// Earlier runs that were breached, oldest first.
    pub missed: Vec<Clock>,
    /// The next instant at which any of this is different without anything happening but time passing: a clock at risk
    /// or breached, a level that is due, a window that closes.
    pub next_change: Option<DateTime<Utc>>,
    /// Whether the case is serious.
    pub serious: bool,
    /// What was odd about the case.
    pub warnings: Vec<Diagnostic>,
}

impl Clocks {
    /// The clock of a metric.
    pub fn of(&self, metric: Metric) -> Option<&Clock> {
        self.clocks.iter().find(|clock| clock.metric == metric)
    }

    /// The clock that is due next, of those that are not breached.
    pub fn most_urgent(&self) -> Option<&Clock> {
        let running = self.clocks.iter().filter(|clock| clock.state == State::Running);
        running.min_by_key(|clock| clock.due_at)
    }
}

/// The next instant at which any of it is different.
pub(super) fn next_change(
    now: DateTime<Utc>,
    clocks: &[Clock],
    escalations: &[Escalation],
    windows: &[WindowClock],
) -> Option<DateTime<Utc>> {
    let running = clocks.iter().filter(|clock| clock.state == State::Running);
    let of_clocks = running.flat_map(|clock| {
        let breach = clock.due_at.map(|due| due + TimeDelta::seconds(1));
        [clock.at_risk_at, breach]
    });
    let levels = escalations.iter().map(|escalation| Some(escalation.at));
    let closings = windows.iter().filter(|window| window.open).map(|window| Some(window.closes_at));
    of_clocks.chain(levels).chain(closings).flatten().filter(|at| *at > now).min()
}
