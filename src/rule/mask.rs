//! Masking: what may stand in a log.

use crate::text::{EntityKind, entities, personal_data, unlisted_links};

/// What stands where something was masked.
const MASK: &str = "•••";
/// A run of so many digits could be a number that identifies somebody, whatever kind it is.
const TELLING_DIGITS: usize = 4;

/// The text with personal data, addresses and longer numbers replaced.
pub(crate) fn masked(text: &str) -> String {
    let (mut found, mut personal) = (Vec::new(), Vec::new());
    entities(text, &mut found);
    let mut unlisted = Vec::new();
    unlisted_links(text, &found, &mut unlisted);
    found.append(&mut unlisted);
    personal_data(text, &mut personal);
    let mut spans: Vec<_> = personal.iter().map(|data| data.span).collect();
    let telling = |kind| matches!(kind, EntityKind::Email | EntityKind::Mention | EntityKind::Link);
    spans.extend(found.iter().filter(|entity| telling(entity.kind)).map(|entity| entity.span));
    spans.extend(long_numbers(text));
    spans.sort();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for span in spans {
        if span.start >= at {
            out.push_str(text.get(at..span.start).unwrap_or(""));
            out.push_str(MASK);
        }
        at = at.max(span.end);
    }
    out.push_str(text.get(at..).unwrap_or(""));
    out
}

fn long_numbers(text: &str) -> Vec<crate::Span> {
    let mut runs = Vec::new();
    let mut start = None;
    let mut digits = 0;
    let mut end = 0;
    for (at, c) in text.char_indices().chain([(text.len(), 'x')]) {
        if c.is_numeric() {
            start = start.or(Some(at));
            digits += 1;
            end = at + c.len_utf8();
        } else if !(start.is_some() && matches!(c, ' ' | '-' | '.' | '/' | '\u{A0}')) {
            if let Some(from) = start.take().filter(|_| digits >= TELLING_DIGITS) {
                runs.push(crate::Span::new(from, end));
            }
            digits = 0;
        }
    }
    runs
}
