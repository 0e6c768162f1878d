//! Links: where they lead and whether one can follow them.

use super::Detection;
use crate::rule::finding::Fix;
use crate::rule::scene::Scene;
use crate::text::{Entity, Scheme};

fn detection(scene: &Scene<'_>, link: &Entity) -> Detection {
    Detection::at(link.span).found(link.span.of(scene.reply))
}

pub(super) fn any(scene: &Scene<'_>, out: &mut Vec<Detection>) {
    out.extend(scene.links().map(|link| detection(scene, link)));
}

/// Only a link that says `http:` is insecure; one without a scheme is opened with https today.
pub(super) fn insecure(scene: &Scene<'_>, out: &mut Vec<Detection>) {
    for link in scene.links() {
        let text = link.span.of(scene.reply);
        if link.scheme == Some(Scheme::Http) {
            let secure = format!("https://{}", text.get(7..).unwrap_or(""));
            out.push(detection(scene, link).with_fix(Some(Fix::new(link.span, secure))));
        }
    }
}

pub(super) fn host(scene: &Scene<'_>, out: &mut Vec<Detection>) {
    let allowed = &scene.links.hosts;
    if allowed.is_empty() {
        return;
    }
    for link in scene.links() {
        let host = link.name(scene.reply);
        if !allowed.iter().any(|allowed| is_under(host, allowed)) {
            out.push(detection(scene, link).found(host));
        }
    }
}

pub(super) fn shortener(scene: &Scene<'_>, out: &mut Vec<Detection>) {
    for link in scene.links() {
        let host = link.name(scene.reply);
        if scene.links.shorteners.iter().any(|shortener| is_under(host, shortener)) {
            out.push(detection(scene, link).found(host));
        }
    }
}

pub(super) fn not_clickable(scene: &Scene<'_>, out: &mut Vec<Detection>) {
    if scene.channel.links_clickable() == Some(false) {
        any(scene, out);
    }
}

/// Whether a host is a domain or one below it.
fn is_under(host: &str, domain: &str) -> bool {
    let head = host.len().checked_sub(domain.len());
    let Some(head) = head else { return false };
    let tail = host.get(head..).is_some_and(|tail| tail.eq_ignore_ascii_case(domain));
    tail && (head == 0 || host.as_bytes().get(head - 1) == Some(&b'.'))
}

#[cfg(test)]
mod tests {
    use super::is_under;

    #[test]
    fn a_domain_covers_what_is_below_it() {
        assert!(is_under("fjord.example", "fjord.example"));
        assert!(is_under("WWW.Fjord.example", "fjord.example"));
        assert!(!is_under("evilfjord.example", "fjord.example"));
        assert!(!is_under("example", "fjord.example"));
    }
}
