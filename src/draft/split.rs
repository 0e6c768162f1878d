//! Splitting: a reply in several numbered parts, cut between sentences only.

use super::compose::measure;
use crate::Span;
use crate::channel::Limit;

/// What stands between parts where they are shown as one text.
const BETWEEN: &str = "\n\n";

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// Where its words begin in the whole text.
    from: usize,
    /// Its words and its number.
    pub(crate) text: String,
}

/// The parts as one text.
pub(crate) fn joined(parts: &[Part]) -> String {
    parts.iter().map(|part| &*part.text).collect::<Vec<_>>().join(BETWEEN)
}

/// Where a place of the whole text stands in the parts as one text.
pub(crate) fn place_in(parts: &[Part], place: usize) -> usize {
    let (mut begins, mut found) = (0, 0);
    for part in parts.iter().take_while(|part| part.from <= place) {
        found = begins + (place - part.from).min(part.text.len());
        begins += part.text.len() + BETWEEN.len();
    }
    found
}

/// Puts the sentences of a text into at most `most` parts that each fit, numbered `1/2`. `None` where they do not.
pub(crate) fn split(text: &str, sentences: &[Span], limits: &[&Limit], most: usize) -> Option<Vec<Part>> {
    (2..=most).find_map(|total| parts(text, sentences, limits, total))
}

fn parts(text: &str, sentences: &[Span], limits: &[&Limit], total: usize) -> Option<Vec<Part>> {
    let fits = |part: &str, number: usize| {
        let lengths = measure(&numbered(part, number, total));
        limits.iter().all(|limit| lengths.get(limit.unit) <= limit.max)
    };
    // Each sentence with all that stands before the next one: a closing quotation mark, an emoji.
    let starts = sentences.iter().map(|sentence| sentence.start).skip(1);
    let ends = starts.chain([text.len()]);
    let mut parts: Vec<(usize, &str)> = Vec::new();
    let (mut from, mut to) = (0, 0);
    for end in ends {
        let longer = text.get(from..end)?.trim();
        if fits(longer, parts.len() + 1) {
            to = end;
            continue;
        }
        if to == from {
            return None;
        }
        parts.push(trimmed(text, from, to)?);
        (from, to) = (to, end);
        if !fits(text.get(from..to)?.trim(), parts.len() + 1) {
            return None;
        }
    }
    parts.push(trimmed(text, from, text.len())?);
    let whole = parts.len() == total && parts.iter().all(|(_, part)| !part.is_empty());
    let number = |(at, &(from, part))| Part { from, text: numbered(part, at + 1, total) };
    whole.then(|| parts.iter().enumerate().map(number).collect())
}

/// A piece of a text without the spaces around it, and where it begins.
fn trimmed(text: &str, from: usize, to: usize) -> Option<(usize, &str)> {
    let piece = text.get(from..to)?.trim_end();
    let words = piece.trim_start();
    Some((from + piece.len() - words.len(), words))
}

fn numbered(part: &str, number: usize, total: usize) -> String {
    format!("{part} ({number}/{total})")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::Policy;

    #[test]
    fn a_part_ends_where_a_sentence_does() {
        let policy = Policy::builtin();
        let channel = policy.channels().iter().find(|channel| channel.id() == "x").unwrap();
        let limits: Vec<_> = channel.limits(crate::Visibility::Public).collect();
        let text =
            "Vi ser på dette nå, og det tar dessverre litt lenger tid enn det pleier å gjøre. ".repeat(5);
        let reading = policy.read(text.trim(), Some("nb")).unwrap();
        let parts = split(text.trim(), &reading.sentences, &limits, 3).unwrap();
        assert_eq!(parts.len(), 2);
        for (at, part) in parts.iter().map(|part| &part.text).enumerate() {
            assert!(part.ends_with(&format!("gjøre. ({}/2)", at + 1)), "{part}");
            assert!(measure(part).x <= 280);
        }
        // Every sentence begins where it began, as the parts have it.
        let joined = joined(&parts);
        for sentence in &reading.sentences {
            let place = place_in(&parts, sentence.start);
            assert!(joined[place..].starts_with(sentence.of(text.trim())), "{place}: {joined}");
        }
        assert_eq!(joined[place_in(&parts, text.trim().len())..], *" (2/2)");
        let long = "langt ".repeat(60);
        let reading = policy.read(long.trim(), Some("nb")).unwrap();
        assert_eq!(split(long.trim(), &reading.sentences, &limits, 3), None, "one sentence is not cut");
    }
}
