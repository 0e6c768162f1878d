//! What the reply does to the step that is due: too early, too late, too much.

use chrono::TimeDelta;

use super::Detection;
use super::places::Places;
use crate::Span;
use crate::rule::people::People;
use crate::rule::scene::{Offer, Scene};

/// The signals by which a lexicon says how long somebody is told to wait, each with its unit in minutes.
const WAITS: [(&str, i64); 4] =
    [("wait-minutes", 1), ("wait-hours", 60), ("wait-days", 24 * 60), ("wait-weeks", 7 * 24 * 60)];
/// The acts that promise something by a time.
const PROMISES: [&str; 2] = ["deadline-promise", "promise"];
/// The act that takes it on oneself, by a fault or without one.
const RESPONSIBILITY: &str = "responsibility";
/// The signal by which a lexicon says that something was not good enough, and not whose fault that was.
const SELF_CRITICISM: &str = "self-criticism";

pub(super) fn any(scene: &Scene<'_>, out: &mut Vec<Detection>) {
    out.push(Detection::at(Span::new(0, scene.reply.len())));
}

pub(super) fn forbidden(scene: &Scene<'_>, out: &mut Vec<Detection>) {
    let Some(stage) = scene.stage else { return };
    let own = scene.reading.acts.iter().filter(|heard| !heard.quoted && heard.taken_back.is_none());
    let forbidden = own.filter(|heard| stage.forbidden.contains(heard.act.index()));
    out.extend(forbidden.map(|heard| Detection::at(heard.span).found(heard.act.as_str())));
}

/// Words that say whose fault it was: ours. Neither self-criticism nor sympathy says that.
pub(super) fn fault_admitted(scene: &Scene<'_>, out: &mut Vec<Detection>) {
    let signals = scene.reading.signals.iter().filter(|heard| &*heard.signal == SELF_CRITICISM);
    let critical = Places::new(signals.map(|heard| heard.span));
    let own = scene.reading.acts.iter().filter(|heard| !heard.quoted && heard.taken_back.is_none());
    let admitted = own.filter(|heard| heard.act == *RESPONSIBILITY && !critical.overlap(heard.span));
    out.extend(admitted.map(|heard| Detection::at(heard.span).found(heard.span.of(scene.reply))));
}

/// What was promised in figures (`within 24 hours`), in a sentence that promises, is over only after the clock.
pub(super) fn beyond_clock(scene: &Scene<'_>, out: &mut Vec<Detection>) {
    let Some((now, due)) = scene.now.zip(scene.due) else { return };
    let left = due.signed_duration_since(now);
    // Whoever is late already can only promise something later.
    if left <= TimeDelta::zero() {
        return;
    }
    let promises = |sentence: usize| {
        let acts = scene.reading.acts_in(sentence).iter();
        acts.filter(|heard| !heard.quoted).any(|heard| PROMISES.iter().any(|act| heard.act == **act))
    };
    for heard in &scene.reading.signals {
        let Some((_, unit)) = WAITS.iter().find(|(name, _)| *name == &*heard.signal) else { continue };
        let sentence = scene.reading.sentences.partition_point(|own| own.end <= heard.span.start);
        let digits = heard.span.of(scene.reply).chars().take_while(char::is_ascii_digit);
        let Ok(count) = digits.collect::<String>().parse::<i64>() else { continue };
        let wait = count.checked_mul(*unit).and_then(TimeDelta::try_minutes);
        if promises(sentence) && wait.is_none_or(|wait| wait > left) {
            let found = heard.span.of(scene.reply);
            out.push(Detection::at(heard.span).found(found).limit(in_words(left)));
        }
    }
}

fn in_words(left: TimeDelta) -> String {
    match (left.num_hours(), left.num_minutes() % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// The customer's name, or any of its parts of more than two letters.
pub(super) fn customer_name(scene: &Scene<'_>, out: &mut Vec<Detection>) {
    let named = People::customer_of(scene.case).plainly_named_in(scene.reply);
    out.extend(named.into_iter().map(|span| Detection::at(span).found(span.of(scene.reply))));
}

/// Where the reply offers something.
fn offered<'a>(scene: &Scene<'a>) -> Option<(Span, &'a Offer)> {
    let offer = scene.offer?;
    let own = scene.reading.acts.iter().find(|heard| heard.act == *"compensation-offer" && !heard.quoted)?;
    Some((own.span, offer))
}

pub(super) fn without_extra(scene: &Scene<'_>, out: &mut Vec<Detection>) {
    let found = offered(scene).filter(|(_, offer)| offer.without_extra);
    out.extend(found.map(|(span, offer)| Detection::at(span).found(&offer.amount).limit(&offer.loss)));
}

pub(super) fn beyond_reason(scene: &Scene<'_>, out: &mut Vec<Detection>) {
    let found = offered(scene).and_then(|(span, offer)| Some((span, offer, offer.beyond.as_ref()?)));
    out.extend(found.map(|(span, offer, most)| Detection::at(span).found(&offer.amount).limit(most)));
}

pub(super) fn beyond_authority(scene: &Scene<'_>, out: &mut Vec<Detection>) {
    let found = offered(scene).and_then(|(span, offer)| Some((span, offer, offer.approval.as_ref()?)));
    out.extend(found.map(|(span, offer, who)| Detection::at(span).found(&offer.amount).limit(who)));
}
