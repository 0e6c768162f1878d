//! From phrases to a scanner.

use super::symbols::{Numbering, Sets, Symbol};
use super::trie::{NodeId, Output, ROOT, SENTENCE_ROOT, TrieBuilder, gap};
use super::vocabulary::Vocabulary;
use super::{Plane, Scanner, WordFlags};
use crate::text::phrase::{Classes, Leaves, Op, PhraseError, PhraseProblem, PhraseReader, Stop};
use crate::text::tail::sort_tail;

/// Collects phrases and classes; [`build`](ScannerBuilder::build) compiles them.
pub struct ScannerBuilder {
    reader: PhraseReader,
    leaves: Leaves,
    classes: Classes,
    sets: Sets,
    /// The symbol of the single tokens of each class, once it has been asked for.
    class_sets: Vec<Option<Symbol>>,
    trie: TrieBuilder,
    /// Where the phrase that is being added has got to.
    nodes: Vec<NodeId>,
    planes: Vec<Plane>,
    /// By the number of the word; shorter than the words when the last of them have none.
    flags: Vec<WordFlags>,
}

impl Default for ScannerBuilder {
    fn default() -> Self {
        ScannerBuilder {
            reader: PhraseReader::default(),
            leaves: Leaves::default(),
            classes: Classes::default(),
            sets: Sets::default(),
            class_sets: Vec::new(),
            trie: TrieBuilder::new(),
            nodes: Vec::new(),
            planes: Vec::new(),
            flags: Vec::new(),
        }
    }
}

impl ScannerBuilder {
    /// Defines a class that phrases can name as `{name}`. Its members may name classes, too, in any order. Gives the
    /// number of the first member; those after it are numbered on.
    pub fn class<'m>(&mut self, name: &str, members: impl IntoIterator<Item = &'m str>) -> usize {
        self.classes.define(name, members)
    }

    /// Reads all classes. A member that cannot be read is reported by its number and left out.
    pub fn read_classes(&mut self, mut report: impl FnMut(usize, PhraseError)) {
        for class in 0..self.classes.len() as u32 {
            self.classes.read(class, &mut self.reader, &mut self.leaves, &mut report);
        }
    }

    /// Gives flags to a word, beside those it has.
    pub fn flag(&mut self, word: &str, flags: WordFlags) {
        let word = self.leaves.word(word).number() as usize;
        if self.flags.len() <= word {
            self.flags.resize(word + 1, 0);
        }
        if let Some(slot) = self.flags.get_mut(word) {
            *slot |= flags;
        }
    }

    /// Reserves the next payload on a plane. A payload can be added with any number of phrases.
    pub fn payload(&mut self, plane: Plane) -> u32 {
        self.planes.push(plane);
        self.planes.len() as u32 - 1
    }

    /// Adds a phrase. Classes it names that have not been read are read now.
    ///
    /// # Errors
    /// [`PhraseError`] says what is wrong with it, or with a class that was read for it, and at which byte.
    pub fn add(&mut self, phrase: &str, payload: u32) -> Result<(), PhraseError> {
        loop {
            let class = match self.reader.read(phrase, &mut self.leaves, &self.classes) {
                Ok(read) => {
                    let root = if read.sentence_start { SENTENCE_ROOT } else { ROOT };
                    self.nodes.clear();
                    self.nodes.push(root);
                    let mut path = Path {
                        classes: &self.classes,
                        sets: &mut self.sets,
                        class_sets: &mut self.class_sets,
                        trie: &mut self.trie,
                        nodes: &mut self.nodes,
                    };
                    path.follow(read.ops, 0).map_err(|problem| PhraseError { at: 0, problem })?;
                    for &node in &self.nodes {
                        self.trie.output(node, Output { payload, at_text_end: read.text_end });
                    }
                    return Ok(());
                }
                Err(Stop::Fault(error)) => return Err(*error),
                Err(Stop::Unread(class)) => class,
            };
            let mut fault = None;
            let mut report = |_, error| fault = fault.take().or(Some(error));
            self.classes.read(class, &mut self.reader, &mut self.leaves, &mut report);
            if let Some(error) = fault {
                return Err(error);
            }
        }
    }

    /// Compiles everything added so far.
    pub fn build(self) -> Scanner {
        let mut numbering = Numbering::new(&self.leaves, &self.sets);
        let trie = self.trie.finish(&mut numbering, &self.sets);
        let vocabulary = Vocabulary::new(self.leaves, &numbering, &numbering.gains(&self.sets), &self.flags);
        Scanner { vocabulary, trie, planes: self.planes }
    }
}

/// A phrase on its way through the trie. Its nodes are kept on one stack: those of the sequence being followed last.
struct Path<'b> {
    classes: &'b Classes,
    sets: &'b mut Sets,
    class_sets: &'b mut Vec<Option<Symbol>>,
    trie: &'b mut TrieBuilder,
    nodes: &'b mut Vec<NodeId>,
}

impl Path<'_> {
    /// Follows a sequence, creating what is missing, from the nodes from `from` on; leaves there the nodes it ends in.
    fn follow(&mut self, ops: &[Op], from: usize) -> Result<(), PhraseProblem> {
        let mut rest = ops;
        while let Some((&op, after)) = rest.split_first() {
            rest = after;
            match op {
                Op::Leaf(leaf) => self.step(leaf.code(), from)?,
                Op::Gap(words) => self.step(gap(words), from)?,
                Op::Class(class) => {
                    let end = self.nodes.len();
                    self.branch(self.classes.body(class).branches, from, end)?;
                    if let Some(set) = self.class_set(class) {
                        self.step_aside(set, from, end)?;
                    }
                    self.join(from, end);
                }
                Op::Group(length) => {
                    let (group, after) = after.split_at_checked(length as usize).unwrap_or_default();
                    rest = after;
                    if let [Op::OneOf(count), leaves @ ..] = group {
                        if leaves.len() == *count as usize {
                            if let Some(set) = self.set(leaves) {
                                self.step(set, from)?;
                            }
                            continue;
                        }
                    }
                    let end = self.nodes.len();
                    self.branch(group, from, end)?;
                    self.join(from, end);
                }
                Op::Branch(_) | Op::ClassBranches(_) | Op::OneOf(_) | Op::Nothing => {}
            }
        }
        Ok(())
    }

    /// Follows every alternative from the nodes `from..end`, and puts the nodes they end in behind those.
    fn branch(&mut self, alternatives: &[Op], from: usize, end: usize) -> Result<(), PhraseProblem> {
        let mut rest = alternatives;
        while let Some((&op, after)) = rest.split_first() {
            let length = match op {
                Op::Branch(length) | Op::OneOf(length) => length as usize,
                _ => 0,
            };
            let (content, after) = after.split_at_checked(length).unwrap_or_default();
            rest = after;
            match op {
                Op::ClassBranches(class) => self.branch(self.classes.body(class).branches, from, end)?,
                Op::OneOf(_) => {
                    if let Some(set) = self.set(content) {
                        self.step_aside(set, from, end)?;
                    }
                }
                Op::Nothing => self.nodes.extend_from_within(from..end),
                _ => {
                    let top = self.nodes.len();
                    self.nodes.extend_from_within(from..end);
                    self.follow(content, top)?;
                }
            }
        }
        Ok(())
    }

    /// Forgets the nodes `from..end` for those behind them, each of which is kept once.
    fn join(&mut self, from: usize, end: usize) {
        self.nodes.drain(from..end);
        sort_tail(self.nodes, from);
    }

    fn step_aside(&mut self, symbol: Symbol, from: usize, end: usize) -> Result<(), PhraseProblem> {
        let top = self.nodes.len();
        self.nodes.extend_from_within(from..end);
        self.step(symbol, top)
    }

    fn step(&mut self, symbol: Symbol, from: usize) -> Result<(), PhraseProblem> {
        for node in self.nodes.iter_mut().skip(from) {
            *node = self.trie.child(*node, symbol).ok_or(PhraseProblem::TooMany)?;
        }
        Ok(())
    }

    fn set(&mut self, leaves: &[Op]) -> Option<Symbol> {
        self.sets.symbol(leaves.iter().filter_map(|op| match op {
            Op::Leaf(leaf) => Some(*leaf),
            _ => None,
        }))
    }

    fn class_set(&mut self, class: u32) -> Option<Symbol> {
        let at = class as usize;
        if self.class_sets.len() <= at {
            self.class_sets.resize(at + 1, None);
        }
        let slot = self.class_sets.get_mut(at)?;
        if slot.is_none() {
            *slot = self.sets.symbol(self.classes.body(class).leaves.iter().copied());
        }
        *slot
    }
}
