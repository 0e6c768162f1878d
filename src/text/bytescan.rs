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

/// The characters of a text that are not of ASCII. Where the next one stands cannot be foreseen: sixty-four bytes are
/// looked at before the first branch.
pub(crate) fn non_ascii(text: &str) -> impl Iterator<Item = char> {
    let blocks = text.as_bytes().chunks(64).enumerate();
    blocks
        .flat_map(|(number, block)| ones(first_bytes(block)).map(move |at| number * 64 + at))
        .filter_map(|at| char_at(text, at))
}

/// A bit for each of up to sixty-four bytes with which a character begins that is not of ASCII.
fn first_bytes(block: &[u8]) -> u64 {
    let eights = block.chunks_exact(8);
    let last = eights.remainder().iter().rev().fold(0, |last, &byte| last << 8 | u64::from(byte));
    let eights = eights.filter_map(|eight| eight.first_chunk().map(|eight| u64::from_le_bytes(*eight)));
    eights
        .chain(iter::once(last))
        .zip((0..64).step_by(8))
        .fold(0, |all, (eight, at)| all | eighth(eight) << at)
}

/// The same for eight bytes.
#[inline(always)]
fn eighth(bytes: u64) -> u64 {
    let begins = bytes & bytes << 1 & 0x8080_8080_8080_8080;
    // The product brings the highest bit of each byte into the highest byte, in their order.
    (begins >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// Where the bits are that are set, ascending.
fn ones(set: u64) -> impl Iterator<Item = usize> {
    let mut rest = set;
    iter::from_fn(move || {
        let bit = rest.trailing_zeros();
        rest &= rest.checked_sub(1)?;
        Some(bit as usize)
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
