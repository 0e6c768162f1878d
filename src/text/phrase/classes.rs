//! Classes: words and phrases under one name.

use super::leaves::Leaf;
use super::ops::Op;
use super::{PhraseError, PhraseProblem, Stop};
use crate::text::words::WordTable;

/// The classes a policy defines. They are read after all of them are known, so that they can stand in any order.
#[derive(Debug, Default)]
pub(crate) struct Classes {
    names: WordTable,
    pub(super) classes: Vec<Class>,
    /// The members of all classes, one after the other, and where each ends.
    sources: String,
    ends: Vec<usize>,
    pub(super) ops: Vec<Op>,
    pub(super) leaves: Vec<Leaf>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Class {
    pub(super) state: State,
    pub(super) members: (usize, usize),
    pub(super) leaves: (usize, usize),
    pub(super) branches: (usize, usize),
    /// In how many ways a sequence of it can be read.
    pub(super) ways: usize,
    /// How many classes stand inside one another here, itself among them.
    pub(super) depth: usize,
    /// The fewest and the most tokens it can be.
    pub(super) tokens: (u32, u32),
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum State {
    #[default]
    Unread,
    Open,
    Read,
}

/// A class that has been read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ClassBody<'c> {
    /// The members that are one token, ascending.
    pub(crate) leaves: &'c [Leaf],
    /// The others, a `Branch` each.
    pub(crate) branches: &'c [Op],
    pub(super) ways: usize,
    pub(super) depth: usize,
    pub(super) tokens: (u32, u32),
}

impl Classes {
    /// Defines a class. Its members are numbered on from those defined before.
    pub(crate) fn define<'m>(&mut self, name: &str, members: impl IntoIterator<Item = &'m str>) {
        let number = self.names.add(name) as usize;
        let first = self.ends.len();
        for member in members {
            self.sources.push_str(member);
            self.ends.push(self.sources.len());
        }
        if self.classes.len() <= number {
            self.classes.resize(number + 1, Class::default());
        }
        if let Some(class) = self.classes.get_mut(number) {
            *class = Class { members: (first, self.ends.len()), ..Class::default() };
        }
    }

    /// How many classes there are.
    pub(crate) fn len(&self) -> usize {
        self.classes.len()
    }

    /// A member as it is written.
    pub(super) fn source(&self, member: usize) -> &str {
        let start = member.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(member).copied().unwrap_or(start);
        self.sources.get(start..end).unwrap_or("")
    }

    /// What a class holds; nothing as long as it has not been read.
    pub(crate) fn body(&self, number: u32) -> ClassBody<'_> {
        let class = self.classes.get(number as usize);
        let range = |of: fn(&Class) -> (usize, usize)| class.map_or(0..0, |class| of(class).0..of(class).1);
        ClassBody {
            leaves: self.leaves.get(range(|class| class.leaves)).unwrap_or_default(),
            branches: self.ops.get(range(|class| class.branches)).unwrap_or_default(),
            ways: class.map_or(0, |class| class.ways),
            depth: class.map_or(0, |class| class.depth),
            tokens: class.map_or((0, 0), |class| class.tokens),
        }
    }

    /// The number of a class that a phrase names.
    pub(super) fn named(&self, name: &str, at: usize) -> Result<u32, Stop> {
        let fails = |problem| Err(PhraseError { at, problem }.into());
        let Some(number) = self.names.find(name) else {
            return fails(PhraseProblem::UnknownClass(name.to_owned()));
        };
        match self.classes.get(number as usize).map(|class| class.state) {
            Some(State::Read) => Ok(number),
            Some(State::Open) => fails(PhraseProblem::CircularClass(name.to_owned())),
            _ => Err(Stop::Unread(number)),
        }
    }
}
