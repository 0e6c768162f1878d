//! Slots: what a template leaves open, and of which type it is.

use std::collections::BTreeMap;

use crate::source::{Diagnostic, Field, TableReader, Value, quoted};

/// The most slots a policy has.
pub const MOST_SLOTS: usize = 64;

words! {
    /// What a slot holds.
    #[non_exhaustive]
    SlotType {
        /// What somebody is called.
        Name = "name",
        /// What a company is called, as it writes itself: `Yahoo!`, `Booking.com`, `Globus Sp. z o.o.`
        Company = "company",
        /// One line of words.
        Text = "text",
        /// Whole sentences.
        Sentences = "sentences",
        /// A link with `https`.
        Link = "link",
        /// An e-mail address, a telephone number or a link.
        Contact = "contact",
        /// An amount of money.
        Money = "money",
        /// A day.
        Date = "date",
        /// A time of the day.
        Time = "time",
        /// So many minutes, hours, days.
        Duration = "duration",
        /// An instant.
        Deadline = "deadline",
    }
}

/// A form in which a value is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Form {
    Plain,
    /// Of a name: up to the first space; the whole of it in formal address.
    First,
    /// “on Friday 12 December”.
    On,
    /// “by Friday 12 December”.
    By,
    /// “at 14:00”.
    At,
    /// “within 24 hours”.
    Within,
}

impl SlotType {
    /// How a value of it is given, for messages.
    pub(super) fn asks_for(self) -> &'static str {
        match self {
            SlotType::Name => "a name",
            SlotType::Company => "a company's name",
            SlotType::Text => "a line of words",
            SlotType::Sentences => "whole sentences",
            SlotType::Link => "one link that begins with `https://`",
            SlotType::Contact => "one e-mail address, telephone number or link",
            SlotType::Money => "an amount with a currency, such as `249.50 NOK`",
            SlotType::Date => "a date such as `2026-12-24`",
            SlotType::Time => "a time such as `14:30`",
            SlotType::Duration => "a duration such as `30m`, `24h` or `7d`",
            SlotType::Deadline => "an instant such as `2026-12-24T14:00:00+01:00`",
        }
    }

    pub(super) fn forms(self) -> &'static [(&'static str, Form)] {
        match self {
            SlotType::Name => &[("first", Form::First)],
            SlotType::Date | SlotType::Deadline => &[("on", Form::On), ("by", Form::By)],
            SlotType::Time => &[("at", Form::At), ("by", Form::By)],
            SlotType::Duration => &[("within", Form::Within)],
            _ => &[],
        }
    }

    pub(super) fn form(self, name: &str) -> Option<Form> {
        self.forms().iter().find(|(known, _)| *known == name).map(|(_, form)| *form)
    }

    /// Whether a language must say how it is written.
    pub(super) fn needs_format(self) -> bool {
        matches!(
            self,
            SlotType::Money | SlotType::Date | SlotType::Time | SlotType::Duration | SlotType::Deadline
        )
    }
}

/// A slot of a policy.
#[derive(Clone, Debug)]
pub(crate) struct Slot {
    pub(super) name: Box<str>,
    pub(super) kind: SlotType,
    pub(super) title: Box<str>,
    /// By language, `*` for every other one; in the order of their codes.
    samples: BTreeMap<Box<str>, Box<str>>,
}

impl Slot {
    /// The value by which templates of a language are tried out.
    pub(super) fn sample(&self, language: &str) -> Option<&str> {
        self.samples.get(language).or_else(|| self.samples.get("*")).map(|sample| &**sample)
    }
}

/// The slots of a policy.
#[derive(Clone, Debug, Default)]
pub(crate) struct Slots(Vec<Slot>);

impl Slots {
    pub(super) fn find(&self, name: &str) -> Option<(u8, SlotType)> {
        let at = self.0.iter().position(|slot| *slot.name == *name)?;
        Some((u8::try_from(at).ok()?, self.0.get(at)?.kind))
    }

    pub(super) fn get(&self, at: u8) -> Option<&Slot> {
        self.0.get(usize::from(at))
    }

    pub(super) fn kind(&self, at: u8) -> Option<SlotType> {
        self.get(at).map(|slot| slot.kind)
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> + Clone {
        self.0.iter().map(|slot| &*slot.name)
    }

    pub(crate) fn name_and_kind(&self, at: u8) -> Option<(&str, SlotType)> {
        self.get(at).map(|slot| (&*slot.name, slot.kind))
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, SlotType, &str)> {
        self.0.iter().map(|slot| (&*slot.name, slot.kind, &*slot.title))
    }

    /// Reads the section `slots`.
    pub(crate) fn read(section: Option<TableReader<'_, '_>>) -> Slots {
        let mut slots = Slots::default();
        for (entry, field) in section.into_iter().flat_map(TableReader::entries) {
            let Some(table) = field.table() else { continue };
            let name = &*entry.key.text;
            let plain = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
            if !plain || name.is_empty() {
                let message = format!("{} cannot be the name of a slot", quoted(name));
                let help = "write small letters and `_`";
                let mistakes = table.mistakes();
                let place = mistakes.locate(entry.key.place);
                mistakes.report(Diagnostic::error("id", message).at(place).with_help(help));
            }
            let kind = table.need("type").one_of(SlotType::WORDS);
            let title = table.get("title").string().unwrap_or_default().into();
            let samples = read_samples(table.need("sample"));
            table.finish();
            if slots.0.len() == MOST_SLOTS {
                field.error("too-many", format!("a policy has at most {MOST_SLOTS} slots"));
            } else if let Some(kind) = kind {
                slots.0.push(Slot { name: name.into(), kind, title, samples });
            }
        }
        slots
    }
}

/// One sample for all languages, or one for each.
fn read_samples(field: Field<'_, '_>) -> BTreeMap<Box<str>, Box<str>> {
    let Some(Value::Table(_)) = field.node().map(|node| &node.value) else {
        return field.string().map(|sample| ("*".into(), sample.into())).into_iter().collect();
    };
    let entries = field.table().into_iter().flat_map(TableReader::entries);
    let samples =
        entries.filter_map(|(entry, field)| Some(((&*entry.key.text).into(), field.string()?.into())));
    samples.collect()
}
