//! When many take something up at once: how far it has spread, how fast it grows, what level that is, and what the
//! level asks for.
//!
//! ```toml
//! [sla.surge]
//! window = "1h"                             # growth is measured over at least so long
//! crisis_contact = "Kari, +47 21 00 00 00"  # whom to call
//! contacts = { each = 197, source = "…", as_of = "2012-08", grade = "secondary" }
//! populations.da = { people = 2800000, source = "…", as_of = "2012-08", grade = "secondary" }
//! systemic = { cases = 3, within = "24h" }  # so many cases of one tag are one trouble
//!
//! [sla.surge.levels.surge]
//! reactions = 1000                          # from so many on
//! comments = 200
//! shares = 200
//! similar_cases = 10
//! reach = 100000                            # people who have surely seen it
//! potential_reach = 500000                  # people who can have seen it
//! reactions_per_hour = { times = 10, at_least = 50, without_baseline = 300 }
//! comments_per_hour = { times = 10, at_least = 20, without_baseline = 100 }
//! media = true                              # media have taken it up
//! tell = ["lead"]                           # who is told
//! playbook = "crisis"                # what is done
//! time = "covered"                          # how targets count: business, covered or calendar
//! update_every = "4h"                       # how often something is said
//! ```
//!
//! # Levels
//!
//! `none`, `watch`, `surge`, `crisis`. A level is reached as soon as one of its thresholds is; the case has the highest
//! level that is reached, and each measure tells which of its thresholds it crossed and by how much. More of anything
//! never lowers the level.
//!
//! # Growth
//!
//! Velocity is the growth since the last [`Sample`](crate::case::Sample) that is at least `window` old (the earliest
//! one, if none is), by the time since then. The beginning of the conversation is a sample in which nothing has been
//! counted yet, unless somebody counted before: what got 85 reactions in its first hour has grown, also where they were
//! counted at its end only. A shorter time than the window counts as the window: twenty reactions in ten minutes are
//! twenty an hour, as long as nobody knows better. Where the host knows what is usual, growth is held against that:
//! `times` as much, and `at_least` so much, so that three reactions where one is usual alarm nobody.
//!
//! Clocks go by the levels that counts and media reach, not by growth: see
//! [serious cases](super::clock#exactly).
//!
//! # Reach is a range
//!
//! At least so many people have seen it: whoever reacted, commented or passed it on (the largest of the three, for one
//! person may do all of them), or as many as the platform says. At most so many *can* have: those people times their
//! contacts, and the author's followers, but never more than there are people. Contacts overlap, and platforms show a
//! post to few of them, so the upper end is an upper bound and no estimate of the truth.

mod document;
mod judge;
mod systemic;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use chrono::TimeDelta;
use serde::{Serialize, Serializer};

use super::clock::TimeKind;
use crate::channel::Fact;

pub(super) use document::read_surge;
pub use judge::{Evidence, Reach, Surge, Velocity};
pub(super) use systemic::crowded;
pub(crate) use systemic::systemic;
pub use systemic::{CaseRef, Systemic};

words! {
    /// How serious it is that others take a case up.
    #[derive(Default)]
    Level {
        /// Nobody does, or hardly.
        #[default]
        None = "none",
        /// More than usual; somebody looks at it.
        Watch = "watch",
        /// Many, or media; it is answered outside business hours, too.
        Surge = "surge",
        /// It has got out of hand.
        Crisis = "crisis",
    }
}

impl Level {
    /// The levels that have thresholds, the lowest first.
    pub const REACHED: [Level; 3] = [Level::Watch, Level::Surge, Level::Crisis];
}

words! {
    /// What is measured.
    #[non_exhaustive]
    Measure {
        /// Reactions.
        Reactions = "reactions",
        /// Comments.
        Comments = "comments",
        /// How often it was passed on.
        Shares = "shares",
        /// Other cases about the same trouble.
        SimilarCases = "similar_cases",
        /// People who have surely seen it.
        Reach = "reach",
        /// People who can have seen it.
        PotentialReach = "potential_reach",
        /// How fast reactions grow.
        ReactionsPerHour = "reactions_per_hour",
        /// How fast comments grow.
        CommentsPerHour = "comments_per_hour",
        /// Media have taken it up.
        Media = "media",
    }
}

impl Measure {
    /// Those that are counted.
    pub(in crate::sla) const COUNTED: [Measure; 6] = [
        Measure::Reactions,
        Measure::Comments,
        Measure::Shares,
        Measure::SimilarCases,
        Measure::Reach,
        Measure::PotentialReach,
    ];
    /// Those that grow.
    pub(in crate::sla) const GROWING: [Measure; 2] = [Measure::ReactionsPerHour, Measure::CommentsPerHour];

    /// What it is called among words.
    const fn noun(self) -> &'static str {
        match self {
            Measure::Reactions => "reactions",
            Measure::Comments => "comments",
            Measure::Shares => "shares",
            Measure::SimilarCases => "similar cases",
            Measure::Reach => "people reached",
            Measure::PotentialReach => "people who can have seen it",
            Measure::ReactionsPerHour => "reactions an hour",
            Measure::CommentsPerHour => "comments an hour",
            Measure::Media => "media",
        }
    }
}

/// A count, or a count an hour, to a thousandth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quantity(u128);

impl Quantity {
    const ONE: u128 = 1000;

    fn whole(count: u64) -> Quantity {
        Quantity(u128::from(count) * Quantity::ONE)
    }

    /// How many thousandths.
    pub const fn thousandths(self) -> u128 {
        self.0
    }

    /// As a number.
    pub fn number(self) -> f64 {
        self.0 as f64 / Quantity::ONE as f64
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / Quantity::ONE, self.0 % Quantity::ONE);
        let text = format!("{whole}.{rest:03}");
        f.pad(text.trim_end_matches('0').trim_end_matches('.'))
    }
}

impl Serialize for Quantity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match u64::try_from(self.0 / Quantity::ONE) {
            Ok(whole) if self.0 % Quantity::ONE == 0 => serializer.serialize_u64(whole),
            _ => serializer.serialize_f64(self.number()),
        }
    }
}

/// What a level asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Asks {
    /// Who is told: roles of the policy's own.
    pub tell: Vec<String>,
    /// Whom to call, if the level is a crisis and the policy names somebody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub crisis_contact: Option<String>,
    /// What is done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub playbook: Option<String>,
    /// The time targets are counted in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<TimeKind>,
    /// How often something is said in public.
    #[serde(
        rename = "update_every_seconds",
        serialize_with = "crate::sla::seconds::serialize_optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub update_every: Option<TimeDelta>,
}

/// The section `sla.surge`, compiled.
#[derive(Clone, Debug)]
pub(crate) struct SurgePolicy {
    window: TimeDelta,
    contacts: Option<Contacts>,
    populations: BTreeMap<String, Population>,
    systemic: Option<SystemicLimit>,
    pub(crate) crisis_contact: Option<String>,
    /// In the order of [`Level::REACHED`].
    levels: [LevelPolicy; 3],
}

impl SurgePolicy {
    /// Whether any level has a threshold.
    pub(crate) fn watches(&self) -> bool {
        Level::REACHED.into_iter().any(|level| self.reaches(level))
    }

    /// Whether a level has a threshold.
    pub(crate) fn reaches(&self, level: Level) -> bool {
        let own = Level::REACHED.into_iter().zip(&self.levels).find(|(own, _)| *own == level);
        own.is_some_and(|(_, own)| own.media || !own.counts.is_empty() || !own.growth.is_empty())
    }
}

/// Where nothing is written, growth is measured by the hour.
const WINDOW: TimeDelta = TimeDelta::hours(1);

impl Default for SurgePolicy {
    fn default() -> Self {
        SurgePolicy {
            window: WINDOW,
            contacts: None,
            populations: BTreeMap::new(),
            systemic: None,
            crisis_contact: None,
            levels: Default::default(),
        }
    }
}

impl SurgePolicy {
    /// How many cases of one tag are one trouble.
    pub(crate) fn systemic(&self) -> Option<SystemicLimit> {
        self.systemic
    }
}

/// How many contacts people have on average.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Contacts {
    /// So many.
    pub each: u64,
    /// Where it comes from.
    #[serde(flatten)]
    pub fact: Fact,
}

/// How many people there are who could see something in a language.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Population {
    /// So many.
    pub people: u64,
    /// Where it comes from.
    #[serde(flatten)]
    pub fact: Fact,
}

/// How many cases of one tag are one trouble.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SystemicLimit {
    pub(crate) cases: usize,
    pub(crate) within: TimeDelta,
}

#[derive(Clone, Debug, Default)]
struct LevelPolicy {
    counts: Vec<(Measure, u64)>,
    growth: Vec<(Measure, Growth)>,
    media: bool,
    asks: Arc<Asks>,
}

/// When growth is too fast, in thousandths an hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Growth {
    /// So many thousandths of what is usual, and…
    times: u64,
    /// …at least so much.
    at_least: u64,
    /// Where nobody knows what is usual; never, where it is not written.
    without_baseline: Option<u64>,
}
