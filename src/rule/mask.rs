//! Masking: what may stand in a log.

use super::people::People;
use crate::Span;
use crate::case::Case;
use crate::text::{EntityKind, entities, personal_data, unlisted_links};

/// What stands where something was masked.
const MASK: &str = "•••";
/// A run of so many digits could be a number that identifies somebody, whatever kind it is.
const TELLING_DIGITS: usize = 4;

/// A text with everything in it that could identify somebody replaced by `•••`, so that it can be logged: personal data,
/// addresses, links, mentions, longer numbers, and the names that the case gives. A name that nobody gives is a word like
/// any other, and stays.
///
/// ```
/// use svar::Span;
/// use svar::rule::Masked;
///
/// let reply = "Ring +47 99 88 77 66 nå!";
/// let masked = Masked::of(reply);
/// assert_eq!(masked.text(), "Ring ••• nå!");
/// assert_eq!(masked.span(Span::new(21, 24)).of(masked.text()), "nå");
/// assert_eq!(masked.span(Span::new(9, 12)).of(masked.text()), "•••");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Masked {
    text: String,
    /// What was replaced, and what stands there now; in order.
    parts: Vec<(Span, Span)>,
}

impl Masked {
    /// Masks a text of which nobody says whom it is about.
    pub fn of(text: &str) -> Masked {
        Masked::naming(text, &People::default())
    }

    /// Masks a text of a conversation: also the names of the customer and of whoever answers, word by word and
    /// inflected. A signature is somebody's name, too.
    ///
    /// ```
    /// use svar::{Case, rule::Masked};
    ///
    /// let mut case = Case::new("facebook");
    /// case.customer.name = Some("Maria Kowalska".to_owned());
    /// case.agent.name = Some("Ola".to_owned());
    /// let masked = Masked::in_case("Sprawę Pani Marii sprawdzam już dziś. Ola", &case);
    /// assert_eq!(masked.text(), "Sprawę Pani ••• sprawdzam już dziś. •••");
    /// ```
    pub fn in_case(text: &str, case: &Case) -> Masked {
        Masked::naming(text, &People::of(case))
    }

    fn naming(text: &str, people: &People) -> Masked {
        let mut parts: Vec<(Span, Span)> = Vec::new();
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for span in telling(text, people) {
            if span.start < at {
                at = at.max(span.end);
                parts.last_mut().into_iter().for_each(|(own, _)| own.end = at);
                continue;
            }
            out.push_str(text.get(at..span.start).unwrap_or(""));
            let start = out.len();
            out.push_str(MASK);
            parts.push((span, Span::new(start, out.len())));
            at = span.end;
        }
        out.push_str(text.get(at..).unwrap_or(""));
        Masked { text: out, parts }
    }

    /// The text as it may be shown.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where a part of the given text stands in the masked one. What lies within something masked is the whole mask.
    pub fn span(&self, span: Span) -> Span {
        let start = self.offset(span.start, |mask| mask.start);
        let end = if span.is_empty() { start } else { self.offset(span.end, |mask| mask.end) };
        Span::new(start, end)
    }

    fn offset(&self, offset: usize, edge: impl Fn(&Span) -> usize) -> usize {
        match self.parts.iter().rev().find(|(own, _)| own.start < offset) {
            None => offset,
            Some((own, mask)) if offset < own.end => edge(mask),
            Some((own, mask)) => mask.end + (offset - own.end),
        }
    }
}

/// The text with names, personal data, addresses and longer numbers replaced.
pub(super) fn masked(text: &str, people: &People) -> String {
    Masked::naming(text, people).text
}

/// What could identify somebody, by place.
fn telling(text: &str, people: &People) -> Vec<Span> {
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
    spans.extend(people.named_in(text));
    spans.sort();
    spans
}

fn long_numbers(text: &str) -> Vec<Span> {
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
                runs.push(Span::new(from, end));
            }
            digits = 0;
        }
    }
    runs
}
