//! Figures that no case has: less than no money, and more than can be counted. They are refused alike by a policy that is
//! asked in Rust, by whoever reads a case, and by whoever writes one.

use serde::ser::{Error as _, Serialize, Serializer};
use thiserror::Error;

use super::Facts;
use crate::money::Money;
use crate::source::quoted;

/// The most that is counted of anything, as in every document.
const MOST: u64 = i64::MAX.unsigned_abs();

/// A figure among the facts of a case that cannot be: an amount of money that is less than nothing, or a count beyond
/// 9223372036854775807.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{}: {figure}", quoted(.key))]
pub struct OddFigure {
    key: &'static str,
    figure: Figure,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
enum Figure {
    #[error("{} is less than nothing", quoted(&.0.to_string()))]
    Negative(Money),
    #[error("{0} is more than is counted, {MOST} at most")]
    TooMany(u64),
}

impl OddFigure {
    /// The fact, by its key in JSON.
    pub fn key(&self) -> &'static str {
        self.key
    }

    /// The code of the diagnostic about it.
    pub(crate) fn code(&self) -> &'static str {
        match self.figure {
            Figure::Negative(_) => "amount",
            Figure::TooMany(_) => "out-of-range",
        }
    }
}

impl Facts {
    /// Whether every amount and every count can be.
    pub(crate) fn check_figures(&self) -> Result<(), OddFigure> {
        let of = |key| move |figure| OddFigure { key, figure };
        for (key, amount) in [("loss", self.loss), ("offer", self.offer)] {
            amount.map_or(Ok(()), check_amount).map_err(of(key))?;
        }
        let spread = &self.spread;
        let samples = spread.samples.iter().flat_map(|sample| [sample.reactions, sample.comments]);
        let counts = [
            ("reactions", self.reactions),
            ("comments", self.comments),
            ("shares", spread.shares),
            ("followers", spread.followers),
            ("reach", spread.reach.unwrap_or(0)),
            ("population", spread.population.unwrap_or(0)),
            ("similar_cases", spread.similar_cases),
        ];
        let mut counts = counts.into_iter().chain(samples.map(|count| ("samples", count)));
        counts.try_for_each(|(key, count)| check_count(count).map_err(of(key)))
    }
}

fn check_amount(amount: Money) -> Result<(), Figure> {
    if amount.minor() < 0 { Err(Figure::Negative(amount)) } else { Ok(()) }
}

fn check_count(count: u64) -> Result<(), Figure> {
    if count > MOST { Err(Figure::TooMany(count)) } else { Ok(()) }
}

/// Writes an amount that can be read again.
pub(super) fn write_amount<S: Serializer>(amount: &Option<Money>, to: S) -> Result<S::Ok, S::Error> {
    amount.map_or(Ok(()), check_amount).map_err(S::Error::custom)?;
    amount.serialize(to)
}

/// Writes a count that can be read again.
pub(super) fn write_count<S: Serializer>(count: &u64, to: S) -> Result<S::Ok, S::Error> {
    check_count(*count).map_err(S::Error::custom)?;
    count.serialize(to)
}

/// The same of one that may not be known.
pub(super) fn write_known<S: Serializer>(count: &Option<u64>, to: S) -> Result<S::Ok, S::Error> {
    check_count(count.unwrap_or(0)).map_err(S::Error::custom)?;
    count.serialize(to)
}
