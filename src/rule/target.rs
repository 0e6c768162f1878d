//! What a rule looks for, and where it stands in a reply.

use std::ops::ControlFlow;
use std::sync::Arc;

use regex::Regex;

use super::detect::{Detection, Detector};
use super::scene::Scene;
use crate::Span;
use crate::lexicon::{ActSet, Heard};
use crate::text::PersonalKind;

/// What a rule looks for: any of these.
#[derive(Clone, Debug, Default)]
pub(crate) struct Target {
    pub(crate) acts: ActSet,
    /// Acts in somebody else's words count, too.
    pub(crate) quoted: bool,
    /// Signals, by name.
    pub(crate) signals: Vec<Arc<str>>,
    /// Whether phrases of the rule's own are in the lexicons.
    pub(crate) phrases: bool,
    pub(crate) pattern: Option<Regex>,
    pub(crate) detectors: Vec<Detector>,
    /// Kinds of personal data.
    pub(crate) personal: Vec<PersonalKind>,
    /// In which texts any of it can be found.
    pub(crate) reach: Reach,
}

/// In which texts a rule can find what it looks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Reach {
    /// In texts the policy judges.
    #[default]
    Policy,
    /// In languages the documents know and the policy does not speak.
    OtherLanguages,
    /// In none.
    Nothing,
}

impl Target {
    /// Whether it looks for acts and nothing else.
    pub(crate) fn is_only_acts(&self) -> bool {
        let others = self.signals.is_empty() && self.detectors.is_empty() && self.personal.is_empty();
        others && !self.phrases && self.pattern.is_none()
    }

    /// Whether nothing but detectors look for it.
    pub(crate) fn is_for_detectors(&self) -> bool {
        self.acts.is_empty()
            && self.signals.is_empty()
            && self.personal.is_empty()
            && !self.phrases
            && self.pattern.is_none()
    }

    /// Whether anything of this stands in the reply. `memory` is empty, before and after.
    pub(super) fn stands(
        &self,
        scene: &Scene<'_>,
        hits: &[(u32, Span)],
        any_pattern: bool,
        memory: &mut Vec<Detection>,
    ) -> bool {
        if self.places(scene, hits, any_pattern, |_, _| ControlFlow::Break(())).is_break() {
            return true;
        }
        self.detect(scene, memory);
        let stands = !memory.is_empty();
        memory.clear();
        stands
    }

    /// Calls `found` with every place of what is no detector's, and with what stands there, until it breaks off.
    pub(super) fn places(
        &self,
        scene: &Scene<'_>,
        hits: &[(u32, Span)],
        any_pattern: bool,
        mut found: impl FnMut(Span, &str) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let reading = scene.reading;
        if self.acts.intersects(reading.all_heard) {
            let counts = |heard: &&Heard| {
                self.acts.contains(heard.act.index())
                    && (self.quoted || !heard.quoted)
                    && heard.taken_back.is_none()
            };
            for heard in reading.acts.iter().filter(counts) {
                found(heard.span, heard.span.of(scene.reply))?;
            }
        }
        for heard in reading.signals.iter().filter(|heard| self.signals.contains(&heard.signal)) {
            found(heard.span, heard.span.of(scene.reply))?;
        }
        let mut end = 0;
        for &(_, span) in hits {
            if span.start >= end {
                end = span.end;
                found(span, span.of(scene.reply))?;
            }
        }
        if let Some(pattern) = self.pattern.as_ref().filter(|_| any_pattern) {
            for place in pattern.find_iter(scene.reply).filter(|place| !place.is_empty()) {
                found(place.range().into(), place.as_str())?;
            }
        }
        for data in reading.personal_data.iter().filter(|data| self.personal.contains(&data.kind)) {
            found(data.span, data.kind.name())?;
        }
        ControlFlow::Continue(())
    }

    pub(super) fn detect(&self, scene: &Scene<'_>, out: &mut Vec<Detection>) {
        for detector in &self.detectors {
            (detector.detect)(scene, out);
        }
    }
}
