//! One trouble behind several cases: the same tag, again and again in a short time.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use super::SystemicLimit;
use crate::case::Case;

/// What must be known of a case to see what it has in common with others.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct CaseRef<'a> {
    /// What the host calls it.
    pub id: &'a str,
    /// When it began.
    pub at: DateTime<Utc>,
    /// Its tags.
    pub tags: &'a [String],
}

impl<'a> CaseRef<'a> {
    /// A case under the id it is given here. Nothing, where no message of it has a time.
    pub fn of(id: &'a str, case: &'a Case) -> Option<Self> {
        let at = case.messages.iter().filter_map(|message| message.at).min()?;
        Some(CaseRef { id, at: at.to_utc(), tags: &case.facts.tags })
    }
}

/// A trouble that several customers have at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Systemic {
    /// The tag that the cases have in common.
    pub tag: String,
    /// Their ids, in the order of time.
    pub cases: Vec<String>,
    /// When the first of them began.
    pub from: DateTime<Utc>,
    /// When the last of them began.
    pub to: DateTime<Utc>,
}

/// The tags under which at least so many cases began within so long, ends included, in the order of the tags. Every
/// case that is in such a stretch is named; a case counts once for each tag.
///
/// Takes linear time where the cases are in the order of time, as archives are.
pub(crate) fn systemic<'a>(
    cases: impl IntoIterator<Item = CaseRef<'a>>,
    limit: SystemicLimit,
) -> Vec<Systemic> {
    let mut by_tag: BTreeMap<&str, Vec<(DateTime<Utc>, &str)>> = BTreeMap::new();
    for case in cases {
        let tags: BTreeSet<&str> = case.tags.iter().map(String::as_str).collect();
        for tag in tags {
            by_tag.entry(tag).or_default().push((case.at, case.id));
        }
    }
    by_tag.into_iter().filter_map(|(tag, cases)| stretch(tag, cases, limit)).collect()
}

fn stretch(tag: &str, mut cases: Vec<(DateTime<Utc>, &str)>, limit: SystemicLimit) -> Option<Systemic> {
    // A stable sort passes over what is in order once.
    cases.sort();
    let marked = crowded(&cases.iter().map(|(at, _)| *at).collect::<Vec<_>>(), limit);
    let crowd: Vec<_> =
        cases.iter().zip(marked).filter(|(_, crowded)| *crowded).map(|(case, _)| case).collect();
    let (first, last) = (crowd.first()?, crowd.last()?);
    let ids = crowd.iter().map(|(_, id)| (*id).to_owned()).collect();
    Some(Systemic { tag: tag.to_owned(), cases: ids, from: first.0, to: last.0 })
}

/// Which of the instants, in order, stand in a stretch of `limit.within` with at least `limit.cases`.
pub(crate) fn crowded(times: &[DateTime<Utc>], limit: SystemicLimit) -> Vec<bool> {
    let mut marked = vec![false; times.len()];
    let mut start = 0;
    // Up to where instants are marked already, so that none is marked twice.
    let mut done = 0;
    for (end, last) in times.iter().enumerate() {
        let too_old = |first: &DateTime<Utc>| *last - *first > limit.within.max(TimeDelta::zero());
        while times.get(start).is_some_and(too_old) {
            start += 1;
        }
        if end + 1 - start >= limit.cases {
            for mark in marked.get_mut(start.max(done)..=end).into_iter().flatten() {
                *mark = true;
            }
            done = end + 1;
        }
    }
    marked
}
