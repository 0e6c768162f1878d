//! Whatever examples and tests ask of a policy goes through here.

use chrono::{DateTime, FixedOffset};

use crate::case::Case;
use crate::draft::{Draft, Pair, SlotValues};
use crate::lexicon::Reading;
use crate::playbook::Next;
use crate::policy::{CaseError, ClockError, DraftError, DraftOptions, Policy, Scratch};
use crate::rule::Report;
use crate::sla::clock::Clocks;

/// A policy under test, and the memory its tests work in. Keep one for a whole [`Suite`](super::Suite).
#[derive(Debug)]
pub struct Runner<'p> {
    policy: &'p Policy,
    scratch: Scratch,
}

impl<'p> Runner<'p> {
    /// Nothing was asked yet.
    pub fn new(policy: &'p Policy) -> Self {
        Runner { policy, scratch: Scratch::default() }
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
        self.policy.validate_with(case, reply, now, &mut self.scratch)
    }

    /// [`Policy::next`].
    ///
    /// # Errors
    /// As [`Policy::next`].
    pub fn next(&mut self, case: &Case, now: Option<DateTime<FixedOffset>>) -> Result<Next, CaseError> {
        self.policy.next_with(case, now, &self.policy.timing(case, now), &mut self.scratch)
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
        self.policy.draft_with(case, slots, options, &mut self.scratch)
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
        self.policy.pair(case, slots, options)
    }

    /// [`Policy::clocks`].
    ///
    /// # Errors
    /// As [`Policy::clocks`].
    pub fn clocks(&mut self, case: &Case, now: DateTime<FixedOffset>) -> Result<Clocks, ClockError> {
        self.policy.clocks(case, now)
    }
}
