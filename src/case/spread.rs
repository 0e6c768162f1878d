//! How far a case has spread: who sees it, and how fast it grows.

use chrono::{DateTime, FixedOffset, TimeZone};
use serde::{Serialize, Serializer};

use super::{figures, instant};
use crate::source::{Field, TableReader};

/// More an hour than there are people is a slip.
const FASTEST: f64 = 1e10;

/// What is known of how far a case has spread, beside its reactions and comments.
///
/// In JSON these keys stand among the facts: `shares`, `followers`, `reach`, `population`, `similar_cases`, `baseline`
/// (`{"reactions_per_hour", "comments_per_hour"}`) and `samples` (`[{"at", "reactions", "comments"}]`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Spread {
    /// How often it was passed on.
    #[serde(serialize_with = "figures::write_count")]
    pub shares: u64,
    /// How many people follow its author.
    #[serde(serialize_with = "figures::write_count")]
    pub followers: u64,
    /// How many people have seen it, where the platform says so.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "figures::write_known")]
    pub reach: Option<u64>,
    /// How many people can see it at all, where the host knows better than the policy.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "figures::write_known")]
    pub population: Option<u64>,
    /// How many other cases are about the same trouble, where the host counts them.
    #[serde(serialize_with = "figures::write_count")]
    pub similar_cases: u64,
    /// What is usual on this channel.
    pub baseline: Baseline,
    /// What was counted earlier.
    pub samples: Vec<Sample>,
}

/// What messages on a channel usually get.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Baseline {
    /// Reactions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reactions_per_hour: Option<PerHour>,
    /// Comments.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comments_per_hour: Option<PerHour>,
}

/// So many an hour, to a thousandth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PerHour(u64);

impl PerHour {
    /// So many thousandths an hour; ten billion an hour at most.
    pub const fn from_thousandths(thousandths: u64) -> PerHour {
        const MOST: u64 = FASTEST as u64 * 1000;
        PerHour(if thousandths < MOST { thousandths } else { MOST })
    }

    /// How many thousandths an hour.
    pub const fn thousandths(self) -> u64 {
        self.0
    }
}

impl From<u32> for PerHour {
    fn from(whole: u32) -> PerHour {
        PerHour(u64::from(whole) * 1000)
    }
}

impl Serialize for PerHour {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.0 as f64 / 1000.0)
    }
}

/// What was counted at an instant: everything up to then, not the growth since the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Sample {
    /// When.
    pub at: DateTime<FixedOffset>,
    /// Reactions up to then.
    #[serde(serialize_with = "figures::write_count")]
    pub reactions: u64,
    /// Comments up to then.
    #[serde(serialize_with = "figures::write_count")]
    pub comments: u64,
}

impl Sample {
    /// What was counted at an instant.
    pub fn new(at: DateTime<impl TimeZone>, reactions: u64, comments: u64) -> Self {
        Sample { at: at.fixed_offset(), reactions, comments }
    }
}

impl Spread {
    /// Reads what stands among the facts.
    pub(super) fn read(facts: &TableReader<'_, '_>) -> Spread {
        let number = |key| count(facts.get(key));
        Spread {
            shares: number("shares").unwrap_or(0),
            followers: number("followers").unwrap_or(0),
            reach: number("reach"),
            population: number("population"),
            similar_cases: number("similar_cases").unwrap_or(0),
            baseline: facts.get("baseline").table().map(read_baseline).unwrap_or_default(),
            samples: facts.get("samples").array().into_iter().flatten().filter_map(read_sample).collect(),
        }
    }
}

/// How many.
pub(super) fn count(field: Field<'_, '_>) -> Option<u64> {
    field.integer(0..=i64::MAX).and_then(|count| u64::try_from(count).ok())
}

fn read_baseline(table: TableReader<'_, '_>) -> Baseline {
    let rate = |key| {
        let number = table.get(key).number(0.0..=FASTEST)?;
        Some(PerHour((number * 1000.0).round() as u64))
    };
    let baseline = Baseline {
        reactions_per_hour: rate("reactions_per_hour"),
        comments_per_hour: rate("comments_per_hour"),
    };
    table.finish();
    baseline
}

fn read_sample(field: Field<'_, '_>) -> Option<Sample> {
    let table = field.table()?;
    let at = instant(table.need("at"));
    let number = |key| count(table.get(key)).unwrap_or(0);
    let (reactions, comments) = (number("reactions"), number("comments"));
    table.finish();
    Some(Sample { at: at?, reactions, comments })
}
