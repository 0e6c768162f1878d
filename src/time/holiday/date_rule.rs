//! The notation of the date on which a holiday falls.

use chrono::{Datelike, NaiveDate};

use super::easter::easter;
use crate::time::day::{WEEKDAYS, date, day_number};
use crate::time::zone::weekday;

/// When a holiday falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateRule {
    /// `12-25`
    Yearly(MonthDay),
    /// `2023-05-08`
    Once(i32),
    /// `easter`, `easter-2`, `easter+39`: so many days from Easter Sunday.
    Easter(i32),
    /// `1st mon of 05`
    Nth { nth: i32, weekday: usize, month: u32 },
    /// `last mon of 08`
    Last { weekday: usize, month: u32 },
    /// `sat from 06-20`: the first such weekday on or after a date.
    From { weekday: usize, start: MonthDay },
    /// `wed before 11-23`: the last such weekday before a date.
    Before { weekday: usize, end: MonthDay },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct MonthDay {
    month: u32,
    day: u32,
}

impl MonthDay {
    /// A day that every year has.
    fn parse(text: &str) -> Option<MonthDay> {
        let (month, day) = text.split_once('-')?;
        let found = MonthDay { month: two_digits(month)?, day: two_digits(day)? };
        // 2001 is no leap year.
        found.in_year(2001).map(|_| found)
    }

    fn in_year(self, year: i32) -> Option<i32> {
        NaiveDate::from_ymd_opt(year, self.month, self.day).map(day_number)
    }
}

fn two_digits(text: &str) -> Option<u32> {
    let digits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

impl DateRule {
    pub(super) fn parse(text: &str) -> Option<DateRule> {
        if let Some(days) = text.strip_prefix("easter") {
            let signed = days.starts_with(['+', '-']) && days.len() <= 4;
            return match days {
                "" => Some(DateRule::Easter(0)),
                _ if signed => days.parse().ok().map(DateRule::Easter),
                _ => None,
            };
        }
        let words: Vec<&str> = text.split(' ').collect();
        let weekday =
            |name: &str| WEEKDAYS.iter().find(|(known, _)| *known == name).map(|(_, number)| *number);
        let month = |text: &str| two_digits(text).filter(|month| (1..=12).contains(month));
        match *words.as_slice() {
            [day] if day.len() == 10 => day.parse().ok().map(|date| DateRule::Once(day_number(date))),
            [day] => MonthDay::parse(day).map(DateRule::Yearly),
            ["last", day, "of", of] => Some(DateRule::Last { weekday: weekday(day)?, month: month(of)? }),
            [nth, day, "of", of] => {
                let nth = ["1st", "2nd", "3rd", "4th"].into_iter().zip(0..).find(|(word, _)| *word == nth)?.1;
                Some(DateRule::Nth { nth, weekday: weekday(day)?, month: month(of)? })
            }
            [day, "from", start] => {
                Some(DateRule::From { weekday: weekday(day)?, start: MonthDay::parse(start)? })
            }
            [day, "before", end] => {
                Some(DateRule::Before { weekday: weekday(day)?, end: MonthDay::parse(end)? })
            }
            _ => None,
        }
    }

    /// The day on which it falls in a year.
    pub(super) fn in_year(self, year: i32) -> Option<i32> {
        match self {
            DateRule::Yearly(day) => day.in_year(year),
            DateRule::Once(day) => Some(day).filter(|&day| date(day).year() == year),
            DateRule::Easter(days) => Some(easter(year)? + days),
            DateRule::Nth { nth, weekday, month } => {
                Some(on_or_after(weekday, MonthDay { month, day: 1 }.in_year(year)?) + 7 * nth)
            }
            DateRule::Last { weekday, month } => {
                let (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
                Some(on_or_after(weekday, MonthDay { month, day: 1 }.in_year(year)?) - 7)
            }
            DateRule::From { weekday, start } => Some(on_or_after(weekday, start.in_year(year)?)),
            DateRule::Before { weekday, end } => Some(on_or_after(weekday, end.in_year(year)?) - 7),
        }
    }
}

fn on_or_after(wanted: usize, day: i32) -> i32 {
    (day..day + 7).find(|&day| weekday(day) == wanted).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(text: &str, year: i32) -> Option<String> {
        DateRule::parse(text)
            .unwrap_or_else(|| panic!("{text}"))
            .in_year(year)
            .map(|day| date(day).to_string())
    }

    #[test]
    fn each_notation_falls_where_it_says() {
        for (text, year, expected) in [
            ("12-25", 2026, "2026-12-25"),
            ("2023-05-08", 2023, "2023-05-08"),
            ("easter", 2026, "2026-04-05"),
            ("easter-2", 2026, "2026-04-03"),
            ("easter+39", 2026, "2026-05-14"),
            ("1st mon of 05", 2026, "2026-05-04"),
            ("2nd mon of 06", 2026, "2026-06-08"),
            ("1st mon of 06", 2026, "2026-06-01"),
            ("last mon of 08", 2026, "2026-08-31"),
            ("last mon of 12", 2026, "2026-12-28"),
            ("sat from 06-20", 2026, "2026-06-20"),
            ("sat from 06-20", 2027, "2027-06-26"),
            ("wed before 11-23", 2026, "2026-11-18"),
            ("wed before 11-23", 2022, "2022-11-16"),
        ] {
            assert_eq!(on(text, year).as_deref(), Some(expected), "{text} {year}");
        }
        assert_eq!(on("2023-05-08", 2024), None);
    }

    #[test]
    fn what_is_no_notation() {
        for text in [
            "",
            "25-12",
            "12-32",
            "02-29",
            "12-5",
            "easter2",
            "easter+",
            "easter+99999",
            "5th mon of 05",
            "1st monday of 05",
            "1st mon of 13",
            "mon from",
            "2023-13-01",
            "sat  from 06-20",
            "Easter",
        ] {
            assert_eq!(DateRule::parse(text), None, "{text}");
        }
    }
}
