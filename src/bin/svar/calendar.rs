//! `svar calendar`

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use clap::Args;
use serde_json::{Value, json};
use svar::Policy;
use svar::channel::parse_duration;
use svar::request::{self, to_json};
use svar::source::{Diagnostic, Diagnostics};
use svar::time::{Calendar as Hours, Holiday, Interval, Rota, YEARS};

use crate::args::{Format, OutputArgs, PolicyArgs, moment};
use crate::load;
use crate::outcome::{Failure, Outcome};
use crate::paint::{BOLD, DIM, paint};
use crate::stream::Lines;

#[derive(Args)]
pub(crate) struct Calendar {
    #[command(flatten)]
    policy: PolicyArgs,
    #[command(flatten)]
    output: OutputArgs,
    /// Calendars and rotas of the policy to show, all without it; with --jsonl, files of requests
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// Show the public holidays of a region in a year, this year without it
    #[arg(long, value_names = ["REGION", "YEAR"], num_args = 1..=2)]
    holidays: Vec<String>,
    /// Show the week from this date on, today without it
    #[arg(long, value_name = "DATE", value_parser = date)]
    from: Option<NaiveDate>,
    /// An instant with its offset, or a local time of the calendar, now without it: is it open then?
    #[arg(long, value_name = "INSTANT", value_parser = moment)]
    at: Option<String>,
    /// When so much open time has passed since --at: `8h`, `90m`; a day (`2d`) is 24 hours of it
    #[arg(long, value_name = "TIME", value_parser = open_time, conflicts_with_all = ["subtract", "to"])]
    add: Option<TimeDelta>,
    /// From when on so much open time passes up to --at
    #[arg(long, value_name = "TIME", value_parser = open_time, conflicts_with = "to")]
    subtract: Option<TimeDelta>,
    /// How much open time passes from --at to this instant
    #[arg(long, value_name = "INSTANT", value_parser = moment)]
    to: Option<String>,
}

impl Calendar {
    pub(crate) fn output(&self) -> &OutputArgs {
        &self.output
    }
}

/// So many days are shown.
const SHOWN: u64 = 7;

pub(crate) fn run(command: &Calendar) -> Result<Outcome, Failure> {
    let policy = load::policy(&command.policy)?;
    if command.output.jsonl {
        let files: Vec<PathBuf> = command.names.iter().map(PathBuf::from).collect();
        return Lines::of(&files)
            .run(|line| request::calendar(&policy, line).map(|answer| (answer, Outcome::Pass)));
    }
    if let [region, rest @ ..] = command.holidays.as_slice() {
        let year = match rest.first() {
            Some(year) => {
                let no_year = |_| format!("`--holidays {region} {year}`: `{year}` is no year, such as 2027");
                year.parse().map_err(no_year)?
            }
            None => now().year(),
        };
        return holidays(command, &policy, region, year);
    }
    if let Some(op) = operation(command) {
        return question(command, &policy, op);
    }
    week(command, &policy)
}

fn now() -> DateTime<Utc> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    i64::try_from(seconds).ok().and_then(|seconds| DateTime::from_timestamp(seconds, 0)).unwrap_or_default()
}

fn holidays(command: &Calendar, policy: &Policy, region: &str, year: i32) -> Result<Outcome, Failure> {
    let request = json!({ "op": "holidays", "region": region, "year": year }).to_string();
    let flag = format!("--holidays {region} {year}");
    let answer = request::calendar(policy, &request).map_err(|errors| of_flag(errors, &flag))?;
    if command.output.format == Format::Json {
        outln!("{answer}");
        return Ok(Outcome::Pass);
    }
    let name = policy.regions().find(|(id, _)| *id == region).map_or(region, |(_, name)| name);
    outln!("{}", paint(BOLD, format!("{name}, {year}")));
    for holiday in policy.holidays(region, year).unwrap_or_default() {
        outln!("  {}  {}", holiday.date.format("%a %Y-%m-%d"), described(&holiday));
    }
    Ok(Outcome::Pass)
}

/// Mistakes in what is asked, by the flag that asks; nobody has written the request they are about.
fn of_flag(errors: Diagnostics, flag: &str) -> Diagnostics {
    let list = errors.iter().map(|error| {
        let message = format!("`{flag}`: {}", error.message());
        let own = Diagnostic::error(error.code().to_owned(), message);
        match error.help() {
            Some(help) => own.with_help(help),
            None => own,
        }
    });
    Diagnostics::new(list.collect()).unwrap_or(errors)
}

fn described(holiday: &Holiday) -> String {
    let english = holiday.english.as_deref().filter(|english| *english != holiday.name);
    let english = english.map(|english| paint(DIM, format!("  {english}"))).unwrap_or_default();
    let substitute = holiday.substitute_for.map(|date| format!(" (for {})", date.format("%a %d %b")));
    format!("{}{}{english}", holiday.name, substitute.unwrap_or_default())
}

/// What the arguments ask: the flag, the operation, and the field of the request with its value.
struct Asked<'c> {
    flag: &'static str,
    op: &'static str,
    value: Option<(&'static str, Value)>,
    at: Option<&'c str>,
}

fn operation(command: &Calendar) -> Option<Asked<'_>> {
    let asked = |flag, op, value| Some(Asked { flag, op, value, at: command.at.as_deref() });
    if let Some(time) = command.add {
        return asked("--add", "add", Some(("seconds", time.num_seconds().into())));
    }
    if let Some(time) = command.subtract {
        return asked("--subtract", "subtract", Some(("seconds", time.num_seconds().into())));
    }
    if let Some(to) = &command.to {
        return asked("--to", "between", Some(("to", to.as_str().into())));
    }
    command.at.as_ref().and_then(|_| asked("--at", "is-open", None))
}

/// Asks what `--jsonl` would be asked.
fn question(command: &Calendar, policy: &Policy, asked: Asked<'_>) -> Result<Outcome, Failure> {
    let known: Vec<&str> = policy.calendars().map(|(id, _)| id).collect();
    let name = match command.names.as_slice() {
        [name] if known.contains(&name.as_str()) => name,
        [name] => return Err(format!("there is no calendar `{name}`; {}", listed(&known)).into()),
        _ => {
            let flag = asked.flag;
            return Err(format!(
                "`{flag}` is asked of one calendar: svar calendar NAME {flag} …; {}",
                listed(&known)
            )
            .into());
        }
    };
    let at = asked.at.map_or_else(|| now().to_rfc3339(), str::to_owned);
    let mut request = json!({ "calendar": name, "op": asked.op, "at": at });
    if let (Some((field, value)), Some(object)) = (asked.value, request.as_object_mut()) {
        object.insert(field.to_owned(), value);
    }
    let flags = match asked.at {
        Some(at) if asked.flag != "--at" => format!("--at {at} {}", asked.flag),
        Some(at) => format!("--at {at}"),
        None => asked.flag.to_owned(),
    };
    let answer = request::calendar(policy, &request.to_string()).map_err(|errors| of_flag(errors, &flags))?;
    if command.output.format == Format::Json {
        outln!("{answer}");
        return Ok(Outcome::Pass);
    }
    let fields: serde_json::Map<String, Value> = serde_json::from_str(&answer)?;
    for (field, value) in &fields {
        let value = match value {
            Value::String(text) => text.clone(),
            Value::Null => "never".to_owned(),
            Value::Number(number) if field == "seconds" => {
                spoken(TimeDelta::seconds(number.as_i64().unwrap_or(0)))
            }
            other => other.to_string(),
        };
        let name = if field == "seconds" { "open time".to_owned() } else { field.replace('_', " ") };
        outln!("{}  {value}", paint(DIM, format!("{name:>12}")));
    }
    Ok(Outcome::Pass)
}

/// The calendars there are, in words.
fn listed(known: &[&str]) -> String {
    match known {
        [] => "the policy has none: give one with `--policy`".to_owned(),
        known => format!("there are: {}", known.join(", ")),
    }
}

/// A date of the years for which calendars are made.
fn date(text: &str) -> Result<NaiveDate, String> {
    let date: NaiveDate = text.parse().map_err(|_| "write a date, such as 2026-12-24".to_owned())?;
    if YEARS.contains(&date.year()) {
        return Ok(date);
    }
    Err(format!("calendars know the years {} to {}", YEARS.start(), YEARS.end()))
}

/// Open time in the notation that targets have.
fn open_time(text: &str) -> Result<TimeDelta, String> {
    parse_duration(text).ok_or_else(|| {
        "write a whole number and a unit, such as 90m, 8h or 2d, ten years at most; a day is 24 hours of open time, \
         so that an office day of eight hours is 8h"
            .to_owned()
    })
}

fn spoken(time: TimeDelta) -> String {
    let all = time.num_seconds().unsigned_abs();
    let sign = if time < TimeDelta::zero() { "-" } else { "" };
    let (hours, minutes, seconds) = (all / 3600, all / 60 % 60, all % 60);
    match (minutes, seconds) {
        (0, 0) => format!("{sign}{hours} h"),
        (_, 0) => format!("{sign}{hours} h {minutes} min"),
        _ => format!("{sign}{hours} h {minutes} min {seconds} s"),
    }
}

/// The coming days of every calendar and rota, or of those that are named.
fn week(command: &Calendar, policy: &Policy) -> Result<Outcome, Failure> {
    let known: Vec<&str> =
        policy.calendars().map(|(id, _)| id).chain(policy.rotas().map(|(id, _)| id)).collect();
    if let Some(unknown) = command.names.iter().find(|name| !known.contains(&name.as_str())) {
        return Err(
            format!("there is no calendar or rota `{unknown}`; there are: {}", known.join(", ")).into()
        );
    }
    if known.is_empty() {
        return Err("the policy has no calendar; `--holidays REGION YEAR` shows the days of a region".into());
    }
    let wanted = |id: &str| command.names.is_empty() || command.names.iter().any(|name| name == id);
    let from = command.from.unwrap_or_else(|| now().date_naive());
    let calendars: Vec<_> = policy.calendars().filter(|(id, _)| wanted(id)).collect();
    let rotas: Vec<_> = policy.rotas().filter(|(id, _)| wanted(id)).collect();
    if command.output.format == Format::Json {
        for (id, calendar) in calendars {
            outln!("{}", to_json(&json!({ "calendar": id, "open": openings(calendar, from)? })));
        }
        for (id, rota) in rotas {
            outln!("{}", to_json(&json!({ "rota": id, "turns": turns(rota, from)? })));
        }
        return Ok(Outcome::Pass);
    }
    for (id, calendar) in calendars {
        outln!("{}  {}", paint(BOLD, id), paint(DIM, calendar.zone().name()));
        print_days(calendar, from)?;
    }
    for (id, rota) in rotas {
        outln!("{}  {}", paint(BOLD, id), paint(DIM, rota.zone().name()));
        print_turns(rota, from)?;
    }
    Ok(Outcome::Pass)
}

/// The first instant of a day.
fn midnight(zone: Tz, date: NaiveDate) -> Result<DateTime<Utc>, Failure> {
    // Where clocks skip midnight, the day begins when they go on.
    let quarters = (0..=96).map(|quarter| date.and_time(NaiveTime::MIN) + TimeDelta::minutes(15 * quarter));
    let first = quarters.filter_map(|local| zone.from_local_datetime(&local).earliest()).next();
    first.map(|at| at.to_utc()).ok_or_else(|| format!("{date} has no midnight").into())
}

/// The openings of the week from a date on, as JSON.
fn openings(calendar: &Hours, from: NaiveDate) -> Result<Vec<Value>, Failure> {
    let (zone, until) = (calendar.zone(), from + Days::new(SHOWN));
    let open = calendar.open_intervals(midnight(zone, from)?, midnight(zone, until)?);
    let open = open.map_err(Diagnostics::from)?;
    Ok(open.map(|open| json!({ "start": at(open.start, zone), "end": at(open.end, zone) })).collect())
}

/// The turns of the week from a date on, as JSON.
fn turns(rota: &Rota, from: NaiveDate) -> Result<Vec<Value>, Failure> {
    let (zone, until) = (rota.zone(), from + Days::new(SHOWN));
    let turns = rota.turns(midnight(zone, from)?, midnight(zone, until)?).map_err(Diagnostics::from)?;
    let turn = |(time, person): (Interval, Option<&str>)| json!({ "start": at(time.start, zone), "end": at(time.end, zone), "on_call": person });
    Ok(turns.into_iter().map(turn).collect())
}

/// An instant as answers have it.
fn at(at: DateTime<Utc>, zone: Tz) -> DateTime<FixedOffset> {
    at.with_timezone(&zone).fixed_offset()
}

/// The days from a date on, each with its beginning and its end.
fn days(zone: Tz, from: NaiveDate) -> impl Iterator<Item = Result<(NaiveDate, Interval), Failure>> {
    (0..SHOWN).map(move |day| {
        let date = from + Days::new(day);
        Ok((date, Interval { start: midnight(zone, date)?, end: midnight(zone, date + Days::new(1))? }))
    })
}

/// A time of the day that a line is about; its end is 24:00.
fn clock(at: DateTime<Utc>, zone: Tz, day: Interval) -> String {
    if at == day.end { "24:00".to_owned() } else { at.with_timezone(&zone).format("%H:%M").to_string() }
}

fn print_days(calendar: &Hours, from: NaiveDate) -> Result<(), Failure> {
    let zone = calendar.zone();
    for day in days(zone, from) {
        let (date, day) = day?;
        let open = calendar.open_intervals(day.start, day.end).map_err(Diagnostics::from)?;
        let hours: Vec<String> = open
            .map(|open| format!("{}–{}", clock(open.start, zone, day), clock(open.end, zone, day)))
            .collect();
        let hours = if hours.is_empty() { paint(DIM, "closed") } else { hours.join("  ") };
        outln!("  {}  {hours}", date.format("%a %Y-%m-%d"));
    }
    Ok(())
}

fn print_turns(rota: &Rota, from: NaiveDate) -> Result<(), Failure> {
    let zone = rota.zone();
    for day in days(zone, from) {
        let (date, day) = day?;
        let turns = rota.turns(day.start, day.end).map_err(Diagnostics::from)?;
        let turns: Vec<String> = turns
            .iter()
            .map(|(time, person)| {
                let person = person.map_or_else(|| paint(DIM, "nobody"), str::to_owned);
                format!("{}–{} {person}", clock(time.start, zone, day), clock(time.end, zone, day))
            })
            .collect();
        outln!("  {}  {}", date.format("%a %Y-%m-%d"), turns.join("  "));
    }
    Ok(())
}
