//! Telephone numbers, as people in Norway, Denmark, Sweden, Poland, Germany, Britain and America write them, and any
//! number with a country code.
//!
//! A run of eight or nine digits alone is as often an order number, so a national number must be grouped the way
//! phone numbers are, or begin with the trunk 0 of its country's mobiles. Beginnings and lengths follow the national
//! numbering plans, kept rather too wide than too narrow: plans change, and a number missed is worse than one too many.

use super::chain::{Chain, Group, Sep};
use super::checks;

/// The end of the phone number that begins with the group at `at`.
pub(super) fn find(text: &str, chain: &Chain, at: usize) -> Option<usize> {
    let group = chain.group(at)?;
    if chain.in_link || (at == 0 && chain.of_id) {
        return None;
    }
    if group.plus {
        return international(chain, at, 0);
    }
    if !chain.is_free_before(at) {
        return None;
    }
    if let [0, 0, 1..=9, ..] = chain.digits(at, chain.len().min(at + 2)) {
        return international(chain, at, 2);
    }
    let end = with_code(chain, at)
        .or_else(|| norwegian_or_danish(chain, at))
        .or_else(|| polish(chain, at))
        .or_else(|| trunk(chain, at))
        .or_else(|| mobile_in_one_run(chain, at))
        .or_else(|| north_american(chain, at))?;
    (chain.is_free_after(end) && !is_amount(text, chain, at, end)).then_some(end)
}

/// A number with a country code after `+` or, with `skip` digits to leave out, after `00`.
///
/// The longest run of groups that the country's numbers can have; a `(0)` and a trunk 0 do not count.
fn international(chain: &Chain, at: usize, skip: usize) -> Option<usize> {
    let digits = chain.digits(at, chain.len().min(at + MOST_GROUPS));
    let code_length = code_length(digits.get(skip..)?)?;
    let national_at = skip + code_length;
    let (fewest, most) = national_lengths(checks::part(digits, skip, code_length));
    let mut trunk = 0;
    match (digits.get(national_at)?, digits.get(national_at + 1)?) {
        // Italian numbers keep their 0; `+20 000 000` is a sum.
        (0, _) if digits.get(skip..national_at) == Some(&[3, 9]) => {}
        (0, 0) => return None,
        (0, _) => trunk = 1,
        _ => {}
    }
    let american = code_length == 1 && digits.get(skip) == Some(&1);
    if american && digits.get(national_at + trunk).is_none_or(|&digit| digit < 2) {
        return None;
    }
    let mut best = None;
    let mut count = 0;
    for (place, group) in chain.groups(at, at + MOST_GROUPS).iter().enumerate() {
        if place > 0 && matches!(group.before, Some(Sep::Wide | Sep::Plus)) {
            break;
        }
        count += group.len;
        let Some(national) = count.checked_sub(national_at + trunk) else { continue };
        if national > most {
            break;
        }
        let end = at + place + 1;
        if national >= fewest && chain.is_free_after(end) {
            best = Some(end);
        }
    }
    best
}

/// No phone number is written in more groups than this.
const MOST_GROUPS: usize = 10;

/// How many digits the country code at the beginning of `digits` has.
fn code_length(digits: &[u8]) -> Option<usize> {
    let (&first, &second) = (digits.first()?, digits.get(1)?);
    match (first, second) {
        (1 | 7, _) => Some(1),
        (2, 0 | 7) | (3, 0..=4 | 6 | 9) | (4, 0 | 1 | 3..=9) => Some(2),
        (5, 1..=8) | (6, 0..=6) | (8, 1 | 2 | 4 | 6) | (9, 0..=5 | 8) => Some(2),
        (2, 1..=6 | 9) | (3, 5 | 7 | 8) | (4, 2) | (5, 0 | 9) | (6, 7..=9) => Some(3),
        (8, 0 | 5 | 7 | 8) | (9, 6 | 7 | 9) => Some(3),
        _ => None,
    }
}

/// The fewest and most digits after the country code.
fn national_lengths(code: u32) -> (usize, usize) {
    match code {
        45 | 47 => (8, 8),
        1 | 7 => (10, 10),
        33 | 34 | 41 | 48 => (9, 9),
        44 => (9, 10),
        46 => (7, 10),
        _ => (6, 12),
    }
}

/// `47 22 12 34 56`: the country code without its plus.
fn with_code(chain: &Chain, at: usize) -> Option<usize> {
    chain.shaped(at, &[2])?;
    if !matches!(chain.digits(at, at + 1), [4, 5 | 7]) {
        return None;
    }
    let pairs = chain.shaped(at + 1, PAIRS).filter(|&end| !in_list(chain, at, end));
    pairs
        .or_else(|| chain.shaped(at + 1, MOBILE))
        .filter(|&end| chain.evenly(at, end, GROUPING) && opens(chain, at + 1))
}

const PAIRS: &[usize] = &[2, 2, 2, 2];
const MOBILE: &[usize] = &[3, 2, 3];
const GROUPING: &[Sep] = &[Sep::Space, Sep::Hyphen];

/// Norwegian and Danish subscriber numbers begin with 2 to 9.
fn opens(chain: &Chain, at: usize) -> bool {
    chain.digits(at, at + 1).first().is_some_and(|&digit| digit >= 2)
}

/// `22 12 34 56` and `412 34 567`.
fn norwegian_or_danish(chain: &Chain, at: usize) -> Option<usize> {
    let pairs = chain.shaped(at, PAIRS).filter(|&end| !in_list(chain, at, end));
    pairs
        .or_else(|| chain.shaped(at, MOBILE))
        .filter(|&end| chain.evenly(at, end, GROUPING) && opens(chain, at))
}

/// Whether four pairs are sizes, ages or lottery numbers: they rise in even steps, or rise and go on with more pairs.
fn in_list(chain: &Chain, at: usize, end: usize) -> bool {
    let value = |place: usize| checks::number(chain.digits(place, place + 1));
    let steps =
        || (at + 1..end).map(|place| value(place).checked_sub(value(place - 1)).filter(|&step| step > 0));
    let rising = steps().all(|step| step.is_some());
    let even = steps().all(|step| step == steps().next().flatten());
    let pair = |place: Option<usize>| place.and_then(|place| chain.shaped(place, &[2])).is_some();
    rising && (even || pair(at.checked_sub(1)) || pair(Some(end)))
}

/// `501 234 567`, `22 123 45 67` and `(22) 123 45 67`.
fn polish(chain: &Chain, at: usize) -> Option<usize> {
    let beginning = checks::part(chain.digits(at, at + 1), 0, 2);
    if let Some(end) = chain.shaped(at, &[3, 3, 3]) {
        let mobile = matches!(beginning, 45 | 50 | 51 | 53 | 57 | 60 | 66 | 69 | 72 | 73 | 78 | 79 | 88);
        let round = checks::part(chain.digits(at, end), 3, 6) == 0;
        return (mobile && !round && chain.evenly(at, end, GROUPING)).then_some(end);
    }
    let geographic = matches!(beginning, 12..=18 | 22..=25 | 29 | 32..=34 | 41..=44 | 46 | 48 | 52 | 54..=56 | 58 | 59)
        || matches!(beginning, 61..=63 | 65 | 67 | 68 | 71 | 74..=77 | 81..=87 | 89 | 91 | 94 | 95);
    let end = chain.shaped(at, &[2, 3, 2, 2])?;
    let joined = chain.evenly(at + 1, end, GROUPING)
        && matches!(chain.group(at + 1)?.before, Some(Sep::Space | Sep::Hyphen | Sep::Bracket));
    (geographic && joined).then_some(end)
}

/// `030 1234567`, `0171-123 45 67`, `089/123456`, `020 7946 0000`, `08-123 456 78`: an area code with its trunk 0.
fn trunk(chain: &Chain, at: usize) -> Option<usize> {
    let area = chain.group(at)?;
    let (fewest, most) = match (area.len, chain.digits(at, at + 1)) {
        // Stockholm is the only area with two digits; others would be days and months.
        (2, [0, 8]) if chain.group(at + 1)?.len == 3 => (9, 10),
        (3..=5, [0, 1..=9, ..]) | (6, [0, 3, ..]) => (9, 12),
        _ => return None,
    };
    let mut count = area.len;
    let mut best = None;
    for (place, group) in chain.groups(at + 1, at + MOST_GROUPS).iter().enumerate() {
        let joined = matches!(group.before, Some(Sep::Space | Sep::Hyphen | Sep::Slash | Sep::Bracket));
        count += group.len;
        if !joined || group.len < 2 || count > most {
            break;
        }
        let end = at + place + 2;
        if count >= fewest && chain.is_free_after(end) {
            best = Some(end);
        }
    }
    best
}

/// A mobile number in one run, told by its trunk 0: British `07…`, German `015…`, `016…`, `017…`, Swedish `07…`.
fn mobile_in_one_run(chain: &Chain, at: usize) -> Option<usize> {
    let mobile = matches!(
        (chain.group(at)?.len, chain.digits(at, at + 1)),
        (11, [0, 7, 1..=9, ..]) | (11 | 12, [0, 1, 5..=7, ..]) | (10, [0, 7, 0 | 2 | 3 | 6 | 9, ..])
    );
    mobile.then_some(at + 1)
}

/// `(555) 234-5678`, `555-234-5678` and `555.234.5678`.
fn north_american(chain: &Chain, at: usize) -> Option<usize> {
    let end = chain.shaped(at, &[3, 3, 4])?;
    let digits = chain.digits(at, end);
    let opens = |place: usize| digits.get(place).is_some_and(|&digit| digit >= 2);
    let before = |place: usize| chain.group(place).and_then(|group: &Group| group.before);
    let joined = matches!(
        (before(at + 1), before(at + 2)),
        (Some(Sep::Bracket | Sep::Hyphen), Some(Sep::Hyphen)) | (Some(Sep::Dot), Some(Sep::Dot))
    );
    (opens(0) && opens(3) && joined).then_some(end)
}

/// Whether the number is money or a share: `501 234 567 zł`, `kr 22 12 34 56`, `€ 501 234 567`.
fn is_amount(text: &str, chain: &Chain, at: usize, end: usize) -> bool {
    const AFTER: &[&str] = &[
        "kr", "nok", "sek", "dkk", "eur", "pln", "zł", "zl", "usd", "gbp", "mio", "mill", "€", "$", "£", "%",
        ",-",
    ];
    const BEFORE: &[&str] = &["kr", "kr.", "nok", "sek", "dkk", "eur", "pln", "usd", "gbp", "€", "$", "£"];
    let span = chain.span(at, end);
    let tail = text.get(span.end..).unwrap_or("").trim_start_matches([' ', '\u{A0}', '\u{202F}']);
    let after = AFTER.iter().any(|unit| {
        strip_prefix(tail, unit).is_some_and(|rest| {
            !unit.ends_with(char::is_alphabetic) || !rest.starts_with(char::is_alphabetic)
        })
    });
    let head = text.get(..span.start).unwrap_or("").trim_end_matches([' ', '\u{A0}', '\u{202F}']);
    after
        || BEFORE.iter().any(|unit| {
            strip_suffix(head, unit).is_some_and(|rest| {
                !unit.starts_with(char::is_alphabetic) || !rest.ends_with(char::is_alphabetic)
            })
        })
}

/// Without regard to ASCII case.
fn strip_prefix<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (head, rest) = text.split_at_checked(prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then_some(rest)
}

fn strip_suffix<'a>(text: &'a str, suffix: &str) -> Option<&'a str> {
    let (rest, tail) = text.split_at_checked(text.len().checked_sub(suffix.len())?)?;
    tail.eq_ignore_ascii_case(suffix).then_some(rest)
}
