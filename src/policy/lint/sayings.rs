//! Templates that are never chosen.

use super::Lint;
use crate::rule::Meeting;
use crate::source::{Diagnostic, Severity};

impl Lint<'_, '_> {
    pub(super) fn sayings(&self) {
        for (location, when) in self.policy.0.sayings.conditions() {
            let why = match self.world.meet(&[when], &[], None) {
                Meeting::Contradictory => "their condition contradicts itself",
                Meeting::Nowhere => "no channel of this policy is as their condition asks",
                Meeting::Met(_) | Meeting::Unknown => continue,
            };
            let message = format!("these templates are never said: {why}");
            let help = "change the `when`, or take the templates out";
            let diagnostic = Diagnostic::new(Severity::Warning, "never-said", message).with_help(help);
            self.report(diagnostic.at(location.clone()));
        }
    }
}
