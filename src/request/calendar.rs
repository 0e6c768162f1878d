//! Requests about calendars, rotas and holidays.

use chrono::{DateTime, FixedOffset, NaiveDateTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use serde::Serialize;

use super::to_json;
use crate::policy::Policy;
use crate::source::{Diagnostic, Diagnostics, Field, TableReader, Value, quoted, read_object};
use crate::time::{Calendar, Deadline, Holiday, Interval, Rota, TimeError, YEARS, parse_instant, read_local};

/// So many intervals are answered with at most.
const MOST_INTERVALS: usize = 10_000;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Op {
    Add,
    Subtract,
    Between,
    IsOpen,
    NextOpen,
    NextClose,
    OpenIntervals,
    OnCall,
    Gaps,
    Holidays,
}

const OPS: [(&str, Op); 10] = [
    ("add", Op::Add),
    ("subtract", Op::Subtract),
    ("between", Op::Between),
    ("is-open", Op::IsOpen),
    ("next-open", Op::NextOpen),
    ("next-close", Op::NextClose),
    ("open-intervals", Op::OpenIntervals),
    ("on-call", Op::OnCall),
    ("gaps", Op::Gaps),
    ("holidays", Op::Holidays),
];

/// What is answered; instants have the offset of the calendar's zone.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Answer {
    Deadline { due_at: DateTime<FixedOffset>, next_opening: Option<DateTime<FixedOffset>> },
    Seconds { seconds: i64 },
    Open { open: bool },
    NextOpening { next_opening: Option<DateTime<FixedOffset>> },
    NextClosing { next_closing: Option<DateTime<FixedOffset>> },
    Intervals { intervals: Vec<Stretch> },
    Gaps { gaps: Vec<Stretch> },
    OnCall { on_call: Option<String>, everybody: Vec<String> },
    Holidays { holidays: Vec<Holiday> },
}

#[derive(Debug, Serialize)]
struct Stretch {
    start: DateTime<FixedOffset>,
    end: DateTime<FixedOffset>,
}

/// Answers a question about a calendar, a rota or holidays.
///
/// | `op` | asks with | answers |
/// |---|---|---|
/// | `add`, `subtract` | `calendar`, `at`, `seconds` | `{"due_at", "next_opening"}`, see [`Deadline`] |
/// | `between` | `calendar`, `at`, `to` | `{"seconds"}` |
/// | `is-open` | `calendar`, `at` | `{"open"}` |
/// | `next-open`, `next-close` | `calendar`, `at` | `{"next_opening"}`, `{"next_closing"}` |
/// | `open-intervals` | `calendar`, `at`, `to` | `{"intervals": [{"start", "end"}]}`, ten thousand at most |
/// | `on-call` | `rota`, `at` | `{"on_call", "everybody"}` |
/// | `gaps` | `rota`, `at`, `to` | `{"gaps": [{"start", "end"}]}`, ten thousand at most |
/// | `holidays` | `region`, `year` | `{"holidays": [{"date", "name", …}]}` |
///
/// `calendar` is one written out, as in a policy, or the name of one of the policy's; `rota` is the name of one of the
/// policy's. `at` and `to` are instants with an offset, or local times without one, which are read as the calendar
/// reads its hours. Answers have the offset of the calendar's zone. What is not there is `null`.
///
/// ```
/// let policy = svar::Policy::builtin();
/// let answer = svar::request::calendar(&policy, r#"{
///     "calendar": {"time_zone": "Europe/Oslo", "open": {"thu": ["09:00-16:00"], "fri": ["09:00-16:00"]}, "holidays": ["NO"]},
///     "op": "add", "at": "2026-12-24T15:30:00+01:00", "seconds": 1800
/// }"#)?;
/// assert_eq!(answer, r#"{"due_at":"2026-12-24T16:00:00+01:00","next_opening":"2026-12-31T09:00:00+01:00"}"#);
/// # Ok::<(), svar::source::Diagnostics>(())
/// ```
///
/// # Errors
/// What is wrong with the request, or with the calendar in it, with its place.
pub fn calendar(policy: &Policy, request: &str) -> Result<String, Diagnostics> {
    let answer = read_object("request", request, |table| {
        let op = table.need("op").one_of(&OPS);
        let answer = op.and_then(|op| answer(policy, &table, op));
        if op.is_some() {
            table.finish();
        }
        answer
    });
    match answer? {
        Some(answer) => Ok(to_json(&answer)),
        None => Err(Diagnostic::error("missing-key", "the request asks nothing").into()),
    }
}

/// The answer, or `None` if something was reported.
fn answer(policy: &Policy, table: &TableReader<'_, '_>, op: Op) -> Option<Answer> {
    match op {
        Op::Holidays => holidays(policy, table),
        Op::OnCall | Op::Gaps => rota_answer(policy, table, op),
        _ => calendar_answer(policy, table, op),
    }
}

fn calendar_answer(policy: &Policy, table: &TableReader<'_, '_>, op: Op) -> Option<Answer> {
    let field = table.need("calendar");
    let calendar = match field.node().map(|node| &node.value) {
        Some(Value::String(name)) => {
            let found = policy.calendar(name);
            if found.is_none() {
                field.unknown_value(name, policy.calendars().map(|(name, _)| name));
            }
            found.cloned()
        }
        _ => field.table().and_then(|table| policy.read_calendar(table)),
    };
    let zone = calendar.as_ref().map(Calendar::zone);
    let at_field = table.need("at");
    let at = read_at(at_field, zone);
    let (to, seconds) = match op {
        Op::Between | Op::OpenIntervals => (read_at(table.need("to"), zone), None),
        Op::Add | Op::Subtract => (None, read_seconds(table.need("seconds"))),
        _ => (None, None),
    };
    let (calendar, at, zone) = (calendar?, at?, zone?);
    let show = |at: DateTime<Utc>| shown(at, zone);
    let deadline =
        |it: Deadline| Answer::Deadline { due_at: show(it.due_at), next_opening: it.next_opening.map(show) };
    let answer = match op {
        Op::Add => calendar.add(at, seconds?).map(deadline),
        Op::Subtract => calendar.subtract(at, seconds?).map(deadline),
        Op::Between => calendar.between(at, to?).map(|open| Answer::Seconds { seconds: open.num_seconds() }),
        Op::IsOpen => calendar.is_open(at).map(|open| Answer::Open { open }),
        Op::NextOpen => {
            calendar.next_open(at).map(|next| Answer::NextOpening { next_opening: next.map(show) })
        }
        Op::NextClose => {
            calendar.next_close(at).map(|next| Answer::NextClosing { next_closing: next.map(show) })
        }
        _ => match calendar.open_intervals(at, to?) {
            Ok(open) => Ok(Answer::Intervals { intervals: stretches(at_field, open, zone)? }),
            Err(error) => Err(error),
        },
    };
    or_report(answer, at_field)
}

fn rota_answer(policy: &Policy, table: &TableReader<'_, '_>, op: Op) -> Option<Answer> {
    let field = table.need("rota");
    let name = field.string();
    let rota = name.and_then(|name| policy.rota(name));
    if let (Some(name), None) = (name, rota) {
        field.unknown_value(name, policy.rotas().map(|(name, _)| name));
    }
    let zone = rota.map(Rota::zone);
    let at_field = table.need("at");
    let at = read_at(at_field, zone);
    let to = if op == Op::Gaps { read_at(table.need("to"), zone) } else { None };
    let (rota, at, zone) = (rota?, at?, zone?);
    let answer = if op == Op::Gaps {
        match rota.gaps(at, to?) {
            Ok(gaps) => Ok(Answer::Gaps { gaps: stretches(at_field, gaps, zone)? }),
            Err(error) => Err(error),
        }
    } else {
        rota.everybody_on_call(at).map(|people| {
            let everybody: Vec<String> = people.map(str::to_owned).collect();
            Answer::OnCall { on_call: everybody.first().cloned(), everybody }
        })
    };
    or_report(answer, at_field)
}

fn holidays(policy: &Policy, table: &TableReader<'_, '_>) -> Option<Answer> {
    let field = table.need("region");
    let region = field.string();
    let (first, last) = YEARS.into_inner();
    let year = table.need("year").integer(first.into()..=last.into());
    let (region, year) = (region?, year.and_then(|year| i32::try_from(year).ok())?);
    let holidays = policy.holidays(region, year);
    if holidays.is_none() {
        field.unknown_value(region, policy.regions().map(|(id, _)| id));
    }
    Some(Answer::Holidays { holidays: holidays? })
}

fn or_report(answer: Result<Answer, TimeError>, at: Field<'_, '_>) -> Option<Answer> {
    match answer {
        Ok(answer) => Some(answer),
        Err(error) => {
            at.report(error.into());
            None
        }
    }
}

fn stretches(at: Field<'_, '_>, all: impl Iterator<Item = Interval>, zone: Tz) -> Option<Vec<Stretch>> {
    let all = all.take(MOST_INTERVALS + 1);
    let all: Vec<Stretch> =
        all.map(|it| Stretch { start: shown(it.start, zone), end: shown(it.end, zone) }).collect();
    if all.len() > MOST_INTERVALS {
        let message = format!("there are more than {MOST_INTERVALS} intervals");
        at.report(Diagnostic::error("too-many", message).with_help("ask for a shorter time"));
        return None;
    }
    Some(all)
}

fn shown(at: DateTime<Utc>, zone: Tz) -> DateTime<FixedOffset> {
    at.with_timezone(&zone.offset_from_utc_datetime(&at.naive_utc()).fix())
}

/// An instant with an offset, or a local time of the calendar's zone. Where the zone is not known (which was reported),
/// the offset is only looked at.
fn read_at(field: Field<'_, '_>, zone: Option<Tz>) -> Option<DateTime<Utc>> {
    let text = field.instant()?;
    let found = parse_instant(text).map(|at| at.to_utc()).or_else(|| {
        let local = text.parse::<NaiveDateTime>().ok()?;
        read_local(zone.unwrap_or(Tz::UTC), local)
    });
    if found.is_none() {
        let message = format!("{} is not an instant", quoted(text));
        let help =
            "write date and time, such as `2026-11-21T09:30:00+01:00`; without an offset it is a local time";
        field.report(Diagnostic::error("instant", message).with_help(help));
    }
    found
}

fn read_seconds(field: Field<'_, '_>) -> Option<TimeDelta> {
    let seconds = field.integer(i64::MIN..=i64::MAX)?;
    let duration = TimeDelta::try_seconds(seconds);
    if duration.is_none() {
        field.error("too-long", format!("{seconds} seconds are longer than any calendar"));
    }
    duration
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
