//! A phrase while it is read, and the memory that reading works in.

use super::Start;
use super::classes::Classes;
use super::leaves::{Leaf, Leaves};
use super::lex::Piece;
use super::ops::Op;
use crate::text::marks::Marks;
use crate::text::token::Tokens;

/// What reading works in.
#[derive(Debug, Default)]
pub(super) struct Memory {
    pub(super) ops: Vec<Op>,
    /// Alternatives of the open groups that are one token, those of the innermost group last.
    pub(super) singles: Vec<Leaf>,
    pub(super) tokens: Tokens,
    pub(super) marks: Marks,
    /// An item with glued groups, cut.
    pub(super) pieces: Vec<Piece>,
    /// The spelling of that item, as far as it has been chosen.
    pub(super) spelling: String,
    /// Where the glued groups end that the spelling stands in, innermost last.
    pub(super) closing: Vec<u16>,
    /// How many leaves groups have held so far.
    pub(super) work: usize,
}

/// Where `^` and `$` can stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchors {
    /// Nothing has been read yet.
    Allowed,
    /// Something has: `$` can end it.
    Begun,
    Forbidden,
}

impl Anchors {
    pub(super) fn begin(&mut self) {
        if *self == Anchors::Allowed {
            *self = Anchors::Begun;
        }
    }
}

/// A phrase being read.
pub(super) struct Reading<'a> {
    pub(super) source: &'a str,
    pub(super) padded: &'a [u8],
    pub(super) at: usize,
    pub(super) leaves: &'a mut Leaves,
    pub(super) classes: &'a Classes,
    /// How many classes stand inside one another in it.
    pub(super) depth: usize,
    pub(super) anchors: Anchors,
    pub(super) start: Start,
    pub(super) text_end: bool,
    pub(super) memory: &'a mut Memory,
}
