//! Places in a text, to be asked whether they overlap another.

use crate::Span;

/// Places in the order of the text, each as far as any of them reaches.
pub(super) struct Places(Vec<Span>);

impl Places {
    pub(super) fn new(spans: impl Iterator<Item = Span>) -> Places {
        let mut reach = 0;
        let reaching = |span: Span| {
            reach = reach.max(span.end);
            Span::new(span.start, reach)
        };
        Places(spans.map(reaching).collect())
    }

    pub(super) fn overlap(&self, span: Span) -> bool {
        let before = self.0.partition_point(|place| place.start < span.end);
        before.checked_sub(1).and_then(|last| self.0.get(last)).is_some_and(|place| place.end > span.start)
    }
}
