//! Contacts: what readers, and svar itself, take for an e-mail address, a telephone number, a host.

use crate::text::personal::{PersonalKind, personal_data};
use crate::text::{Entity, EntityKind, entities, unlisted_links};

/// What a text is to be, all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Contact {
    Email,
    Phone,
    /// `fjordmobil.no`
    Host,
    /// Whatever a company can be reached by, or is known by.
    Any,
}

impl Contact {
    pub(crate) fn is_heard_in(self, text: &str) -> bool {
        match self {
            Contact::Email => is_email(text),
            Contact::Phone => is_phone(text),
            Contact::Host => is_host(text),
            Contact::Any => {
                is_email(text)
                    || is_phone(text)
                    || is_entity(text, EntityKind::Link)
                    || is_personal(text, |_| true)
            }
        }
    }
}

pub(super) fn is_email(text: &str) -> bool {
    let Some((local, host)) = text.split_once('@') else { return false };
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+');
    let labels = host.split('.').count() > 1 && host.split('.').all(|label| !label.is_empty());
    let edges = local.starts_with('.') || local.ends_with('.');
    !local.is_empty()
        && !edges
        && labels
        && local.chars().all(plain)
        && host.chars().all(|c| plain(c) && c != '_')
        && is_entity(text, EntityKind::Email)
}

/// A number as it is heard among other words, or a shorter one that only somebody who is told takes for one: `02007`.
pub(super) fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let rest = text.strip_prefix('+').unwrap_or(text);
    let plain = rest.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '(' | ')'));
    (3..=15).contains(&digits) && plain && !rest.starts_with(['-', ')'])
        || is_personal(text, |kind| kind == PersonalKind::Phone)
}

/// A host is heard where a link leads to it.
fn is_host(text: &str) -> bool {
    let link = format!("https://{text}/");
    let has_labels = text.split('.').all(|label| !label.is_empty());
    has_labels
        && found_in(&link).iter().any(|entity| {
            entity.kind == EntityKind::Link && is_whole(&link, entity) && entity.name(&link) == text
        })
}

fn is_entity(text: &str, kind: EntityKind) -> bool {
    found_in(text).iter().any(|entity| entity.kind == kind && is_whole(text, entity))
}

fn is_personal(text: &str, wanted: impl Fn(PersonalKind) -> bool) -> bool {
    let mut found = Vec::new();
    personal_data(text, &mut found);
    found.iter().any(|data| wanted(data.kind) && data.span.start == 0 && data.span.end == text.len())
}

/// What a reader takes for a link, a mention or an address, with those links that only look like some.
pub(super) fn found_in(text: &str) -> Vec<Entity> {
    let mut found = Vec::new();
    entities(text, &mut found);
    let mut unlisted = Vec::new();
    unlisted_links(text, &found, &mut unlisted);
    found.append(&mut unlisted);
    found
}

/// Whether something is all of a text.
pub(super) fn is_whole(text: &str, entity: &Entity) -> bool {
    entity.span.start == 0 && entity.span.end == text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contacts_are_what_is_heard() {
        for (kind, good, bad) in [
            (
                Contact::Email,
                &["help@acme.example", "jo.x+1@a-b.co.uk"][..],
                &["", "help@", "a b@c.no", "a@b", "Help <a@b.no>", "a@b.no c@d.no", " a@b.no"][..],
            ),
            (
                Contact::Phone,
                &["+47 21 00 00 00", "21000000", "02007", "116 117", "030/1234567", "+49 (0)711 5550100"],
                &["", "ask us", "12", "call 21 00 00 00", "a@b.no"],
            ),
            (
                Contact::Host,
                &["fjordmobil.no", "Booking.example.com", "blåbær.no", "a.b.example"],
                &["", "https://a.no", "a.no/x", "a b.no", "a.no ", "*.a.no", ".a.no", "a.no:80", "x@a.no"],
            ),
            (
                Contact::Any,
                &["help@acme.example", "800 40 500", "https://a.no/help", "a.no/help"],
                &["", "ask us", "a@b.no, c@d.no"],
            ),
        ] {
            for text in good {
                assert!(kind.is_heard_in(text), "{kind:?}: {text}");
            }
            for text in bad {
                assert!(!kind.is_heard_in(text), "{kind:?}: {text}");
            }
        }
    }
}
