//! Whose turn it is.

use std::sync::Arc;

use super::super::zone::{DAY, Zone, midnight};

/// People in order, and when one hands over to the next.
#[derive(Debug)]
pub(super) struct Turns {
    /// At least one.
    pub(super) people: Vec<Arc<str>>,
    /// The day on which the first turn begins, if need be before the layer does.
    pub(super) anchor: i32,
    /// When it begins, in seconds since midnight.
    pub(super) at: i64,
    /// How many days a turn has.
    pub(super) days: i64,
}

impl Turns {
    /// When somebody hands over between two instants.
    pub(super) fn hand_overs(&self, zone: &Zone, (from, to): (i64, i64)) -> impl Iterator<Item = i64> {
        let length = self.days * DAY;
        let first = midnight(self.anchor) + self.at;
        let turn = (zone.to_local(from) - first).div_euclid(length);
        let all = (turn..).map(move |turn| zone.to_utc(first + turn * length));
        all.skip_while(move |&at| at < from).take_while(move |&at| at < to)
    }

    /// Who has the turn. Turns change by the wall clock: one that has a change of the clocks in it is longer or
    /// shorter.
    pub(super) fn person(&self, zone: &Zone, at: i64) -> Option<&str> {
        let length = self.days * DAY;
        let first = midnight(self.anchor) + self.at;
        let begin = |turn: i64| zone.to_utc(first + turn * length);
        // What the clocks show says which turn it is, but for the hours that they show twice or leave out.
        let mut turn = (zone.to_local(at) - first).div_euclid(length);
        if at >= begin(turn + 1) {
            turn += 1;
        } else if at < begin(turn) {
            turn -= 1;
        }
        let people = i64::try_from(self.people.len()).ok()?;
        let person = usize::try_from(turn.checked_rem_euclid(people)?).ok()?;
        self.people.get(person).map(|person| &**person)
    }
}
