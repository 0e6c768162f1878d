//! From phrases to a scanner.

use super::anchor::Anchors;
use super::compile::ProgramBuilder;
use super::index::Places;
use super::program::Phrase;
use super::vocabulary::Vocabulary;
use super::{Plane, STOP, Scanner, WordFlags};
use crate::text::phrase::{Classes, Leaves, PhraseError, PhraseProblem, PhraseReader, Stop};

/// Collects phrases and classes; [`build`](ScannerBuilder::build) compiles them.
pub(crate) struct ScannerBuilder {
    reader: PhraseReader,
    leaves: Leaves,
    classes: Classes,
    program: ProgramBuilder,
    planes: Vec<Plane>,
    aside: Option<Plane>,
    /// By the number of the word; shorter than the words when the last of them have none.
    flags: Vec<WordFlags>,
}

/// A phrase, or a member of a class, brings about so many words that no other has.
const WORDS_A_PHRASE: usize = 2;

impl ScannerBuilder {
    pub(super) fn new() -> ScannerBuilder {
        let mut leaves = Leaves::default();
        let stop = leaves.folded_word(".");
        debug_assert_eq!(stop, STOP);
        ScannerBuilder {
            reader: PhraseReader::default(),
            leaves,
            classes: Classes::default(),
            program: ProgramBuilder::default(),
            planes: Vec::new(),
            aside: None,
            flags: Vec::new(),
        }
    }

    /// Makes room for so many phrases and members of classes.
    pub(crate) fn reserve(&mut self, phrases: usize, members: usize) {
        self.program.reserve(phrases);
        self.leaves.reserve_words((phrases + members) * WORDS_A_PHRASE);
    }

    /// Defines a class that phrases can name as `{name}`. Its members may name classes, too, in any order; they are
    /// numbered on from those of the class before.
    pub(crate) fn class<'m>(&mut self, name: &str, members: impl IntoIterator<Item = &'m str>) {
        self.classes.define(name, members);
    }

    /// Reads all classes. A member that cannot be read is reported by its number and left out.
    pub(crate) fn read_classes(&mut self, mut report: impl FnMut(usize, PhraseError)) {
        for class in 0..self.classes.len() as u32 {
            self.classes.read(class, &mut self.reader, &mut self.leaves, &mut report);
        }
    }

    /// Gives flags to a word, beside those it has.
    pub(crate) fn flag(&mut self, word: &str, flags: WordFlags) {
        let word = self.leaves.word(word).number() as usize;
        if self.flags.len() <= word {
            self.flags.resize(word + 1, 0);
        }
        if let Some(slot) = self.flags.get_mut(word) {
            *slot |= flags;
        }
    }

    /// Sets a plane aside: its phrases are looked for only in scans of [`Scope::All`](super::Scope::All).
    pub(crate) fn set_aside(&mut self, plane: Plane) {
        self.aside = Some(plane);
    }

    /// Reserves the next payload on a plane. A payload can be added with any number of phrases.
    pub(crate) fn payload(&mut self, plane: Plane) -> u32 {
        self.planes.push(plane);
        self.planes.len() as u32 - 1
    }

    /// Adds a phrase. Classes it names that have not been read are read now.
    ///
    /// # Errors
    /// [`PhraseError`] says what is wrong with it, or with a class that was read for it, and at which byte.
    pub(crate) fn add(&mut self, phrase: &str, payload: u32) -> Result<(), PhraseError> {
        loop {
            let class = match self.reader.read(phrase, &mut self.leaves, &self.classes) {
                Ok(read) => {
                    let Some((steps, first)) = self.program.add(read.ops, &self.classes) else {
                        return Err(PhraseError { at: 0, problem: PhraseProblem::TooMany });
                    };
                    self.program.push(Phrase {
                        steps,
                        first,
                        payload,
                        start: read.start,
                        text_end: read.text_end,
                    });
                    return Ok(());
                }
                Err(Stop::Fault(error)) => return Err(*error),
                Err(Stop::Unread(class)) => class,
            };
            let mut fault = None;
            let mut report = |_, error| fault = fault.take().or(Some(error));
            self.classes.read(class, &mut self.reader, &mut self.leaves, &mut report);
            if let Some(error) = fault {
                return Err(error);
            }
        }
    }

    /// Compiles everything added so far.
    pub(crate) fn build(self) -> Scanner {
        let places = Places::new(&self.leaves);
        let (program, planes) = (self.program.finish(), self.planes);
        let is_aside = |phrase: &Phrase| planes.get(phrase.payload as usize) == self.aside.as_ref();
        let mut anchors = Anchors::new(&program, places);
        let mut index = |aside| {
            let phrases = (0..).zip(program.phrases()).filter(|(_, phrase)| is_aside(phrase) == aside);
            anchors.index(phrases.map(|(number, phrase)| (number, program.steps(phrase.steps))))
        };
        let (index, aside) = (index(false), index(true));
        let vocabulary = Vocabulary::new(&self.leaves, places, &program, &self.flags);
        Scanner { vocabulary, index, aside, program, planes }
    }
}
