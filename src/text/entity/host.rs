//! Hosts: top-level domains, label lengths, and the ASCII domains inside a longer run of letters.

use super::class;
use crate::text::{bytescan, tld};

/// The most characters a label may have as the domain name system sees it (RFC 1035).
const LONGEST_LABEL: usize = 63;

/// Where the top-level domain that starts at byte `at` ends, if one does.
pub(super) fn tld_end(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let bytes = rest.as_bytes();
    let first = *bytes.first()?;
    if first.is_ascii() && !first.is_ascii_alphabetic() {
        return None;
    }
    let letters = bytes.iter().take(tld::LONGEST + 1).take_while(|byte| byte.is_ascii_alphabetic()).count();
    let follower = bytes.get(letters).copied();
    if follower.is_none_or(class::may_follow_tld) && bytes.get(..letters).is_some_and(tld::is_ascii_tld) {
        return Some(at + letters);
    }
    if follower.is_some_and(|byte| !byte.is_ascii()) {
        let may_end = |length: &usize| bytes.get(*length).copied().is_none_or(class::may_follow_tld);
        if let Some(length) = tld::other_tlds(rest).find(may_end) {
            return Some(at + length);
        }
    }
    let prefix = bytes.get(..4).filter(|prefix| prefix.eq_ignore_ascii_case(b"xn--"))?;
    let coded =
        bytes.iter().skip(prefix.len()).take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-');
    let coded = coded.count();
    (coded > 0).then_some(at + prefix.len() + coded)
}

/// Whether every label fits the domain name system once it is written in ASCII, and a host that begins in punycode
/// holds a domain that is ASCII. `isValidUrl` and `idna.toAscii`.
pub(super) fn is_valid(host: &str) -> bool {
    if host.starts_with("xn--") && next_bare_domain(host, 0).is_none() {
        return false;
    }
    host.split('.').all(|label| {
        let length = if label.is_ascii() { label.len() } else { ascii_length(label) };
        (1..=LONGEST_LABEL).contains(&length)
    })
}

/// The number of characters of a label written in ASCII; more than [`LONGEST_LABEL`] means only "too many". Full
/// stops of other scripts divide it, though they do not divide a host.
fn ascii_length(label: &str) -> usize {
    if label.chars().take(LONGEST_LABEL + 1).count() > LONGEST_LABEL {
        return LONGEST_LABEL + 1;
    }
    let parts = label.split(['\u{3002}', '\u{FF0E}', '\u{FF61}']);
    let coded = parts.map(|part| 1 + if part.is_ascii() { part.len() } else { 4 + punycode_length(part) });
    coded.sum::<usize>() - 1
}

/// The length of a label in punycode (RFC 3492), without its `xn--`. The label has no more than
/// [`LONGEST_LABEL`] characters.
fn punycode_length(label: &str) -> usize {
    const BASE: u32 = 36;
    const T_MIN: u32 = 1;
    const T_MAX: u32 = 26;
    let basic = label.chars().filter(char::is_ascii).count();
    let all = label.chars().count();
    let mut length = basic + usize::from(basic > 0);
    let (mut code, mut delta, mut bias, mut handled) = (128_u32, 0_u32, 72_u32, basic);
    while handled < all {
        let Some(next) = label.chars().map(u32::from).filter(|&c| c >= code).min() else { break };
        delta += (next - code) * (handled as u32 + 1);
        code = next;
        for c in label.chars().map(u32::from) {
            if c < code {
                delta += 1;
            }
            if c == code {
                let (mut rest, mut k) = (delta, BASE);
                loop {
                    let t = k.saturating_sub(bias).clamp(T_MIN, T_MAX);
                    length += 1;
                    if rest < t {
                        break;
                    }
                    rest = (rest - t) / (BASE - t);
                    k += BASE;
                }
                let damp = if handled == basic { 700 } else { 2 };
                let mut fresh = delta / damp;
                fresh += fresh / (handled as u32 + 1);
                let mut k = 0;
                while fresh > (BASE - T_MIN) * T_MAX / 2 {
                    fresh /= BASE - T_MIN;
                    k += BASE;
                }
                bias = k + (BASE - T_MIN + 1) * fresh / (fresh + 38);
                delta = 0;
                handled += 1;
            }
        }
        delta += 1;
        code += 1;
    }
    length
}

/// The next domain in `host` at or after `from` whose labels are ASCII or accented Latin: where it starts and ends.
/// Without a protocol only these are links. `validAsciiDomain`.
pub(super) fn next_bare_domain(host: &str, from: usize) -> Option<(usize, usize)> {
    let mut start = from;
    loop {
        // A run of labels, from its first letter to the last full stop that a top-level domain follows.
        let rest = host.get(start..)?;
        start += rest.find(class::is_bare_label)?;
        let mut end = None;
        let mut at = start;
        let mut in_label = false;
        while let Some(c) = bytescan::char_at(host, at) {
            if c == '.' && in_label {
                end = tld_end(host, at + 1).or(end);
                in_label = false;
            } else if class::is_bare_label(c) {
                in_label = true;
            } else {
                break;
            }
            at += c.len_utf8();
        }
        match end {
            Some(end) => return Some((start, end)),
            None => start = at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn punycode_has_the_length_of_the_standard() {
        // The sample strings of RFC 3492, section 7.1 (E, A, L, S), and two everyday ones.
        for (label, coded) in [
            ("Pročprostěnemluvíčesky", "Proprostnemluvesky-uyb24dma41a"),
            ("ليهمابتكلموشعربي؟", "egbpdaj6bu4bxfgehfvwxn"),
            ("3年B組金八先生", "3B-ww4c5e180e575a65lsy2b"),
            ("そのスピードで", "d9juau41awczczp"),
            ("bücher", "bcher-kva"),
            ("blåbær", "blbr-roah"),
        ] {
            assert_eq!(punycode_length(label), coded.len(), "{label}");
        }
    }

    #[test]
    fn a_label_ends_at_63() {
        assert!(is_valid(&format!("{}.com", "a".repeat(63))));
        assert!(!is_valid(&format!("{}.com", "a".repeat(64))));
        assert!(!is_valid(&format!("{}.com", "å".repeat(200))));
        assert!(!is_valid("a..com"));
        assert!(!is_valid("xn--日本.com"));
    }

    #[test]
    fn bare_domains_are_found_one_after_another() {
        let host = "twitter.comこれは。example.com中国語t.co";
        let mut found = Vec::new();
        let mut from = 0;
        while let Some((start, end)) = next_bare_domain(host, from) {
            found.push(&host[start..end]);
            from = end;
        }
        assert_eq!(found, ["twitter.com", "example.com", "t.co"]);
    }
}
