//! Wall clocks: from local time to instants and back.

use chrono::{DateTime, Offset, TimeZone};
use chrono_tz::Tz;

/// Seconds of a day of 24 hours.
pub(super) const DAY: i64 = 86_400;
/// 2000-01-01, in days since 1970-01-01. Earlier days are in no calendar.
pub(super) const FIRST_DAY: i32 = 10_957;
/// 2101-01-01: the first day that is in no calendar any more.
pub(super) const END_DAY: i32 = 47_847;
/// Shifts, gaps and offsets reach over the ends of the range by less than this many days.
const MARGIN: i32 = 10;
/// Rules of summer time hold for weeks: no zone changes its clocks twice within one. Fortnights would be too long: Gaza
/// will have shorter summers around Ramadan.
const STEP: i64 = 7 * DAY;
/// Clocks are changed on the minute.
const MINUTE: i64 = 60;

/// 0 is Monday.
pub(super) fn weekday(day: i32) -> usize {
    usize::try_from((i64::from(day) + 3).rem_euclid(7)).unwrap_or(0)
}

/// The seconds from 1970-01-01 00:00 to the midnight at which a day begins, on the same clock.
pub(super) fn midnight(day: i32) -> i64 {
    i64::from(day) * DAY
}

/// The day that a second on a clock belongs to.
pub(super) fn day_of(local: i64) -> i32 {
    i32::try_from(local.div_euclid(DAY)).unwrap_or(if local < 0 { i32::MIN } else { i32::MAX })
}

/// From one change of the clocks to the next.
#[derive(Clone, Copy, Debug)]
struct Span {
    utc_start: i64,
    /// The first local second that is read with this span's offset. Times in a gap are still read with the offset
    /// before it, which moves them forward by its length; so are those of an overlap, which gives their first
    /// occurrence.
    local_start: i64,
    offset: i64,
}

/// The offsets of a time zone from 2000 to 2100.
#[derive(Clone, Debug)]
pub(super) struct Zone {
    tz: Tz,
    spans: Vec<Span>,
}

impl Zone {
    pub(super) fn new(tz: Tz) -> Zone {
        let mut at = midnight(FIRST_DAY - MARGIN);
        // Whoever counts calendar time asks for UTC, in which nothing is to be searched for.
        let end = if tz == Tz::UTC { at } else { midnight(END_DAY + MARGIN) };
        let mut offset = offset_of(tz, at);
        let mut spans = vec![Span { utc_start: i64::MIN, local_start: i64::MIN, offset }];
        while at < end {
            let next = at + STEP;
            let later = offset_of(tz, next);
            if later != offset {
                let utc_start = change(tz, at, next, offset);
                let local_start = utc_start + offset.max(later);
                spans.push(Span { utc_start, local_start, offset: later });
                offset = later;
            }
            at = next;
        }
        Zone { tz, spans }
    }

    pub(super) fn tz(&self) -> Tz {
        self.tz
    }

    fn offset_at(&self, utc: i64) -> i64 {
        let after = self.spans.partition_point(|span| span.utc_start <= utc);
        self.spans.get(after.saturating_sub(1)).map_or(0, |span| span.offset)
    }

    /// What the clocks show at an instant.
    pub(super) fn to_local(&self, utc: i64) -> i64 {
        utc + self.offset_at(utc)
    }

    /// The instant at which the clocks show a time: the first of two, and after a gap by as much as the time is in it.
    pub(super) fn to_utc(&self, local: i64) -> i64 {
        let after = self.spans.partition_point(|span| span.local_start <= local);
        local - self.spans.get(after.saturating_sub(1)).map_or(0, |span| span.offset)
    }

    /// The instant at which a day begins.
    pub(super) fn start_of(&self, day: i32) -> i64 {
        self.to_utc(midnight(day))
    }

    /// The days on which the clocks are changed, and those on which hours of such a day can end up.
    pub(super) fn irregular_days(&self) -> impl Iterator<Item = i32> {
        let pairs = self.spans.iter().zip(self.spans.iter().skip(1));
        pairs.flat_map(|(before, after)| {
            let (old, new) = (after.utc_start + before.offset, after.utc_start + after.offset);
            // Times of a gap are moved beyond it by its length.
            let moved = new + (new - old).max(0);
            day_of(old.min(new))..=day_of(old.max(moved))
        })
    }
}

fn offset_of(tz: Tz, utc: i64) -> i64 {
    let at = DateTime::from_timestamp(utc, 0).unwrap_or_default();
    i64::from(tz.offset_from_utc_datetime(&at.naive_utc()).fix().local_minus_utc())
}

/// The first minute at which `offset` does not hold any more, between one at which it does and one at which it does
/// not.
fn change(tz: Tz, mut before: i64, mut after: i64, offset: i64) -> i64 {
    while after - before > MINUTE {
        let middle = before + (after - before) / MINUTE / 2 * MINUTE;
        if offset_of(tz, middle) == offset {
            before = middle;
        } else {
            after = middle;
        }
    }
    after
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_range_is_that_of_the_years_2000_to_2100() {
        let date = |day: i32| DateTime::from_timestamp(midnight(day), 0).unwrap().date_naive().to_string();
        assert_eq!((date(FIRST_DAY), date(END_DAY)), ("2000-01-01".to_owned(), "2101-01-01".to_owned()));
        assert_eq!(weekday(FIRST_DAY), 5);
    }

    /// A week between two looks is short enough for every zone there is.
    #[test]
    fn no_change_of_clocks_is_missed() {
        for tz in chrono_tz::TZ_VARIANTS {
            let zone = Zone::new(tz);
            for day in FIRST_DAY..END_DAY {
                assert_eq!(zone.offset_at(midnight(day)), offset_of(tz, midnight(day)), "{tz} on day {day}");
            }
            for span in zone.spans.iter().skip(1) {
                for at in [span.utc_start - 1, span.utc_start] {
                    assert_eq!(zone.offset_at(at), offset_of(tz, at), "{tz} at {at}");
                }
            }
        }
    }

    #[test]
    fn local_times_are_read_as_chrono_reads_them() {
        for tz in [Tz::Europe__Berlin, Tz::Australia__Lord_Howe, Tz::Europe__Dublin, Tz::America__St_Johns] {
            let zone = Zone::new(tz);
            for quarter in 0..(40 * 366 * 96) {
                let local = midnight(FIRST_DAY) + quarter * 900;
                let naive = DateTime::from_timestamp(local, 0).unwrap().naive_utc();
                if let Some(first) = tz.from_local_datetime(&naive).earliest() {
                    assert_eq!(zone.to_utc(local), first.timestamp(), "{tz} {naive}");
                }
            }
        }
    }
}
