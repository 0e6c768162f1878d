//! What rules did, for whoever tests a policy.

use super::condition::Facts;
use super::finding::{Finding, RuleId};
use crate::source::Severity;

/// What came of judging replies, noted as it happens.
#[derive(Clone, Debug, Default)]
pub(crate) struct Watch {
    /// The rules whose `when` held, and whether they gave a finding.
    pub(crate) rules: Vec<(RuleId, bool)>,
    pub(crate) replies: Vec<Judged>,
}

/// A reply that was judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Judged {
    /// The number of the channel, and that of the language where it is known.
    pub(crate) channel: u16,
    pub(crate) language: Option<u8>,
    /// Whether anything was found.
    pub(crate) found: bool,
    /// Whether it may be published.
    pub(crate) passes: bool,
}

impl Watch {
    /// Sees a reply, the rules whose `when` held for it, and what they found.
    pub(super) fn see<'r>(
        &mut self,
        facts: &Facts<'_>,
        asked: impl Iterator<Item = &'r RuleId>,
        findings: &[Finding],
    ) {
        let fired = |rule: &RuleId| findings.iter().any(|finding| finding.rule == *rule);
        self.rules.extend(asked.map(|rule| (rule.clone(), fired(rule))));
        self.replies.push(Judged {
            channel: facts.channel,
            language: facts.language,
            found: !findings.is_empty(),
            passes: findings.iter().all(|finding| finding.severity != Severity::Error),
        });
    }
}
