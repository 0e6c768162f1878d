//! What other scanners found in a text, in the form the tokens want it.

use super::token::{Mark, TokenKind};
use super::{Emoji, Entity, EntityKind, emojis_in};

/// The emoji and entities of a text as sorted, non-overlapping marks. Made to be reused.
#[derive(Clone, Debug, Default)]
pub(crate) struct Marks {
    marks: Vec<Mark>,
}

impl Marks {
    /// Emoji, entities and links that are not among these together; where they overlap the one that begins first
    /// stands.
    pub(crate) fn gather(&mut self, emoji: &[Emoji], entities: &[Entity], unlisted: &[Entity]) -> &[Mark] {
        self.marks.clear();
        self.marks.extend(emoji.iter().map(|emoji| Mark { span: emoji.span, kind: TokenKind::Emoji }));
        self.marks.extend(entities.iter().chain(unlisted).map(|entity| {
            let kind = match entity.kind {
                EntityKind::Link => TokenKind::Link,
                EntityKind::Mention => TokenKind::Mention,
                EntityKind::Hashtag => TokenKind::Hashtag,
                EntityKind::Email => TokenKind::Email,
            };
            Mark { span: entity.span, kind }
        }));
        let lists = [emoji.is_empty(), entities.is_empty(), unlisted.is_empty()];
        if lists.into_iter().filter(|&empty| !empty).count() > 1 {
            self.marks.sort_unstable_by_key(|mark| mark.span);
            let mut end = 0;
            self.marks.retain(|mark| {
                let free = mark.span.start >= end;
                end = if free { mark.span.end } else { end };
                free
            });
        }
        &self.marks
    }

    /// Only the emoji: what a phrase of a policy can hold.
    pub(crate) fn emoji_only(&mut self, text: &str) -> &[Mark] {
        let mut emoji = Vec::new();
        emojis_in(text, &mut emoji);
        self.gather(&emoji, &[], &[])
    }
}
