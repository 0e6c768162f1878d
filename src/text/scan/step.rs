//! Steps: what phrases are made of.

use serde::{Deserialize, Serialize};

use super::sketch::Kept;
use crate::text::rows::{Row, RowSlice};

/// One step of a phrase, as it is stored: what is not asked for is not taken out of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    /// What its first token must be, by and large.
    pub(super) first: Kept,
    /// What can come behind a step that leads to several places.
    pub(super) ahead: Kept,
    /// Which task it is, and whether it may be left out.
    what: u32,
    /// What belongs to the task.
    number: u32,
}

/// What a step asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Task {
    /// A word, by its number.
    Word(u32),
    /// One token of a set.
    Set(Set),
    /// One of the single tokens of a class.
    Class(u32),
    /// Up to so many words.
    Gap(u32),
    /// One of several: so many steps follow, each alternative a step of its own.
    Group(u32),
    /// Of a group: a sequence of so many steps, which follow.
    Branch(u32),
    /// Of a group: one of the sequences of a class.
    ClassBranches(u32),
}

/// Leaves, by where their list begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Set(pub(super) u32);

/// Steps that stand one after the other.
pub(super) type Steps<'p> = RowSlice<'p, Step, 4>;

const TASK: u32 = 0b111;
const OPTIONAL: u32 = TASK + 1;

impl Step {
    /// A step behind which anything can come.
    pub(super) fn new(first: Kept, task: Task) -> Step {
        let (what, number) = match task {
            Task::Word(word) => (0, word),
            Task::Set(Set(start)) => (1, start),
            Task::Class(class) => (2, class),
            Task::Gap(words) => (3, words),
            Task::Group(steps) => (4, steps),
            Task::Branch(steps) => (5, steps),
            Task::ClassBranches(class) => (6, class),
        };
        Step { first, ahead: Kept::ANYTHING, what, number }
    }

    /// The same step, which may be left out or not.
    pub(super) fn or_nothing(self, optional: bool) -> Step {
        Step { what: (self.what & TASK) | (u32::from(optional) * OPTIONAL), ..self }
    }

    #[inline(always)]
    pub(super) fn task(self) -> Task {
        let number = self.number;
        match self.what & TASK {
            0 => Task::Word(number),
            1 => Task::Set(Set(number)),
            2 => Task::Class(number),
            3 => Task::Gap(number),
            4 => Task::Group(number),
            5 => Task::Branch(number),
            _ => Task::ClassBranches(number),
        }
    }

    /// Whether it may be left out.
    #[inline(always)]
    pub(super) fn is_optional(self) -> bool {
        self.what & OPTIONAL != 0
    }

    /// Whether it can be passed over without a token.
    pub(super) fn may_be_nothing(self) -> bool {
        self.is_optional() || matches!(self.task(), Task::Gap(_))
    }

    /// Whether it takes one token, if it is not left out.
    pub(super) fn is_token(self) -> bool {
        matches!(self.task(), Task::Word(_) | Task::Set(_) | Task::Class(_))
    }
}

/// The steps of a sequence or the alternatives of a group: each with what belongs to it.
#[inline(always)]
pub(super) fn items(mut rest: Steps<'_>) -> impl Iterator<Item = (Step, Steps<'_>)> {
    std::iter::from_fn(move || {
        let (step, after) = rest.split_first()?;
        let content = match step.task() {
            Task::Group(steps) | Task::Branch(steps) => steps,
            _ => 0,
        };
        let (content, after) = after.split_at(content as usize);
        rest = after;
        Some((step, content))
    })
}

impl Row<4> for Step {
    fn to_row(&self) -> [u32; 4] {
        let Step { first, ahead, what, number } = *self;
        [first.0, ahead.0, what, number]
    }

    #[inline(always)]
    fn of_row([first, ahead, what, number]: [u32; 4]) -> Step {
        Step { first: Kept(first), ahead: Kept(ahead), what, number }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_holds_all_of_a_step() {
        let set = |start| Task::Set(Set(start));
        let tasks: [fn(u32) -> Task; 7] =
            [Task::Word, set, Task::Class, Task::Gap, Task::Group, Task::Branch, Task::ClassBranches];
        for (task, optional) in tasks.iter().flat_map(|task| [(task(u32::MAX), false), (task(7), true)]) {
            let step = Step { ahead: Kept(8), ..Step::new(Kept(9), task).or_nothing(optional) };
            let read = Step::of_row(step.to_row());
            assert_eq!((read.first, read.ahead), (Kept(9), Kept(8)));
            assert_eq!((read.task(), read.is_optional()), (task, optional));
            assert!(!read.or_nothing(false).is_optional());
        }
    }
}
