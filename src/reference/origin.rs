//! Where something is defined, and which documents change it.

use super::page::Page;
use crate::packs::is_examples;
use crate::policy::Layers;
use crate::source::Location;

/// Says of a page where documents write what it tells about.
pub(super) fn settle(page: &mut Page, layers: &Layers) {
    let mut written: Vec<&Location> = layers.written_under(&page.path).collect();
    let is_example = |own: &Location| is_examples(own.source().name());
    written.retain(|own| !is_example(own));
    // The heading is a better place than the first line below it, if it stands in the lowest document.
    let is_in = |own: &Location, other: &Location| own.source().name() == other.source().name();
    if let Some(lowest) = written.first().copied() {
        if !page.location.as_ref().is_some_and(|own| is_in(own, lowest)) {
            page.location = Some(lowest.clone());
        }
    }
    let Some(defined) = page.location.as_ref().map(|own| own.source().name()) else { return };
    let changed = written.into_iter().filter(|own| {
        let source = own.source();
        !source.is_built_in() && source.name() != defined
    });
    let mut changes: Vec<Location> = changed.cloned().collect();
    changes.dedup_by_key(|own| (own.place().source, own.line()));
    page.changes = changes;
}
