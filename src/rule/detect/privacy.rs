//! Personal data.

use std::collections::BTreeSet;

use super::Detection;
use crate::Span;
use crate::rule::brand::bare;
use crate::rule::finding::Fix;
use crate::rule::scene::Scene;
use crate::text::{Personal, PersonalKind};

/// What stands in a fix where data were taken out.
const REMOVED: &str = "•••";

/// What identifies somebody is taken out; another contact is replaced by the company's own, where that is known.
fn detection(scene: &Scene<'_>, data: &Personal, taken_out: bool) -> Detection {
    let own = match data.kind {
        PersonalKind::Email => scene.brand.email.as_deref(),
        PersonalKind::Phone => scene.brand.phone.as_deref(),
        _ => None,
    };
    let text = if taken_out { Some(REMOVED) } else { own };
    let fix = text.map(|text| Fix::new(data.span, text));
    Detection::at(data.span).found(data.kind.name()).limit(data.span.of(scene.reply)).with_fix(fix)
}

/// One finding a place, the most specific kind first; e-mail addresses and telephone numbers are contact data.
fn report(scene: &Scene<'_>, out: &mut Vec<Detection>, taken_out: bool, wanted: impl Fn(&Personal) -> bool) {
    // They stand in the order of the text.
    let mut end = 0;
    for data in scene.reading.personal_data.iter().filter(|data| wanted(data)) {
        if data.span.start >= end {
            end = data.span.end;
            out.push(detection(scene, data, taken_out));
        }
    }
}

fn is_contact(data: &Personal) -> bool {
    matches!(data.kind, PersonalKind::Email | PersonalKind::Phone)
}

pub(super) fn any(scene: &Scene<'_>, out: &mut Vec<Detection>) {
    // A number that may be a telephone number, too, is not taken for anything worse.
    let is_phone = |data: &&Personal| data.kind == PersonalKind::Phone;
    let mut reach = 0;
    let phones: Vec<Span> = scene
        .reading
        .personal_data
        .iter()
        .filter(is_phone)
        .map(|data| {
            reach = reach.max(data.span.end);
            Span::new(data.span.start, reach)
        })
        .collect();
    let is_phone_too = |span: Span| {
        let before = phones.partition_point(|phone| phone.start < span.end);
        before.checked_sub(1).and_then(|last| phones.get(last)).is_some_and(|phone| phone.end > span.start)
    };
    report(scene, out, true, |data| !is_contact(data) && !is_phone_too(data.span));
}

/// The company's own addresses and numbers may stand anywhere, and so may an office's.
pub(super) fn contact(scene: &Scene<'_>, out: &mut Vec<Detection>) {
    report(scene, out, false, |data| {
        let text = data.span.of(scene.reply);
        is_contact(data) && !scene.brand.owns(text) && !scene.brand.is_office(text)
    });
}

pub(super) fn echo(scene: &Scene<'_>, out: &mut Vec<Detection>) {
    let Some((message, reading)) = scene.customer else { return };
    let given: BTreeSet<String> =
        reading.personal_data.iter().map(|theirs| bare(theirs.span.of(&message.text))).collect();
    if given.is_empty() {
        return;
    }
    let given = |data: &Personal| given.contains(&bare(data.span.of(scene.reply)));
    report(scene, out, true, |data| given(data) && !scene.brand.owns(data.span.of(scene.reply)));
}
