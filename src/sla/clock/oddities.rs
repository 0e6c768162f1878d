//! What is odd about a case, and is answered all the same.

use chrono::{DateTime, Utc};

use super::escalation::Escalation;
use crate::source::{Diagnostic, Severity};

/// What is odd about a case, counted.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Oddities {
    pub(super) out_of_order: usize,
    pub(super) in_the_future: usize,
    pub(super) paused_twice: usize,
    pub(super) resumed_unpaused: usize,
    pub(super) resolved_twice: usize,
    pub(super) reopened_while_open: usize,
}

impl Oddities {
    pub(super) fn in_order(&mut self, last: &mut DateTime<Utc>, at: DateTime<Utc>) {
        self.out_of_order += usize::from(at < *last);
        *last = at.max(*last);
    }

    pub(super) fn has_been(&mut self, at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
        self.in_the_future += usize::from(at > now);
        at <= now
    }

    pub(super) fn warnings(&self, escalations: &[Escalation]) -> Vec<Diagnostic> {
        let nobody = escalations.iter().filter(|escalation| escalation.notify.is_empty()).count();
        let odd = [
            (
                self.out_of_order,
                "out-of-order",
                "stood out of order and was sorted",
                "stood out of order and were sorted",
            ),
            (
                self.in_the_future,
                "in-the-future",
                "lies after `now` and was left out",
                "lie after `now` and were left out",
            ),
            (self.paused_twice, "paused-twice", "pauses what is paused", "pause what is paused"),
            (self.resumed_unpaused, "not-paused", "resumes what is not paused", "resume what is not paused"),
            (self.resolved_twice, "resolved-twice", "resolves what is resolved", "resolve what is resolved"),
            (self.reopened_while_open, "not-resolved", "reopens what is open", "reopen what is open"),
            (nobody, "nobody-on-call", "of a ladder finds nobody", "of a ladder find nobody"),
        ];
        let found = odd.into_iter().filter(|(count, ..)| *count > 0);
        let warnings = found.map(|(count, code, one, many)| {
            let what = match (code, count) {
                ("out-of-order" | "in-the-future", 1) => "message or event",
                ("out-of-order" | "in-the-future", _) => "messages or events",
                ("nobody-on-call", 1) => "level",
                ("nobody-on-call", _) => "levels",
                (_, 1) => "event",
                _ => "events",
            };
            let message = format!("{count} {what} {}", if count == 1 { one } else { many });
            Diagnostic::new(Severity::Warning, code, message)
        });
        warnings.collect()
    }
}
