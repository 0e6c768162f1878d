//! Acts: what a sentence does.

use std::fmt;
use std::sync::Arc;

use serde::{Serialize, Serializer};

/// The most acts one policy knows.
pub const MOST_ACTS: usize = 128;

/// The most signals one policy knows: so many are a set of bits.
pub const MOST_SIGNALS: usize = 64;

/// The name of an act, such as `apology`, as a policy spells it.
///
/// Cheap to clone. Two are equal when their names are; `index` is the act's number in the policy it came from.
#[derive(Clone, Debug)]
pub struct ActId {
    name: Arc<str>,
    index: u8,
}

impl ActId {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.name
    }

    pub(crate) fn index(&self) -> u8 {
        self.index
    }
}

impl PartialEq for ActId {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for ActId {}

impl PartialEq<str> for ActId {
    fn eq(&self, other: &str) -> bool {
        &*self.name == other
    }
}

impl PartialEq<&str> for ActId {
    fn eq(&self, other: &&str) -> bool {
        &*self.name == *other
    }
}

impl fmt::Display for ActId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl Serialize for ActId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.name)
    }
}

/// A set of acts of one policy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ActSet(u128);

impl ActSet {
    pub(crate) fn insert(&mut self, index: u8) {
        self.0 |= 1u128.checked_shl(u32::from(index)).unwrap_or(0);
    }

    /// Both together.
    pub(crate) fn with(self, other: ActSet) -> ActSet {
        ActSet(self.0 | other.0)
    }

    pub(crate) fn contains(self, index: u8) -> bool {
        self.0.checked_shr(u32::from(index)).unwrap_or(0) & 1 == 1
    }

    /// The number of each act of the set.
    pub(crate) fn each(self) -> impl Iterator<Item = usize> {
        bits(self.0)
    }

    pub(crate) fn intersects(self, other: ActSet) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) fn contains_all(self, other: ActSet) -> bool {
        other.0 & !self.0 == 0
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(crate) fn is_only(self, index: u8) -> bool {
        self.contains(index) && self.0.count_ones() == 1
    }
}

/// The bit of a name among so few that a set of them is a number: among signals, or the languages of a policy.
pub(crate) fn bit_of(names: &[Arc<str>], name: &str) -> Option<u64> {
    (0..u64::BITS).zip(names).find(|(_, own)| ***own == *name).map(|(at, _)| 1 << at)
}

/// The numbers of the bits that are set, ascending.
pub(crate) fn bits(set: u128) -> impl Iterator<Item = usize> {
    let mut rest = set;
    std::iter::from_fn(move || {
        let bit = rest.trailing_zeros() as usize;
        rest &= rest.wrapping_sub(1);
        (bit < 128).then_some(bit)
    })
}

/// What a policy says of an act, whatever the language.
#[derive(Clone, Debug, Default)]
pub(crate) struct ActTraits {
    /// One line for people.
    pub(crate) title: String,
    /// Heard also inside the phrase of another act, and takes nothing away from it.
    pub(crate) overlaps: bool,
    /// Silenced by a negation before it.
    pub(crate) negatable: bool,
    /// Taken back by an adversative after it ("sorry, but").
    pub(crate) retractable: bool,
    /// Helps: an adversative that leads to it takes nothing back ("sorry, but we're on it").
    pub(crate) helps: bool,
}

/// The acts of a policy, by number and by name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Acts {
    acts: Vec<(ActId, ActTraits)>,
}

impl Acts {
    /// Adds an act; `None` when there are [`MOST_ACTS`] already.
    pub(crate) fn add(&mut self, name: &str, traits: ActTraits) -> Option<u8> {
        let index = u8::try_from(self.acts.len()).ok().filter(|&index| usize::from(index) < MOST_ACTS)?;
        self.acts.push((ActId { name: Arc::from(name), index }, traits));
        Some(index)
    }

    pub(crate) fn index(&self, name: &str) -> Option<u8> {
        self.acts.iter().find(|(id, _)| *id == *name).map(|(id, _)| id.index)
    }

    pub(crate) fn get(&self, index: u8) -> Option<&(ActId, ActTraits)> {
        self.acts.get(usize::from(index))
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&ActId, &ActTraits)> + Clone {
        self.acts.iter().map(|(id, traits)| (id, traits))
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.acts.iter().map(|(id, _)| id.as_str())
    }
}
