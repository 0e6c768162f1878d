//! What the reply does in the conversation.

use chrono::TimeDelta;

use super::Detection;
use super::places::Places;
use crate::Span;
use crate::channel::WindowSender;
use crate::lexicon::{Heard, Reading};
use crate::rule::scene::Scene;
use crate::text::EntityKind;

/// The signal by which a lexicon says that a day or time is named.
const TIME_NAMED: &str = "time-named";
/// A sentence of thanks or greeting says no more than that with up to so many words beside them.
const FEW_WORDS: usize = 7;

/// What stands around a message and is no part of it.
const AROUND: [&str; 2] = ["greeting", "signature"];

/// Every sentence is a courtesy: it holds an act of courtesy, no other act, no figure and no link, is short, and has no
/// part of its own that answers.
pub(super) fn only_courtesy(scene: &Scene<'_>, out: &mut Vec<Detection>) {
    let reading = scene.reading;
    if reading.words == 0 || reading.sentences.is_empty() {
        return;
    }
    let polite = |sentence: usize, span: &Span| {
        let acts = reading.acts_in(sentence);
        let text = span.of(scene.reply);
        let courteous =
            !acts.is_empty() && acts.iter().all(|heard| scene.courtesies.contains(heard.act.index()));
        let in_acts: usize = acts.iter().map(|heard| words(heard.span.of(scene.reply))).sum();
        let beside = words(text).saturating_sub(in_acts);
        let bare = words(text) == 0;
        let from = reading.entities.partition_point(|entity| entity.span.start < span.start);
        let mut entities =
            reading.entities.iter().skip(from).take_while(|entity| entity.span.start < span.end);
        let facts = text.chars().any(char::is_numeric)
            || entities.any(|entity| matches!(entity.kind, EntityKind::Link | EntityKind::Email));
        let short = courteous && beside <= FEW_WORDS && !answers(scene, acts, *span);
        (bare || short) && !facts
    };
    if reading.sentences.iter().enumerate().all(|(at, span)| polite(at, span)) {
        out.push(Detection::at(Span::new(0, scene.reply.len())));
    }
}

/// Whether a part between commas answers, beside the courtesies of the sentence: "Hi Tom, **yes we do**". Beside thanks
/// it must name a time, since those are put in many ways: "thanks for asking, **from tomorrow**".
fn answers(scene: &Scene<'_>, acts: &[Heard], sentence: Span) -> bool {
    let signals = &scene.reading.signals;
    let from = signals.partition_point(|heard| heard.span.start < sentence.start);
    let near = signals.iter().skip(from).take_while(|heard| heard.span.start < sentence.end);
    let times = Places::new(near.filter(|heard| &*heard.signal == TIME_NAMED).map(|heard| heard.span));
    let courtesies = Places::new(acts.iter().map(|heard| heard.span));
    let only_around = acts.iter().all(|heard| AROUND.iter().any(|act| heard.act == **act));
    let mut start = sentence.start;
    sentence.of(scene.reply).split_inclusive([',', ';', ':', '–', '—']).any(|part| {
        let span = Span::new(start, start + part.len());
        start = span.end;
        // More than names.
        let says = part.split_whitespace().any(|word| word.starts_with(char::is_lowercase));
        says && !courtesies.overlap(span) && (only_around || times.overlap(span))
    })
}

fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count()
}

pub(super) fn apology_taken_back(scene: &Scene<'_>, out: &mut Vec<Detection>) {
    let taken_back = scene.reading.acts.iter().filter(|heard| !heard.quoted);
    out.extend(taken_back.filter_map(|heard| {
        let but = heard.taken_back?;
        let span = Span::new(heard.span.start, but.end);
        Some(Detection::at(span).found(span.of(scene.reply)))
    }));
}

/// A promise of an answer names a day, a time or a number of hours in its sentence, or it is none.
pub(super) fn undated_deadline(scene: &Scene<'_>, out: &mut Vec<Detection>) {
    let promises =
        scene.reading.acts.iter().filter(|heard| !heard.quoted && heard.act == *"deadline-promise");
    // Of all promises in a sentence the first looks at it.
    let mut seen = None;
    for heard in promises {
        let dated = match seen {
            Some((sentence, dated)) if sentence == heard.sentence => dated,
            _ => is_dated(scene, heard),
        };
        seen = Some((heard.sentence, dated));
        if !dated {
            out.push(Detection::at(heard.span).found(heard.span.of(scene.reply)));
        }
    }
}

/// Whether the sentence of a promise names a day or time, or any figure.
fn is_dated(scene: &Scene<'_>, promise: &Heard) -> bool {
    let Reading { sentences, signals, .. } = scene.reading;
    let sentence = sentences.get(promise.sentence).copied().unwrap_or(promise.span);
    let from = signals.partition_point(|heard| heard.span.start < sentence.start);
    let mut own = signals.iter().skip(from).take_while(|heard| heard.span.start < sentence.end);
    own.any(|heard| &*heard.signal == TIME_NAMED && sentence.contains(heard.span))
        || sentence.of(scene.reply).chars().any(char::is_numeric)
}

/// Of the channel's windows that were opened for the sender the one that closes last counts.
pub(super) fn window_closed(scene: &Scene<'_>, out: &mut Vec<Detection>) {
    let Some(now) = scene.now.map(|now| now.to_utc()) else { return };
    let fits = |sender: WindowSender| match sender {
        WindowSender::Any => true,
        WindowSender::Bot => scene.case.is_by_bot(),
        WindowSender::Human => !scene.case.is_by_bot(),
    };
    let windows = scene.channel.windows().iter().filter(|window| fits(window.sender));
    let openings = windows.filter_map(|window| Some((window.opening(scene.case, now)?, window.within)));
    let last = openings.max_by_key(|(opening, _)| opening.closes_at);
    if let Some((opening, within)) = last.filter(|(opening, _)| !opening.is_open(now)) {
        let whole = Span::new(0, scene.reply.len());
        out.push(Detection::at(whole).found(hours(now - opening.opened_at)).limit(hours(within)));
    }
}

fn hours(duration: TimeDelta) -> String {
    format!("{} h", duration.num_hours())
}
