//! What a platform decides, figure by figure, and the habits of a care team beside them.
//!
//! Each has the form it has in a document, and is written back in that form.

use chrono::TimeDelta;
use serde::Serialize;

use super::{
    BadgeCounts, ClientMark, DisclosureRequired, Fact, MarkupKind, RouteAfter, RouteNeeds, WindowSender,
    WindowStart, WindowThen, duration,
};
use crate::case::Visibility;
use crate::text::Unit;

/// How long a text may be. Several limits of a channel hold at once.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Limit {
    /// What is counted.
    pub unit: Unit,
    /// The longest text.
    pub max: usize,
    /// The share of `max` from which on a text is near the limit.
    pub warn_at: f64,
    /// The visibility it holds for; every one where it is not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visibility: Option<Visibility>,
    /// Where it comes from.
    #[serde(flatten)]
    pub fact: Fact,
}

/// A limit that holds instead of the usual ones where a policy chooses it by its name.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Alternative {
    /// Its name. Limits of one name are chosen together.
    pub name: String,
    /// The limit.
    #[serde(flatten)]
    pub limit: Limit,
}

/// How one gets from a channel to a private conversation.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PrivateRoute {
    /// The channel it leads to; the channel's own id for its private visibility.
    pub to: String,
    /// How long after the customer's message it is open; for ever where it is not given.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "duration::optional::serialize")]
    pub within: Option<TimeDelta>,
    /// How many private replies one comment can have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replies: Option<usize>,
    /// What writing more must wait for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<RouteAfter>,
    /// What it takes to open it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub needs: Option<RouteNeeds>,
    /// Where it comes from.
    #[serde(flatten)]
    pub fact: Fact,
}

/// What a platform makes of links.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Links {
    /// Whether a reader can follow them with a click.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clickable: Option<bool>,
    /// How many a text may have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<usize>,
    /// What the client must do itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub needs: Option<ClientMark>,
    /// Where it comes from.
    #[serde(flatten)]
    pub fact: Fact,
}

/// What a platform makes of mentions, or of hashtags.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Tags {
    /// How many a text may have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<usize>,
    /// What the client must do itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub needs: Option<ClientMark>,
    /// Where it comes from.
    #[serde(flatten)]
    pub fact: Fact,
}

/// Which emoji a reply may have; habits all of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct EmojiPolicy {
    /// How many.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<usize>,
    /// Whether a reply has emoji only where the customer's message has; so it is, unless a policy says `false`.
    pub mirror: bool,
    /// Which ones, instead of those of the whole policy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allow: Option<Vec<String>>,
}

impl Default for EmojiPolicy {
    fn default() -> Self {
        EmojiPolicy { max: None, mirror: true, allow: None }
    }
}

/// What a channel makes of signs in the text.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Markup {
    /// Which language it knows.
    pub is: MarkupKind,
    /// Where it comes from.
    #[serde(flatten)]
    pub fact: Fact,
}

/// Whether something can be done to a text that has been published.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Permission {
    /// Whether it can.
    pub allowed: bool,
    /// For how long; for ever where it is not given.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "duration::optional::serialize")]
    pub within: Option<TimeDelta>,
    /// Where it comes from.
    #[serde(flatten)]
    pub fact: Fact,
}

/// How many replies one review can have.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Replies {
    /// So many.
    pub max: usize,
    /// Whether a further one takes the place of the one before.
    pub overwrites: bool,
    /// Where it comes from.
    #[serde(flatten)]
    pub fact: Fact,
}

/// How long one may write to a customer.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Window {
    /// Whom it is for.
    pub sender: WindowSender,
    /// How long it is open.
    #[serde(serialize_with = "duration::serialize")]
    pub within: TimeDelta,
    /// What opens it.
    pub from: WindowStart,
    /// What it leaves when it has run.
    pub then: WindowThen,
    /// Where it comes from.
    #[serde(flatten)]
    pub fact: Fact,
}

/// Whether the customer must have written first.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CustomerFirst {
    /// Whether nobody can be written to who did not write.
    pub required: bool,
    /// Where it comes from.
    #[serde(flatten)]
    pub fact: Fact,
}

/// How much may be sent in a time.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Rate {
    /// So many.
    pub max: usize,
    /// In this time.
    #[serde(serialize_with = "duration::serialize")]
    pub within: TimeDelta,
    /// What is counted, in words.
    pub counts: String,
    /// Where it comes from.
    #[serde(flatten)]
    pub fact: Fact,
}

/// Whether a machine must say that it is one.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct BotDisclosure {
    /// When it must.
    pub required: DisclosureRequired,
    /// Regions the platform names for it, ISO 3166-1 or -2. They are examples, not the whole list.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub regions: Vec<String>,
    /// Where it comes from.
    #[serde(flatten)]
    pub fact: Fact,
}

/// A sign the platform gives for answering much and fast.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Badge {
    /// What it says.
    pub name: String,
    /// The share of conversations that must have an answer, from 0 to 1.
    pub rate: f64,
    /// The time answers may take.
    #[serde(serialize_with = "duration::serialize")]
    pub time: TimeDelta,
    /// The time it looks back.
    #[serde(serialize_with = "duration::serialize")]
    pub window: TimeDelta,
    /// Which replies it counts.
    pub counts: BadgeCounts,
    /// Where it comes from.
    #[serde(flatten)]
    pub fact: Fact,
}

/// A way to ask a reviewer nobody knows who they are.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ReviewerRequest {
    /// How long the reviewer has.
    #[serde(serialize_with = "duration::serialize")]
    pub answer_within: TimeDelta,
    /// Where it comes from.
    #[serde(flatten)]
    pub fact: Fact,
}
