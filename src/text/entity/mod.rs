//! Entities: the links, mentions, hashtags and e-mail addresses of a text.
//!
//! Links, mentions and hashtags are those of twitter-text 3.1.0, because X counts by its links and the other
//! platforms are near enough to it. Three things differ, for all of them are needed and none changes a length:
//! `@user@host.tld` is one mention (Mastodon, Threads), an e-mail address is an entity and covers what twitter-text
//! links in it (`per.no.moe@firma.example`), and the letters of hashtags are those of today's Unicode.
//!
//! Three slips of its JavaScript edition are not copied, and its Java edition does not make them: a link without
//! protocol is placed where it stands, not where the same letters stood first; with letters of another script between
//! host and path it is as long as it is; and no link starts in the second half of a surrogate pair.

mod class;
mod host;
mod link;
mod sign;
mod unlisted;

pub use unlisted::unlisted_links;

use crate::Span;

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EntityKind {
    /// A web address, with or without a protocol.
    Link,
    /// `@user`, or `@user@host.tld`.
    Mention,
    /// `#word`.
    Hashtag,
    /// `user@host.tld`.
    Email,
}

words! {
    /// The protocol of a link.
    Scheme {
        /// `http://`
        Http = "http",
        /// `https://`
        Https = "https",
    }
}

/// One link, mention, hashtag or e-mail address in a text.
///
/// ```
/// use svar::text::{EntityKind, Scheme, entities};
///
/// let text = "Hei @kari, se https://fjordmobil.no/hjelp eller fjordmobil.no #nett";
/// let mut found = Vec::new();
/// entities(text, &mut found);
///
/// let kinds: Vec<_> = found.iter().map(|entity| (entity.kind, entity.name(text))).collect();
/// assert_eq!(kinds, [
///     (EntityKind::Mention, "kari"),
///     (EntityKind::Link, "fjordmobil.no"),
///     (EntityKind::Link, "fjordmobil.no"),
///     (EntityKind::Hashtag, "nett"),
/// ]);
/// assert_eq!(found[1].scheme, Some(Scheme::Https));
/// assert_eq!(found[2].scheme, None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entity {
    /// What it is.
    pub kind: EntityKind,
    /// Where it stands, `@`, `#` and protocol included.
    pub span: Span,
    /// The host of a link, of an e-mail address, or of a mention that names one.
    pub host: Option<Span>,
    /// The protocol of a link; [`None`] where it is written without one.
    pub scheme: Option<Scheme>,
    /// Whether twitter-text finds a link in it that is no entity of its own, but counts as one on X.
    hides_link: bool,
}

impl Entity {
    /// What names the entity: the host of a link, the user of a mention or an e-mail address, the word of a hashtag.
    pub fn name<'t>(&self, text: &'t str) -> &'t str {
        match (self.kind, self.host) {
            (EntityKind::Link, Some(host)) => host.of(text),
            (EntityKind::Email, Some(host)) => {
                Span::new(self.span.start, host.start.saturating_sub(1)).of(text)
            }
            (EntityKind::Mention | EntityKind::Hashtag, host) => {
                let end = host.map_or(self.span.end, |host| host.start.saturating_sub(1));
                let signed = Span::new(self.span.start, end).of(text);
                signed.trim_start_matches(['@', '＠', '#', '＃'])
            }
            (EntityKind::Link | EntityKind::Email, None) => "",
        }
    }

    /// Whether it is a link written without a protocol.
    pub fn is_bare(&self) -> bool {
        self.kind == EntityKind::Link && self.scheme.is_none()
    }

    pub(super) fn hides_link(&self) -> bool {
        self.hides_link
    }
}

/// Fills `out` with the entities of `text`, sorted and not overlapping; what it held is dropped.
///
/// Linear in the length of the text. A text without a full stop between letters, `@` or `#` costs two scans of its
/// bytes.
pub fn entities(text: &str, out: &mut Vec<Entity>) {
    out.clear();
    link::links(text, out);
    let links = out.len();
    sign::signs(text, out);
    if links > 0 && out.len() > links {
        out.sort_unstable_by_key(|entity| (entity.span.start, std::cmp::Reverse(entity.span.end)));
        remove_overlaps(out);
    }
}

/// Fills `out` with all that twitter-text calls a link, whatever else it may be part of.
pub(super) fn links(text: &str, out: &mut Vec<Entity>) {
    out.clear();
    link::links(text, out);
}

/// Of two entities that overlap, the one that starts first stays.
fn remove_overlaps(sorted: &mut Vec<Entity>) {
    sorted.dedup_by(|next, kept| {
        let overlaps = next.span.start < kept.span.end;
        if overlaps {
            kept.hides_link |= next.kind == EntityKind::Link;
        }
        overlaps
    });
}
