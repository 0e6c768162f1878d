//! Values of slots: what a caller gives.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeDelta};

use crate::money::{self, Money};
use crate::source::{Diagnostics, Field, TableReader, Value, read_object};

/// The longest value that is looked at, in bytes; each type has a bound of its own below it.
pub const LONGEST_VALUE: usize = 16 * 1024;
/// The longest name, in characters.
pub const LONGEST_NAME: usize = 60;
/// The longest name of a company, in characters.
pub const LONGEST_COMPANY: usize = 100;
/// The longest line of words, in characters.
pub const LONGEST_WORDS: usize = 200;
/// The longest answer, in characters.
pub const LONGEST_ANSWER: usize = 8_000;
/// The longest link, in characters.
pub const LONGEST_LINK: usize = 500;
/// The longest contact, in characters: that of an e-mail address.
pub const LONGEST_CONTACT: usize = 254;

/// A value for a slot.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SlotValue {
    /// A name, words, sentences, a link, a contact; also a date, time, duration or instant as it is written in JSON.
    Text(String),
    /// An amount.
    Money(Money),
    /// A day.
    Date(NaiveDate),
    /// A time of the day.
    Time(NaiveTime),
    /// So many minutes, hours, days.
    Duration(TimeDelta),
    /// An instant, with the offset in which it is said.
    Instant(DateTime<FixedOffset>),
}

macro_rules! from {
    ($($kind:ty => $variant:ident),* $(,)?) => {
        $(impl From<$kind> for SlotValue {
            fn from(value: $kind) -> Self {
                SlotValue::$variant(value.into())
            }
        })*
    };
}

from!(
    &str => Text,
    String => Text,
    Money => Money,
    NaiveDate => Date,
    NaiveTime => Time,
    TimeDelta => Duration,
    DateTime<FixedOffset> => Instant,
);

/// Values for slots, by the slots' names.
///
/// ```
/// use svar::draft::SlotValues;
///
/// let slots = SlotValues::new().with("link", "https://fjordmobil.example/status").with("duration", "24h");
/// let same = SlotValues::from_json(r#"{"link": "https://fjordmobil.example/status", "duration": "24h"}"#)?;
/// assert_eq!(slots, same);
/// # Ok::<(), svar::source::Diagnostics>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SlotValues(BTreeMap<String, SlotValue>);

impl SlotValues {
    /// No values.
    pub fn new() -> Self {
        SlotValues::default()
    }

    /// The same with one more value.
    #[must_use]
    pub fn with(mut self, slot: impl Into<String>, value: impl Into<SlotValue>) -> Self {
        self.set(slot, value);
        self
    }

    /// Gives a slot a value.
    pub fn set(&mut self, slot: impl Into<String>, value: impl Into<SlotValue>) {
        self.0.insert(slot.into(), value.into());
    }

    /// The value of a slot.
    pub fn get(&self, slot: &str) -> Option<&SlotValue> {
        self.0.get(slot)
    }

    /// All values, by the names of their slots.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &SlotValue)> {
        self.0.iter().map(|(name, value)| (&**name, value))
    }

    /// Reads values from a JSON object: text, or `{"amount", "currency"}`.
    ///
    /// # Errors
    /// Everything that is wrong with it, with its place.
    pub fn from_json(text: &str) -> Result<SlotValues, Diagnostics> {
        read_object("slots", text, SlotValues::read)
    }

    /// Reads values from a table; mistakes go where the table's go.
    pub(crate) fn read(table: TableReader<'_, '_>) -> SlotValues {
        let values = table.entries();
        SlotValues(
            values.filter_map(|(entry, field)| Some((entry.key.text.to_string(), value(field)?))).collect(),
        )
    }
}

fn value(field: Field<'_, '_>) -> Option<SlotValue> {
    match &field.node()?.value {
        Value::Table(_) => money::read(field).map(SlotValue::Money),
        Value::Datetime(text) => Some(SlotValue::Text(text.to_string())),
        _ => field.string().map(SlotValue::from),
    }
}
