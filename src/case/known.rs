//! What is known of a case at an instant: of what was written, of what happened, and of what follows from it.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset};

use super::{Case, Event, Facts, Level, REOPEN, RESOLVE};
use crate::time::Now;

/// Whether a case is closed, and since when it is open again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Course {
    pub(crate) closed: bool,
    /// When it was last opened again: what was said and done before no longer counts.
    pub(crate) opened_at: Option<DateTime<FixedOffset>>,
}

impl Course {
    /// Takes in what happened next, and says whether that opened the case again. What is open cannot be.
    fn take(&mut self, event: &Event) -> bool {
        let opens = self.closed && event.kind == REOPEN;
        if opens {
            *self = Course { closed: false, opened_at: Some(event.at) };
        }
        self.closed |= event.kind == RESOLVE;
        opens
    }

    /// Whether what was said or done at an instant is not from before the case was opened again.
    pub(crate) fn counts(&self, at: DateTime<FixedOffset>) -> bool {
        self.opened_at.is_none_or(|opened| at >= opened)
    }
}

impl Case {
    /// The case as it is known at an instant, or after everything: without what lies after it, with messages and events
    /// in the order of their times, and with the facts that events have changed. A case that is so already is not
    /// copied.
    ///
    /// Whatever a policy is asked of a case it answers of this.
    ///
    /// ```
    /// use svar::case::{Event, Level};
    /// use svar::chrono::DateTime;
    /// use svar::Case;
    ///
    /// let noon = DateTime::parse_from_rfc3339("2026-11-21T12:00:00+01:00").unwrap();
    /// let mut case = Case::new("facebook");
    /// case.events.push(Event::new("priority", noon).with_value("high"));
    /// assert_eq!(case.as_of(noon).facts.priority, Level::High);
    /// ```
    pub fn as_of(&self, now: impl Into<Now>) -> Cow<'_, Case> {
        let now = now.into().get();
        let past = |at: DateTime<FixedOffset>| now.is_none_or(|now| at <= now);
        // Where a message has no time, nobody knows better than the list what came first.
        let dated = self.messages.iter().all(|message| message.at.is_some());
        let known = self.messages.iter().all(|message| message.at.is_none_or(past))
            && (!dated || self.messages.is_sorted_by_key(|message| message.at))
            && self.events.iter().all(|event| past(event.at) && !event.is_fact() && !event.is_deed())
            && self.events.is_sorted_by(|a, b| a.order(b) != Ordering::Greater);
        if known {
            return Cow::Borrowed(self);
        }
        let mut case = self.clone();
        case.messages.retain(|message| message.at.is_none_or(past));
        if dated {
            case.messages.sort_by_key(|message| message.at);
        }
        case.events.retain(|event| past(event.at));
        case.events.sort_by(Event::order);
        case.facts.follow(&case.events);
        Cow::Owned(case)
    }

    /// Whether the case is closed after everything that happened, and since when it is open again, for a case
    /// [as it is known](Case::as_of).
    pub(crate) fn course(&self) -> Course {
        let mut course = Course::default();
        for event in &self.events {
            course.take(event);
        }
        course
    }
}

impl Facts {
    /// Changes with events, given in the order in which they count.
    fn follow(&mut self, events: &[Event]) {
        let given = self.clone();
        let mut course = Course::default();
        let mut labels = BTreeMap::new();
        for event in events {
            if course.take(event) {
                self.forget_deeds(&given);
            }
            match (&*event.kind, event.value.as_deref()) {
                // There may be many: of each only the last is of interest.
                ("tag" | "untag", Some(label)) => drop(labels.insert(label, event.kind == "tag")),
                _ => self.take(event),
            }
        }
        self.tags.retain(|tag| labels.get(&**tag) != Some(&false));
        let own: BTreeSet<&str> = given.tags.iter().map(String::as_str).collect();
        let new = labels.into_iter().filter(|(label, has)| *has && !own.contains(label));
        self.tags.extend(new.map(|(label, _)| label.to_owned()));
    }

    /// Takes in what an event says, if it is not of labels.
    pub(crate) fn take(&mut self, event: &Event) {
        let value = event.value.as_deref().unwrap_or_default();
        match (&*event.kind, Level::of(value)) {
            ("priority", Some(level)) => self.priority = level,
            ("severity", Some(level)) => self.severity = level,
            ("intent", _) => self.intent = Some(value.to_owned()),
            ("identified", _) => self.identified = true,
            ("investigated", _) => self.investigated = true,
            ("compensated", _) => self.offered = true,
            ("fixed", _) => self.fixed = true,
            ("told", _) => self.told = true,
            _ => {}
        }
    }

    /// What events told of deeds is over when the case is opened again; what was given from the beginning holds.
    pub(crate) fn forget_deeds(&mut self, given: &Facts) {
        self.identified = given.identified;
        self.investigated = given.investigated;
        self.offered = given.offered;
        self.fixed = given.fixed;
        self.told = given.told;
    }
}
