//! Markdown.

use super::{MarkupSign, SignKind, run};
use crate::Span;
use crate::text::bytescan::{char_at, char_before};

/// What is set in bold type, a label or the target of a link has so many bytes at the most.
const LONGEST: usize = 400;

fn sign(kind: SignKind, start: usize, end: usize) -> MarkupSign {
    MarkupSign { kind, span: Span::new(start, end) }
}

/// The rest of the line from a place on, as far as a sign reaches.
fn rest_of_line(text: &str, from: usize) -> &str {
    let most = text.len().min(from + LONGEST);
    let end = (from..=most).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(from);
    let near = text.get(from..end).unwrap_or_default();
    near.split(['\n', '\r']).next().unwrap_or_default()
}

/// Signs that make a face of the underscores or stars between them: `-__-`, `^__^`, `>__<`.
const CHEEKS: [char; 8] = ['-', '^', '>', '<', '.', ';', '=', '~'];

/// Two or three stars or underscores, words, and the same again: outside of a word, close to what they stand around.
pub(super) fn strong(text: &str, at: usize) -> Option<MarkupSign> {
    let bytes = text.as_bytes();
    let marks = run(bytes, at);
    let begins = (2..=3).contains(&marks) && !char_before(text, at).is_some_and(char::is_alphanumeric);
    let next = char_at(text, at + marks)?;
    let is_face = CHEEKS.contains(&next) && char_before(text, at).is_some_and(|it| CHEEKS.contains(&it));
    if !begins || next.is_whitespace() || is_face {
        return None;
    }
    let mark = char_at(text, at)?;
    let line = rest_of_line(text, at + marks);
    let mut from = 0;
    while let Some(next) = line.get(from..)?.find(mark) {
        let (inner, close) = (from + next, at + marks + from + next);
        let closing = run(bytes, close);
        let words = line.get(..inner)?;
        let ends =
            closing == marks && !words.ends_with(char::is_whitespace) && !goes_on(text, close + closing);
        if ends {
            let has_words = words.contains(char::is_alphanumeric);
            return has_words.then(|| sign(SignKind::Strong, at, close + closing));
        }
        from = inner + closing;
    }
    None
}

/// Whether a word or a name goes on at a place: `__init__.py`.
fn goes_on(text: &str, at: usize) -> bool {
    let rest = text.get(at..).unwrap_or_default();
    rest.strip_prefix('.').unwrap_or(rest).starts_with(char::is_alphanumeric)
}

/// The words that a strong sign stands around.
pub(super) fn words_of_strong(sign: &str) -> Option<&str> {
    let marks = run(sign.as_bytes(), 0);
    sign.get(marks..sign.len().checked_sub(marks)?)
}

/// `[label](target)`, with an exclamation mark before it where it is a picture.
pub(super) fn link(text: &str, at: usize) -> Option<MarkupSign> {
    let open = at + usize::from(text.as_bytes().get(at) == Some(&b'!'));
    let line = rest_of_line(text, open);
    let (label, rest) = line.strip_prefix('[')?.split_once("](")?;
    let (target, _) = rest.split_once(')')?;
    let is_label = !label.trim().is_empty() && !label.contains(['[', ']']);
    let begins =
        |scheme: &str| target.get(..scheme.len()).is_some_and(|own| own.eq_ignore_ascii_case(scheme));
    let is_target = ["https://", "http://", "www.", "mailto:", "tel:"].into_iter().any(begins);
    let end = open + "[](".len() + label.len() + target.len() + ")".len();
    (is_label && is_target).then(|| sign(SignKind::Link, at, end))
}

/// A link in words: its label, and where it leads unless the label says that.
pub(super) fn plain_link(sign: &str) -> Option<String> {
    let (label, target) =
        sign.trim_start_matches('!').strip_prefix('[')?.strip_suffix(')')?.split_once("](")?;
    // A title may follow: `(https://… "title")`.
    let target = target.split_whitespace().next().unwrap_or(target);
    let target =
        ["mailto:", "tel:"].into_iter().find_map(|scheme| target.strip_prefix(scheme)).unwrap_or(target);
    Some(if label == target { label.to_owned() } else { format!("{label}: {target}") })
}

/// One to six hashes at the beginning of a line, a space and a word.
pub(super) fn heading(text: &str, at: usize) -> Option<MarkupSign> {
    let before = text.get(..at)?.trim_end_matches(' ');
    let starts_line = before.is_empty() || before.ends_with(['\n', '\r']);
    let marks = run(text.as_bytes(), at);
    if !starts_line || marks > 6 {
        return None;
    }
    let line = rest_of_line(text, at).trim_end();
    let words = words_of_heading(line);
    let spaced = words.len() + marks < line.len();
    let begins =
        words.trim_start_matches(['*', '_', '[']).starts_with(|c: char| !c.is_ascii() || c.is_alphabetic());
    (spaced && begins).then(|| sign(SignKind::Heading, at, at + line.len()))
}

pub(super) fn words_of_heading(sign: &str) -> &str {
    sign.trim_start_matches('#').trim_start()
}

/// Three backticks or more at the beginning of a line, and the rest of the line.
pub(super) fn fence(text: &str, at: usize) -> Option<MarkupSign> {
    let before = text.get(..at)?.trim_end_matches(' ');
    let starts_line = before.is_empty() || before.ends_with(['\n', '\r']);
    let is_fence = starts_line && run(text.as_bytes(), at) >= 3;
    is_fence.then(|| sign(SignKind::Fence, at, at + rest_of_line(text, at).trim_end().len()))
}
