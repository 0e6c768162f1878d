//! When: calendars, public holidays, rotas.
//!
//! A calendar says when a team is open, and answers when a duration has run, how much open time lies between two
//! instants, and when it opens or closes next. A rota says who is on call. This page says how hours are read, and
//! what is decided where others decide differently. Each decision has a test of its own in `tests/calendar/`.
//!
//! # Calendars
//!
//! ```
//! use chrono::{DateTime, TimeDelta};
//!
//! let policy = svar::Policy::from_toml(r#"
//!     svar = 1
//!     name = "acme"
//!     extends = ["svar:holidays"]
//!
//!     [calendars.office]
//!     time_zone = "Europe/Oslo"                         # a name of the IANA database
//!     open = { mon = ["08:00-12:00", "12:30-16:00"], fri = ["22:00-06:00"] }
//!     days = { "2026-12-24" = ["08:00-12:00"] }         # instead of the hours of the weekday
//!     breaks = { mon = ["10:00-10:15"], "2026-11-20" = ["23:00-24:00"] }
//!     closed = ["2026-12-28"]
//!     holidays = ["NO"]
//! "#)?;
//! let office = policy.calendar("office").unwrap();
//! let monday = DateTime::parse_from_rfc3339("2026-11-23T15:00:00+01:00").unwrap();
//! let deadline = office.add(monday, TimeDelta::hours(1)).unwrap();
//! assert_eq!(deadline.due_at.to_rfc3339(), "2026-11-23T15:00:00+00:00");
//! assert_eq!(deadline.next_opening.unwrap().to_rfc3339(), "2026-11-27T21:00:00+00:00");
//! # Ok::<(), svar::source::Diagnostics>(())
//! ```
//!
//! - **Hours** are `HH:MM` or `HH:MM:SS`, from the first second up to the last, which is not in them. `24:00` is the
//!   end of the day, `00:00-24:00` is around the clock. Hours that end earlier than they begin (`22:00-06:00`) go on
//!   after midnight; so `17:00-09:00` is a night of sixteen hours and no mistake. `09:00-09:00` is one.
//! - **Several stretches** on one day may touch or overlap; what they have in common is counted once.
//! - **A shift belongs to the weekday on which it begins**, also where it ends on the next.
//! - **`closed` and `holidays` close a date from midnight to midnight.** The night shift that ran into it ends at its
//!   midnight, and the one that begins on it goes on after the next midnight: exactly as if the night were written
//!   as two stretches, which is how systems without night shifts have it (biz, Zammad), and as workclock does.
//! - **`days` says what is open on one date**, from midnight to midnight: the hours of the weekday, and what the night
//!   before leaves, are replaced. It wins over a holiday, for days that are worked in part. That a date stands in both
//!   `days` and `closed` is an error.
//! - **`breaks` are cut out of whatever is open**, one-off days included. Those of a date come on top of those of its
//!   weekday; an overnight break goes on after midnight.
//! - **Dates are those of the calendar's zone**, not of UTC.
//! - **A calendar that never opens is an error** when the policy is read, also if it is breaks or holidays that leave
//!   nothing.
//!
//! # Clocks that change
//!
//! Beginning and end of each stretch are turned into instants; what is between them is open. So whatever is open is
//! counted, and the other way round.
//!
//! - **A time that is skipped moves forward by the length of the gap**: 02:30 becomes 03:30 in Berlin, 02:15 becomes
//!   02:45 on Lord Howe Island, where the gap has half an hour. Hours that would then end before they begin are not
//!   held.
//! - **A time that comes twice is the first of the two**, also in Dublin, where the database calls winter the
//!   exception, and in Moscow in 2014, where neither was summer time. RFC 5545 and workclock have the same rules; biz
//!   moves by an hour and takes the one that is called summer time.
//! - **A day from 00:00 to 24:00 has 25 or 23 hours** when the clocks change.
//! - **A day that is left out** (30 December 2011 in Apia) is a gap of 24 hours: its hours are held on the day after.
//!
//! # Answers
//!
//! - **Due is the earliest instant at which the time has run.** A time that runs out with the opening is due at the
//!   closing time ([`Deadline::due_at`]); biz and Zammad name the moment at which it opens again
//!   ([`Deadline::next_opening`]).
//! - **No time at all** is due at once, even in closed time; `next_opening` is then the opening.
//! - **[`Calendar::subtract`] is the mirror image**: the latest instant from which on the time passes; its
//!   `next_opening` is the closing before.
//! - **[`Calendar::between`] is negative** where the second instant is before the first.
//! - **Years are 2000 to 2100**, as the calendar's clocks count them. An instant outside is a [`TimeError`], and so is
//!   a duration that does not fit. What is known today of clocks and laws holds for all years to come.
//! - **Seconds are the smallest unit.** Fractions of instants and durations are dropped.
//! - **The cost is the same** for an hour and for ten years, and nothing can loop: a calendar is a table of weeks and
//!   exceptions for the whole range, made when the policy is read.
//!
//! # Public holidays
//!
//! The pack `svar:holidays` has Norway, Denmark, Sweden, Poland, Germany with its Länder and the nations of the United
//! Kingdom, and says how a holiday is written. A policy adds days and regions, or takes days away:
//!
//! ```
//! let policy = svar::Policy::from_toml(r#"
//!     svar = 1
//!     name = "acme"
//!     extends = ["svar:holidays"]
//!     [holidays.DE-BY.days]
//!     assumption = { on = "08-15", name = "Mariä Himmelfahrt" }     # Munich has it
//!     [holidays.acme]
//!     in = "NO"
//!     [holidays.acme.days]
//!     party = { on = "last fri of 06", name = "Sommerfest", from = 2024, except = [2025] }
//!     labour-day = { on = "05-01", off = true }
//! "#)?;
//! assert_eq!(policy.holidays("DE-BY", 2026).unwrap().len(), 13);
//! assert_eq!(policy.holidays("acme", 2026).unwrap().len(), 12);
//! # Ok::<(), svar::source::Diagnostics>(())
//! ```
//!
//! - **Only what the law closes**: not Grundlovsdag in Denmark, no eves in Sweden, and of Sundays only those that have
//!   a name. Whether a team works on Sundays is what `open` says.
//! - **What holds in part of a Land only is left out**: Mariä Himmelfahrt in Bavaria, the Friedensfest in Augsburg,
//!   Corpus Christi in parts of Saxony and Thuringia.
//! - **In the United Kingdom a holiday on a weekend has a substitute and stays one.** Lists of bank holidays name the
//!   substitute alone; but who works on Saturdays does not do so on Christmas Day.
//!   [`Holiday::substitute_for`] tells them apart.
//! - **A substitute is the next weekday that is no holiday**, also in the year after; of two holidays that move, the
//!   earlier one chooses first.
//! - **Laws have dates.** Store bededag is one until 2023, Wigilia from 2025, Reformation Day in the north of Germany
//!   from 2017, and jubilees and a funeral stand there once.
//!
//! # Rotas
//!
//! ```
//! # use chrono::DateTime;
//! let policy = svar::Policy::from_toml(r#"
//!     svar = 1
//!     name = "acme"
//!     [rotas.watch]
//!     time_zone = "Europe/Oslo"
//!     layers = [
//!         { people = ["kari", "ola"], start = "2026-01-05", every = "1w", on = "mon", at = "09:00" },
//!         { people = ["lise"], start = "2026-01-05", every = "1d", hours = { sat = ["10:00-16:00"] } },
//!     ]
//!     overrides = [{ person = "per", from = "2026-12-24T12:00:00", to = "2026-12-25T00:00:00" }]
//! "#)?;
//! let watch = policy.rota("watch").unwrap();
//! let at = |text| DateTime::parse_from_rfc3339(text).unwrap();
//! assert_eq!(watch.on_call(at("2026-11-21T09:00:00+01:00")).unwrap(), Some("ola"));
//! assert_eq!(watch.on_call(at("2026-11-21T10:00:00+01:00")).unwrap(), Some("lise"));
//! assert_eq!(watch.on_call(at("2026-12-24T20:00:00+01:00")).unwrap(), Some("per"));
//! # Ok::<(), svar::source::Diagnostics>(())
//! ```
//!
//! - **People take turns** in their order, from `start` on, `every` so many days or weeks, and hand over by the wall
//!   clock at `at` (midnight, where it is left out): the week in which the clocks change has 167 or 169 hours. `on`
//!   names the weekday of the hand-over; turns are then counted from the last such day up to `start`.
//! - **`hours`** narrow a layer to times of the week. Outside of them it has nobody, and the layers below it count.
//! - **The last layer wins**, and an override wins over all layers, the last one over those before it.
//!   Overrides lie in the years 2000 to 2100, up to the last midnight.
//! - **A rota may have gaps**; they are reported as `rota-gap` when a policy is checked. `beside` names a calendar
//!   while which is open nobody need be on call.
//! - **Covered time** ([`Calendar::covered_by`]) is open whenever the calendar is or somebody is on call.

mod calendar;
mod codes;
mod day;
mod document;
mod error;
mod holiday;
mod hours;
mod instant;
mod lists;
mod now;
mod plan;
mod rota;
pub(crate) mod schema;
mod table;
mod words;
mod zone;

pub use calendar::{Calendar, Deadline, Interval};
pub use codes::{CALENDAR_CODES, CALENDAR_REQUEST_CODES, CALENDAR_WARNINGS};
pub use document::MOST_STRETCHES;
pub(crate) use document::{Zones, read_calendar, read_calendars, read_local};
pub use error::{NeverOpens, OutOfRange, TimeError, TooLong};
pub(crate) use holiday::Holidays;
pub use holiday::{Holiday, YEARS};
pub use instant::parse_instant;
pub(crate) use instant::whole_second;
pub use lists::MOST_CALENDARS;
pub use now::Now;
pub use rota::Rota;
pub(crate) use rota::read_rotas;
pub(crate) use words::in_words;
