//! When: calendars and holidays.

mod calendar;
mod document;
mod error;
mod holiday;
mod hours;
mod plan;
mod table;
mod zone;

pub use calendar::{Calendar, Deadline, Interval};
pub(crate) use document::{Zones, read_calendars};
pub use error::{NeverOpens, OutOfRange, TimeError, TooLong};
pub(crate) use holiday::Holidays;
pub use holiday::{Holiday, YEARS};
