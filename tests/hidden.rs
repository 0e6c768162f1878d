//! Hidden and deceptive characters: named cases with their reasons, and laws.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod growth;

use proptest::prelude::*;
use svar::Span;
use svar::text::hidden::{Hidden, HiddenKind, hidden};

fn found_beside(text: &str, emoji: &[Span]) -> Vec<Hidden> {
    let mut out = Vec::new();
    hidden(text, emoji, &mut out);
    out
}

/// Everything found where the whole of `emoji`, if it stands in the text, is one emoji.
fn found(text: &str, emoji: &str) -> Vec<Hidden> {
    let spans: Vec<Span> = match emoji {
        "" => Vec::new(),
        _ => text.match_indices(emoji).map(|(at, it)| Span::new(at, at + it.len())).collect(),
    };
    found_beside(text, &spans)
}

#[test]
fn each_kind_is_found_and_named() {
    for (text, kind, name, removable) in [
        ("a\u{202E}b", "bidi-control", "U+202E right-to-left override", true),
        ("a\u{2066}b", "bidi-control", "U+2066 left-to-right isolate", true),
        ("a\u{200F}b", "bidi-control", "U+200F right-to-left mark", true),
        ("a\u{61C}b", "bidi-control", "U+061C arabic letter mark", true),
        ("a\u{200B}b", "zero-width", "U+200B zero width space", true),
        ("a\u{200D}b", "zero-width", "U+200D zero width joiner", true),
        ("\u{FEFF}Hei", "zero-width", "U+FEFF zero width no-break space (byte order mark)", true),
        ("a\u{180E}b", "zero-width", "U+180E mongolian vowel separator", true),
        ("a\u{FE0F}b", "zero-width", "U+FE0F variation selector", true),
        ("1\u{FE0F}b", "zero-width", "U+FE0F variation selector", true),
        ("a\u{3164}b", "zero-width", "U+3164 hangul filler", false),
        ("a\u{2800}b", "zero-width", "U+2800 braille pattern blank", false),
        ("a\u{E0041}\u{E0042}\u{E0043}b", "tag-character", "U+E0041 tag character and 2 more", true),
        ("a\u{E000}b", "private-use", "U+E000 private use character", false),
        ("a\u{F8FF}b", "private-use", "U+F8FF private use character", false),
        ("a\0b", "control-character", "U+0000 null character", true),
        ("a\u{1b}[31mb", "control-character", "U+001B escape", true),
        ("a\u{7f}b", "control-character", "U+007F delete", true),
        ("a\u{85}b", "control-character", "U+0085 next line", false),
        ("a\u{2028}b", "control-character", "U+2028 line separator", false),
        ("a\u{FFFE}b", "control-character", "U+FFFE noncharacter", true),
        ("a\u{10FFFF}b", "control-character", "U+10FFFF noncharacter", true),
        ("sam\u{AD}arbeid", "soft-hyphen", "U+00AD soft hyphen", true),
        (
            "раypal",
            "look-alike",
            "looks like `paypal` but is written with U+0440 cyrillic letter, U+0430 cyrillic letter",
            false,
        ),
        ("Αpple", "look-alike", "looks like `Apple` but is written with U+0391 greek letter", false),
        ("micrοsoft", "look-alike", "looks like `microsoft` but is written with U+03BF greek letter", false),
    ] {
        let all = found(text, "");
        assert_eq!(all.len(), 1, "{text:?}: {all:?}");
        assert_eq!((all[0].kind.as_str(), all[0].describe(text).as_str()), (kind, name), "{text:?}");
        assert_eq!(all[0].is_removable(text), removable, "{text:?}");
    }
}

#[test]
fn fixes_leave_what_is_seen() {
    for (text, fixed) in [
        ("Hei\u{200B} der", Some("Hei der")),
        ("en\u{2800}to", Some("en to")),
        ("en\u{2028}to", Some("en\nto")),
        ("på раypal i dag", Some("på paypal i dag")),
        ("РАYРАL", Some("PAYPAL")),
        ("\u{E000}", None),
    ] {
        let all = found(text, "");
        let it = all[0];
        let after = it.replacement(text).map(|new| {
            let mut copy = text.to_owned();
            copy.replace_range(it.span.start..it.span.end, &new);
            copy
        });
        assert_eq!(after.as_deref(), fixed, "{text:?}");
    }
}

#[test]
fn what_hides_nothing_is_left_alone() {
    for (text, emoji, reason) in [
        ("", "", "nothing"),
        ("Hei!\r\n\tBlåbær, Łódź, żółć, Straße – ‘ja’ … 50 €", "", "letters and punctuation"),
        ("e\u{301} o\u{308}", "", "combining marks"),
        ("👨‍👩‍👧‍👦 hei", "👨‍👩‍👧‍👦", "joiners of an emoji"),
        ("❤️ og ☎︎", "❤️", "presentation selectors"),
        ("1️⃣ og #️⃣", "1️⃣", "keycaps"),
        ("🏴󠁧󠁢󠁥󠁮󠁧󠁿!", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "a flag spelt with tags"),
        ("©️ ®︎", "", "signs with a selector"),
        ("می‌خواهم", "", "Persian needs its non-joiner"),
        ("क्‍ष", "", "Hindi needs its joiner"),
        ("שלום\u{200F}!", "", "a mark beside Hebrew"),
        ("葛\u{E0100}", "", "a variant of a Chinese character"),
        ("Привет, мир", "", "a text wholly in Cyrillic"),
        ("сосо и раса", "", "Cyrillic words that could be read as Latin, in a text"),
        ("Καλημέρα σας", "", "a text wholly in Greek"),
        ("5 µm, 10 kΩ, 10 kΩ, Δt, π, β", "", "signs of science"),
        ("γGT og kα", "", "a Greek letter as a sign"),
        ("SMSки и CRM-система", "", "a Cyrillic ending on a Latin word"),
        ("東京 Tokyo 서울", "", "other scripts beside Latin"),
    ] {
        assert_eq!(found(text, emoji), [], "{text:?}: {reason}");
    }
}

#[test]
fn emoji_cannot_hide_more_than_they_need() {
    let smuggled = "🏴\u{E0049}\u{E0067}\u{E006E}\u{E006F}\u{E0072}\u{E0065}\u{E0021}\u{E007F}";
    assert_eq!(found(smuggled, smuggled)[0].kind, HiddenKind::TagCharacter);
    let selectors = "😊\u{E0101}\u{E0102}";
    assert_eq!(found(selectors, selectors)[0].kind, HiddenKind::ZeroWidth);
    let trailing = "😊\u{200D}";
    assert_eq!(found(trailing, trailing)[0].kind, HiddenKind::ZeroWidth);
    let doubled = "❤\u{FE0F}\u{FE0F}";
    assert_eq!(found(doubled, doubled).len(), 1);
}

#[test]
fn a_host_must_not_imitate_another() {
    for (text, word) in [
        ("https://раура.com/logg-inn", "раура"),
        ("Se www.сосо.no", "сосо"),
        ("раура.com", "раура"),
        ("https://аррӏе.com", "аррӏе"),
        ("post@оса.com", "оса"),
    ] {
        let all = found(text, "");
        let words: Vec<&str> = all.iter().map(|it| it.span.of(text)).collect();
        assert_eq!(words, [word], "{text:?}");
    }
    for text in
        ["https://привет.рф", "https://москва.com", "https://blåbær.no", "https://łódź.pl", "в раса. Next"]
    {
        assert_eq!(found(text, ""), [], "{text:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn latin_letters_are_never_reported(text in "[ -~\n\u{A1}-\u{AC}\u{AE}-\u{24F}\u{300}-\u{33F}–—‘’“”…€]{0,80}") {
        prop_assert_eq!(found(&text, ""), []);
    }

    #[test]
    fn any_text_gets_an_answer(text in "([\u{200B}-\u{2069}]|[\u{FE00}-\u{FE0F}]|[а-я]|[a-z]|[\u{E0020}-\u{E007F}]|\\PC|[\0-\u{1F}]|\\.|@|//){0,60}",
                               cuts in proptest::collection::vec(0..200_usize, 0..6)) {
        let mut cuts: Vec<usize> = cuts.into_iter().filter(|&at| text.is_char_boundary(at)).collect();
        cuts.sort_unstable();
        let spans: Vec<Span> = cuts.chunks_exact(2).map(|pair| Span::new(pair[0], pair[1])).collect();
        let all = found_beside(&text, &spans);
        for it in &all {
            prop_assert!(!it.span.of(&text).is_empty());
            prop_assert!(!it.describe(&text).is_empty());
        }
        prop_assert!(all.windows(2).all(|pair| pair[0].span.start <= pair[1].span.start));
    }
}

#[test]
fn long_texts_take_linear_time() {
    for piece in
        ["\u{200B}", "а", "aа", "aа.", "а.", "//а", "\u{200F} ", "\u{E0041}", "\u{FE0F}", "а\u{200B}"]
    {
        let text = |bytes: usize| piece.repeat(bytes / piece.len());
        let (small, large) = (text(8_192), text(65_536));
        growth::is_linear(piece, || drop(found(&small, "")), || drop(found(&large, "")));
    }
}
