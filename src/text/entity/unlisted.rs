//! Links whose host no top-level domain vouches for: `https://intern/side`, `http://10.0.0.1`, `https://shop.example`.
//!
//! twitter-text knows none of them, so they are no [`entities`](super::entities); but whoever writes a protocol means a
//! link, and a browser follows it. Rules about links look at both.

use super::{Entity, EntityKind, Scheme, class};
use crate::Span;
use crate::text::bytescan;

/// Fills `out` with the links of `text` that have a protocol and are not among its `entities`; what it held is
/// dropped. A text without `:/` costs a scan of its bytes.
pub fn unlisted_links(text: &str, entities: &[Entity], out: &mut Vec<Entity>) {
    out.clear();
    let bytes = text.as_bytes();
    let mut from = 0;
    let mut known = entities.iter().filter(|entity| entity.kind == EntityKind::Link).peekable();
    while let Some(colon) = bytescan::find_pair(bytes, from, |colon, next| colon == b':' && next == b'/') {
        from = colon + 1;
        let Some((scheme, start)) = scheme_before(text, colon) else { continue };
        while known.next_if(|link| link.span.end <= start).is_some() {}
        if known.peek().is_some_and(|link| link.span.start <= start) {
            continue;
        }
        let Some(rest) = text.get(colon..).and_then(|rest| rest.strip_prefix("://")) else { continue };
        let host_start = colon + "://".len();
        let host_len =
            rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-' | '_'))).unwrap_or(rest.len());
        let host = Span::new(
            host_start,
            host_start + rest.get(..host_len).unwrap_or("").trim_end_matches('.').len(),
        );
        if host.is_empty() {
            continue;
        }
        let end = tail_end(text, host.end);
        from = end;
        out.push(Entity {
            kind: EntityKind::Link,
            span: Span::new(start, end),
            host: Some(host),
            scheme: Some(scheme),
            hides_link: false,
        });
    }
}

fn scheme_before(text: &str, colon: usize) -> Option<(Scheme, usize)> {
    for (name, scheme) in [("https", Scheme::Https), ("http", Scheme::Http)] {
        let start = colon.checked_sub(name.len());
        if let Some(start) =
            start.filter(|&start| text.get(start..colon).is_some_and(|word| word.eq_ignore_ascii_case(name)))
        {
            let before = text.get(..start).and_then(|before| before.chars().next_back());
            return (!before.is_some_and(char::is_alphanumeric)).then_some((scheme, start));
        }
    }
    None
}

/// Where port, path and query end, without the marks that close the sentence around the link.
fn tail_end(text: &str, host_end: usize) -> usize {
    let tail = text.get(host_end..).unwrap_or("");
    if !tail.starts_with([':', '/', '?', '#']) {
        return host_end;
    }
    let len = tail
        .find(|c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | '»' | '«' | '”' | '“'))
        .unwrap_or(tail.len());
    let tail = tail.get(..len).unwrap_or("");
    host_end + tail.trim_end_matches(|c: char| !class::ends_path(c) && c != '/').len()
}

#[cfg(test)]
mod tests {
    use crate::text::{entities, unlisted_links};

    fn found(text: &str) -> Vec<(&str, &str)> {
        let (mut known, mut out) = (Vec::new(), Vec::new());
        entities(text, &mut known);
        unlisted_links(text, &known, &mut out);
        out.iter().map(|link| (link.span.of(text), link.name(text))).collect()
    }

    #[test]
    fn a_protocol_makes_a_link_whatever_the_host() {
        for (text, link, host) in [
            (
                "Sjå https://fjordmobil.example/prisar.",
                "https://fjordmobil.example/prisar",
                "fjordmobil.example",
            ),
            ("(http://10.0.0.1/login)", "http://10.0.0.1/login", "10.0.0.1"),
            ("HTTPS://intern/side, takk", "HTTPS://intern/side", "intern"),
            ("http://localhost", "http://localhost", "localhost"),
        ] {
            assert_eq!(found(text), [(link, host)], "{text}");
        }
        assert_eq!(found("xhttp://intern og http:// og ftp://intern"), []);
        assert_eq!(found("https://a.no/?til=http://intern"), []);
    }
}
