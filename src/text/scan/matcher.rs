//! The matcher: where a phrase ends that begins at a token.
//!
//! A phrase is followed step by step, from a set of [`Positions`] to the next: a word takes each position one further
//! where it stands, a group unites where its alternatives lead, a gap spreads. No way through a phrase is gone twice,
//! so that the work is bounded by the length of the phrase times its spread, however it is written.

use super::positions::Positions;
use super::program::Program;
use super::sight::{Passing, Seen, Sight};
use super::sketch::{Kept, Sketch};
use super::step::{Set, Step, Steps, Task, items};
use crate::text::phrase::{LONGEST_GAP, MOST_MARKS_IN_GAP};

/// Follows phrases in one text.
#[derive(Clone, Copy)]
pub(super) struct Matcher<'s> {
    pub(super) program: &'s Program,
    pub(super) sight: &'s Sight,
}

impl Matcher<'_> {
    /// Where the longest way of a sequence ends that begins at a token.
    pub(super) fn longest(&self, steps: Steps<'_>, start: usize) -> Option<usize> {
        self.follow(steps, Positions::one(start)).last()
    }

    /// Where a sequence leads.
    fn follow(&self, steps: Steps<'_>, from: Positions) -> Positions {
        let mut here = from;
        let mut rest = steps;
        while let Some((step, after)) = rest.split_first() {
            rest = after;
            here = match step.task() {
                Task::Group(length) => {
                    let (content, after) = after.split_at(length as usize);
                    rest = after;
                    let reached = self.any_of(step, content, here);
                    self.narrow(if step.is_optional() { here.and(reached) } else { reached }, step)
                }
                Task::Gap(words) => self.across(words, here, self.program.sketch(step.ahead)),
                _ => match here.only() {
                    // Mostly there is one place to be at, and one to go to.
                    Some(at) if !self.fits(step, self.seen(at)) => {
                        if step.is_optional() {
                            here
                        } else {
                            Positions::NONE
                        }
                    }
                    Some(_) if !step.is_optional() => here.next(),
                    _ => self.step(step, here),
                },
            };
            if here.is_none() {
                break;
            }
        }
        here
    }

    /// Of several places those where what comes behind a step can begin: mostly one is left.
    #[inline]
    fn narrow(&self, places: Positions, step: Step) -> Positions {
        if places.only().is_some() || places.is_none() {
            return places;
        }
        places.keep(|at| self.program.meets(&self.seen(at).sketch, step.ahead))
    }

    /// Where a group leads, if it can begin at all.
    #[inline]
    fn any_of(&self, group: Step, alternatives: Steps<'_>, from: Positions) -> Positions {
        let here = match from.only() {
            Some(only) => self.seen(only).sketch,
            None => {
                let mut any = Sketch::NONE;
                from.each(|at| any.add(self.seen(at).sketch));
                any
            }
        };
        if self.program.meets(&here, group.first) {
            self.alternatives(&here, alternatives, from)
        } else {
            Positions::NONE
        }
    }

    /// Where the alternatives of a group lead that can begin with what is there.
    fn alternatives(&self, here: &Sketch, alternatives: Steps<'_>, from: Positions) -> Positions {
        let mut reached = Positions::NONE;
        let begins = |step: &Step| self.program.meets(here, step.first);
        for (step, content) in items(alternatives).filter(|(step, _)| begins(step)) {
            reached = reached.and(match step.task() {
                Task::Branch(_) => self.follow(content, from),
                Task::ClassBranches(class) => {
                    let branches = self.program.class(class).map_or((0, 0), |class| class.branches);
                    self.alternatives(here, self.program.steps(branches), from)
                }
                _ => self.step(step, from),
            });
        }
        reached
    }

    /// What there is at a place; the last is the end of the text.
    #[inline]
    fn seen(&self, at: usize) -> &Seen {
        self.sight.seen.get(at).unwrap_or(&Seen::NOTHING)
    }

    /// Where a step of one token leads.
    #[inline(never)]
    fn step(&self, step: Step, from: Positions) -> Positions {
        let reached = from.keep(|at| self.fits(step, self.seen(at))).next();
        if step.is_optional() { self.narrow(from.and(reached), step) } else { reached }
    }

    #[inline]
    fn fits(&self, step: Step, seen: &Seen) -> bool {
        match step.task() {
            Task::Word(word) => seen.word == word,
            Task::Set(set) => {
                self.program.meets(&seen.sketch, step.first) && self.is_one_of(set, step.first, seen)
            }
            Task::Class(class) => self.is_of(class, seen),
            _ => false,
        }
    }

    /// Whether a token that may be one of a set is one of it.
    #[inline(never)]
    fn is_one_of(&self, set: Set, first: Kept, seen: &Seen) -> bool {
        self.is_in(set, seen) || seen.sketch.shares_kind(self.program.sketch(first))
    }

    /// Whether a token is one of a set, its kind left aside.
    #[inline]
    fn is_in(&self, set: Set, seen: &Seen) -> bool {
        let codes = self.program.codes(set);
        let has = |wanted| codes.iter().any(|code| code == wanted);
        has(seen.word) || self.sight.leaves(seen).iter().any(|leaf| has(leaf.code()))
    }

    /// Whether a token is one of the single tokens of a class.
    #[inline]
    pub(super) fn is_of(&self, class: u32, seen: &Seen) -> bool {
        seen.sketch.may_be_of(class)
            && (self.program.classes() <= Sketch::CLASSES || self.is_member(class, seen))
    }

    /// The same where classes are so many that they share bits.
    #[inline(never)]
    fn is_member(&self, class: u32, seen: &Seen) -> bool {
        let Some(class) = self.program.class(class) else { return false };
        let kinds = self.program.leaves(class.set).filter_map(Sketch::of_kind);
        self.is_in(class.set, seen) || kinds.into_iter().any(|kind| seen.sketch.shares_kind(kind))
    }

    /// Where a gap leads, those places left out where what comes next cannot begin.
    fn across(&self, words: u32, from: Positions, next: Sketch) -> Positions {
        let mut reached = Positions::NONE;
        from.each(|at| reached = reached.and(Positions::some(at, self.behind_gap(words, at, next))));
        reached
    }

    /// A bit for each place, from one on, that a gap leads to and where what comes next can begin.
    fn behind_gap(&self, mut words: u32, at: usize, next: Sketch) -> u32 {
        const { assert!(LONGEST_GAP as u32 + (MOST_MARKS_IN_GAP as u32) < u32::BITS) }
        let mut marks = u32::from(MOST_MARKS_IN_GAP);
        let (mut reached, mut bit) = (0, 1u32);
        for seen in self.sight.seen.get(at..).unwrap_or_default() {
            if seen.sketch.meets(&next) {
                reached |= bit;
            }
            bit <<= 1;
            let left = match seen.passing {
                Passing::AsWord => &mut words,
                Passing::AsMark => &mut marks,
                Passing::Never => break,
            };
            match left.checked_sub(1) {
                Some(fewer) => *left = fewer,
                None => break,
            }
        }
        reached
    }
}
