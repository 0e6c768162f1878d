//! International bank account numbers, ISO 13616.

use super::chain::{self, Prefix};
use crate::Span;

/// The length of an IBAN by country, after the SWIFT IBAN registry; the tests hold it against another implementation.
#[rustfmt::skip]
const LENGTHS: &[(&[u8; 2], usize)] = &[
    (b"AD", 24), (b"AE", 23), (b"AL", 28), (b"AT", 20), (b"AZ", 28), (b"BA", 20), (b"BE", 16), (b"BG", 22),
    (b"BH", 22), (b"BI", 27), (b"BR", 29), (b"BY", 28), (b"CH", 21), (b"CR", 22), (b"CY", 28), (b"CZ", 24),
    (b"DE", 22), (b"DJ", 27), (b"DK", 18), (b"DO", 28), (b"EE", 20), (b"EG", 29), (b"ES", 24), (b"FI", 18),
    (b"FK", 18), (b"FO", 18), (b"FR", 27), (b"GB", 22), (b"GE", 22), (b"GI", 23), (b"GL", 18), (b"GR", 27),
    (b"GT", 28), (b"HN", 28), (b"HR", 21), (b"HU", 28), (b"IE", 22), (b"IL", 23), (b"IQ", 23), (b"IS", 26),
    (b"IT", 27), (b"JO", 30), (b"KW", 30), (b"KZ", 20), (b"LB", 28), (b"LC", 32), (b"LI", 21), (b"LT", 20),
    (b"LU", 20), (b"LV", 21), (b"LY", 25), (b"MC", 27), (b"MD", 24), (b"ME", 22), (b"MK", 19), (b"MN", 20),
    (b"MR", 27), (b"MT", 31), (b"MU", 30), (b"NI", 28), (b"NL", 18), (b"NO", 15), (b"OM", 23), (b"PK", 24),
    (b"PL", 28), (b"PS", 29), (b"PT", 25), (b"QA", 29), (b"RO", 24), (b"RS", 22), (b"RU", 33), (b"SA", 24),
    (b"SC", 31), (b"SD", 18), (b"SE", 24), (b"SI", 19), (b"SK", 24), (b"SM", 27), (b"SO", 23), (b"ST", 25),
    (b"SV", 28), (b"TL", 23), (b"TN", 24), (b"TR", 26), (b"UA", 29), (b"VA", 22), (b"VG", 24), (b"XK", 20),
    (b"YE", 30),
];

/// Countries whose account numbers have no letters, so that a word after the number is never read as part of it.
const DIGITS_ONLY: &[&[u8; 2]] = &[
    b"AE", b"AT", b"BA", b"BE", b"CZ", b"DE", b"DK", b"EE", b"ES", b"FI", b"FO", b"GL", b"HR", b"HU", b"IL",
    b"IS", b"LT", b"ME", b"NO", b"PL", b"PT", b"RS", b"SE", b"SI", b"SK", b"TN", b"XK",
];

/// The IBAN that begins with the letters of `prefix`.
///
/// Groups may be of any size, with one space, hyphen or dot between them, and letters of either case.
pub(super) fn iban(text: &str, prefix: Prefix) -> Option<Span> {
    let country = prefix.letters;
    let length = LENGTHS.iter().find(|(code, _)| **code == country)?.1;
    let letters = !DIGITS_ONLY.contains(&&country);
    let mut check = Check::new(country);
    let (mut count, mut gap) = (0, 0);
    for (offset, c) in text.get(prefix.start..)?.char_indices() {
        let end = prefix.start + offset;
        if let Some(value) = value(c) {
            // Country letters, two digits, then digits or letters.
            let fits = match count {
                0 | 1 => value >= 10,
                2 | 3 => value < 10,
                _ => value < 10 || letters,
            };
            if count == length || !fits {
                return None;
            }
            check.take(count, value);
            (count, gap) = (count + 1, 0);
            if count == length {
                let end = end + c.len_utf8();
                return (check.holds() && stands_free(text, end)).then_some(Span::new(prefix.start, end));
            }
        } else if chain::is_space(c) || chain::is_hyphen(c) || c == '.' {
            gap += 1;
            if gap > 1 {
                return None;
            }
        } else if !chain::is_seen_through(c) {
            return None;
        }
    }
    None
}

fn stands_free(text: &str, end: usize) -> bool {
    let tail = text.get(end..).unwrap_or("");
    !tail.chars().find(|&c| !chain::is_seen_through(c)).is_some_and(|c| c.is_alphanumeric() || c == '_')
}

/// A digit is worth itself, a letter 10 to 35.
fn value(c: char) -> Option<u32> {
    match chain::digit(c) {
        Some(digit) => Some(u32::from(digit)),
        None => chain::letter(c).map(|letter| u32::from(letter - b'A') + 10),
    }
}

/// ISO 7064 mod 97-10 over the account number followed by the country and the check digits.
struct Check {
    country: u32,
    digits: u32,
    rest: u32,
}

impl Check {
    fn new([first, second]: [u8; 2]) -> Self {
        let value = |letter: u8| u32::from(letter - b'A') + 10;
        Check { country: value(first) * 100 + value(second), digits: 0, rest: 0 }
    }

    fn take(&mut self, place: usize, value: u32) {
        match place {
            0 | 1 => {}
            2 | 3 => self.digits = self.digits * 10 + value,
            _ if value < 10 => self.rest = (self.rest * 10 + value) % 97,
            _ => self.rest = (self.rest * 100 + value) % 97,
        }
    }

    fn holds(&self) -> bool {
        // 00, 01 and 99 leave the same rests as 97, 98 and 02 but are never given.
        let rest = (self.rest * 10_000 + self.country) % 97;
        (2..=98).contains(&self.digits) && (rest * 100 + self.digits) % 97 == 1
    }
}
