//! A glance: what a text can hold at all.
//!
//! Links, signs, emoji, numbers, hidden characters, placeholders and markup each announce themselves by a byte, or by
//! two that stand together, and most texts hold few of them. A look at every byte, by table, and one at every two tell
//! which of the other passes need not be made. A glance is only ever wrong in letting a pass be made that finds
//! nothing.

/// What a text may hold, as a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Glance(u8);

impl Glance {
    /// Links with a host that ends in a top-level domain, or with a protocol.
    pub(crate) const LINKS: Glance = Glance(1);
    /// Mentions, hashtags, e-mail addresses.
    pub(crate) const SIGNS: Glance = Glance(1 << 1);
    /// Digits of any script that numbers are looked for in.
    pub(crate) const DIGITS: Glance = Glance(1 << 2);
    /// Emoji, hidden characters, anything that counts other than one in some unit.
    pub(crate) const ODDITIES: Glance = Glance(1 << 3);
    /// Placeholders.
    pub(crate) const PLACEHOLDERS: Glance = Glance(1 << 4);
    /// Signs of Markdown and HTML.
    pub(crate) const MARKUP: Glance = Glance(1 << 5);

    /// Glances at a text.
    pub(crate) fn at(text: &str) -> Glance {
        let bytes = text.as_bytes();
        Glance(alone_in(bytes) | together_in(bytes))
    }

    /// Whether the text may hold any of these.
    pub(crate) fn shows(self, any: Glance) -> bool {
        self.0 & any.0 != 0
    }

    pub(crate) const fn or(self, other: Glance) -> Glance {
        Glance(self.0 | other.0)
    }
}

/// So many bytes are looked at at once.
const BLOCK: usize = 32;

/// What the bytes of a text announce by themselves. Few blocks of it hold any that do.
fn alone_in(bytes: &[u8]) -> u8 {
    let by_table = |seen, &byte: &u8| seen | ALONE.get(usize::from(byte)).copied().unwrap_or(0);
    let blocks = bytes.chunks_exact(BLOCK);
    let rest = blocks.remainder().iter().fold(0, by_table);
    blocks.filter(|block| !are_ordinary(block)).flatten().fold(rest, by_table)
}

/// Whether bytes are such that announce nothing for sure. There is no branch in it, so that many are looked at at once.
#[inline(always)]
fn are_ordinary(bytes: &[u8]) -> bool {
    bytes.iter().fold(true, |all, &byte| all & is_ordinary(byte))
}

/// Letters of ASCII and Latin letters beyond it, the space, and the marks that are used most.
#[inline(always)]
fn is_ordinary(byte: u8) -> bool {
    let within = |from: u8, to: u8| byte.wrapping_sub(from) <= to - from;
    let letter = ((byte | 0x20).wrapping_sub(b'a') < 26) | within(0x80, 0xC9) & (byte != 0xC2);
    letter | within(b' ', b'"') | within(b'&', b')') | within(b'+', b'/') | (byte == b'?') | (byte == b'\n')
}

/// What the pairs of bytes of a text announce. The last block of pairs overlaps the one before it.
fn together_in(bytes: &[u8]) -> u8 {
    let (Some((_, twos)), Some((_, ones))) = (bytes.split_first(), bytes.split_last()) else { return 0 };
    match (ones.last_chunk::<BLOCK>(), twos.last_chunk::<BLOCK>()) {
        (Some(last_ones), Some(last_twos)) => {
            let whole = ones.len() - ones.len() % BLOCK;
            let before =
                together(ones.get(..whole).unwrap_or_default(), twos.get(..whole).unwrap_or_default());
            before | together(last_ones, last_twos)
        }
        _ => together(ones, twos),
    }
}

/// What each byte announces by itself.
#[allow(clippy::indexing_slicing, reason = "evaluated when the crate is compiled")]
const ALONE: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = alone(byte as u8).0;
        byte += 1;
    }
    table
};

const fn alone(byte: u8) -> Glance {
    match byte {
        b'@' => Glance::SIGNS,
        b'#' => Glance::SIGNS.or(Glance::MARKUP),
        b'0'..=b'9' => Glance::DIGITS,
        b'{' | b'%' => Glance::PLACEHOLDERS,
        b'[' | b'<' | b'_' | b'*' => Glance::PLACEHOLDERS.or(Glance::MARKUP),
        b'`' => Glance::MARKUP,
        b'\n' | b'\t' => Glance(0),
        // Line breaks may be of two characters.
        0..b' ' | 0x7F => Glance::ODDITIES,
        b' '..=b'~' => Glance(0),
        // The first byte of a letter that is Latin for sure, or not the first byte of anything.
        0x80..=0xC1 | 0xC3..=0xC9 => Glance(0),
        // Digits of other scripts.
        0xD9 | 0xDB | 0xF0.. => Glance::DIGITS.or(Glance::ODDITIES),
        // Full-width signs and digits.
        0xEF => Glance::DIGITS.or(Glance::ODDITIES).or(Glance::SIGNS),
        _ => Glance::ODDITIES,
    }
}

/// What bytes announce together with those behind them. There is no branch in it, so that many are looked at at once.
#[inline(always)]
fn together(ones: &[u8], twos: &[u8]) -> u8 {
    let (mut links, mut placeholders, mut markup) = (false, false, false);
    for (&one, &two) in ones.iter().zip(twos) {
        let (lower_one, lower_two) = (one | 0x20, two | 0x20);
        // Behind the point of a host stands a letter.
        links |= (one == b'.') & (two > b'@') | (one == b':') & (two == b'/');
        // `XX`, `FIXME`, `ipsum`, `TODO:`.
        placeholders |= (lower_one == b'x') & ((lower_two == b'x') | (lower_two == b'm'))
            | (lower_one == b'p') & (lower_two == b's')
            | (one == b'O') & (two == b':');
        // `DD.MM`, `YYYY-MM-DD`, `HH:MM`: the month or the minutes never stand first.
        let joins = (one == b'.') | (one == b'/') | (one == b'-') | (one == b':');
        placeholders |= joins & (lower_two == b'm');
        // `&nbsp;`, `&#39;`.
        markup |= (one == b'&') & (two != b' ');
    }
    let when = |what: Glance, holds: bool| if holds { what.0 } else { 0 };
    when(Glance::LINKS, links) | when(Glance::PLACEHOLDERS, placeholders) | when(Glance::MARKUP, markup)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::{
        emojis_in, entities, hidden, lengths, markup, personal_data, placeholders, unlisted_links,
    };

    fn holds<T>(find: impl FnOnce(&mut Vec<T>)) -> bool {
        let mut found = Vec::new();
        find(&mut found);
        !found.is_empty()
    }

    /// What the passes themselves say of what a glance does not show.
    fn never_lies(text: &str) -> Result<(), TestCaseError> {
        let glance = Glance::at(text);
        let links = Glance::LINKS.or(Glance::SIGNS);
        let found = [
            (links, holds(|out| entities(text, out)), "entities"),
            (Glance::LINKS, holds(|out| unlisted_links(text, &[], out)), "unlisted links"),
            (Glance::DIGITS, holds(|out| personal_data(text, out)), "personal data"),
            (Glance::ODDITIES, holds(|out| emojis_in(text, out)), "emoji"),
            (Glance::ODDITIES, holds(|out| hidden(text, &[], out)), "hidden"),
            (Glance::PLACEHOLDERS, holds(|out| placeholders(text, out)), "placeholders"),
            (Glance::MARKUP, holds(|out| markup(text, out)), "markup"),
        ];
        for (shown, is_there, what) in found {
            prop_assert!(glance.shows(shown) || !is_there, "{what} in {text:?}");
        }
        let lengths = lengths(text, &[]);
        let counts = text.chars().count();
        let all = [
            lengths.utf16,
            lengths.code_points,
            lengths.graphemes,
            lengths.x,
            lengths.threads,
            lengths.mastodon,
        ];
        prop_assert!(glance.shows(Glance::ODDITIES) || all == [counts; 6], "{lengths:?} of {text:?}");
        Ok(())
    }

    const PIECES: [&str; 49] = [
        "a",
        "DD.MM",
        "A",
        " ",
        "å",
        "ł",
        "ɏ",
        "\u{301}",
        ".",
        "no",
        "fjord.no",
        "per@firma.no",
        "@kari",
        "＠kari",
        "#nett",
        "＃nett",
        "https://intern",
        "10.0.0.1",
        "12345678901",
        "١٢٣٤٥٦٧٨",
        "４１２３４５６７",
        "41 23 45 67",
        "NO93 8601 1117 947",
        "😊",
        "❤️",
        "1️⃣",
        "©",
        "©\u{FE0F}",
        "™",
        "\u{AD}",
        "\u{200B}",
        "\u{7F}",
        "\u{85}",
        "\r\n",
        "\n",
        "\t",
        "раypal",
        "{name}",
        "[navn]",
        "<navn>",
        "%s",
        "____",
        "*|NAVN|*",
        "XXX",
        "xx.xx.xxxx",
        "Lorem ipsum",
        "TODO:",
        "FIXME",
        "漢",
    ];

    proptest! {
        #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_not_shown_is_not_there(pieces in prop::collection::vec(0..PIECES.len(), 0..8)) {
            never_lies(&pieces.into_iter().map(|at| PIECES[at]).collect::<String>())?;
        }

        #[test]
        fn nor_in_any_text(text in any::<String>()) {
            never_lies(&text)?;
        }
    }

    #[test]
    fn nor_beside_any_character() {
        for c in '\0'..='\u{1FFFF}' {
            never_lies(&format!("å{c}")).unwrap();
        }
    }

    #[test]
    fn what_is_ordinary_announces_nothing() {
        for byte in 0..=u8::MAX {
            assert!(!is_ordinary(byte) || alone(byte) == Glance::default(), "{byte:#x}");
        }
    }

    #[test]
    fn an_ordinary_reply_shows_nothing() {
        let reply = "Hei Kari! Vi beklager at nettet har vært nede igjen, og det skal vi rette opp. Žeby Łódź, straße.";
        assert_eq!(Glance::at(reply), Glance::default());
    }
}
