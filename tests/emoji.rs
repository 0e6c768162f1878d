//! Emoji: every sequence of the data, the built-in sets, and a second opinion.

use emojis::SkinTone;
use proptest::prelude::*;
use svar::text::{EmojiSet, emoji_at, emojis_in, fold_emoji};
use unicode_segmentation::UnicodeSegmentation;

/// Every emoji of the data, in every skin tone.
fn all() -> Vec<&'static str> {
    let mut all = Vec::new();
    for emoji in emojis::iter() {
        match emoji.skin_tones() {
            Some(tones) => all.extend(tones.map(emojis::Emoji::as_str)),
            None => all.push(emoji.as_str()),
        }
    }
    all
}

fn heard(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    emojis_in(text, &mut found);
    found.iter().map(|emoji| emoji.span.of(text)).collect()
}

#[test]
fn every_sequence_of_the_data_is_one() {
    let all = all();
    assert!(all.len() > 3700, "{}", all.len());
    for emoji in all {
        assert_eq!(emoji.graphemes(true).count(), 1, "{emoji}");
        assert_eq!(heard(emoji), [emoji]);
        assert_eq!(heard(&format!("Hei {emoji}, på Łódź{emoji}")), [emoji, emoji]);
        let found = emoji_at(emoji, 0).unwrap();
        assert!(found.name().is_some() && found.unicode_version().is_some());
    }
}

#[test]
fn so_it_is_without_vs16_unless_it_is_a_sign() {
    let mut signs = String::new();
    for emoji in all().into_iter().filter(|emoji| emoji.contains('\u{FE0F}')) {
        let bare = emoji.replace('\u{FE0F}', "");
        assert_eq!(bare.graphemes(true).count(), 1);
        assert_eq!(fold_emoji(&bare), fold_emoji(emoji));
        match heard(&bare)[..] {
            [one] => assert_eq!(one, bare),
            _ => signs.push_str(&bare),
        }
    }
    // What text must not be taken for an emoji by. A new version of the data may add to it.
    let expected = "♀♂⚧✖♾‼⁉〰⚕☑✔✳✴❇©®™🅰🅱ℹⓂ🅾🅿🈂🈷㊗㊙◼◻▪▫⬆↗➡↘⬇↙⬅↖↕↔↩↪⤴⤵▶⏭⏯◀⏮⏸⏹⏺⏏〽";
    let sorted = |text: &str| {
        let mut chars: Vec<char> = text.chars().collect();
        chars.sort_unstable();
        chars
    };
    assert_eq!(sorted(&signs), sorted(expected), "{signs}");
}

#[test]
fn with_vs15_none_is() {
    for emoji in all().into_iter().filter(|emoji| emoji.chars().count() == 1) {
        assert_eq!(heard(&format!("{emoji}\u{FE0E}")), [""; 0]);
    }
}

#[test]
fn tones_fold_to_one() {
    for emoji in emojis::iter().filter(|emoji| emoji.skin_tones().is_some()) {
        let set = EmojiSet::new([emoji.as_str()]).unwrap();
        for tone in emoji.skin_tones().unwrap() {
            assert_eq!(fold_emoji(tone.as_str()), emoji.as_str());
            assert!(set.contains(tone.as_str()));
            assert_ne!(tone.skin_tone(), None::<SkinTone>);
        }
    }
}

#[test]
fn a_set_of_all_holds_all() {
    let set = EmojiSet::new(all()).unwrap();
    assert_eq!(set.len(), emojis::iter().count());
    for emoji in all() {
        assert!(set.contains_emoji(&emoji_at(emoji, 0).unwrap()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn two_side_by_side_are_two(one in prop::sample::select(all()), other in prop::sample::select(all())) {
        let both = format!("{one}{other}");
        prop_assert_eq!(heard(&both), [one, other]);
        let spaced = format!("{} {}", one, other);
        prop_assert_eq!(heard(&spaced), [one, other]);
    }

    #[test]
    fn spans_are_graphemes_in_order(text in "[a-zåł0-9#*©❤☺👍😊🏽🇳🇴👩‍️⃣︎ ]{0,30}") {
        let mut found = Vec::new();
        emojis_in(&text, &mut found);
        let graphemes: Vec<(usize, &str)> = text.grapheme_indices(true).collect();
        let mut end = 0;
        for emoji in found {
            prop_assert!(emoji.span.start >= end);
            prop_assert!(graphemes.contains(&(emoji.span.start, emoji.span.of(&text))));
            prop_assert_eq!(emoji_at(&text, emoji.span.start), Some(emoji));
            end = emoji.span.end;
        }
    }
}

#[test]
fn emoji_are_single_known_and_in_one_list_only() {
    let document: toml::Table = include_str!("../src/packs/emoji.toml").parse().unwrap();
    let emoji = document["emoji"].as_table().unwrap();
    let allow: Vec<&str> = emoji["allow"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
    let ambiguous = emoji["ambiguous"].as_table().unwrap();
    for it in allow.iter().copied().chain(ambiguous.keys().map(String::as_str)) {
        assert_eq!(it.graphemes(true).count(), 1, "{it}");
        assert!(emojis::get(it).is_some(), "{it}");
    }
    for it in &allow {
        assert!(!ambiguous.contains_key(*it), "{it}");
    }
    assert!(["😊", "❤️", "👍"].iter().all(|it| allow.contains(it)));
    for it in ["🙃", "😏", "😅", "💀", "🍆", "🍑", "🙏", "😭", "🔥", "👀"] {
        assert!(ambiguous[it].as_str().is_some_and(|reason| !reason.is_empty()), "{it}");
    }
}

/// `unic-emoji-char` knows Emoji 5.0 by property tables of its own: an independent view of single characters.
mod second_opinion {
    use unic_emoji_char::{is_emoji, is_emoji_presentation};

    use super::heard;

    fn list(chars: impl Iterator<Item = char>) -> String {
        chars.collect()
    }

    #[test]
    fn what_is_drawn_as_an_emoji_is_heard() {
        let missed = list(
            ('\0'..=char::MAX).filter(|&c| is_emoji_presentation(c) && heard(&c.to_string()).is_empty()),
        );
        assert_eq!(missed, "");
    }

    #[test]
    fn what_is_an_emoji_but_not_heard_alone_is_text() {
        let silent = list(('\0'..=char::MAX).filter(|&c| is_emoji(c) && heard(&c.to_string()).is_empty()));
        // What keycaps are made of; then the signs of the module's documentation.
        let keycaps = "#*0123456789";
        let signs = "©®‼⁉™ℹ↔↕↖↗↘↙↩↪⏏⏭⏮⏯⏸⏹⏺Ⓜ▪▫▶◀◻◼♀♂☑⚕✔✖✳✴❇➡⤴⤵⬅⬆⬇〰〽㊗㊙🅰🅱🅾🅿🈂🈷";
        let mut expected: Vec<char> = keycaps.chars().chain(signs.chars()).collect();
        expected.sort_unstable();
        assert_eq!(silent.chars().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn what_is_heard_though_it_knows_no_such_emoji_is_newer() {
        let newer = ('\0'..=char::MAX).filter(|&c| !is_emoji(c) && !heard(&c.to_string()).is_empty());
        for c in newer {
            let text = c.to_string();
            let emoji = svar::text::emoji_at(&text, 0).unwrap();
            // Emoji 5.0 was made for Unicode 10.
            let (major, _) = emoji.unicode_version().unwrap();
            assert!(major > 10, "{c} came with Unicode {major}");
        }
    }
}
