//! The scanner: all phrases of a language, heard in a text.
//!
//! A policy listens for thousands of phrases, most of them with classes, options and gaps; a text has a few dozen
//! words. To follow every phrase from every word on means to follow a great many that come to nothing, for phrases
//! begin as language does, with `vi`, `the`, `ich`. So a phrase is not looked for where it begins but where its rarest
//! part stands:
//!
//! 1. `compile` makes a `program` of all phrases: each is a list of `step`s, and no option is multiplied out.
//! 2. `anchor`: each phrase gets an *anchor*, the part that every reading of it passes and that is asked for least
//!    by other phrases: a word, one of several words, a class. `index` lists for every word, stem, kind and class
//!    the phrases that are anchored there.
//! 3. `vocabulary`: a token of a text is looked up once. What there is to `learn` of it beforehand fits into a
//!    `sketch` of three numbers: the word it is, its stems, its kind, its classes. `sight` is what has been seen so.
//! 4. For each anchor that a token is, the sketches of the tokens beside it are held against what the phrase asks for
//!    there, and those of the tokens that gaps can `reach` against what must stand further away on either side. That
//!    takes a few instructions and leaves, of all anchors, few.
//! 5. `matcher`: what is left is followed step by step, from wherever the phrase may begin, to its longest end.
//! 6. `compete`: phrases of one *plane* compete. At the earliest start the longest is heard, and nothing else of
//!    that plane inside it. Phrases of different planes do not see each other, so that those of a plane which nobody
//!    asks for need not be looked for: one can be set aside in an index of its own.
//!
//! What a scan costs: one look-up a token, a comparison for each phrase that is anchored at it, and the following of
//! the few that may stand there. A phrase more in the policy costs nothing but where its rarest word is said. The
//! work at one token is bounded by the policy, since a gap passes over a limited number of tokens, so that it grows
//! with the length of a text and no faster, whatever the text.
//!
//! A scanner that is built consists of rows of numbers (`text::rows`), so that one which was stored is read where it
//! lies: to have it costs next to nothing, and what no text asks for is never looked at.

mod anchor;
mod build;
mod compete;
mod compile;
mod ending;
mod index;
mod learn;
mod matcher;
mod positions;
mod program;
mod reach;
mod sight;
mod sketch;
mod stems;
mod step;
mod vocabulary;

#[cfg(test)]
mod tests;

pub(crate) use build::ScannerBuilder;

use std::ops::Range;

use crate::Span;
use crate::text::phrase::{Leaf, LeafSort, Start};
use crate::text::token::{Shape, Token, TokenKind, Tokens};
use compete::Found;
use ending::text_end;
use index::{Demand, Index};
use matcher::Matcher;
use program::{Phrase, Program};
use reach::Reach;
use sight::Sight;
use sketch::Sketch;
use step::Steps;
use vocabulary::Vocabulary;

/// The full stop: the first word of every scanner.
const STOP: Leaf = Leaf::new(LeafSort::Word, 0);

/// A group of phrases that compete: of those that overlap only the leftmost-longest is heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Plane(pub(crate) u8);

impl Plane {
    /// No competition: every phrase that stands in the text is heard.
    pub(crate) const FREE: Plane = Plane(u8::MAX);
}

/// A phrase heard in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Hit {
    /// Where it stands.
    pub(crate) span: Span,
    /// Index of its first token.
    pub(crate) first: u32,
    /// Index of the token after its last one.
    pub(crate) end: u32,
    /// What was given with the phrase when it was added.
    pub(crate) payload: u32,
}

/// What a scan looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Every phrase.
    All,
    /// Those that are not set aside.
    Usual,
}

/// Properties a policy gives to single words, as bits of its own choosing.
pub(crate) type WordFlags = u8;

/// A compiled set of phrases. Immutable; one can serve any number of threads.
#[derive(Clone, Debug)]
pub(crate) struct Scanner {
    vocabulary: Vocabulary,
    index: Index,
    /// The phrases that are not always looked for.
    aside: Index,
    program: Program,
    planes: Vec<Plane>,
}

/// Memory a scan works in; reuse it and a scan allocates nothing.
#[derive(Clone, Debug, Default)]
pub(crate) struct ScanScratch {
    sight: Sight,
    found: Vec<Found>,
    busy: Vec<u32>,
}

impl Scanner {
    /// An empty builder.
    pub(crate) fn builder() -> ScannerBuilder {
        ScannerBuilder::new()
    }

    /// The scanner as bytes, for [`restore`](Scanner::restore), which is to be given the planes of its payloads.
    #[cfg(test)]
    pub(crate) fn store(&self) -> Vec<u8> {
        let Scanner { vocabulary, index, aside, program, planes: _ } = self;
        postcard::to_allocvec(&(vocabulary, index, aside, program)).expect("there is memory")
    }

    /// A scanner that was stored, read where it lies; `None` where the bytes end too early or are those of something
    /// else. Bytes that svar did not write are not for it: they are not checked for sense.
    pub(crate) fn restore(stored: &'static [u8], planes: &[Plane]) -> Option<Scanner> {
        let (vocabulary, index, aside, program) = postcard::from_bytes(stored).ok()?;
        Some(Scanner { vocabulary, index, aside, program, planes: planes.to_vec() })
    }

    /// The flags of a word of the text that was [scanned](Scanner::scan) last, by the index of its token.
    pub(crate) fn flags(&self, scratch: &ScanScratch, token: usize) -> WordFlags {
        scratch.sight.seen.get(token).map_or(0, |seen| self.vocabulary.flags(seen.word))
    }

    /// The flags of a word, by the token itself.
    pub(crate) fn flags_of(&self, tokens: &Tokens, token: &Token) -> WordFlags {
        let word = self.vocabulary.find(tokens, token);
        word.map_or(0, |word| self.vocabulary.flags(word))
    }

    /// Whether some phrase asks for a word, however it is written.
    pub(crate) fn knows(&self, tokens: &Tokens, token: &Token) -> bool {
        self.vocabulary.find(tokens, token).is_some()
    }

    /// Appends every phrase heard in the text to `hits`, ordered by start, the longer first.
    pub(crate) fn scan(
        &self,
        text: &str,
        tokens: &Tokens,
        scope: Scope,
        scratch: &mut ScanScratch,
        hits: &mut Vec<Hit>,
    ) {
        let ScanScratch { sight, found, busy } = scratch;
        self.vocabulary.see(text, tokens, sight);
        found.clear();
        let tokens = tokens.as_slice();
        let matcher = Matcher { program: &self.program, sight };
        let mut search = Search { scanner: self, matcher, tokens, text_end: text_end(text, tokens), found };
        search.run(&self.index);
        if scope == Scope::All {
            search.run(&self.aside);
        }
        compete::hear(&self.planes, tokens, found, busy, hits);
    }
}

/// A token at which phrases are looked for, and what stands beside it.
#[derive(Clone, Copy)]
struct Here<'s> {
    at: usize,
    before: &'s Sketch,
    after: &'s Sketch,
}

/// A search under way.
struct Search<'s> {
    scanner: &'s Scanner,
    matcher: Matcher<'s>,
    tokens: &'s [Token],
    /// The token from which on there is nothing that counts.
    text_end: usize,
    found: &'s mut Vec<Found>,
}

impl Search<'_> {
    /// Looks for the phrases that are anchored at each token.
    fn run(&mut self, index: &Index) {
        let program = &self.scanner.program;
        let sight = self.matcher.sight;
        let mut before = &Sketch::NO_TOKEN;
        for (at, pair) in sight.seen.windows(2).enumerate() {
            let [seen, after] = pair else { break };
            let here = Here { at, before, after: &after.sketch };
            before = &seen.sketch;
            self.look(index, seen.word as usize, here);
            for &leaf in sight.leaves(seen) {
                self.look(index, index.places.leaf(leaf), here);
            }
            if !seen.sketch.meets(&index.anchored) {
                continue;
            }
            for kind in seen.sketch.shared_kinds(index.anchored) {
                self.look(index, index.places.kind(kind), here);
            }
            for bit in seen.sketch.shared_classes(index.anchored) {
                for class in (bit..program.classes()).step_by(Sketch::CLASSES as usize) {
                    if self.matcher.is_of(class, seen) {
                        self.look(index, index.places.class(class), here);
                    }
                }
            }
        }
    }

    /// Looks for the phrases that are anchored at what has a place: often there are none, and a call would be wasted.
    #[inline(always)]
    fn look(&mut self, index: &Index, place: usize, here: Here<'_>) {
        let Here { at, before, after } = here;
        for number in index.at(place).iter() {
            let Some(anchor) = index.anchor(number) else { continue };
            let [left, right] = anchor.neighbours;
            if index.meets(after, right) && index.meets(before, left) {
                self.try_one(index, number, at);
            }
        }
    }

    /// Follows a phrase from wherever it may begin when it is anchored at a token.
    #[inline(never)]
    fn try_one(&mut self, index: &Index, number: u32, at: usize) {
        let Some(anchor) = index.anchor(number) else { return };
        let sight = self.matcher.sight;
        let [before, behind] = anchor.demands;
        if !self.meets(index, behind, |reach| sight.behind(at, reach))
            || !self.meets(index, before, |reach| sight.before(at, reach))
        {
            return;
        }
        let Some(phrase) = self.scanner.program.phrase(anchor.phrase) else { return };
        let steps = self.scanner.program.steps(phrase.steps);
        if anchor.before.is_nothing() {
            // What the anchor has been found by need not be looked at again.
            let taken = usize::from(anchor.first);
            let (_, steps) = steps.split_at(taken);
            return self.follow(phrase, steps, at, at + taken);
        }
        for start in sight.starts(at, anchor.before) {
            let seen = self.matcher.sight.seen.get(start);
            if seen.is_some_and(|seen| self.scanner.program.meets(&seen.sketch, phrase.first)) {
                self.follow(phrase, steps, start, start);
            }
        }
    }

    /// Whether there is what an anchor demands of the tokens further away.
    #[inline]
    fn meets(&self, index: &Index, demand: Demand, places: impl Fn(Reach) -> Range<usize>) -> bool {
        if demand.is_none() {
            return true;
        }
        let seen = self.matcher.sight.seen.get(places(demand.reach));
        seen.is_some_and(|seen| seen.iter().any(|seen| index.meets(&seen.sketch, demand.sketch)))
    }

    /// Follows a phrase that begins at a token, from a place on to which some of its steps have led.
    fn follow(&mut self, phrase: Phrase, steps: Steps<'_>, start: usize, from: usize) {
        // At a full stop that nobody wrote nothing begins.
        let first = self.tokens.get(start).filter(|first| first.kind != TokenKind::Break);
        if !first.is_some_and(|first| may_begin(phrase.start, first)) {
            return;
        }
        let end = if steps.is_empty() { Some(from) } else { self.matcher.longest(steps, from) };
        if let Some(end) = end.filter(|&end| !phrase.text_end || end >= self.text_end) {
            self.found.push(Found::new(start, end, phrase.payload));
        }
    }
}

/// Whether a phrase that begins somewhere can begin at a token.
#[inline]
fn may_begin(start: Start, first: &Token) -> bool {
    match start {
        Start::Anywhere => true,
        Start::Opening => first.shape.has_any(Shape::SENTENCE_START.or(Shape::SALUTED)),
        Start::Sentence => first.shape.has(Shape::SENTENCE_START),
    }
}
