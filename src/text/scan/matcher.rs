//! The matcher: where a phrase ends that begins at a token.
//!
//! A phrase is followed step by step, from a set of [`Positions`] to the next: a word takes each position one further
//! where it stands, a group unites where its alternatives lead, a gap spreads. No way through a phrase is gone twice,
//! so that the work is bounded by the length of the phrase times its spread, however it is written.

use super::positions::Positions;
use super::program::{Program, Set, Step, Task, items};
use super::sketch::Sketch;
use super::vocabulary::{Passing, Seen, Sight};
use crate::text::phrase::{LONGEST_GAP, MOST_MARKS_IN_GAP};

/// Follows phrases in one text.
#[derive(Clone, Copy)]
pub(super) struct Matcher<'s> {
    pub(super) program: &'s Program,
    pub(super) sight: &'s Sight,
}

impl Matcher<'_> {
    /// Where the longest way of a sequence ends that begins at a token.
    pub(super) fn longest(&self, steps: &[Step], start: usize) -> Option<usize> {
        self.follow(steps, Positions::one(start)).last()
    }

    /// Where a sequence leads.
    fn follow(&self, steps: &[Step], from: Positions) -> Positions {
        let mut here = from;
        let mut rest = steps;
        while let Some((step, after)) = rest.split_first() {
            rest = after;
            here = match step.task {
                Task::Group(length) => {
                    let (content, after) = after.split_at_checked(length as usize).unwrap_or_default();
                    rest = after;
                    let reached = self.any_of(step, content, here);
                    self.narrow(if step.optional { here.and(reached) } else { reached }, step)
                }
                Task::Gap(words) => self.across(words, here, self.program.sketch(step.ahead)),
                _ => match here.only() {
                    // Mostly there is one place to be at, and one to go to.
                    Some(at) if !self.fits(step, self.seen(at)) => {
                        if step.optional {
                            here
                        } else {
                            Positions::NONE
                        }
                    }
                    Some(_) if !step.optional => here.next(),
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
    fn narrow(&self, places: Positions, step: &Step) -> Positions {
        if places.only().is_some() || places.is_none() {
            return places;
        }
        let next = self.program.sketch(step.ahead);
        places.keep(|at| self.seen(at).sketch.meets(next))
    }

    /// Where a group leads, if it can begin at all.
    #[inline]
    fn any_of(&self, group: &Step, alternatives: &[Step], from: Positions) -> Positions {
        let here = match from.only() {
            Some(only) => self.seen(only).sketch,
            None => {
                let mut any = Sketch::NONE;
                from.each(|at| any.add(self.seen(at).sketch));
                any
            }
        };
        if here.meets(self.program.sketch(group.first)) {
            self.alternatives(&here, alternatives, from)
        } else {
            Positions::NONE
        }
    }

    /// Where the alternatives of a group lead that can begin with what is there.
    fn alternatives(&self, here: &Sketch, alternatives: &[Step], from: Positions) -> Positions {
        let mut reached = Positions::NONE;
        let begins = |step: &Step| here.meets(self.program.sketch(step.first));
        for (step, content) in items(alternatives).filter(|(step, _)| begins(step)) {
            reached = reached.and(match step.task {
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
    fn step(&self, step: &Step, from: Positions) -> Positions {
        let reached = from.keep(|at| self.fits(step, self.seen(at))).next();
        if step.optional { self.narrow(from.and(reached), step) } else { reached }
    }

    #[inline]
    fn fits(&self, step: &Step, seen: &Seen) -> bool {
        match step.task {
            Task::Word(word) => seen.word == word,
            Task::Set(set) => {
                let first = self.program.sketch(step.first);
                seen.sketch.meets(first) && self.is_one_of(set, first, seen)
            }
            Task::Class(class) => self.is_of(class, seen),
            _ => false,
        }
    }

    /// Whether a token that may be one of a set is one of it.
    #[inline(never)]
    fn is_one_of(&self, set: Set, first: &Sketch, seen: &Seen) -> bool {
        self.is_in(set, seen) || seen.sketch.shares_kind(*first)
    }

    /// Whether a token is one of a set, its kind left aside.
    #[inline]
    fn is_in(&self, set: Set, seen: &Seen) -> bool {
        let codes = self.program.codes(set);
        codes.contains(&seen.word) || self.sight.leaves(seen).iter().any(|leaf| codes.contains(&leaf.code()))
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
    fn across(&self, words: u8, from: Positions, next: &Sketch) -> Positions {
        let mut reached = Positions::NONE;
        from.each(|at| reached = reached.and(Positions::some(at, self.behind_gap(words, at, next))));
        reached
    }

    /// A bit for each place, from one on, that a gap leads to and where what comes next can begin.
    fn behind_gap(&self, mut words: u8, at: usize, next: &Sketch) -> u32 {
        const { assert!(LONGEST_GAP as u32 + (MOST_MARKS_IN_GAP as u32) < u32::BITS) }
        let mut marks = MOST_MARKS_IN_GAP;
        let (mut reached, mut bit) = (0, 1u32);
        for seen in self.sight.seen.get(at..).unwrap_or_default() {
            if seen.sketch.meets(next) {
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
