//! The matcher: where a phrase ends that begins at a token.
//!
//! A phrase is followed step by step, from a set of [`Positions`] to the next: a word takes each position one further
//! where it stands, a group unites where its alternatives lead, a gap spreads. No way through a phrase is gone twice,
//! so that the work is bounded by the length of the phrase times its spread, however it is written.

use super::positions::Positions;
use super::program::{Program, Set, Step, Task, items};
use super::sketch::Sketch;
use super::vocabulary::{Seen, Sight};
use crate::text::phrase::MOST_MARKS_IN_GAP;
use crate::text::token::{Shape, Token, TokenKind};

/// Follows phrases in one text.
#[derive(Clone, Copy)]
pub(super) struct Matcher<'s> {
    pub(super) program: &'s Program,
    pub(super) tokens: &'s [Token],
    pub(super) sight: &'s Sight,
}

impl<'s> Matcher<'s> {
    /// Where a sequence leads.
    pub(super) fn follow(&self, steps: &[Step], from: Positions) -> Positions {
        let mut here = from;
        let mut rest = steps;
        while let Some((step, after)) = rest.split_first() {
            let (content, after) = after.split_at_checked(step.task.content()).unwrap_or_default();
            rest = after;
            here = match step.task {
                Task::Gap(words) => self.narrow(here.spread(|at| self.gap(at, words)), rest),
                Task::Group { optional: true, .. } => {
                    self.narrow(here.and(self.any_of(step, content, here)), rest)
                }
                Task::Group { .. } => self.any_of(step, content, here),
                _ => self.step(step, here),
            };
            if here.is_none() {
                break;
            }
        }
        here
    }

    /// Of several places those where what comes next can begin: mostly one is left.
    #[inline]
    fn narrow(&self, places: Positions, rest: &[Step]) -> Positions {
        match rest.first() {
            Some(next) if !next.task.may_be_nothing() && places.only().is_none() => {
                places.keep(|at| self.sketch(at).meets(next.first))
            }
            _ => places,
        }
    }

    /// The longest way of a phrase that begins at a token. As long as there is but one place to be at, nothing is kept
    /// of others.
    pub(super) fn longest(&self, steps: &[Step], start: usize) -> Option<usize> {
        let mut at = start;
        let mut rest = steps;
        while let Some((step, after)) = rest.split_first() {
            rest = after;
            let reached = match step.task {
                Task::Gap(words) => Positions::one(at).spread(|at| self.gap(at, words)),
                Task::Group { steps, optional } => {
                    let (content, after) = after.split_at_checked(steps as usize)?;
                    rest = after;
                    let stayed = if optional { Positions::one(at) } else { Positions::NONE };
                    stayed.and(self.any_of(step, content, Positions::one(at)))
                }
                _ => {
                    if !self.fits(step, self.sight.seen.get(at)?) {
                        return None;
                    }
                    at += 1;
                    continue;
                }
            };
            let reached = self.narrow(reached, rest);
            match reached.only() {
                Some(only) => at = only,
                None if reached.is_none() => return None,
                None => return self.follow(rest, reached).last(),
            }
        }
        Some(at)
    }

    /// Where the alternatives of a group lead.
    fn any_of(&self, group: &Step, alternatives: &[Step], from: Positions) -> Positions {
        let mut reached = Positions::NONE;
        let here = self.sketch_of(from);
        if !here.meets(group.first) {
            return reached;
        }
        for (step, content) in items(alternatives) {
            if !here.meets(step.first) {
                continue;
            }
            reached = reached.and(match step.task {
                Task::Branch(_) => self.follow(content, from),
                Task::ClassBranches(class) => {
                    let branches = self.program.class(class).map_or((0, 0), |class| class.branches);
                    self.any_of(step, self.program.steps(branches), from)
                }
                _ => self.step(step, from),
            });
        }
        reached
    }

    /// What there is at one of some places at least.
    fn sketch_of(&self, places: Positions) -> Sketch {
        let mut sketch = Sketch::NONE;
        places.each(|at| sketch.add(self.sketch(at)));
        sketch
    }

    pub(super) fn sketch(&self, at: usize) -> Sketch {
        self.sight.seen.get(at).map_or(Sketch::NO_TOKEN, |seen| seen.sketch)
    }

    /// Where a step of one token leads.
    #[inline]
    fn step(&self, step: &Step, from: Positions) -> Positions {
        from.keep(|at| self.sight.seen.get(at).is_some_and(|seen| self.fits(step, seen))).next()
    }

    #[inline(always)]
    fn fits(&self, step: &Step, seen: &Seen) -> bool {
        match step.task {
            Task::Word(word) => seen.word == word,
            _ => seen.sketch.meets(step.first) && self.fits_for_sure(step, seen),
        }
    }

    fn fits_for_sure(&self, step: &Step, seen: &Seen) -> bool {
        match step.task {
            Task::Set(set) => seen.sketch.shares_kind(step.first) || self.is_in(set, seen),
            Task::Class(class) => self.is_of(class, seen),
            _ => false,
        }
    }

    /// Whether a token is one of a set, its kind left aside.
    #[inline]
    fn is_in(&self, set: Set, seen: &Seen) -> bool {
        self.program.words(set).contains(&seen.word)
            || self.sight.leaves(seen).iter().any(|leaf| self.program.others(set).contains(&leaf.code()))
    }

    /// Whether a token is one of the single tokens of a class.
    #[inline]
    pub(super) fn is_of(&self, class: u32, seen: &Seen) -> bool {
        seen.sketch.meets(Sketch::class(class))
            && (self.program.classes() <= Sketch::CLASSES || self.is_member(class, seen))
    }

    /// The same where classes are so many that they share bits.
    fn is_member(&self, class: u32, seen: &Seen) -> bool {
        let Some(class) = self.program.class(class) else { return false };
        let kinds = self.program.leaves(class.set).filter_map(Sketch::of_kind);
        self.is_in(class.set, seen) || kinds.into_iter().any(|kind| seen.sketch.shares_kind(kind))
    }

    /// How many tokens a gap from a place on can pass over.
    fn gap(&self, at: usize, words: u8) -> usize {
        let (mut words, mut marks) = (words, MOST_MARKS_IN_GAP);
        let passes = |token: &&Token| {
            let left = match token.kind {
                _ if token.shape.has(Shape::BARRIER) => return false,
                TokenKind::Break => return false,
                TokenKind::Punctuation | TokenKind::Emoji => &mut marks,
                _ => &mut words,
            };
            left.checked_sub(1).map(|fewer| *left = fewer).is_some()
        };
        self.tokens.get(at..).unwrap_or_default().iter().take_while(passes).count()
    }
}
