//! What a phrase asks for, as one flat list.

use super::leaves::Leaf;

/// One step of a phrase. What belongs to a group follows it in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Op {
    /// One token.
    Leaf(Leaf),
    /// Up to so many words.
    Gap(u8),
    /// One of a class, by its number.
    Class(u32),
    /// One of several: so many ops follow, each `Branch` with its ops, `ClassBranches`, at last `OneOf` with its
    /// leaves and `Nothing`, where there are any.
    Group(u32),
    /// A sequence of so many ops.
    Branch(u32),
    /// One of the sequences of a class, its single tokens left aside.
    ClassBranches(u32),
    /// One of so many leaves: the alternatives that are one token, in any order.
    OneOf(u32),
    /// No token at all.
    Nothing,
}
