//! HTML.

use super::{MarkupSign, SignKind};
use crate::Span;

/// The tags that texts for customers are written with.
const TAGS: [&str; 24] = [
    "a",
    "b",
    "blockquote",
    "br",
    "code",
    "div",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "hr",
    "i",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "span",
    "strong",
    "u",
    "ul",
];

/// Tags behind or before which a line ends.
const LINES: [&str; 3] = ["br", "hr", "/p"];

/// A tag with its attributes has so many bytes at the most.
const LONGEST_TAG: usize = 400;
/// `&CounterClockwiseContourIntegral;` is not among those that are known; of these none is longer.
const LONGEST_ENTITY: usize = 10;

/// Characters that HTML names: quotation marks, those that word processors bring, and the letters of the languages at
/// hand. `&amp;`, `&lt;` and `&gt;` are not among them: X hands out its texts with these three, and takes them so.
#[rustfmt::skip]
const ENTITIES: [(&str, char); 37] = [
    ("quot", '"'), ("apos", '\''),
    ("nbsp", '\u{A0}'), ("shy", '\u{AD}'), ("ndash", '–'), ("mdash", '—'), ("hellip", '…'), ("bull", '•'),
    ("lsquo", '‘'), ("rsquo", '’'), ("sbquo", '‚'), ("ldquo", '“'), ("rdquo", '”'), ("bdquo", '„'),
    ("laquo", '«'), ("raquo", '»'), ("euro", '€'), ("pound", '£'), ("copy", '©'), ("reg", '®'), ("trade", '™'),
    ("auml", 'ä'), ("ouml", 'ö'), ("uuml", 'ü'), ("Auml", 'Ä'), ("Ouml", 'Ö'), ("Uuml", 'Ü'), ("szlig", 'ß'),
    ("aring", 'å'), ("Aring", 'Å'), ("aelig", 'æ'), ("AElig", 'Æ'), ("oslash", 'ø'), ("Oslash", 'Ø'),
    ("eacute", 'é'), ("oacute", 'ó'), ("Oacute", 'Ó'),
];

/// The name of a tag, a slash before it where it ends something.
fn name(tag: &str) -> Option<(&str, &str)> {
    let inner = tag.strip_prefix('<')?.strip_suffix('>')?;
    let letters = inner.strip_prefix('/').unwrap_or(inner);
    let length = letters.bytes().take_while(u8::is_ascii_alphanumeric).count();
    inner.split_at_checked(inner.len() - letters.len() + length)
}

pub(super) fn tag(text: &str, at: usize) -> Option<MarkupSign> {
    let near = text.as_bytes().get(at..)?.iter().take(LONGEST_TAG);
    let length = near.skip(1).position(|&byte| byte == b'>' || byte == b'<')?;
    let end = at + "<>".len() + length;
    let tag = text.get(at..end)?;
    let (name, rest) = name(tag)?;
    let is_known = TAGS.iter().any(|known| name.trim_start_matches('/').eq_ignore_ascii_case(known));
    // Words behind it are attributes where they are given a value.
    let rest = rest.trim_end_matches('/').trim_end();
    let has_attributes = rest.starts_with(char::is_whitespace) && rest.contains('=');
    let is_tag = is_known && (rest.is_empty() || has_attributes && !name.starts_with('/'));
    is_tag.then(|| MarkupSign { kind: SignKind::Tag, span: Span::new(at, end) })
}

/// What stands there without a tag: nothing, or the end of a line.
pub(super) fn plain_tag(tag: &str) -> Option<&'static str> {
    let (name, rest) = name(tag)?;
    let leads_somewhere = !rest.trim_end_matches('/').trim().is_empty()
        && ["a", "img"].into_iter().any(|own| name.eq_ignore_ascii_case(own));
    let ends_line = LINES.iter().any(|own| name.eq_ignore_ascii_case(own));
    match (leads_somewhere, ends_line) {
        (true, _) => None,
        (_, true) => Some("\n"),
        _ => Some(""),
    }
}

/// An entity at the beginning of a text: its length, and the character it stands for.
pub(super) fn entity(text: &str) -> Option<(usize, char)> {
    let mut near = text.as_bytes().iter().take(LONGEST_ENTITY);
    let end = near.position(|&byte| byte == b';')?;
    let name = text.get(1..end)?;
    let number = name.strip_prefix('#');
    let character = match number.map(|number| (number, number.strip_prefix(['x', 'X']))) {
        Some((_, Some(digits))) => numbered(digits, 16)?,
        Some((digits, None)) => numbered(digits, 10)?,
        None => ENTITIES.iter().find(|(known, _)| *known == name)?.1,
    };
    Some((end + 1, character))
}

fn numbered(digits: &str, radix: u32) -> Option<char> {
    // A sign before the digits is no digit.
    let all_digits = digits.chars().all(|digit| digit.is_digit(radix));
    let number = all_digits.then(|| u32::from_str_radix(digits, radix).ok())??;
    char::from_u32(number).filter(|character| !character.is_control())
}

pub(super) fn found_entity(text: &str, at: usize) -> Option<MarkupSign> {
    let (length, _) = entity(text.get(at..)?)?;
    Some(MarkupSign { kind: SignKind::Entity, span: Span::new(at, at + length) })
}
