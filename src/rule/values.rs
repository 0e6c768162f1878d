//! What is known of a case as bits: flags, and facts that have few values.

use crate::case::{self, Fault, Level, Visibility};
use crate::lexicon::{INTENTS, Register};

/// The number of the intent `other` in a condition's set.
pub(crate) const OTHER_INTENT: u8 = INTENTS.len() as u8;

/// Yes-or-no facts, each with the name a condition calls it by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Flags(u32);

impl Flags {
    pub(crate) const FIRST_REPLY: Flags = Flags(1);
    pub(crate) const PRIVATE_ROUTE: Flags = Flags(1 << 1);
    pub(crate) const CUSTOMER_EMOJI: Flags = Flags(1 << 2);
    pub(crate) const BOT: Flags = Flags(1 << 3);
    pub(crate) const MEDIA: Flags = Flags(1 << 4);
    pub(crate) const FIXED: Flags = Flags(1 << 5);
    pub(crate) const CONSENT: Flags = Flags(1 << 6);
    pub(crate) const CUSTOMER_WROTE: Flags = Flags(1 << 7);
    pub(crate) const INTENT_GIVEN: Flags = Flags(1 << 8);
    pub(crate) const AGENT_NAMED: Flags = Flags(1 << 9);
    pub(crate) const CUSTOMER_WAITS: Flags = Flags(1 << 10);
    pub(crate) const CLOSED: Flags = Flags(1 << 11);
    pub(crate) const IDENTIFIED: Flags = Flags(1 << 12);
    pub(crate) const INVESTIGATED: Flags = Flags(1 << 13);
    pub(crate) const OFFERED: Flags = Flags(1 << 14);
    pub(crate) const LOSS: Flags = Flags(1 << 15);
    pub(crate) const BEYOND_AGENT: Flags = Flags(1 << 16);
    pub(crate) const TOLD: Flags = Flags(1 << 17);
    pub(crate) const SILENT: Flags = Flags(1 << 18);
    pub(crate) const UNTRAINED: Flags = Flags(1 << 19);
    pub(crate) const SOLVED: Flags = Flags(1 << 20);
    pub(crate) const COMPLAINS: Flags = Flags(1 << 21);
    pub(crate) const LIFE: Flags = Flags(1 << 22);
    pub(crate) const POLITE: Flags = Flags(1 << 23);
    /// What is only heard in the customer's message.
    pub(super) const HEARD: Flags = Flags(Flags::SOLVED.0 | Flags::LIFE.0 | Flags::POLITE.0);
    /// What is known once the step is.
    pub(super) const OF_THE_STEP: Flags = Flags(Flags::SILENT.0 | Flags::UNTRAINED.0);

    pub(super) const NAMES: [(&'static str, Flags); 24] = [
        ("first_reply", Flags::FIRST_REPLY),
        ("private_route", Flags::PRIVATE_ROUTE),
        ("customer_emoji", Flags::CUSTOMER_EMOJI),
        ("bot", Flags::BOT),
        ("media", Flags::MEDIA),
        ("fixed", Flags::FIXED),
        ("consent", Flags::CONSENT),
        ("customer_wrote", Flags::CUSTOMER_WROTE),
        ("intent_given", Flags::INTENT_GIVEN),
        ("agent_named", Flags::AGENT_NAMED),
        ("customer_waits", Flags::CUSTOMER_WAITS),
        ("closed", Flags::CLOSED),
        ("identified", Flags::IDENTIFIED),
        ("investigated", Flags::INVESTIGATED),
        ("offered", Flags::OFFERED),
        ("loss", Flags::LOSS),
        ("beyond_agent", Flags::BEYOND_AGENT),
        ("told", Flags::TOLD),
        ("silent", Flags::SILENT),
        ("untrained", Flags::UNTRAINED),
        ("solved", Flags::SOLVED),
        ("customer_complains", Flags::COMPLAINS),
        ("life_at_risk", Flags::LIFE),
        ("customer_polite", Flags::POLITE),
    ];

    pub(crate) fn has(self, flag: Flags) -> bool {
        self.0 & flag.0 == flag.0
    }

    /// Both together.
    pub(super) fn with(self, other: Flags) -> Flags {
        Flags(self.0 | other.0)
    }

    /// Whether one of them is in both.
    pub(super) fn meets(self, other: Flags) -> bool {
        self.0 & other.0 != 0
    }

    /// Each of them alone.
    pub(super) fn each(self) -> impl Iterator<Item = Flags> {
        Flags::NAMES.into_iter().map(|(_, flag)| flag).filter(move |flag| self.has(*flag))
    }

    pub(crate) fn set(&mut self, flag: Flags, on: bool) {
        if on {
            self.0 |= flag.0;
        }
    }
}

/// Values of facts, as a set: two for each flag, on and off, then those of each fact that has few.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Values(u128);

/// A fact that has few values.
#[derive(Clone, Copy)]
pub(super) struct Fact {
    /// Where its values begin.
    from: usize,
    count: usize,
}

/// Where the flags that are off begin, behind those that are on.
const OFF: u32 = u32::BITS;
pub(super) const VISIBILITY: Fact = Fact { from: 2 * OFF as usize, count: 2 };
pub(super) const REGISTER: Fact = VISIBILITY.then(Register::WORDS.len());
pub(super) const FAULT: Fact = REGISTER.then(Fault::WORDS.len());
pub(super) const PRIORITY: Fact = FAULT.then(Level::WORDS.len());
pub(super) const SEVERITY: Fact = PRIORITY.then(Level::WORDS.len());
pub(super) const INTENT: Fact = SEVERITY.then(OTHER_INTENT as usize + 1);

impl Fact {
    const fn then(self, count: usize) -> Fact {
        Fact { from: self.from + self.count, count }
    }

    fn value(self, value: u8) -> Values {
        let at = usize::from(value);
        Values(if at < self.count { 1 << (self.from + at) } else { 0 })
    }

    /// All values that are not among the wanted; none, where nobody asks.
    pub(super) fn beside(self, wanted: Option<u16>) -> Values {
        let all = (1 << self.count) - 1;
        Values(wanted.map_or(0, |set| (all & !u128::from(set)) << self.from))
    }
}

impl Values {
    pub(crate) fn new(
        visibility: Visibility,
        register: Register,
        intent: u8,
        flags: Flags,
        facts: &case::Facts,
    ) -> Values {
        Values::of_flags(flags, Flags(!flags.0))
            .with(VISIBILITY.value(visibility as u8))
            .with(REGISTER.value(register as u8))
            .with(FAULT.value(facts.fault as u8))
            .with(PRIORITY.value(facts.priority as u8))
            .with(SEVERITY.value(facts.severity as u8))
            .with(INTENT.value(intent))
    }

    pub(super) fn of_flags(on: Flags, off: Flags) -> Values {
        Values(u128::from(on.0) | u128::from(off.0) << OFF)
    }

    /// Both together.
    pub(super) fn with(self, other: Values) -> Values {
        Values(self.0 | other.0)
    }

    /// Whether one of them is in both.
    pub(super) fn meets(self, other: Values) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether a flag is on.
    pub(crate) fn has(self, flag: Flags) -> bool {
        let flag = u128::from(flag.0);
        self.0 & flag == flag
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{Facts, Fault, Level};

    #[test]
    fn every_value_is_its_own() {
        let flags = |on: bool| {
            let mut flags = Flags::default();
            flags.set(Flags::UNTRAINED, on);
            flags
        };
        let facts =
            Facts { fault: Fault::Ours, priority: Level::Critical, severity: Level::Low, ..Facts::default() };
        let of = |intent| Values::new(Visibility::Private, Register::Formal, intent, flags(true), &facts);
        let values = of(OTHER_INTENT);
        assert!(values.has(Flags::UNTRAINED) && !values.has(Flags::SILENT));
        assert!(!values.meets(Values::of_flags(flags(false), flags(true))));
        let own = [
            (VISIBILITY, Visibility::Private as u8),
            (REGISTER, Register::Formal as u8),
            (FAULT, Fault::Ours as u8),
            (PRIORITY, Level::Critical as u8),
            (SEVERITY, Level::Low as u8),
            (INTENT, OTHER_INTENT),
        ];
        for (fact, own) in own {
            assert!(!values.meets(fact.beside(Some(1 << own))) && !values.meets(fact.beside(None)));
            assert!(values.meets(fact.beside(Some(!(1 << own)))) && values.meets(fact.beside(Some(0))));
        }
        assert!(of(0) != values && of(0).meets(INTENT.beside(Some(1 << OTHER_INTENT))));
    }
}
