//! Instants: how they are read, and to what they are exact.

use chrono::{DateTime, FixedOffset, Timelike, Utc};

/// An instant as RFC 3339 writes it, `2026-11-20T10:00:00+01:00`, or with an offset without its colon, as several
/// platforms deliver it. `None`, if the text is anything else.
///
/// ```
/// let facebook = svar::time::parse_instant("2026-11-20T10:00:00+0000");
/// assert_eq!(facebook, svar::time::parse_instant("2026-11-20T10:00:00Z"));
/// assert_eq!(svar::time::parse_instant("2026-11-20T10:00:00"), None);
/// ```
pub fn parse_instant(text: &str) -> Option<DateTime<FixedOffset>> {
    let parse = |text: &str| DateTime::parse_from_rfc3339(text).ok();
    parse(text).or_else(|| parse(&with_colon(text)?))
}

/// Whole seconds: what happens within one second happens at once.
pub(crate) fn whole_second(at: DateTime<Utc>) -> DateTime<Utc> {
    at.with_nanosecond(0).unwrap_or(at)
}

/// `+0130` at the end as `+01:30`.
fn with_colon(text: &str) -> Option<String> {
    const OFFSET: usize = "+0130".len();
    let (rest, offset) = text.split_at_checked(text.len().checked_sub(OFFSET)?)?;
    let (sign, digits) = offset.split_at_checked(1)?;
    let (hours, minutes) = digits.split_at_checked(2)?;
    let is_offset = matches!(sign, "+" | "-") && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_offset.then(|| format!("{rest}{sign}{hours}:{minutes}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offset_may_lack_its_colon() {
        for (text, is) in [
            ("2026-11-20T10:00:00+0000", "2026-11-20T10:00:00+00:00"),
            ("2026-11-20T10:00:00.25-0330", "2026-11-20T10:00:00.250-03:30"),
            ("2026-11-20 10:00:00+0100", "2026-11-20T10:00:00+01:00"),
            ("2026-11-20T10:00:00+01:00", "2026-11-20T10:00:00+01:00"),
        ] {
            assert_eq!(parse_instant(text).map(|at| at.to_rfc3339()), Some(is.to_owned()), "{text}");
        }
    }

    #[test]
    fn nothing_else_is_an_instant() {
        for text in [
            "",
            "+0000",
            "2026-11-20",
            "2026-11-20T10:00:00",
            "2026-11-20T10:00:00+01",
            "2026-11-20T10:00:00 0100",
            "2026-11-20T10:00:00+0160",
            "2026-11-20T10:00:00+2500",
            "2026-11-20T10:00:00+01000",
            "2026-11-20T10:00:00+æ00",
            "1795000000",
        ] {
            assert_eq!(parse_instant(text), None, "{text}");
        }
    }
}
