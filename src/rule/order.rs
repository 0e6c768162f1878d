//! The order in which acts stand in a reply.

use super::detect::Detection;
use super::scene::Scene;
use crate::lexicon::{ActSet, Heard};

/// The act comes too late: after one that should follow it, or after too many sentences. A greeting is no sentence.
pub(super) fn out_of_order(
    scene: &Scene<'_>,
    act: u8,
    before: ActSet,
    within_sentences: Option<usize>,
) -> Option<Detection> {
    let own = |heard: &&Heard| !heard.quoted && heard.taken_back.is_none();
    let mut acts = scene.reading.acts.iter().filter(own);
    let first = acts.clone().find(|heard| heard.act.index() == act)?;
    let overtaken = acts.any(|heard| before.contains(heard.act.index()) && heard.sentence < first.sentence);
    let late =
        within_sentences.is_some_and(|most| first.sentence - greetings_before(scene, first.sentence) >= most);
    (overtaken || late).then(|| Detection::at(first.span).found(first.span.of(scene.reply)))
}

/// How many sentences before one hold nothing but a greeting. The acts are in the order of the sentences.
fn greetings_before(scene: &Scene<'_>, sentence: usize) -> usize {
    let greeting = scene.acts.index("greeting");
    let acts = scene.reading.acts.as_slice();
    let sentences = acts.chunk_by(|one, next| one.sentence == next.sentence);
    let before = sentences.take_while(|acts| acts.first().is_some_and(|heard| heard.sentence < sentence));
    before.filter(|acts| acts.iter().all(|heard| Some(heard.act.index()) == greeting)).count()
}
