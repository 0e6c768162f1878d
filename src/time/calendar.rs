//! A compiled calendar and the questions it answers.

use std::iter;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

use super::error::{NeverOpens, OutOfRange, TimeError, TooLong};
use super::table::{Table, Week};
use super::zone::{DAY, Zone};

/// When a team is open: compiled, immutable, cheap to clone.
///
/// All questions take the same time, however far apart the instants are. Fractions of a second of what is passed in are
/// dropped. See [the module](super) for how hours are read.
#[derive(Clone, Debug)]
pub struct Calendar(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    zone: Arc<Zone>,
    table: Table,
}

/// When a duration has run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Deadline {
    /// The earliest instant at which it has run: the closing time, if it runs out with the opening.
    pub due_at: DateTime<Utc>,
    /// The next moment from there on at which it is open. `None` if it never is any more.
    pub next_opening: Option<DateTime<Utc>>,
}

/// From one instant up to another, which is not in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// Its first instant.
    pub start: DateTime<Utc>,
    /// The first instant after it.
    pub end: DateTime<Utc>,
}

impl Interval {
    /// How long it is.
    pub fn duration(&self) -> TimeDelta {
        self.end - self.start
    }
}

impl Calendar {
    /// Calendar time: open around the clock, shown in UTC.
    pub fn always() -> Calendar {
        let zone = Zone::new(Tz::UTC);
        let week = Week::new([(); 7].map(|()| vec![(0, DAY)]));
        let table = Table::build(&zone, Vec::new(), vec![week], |_, day, open| open.push(day), |_, _| 0);
        Calendar::new(Arc::new(zone), table)
    }

    pub(super) fn new(zone: Arc<Zone>, table: Table) -> Calendar {
        Calendar(Arc::new(Inner { zone, table }))
    }

    /// The time zone in which its hours are read.
    pub fn zone(&self) -> Tz {
        self.0.zone.tz()
    }

    pub(super) fn clocks(&self) -> &Arc<Zone> {
        &self.0.zone
    }

    pub(super) fn table(&self) -> &Table {
        &self.0.table
    }

    /// When so much open time has passed since an instant. A negative duration is [subtracted](Calendar::subtract).
    ///
    /// # Errors
    /// An instant outside the years 2000 to 2100, or more open time than is left of them.
    pub fn add(&self, at: DateTime<impl TimeZone>, duration: TimeDelta) -> Result<Deadline, TimeError> {
        let seconds = duration.num_seconds();
        self.shift(at.to_utc(), duration, seconds, seconds < 0)
    }

    /// The mirror image of [`add`](Calendar::add): `due_at` is the latest instant from which on so much open time
    /// passes up to `at`: the opening, if it is a whole one. `next_opening` is then the closing before it.
    ///
    /// # Errors
    /// As [`add`](Calendar::add).
    pub fn subtract(&self, at: DateTime<impl TimeZone>, duration: TimeDelta) -> Result<Deadline, TimeError> {
        let seconds = duration.num_seconds().saturating_neg();
        self.shift(at.to_utc(), duration, seconds, seconds <= 0)
    }

    /// `back` is the direction in which the other instant of the deadline lies.
    fn shift(
        &self,
        at: DateTime<Utc>,
        duration: TimeDelta,
        seconds: i64,
        back: bool,
    ) -> Result<Deadline, TimeError> {
        let table = self.table();
        let start = self.second(at)?;
        let passed = table.open_before(start);
        let left = if back { passed } else { table.total() - passed };
        if seconds != 0 && left == 0 {
            return Err(NeverOpens { at, back }.into());
        }
        let target = passed.saturating_add(seconds);
        if !(0..=table.total()).contains(&target) {
            return Err(TooLong { at, duration: duration.abs(), back }.into());
        }
        let (closing, opening) = (table.first_with(target), table.last_with(target));
        let (due, next) = if back { (opening, closing) } else { (closing, opening) };
        let due = due.filter(|_| seconds != 0).unwrap_or(start);
        Ok(Deadline { due_at: instant(due), next_opening: next.map(instant) })
    }

    /// How much open time passes between two instants; negative if `to` is before `from`.
    ///
    /// # Errors
    /// An instant outside the years 2000 to 2100.
    pub fn between(
        &self,
        from: DateTime<impl TimeZone>,
        to: DateTime<impl TimeZone>,
    ) -> Result<TimeDelta, TimeError> {
        let table = self.table();
        let (from, to) = (self.second(from)?, self.second(to)?);
        Ok(TimeDelta::seconds(table.open_before(to) - table.open_before(from)))
    }

    /// Whether it is open at an instant.
    ///
    /// # Errors
    /// An instant outside the years 2000 to 2100.
    pub fn is_open(&self, at: DateTime<impl TimeZone>) -> Result<bool, TimeError> {
        let second = self.second(at)?;
        Ok(self.table().is_open(second))
    }

    /// When it is open next: `at` itself, if it is open then. `None` if it never is any more.
    ///
    /// # Errors
    /// An instant outside the years 2000 to 2100.
    pub fn next_open(&self, at: DateTime<impl TimeZone>) -> Result<Option<DateTime<Utc>>, TimeError> {
        let table = self.table();
        Ok(table.last_with(table.open_before(self.second(at)?)).map(instant))
    }

    /// When the present opening ends. `None` if it is closed at that instant, or does not close any more.
    ///
    /// # Errors
    /// An instant outside the years 2000 to 2100.
    pub fn next_close(&self, at: DateTime<impl TimeZone>) -> Result<Option<DateTime<Utc>>, TimeError> {
        let second = self.second(at)?;
        let (_, end) = self.table().range();
        Ok(self.table().close_after(second, end).filter(|&close| close > second).map(instant))
    }

    /// Every opening between two instants, in order; what reaches beyond them is cut off.
    ///
    /// # Errors
    /// An instant outside the years 2000 to 2100.
    pub fn open_intervals<Z: TimeZone>(
        &self,
        from: DateTime<Z>,
        to: DateTime<Z>,
    ) -> Result<impl Iterator<Item = Interval> + use<'_, Z>, TimeError> {
        let (mut at, to) = (self.second(from)?, self.second(to)?);
        let table = self.table();
        Ok(iter::from_fn(move || {
            let start = table.last_with(table.open_before(at)).filter(|&start| start < to)?;
            at = table.close_after(start, to).unwrap_or(to).min(to);
            Some(Interval { start: instant(start), end: instant(at) })
        }))
    }

    /// The second in which an instant is, if the calendar knows it.
    fn second(&self, at: DateTime<impl TimeZone>) -> Result<i64, OutOfRange> {
        let second = at.timestamp();
        let (start, end) = self.table().range();
        if (start..=end).contains(&second) { Ok(second) } else { Err(OutOfRange { at: at.to_utc() }) }
    }
}

pub(super) fn instant(second: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(second, 0).unwrap_or_default()
}
