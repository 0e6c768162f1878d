//! Lists and sections of which a document may not make too much.

use crate::source::{Entry, Field, TableReader};

/// So many calendars, and so many rotas, a policy has at most.
pub const MOST_CALENDARS: usize = 500;

/// The elements of a list, of which there are not too many.
pub(super) fn elements<'n, 'a>(field: Field<'n, 'a>, most: usize) -> impl Iterator<Item = Field<'n, 'a>> {
    let list = field.array();
    let count = list.as_ref().map_or(0, ExactSizeIterator::len);
    if count > most {
        field.error("too-many", format!("there are {count} elements, at most {most} can stand here"));
    }
    list.into_iter().flatten().take(most)
}

/// The entries of a section, of which there are not too many.
pub(super) fn section<'n, 'a>(
    section: Option<TableReader<'n, 'a>>,
    what: &str,
) -> impl Iterator<Item = (&'n Entry<'a>, Field<'n, 'a>)> {
    if let Some(table) = section.as_ref().filter(|section| section.table().len() > MOST_CALENDARS) {
        let message = format!("a policy has at most {MOST_CALENDARS} {what}");
        table.mistakes().error("too-many", message, table.place());
    }
    section.into_iter().flat_map(TableReader::entries).take(MOST_CALENDARS)
}
