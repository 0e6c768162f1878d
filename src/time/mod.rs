//! When: calendars, holidays, rotas.

mod calendar;
mod document;
mod error;
mod holiday;
mod hours;
mod plan;
mod rota;
mod table;
mod zone;

pub use calendar::{Calendar, Deadline, Interval};
pub(crate) use document::{Zones, read_calendar, read_calendars, read_local};
pub use error::{NeverOpens, OutOfRange, TimeError, TooLong};
pub(crate) use holiday::Holidays;
pub use holiday::{Holiday, YEARS};
pub use rota::Rota;
pub(crate) use rota::read_rotas;
