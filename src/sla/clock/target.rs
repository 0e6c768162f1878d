//! Targets: what is promised, for which cases, in which time.

use std::sync::Arc;

use chrono::TimeDelta;

use super::mark::Mark;
use crate::rule::Condition;
use crate::time::Calendar;

words! {
    /// What a clock measures.
    #[non_exhaustive]
    Metric {
        /// From the customer's first message to the first answer.
        FirstResponse = "first-response",
        /// From the oldest message of the customer that has no answer to the next answer.
        NextResponse = "next-response",
        /// From the customer's first message until the case is resolved.
        Resolution = "resolution",
        /// From the company's last message to its next, while the case is open.
        PeriodicUpdate = "periodic-update",
    }
}

words! {
    /// The time a target is counted in.
    #[non_exhaustive]
    TimeKind {
        /// The opening hours of the calendar.
        Business = "business",
        /// The opening hours, and the hours in which somebody is on call.
        Covered = "covered",
        /// Every hour.
        Calendar = "calendar",
    }
}

words! {
    /// What becomes of a clock when its case is opened again.
    #[non_exhaustive]
    Reopen {
        /// It goes on; the time in which the case was closed does not count.
        Resume = "resume",
        /// It does not run again.
        FirstOnly = "first-only",
        /// A new one begins.
        NewCycle = "new-cycle",
    }
}

/// What is promised: an answer, an update or a solution within a time.
#[derive(Clone, Debug)]
pub struct Target {
    pub(super) id: Arc<str>,
    pub(super) metric: Metric,
    pub(super) duration: TimeDelta,
    pub(super) time: TimeKind,
    pub(super) calendar_id: Option<Arc<str>>,
    pub(super) rota_id: Option<Arc<str>>,
    /// The hours it is counted in.
    pub(super) hours: Calendar,
    /// The hours it is counted in while a case is serious.
    pub(super) serious_hours: Calendar,
    /// The hours reminders are held to.
    pub(super) reminder_hours: Calendar,
    /// The hours reminders of a serious case are held to.
    pub(super) serious_reminder_hours: Calendar,
    /// Whether other hours hold for a serious case.
    pub(super) can_be_serious: bool,
    pub(super) when: Condition,
    /// How many things `when` asks for.
    pub(super) specificity: usize,
    pub(super) at_risk: Mark,
    pub(super) reopen: Reopen,
    /// The number of the words that pause it, among those of all targets.
    pub(super) pauses: usize,
    pub(super) counts_first_message: bool,
}

impl Target {
    /// Its name.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The hours it is counted in: others, if the policy says so, while a case is serious.
    pub fn hours(&self, serious: bool) -> &Calendar {
        if serious { &self.serious_hours } else { &self.hours }
    }

    /// What it measures.
    pub fn metric(&self) -> Metric {
        self.metric
    }

    /// What it promises, in its own time. A day is 24 hours of it.
    pub fn duration(&self) -> TimeDelta {
        self.duration
    }

    /// The time it is counted in.
    pub fn time(&self) -> TimeKind {
        self.time
    }

    /// The calendar it names, or the one all targets have.
    pub fn calendar(&self) -> Option<&str> {
        self.calendar_id.as_deref()
    }

    /// The rota it names, or the one all targets have.
    pub fn rota(&self) -> Option<&str> {
        self.rota_id.as_deref()
    }

    /// From where on a clock is at risk.
    pub fn at_risk(&self) -> Mark {
        self.at_risk
    }

    /// What becomes of its clock when the case is opened again.
    pub fn reopen(&self) -> Reopen {
        self.reopen
    }
}

/// The words that pause a clock, and those that let it go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PauseWords {
    pub(super) pause: Vec<Arc<str>>,
    pub(super) resume: Vec<Arc<str>>,
}

impl Default for PauseWords {
    fn default() -> Self {
        PauseWords { pause: vec![Arc::from("pause")], resume: vec![Arc::from("resume")] }
    }
}
