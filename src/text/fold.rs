//! Folding: the form in which words are compared.
//!
//! Two words are the same to svar when they are canonically equivalent (NFC), equal without regard to case
//! (`ß` = `ss`), with `’` and `'` as one, and with everything invisible looked through. Latin letters take a
//! short way; a word with combining marks or letters beyond Latin is normalised with `unicode-normalization`.

use unicode_normalization::UnicodeNormalization;

/// Whether a character has no place on the page and is looked through when words are compared: soft hyphen,
/// zero-width and bidirectional controls, variation selectors, tags. (They are reported by [`hidden`](super::hidden).)
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0000}'..='\u{E01EF}')
}

/// Whether the character is an apostrophe, straight, curly or modifier.
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '＇')
}

/// Appends the lower-case form of one composed character.
pub(crate) fn push_folded(c: char, out: &mut String) {
    match c {
        'ß' | 'ẞ' => out.push_str("ss"),
        '’' | 'ʼ' | '＇' => out.push('\''),
        _ => match lower_latin(c as u32).and_then(char::from_u32) {
            Some(lower) => out.push(lower),
            None => out.extend(c.to_lowercase()),
        },
    }
}

/// The lower-case form of a letter of Latin-1 or Latin Extended-A, without a look-up in the large tables.
pub(crate) const fn lower_latin(code: u32) -> Option<u32> {
    Some(match code {
        0x41..=0x5A | 0xC0..=0xD6 | 0xD8..=0xDE => code + 0x20,
        0x00..=0x7F => code,
        0x80..=0xFF => code,
        0x100..=0x12F | 0x132..=0x137 | 0x14A..=0x177 => code | 1,
        0x139..=0x148 | 0x179..=0x17E => code + (code & 1),
        _ => return None,
    })
}

/// Whether a word with this character must be normalised before it is folded.
pub(crate) fn needs_normalising(c: char) -> bool {
    c >= '\u{300}'
}

/// Appends the folded form of a whole word, whatever it is made of.
pub(crate) fn fold_into(word: &str, out: &mut String) {
    let visible = word.chars().filter(|&c| !is_invisible(c));
    if word.chars().any(needs_normalising) {
        visible.nfc().for_each(|c| push_folded(c, out));
    } else {
        visible.for_each(|c| push_folded(c, out));
    }
}

/// The folded form of a word.
#[cfg(test)]
pub(crate) fn fold(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    fold_into(word, &mut out);
    out
}

/// A hash of folded bytes; the vocabulary's tables are keyed by it. It is no defence against crafted keys and
/// needs none: only a policy adds words to a table, texts are merely looked up.
pub(crate) fn hash(bytes: &[u8]) -> u32 {
    let mut state = 0u64;
    let mut rest = bytes;
    while let Some((chunk, more)) = rest.split_first_chunk() {
        state = hash_on(state, u64::from_le_bytes(*chunk));
        rest = more;
    }
    hash_end(state, short(rest).unwrap_or(0))
}

/// What is multiplied with it is spread over the upper bits.
pub(crate) const K: u64 = 0x9E37_79B9_7F4A_7C15;

/// The state of a [`hash`], which is zero at first, after eight bytes more.
#[inline]
pub(crate) fn hash_on(state: u64, bytes: u64) -> u64 {
    let state = (state ^ bytes).wrapping_mul(K);
    state ^ state >> 29
}

/// The [`hash`], given its state and the bytes that are left, as [`short`] gives them.
#[inline]
pub(crate) fn hash_end(state: u64, rest: u64) -> u32 {
    ((state ^ rest).wrapping_mul(K) >> 32) as u32
}

/// A word of less than eight bytes as one number, the first byte lowest and zero where there is none. No word holds a
/// zero, so that different words are different numbers.
pub(crate) fn short(bytes: &[u8]) -> Option<u64> {
    let at = |index: usize| bytes.get(index).map_or(0, |&byte| u64::from(byte) << (8 * index));
    Some(match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>(), bytes.len()) {
        (Some(first), Some(last), 4..8) => {
            let last = u64::from(u32::from_le_bytes(*last)) << (8 * (bytes.len() - 4));
            u64::from(u32::from_le_bytes(*first)) | last
        }
        (.., 1..4) => at(0) | at(bytes.len() / 2) | at(bytes.len() - 1),
        (.., 0) => 0,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_read_alike_fold_alike() {
        for (a, b) in [
            ("PÅ", "på"),
            ("pa\u{30A}", "på"),
            ("STRASSE", "straße"),
            ("don’t", "DON'T"),
            ("be\u{AD}kla\u{200B}ger", "Beklager"),
            ("Łódź", "łÓDŹ"),
            ("\u{212B}", "å"),
            ("ÆØÅ", "æøå"),
            ("Ÿ", "ÿ"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} and {b}");
        }
    }

    #[test]
    fn what_need_not_be_normalised_stays_as_it_is() {
        let letters: String = ('\0'..=char::MAX).filter(|&c| !needs_normalising(c)).collect();
        assert!(letters.nfc().eq(letters.chars()));
        for one in letters.chars() {
            assert!(unicode_normalization::char::canonical_combining_class(one) == 0);
            assert!([one, 'a', one].into_iter().nfc().eq([one, 'a', one]), "{one:?}");
        }
    }

    #[test]
    fn short_words_are_their_bytes() {
        for length in 0..10 {
            let word: Vec<u8> = (1..=length).collect();
            let number = word.iter().rev().fold(0u64, |number, &byte| number << 8 | u64::from(byte));
            assert_eq!(short(&word), (length < 8).then_some(number));
        }
    }

    #[test]
    fn the_short_way_gives_what_the_standard_library_gives() {
        for code in 0..0x180 {
            let Some(c) = char::from_u32(code) else { continue };
            if matches!(c, 'ß' | 'İ') {
                continue;
            }
            let mut folded = String::new();
            push_folded(c, &mut folded);
            assert_eq!(folded, c.to_lowercase().collect::<String>(), "{c:?}");
        }
    }
}
