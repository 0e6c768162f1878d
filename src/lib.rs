#![doc = include_str!("../README.md")]
//!
//! # The house
//!
//! Ground floor first; a room knows the floors below it only.
//!
//! | room | what it knows |
//! |---|---|
//! | [`source`] | how documents are read: TOML or JSON, every mistake with its place |
//! | [`text`] | what is written: lengths, emoji, links, personal data, hidden characters, words, phrases |
//! | [`time`] | when: calendars, holidays, rotas |
//! | [`money`] | amounts and currencies |
//! | [`case`] | the conversation and its facts |
//! | [`lexicon`] | what words mean: acts, address, register, intent, language |
//! | [`channel`] | where: limits, routes, windows |
//! | [`rule`] | judging: conditions, five kinds of rules, findings, fixes |
//! | [`sla`] | by when: targets, clocks, escalation; expectation, surges, the health of channels |
//! | [`playbook`] | what to do next: steps, remedies, authority |
//! | [`draft`] | what to say: templates, slots, the reply that is made of them |
//! | [`policy`] | the whole document, and the questions it answers |
//! | [`request`] | the same questions as JSON |
//! | [`testing`] | the examples and tests that stand in documents, run |
//! | [`reference`](mod@reference) | a page for everything that has a name, as `svar explain` tells it |
//! | [`schema`] | all that these rooms read and answer, for editors that complete and explain, and for other languages |
//! | `capi` | the door for C and all that calls C (feature `capi`) |

#[macro_use]
mod name;
#[macro_use]
mod words;

#[cfg(feature = "capi")]
pub mod capi;
pub mod case;
pub mod channel;
pub mod draft;
pub mod lexicon;
pub mod money;
mod packs;
pub mod playbook;
pub mod policy;
pub mod reference;
pub mod request;
pub mod rule;
pub mod schema;
pub mod sla;
pub mod source;
mod span;
pub mod testing;
pub mod text;
pub mod time;

pub use chrono;

pub use case::{Case, Message, Visibility};
pub use lexicon::Reading;
pub use policy::{Policy, PolicyBuilder, Scratch};
pub use rule::{Report, Verdict};
pub use span::Span;
