//! What can go wrong when a calendar is asked.

use chrono::{DateTime, TimeDelta, Utc};
use thiserror::Error;

use crate::source::{Diagnostic, Diagnostics};

/// Why a calendar has no answer.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum TimeError {
    /// An instant is outside the years that calendars know.
    #[error(transparent)]
    OutOfRange(#[from] OutOfRange),
    /// Nothing is open any more (or yet, when counting back).
    #[error(transparent)]
    NeverOpens(#[from] NeverOpens),
    /// There is not so much open time.
    #[error(transparent)]
    TooLong(#[from] TooLong),
}

/// An instant outside the years 2000 to 2100, as the calendar's clocks count them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("{at} is outside the years 2000 to 2100")]
pub struct OutOfRange {
    pub(super) at: DateTime<Utc>,
}

/// Nothing is open between an instant and the end of the years that calendars know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("nothing is open {} {at}, between the years 2000 and 2100", if *.back { "before" } else { "after" })]
pub struct NeverOpens {
    pub(super) at: DateTime<Utc>,
    pub(super) back: bool,
}

/// More open time is asked for than there is up to the end of the years that calendars know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("{} seconds of open time do not fit between {at} and the {} of the years 2000 to 2100",
    .duration.num_seconds(), if *.back { "beginning" } else { "end" })]
pub struct TooLong {
    pub(super) at: DateTime<Utc>,
    pub(super) duration: TimeDelta,
    pub(super) back: bool,
}

impl OutOfRange {
    /// The instant.
    pub fn at(&self) -> DateTime<Utc> {
        self.at
    }
}

impl NeverOpens {
    /// The instant that was asked about.
    pub fn at(&self) -> DateTime<Utc> {
        self.at
    }
}

impl TooLong {
    /// The instant that was counted from.
    pub fn at(&self) -> DateTime<Utc> {
        self.at
    }

    /// How much was asked for, whichever way.
    pub fn duration(&self) -> TimeDelta {
        self.duration
    }
}

impl TimeError {
    /// The code under which the error is reported.
    pub fn code(&self) -> &'static str {
        match self {
            TimeError::OutOfRange(_) => "instant-range",
            TimeError::NeverOpens(_) => "never-opens",
            TimeError::TooLong(_) => "too-long",
        }
    }
}

impl From<TimeError> for Diagnostic {
    fn from(error: TimeError) -> Self {
        let help = match &error {
            TimeError::OutOfRange(_) => "calendars know the years 2000 to 2100",
            TimeError::NeverOpens(_) => "the calendar has hours on other dates only",
            _ => "ask for less; durations are in seconds",
        };
        Diagnostic::error(error.code(), error.to_string()).with_help(help)
    }
}

impl From<TimeError> for Diagnostics {
    fn from(error: TimeError) -> Self {
        Diagnostic::from(error).into()
    }
}
