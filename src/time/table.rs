//! When something is open, in a form that answers in the same time however far apart two instants are.
//!
//! Nearly all days are like those a week before and after. The others (holidays, one-off days, days on which the
//! clocks are changed) are entries: each holds its own open seconds and how much was open before it, and is followed
//! by a run of ordinary days, about which weeks and a remainder say everything. A question is a binary search among
//! the entries and some additions.

use std::collections::HashMap;

use super::zone::{DAY, END_DAY, FIRST_DAY, Zone, day_of, weekday};

/// From a second up to another, which is not in it.
pub(super) type Piece = (i64, i64);

/// The open seconds of each weekday, since its midnight.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Week {
    days: [Vec<Piece>; 7],
    /// How much is open in the first so many days of two weeks that begin on a Monday.
    sums: [i64; 15],
}

impl Week {
    /// The pieces of each day are in order and apart.
    pub(super) fn new(days: [Vec<Piece>; 7]) -> Week {
        let mut sums = [0; 15];
        let mut sum = 0;
        for (at, open) in sums.iter_mut().zip((0..15).map(|day| days.get(day % 7))) {
            *at = sum;
            sum += open.into_iter().flatten().map(length).sum::<i64>();
        }
        Week { days, sums }
    }

    pub(super) fn day(&self, weekday: usize) -> &[Piece] {
        self.days.get(weekday % 7).map_or(&[], Vec::as_slice)
    }

    fn total(&self) -> i64 {
        self.sum(0, 7)
    }

    /// What is open in `days` days, fewer than eight, from a weekday on.
    fn sum(&self, weekday: usize, days: usize) -> i64 {
        let at = |day: usize| self.sums.get(day).copied().unwrap_or(0);
        at(weekday + days) - at(weekday)
    }

    fn is_always_open(&self) -> bool {
        self.total() == 7 * DAY
    }
}

fn length(piece: &Piece) -> i64 {
    piece.1 - piece.0
}

/// A day of its own, and the ordinary days after it.
#[derive(Clone, Copy, Debug)]
struct Entry {
    /// When the day begins.
    start: i64,
    /// What is open before it.
    before: i64,
    /// When the run of ordinary days begins.
    run: i64,
    /// What is open before the run.
    before_run: i64,
    /// The day's pieces, as a range of [`Table::pieces`].
    pieces: (u32, u32),
    /// The week that the run repeats, as an index of [`Table::weeks`].
    week: u32,
    /// The weekday on which the run begins.
    weekday: u32,
}

/// The open seconds of a hundred years.
#[derive(Clone, Debug)]
pub(super) struct Table {
    entries: Vec<Entry>,
    pieces: Vec<Piece>,
    weeks: Vec<Week>,
    start: i64,
    end: i64,
    total: i64,
}

impl Table {
    /// `days` are those that are not ordinary. `pieces_of` adds what is open on such a day, between two instants, in
    /// order and apart; `week_of` says which of the weeks an ordinary day belongs to.
    pub(super) fn build(
        zone: &Zone,
        mut days: Vec<i32>,
        weeks: Vec<Week>,
        mut pieces_of: impl FnMut(i32, Piece, &mut Vec<Piece>),
        mut week_of: impl FnMut(i32, &mut Vec<Week>) -> u32,
    ) -> Table {
        // An entry stands at the beginning, so that every day is in one or after one.
        days.push(FIRST_DAY);
        days.retain(|day| (FIRST_DAY..END_DAY).contains(day));
        days.sort_unstable();
        days.dedup();
        let (start, end) = (zone.start_of(FIRST_DAY), zone.start_of(END_DAY));
        let entries = Vec::with_capacity(days.len());
        let mut table = Table { entries, pieces: Vec::new(), weeks, start, end, total: 0 };
        for (index, &day) in days.iter().enumerate() {
            let (start, run) = (zone.start_of(day), zone.start_of(day + 1));
            let next = days.get(index + 1).map_or(END_DAY, |&next| next);
            let first = table.pieces.len();
            pieces_of(day, (start, run), &mut table.pieces);
            let open: i64 = table.pieces.iter().skip(first).map(length).sum();
            let week = week_of(day + 1, &mut table.weeks);
            let entry = Entry {
                start,
                before: table.total,
                run,
                before_run: table.total + open,
                pieces: (index_of(first), index_of(table.pieces.len())),
                week,
                weekday: index_of(weekday(day + 1)),
            };
            table.entries.push(entry);
            table.total = entry.before_run + table.open_in_run(&entry, zone.start_of(next));
        }
        table
    }

    pub(super) fn total(&self) -> i64 {
        self.total
    }

    /// The first instant, and the one at which everything is over.
    pub(super) fn range(&self) -> Piece {
        (self.start, self.end)
    }

    fn week(&self, entry: &Entry) -> Option<&Week> {
        self.weeks.get(entry.week as usize)
    }

    fn pieces(&self, entry: &Entry) -> &[Piece] {
        self.pieces.get(entry.pieces.0 as usize..entry.pieces.1 as usize).unwrap_or_default()
    }

    fn entry_at(&self, at: i64) -> Option<&Entry> {
        self.entries.get(self.entries.partition_point(|entry| entry.start <= at).saturating_sub(1))
    }

    /// How much of an entry's run is open before an instant.
    fn open_in_run(&self, entry: &Entry, at: i64) -> i64 {
        let Some(week) = self.week(entry) else { return 0 };
        let since = (at - entry.run).max(0);
        let (weeks, rest) = (since / (7 * DAY), since % (7 * DAY));
        let days = usize::try_from(rest / DAY).unwrap_or(0);
        let today = week.day(entry.weekday as usize + days);
        weeks * week.total() + week.sum(entry.weekday as usize, days) + open_before(today, rest % DAY)
    }

    /// How much is open before an instant.
    pub(super) fn open_before(&self, at: i64) -> i64 {
        let Some(entry) = self.entry_at(at) else { return 0 };
        if at < entry.run {
            entry.before + open_before(self.pieces(entry), at)
        } else {
            entry.before_run + self.open_in_run(entry, at)
        }
    }

    /// The first instant before which so much is open. `None` if that is nothing, or more than there is.
    pub(super) fn first_with(&self, open: i64) -> Option<i64> {
        if open <= 0 || open > self.total {
            return None;
        }
        let entry = self.entries.get(self.entries.partition_point(|entry| entry.before < open) - 1)?;
        if open <= entry.before_run {
            return within(self.pieces(entry), open - entry.before);
        }
        let week = self.week(entry)?;
        let (weeks, left) = split(open - entry.before_run - 1, week.total())?;
        let mut left = left + 1;
        let mut midnight = entry.run + weeks * 7 * DAY;
        for weekday in (0..7).map(|day| entry.weekday as usize + day) {
            let open = week.sum(weekday % 7, 1);
            if left <= open {
                return Some(midnight + within(week.day(weekday), left)?);
            }
            left -= open;
            midnight += DAY;
        }
        None
    }

    /// The last instant before which no more than so much is open: there it opens. `None` if it does not open any more.
    pub(super) fn last_with(&self, open: i64) -> Option<i64> {
        if open < 0 || open >= self.total {
            return None;
        }
        // The second after it is open, and begins a second before the first instant with one second more.
        Some(self.first_with(open + 1)? - 1)
    }

    /// Whether a second is open.
    pub(super) fn is_open(&self, at: i64) -> bool {
        at < self.end && self.open_before(at + 1) > self.open_before(at)
    }

    /// When what is open at an instant closes; the instant itself, if it is closed. `None` if it does not close before
    /// `limit`.
    pub(super) fn close_after(&self, at: i64, limit: i64) -> Option<i64> {
        let mut index = self.entries.partition_point(|entry| entry.start <= at).saturating_sub(1);
        let mut end = at;
        while end < limit {
            let entry = self.entries.get(index)?;
            if end < entry.run {
                match through(self.pieces(entry), end) {
                    through if through == entry.run => end = through,
                    through => return Some(through),
                }
            }
            let next = self.entries.get(index + 1).map_or(self.end, |next| next.start);
            let week = self.week(entry)?;
            if week.is_always_open() {
                end = next;
            }
            while end < next {
                let day = (end - entry.run) / DAY;
                let midnight = entry.run + day * DAY;
                let weekday = usize::try_from(day % 7).unwrap_or(0) + entry.weekday as usize;
                match midnight + through(week.day(weekday), end - midnight) {
                    through if through == midnight + DAY => end = through,
                    through => return Some(through),
                }
            }
            index += 1;
        }
        None
    }

    /// Adds what is open between two instants.
    fn pieces_in(&self, window: Piece, out: &mut Vec<Piece>) {
        let mut at = window.0;
        while let Some(start) = self.last_with(self.open_before(at)).filter(|&start| start < window.1) {
            at = self.close_after(start, window.1).unwrap_or(window.1).min(window.1);
            out.push((start, at));
        }
    }

    /// Adds when something opens or closes between two instants.
    pub(super) fn edges_in(&self, window: Piece, out: &mut Vec<i64>) {
        let mut pieces = Vec::new();
        self.pieces_in(window, &mut pieces);
        out.extend(pieces.into_iter().flat_map(|(start, end)| [start, end]));
    }

    /// Where an ordinary day stands in the table: its week, and how far into it the day begins.
    fn phase(&self, at: i64) -> (u32, i64) {
        self.entry_at(at).map_or((0, 0), |entry| {
            (entry.week, (at - entry.run + i64::from(entry.weekday) * DAY).rem_euclid(7 * DAY))
        })
    }

    /// What is open in any of several tables, or in some pieces besides.
    pub(super) fn union(zone: &Zone, tables: &[&Table], also: &[Piece]) -> Table {
        let local = |second: i64| day_of(zone.to_local(second));
        let mut days: Vec<i32> = zone.irregular_days().collect();
        // Pieces begin and end in entries: a run lies in one or beside it.
        days.extend(also.iter().flat_map(|&(start, end)| [local(start), local(end)]));
        for entry in tables.iter().flat_map(|table| &table.entries) {
            days.extend(local(entry.start)..=local(entry.run - 1));
        }
        let all_in = |window: Piece, out: &mut Vec<Piece>| {
            tables.iter().for_each(|table| table.pieces_in(window, out));
            out.extend(also);
            clip(out, window);
            unite(out);
        };
        let pieces_of = |_, window, out: &mut Vec<Piece>| {
            let mut pieces = Vec::new();
            all_in(window, &mut pieces);
            out.append(&mut pieces);
        };
        // Runs are alike that lie in a piece, and so are those in which every table is at the same place of the same
        // week.
        let mut known: HashMap<(bool, Vec<(u32, i64)>), u32> = HashMap::new();
        let week_of = |first: i32, weeks: &mut Vec<Week>| {
            let start = zone.start_of(first);
            let since_monday = i64::try_from(weekday(first)).unwrap_or(0) * DAY;
            let phases = tables.iter().map(|table| {
                let (week, phase) = table.phase(start);
                (week, (phase - since_monday).rem_euclid(7 * DAY))
            });
            let within = also.iter().any(|piece| (piece.0..piece.1).contains(&start));
            *known.entry((within, phases.collect())).or_insert_with_key(|(within, phases)| {
                let mut week = [(); 7].map(|()| if *within { vec![(0, DAY)] } else { Vec::new() });
                for (open, day) in week.iter_mut().zip(0..) {
                    for (table, &(number, phase)) in tables.iter().zip(phases) {
                        table.add_week(number, phase + day * DAY, open);
                    }
                    clip(open, (0, DAY));
                    unite(open);
                }
                weeks.push(Week::new(week));
                index_of(weeks.len() - 1)
            })
        };
        Table::build(zone, days, Vec::new(), pieces_of, week_of)
    }

    /// Adds what one of the weeks has from so many seconds after its beginning on, as if it began there.
    fn add_week(&self, number: u32, phase: i64, out: &mut Vec<Piece>) {
        let Some(week) = self.weeks.get(number as usize) else { return };
        let (day, rest) = (phase.div_euclid(DAY), phase.rem_euclid(DAY));
        for (next, shift) in [(day, -rest), (day + 1, DAY - rest)] {
            let weekday = usize::try_from(next.rem_euclid(7)).unwrap_or(0);
            out.extend(week.day(weekday).iter().map(|&(start, end)| (start + shift, end + shift)));
        }
    }
}

fn index_of(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// Quotient and remainder, if there is something to divide by.
fn split(number: i64, by: i64) -> Option<(i64, i64)> {
    Some((number.checked_div(by)?, number.checked_rem(by)?))
}

fn open_before(pieces: &[Piece], at: i64) -> i64 {
    pieces.iter().map(|&(start, end)| (at.min(end) - start).max(0)).sum()
}

/// The first second before which so much of the pieces is.
fn within(pieces: &[Piece], mut open: i64) -> Option<i64> {
    for piece in pieces {
        if open <= length(piece) {
            return Some(piece.0 + open);
        }
        open -= length(piece);
    }
    None
}

/// The end of the piece that a second is in; the second itself, if it is in none.
fn through(pieces: &[Piece], at: i64) -> i64 {
    pieces.iter().find(|(start, end)| (*start..*end).contains(&at)).map_or(at, |piece| piece.1)
}

/// Puts pieces in order and unites those that overlap or touch; empty and reversed ones go.
pub(super) fn unite(pieces: &mut Vec<Piece>) {
    pieces.retain(|(start, end)| start < end);
    pieces.sort_unstable();
    pieces.dedup_by(|next, last| {
        let joins = next.0 <= last.1;
        if joins {
            last.1 = last.1.max(next.1);
        }
        joins
    });
}

/// Cuts pieces out of others; both in order and apart. What is left goes to `out`.
pub(super) fn cut(pieces: &[Piece], out_of: &[Piece], out: &mut Vec<Piece>) {
    let mut pieces = pieces.iter().peekable();
    for &(mut start, end) in out_of {
        while pieces.next_if(|(_, to)| *to <= start).is_some() {}
        while let Some(&&(from, to)) = pieces.peek().filter(|(from, _)| *from < end) {
            if from > start {
                out.push((start, from));
            }
            start = to;
            // One that reaches further may cut the next piece, too.
            if to > end {
                break;
            }
            pieces.next();
        }
        if start < end {
            out.push((start, end));
        }
    }
}

/// What of the pieces is inside another.
pub(super) fn clip(pieces: &mut Vec<Piece>, to: Piece) {
    for piece in pieces.iter_mut() {
        *piece = (piece.0.max(to.0), piece.1.min(to.1));
    }
    pieces.retain(|(start, end)| start < end);
}
