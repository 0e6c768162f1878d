//! The reading: all that was heard in one text, each thing with its place.

use std::sync::Arc;

use serde::Serialize;

use super::act::{ActId, ActSet};
use crate::Span;
use crate::text::{Emoji, Entity, EntityKind, Hidden, Lengths, MarkupSign, Personal};

name! {
    /// The code of a language as a policy spells it: `nb`, `de`, `pl`. Cheap to clone.
    LanguageId
}

/// An act heard in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Heard {
    /// Which act.
    pub act: ActId,
    /// The phrase it was heard by.
    pub span: Span,
    /// Whether it stands in somebody else's words: inside quotation marks or on a line quoted with `>`.
    pub quoted: bool,
    /// The word that takes it back ("sorry, **but**"), where there is one.
    pub taken_back: Option<Span>,
    /// The sentence it stands in, counted from 0.
    pub sentence: usize,
}

words! {
    /// How a text addresses its reader (the T–V distinction).
    #[derive(Default)]
    AddressForm {
        /// Sie, Pan/Pani, De.
        Formal = "formal",
        /// du, ty.
        Informal = "informal",
        /// Both in one text.
        Mixed = "mixed",
        /// Neither.
        #[default]
        None = "none",
    }
}

/// The forms that a document may ask for, by their names.
pub(crate) const ADDRESS_FORMS: [(&str, AddressForm); 3] =
    [("formal", AddressForm::Formal), ("informal", AddressForm::Informal), ("none", AddressForm::None)];

words! {
    /// The register of a text.
    #[derive(Default)]
    Register {
        /// Spoken, close.
        Informal = "informal",
        /// Neither.
        #[default]
        Neutral = "neutral",
        /// Written, distant.
        Formal = "formal",
    }
}

/// Something in the text that speaks for a judgement, and how strongly.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Cue {
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// What it weighs, in the units of the policy's cue tables.
    pub weight: f32,
}

/// Address with its evidence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Address {
    /// The form heard.
    pub form: AddressForm,
    /// What speaks for formal address.
    pub formal: Vec<Span>,
    /// What speaks for informal address.
    pub informal: Vec<Span>,
}

/// Register with its evidence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RegisterReading {
    /// From -1 (informal) to 1 (formal).
    pub score: f32,
    /// The register heard; anything but neutral needs two different cues.
    pub label: Register,
    /// What speaks for it: positive weights are formal, negative informal.
    pub evidence: Vec<Cue>,
}

/// What a customer wants, with its evidence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct IntentReading {
    /// The intent heard; `None` stands for `other`.
    pub kind: Option<Arc<str>>,
    /// From 0 to 1; one half is the threshold at which an intent is heard. For `other`, the best of the others.
    pub score: f32,
    /// What speaks for the intent, and against it (negative weights).
    pub evidence: Vec<Cue>,
}

impl IntentReading {
    /// The name of the intent, `other` where none was heard.
    pub fn kind(&self) -> &str {
        self.kind.as_deref().unwrap_or("other")
    }
}

/// A signal heard: urgency, a threat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SignalHeard {
    /// Its name.
    pub signal: Arc<str>,
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
}

/// All that was heard in one text. Spans are byte offsets into that text.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Reading {
    /// The language the text is in, where it could be told.
    pub language: Option<LanguageId>,
    /// The acts, in the order of the text.
    pub acts: Vec<Heard>,
    /// How the reader is addressed.
    pub address: Address,
    /// The register.
    pub register: RegisterReading,
    /// What is wanted, if this is a customer's message.
    pub intent: IntentReading,
    /// Urgency, threats.
    pub signals: Vec<SignalHeard>,
    /// The emoji.
    pub emoji: Vec<Emoji>,
    /// Links, mentions, hashtags, e-mail addresses.
    pub entities: Vec<Entity>,
    /// Links with a protocol whose host no top-level domain vouches for (`https://intern/side`).
    pub unlisted_links: Vec<Entity>,
    /// Personal data, e-mail addresses and a policy's own reference numbers among them.
    pub personal_data: Vec<Personal>,
    /// Hidden and deceptive characters.
    pub hidden: Vec<Hidden>,
    /// Placeholders nobody filled in.
    pub placeholders: Vec<Span>,
    /// Signs of Markdown and HTML, as they were written.
    pub markup: Vec<MarkupSign>,
    /// Words in capital letters that belong to a shout.
    pub shouting: Vec<Span>,
    /// Words with one letter stretched.
    pub stretched: Vec<Span>,
    /// Runs of exclamation marks (one alone is a run of one).
    pub exclamations: Vec<Span>,
    /// The number of words.
    pub words: usize,
    /// The sentences.
    pub sentences: Vec<Span>,
    /// The length in every platform's unit.
    pub length: Lengths,
    /// Acts in the writer's own words, not taken back.
    pub(crate) heard: ActSet,
    /// All acts, quoted and taken back ones too.
    pub(crate) all_heard: ActSet,
}

impl Reading {
    /// Whether an act was heard in the writer's own words and not taken back.
    pub fn hears(&self, act: &str) -> bool {
        self.acts.iter().any(|heard| heard.act == *act && !heard.quoted && heard.taken_back.is_none())
    }

    /// The acts that stand in a sentence, by its number.
    pub(crate) fn acts_in(&self, sentence: usize) -> &[Heard] {
        let from = self.acts.partition_point(|heard| heard.sentence < sentence);
        let to = self.acts.partition_point(|heard| heard.sentence <= sentence);
        self.acts.get(from..to).unwrap_or_default()
    }

    /// Whether a signal was heard.
    pub fn signals(&self, signal: &str) -> bool {
        self.signals.iter().any(|heard| &*heard.signal == signal)
    }

    /// The entities of a kind.
    pub fn entities_of(&self, kind: EntityKind) -> impl Iterator<Item = &Entity> {
        self.entities.iter().filter(move |entity| entity.kind == kind)
    }

    /// All links: those whose host a top-level domain vouches for, then the others.
    pub fn links(&self) -> impl Iterator<Item = &Entity> {
        self.entities_of(EntityKind::Link).chain(&self.unlisted_links)
    }

    pub(crate) fn clear(&mut self) {
        self.language = None;
        self.acts.clear();
        self.address.form = AddressForm::None;
        self.address.formal.clear();
        self.address.informal.clear();
        self.register.score = 0.0;
        self.register.label = Register::Neutral;
        self.register.evidence.clear();
        self.intent.kind = None;
        self.intent.score = 0.0;
        self.intent.evidence.clear();
        self.signals.clear();
        self.emoji.clear();
        self.entities.clear();
        self.unlisted_links.clear();
        self.personal_data.clear();
        self.hidden.clear();
        self.placeholders.clear();
        self.markup.clear();
        self.shouting.clear();
        self.stretched.clear();
        self.exclamations.clear();
        self.words = 0;
        self.sentences.clear();
        self.length = Lengths::default();
        self.heard = ActSet::default();
        self.all_heard = ActSet::default();
    }
}
