//! Hearing: from the phrases of a lexicon to acts, address, register, intent and signals.

use std::sync::Arc;

use super::ears::Ears;
use super::lexicon::Lexicon;
use super::probe::Probe;
use super::reading::{
    Address, AddressForm, Cue, Heard, IntentReading, Reading, Register, RegisterReading, SignalHeard,
};
use super::sheet::{Meaning, NEGATION, Weight};
use crate::Span;
use crate::text::scan::{Hit, ScanScratch};
use crate::text::token::{Shape, Token, TokenKind, Tokens};

/// A form of address, or an intent, is heard when its cues weigh this much together.
pub(crate) const THRESHOLD: Weight = 100;
/// A cue that stands again and again counts so often at the most.
const MOST_REPEATS: u32 = 3;
/// A negation silences the act that begins right after it, or after one word more.
const NEGATION_REACH: usize = 2;
/// Intents in the order in which they win when several are heard: a question inside a complaint is a complaint.
pub(crate) const INTENTS: [&str; 6] = ["spam", "complaint", "abuse", "booking", "question", "praise"];

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

/// Sums of weights while the hits are gone through.
#[derive(Default)]
struct Sums {
    formal: Weight,
    informal: Weight,
    register: Weight,
    register_cues: u32,
    intents: [Weight; INTENTS.len()],
}

/// Hears everything the lexicon knows. Sentences must be marked, `reading.sentences` filled.
pub(crate) fn hear(
    ears: &Ears<'_>,
    text: &str,
    tokens: &Tokens,
    scratch: &mut HearScratch,
    reading: &mut Reading,
) {
    scratch.hits.clear();
    scratch.counts.start(ears.lexicon.meanings.len());
    scratch.intent_cues.clear();
    scratch.rule_hits.clear();
    ears.lexicon.scanner.scan(text, tokens, ears.scope(), &mut scratch.scan, &mut scratch.hits);
    scratch.silences.gather(ears.lexicon, &scratch.hits);
    gather_buts(ears.lexicon, &scratch.hits, &mut scratch.buts);
    let mut sums = Sums::default();
    let mut quoted_address = false;
    let hits = std::mem::take(&mut scratch.hits);
    for hit in &hits {
        let Some(&meaning) = ears.lexicon.meanings.get(hit.payload as usize) else { continue };
        let quoted =
            tokens.as_slice().get(hit.first as usize).is_some_and(|token| token.shape.has(Shape::QUOTED));
        match meaning {
            Meaning::NotAct(_) | Meaning::NotSignal(_) | Meaning::But => {}
            Meaning::Act(act) if scratch.silences.cover(Meaning::NotAct(act), hit.span) => {}
            Meaning::Signal(signal) if scratch.silences.cover(Meaning::NotSignal(signal), hit.span) => {}
            Meaning::Act(act) => hear_act(ears, text, tokens, scratch, reading, act, hit, quoted),
            Meaning::Signal(signal) => {
                if let Some(signal) = ears.signals.get(usize::from(signal)) {
                    reading.signals.push(SignalHeard { signal: Arc::clone(signal), span: hit.span });
                }
            }
            Meaning::Rule(rule) => scratch.rule_hits.push((rule, hit.span)),
            Meaning::Formal(_) | Meaning::Informal(_) if quoted => quoted_address = true,
            _ if quoted || scratch.counts.count(hit.payload) > MOST_REPEATS => {}
            Meaning::Formal(weight) => {
                add_address(&mut reading.address.formal, &mut sums.formal, weight, hit.span)
            }
            Meaning::Informal(weight) => {
                add_address(&mut reading.address.informal, &mut sums.informal, weight, hit.span);
            }
            Meaning::Register(weight) => {
                sums.register = sums.register.saturating_add(weight);
                sums.register_cues += u32::from(scratch.counts.of(hit.payload) == 1);
                reading.register.evidence.push(cue(hit.span, weight));
            }
            Meaning::Intent(intent, weight) => {
                if let Some(sum) = sums.intents.get_mut(usize::from(intent)) {
                    *sum = sum.saturating_add(weight);
                }
                scratch.intent_cues.push((intent, cue(hit.span, weight)));
            }
        }
    }
    // Who says nothing in their own words but a quotation addresses with it.
    if quoted_address && sums.formal == 0 && sums.informal == 0 {
        for hit in &hits {
            match ears.lexicon.meanings.get(hit.payload as usize) {
                Some(&Meaning::Formal(weight)) => {
                    add_address(&mut reading.address.formal, &mut sums.formal, weight, hit.span);
                }
                Some(&Meaning::Informal(weight)) => {
                    add_address(&mut reading.address.informal, &mut sums.informal, weight, hit.span);
                }
                _ => {}
            }
        }
    }
    scratch.hits = hits;
    settle_retractions(ears, reading);
    settle_address(&mut reading.address, &sums);
    settle_register(&mut reading.register, &sums);
    settle_intent(ears, &mut reading.intent, &sums, &scratch.intent_cues);
    if let Some(probe) = &mut scratch.probe {
        probe.listen(ears, text, tokens, reading);
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

#[expect(clippy::too_many_arguments, reason = "one step of `hear`, named for the reader")]
fn hear_act(
    ears: &Ears<'_>,
    text: &str,
    tokens: &Tokens,
    scratch: &HearScratch,
    reading: &mut Reading,
    act: u8,
    hit: &Hit,
    quoted: bool,
) {
    let Some((id, traits)) = ears.acts.get(act) else { return };
    let list = tokens.as_slice();
    if traits.negatable && is_negated(ears, list, &scratch.scan, hit) {
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

/// "Sorry, but we're on it" takes nothing back: of the acts behind the adversative in its sentence one helps.
fn settle_retractions(ears: &Ears<'_>, reading: &mut Reading) {
    let Reading { acts, heard: own, sentences, .. } = reading;
    let mut helped_sentence = None;
    for heard in acts.iter_mut().rev() {
        let but_is_in = |but: Span| {
            let rest = sentences.iter().skip(heard.sentence);
            heard.sentence + rest.take_while(|sentence| sentence.end <= but.start).count()
        };
        if heard.taken_back.is_some_and(|but| helped_sentence == Some(but_is_in(but))) {
            heard.taken_back = None;
            if !heard.quoted {
                own.insert(heard.act.index());
            }
        }
        let helps = ears.acts.get(heard.act.index()).is_some_and(|(_, traits)| traits.helps);
        if helps && !heard.quoted {
            helped_sentence = Some(heard.sentence);
        }
    }
}

/// Whether a negation stands before the hit in the same clause, at most one word away.
fn is_negated(ears: &Ears<'_>, tokens: &[Token], scratch: &ScanScratch, hit: &Hit) -> bool {
    let before = (0..hit.first as usize).rev().take(NEGATION_REACH);
    for at in before {
        let Some(token) = tokens.get(at) else { return false };
        if token.kind != TokenKind::Word || token.span.is_empty() {
            return false;
        }
        if ears.lexicon.scanner.flags(scratch, at) & NEGATION != 0 {
            return true;
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

fn add_address(evidence: &mut Vec<Span>, sum: &mut Weight, weight: Weight, span: Span) {
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

fn settle_address(address: &mut Address, sums: &Sums) {
    let (formal, informal) = (sums.formal >= THRESHOLD, sums.informal >= THRESHOLD);
    address.form = match (formal, informal) {
        (true, true) => AddressForm::Mixed,
        (true, false) => AddressForm::Formal,
        (false, true) => AddressForm::Informal,
        (false, false) => AddressForm::None,
    };
    if !formal {
        address.formal.clear();
    }
    if !informal {
        address.informal.clear();
    }
}

/// One cue alone never decides, however heavy.
fn settle_register(register: &mut RegisterReading, sums: &Sums) {
    let sum = sums.register as f32 / 100.0;
    register.score = round(sum / (sum.abs() + 2.0));
    register.label = match sums.register {
        _ if sums.register_cues < 2 => Register::Neutral,
        THRESHOLD.. => Register::Formal,
        sum if sum <= -THRESHOLD => Register::Informal,
        _ => Register::Neutral,
    };
}

fn settle_intent(ears: &Ears<'_>, intent: &mut IntentReading, sums: &Sums, cues: &[(u8, Cue)]) {
    let heard = sums.intents.iter().position(|&sum| sum >= THRESHOLD);
    let best = heard.or_else(|| {
        let positive = sums.intents.iter().enumerate().filter(|&(_, &sum)| sum > 0);
        positive.max_by_key(|&(at, &sum)| (sum, std::cmp::Reverse(at))).map(|(at, _)| at)
    });
    let Some(best) = best else { return };
    let sum = sums.intents.get(best).map_or(0.0, |&sum| sum as f32 / 100.0);
    intent.score = round(sum / (sum + 1.0));
    if heard.is_some() {
        intent.kind = ears.intents.get(best).cloned();
        intent
            .evidence
            .extend(cues.iter().filter(|(kind, _)| usize::from(*kind) == best).map(|(_, cue)| *cue));
    }
}

/// Three decimals, so that the same reading prints the same everywhere.
fn round(score: f32) -> f32 {
    (score * 1000.0).round() / 1000.0
}
