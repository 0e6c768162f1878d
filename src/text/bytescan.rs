//! Finding the next interesting byte.

use std::iter;

/// How many bytes are looked at before the first branch.
const BLOCK: usize = 32;
/// How many, in a block with a wanted byte.
const PART: usize = 8;

/// The first position at or after `from` whose byte is `wanted`.
///
/// Blocks without a wanted byte cost one branch each: the fold over a block has no early exit, so the compiler
/// turns it into vector instructions, which a `position` over the bytes would not become.
#[inline(always)]
pub(super) fn find(bytes: &[u8], from: usize, wanted: impl Fn(u8) -> bool) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let mut at = from;
    for block in rest.chunks(BLOCK) {
        if block.iter().fold(false, |hit, &byte| hit | wanted(byte)) {
            return first_in(block, at, |&byte| wanted(byte));
        }
        at += block.len();
    }
    None
}

/// The position of the first wanted byte of a block that starts at `at`.
#[inline(always)]
fn first_in(block: &[u8], at: usize, wanted: impl Fn(&u8) -> bool) -> Option<usize> {
    let part =
        block.chunks(PART).position(|part| part.iter().fold(false, |hit, byte| hit | wanted(byte)))? * PART;
    block.get(part..)?.iter().position(wanted).map(|offset| at + part + offset)
}

/// The first position at or after `from` whose byte and the next one are `wanted` together.
#[inline(always)]
pub(super) fn find_pair(bytes: &[u8], from: usize, wanted: impl Fn(u8, u8) -> bool) -> Option<usize> {
    let first = bytes.get(from..bytes.len().checked_sub(1)?)?;
    let second = bytes.get(from + 1..)?;
    let mut at = from;
    for (first, second) in first.chunks(BLOCK).zip(second.chunks(BLOCK)) {
        if first.iter().zip(second).fold(false, |hit, (&one, &two)| hit | wanted(one, two)) {
            let offset = first.iter().zip(second).position(|(&one, &two)| wanted(one, two));
            return offset.map(|offset| at + offset);
        }
        at += first.len();
    }
    None
}

/// The character that starts at byte `at`, if one does.
#[inline]
pub(super) fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// The character that ends at byte `at`, if one does.
#[inline]
pub(super) fn char_before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// The characters of a text that are not of ASCII.
pub(crate) fn non_ascii(text: &str) -> impl Iterator<Item = char> {
    let chunks = text.as_bytes().chunks_exact(8);
    let last = chunks.remainder().iter().rev().fold(0, |last, &byte| last << 8 | u64::from(byte));
    let chunks = chunks.filter_map(|chunk| chunk.first_chunk().map(|chunk| u64::from_le_bytes(*chunk)));
    let chunks = chunks.chain(iter::once(last)).enumerate();
    chunks
        .flat_map(|(number, chunk)| first_bytes(chunk).map(move |at| number * 8 + at))
        .filter_map(|at| char_at(text, at))
}

/// Where, among eight bytes, characters begin that are not of ASCII.
fn first_bytes(chunk: u64) -> impl Iterator<Item = usize> {
    let mut rest = chunk & chunk << 1 & 0x8080_8080_8080_8080;
    iter::from_fn(move || {
        let bits = rest.trailing_zeros();
        rest &= rest.checked_sub(1)?;
        Some(bits as usize / 8)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_first_byte_in_every_block() {
        for len in 0..100 {
            let mut bytes = vec![b'a'; len];
            assert_eq!(find(&bytes, 0, |byte| byte == b'.'), None);
            for at in 0..len {
                bytes[at] = b'.';
                for from in 0..=at {
                    assert_eq!(find(&bytes, from, |byte| byte == b'.'), Some(at));
                    let pair = find_pair(&bytes, from, |one, two| one == b'.' && two == b'a');
                    assert_eq!(pair, Some(at).filter(|at| at + 1 < len));
                }
                assert_eq!(find(&bytes, at + 1, |byte| byte == b'.'), None);
                bytes[at] = b'a';
            }
        }
    }

    #[test]
    fn other_characters_come_in_order() {
        let text = "å, ja 😊 – og føles det så langt borte som på månens bakside? Łódź";
        for from in text.char_indices().map(|(at, _)| at) {
            let text = &text[from..];
            let expected: String = text.chars().filter(|c| !c.is_ascii()).collect();
            assert_eq!(non_ascii(text).collect::<String>(), expected);
        }
        assert_eq!(non_ascii("").next(), None);
    }

    #[test]
    fn a_start_past_the_end_finds_nothing() {
        assert_eq!(find(b"abc", 9, |_| true), None);
        assert_eq!(find_pair(b"abc", 9, |_, _| true), None);
        assert_eq!(find_pair(b"", 0, |_, _| true), None);
        assert_eq!(char_at("é", 1), None);
        assert_eq!(char_before("é", 9), None);
    }
}
