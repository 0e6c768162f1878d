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

/// A sentence put into a reply, with the white space it needs around it. No sentence of the reply is cut in two.
pub(crate) fn insert(reply: &str, reading: &Reading, acts: &Acts, place: Place, sentence: &str) -> Fix {
    let at = match place {
        Place::Start => 0,
        Place::AfterGreeting => after_greeting(reply, reading, acts),
        Place::BeforeClosing => before_closing(reply, reading, acts),
        Place::End => reply.trim_end().len(),
    };
    let after = reply.get(at..).unwrap_or("");
    // "Hei Kari, …": what is put behind the greeting begins with a capital, and so not behind a comma.
    let greeted = reply
        .get(..at)
        .and_then(|before| before.strip_suffix(','))
        .filter(|before| place == Place::AfterGreeting && is_greeting(before, reading, acts));
    let before = greeted.or(reply.get(..at)).unwrap_or("");
    let start = before.len();
    let in_entity =
        |at: usize| reading.entities.iter().any(|entity| entity.span.start <= at && at <= entity.span.end);
    // What is put behind somebody else's words, quoted with `>`, begins a line of its own.
    let quoted = before.rsplit('\n').next().is_some_and(|line| line.trim_start().starts_with('>'));
    let lead = match before.chars().next_back() {
        None => "",
        Some(_) if quoted => "\n",
        Some(edge) if edge.is_whitespace() => "",
        // What stood open is closed, but nothing is put against a link.
        Some(edge) if edge.is_alphanumeric() && !in_entity(start) => {
            if place == Place::AfterGreeting && is_greeting(before, reading, acts) { "! " } else { ". " }
        }
        Some(_) => " ",
    };
    let trail = if after.chars().next().is_none_or(char::is_whitespace) { "" } else { " " };
    // What followed the greeting begins a sentence now.
    let gap = after.len() - after.trim_start_matches(' ').len();
    let next = after.get(gap..).and_then(|rest| rest.chars().next());
    let goes_on = place == Place::AfterGreeting && !before.is_empty() && !in_entity(at + gap);
    match next.filter(|next| next.is_lowercase() && goes_on) {
        Some(next) => {
            let end = at + gap + next.len_utf8();
            let next: String = next.to_uppercase().collect();
            Fix::new(Span::new(start, end), [lead, sentence, " ", &next].concat())
        }
        None => Fix::new(Span::new(start, at), [lead, sentence, trail].concat()),
    }
}

/// A greeting names whom it greets in no more words than this.
const LONGEST_NAME: usize = 3;

/// Where the greeting that a reply begins with was heard.
fn greeting(reading: &Reading, acts: &Acts) -> Option<Span> {
    let index = acts.index("greeting");
    let heard = reading.acts.iter().find(|heard| Some(heard.act.index()) == index && heard.sentence == 0);
    heard.map(|heard| heard.span)
}

/// Whether there is nothing but a greeting.
fn is_greeting(text: &str, reading: &Reading, acts: &Acts) -> bool {
    greeting(reading, acts).and_then(|greeting| text.get(greeting.end..)).is_some_and(may_be_name)
}

fn may_be_name(words: &str) -> bool {
    words.split_whitespace().count() <= LONGEST_NAME
}

/// Behind the greeting or the mentions that a reply begins with; where words follow that may belong to the greeting,
/// behind its sentence.
fn after_greeting(reply: &str, reading: &Reading, acts: &Acts) -> usize {
    let leading = reading.entities.iter().take_while(|entity| {
        reply
            .get(..entity.span.start)
            .is_some_and(|before| !before.contains(|c: char| c.is_alphanumeric() && c != '@'))
    });
    let mention_end = leading.last().map_or(0, |entity| entity.span.end);
    let Some(greeting) = greeting(reading, acts) else { return mention_end };
    let sentence = reading.sentences.first().copied().unwrap_or_default();
    let rest = reply.get(greeting.end..sentence.end).unwrap_or("");
    if let Some(line) = rest.find('\n') {
        return greeting.end + line;
    }
    match rest.split_once(',') {
        // "Hei Kari, nettet er nede" is one sentence: the greeting ends at its comma.
        Some((name, more)) if may_be_name(name) && more.trim().len() > 1 => greeting.end + name.len() + 1,
        // "Hei 😊 nettet er nede": so it does behind what is no word.
        _ => {
            let signs = rest.find(char::is_alphanumeric).unwrap_or(rest.len());
            let signs = rest.get(..signs).unwrap_or("").trim_end();
            if signs.is_empty() { sentence.end } else { greeting.end + signs.len() }
        }
    }
}

/// Before the first of the closing and signature acts at the end, or at the end. A closing is part of its sentence, and
/// so is a signature that no mark sets apart.
fn before_closing(reply: &str, reading: &Reading, acts: &Acts) -> usize {
    let [closing, signature] = ["closing", "signature"].map(|name| acts.index(name));
    let mut at = reply.trim_end().len();
    for heard in reading.acts.iter().rev() {
        let act = Some(heard.act.index());
        if act != closing && act != signature {
            break;
        }
        let start = heard.span.start;
        let before = reply.get(..start).unwrap_or("").trim_end_matches(' ');
        let is_apart = act == signature && before.ends_with(SET_APART);
        let sentence = reading.sentences.get(heard.sentence).map_or(start, |sentence| sentence.start);
        at = at.min(if is_apart { start } else { sentence.min(start) });
    }
    let before = reply.get(..at).unwrap_or("");
    let end = before.trim_end_matches(|c: char| c.is_whitespace() || SET_APART.contains(&c)).len();
    // What greets and says goodbye in one sentence is not parted, and nothing is put before its greeting.
    if end == 0 && greeting(reading, acts).is_some() { after_greeting(reply, reading, acts) } else { end }
}

/// The marks that stand before a name which signs.
const SET_APART: [char; 6] = ['-', '–', '—', '/', '^', '\n'];
