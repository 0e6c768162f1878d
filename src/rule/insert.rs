//! Where a missing sentence belongs.

use super::finding::Fix;
use crate::Span;
use crate::lexicon::{Acts, Reading};

/// A place in a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Before everything.
    Start,
    /// After the greeting.
    AfterGreeting,
    /// Before the closing and the signature.
    BeforeClosing,
    /// After everything.
    End,
}

pub(crate) const PLACES: [(&str, Place); 4] = [
    ("start", Place::Start),
    ("after-greeting", Place::AfterGreeting),
    ("before-closing", Place::BeforeClosing),
    ("end", Place::End),
];

/// A sentence put into a reply, with the white space it needs around it.
pub(crate) fn insert(reply: &str, reading: &Reading, acts: &Acts, place: Place, sentence: &str) -> Fix {
    let at = match place {
        Place::Start => 0,
        Place::AfterGreeting => after_greeting(reply, reading, acts),
        Place::BeforeClosing => before_closing(reply, reading, acts),
        Place::End => reply.trim_end().len(),
    };
    let before = reply.get(..at).unwrap_or("");
    let after = reply.get(at..).unwrap_or("");
    let in_entity =
        |at: usize| reading.entities.iter().any(|entity| entity.span.start <= at && at <= entity.span.end);
    // What is put behind somebody else's words, quoted with `>`, begins a line of its own.
    let quoted = before.rsplit('\n').next().is_some_and(|line| line.trim_start().starts_with('>'));
    let lead = match before.chars().next_back() {
        None => "",
        Some(_) if quoted => "\n",
        Some(edge) if edge.is_whitespace() => "",
        // What stood open is closed, but nothing is put against a link.
        Some(edge) if edge.is_alphanumeric() && !in_entity(at) => match place {
            Place::AfterGreeting => "! ",
            _ => ". ",
        },
        Some(_) => " ",
    };
    let trail = if after.chars().next().is_none_or(char::is_whitespace) { "" } else { " " };
    // What followed the greeting's comma begins a sentence now.
    let gap = after.len() - after.trim_start_matches(' ').len();
    let next = after.get(gap..).and_then(|rest| rest.chars().next());
    match next.filter(|next| next.is_lowercase() && before.ends_with(',') && !in_entity(at + gap)) {
        Some(next) => {
            let end = at + gap + next.len_utf8();
            let next: String = next.to_uppercase().collect();
            Fix::new(Span::new(at, end), [lead, sentence, " ", &next].concat())
        }
        None => Fix::new(Span::new(at, at), [lead, sentence, trail].concat()),
    }
}

/// Behind the greeting's sentence or line, if the reply begins with one; mentions before it belong to it.
fn after_greeting(reply: &str, reading: &Reading, acts: &Acts) -> usize {
    let index = acts.index("greeting");
    let greeting = reading.acts.iter().find(|heard| Some(heard.act.index()) == index && heard.sentence == 0);
    let leading = reading.entities.iter().take_while(|entity| {
        reply
            .get(..entity.span.start)
            .is_some_and(|before| !before.contains(|c: char| c.is_alphanumeric() && c != '@'))
    });
    let mention_end = leading.last().map_or(0, |entity| entity.span.end);
    let Some(greeting) = greeting else { return mention_end };
    let sentence = reading.sentences.first().copied().unwrap_or_default();
    let line =
        reply.get(greeting.span.end..).and_then(|rest| rest.find('\n')).map(|at| greeting.span.end + at);
    let alone = reading.acts.iter().all(|heard| heard.sentence != 0 || heard.act == greeting.act);
    match line {
        Some(line) if line < sentence.end => line,
        // "Hei Kari, nettet er nede" is one sentence: the greeting ends at its comma.
        _ => {
            let rest = reply.get(greeting.span.end..sentence.end).unwrap_or("");
            match rest.find(',') {
                Some(comma) if rest.get(comma + 1..).is_some_and(|rest| rest.trim().len() > 1) => {
                    greeting.span.end + comma + 1
                }
                _ if alone && rest.split_whitespace().count() <= 3 => sentence.end,
                _ => greeting.span.end,
            }
        }
    }
}

/// Before the first of the closing and signature acts at the end, or at the end.
fn before_closing(reply: &str, reading: &Reading, acts: &Acts) -> usize {
    let ends = ["closing", "signature"].map(|name| acts.index(name));
    let mut at = reply.trim_end().len();
    for heard in reading.acts.iter().rev() {
        if !ends.contains(&Some(heard.act.index())) {
            break;
        }
        at = heard.span.start;
    }
    let before = reply.get(..at).unwrap_or("");
    before.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '/' | '^')).len()
}
