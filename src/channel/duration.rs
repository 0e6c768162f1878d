//! Durations as documents write them: `30s`, `15m`, `24h`, `7d`: a whole number and a unit. A bare number is refused:
//! nobody can see whether it means seconds or minutes.
//!
//! A day is 24 hours here, whatever the calendar says.

use chrono::TimeDelta;
use serde::Serializer;

use crate::source::{Diagnostic, Field, Value, quoted};

/// Nobody counts in longer times.
pub(crate) const LONGEST: TimeDelta = TimeDelta::days(3650);

/// Reads a duration, which is longer than nothing.
pub(crate) fn read(field: Field<'_, '_>) -> Option<TimeDelta> {
    let (duration, written) = match &field.node()?.value {
        Value::Integer(number) => (None, number.to_string()),
        Value::String(text) => (parse(text), text.to_string()),
        _ => return field.wrong_type("a duration"),
    };
    if duration.is_none() {
        let message = format!("{} is not a duration", quoted(&written));
        let help = "write a whole number and a unit, such as `30s`, `15m`, `24h` or `7d`: a second at least, ten years at most";
        field.report(Diagnostic::error("duration", message).with_help(help));
    }
    duration
}

fn is_sane(duration: &TimeDelta) -> bool {
    (TimeDelta::seconds(1)..=LONGEST).contains(duration)
}

/// A duration in the notation of documents, if it is one: `30s`, `15m`, `24h`, `7d`, a second at least and ten years at
/// most. A day is 24 hours.
pub fn parse(text: &str) -> Option<TimeDelta> {
    let unit = text.chars().next_back()?;
    let digits = text.strip_suffix(unit)?;
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let count: i64 = digits.parse().ok()?;
    let duration = match unit {
        's' => TimeDelta::try_seconds(count),
        'm' => TimeDelta::try_minutes(count),
        'h' => TimeDelta::try_hours(count),
        'd' => TimeDelta::try_days(count),
        _ => None,
    };
    duration.filter(is_sane)
}

/// The duration in the largest unit that fits; up to two days in hours, as people say it.
pub(crate) fn written(duration: TimeDelta) -> String {
    let (seconds, minutes) = (duration.num_seconds(), duration.num_minutes());
    if seconds % 60 != 0 {
        return format!("{seconds}s");
    }
    match (minutes % 60, minutes / 60) {
        (0, hours) if hours % 24 == 0 && hours > 48 => format!("{}d", hours / 24),
        (0, hours) => format!("{hours}h"),
        _ => format!("{minutes}m"),
    }
}

pub(super) fn serialize<S: Serializer>(duration: &TimeDelta, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&written(*duration))
}

/// The same for what may be left out.
pub(super) mod optional {
    use super::{Serializer, TimeDelta, serialize as some};

    pub(in crate::channel) fn serialize<S: Serializer>(
        duration: &Option<TimeDelta>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match duration {
            Some(duration) => some(duration, serializer),
            None => serializer.serialize_none(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn minutes_hours_and_days() {
        assert_eq!(parse("30s"), Some(TimeDelta::seconds(30)));
        assert_eq!(parse("15m"), Some(TimeDelta::minutes(15)));
        assert_eq!(parse("24h"), Some(TimeDelta::hours(24)));
        assert_eq!(parse("7d"), Some(TimeDelta::days(7)));
        assert_eq!(parse("3650d"), Some(LONGEST));
        for wrong in [
            "",
            "m",
            "7",
            "7w",
            "0m",
            "-1d",
            "+1d",
            "1.5h",
            " 1d",
            "1d ",
            "3651d",
            "9223372036854775807d",
            "٣d",
            "1д",
        ] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn it_is_written_as_people_say_it() {
        let again = |text: &str| parse(text).map(written);
        for text in ["30s", "90s", "15m", "90m", "1h", "24h", "36h", "48h", "3d", "7d"] {
            assert_eq!(again(text).as_deref(), Some(text));
        }
        assert_eq!(again("60m").as_deref(), Some("1h"));
        assert_eq!(again("1d").as_deref(), Some("24h"));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(seconds in 1i64..=3650 * 24 * 60 * 60) {
            let duration = TimeDelta::seconds(seconds);
            prop_assert_eq!(parse(&written(duration)), Some(duration));
        }

        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,20}") {
            parse(&text);
        }
    }
}
