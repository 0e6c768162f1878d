//! Plain tokens: the short way for nearly everything that people write.
//!
//! A word is plain when it is made of ASCII letters and small letters of Latin-1 and Latin Extended-A that fold to
//! themselves, with nothing near that could belong to it: no apostrophe, no joiner, no mark that combines. The bytes of
//! a text are classed beforehand, many at once; then sixteen are read together, and their classes tell where the token
//! ends and how it is written. Its folded form lies in the lower-cased copy of the text, at the place of the word.
//! Marks of ASCII are read the same way, so that no branch asks what comes next: nobody could foresee it. Longer words,
//! and digits alone, are plain, too, and looked at more closely. Every other token takes the general way.

use super::{Shape, TokenKind};
use crate::text::fold;
use crate::text::words::Key;

/// A token that is plain.
pub(super) struct Plain {
    pub(super) end: usize,
    pub(super) kind: TokenKind,
    pub(super) shape: Shape,
    pub(super) key: Key,
    /// Whether a space stands behind it.
    pub(super) apart: bool,
}

/// A text, or what stands before a mark in it, byte by byte.
#[derive(Clone, Copy)]
pub(super) struct Bytes<'a> {
    /// In lower case as far as it is ASCII.
    pub(super) folded: &'a [u8],
    /// What each is to a plain word, as [`classify`] tells.
    pub(super) classes: &'a [u8],
}

/// The token that begins at `start`, if it is a plain word of less than sixteen bytes or a mark of ASCII, and sixteen
/// bytes stand there.
#[inline(always)]
pub(super) fn plain(bytes: Bytes<'_>, start: usize) -> Option<Plain> {
    let [one, two] = halves(bytes.classes, start)?;
    let [folded_one, folded_two] = halves(bytes.folded, start)?;
    // The half in which it ends, and the one before that.
    let is_short = one & ENDS != 0;
    let (last, before) = if is_short { (one, 0) } else { (two, one) };
    let ends = last & ENDS;
    // Up to the end of the word, and what the byte behind it is to the word.
    let own = last & ends.wrapping_sub(1) & !ends;
    let first = one as u8;
    let is_space = first & SPACE != 0;
    if (ends == 0) | is_space | ((before | own) & ROUGHS != 0) {
        return None;
    }
    let is_mark = first & END != 0;
    // A mark is one byte long.
    let bits = (ends.trailing_zeros() & 0x38) + 8 * u32::from(is_mark);
    let length = bits as usize / 8 + if is_short { 0 } else { WIDTH };
    let rest = if is_short { folded_one } else { folded_two } & !(u64::MAX << bits);
    let long = Key::long(fold::hash_end(fold::hash_on(0, folded_one), rest));
    let behind = if is_mark { one >> 8 & u64::from(SPACE) } else { own & SPACES };
    Some(Plain {
        end: start + length,
        kind: if is_mark { TokenKind::Punctuation } else { TokenKind::Word },
        shape: shape(first, length, capitals(before) + capitals(own), is_mark),
        key: if is_short { Key::short(rest) } else { long },
        apart: behind != 0,
    })
}

/// The token that begins at `start`, if it is plain.
pub(super) fn closely(bytes: Bytes<'_>, start: usize) -> Option<Plain> {
    match bytes.folded.get(start)? {
        b'0'..=b'9' => number(bytes, start),
        b'!'..=b'~' if bytes.class(start) & END != 0 => Some(Plain {
            end: start + 1,
            kind: TokenKind::Punctuation,
            shape: Shape::default(),
            key: Key::of(bytes.folded.get(start..=start)?),
            apart: bytes.has_space(start + 1),
        }),
        _ => any_word(bytes, start),
    }
}

impl Bytes<'_> {
    fn class(self, at: usize) -> u8 {
        self.classes.get(at).copied().unwrap_or(END)
    }

    fn has_space(self, at: usize) -> bool {
        self.folded.get(at) == Some(&b' ')
    }
}

/// The word that begins at `start`, if it is plain.
fn any_word(bytes: Bytes<'_>, start: usize) -> Option<Plain> {
    let (mut at, mut hash, mut found) = (start, 0, 0);
    let bits = loop {
        let classes = eight(bytes.classes, at, END);
        let bits = (classes & ENDS).trailing_zeros() & 0x78;
        let own = classes & !u64::MAX.checked_shl(bits).unwrap_or(0);
        if own & ROUGHS != 0 {
            return None;
        }
        found += capitals(own);
        if bits < u64::BITS {
            break bits;
        }
        hash = fold::hash_on(hash, eight(bytes.folded, at, 0));
        at += WIDTH;
    };
    let end = at + bits as usize / 8;
    let length = end - start;
    if length == 0 || may_go_on(bytes, end) {
        return None;
    }
    let rest = eight(bytes.folded, at, 0) & !(u64::MAX << bits);
    Some(Plain {
        end,
        kind: TokenKind::Word,
        shape: shape(bytes.class(start), length, found, false),
        key: if length < WIDTH { Key::short(rest) } else { Key::long(fold::hash_end(hash, rest)) },
        apart: bytes.has_space(end),
    })
}

/// How a word with so many capitals is written, given the class of its first byte. A mark is not written any way.
#[inline(always)]
fn shape(first: u8, length: usize, capitals: usize, is_mark: bool) -> Shape {
    let none = usize::from((capitals == 0) & !is_mark);
    let one = usize::from(capitals == 1);
    let all = usize::from(capitals == length);
    let begins = usize::from(first & CAPITAL != 0);
    SHAPES.get((none | one << 1 | all << 2 | begins << 3) & 15).copied().unwrap_or_default()
}

/// How a word is written that has no capital, one, no other letter, or begins with one: a bit for each, the first
/// lowest.
#[allow(clippy::indexing_slicing, reason = "evaluated when the crate is compiled")]
const SHAPES: [Shape; 16] = {
    let mut table = [Shape(0); 16];
    let mut at = 0;
    while at < table.len() {
        let [none, one, all, begins] = [at & 1 != 0, at & 2 != 0, at & 4 != 0, at & 8 != 0];
        table[at] = match (one, all) {
            _ if none => Shape::LOWER,
            (true, true) => Shape::ONE_CAPITAL.or(Shape::CAPITALISED),
            (false, true) => Shape::ALL_CAPS,
            (true, false) if begins => Shape::CAPITALISED,
            _ => Shape(0),
        };
        at += 1;
    }
    table
};

/// Whether what stands behind the letters of a word may belong to it.
fn may_go_on(bytes: Bytes<'_>, end: usize) -> bool {
    match bytes.folded.get(end..).unwrap_or_default() {
        [b'0'..=b'9', ..] => true,
        [b'\'', after, ..] => !after.is_ascii() || after.is_ascii_alphanumeric(),
        rest @ [byte, ..] => !byte.is_ascii() && !ends_words(rest),
        _ => false,
    }
}

/// The number that begins at `start`, if it is nothing but digits.
fn number(bytes: Bytes<'_>, start: usize) -> Option<Plain> {
    let text = bytes.folded;
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
    let number = Plain {
        end,
        kind: TokenKind::Number,
        shape: Shape::default(),
        key: Key::of(text.get(start..end)?),
        apart: bytes.has_space(end),
    };
    (!joined).then_some(number)
}

/// No letter of a plain word.
const END: u8 = 1 << 7;
/// A capital of ASCII: this bit tells it from a small letter.
const CAPITAL: u8 = 1 << 5;
/// A letter that must be looked at by itself: one that does not fold to itself, or is stretched from here on. No
/// letter, but something that may go on with a word, or is neither a mark of ASCII nor a space.
const ROUGH: u8 = 1;
/// The space. It is no letter.
const SPACE: u8 = 1 << 1;

/// What each byte of a text is to a plain word, as a set: none of these for a small letter. There are some more behind
/// the text, so that it can be read to its end in great steps.
pub(super) fn classify(text: &[u8], classes: &mut Vec<u8>) {
    classes.clear();
    let behind = |by: usize| text.get(by..).unwrap_or_default();
    let fours = text.iter().zip(behind(1)).zip(behind(2)).zip(behind(3));
    classes.extend(fours.map(|(((&one, &two), &three), &four)| class(one, two, three, four)));
    let near = |at: usize| text.get(at).copied().unwrap_or(0);
    classes.extend((classes.len()..text.len()).map(|at| class(near(at), near(at + 1), near(at + 2), 0)));
    classes.extend([END; PADDING.len()]);
}

/// There is no branch in it, so that many are classed at once.
#[inline(always)]
fn class(one: u8, two: u8, three: u8, four: u8) -> u8 {
    let lower = one | CAPITAL;
    let letter = lower.wrapping_sub(b'a') < 26;
    // The first byte of a character from U+00C0 to U+017F, or no first byte.
    let wide = one.wrapping_sub(0xC3) < 3;
    let end = !(letter | wide | (one.wrapping_sub(0x80) < 0x40));
    let triple = letter & (lower == two | CAPITAL) & (lower == three | CAPITAL);
    let double = (one == three) & (two == four);
    let rough_letter = triple | wide & (double | !is_small(one, two));
    let digit = one.wrapping_sub(b'0') < 10;
    let printed = one.wrapping_sub(b' ') <= b'~' - b' ';
    let rough_end = end & (digit | (one == b'\'') | !printed);
    let when = |class: u8, holds: bool| if holds { class } else { 0 };
    let rough = when(ROUGH, rough_letter | rough_end);
    when(END, end) | when(CAPITAL & !one, letter) | when(SPACE, one == b' ') | rough
}

/// Whether two bytes, of which the first is C3, C4 or C5, are a small letter that folds to itself. It is no mistake to
/// say of a rare one that it is not.
#[inline(always)]
fn is_small(one: u8, two: u8) -> bool {
    // In Latin-1 the small letters stand behind the capitals; in Extended-A each stands beside its capital, from U+0139
    // to U+0148 and from U+0179 on as the even one.
    let latin_1 = (two >= 0xA0) & (two != 0xB7);
    let evens = (two >= 0xB9) | (one == 0xC5) & (two <= 0x88);
    let extended = (two & 1 == 0) == evens;
    ((one == 0xC3) & latin_1) | ((one != 0xC3) & extended)
}

/// How many capitals there are among eight bytes, given the classes of those that are letters.
#[inline(always)]
fn capitals(own: u64) -> usize {
    // One in the byte of each capital: in a product with as many ones their sum is the highest byte.
    let each = own >> CAPITAL.trailing_zeros() & EACH;
    (each.wrapping_mul(EACH) >> 56) as usize
}

/// So many bytes are looked at together.
const WIDTH: usize = 8;
/// One in each of eight bytes.
const EACH: u64 = 0x0101_0101_0101_0101;
/// [`END`] in each of them.
const ENDS: u64 = EACH * END as u64;
/// [`ROUGH`] in each of them.
const ROUGHS: u64 = EACH * ROUGH as u64;
/// [`SPACE`] in each of them.
const SPACES: u64 = EACH * SPACE as u64;
/// What stands behind a text that is read in great steps.
pub(super) const PADDING: &str = "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";

/// Eight bytes from `at` on and the eight behind them, the first lowest, if there are as many.
#[inline(always)]
fn halves(bytes: &[u8], at: usize) -> Option<[u64; 2]> {
    let both = u128::from_le_bytes(*bytes.get(at..)?.first_chunk()?);
    Some([both as u64, (both >> 64) as u64])
}

/// Eight bytes from `at` on, the first lowest; where there are no more, `missing`.
fn eight(bytes: &[u8], at: usize, missing: u8) -> u64 {
    let rest = bytes.get(at..).unwrap_or_default();
    match rest.first_chunk() {
        Some(chunk) => u64::from_le_bytes(*chunk),
        None => fold::short(rest).unwrap_or(0) | (EACH * u64::from(missing)) << (8 * rest.len()),
    }
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
