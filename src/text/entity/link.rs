//! Links: `extractUrlsWithIndices` of twitter-text, in one pass.
//!
//! A link needs a full stop with a top-level domain behind it, so that is what is looked for; all else is read
//! around it. The expression being copied backtracks: from every character a link may start at, it takes the last
//! full stop the labels reach. [`Run::first`] finds the same place walking a run of labels once.

use super::{Entity, EntityKind, Scheme, class, host};
use crate::Span;
use crate::text::bytescan::{self, char_at, char_before};

/// The most UTF-16 units of a link, its protocol counted once more (`MAX_URL_LENGTH`).
const LONGEST_LINK: usize = 4096;
/// The most characters of the path of a `t.co` link (`MAX_TCO_SLUG_LENGTH`).
const LONGEST_SLUG: usize = 40;

/// Appends the links of `text`.
pub(super) fn links(text: &str, out: &mut Vec<Entity>) {
    let bytes = text.as_bytes();
    // Nothing before `floor` can belong to a link any more; no host before `from` is unread.
    let (mut floor, mut from) = (0, 0);
    let mut barren = 0;
    let may_start_tld = |byte: u8| !byte.is_ascii() || (byte | 0x20).wrapping_sub(b'a') < 26;
    while let Some(dot) = bytescan::find_pair(bytes, from, |dot, next| dot == b'.' && may_start_tld(next)) {
        from = dot + 1;
        if host::tld_end(text, from).is_none() {
            continue;
        }
        let run = Run::around(text, dot, floor);
        match run.first(&mut barren) {
            Ok(found) => {
                floor = push(text, &found, out);
                from = floor;
            }
            Err(end) => from = end,
        }
    }
}

/// A host with what stands around it.
struct Found {
    scheme: Option<Scheme>,
    /// Where the link starts, with its protocol.
    start: usize,
    host: Span,
    /// Whether the character before lets a host without protocol be a link.
    may_be_bare: bool,
}

/// Pushes the links a host makes and returns where the next may start.
fn push(text: &str, found: &Found, out: &mut Vec<Entity>) -> usize {
    let path_start = port_end(text, found.host.end);
    let path_end = path_end(text, path_start);
    let end = query_end(text, path_end);
    let name = found.host.of(text);
    let protocol = match found.scheme {
        Some(Scheme::Http) => "http://".len(),
        Some(Scheme::Https) | None => "https://".len(),
    };
    let whole = Span::new(found.start, end);
    let fits = whole.len() + protocol <= LONGEST_LINK
        || whole.of(text).encode_utf16().take(LONGEST_LINK + 1).count() + protocol <= LONGEST_LINK;
    if !fits || !host::is_valid(name) {
        return end;
    }
    if found.scheme.is_some() {
        let slug =
            name.eq_ignore_ascii_case("t.co").then(|| slug_end(text, path_start, found.host.end)).flatten();
        let end = match slug {
            Some(slug_end) if slug_end - path_start > 1 + LONGEST_SLUG => return end,
            Some(slug_end) => query_end(text, slug_end),
            None => end,
        };
        out.push(Entity::link(Span::new(found.start, end), found.host, found.scheme));
    } else if found.may_be_bare {
        let mut at = 0;
        let mut last = None;
        while let Some((start, end)) = host::next_bare_domain(name, at) {
            let host = Span::new(found.host.start + start, found.host.start + end);
            out.push(Entity::link(host, host, None));
            last = out.last_mut();
            at = end;
        }
        // The port and the query count only with a path.
        if let Some(last) = last.filter(|_| path_end > path_start) {
            last.span.end = end;
        }
    }
    end
}

/// Where `/slug` ends that follows the host of a `t.co` link directly.
fn slug_end(text: &str, path_start: usize, host_end: usize) -> Option<usize> {
    let rest = text.get(path_start..)?.as_bytes();
    if path_start != host_end || rest.first() != Some(&b'/') {
        return None;
    }
    let letters = rest.iter().skip(1).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    (letters > 0).then_some(path_start + 1 + letters)
}

/// Where `:8080` ends, or `at`.
fn port_end(text: &str, at: usize) -> usize {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    let digits = rest.iter().skip(1).take_while(|byte| byte.is_ascii_digit()).count();
    if rest.first() == Some(&b':') && digits > 0 { at + 1 + digits } else { at }
}

/// Where the path ends that starts at `at`, or `at`: a slash, then path characters and balanced parentheses up to
/// the last one a path may end with.
fn path_end(text: &str, at: usize) -> usize {
    if text.as_bytes().get(at) != Some(&b'/') {
        return at;
    }
    let mut end = at + 1;
    let mut here = end;
    while let Some(c) = char_at(text, here) {
        if c == '(' {
            let Some(close) = parentheses_end(text, here) else { break };
            here = close;
            end = close;
        } else if class::is_path(c) {
            here += c.len_utf8();
            if class::ends_path(c) {
                end = here;
            }
        } else {
            break;
        }
    }
    end
}

/// Where the parentheses opened at `open` are closed, with at most one pair inside them.
fn parentheses_end(text: &str, open: usize) -> Option<usize> {
    let path = |at: usize| {
        let rest = text.get(at..).unwrap_or("");
        at + rest.find(|c| !class::is_path(c)).unwrap_or(rest.len())
    };
    let byte = |at: usize| text.as_bytes().get(at);
    let first = path(open + 1);
    match byte(first) {
        Some(b')') if first > open + 1 => Some(first + 1),
        Some(b'(') => {
            let inner = path(first + 1);
            if inner == first + 1 || byte(inner) != Some(&b')') {
                return None;
            }
            let last = path(inner + 1);
            (byte(last) == Some(&b')')).then_some(last + 1)
        }
        _ => None,
    }
}

/// Where the query ends that starts at `at`, or `at`.
fn query_end(text: &str, at: usize) -> usize {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    if rest.first() != Some(&b'?') {
        return at;
    }
    let run = rest.iter().skip(1).take_while(|byte| class::is_query(**byte));
    let ending =
        run.enumerate().filter(|(_, byte)| class::ends_query(**byte)).map(|(offset, _)| offset).last();
    ending.map_or(at, |offset| at + 2 + offset)
}

/// A run of host labels, as far back as a link may still reach.
struct Run<'t> {
    text: &'t str,
    start: usize,
    /// Where the last link ended: the character before a link must not stand before this.
    floor: usize,
}

/// A label of a run.
struct Label {
    span: Span,
    /// Whether a full stop follows, so that it can be part of a host at all.
    dotted: bool,
    /// Ends as a label may.
    closed: bool,
    /// Starts as a label may.
    open: bool,
    /// Where the last underscore is.
    underscore: Option<usize>,
}

impl<'t> Run<'t> {
    /// The run `at` lies in, not reaching before `floor`.
    fn around(text: &'t str, at: usize, floor: usize) -> Self {
        let before = text.get(floor..at).unwrap_or("");
        let start = before.trim_end_matches(class::is_host_run).len() + floor;
        Run { text, start, floor }
    }

    /// The first host of the run, or where the run ends.
    ///
    /// Labels that start before `barren` belong to a chain that was walked to its end before, and end no host that
    /// starts before them.
    fn first(&self, barren: &mut usize) -> Result<Found, usize> {
        let scheme = self.scheme();
        // Where the labels read so far may start a host: all of them may be its sub-domains.
        let mut start: Option<usize> = None;
        // The last full stop they reach: where the host ends.
        let mut reach: Option<usize> = None;
        // A host of one label only, because an underscore stands before it in the same label.
        let mut short: Option<(usize, usize)> = None;
        let mut at = self.start;
        loop {
            let label = self.label(at);
            let chained = label.dotted && label.closed && label.open;
            if !chained || start.is_none() {
                // The chain of labels is broken: what it reached is the host.
                if let Some((start, end)) = start.zip(reach).or(short) {
                    *barren = label.span.start;
                    return Ok(self.found(start, end, scheme));
                }
                start = (label.dotted && label.closed).then(|| self.first_start(label.span)).flatten();
                if !label.dotted {
                    return Err(label.span.end);
                }
            }
            at = label.span.end + 1;
            let Some(host_start) = start else { continue };
            let Some(end) = host::tld_end(self.text, at) else { continue };
            match label.underscore {
                Some(underscore) if underscore >= host_start => {
                    let after = Span::new(underscore + 1, label.span.end);
                    short = short.or_else(|| self.first_start(after).map(|start| (start, end)));
                }
                _ => reach = Some(end),
            }
            if label.span.start < *barren {
                if let Some((start, end)) = start.zip(reach).or(short) {
                    return Ok(self.found(start, end, scheme));
                }
            }
        }
    }

    /// The label that starts at `at`.
    fn label(&self, at: usize) -> Label {
        let mut here = at;
        let mut last = None;
        let mut underscore = None;
        let mut dotted = false;
        while let Some(c) = char_at(self.text, here) {
            if c == '.' || !class::is_host_run(c) {
                dotted = c == '.';
                break;
            }
            if c == '_' {
                underscore = Some(here);
            }
            last = Some(c);
            here += c.len_utf8();
        }
        Label {
            span: Span::new(at, here),
            dotted,
            closed: last.is_some_and(class::is_domain),
            open: char_at(self.text, at).is_some_and(class::is_domain),
            underscore,
        }
    }

    /// The first place in a label where a host may start.
    fn first_start(&self, label: Span) -> Option<usize> {
        let mut starts =
            label.of(self.text).char_indices().scan(char_before(self.text, label.start), |last, (at, c)| {
                let before = last.replace(c);
                let at = label.start + at;
                let free = at == 0 || (at > self.floor && before.is_some_and(class::may_precede_link));
                Some((at, free && class::is_domain(c)))
            });
        // At the start of the text the character there is first tried as the one before the link.
        let first = if label.start == 0 { starts.next() } else { None };
        match starts.next() {
            Some((second, true)) => Some(second),
            _ if first.is_some_and(|(_, may)| may) => Some(0),
            _ => starts.find(|(_, may)| *may).map(|(at, _)| at),
        }
    }

    /// The protocol written before the run.
    fn scheme(&self) -> Option<(Scheme, usize)> {
        let before = self.text.get(self.floor..self.start)?;
        let bytes = before.as_bytes();
        let ends = |protocol: &str| {
            let start = bytes.len().checked_sub(protocol.len())?;
            bytes.get(start..)?.eq_ignore_ascii_case(protocol.as_bytes()).then_some(self.floor + start)
        };
        let (scheme, start) = match ends("https://") {
            Some(start) => (Scheme::Https, start),
            None => (Scheme::Http, ends("http://")?),
        };
        let free = start == 0
            || (start > self.floor && char_before(self.text, start).is_some_and(class::may_precede_link));
        free.then_some((scheme, start))
    }

    fn found(&self, start: usize, end: usize, scheme: Option<(Scheme, usize)>) -> Found {
        let scheme = scheme.filter(|_| start == self.start);
        Found {
            scheme: scheme.map(|(scheme, _)| scheme),
            start: scheme.map_or(start, |(_, start)| start),
            host: Span::new(start, end),
            may_be_bare: start == 0 || !char_before(self.text, start).is_some_and(class::spoils_bare_link),
        }
    }
}

impl Entity {
    fn link(span: Span, host: Span, scheme: Option<Scheme>) -> Entity {
        Entity { kind: EntityKind::Link, span, host: Some(host), scheme, hides_link: false }
    }
}
