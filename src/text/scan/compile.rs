//! From phrases as they are read to a program.

use super::STOP;
use super::program::{ClassBody, Phrase, Program, Range};
use super::sketch::{Kept, Sketch, SketchBuilder};
use super::step::{Set, Step, Task};
use crate::text::phrase::{Classes, Leaf, LeafSort, Op};

/// The most steps, and leaves of sets, the phrases of a language may have together; care in one language needs ten
/// thousand.
const MOST: usize = 1 << 21;

/// Compiles phrases, one after the other.
#[derive(Default)]
pub(super) struct ProgramBuilder {
    phrases: Vec<Phrase>,
    steps: Vec<Step>,
    /// The leaves of all sets, as their codes, behind their number.
    leaves: Vec<u32>,
    /// Each with what its sequences can begin with.
    classes: Vec<Option<(ClassBody, Sketch)>>,
    sketches: SketchBuilder,
    /// Where the steps of the sequences being compiled stand, those of the innermost last.
    open: Vec<usize>,
}

/// A phrase has about so many steps, and so many leaves in sets.
const STEPS_A_PHRASE: usize = 4;

impl ProgramBuilder {
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

    /// Compiles a phrase, whose classes have been read, and says what its first token must be; `None` when there are
    /// too many.
    pub(super) fn add(&mut self, ops: &[Op], classes: &Classes) -> Option<(Range, Kept)> {
        self.compile_classes(ops, classes);
        let start = self.steps.len();
        let first = self.sequence(ops);
        let fits = self.steps.len() <= MOST && self.leaves.len() <= MOST;
        fits.then(|| ((start as u32, self.steps.len() as u32), self.sketches.keep(first)))
    }

    fn class(&self, class: u32) -> Option<(ClassBody, Sketch)> {
        *self.classes.get(class as usize)?
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
            *slot = Some((ClassBody { set, branches }, first));
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
                Op::Gap(words) => self.push_step(Sketch::ANYTHING, Task::Gap(words.into())),
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
            if skippable || !step.is_token() {
                step.ahead = self.sketches.keep(ahead);
            }
            if !skippable {
                ahead = Sketch::NONE;
            }
            ahead.add(self.sketches.get(step.first));
        }
        ahead
    }

    fn leaf(&mut self, leaf: Leaf) {
        let task = match leaf.sort() {
            // What stands for a full stop is one among other things.
            LeafSort::Word if leaf != STOP => Task::Word(leaf.number()),
            _ => Task::Set(self.set(std::iter::once(leaf))),
        };
        self.push_step(Sketch::leaf(leaf), task);
    }

    fn class_step(&mut self, class: u32) {
        let Some((ClassBody { branches, .. }, first)) = self.class(class) else { return };
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
        let group = match only.filter(|only| only.is_token()) {
            Some(token) => {
                self.steps.pop();
                token.or_nothing(optional)
            }
            None => {
                let task = Task::Group((self.steps.len() - header - 1) as u32);
                Step::new(self.sketches.keep(first), task).or_nothing(optional)
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
                        *step = Step::new(self.sketches.keep(first), Task::Branch(steps));
                    }
                }
                Op::ClassBranches(class) => {
                    if let Some((_, first)) = self.class(class) {
                        self.push_step(first, Task::ClassBranches(class));
                    }
                }
                Op::OneOf(_) => self.one_of(content),
                _ => all.optional = true,
            }
            if let Some(step) = self.steps.get(header) {
                all.first.add(self.sketches.get(step.first));
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
        let start = self.leaves.len();
        self.leaves.push(0);
        self.leaves.extend(leaves.map(Leaf::code));
        let count = self.leaves.len() - start - 1;
        if let Some(slot) = self.leaves.get_mut(start) {
            *slot = count as u32;
        }
        Set(start as u32)
    }

    fn push_step(&mut self, first: Sketch, task: Task) {
        let first = self.sketches.keep(first);
        self.steps.push(Step::new(first, task));
    }

    /// The program of all phrases added.
    pub(super) fn finish(self) -> Program {
        Program {
            phrases: self.phrases.into_iter().collect(),
            steps: self.steps.into_iter().collect(),
            leaves: self.leaves.into_iter().collect(),
            classes: self.classes.into_iter().map(|class| class.map(|(body, _)| body)).collect(),
            sketches: self.sketches.finish(),
        }
    }
}

/// What alternatives can begin with, and whether one of them is no token.
struct Alternatives {
    first: Sketch,
    optional: bool,
}
