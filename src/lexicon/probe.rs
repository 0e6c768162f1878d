//! Which phrase it was: what a policy's tests hear, phrase by phrase.
//!
//! The phrases of one act share a number in the scanner, so that an act is heard once however many of them stand at
//! a place. That is what a reading needs, and it forgets which phrase it was. A probe is a second scanner in which
//! each has a number of its own; it is built only where somebody wants to know, and listens beside the first one.

use super::act::Acts;
use super::ears::Ears;
use super::lexicon::Lexicon;
use super::reading::Reading;
use super::sheet::{Meaning, Sheet};
use crate::source::Place;
use crate::text::scan::{Hit, ScanScratch};
use crate::text::token::Tokens;

/// Listens for each phrase of a policy by itself.
#[derive(Clone, Debug, Default)]
pub(crate) struct Probe {
    languages: Vec<Ear>,
    scan: ScanScratch,
    hits: Vec<Hit>,
    heard: Vec<Place>,
}

/// One language.
#[derive(Clone, Debug)]
struct Ear {
    lexicon: Lexicon,
    /// By the number of the phrase: where it stands.
    places: Vec<Option<Place>>,
}

impl Probe {
    pub(super) fn add(&mut self, sheet: &Sheet<'_>, places: Vec<Option<Place>>, acts: &Acts) {
        self.languages.push(Ear { lexicon: sheet.compile_apart(acts), places });
    }

    /// Where the phrases stand that it listens for. One that holds for several languages is named more than once.
    pub(crate) fn places(&self) -> impl Iterator<Item = Place> {
        self.languages.iter().flat_map(|ear| &ear.places).filter_map(|place| *place)
    }

    /// The phrases that were heard since this was asked last.
    pub(crate) fn take_heard(&mut self) -> impl Iterator<Item = Place> {
        self.heard.drain(..)
    }

    /// Hears a text that was heard into `reading` with a lexicon of the policy.
    pub(super) fn listen(&mut self, ears: &Ears<'_>, text: &str, tokens: &Tokens, reading: &Reading) {
        let ear = self.languages.iter().find(|ear| ear.lexicon.language == ears.lexicon.language);
        let Some(ear) = ear else { return };
        self.hits.clear();
        ear.lexicon.scanner.scan(text, tokens, ears.scope(), &mut self.scan, &mut self.hits);
        for hit in &self.hits {
            // What was negated or silenced was not heard.
            let counts = match ear.lexicon.meanings.get(hit.payload as usize) {
                Some(Meaning::Act(act)) => {
                    reading.acts.iter().any(|heard| heard.act.index() == *act && heard.span == hit.span)
                }
                Some(Meaning::Signal(_)) => reading.signals.iter().any(|heard| heard.span == hit.span),
                _ => true,
            };
            let place = ear.places.get(hit.payload as usize).copied().flatten();
            self.heard.extend(place.filter(|_| counts));
        }
    }
}
