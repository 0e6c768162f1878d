//! Plain words: the short way for nearly every word that people write.
//!
//! A word is plain when it is made of ASCII letters and small letters of Latin-1 and Latin Extended-A that fold to
//! themselves, or of ASCII digits alone, with nothing near that could belong to it: no apostrophe, no joiner, no mark
//! that combines. Its folded form then lies in the lower-cased copy of the text, at the place of the word, and one
//! pass over its bytes by table gives the end and the case. Every other word takes the general way.

use super::{Shape, TokenKind};
use crate::text::fold;

/// What a byte begins.
#[allow(clippy::indexing_slicing, reason = "evaluated when the crate is compiled")]
const CLASSES: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => PLAIN,
            b' ' => SPACE,
            b'!'..=b'~' => MARK,
            0xC3..=0xC5 => LATIN,
            _ => OTHER,
        };
        byte += 1;
    }
    table
};

/// A letter or digit of ASCII.
const PLAIN: u8 = 1;
/// The first byte of U+00C0 to U+017F.
const LATIN: u8 = 1 << 1;
/// What may begin a plain word.
pub(super) const WORD: u8 = PLAIN | LATIN;
pub(super) const SPACE: u8 = 1 << 2;
/// Any other printable character of ASCII.
pub(super) const MARK: u8 = 1 << 3;
const OTHER: u8 = 1 << 4;

#[inline]
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
    let (mut capitals, mut wide) = (0, 0);
    let stop = loop {
        let run = Run::at(bytes, end);
        end += run.length;
        capitals += run.capitals;
        if run.length == WIDTH {
            continue;
        }
        let Some(&byte) = bytes.get(end) else { break b' ' };
        if class(byte) != LATIN {
            break byte;
        }
        let next = *bytes.get(end + 1)?;
        let small = SMALL_LATIN.get(usize::from(byte & 3)).is_some_and(|set| set >> (next & 63) & 1 == 1);
        // A letter that stands twice may be stretched.
        if !small || bytes.get(end.wrapping_sub(2)..end) == Some(&[byte, next]) {
            return None;
        }
        wide += 1;
        end += 2;
    };
    let after = || bytes.get(end + 1).copied().unwrap_or(b' ');
    match stop {
        b'0'..=b'9' => return if end == start { number(bytes, start) } else { None },
        b'\'' if !after().is_ascii() || after().is_ascii_alphanumeric() => return None,
        0x80.. if !ends_words(bytes.get(end..).unwrap_or_default()) => return None,
        _ => {}
    }
    let letters = end - start - wide;
    let shape = match capitals {
        0 => Shape::LOWER,
        _ if capitals as usize == letters => {
            if letters == 1 {
                ONE_CAPITAL
            } else {
                Shape::ALL_CAPS
            }
        }
        1 if bytes.get(start).is_some_and(u8::is_ascii_uppercase) => Shape::CAPITALISED,
        _ => Shape::default(),
    };
    Some(Plain { end, kind: TokenKind::Word, shape })
}

/// The number that begins at `start`, if it is nothing but digits.
fn number(bytes: &[u8], start: usize) -> Option<Plain> {
    let digits = |from: usize| {
        let rest = bytes.get(from..).unwrap_or_default();
        rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
    };
    let end = start + digits(start);
    let joined = match bytes.get(end) {
        Some(b'.' | b',' | b':') => digits(end + 1) > 0,
        Some(b'\'') => true,
        Some(&byte) => class(byte) & WORD != 0 || !byte.is_ascii() && !ends_words(bytes.get(end..)?),
        None => false,
    };
    (!joined).then_some(Plain { end, kind: TokenKind::Number, shape: Shape::default() })
}

/// So many bytes are looked at together.
const WIDTH: usize = 8;

/// The ASCII letters among the next eight bytes, up to the first that is none.
struct Run {
    length: usize,
    capitals: u32,
}

impl Run {
    /// Every byte of a word of the machine is classed at once: with 0x1F added to it, the highest bit says that it is
    /// at least `a`, with 0x05 added, that it is beyond `z`. No sum carries into the next byte, since the highest bits
    /// are masked out before.
    #[inline(always)]
    fn at(bytes: &[u8], at: usize) -> Run {
        const HIGH: u64 = 0x8080_8080_8080_8080;
        const ONES: u64 = 0x0101_0101_0101_0101;
        let rest = bytes.get(at..).unwrap_or_default();
        let word = match rest.first_chunk() {
            Some(chunk) => u64::from_le_bytes(*chunk),
            None => fold::short(rest).unwrap_or(0),
        };
        let lower = (word | (ONES * 0x20)) & !HIGH;
        let letters = (lower + ONES * 0x1F) & !(lower + ONES * 0x05) & !word & HIGH;
        let others = letters ^ HIGH;
        // A capital has no bit of 0x20, which lies two below the highest.
        let capitals = letters & !(word << 2) & others.wrapping_sub(1) & !others;
        Run {
            length: others.trailing_zeros() as usize / 8,
            capitals: if capitals == 0 { 0 } else { capitals.count_ones() },
        }
    }
}

const ONE_CAPITAL: Shape = Shape::ONE_CAPITAL.or(Shape::CAPITALISED);

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
