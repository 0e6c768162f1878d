//! A lexicon: what the words of one language mean, compiled.

use std::sync::Arc;

use super::act::Acts;
use super::reading::LanguageId;
use crate::text::FullStops;
use crate::text::phrase::PhraseError;
use crate::text::scan::{Plane, Scanner, ScannerBuilder, WordFlags};
use crate::text::token::{Token, Tokens};

/// A weight as a policy writes it, in hundredths, so that sums are exact.
pub(crate) type Weight = i32;

/// What a phrase means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    Act(u8),
    /// Silences an act where the two overlap, and no other.
    NotAct(u8),
    /// Silences a signal where the two overlap.
    NotSignal(u8),
    Formal(Weight),
    Informal(Weight),
    Register(Weight),
    Intent(u8, Weight),
    Signal(u8),
    /// A phrase of a rule, by the rule's own number.
    Rule(u32),
}

const ACTS: Plane = Plane(0);
const ADDRESS: Plane = Plane(1);
const REGISTER: Plane = Plane(2);
const INTENTS: Plane = Plane(3);
/// From here on every overlapping act and every signal has a plane of its own.
const FIRST_OWN: u8 = 4;

pub(super) const NEGATION: WordFlags = 1;
pub(super) const ADVERSATIVE: WordFlags = 2;
pub(super) const ABBREVIATION: WordFlags = 4;
pub(super) const AFTER_ORDINAL: WordFlags = 8;

/// The lexicon of one language.
#[derive(Clone, Debug)]
pub(crate) struct Lexicon {
    pub(super) language: LanguageId,
    pub(super) scanner: Scanner,
    pub(super) meanings: Vec<Meaning>,
}

impl FullStops for Lexicon {
    fn is_abbreviation(&self, tokens: &Tokens, token: &Token) -> bool {
        self.scanner.flags_of(tokens, token) & ABBREVIATION != 0
    }

    fn follows_ordinal(&self, tokens: &Tokens, token: &Token) -> bool {
        self.scanner.flags_of(tokens, token) & AFTER_ORDINAL != 0
    }
}

/// All that one language listens for, collected from a document.
#[derive(Debug)]
pub(crate) struct Sheet<'n> {
    pub(super) language: LanguageId,
    /// The name of each class, and where its members end; they begin where those of the class before end.
    pub(super) classes: Vec<(&'n str, usize)>,
    pub(super) members: Vec<&'n str>,
    pub(super) flags: Vec<(&'n str, WordFlags)>,
    pub(super) phrases: Vec<(&'n str, Meaning)>,
}

/// A phrase of a sheet that cannot be read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(super) part: Part,
    pub(super) error: PhraseError,
}

/// What of a sheet, by its place in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Member(usize),
    Phrase(usize),
}

impl<'n> Sheet<'n> {
    pub(super) fn new(language: Arc<str>) -> Self {
        Sheet {
            language: LanguageId(language),
            classes: Vec::new(),
            members: Vec::new(),
            flags: Vec::new(),
            phrases: Vec::new(),
        }
    }

    pub(super) fn negation(&mut self, word: &'n str) {
        self.flags.push((word, NEGATION));
    }

    pub(super) fn adversative(&mut self, word: &'n str) {
        self.flags.push((word, ADVERSATIVE));
    }

    /// Of an abbreviation of several parts (`z.B.`) the last is what stands before the final stop.
    pub(super) fn abbreviation(&mut self, written: &'n str) {
        let last = written.trim_end_matches('.').rsplit('.').next().unwrap_or(written);
        self.flags.push((last, ABBREVIATION));
    }

    /// A word that an ordinal can stand before.
    pub(super) fn after_ordinal(&mut self, word: &'n str) {
        self.flags.push((word, AFTER_ORDINAL));
    }

    /// Compiles the lexicon; phrases that cannot be read are left out and told of.
    pub(super) fn compile(&self, acts: &Acts) -> (Lexicon, Vec<Fault>) {
        self.compile_with(acts, true)
    }

    /// Compiles the lexicon with a payload for each phrase: its place in the sheet.
    pub(super) fn compile_apart(&self, acts: &Acts) -> Lexicon {
        self.compile_with(acts, false).0
    }

    fn compile_with(&self, acts: &Acts, shared: bool) -> (Lexicon, Vec<Fault>) {
        let mut builder = LexiconBuilder {
            acts,
            shared,
            scanner: Scanner::builder(),
            meanings: Vec::new(),
            act_payloads: vec![None; acts.iter().count()],
        };
        builder.scanner.set_aside(INTENTS);
        builder.scanner.reserve(self.phrases.len(), self.members.len());
        let mut faults = Vec::new();
        for &(word, flags) in &self.flags {
            builder.scanner.flag(word, flags);
        }
        let mut from = 0;
        for &(name, end) in &self.classes {
            builder.scanner.class(name, self.members.get(from..end).unwrap_or_default().iter().copied());
            from = end;
        }
        let mut report = |member, error| faults.push(Fault { part: Part::Member(member), error });
        builder.scanner.read_classes(&mut report);
        for (at, &(phrase, meaning)) in self.phrases.iter().enumerate() {
            if let Err(error) = builder.hear(phrase, meaning) {
                faults.push(Fault { part: Part::Phrase(at), error });
            }
        }
        let LexiconBuilder { scanner, meanings, .. } = builder;
        (Lexicon { language: self.language.clone(), scanner: scanner.build(), meanings }, faults)
    }
}

/// Gives every phrase of one language its payload.
struct LexiconBuilder<'a> {
    acts: &'a Acts,
    /// Whether the phrases of an act share a payload.
    shared: bool,
    scanner: ScannerBuilder,
    meanings: Vec<Meaning>,
    /// The payload already reserved for a meaning that many phrases share.
    act_payloads: Vec<Option<u32>>,
}

impl LexiconBuilder<'_> {
    /// Adds a phrase with its meaning.
    fn hear(&mut self, phrase: &str, meaning: Meaning) -> Result<(), PhraseError> {
        let payload = match meaning {
            Meaning::Act(act) if self.shared => {
                match self.act_payloads.get(usize::from(act)).copied().flatten() {
                    Some(payload) => payload,
                    None => {
                        let payload = self.payload(meaning);
                        if let Some(slot) = self.act_payloads.get_mut(usize::from(act)) {
                            *slot = Some(payload);
                        }
                        payload
                    }
                }
            }
            _ => self.payload(meaning),
        };
        self.scanner.add(phrase, payload)
    }

    fn payload(&mut self, meaning: Meaning) -> u32 {
        self.meanings.push(meaning);
        self.scanner.payload(self.plane(meaning))
    }

    fn plane(&self, meaning: Meaning) -> Plane {
        let overlapping = self.acts.iter().filter(|(_, traits)| traits.overlaps);
        match meaning {
            Meaning::Act(act) => match overlapping.clone().position(|(id, _)| id.index() == act) {
                Some(position) => own_plane(position),
                None => ACTS,
            },
            Meaning::Formal(_) | Meaning::Informal(_) => ADDRESS,
            Meaning::Register(_) => REGISTER,
            Meaning::Intent(..) => INTENTS,
            Meaning::Signal(signal) => own_plane(overlapping.count() + usize::from(signal)),
            Meaning::NotAct(_) | Meaning::NotSignal(_) | Meaning::Rule(_) => Plane::FREE,
        }
    }
}

fn own_plane(position: usize) -> Plane {
    let plane = usize::from(FIRST_OWN) + position;
    Plane(u8::try_from(plane).unwrap_or(u8::MAX))
}
