//! Triggers: which rules can find anything in a reply at all.
//!
//! Every rule waits for something: an act that it forbids, an emoji, a phrase of its own. For each thing that a reply
//! can hold there is a row of bits, one a rule, that says who waits for it; the rows of what stands in the reply,
//! joined, are the rules that are worth asking. So a thousand rules that wait in vain cost a few words each.

use super::measure::Measure;
use super::rule::{Kind, Rule};
use super::scene::Scene;
use super::target::Target;
use crate::case::Author;
use crate::lexicon::{ActSet, MOST_ACTS, Reading, Register, bits};

/// For all rules, what must be there for them to find anything: any of some acts, or any of some inputs.
#[derive(Clone, Debug, Default)]
pub(super) struct Triggers {
    inputs: Rows,
    acts: Rows,
    /// Acts that, in the writer's own words, are all that a rule asks for.
    content_with: Rows,
}

/// A row of bits for each of some things, one after the other.
#[derive(Clone, Debug, Default)]
struct Rows {
    /// How many words a row has.
    width: usize,
    words: Vec<u64>,
}

impl Rows {
    fn new(things: usize, width: usize) -> Rows {
        Rows { width, words: vec![0; things * width] }
    }

    fn row(&self, thing: usize) -> &[u64] {
        let from = thing * self.width;
        self.words.get(from..from + self.width).unwrap_or_default()
    }

    /// Notes that a rule waits for these things.
    fn wait(&mut self, rule: usize, things: impl Iterator<Item = usize>) {
        for thing in things {
            if let Some(word) = self.words.get_mut(thing * self.width + rule / 64) {
                *word |= 1 << (rule % 64);
            }
        }
    }
}

impl Triggers {
    pub(super) fn of(rules: &[Rule]) -> Triggers {
        let width = rules.len().div_ceil(64);
        let mut triggers = Triggers {
            inputs: Rows::new(u32::BITS as usize, width),
            acts: Rows::new(MOST_ACTS, width),
            content_with: Rows::new(MOST_ACTS, width),
        };
        for (number, rule) in rules.iter().enumerate() {
            let (mut acts, mut inputs, mut content_with) =
                (ActSet::default(), Inputs::ALWAYS, ActSet::default());
            match &rule.kind {
                Kind::Forbid(target) => (acts, inputs) = (target.acts, Inputs::of_target(target)),
                Kind::Require(target) | Kind::Prefer(target) => content_with = target.acts,
                // Too few can be found where there are none, too many only where there are some.
                Kind::Limit { min: 1.., .. } => {}
                Kind::Limit { measure, .. } => inputs = Inputs::of_measure(*measure),
                Kind::Order { act, .. } => {
                    inputs = Inputs::default();
                    acts.insert(*act);
                }
            }
            triggers.inputs.wait(number, inputs.each());
            triggers.acts.wait(number, acts.each());
            triggers.content_with.wait(number, content_with.each());
        }
        triggers
    }

    /// Fills `met` with the rules that may find something.
    pub(super) fn met(&self, present: Inputs, reading: &Reading, met: &mut Vec<u64>) {
        met.clear();
        met.resize(self.inputs.width, 0);
        for input in present.each() {
            met.iter_mut().zip(self.inputs.row(input)).for_each(|(met, row)| *met |= row);
        }
        for act in reading.all_heard.each() {
            met.iter_mut().zip(self.acts.row(act)).for_each(|(met, row)| *met |= row);
        }
        for act in reading.heard.each() {
            met.iter_mut().zip(self.content_with.row(act)).for_each(|(met, row)| *met &= !row);
        }
    }
}

/// The numbers of the bits that are set in a row.
pub(super) fn numbers(row: &[u64]) -> impl Iterator<Item = u32> {
    let mut words = (0u32..).step_by(64).zip(row);
    let (mut first, mut rest) = (0, 0u64);
    std::iter::from_fn(move || {
        while rest == 0 {
            (first, rest) = words.next().map(|(first, word)| (first, *word))?;
        }
        let number = first + rest.trailing_zeros();
        rest &= rest - 1;
        Some(number)
    })
}

/// What a detector looks at, as a set: where nothing of it stands in a reply, the detector is not asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Inputs(u32);

impl Inputs {
    const ALWAYS: Inputs = Inputs(1);
    const PATTERN: Inputs = Inputs(1 << 1);
    const PHRASES: Inputs = Inputs(1 << 2);
    const SIGNALS: Inputs = Inputs(1 << 3);
    const PERSONAL: Inputs = Inputs(1 << 4);
    const EMOJI: Inputs = Inputs(1 << 5);
    const LINKS: Inputs = Inputs(1 << 6);
    const HIDDEN: Inputs = Inputs(1 << 7);
    const PLACEHOLDERS: Inputs = Inputs(1 << 8);
    const SHOUTING: Inputs = Inputs(1 << 9);
    const STRETCHED: Inputs = Inputs(1 << 10);
    const EXCLAMATIONS: Inputs = Inputs(1 << 11);
    const ADDRESS: Inputs = Inputs(1 << 12);
    const REGISTER: Inputs = Inputs(1 << 13);
    const ACTS: Inputs = Inputs(1 << 14);
    /// Links, mentions, hashtags, e-mail addresses, whatever the host.
    const ENTITIES: Inputs = Inputs(1 << 15);
    /// A reply of ours before this one.
    const EARLIER: Inputs = Inputs(1 << 16);
    /// The time of the answer, where it is known.
    const MOMENT: Inputs = Inputs(1 << 17);
    /// A language that the reply should not be in.
    const FOREIGN: Inputs = Inputs(1 << 18);
    /// An act that is taken back.
    const TAKEN_BACK: Inputs = Inputs(1 << 19);
    /// An act that the step does not allow.
    const OUT_OF_PLACE: Inputs = Inputs(1 << 20);
    /// An offer that the case names.
    const OFFER: Inputs = Inputs(1 << 21);
    /// Markdown or HTML.
    const MARKUP: Inputs = Inputs(1 << 22);

    /// What stands in a reply.
    pub(super) fn of(scene: &Scene<'_>, any_pattern: bool, any_phrase: bool) -> Inputs {
        let reading = scene.reading;
        let address = &reading.address;
        let mut present = Inputs::ALWAYS;
        for (input, is_there) in [
            (Inputs::PATTERN, any_pattern),
            (Inputs::PHRASES, any_phrase),
            (Inputs::SIGNALS, !reading.signals.is_empty()),
            (Inputs::PERSONAL, !reading.personal_data.is_empty()),
            (Inputs::EMOJI, !reading.emoji.is_empty()),
            (Inputs::LINKS, !(reading.entities.is_empty() && reading.unlisted_links.is_empty())),
            (Inputs::HIDDEN, !reading.hidden.is_empty()),
            (Inputs::PLACEHOLDERS, !reading.placeholders.is_empty()),
            (Inputs::SHOUTING, !reading.shouting.is_empty()),
            (Inputs::STRETCHED, !reading.stretched.is_empty()),
            (Inputs::EXCLAMATIONS, !reading.exclamations.is_empty()),
            (Inputs::ADDRESS, !(address.formal.is_empty() && address.informal.is_empty())),
            (Inputs::REGISTER, reading.register.label != Register::Neutral),
            (Inputs::ACTS, !reading.acts.is_empty()),
            (Inputs::ENTITIES, !(reading.entities.is_empty() && reading.unlisted_links.is_empty())),
            (Inputs::EARLIER, scene.case.messages.iter().any(|message| message.from != Author::Customer)),
            (Inputs::MOMENT, scene.now.is_some()),
            (Inputs::FOREIGN, reading.language.is_some() && reading.language.as_ref() != scene.language),
            (Inputs::TAKEN_BACK, reading.acts.iter().any(|heard| heard.taken_back.is_some())),
            (
                Inputs::OUT_OF_PLACE,
                scene.stage.is_some_and(|stage| stage.forbidden.intersects(reading.heard)),
            ),
            (Inputs::OFFER, scene.offer.is_some()),
            (Inputs::MARKUP, !reading.markup.is_empty()),
        ] {
            present.add(input, is_there);
        }
        present
    }

    /// What a detector needs; one that is not named here is always asked.
    fn of_detector(name: &str) -> Inputs {
        match name {
            "register-too-low" | "register-too-high" => Inputs::REGISTER,
            "address-mixed" | "address-unexpected" => Inputs::ADDRESS,
            "shouting" => Inputs::SHOUTING,
            "exclamation-run" => Inputs::EXCLAMATIONS,
            "letter-run" => Inputs::STRETCHED,
            "emoji" | "emoji-not-mirrored" | "emoji-not-in-set" | "emoji-ambiguous" | "emoji-only" => {
                Inputs::EMOJI
            }
            "placeholder" => Inputs::PLACEHOLDERS,
            "raw-markup" => Inputs::MARKUP,
            "hidden" | "look-alike" => Inputs::HIDDEN,
            "link" | "link-insecure" | "link-host" | "link-shortener" | "link-not-clickable" => Inputs::LINKS,
            "personal-data" | "contact-data" | "private-mailbox" | "repeats-customer-data" => {
                Inputs::PERSONAL
            }
            "apology-taken-back" => Inputs::TAKEN_BACK,
            "undated-deadline" | "fault-admitted" => Inputs::ACTS,
            "step-forbidden" => Inputs::OUT_OF_PLACE,
            "offer-without-extra" | "offer-beyond-reason" | "offer-beyond-authority" => Inputs::OFFER,
            "promise-beyond-clock" => Inputs::SIGNALS,
            "repeats-earlier" => Inputs::EARLIER,
            "window-closed" => Inputs::MOMENT,
            "wrong-language" => Inputs::FOREIGN,
            _ => Inputs::ALWAYS,
        }
    }

    /// What must stand in a reply, beside acts, for anything of a target to be found.
    fn of_target(target: &Target) -> Inputs {
        let mut inputs = Inputs::default();
        inputs.add(Inputs::PATTERN, target.pattern.is_some());
        inputs.add(Inputs::PHRASES, target.phrases);
        inputs.add(Inputs::SIGNALS, !target.signals.is_empty());
        inputs.add(Inputs::PERSONAL, !target.personal.is_empty());
        for detector in &target.detectors {
            inputs.add(Inputs::of_detector(detector.name), true);
        }
        inputs
    }

    /// What must be there for a measure to be more than nothing.
    fn of_measure(measure: Measure) -> Inputs {
        match measure {
            Measure::Emoji => Inputs::EMOJI,
            Measure::Links | Measure::Mentions | Measure::Hashtags => Inputs::ENTITIES,
            Measure::ExclamationMarks => Inputs::EXCLAMATIONS,
            Measure::Sentences | Measure::Words | Measure::Length(_) | Measure::PublicTurns => Inputs::ALWAYS,
        }
    }

    fn add(&mut self, other: Inputs, wanted: bool) {
        if wanted {
            self.0 |= other.0;
        }
    }

    /// The number of each input of the set.
    fn each(self) -> impl Iterator<Item = usize> {
        bits(u128::from(self.0))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::rule::RuleId;
    use crate::source::Severity;

    fn set(acts: &[u8]) -> ActSet {
        let mut set = ActSet::default();
        acts.iter().for_each(|&act| set.insert(act));
        set
    }

    fn rule(kind: Kind) -> Rule {
        let text: Arc<str> = Arc::from("x");
        Rule {
            id: RuleId(Arc::clone(&text)),
            kind,
            when: Default::default(),
            excused_by: ActSet::default(),
            confirmed_by: ActSet::default(),
            severity: Severity::Error,
            severity_at: None,
            message: Arc::clone(&text),
            why: text,
            source: None,
            fix: Default::default(),
        }
    }

    proptest! {
        /// A rule is met when what it waits for is there, and what it asks for is not.
        #[test]
        fn rules_are_met_by_what_they_wait_for(
            kinds in prop::collection::vec((0..6, 0..5u8), 0..200),
            own in prop::collection::vec(0..5u8, 0..4),
            quoted in prop::collection::vec(0..5u8, 0..4),
            emoji in any::<bool>(),
        ) {
            let rules: Vec<Rule> = kinds.iter().map(|&(kind, act)| {
                let target = Target { acts: set(&[act]), ..Target::default() };
                rule(match kind {
                    0 => Kind::Forbid(target),
                    1 => Kind::Forbid(Target { phrases: true, ..target }),
                    2 => Kind::Require(target),
                    3 => Kind::Order { act, before: ActSet::default(), within_sentences: None },
                    4 => Kind::Limit { measure: Measure::Emoji, max: Some(1), min: 0 },
                    _ => Kind::Limit { measure: Measure::Emoji, max: None, min: 1 },
                })
            }).collect();
            let all: Vec<u8> = own.iter().chain(&quoted).copied().collect();
            let reading = Reading { heard: set(&own), all_heard: set(&all), ..Reading::default() };
            let mut present = Inputs::ALWAYS;
            present.add(Inputs::EMOJI, emoji);
            let mut met = Vec::new();
            Triggers::of(&rules).met(present, &reading, &mut met);
            let expected = (0u32..).zip(&kinds).filter(|&(_, &(kind, act))| match kind {
                0 | 1 | 3 => all.contains(&act),
                2 => !own.contains(&act),
                4 => emoji,
                _ => true,
            });
            prop_assert_eq!(numbers(&met).collect::<Vec<_>>(), expected.map(|it| it.0).collect::<Vec<_>>());
        }
    }

    #[test]
    fn the_numbers_of_a_row_are_its_bits() {
        assert_eq!(numbers(&[0b1001, 0, 1 << 63]).collect::<Vec<_>>(), [0, 3, 191]);
        assert_eq!(numbers(&[]).next(), None);
    }

    #[test]
    fn every_detector_that_is_named_is_there() {
        // A name that no detector has would leave one that was renamed to be asked always.
        let named = crate::rule::detect::DETECTORS.iter();
        let waiting = named.filter(|detector| Inputs::of_detector(detector.name) != Inputs::ALWAYS);
        assert_eq!(waiting.count(), 36);
    }
}
