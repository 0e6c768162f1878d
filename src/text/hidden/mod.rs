//! Hidden and deceptive characters: what changes a text without being seen, and letters that pretend to be others.
//!
//! A text of ASCII and of the letters of European Latin alphabets costs one look at its bytes; everything else is
//! decoded and judged character by character, with its neighbours where a character is needed in some scripts and
//! hidden in others (joiners in Persian, Hindi and emoji, direction marks in Arabic and Hebrew).

mod look_alike;
mod names;

use crate::Span;
use crate::text::bytescan;
use serde::Serialize;
use std::borrow::Cow;

words! {
    /// What kind of hidden or deceptive character it is.
    #[non_exhaustive]
    HiddenKind {
        /// A character that turns the direction of writing and can show a text in another order than it is read.
        BidiControl = "bidi-control",
        /// A character of no width, or a blank that looks like none or like a space.
        ZeroWidth = "zero-width",
        /// A tag character outside a flag; invisible, and able to carry a whole text to a machine.
        TagCharacter = "tag-character",
        /// A character whose look every font decides for itself.
        PrivateUse = "private-use",
        /// A control character other than line breaks and tabs, or a code point that is no character.
        ControlCharacter = "control-character",
        /// A soft hyphen: shown only where a line breaks.
        SoftHyphen = "soft-hyphen",
        /// A word with letters of another alphabet that look Latin, such as `раypal` with Cyrillic letters.
        LookAlike = "look-alike",
    }
}

/// One hidden character, a run of them of one kind, or a word with look-alike letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct Hidden {
    /// What it is.
    pub kind: HiddenKind,
    /// Where it stands: the characters, or the whole word of a look-alike.
    #[serde(flatten)]
    pub span: Span,
}

impl Hidden {
    /// What it is called, for messages: `U+202E right-to-left override`, or what a look-alike word imitates.
    ///
    /// `text` is the text it was found in. Of a run the first character is named, with the number of the others.
    pub fn describe(&self, text: &str) -> String {
        let part = self.span.of(text);
        if self.kind == HiddenKind::LookAlike {
            return look_alike::describe(part);
        }
        let mut chars = part.chars();
        let Some(first) = chars.next() else { return String::new() };
        let name = format!("U+{:04X} {}", u32::from(first), names::name(first));
        match chars.count() {
            0 => name,
            more => format!("{name} and {more} more"),
        }
    }

    /// Whether leaving it out is a safe fix: nothing that is seen goes away, and no words run together.
    pub fn is_removable(&self, text: &str) -> bool {
        match self.kind {
            HiddenKind::BidiControl | HiddenKind::TagCharacter | HiddenKind::SoftHyphen => true,
            HiddenKind::PrivateUse | HiddenKind::LookAlike => false,
            HiddenKind::ZeroWidth => !self.span.of(text).contains(is_blank),
            HiddenKind::ControlCharacter => !self.span.of(text).contains(breaks_line),
        }
    }

    /// What would stand there after the fix: nothing for what is removable, a space or line break for a blank or
    /// breaking character, the Latin word for a look-alike; `None` for what only a person can mend.
    pub fn replacement(&self, text: &str) -> Option<Cow<'static, str>> {
        match self.kind {
            HiddenKind::PrivateUse => None,
            HiddenKind::LookAlike => Some(Cow::Owned(look_alike::latin(self.span.of(text)))),
            _ if self.is_removable(text) => Some(Cow::Borrowed("")),
            HiddenKind::ZeroWidth => Some(Cow::Borrowed(" ")),
            _ => Some(Cow::Borrowed("\n")),
        }
    }
}

/// Finds hidden and deceptive characters in `text` and appends them to `out` in the order of the text.
///
/// `emoji` are the spans of the emoji of the text, in order: the joiners, variation selectors and tags that make up an
/// emoji are part of it. What an emoji has no use for, such as a second variation selector or a tag sequence longer
/// than any flag's, is reported inside an emoji too.
///
/// ```
/// use svar::text::hidden::{HiddenKind, hidden};
///
/// let text = "Følg lenken til раypal";
/// let mut found = Vec::new();
/// hidden(text, &[], &mut found);
/// assert_eq!(found[0].kind, HiddenKind::LookAlike);
/// assert_eq!(found[0].replacement(text).as_deref(), Some("paypal"));
/// ```
pub fn hidden(text: &str, emoji: &[Span], out: &mut Vec<Hidden>) {
    let from = out.len();
    let mut emoji = emoji.iter().copied().peekable();
    let mut words = look_alike::Words::new(text);
    let mut at = 0;
    while let Some(next) = next_unusual(text.as_bytes(), at) {
        at = next;
        let Some(c) = text.get(at..).and_then(|tail| tail.chars().next()) else { break };
        let end = at + c.len_utf8();
        while emoji.next_if(|span| span.end <= at).is_some() {}
        let inside = emoji.peek().copied().filter(|span| span.start <= at);
        if let Some(kind) = kind(c) {
            let place = Place { text, at, end, c };
            if !place.is_needed(kind, inside) {
                push(out, from, kind, Span::new(at, end));
            }
        } else if inside.is_none() {
            if let Some(word) = words.deceptive_at(at, c) {
                out.push(Hidden { kind: HiddenKind::LookAlike, span: word });
            }
        }
        at = end;
    }
    // A word is found at its first foreign letter, perhaps after a hidden character that stands inside it.
    if let Some(found) = out.get_mut(from..) {
        found.sort_by_key(|it| it.span);
    }
}

/// Runs of one kind are one finding: a text smuggled in tag characters is not a hundred mistakes.
fn push(out: &mut Vec<Hidden>, from: usize, kind: HiddenKind, span: Span) {
    let last = out.get_mut(from..).and_then(|found| found.last_mut());
    match last.filter(|last| last.kind == kind && last.span.end == span.start) {
        Some(last) => last.span.end = span.end,
        None => out.push(Hidden { span, kind }),
    }
}

/// The next byte that may begin something hidden. Printable ASCII, line breaks, tabs, and the letters from À to ɏ with
/// the combining marks that NFD makes of them are passed over without being decoded, many at once.
fn next_unusual(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at = bytescan::find(bytes, at, is_unusual)?;
        // C1 controls and the soft hyphen; © ° « and the like are passed.
        match bytes.get(at..)? {
            [0xC2, next, ..] if *next > 0x9F && *next != 0xAD => at += 2,
            _ => return Some(at),
        }
    }
}

/// Whether a byte begins a character that must be looked at. There is no branch in it.
#[inline(always)]
fn is_unusual(byte: u8) -> bool {
    let breaks_line_or_tabs = (byte == b'\t') | (byte == b'\n') | (byte == b'\r');
    let control = (byte < b' ') & !breaks_line_or_tabs | (byte == 0x7F);
    control | (byte == 0xC2) | (byte > 0xC9) & (byte != 0xCC)
}

/// What the character is where nothing around it needs it.
fn kind(c: char) -> Option<HiddenKind> {
    let kind = match c {
        '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
            HiddenKind::BidiControl
        }
        '\u{AD}' => HiddenKind::SoftHyphen,
        '\u{034F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}' => {
            HiddenKind::ZeroWidth
        }
        '\u{200B}'..='\u{200D}' | '\u{2060}'..='\u{2065}' | '\u{206A}'..='\u{206F}' => HiddenKind::ZeroWidth,
        '\u{2800}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' => HiddenKind::ZeroWidth,
        '\u{1D173}'..='\u{1D17A}' | '\u{E0100}'..='\u{E01EF}' => HiddenKind::ZeroWidth,
        '\u{E0000}'..='\u{E007F}' => HiddenKind::TagCharacter,
        '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}' => {
            HiddenKind::PrivateUse
        }
        '\n' | '\r' | '\t' => return None,
        '\u{2028}' | '\u{2029}' | '\u{FFF9}'..='\u{FFFC}' | '\u{FDD0}'..='\u{FDEF}' => {
            HiddenKind::ControlCharacter
        }
        c if c.is_control() || u32::from(c) & 0xFFFE == 0xFFFE => HiddenKind::ControlCharacter,
        _ => return None,
    };
    Some(kind)
}

/// Blanks one sees as a space.
fn is_blank(c: char) -> bool {
    matches!(c, '\u{2800}' | '\u{3164}' | '\u{FFA0}' | '\u{115F}' | '\u{1160}')
}

/// Controls that break a line.
fn breaks_line(c: char) -> bool {
    matches!(c, '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// A character with the text around it.
struct Place<'a> {
    text: &'a str,
    at: usize,
    end: usize,
    c: char,
}

impl Place<'_> {
    /// Whether what stands around the character needs it, so that it hides nothing.
    fn is_needed(&self, kind: HiddenKind, emoji: Option<Span>) -> bool {
        match (kind, self.c) {
            (HiddenKind::TagCharacter, _) => emoji.is_some_and(|span| is_flag(span.of(self.text))),
            (_, '\u{200D}') if emoji.is_some_and(|span| span.start < self.at && self.end < span.end) => {
                // One joiner joins; a second one after it is left over.
                self.before() != Some('\u{200D}')
            }
            (_, '\u{200C}' | '\u{200D}') => self.base().is_some_and(joins),
            (_, '\u{FE0E}' | '\u{FE0F}') => self.before().is_some_and(|c| self.is_presented(c, emoji)),
            (_, '\u{FE00}'..='\u{FE0D}' | '\u{E0100}'..='\u{E01EF}') => {
                self.before().is_some_and(has_variants)
            }
            (_, '\u{115F}' | '\u{1160}') => {
                let jamo = |c| matches!(c, '\u{1100}'..='\u{11FF}' | '\u{A960}'..='\u{A97C}' | '\u{D7B0}'..='\u{D7FB}');
                self.before().is_some_and(jamo) || self.after().is_some_and(jamo)
            }
            (_, '\u{180B}'..='\u{180F}') => {
                self.before().is_some_and(|c| matches!(c, '\u{1800}'..='\u{18AF}'))
            }
            (_, '\u{17B4}' | '\u{17B5}') => {
                self.before().is_some_and(|c| matches!(c, '\u{1780}'..='\u{17FF}'))
            }
            (_, '\u{200E}' | '\u{200F}' | '\u{061C}') => self.is_beside_right_to_left(),
            _ => false,
        }
    }

    fn before(&self) -> Option<char> {
        self.text.get(..self.at).and_then(|head| head.chars().next_back())
    }

    fn after(&self) -> Option<char> {
        self.text.get(self.end..).and_then(|tail| tail.chars().next())
    }

    /// The character before, or the one before that if it is a joiner as well.
    fn base(&self) -> Option<char> {
        self.before().filter(|&c| !matches!(c, '\u{200C}' | '\u{200D}'))
    }

    /// Whether a presentation selector after `base` chooses between text and emoji.
    fn is_presented(&self, base: char, emoji: Option<Span>) -> bool {
        match base {
            '0'..='9' | '#' | '*' => self.after() == Some('\u{20E3}'),
            '\u{A9}' | '\u{AE}' => true,
            '\u{203C}'..='\u{3299}' => kind(base).is_none() && base != '\u{20E3}',
            '\u{1F000}'..='\u{1FAFF}' => true,
            _ => emoji.is_some_and(|span| span.start < self.at) && kind(base).is_none(),
        }
    }

    /// Whether one of the nearest letters to either side is written from right to left.
    fn is_beside_right_to_left(&self) -> bool {
        const NEAR: usize = 8;
        let is_rtl = |c: char| {
            matches!(c, '\u{0590}'..='\u{061B}' | '\u{061D}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDCF}')
                || matches!(c, '\u{FDF0}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{10800}'..='\u{10FFF}')
                || matches!(c, '\u{1E800}'..='\u{1EFFF}')
        };
        let head = self.text.get(..self.at).unwrap_or("").chars().rev().take(NEAR);
        let tail = self.text.get(self.end..).unwrap_or("").chars().take(NEAR);
        let nearest = |mut chars: Box<dyn Iterator<Item = char> + '_>| chars.find(|c| c.is_alphabetic());
        nearest(Box::new(head)).is_some_and(is_rtl) || nearest(Box::new(tail)).is_some_and(is_rtl)
    }
}

/// Whether letters of this script join, so that joiners change what is seen: Arabic to Sinhala, Tibetan, Myanmar,
/// Khmer, Mongolian and the scripts of their kind.
fn joins(c: char) -> bool {
    matches!(c, '\u{0600}'..='\u{0DFF}' | '\u{0F00}'..='\u{109F}' | '\u{1780}'..='\u{18AF}' | '\u{1A20}'..='\u{1BFF}')
        || matches!(c, '\u{A800}'..='\u{ABFF}' | '\u{FB50}'..='\u{FDCF}' | '\u{FE70}'..='\u{FEFC}')
        || matches!(c, '\u{10A00}'..='\u{11FFF}' | '\u{1E900}'..='\u{1E95F}')
}

/// Whether the standard gives the character variants: Chinese characters, mathematical signs, Myanmar, Phags-pa.
fn has_variants(c: char) -> bool {
    matches!(c, '\u{2200}'..='\u{22FF}' | '\u{2A00}'..='\u{2AFF}' | '\u{3000}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}')
        || matches!(c, '\u{1000}'..='\u{109F}' | '\u{A840}'..='\u{A87F}' | '\u{20000}'..='\u{3FFFD}' | '0')
}

/// Whether an emoji is a flag spelt with tags: a black flag, up to six letters or digits, the end.
fn is_flag(emoji: &str) -> bool {
    let Some(tags) = emoji.strip_prefix('\u{1F3F4}').and_then(|rest| rest.strip_suffix('\u{E007F}')) else {
        return false;
    };
    let region = |c| matches!(c, '\u{E0030}'..='\u{E0039}' | '\u{E0061}'..='\u{E007A}');
    (3..=6).contains(&tags.chars().count()) && tags.chars().all(region)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn european_letters_stay_on_the_fast_path() {
        let letters = "Blåbær Ærlig Łódź żółć Straße ÐðÞþ čšž ğı ő ñ ç © ® ° « » § £ ½ e\u{301}";
        assert_eq!(next_unusual(letters.as_bytes(), 0), None);
    }

    #[test]
    fn every_id_comes_back() {
        for kind in HiddenKind::ALL {
            assert_eq!(HiddenKind::of(kind.as_str()), Some(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
        }
    }
}
