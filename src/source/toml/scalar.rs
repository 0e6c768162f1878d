//! Keys and single values: text, numbers, truth, dates.

use std::borrow::Cow;

use toml_parser::decoder::{Encoding, ScalarKind};
use toml_parser::{ErrorSink, ParseError, Raw};

use super::super::Value;
use super::super::flaws::Flaw;
use super::complaints::Complaints;
use super::quick::is_bare;
use super::spans::parser_span;
use crate::Span;

/// A key without its quotes; `None` if it is none.
pub(super) fn key<'a>(
    text: &'a str,
    span: Span,
    encoding: Option<Encoding>,
    complaints: &Complaints<'_>,
) -> Option<Cow<'a, str>> {
    if span.is_empty() {
        complaints.push(Flaw::new("syntax", span, "a key is missing"));
        return None;
    }
    let written = span.of(text);
    let bare = encoding.is_none() && written.bytes().all(is_bare);
    if let Some(plain) = if bare { Some(written) } else { plain(written, encoding) } {
        return Some(Cow::Borrowed(plain));
    }
    let mut decoded = Cow::Borrowed("");
    let mut sink = Sink { complaints, failed: false };
    raw(text, span, encoding).decode_key(&mut decoded, &mut sink);
    (!sink.failed).then_some(decoded)
}

/// A value. With a flaw there is no document, so it does not matter what stands for a value that is none.
pub(super) fn value<'a>(
    text: &'a str,
    span: Span,
    encoding: Option<Encoding>,
    complaints: &Complaints<'_>,
) -> Value<'a> {
    const NONE: Value<'static> = Value::Boolean(false);
    if span.is_empty() {
        complaints.push(Flaw::new("syntax", span, "a value is missing"));
        return NONE;
    }
    if let Some(plain) = plain(span.of(text), encoding) {
        return Value::String(Cow::Borrowed(plain));
    }
    if let Some(number) = plain_number(span.of(text)).filter(|_| encoding.is_none()) {
        return number;
    }
    let mut decoded = Cow::Borrowed("");
    let mut sink = Sink { complaints, failed: false };
    let kind = raw(text, span, encoding).decode_scalar(&mut decoded, &mut sink);
    if sink.failed {
        return NONE;
    }
    let value = match kind {
        ScalarKind::String => Some(Value::String(decoded)),
        ScalarKind::Boolean(truth) => Some(Value::Boolean(truth)),
        ScalarKind::Integer(_) if decoded.is_empty() => {
            complaints.push(Flaw::new("syntax", span, "a number is missing after its prefix"));
            return NONE;
        }
        ScalarKind::Integer(radix) => i64::from_str_radix(&decoded, radix.value()).ok().map(Value::Integer),
        ScalarKind::Float => {
            // `inf` may be written; a number must not become it.
            let written = !decoded.contains(|c: char| c.is_ascii_digit());
            decoded.parse().ok().filter(|value: &f64| value.is_finite() || written).map(Value::Float)
        }
        ScalarKind::DateTime => {
            if is_date_or_time(span.of(text)) {
                return Value::Datetime(Cow::Borrowed(span.of(text)));
            }
            let message = format!("{} is no date or time", super::super::quoted(span.of(text)));
            let help =
                "write dates as 2026-11-21, times as 09:30 or 09:30:00, both as 2026-11-21T09:30:00+01:00";
            complaints.push(Flaw::new("syntax", span, message).help(help));
            return NONE;
        }
    };
    value.unwrap_or_else(|| {
        complaints.push(Flaw::number(text, span));
        NONE
    })
}

/// What stands between the quotes, if it can be taken as it is. That is so for nearly every string, and to find out is
/// far quicker than to decode.
fn plain(written: &str, encoding: Option<Encoding>) -> Option<&str> {
    let quote = match encoding? {
        Encoding::BasicString => '"',
        Encoding::LiteralString => '\'',
        _ => return None,
    };
    let inner = written.strip_prefix(quote)?.strip_suffix(quote)?;
    // No shortcut out of the loop, so that it takes many bytes at a time.
    let special = |byte: u8| (byte < b' ') | (byte == b'\\') | (byte == 0x7f);
    let any = inner.bytes().fold(false, |any, byte| any | special(byte));
    (!any).then_some(inner)
}

/// A number as nearly all are written: a few digits, perhaps with a minus before and a point among them.
///
/// So many digits and so small a power of ten are exact as floating-point numbers, so that their quotient is the one
/// that is nearest to what is written.
fn plain_number<'a>(written: &str) -> Option<Value<'a>> {
    const MOST: usize = 15;
    const POWERS: [f64; MOST + 1] =
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
    let digits = written.strip_prefix('-').unwrap_or(written).as_bytes();
    let (mut number, mut point) = (0, None);
    for (at, &byte) in digits.iter().enumerate() {
        match byte {
            b'0'..=b'9' => number = number * 10 + i64::from(byte - b'0'),
            b'.' if point.is_none() => point = Some(at),
            _ => return None,
        }
        if at > MOST {
            return None;
        }
    }
    let whole = point.unwrap_or(digits.len());
    if whole == 0
        || whole > 1 && digits.first() == Some(&b'0')
        || point.is_some_and(|at| at + 1 == digits.len())
    {
        return None;
    }
    let negative = digits.len() < written.len();
    Some(match point {
        None => Value::Integer(if negative { -number } else { number }),
        Some(at) => {
            let value = number as f64 / POWERS.get(digits.len() - at - 1)?;
            Value::Float(if negative { -value } else { value })
        }
    })
}

fn raw(text: &str, span: Span, encoding: Option<Encoding>) -> Raw<'_> {
    Raw::new_unchecked(span.of(text), encoding, parser_span(span))
}

struct Sink<'c, 'a> {
    complaints: &'c Complaints<'a>,
    failed: bool,
}

impl ErrorSink for Sink<'_, '_> {
    fn report_error(&mut self, error: ParseError) {
        self.failed = true;
        self.complaints.error(&error);
    }
}

/// Whether this is a date, a time, or a date with a time, as in RFC 3339; seconds may be left out. The parser only
/// says that it looks like one.
fn is_date_or_time(text: &str) -> bool {
    let bytes = text.as_bytes();
    let Some(date) = bytes.get(..10).filter(|date| is_date(date)) else {
        return time(bytes).is_some_and(<[u8]>::is_empty);
    };
    match bytes.get(date.len()..) {
        Some([]) => true,
        Some([b'T' | b't' | b' ', rest @ ..]) => time(rest).is_some_and(|rest| match rest {
            [] | [b'Z' | b'z'] => true,
            [b'+' | b'-', offset @ ..] => offset.len() == 5 && time(offset).is_some_and(<[u8]>::is_empty),
            _ => false,
        }),
        _ => false,
    }
}

fn is_date(text: &[u8]) -> bool {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text else { return false };
    let (Some(century), Some(year)) = (number(y1, y2), number(y3, y4)) else { return false };
    let (Some(month), Some(day)) = (number(m1, m2), number(d1, d2)) else { return false };
    let leap = if year == 0 { century % 4 == 0 } else { year % 4 == 0 };
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

/// What follows the time that stands here.
fn time(text: &[u8]) -> Option<&[u8]> {
    let [h1, h2, b':', m1, m2, rest @ ..] = text else { return None };
    if number(*h1, *h2)? > 23 || number(*m1, *m2)? > 59 {
        return None;
    }
    let [b':', s1, s2, rest @ ..] = rest else { return Some(rest) };
    // A leap second is the sixtieth.
    if number(*s1, *s2)? > 60 {
        return None;
    }
    let [b'.', fraction @ ..] = rest else { return Some(rest) };
    let digits = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if digits == 0 { None } else { fraction.get(digits..) }
}

fn number(tens: u8, ones: u8) -> Option<u8> {
    (tens.is_ascii_digit() && ones.is_ascii_digit()).then(|| (tens - b'0') * 10 + (ones - b'0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_times() {
        for good in [
            "2026-11-21",
            "2024-02-29",
            "2000-02-29",
            "0000-01-31",
            "09:30",
            "23:59:60",
            "00:00:00.123456789012",
            "2026-11-21T09:30",
            "2026-11-21 09:30:00.5",
            "2026-11-21t09:30:00z",
            "2026-11-21T09:30Z",
            "2026-11-21T09:30:00-23:59",
        ] {
            assert!(is_date_or_time(good), "{good}");
        }
        for bad in [
            "2026-02-29",
            "1900-02-29",
            "2026-13-01",
            "2026-00-01",
            "2026-04-31",
            "2026-11-00",
            "26-11-21",
            "2026-11-2",
            "2026-11-21T",
            "2026-11-21  09:30",
            "2026-11-2109:30",
            "24:00",
            "09:60",
            "9:30",
            "09:30:",
            "09:30:61",
            "09:30:00.",
            "09:30Z",
            "2026-11-21T09:30+1:00",
            "2026-11-21T09:30+01:00:00",
            "2026-11-21T09:30+24:00",
            "2026-11-21T09:30ZZ",
            "2026-11-21Z",
        ] {
            assert!(!is_date_or_time(bad), "{bad}");
        }
    }

    #[test]
    fn plain_numbers_are_those_of_the_standard_library() {
        for written in ["0", "-0", "7", "-42", "999999999999999", "1234567890123456"] {
            match plain_number(written) {
                Some(Value::Integer(number)) => assert_eq!(Ok(number), written.parse()),
                other => assert!(other.is_none() && written.len() > 15, "{written}: {other:?}"),
            }
        }
        let mut dice = 7u64;
        for round in 0..20_000 {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let (whole, fraction) = (dice >> 44, (dice >> 8) % 10u64.pow(1 + round % 9));
            let written = format!("{}{whole}.{fraction}", if round % 2 == 0 { "-" } else { "" });
            if let Some(Value::Float(number)) = plain_number(&written) {
                assert_eq!(number.to_bits(), written.parse::<f64>().unwrap().to_bits(), "{written}");
            }
        }
        assert!(matches!(plain_number("-0.0"), Some(Value::Float(zero)) if zero.is_sign_negative()));
        for none in
            ["", "-", ".", "1.", ".5", "01", "00.1", "1.2.3", "+1", "1_0", "--1", "1e3", "0.1234567890123456"]
        {
            assert!(plain_number(none).is_none(), "{none}");
        }
    }

    #[test]
    fn text_is_borrowed_where_it_can_be() {
        for (written, borrowed) in
            [("\"å b\"", true), ("'a'", true), ("\"\"", true), ("'a\\b'", true), ("\"a\\tb\"", false)]
        {
            let complaints = Complaints::new(written);
            let encoding =
                if written.starts_with('"') { Encoding::BasicString } else { Encoding::LiteralString };
            let value = value(written, Span::new(0, written.len()), Some(encoding), &complaints);
            let Value::String(text) = value else { panic!("{value:?}") };
            assert_eq!(matches!(text, Cow::Borrowed(_)), borrowed, "{written}");
            assert!(complaints.into_flaws().list.is_empty());
        }
    }
}
