//! How long a text is, in the unit of each platform.

mod offsets;
mod segment;
mod weight;

pub use offsets::Offsets;

use serde::Serialize;

use super::bytescan::{self, char_at};
use super::emoji;
use super::entity::{self, Entity, EntityKind};
use segment::Segments;

/// What a link counts on X and on Mastodon, however long it is.
const LINK: usize = 23;

words! {
    /// A unit a text is measured in.
    #[derive(serde::Deserialize)]
    #[serde(rename_all = "kebab-case")]
    #[non_exhaustive]
    Unit {
        /// Bytes of UTF-8.
        Bytes = "bytes",
        /// Code units of UTF-16, as JavaScript, Java, C# and Swift's `utf16` count.
        Utf16 = "utf16",
        /// Unicode code points, as Python counts.
        CodePoints = "code-points",
        /// Grapheme clusters: what a reader sees as one character.
        Graphemes = "graphemes",
        /// Weighted characters of X (twitter-text 3).
        X = "x",
        /// Characters of Threads.
        Threads = "threads",
        /// Characters of Mastodon.
        Mastodon = "mastodon",
    }
}

/// How long one text is, in every unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct Lengths {
    /// Bytes of UTF-8.
    pub bytes: usize,
    /// Code units of UTF-16.
    pub utf16: usize,
    /// Unicode code points.
    pub code_points: usize,
    /// Extended grapheme clusters (UAX #29).
    pub graphemes: usize,
    /// Weighted characters of X, as twitter-text 3 counts them in its configuration `v3`: of the text in NFC, one for
    /// a character of U+0000–10FF, U+2000–200D, U+2010–201F and U+2032–2037, two for any other, two for an emoji, 23
    /// for a link.
    pub x: usize,
    /// Characters of Threads: one for a grapheme, for an emoji the number of its bytes in UTF-8. What an emoji is
    /// the platform does not say; here it is what [`emojis_in`](super::emojis_in) finds.
    pub threads: usize,
    /// Characters of Mastodon: one for a grapheme, 23 for a link, `@user` alone of `@user@host`. A link without
    /// `https://` is none to Mastodon and counts as written (`StatusLengthValidator` in its source).
    pub mastodon: usize,
}

impl Lengths {
    /// The lengths of a text in which every character counts one: without links, and with nothing in it that a
    /// [`Glance`](super::Glance) would show as odd.
    pub(crate) fn of_plain(text: &str) -> Lengths {
        let count = text.chars().count();
        Lengths {
            bytes: text.len(),
            utf16: count,
            code_points: count,
            graphemes: count,
            x: count,
            threads: count,
            mastodon: count,
        }
    }

    /// The length in one unit.
    pub const fn get(&self, unit: Unit) -> usize {
        match unit {
            Unit::Bytes => self.bytes,
            Unit::Utf16 => self.utf16,
            Unit::CodePoints => self.code_points,
            Unit::Graphemes => self.graphemes,
            Unit::X => self.x,
            Unit::Threads => self.threads,
            Unit::Mastodon => self.mastodon,
        }
    }
}

/// Measures `text`, in which [`entities`](super::entities) found `entities`.
///
/// ```
/// use svar::text::{entities, lengths};
///
/// let text = "Hei @kari@mastodon.social 👋";
/// let mut found = Vec::new();
/// entities(text, &mut found);
///
/// let lengths = lengths(text, &found);
/// assert_eq!((lengths.graphemes, lengths.x, lengths.mastodon), (27, 28, 11));
/// ```
pub fn lengths(text: &str, entities: &[Entity]) -> Lengths {
    let (mut lengths, composed) = measure(text, entities);
    if !composed || entities.iter().any(Entity::hides_link) {
        lengths.x = x_in_nfc(text);
    }
    lengths
}

/// The weighted length of a text that NFC changes, or whose links are not all among its entities.
fn x_in_nfc(text: &str) -> usize {
    use unicode_normalization::UnicodeNormalization;
    let text: String = text.nfc().collect();
    let mut links = Vec::new();
    entity::links(&text, &mut links);
    measure(&text, &links).0.x
}

/// The graphemes of `text`.
pub(super) fn graphemes(text: &str) -> usize {
    if text.is_ascii() && !text.contains('\r') { text.len() } else { measure(text, &[]).0.graphemes }
}

/// Measures the text as it is written, and says whether it is in NFC.
///
/// Every character counts one until something is known against it, and all that can be known against one lies at
/// U+0300 or above, or is `©`, `®` or CR LF: so the text is counted in bulk, and only the rest is looked at.
fn measure(text: &str, entities: &[Entity]) -> (Lengths, bool) {
    let bytes = text.as_bytes();
    let code_points = text.chars().count();
    let mut count = Count { text, segments: Segments::new(text), x: 0, x_from: 0, emoji_from: 0, emoji: 0 };
    let mut links =
        entities.iter().filter(|entity| entity.kind == EntityKind::Link).map(|entity| entity.span);
    let mut link = links.next();
    let mut maybe_decomposed = false;
    let mut astral = 0;
    let mut from = 0;
    while let Some(at) = bytescan::find(bytes, from, |byte| byte >= 0xCC || byte == 0xC2) {
        let Some(c) = char_at(text, at) else { break };
        from = at + c.len_utf8();
        if c < '\u{300}' && !matches!(c, '©' | '®') {
            continue;
        }
        while let Some(passed) = link.filter(|link| link.start <= at) {
            count.x_from = count.x_from.max(passed.end);
            link = links.next();
        }
        astral += usize::from(c >= '\u{10000}');
        maybe_decomposed |= weight::may_change_in_nfc(c);
        count.character(at, c);
    }
    let crlf = segment::crlf(text);
    let graphemes = code_points - crlf - count.segments.joined();
    let mut lengths = Lengths {
        bytes: text.len(),
        utf16: code_points + astral,
        code_points,
        graphemes,
        x: code_points.saturating_add_signed(count.x),
        threads: graphemes + count.emoji,
        mastodon: graphemes,
    };
    for entity in entities {
        let whole = entity.span.of(text);
        match (entity.kind, entity.host) {
            (EntityKind::Link, _) => {
                lengths.x = (lengths.x + LINK).saturating_sub(whole.chars().count());
                if entity.scheme.is_some() {
                    lengths.mastodon = (lengths.mastodon + LINK).saturating_sub(self::graphemes(whole));
                }
            }
            (EntityKind::Mention, Some(host)) => {
                lengths.mastodon = lengths.mastodon.saturating_sub(1 + host.of(text).len());
            }
            _ => {}
        }
    }
    (lengths, !maybe_decomposed || unicode_normalization::is_nfc(text))
}

/// What is counted character by character.
struct Count<'t> {
    text: &'t str,
    segments: Segments<'t>,
    /// What is to be added to the number of code points for the weighted length.
    x: isize,
    /// Characters before this are in a link or an emoji and have their weight.
    x_from: usize,
    /// Characters before this are in an emoji.
    emoji_from: usize,
    /// What is to be added to the number of graphemes for the emoji.
    emoji: usize,
}

impl Count<'_> {
    /// Counts the character `c` at `at`, which is `©`, `®`, or U+0300 or above.
    fn character(&mut self, at: usize, c: char) {
        self.segments.character(at, c);
        let start = emoji::start_of(self.text, at, c).filter(|&start| start >= self.emoji_from);
        if let Some(start) = start {
            let end = emoji::grapheme_end(self.text, start);
            let grapheme = self.text.get(start..end).unwrap_or("");
            let emoji = emoji::recognise(grapheme);
            if emoji.is_some() {
                self.emoji += grapheme.len() - 1;
                self.emoji_from = end;
            }
            if emoji.is_some_and(|emoji| emoji.exact) && start >= self.x_from {
                self.x += 2 - grapheme.chars().count() as isize;
                self.x_from = end;
            }
        }
        if at >= self.x_from {
            self.weigh(at, start.unwrap_or(at), c);
        }
    }

    /// Weighs a character that is in no link and no emoji known yet.
    fn weigh(&mut self, at: usize, start: usize, c: char) {
        let start = if start >= self.x_from { start } else { at };
        let begins = start < at || emoji::may_begin(c);
        let rest = self.text.get(start..).filter(|_| begins);
        match rest.and_then(|rest| emoji::known_prefix(rest).and_then(|length| rest.get(..length))) {
            Some(emoji) => {
                self.x += 2 - emoji.chars().count() as isize;
                self.x_from = start + emoji.len();
            }
            None => {
                self.x += weight::extra(c);
                self.x_from = at + c.len_utf8();
            }
        }
    }
}
