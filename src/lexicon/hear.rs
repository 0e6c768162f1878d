//! Hearing: from the phrases of a lexicon to acts, signals, and cues of address, register and intent.

use std::sync::Arc;

use super::ears::Ears;
use super::lexicon::Lexicon;
use super::probe::Probe;
use super::reading::{Address, Cue, Heard, Reading, SignalHeard};
use super::settle::{Sums, settle};
use super::sheet::{AND, Meaning, NEGATION, Weight};
use crate::Span;
use crate::text::scan::{Hit, ScanScratch};
use crate::text::token::{Shape, Token, TokenKind, Tokens};

/// A cue that stands again and again counts so often at the most.
const MOST_REPEATS: u32 = 3;
/// A negation silences the act that begins right after it, or after one word more.
const NEGATION_REACH: usize = 2;

/// Memory that hearing works in.
#[derive(Clone, Debug, Default)]
pub(crate) struct HearScratch {
    scan: ScanScratch,
    hits: Vec<Hit>,
    counts: Counts,
    intent_cues: Vec<(u8, Cue)>,
    silences: Silences,
    /// Where a “but” stands: its first token and its place.
    buts: Vec<(u32, Span)>,
    /// Hits of phrases that rules brought in: the rule's number and the place.
    pub(crate) rule_hits: Vec<(u32, Span)>,
    /// Who wants to know which phrases were heard, if anybody does.
    pub(crate) probe: Option<Box<Probe>>,
}

impl HearScratch {
    /// Forgets the text before, of so many phrases.
    fn start(&mut self, phrases: usize) {
        self.hits.clear();
        self.counts.start(phrases);
        self.intent_cues.clear();
        self.rule_hits.clear();
    }
}

/// Hears everything the lexicon knows. Sentences must be marked, `reading.sentences` filled.
pub(crate) fn hear(
    ears: &Ears<'_>,
    text: &str,
    tokens: &Tokens,
    scratch: &mut HearScratch,
    reading: &mut Reading,
) {
    scratch.start(ears.lexicon.meanings.len());
    ears.lexicon.scanner.scan(text, tokens, ears.scope(), &mut scratch.scan, &mut scratch.hits);
    scratch.silences.gather(ears.lexicon, &scratch.hits);
    gather_buts(ears.lexicon, &scratch.hits, &mut scratch.buts);
    let hits = std::mem::take(&mut scratch.hits);
    let mut hearing = Hearing { ears, text, tokens, scratch, reading, sums: Sums::default() };
    hearing.all(&hits);
    let sums = hearing.sums;
    scratch.hits = hits;
    settle(ears, reading, &sums, &scratch.intent_cues);
    if let Some(probe) = &mut scratch.probe {
        probe.listen(ears, text, tokens, reading);
    }
}

/// A text being heard.
struct Hearing<'h> {
    ears: &'h Ears<'h>,
    text: &'h str,
    tokens: &'h Tokens,
    scratch: &'h mut HearScratch,
    reading: &'h mut Reading,
    sums: Sums,
}

impl Hearing<'_> {
    fn all(&mut self, hits: &[Hit]) {
        let meanings = &self.ears.lexicon.meanings;
        let meant = |hit: &Hit| meanings.get(hit.payload as usize).copied();
        let mut quoted_address = false;
        for hit in hits {
            let Some(meaning) = meant(hit) else { continue };
            let quoted = self.is_quoted(hit);
            match meaning {
                Meaning::Formal(_) | Meaning::Informal(_) if quoted => quoted_address = true,
                _ => self.one(meaning, hit, quoted),
            }
        }
        // Who says nothing in their own words but a quotation addresses with it.
        if quoted_address && !self.sums.has_address() {
            for hit in hits {
                if let Some(meaning @ (Meaning::Formal(_) | Meaning::Informal(_))) = meant(hit) {
                    self.address(meaning, hit.span);
                }
            }
        }
    }

    fn is_quoted(&self, hit: &Hit) -> bool {
        let first = self.tokens.as_slice().get(hit.first as usize);
        first.is_some_and(|token| token.shape.has(Shape::QUOTED))
    }

    fn one(&mut self, meaning: Meaning, hit: &Hit, quoted: bool) {
        match meaning {
            Meaning::NotAct(_) | Meaning::NotSignal(_) | Meaning::But => {}
            Meaning::Act(act) => self.act(act, hit, quoted),
            Meaning::Signal(signal) => self.signal(signal, hit.span),
            Meaning::Rule(rule) => self.scratch.rule_hits.push((rule, hit.span)),
            _ if quoted || self.scratch.counts.count(hit.payload) > MOST_REPEATS => {}
            Meaning::Formal(_) | Meaning::Informal(_) => self.address(meaning, hit.span),
            Meaning::Register(weight) => {
                self.sums.add_register(weight, self.scratch.counts.of(hit.payload) == 1);
                self.reading.register.evidence.push(cue(hit.span, weight));
            }
            Meaning::Intent(intent, weight) => {
                self.sums.add_intent(intent, weight);
                self.scratch.intent_cues.push((intent, cue(hit.span, weight)));
            }
        }
    }

    fn act(&mut self, act: u8, hit: &Hit, quoted: bool) {
        let Hearing { ears, text, tokens, scratch, reading, .. } = self;
        let Some((id, traits)) = ears.acts.get(act) else { return };
        let list = tokens.as_slice();
        if scratch.silences.cover(Meaning::NotAct(act), hit.span)
            || traits.negatable && is_negated(ears, list, &scratch.scan, hit)
        {
            return;
        }
        let taken_back = if traits.retractable { taken_back(text, list, &scratch.buts, hit) } else { None };
        reading.all_heard.insert(act);
        if !quoted && taken_back.is_none() {
            reading.heard.insert(act);
        }
        // Acts are heard in the order of the text: none stands before the sentence of the last.
        let from = reading.acts.last().map_or(0, |heard| heard.sentence);
        let rest = reading.sentences.iter().skip(from);
        let sentence = from + rest.take_while(|sentence| sentence.end <= hit.span.start).count();
        reading.acts.push(Heard { act: id.clone(), span: hit.span, quoted, taken_back, sentence });
    }

    fn signal(&mut self, signal: u8, span: Span) {
        if self.scratch.silences.cover(Meaning::NotSignal(signal), span) {
            return;
        }
        if let Some(signal) = self.ears.signals.get(usize::from(signal)) {
            self.reading.signals.push(SignalHeard { signal: Arc::clone(signal), span });
        }
    }

    /// Weighs a cue of a form of address.
    fn address(&mut self, meaning: Meaning, span: Span) {
        let Address { formal, informal, .. } = &mut self.reading.address;
        let (evidence, sum, weight) = match meaning {
            Meaning::Formal(weight) => (formal, &mut self.sums.formal, weight),
            Meaning::Informal(weight) => (informal, &mut self.sums.informal, weight),
            _ => return,
        };
        *sum = sum.saturating_add(weight);
        match weight {
            1.. => evidence.push(span),
            // A weight that speaks against takes the evidence of the same place with it.
            ..=-1 if evidence.last() == Some(&span) => {
                evidence.pop();
            }
            _ => {}
        }
    }
}

/// The places of `not` phrases, in the order of the text.
#[derive(Clone, Debug, Default)]
struct Silences {
    /// What is silenced, where, and where the last one up to here ends.
    places: Vec<(Meaning, Span, usize)>,
}

impl Silences {
    fn gather(&mut self, lexicon: &Lexicon, hits: &[Hit]) {
        self.places.clear();
        let mut last = 0;
        for hit in hits {
            let meaning = lexicon.meanings.get(hit.payload as usize);
            if let Some(&meaning @ (Meaning::NotAct(_) | Meaning::NotSignal(_))) = meaning {
                last = hit.span.end.max(last);
                self.places.push((meaning, hit.span, last));
            }
        }
    }

    /// Whether a `not` phrase of the act or signal overlaps the place.
    fn cover(&self, by: Meaning, span: Span) -> bool {
        if self.places.is_empty() {
            return false;
        }
        let before = self.places.partition_point(|place| place.1.start < span.end);
        let before = self.places.get(..before).unwrap_or_default().iter().rev();
        let mut near = before.take_while(|place| place.2 > span.start);
        near.any(|&(meaning, place, _)| meaning == by && place.overlaps(span))
    }
}

/// How often each phrase was heard.
#[derive(Clone, Debug, Default)]
struct Counts {
    counts: Vec<u32>,
    /// The phrases heard at all, to be forgotten before the next text.
    heard: Vec<u32>,
}

impl Counts {
    fn start(&mut self, phrases: usize) {
        for phrase in self.heard.drain(..) {
            if let Some(count) = self.counts.get_mut(phrase as usize) {
                *count = 0;
            }
        }
        if self.counts.len() < phrases {
            self.counts.resize(phrases, 0);
        }
    }

    /// Counts a phrase: how often it was heard, this time included.
    fn count(&mut self, phrase: u32) -> u32 {
        let Some(count) = self.counts.get_mut(phrase as usize) else { return 0 };
        *count += 1;
        if *count == 1 {
            self.heard.push(phrase);
        }
        *count
    }

    fn of(&self, phrase: u32) -> u32 {
        self.counts.get(phrase as usize).copied().unwrap_or(0)
    }
}

fn cue(span: Span, weight: Weight) -> Cue {
    Cue { span, weight: weight as f32 / 100.0 }
}

/// Whether a negation stands before the hit in the same clause, at most one word away.
fn is_negated(ears: &Ears<'_>, tokens: &[Token], scratch: &ScanScratch, hit: &Hit) -> bool {
    let first = hit.first as usize;
    // What begins with a mark begins with its clause.
    if tokens.get(first).is_some_and(|first| first.kind == TokenKind::Punctuation) {
        return false;
    }
    for at in (0..first).rev().take(NEGATION_REACH) {
        let Some(token) = tokens.get(at) else { return false };
        if token.kind != TokenKind::Word || token.span.is_empty() {
            return false;
        }
        let flags = ears.lexicon.scanner.flags(scratch, at);
        if flags & (NEGATION | AND) != 0 {
            return flags & NEGATION != 0;
        }
    }
    false
}

fn gather_buts(lexicon: &Lexicon, hits: &[Hit], buts: &mut Vec<(u32, Span)>) {
    let is_but = |hit: &&Hit| lexicon.meanings.get(hit.payload as usize) == Some(&Meaning::But);
    buts.clear();
    buts.extend(hits.iter().filter(is_but).map(|hit| (hit.first, hit.span)));
}

/// The “but” that follows directly: behind a comma or dash, or at the beginning of the next sentence.
fn taken_back(text: &str, tokens: &[Token], buts: &[(u32, Span)], hit: &Hit) -> Option<Span> {
    /// So many marks can end a sentence: `!!`, `...`.
    const MOST_MARKS: usize = 3;
    let behind = tokens.iter().skip(hit.end as usize);
    let ends = |token: &&Token| matches!(token.span.of(text), "." | "!" | "…");
    let marks = match behind.clone().next()?.span.of(text) {
        "," | "-" | "–" | "—" => 1,
        _ => behind.take(MOST_MARKS).take_while(ends).count() as u32,
    };
    let at = hit.end + marks;
    // Of those that begin there the longest comes first.
    let but = buts.partition_point(|&(first, _)| first < at);
    buts.get(but).filter(|(first, _)| *first == at).map(|&(_, span)| span)
}
