//! The character classes of twitter-text, by name.
//!
//! Source: the regular expressions of `twitter-text` 3.1.0 (Apache-2.0), written as predicates. Where those fold
//! case only because of a flag of their regex engine (`ι` is taken for U+0345, say), ASCII case alone is folded
//! here, as the Java edition does.

/// A set of ASCII characters: bit `n` stands for the character `n`.
struct Ascii(u128);

impl Ascii {
    const ALPHANUMERIC: Ascii = Ascii::of(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    const fn of(mut bytes: &[u8]) -> Ascii {
        let mut set = 0;
        while let [first, rest @ ..] = bytes {
            set |= 1 << *first;
            bytes = rest;
        }
        Ascii(set)
    }

    /// The letters, the digits and `bytes`.
    const fn alphanumeric_and(bytes: &[u8]) -> Ascii {
        Ascii(Ascii::ALPHANUMERIC.0 | Ascii::of(bytes).0)
    }

    const fn has(&self, c: char) -> bool {
        c.is_ascii() && self.0 >> (c as u32) & 1 == 1
    }
}

/// The control characters that are no white space, the quote and the backtick among letters and digits.
const DOMAIN: Ascii =
    Ascii(Ascii::alphanumeric_and(b"\"`\x7F").0 | 0xFFFF_FFFF & !Ascii::of(b"\t\n\x0B\x0C\r").0);
const HOST_RUN: Ascii = Ascii(DOMAIN.0 | Ascii::of(b".-_").0);
const PATH: Ascii = Ascii::alphanumeric_and(b"!*';:=+,.$/%#[]-_~@|&");
const PATH_END: Ascii = Ascii::alphanumeric_and(b"+-=_#/");
const QUERY: Ascii = Ascii::alphanumeric_and(b"!?*'@();:&=+$/%#[]-_.,~|");
const QUERY_END: Ascii = Ascii::alphanumeric_and(b"-_&=#/");

/// Characters that never stand in a text: `invalidChars`.
fn is_invalid(c: char) -> bool {
    matches!(c, '\u{FFFE}' | '\u{FEFF}' | '\u{FFFF}')
}

/// Marks that turn the direction of writing: `directionalMarkersGroup`.
fn is_directional(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{2066}'..='\u{2069}')
}

/// `spacesGroup`.
fn is_space(c: char) -> bool {
    matches!(c,
        '\u{09}'..='\u{0D}' | ' ' | '\u{85}' | '\u{A0}' | '\u{1680}' | '\u{180E}' | '\u{2000}'..='\u{200A}'
        | '\u{2028}' | '\u{2029}' | '\u{202F}' | '\u{205F}' | '\u{3000}')
}

/// What a host label may begin and end with (`validDomainChars`): all but punctuation, space, and direction marks.
/// Quotes and backticks count as letters there, and so they do here.
pub(super) fn is_domain(c: char) -> bool {
    DOMAIN.has(c) || is_other_domain(c)
}

/// What a run of host labels is made of.
pub(super) fn is_host_run(c: char) -> bool {
    HOST_RUN.has(c) || is_other_domain(c)
}

fn is_other_domain(c: char) -> bool {
    !(c.is_ascii() || is_space(c) || is_invalid(c) || is_directional(c))
}

/// What may stand directly before a link: `validUrlPrecedingChars`.
pub(super) fn may_precede_link(c: char) -> bool {
    !(c.is_ascii_alphanumeric() || matches!(c, '@' | '＠' | '$' | '#' | '＃') || is_invalid(c))
}

/// What keeps a host without protocol from being a link: `invalidUrlWithoutProtocolPrecedingChars`.
pub(super) fn spoils_bare_link(c: char) -> bool {
    matches!(c, '-' | '_' | '.' | '/')
}

/// `latinAccentChars`.
pub(super) fn is_latin_accent(c: char) -> bool {
    matches!(c,
        '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{24F}' | '\u{253}' | '\u{254}' | '\u{256}'
        | '\u{257}' | '\u{259}' | '\u{25B}' | '\u{263}' | '\u{268}' | '\u{26F}' | '\u{272}' | '\u{289}'
        | '\u{28B}' | '\u{2BB}' | '\u{300}'..='\u{36F}' | '\u{1E00}'..='\u{1EFF}')
}

/// What the labels of a host without protocol are made of: `validAsciiDomain`.
pub(super) fn is_bare_label(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || is_latin_accent(c)
}

/// `validGeneralUrlPathChars`.
pub(super) fn is_path(c: char) -> bool {
    PATH.has(c) || matches!(c, '\u{2013}' | '\u{400}'..='\u{4FF}') || is_latin_accent(c)
}

/// `validUrlPathEndingChars`, balanced parentheses aside.
pub(super) fn ends_path(c: char) -> bool {
    PATH_END.has(c) || ('\u{400}'..='\u{4FF}').contains(&c) || is_latin_accent(c)
}

/// `validUrlQueryChars`.
pub(super) fn is_query(byte: u8) -> bool {
    QUERY.has(char::from(byte))
}

/// `validUrlQueryEndingChars`.
pub(super) fn ends_query(byte: u8) -> bool {
    QUERY_END.has(char::from(byte))
}

/// What may follow a top-level domain that is written out: its look-ahead.
pub(super) fn may_follow_tld(byte: u8) -> bool {
    !(byte.is_ascii_alphanumeric() || matches!(byte, b'@' | b'+' | b'-'))
}

/// Letters and marks (`hashtagAlpha`). twitter-text lists those of Unicode 7; this is the Unicode of the standard
/// library, so that later scripts have hashtags, too.
pub(super) fn is_hashtag_letter(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    // Alphabetic, but symbols: the circled and squared letters.
    let symbol = matches!(c,
        '\u{24B6}'..='\u{24E9}' | '\u{1F130}'..='\u{1F149}' | '\u{1F150}'..='\u{1F169}' | '\u{1F170}'..='\u{1F189}');
    (c.is_alphabetic() && !c.is_numeric() && !symbol) || unicode_normalization::char::is_combining_mark(c)
}

/// What a hashtag is made of: `hashtagAlphaNumeric`.
pub(super) fn is_hashtag(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    is_hashtag_letter(c) || is_decimal(c) || is_hashtag_special(c)
}

/// `hashtagSpecialChars`.
fn is_hashtag_special(c: char) -> bool {
    matches!(
        c,
        '\u{B7}'
            | '\u{5BE}'
            | '\u{5F3}'
            | '\u{5F4}'
            | '\u{F0B}'
            | '\u{F0C}'
            | '\u{200C}'
            | '\u{200D}'
            | '\u{3003}'
            | '\u{301C}'
            | '\u{309B}'
            | '\u{309C}'
            | '\u{30A0}'
            | '\u{30FB}'
            | '\u{A67E}'
            | '\u{FF5E}'
    )
}

/// The decimal digits outside ASCII: each of these begins a row of ten. `bmpNumerals` and `astralNumerals`.
const ZEROS: [u32; 53] = [
    0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0DE6,
    0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0,
    0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10, 0x104A0, 0x11066,
    0x110F0, 0x11136, 0x111D0, 0x112F0, 0x114D0, 0x11650, 0x116C0, 0x118E0, 0x16A60, 0x16B50, 0x1D7CE,
    0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6,
];

fn is_decimal(c: char) -> bool {
    let c = c as u32;
    let row = ZEROS.partition_point(|&zero| zero <= c);
    row.checked_sub(1).and_then(|row| ZEROS.get(row)).is_some_and(|&zero| c - zero < 10)
}

/// What a user name is made of.
pub(super) fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// What may stand directly before a mention: `validMentionPrecedingChars`, the `RT` aside.
pub(super) fn may_precede_mention(c: char) -> bool {
    !(c.is_ascii_alphanumeric() || matches!(c, '_' | '!' | '#' | '$' | '%' | '&' | '*' | '@' | '＠'))
}

/// What may stand directly before a hashtag: `hashtagBoundary`.
pub(super) fn may_precede_hashtag(c: char) -> bool {
    matches!(c, '\u{FE0E}' | '\u{FE0F}') || !(is_hashtag(c) || c == '&')
}

/// The letters of e-mail addresses: ASCII and the Latin letters beyond it. Others would make an address of a
/// mention in a language that writes no spaces.
pub(super) fn is_email_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || (('\u{C0}'..='\u{24F}').contains(&c) && c != '×' && c != '÷')
}
