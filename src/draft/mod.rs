//! What to say: templates, slots, and the reply that is made of them.
//!
#![doc = include_str!("notation.md")]

mod choose;
mod compose;
mod contact;
mod document;
mod filled;
mod format;
mod plan;
mod ready;
mod samples;
mod say;
mod sayings;
pub(crate) mod schema;
mod slot;
mod split;
mod template;
mod value;
mod write;

/// What the notation of templates means, in Markdown.
pub(crate) const NOTATION: &str = include_str!("notation.md");

pub(crate) use compose::Mirror;
pub(crate) use contact::Contact;
pub(crate) use document::DraftSections;
pub use document::MOST_CANNED;
pub(crate) use filled::Values;
pub(crate) use plan::template_at;
pub use plan::{Draft, Dropped, DroppedWhat, DroppedWhy, Pair, TemplateUse};
pub(crate) use ready::unsayable_company;
pub(crate) use samples::{Company, Samples};
pub(crate) use say::Voice;
pub(crate) use sayings::{Manner, Sayings};
pub use slot::{MOST_SLOTS, SlotType};
pub(crate) use split::{joined, place_in, split};
pub use template::LONGEST_TEMPLATE;
pub(crate) use template::Template;
pub use value::{
    LONGEST_ANSWER, LONGEST_COMPANY, LONGEST_CONTACT, LONGEST_LINK, LONGEST_NAME, LONGEST_VALUE,
    LONGEST_WORDS, SlotValue, SlotValues,
};
pub(crate) use write::{Brief, Order, WriteError, Written};
