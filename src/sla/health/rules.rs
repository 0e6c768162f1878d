//! The rules of a channel's health, compiled.

use std::sync::Arc;

use super::Amount;
use crate::rule::RuleId;
use crate::sla::expectation::Expectation;
use crate::source::Severity;

/// The section `sla.health`, compiled.
#[derive(Clone, Debug, Default)]
pub(crate) struct HealthPolicy {
    pub(super) expectation: Option<Expectation>,
    pub(super) settled: Vec<String>,
    pub(super) rules: Vec<HealthRule>,
}

impl HealthPolicy {
    /// The rules, each with how bad it is not to keep it.
    pub(crate) fn rules(&self) -> impl Iterator<Item = (&str, Severity)> {
        self.rules.iter().map(|rule| (rule.id.as_str(), rule.severity))
    }
}

/// What a rule looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::sla) enum Check {
    Unanswered,
    Late,
    Median,
    P90,
    UnansweredComplaints,
    VisibleSpam,
    Silent,
    BroadcastOnly,
    Badge,
    Closed,
    SameTag,
    NoOtherContact,
    NoCrisisContact,
}

/// What a rule's limit is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::sla) enum LimitKind {
    /// `at_least`, a share.
    LeastShare,
    /// `at_most`, a duration.
    MostTime,
    /// `at_most`, a count.
    MostCount,
    /// None: something is so or not.
    Nothing,
}

/// Every rule there is: the name after `health.`, what it looks at, and its limit.
pub(in crate::sla) const CHECKS: [(&str, Check, LimitKind); 13] = [
    ("unanswered", Check::Unanswered, LimitKind::LeastShare),
    ("late", Check::Late, LimitKind::LeastShare),
    ("median", Check::Median, LimitKind::MostTime),
    ("p90", Check::P90, LimitKind::MostTime),
    ("unanswered-complaints", Check::UnansweredComplaints, LimitKind::MostCount),
    ("visible-spam", Check::VisibleSpam, LimitKind::MostCount),
    ("silent", Check::Silent, LimitKind::MostTime),
    ("broadcast-only", Check::BroadcastOnly, LimitKind::LeastShare),
    ("badge", Check::Badge, LimitKind::Nothing),
    ("closed", Check::Closed, LimitKind::Nothing),
    ("same-tag", Check::SameTag, LimitKind::Nothing),
    ("no-other-contact", Check::NoOtherContact, LimitKind::Nothing),
    ("no-crisis-contact", Check::NoCrisisContact, LimitKind::Nothing),
];

#[derive(Clone, Debug)]
pub(super) struct HealthRule {
    pub(super) id: RuleId,
    pub(super) check: Check,
    pub(super) limit: Option<Amount>,
    /// With fewer conversations (or posts) it keeps quiet.
    pub(super) from: u64,
    pub(super) severity: Severity,
    pub(super) message: String,
    pub(super) why: Arc<str>,
}
