//! Anchors: by which of its tokens a phrase is found.
//!
//! A phrase can only stand where each of its parts stands. So it is enough to look for it where the rarest of them
//! does: `send oss en (pm|dm)` is not looked for at every `en`. How rare a word is in texts is not known; that many
//! phrases ask for it is taken as a sign that it is common, which it is of the words that hold a language together.

use super::index::{Anchor, Demand, Index, IndexBuilder, Places};
use super::program::Program;
use super::reach::Reach;
use super::sketch::Sketch;
use super::step::{Set, Step, Steps, Task, items};
use crate::text::phrase::{Kind, Leaf, LeafSort};

/// What cannot be an anchor costs so much.
const NEVER: u32 = u32::MAX;

/// What is known of a sequence, or of one item of it.
#[derive(Clone, Copy, Debug)]
struct Outline {
    /// What lies between what stands before it and behind it.
    reach: Reach,
    /// How much there is to be looked at when it is the anchor.
    cost: u32,
}

impl Outline {
    /// No token at all.
    const NOTHING: Outline = Outline { reach: Reach::NOTHING, cost: NEVER };

    fn token(cost: u32) -> Outline {
        Outline { reach: Reach { fewest: 1, words: 1, within: false }, cost }
    }

    /// Either of two.
    fn or(self, other: Outline) -> Outline {
        Outline { reach: self.reach.or(other.reach), cost: self.cost.saturating_add(other.cost) }
    }

    fn may_be_nothing(&self) -> bool {
        self.reach.fewest == 0
    }
}

/// The ends of a sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    First,
    Last,
}

/// An item of a sequence: the step, what belongs to it, and what is known of it.
#[derive(Clone, Copy, Debug)]
struct Item<'p> {
    step: Step,
    content: Steps<'p>,
    outline: Outline,
}

/// What stands around a sequence, or around an item of it.
#[derive(Clone, Copy, Debug)]
struct Around {
    /// What the phrase has before it.
    before: Reach,
    /// What stands on either side.
    sides: [Side; 2],
    /// Whether it is what the phrase begins with, or the phrase itself.
    first: bool,
}

impl Around {
    /// What stands around a part of it, which may not be all that the phrase begins with.
    fn within(self) -> Around {
        Around { first: false, ..self }
    }
}

/// What stands on one side.
#[derive(Clone, Copy, Debug)]
struct Side {
    /// What the very next token must be.
    neighbour: Sketch,
    /// What must stand further away.
    wanted: Option<Wanted>,
}

impl Side {
    /// Whatever there is.
    const ANYTHING: Side = Side { neighbour: Sketch::ANYTHING, wanted: None };
}

/// What must stand further away, behind what, and how often it is met.
#[derive(Clone, Copy, Debug)]
struct Wanted {
    sketch: Sketch,
    reach: Reach,
    cost: u32,
}

/// Chooses the anchors of phrases.
pub(super) struct Anchors<'p> {
    program: &'p Program,
    places: Places,
    /// By place: how often leaves are met, by and large.
    costs: Vec<u32>,
    /// What has been found out about classes: their single tokens, their sequences.
    classes: Vec<Option<[Outline; 2]>>,
    /// The items of the sequences being looked at, those of the innermost last.
    items: Vec<Item<'p>>,
    index: IndexBuilder,
}

impl<'p> Anchors<'p> {
    pub(super) fn new(program: &'p Program, places: Places) -> Anchors<'p> {
        Anchors {
            program,
            places,
            costs: costs(program, places),
            classes: vec![None; program.classes() as usize],
            items: Vec::new(),
            index: IndexBuilder::new(places, program.classes()),
        }
    }

    /// Anchors phrases, each given by its number.
    pub(super) fn index(&mut self, phrases: impl Iterator<Item = (u32, Steps<'p>)> + Clone) -> Index {
        self.index.reserve(phrases.clone().count());
        for (phrase, steps) in phrases {
            let around = Around { before: Reach::NOTHING, sides: [Side::ANYTHING; 2], first: true };
            self.sequence(phrase, steps, around);
        }
        let next = IndexBuilder::new(self.places, self.program.classes());
        std::mem::replace(&mut self.index, next).finish()
    }

    /// Anchors a phrase by a sequence of it: at the item that costs least.
    fn sequence(&mut self, phrase: u32, steps: Steps<'p>, around: Around) {
        let mut all = items(steps);
        if let (Some((step, content)), None) = (all.next(), all.next()) {
            return self.item(phrase, step, content, around);
        }
        let base = self.items.len();
        self.read(steps);
        let items = self.items.get(base..).unwrap_or_default();
        let best = cheapest(items).map_or(0, |(best, _)| best);
        let (before, rest) = items.split_at_checked(best).unwrap_or_default();
        if let Some((&item, after)) = rest.split_first() {
            let [left, right] = around.sides;
            // What the phrase begins with is looked for where it may begin.
            let further = before.get(usize::from(around.first)..).unwrap_or_default();
            let sides = [
                Side {
                    neighbour: self.edge(before.iter().rev(), End::Last, left.neighbour),
                    wanted: self.wanted(further.iter().rev(), End::Last, left.wanted),
                },
                Side {
                    neighbour: self.edge(after.iter(), End::First, right.neighbour),
                    wanted: self.wanted(after.iter(), End::First, right.wanted),
                },
            ];
            let first = around.first && best == 0;
            let before =
                before.iter().fold(around.before, |reach, item| before_and(reach, item.outline.reach));
            self.items.truncate(base);
            self.item(phrase, item.step, item.content, Around { before, sides, first });
        }
    }

    /// Anchors a phrase by an item of it, or by an alternative of a group.
    fn item(&mut self, phrase: u32, step: Step, content: Steps<'p>, around: Around) {
        let program = self.program;
        match step.task() {
            Task::Word(word) => {
                let anchor = self.anchor(phrase, around);
                self.index.leaves(anchor, [Leaf::new(LeafSort::Word, word)].into_iter());
            }
            Task::Set(set) => {
                let anchor = self.anchor(phrase, around);
                self.index.leaves(anchor, program.leaves(set));
            }
            Task::Class(class) => {
                let anchor = self.anchor(phrase, around);
                self.index.class(anchor, class);
            }
            Task::Branch(_) => self.sequence(phrase, content, around.within()),
            Task::Group(_) => self.alternatives(phrase, content, around.within()),
            Task::ClassBranches(class) => {
                let branches = program.class(class).map_or((0, 0), |class| class.branches);
                self.alternatives(phrase, program.steps(branches), around.within());
            }
            Task::Gap(_) => {}
        }
    }

    fn anchor(&mut self, phrase: u32, around: Around) -> Anchor {
        let Around { before, sides, first } = around;
        let neighbours = sides.map(|side| self.index.keep(side.neighbour));
        let demands = sides.map(|side| match side.wanted {
            Some(Wanted { sketch, reach, .. }) => Demand { sketch: self.index.keep(sketch), reach },
            None => Demand::NONE,
        });
        Anchor { phrase, before, first, neighbours, demands }
    }

    fn alternatives(&mut self, phrase: u32, alternatives: Steps<'p>, around: Around) {
        for (step, content) in items(alternatives) {
            self.item(phrase, step, content, around);
        }
    }

    /// Finds out about the items of a sequence and puts them on the stack.
    fn read(&mut self, steps: Steps<'p>) {
        for (step, content) in items(steps) {
            let outline = self.outline(step, content);
            self.items.push(Item { step, content, outline });
        }
    }

    fn outline(&mut self, step: Step, content: Steps<'p>) -> Outline {
        let outline = self.outline_of(step, content);
        if step.is_optional() { outline.or(Outline::NOTHING) } else { outline }
    }

    /// The same of what may not be left out.
    fn outline_of(&mut self, step: Step, content: Steps<'p>) -> Outline {
        match step.task() {
            Task::Word(word) => Outline::token(self.cost(Leaf::new(LeafSort::Word, word))),
            Task::Set(set) => Outline::token(self.cost_of(set)),
            Task::Class(class) => self.class(class)[0],
            Task::ClassBranches(class) => self.class(class)[1],
            Task::Gap(words) => {
                Outline { reach: Reach { fewest: 0, words: words as u16, within: true }, cost: NEVER }
            }
            Task::Group(_) => self.any_of(content),
            Task::Branch(_) => {
                let base = self.items.len();
                self.read(content);
                let items = self.items.get(base..).unwrap_or_default();
                let outline = Outline {
                    reach: items.iter().fold(Reach::NOTHING, |reach, item| reach.and(item.outline.reach)),
                    cost: cheapest(items).map_or(NEVER, |(_, cost)| cost),
                };
                self.items.truncate(base);
                outline
            }
        }
    }

    fn any_of(&mut self, alternatives: Steps<'p>) -> Outline {
        let outlines = items(alternatives).map(|(step, content)| self.outline(step, content));
        outlines.reduce(Outline::or).unwrap_or(Outline::NOTHING)
    }

    fn class(&mut self, class: u32) -> [Outline; 2] {
        if let Some(&Some(outlines)) = self.classes.get(class as usize) {
            return outlines;
        }
        let program = self.program;
        let Some(body) = program.class(class) else { return [Outline::NOTHING; 2] };
        let single = Outline::token(self.cost_of(body.set));
        let outlines = [single, self.any_of(program.steps(body.branches))];
        if let Some(slot) = self.classes.get_mut(class as usize) {
            *slot = Some(outlines);
        }
        outlines
    }

    fn cost(&self, leaf: Leaf) -> u32 {
        self.costs.get(self.places.leaf(leaf)).copied().unwrap_or(0)
    }

    fn cost_of(&self, set: Set) -> u32 {
        self.program.leaves(set).fold(0, |sum: u32, leaf| sum.saturating_add(self.cost(leaf)))
    }

    /// What the token at an end of a step must be, and whether the step can be no token.
    fn end(&self, step: Step, content: Steps<'_>, end: End) -> (Sketch, bool) {
        match step.task() {
            Task::Word(_) | Task::Set(_) | Task::Class(_) => {
                (self.program.sketch(step.first), step.is_optional())
            }
            Task::Gap(_) => (Sketch::ANYTHING, true),
            Task::Group(_) => {
                let (sketch, nothing) = self.end_of_any(content, end);
                (sketch, nothing || step.is_optional())
            }
            Task::ClassBranches(class) => {
                let branches = self.program.class(class).map_or((0, 0), |class| class.branches);
                self.end_of_any(self.program.steps(branches), end)
            }
            Task::Branch(_) => {
                let mut edge = (Sketch::NONE, true);
                for (step, content) in items(content) {
                    let (mut sketch, nothing) = self.end(step, content, end);
                    match end {
                        End::First => {
                            edge.0.add(sketch);
                            edge.1 = nothing;
                            if !nothing {
                                break;
                            }
                        }
                        End::Last => {
                            if nothing {
                                sketch.add(edge.0);
                            }
                            edge = (sketch, nothing && edge.1);
                        }
                    }
                }
                edge
            }
        }
    }

    fn end_of_any(&self, alternatives: Steps<'_>, end: End) -> (Sketch, bool) {
        let mut any = (Sketch::NONE, false);
        for (step, content) in items(alternatives) {
            let (sketch, nothing) = self.end(step, content, end);
            any.0.add(sketch);
            any.1 |= nothing;
        }
        any
    }

    /// What the token at the edge of some items must be: that of the first that cannot be left out, or of one before
    /// it.
    fn edge<'i>(&self, items: impl Iterator<Item = &'i Item<'p>>, end: End, beyond: Sketch) -> Sketch
    where
        'p: 'i,
    {
        let mut edge = Sketch::NONE;
        for item in items {
            edge.add(self.end(item.step, item.content, end).0);
            if !item.outline.may_be_nothing() {
                return edge;
            }
        }
        edge.add(beyond);
        edge
    }

    /// Of the items on one side of an anchor, and what is wanted beyond them, what costs least: it must stand there and
    /// be no neighbour.
    fn wanted<'i>(
        &self,
        items: impl Iterator<Item = &'i Item<'p>>,
        end: End,
        beyond: Option<Wanted>,
    ) -> Option<Wanted>
    where
        'p: 'i,
    {
        let mut between = Reach::NOTHING;
        let mut least = NEVER;
        let mut best = None;
        for item in items {
            let Outline { reach, cost } = item.outline;
            if reach.fewest > 0 && cost < least && !between.is_nothing() && between.words <= FURTHEST {
                least = cost;
                best = Some((item, between));
            }
            between = between.and(reach);
        }
        let beyond = beyond.filter(|beyond| beyond.cost < least);
        let beyond = beyond.map(|beyond| Wanted { reach: between.and(beyond.reach), ..beyond });
        let best = best.map(|(item, reach)| {
            let (sketch, _) = self.end(item.step, item.content, end);
            Wanted { sketch, reach, cost: least }
        });
        beyond.filter(|beyond| beyond.reach.words <= FURTHEST).or(best)
    }
}

/// By place: how often each leaf is met, by and large. That many phrases ask for it says that it is.
fn costs(program: &Program, places: Places) -> Vec<u32> {
    let mut counts = vec![0u32; places.leaves()];
    let mut ask = |leaf, times| {
        if let Some(count) = counts.get_mut(places.leaf(leaf)) {
            *count = count.saturating_add(times);
        }
    };
    let mut classes = vec![0u32; program.classes() as usize];
    for step in program.all().iter() {
        match step.task() {
            Task::Word(word) => ask(Leaf::new(LeafSort::Word, word), 1),
            Task::Set(set) => program.leaves(set).for_each(|leaf| ask(leaf, 1)),
            Task::Class(class) => {
                if let Some(count) = classes.get_mut(class as usize) {
                    *count += 1;
                }
            }
            _ => {}
        }
    }
    for (class, times) in (0..).zip(classes) {
        if let Some(class) = program.class(class) {
            program.leaves(class.set).for_each(|leaf| ask(leaf, times));
        }
    }
    // Words and spellings cost what was counted.
    for sort in [LeafSort::Prefix, LeafSort::Suffix, LeafSort::CasedPrefix, LeafSort::CasedSuffix] {
        for count in counts.get_mut(places.of_sort(sort)).unwrap_or_default() {
            *count = count.saturating_mul(3).saturating_add(5);
        }
    }
    for (_, kind) in Kind::ALL {
        if let Some(count) = counts.get_mut(places.kind(kind as u32)) {
            *count = if kind == Kind::Word { 100_000 } else { 1_000 };
        }
    }
    counts
}

/// What a phrase has before an item, and this: what it begins with may be a token at which a sentence ends.
fn before_and(before: Reach, item: Reach) -> Reach {
    let begins = before.is_nothing() && item.words == 1;
    before.and(Reach { within: item.within || begins, ..item })
}

/// The item to anchor at, and what that costs: where tokens before it may be left out, there are more places where
/// the phrase may begin.
fn cheapest(items: &[Item<'_>]) -> Option<(usize, u32)> {
    let mut before = Reach::NOTHING;
    let mut best = None;
    for (at, item) in items.iter().enumerate() {
        let Outline { reach, cost } = item.outline;
        if reach.fewest > 0 && cost < NEVER {
            let starts = u32::from(before.words.saturating_sub(before.fewest)) + 1;
            let cost = cost.saturating_mul(starts).min(NEVER - 1);
            if best.is_none_or(|(_, least)| cost < least) {
                best = Some((at, cost));
            }
        }
        before = before.and(reach);
    }
    best
}

/// Nothing is demanded that may stand further away than so many words.
const FURTHEST: u16 = 20;

#[cfg(test)]
mod tests {
    use super::super::compile::ProgramBuilder;
    use super::*;
    use crate::text::phrase::{Classes, Leaves, PhraseReader};

    /// Of each phrase the words it is anchored at, sorted.
    fn anchors(phrases: &[&str]) -> Vec<Vec<String>> {
        let (mut reader, mut leaves) = (PhraseReader::default(), Leaves::default());
        let (classes, mut program) = (Classes::default(), ProgramBuilder::default());
        let mut compiled = Vec::new();
        for phrase in phrases {
            let read = reader.read(phrase, &mut leaves, &classes).expect(phrase);
            compiled.push(program.add(read.ops, &classes).expect("few").0);
        }
        let (program, places) = (program.finish(), Places::new(&leaves));
        let numbered = (0..).zip(compiled.into_iter().map(|steps| program.steps(steps)));
        let index = Anchors::new(&program, places).index(numbered);
        let mut words = vec![Vec::new(); phrases.len()];
        for word in (0..leaves.count(LeafSort::Word) as u32).map(|number| Leaf::new(LeafSort::Word, number)) {
            for anchor in index.at(places.leaf(word)).iter().filter_map(|number| index.anchor(number)) {
                words[anchor.phrase as usize].push(leaves.spelling(word).to_owned());
            }
        }
        words.iter_mut().for_each(|words| words.sort());
        words
    }

    #[test]
    fn a_phrase_is_anchored_at_what_others_ask_for_least() {
        let phrases = ["vi ringer", "vi skriver", "vi (skriver|ringer) tilbake", "[kjære] vi"];
        assert_eq!(anchors(&phrases), [["ringer"], ["skriver"], ["tilbake"], ["vi"]]);
    }

    #[test]
    fn a_phrase_of_alternatives_is_anchored_in_each() {
        assert_eq!(anchors(&["(takk|tusen takk|på forhånd takk)", "takk takk"])[0], ["på", "takk", "tusen"]);
    }

    #[test]
    fn an_anchor_behind_what_may_be_left_out_costs_more() {
        assert_eq!(anchors(&["a [x] [x] [x] b", "a a", "c a"])[0], ["a"]);
        assert_eq!(anchors(&["a b", "a a", "c a"])[0], ["b"]);
    }
}
