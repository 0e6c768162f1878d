//! Check digits and dates, on digits as numbers 0 to 9.

/// The number that a few digits write.
pub(super) fn number(digits: &[u8]) -> u32 {
    digits.iter().fold(0, |sum: u32, &digit| sum.wrapping_mul(10).wrapping_add(u32::from(digit)))
}

/// The number that the digits from `at` write, `len` of them.
pub(super) fn part(digits: &[u8], at: usize, len: usize) -> u32 {
    number(digits.get(at..at + len).unwrap_or(&[]))
}

/// The sum of the digits, each times its weight.
pub(super) fn weighted(digits: &[u8], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(&digit, weight)| u32::from(digit) * weight).sum()
}

/// The Luhn check of ISO/IEC 7812-1, annex B, also the one of Swedish national numbers.
pub(super) fn luhn(digits: &[u8]) -> bool {
    let doubled = |digit: u32| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let from_right = digits.iter().rev().map(|&digit| u32::from(digit)).enumerate();
    let sum: u32 = from_right.map(|(place, digit)| if place % 2 == 1 { doubled(digit) } else { digit }).sum();
    sum % 10 == 0
}

/// ISO 7064 mod 11,10.
pub(super) fn mod_11_10(digits: &[u8]) -> bool {
    let Some((&check, rest)) = digits.split_last() else { return false };
    let product = rest.iter().fold(10, |product, &digit| {
        let sum = (u32::from(digit) + product) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    (product + u32::from(check)) % 10 == 1
}

/// Whether all digits are the same, as in a number somebody made up.
pub(super) fn is_uniform(digits: &[u8]) -> bool {
    digits.windows(2).all(|pair| pair.first() == pair.last())
}

/// Whether the Gregorian calendar has this day.
pub(super) fn is_date(year: u32, month: u32, day: u32) -> bool {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return false,
    };
    (1..=days).contains(&day)
}
