//! Who signs with a bare name: "… it is on its way. Lise".
//!
//! A lexicon knows how people sign, and no names. Whoever answers is named by the case.

use crate::Span;
use crate::lexicon::{Acts, Heard, Reading};

/// The act of signing.
const SIGNATURE: &str = "signature";

/// Takes the name of whoever answers, or the first part of it, for a signature where a reply ends with it and it stands
/// apart from the last sentence.
pub(super) fn hear_name(reply: &str, name: Option<&str>, acts: &Acts, reading: &mut Reading) {
    let Some(name) = name.map(str::trim).filter(|name| !name.is_empty()) else { return };
    let Some(signature) = acts.index(SIGNATURE).filter(|act| !reading.heard.contains(*act)) else { return };
    let first = name.split(' ').next().unwrap_or(name);
    let Some(span) = [name, first].into_iter().find_map(|name| ends_with_name(reply, name)) else { return };
    let Some((act, _)) = acts.get(signature) else { return };
    let sentence = reading.sentences.iter().rposition(|sentence| sentence.start <= span.start);
    let sentence = sentence.unwrap_or_default();
    let at = reading.acts.partition_point(|heard| heard.span.start <= span.start);
    reading.acts.insert(at, Heard { act: act.clone(), span, quoted: false, taken_back: None, sentence });
    reading.heard.insert(signature);
}

/// Where a name stands behind which a text has no more words, and before which no word goes on to it.
fn ends_with_name(text: &str, name: &str) -> Option<Span> {
    let written = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    let start = written.len().checked_sub(name.len())?;
    let same = written.get(start..).is_some_and(|end| {
        end.chars().flat_map(char::to_lowercase).eq(name.chars().flat_map(char::to_lowercase))
    });
    let before = text.get(..start)?;
    let apart = before.ends_with(|c: char| !c.is_alphanumeric());
    let ended = before.trim_end_matches([' ', '\u{A0}']).chars().next_back();
    let ended = ended.is_some_and(|c| !c.is_alphanumeric() && c != ',');
    (same && apart && ended).then(|| Span::new(start, written.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_signs_where_nothing_goes_on_to_it() {
        for (signed, place) in [
            ("It is on its way. Lise", "Lise"),
            ("It is on its way! lise 😊", "lise"),
            ("It is on its way 😊 Lise.", "Lise"),
            ("It is on its way\nLise", "Lise"),
            ("Den er på vej. Åse", "Åse"),
        ] {
            let name = if place == "Åse" { "Åse" } else { "Lise" };
            let span = ends_with_name(signed, name).unwrap_or_else(|| panic!("{signed}"));
            assert_eq!(span.of(signed), place);
        }
        for other in [
            "Ask for Lise",
            "Lise",
            "Thank you, Lise",
            "It is on its way. Annelise",
            "Lise. It is on its way.",
            "It is on its way. -Ås",
            "",
        ] {
            assert_eq!(ends_with_name(other, "Lise"), None, "{other}");
        }
    }
}
