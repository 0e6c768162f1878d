//! Figures of a case that JSON cannot tell: less than no money is refused, and what is more than is counted is the
//! most.

use serde::ser::{Error as _, Serialize, Serializer};
use thiserror::Error;

use super::Facts;
use crate::money::Money;
use crate::source::quoted;

/// The most that is counted of anything, as in every document.
const MOST: u64 = i64::MAX.unsigned_abs();

/// An amount among the facts of a case that is less than nothing. It is refused alike by a policy that is asked in
/// Rust, by whoever reads a case, and by whoever writes one.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{} is less than nothing: {amount}", quoted(.key))]
pub struct NegativeAmount {
    key: &'static str,
    amount: Money,
}

impl NegativeAmount {
    /// The fact, by its key in JSON.
    pub fn key(&self) -> &'static str {
        self.key
    }

    /// The amount.
    pub fn amount(&self) -> Money {
        self.amount
    }
}

impl Facts {
    /// Whether no amount is less than nothing.
    pub(crate) fn check_amounts(&self) -> Result<(), NegativeAmount> {
        let amounts = [("loss", self.loss), ("offer", self.offer)];
        let mut given = amounts.into_iter().filter_map(|(key, amount)| Some((key, amount?)));
        match given.find(|(_, amount)| amount.minor() < 0) {
            Some((key, amount)) => Err(NegativeAmount { key, amount }),
            None => Ok(()),
        }
    }
}

/// Writes an amount that can be read again.
pub(super) fn write_amount<S: Serializer>(amount: &Option<Money>, to: S) -> Result<S::Ok, S::Error> {
    match amount {
        Some(amount) if amount.minor() < 0 => {
            Err(S::Error::custom(format!("an amount is less than nothing: {amount}")))
        }
        amount => amount.serialize(to),
    }
}

/// Writes a count that can be read again.
pub(super) fn write_count<S: Serializer>(count: &u64, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_u64(MOST.min(*count))
}

/// The same of one that may not be known.
pub(super) fn write_known<S: Serializer>(count: &Option<u64>, to: S) -> Result<S::Ok, S::Error> {
    count.map(|count| MOST.min(count)).serialize(to)
}
