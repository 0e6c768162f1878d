//! What happened, in the order in which it counts.

use std::cmp::Ordering;

use chrono::{DateTime, Utc};
use thiserror::Error;

use super::oddities::Oddities;
use super::target::PauseWords;
use crate::case::{Answerers, Author, Case, Event, Message, REOPEN, RESOLVE};

/// A message without a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("message {} has no time", .index + 1)]
pub struct UndatedMessage {
    pub(super) index: usize,
}

impl UndatedMessage {
    /// Its number in the case, from 0 on.
    pub fn index(&self) -> usize {
        self.index
    }
}

/// What happened at an instant. At one instant things count in this order, so that stopping wins over pausing, and
/// pausing over starting.
#[derive(Clone, Copy, Debug)]
pub(super) enum What<'a> {
    /// Something about the case changed.
    Fact(&'a Event),
    /// The case was opened again.
    Reopened,
    /// The company did something about the case.
    Done(&'a Event),
    /// A kind of event that lets some clocks go on.
    Resumed(&'a str),
    /// The customer wrote.
    Asked(&'a Message),
    /// A kind of event that pauses some clocks.
    Paused(&'a str),
    /// Somebody answered.
    Answered,
    /// The case was closed.
    Resolved,
}

impl What<'_> {
    fn rank(&self) -> u8 {
        match self {
            What::Fact(_) => 0,
            What::Reopened => 1,
            What::Done(_) => 2,
            What::Resumed(_) => 3,
            What::Asked(_) => 4,
            What::Paused(_) => 5,
            What::Answered => 6,
            What::Resolved => 7,
        }
    }
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Moment<'a> {
    pub(super) at: DateTime<Utc>,
    pub(super) what: What<'a>,
}

impl Moment<'_> {
    fn order(&self, other: &Self) -> Ordering {
        self.at
            .cmp(&other.at)
            .then_with(|| self.what.rank().cmp(&other.what.rank()))
            .then_with(|| self.what.order(&other.what))
    }
}

impl What<'_> {
    /// An order of things of one rank, so that the order in which a host lists what happened at one instant makes no
    /// difference.
    fn order(&self, other: &Self) -> Ordering {
        match (self, other) {
            (What::Fact(a), What::Fact(b)) => a.order_at_once(b),
            (What::Resumed(a), What::Resumed(b)) | (What::Paused(a), What::Paused(b)) => a.cmp(b),
            (What::Asked(a), What::Asked(b)) => a.text.cmp(&b.text),
            _ => Ordering::Equal,
        }
    }
}

/// Everything that has happened up to `now`, oldest first. What is odd about it is counted.
pub(super) fn timeline<'a>(
    case: &'a Case,
    now: DateTime<Utc>,
    words: &[PauseWords],
    answerers: Answerers,
    odd: &mut Oddities,
) -> Result<Vec<Moment<'a>>, UndatedMessage> {
    let mut moments = Vec::with_capacity(case.messages.len() + case.events.len());
    let mut last = DateTime::<Utc>::MIN_UTC;
    for (index, message) in case.messages.iter().enumerate() {
        let at = message.at.ok_or(UndatedMessage { index })?.to_utc();
        odd.in_order(&mut last, at);
        let what = match message.from {
            Author::Customer => What::Asked(message),
            _ if answerers.answer(message) => What::Answered,
            _ => continue,
        };
        if odd.has_been(at, now) {
            moments.push(Moment { at, what });
        }
    }
    last = DateTime::<Utc>::MIN_UTC;
    for event in &case.events {
        let at = event.at.to_utc();
        odd.in_order(&mut last, at);
        if !odd.has_been(at, now) {
            continue;
        }
        let kind = event.kind.as_str();
        let mut push = |what| moments.push(Moment { at, what });
        match kind {
            RESOLVE => push(What::Resolved),
            REOPEN => push(What::Reopened),
            _ if event.is_fact() => push(What::Fact(event)),
            _ => {
                if event.is_deed() {
                    push(What::Done(event));
                }
                let among = |list: &[std::sync::Arc<str>]| list.iter().any(|known| **known == *kind);
                if words.iter().any(|words| among(&words.resume)) {
                    push(What::Resumed(kind));
                }
                if words.iter().any(|words| among(&words.pause)) {
                    push(What::Paused(kind));
                }
            }
        }
    }
    // Two sorted runs are merged in linear time; anything else is sorted, and what is equal stays as it is.
    moments.sort_by(Moment::order);
    Ok(moments)
}
