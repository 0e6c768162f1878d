//! Programs: phrases in the form in which they are followed.
//!
//! All phrases of a language lie one after the other in one list of [`Step`]s; what belongs to a group stands behind
//! it. Every step knows by a sketch with which tokens it can begin, so that what does not fit is passed by at once.

use serde::{Deserialize, Serialize};

use super::sketch::{Kept, Sketch, Sketches};
use crate::text::packed::{self, Row};
use crate::text::phrase::{Classes, Leaf, LeafSort, Op};

/// The most steps, and leaves of sets, the phrases of a language may have together; care in one language needs ten
/// thousand.
const MOST: usize = 1 << 21;

/// A range of a list.
pub(super) type Range = (u32, u32);

/// A phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    pub(super) steps: Range,
    /// What its first token must be, by and large.
    pub(super) first: Kept,
    pub(super) payload: u32,
    pub(super) sentence_start: bool,
    pub(super) text_end: bool,
}

/// One step of a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    /// What its first token must be, by and large.
    pub(super) first: Kept,
    pub(super) task: Task,
    /// Whether it may be left out.
    pub(super) optional: bool,
    /// What can come behind a step that leads to several places.
    pub(super) ahead: Kept,
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
    Gap(u8),
    /// One of several: so many steps follow, each alternative a step of its own.
    Group(u32),
    /// Of a group: a sequence of so many steps, which follow.
    Branch(u32),
    /// Of a group: one of the sequences of a class.
    ClassBranches(u32),
}

/// Leaves, by their range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Set(Range);

/// A class, compiled.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct ClassBody {
    /// Its single tokens.
    pub(super) set: Set,
    /// Its sequences: steps as in a group, and what they can begin with.
    pub(super) branches: Range,
    first: Sketch,
}

/// All phrases of a language.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Program {
    #[serde(with = "packed")]
    phrases: Vec<Phrase>,
    #[serde(with = "packed")]
    steps: Vec<Step>,
    /// The leaves of all sets, as their codes.
    #[serde(with = "packed")]
    leaves: Vec<u32>,
    classes: Vec<Option<ClassBody>>,
    sketches: Sketches,
    /// Where the steps of the sequences being compiled stand, those of the innermost last.
    #[serde(skip)]
    open: Vec<usize>,
}

/// A phrase has about so many steps, and so many leaves in sets.
const STEPS_A_PHRASE: usize = 4;

impl Program {
    /// Makes room for so many phrases.
    pub(super) fn reserve(&mut self, phrases: usize) {
        self.phrases.reserve(phrases);
        self.steps.reserve(phrases * STEPS_A_PHRASE);
        self.leaves.reserve(phrases * STEPS_A_PHRASE);
    }

    /// Adds a phrase whose steps have been added.
    pub(super) fn push(&mut self, phrase: Phrase) {
        self.phrases.push(phrase);
    }

    /// All phrases, in the order in which they came.
    pub(super) fn phrases(&self) -> &[Phrase] {
        &self.phrases
    }

    #[inline]
    pub(super) fn phrase(&self, number: u32) -> Option<&Phrase> {
        self.phrases.get(number as usize)
    }

    pub(super) fn steps(&self, range: Range) -> &[Step] {
        self.steps.get(range.0 as usize..range.1 as usize).unwrap_or_default()
    }

    /// All steps there are.
    pub(super) fn all(&self) -> &[Step] {
        &self.steps
    }

    /// The codes of the leaves of a set.
    #[inline]
    pub(super) fn codes(&self, Set((start, end)): Set) -> &[u32] {
        self.leaves.get(start as usize..end as usize).unwrap_or_default()
    }

    pub(super) fn leaves(&self, set: Set) -> impl Iterator<Item = Leaf> {
        self.codes(set).iter().map(|&code| Leaf::of_code(code))
    }

    /// A sketch that steps and phrases name by its number.
    #[inline]
    pub(super) fn sketch(&self, kept: Kept) -> &Sketch {
        self.sketches.get(kept)
    }

    /// The same phrases, to which none will come.
    pub(super) fn closed(self) -> Program {
        Program { sketches: self.sketches.closed(), ..self }
    }

    /// How many classes phrases use, unused ones between them counted.
    pub(super) fn classes(&self) -> u32 {
        self.classes.len() as u32
    }

    pub(super) fn class(&self, class: u32) -> Option<&ClassBody> {
        self.classes.get(class as usize)?.as_ref()
    }

    /// Compiles a phrase, whose classes have been read, and says what its first token must be; `None` when there are
    /// too many.
    pub(super) fn add(&mut self, ops: &[Op], classes: &Classes) -> Option<(Range, Kept)> {
        self.compile_classes(ops, classes);
        let start = self.steps.len();
        let first = self.sequence(ops);
        let fits = self.steps.len() <= MOST && self.leaves.len() <= MOST;
        fits.then(|| ((start as u32, self.steps.len() as u32), self.sketches.keep(first)))
    }

    /// Compiles the classes that ops name, where that has not been done.
    fn compile_classes(&mut self, ops: &[Op], classes: &Classes) {
        for op in ops {
            if let Op::Class(class) | Op::ClassBranches(class) = *op {
                if self.class(class).is_none() {
                    self.compile_class(class, classes);
                }
            }
        }
    }

    fn compile_class(&mut self, class: u32, classes: &Classes) {
        let body = classes.body(class);
        self.compile_classes(body.branches, classes);
        let set = self.set(body.leaves.iter().copied());
        let start = self.steps.len();
        let first = self.alternatives(body.branches).first;
        let branches = (start as u32, self.steps.len() as u32);
        let at = class as usize;
        if self.classes.len() <= at {
            self.classes.resize(at + 1, None);
        }
        if let Some(slot) = self.classes.get_mut(at) {
            *slot = Some(ClassBody { set, branches, first });
        }
    }

    /// Compiles a sequence, and says with which tokens it can begin: with any where it can be none.
    fn sequence(&mut self, ops: &[Op]) -> Sketch {
        let base = self.open.len();
        let mut rest = ops;
        while let Some((&op, after)) = rest.split_first() {
            rest = after;
            self.open.push(self.steps.len());
            match op {
                Op::Leaf(leaf) => self.leaf(leaf),
                Op::Gap(words) => self.push_step(Sketch::ANYTHING, Task::Gap(words)),
                Op::Class(class) => self.class_step(class),
                Op::Group(length) => {
                    let (group, after) = after.split_at_checked(length as usize).unwrap_or_default();
                    rest = after;
                    self.group(group);
                }
                Op::Branch(_) | Op::ClassBranches(_) | Op::OneOf(_) | Op::Nothing => {
                    self.open.pop();
                }
            }
        }
        self.look_ahead(base)
    }

    /// Tells every step of the sequence on top what comes behind it, from the last to the first, and says with what the
    /// sequence can begin.
    fn look_ahead(&mut self, base: usize) -> Sketch {
        let mut ahead = Sketch::ANYTHING;
        while self.open.len() > base {
            let Some(step) = self.open.pop().and_then(|at| self.steps.get_mut(at)) else { continue };
            let skippable = step.may_be_nothing();
            if skippable || !step.task.is_token() {
                step.ahead = self.sketches.keep(ahead);
            }
            if !skippable {
                ahead = Sketch::NONE;
            }
            ahead.add(*self.sketches.get(step.first));
        }
        ahead
    }

    fn leaf(&mut self, leaf: Leaf) {
        let task = match leaf.sort() {
            LeafSort::Word => Task::Word(leaf.number()),
            _ => Task::Set(self.set(std::iter::once(leaf))),
        };
        self.push_step(Sketch::leaf(leaf), task);
    }

    fn class_step(&mut self, class: u32) {
        let Some(&ClassBody { branches, first, .. }) = self.class(class) else { return };
        let single = Sketch::class(class);
        if branches.0 == branches.1 {
            return self.push_step(single, Task::Class(class));
        }
        let mut any = single;
        any.add(first);
        self.push_step(any, Task::Group(2));
        self.push_step(single, Task::Class(class));
        self.push_step(first, Task::ClassBranches(class));
    }

    fn group(&mut self, ops: &[Op]) {
        if let [Op::OneOf(count), leaves @ ..] = ops {
            if leaves.len() == *count as usize {
                return self.one_of(leaves);
            }
        }
        let header = self.steps.len();
        self.push_step(Sketch::NONE, Task::Group(0));
        let Alternatives { first, optional } = self.alternatives(ops);
        // One token that may be left out needs no group around it.
        let only = self
            .steps
            .get(header + 1..)
            .and_then(|steps| if let [only] = steps { Some(*only) } else { None });
        let group = match only.filter(|only| only.task.is_token()) {
            Some(token) => {
                self.steps.pop();
                Step { optional, ..token }
            }
            None => {
                let task = Task::Group((self.steps.len() - header - 1) as u32);
                Step { first: self.sketches.keep(first), task, optional, ahead: Kept::ANYTHING }
            }
        };
        if let Some(step) = self.steps.get_mut(header) {
            *step = group;
        }
    }

    fn alternatives(&mut self, ops: &[Op]) -> Alternatives {
        let mut all = Alternatives { first: Sketch::NONE, optional: false };
        let mut rest = ops;
        while let Some((&op, after)) = rest.split_first() {
            let length = match op {
                Op::Branch(length) | Op::OneOf(length) => length as usize,
                _ => 0,
            };
            let (content, after) = after.split_at_checked(length).unwrap_or_default();
            rest = after;
            let header = self.steps.len();
            match op {
                Op::Branch(_) => {
                    self.push_step(Sketch::NONE, Task::Branch(0));
                    let first = self.sequence(content);
                    let steps = (self.steps.len() - header - 1) as u32;
                    if let Some(step) = self.steps.get_mut(header) {
                        step.first = self.sketches.keep(first);
                        step.task = Task::Branch(steps);
                    }
                }
                Op::ClassBranches(class) => {
                    if let Some(&ClassBody { first, .. }) = self.class(class) {
                        self.push_step(first, Task::ClassBranches(class));
                    }
                }
                Op::OneOf(_) => self.one_of(content),
                _ => all.optional = true,
            }
            if let Some(step) = self.steps.get(header) {
                all.first.add(*self.sketch(step.first));
            }
        }
        all
    }

    fn one_of(&mut self, content: &[Op]) {
        let leaves = content.iter().filter_map(|op| match op {
            Op::Leaf(leaf) => Some(*leaf),
            _ => None,
        });
        let mut first = Sketch::NONE;
        leaves.clone().for_each(|leaf| first.add(Sketch::leaf(leaf)));
        let set = self.set(leaves);
        self.push_step(first, Task::Set(set));
    }

    fn set(&mut self, leaves: impl Iterator<Item = Leaf>) -> Set {
        let start = self.leaves.len() as u32;
        self.leaves.extend(leaves.map(Leaf::code));
        Set((start, self.leaves.len() as u32))
    }

    fn push_step(&mut self, first: Sketch, task: Task) {
        let first = self.sketches.keep(first);
        self.steps.push(Step { first, task, optional: false, ahead: Kept::ANYTHING });
    }
}

/// What alternatives can begin with, and whether one of them is no token.
struct Alternatives {
    first: Sketch,
    optional: bool,
}

/// The steps of a sequence or the alternatives of a group: each with what belongs to it.
pub(super) fn items(mut rest: &[Step]) -> impl Iterator<Item = (&Step, &[Step])> {
    std::iter::from_fn(move || {
        let (step, after) = rest.split_first()?;
        let (content, after) = after.split_at_checked(step.task.content())?;
        rest = after;
        Some((step, content))
    })
}

impl Row<5> for Phrase {
    fn to_row(&self) -> [u32; 5] {
        let Phrase { steps: (start, end), first, payload, sentence_start, text_end } = *self;
        [start, end, first.0, payload, u32::from(sentence_start) | u32::from(text_end) << 1]
    }

    fn of_row([start, end, first, payload, edges]: [u32; 5]) -> Phrase {
        let (sentence_start, text_end) = (edges & 1 != 0, edges & 2 != 0);
        Phrase { steps: (start, end), first: Kept(first), payload, sentence_start, text_end }
    }
}

/// What stands in the third number of a step's row: the task, whether the step is optional, and above them what a task
/// asks for beside the number that stands in the fourth.
const TASK: u32 = 0b111;
const OPTIONAL: u32 = TASK + 1;
const MORE: u32 = OPTIONAL << 1;

impl Row<4> for Step {
    fn to_row(&self) -> [u32; 4] {
        let (task, more, number) = match self.task {
            Task::Word(word) => (0, 0, word),
            Task::Set(Set((start, end))) => (1, end - start, start),
            Task::Class(class) => (2, 0, class),
            Task::Gap(words) => (3, 0, words.into()),
            Task::Group(steps) => (4, 0, steps),
            Task::Branch(steps) => (5, 0, steps),
            Task::ClassBranches(class) => (6, 0, class),
        };
        let optional = u32::from(self.optional) * OPTIONAL;
        [self.first.0, self.ahead.0, task | optional | (more * MORE), number]
    }

    fn of_row([first, ahead, task, number]: [u32; 4]) -> Step {
        let optional = task & OPTIONAL != 0;
        let task = match task & TASK {
            0 => Task::Word(number),
            1 => Task::Set(Set((number, number.saturating_add(task / MORE)))),
            2 => Task::Class(number),
            3 => Task::Gap(number as u8),
            4 => Task::Group(number),
            5 => Task::Branch(number),
            _ => Task::ClassBranches(number),
        };
        Step { first: Kept(first), task, optional, ahead: Kept(ahead) }
    }
}

impl Step {
    /// Whether it can be passed over without a token.
    #[inline]
    fn may_be_nothing(&self) -> bool {
        self.optional || matches!(self.task, Task::Gap(_))
    }
}

impl Task {
    /// Whether it takes one token, and always one.
    #[inline]
    pub(super) fn is_token(self) -> bool {
        matches!(self, Task::Word(_) | Task::Set(_) | Task::Class(_))
    }

    /// How many of the steps that follow belong to it.
    #[inline]
    pub(super) fn content(self) -> usize {
        match self {
            Task::Group(steps) | Task::Branch(steps) => steps as usize,
            _ => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tasks() -> impl Strategy<Value = Task> {
        let range = (0..MOST as u32, 0..MOST as u32).prop_map(|(start, length)| Set((start, start + length)));
        prop_oneof![
            any::<u32>().prop_map(Task::Word),
            range.prop_map(Task::Set),
            any::<u32>().prop_map(Task::Class),
            any::<u8>().prop_map(Task::Gap),
            any::<u32>().prop_map(Task::Group),
            any::<u32>().prop_map(Task::Branch),
            any::<u32>().prop_map(Task::ClassBranches),
        ]
    }

    proptest! {
        #[test]
        fn a_row_holds_all_of_a_step(task in tasks(), optional: bool, first: u32, ahead: u32) {
            let step = Step { first: Kept(first), task, optional, ahead: Kept(ahead) };
            prop_assert_eq!(Step::of_row(step.to_row()), step);
        }

        #[test]
        fn a_row_holds_all_of_a_phrase(
            (steps, first, payload) in any::<((u32, u32), u32, u32)>(),
            (sentence_start, text_end) in any::<(bool, bool)>(),
        ) {
            let phrase = Phrase { steps, first: Kept(first), payload, sentence_start, text_end };
            prop_assert_eq!(Phrase::of_row(phrase.to_row()), phrase);
        }
    }
}
