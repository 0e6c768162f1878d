//! Emoji: one is what a reader sees as one.
//!
//! An emoji is a grapheme, not a character: a family joined with zero-width joiners, a flag, a keycap, a thumb with
//! its skin tone are one each, with or without the variation selector U+FE0F (VS16). The data is that of the crate
//! `emojis`, the newest Unicode set.
//!
//! What counts as one, exactly. A grapheme is an emoji if
//! - it is in the set as it is written, or without its VS16 (`👍` + VS16), or
//! - it begins with an emoji, though the whole is not in the set: a sequence newer than the data, or one with a
//!   stray mark on it, or
//! - it begins with a regional indicator or a skin tone that is part of no known sequence: these are drawn as emoji
//!   (a skin tone begins a grapheme only where it follows nothing it could colour);
//!
//! but never if U+FE0E (VS15), which asks for text, follows its first character, and not if it is one of the
//! characters Unicode draws as text by default (`©`, `❤`, `☺`, `↔`…), stands without VS16, and is a sign rather than
//! a picture. Pictures are those in Miscellaneous Symbols (U+2600–26FF), Dingbats (U+2700–27BF) and from U+1F300 on,
//! and `⌨ ⏱ ⏲`: `☺ ❤ ☎ ✌ ☀ ♥` are meant as emoji by the people who write them. Signs are all others (`© ® ™ ‼ ⁉ ℹ`,
//! arrows, letters, squares, media keys, `㊗`), and among the pictures those that stand in plain text as marks:
//! `☑ ♀ ♂ ♾ ⚕ ⚧ ✔ ✖ ✳ ✴ ❇ ➡`. Digits, `#` and `*` are emoji only as keycaps, with U+20E3.

mod set;

pub use set::{EmojiSet, NotAnEmoji};

use unicode_segmentation::UnicodeSegmentation;

use super::bytescan::{self, char_at, char_before};
use crate::Span;

/// Asks for the picture of a character.
const VS16: char = '\u{FE0F}';
/// Asks for its text form.
const VS15: char = '\u{FE0E}';
/// Makes a keycap of the character before it.
const KEYCAP: char = '\u{20E3}';
/// No sequence of the set is longer than this, in characters; with every VS16 it is one of ten.
const LONGEST: usize = 12;

/// One emoji in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Emoji {
    /// Where it stands.
    pub span: Span,
    known: Option<&'static emojis::Emoji>,
}

impl Emoji {
    /// Its name in the Unicode data (`red heart`); [`None`] for a sequence the data does not have.
    pub fn name(&self) -> Option<&'static str> {
        self.known.map(emojis::Emoji::name)
    }

    /// The version of Unicode it came with, major and minor; [`None`] for a sequence the data does not have.
    pub fn unicode_version(&self) -> Option<(u32, u32)> {
        self.known.map(|emoji| (emoji.unicode_version().major(), emoji.unicode_version().minor()))
    }

    /// The emoji of `text` as [`fold`] has it.
    pub fn folded<'t>(&self, text: &'t str) -> &'t str {
        match self.known {
            Some(known) => folded(known),
            None => self.span.of(text),
        }
    }
}

/// Fills `out` with the emoji of `text`; what it held is dropped.
///
/// Text in the Latin, Greek, Cyrillic, Hebrew and Arabic scripts costs a scan of its bytes.
///
/// ```
/// use svar::text::emojis_in;
///
/// let text = "Tusen takk ❤️👍🏽";
/// let mut found = Vec::new();
/// emojis_in(text, &mut found);
///
/// let names: Vec<_> = found.iter().filter_map(|emoji| emoji.name()).collect();
/// assert_eq!(names, ["red heart", "thumbs up: medium skin tone"]);
/// ```
pub fn emojis_in(text: &str, out: &mut Vec<Emoji>) {
    out.clear();
    let bytes = text.as_bytes();
    let (mut floor, mut from) = (0, 0);
    while let Some(at) = bytescan::find(bytes, from, |byte| byte >= 0xE2 || byte == 0xC2) {
        let Some(c) = char_at(text, at) else { break };
        from = at + c.len_utf8();
        let Some(start) = start_of(text, at, c).filter(|start| *start >= floor) else { continue };
        let end = grapheme_end(text, start);
        if let Some(Grapheme { known, .. }) = text.get(start..end).and_then(recognise) {
            out.push(Emoji { span: Span::new(start, end), known });
        }
        from = from.max(end);
        floor = from;
    }
}

/// The emoji that starts at byte `start`, if one does. What stands before is not looked at.
pub fn emoji_at(text: &str, start: usize) -> Option<Emoji> {
    let end = grapheme_end(text, start);
    let Grapheme { known, .. } = recognise(text.get(start..end)?)?;
    Some(Emoji { span: Span::new(start, end), known })
}

/// The one spelling of all the ways to write an emoji: in full, in the default skin tone. Text that is not one emoji
/// of the data comes back as it is.
///
/// ```
/// use svar::text::fold_emoji;
///
/// assert_eq!(fold_emoji("👍🏽"), "👍");
/// assert_eq!(fold_emoji("❤"), "❤️");
/// assert_eq!(fold_emoji("👩🏻‍🤝‍👨🏿"), fold_emoji("👫"));
/// ```
pub fn fold(text: &str) -> &str {
    lookup(text).map_or(text, |(emoji, _)| folded(emoji))
}

fn folded(emoji: &'static emojis::Emoji) -> &'static str {
    emoji.with_skin_tone(emojis::SkinTone::Default).unwrap_or(emoji).as_str()
}

/// A grapheme that is an emoji.
#[derive(Clone, Copy)]
pub(super) struct Grapheme {
    /// Its data, if it is in the set.
    known: Option<&'static emojis::Emoji>,
    /// Whether it is written as the set has it, with or without the VS16 it asks for.
    pub(super) exact: bool,
}

/// The data of one grapheme, if it is an emoji.
pub(super) fn recognise(grapheme: &str) -> Option<Grapheme> {
    let mut chars = grapheme.chars();
    let first = chars.next()?;
    let second = chars.next();
    if second == Some(VS15) {
        return None;
    }
    if let Some((emoji, exact)) = lookup(grapheme) {
        let bare = second.is_none() && emoji.as_str().len() > grapheme.len();
        return (!bare || is_picture(first)).then_some(Grapheme { known: Some(emoji), exact });
    }
    let unknown = Grapheme { known: None, exact: false };
    match first {
        '\u{1F3FB}'..='\u{1F3FF}' => Some(unknown),
        _ if is_regional(first) => Some(unknown),
        _ if second.is_none() => None,
        _ => {
            let prefix = grapheme.get(..known_prefix(grapheme)?)?;
            recognise(prefix).map(|_| unknown)
        }
    }
}

/// The length in bytes of the longest emoji of the set that `text` begins with, exactly as it is written; a single
/// character that VS15 follows is none, and neither is a bare `©` or `®`.
pub(super) fn known_prefix(text: &str) -> Option<usize> {
    let mut ends = [0; LONGEST];
    let mut count = 0;
    for (slot, (at, c)) in ends.iter_mut().zip(text.char_indices()) {
        *slot = at + c.len_utf8();
        count += 1;
    }
    let ends = ends.get(..count)?;
    ends.iter().rev().copied().find(|&end| {
        let single = Some(&end) == ends.first();
        let as_text = single && (text.starts_with(['©', '®']) || char_at(text, end) == Some(VS15));
        !as_text && text.get(..end).is_some_and(|prefix| get(prefix).is_some_and(|(_, exact)| exact))
    })
}

/// The data of an emoji, however it is written, and whether that is one of its own spellings.
fn lookup(text: &str) -> Option<(&'static emojis::Emoji, bool)> {
    /// No emoji of the set has more bytes than this, not with a VS16 after each of its characters.
    const MOST_BYTES: usize = 64;
    if text.len() > MOST_BYTES || text.is_ascii() {
        return None;
    }
    if let Some(found) = get(text) {
        return Some(found);
    }
    let mut bare = [0; MOST_BYTES + 4];
    let mut length = 0;
    for c in text.chars().filter(|&c| c != VS16) {
        length += c.encode_utf8(bare.get_mut(length..length + 4)?).len();
    }
    let bare = bare.get(..length).filter(|bare| bare.len() < text.len())?;
    get(std::str::from_utf8(bare).ok()?).map(|(emoji, _)| (emoji, false))
}

/// The data of an emoji as it is written, and whether that is a spelling of its own. The crate also takes a needless
/// VS16 at the end, and takes a digit with VS16 for its keycap, which without U+20E3 it is not.
fn get(text: &str) -> Option<(&'static emojis::Emoji, bool)> {
    let emoji = emojis::get(text)?;
    let keycap = !text.starts_with(|c: char| c.is_ascii()) || text.ends_with(KEYCAP);
    let exact = emoji.as_str().ends_with(VS16) || !text.ends_with(VS16);
    keycap.then_some((emoji, exact))
}

/// Whether a character that is drawn as text by default is meant as an emoji all the same. See the head of the module.
fn is_picture(c: char) -> bool {
    match c {
        '☑' | '♀' | '♂' | '♾' | '⚕' | '⚧' | '✔' | '✖' | '✳' | '✴' | '❇' | '➡' => {
            false
        }
        _ => matches!(c, '⌨' | '⏱' | '⏲' | '\u{2600}'..='\u{27BF}' | '\u{1F300}'..),
    }
}

/// Where the emoji starts that the character at `at` announces: there, or with the digit, `#` or `*` before it that
/// VS16 or U+20E3 may make a keycap of.
pub(super) fn start_of(text: &str, at: usize, c: char) -> Option<usize> {
    if matches!(c, VS16 | KEYCAP) {
        return char_before(text, at).is_some_and(|c| matches!(c, '0'..='9' | '#' | '*')).then(|| at - 1);
    }
    // A skin tone belongs to whatever stands before it.
    let joins =
        ('\u{1F3FB}'..='\u{1F3FF}').contains(&c) && char_before(text, at).is_some_and(|c| !c.is_control());
    (may_begin(c) && !joins).then_some(at)
}

/// Whether an emoji may begin with `c`; all that is left out begins none. Keycaps announce themselves by what follows
/// their first character, see [`start_of`].
pub(super) fn may_begin(c: char) -> bool {
    matches!(c,
        '©' | '®' | '\u{203C}' | '\u{2049}' | '\u{2122}' | '\u{2139}' | '\u{2194}'..='\u{21AA}' | '\u{231A}'..='\u{23FF}'
        | '\u{24C2}' | '\u{25AA}'..='\u{25FE}' | '\u{2600}'..='\u{27BF}' | '\u{2934}' | '\u{2935}'
        | '\u{2B05}'..='\u{2B55}' | '\u{3030}' | '\u{303D}' | '\u{3297}' | '\u{3299}' | '\u{1F000}'..='\u{1FAFF}')
}

/// Where the grapheme ends that starts at `start`.
pub(super) fn grapheme_end(text: &str, start: usize) -> usize {
    let Some(rest) = text.get(start..) else { return start };
    let mut chars = rest.chars();
    let first = chars.next().unwrap_or_default();
    let mut end = start + first.len_utf8();
    // Most emoji are one character, or one with a tone, VS16 or U+20E3 on it, before a letter or another one.
    if may_begin(first) || matches!(first, '0'..='9' | '#' | '*') {
        while let Some(joiner) = chars.next().filter(|&c| is_joined(c)) {
            end += joiner.len_utf8();
        }
        if !is_regional(first) && breaks_after(text, end) {
            return end;
        }
    }
    start + rest.graphemes(true).next().map_or(0, str::len)
}

fn is_regional(c: char) -> bool {
    ('\u{1F1E6}'..='\u{1F1FF}').contains(&c)
}

/// The marks on emoji, which join any character before them but a control character.
pub(super) fn is_joined(c: char) -> bool {
    matches!(c, VS16 | KEYCAP | '\u{1F3FB}'..='\u{1F3FF}')
}

/// Whether what starts at `at` joins nothing before it but a zero-width joiner, to be seen at a glance: the end of
/// the text, a character below U+0300, a pictograph.
pub(super) fn breaks_after(text: &str, at: usize) -> bool {
    match text.as_bytes().get(at) {
        Some(0xF0) => char_at(text, at)
            .is_some_and(|c| matches!(c, '\u{1F300}'..='\u{1F3FA}' | '\u{1F400}'..='\u{1FAFF}')),
        Some(&byte) => byte < 0xCC,
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        emojis_in(text, &mut found);
        found.iter().map(|emoji| emoji.span.of(text)).collect()
    }

    #[test]
    fn one_is_what_a_reader_sees_as_one() {
        for one in ["😊", "👍🏽", "👨‍👩‍👧‍👦", "🇳🇴", "❤️", "1️⃣", "#⃣", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "👩🏻‍🤝‍👨🏿", "👍\u{FE0F}", "🏳️‍🌈", "🏳‍🌈"]
        {
            assert_eq!(heard(one), [one]);
            assert_eq!(heard(&format!("å{one}ł")), [one]);
        }
        assert_eq!(heard("Hei 😊👍🏽!🇳🇴🇵🇱 1️⃣2️⃣"), ["😊", "👍🏽", "🇳🇴", "🇵🇱", "1️⃣", "2️⃣"]);
    }

    #[test]
    fn signs_and_digits_are_none() {
        for none in [
            "1",
            "#",
            "*",
            "1\u{FE0F}",
            "©",
            "®",
            "™",
            "‼",
            "⁉",
            "ℹ",
            "↔",
            "➡",
            "✔",
            "▶",
            "Ⓜ",
            "🅰",
            "㊗",
            "€",
            "…",
            "å",
        ] {
            assert_eq!(heard(none), [""; 0], "{none}");
        }
    }

    #[test]
    fn variation_selectors_decide() {
        for sign in ["©", "®", "™", "‼", "ℹ", "↔", "➡", "✔", "▶", "Ⓜ", "🅰", "㊗", "☺", "❤", "☎"]
        {
            let emoji = format!("{sign}\u{FE0F}");
            assert_eq!(heard(&emoji), [&emoji]);
            assert_eq!(heard(&format!("{sign}\u{FE0E}")), [""; 0]);
        }
        assert_eq!(heard("☺ ❤ ☎ ✌ ☀ ♥"), ["☺", "❤", "☎", "✌", "☀", "♥"]);
    }

    #[test]
    fn a_sequence_newer_than_the_data_is_one_without_a_name() {
        for unknown in ["👍\u{301}", "🐢\u{200D}👑", "🇽🇽", "🇳", "🏽"] {
            let mut found = Vec::new();
            emojis_in(unknown, &mut found);
            assert_eq!(found.len(), 1, "{unknown}");
            assert_eq!((found[0].name(), found[0].span.len()), (None, unknown.len()));
        }
    }
}
