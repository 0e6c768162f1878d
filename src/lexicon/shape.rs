//! The shape of a reading in JSON.

use serde::Serialize;
use serde::ser::{SerializeMap, SerializeStruct, Serializer};

use super::reading::{
    Address, AddressForm, Cue, Heard, IntentReading, LanguageId, Reading, Register, RegisterReading,
};
use crate::Span;
use crate::text::{Emoji, Entity, EntityKind, Scheme};

/// The shape of `read`: hosts in every language get this.
impl Serialize for Reading {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut links: Vec<_> = self.links().map(LinkShape::of).collect();
        links.sort_by_key(|link| link.span);
        let of_kind = |kind| self.entities_of(kind).map(|entity| entity.span).collect::<Vec<_>>();
        let mut shape = serializer.serialize_struct("Reading", 18)?;
        shape.serialize_field("language", self.language.as_ref().map_or("unknown", LanguageId::as_str))?;
        shape.serialize_field("acts", &self.acts)?;
        shape.serialize_field("address", &AddressShape::of(&self.address))?;
        shape.serialize_field("register", &RegisterShape::of(&self.register))?;
        shape.serialize_field("intent", &IntentShape::of(&self.intent))?;
        shape.serialize_field("signals", &self.signals)?;
        shape.serialize_field("emoji", &self.emoji.iter().map(EmojiShape::of).collect::<Vec<_>>())?;
        shape.serialize_field("links", &links)?;
        shape.serialize_field("mentions", &of_kind(EntityKind::Mention))?;
        shape.serialize_field("hashtags", &of_kind(EntityKind::Hashtag))?;
        shape.serialize_field("personal_data", &self.personal_data)?;
        shape.serialize_field("hidden", &self.hidden)?;
        shape.serialize_field("placeholders", &self.placeholders)?;
        shape.serialize_field("markup", &self.markup)?;
        shape.serialize_field("shouting", &self.shouting)?;
        shape.serialize_field("stretched", &self.stretched)?;
        shape.serialize_field("sentences", &self.sentences.len())?;
        shape.serialize_field("length", &self.length)?;
        shape.end()
    }
}

impl Serialize for Heard {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("act", &self.act)?;
        map.serialize_entry("start", &self.span.start)?;
        map.serialize_entry("end", &self.span.end)?;
        if self.quoted {
            map.serialize_entry("quoted", &true)?;
        }
        if self.taken_back.is_some() {
            map.serialize_entry("taken_back", &true)?;
        }
        map.end()
    }
}

#[derive(Serialize)]
struct AddressShape {
    form: AddressForm,
    evidence: Vec<AddressCue>,
}

#[derive(Serialize)]
struct AddressCue {
    form: AddressForm,
    #[serde(flatten)]
    span: Span,
}

impl AddressShape {
    /// The evidence of both forms, in the order of the text.
    fn of(address: &Address) -> AddressShape {
        let cues = |spans: &[Span], form| spans.iter().map(move |&span| AddressCue { form, span }).collect();
        let mut evidence: Vec<_> = cues(&address.formal, AddressForm::Formal);
        evidence.append(&mut cues(&address.informal, AddressForm::Informal));
        evidence.sort_by_key(|cue| cue.span);
        AddressShape { form: address.form, evidence }
    }
}

#[derive(Serialize)]
struct RegisterShape<'a> {
    score: f32,
    label: Register,
    evidence: &'a [Cue],
}

impl RegisterShape<'_> {
    fn of(register: &RegisterReading) -> RegisterShape<'_> {
        RegisterShape { score: register.score, label: register.label, evidence: &register.evidence }
    }
}

#[derive(Serialize)]
struct IntentShape<'a> {
    kind: &'a str,
    score: f32,
    evidence: &'a [Cue],
}

impl IntentShape<'_> {
    fn of(intent: &IntentReading) -> IntentShape<'_> {
        IntentShape { kind: intent.kind(), score: intent.score, evidence: &intent.evidence }
    }
}

#[derive(Serialize)]
struct EmojiShape {
    #[serde(flatten)]
    span: Span,
    name: Option<&'static str>,
}

impl EmojiShape {
    fn of(emoji: &Emoji) -> EmojiShape {
        EmojiShape { span: emoji.span, name: emoji.name() }
    }
}

#[derive(Serialize)]
struct LinkShape {
    #[serde(flatten)]
    span: Span,
    host: Option<Span>,
    scheme: Option<Scheme>,
}

impl LinkShape {
    fn of(link: &Entity) -> LinkShape {
        LinkShape { span: link.span, host: link.host, scheme: link.scheme }
    }
}
