//! What customers expect: how many ask for an answer within a time, and how many an answer after it still satisfies.
//!
//! ```toml
//! [sla.expectation.our-survey-2026]
//! title = "Our customers, asked by e-mail"
//! at_once = 0.05                                 # of all who were asked; nothing where it is not written
//! points = [                                     # shares add up: those of the points before are in them
//!     { within = "1h", share = 0.30 },
//!     { within = "24h", share = 0.90, label = "the same day" },
//! ]
//! indifferent = 0.06                             # for whom the time does not matter
//! sample = 412                                   # how many were asked
//! caveats = ["Who answers a survey is patient."]
//! source = "our own survey"
//! as_of = "2026-09"
//! grade = "own"
//! ```
//!
//! # Two questions, and their inverses
//!
//! A survey asks people how fast they want an answer. Added up, that says how many *expect* one within a time:
//! [`share_within`](Expectation::share_within), and the other way round [`within_for`](Expectation::within_for). It is
//! not how many an answer after that time *satisfies*. Whoever is content to wait three days is satisfied after one
//! hour, too; whoever wanted it within the hour is not satisfied after three days. So an answer satisfies everybody
//! who did not want it sooner: [`satisfied_at`](Expectation::satisfied_at), and the other way round ("to please 70 %,
//! answer within …") [`to_satisfy`](Expectation::to_satisfy).
//!
//! # Between the points
//!
//! The curve is straight in time between its points, begins at `at_once`, and stays at its last value. Seconds and
//! millionths are whole numbers, rounded so that no share is claimed that is not reached, and the inverses are exact:
//! a share is expected within a time if and only if its `within_for` is no longer, and is satisfied at a time if and
//! only if its `to_satisfy` is no shorter.

mod document;
#[cfg(test)]
mod tests;

use chrono::TimeDelta;
use serde::Serialize;

use super::Share;
use crate::channel::{AsOf, Fact, Grade};

pub(super) use document::read_expectations;

/// What customers who were asked expect of an answer's time.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Expectation {
    #[serde(skip)]
    id: String,
    title: String,
    at_once: Share,
    points: Vec<Point>,
    indifferent: Share,
    #[serde(skip_serializing_if = "Option::is_none")]
    sample: Option<u64>,
    caveats: Vec<String>,
    #[serde(flatten)]
    fact: Fact,
}

/// How many expect an answer within a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Point {
    /// The time.
    #[serde(rename = "within_seconds", serialize_with = "crate::sla::seconds::serialize")]
    pub within: TimeDelta,
    /// How many; those of the shorter times are in it.
    pub share: Share,
    /// How the survey put it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

/// A stretch of the curve: from a time on, and up to the next one.
struct Stretch {
    start: i64,
    low: u32,
    /// Its length in seconds and how far it rises, both more than nothing.
    length: i64,
    rise: u32,
}

impl Expectation {
    /// The id, such as `hutter-2010`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What people call it.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// How many expect an answer at once.
    pub fn at_once(&self) -> Share {
        self.at_once
    }

    /// The points of the curve, the shortest time first.
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    /// For how many the time does not matter.
    pub fn indifferent(&self) -> Share {
        self.indifferent
    }

    /// How many people were asked, where it is known.
    pub fn sample(&self) -> Option<u64> {
        self.sample
    }

    /// What is to be kept in mind when it is used.
    pub fn caveats(&self) -> &[String] {
        &self.caveats
    }

    /// Where it was read.
    pub fn source(&self) -> Option<&str> {
        self.fact.source.as_deref()
    }

    /// When people were asked.
    pub fn as_of(&self) -> Option<AsOf> {
        self.fact.as_of
    }

    /// How well it is known.
    pub fn grade(&self) -> Grade {
        self.fact.grade
    }

    /// How many expect an answer within a time. Time before anything was asked counts as none.
    pub fn share_within(&self, time: TimeDelta) -> Share {
        // Rounded down.
        self.value(time, |rise, length| rise / length)
    }

    /// The shortest time within which so many expect an answer: nothing, where fewer expect one at any time.
    pub fn within_for(&self, share: Share) -> Option<TimeDelta> {
        let wanted = share.millionths();
        if wanted <= self.at_once.millionths() {
            return Some(TimeDelta::zero());
        }
        let stretch = self.stretches().find(|stretch| stretch.low + stretch.rise >= wanted)?;
        let part = i128::from(wanted - stretch.low) * i128::from(stretch.length);
        let rise = i128::from(stretch.rise);
        seconds_after(stretch.start, (part + rise - 1) / rise)
    }

    /// How many an answer after a time still satisfies: all but those who wanted it sooner. An answer at once satisfies
    /// everybody.
    pub fn satisfied_at(&self, time: TimeDelta) -> Share {
        if whole_seconds(time) <= 0 {
            return Share::ALL;
        }
        // Those who wanted it sooner are rounded up.
        self.value(time, |rise, length| (rise + length - 1) / length).rest()
    }

    /// The longest time after which an answer still satisfies so many: "to please 70 %, answer within …". Nothing,
    /// where an answer at any time satisfies so many.
    pub fn to_satisfy(&self, share: Share) -> Option<TimeDelta> {
        let may_want_it_sooner = share.rest().millionths();
        if may_want_it_sooner < self.at_once.millionths() {
            return Some(TimeDelta::zero());
        }
        let stretch = self.stretches().find(|stretch| stretch.low + stretch.rise > may_want_it_sooner)?;
        let part = i128::from(may_want_it_sooner.saturating_sub(stretch.low)) * i128::from(stretch.length);
        seconds_after(stretch.start, part / i128::from(stretch.rise))
    }

    /// The curve at a time, with `round` for what lies between two points.
    fn value(&self, time: TimeDelta, round: fn(i128, i128) -> i128) -> Share {
        let time = whole_seconds(time);
        let mut value = self.at_once.millionths();
        for stretch in self.stretches().take_while(|stretch| stretch.start < time) {
            let run = (time - stretch.start).min(stretch.length);
            let rise = round(i128::from(stretch.rise) * i128::from(run), i128::from(stretch.length));
            value = stretch.low.saturating_add(u32::try_from(rise).unwrap_or(stretch.rise));
        }
        Share::from_millionths(value).unwrap_or(Share::ALL)
    }

    /// Where the curve rises.
    fn stretches(&self) -> impl Iterator<Item = Stretch> {
        let ends = self.points.iter().map(|point| (whole_seconds(point.within), point.share.millionths()));
        let starts = std::iter::once((0, self.at_once.millionths())).chain(ends.clone());
        starts.zip(ends).filter_map(|((start, low), (end, high))| {
            let rises = high > low && end > start;
            rises.then(|| Stretch { start, low, length: end - start, rise: high - low })
        })
    }
}

/// Parts of a second do not count.
fn whole_seconds(time: TimeDelta) -> i64 {
    time.num_seconds()
}

fn seconds_after(start: i64, seconds: i128) -> Option<TimeDelta> {
    TimeDelta::try_seconds(start.checked_add(i64::try_from(seconds).ok()?)?)
}
