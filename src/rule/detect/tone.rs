//! Tone: register, address, shouting.

use super::Detection;
use crate::Span;
use crate::lexicon::{AddressForm, Register};
use crate::rule::finding::Fix;
use crate::rule::scene::Scene;

/// Reports the cue that speaks most for the register that does not fit, the first of several.
fn register(scene: &Scene<'_>, out: &mut Vec<Detection>, sign: f32) {
    let cues = scene.reading.register.evidence.iter().rev();
    let evidence = cues.max_by(|one, other| (one.weight * sign).total_cmp(&(other.weight * sign)));
    let span = evidence.map_or(Span::default(), |cue| cue.span);
    out.push(Detection::at(span).found(span.of(scene.reply)));
}

pub(super) fn register_too_low(scene: &Scene<'_>, out: &mut Vec<Detection>) {
    if scene.channel.register() == Register::Formal && scene.reading.register.label == Register::Informal {
        register(scene, out, -1.0);
    }
}

pub(super) fn register_too_high(scene: &Scene<'_>, out: &mut Vec<Detection>) {
    if scene.channel.register() == Register::Informal && scene.reading.register.label == Register::Formal {
        register(scene, out, 1.0);
    }
}

pub(super) fn address_mixed(scene: &Scene<'_>, out: &mut Vec<Detection>) {
    let address = &scene.reading.address;
    if address.form == AddressForm::Mixed {
        let (Some(&formal), Some(&informal)) = (address.formal.first(), address.informal.first()) else {
            return;
        };
        let later = formal.max(informal);
        let found = format!("`{}` and `{}`", formal.of(scene.reply), informal.of(scene.reply));
        out.push(Detection::at(later).found(found));
    }
}

pub(super) fn address_unexpected(scene: &Scene<'_>, out: &mut Vec<Detection>) {
    let expected = scene.language.and_then(|language| scene.channel.address(language.as_str()));
    let Some(expected) = expected else { return };
    let address = &scene.reading.address;
    let against = match expected {
        AddressForm::Formal => &address.informal,
        AddressForm::Informal => &address.formal,
        AddressForm::None => {
            if address.formal.is_empty() {
                &address.informal
            } else {
                &address.formal
            }
        }
        AddressForm::Mixed => return,
    };
    // Mixed address is a finding of its own.
    if let Some(&span) = against.first().filter(|_| address.form != AddressForm::Mixed) {
        out.push(Detection::at(span).found(span.of(scene.reply)));
    }
}

pub(super) fn shouting(scene: &Scene<'_>, out: &mut Vec<Detection>) {
    for &span in &scene.reading.shouting {
        let text = span.of(scene.reply);
        let starts_sentence =
            scene.reading.sentences.binary_search_by_key(&span.start, |sentence| sentence.start).is_ok();
        let lower = text.to_lowercase();
        let calm = if starts_sentence { capitalised(&lower) } else { lower };
        out.push(Detection::at(span).found(text).with_fix(Some(Fix::new(span, calm))));
    }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

pub(super) fn exclamation_run(scene: &Scene<'_>, out: &mut Vec<Detection>) {
    for &span in scene.reading.exclamations.iter().filter(|span| span.of(scene.reply).chars().count() > 1) {
        out.push(Detection::at(span).found(span.of(scene.reply)).with_fix(Some(Fix::new(span, "!"))));
    }
}

pub(super) fn letter_run(scene: &Scene<'_>, out: &mut Vec<Detection>) {
    for &span in &scene.reading.stretched {
        out.push(Detection::at(span).found(span.of(scene.reply)));
    }
}
