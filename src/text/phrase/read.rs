//! Reading a phrase: from its pieces to ops, in one go and in memory that is used again.

use super::classes::Classes;
use super::group::Group;
use super::leaves::{Leaf, LeafSort, Leaves};
use super::lex::{Class, PADDING, class, closes, group_end, item_end, plain, small_letters, unbalanced};
use super::ops::Op;
use super::reading::{Anchors, Memory, Reading};
use super::sequence::{Sequence, check_ways};
use super::{
    Kind, LONGEST_GAP, LONGEST_PHRASE, MOST_MARKS_IN_GAP, MOST_NESTED, PhraseError, PhraseProblem, Start,
    Stop,
};

/// Reads phrases one after the other.
#[derive(Debug, Default)]
pub(crate) struct PhraseReader {
    /// The phrase, and eight zeros behind it.
    padded: Vec<u8>,
    memory: Memory,
}

/// A phrase that has been read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PhraseRead<'r> {
    pub(crate) start: Start,
    pub(crate) text_end: bool,
    pub(crate) ops: &'r [Op],
}

/// What is known of a member of a class.
pub(super) struct MemberRead {
    pub(super) ways: usize,
    pub(super) depth: usize,
    pub(super) tokens: (u32, u32),
}

impl PhraseReader {
    /// Reads a phrase.
    pub(crate) fn read(
        &mut self,
        source: &str,
        leaves: &mut Leaves,
        classes: &Classes,
    ) -> Result<PhraseRead<'_>, Stop> {
        let mut reading = self.begin(source, leaves, classes)?;
        reading.anchors = Anchors::Allowed;
        let mut sequence = Sequence::empty();
        reading.sequence(&mut sequence, 0)?;
        let (start, text_end) = (reading.start, reading.text_end);
        sequence.check_solid()?;
        Ok(PhraseRead { start, text_end, ops: &self.memory.ops })
    }

    /// Reads a member of a class: its single tokens are appended to `singles`, what else it can be to `branches`.
    pub(super) fn read_member(
        &mut self,
        source: &str,
        leaves: &mut Leaves,
        classes: &Classes,
        singles: &mut Vec<Leaf>,
        branches: &mut Vec<Op>,
    ) -> Result<MemberRead, Stop> {
        let mut reading = self.begin(source, leaves, classes)?;
        let mut group = reading.open_group(false);
        let branch = reading.open_branch();
        let mut sequence = Sequence::empty();
        reading.sequence(&mut sequence, 0)?;
        sequence.check_solid()?;
        reading.close_branch(&mut group, branch, &sequence);
        let depth = reading.depth;
        singles.append(&mut self.memory.singles);
        branches.extend(self.memory.ops.drain(..).skip(1));
        Ok(MemberRead { ways: group.ways, depth, tokens: sequence.tokens })
    }

    fn begin<'a>(
        &'a mut self,
        source: &'a str,
        leaves: &'a mut Leaves,
        classes: &'a Classes,
    ) -> Result<Reading<'a>, PhraseError> {
        if source.len() > LONGEST_PHRASE {
            return Err(PhraseError { at: LONGEST_PHRASE, problem: PhraseProblem::TooLong });
        }
        let PhraseReader { padded, memory } = self;
        padded.clear();
        padded.extend_from_slice(source.as_bytes());
        padded.extend_from_slice(PADDING.as_bytes());
        memory.ops.clear();
        memory.singles.clear();
        let anchors = Anchors::Forbidden;
        Ok(Reading {
            source,
            padded,
            at: 0,
            leaves,
            classes,
            depth: 0,
            anchors,
            start: Start::Anywhere,
            text_end: false,
            memory,
        })
    }
}

/// Groups so deep are read before it is known that they stand alone.
const TRUSTED_NESTING: usize = 2;

impl Reading<'_> {
    fn byte(&self, at: usize) -> Option<u8> {
        self.source.as_bytes().get(at).copied()
    }

    /// Reads items up to what ends the sequence: in a group a bar or bracket.
    fn sequence(&mut self, sequence: &mut Sequence, nested: usize) -> Result<(), Stop> {
        while let Some(byte) = self.byte(self.at) {
            match class(byte) {
                Class::Space => self.at += 1,
                Class::Letter => self.word(sequence, nested)?,
                Class::Bar | Class::Close if nested > 0 => break,
                Class::Open if byte == b'{' => self.braces(sequence, nested)?,
                Class::Open => self.bracket(byte, sequence, nested)?,
                Class::Mark if self.ends(self.at + 1, nested) => {
                    let mark = self.leaves.mark(byte);
                    self.at += 1;
                    self.leaf(mark, sequence);
                }
                _ => self.item(sequence, nested)?,
            }
        }
        sequence.check_spread()?;
        Ok(sequence.settle_gap()?)
    }

    /// Whether an item that ends at a byte is complete there. White space beyond ASCII is left to [`item_end`].
    fn ends(&self, at: usize, nested: usize) -> bool {
        match self.byte(at).map(class) {
            None | Some(Class::Space | Class::Close) => true,
            Some(Class::Bar) => nested > 0,
            Some(_) => false,
        }
    }

    /// A plain word, or what else begins with one.
    fn word(&mut self, sequence: &mut Sequence, nested: usize) -> Result<(), Stop> {
        match self.plain(nested) {
            Some(leaf) => {
                self.leaf(leaf, sequence);
                Ok(())
            }
            None => self.item(sequence, nested),
        }
    }

    /// An item that is a plain word, or a stem of plain letters with a star behind it.
    fn plain(&mut self, nested: usize) -> Option<Leaf> {
        let from = self.at;
        let small = small_letters(self.padded, from).filter(|&(end, _)| self.ends(end, nested));
        if let Some((end, key)) = small {
            self.at = end;
            return Some(self.leaves.folded_key(key, || self.source.get(from..end).unwrap_or("")));
        }
        let word = plain(self.padded, from)?;
        let letters = self.source.get(from..word.end)?;
        if self.ends(word.end, nested) {
            self.at = word.end;
            return Some(self.leaves.plain(LeafSort::Word, letters, word.folded));
        }
        let is_stem = self.byte(word.end) == Some(b'*')
            && self.ends(word.end + 1, nested)
            && letters.chars().nth(1).is_some();
        is_stem.then(|| {
            self.at = word.end + 1;
            self.leaves.plain(LeafSort::Prefix, letters, word.folded)
        })
    }

    /// A class that stands alone, or what else begins with a brace.
    fn braces(&mut self, sequence: &mut Sequence, nested: usize) -> Result<(), Stop> {
        let from = self.at;
        let rest = self.source.get(from + 1..).unwrap_or("");
        let name = rest.bytes().position(|byte| !matches!(byte, b'a'..=b'z' | b'_' | b'-' | b'0'..=b'9'));
        match name.and_then(|end| rest.get(..end)) {
            Some(name)
                if self.byte(from + 1 + name.len()) == Some(b'}')
                    && self.ends(from + 2 + name.len(), nested) =>
            {
                self.at = from + 2 + name.len();
                self.anchors.begin();
                self.class(name, from, sequence)
            }
            _ => self.item(sequence, nested),
        }
    }

    pub(super) fn leaf(&mut self, leaf: Leaf, sequence: &mut Sequence) {
        self.anchors.begin();
        self.memory.ops.push(Op::Leaf(leaf));
        sequence.solid_of((1, 1));
    }

    /// A group that stands alone, or an item that begins with a group glued to it. That only shows at the group's end:
    /// it is read as if it stood alone, and once more where it does not.
    fn bracket(&mut self, open: u8, sequence: &mut Sequence, nested: usize) -> Result<(), Stop> {
        let from = self.at;
        // So often only that hostile nesting cannot multiply the work.
        if nested > TRUSTED_NESTING && !self.stands_alone(from, nested)? {
            return self.item(sequence, nested);
        }
        let before = (self.memory.ops.len(), self.memory.singles.len(), *sequence);
        let read = self.group(open, sequence, nested);
        if read.is_ok() && self.ends(self.at, nested) || matches!(read, Err(Stop::Unread(_))) {
            return read;
        }
        self.at = from;
        let alone = self.stands_alone(from, nested)?;
        if alone && read.is_err() {
            return read;
        }
        self.memory.ops.truncate(before.0);
        self.memory.singles.truncate(before.1);
        *sequence = before.2;
        self.item(sequence, nested)
    }

    /// Whether the item from a bracket on is a group and nothing else.
    fn stands_alone(&self, from: usize, nested: usize) -> Result<bool, PhraseError> {
        let end = item_end(self.source, from, nested > 0)?;
        Ok(group_end(self.source, from) == Some(end))
    }

    fn group(&mut self, open: u8, sequence: &mut Sequence, nested: usize) -> Result<(), Stop> {
        let from = self.at;
        if nested >= MOST_NESTED {
            return Err(PhraseError { at: from, problem: PhraseProblem::TooDeep }.into());
        }
        self.anchors.begin();
        let mut group = self.open_group(open == b'[');
        loop {
            if !self.words_in_group(&mut group) {
                self.at += 1;
                if self.word_in_group(nested + 1) {
                    group.may_be((1, 1));
                } else {
                    let branch = self.open_branch();
                    let mut alternative = Sequence::empty();
                    self.sequence(&mut alternative, nested + 1)?;
                    self.close_branch(&mut group, branch, &alternative);
                    check_ways(group.ways, from)?;
                }
            }
            match self.byte(self.at) {
                Some(b'|') => {}
                Some(close) if closes(open, close) => break,
                Some(close) => return Ok(unbalanced(close, self.at)?),
                None => return Ok(unbalanced(open, from)?),
            }
        }
        self.at += 1;
        self.close_group(&group, sequence, from)
    }

    /// Takes alternatives that are folded words and no more, which most are: from the mark before them to that before
    /// the first that is none. Says whether there is none, for the last was followed by a closing bracket.
    #[inline(never)]
    fn words_in_group(&mut self, group: &mut Group) -> bool {
        let Reading { source, padded, leaves, memory, .. } = self;
        let mut at = self.at;
        let mut ended = false;
        while let Some((end, key)) = small_letters(padded, at + 1) {
            let Some(mark @ (b'|' | b')' | b']')) = padded.get(end) else { break };
            memory.singles.push(leaves.folded_key(key, || source.get(at + 1..end).unwrap_or("")));
            at = end;
            ended = *mark != b'|';
            if ended {
                break;
            }
        }
        if at > self.at {
            group.may_be((1, 1));
        }
        self.at = at;
        ended
    }

    /// Takes an alternative that is a plain word or stem and no more.
    fn word_in_group(&mut self, nested: usize) -> bool {
        let from = self.at;
        let leaf = self.plain(nested);
        if let (Some(leaf), Some(b'|' | b')' | b']')) = (leaf, self.byte(self.at)) {
            self.memory.singles.push(leaf);
            return true;
        }
        self.at = from;
        false
    }

    /// Any item, the slow way.
    fn item(&mut self, sequence: &mut Sequence, nested: usize) -> Result<(), Stop> {
        let from = self.at;
        let end = item_end(self.source, from, nested > 0)?;
        let item = self.source.get(from..end).unwrap_or("");
        // White space beyond ASCII ends an item before it has begun.
        self.at = if item.is_empty() { from + self.width(from) } else { end };
        let anchors = self.anchors;
        if !item.is_empty() {
            self.anchors.begin();
        }
        match item.as_bytes() {
            [] => Ok(()),
            b"^" if nested == 0 && anchors == Anchors::Allowed => {
                self.start = if self.next_is_cased() { Start::Sentence } else { Start::Opening };
                Ok(())
            }
            b"$" if nested == 0 && anchors == Anchors::Begun && self.is_last() => {
                self.text_end = true;
                Ok(())
            }
            b"^" | b"$" => Err(PhraseError { at: from, problem: PhraseProblem::Anchor }.into()),
            [b'.', b'.', b'.'] | [b'.', b'.'] => self.written(item, from, sequence),
            [b'.', b'.', count @ ..] => self.gap(count, from, sequence),
            _ if item.contains(['(', '[']) => self.glued(item, from, sequence),
            _ => self.written(item, from, sequence),
        }
    }

    /// Whether the next item asks for a word in exactly one case.
    fn next_is_cased(&self) -> bool {
        self.source.get(self.at..).is_some_and(|rest| rest.trim_start().starts_with('='))
    }

    fn is_last(&self) -> bool {
        self.source.get(self.at..).is_none_or(|rest| rest.trim_start().is_empty())
    }

    fn width(&self, at: usize) -> usize {
        self.source.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
    }

    fn gap(&mut self, count: &[u8], at: usize, sequence: &mut Sequence) -> Result<(), Stop> {
        let words = match count {
            [digit] => digit.wrapping_sub(b'0'),
            _ => 0,
        };
        if !(1..=LONGEST_GAP).contains(&words) {
            return Err(PhraseError { at, problem: PhraseProblem::Gap }.into());
        }
        if !sequence.solid_here {
            return Err(PhraseError { at, problem: PhraseProblem::GapAtEdge }.into());
        }
        sequence.gap = Some(at);
        sequence.solid_here = false;
        sequence.add((0, u32::from(words + MOST_MARKS_IN_GAP)));
        self.memory.ops.push(Op::Gap(words));
        Ok(())
    }

    pub(super) fn class(&mut self, name: &str, at: usize, sequence: &mut Sequence) -> Result<(), Stop> {
        if let Some(kind) = Kind::named(name) {
            self.leaf(Leaf::new(LeafSort::Kind, kind as u32), sequence);
            return Ok(());
        }
        let class = self.classes.named(name, at)?;
        let body = self.classes.body(class);
        self.depth = self.depth.max(body.depth);
        sequence.times(body.ways + usize::from(!body.leaves.is_empty()), at)?;
        sequence.solid_of(body.tokens);
        self.memory.ops.push(Op::Class(class));
        Ok(())
    }
}
