//! Plain tokens: the short way for nearly everything that people write.
//!
//! A word is plain when it is made of ASCII letters and small letters of Latin-1 and Latin Extended-A that fold to
//! themselves, with nothing near that could belong to it: no apostrophe, no joiner, no mark that combines. The bytes of
//! a text are classed beforehand, many at once; then eight of a word are read together, and their classes tell where it
//! ends and how it is written. Its folded form lies in the lower-cased copy of the text, at the place of the word.
//! Digits alone and marks of ASCII are plain, too. Every other token takes the general way.

use super::{Shape, TokenKind};
use crate::text::fold;
use crate::text::words::Key;

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

/// A token that is plain.
pub(super) struct Plain {
    pub(super) end: usize,
    pub(super) kind: TokenKind,
    pub(super) shape: Shape,
    pub(super) key: Key,
}

/// A text up to the next mark, byte by byte.
pub(super) struct Bytes<'a> {
    /// In lower case as far as it is ASCII.
    pub(super) folded: &'a [u8],
    /// What each is to a plain word, as [`classify`] tells.
    pub(super) classes: &'a [u8],
}

/// The token that begins at `start`, if it is plain.
#[inline]
pub(super) fn plain(bytes: &Bytes<'_>, start: usize) -> Option<Plain> {
    let classes = eight(bytes.classes, start, ENDS);
    let ends = classes & ENDS;
    // How many bits of the eight bytes are before the end of the word.
    let bits = ends.trailing_zeros() & 0x38;
    let end = start + bits as usize / 8;
    // Nearly every word is short, of small letters alone, and has one of these behind it.
    let stop = bytes.folded.get(end).copied().unwrap_or(b' ');
    if matches!(stop, b' ' | b',' | b'.') && classes & ends.wrapping_sub(1) & !ends == 0 && bits > 0 {
        let key = Key::short(eight(bytes.folded, start, 0) & !(u64::MAX << bits));
        return Some(Plain { end, kind: TokenKind::Word, shape: Shape::LOWER, key });
    }
    if classes & u64::from(END) == 0 { any_word(bytes, start) } else { sign(bytes, start) }
}

/// The word that begins at `start`, if it is plain.
#[inline(never)]
fn any_word(bytes: &Bytes<'_>, start: usize) -> Option<Plain> {
    let (mut at, mut hash, mut capitals) = (start, 0, 0);
    let ends = loop {
        let classes = eight(bytes.classes, at, ENDS);
        let ends = classes & ENDS;
        let odd = classes & ends.wrapping_sub(1) & !ends;
        if odd != 0 {
            capitals += capitals_of(bytes, at, odd)?;
        }
        if ends != 0 {
            break ends;
        }
        hash = fold::hash_on(hash, eight(bytes.folded, at, 0));
        at += WIDTH;
    };
    let bits = ends.trailing_zeros() & 0x38;
    let end = at + bits as usize / 8;
    if may_go_on(bytes, end) {
        return None;
    }
    let length = end - start;
    let shape = if capitals == 0 { Shape::LOWER } else { shape(bytes, start, length, capitals) };
    let rest = eight(bytes.folded, at, 0) & !(u64::MAX << bits);
    let key = if length < WIDTH { Key::short(rest) } else { Key::long(fold::hash_end(hash, rest)) };
    Some(Plain { end, kind: TokenKind::Word, shape, key })
}

/// How a word with capitals is written.
fn shape(bytes: &Bytes<'_>, start: usize, length: usize, capitals: usize) -> Shape {
    let first = bytes.classes.get(start).is_some_and(|class| class & CAPITAL != 0);
    match capitals {
        1 if length == 1 => Shape::ONE_CAPITAL.or(Shape::CAPITALISED),
        _ if capitals == length => Shape::ALL_CAPS,
        1 if first => Shape::CAPITALISED,
        _ => Shape::default(),
    }
}

/// Whether what stands behind the letters of a word may belong to it.
#[inline]
fn may_go_on(bytes: &Bytes<'_>, end: usize) -> bool {
    match bytes.folded.get(end..).unwrap_or_default() {
        [b'0'..=b'9', ..] => true,
        [b'\'', after, ..] => !after.is_ascii() || after.is_ascii_alphanumeric(),
        rest @ [byte, ..] => !byte.is_ascii() && !ends_words(rest),
        _ => false,
    }
}

/// The token that begins with a character which is no letter.
#[inline(never)]
fn sign(bytes: &Bytes<'_>, start: usize) -> Option<Plain> {
    let (end, kind) = match bytes.folded.get(start)? {
        b'0'..=b'9' => (number(bytes.folded, start)?, TokenKind::Number),
        b'!'..=b'~' => (start + 1, TokenKind::Punctuation),
        _ => return None,
    };
    let key = Key::of(bytes.folded.get(start..end)?);
    Some(Plain { end, kind, shape: Shape::default(), key })
}

/// Where the number ends that begins at `start`, if it is nothing but digits.
fn number(text: &[u8], start: usize) -> Option<usize> {
    let digits = |from: usize| {
        let rest = text.get(from..).unwrap_or_default();
        rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
    };
    let end = start + digits(start);
    let joined = match text.get(end) {
        Some(b'.' | b',' | b':') => digits(end + 1) > 0,
        Some(b'\'') => true,
        Some(byte) if byte.is_ascii() => byte.is_ascii_alphabetic(),
        Some(_) => !ends_words(text.get(end..)?),
        None => false,
    };
    (!joined).then_some(end)
}

/// No letter of a plain word.
const END: u8 = 1 << 7;
/// The first byte of a letter beyond ASCII: this bit tells it from those behind it.
const WIDE: u8 = 1 << 6;
/// A capital of ASCII: this bit tells it from a small letter.
const CAPITAL: u8 = 1 << 5;
/// A letter of ASCII that stands three times from here on.
const TRIPLE: u8 = 1;

/// What each byte of a text is to a plain word, as a set: none of these for a small letter of ASCII.
pub(super) fn classify(text: &[u8], classes: &mut Vec<u8>) {
    classes.clear();
    let behind = |by: usize| text.get(by..).unwrap_or_default();
    let threes = text.iter().zip(behind(1)).zip(behind(2));
    classes.extend(threes.map(|((&one, &two), &three)| class(one, two, three)));
    classes.extend(behind(classes.len()).iter().map(|&byte| class(byte, 0, 0)));
}

/// There is no branch in it, so that many are classed at once.
#[inline(always)]
fn class(one: u8, two: u8, three: u8) -> u8 {
    let lower = one | CAPITAL;
    let letter = lower.wrapping_sub(b'a') < 26;
    // A byte of a character before U+0180. None of those that begin with C2 is a letter that folds to itself.
    let latin = (0x80..=0xC5).contains(&one) & (one != 0xC2);
    let triple = letter & (lower == two | CAPITAL) & (lower == three | CAPITAL);
    let when = |class: u8, holds: bool| if holds { class } else { 0 };
    when(END, !(letter | latin))
        | when(WIDE & one, latin)
        | when(CAPITAL & !one, letter)
        | when(TRIPLE, triple)
}

/// How many capitals there are among eight bytes from `at` on that are not all small letters of ASCII, given the
/// classes of the word's; none if the word is not plain.
#[inline]
fn capitals_of(bytes: &Bytes<'_>, at: usize, odd: u64) -> Option<usize> {
    let mut wide = odd & (EACH * u64::from(WIDE));
    while wide != 0 {
        let at = at + wide.trailing_zeros() as usize / 8;
        wide &= wide - 1;
        let letter @ [first, second] = *bytes.folded.get(at..)?.first_chunk()?;
        let small = SMALL_LATIN.get(usize::from(first & 3)).is_some_and(|set| set >> (second & 63) & 1 == 1);
        // A letter that stands twice may be stretched.
        if !small || bytes.folded.get(at.wrapping_sub(2)..at) == Some(&letter) {
            return None;
        }
    }
    let stretched = odd & (EACH * u64::from(TRIPLE)) != 0;
    // One in the byte of each capital: in a product with as many ones their sum is the highest byte.
    let capitals = odd >> CAPITAL.trailing_zeros() & EACH;
    (!stretched).then_some((capitals.wrapping_mul(EACH) >> 56) as usize)
}

/// So many bytes are looked at together.
const WIDTH: usize = 8;
/// One in each of eight bytes.
const EACH: u64 = 0x0101_0101_0101_0101;
/// [`END`] in each of them.
const ENDS: u64 = EACH * END as u64;

/// Eight bytes from `at` on, the first lowest; where there are no more, those of `missing`.
#[inline(always)]
fn eight(bytes: &[u8], at: usize, missing: u64) -> u64 {
    match bytes.get(at..).and_then(<[u8]>::first_chunk) {
        Some(chunk) => u64::from_le_bytes(*chunk),
        None => fewer(bytes.get(at..).unwrap_or_default(), missing),
    }
}

/// The same at the end of the text.
#[cold]
fn fewer(bytes: &[u8], missing: u64) -> u64 {
    fold::short(bytes).unwrap_or(0) | missing << (8 * bytes.len())
}

/// Whether the text begins with one of the marks beyond ASCII that stand beside words most: no-break space, guillemets,
/// dashes, curly quotation marks (the one that is an apostrophe aside), the ellipsis.
fn ends_words(bytes: &[u8]) -> bool {
    match bytes {
        [0xC2, next, ..] => matches!(next, 0xA0 | 0xAB | 0xBB),
        [0xE2, 0x80, next, ..] => matches!(next, 0x93 | 0x94 | 0x9C..=0x9E | 0xA6),
        _ => false,
    }
}
