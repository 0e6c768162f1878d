//! What excuses a finding: an act beside it.

use super::scene::Scene;
use crate::Span;
use crate::lexicon::ActSet;

/// Which acts stand in each sentence, in the writer's own words; gathered once a rule asks.
#[derive(Clone, Debug, Default)]
pub(super) struct Excuses {
    sentences: Vec<ActSet>,
    gathered: bool,
}

impl Excuses {
    pub(super) fn forget(&mut self) {
        self.gathered = false;
    }

    /// Whether one of the acts stands in the sentence of a place, or in one beside it.
    pub(super) fn cover(&mut self, scene: &Scene<'_>, acts: ActSet, span: Span) -> bool {
        if acts.is_empty() {
            return false;
        }
        if !self.gathered {
            self.gather(scene);
        }
        let sentence = scene.reading.sentences.partition_point(|sentence| sentence.end <= span.start);
        let beside = self.sentences.get(sentence.saturating_sub(1)..).unwrap_or_default();
        let count = if sentence == 0 { 2 } else { 3 };
        beside.iter().take(count).any(|heard| heard.intersects(acts))
    }

    fn gather(&mut self, scene: &Scene<'_>) {
        self.gathered = true;
        self.sentences.clear();
        self.sentences.resize(scene.reading.sentences.len() + 1, ActSet::default());
        for heard in scene.reading.acts.iter().filter(|heard| !heard.quoted) {
            if let Some(acts) = self.sentences.get_mut(heard.sentence) {
                acts.insert(heard.act.index());
            }
        }
    }
}
