//! The characters of the notation: words, white space, brackets.
//!
//! Most of a policy is plain words: letters of Latin-1 and Latin Extended-A, digits, and apostrophes between them.
//! Such a word is one token in any text (a test holds this to [`Tokens`](crate::text::token)), so that it is found
//! here, eight bytes at a time, and need not be tokenised again.

use super::{PhraseError, PhraseProblem};
use crate::text::fold;
use crate::text::words::Key;

/// What a byte begins.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// A letter or digit of a plain word, or `×` or `÷`.
    Letter,
    /// ASCII white space.
    Space,
    Open,
    Close,
    Bar,
    /// A mark that is a token by itself wherever it stands.
    Mark,
    /// Anything else.
    Other,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Other; 256];
    let mut byte = 0;
    while byte < 256 {
        #[expect(clippy::indexing_slicing, reason = "evaluated when compiling")]
        {
            classes[byte] = match byte as u8 {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | 0xC3..=0xC5 => Class::Letter,
                b' ' | b'\t'..=b'\r' => Class::Space,
                b'(' | b'[' | b'{' => Class::Open,
                b')' | b']' | b'}' => Class::Close,
                b'|' => Class::Bar,
                b'\\' | b'^' | b'$' => Class::Other,
                mark if mark.is_ascii_punctuation() => Class::Mark,
                _ => Class::Other,
            };
        }
        byte += 1;
    }
    classes
};

#[inline]
pub(super) fn class(byte: u8) -> Class {
    CLASSES.get(usize::from(byte)).copied().unwrap_or(Class::Other)
}

pub(super) fn unbalanced<T>(bracket: u8, at: usize) -> Result<T, PhraseError> {
    Err(PhraseError { at, problem: PhraseProblem::Unbalanced(char::from(bracket)) })
}

/// Whether a closing bracket is the other half of an opening one.
pub(super) fn closes(open: u8, close: u8) -> bool {
    matches!((open, close), (b'(', b')') | (b'[', b']') | (b'{', b'}'))
}

/// The end of an item: what ends it is white space, or inside a group a bar or bracket.
pub(super) fn item_end(source: &str, from: usize, in_group: bool) -> Result<usize, PhraseError> {
    let mut open: Vec<(u8, usize)> = Vec::new();
    let mut end = source.len();
    let mut escaped = false;
    for (at, byte) in source.bytes().enumerate().skip(from) {
        match (class(byte), open.last()) {
            _ if escaped => {}
            (Class::Letter, _) => continue,
            (Class::Bar | Class::Close, None) if in_group => {
                end = at;
                break;
            }
            (Class::Open, _) => open.push((byte, at)),
            (Class::Close, Some(&(bracket, _))) if closes(bracket, byte) => {
                open.pop();
            }
            (Class::Close, _) => return unbalanced(byte, at),
            (Class::Space | Class::Other, None) if begins_with_space(source, at) => {
                end = at;
                break;
            }
            _ => {}
        }
        escaped = byte == b'\\' && !escaped;
    }
    match open.pop() {
        Some((bracket, at)) => unbalanced(bracket, at),
        None => Ok(end),
    }
}

/// Whether a character begins at a byte, and is white space.
fn begins_with_space(source: &str, at: usize) -> bool {
    source.get(at..).is_some_and(|rest| rest.starts_with(char::is_whitespace))
}

/// The end of the group that begins at a byte, in an item whose brackets are balanced.
pub(super) fn group_end(source: &str, from: usize) -> Option<usize> {
    let (mut depth, mut escaped) = (0usize, false);
    for (at, byte) in source.bytes().enumerate().skip(from) {
        match class(byte) {
            _ if escaped => {}
            Class::Open => depth += 1,
            Class::Close => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
        escaped = byte == b'\\' && !escaped;
    }
    None
}

/// What stands behind a phrase, so that eight bytes can be looked at wherever one begins.
pub(super) const PADDING: &str = "\0\0\0\0\0\0\0\0";

/// A plain word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Plain {
    pub(super) end: usize,
    /// Its key, where it is folded as it stands.
    pub(super) folded: Option<Key>,
}

/// The plain word that begins at a byte. Bytes beyond the text may be zero.
pub(super) fn plain(bytes: &[u8], start: usize) -> Option<Plain> {
    let goes_on = |next: Option<&u8>| next.is_some_and(|&byte| byte == b'\'' || class(byte) == Class::Letter);
    match small_letters(bytes, start) {
        Some((end, key)) if !goes_on(bytes.get(end)) => Some(Plain { end, folded: Some(key) }),
        _ => any_letters(bytes, start),
    }
}

/// Small letters that are folded as they stand: where they end, and their key. Most plain words are no more; whether
/// one ends there, too, shows by what comes next. Looks only where eight bytes are left.
#[inline(always)]
pub(super) fn small_letters(bytes: &[u8], start: usize) -> Option<(usize, Key)> {
    let chunk = whole_eight(bytes, start)?;
    let length = count_small(chunk);
    if length == 8 {
        return many_small_letters(bytes, start);
    }
    let letters = chunk & !(u64::MAX << (8 * length));
    // What is beyond ASCII and no letter is not folded, either.
    (length > 0 && all_folded(letters)).then(|| (start + length, Key::short(letters)))
}

fn many_small_letters(bytes: &[u8], start: usize) -> Option<(usize, Key)> {
    let mut at = start;
    loop {
        let chunk = whole_eight(bytes, at)?;
        let length = count_small(chunk);
        // Of a letter that goes over the edge the first half is looked at with the second.
        let kept = if length == 8 && leads(chunk) >> 63 == 1 { 7 } else { length };
        if !all_folded(chunk & low_bytes(kept)) {
            return None;
        }
        at += kept;
        if length < 8 {
            return Some((at, Key::of(bytes.get(start..at)?)));
        }
    }
}

/// Of eight bytes, how many come before the first that is neither a small letter nor beyond ASCII.
#[inline]
const fn count_small(eight: u64) -> usize {
    (!(small(eight) | eight) & TOPS).trailing_zeros() as usize / 8
}

/// A plain word of any length and letters.
fn any_letters(bytes: &[u8], start: usize) -> Option<Plain> {
    let (mut end, mut folded) = run(bytes, start);
    if end == start {
        return None;
    }
    while let Some(after) = apostrophe(bytes, end) {
        let (next, small) = run(bytes, after);
        if next == after {
            break;
        }
        folded &= small && after == end + 1;
        end = next;
    }
    let key = if folded { bytes.get(start..end).map(Key::of) } else { None };
    Some(Plain { end, folded: key })
}

/// What stands after an apostrophe, straight or curly.
fn apostrophe(bytes: &[u8], at: usize) -> Option<usize> {
    match bytes.get(at)? {
        b'\'' => Some(at + 1),
        0xE2 => (bytes.get(at + 1..at + 3) == Some(&[0x80, 0x99])).then_some(at + 3),
        _ => None,
    }
}

const ONES: u64 = u64::MAX / 0xFF;
const TOPS: u64 = ONES << 7;

/// The end of the letters and digits from a byte on, and whether they are folded as they stand.
fn run(bytes: &[u8], start: usize) -> (usize, bool) {
    let mut at = start;
    let mut folded = true;
    loop {
        let eight = eight(bytes, at);
        let (others, upper) = sort_out(eight);
        let letters = others.trailing_zeros() as usize / 8;
        let kept = low_bytes(letters);
        let mut leads = leads(eight & kept);
        while leads != 0 {
            let lead = at + leads.trailing_zeros() as usize / 8;
            match bytes.get(lead..lead + 2) {
                // `×` and `÷`.
                Some([0xC3, 0x97 | 0xB7]) => {
                    // What stands after the sign has been sorted out together with what stands before it.
                    let before = bytes.get(at..lead).unwrap_or_default();
                    return (lead, folded && !before.iter().any(u8::is_ascii_uppercase));
                }
                Some(&[first, second]) => folded &= is_folded(first, second),
                _ => {}
            }
            leads &= leads - 1;
        }
        folded &= upper & kept == 0;
        at += letters;
        if letters < 8 {
            return (at, folded);
        }
    }
}

/// The first bytes of letters beyond ASCII.
const fn leads(eight: u64) -> u64 {
    eight & eight << 1 & TOPS
}

/// For each first byte from 0xC3 on, a bit for each second byte with which it is a letter that is folded as it stands.
const FOLDED: [u64; 3] = {
    let mut folded = [0; 3];
    let mut code = 0xC0;
    while code < 0x180 {
        if matches!(fold::lower_latin(code), Some(lower) if lower == code)
            && !matches!(code, 0xD7 | 0xDF | 0xF7)
        {
            #[expect(clippy::indexing_slicing, reason = "evaluated when compiling")]
            {
                folded[(code >> 6) as usize - 3] |= 1 << (code & 0x3F);
            }
        }
        code += 1;
    }
    folded
};

fn is_folded(first: u8, second: u8) -> bool {
    let letters = FOLDED.get(usize::from(first.wrapping_sub(0xC3))).copied().unwrap_or(0);
    letters >> (second & 0x3F) & 1 == 1
}

/// Whether the letters beyond ASCII of up to eight bytes are folded as they stand.
#[inline]
fn all_folded(word: u64) -> bool {
    let mut leads = leads(word);
    while leads != 0 {
        let pair = word >> (leads.trailing_zeros() - 7);
        if !is_folded(pair as u8, (pair >> 8) as u8) {
            return false;
        }
        leads &= leads - 1;
    }
    true
}

/// Of eight bytes, a bit for each that is a small letter of ASCII; what it has for bytes beyond ASCII means nothing.
#[inline]
const fn small(eight: u64) -> u64 {
    let low = eight & !TOPS;
    // The top bit of a byte is set when its lower seven reach the limit.
    (low + ONES * (0x80 - 'a' as u64)) & !(low + ONES * (0x80 - 'z' as u64 - 1))
}

/// Of eight bytes, a bit for each that is no part of a run, and one for each that is a capital letter of ASCII. All
/// bytes after a first byte of U+00C0 to U+017F are taken for letters.
#[inline]
const fn sort_out(eight: u64) -> (u64, u64) {
    let low = eight & !TOPS;
    // Small and capital letters differ in one bit.
    let letter = small(eight | (ONES * 0x20));
    let digit = (low + ONES * (0x80 - '0' as u64)) & !(low + ONES * (0x80 - '9' as u64 - 1));
    let first = (low + ONES * (0x80 - 0x43)) & !(low + ONES * (0x80 - 0x46));
    let second = !(eight << 1);
    let ascii = (letter | digit) & !eight;
    let beyond = (first | second) & eight;
    (!(ascii | beyond) & TOPS, letter & !(eight << 2) & !eight & TOPS)
}

/// Eight bytes from a place on, the first one lowest; zero after the end.
#[inline]
fn eight(bytes: &[u8], at: usize) -> u64 {
    let rest = bytes.get(at..).unwrap_or_default();
    match (rest.first_chunk(), bytes.last_chunk()) {
        (Some(chunk), _) => u64::from_le_bytes(*chunk),
        (None, Some(last)) => u64::from_le_bytes(*last).checked_shr(64 - 8 * rest.len() as u32).unwrap_or(0),
        (None, None) => fold::short(rest).unwrap_or(0),
    }
}

/// The same, where there are eight.
#[inline]
fn whole_eight(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..)?.first_chunk().map(|chunk| u64::from_le_bytes(*chunk))
}

/// All bits of so many bytes, up to eight.
#[inline]
fn low_bytes(count: usize) -> u64 {
    u64::MAX.checked_shr(64 - 8 * count as u32).unwrap_or(0)
}

/// A piece of an item with glued groups. Offsets fit: no phrase is longer than
/// [`LONGEST_PHRASE`](super::LONGEST_PHRASE).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) kind: PieceKind,
    pub(super) start: u16,
    pub(super) end: u16,
    /// Of an opening bracket: the piece that closes it.
    pub(super) partner: u16,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PieceKind {
    Open,
    Close,
    Bar,
    /// Text without any of these; a class in its braces.
    Text,
}

/// Cuts an item whose brackets are balanced at round and square brackets and bars.
pub(super) fn cut(item: &str, pieces: &mut Vec<Piece>) {
    pieces.clear();
    let mut open: Vec<usize> = Vec::new();
    let (mut escaped, mut braces) = (false, 0);
    for (at, byte) in item.bytes().enumerate() {
        let kind = match byte {
            _ if escaped => PieceKind::Text,
            b'(' | b'[' if braces == 0 => PieceKind::Open,
            b')' | b']' if braces == 0 => PieceKind::Close,
            b'|' if braces == 0 => PieceKind::Bar,
            _ => PieceKind::Text,
        };
        match byte {
            b'{' if !escaped => braces += 1,
            b'}' if !escaped => braces -= 1,
            _ => {}
        }
        escaped = byte == b'\\' && !escaped;
        match pieces.last_mut() {
            Some(last) if kind == PieceKind::Text && last.kind == kind => last.end = at as u16 + 1,
            _ => pieces.push(Piece { kind, start: at as u16, end: at as u16 + 1, partner: 0 }),
        }
        let here = pieces.len() - 1;
        match kind {
            PieceKind::Open => open.push(here),
            PieceKind::Close => {
                if let Some(piece) = open.pop().and_then(|open| pieces.get_mut(open)) {
                    piece.partner = here as u16;
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A plain word, character by character.
    fn naive(source: &str) -> Option<(usize, bool)> {
        let letter =
            |c: char| c.is_ascii_alphanumeric() || ('À'..='ſ').contains(&c) && !matches!(c, '×' | '÷');
        let chars: Vec<(usize, char)> = source.char_indices().collect();
        let mut end = 0;
        for (index, &(at, c)) in chars.iter().enumerate() {
            let next = chars.get(index + 1).is_some_and(|&(_, c)| letter(c));
            if !(letter(c) || matches!(c, '\'' | '’') && at > 0 && next) {
                break;
            }
            end = at + c.len_utf8();
        }
        let word = source.get(..end).filter(|word| !word.is_empty())?;
        let mut folded = String::new();
        word.chars().for_each(|c| fold::push_folded(c, &mut folded));
        Some((end, folded == word))
    }

    proptest! {
        #[test]
        fn eight_bytes_at_a_time_find_what_single_characters_find(
            before in "[a ]{0,9}",
            source in "[a-cA-CåÅßÿŁż×÷'’0-2 *–𝕏]{0,24}",
        ) {
            let all = format!("{before} {source}");
            let start = before.len() + 1;
            let found = plain(all.as_bytes(), start).map(|word| (word.end - start, word.folded));
            let expected = naive(&source)
                .map(|(end, folded)| (end, folded.then(|| Key::of(&source.as_bytes()[..end]))));
            prop_assert_eq!(found, expected);
            let padded = [all.as_bytes(), &[0; 8]].concat();
            prop_assert_eq!(plain(&padded, start).map(|word| (word.end - start, word.folded)), expected);
        }
    }

    #[test]
    fn every_byte_is_sorted_out() {
        for byte in 0..=255u8 {
            for place in 0..8 {
                let (others, upper) = sort_out(u64::from(byte) << (8 * place));
                let letter = byte.is_ascii_alphanumeric()
                    || (0x80..=0xBF).contains(&byte)
                    || (0xC3..=0xC5).contains(&byte);
                assert_eq!(others >> (8 * place + 7) & 1 == 0, letter, "{byte}");
                assert_eq!(upper != 0, byte.is_ascii_uppercase(), "{byte}");
            }
        }
    }

    #[test]
    fn an_item_falls_into_pieces() {
        let mut pieces = Vec::new();
        let item = "a[bc|\\(]{x|(}!";
        cut(item, &mut pieces);
        let texts: Vec<&str> =
            pieces.iter().map(|piece| &item[piece.start.into()..piece.end.into()]).collect();
        assert_eq!(texts, ["a", "[", "bc", "|", "\\(", "]", "{x|(}!"]);
        assert_eq!(pieces[1].partner, 5);
    }
}
