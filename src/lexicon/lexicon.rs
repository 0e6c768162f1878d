//! A lexicon: what the words of one language mean, compiled.

use super::act::{Acts, MOST_ACTS, MOST_SIGNALS};
use super::reading::LanguageId;
use super::ready::{Mark, Ready};
use super::sheet::{ABBREVIATION, AFTER_ORDINAL, Meaning, NEGATION, SALUTATION, Sheet, TYPICAL, UNIT};
use crate::text::SentenceWords;
use crate::text::phrase::PhraseError;
use crate::text::scan::{Plane, Scanner};
use crate::text::token::{Token, Tokens};

const ACTS: Plane = Plane(0);
const ADDRESS: Plane = Plane(1);
const REGISTER: Plane = Plane(2);
const INTENTS: Plane = Plane(3);
/// From here on every overlapping act and every signal has a plane of its own.
const FIRST_OWN: u8 = 4;
/// There are planes for all of them.
const _: () = assert!(FIRST_OWN as usize + MOST_ACTS + MOST_SIGNALS <= Plane::FREE.0 as usize);

/// The lexicon of one language.
#[derive(Clone, Debug)]
pub(crate) struct Lexicon {
    pub(super) language: LanguageId,
    pub(super) scanner: Scanner,
    pub(super) meanings: Vec<Meaning>,
}

impl Lexicon {
    /// Whether a word, however it is written, is one by which the language is told.
    pub(crate) fn is_typical(&self, tokens: &Tokens, token: &Token) -> bool {
        self.scanner.flags_of(tokens, token) & (TYPICAL | NEGATION) != 0
    }

    /// Whether it is a word of the language that some phrase asks for.
    pub(crate) fn knows(&self, tokens: &Tokens, token: &Token) -> bool {
        self.scanner.knows(tokens, token)
    }
}

impl SentenceWords for Lexicon {
    fn is_abbreviation(&self, tokens: &Tokens, token: &Token) -> bool {
        self.scanner.flags_of(tokens, token) & ABBREVIATION != 0
    }

    fn is_unit(&self, tokens: &Tokens, token: &Token) -> bool {
        self.scanner.flags_of(tokens, token) & UNIT != 0
    }

    fn follows_ordinal(&self, tokens: &Tokens, token: &Token) -> bool {
        self.scanner.flags_of(tokens, token) & AFTER_ORDINAL != 0
    }

    fn is_salutation(&self, tokens: &Tokens, token: &Token) -> bool {
        self.scanner.flags_of(tokens, token) & SALUTATION != 0
    }
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

impl Sheet<'_> {
    /// Compiles the lexicon, unless its scanner is there already; phrases that cannot be read are left out and told of.
    pub(super) fn compile(&self, acts: &Acts, ready: Ready) -> (Lexicon, Vec<Fault>) {
        let payloads = self.payloads(acts, true);
        let mark = Mark::of(self, &payloads.of_phrases, &payloads.planes);
        let there = ready.scanner(mark, &payloads.planes);
        let (scanner, faults) = match there {
            Some(scanner) => (scanner, Vec::new()),
            None => self.scanner(&payloads),
        };
        (self.lexicon(scanner, payloads), faults)
    }

    /// Compiles the lexicon with a payload for each phrase: its place in the sheet.
    pub(super) fn compile_apart(&self, acts: &Acts) -> Lexicon {
        let payloads = self.payloads(acts, false);
        let (scanner, _) = self.scanner(&payloads);
        self.lexicon(scanner, payloads)
    }

    /// Adds the scanner to a file of those that are compiled ahead, if all its phrases can be read.
    #[cfg(test)]
    pub(super) fn store(&self, acts: &Acts, file: &mut Vec<u8>) {
        let payloads = self.payloads(acts, true);
        let (scanner, faults) = self.scanner(&payloads);
        if faults.is_empty() {
            let mark = Mark::of(self, &payloads.of_phrases, &payloads.planes);
            super::ready::append(file, mark, &scanner);
        }
    }

    fn lexicon(&self, scanner: Scanner, payloads: Payloads) -> Lexicon {
        Lexicon { language: self.language.clone(), scanner, meanings: payloads.meanings }
    }

    /// Gives every phrase its payload. `shared`: whether those of one act have one in common.
    fn payloads(&self, acts: &Acts, shared: bool) -> Payloads {
        let mut payloads = Payloads::default();
        let mut of_acts = vec![None; acts.iter().count()];
        for &(_, meaning) in &self.phrases {
            let mut new = || payloads.add(meaning, plane(meaning, acts));
            let payload = match meaning {
                Meaning::Act(act) if shared => match of_acts.get_mut(usize::from(act)) {
                    Some(payload) => *payload.get_or_insert_with(new),
                    None => new(),
                },
                _ => new(),
            };
            payloads.of_phrases.push(payload);
        }
        payloads
    }

    fn scanner(&self, payloads: &Payloads) -> (Scanner, Vec<Fault>) {
        let mut builder = Scanner::builder();
        builder.set_aside(INTENTS);
        builder.reserve(self.phrases.len(), self.members.len());
        for &plane in &payloads.planes {
            builder.payload(plane);
        }
        let mut faults = Vec::new();
        for &(word, flags) in &self.flags {
            builder.flag(word, flags);
        }
        let mut from = 0;
        for &(name, end) in &self.classes {
            builder.class(name, self.members.get(from..end).unwrap_or_default().iter().copied());
            from = end;
        }
        builder.read_classes(|member, error| faults.push(Fault { part: Part::Member(member), error }));
        for (at, (&(phrase, _), &payload)) in self.phrases.iter().zip(&payloads.of_phrases).enumerate() {
            if let Err(error) = builder.add(phrase, payload) {
                faults.push(Fault { part: Part::Phrase(at), error });
            }
        }
        (builder.build(), faults)
    }
}

/// What the phrases of a sheet are told apart by.
#[derive(Default)]
struct Payloads {
    /// The meaning and the plane of each payload.
    meanings: Vec<Meaning>,
    planes: Vec<Plane>,
    /// The payload of each phrase.
    of_phrases: Vec<u32>,
}

impl Payloads {
    fn add(&mut self, meaning: Meaning, plane: Plane) -> u32 {
        self.meanings.push(meaning);
        self.planes.push(plane);
        self.meanings.len() as u32 - 1
    }
}

fn plane(meaning: Meaning, acts: &Acts) -> Plane {
    let mut own = (FIRST_OWN..).zip(acts.iter().filter(|(_, traits)| traits.overlaps));
    match meaning {
        Meaning::Act(act) => own.find(|(_, (id, _))| id.index() == act).map_or(ACTS, |(at, _)| Plane(at)),
        Meaning::Formal(_) | Meaning::Informal(_) => ADDRESS,
        Meaning::Register(_) => REGISTER,
        Meaning::Intent(..) => INTENTS,
        Meaning::Signal(signal) => Plane(own.last().map_or(FIRST_OWN, |(last, _)| last + 1) + signal),
        Meaning::NotAct(_) | Meaning::NotSignal(_) | Meaning::But | Meaning::Rule(_) => Plane::FREE,
    }
}
