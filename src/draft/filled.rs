//! The values that a draft is filled with, ready to be said.

use chrono::{DateTime, FixedOffset};

use super::plan::{Dropped, DroppedWhat, DroppedWhy};
use super::ready::{Ready, ready};
use super::slot::{SlotType, Slots};
use super::template::SlotSet;
use super::value::{SlotValue, SlotValues};
use crate::source::{nearest, quoted};

/// The values of a draft, ready to be said.
#[derive(Clone, Debug, Default)]
pub(crate) struct Values {
    pub(super) ready: Vec<Option<Ready>>,
    /// The slots that the caller gave values for.
    pub(super) given: SlotSet,
    pub(super) dropped: Vec<Dropped>,
}

/// A value that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ValueFault {
    pub(crate) slot: String,
    pub(crate) kind: Option<SlotType>,
    pub(crate) why: String,
    pub(crate) help: String,
    /// The instant, where that is what is wrong: it has passed.
    pub(crate) passed: Option<DateTime<FixedOffset>>,
}

impl Values {
    /// Makes values ready: those that were `given`, and those `known` from the case and the policy for slots nobody
    /// gave. What was given must be usable, and still to come where it is an instant; what is merely known is left out
    /// where it is not.
    pub(crate) fn gather(
        slots: &Slots,
        given: &SlotValues,
        known: Vec<(&'static str, SlotValue)>,
        now: Option<DateTime<FixedOffset>>,
    ) -> Result<Values, Vec<ValueFault>> {
        let mut values = Values { ready: vec![None; slots.iter().count()], ..Values::default() };
        let mut faults = Vec::new();
        for (name, value) in given.iter() {
            let Some((at, kind)) = slots.find(name) else {
                faults.push(unknown(slots, name));
                continue;
            };
            values.given.insert(at);
            match usable(name, kind, value, now) {
                Ok(ready) => values.set(at, ready),
                Err(fault) => faults.push(fault),
            }
        }
        for (name, value) in known {
            let Some((at, kind)) = slots.find(name).filter(|(at, _)| values.is_free(*at)) else { continue };
            match usable(name, kind, &value, now) {
                Ok(ready) => values.set(at, ready),
                Err(_) => values.dropped.push(Dropped {
                    what: DroppedWhat::Value,
                    act: None,
                    why: DroppedWhy::NotUsable,
                    slots: vec![name.to_owned()],
                }),
            }
        }
        if faults.is_empty() { Ok(values) } else { Err(faults) }
    }

    /// The same without a value that is merely known, and to which a rule takes exception; nothing, where it was given,
    /// or is not there.
    pub(crate) fn without_known(&self, slots: &Slots, name: &str) -> Option<Values> {
        let (at, _) = slots.find(name).filter(|(at, _)| self.given.iter().all(|given| given != *at))?;
        let mut values = self.clone();
        values.ready.get_mut(usize::from(at))?.take()?;
        let slots = vec![name.to_owned()];
        values.dropped.push(Dropped { what: DroppedWhat::Value, act: None, why: DroppedWhy::Rule, slots });
        Some(values)
    }

    /// Values to try templates out with: as if given, or as if merely known.
    pub(super) fn of(ready: Vec<Option<Ready>>, are_given: bool) -> Values {
        let mut given = SlotSet::default();
        if are_given {
            let filled = (0u8..).zip(&ready).filter(|(_, value)| value.is_some());
            filled.for_each(|(slot, _)| given.insert(slot));
        }
        Values { ready, given, dropped: Vec::new() }
    }

    fn set(&mut self, at: u8, ready: Ready) {
        if let Some(slot) = self.ready.get_mut(usize::from(at)) {
            *slot = Some(ready);
        }
    }

    fn is_free(&self, at: u8) -> bool {
        self.ready.get(usize::from(at)).is_some_and(Option::is_none)
    }
}

/// A value that can be said at `now`.
fn usable(
    slot: &str,
    kind: SlotType,
    value: &SlotValue,
    now: Option<DateTime<FixedOffset>>,
) -> Result<Ready, ValueFault> {
    let fault = |why, help, passed| ValueFault { slot: slot.to_owned(), kind: Some(kind), why, help, passed };
    let ready =
        ready(kind, value).map_err(|why| fault(why, format!("a {kind} is {}", kind.asks_for()), None))?;
    match ready.passed(now) {
        Some(at) => {
            let why = format!("{} is not after now", quoted(&at.to_rfc3339()));
            Err(fault(why, "give an instant that is still to come".to_owned(), Some(at)))
        }
        None => Ok(ready),
    }
}

fn unknown(slots: &Slots, name: &str) -> ValueFault {
    let help = match nearest(name, slots.names()) {
        Some(near) => format!("did you mean {}?", quoted(near)),
        None => format!("there are {}", slots.names().collect::<Vec<_>>().join(", ")),
    };
    let why = "the policy has no such slot".to_owned();
    ValueFault { slot: name.to_owned(), kind: None, why, help, passed: None }
}

impl Slots {
    /// The names of a set of slots.
    pub(super) fn names_of(&self, set: SlotSet) -> Vec<String> {
        set.iter().filter_map(|at| Some(self.get(at)?.name.to_string())).collect()
    }
}
