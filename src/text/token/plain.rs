//! Plain words: the short way for nearly every word that people write.
//!
//! A word is plain when it is made of ASCII letters and small letters of Latin-1 and Latin Extended-A that fold to
//! themselves, or of ASCII digits alone, with nothing near that could belong to it: no apostrophe, no joiner, no mark
//! that combines. Its folded form then lies in the lower-cased copy of the text, at the place of the word, and one
//! pass over its bytes by table gives the end and the case. Every other word takes the general way.

use super::{Shape, TokenKind};

/// What a byte begins.
#[allow(clippy::indexing_slicing, reason = "evaluated when the crate is compiled")]
const CLASSES: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'a'..=b'z' => SMALL,
            b'A'..=b'Z' => CAPITAL,
            b'0'..=b'9' => DIGIT,
            b' ' => SPACE,
            b'\n' | b'\r' => LINE,
            b'!'..=b'~' => MARK,
            0xC3..=0xC5 => LATIN,
            _ => OTHER,
        };
        byte += 1;
    }
    table
};

pub(super) const SMALL: u8 = 1;
pub(super) const CAPITAL: u8 = 1 << 1;
pub(super) const DIGIT: u8 = 1 << 2;
pub(super) const SPACE: u8 = 1 << 3;
pub(super) const LINE: u8 = 1 << 4;
/// Any other printable character of ASCII.
pub(super) const MARK: u8 = 1 << 5;
/// The first byte of U+00C0 to U+017F.
const LATIN: u8 = 1 << 6;
const OTHER: u8 = 1 << 7;
/// What may begin a plain word.
pub(super) const WORD: u8 = SMALL | CAPITAL | DIGIT | LATIN;

pub(super) fn class(byte: u8) -> u8 {
    CLASSES.get(usize::from(byte)).copied().unwrap_or(OTHER)
}

/// For each of the first bytes C4, C5 and C3 (the last two bits tell them apart), the second bytes that make a small
/// letter of them which folds to itself.
#[allow(clippy::indexing_slicing, reason = "evaluated when the crate is compiled")]
const SMALL_LATIN: [u64; 4] = {
    let mut table = [0; 4];
    let mut code = 0xC0;
    while code < 0x180 {
        if is_small(code) {
            table[((code >> 6) & 3) as usize] |= 1 << (code & 63);
        }
        code += 1;
    }
    table
};

/// Whether it is a small letter of Latin-1 or Latin Extended-A, `ß` aside.
const fn is_small(code: u32) -> bool {
    match code {
        0xD7 | 0xDF | 0xF7 => false,
        0x131 | 0x138 | 0x149 | 0x17F => true,
        0xC0..=0xDE | 0x130 | 0x178 => false,
        0xE0..=0xFF => true,
        0x139..=0x148 | 0x179..=0x17E => code & 1 == 0,
        _ => code & 1 == 1,
    }
}

/// A word that is plain.
pub(super) struct Plain {
    pub(super) end: usize,
    pub(super) kind: TokenKind,
    pub(super) shape: Shape,
}

/// The word that begins at `start`, if it is plain. `bytes` end where the next mark begins.
#[inline]
pub(super) fn plain(bytes: &[u8], start: usize) -> Option<Plain> {
    let mut end = start;
    let (mut seen, mut capitals, mut wide) = (0, 0, 0usize);
    let stop = loop {
        let Some(&byte) = bytes.get(end) else { break b' ' };
        let class = class(byte);
        if class & (SMALL | CAPITAL | DIGIT) != 0 {
            seen |= class;
            capitals += usize::from(class >> 1 & 1);
            end += 1;
        } else if class == LATIN {
            let next = *bytes.get(end + 1)?;
            let small = SMALL_LATIN.get(usize::from(byte & 3)).is_some_and(|set| set >> (next & 63) & 1 == 1);
            // A letter that stands twice may be stretched.
            if !small || bytes.get(end.wrapping_sub(2)..end) == Some(&[byte, next]) {
                return None;
            }
            seen |= SMALL;
            wide += 1;
            end += 2;
        } else {
            break byte;
        }
    };
    let after = || bytes.get(end + 1).copied().unwrap_or(b' ');
    let joined = match stop {
        b'\'' => !after().is_ascii() || after().is_ascii_alphanumeric(),
        b'.' | b',' | b':' => seen == DIGIT && after().is_ascii_digit(),
        0x80.. => !ends_words(bytes.get(end..).unwrap_or_default()),
        _ => false,
    };
    if joined {
        return None;
    }
    let mut shape = Shape::default();
    if seen & DIGIT != 0 {
        return (seen == DIGIT).then_some(Plain { end, kind: TokenKind::Number, shape });
    }
    let letters = end - start - wide;
    if capitals == 0 {
        shape.set(Shape::LOWER);
    } else if capitals == letters {
        shape.set(if letters == 1 { ONE_CAPITAL } else { Shape::ALL_CAPS });
    } else if capitals == 1 && bytes.get(start).is_some_and(u8::is_ascii_uppercase) {
        shape.set(Shape::CAPITALISED);
    }
    Some(Plain { end, kind: TokenKind::Word, shape })
}

const ONE_CAPITAL: Shape = Shape(Shape::ONE_CAPITAL.0 | Shape::CAPITALISED.0);

/// Whether the text begins with one of the marks beyond ASCII that stand beside words most: no-break space, guillemets,
/// dashes, curly quotation marks (the one that is an apostrophe aside), the ellipsis.
fn ends_words(bytes: &[u8]) -> bool {
    match bytes {
        [0xC2, next, ..] => matches!(next, 0xA0 | 0xAB | 0xBB),
        [0xE2, 0x80, next, ..] => matches!(next, 0x93 | 0x94 | 0x9C..=0x9E | 0xA6),
        _ => false,
    }
}

/// Whether one ASCII letter stands three times in a row in a lower-cased text.
pub(super) fn has_triple(lower: &[u8]) -> bool {
    let (Some(second), Some(third)) = (lower.get(1..), lower.get(2..)) else { return false };
    let mut found = false;
    for ((&one, &two), &three) in lower.iter().zip(second).zip(third) {
        found |= one == two && two == three && one.is_ascii_lowercase();
    }
    found
}
