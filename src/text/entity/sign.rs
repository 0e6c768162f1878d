//! What is made by a sign: mentions, hashtags and e-mail addresses.

use super::{Entity, EntityKind, class};
use crate::Span;
use crate::text::bytescan::{self, char_at, char_before};

/// The most letters of a user name (`validMentionOrList`).
const LONGEST_NAME: usize = 20;
/// The most characters of a list's name after its first.
const LONGEST_SLUG: usize = 24;
/// The most bytes of the part before the `@` of an address (RFC 5321).
const LONGEST_LOCAL: usize = 64;
/// The most bytes of a host (RFC 1035).
const LONGEST_HOST: usize = 253;
/// The first byte of the full-width signs.
const FULL_WIDTH: u8 = 0xEF;

/// Appends the mentions, hashtags and e-mail addresses of `text`, sorted and not overlapping.
pub(super) fn signs(text: &str, out: &mut Vec<Entity>) {
    let bytes = text.as_bytes();
    let mut reader = Reader { text, mention_floor: 0, hashtag_floor: 0, end: 0 };
    let mut from = 0;
    while let Some(at) = bytescan::find(bytes, from, |byte| matches!(byte, b'@' | b'#' | FULL_WIDTH)) {
        let Some(sign) = char_at(text, at) else { break };
        from = at + sign.len_utf8();
        let found = match sign {
            '@' | '＠' => reader.at_sign(at, from),
            '#' | '＃' => reader.hash_sign(at, from),
            _ => None,
        };
        if let Some(entity) = found {
            reader.end = entity.span.end;
            from = entity.span.end;
            out.push(entity);
        }
    }
}

struct Reader<'t> {
    text: &'t str,
    /// Where the last mention ended, even one that was rejected: the character before the next one must not stand
    /// before this.
    mention_floor: usize,
    /// The same for hashtags.
    hashtag_floor: usize,
    /// Where the last entity ended.
    end: usize,
}

impl Reader<'_> {
    /// What the `@` at `at` makes, with the text after it starting at `name`.
    fn at_sign(&mut self, at: usize, name: usize) -> Option<Entity> {
        let is_ascii = name == at + 1;
        if is_ascii && char_before(self.text, at).is_some_and(ends_local) {
            if let Some(email) = self.email(at) {
                return Some(email);
            }
        }
        if !self.may_mention(at) {
            return None;
        }
        self.mention_with_host(at, name).filter(|_| is_ascii).or_else(|| self.mention(at, name))
    }

    /// Whether a mention may start at `at`.
    fn may_mention(&self, at: usize) -> bool {
        if at == 0 {
            return true;
        }
        let Some(before) = char_before(self.text, at).filter(|_| at > self.mention_floor) else {
            return false;
        };
        if class::may_precede_mention(before) {
            return true;
        }
        // `RT@user`, where the `RT` is a word.
        let Some(word) = at.checked_sub(2).filter(|start| *start >= self.mention_floor) else { return false };
        self.text.get(word..at).is_some_and(|rt| rt.eq_ignore_ascii_case("rt"))
            && (word == 0
                || (word > self.mention_floor
                    && char_before(self.text, word).is_some_and(|c| {
                        !(c.is_ascii_alphanumeric() || matches!(c, '_' | '+' | '~' | '.' | '-'))
                    })))
    }

    /// `@user`.
    fn mention(&mut self, at: usize, name: usize) -> Option<Entity> {
        let rest = self.text.as_bytes().get(name..)?;
        let length = rest.iter().take(LONGEST_NAME).take_while(|byte| class::is_name(**byte)).count();
        if length == 0 {
            return None;
        }
        let end = name + length;
        let after = end + list_length(rest.get(length..).unwrap_or_default());
        self.mention_floor = after;
        let follower = char_at(self.text, after);
        let spoilt = follower.is_some_and(|c| matches!(c, '@' | '＠') || class::is_latin_accent(c))
            || self.text.get(after..).is_some_and(|rest| rest.starts_with("://"));
        (!spoilt).then(|| Entity::new(EntityKind::Mention, Span::new(at, end), None))
    }

    /// `@user@host.tld`.
    fn mention_with_host(&mut self, at: usize, name: usize) -> Option<Entity> {
        let rest = self.text.as_bytes().get(name..)?;
        let is_user = |byte: &u8| class::is_name(*byte) || matches!(byte, b'.' | b'-');
        let length = rest.iter().take(LONGEST_LOCAL + 1).take_while(|byte| is_user(byte)).count();
        let user = rest.get(..length)?;
        let closed = |byte: Option<&u8>| byte.is_some_and(|byte| class::is_name(*byte));
        if length > LONGEST_LOCAL
            || !closed(user.first())
            || !closed(user.last())
            || rest.get(length) != Some(&b'@')
        {
            return None;
        }
        let host = host_at(self.text, name + length + 1).filter(|host| host.of(self.text).is_ascii())?;
        self.mention_floor = host.end;
        Some(Entity::new(EntityKind::Mention, Span::new(at, host.end), Some(host)))
    }

    /// `#word`.
    fn hash_sign(&mut self, at: usize, word: usize) -> Option<Entity> {
        let free = at == 0
            || (at > self.hashtag_floor
                && char_before(self.text, at).is_some_and(class::may_precede_hashtag));
        let rest = self.text.get(word..)?;
        if !free || rest.starts_with(['\u{FE0F}', '\u{20E3}']) {
            return None;
        }
        let length = rest.find(|c| !class::is_hashtag(c)).unwrap_or(rest.len());
        if !rest.get(..length)?.contains(class::is_hashtag_letter) {
            return None;
        }
        let end = word + length;
        self.hashtag_floor = end;
        let after = rest.get(length..)?;
        let spoilt = after.starts_with(['#', '＃']) || after.starts_with("://");
        (!spoilt).then(|| Entity::new(EntityKind::Hashtag, Span::new(at, end), None))
    }

    /// `user@host.tld`, around the `@` at `at`.
    fn email(&mut self, at: usize) -> Option<Entity> {
        let host = host_at(self.text, at + 1)?;
        let mut start = at;
        while let Some(c) = char_before(self.text, start).filter(|c| start > self.end && is_local(*c)) {
            start -= c.len_utf8();
            if at - start > LONGEST_LOCAL {
                return None;
            }
        }
        // Full stops do not stand side by side in an address, and marks do not begin one: around `'user@host.tld'`
        // there are quotes.
        let local = self.text.get(start..at)?;
        let local = local.rsplit_once("..").map_or(local, |(_, local)| local);
        let local = local.trim_start_matches(|c| !ends_local(c));
        let start = at - local.len();
        let signed = char_before(self.text, start) == Some('@');
        (!signed && !local.is_empty())
            .then(|| Entity::new(EntityKind::Email, Span::new(start, host.end), Some(host)))
    }
}

/// The length of `/list`, which may follow a user name and belongs to no mention here, or 0.
fn list_length(rest: &[u8]) -> usize {
    match rest {
        [b'/', first, more @ ..] if first.is_ascii_alphabetic() => {
            let more = more.iter().take(LONGEST_SLUG);
            2 + more.take_while(|byte| class::is_name(**byte) || **byte == b'-').count()
        }
        _ => 0,
    }
}

/// What the part of an address before the `@` is made of.
fn is_local(c: char) -> bool {
    class::is_email_letter(c) || matches!(c, '.' | '_' | '%' | '+' | '\'' | '-')
}

/// What it may end with. After any other character the `@` makes a mention.
fn ends_local(c: char) -> bool {
    class::is_email_letter(c) || c == '_'
}

/// The host that starts at `at`: labels of letters, digits and hyphens, two at least, the last one a word of letters
/// or punycode. Any such word will do, since an address under a domain the list lacks is an address no less.
fn host_at(text: &str, at: usize) -> Option<Span> {
    let rest = text.get(at..)?;
    let is_host = |c: char| class::is_email_letter(c) || matches!(c, '.' | '-');
    let run = rest.get(..rest.find(|c| !is_host(c)).unwrap_or(rest.len()))?;
    let gap = run.as_bytes().windows(2).position(|pair| pair == b"..");
    let run = run.get(..gap.unwrap_or(run.len()))?;
    let host = run.trim_end_matches(['.', '-']);
    let (first, last) = host.rsplit_once('.')?;
    let closed = |label: &str| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-');
    let word = last.chars().count() >= 2 && last.chars().all(char::is_alphabetic);
    let coded = last.get(..4).is_some_and(|prefix| prefix.eq_ignore_ascii_case("xn--"));
    ((word || coded) && host.len() <= LONGEST_HOST && first.split('.').all(closed))
        .then(|| Span::new(at, at + host.len()))
}

impl Entity {
    fn new(kind: EntityKind, span: Span, host: Option<Span>) -> Entity {
        Entity { kind, span, host, scheme: None, hides_link: false }
    }
}
