//! Competition: which of the phrases that were found are heard.

use super::{Hit, Plane};
use crate::Span;
use crate::text::token::{Token, TokenKind};

/// A phrase that was found. Found phrases sort by their start, the longer first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Found(
    /// From the highest bits down: its first token; what is left of a number when its end is taken away, so that a
    /// later end sorts before an earlier one; its payload.
    u128,
);

impl Found {
    pub(super) fn new(start: usize, end: usize, payload: u32) -> Found {
        let place = (start as u64) << 32 | u64::from(u32::MAX - end as u32);
        Found(u128::from(place) << 32 | u128::from(payload))
    }

    fn start(self) -> u32 {
        (self.0 >> 64) as u32
    }

    fn end(self) -> u32 {
        u32::MAX - (self.0 >> 32) as u32
    }

    fn payload(self) -> u32 {
        self.0 as u32
    }
}

/// Goes through everything that was found, in order, and appends what is heard. `busy` says of each plane up to where
/// something of it is heard.
pub(super) fn hear(
    planes: &[Plane],
    tokens: &[Token],
    found: &mut Vec<Found>,
    busy: &mut Vec<u32>,
    hits: &mut Vec<Hit>,
) {
    found.sort_unstable();
    found.dedup();
    busy.clear();
    busy.resize(usize::from(u8::MAX), 0);
    let before = hits.len();
    for start in found.chunk_by(|one, next| one.start() == next.start()) {
        hear_from(planes, tokens, start, busy, hits);
    }
    hits.iter_mut().skip(before).for_each(|hit| cut(hit, tokens));
}

/// Takes from what is heard a full stop that nobody wrote: it is no token, or the blank line that stands for it.
fn cut(hit: &mut Hit, tokens: &[Token]) {
    hit.end = hit.end.min(tokens.len() as u32);
    let heard = tokens.get(hit.first as usize..hit.end as usize).unwrap_or_default();
    if let [.., last, Token { kind: TokenKind::Break, .. }] = heard {
        hit.end -= 1;
        hit.span.end = last.span.end;
    }
}

/// Settles who is heard among the phrases that start at one token.
fn hear_from(planes: &[Plane], tokens: &[Token], found: &[Found], busy: &mut [u32], hits: &mut Vec<Hit>) {
    let from = hits.len();
    for found in found {
        let (start, end, payload) = (found.start(), found.end(), found.payload());
        let plane = planes.get(payload as usize).copied().unwrap_or(Plane::FREE);
        let here = hits.get(from..).unwrap_or_default();
        let silenced = if plane == Plane::FREE {
            here.iter().any(|hit| hit.payload == payload)
        } else {
            let longest = here.iter().find(|hit| planes.get(hit.payload as usize) == Some(&plane));
            match (busy.get(usize::from(plane.0)), longest) {
                (_, Some(longest)) => longest.end != end,
                (Some(&busy), None) => busy > start,
                (None, None) => false,
            }
        };
        if silenced {
            continue;
        }
        let last = tokens.get(end as usize - 1).or(tokens.last()).map_or(0, |token| token.span.end);
        let first = tokens.get(start as usize).map_or(0, |token| token.span.start);
        hits.push(Hit { span: Span::new(first, last), first: start, end, payload });
    }
    for hit in hits.get(from..).unwrap_or_default() {
        if let Some(plane) = planes.get(hit.payload as usize) {
            if let Some(busy) = busy.get_mut(usize::from(plane.0)) {
                *busy = (*busy).max(hit.end);
            }
        }
    }
}
