//! What words mean: acts, address, register, intent and language, heard into a [`Reading`].
//!
//! A *lexicon* holds the phrases of one language and what each means. A text is scanned once; every hit of a phrase
//! is an act, or a cue that weighs for or against something. Acts compete: of phrases that overlap the
//! leftmost-longest is heard, so that "beklager at du føler det sånn" is a non-apology and no apology. Cues are summed:
//! a form of address or an intent is heard when its cues weigh enough together.

mod act;
mod document;
mod ears;
mod hear;
mod identify;
#[expect(clippy::module_inception, reason = "the room is named after what it holds")]
mod lexicon;
mod probe;
mod reading;
mod ready;
pub(crate) mod schema;
mod settle;
mod shape;
mod sheet;

pub use act::{ActId, MOST_ACTS, MOST_SIGNALS};
pub(crate) use act::{ActSet, Acts, bit_of, bits};
pub use document::MOST_KNOWN_LANGUAGES;
pub(crate) use document::{EVERY_LANGUAGE, Lexicons, RulePhrase, Sections, is_own};
pub(crate) use ears::Ears;
pub(crate) use hear::{HearScratch, hear};
pub(crate) use identify::IdentifyScratch;
pub(crate) use lexicon::Lexicon;
pub(crate) use probe::Probe;
pub(crate) use reading::ADDRESS_FORMS;
pub use reading::{
    Address, AddressForm, Cue, Heard, IntentReading, LanguageId, Reading, Register, RegisterReading,
    SignalHeard,
};
pub(crate) use ready::Ready;
pub(crate) use settle::INTENTS;
