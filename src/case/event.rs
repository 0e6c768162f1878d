//! What happens to a case beside its messages.

use std::cmp::Ordering;

use chrono::{DateTime, FixedOffset, TimeZone};
use serde::ser::{Error as _, Serialize, SerializeStruct, Serializer};

use super::Level;

/// Something that happened to a case beside its messages.
///
/// | kind | what it says | `value` |
/// |---|---|---|
/// | `pause`, `resume` | the company waits for somebody else, or no longer | – |
/// | `resolve`, `reopen` | the case is closed, or open again | – |
/// | `priority`, `severity` | it is as urgent, as serious, from now on | `low`, `normal`, `high`, `critical` |
/// | `intent` | what the customer wants from now on | an intent |
/// | `tag`, `untag` | it has a label from now on, or no longer | the label |
/// | `identified`, `investigated` | the company knows who it is, and what happened | – |
/// | `compensated`, `fixed`, `told` | it has made good, has mended it, has told what came of it | – |
/// | `advert-click` | the customer came by an advert | – |
///
/// An event says the same as the fact of its name ([`Facts`](super::Facts); `offered` of `compensated`, `tags` of
/// `tag`) from its instant on, whatever is asked of the case; of the company's deeds, the last five, until the case is
/// opened again. Only what is closed can be. A host may add kinds of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event {
    /// When.
    pub at: DateTime<FixedOffset>,
    /// What.
    pub kind: String,
    /// What it says, for the kinds that say something.
    pub value: Option<String>,
}

impl Event {
    /// Something that happened.
    pub fn new(kind: impl Into<String>, at: DateTime<impl TimeZone>) -> Self {
        Event { at: at.fixed_offset(), kind: kind.into(), value: None }
    }

    /// The same event, saying something.
    #[must_use]
    pub fn with_value(self, value: impl Into<String>) -> Self {
        Event { value: Some(value.into()), ..self }
    }
}

/// An event that says nothing where its kind asks for something is not written, for nobody could read it.
impl Serialize for Event {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let says = match EventValue::of(&self.kind) {
            EventValue::Level => self.value.as_deref().is_some_and(|value| Level::of(value).is_some()),
            EventValue::Text => self.value.is_some(),
            EventValue::Anything => true,
        };
        if !says {
            return Err(S::Error::custom(format!("an event `{}` lacks its value", self.kind)));
        }
        let mut event = serializer.serialize_struct("Event", 3)?;
        event.serialize_field("at", &self.at)?;
        event.serialize_field("kind", &self.kind)?;
        match &self.value {
            Some(value) => event.serialize_field("value", value)?,
            None => event.skip_field("value")?,
        }
        event.end()
    }
}

/// The kind of event that closes a case.
pub(crate) const RESOLVE: &str = "resolve";
/// The kind of event that opens it again.
pub(crate) const REOPEN: &str = "reopen";
/// The kind of event that says that the customer came by an advert.
pub(crate) const ADVERT_CLICK: &str = "advert-click";

/// The kinds of events from which something follows, in whatever policy.
pub(crate) const EVENT_KINDS: [&str; 15] = [
    "pause",
    "resume",
    "resolve",
    "reopen",
    "priority",
    "severity",
    "intent",
    "tag",
    "untag",
    "identified",
    "investigated",
    "compensated",
    "fixed",
    "told",
    ADVERT_CLICK,
];

/// Kinds of events that change what is known of a case, what counts least first.
pub(crate) const FACT_KINDS: [&str; 5] = ["untag", "tag", "intent", "severity", "priority"];
/// Kinds of events that tell of a deed of the company.
const DEED_KINDS: [&str; 5] = ["identified", "investigated", "compensated", "fixed", "told"];

impl Event {
    /// Whether it changes what is known of a case.
    pub(crate) fn is_fact(&self) -> bool {
        FACT_KINDS.contains(&&*self.kind)
    }

    /// Whether it tells of a deed of the company.
    pub(crate) fn is_deed(&self) -> bool {
        DEED_KINDS.contains(&&*self.kind)
    }

    /// The order in which events count: by their time, and at one instant what is known before opening again, and
    /// closing last.
    pub(super) fn order(&self, other: &Event) -> Ordering {
        self.at
            .cmp(&other.at)
            .then_with(|| self.rank().cmp(&other.rank()))
            .then_with(|| self.order_at_once(other))
    }

    fn rank(&self) -> u8 {
        match &*self.kind {
            _ if self.is_fact() => 0,
            REOPEN => 1,
            RESOLVE => 3,
            _ => 2,
        }
    }

    /// An order of what changes the facts at one instant, so that the order in which a host lists it makes no
    /// difference: of two levels the higher counts, of two texts the last in the alphabet.
    pub(crate) fn order_at_once(&self, other: &Event) -> Ordering {
        let key = |event: &Event| {
            let kind = FACT_KINDS.iter().position(|kind| *kind == event.kind);
            (kind, event.value.as_deref().and_then(Level::of))
        };
        key(self).cmp(&key(other)).then_with(|| self.value.cmp(&other.value))
    }
}

/// What the value of an event has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EventValue {
    /// One of the levels.
    Level,
    /// A text that must be there.
    Text,
    /// A text, or none.
    Anything,
}

impl EventValue {
    /// What the value of an event of this kind has to be.
    pub(crate) fn of(kind: &str) -> EventValue {
        match kind {
            "priority" | "severity" => EventValue::Level,
            "intent" | "tag" | "untag" => EventValue::Text,
            _ => EventValue::Anything,
        }
    }
}
