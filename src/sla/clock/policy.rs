//! What a policy promises, compiled.

use std::collections::BTreeSet;

use super::document::{ClockNames, Common, read_ladders, read_targets};
use super::ladder::Ladder;
use super::lint::Lint;
use super::target::{PauseWords, Target};
use crate::case::Answerers;
use crate::source::TableReader;

/// What a policy promises, compiled.
#[derive(Clone, Debug, Default)]
pub(crate) struct ClockPolicy {
    pub(super) targets: Vec<Target>,
    /// The targets of each metric, the one that is chosen first in front.
    pub(super) by_metric: [Vec<usize>; 4],
    pub(super) words: Vec<PauseWords>,
    pub(super) ladders: Vec<Ladder>,
    /// Whose words are an answer.
    pub(crate) answerers: Answerers,
    /// Whether a target or a ladder asks for what is heard.
    pub(super) listens: bool,
    /// The labels that a target or a ladder asks for.
    pub(super) tags: BTreeSet<String>,
}

impl ClockPolicy {
    pub(crate) fn read(table: &TableReader<'_, '_>, names: &ClockNames<'_>) -> ClockPolicy {
        let common = Common::read(table, names);
        let (read, words) = read_targets(table, &common, names);
        let (ladders, mut asks) = read_ladders(table, &read, names);
        let mut by_metric: [Vec<usize>; 4] = Default::default();
        for (number, read) in read.iter().enumerate() {
            by_metric.get_mut(read.target.metric as usize).into_iter().for_each(|list| list.push(number));
        }
        for list in &mut by_metric {
            let specificity = |number: usize| read.get(number).map_or(0, |read| read.target.specificity);
            list.sort_by_key(|&number| std::cmp::Reverse((specificity(number), number)));
        }
        Lint::new(&read, &by_metric, names.channels, common.serious_is_covered).run();
        read.iter().for_each(|read| asks.join(&read.asks));
        let answerers = common.answerers;
        let targets = read.into_iter().map(|read| read.target).collect();
        let (listens, tags) = (asks.listens(), asks.tags);
        ClockPolicy { targets, by_metric, words, ladders, answerers, listens, tags }
    }

    /// The ladders, in the order of the documents.
    pub(crate) fn ladders(&self) -> impl Iterator<Item = &str> {
        self.ladders.iter().map(|ladder| &*ladder.id)
    }

    /// What is promised, in the order of the documents.
    pub(crate) fn targets(&self) -> &[Target] {
        &self.targets
    }

    /// The kinds of events that pause a clock or let it go on.
    pub(crate) fn event_kinds(&self) -> impl Iterator<Item = &str> {
        self.words.iter().flat_map(|words| words.pause.iter().chain(&words.resume)).map(|kind| &**kind)
    }
}
