//! Whatever examples and tests ask of a policy goes through here.

use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset};

use super::coverage::Coverage;
use crate::case::Case;
use crate::draft::{Draft, Pair, SlotValues};
use crate::lexicon::Reading;
use crate::playbook::Next;
use crate::policy::{CaseError, ClockError, DraftError, DraftOptions, Policy, Scratch, Surveyed};
use crate::rule::Report;
use crate::sla::clock::Clocks;
use crate::sla::surge::Surge;
use crate::source::Diagnostics;

/// A policy under test, and the memory its tests work in. Keep one for a whole [`Suite`](super::Suite).
#[derive(Debug)]
pub struct Runner<'p> {
    policy: &'p Policy,
    scratch: Scratch,
    coverage: Option<Coverage>,
}

impl<'p> Runner<'p> {
    /// Nothing was asked yet.
    pub fn new(policy: &'p Policy) -> Self {
        Runner { policy, scratch: Scratch::default(), coverage: None }
    }

    /// Nothing was asked yet; whatever is asked is noted in `coverage`, which must be of the policy's own documents.
    /// No answer is another for that.
    pub fn covering(policy: &'p Policy, mut coverage: Coverage) -> Self {
        let mut runner = Runner::new(policy);
        coverage.begin(&mut runner.scratch);
        runner.coverage = Some(coverage);
        runner
    }

    /// What was noted so far, if anything is.
    pub fn coverage(&self) -> Option<&Coverage> {
        self.coverage.as_ref()
    }

    /// The same, without the runner.
    pub fn into_coverage(mut self) -> Option<Coverage> {
        let mut coverage = self.coverage.take()?;
        coverage.end(&mut self.scratch);
        Some(coverage)
    }

    /// The places that did something since this was asked last, by their numbers.
    pub(super) fn take_touched(&mut self) -> BTreeSet<usize> {
        self.coverage.as_mut().map(Coverage::take_touched).unwrap_or_default()
    }

    /// Notes what was heard and judged since this was called last, and more.
    fn note(&mut self, more: impl FnOnce(&mut Coverage)) {
        if let Some(coverage) = &mut self.coverage {
            coverage.note(&mut self.scratch);
            more(coverage);
        }
    }

    /// The policy.
    pub fn policy(&self) -> &'p Policy {
        self.policy
    }

    /// [`Policy::read`].
    ///
    /// # Errors
    /// As [`Policy::read`].
    pub fn read(&mut self, text: &str, language: Option<&str>) -> Result<Reading, CaseError> {
        let mut reading = Reading::default();
        self.policy.read_into(text, language, &mut self.scratch, &mut reading)?;
        self.note(|_| {});
        Ok(reading)
    }

    /// [`Policy::validate`].
    ///
    /// # Errors
    /// As [`Policy::validate`].
    pub fn validate(
        &mut self,
        case: &Case,
        reply: &str,
        now: Option<DateTime<FixedOffset>>,
    ) -> Result<Report, CaseError> {
        let report = self.policy.validate_with(case, reply, now, &mut self.scratch);
        self.note(|_| {});
        report
    }

    /// Whether a rule is asked of a reply: whether its condition holds.
    pub(super) fn asks(
        &mut self,
        rule: &str,
        case: &Case,
        reply: &str,
        now: Option<DateTime<FixedOffset>>,
    ) -> Result<bool, CaseError> {
        self.policy.open(case, now, &mut self.scratch)?.asks(rule, reply, &mut self.scratch)
    }

    /// [`Policy::next`].
    ///
    /// # Errors
    /// As [`Policy::next`].
    pub fn next(&mut self, case: &Case, now: Option<DateTime<FixedOffset>>) -> Result<Next, CaseError> {
        let next = self.policy.next_with(case, now, &self.policy.timing(case, now), &mut self.scratch);
        self.note(|coverage| next.iter().for_each(|next| coverage.note_step(next)));
        next
    }

    /// [`Policy::draft`].
    ///
    /// # Errors
    /// As [`Policy::draft`].
    pub fn draft(
        &mut self,
        case: &Case,
        slots: &SlotValues,
        options: &DraftOptions,
    ) -> Result<Draft, DraftError> {
        let draft = self.policy.draft_with(case, slots, options, &mut self.scratch);
        self.note(|coverage| draft.iter().for_each(|draft| coverage.note_draft(draft)));
        draft
    }

    /// [`Policy::pair`].
    ///
    /// # Errors
    /// As [`Policy::pair`].
    pub fn pair(
        &mut self,
        case: &Case,
        slots: &SlotValues,
        options: &DraftOptions,
    ) -> Result<Pair, DraftError> {
        let pair = self.policy.pair_with(case, slots, options, &mut self.scratch);
        self.note(|coverage| {
            pair.iter()
                .flat_map(|pair| [&pair.public, &pair.private])
                .for_each(|draft| coverage.note_draft(draft));
        });
        pair
    }

    /// [`Policy::clocks`].
    ///
    /// # Errors
    /// As [`Policy::clocks`].
    pub fn clocks(&mut self, case: &Case, now: DateTime<FixedOffset>) -> Result<Clocks, ClockError> {
        let clocks = self.policy.clocks(case, now);
        self.note(|coverage| clocks.iter().for_each(|clocks| coverage.note_clocks(clocks)));
        clocks
    }

    /// [`Policy::surge`].
    ///
    /// # Errors
    /// As [`Policy::surge`].
    pub fn surge(&mut self, case: &Case, now: DateTime<FixedOffset>) -> Result<Surge, CaseError> {
        let surge = self.policy.surge(case, now);
        self.note(|coverage| surge.iter().for_each(|surge| coverage.note_surge(surge)));
        surge
    }

    /// What [`Policy::health`] and [`Policy::systemic`] say of an archive.
    ///
    /// # Errors
    /// A case that does not fit the policy, or an instant that no calendar can answer for.
    pub(super) fn health(
        &mut self,
        cases: &[Case],
        now: DateTime<FixedOffset>,
    ) -> Result<Surveyed, Diagnostics> {
        let surveyed = self.policy.survey(cases, now);
        self.note(|coverage| surveyed.iter().for_each(|surveyed| coverage.note_health(&surveyed.report)));
        surveyed
    }
}
