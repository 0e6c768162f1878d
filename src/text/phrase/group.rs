//! Groups: alternatives brought into the simplest form that says the same.
//!
//! The alternatives that are one token become one set, however deep they are nested, so that they cost one arc; the
//! others branch.

use super::ops::Op;
use super::reading::{Memory, Reading};
use super::sequence::Sequence;
use super::{PhraseError, PhraseProblem, Stop};

/// The most leaves that the groups of a language may hold, so that large classes cannot be used without bound; care in
/// one language needs thirty thousand.
const MOST_LEAVES: usize = 1 << 21;

/// A group whose alternatives are being read.
pub(super) struct Group {
    header: usize,
    singles: usize,
    /// In how many ways its branches can be read.
    pub(super) ways: usize,
    nothing: bool,
    solid: bool,
    /// The fewest and the most tokens it can be.
    tokens: (u32, u32),
}

impl Group {
    /// Takes an alternative of so many tokens.
    pub(super) fn may_be(&mut self, tokens: (u32, u32)) {
        self.tokens = (self.tokens.0.min(tokens.0), self.tokens.1.max(tokens.1));
    }
}

impl Reading<'_> {
    pub(super) fn open_group(&mut self, optional: bool) -> Group {
        self.memory.ops.push(Op::Group(0));
        Group {
            header: self.memory.ops.len() - 1,
            singles: self.memory.singles.len(),
            ways: 0,
            nothing: optional,
            solid: !optional,
            tokens: if optional { (0, 0) } else { (u32::MAX, 0) },
        }
    }

    pub(super) fn open_branch(&mut self) -> usize {
        self.memory.ops.push(Op::Branch(0));
        self.memory.ops.len() - 1
    }

    /// Takes the branch that has just been read into its group: as a single token or nothing where it is that.
    pub(super) fn close_branch(&mut self, group: &mut Group, branch: usize, sequence: &Sequence) {
        group.solid &= sequence.solid;
        group.may_be(sequence.tokens);
        let ops = &mut self.memory.ops;
        match ops.get(branch + 1..).unwrap_or_default() {
            [] => {
                group.nothing = true;
                ops.truncate(branch);
            }
            &[Op::Leaf(leaf)] => {
                self.memory.singles.push(leaf);
                ops.truncate(branch);
            }
            &[Op::Class(class)] => {
                let body = self.classes.body(class);
                self.memory.singles.extend_from_slice(body.leaves);
                ops.truncate(branch);
                if !body.branches.is_empty() {
                    group.ways += body.ways;
                    ops.push(Op::ClassBranches(class));
                }
            }
            [Op::Group(inner), rest @ ..] if *inner as usize == rest.len() => {
                group.ways += sequence.ways;
                self.open_up(group, branch);
            }
            content => {
                let content = content.len() as u32;
                if let Some(header) = ops.get_mut(branch) {
                    *header = Op::Branch(content);
                }
                group.ways += sequence.ways;
            }
        }
    }

    /// Makes the alternatives of a group that is a whole branch alternatives of the group around it.
    fn open_up(&mut self, group: &mut Group, branch: usize) {
        let Memory { ops, singles, .. } = &mut *self.memory;
        let mut at = branch + 2;
        while let Some(op) = ops.get(at) {
            match op {
                Op::Branch(length) => at += *length as usize,
                Op::ClassBranches(_) => {}
                _ => break,
            }
            at += 1;
        }
        for op in ops.drain(at..) {
            match op {
                Op::Leaf(leaf) => singles.push(leaf),
                Op::Nothing => {
                    group.nothing = true;
                    group.ways -= 1;
                }
                _ => group.ways -= 1,
            }
        }
        ops.drain(branch..branch + 2);
    }

    /// Ends a group and brings it into its simplest form.
    pub(super) fn close_group(
        &mut self,
        group: &Group,
        sequence: &mut Sequence,
        at: usize,
    ) -> Result<(), Stop> {
        let Memory { ops, singles, work, .. } = &mut *self.memory;
        let leaves = singles.get(group.singles..).unwrap_or_default();
        *work += leaves.len();
        if *work > MOST_LEAVES {
            return Err(PhraseError { at, problem: PhraseProblem::TooMany }.into());
        }
        let branches = ops.len() - group.header - 1;
        let only_branch =
            matches!(ops.get(group.header + 1), Some(Op::Branch(length)) if *length as usize + 1 == branches);
        match leaves {
            [leaf] if branches == 0 && !group.nothing => {
                ops.truncate(group.header);
                ops.push(Op::Leaf(*leaf));
            }
            [] if only_branch && !group.nothing => {
                ops.drain(group.header..group.header + 2);
            }
            leaves => {
                if !leaves.is_empty() {
                    ops.push(Op::OneOf(leaves.len() as u32));
                    ops.extend(leaves.iter().map(|&leaf| Op::Leaf(leaf)));
                }
                if group.nothing {
                    ops.push(Op::Nothing);
                }
                let length = (ops.len() - group.header - 1) as u32;
                if let Some(header) = ops.get_mut(group.header) {
                    *header = Op::Group(length);
                }
            }
        }
        let ways = group.ways + usize::from(!leaves.is_empty()) + usize::from(group.nothing);
        singles.truncate(group.singles);
        if group.solid {
            sequence.solid_of(group.tokens);
        } else {
            sequence.add(group.tokens);
        }
        Ok(sequence.times(ways, at)?)
    }
}
