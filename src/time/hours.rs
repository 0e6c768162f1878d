//! Hours as documents write them: `09:00-17:00`, `22:00-06:00`, `00:00-24:00`.

use crate::source::{Diagnostic, Field, quoted};

use super::table::Piece;
use super::zone::DAY;

/// Reads one stretch of hours, in seconds since the midnight before; what goes on after midnight ends beyond a day.
pub(super) fn read(field: Field<'_, '_>) -> Option<Piece> {
    let text = field.string()?;
    let (message, help) = match parse(text) {
        Ok(hours) => return Some(hours),
        Err(Wrong::Written) => (
            format!("{} are no hours", quoted(text)),
            "write two times of day, such as `09:00-17:00`, `22:00-06:00` or `08:00-24:00`",
        ),
        Err(Wrong::Time(time)) => {
            (format!("{} is no time of day", quoted(time)), "hours go up to 24:00, minutes and seconds to 59")
        }
        Err(Wrong::Begin) => (
            format!("{} begins at the end of the day", quoted(text)),
            "what begins at midnight begins at `00:00`; 24:00 can only be an end",
        ),
        Err(Wrong::Empty) => {
            (format!("{} is empty", quoted(text)), "around the clock is `00:00-24:00`; a closed day is `[]`")
        }
    };
    field.report(Diagnostic::error("hours", message).with_help(help));
    None
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wrong<'t> {
    Written,
    Time(&'t str),
    Begin,
    Empty,
}

fn parse(text: &str) -> Result<Piece, Wrong<'_>> {
    let (from, to) = text.split_once('-').ok_or(Wrong::Written)?;
    let (start, end) = (time(from)?, time(to)?);
    match end {
        _ if start == DAY => Err(Wrong::Begin),
        _ if end == start => Err(Wrong::Empty),
        _ if end < start => Ok((start, end + DAY)),
        _ => Ok((start, end)),
    }
}

/// Seconds since midnight.
fn time(text: &str) -> Result<i64, Wrong<'_>> {
    let mut parts = text.split(':').map(two_digits);
    let (Some(Some(hours)), Some(Some(minutes)), seconds, None) =
        (parts.next(), parts.next(), parts.next().unwrap_or(Some(0)), parts.next())
    else {
        return Err(Wrong::Written);
    };
    let seconds = seconds.ok_or(Wrong::Written)?;
    let time = hours * 3600 + minutes * 60 + seconds;
    if minutes > 59 || seconds > 59 || time > DAY { Err(Wrong::Time(text)) } else { Ok(time) }
}

fn two_digits(text: &str) -> Option<i64> {
    let digits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

/// Reads a time of day, `00:00` to `23:59:59`, in seconds since midnight.
pub(super) fn read_time(field: Field<'_, '_>) -> Option<i64> {
    let text = field.datetime()?;
    let found = time(text).ok().filter(|&time| time < DAY);
    if found.is_none() {
        let message = format!("{} is no time of day", quoted(text));
        field.report(Diagnostic::error("hours", message).with_help("write it such as `08:00`"));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_of_all_kinds() {
        let hour = 3600;
        for (text, hours) in [
            ("09:00-17:00", (9 * hour, 17 * hour)),
            ("09:00:01-17:00:59", (9 * hour + 1, 17 * hour + 59)),
            ("00:00-24:00", (0, 24 * hour)),
            ("16:00-24:00", (16 * hour, 24 * hour)),
            ("16:00-00:00", (16 * hour, 24 * hour)),
            ("22:00-06:00", (22 * hour, 30 * hour)),
            ("23:59:59-23:59:58", (DAY - 1, 2 * DAY - 2)),
        ] {
            assert_eq!(parse(text), Ok(hours), "{text}");
        }
    }

    #[test]
    fn what_are_no_hours() {
        for (text, wrong) in [
            ("09:61-17:00", Wrong::Time("09:61")),
            ("09:00-25:00", Wrong::Time("25:00")),
            ("09:00-24:01", Wrong::Time("24:01")),
            ("09:00-17:00:60", Wrong::Time("17:00:60")),
            ("24:00-06:00", Wrong::Begin),
            ("09:00-09:00", Wrong::Empty),
            ("00:00-00:00", Wrong::Empty),
            ("", Wrong::Written),
            ("09:00", Wrong::Written),
            ("9:00-17:00", Wrong::Written),
            ("09:00–17:00", Wrong::Written),
            ("09:00 - 17:00", Wrong::Written),
            ("09:00-17:00-18:00", Wrong::Written),
            ("09:00:00:00-17:00", Wrong::Written),
            ("٠٩:00-17:00", Wrong::Written),
            ("+9:00-17:00", Wrong::Written),
        ] {
            assert_eq!(parse(text), Err(wrong), "{text}");
        }
    }
}
