//! Remedies: what makes good what was lost, how much, and who may grant it.

mod authority;
mod document;
mod grant;

use std::sync::Arc;

use serde::Serialize;

pub(crate) use authority::Authority;
pub(crate) use document::{read_authority, read_remedies};
pub(crate) use grant::{GrantProblem, Plans, Question};

use crate::money::Money;

name! {
    /// The name of a remedy, such as `refund`. Cheap to clone.
    RemedyId
}

words! {
    /// What sort of remedy it is.
    #[non_exhaustive]
    RemedyKind {
        /// Money back.
        Refund = "refund",
        /// Money to be spent here.
        Credit = "credit",
        /// The same again, or something else instead.
        Exchange = "exchange",
        /// The service again, as it should have been.
        RePerformance = "re-performance",
        /// Something for nothing: a dessert.
        FreeItem = "free-item",
        /// A small kindness.
        Gesture = "gesture",
    }
}

words! {
    /// Why something is offered.
    #[non_exhaustive]
    Ground {
        /// The fault is ours: the loss is made good.
        Fault = "fault",
        /// It is not, or that is not known: a kindness, and never a duty.
        Goodwill = "goodwill",
    }
}

/// More than whoever answers may grant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ApprovalNeeded {
    /// The role that may grant it; none, where nobody's authority goes so far.
    pub role: Option<Arc<str>>,
    /// What is to be granted.
    pub amount: Money,
    /// What whoever answers may still grant.
    pub limit: Money,
}

/// Something that can be offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Remedy {
    /// Its name in the policy.
    pub id: RemedyId,
    /// What sort it is.
    pub kind: RemedyKind,
    /// One line for people.
    pub title: Arc<str>,
    /// Why it is offered.
    pub ground: Ground,
    /// How much; none, where it is no matter of money, or the loss is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    /// How much of that goes beyond the loss.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extra: Option<Money>,
    /// Who must agree first; nobody, where it is within authority or the policy names none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approval: Option<ApprovalNeeded>,
    /// Why this one.
    pub why: Arc<str>,
}

/// What is to be said of an offer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct OfferVerdict {
    /// What is offered.
    pub offer: Money,
    /// The fault is ours, and the offer does not even make good the loss.
    pub below_loss: bool,
    /// The fault is ours, and the offer goes not beyond the loss.
    pub without_extra: bool,
    /// More than is wise; the most that is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub beyond: Option<Money>,
    /// Who must agree first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approval: Option<ApprovalNeeded>,
}
