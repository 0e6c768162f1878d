//! Emoji: in the set, ambiguous, alone.

use super::Detection;
use crate::Span;
use crate::rule::finding::Fix;
use crate::rule::scene::Scene;
use crate::text::{Emoji, fold_emoji};

/// Takes an emoji out, and the white space before it, so that no double space is left behind.
fn without(reply: &str, span: Span) -> Fix {
    let before = reply.get(..span.start).unwrap_or("");
    let start = before.trim_end_matches(' ').len();
    Fix::new(Span::new(start, span.end), "")
}

fn report(scene: &Scene<'_>, out: &mut Vec<Detection>, found: impl Fn(&str) -> bool) {
    // A reply that would be left without a word is for somebody to write.
    let says_something = scene.reading.words > 0;
    for emoji in &scene.reading.emoji {
        let text = emoji.span.of(scene.reply);
        if found(text) {
            let fix = says_something.then(|| without(scene.reply, emoji.span));
            out.push(Detection::at(emoji.span).found(text).with_fix(fix));
        }
    }
}

pub(super) fn any(scene: &Scene<'_>, out: &mut Vec<Detection>) {
    report(scene, out, |_| true);
}

/// Emoji answer emoji, where the channel mirrors them; a complaint is a matter of its own.
pub(super) fn not_mirrored(scene: &Scene<'_>, out: &mut Vec<Detection>) {
    let customer_uses_none = scene.customer.is_some_and(|(_, reading)| reading.emoji.is_empty());
    if scene.channel.emoji().mirror && customer_uses_none {
        report(scene, out, |_| true);
    }
}

pub(super) fn not_in_set(scene: &Scene<'_>, out: &mut Vec<Detection>) {
    let allowed = scene.emoji_allowed;
    report(scene, out, |text| {
        !allowed.contains(text) && !scene.emoji_ambiguous.contains(text) && !is_the_customers(scene, text)
    });
}

pub(super) fn ambiguous(scene: &Scene<'_>, out: &mut Vec<Detection>) {
    report(scene, out, |text| scene.emoji_ambiguous.contains(text) && !is_the_customers(scene, text));
}

/// Whether the customer used the emoji first: then the two agree on what it means.
fn is_the_customers(scene: &Scene<'_>, text: &str) -> bool {
    scene.customer.is_some_and(|(message, reading)| {
        let theirs = |emoji: &Emoji| fold_emoji(emoji.span.of(&message.text)) == fold_emoji(text);
        reading.emoji.iter().any(theirs)
    })
}

pub(super) fn only(scene: &Scene<'_>, out: &mut Vec<Detection>) {
    let Some(first) = scene.reading.emoji.first() else { return };
    let only = scene.reading.words == 0 && !scene.reply.chars().any(char::is_alphanumeric);
    if only {
        let end = scene.reading.emoji.last().map_or(first.span.end, |last| last.span.end);
        out.push(Detection::at(Span::new(first.span.start, end)).found(scene.reply.trim()));
    }
}
