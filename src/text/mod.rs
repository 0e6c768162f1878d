//! What is written: lengths, emoji, entities, personal data, hidden characters, markup, tokens, phrases.

mod bytescan;
pub(crate) mod dictionary;
mod emoji;
mod entity;
pub(crate) mod fold;
mod glance;
pub mod hidden;
mod length;
mod marks;
pub mod markup;
pub mod personal;
pub mod phrase;
pub mod placeholder;
pub(crate) mod rows;
pub(crate) mod scan;
mod sentence;
mod tld;
pub(crate) mod token;
pub(crate) mod words;

pub(crate) use bytescan::non_ascii;
pub use emoji::{Emoji, EmojiSet, NotAnEmoji, emoji_at, emojis_in, fold as fold_emoji};
pub use entity::{Entity, EntityKind, Scheme, entities, unlisted_links};
pub(crate) use glance::Glance;
pub use hidden::{Hidden, HiddenKind, hidden};
pub use length::{Lengths, Offsets, Unit, lengths};
pub(crate) use marks::Marks;
pub use markup::{MarkupSign, SignKind, markup};
pub use personal::{Personal, PersonalKind, personal_data};
pub use placeholder::placeholders;
pub(crate) use sentence::{SentenceWords, mark_sentences};
