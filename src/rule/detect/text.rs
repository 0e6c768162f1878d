//! The text itself: length, language, what is left over or hidden in it.

use std::iter;

use super::Detection;
use super::places::Places;
use crate::Span;
use crate::case::Author;
use crate::channel::Limit;
use crate::rule::finding::Fix;
use crate::rule::scene::Scene;
use crate::text::{Hidden, HiddenKind};

/// A reply shorter than this may be repeated: "Hei igjen!", "Takk!".
const WORTH_COMPARING: usize = 30;

/// How far another language must lead before a reply is called foreign: languages such as Bokmål and Danish write
/// whole sentences alike.
const CLEARLY_ANOTHER: i32 = 400;

pub(super) fn empty(scene: &Scene<'_>, out: &mut Vec<Detection>) {
    let nothing = !scene.reply.chars().any(char::is_alphanumeric);
    if nothing && scene.reading.emoji.is_empty() {
        out.push(Detection::at(Span::new(0, scene.reply.len())));
    }
}

/// The limits that hold for the whole reply.
fn limits<'a>(scene: &Scene<'a>) -> impl Iterator<Item = &'a Limit> {
    scene.channel.limits(scene.visibility).filter(|_| !scene.in_parts)
}

pub(super) fn too_long(scene: &Scene<'_>, out: &mut Vec<Detection>) {
    for limit in limits(scene) {
        let length = scene.reading.length.get(limit.unit);
        if length > limit.max {
            let whole = Span::new(0, scene.reply.len());
            out.push(Detection::at(whole).found(length).limit(limit.max));
            return;
        }
    }
}

pub(super) fn near_limit(scene: &Scene<'_>, out: &mut Vec<Detection>) {
    for limit in limits(scene) {
        let length = scene.reading.length.get(limit.unit);
        if length <= limit.max && length as f64 > limit.max as f64 * limit.warn_at {
            let whole = Span::new(0, scene.reply.len());
            out.push(Detection::at(whole).found(length).limit(limit.max));
            return;
        }
    }
}

pub(super) fn wrong_language(scene: &Scene<'_>, out: &mut Vec<Detection>) {
    let (Some(heard), Some(wanted)) = (&scene.reading.language, scene.language) else { return };
    let clearly = scene.language_lead >= CLEARLY_ANOTHER && scene.reading.words >= 4;
    if scene.language_known && heard != wanted && clearly {
        let whole = Span::new(0, scene.reply.len());
        out.push(Detection::at(whole).found(heard).limit(wanted));
    }
}

pub(super) fn placeholder(scene: &Scene<'_>, out: &mut Vec<Detection>) {
    for &span in &scene.reading.placeholders {
        out.push(Detection::at(span).found(span.of(scene.reply)));
    }
}

/// Signs that the channel makes nothing of. What a channel makes of them is not known of every one.
pub(super) fn raw_markup(scene: &Scene<'_>, out: &mut Vec<Detection>) {
    let Some(markup) = scene.channel.markup() else { return };
    let slots = Places::new(scene.reading.placeholders.iter().copied());
    for sign in &scene.reading.markup {
        if markup.is.shows_raw(sign.kind) && !slots.overlap(sign.span) {
            let notation = if sign.kind.is_html() { "HTML" } else { "Markdown" };
            let fix = sign.plain(scene.reply).map(|text| Fix::new(sign.span, text));
            out.push(Detection::at(sign.span).found(notation).with_fix(fix));
        }
    }
}

pub(super) fn hidden(scene: &Scene<'_>, out: &mut Vec<Detection>) {
    for hidden in scene.reading.hidden.iter().filter(|hidden| hidden.kind != HiddenKind::LookAlike) {
        report_hidden(scene, hidden, out);
    }
}

pub(super) fn look_alike(scene: &Scene<'_>, out: &mut Vec<Detection>) {
    for hidden in scene.reading.hidden.iter().filter(|hidden| hidden.kind == HiddenKind::LookAlike) {
        report_hidden(scene, hidden, out);
    }
}

fn report_hidden(scene: &Scene<'_>, hidden: &Hidden, out: &mut Vec<Detection>) {
    let fix = hidden.replacement(scene.reply).map(|text| Fix::new(hidden.span, text));
    out.push(Detection::at(hidden.span).found(hidden.describe(scene.reply)).with_fix(fix));
}

pub(super) fn number(scene: &Scene<'_>, out: &mut Vec<Detection>) {
    let mut end = 0;
    for (at, digits) in scene.reply.match_indices(char::is_numeric) {
        match out.last_mut().filter(|_| end == at && at > 0) {
            Some(run) => run.span.end = at + digits.len(),
            None => out.push(Detection::at(Span::new(at, at + digits.len()))),
        }
        end = at + digits.len();
    }
}

pub(super) fn repeats_earlier(scene: &Scene<'_>, out: &mut Vec<Detection>) {
    if scene.reply.len() < WORTH_COMPARING {
        return;
    }
    let ours = scene.case.messages.iter().filter(|message| message.from != Author::Customer);
    if words(scene.reply).next().is_none() {
        return;
    }
    for message in ours {
        if letters(scene.reply).eq(letters(&message.text)) {
            out.push(Detection::at(Span::new(0, scene.reply.len())));
            return;
        }
    }
}

/// The words of a text without marks and mentions.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let pieces = text.split_whitespace().filter(|piece| !piece.starts_with('@'));
    pieces.map(|piece| piece.trim_matches(|c: char| !c.is_alphanumeric())).filter(|word| !word.is_empty())
}

/// The same letter by letter, without case, a space before each word.
fn letters(text: &str) -> impl Iterator<Item = char> {
    words(text).flat_map(|word| iter::once(' ').chain(word.chars().flat_map(char::to_lowercase)))
}
