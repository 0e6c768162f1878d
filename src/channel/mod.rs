//! Where a text stands: what each channel can carry, and how a care team writes there.
//!
//! Under `channels` a policy describes each channel it answers on. The built-in ones are described in
//! `svar:channels`; a policy says only what it does otherwise.
//!
//! ```toml
//! [channels.facebook]
//! register = "informal"
//! emoji = { allow = ["😊", "❤️", "👍"], max = 2, mirror = true }
//!
//! [channels.linkedin]
//! address = { de = "formal", pl = "formal" }
//!
//! [channels.x]
//! limits = "premium"                    # an alternative the channel has
//!
//! [channels.web-chat]                   # a channel of the policy's own
//! kind = "message"
//! visibility = ["private"]
//! limits = [{ unit = "utf16", max = 1000 }]
//! ```
//!
//! # Facts and habits
//!
//! What a platform decides is a *fact*: a table of figures with the [`Fact`] that says where they come from. What a
//! care team decides is a *habit*: the register, the form of address, how many links or emoji a reply has at most.
//! A policy may overrule a fact, too; figures it writes without a source are its [own](Grade::Own) and no longer
//! appear under the platform's name. Platforms change their figures without notice; one that is not written is not
//! known, and nothing is checked by it.
//!
//! # What a channel must say
//!
//! A channel of the policy's own gives its `kind` and its `visibility`, and with two visibilities also which one is
//! meant by default. Everything else may be left out: its name is then its id, its register neutral, it has no
//! limits and no private route.

mod document;
pub(crate) mod duration;
mod fact;
mod figures;
mod opening;
pub(crate) mod schema;
mod words;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::case::Visibility;
use crate::lexicon::{AddressForm, Register};

pub use document::MOST_CHANNELS;
pub(crate) use document::read_channels;
pub use duration::parse as parse_duration;
pub use fact::{AsOf, Fact};
pub use figures::{
    Alternative, Badge, BotDisclosure, CustomerFirst, EmojiPolicy, Limit, Links, Markup, Permission,
    PrivateRoute, Rate, Replies, ReviewerRequest, Tags, Window,
};
pub(crate) use opening::Opening;
pub use words::{
    BadgeCounts, ChannelKind, ClientMark, Courtesy, DisclosureRequired, Grade, MarkupKind, RouteAfter,
    RouteNeeds, WindowSender, WindowStart, WindowThen,
};

/// A place where a company is written to and answers.
///
/// It is written (with serde) as it stands in a document, so without its id, which is its key there.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Channel {
    #[serde(skip)]
    id: String,
    name: String,
    kind: ChannelKind,
    #[serde(rename = "visibility")]
    visibilities: Vec<Visibility>,
    default_visibility: Visibility,
    #[serde(skip_serializing_if = "is_true")]
    official: bool,
    #[serde(skip_serializing_if = "is_true")]
    monitored: bool,
    #[serde(skip_serializing_if = "is_true")]
    inbound: bool,
    register: Register,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    address: BTreeMap<String, AddressForm>,
    limits: Vec<Limit>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    alternatives: Vec<Alternative>,
    #[serde(skip_serializing_if = "Option::is_none")]
    private_route: Option<PrivateRoute>,
    #[serde(skip_serializing_if = "Option::is_none")]
    links: Option<Links>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mentions: Option<Tags>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hashtags: Option<Tags>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_links: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_mentions: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_hashtags: Option<usize>,
    emoji: EmojiPolicy,
    #[serde(skip_serializing_if = "Option::is_none")]
    frame: Option<Vec<Courtesy>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_parts: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    markup: Option<Markup>,
    #[serde(skip_serializing_if = "Option::is_none")]
    edit: Option<Permission>,
    #[serde(skip_serializing_if = "Option::is_none")]
    delete: Option<Permission>,
    #[serde(skip_serializing_if = "Option::is_none")]
    replies: Option<Replies>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    windows: Vec<Window>,
    #[serde(skip_serializing_if = "Option::is_none")]
    customer_first: Option<CustomerFirst>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rate: Option<Rate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bot_disclosure: Option<BotDisclosure>,
    #[serde(skip_serializing_if = "Option::is_none")]
    badge: Option<Badge>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reviewer_request: Option<ReviewerRequest>,
    #[serde(skip_serializing_if = "Option::is_none")]
    notes: Option<String>,
}

/// What it is.
impl Channel {
    /// The id, such as `facebook`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What people call it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What sort of place it is.
    pub fn kind(&self) -> ChannelKind {
        self.kind
    }

    /// Who can read what stands there: one of the two, or either.
    pub fn visibilities(&self) -> &[Visibility] {
        &self.visibilities
    }

    /// The visibility that is meant where a case names none.
    pub fn default_visibility(&self) -> Visibility {
        self.default_visibility
    }

    /// Whether it is the company's official presence. Customers do not care, so nothing is checked less strictly
    /// where it is not.
    pub fn is_official(&self) -> bool {
        self.official
    }

    /// Whether the company watches it.
    pub fn is_monitored(&self) -> bool {
        self.monitored
    }

    /// Whether customers can write there of their own accord.
    pub fn is_inbound(&self) -> bool {
        self.inbound
    }

    /// What does not fit into a figure.
    pub fn notes(&self) -> Option<&str> {
        self.notes.as_deref()
    }
}

/// How one writes there.
impl Channel {
    /// How the care team writes there.
    pub fn register(&self) -> Register {
        self.register
    }

    /// How customers are addressed there in a language: formally, informally, or impersonally
    /// ([`AddressForm::None`]). Nothing, where the channel leaves it open.
    pub fn address(&self, language: &str) -> Option<AddressForm> {
        self.address.get(language).copied()
    }

    /// Each language with a form of address of its own, in the order of their codes.
    pub fn addresses(&self) -> impl Iterator<Item = (&str, AddressForm)> {
        self.address.iter().map(|(language, form)| (&**language, *form))
    }

    /// Which emoji a reply may have.
    pub fn emoji(&self) -> &EmojiPolicy {
        &self.emoji
    }

    /// The courtesies that stand around a reply; where the channel does not say, they are those of its kind: a
    /// greeting and a signature, and in letters and answers to reviews a closing.
    pub fn frame(&self) -> &[Courtesy] {
        let usual: &[Courtesy] = match self.kind {
            ChannelKind::Mail | ChannelKind::Review => {
                &[Courtesy::Greeting, Courtesy::Closing, Courtesy::Signature]
            }
            _ => &[Courtesy::Greeting, Courtesy::Signature],
        };
        self.frame.as_deref().unwrap_or(usual)
    }

    /// Into how many numbered parts a reply that is too long may be split; nothing, where it may not.
    pub fn max_parts(&self) -> Option<usize> {
        self.max_parts
    }

    /// How many links a reply has at most: by the platform's figure or by habit, whichever is smaller.
    pub fn max_links(&self) -> Option<usize> {
        smaller(self.links.as_ref().and_then(|links| links.max), self.max_links)
    }

    /// How many mentions a reply has at most, likewise.
    pub fn max_mentions(&self) -> Option<usize> {
        smaller(self.mentions.as_ref().and_then(|mentions| mentions.max), self.max_mentions)
    }

    /// How many hashtags a reply has at most, likewise.
    pub fn max_hashtags(&self) -> Option<usize> {
        smaller(self.hashtags.as_ref().and_then(|hashtags| hashtags.max), self.max_hashtags)
    }
}

/// What it can carry.
impl Channel {
    /// The limits that hold for a visibility, all of them at once.
    pub fn limits(&self, visibility: Visibility) -> impl Iterator<Item = &Limit> {
        self.limits.iter().filter(move |limit| limit.visibility.is_none_or(|of| of == visibility))
    }

    /// Limits that a policy may choose to hold instead, with `limits = "NAME"`.
    pub fn alternatives(&self) -> &[Alternative] {
        &self.alternatives
    }

    /// How one gets to a private conversation, if one does.
    pub fn private_route(&self) -> Option<&PrivateRoute> {
        self.private_route.as_ref()
    }

    /// Whether readers can follow a link with a click, where it is known.
    pub fn links_clickable(&self) -> Option<bool> {
        self.links.as_ref()?.clickable
    }

    /// What the platform makes of links.
    pub fn links(&self) -> Option<&Links> {
        self.links.as_ref()
    }

    /// What the platform makes of mentions.
    pub fn mentions(&self) -> Option<&Tags> {
        self.mentions.as_ref()
    }

    /// What the platform makes of hashtags.
    pub fn hashtags(&self) -> Option<&Tags> {
        self.hashtags.as_ref()
    }

    /// What it makes of signs in the text.
    pub fn markup(&self) -> Option<&Markup> {
        self.markup.as_ref()
    }
}

/// When one may write, and what becomes of it.
impl Channel {
    /// When one may write. A window is open strictly before it ends; where none stands, it is always open.
    pub fn windows(&self) -> &[Window] {
        &self.windows
    }

    /// Whether the customer must have written first.
    pub fn customer_first(&self) -> Option<&CustomerFirst> {
        self.customer_first.as_ref()
    }

    /// How much may be sent in a time.
    pub fn rate(&self) -> Option<&Rate> {
        self.rate.as_ref()
    }

    /// Whether what was published can be changed.
    pub fn edit(&self) -> Option<&Permission> {
        self.edit.as_ref()
    }

    /// Whether what was published can be taken away.
    pub fn delete(&self) -> Option<&Permission> {
        self.delete.as_ref()
    }

    /// How many replies one review can have.
    pub fn replies(&self) -> Option<&Replies> {
        self.replies.as_ref()
    }

    /// Whether a machine must say that it is one.
    pub fn bot_disclosure(&self) -> Option<&BotDisclosure> {
        self.bot_disclosure.as_ref()
    }

    /// The sign the platform gives for answering.
    pub fn badge(&self) -> Option<&Badge> {
        self.badge.as_ref()
    }

    /// How a reviewer nobody knows can be asked who they are.
    pub fn reviewer_request(&self) -> Option<&ReviewerRequest> {
        self.reviewer_request.as_ref()
    }
}

/// The smaller of two figures, of which either may not be known.
fn smaller(a: Option<usize>, b: Option<usize>) -> Option<usize> {
    a.into_iter().chain(b).min()
}

/// Whether a switch stands where it stands unless it is touched.
fn is_true(switch: &bool) -> bool {
    *switch
}

#[cfg(test)]
mod tests;
