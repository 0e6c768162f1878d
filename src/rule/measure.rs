//! Measures: what a `limit` counts.

use crate::Span;
use crate::case::Visibility;
use crate::rule::scene::Scene;
use crate::text::{EntityKind, Unit};

/// Something that can be counted in a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Measure {
    Emoji,
    Links,
    /// People who are called in: see [`Scene::called_in`].
    Mentions,
    Hashtags,
    ExclamationMarks,
    Sentences,
    Words,
    PublicTurns,
    Length(Unit),
}

/// Measures by the names a policy calls them.
pub(crate) const MEASURES: [(&str, Measure); 15] = [
    ("emoji", Measure::Emoji),
    ("links", Measure::Links),
    ("mentions", Measure::Mentions),
    ("hashtags", Measure::Hashtags),
    ("exclamation-marks", Measure::ExclamationMarks),
    ("sentences", Measure::Sentences),
    ("words", Measure::Words),
    ("public-turns", Measure::PublicTurns),
    ("bytes", Measure::Length(Unit::Bytes)),
    ("utf16", Measure::Length(Unit::Utf16)),
    ("code-points", Measure::Length(Unit::CodePoints)),
    ("graphemes", Measure::Length(Unit::Graphemes)),
    ("x", Measure::Length(Unit::X)),
    ("threads", Measure::Length(Unit::Threads)),
    ("mastodon", Measure::Length(Unit::Mastodon)),
];

impl Measure {
    pub(crate) fn of(self, scene: &Scene<'_>) -> usize {
        let reading = scene.reading;
        match self {
            Measure::Emoji => reading.emoji.len(),
            Measure::Links => scene.links().count(),
            Measure::Mentions => scene.called_in().len(),
            Measure::Hashtags => reading.entities_of(EntityKind::Hashtag).count(),
            Measure::ExclamationMarks => reading.exclamations.iter().map(|run| marks(*run, scene)).sum(),
            Measure::Sentences => reading.sentences.len(),
            Measure::Words => reading.words,
            Measure::PublicTurns => {
                usize::from(scene.public_turns) + usize::from(scene.visibility == Visibility::Public)
            }
            Measure::Length(unit) => reading.length.get(unit),
        }
    }

    /// The channel's own maximum, where a policy leaves it to the channel.
    pub(crate) fn channel_max(self, scene: &Scene<'_>) -> Option<usize> {
        match self {
            Measure::Emoji => scene.channel.emoji().max,
            Measure::Links => scene.channel.max_links(),
            Measure::Mentions => scene.channel.max_mentions(),
            Measure::Hashtags => scene.channel.max_hashtags(),
            _ => None,
        }
    }

    /// Whether channels can have a maximum of it.
    pub(crate) fn has_channel_max(self) -> bool {
        matches!(self, Measure::Emoji | Measure::Links | Measure::Mentions | Measure::Hashtags)
    }

    /// The place of the first one too many; of exclamation marks, of the run that it stands in.
    pub(crate) fn first_beyond(self, scene: &Scene<'_>, max: usize) -> Span {
        let reading = scene.reading;
        let span = match self {
            Measure::Emoji => reading.emoji.get(max).map(|emoji| emoji.span),
            Measure::Links => {
                // Those whose host nobody vouches for stand behind the others.
                let mut links: Vec<Span> = scene.links().map(|link| link.span).collect();
                links.sort_unstable();
                links.get(max).copied()
            }
            Measure::Mentions => scene.called_in().get(max).copied(),
            Measure::Hashtags => {
                reading.entities_of(EntityKind::Hashtag).nth(max).map(|hashtag| hashtag.span)
            }
            Measure::Sentences => reading.sentences.get(max).copied(),
            Measure::ExclamationMarks => {
                let mut count = 0;
                reading.exclamations.iter().copied().find(|run| {
                    count += marks(*run, scene);
                    count > max
                })
            }
            Measure::Words | Measure::PublicTurns | Measure::Length(_) => None,
        };
        span.unwrap_or(Span::new(0, scene.reply.len()))
    }
}

/// How many marks a run has.
fn marks(run: Span, scene: &Scene<'_>) -> usize {
    run.of(scene.reply).chars().count()
}
