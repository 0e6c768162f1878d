//! Masking: what may stand in a log.

use std::fmt;

use super::people::{self, People};
use crate::Span;
use crate::case::Case;
use crate::text::fold::is_invisible;
use crate::text::{EntityKind, entities, personal_data, unlisted_links};

/// What stands where something was masked, or is better left out.
pub(super) const MASK: &str = "•••";
/// A run of so many digits could be a number that identifies somebody, whatever kind it is.
const TELLING_DIGITS: usize = 4;
/// So many characters may stand between two groups of digits of one number.
const WIDEST_GAP: usize = 4;

/// A text with everything in it that could identify somebody replaced by `•••`, so that it can be logged: personal
/// data, addresses, links, mentions, longer numbers and ids, and the names that the case gives. A name that nobody
/// gives is a word like any other, and stays.
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
        Masked::hiding(text, telling(text, people))
    }

    /// Masks these parts of a text, whatever order they are in.
    fn hiding(text: &str, mut spans: Vec<Span>) -> Masked {
        merge(&mut spans);
        let mut parts = Vec::with_capacity(spans.len());
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for span in spans {
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
        let before = self.parts.partition_point(|(own, _)| own.start < offset);
        match before.checked_sub(1).and_then(|last| self.parts.get(last)) {
            None => offset,
            Some((own, mask)) if offset < own.end => edge(mask),
            Some((own, mask)) => mask.end + (offset - own.end),
        }
    }
}

/// What a report is masked by: the reply that it is about, and who may be named in it. It is told nowhere.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Origin {
    reply: Box<str>,
    people: People,
}

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Origin").finish_non_exhaustive()
    }
}

impl Origin {
    pub(super) fn of(reply: &str, case: &Case) -> Origin {
        Origin { reply: reply.into(), people: People::of(case) }
    }

    pub(super) fn veil(&self) -> Veil<'_> {
        let mut telling = telling(&self.reply, &self.people);
        merge(&mut telling);
        Veil { telling, people: &self.people }
    }
}

/// What is masked of a reply, in order and apart, and what is said of it.
pub(super) struct Veil<'a> {
    telling: Vec<Span>,
    people: &'a People,
}

impl Veil<'_> {
    /// A part of the reply that begins at `start`. What tells nothing by itself may be a piece of what does.
    pub(super) fn part(&self, part: &str, start: usize) -> String {
        let whole = Span::new(start, start + part.len());
        let within = self.within(whole);
        let within =
            within.map(|span| Span::new(span.start.max(start) - start, span.end.min(whole.end) - start));
        Masked::hiding(part, within.chain(telling(part, self.people)).collect()).text
    }

    /// A text that is no part of the reply.
    pub(super) fn text(&self, text: &str) -> String {
        Masked::naming(text, self.people).text
    }

    /// Whether something masked stands at a place of the reply.
    pub(super) fn meets(&self, place: Span) -> bool {
        self.within(place).next().is_some()
    }

    fn within(&self, place: Span) -> impl Iterator<Item = Span> {
        let from = self.telling.partition_point(|span| span.end <= place.start);
        self.telling.iter().skip(from).copied().take_while(move |span| span.overlaps(place))
    }
}

/// Puts places in order and makes one of those that overlap.
fn merge(spans: &mut Vec<Span>) {
    spans.sort_unstable();
    spans.dedup_by(|next, kept| {
        let meets = next.start < kept.end;
        if meets {
            kept.end = kept.end.max(next.end);
        }
        meets
    });
}

/// What could identify somebody.
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
    spans
}

/// Words with digits in them, and several with no other word between them, that have many digits together: numbers of
/// any kind, however they are grouped, and ids with letters in them.
fn long_numbers(text: &str) -> Vec<Span> {
    let mut runs: Vec<(Span, usize)> = Vec::new();
    for word in people::words(text) {
        let digits = word.of(text).chars().filter(|c| c.is_numeric()).count();
        match runs.last_mut() {
            _ if digits == 0 => {}
            Some((run, count)) if joins(Span::new(run.end, word.start).of(text)) => {
                (run.end, *count) = (word.end, *count + digits);
            }
            _ => runs.push((word, digits)),
        }
    }
    runs.into_iter().filter(|&(_, digits)| digits >= TELLING_DIGITS).map(|(run, _)| run).collect()
}

/// Whether what stands between two words with digits may stand within a number.
fn joins(gap: &str) -> bool {
    let seen = gap.chars().filter(|&c| !is_invisible(c)).count();
    seen <= WIDEST_GAP && !gap.contains(char::is_alphanumeric) && !gap.contains(MASK)
}
