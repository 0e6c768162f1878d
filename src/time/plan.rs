//! A calendar as it is written, and how it becomes a table.

use std::collections::BTreeMap;

use super::table::{Piece, Table, Week, clip, cut, unite};
use super::zone::{DAY, END_DAY, FIRST_DAY, Zone, midnight, weekday};

/// Hours by the day on which they begin, in seconds since its midnight; they end within two days.
#[derive(Clone, Debug, Default)]
pub(super) struct Hours {
    pub(super) weekdays: [Vec<Piece>; 7],
    pub(super) dates: BTreeMap<i32, Vec<Piece>>,
}

/// What a calendar says.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    /// When it is open. A date replaces its weekday.
    pub(super) open: Hours,
    /// What is cut out of that. A date adds to its weekday.
    pub(super) breaks: Hours,
    /// Days on which nothing is open, from midnight to midnight, unless a date of `open` says otherwise.
    /// In order.
    pub(super) closed: Vec<i32>,
}

impl Hours {
    /// Whether hours of a day go on after midnight.
    fn reach_over(&self, day: i32) -> bool {
        let weekly = self.weekdays.get(weekday(day)).into_iter();
        weekly.chain(self.dates.get(&day)).flatten().any(|&(_, end)| end > DAY)
    }

    fn of(&self, weekday: usize) -> &[Piece] {
        self.weekdays.get(weekday % 7).map_or(&[], Vec::as_slice)
    }

    /// A weekday from midnight to midnight, with what the day before leaves.
    fn ordinary(&self, weekday: usize) -> Vec<Piece> {
        let before = self.of(weekday + 6).iter().map(|&(start, end)| (start - DAY, end - DAY));
        let mut pieces: Vec<Piece> = before.chain(self.of(weekday).iter().copied()).collect();
        clip(&mut pieces, (0, DAY));
        unite(&mut pieces);
        pieces
    }
}

impl Plan {
    /// The table. With `since`, nothing is open before that instant, which is on that day.
    pub(super) fn table(&self, zone: &Zone, since: Option<(i32, i64)>) -> Table {
        let week = Week::new([0, 1, 2, 3, 4, 5, 6].map(|weekday| self.ordinary(weekday)));
        let mut days = self.days_of_their_own(zone);
        let (first, start) = since.unwrap_or((i32::MIN, i64::MIN));
        days.push(first);
        let mut scratch = Scratch::default();
        let pieces_of = |day, window: Piece, open: &mut Vec<Piece>| {
            self.open_on(zone, day, (window.0.max(start), window.1), &mut scratch, open);
        };
        Table::build(zone, days, vec![Week::default(), week], pieces_of, |day, _| u32::from(day > first))
    }

    fn ordinary(&self, weekday: usize) -> Vec<Piece> {
        let mut open = Vec::new();
        cut(&self.breaks.ordinary(weekday), &self.open.ordinary(weekday), &mut open);
        open
    }

    /// The days that are not like those a week before and after.
    fn days_of_their_own(&self, zone: &Zone) -> Vec<i32> {
        let mut days: Vec<i32> = zone.irregular_days().collect();
        days.extend(&self.closed);
        for hours in [&self.open, &self.breaks] {
            for &day in hours.dates.keys() {
                days.push(day);
                if hours.reach_over(day) {
                    days.push(day + 1);
                }
            }
        }
        days
    }

    /// What is open on one day, which is between two instants.
    fn open_on(&self, zone: &Zone, day: i32, window: Piece, scratch: &mut Scratch, out: &mut Vec<Piece>) {
        let Scratch { open, breaks } = scratch;
        open.clear();
        breaks.clear();
        let instants = |day: i32, &(start, end): &Piece| {
            (zone.to_utc(midnight(day) + start), zone.to_utc(midnight(day) + end))
        };
        if let Some(own) = self.open.dates.get(&day) {
            open.extend(own.iter().map(|hours| instants(day, hours)));
        } else if self.closed.binary_search(&day).is_err() {
            // Where a whole day is skipped, hours of the day before it can end up on the one after.
            for from in [day - 2, day - 1, day] {
                let hours = self.open.dates.get(&from).map_or(self.open.of(weekday(from)), Vec::as_slice);
                open.extend(hours.iter().map(|hours| instants(from, hours)));
            }
        }
        for from in [day - 2, day - 1, day] {
            let dated = self.breaks.dates.get(&from).into_iter().flatten();
            let hours = self.breaks.of(weekday(from)).iter().chain(dated);
            breaks.extend(hours.map(|hours| instants(from, hours)));
        }
        clip(open, window);
        unite(open);
        unite(breaks);
        cut(breaks, open, out);
    }
}

/// Memory for one day.
#[derive(Debug, Default)]
struct Scratch {
    open: Vec<Piece>,
    breaks: Vec<Piece>,
}

/// Whether a day is one that calendars know.
pub(super) fn is_known(day: i32) -> bool {
    (FIRST_DAY..END_DAY).contains(&day)
}
