//! Programs: phrases in the form in which they are followed.
//!
//! All phrases of a language lie one after the other in one list of [`Step`]s; what belongs to a group stands behind
//! it. Every step knows by a sketch with which tokens it can begin, so that what does not fit is passed by at once.

use serde::{Deserialize, Serialize};

use super::sketch::Sketch;
use crate::text::packed;
use crate::text::phrase::{Classes, Leaf, LeafSort, Op};

/// The most steps, and leaves of sets, the phrases of a language may have together; care in one language needs ten
/// thousand.
const MOST: usize = 1 << 21;

/// A range of a list.
pub(super) type Range = (u32, u32);

/// One step of a phrase.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct Step {
    /// What its first token must be, by and large.
    pub(super) first: Sketch,
    pub(super) task: Task,
    /// Whether it may be left out.
    pub(super) optional: bool,
    /// What comes next can begin with, as [`Program::ahead`] says it.
    pub(super) ahead: Ahead,
}

/// What a step asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

/// A sketch that a program keeps, by its number: they are counted from one on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Ahead(u32);

impl Ahead {
    /// Anything, and nothing, too.
    const ANYTHING: Ahead = Ahead(0);
}

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
    steps: Vec<Step>,
    /// The leaves of all sets, as their codes.
    #[serde(with = "packed")]
    leaves: Vec<u32>,
    classes: Vec<Option<ClassBody>>,
    /// What comes behind steps that lead to several places.
    aheads: Vec<Sketch>,
    /// Where the steps of the sequences being compiled stand, those of the innermost last.
    #[serde(skip)]
    open: Vec<usize>,
}

/// A phrase has about so many steps, and so many leaves in sets.
const STEPS_A_PHRASE: usize = 4;

impl Program {
    /// Makes room for so many phrases.
    pub(super) fn reserve(&mut self, phrases: usize) {
        self.steps.reserve(phrases * STEPS_A_PHRASE);
        self.leaves.reserve(phrases * STEPS_A_PHRASE);
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

    /// What can come behind a step that leads to several places.
    #[inline]
    pub(super) fn ahead(&self, Ahead(number): Ahead) -> &Sketch {
        let kept = (number as usize).checked_sub(1).and_then(|number| self.aheads.get(number));
        kept.unwrap_or(&Sketch::ANYTHING)
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
    pub(super) fn add(&mut self, ops: &[Op], classes: &Classes) -> Option<(Range, Sketch)> {
        self.compile_classes(ops, classes);
        let start = self.steps.len();
        let first = self.sequence(ops);
        let fits = self.steps.len() <= MOST && self.leaves.len() <= MOST;
        fits.then_some(((start as u32, self.steps.len() as u32), first))
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
                Op::Gap(words) => self.push(Sketch::ANYTHING, Task::Gap(words)),
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
            if (skippable || !step.task.is_token()) && ahead != Sketch::ANYTHING {
                self.aheads.push(ahead);
                step.ahead = Ahead(self.aheads.len() as u32);
            }
            if !skippable {
                ahead = Sketch::NONE;
            }
            ahead.add(step.first);
        }
        ahead
    }

    fn leaf(&mut self, leaf: Leaf) {
        let task = match leaf.sort() {
            LeafSort::Word => Task::Word(leaf.number()),
            _ => Task::Set(self.set(std::iter::once(leaf))),
        };
        self.push(Sketch::leaf(leaf), task);
    }

    fn class_step(&mut self, class: u32) {
        let Some(&ClassBody { branches, first, .. }) = self.class(class) else { return };
        let single = Sketch::class(class);
        if branches.0 == branches.1 {
            return self.push(single, Task::Class(class));
        }
        let mut any = single;
        any.add(first);
        self.push(any, Task::Group(2));
        self.push(single, Task::Class(class));
        self.push(first, Task::ClassBranches(class));
    }

    fn group(&mut self, ops: &[Op]) {
        if let [Op::OneOf(count), leaves @ ..] = ops {
            if leaves.len() == *count as usize {
                return self.one_of(leaves);
            }
        }
        let header = self.steps.len();
        self.push(Sketch::NONE, Task::Group(0));
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
                Step { first, task, optional, ahead: Ahead::ANYTHING }
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
                    self.push(Sketch::NONE, Task::Branch(0));
                    let first = self.sequence(content);
                    let steps = (self.steps.len() - header - 1) as u32;
                    if let Some(step) = self.steps.get_mut(header) {
                        step.first = first;
                        step.task = Task::Branch(steps);
                    }
                }
                Op::ClassBranches(class) => {
                    if let Some(&ClassBody { first, .. }) = self.class(class) {
                        self.push(first, Task::ClassBranches(class));
                    }
                }
                Op::OneOf(_) => self.one_of(content),
                _ => all.optional = true,
            }
            if let Some(step) = self.steps.get(header) {
                all.first.add(step.first);
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
        self.push(first, Task::Set(set));
    }

    fn set(&mut self, leaves: impl Iterator<Item = Leaf>) -> Set {
        let start = self.leaves.len() as u32;
        self.leaves.extend(leaves.map(Leaf::code));
        Set((start, self.leaves.len() as u32))
    }

    fn push(&mut self, first: Sketch, task: Task) {
        self.steps.push(Step { first, task, optional: false, ahead: Ahead::ANYTHING });
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
