//! What templates are tried out with.

use chrono::TimeDelta;

use super::filled::Values;
use super::ready::{Ready, ready};
use super::sayings::Sayings;
use super::slot::{SlotType, Slots};
use super::value::{LONGEST_COMPANY, LONGEST_LINK, LONGEST_NAME, LONGEST_WORDS, SlotValue};
use crate::money::Money;

/// What a policy says of its company, as far as templates are tried out with it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Company<'p> {
    pub(crate) name: Option<&'p str>,
    pub(crate) email: Option<&'p str>,
    pub(crate) phone: Option<&'p str>,
    /// A host that a reply may link to, where not any may be linked to.
    pub(crate) host: Option<&'p str>,
}

impl<'p> Company<'p> {
    /// What fills a slot where nobody gives a value.
    fn value(self, slot: &str) -> Option<&'p str> {
        match slot {
            "brand" => self.name,
            "email" => self.email,
            "phone" => self.phone,
            "contact" => self.email.or(self.phone),
            _ => None,
        }
    }

    /// A link as it would be to a page of the company.
    fn link(self, sample: &str) -> String {
        let Some(rest) = sample.strip_prefix("https://") else { return sample.to_owned() };
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        format!("https://{}/{path}", self.host.unwrap_or(host))
    }
}

/// Which values templates are tried out with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Samples {
    /// The samples of the slots.
    Usual,
    /// The longest there can be.
    Longest,
}

impl Samples {
    pub(crate) const ALL: [Samples; 2] = [Samples::Usual, Samples::Longest];
}

impl Sayings {
    /// Values to try templates out with.
    pub(crate) fn values(&self, language: usize, samples: Samples) -> Values {
        let usual = self.samples.get(language).cloned().unwrap_or_default();
        let ready = match samples {
            Samples::Usual => usual,
            Samples::Longest => {
                (0u8..).zip(usual).map(|(at, usual)| self.longest(at, usual.as_ref()).or(usual)).collect()
            }
        };
        Values::of(ready, samples == Samples::Longest)
    }

    /// The longest value a slot can have, where that is not the same as any other.
    fn longest(&self, slot: u8, usual: Option<&Ready>) -> Option<Ready> {
        let words = |unit: &str, most: usize| {
            let words = unit.chars().cycle().take(most).collect::<String>();
            Ready::Words(words.trim_end().to_owned())
        };
        match self.slots.kind(slot)? {
            SlotType::Name => Some(words("Maximiliana Hohenstein-Rottenberg ", LONGEST_NAME)),
            SlotType::Company => Some(words("Hohenstein Rottenberg Verwaltung ", LONGEST_COMPANY)),
            // What an act is heard by may be in the value.
            SlotType::Text => match usual {
                Some(Ready::Words(usual)) => Some(words(&format!("{usual} "), LONGEST_WORDS)),
                _ => None,
            },
            SlotType::Link => match usual {
                Some(Ready::Words(usual)) => {
                    let more = LONGEST_LINK.saturating_sub(usual.chars().count());
                    Some(Ready::Words(format!("{usual}{}", "a".repeat(more))))
                }
                _ => None,
            },
            SlotType::Money => Money::parse("999999999.99", "EUR").ok().map(Ready::Money),
            SlotType::Duration => Some(Ready::Duration(TimeDelta::minutes(366 * 1440 - 1))),
            _ => None,
        }
    }
}

/// The samples of a language; the company's own name and addresses where the policy knows them. One that does not fit
/// its type is found by the law, with its slot.
pub(super) fn samples(slots: &Slots, language: &str, company: Company<'_>) -> Vec<Option<Ready>> {
    let sample = |at: u8| {
        let slot = slots.get(at)?;
        let fitting = |value: &str| ready(slot.kind, &SlotValue::from(value)).ok();
        let usual = slot.sample(language)?;
        match slot.kind {
            SlotType::Link => fitting(&company.link(usual)),
            _ => company.value(&slot.name).and_then(fitting).or_else(|| fitting(usual)),
        }
    };
    (0u8..).take(slots.iter().count()).map(sample).collect()
}
