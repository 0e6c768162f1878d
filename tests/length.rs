//! Lengths against the figures of the platforms, and against plain definitions.

use proptest::prelude::*;
use svar::Span;
use svar::text::{Lengths, Offsets, Unit, entities, lengths};
use unicode_segmentation::UnicodeSegmentation;

fn measure(text: &str) -> Lengths {
    let mut found = Vec::new();
    entities(text, &mut found);
    lengths(text, &found)
}

#[test]
fn the_table_of_vectors() {
    // text: UTF-16, code points, graphemes, UTF-8, X, Threads, Mastodon.
    let url = "https://example.com/a/path/that/is/fifty-four/long/abc";
    assert_eq!(url.len(), 54);
    for (text, expected) in [
        ("Hei 😊", [6, 5, 5, 8, 6, 8, 5]),
        ("👍🏽", [4, 2, 1, 8, 2, 8, 1]),
        ("👨‍👩‍👧‍👦", [11, 7, 1, 25, 2, 25, 1]),
        ("🇳🇴", [4, 2, 1, 8, 2, 8, 1]),
        ("❤️", [2, 2, 1, 6, 2, 6, 1]),
        ("Łódź", [4, 4, 4, 7, 4, 4, 4]),
        ("e\u{301}", [2, 2, 1, 3, 1, 1, 1]),
        ("…", [1, 1, 1, 3, 2, 1, 1]),
        ("€", [1, 1, 1, 3, 2, 1, 1]),
        ("’", [1, 1, 1, 3, 1, 1, 1]),
        ("–", [1, 1, 1, 3, 1, 1, 1]),
        ("Ærlig talt: blåbærsyltetøy", [26, 26, 26, 30, 26, 26, 26]),
        (url, [54, 54, 54, 54, 23, 54, 23]),
        ("Hei @kari@mastodon.social 👋", [28, 27, 27, 30, 28, 30, 11]),
        // Keycaps, signs with and without VS16, an emoji with one it does not need.
        ("1️⃣", [3, 3, 1, 7, 2, 7, 1]),
        ("1⃣", [2, 2, 1, 4, 2, 4, 1]),
        ("1\u{FE0F}", [2, 2, 1, 4, 3, 1, 1]),
        ("©", [1, 1, 1, 2, 1, 1, 1]),
        ("©\u{FE0F}", [2, 2, 1, 5, 2, 5, 1]),
        ("©\u{FE0E}", [2, 2, 1, 5, 3, 1, 1]),
        ("™", [1, 1, 1, 3, 2, 1, 1]),
        ("😊\u{FE0F}", [3, 2, 1, 7, 4, 7, 1]),
        ("👍\u{301}", [3, 2, 1, 6, 3, 6, 1]),
        // A flag that is none, beside one that is: X reads the one.
        ("🇽🇳🇴", [6, 3, 2, 12, 4, 12, 2]),
        // Line ends.
        ("\r\n", [2, 2, 1, 2, 2, 1, 1]),
        ("a\r\n\r\nb\r", [7, 7, 5, 7, 7, 5, 5]),
        ("\r\u{301}\n", [3, 3, 3, 4, 3, 3, 3]),
        ("\r\n\u{301}", [3, 3, 2, 4, 3, 2, 2]),
        ("", [0; 7]),
    ] {
        let l = measure(text);
        let actual = [l.utf16, l.code_points, l.graphemes, l.bytes, l.x, l.threads, l.mastodon];
        assert_eq!(actual, expected, "{text:?}");
    }
}

#[test]
fn links_and_mentions_count_as_the_platforms_say() {
    let l = measure("se fjordmobil.no");
    assert_eq!((l.x, l.threads, l.mastodon), (26, 16, 16), "Mastodon shortens no link without a protocol");
    let l = measure("se http://fjordmobil.no og https://t.co/a.");
    assert_eq!((l.x, l.mastodon), (3 + 23 + 4 + 23 + 1, 3 + 23 + 4 + 23 + 1));
    let l = measure("http://blåbær.no/sjø");
    assert_eq!((l.graphemes, l.x, l.mastodon), (20, 23, 23));
    let l = measure("skriv til kari@fjordmobil.no");
    assert_eq!((l.x, l.mastodon), (28, 28), "an address is no link");
    let l = measure("per.no.moe@fjordmobil.no");
    assert_eq!((l.x, l.mastodon), (23 + 18, 24), "but a domain in it counts as one on X");
    let l = measure("#blåbær.no");
    assert_eq!(l.x, 4 + 23, "and so in a hashtag");
}

#[test]
fn x_counts_the_composed_form() {
    let decomposed =
        "blåbær".replace('å', "a\u{30A}") + " http://www.example.com/sjø\u{301} \u{1100}\u{1161}\u{212B}";
    assert_eq!(measure(&decomposed).x, 6 + 1 + 23 + 1 + 2 + 1);
    let vietnamese = "Tiê\u{301}ng Viê\u{323}t";
    assert_eq!(measure(vietnamese).x, "Tiếng Việt".chars().count() + 2);
}

#[test]
fn units_have_their_names() {
    let l = measure("Hei 😊 https://example.com");
    let json = serde_json::to_value(l).unwrap();
    for unit in Unit::ALL {
        assert_eq!(serde_json::to_value(unit).unwrap(), unit.as_str());
        assert_eq!(serde_json::from_value::<Unit>(unit.as_str().into()).unwrap(), unit);
        assert_eq!(json[unit.as_str().replace('-', "_")], l.get(unit));
        assert_eq!(unit.to_string(), unit.as_str());
    }
}

/// Characters that join, break, or count in an odd way, among ordinary ones.
fn nasty() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec![
            "a", "Z", "1", "#", "*", "@", ".", ":", "/", " ", "\r", "\n", "\r\n", "å", "ł", "ß", "\u{AD}", "©", "®", "…",
            "€", "\u{300}", "\u{301}", "\u{323}", "\u{345}", "\u{FE0E}", "\u{FE0F}", "\u{20E3}", "\u{200B}", "\u{200C}",
            "\u{200D}", "\u{200E}", "\u{2028}", "\u{2060}", "\u{FEFF}", "😊", "👍", "🏽", "👨", "👩", "❤", "☺", "™", "ℹ", "🇳",
            "🇴", "🇽", "🏴", "\u{E0067}", "\u{E007F}", "漢", "の", "\u{3099}", "각", "\u{1100}", "\u{1161}", "\u{11A8}", "क",
            "\u{94D}", "\u{937}", "\u{903}", "\u{E33}", "\u{600}", "\u{0D4E}", "\u{A66F}", "\u{212B}", "\u{1F8FF}", "\u{10FFFF}",
            "ﬁ", "ι", "Я", "й", "\u{483}", "ש", "\u{5B0}",
        ]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        1 => prop::sample::select(vec!["👨‍👩‍👧‍👦", "1️⃣", "👍🏽", "🇳🇴", "https://t.co/å", "example.no", "@kari@a.no", "x@y.no"])
            .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn plain_units_are_those_of_the_libraries(text in nasty()) {
        let l = measure(&text);
        prop_assert_eq!(l.bytes, text.len());
        prop_assert_eq!(l.utf16, text.encode_utf16().count());
        prop_assert_eq!(l.code_points, text.chars().count());
        prop_assert_eq!(l.graphemes, text.graphemes(true).count());
        prop_assert!(l.threads >= l.graphemes);
    }

    #[test]
    fn so_they_are_for_any_string(text in any::<String>()) {
        let l = measure(&text);
        prop_assert_eq!(l.utf16, text.encode_utf16().count());
        prop_assert_eq!(l.graphemes, text.graphemes(true).count());
    }

    #[test]
    fn offsets_are_lengths_of_what_comes_before(text in nasty(), repeat in 1_usize..40) {
        let text = text.repeat(repeat);
        let offsets = Offsets::new(&text);
        let mut graphemes = 0;
        let mut starts: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).collect();
        starts.push(text.len());
        for at in 0..=text.len() + 2 {
            let floor = (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap();
            let before = &text[..floor];
            if starts.get(graphemes + 1).is_some_and(|&next| next <= floor) {
                graphemes += 1;
            }
            if at % 7 < 2 || at > text.len() {
                prop_assert_eq!(offsets.utf16(at), before.encode_utf16().count());
                prop_assert_eq!(offsets.code_points(at), before.chars().count());
            }
            prop_assert_eq!(offsets.graphemes(at), graphemes);
        }
        prop_assert_eq!(offsets.grapheme_range(Span::new(0, text.len())), 0..text.graphemes(true).count());
    }

    #[test]
    fn entities_that_belong_to_another_text_do_no_harm(one in nasty(), other in nasty()) {
        let mut found = Vec::new();
        entities(&one, &mut found);
        lengths(&other, &found);
    }
}

#[test]
fn offsets_widen_a_span_to_whole_graphemes() {
    let text = "a👍🏽b";
    let offsets = Offsets::new(text);
    assert_eq!(offsets.grapheme_range(Span::new(1, 5)), 1..2);
    assert_eq!(offsets.grapheme_range(Span::new(5, 9)), 1..2);
    assert_eq!(offsets.grapheme_range(Span::new(9, 10)), 2..3);
    assert_eq!(offsets.utf16_range(Span::new(1, 9)), 1..5);
    assert_eq!(offsets.code_point_range(Span::new(1, 9)), 1..3);
}

#[test]
fn long_hostile_texts_come_to_an_end() {
    const LENGTH: usize = 64 * 1024;
    for piece in [
        "@",
        "#",
        "(",
        "a.",
        "a.a.",
        ".",
        "http://",
        "http://http://a",
        "a.com/(",
        "a.com/((",
        "_.com",
        "a_.com.",
        "-a.com",
        "\u{301}",
        "e\u{301}",
        "\u{200D}",
        "👨\u{200D}",
        "🇳",
        "👍🏽",
        "क\u{94D}",
        "@a@a.",
        "a@a",
        "a@a.aa",
        "@a.a@",
        "#a",
        "#é.no",
        "＠a.no",
        "é.com",
        "れ.com",
        "a.com中",
        "xn--a.",
        "。.",
        "t.co/a?",
        "a.de_",
        "a.de_＠b",
        "\r\n",
        "\r",
        "\u{1F3FB}",
        "\u{FE0F}",
        "1\u{FE0F}",
        "\u{600}",
    ] {
        let text = piece.repeat(LENGTH / piece.len());
        let l = measure(&text);
        assert_eq!(l.graphemes, text.graphemes(true).count(), "{piece}");
        Offsets::new(&text);
    }
}
