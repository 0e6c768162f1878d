//! The scene: everything one check looks at.

use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset};

use super::brand::Brand;
use super::condition::Stage;
use crate::Span;
use crate::case::{Case, Message, Visibility};
use crate::channel::Channel;
use crate::lexicon::{ActSet, Acts, LanguageId, Reading};
use crate::text::{EmojiSet, Entity, EntityKind};

/// What a policy says of links, whatever the channel.
#[derive(Clone, Debug, Default)]
pub(crate) struct LinkPolicy {
    /// The hosts a reply may link to, with all below them; empty where any may stand.
    pub(crate) hosts: Vec<String>,
    /// Hosts that hide where they lead.
    pub(crate) shorteners: Vec<String>,
}

/// Everything a detector can look at.
pub(crate) struct Scene<'a> {
    pub(crate) case: &'a Case,
    pub(crate) reply: &'a str,
    pub(crate) now: Option<DateTime<FixedOffset>>,
    pub(crate) reading: &'a Reading,
    /// The customer's last message.
    pub(crate) customer: Option<(&'a Message, &'a Reading)>,
    pub(crate) channel: &'a Channel,
    pub(crate) visibility: Visibility,
    /// The language the reply should be in; none where the policy speaks none.
    pub(crate) language: Option<&'a LanguageId>,
    /// Whether that is known rather than assumed.
    pub(crate) language_known: bool,
    /// By how much the language heard in the reply leads that language, in hundredths.
    pub(crate) language_lead: i32,
    /// Whether the reply is published in several parts, each of which fits.
    pub(crate) in_parts: bool,
    pub(crate) acts: &'a Acts,
    /// Acts that are courtesies.
    pub(crate) courtesies: ActSet,
    pub(crate) emoji_allowed: &'a EmojiSet,
    pub(crate) emoji_ambiguous: &'a EmojiSet,
    pub(crate) links: &'a LinkPolicy,
    pub(crate) brand: &'a Brand,
    /// The step that is due.
    pub(crate) stage: Option<Stage>,
    /// How often the company has answered in public.
    pub(crate) public_turns: u16,
    /// When the last of the running clocks is due.
    pub(crate) due: Option<DateTime<FixedOffset>>,
    /// What is to be said of the offer that the case names.
    pub(crate) offer: Option<&'a Offer>,
}

impl<'a> Scene<'a> {
    /// The links of the reply. The company's own name is none, even where it is written as one.
    pub(crate) fn links(&self) -> impl Iterator<Item = &'a Entity> {
        let (reply, brand) = (self.reply, self.brand);
        self.reading.links().filter(move |link| !brand.is_named(link.span.of(reply)))
    }

    /// Where the reply calls somebody in: everybody it mentions, once, but whom the customer has mentioned. In a thread
    /// they are mentioned by each answer.
    pub(crate) fn called_in(&self) -> Vec<Span> {
        let mentioned =
            |reading: &'a Reading| reading.entities_of(EntityKind::Mention).map(|mention| mention.span);
        let mut own = mentioned(self.reading).peekable();
        if own.peek().is_none() {
            return Vec::new();
        }
        let theirs = self.customer.into_iter().flat_map(|(message, reading)| {
            mentioned(reading).map(|span| span.of(&message.text).to_lowercase())
        });
        let mut known: BTreeSet<String> = theirs.collect();
        own.filter(|span| known.insert(span.of(self.reply).to_lowercase())).collect()
    }
}

/// What is to be said of an offer, in words that a message can use.
#[derive(Clone, Debug, Default)]
pub(crate) struct Offer {
    pub(crate) amount: String,
    pub(crate) loss: String,
    /// Not more than the loss, although the fault is ours.
    pub(crate) without_extra: bool,
    /// The most that is wise, where it is more.
    pub(crate) beyond: Option<String>,
    /// What whoever answers may grant, and who may grant more.
    pub(crate) approval: Option<String>,
}
