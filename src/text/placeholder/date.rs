//! Dates and times of day that were left as letters: `DD.MM`, `TT.MM.JJJJ`, `HH:MM`.

use super::found::{Found, is_word_byte};
use crate::Span;

/// What stands for a day, an hour, a year or a second in the languages here: dag, Tag; year, Jahr, rok, år.
const OTHERS: &[&str] = &["dd", "tt", "hh", "yyyy", "yy", "jjjj", "jj", "rrrr", "rr", "åååå", "åå", "ss"];
/// Words before it that say how something is written, and so that nothing was forgotten.
const HOW: &[&str] = &["as", "som", "als", "jako", "like", "style"];
/// The same as the beginning of a word: format, formatet, formacie.
const HOW_STEM: &str = "forma";
/// Looked back at most, in bytes.
const NEAR: usize = 40;

/// `DD.MM`, `DD.MM.YYYY`, `TT/MM/JJJJ`, `YYYY-MM-DD`, `HH:MM`, where no way of writing dates is explained.
pub(super) fn date(text: &str, at: usize) -> Found {
    let tail = text.get(at..).unwrap_or("");
    let belongs = |c: char| c.is_alphabetic() || matches!(c, '.' | '/' | '-' | ':');
    let end = tail.char_indices().take(NEAR).find(|&(_, c)| !belongs(c)).map_or(tail.len(), |(end, _)| end);
    let run = tail.get(..end.min(NEAR * 2)).unwrap_or("").trim_end_matches(['.', '/', '-', ':']);
    let nothing = Found::Nothing { next: at + run.len().max(1) };
    let lower = run.to_lowercase();
    let one_case = run == lower || run == run.to_uppercase();
    let mut parts = lower.split(['.', '/', '-', ':']);
    let (mut months, mut others) = (0, 0);
    let known = parts.all(|part| {
        months += usize::from(part == "mm");
        others += usize::from(OTHERS.contains(&part));
        part == "mm" || OTHERS.contains(&part)
    });
    let free = !text.as_bytes().get(at + run.len()).is_some_and(|&b| is_word_byte(b) || b == b'_');
    let whole = known && months == 1 && (1..=2).contains(&others) && one_case && free;
    if whole && !is_explained(text, at) { Found::Placeholder(Span::new(at, at + run.len())) } else { nothing }
}

/// Whether it stands in brackets or behind a word that says how something is written.
fn is_explained(text: &str, at: usize) -> bool {
    let head = text.get(..at).unwrap_or("");
    let from = head.char_indices().rev().take(NEAR).last().map_or(0, |(from, _)| from);
    let head = head.get(from..).unwrap_or("");
    if head.ends_with(['(', '[', '"', '“', '”', '„', '«', '»', '\'', '‘']) {
        return true;
    }
    let mut words = head
        .split_whitespace()
        .rev()
        .take(2)
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase());
    let before = words.next().unwrap_or_default();
    HOW.contains(&before.as_str())
        || before.starts_with(HOW_STEM)
        || words.next().is_some_and(|word| word.starts_with(HOW_STEM))
}

#[cfg(test)]
mod tests {
    use crate::text::placeholders;

    fn found(text: &str) -> Vec<&str> {
        let mut out = Vec::new();
        placeholders(text, &mut out);
        out.iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn dates_and_times_left_as_letters_are_found() {
        for date in [
            "DD.MM",
            "dd.mm",
            "DD.MM.YYYY",
            "DD/MM/YYYY",
            "TT.MM.JJJJ",
            "DD.MM.ÅÅÅÅ",
            "DD.MM.RRRR",
            "YYYY-MM-DD",
            "HH:MM",
        ] {
            for (before, after) in
                [("", ""), ("Den kommer ", ". Hei!"), ("Bis zum ", ","), ("nr.\n", "\nHilsen")]
            {
                let text = format!("{before}{date}{after}");
                assert_eq!(found(&text), [date], "{text:?}");
            }
        }
    }

    #[test]
    fn real_dates_and_what_explains_them_are_left_alone() {
        for text in [
            "12.05.2026, 24.12., 10:30, 5 mm, DDR5, TT Line, HHM, Hmm, yy, 20 mm/år, DD.mm",
            "Fødselsdato (DD.MM.ÅÅÅÅ), in the format DD/MM/YYYY, skriv det som DD.MM, Format: TT.MM.JJJJ",
        ] {
            assert_eq!(found(text), Vec::<&str>::new(), "{text:?}");
        }
    }
}
