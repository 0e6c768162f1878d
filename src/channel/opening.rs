//! Since when, and until when, a platform lets one write in a conversation.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Window, WindowStart};
use crate::case::{ADVERT_CLICK, Author, Case};
use crate::time::whole_second;

/// A stretch in which one can write. It is open strictly before it closes, and counts every hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Opening {
    pub(crate) opened_at: DateTime<Utc>,
    pub(crate) closes_at: DateTime<Utc>,
}

impl Opening {
    pub(crate) fn new(opened_at: DateTime<Utc>, within: TimeDelta) -> Option<Opening> {
        let opened_at = whole_second(opened_at);
        Some(Opening { opened_at, closes_at: opened_at.checked_add_signed(within)? })
    }

    pub(crate) fn is_open(self, now: DateTime<Utc>) -> bool {
        now < self.closes_at
    }
}

impl Window {
    /// What it comes to in a case, from what opened it last; nothing, where nothing has, or where a message has no time
    /// and may be the last.
    pub(crate) fn opening(&self, case: &Case, now: DateTime<Utc>) -> Option<Opening> {
        let last = match self.from {
            WindowStart::LastCustomerMessage => {
                let theirs = case.messages.iter().filter(|message| message.from == Author::Customer);
                theirs
                    .map(|message| message.at.map(|at| at.to_utc()))
                    .filter(|at| at.is_none_or(|at| at <= now))
                    .try_fold(None, |last, at| at.map(|at| last.max(Some(at))))?
            }
            WindowStart::AdvertClick => {
                let clicks = case.events.iter().filter(|event| event.kind == ADVERT_CLICK);
                clicks.map(|event| event.at.to_utc()).filter(|at| *at <= now).max()
            }
        };
        Opening::new(last?, self.within)
    }
}
