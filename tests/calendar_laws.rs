//! Laws of calendars: what the table says is what a walk over every second says, for any hours in any zone.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test says what it expects"
)]

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use proptest::prelude::*;
use svar::Policy;
use svar::time::Calendar;

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
/// Zones with an hour, half an hour, a negative and no summer time, one that suspends it, one that skipped a day, one
/// whose clocks go back over midnight, and one that goes forward at midnight.
const ZONES: [Tz; 10] = [
    Tz::Europe__Berlin,
    Tz::Europe__Oslo,
    Tz::Europe__Dublin,
    Tz::Australia__Lord_Howe,
    Tz::America__St_Johns,
    Tz::America__Sao_Paulo,
    Tz::Africa__Casablanca,
    Tz::Pacific__Apia,
    Tz::Asia__Beirut,
    Tz::UTC,
];

type Hours = Vec<(u32, u32)>;

/// A calendar as it is written.
#[derive(Clone, Debug)]
struct Written {
    zone: Tz,
    open: [Hours; 7],
    breaks: [Hours; 7],
    days: BTreeMap<NaiveDate, Hours>,
    dated_breaks: BTreeMap<NaiveDate, Hours>,
    closed: Vec<NaiveDate>,
}

fn clock(seconds: u32) -> String {
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

fn list(hours: &Hours) -> String {
    let all: Vec<String> =
        hours.iter().map(|(from, to)| format!("'{}-{}'", clock(*from), clock(*to))).collect();
    format!("[{}]", all.join(", "))
}

impl Written {
    fn compile(&self) -> Option<Calendar> {
        let weekly = |week: &[Hours; 7]| -> Vec<String> {
            WEEKDAYS.iter().zip(week).map(|(day, hours)| format!("{day} = {}", list(hours))).collect()
        };
        let dated = |dates: &BTreeMap<NaiveDate, Hours>| -> Vec<String> {
            dates.iter().map(|(date, hours)| format!("'{date}' = {}", list(hours))).collect()
        };
        let closed: Vec<String> = self.closed.iter().map(|date| format!("'{date}'")).collect();
        let breaks = [weekly(&self.breaks), dated(&self.dated_breaks)].concat();
        let document = format!(
            "svar = 1\nname = 'test'\n[calendars.it]\ntime_zone = '{}'\nopen = {{ {} }}\ndays = {{ {} }}\nbreaks = {{ {} }}\nclosed = [{}]\n",
            self.zone.name(),
            weekly(&self.open).join(", "),
            dated(&self.days).join(", "),
            breaks.join(", "),
            closed.join(", "),
        );
        match Policy::from_toml(&document) {
            Ok(policy) => Some(policy.calendar("it").unwrap().clone()),
            Err(errors) if errors.first().code() == "never-opens" => None,
            Err(errors) => panic!("{document}\n{}", errors.render()),
        }
    }

    /// The instant at which the clocks show a time: the first of two, and in a gap as much later as the gap is long.
    fn instant(&self, date: NaiveDate, seconds: u32) -> i64 {
        let local = date.and_time(NaiveTime::MIN) + TimeDelta::seconds(seconds.into());
        if let Some(first) = self.zone.from_local_datetime(&local).earliest() {
            return first.timestamp();
        }
        let before = self.zone.offset_from_utc_datetime(&(local - TimeDelta::hours(30)));
        (local - before.fix()).and_utc().timestamp()
    }

    fn holds(&self, date: NaiveDate, hours: &Hours, second: i64) -> bool {
        hours.iter().any(|&(from, to)| {
            let to = if to <= from { to + 86_400 } else { to };
            (self.instant(date, from)..self.instant(date, to)).contains(&second)
        })
    }

    /// The definition, for one second.
    fn is_open(&self, second: i64) -> bool {
        // The day that began last, which is not always the one that the clocks show.
        let shown = self.zone.timestamp_opt(second, 0).unwrap().date_naive();
        let today = (0..4)
            .map(|back| shown + TimeDelta::days(1 - back))
            .find(|day| self.instant(*day, 0) <= second)
            .unwrap();
        // A skipped day begins when the next one does, and is no day to be open on.
        let begins: Vec<NaiveDate> = (-2..=0).map(|back| today + TimeDelta::days(back)).collect();
        let weekly = |week: &[Hours; 7], date: NaiveDate| {
            week.get(date.weekday().num_days_from_monday() as usize).unwrap().clone()
        };
        let on_break = begins.iter().any(|&date| {
            self.holds(date, &weekly(&self.breaks, date), second)
                || self.dated_breaks.get(&date).is_some_and(|hours| self.holds(date, hours, second))
        });
        if on_break {
            return false;
        }
        if let Some(own) = self.days.get(&today) {
            return self.holds(today, own, second);
        }
        !self.closed.contains(&today)
            && begins.iter().any(|&date| {
                let hours = self.days.get(&date).cloned().unwrap_or_else(|| weekly(&self.open, date));
                self.holds(date, &hours, second)
            })
    }
}

fn hours() -> impl Strategy<Value = Hours> {
    // Quarters of an hour mostly, where the clocks change and people work; now and then any second.
    let time = prop_oneof![4 => (0u32..96).prop_map(|quarter| quarter * 900), 1 => 0u32..86_400];
    let end = prop_oneof![4 => (1u32..=96).prop_map(|quarter| quarter * 900), 1 => 1u32..86_400];
    let some = (time, end).prop_filter("not empty", |(from, to)| from != to);
    prop::collection::vec(some, 0..3)
}

/// A day of 2011 to 2027 on which the clocks of some zone are changed, or any other.
fn date(zone: Tz) -> impl Strategy<Value = NaiveDate> {
    let mut changes = Vec::new();
    let mut day = NaiveDate::from_ymd_opt(2011, 1, 1).unwrap();
    while day.year() < 2028 {
        let offset = |date: NaiveDate| zone.offset_from_utc_datetime(&date.and_time(NaiveTime::MIN)).fix();
        if offset(day) != offset(day + TimeDelta::days(1)) {
            changes.push(day);
        }
        day += TimeDelta::days(1);
    }
    if changes.is_empty() {
        changes.push(NaiveDate::from_ymd_opt(2026, 3, 29).unwrap());
    }
    let near = (prop::sample::select(changes), -2i64..4).prop_map(|(day, away)| day + TimeDelta::days(away));
    let any =
        (0i64..6000).prop_map(|days| NaiveDate::from_ymd_opt(2011, 1, 1).unwrap() + TimeDelta::days(days));
    prop_oneof![3 => near, 1 => any]
}

fn written() -> impl Strategy<Value = (Written, NaiveDate)> {
    let week = || prop::array::uniform7(hours());
    let quiet = prop::array::uniform7(prop_oneof![3 => Just(Hours::new()), 1 => hours()]);
    (prop::sample::select(&ZONES[..]), week(), quiet).prop_flat_map(|(zone, open, breaks)| {
        date(zone).prop_flat_map(move |around| {
            let near = move || (-3i64..4).prop_map(move |away| around + TimeDelta::days(away));
            let (open, breaks) = (open.clone(), breaks.clone());
            let dated = prop::collection::btree_map(near(), hours(), 0..3);
            let dated_breaks = prop::collection::btree_map(near(), hours(), 0..2);
            let closed = prop::collection::vec(near(), 0..3);
            (dated, dated_breaks, closed).prop_map(move |(days, dated_breaks, mut closed)| {
                closed.retain(|date| !days.contains_key(date));
                let (open, breaks) = (open.clone(), breaks.clone());
                (Written { zone, open, breaks, days, dated_breaks, closed }, around)
            })
        })
    })
}

fn at(second: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(second, 0).unwrap()
}

/// Every second at which anything can change: where hours begin and end, and where days do.
fn edges(written: &Written, around: NaiveDate) -> Vec<i64> {
    let mut edges = Vec::new();
    for away in -8..=8 {
        let date = around + TimeDelta::days(away);
        let weekday = date.weekday().num_days_from_monday() as usize;
        let lists = [&written.open[weekday], &written.breaks[weekday]];
        let dated = [written.days.get(&date), written.dated_breaks.get(&date)];
        edges.push(written.instant(date, 0));
        for (from, to) in lists.into_iter().chain(dated.into_iter().flatten()).flatten() {
            let to = if to <= from { to + 86_400 } else { *to };
            edges.extend([written.instant(date, *from), written.instant(date, to)]);
        }
    }
    // What begins before the first day or after the last may have edges that are not here.
    let day = |away: i64| written.instant(around + TimeDelta::days(away), 0);
    edges.retain(|edge| (day(-5)..=day(5)).contains(edge));
    edges.sort_unstable();
    edges.dedup();
    edges
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Open or closed changes at the edges only, so a walk from edge to edge is a walk over every second.
    #[test]
    fn the_table_is_the_walk((written, around) in written()) {
        let Some(calendar) = written.compile() else { return Ok(()) };
        let edges = edges(&written, around);
        let start = edges[0];
        let mut open = 0;
        for pair in edges.windows(2) {
            let (from, to) = (pair[0], pair[1]);
            let is_open = written.is_open(from);
            prop_assert_eq!(written.is_open(to - 1), is_open, "an edge is missing before {}", at(to));
            prop_assert_eq!(calendar.is_open(at(from)).unwrap(), is_open, "{}", at(from).with_timezone(&written.zone));
            prop_assert_eq!(calendar.is_open(at(to - 1)).unwrap(), is_open, "{}", at(to - 1).with_timezone(&written.zone));
            if is_open {
                open += to - from;
            }
            let passed = calendar.between(at(start), at(to)).unwrap().num_seconds();
            prop_assert_eq!(passed, open, "from {} to {}", at(start), at(to));
        }
        let all: i64 = calendar
            .open_intervals(at(start), at(edges[edges.len() - 1]))
            .unwrap()
            .map(|interval| interval.duration().num_seconds())
            .sum();
        prop_assert_eq!(all, open);
    }

    /// Second by second around a change of the clocks, by the definition alone.
    #[test]
    fn near_a_change_every_second_is_right((written, around) in written()) {
        let Some(calendar) = written.compile() else { return Ok(()) };
        let middle = written.instant(around, 3 * 3600);
        for second in (middle - 5400..middle + 5400).step_by(7) {
            prop_assert_eq!(calendar.is_open(at(second)).unwrap(), written.is_open(second), "{}", at(second).with_timezone(&written.zone));
        }
    }

    #[test]
    fn adding_is_the_inverse_of_between((written, around) in written(), from in -400_000i64..400_000, seconds in 1i64..40_000_000) {
        let Some(calendar) = written.compile() else { return Ok(()) };
        let start = at(written.instant(around, 0) + from);
        let duration = TimeDelta::seconds(seconds);
        if let Ok(deadline) = calendar.add(start, duration) {
            prop_assert_eq!(calendar.between(start, deadline.due_at).unwrap(), duration);
            // It is the earliest: a second before, a second is missing.
            let earlier = deadline.due_at - TimeDelta::seconds(1);
            prop_assert_eq!(calendar.between(start, earlier).unwrap(), duration - TimeDelta::seconds(1));
            if let Some(next) = deadline.next_opening {
                prop_assert!(next >= deadline.due_at);
                prop_assert!(calendar.is_open(next).unwrap());
                prop_assert_eq!(calendar.between(deadline.due_at, next).unwrap(), TimeDelta::zero());
                prop_assert_eq!(calendar.next_open(deadline.due_at).unwrap(), Some(next));
            }
        }
        if let Ok(deadline) = calendar.subtract(start, duration) {
            prop_assert_eq!(calendar.between(deadline.due_at, start).unwrap(), duration);
            let later = deadline.due_at + TimeDelta::seconds(1);
            prop_assert_eq!(calendar.between(later, start).unwrap(), duration - TimeDelta::seconds(1));
            if let Some(closing) = deadline.next_opening {
                prop_assert!(closing <= deadline.due_at);
                prop_assert!(calendar.is_open(closing - TimeDelta::seconds(1)).unwrap());
                prop_assert_eq!(calendar.between(closing, deadline.due_at).unwrap(), TimeDelta::zero());
            }
        }
    }

    /// What was added to an open instant is subtracted again.
    #[test]
    fn adding_and_subtracting_undo_each_other_on_open_time((written, around) in written(), seconds in 1i64..10_000_000) {
        let Some(calendar) = written.compile() else { return Ok(()) };
        let Some(start) = calendar.next_open(at(written.instant(around, 0))).unwrap() else { return Ok(()) };
        let duration = TimeDelta::seconds(seconds);
        let Ok(there) = calendar.add(start, duration) else { return Ok(()) };
        let back = calendar.subtract(there.due_at, duration).unwrap();
        prop_assert_eq!(back.due_at, start);
        prop_assert_eq!(calendar.add(start, -duration), calendar.subtract(start, duration));
    }

    #[test]
    fn between_adds_up_and_turns_round((written, _) in written(), mut when in prop::array::uniform3(946_800_000i64..4_133_800_000)) {
        let Some(calendar) = written.compile() else { return Ok(()) };
        when.sort_unstable();
        let [a, b, c] = when.map(at);
        let between = |from, to| calendar.between(from, to).unwrap();
        prop_assert_eq!(between(a, b) + between(b, c), between(a, c));
        prop_assert_eq!(between(b, a), -between(a, b));
        prop_assert!(between(a, b) >= TimeDelta::zero());
        prop_assert!(between(a, b) <= b - a);
    }

    #[test]
    fn later_is_never_due_earlier((written, around) in written(), from in 0i64..1_000_000, later in 0i64..100_000, seconds in 0i64..1_000_000, more in 0i64..100_000) {
        let Some(calendar) = written.compile() else { return Ok(()) };
        let start = written.instant(around, 0) + from;
        let due = |start: i64, seconds: i64| calendar.add(at(start), TimeDelta::seconds(seconds)).map(|deadline| deadline.due_at);
        if let (Ok(first), Ok(second)) = (due(start, seconds), due(start + later, seconds)) {
            prop_assert!(first <= second || seconds == 0);
        }
        if let (Ok(first), Ok(second)) = (due(start, seconds), due(start, seconds + more)) {
            prop_assert!(first <= second);
        }
    }

    /// A rota covers what its calendar does not; together they are open when either is.
    #[test]
    fn covered_time_is_the_union((written, around) in written(), (rota, _) in written(), starts in -5i64..3) {
        let Some(calendar) = written.compile() else { return Ok(()) };
        let hours: Vec<String> = WEEKDAYS.iter().zip(&rota.open).map(|(day, hours)| format!("{day} = {}", list(hours))).collect();
        let start = around + TimeDelta::days(starts);
        let document = format!(
            "svar = 1\nname = 'test'\n[rotas.it]\ntime_zone = '{}'\nlayers = [{{ people = ['kari'], start = '{start}', every = '1w', hours = {{ {} }} }}]\n",
            rota.zone.name(), hours.join(", "),
        );
        let Ok(policy) = Policy::from_toml(&document) else { return Ok(()) };
        let rota = policy.rota("it").unwrap();
        let covered = calendar.covered_by(rota);
        let middle = written.instant(around, 0);
        for second in (middle - 900_000..middle + 900_000).step_by(901) {
            let expected = calendar.is_open(at(second)).unwrap() || rota.cover().is_open(at(second)).unwrap();
            prop_assert_eq!(covered.is_open(at(second)).unwrap(), expected, "{}", at(second));
            let on_call = rota.on_call(at(second)).unwrap();
            prop_assert_eq!(on_call.is_some(), rota.cover().is_open(at(second)).unwrap(), "{}", at(second));
        }
        let far = at(middle + 2_000_000_000);
        let gaps: TimeDelta = rota.gaps(at(middle), far).unwrap().take(1000).map(|gap| gap.duration()).sum();
        prop_assert!(gaps >= TimeDelta::zero());
    }
}
