//! Which examples a page shows.

use super::page::Sample;
use crate::packs::is_built_in;
use crate::policy::Policy;
use crate::testing::{Example, Expectation, Section};

/// So many examples of each kind are enough to see what is meant.
const SAMPLES: usize = 3;
/// So many are enough in each language behind the first.
const SAMPLES_BEHIND: usize = 1;

/// The examples of a policy, and those that ship apart from the built-in packs.
pub(super) struct Examples<'e> {
    policy: &'e Policy,
    own: Vec<&'e Example>,
    shipped: Vec<&'e Example>,
    /// The languages to show examples in, the first one first.
    languages: Vec<&'e str>,
}

impl<'e> Examples<'e> {
    pub(super) fn new(policy: &'e Policy, own: Vec<&'e Example>, shipped: Vec<&'e Example>) -> Self {
        // Of the built-in policy, which speaks all languages, those in which the pages are written.
        if is_built_in(policy.name()) {
            return Examples { policy, own, shipped: Vec::new(), languages: vec!["en"] };
        }
        let languages = policy.languages().iter().map(|language| language.as_str()).collect();
        Examples { policy, own, shipped, languages }
    }

    pub(super) fn samples(&self, section: Section, subject: &str, labels: [&'static str; 2]) -> Vec<Sample> {
        let mut samples = Vec::new();
        for (expectation, label) in [Expectation::Found, Expectation::NotFound].into_iter().zip(labels) {
            let is_meant = |example: &&&Example| {
                example.section() == section
                    && example.subject() == subject
                    && example.expectation() == expectation
            };
            let shown = self.shown(&is_meant);
            samples.extend(shown.into_iter().map(|example| Sample {
                label,
                language: example.language().to_owned(),
                text: example.text().to_owned(),
            }));
        }
        samples
    }

    /// A few in each language; those of no language of the policy, where there are no others.
    fn shown(&self, is_meant: &dyn Fn(&&&Example) -> bool) -> Vec<&'e Example> {
        let mut shown: Vec<&Example> = Vec::new();
        for (number, language) in self.languages.iter().enumerate() {
            let most = if number == 0 { SAMPLES } else { SAMPLES_BEHIND };
            let own = self.own.iter().filter(is_meant);
            // A policy may have changed what is built in, so that an example of it does not hold any more.
            let shipped = self.shipped.iter().filter(is_meant);
            let shipped = shipped.filter(|example| example.language() == *language);
            let shipped = shipped.filter(|example| example.run(self.policy).is_ok());
            let own = own.filter(|example| example.language() == *language);
            shown.extend(own.chain(shipped).take(most));
        }
        if shown.is_empty() {
            shown.extend(self.own.iter().filter(is_meant).take(SAMPLES));
        }
        shown
    }
}
