//! A part of a whole.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::source::Field;

/// A part of a whole, from nothing to all of it, in millionths, so that equal shares are equal.
///
/// It is rounded down: what is short of nine tenths by a hair is not nine tenths.
///
/// ```
/// use svar::sla::Share;
///
/// let answered = Share::of(2, 25).unwrap();
/// assert_eq!((answered.to_string(), answered.ratio()), ("8 %".to_owned(), 0.08));
/// assert_eq!(Share::of(0, 0), None);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Share(u32);

const WHOLE: u32 = 1_000_000;

impl Share {
    /// Nothing of it.
    pub const NONE: Share = Share(0);
    /// All of it.
    pub const ALL: Share = Share(WHOLE);

    /// So many of so many; nothing, where there are none to have a share of. More than all are all.
    pub fn of(part: u64, whole: u64) -> Option<Share> {
        let millionths = (u128::from(part) * u128::from(WHOLE)).checked_div(u128::from(whole))?;
        Some(Share(u32::try_from(millionths).map_or(WHOLE, |millionths| millionths.min(WHOLE))))
    }

    /// So many millionths, if they are no more than the whole.
    pub const fn from_millionths(millionths: u32) -> Option<Share> {
        if millionths <= WHOLE { Some(Share(millionths)) } else { None }
    }

    /// The share nearest to a number from 0 to 1; nothing, where it is no such number.
    pub fn from_ratio(ratio: f64) -> Option<Share> {
        (0.0..=1.0).contains(&ratio).then(|| Share((ratio * f64::from(WHOLE)).round() as u32))
    }

    /// How many millionths.
    pub const fn millionths(self) -> u32 {
        self.0
    }

    /// As a number from 0 to 1.
    pub fn ratio(self) -> f64 {
        f64::from(self.0) / f64::from(WHOLE)
    }

    /// All the others.
    #[must_use]
    pub const fn rest(self) -> Share {
        Share(WHOLE.saturating_sub(self.0))
    }

    /// Reads a number from 0 to 1.
    pub(crate) fn read(field: Field<'_, '_>) -> Option<Share> {
        Share::from_ratio(field.number(0.0..=1.0)?)
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = self.0 / 1000;
        match tenths % 10 {
            0 => f.pad(&format!("{} %", tenths / 10)),
            tenth => f.pad(&format!("{}.{tenth} %", tenths / 10)),
        }
    }
}

impl Serialize for Share {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.ratio())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_exact_and_never_more_than_there_is() {
        for (part, whole, written) in [
            (0, 1, "0 %"),
            (1, 3, "33.3 %"),
            (2, 3, "66.6 %"),
            (2, 25, "8 %"),
            (899_999, 1_000_000, "89.9 %"),
            (u64::MAX, u64::MAX, "100 %"),
            (2, 1, "100 %"),
        ] {
            assert_eq!(Share::of(part, whole).unwrap().to_string(), written, "{part} of {whole}");
        }
        assert!(Share::of(8_999_999, 10_000_000).unwrap() < Share::from_ratio(0.9).unwrap());
        assert_eq!(Share::from_ratio(0.083).unwrap().millionths(), 83_000);
        for wrong in [-0.1, 1.000_001, f64::NAN, f64::INFINITY] {
            assert_eq!(Share::from_ratio(wrong), None);
        }
        assert_eq!(Share::from_millionths(1_000_001), None);
        assert_eq!(Share::of(1, 4).unwrap().rest(), Share::of(3, 4).unwrap());
    }
}
