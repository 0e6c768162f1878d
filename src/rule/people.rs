//! The names of the people of a case, to be found in texts.

use std::fmt;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::Span;
use crate::case::Case;
use crate::text::fold::is_invisible;

/// So many words of each name are looked for.
const MOST_WORDS: usize = 12;
/// A word so short is a name only where it is written as one: `Bo`, and not `bo`.
const SHORT: usize = 2;

/// The customer and whoever answers, by the words of their names. It is told who they are nowhere but in the texts
/// where they are looked for.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct People(Box<[Box<str>]>);

impl fmt::Debug for People {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("People").field(&self.0.len()).finish()
    }
}

impl People {
    pub(super) fn of(case: &Case) -> People {
        let names = [&case.customer.name, &case.agent.name];
        People(names.into_iter().flatten().flat_map(|name| words_of(name)).collect())
    }

    /// The customer alone.
    pub(super) fn customer_of(case: &Case) -> People {
        People(case.customer.name.iter().flat_map(|name| words_of(name)).collect())
    }

    /// Where they are plainly named, and nothing else can well be meant: with a capital, as they are called or in
    /// another case of the same name. Rather a name is missed than a word taken for one.
    pub(super) fn plainly_named_in(&self, text: &str) -> Vec<Span> {
        words(text).filter(|span| self.is_plainly_named(span.of(text))).collect()
    }

    fn is_plainly_named(&self, word: &str) -> bool {
        let is_small = word.chars().next().is_some_and(char::is_lowercase);
        let names = self.0.iter().filter(|name| !is_small && name.chars().count() > SHORT);
        let word = folded(word);
        names.into_iter().any(|name| word == **name || is_genitive(&word, name) || is_declined(&word, name))
    }

    /// Where they are named in a text: as they are called, in any case of letters and without accents, and as far as it
    /// begins with a capital also inflected. Rather a word too many is taken for a name than one too few.
    pub(super) fn named_in(&self, text: &str) -> Vec<Span> {
        if self.0.is_empty() {
            return Vec::new();
        }
        words(text).filter(|span| self.is_named(span.of(text))).collect()
    }

    fn is_named(&self, word: &str) -> bool {
        let first = word.chars().next();
        let is_small = first.is_some_and(char::is_lowercase);
        let has_case = is_small || first.is_some_and(char::is_uppercase);
        let word = folded(word);
        self.0.iter().any(|name| match () {
            // Where nothing stands between words, a name may be anywhere among them.
            () if !has_case => word.contains(&**name),
            () if word == **name => !is_small || name.chars().count() > SHORT,
            () => !is_small && (is_inflected(&word, name) || is_declined(&word, name)),
        })
    }
}

/// The words of a name as they are compared. `von` in `Anna von Thun` is a word like any other, and no name.
fn words_of(name: &str) -> Vec<Box<str>> {
    let own: Vec<&str> = words(name).map(|span| span.of(name)).collect();
    let is_small = |word: &&str| word.starts_with(char::is_lowercase);
    let all_small = own.iter().all(is_small);
    let telling = own.into_iter().filter(|word| all_small || !is_small(word));
    let folded = telling.map(folded).filter(|word| word.chars().count() > 1 || !word.is_ascii());
    folded.map(Box::from).take(MOST_WORDS).collect()
}

/// What belongs to a word, also where nobody sees it.
fn in_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c) || is_invisible(c)
}

/// Where the words of a text stand: runs of letters and digits, with what nobody sees among them.
pub(super) fn words(text: &str) -> impl Iterator<Item = Span> {
    let mut at = 0;
    text.split(|c| !in_word(c)).filter_map(move |word| {
        let start = at;
        let end = start + word.len();
        at = end + text.get(end..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        (!word.is_empty()).then(|| Span::new(start, end))
    })
}

fn folded(word: &str) -> String {
    word.nfkd().filter(|&c| !is_combining_mark(c) && !is_invisible(c)).flat_map(char::to_lowercase).collect()
}

/// Whether a word is a name with another ending: `Karis`, `Marii` and `Mario` of `Maria`, `Kowalskiemu`, `Pawła`.
fn is_inflected(word: &str, name: &str) -> bool {
    let stem = stem(name);
    let length = stem.chars().count();
    let longest = match length {
        0 | 1 => return false,
        2 => 2,
        _ => 4,
    };
    word.strip_prefix(stem)
        .is_some_and(|ending| ending.chars().count() <= longest && ending.chars().all(char::is_alphabetic))
}

/// What stays of a name whatever its ending: without its last vowel, or the one that Polish drops with what follows it.
fn stem(name: &str) -> &str {
    const DROPPED: [&str; 3] = ["ek", "eł", "ec"];
    let long = |stem: &&str| stem.chars().count() > 1;
    let dropped =
        DROPPED.iter().find_map(|end| name.strip_suffix(end)).filter(|stem| stem.chars().count() > 2);
    dropped.or_else(|| name.strip_suffix(['a', 'e', 'i', 'o', 'u', 'y']).filter(long)).unwrap_or(name)
}

fn is_genitive(word: &str, name: &str) -> bool {
    word.strip_suffix('s') == Some(name)
}

/// Whether a word is a Polish name in another case: `Agnieszki` and `Agnieszce`, `Markowi`, `Kowalskiego`.
fn is_declined(word: &str, name: &str) -> bool {
    const FEMININE: [&str; 8] = ["y", "i", "e", "o", "ie", "iej", "ej", "ia"];
    const MASCULINE: [&str; 6] = ["a", "owi", "em", "iem", "u", "ie"];
    const ADJECTIVE: [&str; 6] = ["ego", "iego", "emu", "iemu", "im", "ym"];
    // What becomes of the last consonant before an e.
    const SOFTENED: [(&str, &str); 8] = [
        ("ch", "sze"),
        ("k", "ce"),
        ("g", "dze"),
        ("t", "cie"),
        ("d", "dzie"),
        ("r", "rze"),
        ("ł", "le"),
        ("st", "scie"),
    ];
    let stem = stem(name);
    let (endings, stem) = match name.strip_prefix(stem) {
        Some("") => (&MASCULINE[..], stem.to_owned()),
        Some("a") => (&FEMININE[..], stem.to_owned()),
        Some("i" | "y") => (&ADJECTIVE[..], stem.to_owned()),
        Some(dropped @ ("ek" | "eł" | "ec")) => {
            (&MASCULINE[..], stem.to_owned() + dropped.trim_start_matches('e'))
        }
        _ => return false,
    };
    let has_ending = word.strip_prefix(&*stem).is_some_and(|ending| endings.contains(&ending));
    let is_softened = |(hard, soft): &(&str, &str)| {
        stem.strip_suffix(hard)
            .and_then(|start| word.strip_prefix(start))
            .is_some_and(|ending| ending == *soft)
    };
    has_ending || SOFTENED.iter().any(is_softened)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str, text: &str) -> Vec<String> {
        let mut case = Case::new("facebook");
        case.customer.name = Some(name.to_owned());
        let spans = People::of(&case).named_in(text);
        spans.iter().map(|span| span.of(text).to_owned()).collect()
    }

    #[test]
    fn a_name_is_found_however_it_is_written() {
        let text = "Hei Kari, LUNDE og lunde! Ka\u{AD}ri's";
        assert_eq!(named("Kari Lunde", text), ["Kari", "LUNDE", "lunde", "Ka\u{AD}ri"]);
        assert_eq!(named("José Ñandú", "Hi Jose\u{301}, jose Nandu"), ["Jose\u{301}", "jose", "Nandu"]);
        assert_eq!(named("O'Brien-Smith", "Mrs. O’Brien Smith"), ["Brien", "Smith"]);
        assert_eq!(named("田中", "田中さん、こんにちは"), ["田中さん"]);
    }

    #[test]
    fn a_name_is_found_inflected() {
        for (name, text) in [
            ("Maria Kowalska", "Marii Kowalskiej"),
            ("Paweł Nowak", "Pawłowi Nowakowi"),
            ("Tomek", "Tomku"),
            ("Ewa", "Ewo"),
            ("Marta Sęk", "Marcie"),
            ("Agnieszka", "Agnieszce"),
            ("Jan", "Janowi"),
            ("Kari", "Karis"),
            ("Hans Müller", "Hans Müllers"),
        ] {
            let all: Vec<&str> = text.split(' ').collect();
            assert_eq!(named(name, text), all, "{name}");
        }
    }

    fn plainly_named(name: &str, text: &str) -> Vec<String> {
        let mut case = Case::new("facebook");
        case.customer.name = Some(name.to_owned());
        let spans = People::customer_of(&case).plainly_named_in(text);
        spans.iter().map(|span| span.of(text).to_owned()).collect()
    }

    #[test]
    fn a_name_is_plainly_meant_in_each_of_its_cases() {
        for (name, text) in [
            ("Lucy Hargreave", "Lucy Hargreave HARGREAVE"),
            ("Ingrid", "Ingrids"),
            ("Agnieszka Zielińska", "Agnieszki Agnieszce Agnieszkę Agnieszką Zielińskiej Zielińską"),
            ("Marta", "Marcie Marty"),
            ("Augusta", "Auguście"),
            ("Marek Kowalski", "Marka Markowi Kowalskiego Kowalskim"),
            ("Paweł Nowak", "Pawła Pawle Nowakiem"),
        ] {
            let all: Vec<&str> = text.split(' ').collect();
            assert_eq!(plainly_named(name, text), all, "{name}");
        }
        assert_eq!(plainly_named("Lucy", "Lucy's and lucy’s"), ["Lucy"]);
    }

    #[test]
    fn a_word_that_only_looks_like_a_name_is_none() {
        for (name, text) in [
            ("Will May", "We will mend it, you may rely on it"),
            ("Anders", "Das ist jetzt anders, und die andere Seite auch"),
            ("Mark", "Die Marke ist im Markt, und der Januar beginnt"),
            ("Jan", "Im Januar und im Jahr danach"),
            ("Bo Li", "Bo kan bo i Liv"),
            ("Kari", "Kara karen Karin"),
        ] {
            assert!(plainly_named(name, text).is_empty(), "{name}: {:?}", plainly_named(name, text));
        }
    }

    #[test]
    fn other_words_stand() {
        assert!(named("Anna von Thun", "Das Paket von Ihnen, und der Anbieter").is_empty());
        assert!(named("Bo", "du kan bo her").is_empty());
        assert!(named("Jan", "kari jannes Januarrechnung").is_empty());
        assert!(named("K. Lunde", "k K. Kari").is_empty());
        assert!(named("", "a b c").is_empty());
    }
}
