//! Words as they are written: in a spelling, with a star, with marks, with groups glued to them.

use std::borrow::Cow;

use super::group::Group;
use super::leaves::LeafSort;
use super::lex::{PADDING, PieceKind, cut, plain};
use super::reading::Reading;
use super::sequence::{Sequence, check_ways};
use super::{MOST_PATHS, PhraseError, PhraseProblem, Stop};
use crate::text::fold;
use crate::text::token::TokenKind;

/// An item with glued groups.
struct Glued<'a> {
    item: &'a str,
    at: usize,
    /// How many spellings it may have yet.
    left: usize,
    group: Group,
}

impl Reading<'_> {
    /// A word with groups glued to it is one of all its spellings: `beklag(er|et)[e]`.
    pub(super) fn glued(&mut self, item: &str, at: usize, sequence: &mut Sequence) -> Result<(), Stop> {
        cut(item, &mut self.memory.pieces);
        self.memory.spelling.clear();
        self.memory.closing.clear();
        let group = self.open_group(false);
        let mut glued = Glued { item, at, left: MOST_PATHS, group };
        self.spell(&mut glued, 0)?;
        self.close_group(&glued.group, sequence, at)
    }

    /// Goes through all spellings that begin with what has been chosen so far.
    fn spell(&mut self, glued: &mut Glued<'_>, from: usize) -> Result<(), Stop> {
        let chosen = self.memory.spelling.len();
        let mut at = from;
        loop {
            let Some(piece) = self.memory.pieces.get(at).copied() else {
                self.spelled(glued)?;
                break;
            };
            let text = glued.item.get(usize::from(piece.start)..usize::from(piece.end)).unwrap_or("");
            match piece.kind {
                PieceKind::Open => {
                    self.choose(glued, at, piece.partner)?;
                    if text == "[" {
                        self.spell(glued, usize::from(piece.partner) + 1)?;
                    }
                    break;
                }
                PieceKind::Bar | PieceKind::Close if !self.memory.closing.is_empty() => {
                    if let Some(close) = self.memory.closing.pop() {
                        self.spell(glued, usize::from(close) + 1)?;
                        self.memory.closing.push(close);
                    }
                    break;
                }
                _ => {
                    self.memory.spelling.push_str(text);
                    at += 1;
                }
            }
        }
        self.memory.spelling.truncate(chosen);
        Ok(())
    }

    /// Spells on with each alternative of a group.
    fn choose(&mut self, glued: &mut Glued<'_>, open: usize, close: u16) -> Result<(), Stop> {
        let mut at = open + 1;
        loop {
            self.memory.closing.push(close);
            self.spell(glued, at)?;
            self.memory.closing.pop();
            // On to the next bar of this group.
            loop {
                match self.memory.pieces.get(at).map(|piece| (piece.kind, piece.partner)) {
                    Some((PieceKind::Bar, _)) => break,
                    Some((PieceKind::Open, partner)) => at = usize::from(partner) + 1,
                    Some(_) if at < usize::from(close) => at += 1,
                    _ => return Ok(()),
                }
            }
            at += 1;
        }
    }

    /// Takes one complete spelling into the group of all of them.
    fn spelled(&mut self, glued: &mut Glued<'_>) -> Result<(), Stop> {
        let too_many = PhraseError { at: glued.at, problem: PhraseProblem::TooManyPaths };
        glued.left = glued.left.checked_sub(1).ok_or(too_many)?;
        let mut padded = std::mem::take(&mut self.memory.spelling);
        let length = padded.len();
        padded.push_str(PADDING);
        let spelling = padded.get(..length).unwrap_or("");
        let taken = match plain(padded.as_bytes(), 0).filter(|word| word.end == length) {
            // Most are, and go into the group as what they are.
            Some(word) => {
                self.memory.singles.push(self.leaves.plain(LeafSort::Word, spelling, word.folded));
                glued.group.may_be((1, 1));
                Ok(())
            }
            None => self.spelled_otherwise(spelling, glued),
        };
        padded.truncate(length);
        self.memory.spelling = padded;
        taken
    }

    /// Takes a spelling that is no plain word.
    fn spelled_otherwise(&mut self, spelling: &str, glued: &mut Glued<'_>) -> Result<(), Stop> {
        let branch = self.open_branch();
        let mut sequence = Sequence::empty();
        self.written(spelling, glued.at, &mut sequence)?;
        self.close_branch(&mut glued.group, branch, &sequence);
        Ok(check_ways(glued.group.ways, glued.at)?)
    }

    /// A piece of notation without groups: words with case marks and stars, classes, the marks around them.
    pub(super) fn written(&mut self, text: &str, at: usize, sequence: &mut Sequence) -> Result<(), Stop> {
        for mut word in text.split_whitespace() {
            while let Some((before, name, after)) = split_class(word) {
                let glued = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                if glued(before.chars().next_back()) || glued(after.chars().next()) {
                    return Err(PhraseError { at, problem: PhraseProblem::GluedClass }.into());
                }
                if before == "=" {
                    return Err(PhraseError { at, problem: PhraseProblem::CasedClass }.into());
                }
                self.letters(before, at, sequence)?;
                self.class(name, at, sequence)?;
                word = after;
            }
            self.letters(word, at, sequence)?;
        }
        Ok(())
    }

    fn letters(&mut self, word: &str, at: usize, sequence: &mut Sequence) -> Result<(), Stop> {
        let (cased, word) = match word.strip_prefix('=') {
            Some(rest) if !rest.is_empty() => (true, rest),
            _ => (false, word),
        };
        if word.len() > 1 && word.ends_with('*') && !word.ends_with("\\*") {
            let sort = if cased { LeafSort::CasedPrefix } else { LeafSort::Prefix };
            self.stem(sort, word.trim_end_matches('*'), at, sequence)
        } else if word.len() > 1 && word.starts_with('*') {
            let sort = if cased { LeafSort::CasedSuffix } else { LeafSort::Suffix };
            self.stem(sort, word.trim_start_matches('*'), at, sequence)
        } else {
            self.literal(&unescape(word), cased, sequence);
            Ok(())
        }
    }

    fn stem(&mut self, sort: LeafSort, stem: &str, at: usize, sequence: &mut Sequence) -> Result<(), Stop> {
        let stem = unescape(stem);
        let fails = |problem| Err(PhraseError { at, problem }.into());
        if !stem.chars().all(|c| c.is_alphanumeric() || fold::is_apostrophe(c)) {
            return fails(PhraseProblem::Star);
        }
        if stem.chars().nth(1).is_none() {
            return fails(PhraseProblem::ShortStem);
        }
        let leaf = match sort {
            LeafSort::CasedPrefix | LeafSort::CasedSuffix => self.leaves.stem(sort, &stem),
            _ => self.leaves.folded_stem(sort, &stem),
        };
        self.leaf(leaf, sequence);
        Ok(())
    }

    /// A piece of literal text, split into tokens as any text is.
    fn literal(&mut self, text: &str, cased: bool, sequence: &mut Sequence) {
        let marks = if text.is_ascii() { &[] } else { self.memory.marks.emoji_only(text) };
        self.memory.tokens.read(text, marks);
        for token in self.memory.tokens.as_slice() {
            let leaf = if cased && token.kind == TokenKind::Word {
                self.leaves.cased_word(token.span.of(text))
            } else {
                self.leaves.folded_word(self.memory.tokens.folded(token))
            };
            self.memory.ops.push(super::Op::Leaf(leaf));
            sequence.solid_of((1, 1));
        }
    }
}

/// A word with a class in it: what stands before it, its name, what stands after it.
fn split_class(word: &str) -> Option<(&str, &str, &str)> {
    let mut escaped = false;
    let open = word.bytes().position(|byte| {
        let found = byte == b'{' && !escaped;
        escaped = byte == b'\\' && !escaped;
        found
    })?;
    let (before, rest) = (word.get(..open)?, word.get(open + 1..)?);
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}

fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        out.extend(if c == '\\' { chars.next() } else { Some(c) });
    }
    Cow::Owned(out)
}
