//! One conversation in the order of time, and what became of it up to now.

use chrono::{DateTime, TimeDelta, Utc};

use crate::case::{Answerers, Author, Case, Message};

/// What became of a conversation up to now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Timeline {
    /// Whether the company began it.
    pub(super) is_post: bool,
    /// Whether a customer wrote.
    pub(super) asked: bool,
    /// When they first did.
    pub(super) asked_at: Option<DateTime<Utc>>,
    /// Whether somebody of the company wrote after that.
    pub(super) answered: bool,
    /// How long that took.
    pub(super) response: Option<TimeDelta>,
    /// How often somebody of the company wrote after that.
    pub(super) replies: u64,
    /// When anybody first wrote.
    pub(super) began_at: Option<DateTime<Utc>>,
    /// When somebody of the company last did.
    pub(super) spoke_at: Option<DateTime<Utc>>,
}

impl Timeline {
    pub(super) fn of(case: &Case, now: DateTime<Utc>) -> Timeline {
        let mut timeline = Timeline::default();
        let past = |message: &&Message| message.at.is_none_or(|at| at <= now);
        let in_order = case.messages.is_sorted_by(|a, b| a.at.is_none() || b.at.is_none() || a.at <= b.at);
        let dated = case.messages.iter().all(|message| message.at.is_some());
        if in_order || !dated {
            // A message without a time is where it stands.
            case.messages.iter().filter(past).for_each(|message| timeline.add(message));
        } else {
            let mut messages: Vec<&Message> = case.messages.iter().filter(past).collect();
            messages.sort_by_key(|message| message.at);
            messages.into_iter().for_each(|message| timeline.add(message));
        }
        timeline
    }

    fn add(&mut self, message: &Message) {
        let at = message.at.map(|at| at.to_utc());
        self.is_post |= !self.asked && message.from != Author::Customer;
        self.began_at = earlier(self.began_at, at);
        match message.from {
            Author::Customer if !self.asked => {
                self.asked = true;
                self.asked_at = at;
            }
            _ if Answerers::People.answer(message) => {
                self.spoke_at = self.spoke_at.max(at);
                if self.asked {
                    self.replies += 1;
                    if !self.answered {
                        self.answered = true;
                        let response = at.zip(self.asked_at).map(|(at, asked)| at - asked);
                        self.response = response.map(|response| response.max(TimeDelta::zero()));
                    }
                }
            }
            _ => {}
        }
    }
}

pub(super) fn earlier(a: Option<DateTime<Utc>>, b: Option<DateTime<Utc>>) -> Option<DateTime<Utc>> {
    a.into_iter().chain(b).min()
}
