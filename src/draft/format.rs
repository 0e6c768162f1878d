//! How a language writes amounts, dates, times and durations: `[language.XX.format]`.
//!
//! ```toml
//! [language.en.format]
//! money    = { decimal = ".", group = ",", other = "{code} {n}", GBP = "£{n}", EUR = "€{n}" }
//! months   = ["January", "February"]                      # and so on, twelve of them
//! weekdays = ["Monday", "Tuesday"]                        # seven; `weekdays_by` where they differ after “by”
//! date     = { plain = "{day} {month}", year = "{day} {month} {year}", on = "on {weekday} {date}", by = "by {weekday} {date}" }
//! time     = { plain = "{hour}:{minute}", at = "at {time}", by = "by {time}" }
//! deadline = { on = "{on} {at}", by = "by {time} {on}", today_on = "today {at}", today_by = "by {time} today",
//!              tomorrow_on = "tomorrow {at}", tomorrow_by = "by {time} tomorrow" }
//! duration = { minutes = ["{n} minute", "{n} minutes"], hours = ["{n} hour", "{n} hours"], days = ["{n} day", "{n} days"] }
//! within   = { minutes = ["within {n} minute", "within {n} minutes"], hours = [], days = [] }
//! ```
//!
//! A count has two forms, for one and for more, or three: for one, for two to four (but not twelve to fourteen), and
//! for more, as Polish has them.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveTime, TimeDelta, Timelike};

use super::ready::{Ready, local_day};
use super::slot::{Form, SlotType};
use crate::money::Money;
use crate::source::{Diagnostic, Field, TableReader, quoted};

/// Words with keys in braces, to be filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Pattern(Box<[Part]>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(Box<str>),
    Key(&'static str),
}

impl Pattern {
    fn read(field: Field<'_, '_>, keys: &[&'static str]) -> Option<Pattern> {
        let text = field.string()?;
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((key, after)) = after.split_once('}') else {
                field.error("format", format!("{}: a `{{` that is not closed", quoted(text)));
                return None;
            };
            let Some(key) = keys.iter().find(|known| **known == key) else {
                let known: Vec<_> = keys.iter().map(|key| format!("`{{{key}}}`")).collect();
                let message = format!("{}: there is nothing called {} here", quoted(text), quoted(key));
                let help = format!("there are {}", known.join(", "));
                field.report(Diagnostic::error("format", message).with_help(help));
                return None;
            };
            if !before.is_empty() {
                parts.push(Part::Text(before.into()));
            }
            parts.push(Part::Key(key));
            rest = after;
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.into()));
        }
        Some(Pattern(parts.into()))
    }

    fn fill(&self, value: impl Fn(&str) -> String) -> String {
        let parts = self.0.iter().map(|part| match part {
            Part::Text(text) => text.to_string(),
            Part::Key(key) => value(key),
        });
        parts.collect()
    }
}

#[derive(Clone, Debug)]
struct MoneyFormat {
    decimal: Box<str>,
    group: Box<str>,
    other: Pattern,
    by_code: BTreeMap<Box<str>, Pattern>,
}

#[derive(Clone, Debug)]
struct DateFormat {
    months: Box<[Box<str>]>,
    weekdays: Box<[Box<str>]>,
    weekdays_by: Box<[Box<str>]>,
    plain: Pattern,
    year: Pattern,
    on: Pattern,
    by: Pattern,
}

#[derive(Clone, Debug)]
struct TimeFormat {
    plain: Pattern,
    at: Pattern,
    by: Pattern,
}

#[derive(Clone, Debug)]
struct DeadlineFormat {
    on: Pattern,
    by: Pattern,
    today_on: Pattern,
    today_by: Pattern,
    tomorrow_on: Pattern,
    tomorrow_by: Pattern,
}

/// For each unit the forms of its count: one and more, or one, few and many.
#[derive(Clone, Debug)]
struct CountFormat {
    minutes: Box<[Pattern]>,
    hours: Box<[Pattern]>,
    days: Box<[Pattern]>,
}

/// How one language writes.
#[derive(Clone, Debug, Default)]
pub(crate) struct LanguageFormat {
    money: Option<MoneyFormat>,
    date: Option<DateFormat>,
    time: Option<TimeFormat>,
    deadline: Option<DeadlineFormat>,
    duration: Option<CountFormat>,
    within: Option<CountFormat>,
}

impl LanguageFormat {
    pub(super) fn read(table: TableReader<'_, '_>) -> LanguageFormat {
        let months = list(table.get("months"), 12);
        let weekdays = list(table.get("weekdays"), 7);
        let weekdays_by = list(table.get("weekdays_by"), 7).or_else(|| weekdays.clone());
        let format = LanguageFormat {
            money: table.get("money").table().and_then(MoneyFormat::read),
            date: table.get("date").table().and_then(|table| {
                let (plain, year) = (["day", "month"], ["day", "month", "year"]);
                let words = ["weekday", "date"];
                let patterns = (
                    Pattern::read(table.need("plain"), &plain),
                    Pattern::read(table.need("year"), &year),
                    Pattern::read(table.need("on"), &words),
                    Pattern::read(table.need("by"), &words),
                );
                table.finish();
                Some(DateFormat {
                    months: months?,
                    weekdays: weekdays?,
                    weekdays_by: weekdays_by?,
                    plain: patterns.0?,
                    year: patterns.1?,
                    on: patterns.2?,
                    by: patterns.3?,
                })
            }),
            time: table.get("time").table().and_then(|table| {
                let plain = Pattern::read(table.need("plain"), &["hour", "minute"]);
                let at = Pattern::read(table.need("at"), &["time"]);
                let by = Pattern::read(table.need("by"), &["time"]);
                table.finish();
                Some(TimeFormat { plain: plain?, at: at?, by: by? })
            }),
            deadline: table.get("deadline").table().and_then(|table| {
                let read =
                    |key| Pattern::read(table.need(key), &["on", "by", "at", "time", "date", "weekday"]);
                let deadline = DeadlineFormat {
                    on: read("on")?,
                    by: read("by")?,
                    today_on: read("today_on")?,
                    today_by: read("today_by")?,
                    tomorrow_on: read("tomorrow_on")?,
                    tomorrow_by: read("tomorrow_by")?,
                };
                table.finish();
                Some(deadline)
            }),
            duration: table.get("duration").table().and_then(CountFormat::read),
            within: table.get("within").table().and_then(CountFormat::read),
        };
        table.finish();
        format
    }

    /// Whether values of a type can be written.
    pub(super) fn knows(&self, kind: SlotType) -> bool {
        match kind {
            SlotType::Money => self.money.is_some(),
            SlotType::Date => self.date.is_some(),
            SlotType::Time => self.time.is_some(),
            SlotType::Duration => self.duration.is_some() && self.within.is_some(),
            SlotType::Deadline => self.deadline.is_some() && self.date.is_some() && self.time.is_some(),
            _ => true,
        }
    }

    /// The value in words, if the language knows how.
    pub(super) fn write(
        &self,
        value: &Ready,
        form: Form,
        now: Option<DateTime<FixedOffset>>,
    ) -> Option<String> {
        match value {
            Ready::Words(words) if form == Form::First => words.split(' ').next().map(str::to_owned),
            Ready::Words(words) => Some(words.clone()),
            Ready::Money(money) => Some(self.money.as_ref()?.write(money)),
            Ready::Date(date) => self.date.as_ref()?.write(*date, form, now),
            Ready::Time(time) => {
                let format = self.time.as_ref()?;
                Some(format.write(*time, form))
            }
            Ready::Duration(duration) => match form {
                Form::Within => self.within.as_ref()?.write(*duration),
                _ => self.duration.as_ref()?.write(*duration),
            },
            Ready::Instant(at) => self.deadline(*at, form, now),
        }
    }

    fn deadline(
        &self,
        at: DateTime<FixedOffset>,
        form: Form,
        now: Option<DateTime<FixedOffset>>,
    ) -> Option<String> {
        let (deadline, dates, times) = (self.deadline.as_ref()?, self.date.as_ref()?, self.time.as_ref()?);
        let day = local_day(at, at.offset())?;
        let today = now.and_then(|now| local_day(now, at.offset()));
        let away = today.map(|today| (day - today).num_days());
        let pattern = match (away, form) {
            (Some(0), Form::By) => &deadline.today_by,
            (Some(0), _) => &deadline.today_on,
            (Some(1), Form::By) => &deadline.tomorrow_by,
            (Some(1), _) => &deadline.tomorrow_on,
            (_, Form::By) => &deadline.by,
            _ => &deadline.on,
        };
        let time = at.time();
        Some(pattern.fill(|key| match key {
            "on" => dates.write(day, Form::On, now).unwrap_or_default(),
            "by" => dates.write(day, Form::By, now).unwrap_or_default(),
            "date" => dates.write(day, Form::Plain, now).unwrap_or_default(),
            "weekday" => dates.weekday(day, form).unwrap_or_default().to_owned(),
            "at" => times.write(time, Form::At),
            _ => times.write(time, Form::Plain),
        }))
    }
}

fn list(field: Field<'_, '_>, count: usize) -> Option<Box<[Box<str>]>> {
    let words = field.string_list()?;
    if words.len() != count {
        field.error("format", format!("there are {} of them, not {count}", words.len()));
        return None;
    }
    Some(words.into_iter().map(Box::from).collect())
}

impl MoneyFormat {
    fn read(table: TableReader<'_, '_>) -> Option<MoneyFormat> {
        let decimal = table.need("decimal").string().map(Box::from);
        let group = table.need("group").string().map(Box::from);
        let other = Pattern::read(table.need("other"), &["n", "code"]);
        let mut by_code = BTreeMap::new();
        for (entry, field) in table.rest() {
            let code = &*entry.key.text;
            if code.len() != 3 || !code.bytes().all(|byte| byte.is_ascii_uppercase()) {
                field.error("format", format!("{} is no ISO 4217 code", quoted(code)));
            } else if let Some(pattern) = Pattern::read(field, &["n", "code"]) {
                by_code.insert(code.into(), pattern);
            }
        }
        table.finish();
        Some(MoneyFormat { decimal: decimal?, group: group?, other: other?, by_code })
    }

    /// Whole amounts have no decimals, others all of their currency's.
    fn write(&self, money: &Money) -> String {
        let (amount, code) = (money.amount(), money.currency().code());
        let (whole, decimals) = amount.split_once('.').unwrap_or((&amount, ""));
        let whole = match whole.trim_start_matches('0') {
            "" => "0",
            digits => digits,
        };
        let mut n = String::new();
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at) % 3 == 0 {
                n.push_str(&self.group);
            }
            n.push(digit);
        }
        if decimals.contains(|digit| digit != '0') {
            n.push_str(&self.decimal);
            n.push_str(decimals);
        }
        let pattern = self.by_code.get(code).unwrap_or(&self.other);
        pattern.fill(|key| if key == "n" { n.clone() } else { code.to_owned() })
    }
}

impl DateFormat {
    fn weekday(&self, date: NaiveDate, form: Form) -> Option<&str> {
        let names = if form == Form::By { &self.weekdays_by } else { &self.weekdays };
        names.get(date.weekday().num_days_from_monday() as usize).map(|name| &**name)
    }

    fn write(&self, date: NaiveDate, form: Form, now: Option<DateTime<FixedOffset>>) -> Option<String> {
        // The year is said where it is not this one.
        let other_year = now.is_some_and(|now| now.year() != date.year());
        let pattern = if other_year { &self.year } else { &self.plain };
        let month = self.months.get(date.month0() as usize)?;
        let plain = pattern.fill(|key| match key {
            "day" => date.day().to_string(),
            "month" => month.to_string(),
            _ => date.year().to_string(),
        });
        let around = match form {
            Form::On => &self.on,
            Form::By => &self.by,
            _ => return Some(plain),
        };
        let weekday = self.weekday(date, form)?;
        Some(around.fill(|key| if key == "weekday" { weekday.to_owned() } else { plain.clone() }))
    }
}

impl TimeFormat {
    fn write(&self, time: NaiveTime, form: Form) -> String {
        let plain = self.plain.fill(|key| match key {
            "hour" => time.hour().to_string(),
            _ => format!("{:02}", time.minute()),
        });
        match form {
            Form::At => self.at.fill(|_| plain.clone()),
            Form::By => self.by.fill(|_| plain.clone()),
            _ => plain,
        }
    }
}

impl CountFormat {
    fn read(table: TableReader<'_, '_>) -> Option<CountFormat> {
        let read = |key| {
            let field = table.need(key);
            let forms: Vec<_> = field.array()?.map(|field| Pattern::read(field, &["n"])).collect();
            if !(2..=3).contains(&forms.len()) {
                field.error("format", "a count has two forms, or three");
                return None;
            }
            forms.into_iter().collect::<Option<Box<[_]>>>()
        };
        let counts = (read("minutes"), read("hours"), read("days"));
        table.finish();
        Some(CountFormat { minutes: counts.0?, hours: counts.1?, days: counts.2? })
    }

    /// In days from two days on, in hours from an hour on, as people say it: 24 hours, 36 hours, 3 days.
    fn write(&self, duration: TimeDelta) -> Option<String> {
        let minutes = duration.num_minutes();
        let (count, forms) = if minutes % 1440 == 0 && minutes >= 2880 {
            (minutes / 1440, &self.days)
        } else if minutes % 60 == 0 {
            (minutes / 60, &self.hours)
        } else {
            (minutes, &self.minutes)
        };
        let few = (2..=4).contains(&(count % 10)) && !(12..=14).contains(&(count % 100));
        let form = match (count, forms.len()) {
            (1, _) => 0,
            (_, 3) if !few => 2,
            _ => 1,
        };
        Some(forms.get(form)?.fill(|_| count.to_string()))
    }
}
