//! Emoji: rows 48, 49 and 50.

use svar::source::Severity;

use super::{case, check, complaint, finds, is_free_of, with_intent};

#[test]
fn row_48_emoji_mirror_the_customers() {
    let without = case("facebook", "nn", "Når opnar de på laurdag?");
    let with = case("facebook", "nn", "Når opnar de på laurdag? 😀");
    let reply = "Hei! Me opnar klokka 10 😊";
    finds(&without, reply, "emoji.not-mirrored");
    is_free_of(&with, reply, "emoji.not-mirrored");
    // Praise may be answered with a smile in any case.
    let praise = with_intent(case("facebook", "nn", "De er best, tusen takk for hjelpa!"), "praise");
    is_free_of(&praise, "Så hyggeleg å høyre 😊", "emoji.not-mirrored");
}

#[test]
fn row_48_a_policy_may_want_emoji_in_any_case() {
    let free = "svar = 1\nname = 'free'\nextends = ['svar:care']\nlanguages = ['nn']\n[channels.facebook]\nemoji = { mirror = false }\n";
    let free = svar::Policy::from_toml(free).unwrap();
    let without = case("facebook", "nn", "Når opnar de på laurdag?");
    let report = free.validate(&without, "Hei! Me opnar klokka 10 😊", None).unwrap();
    assert!(report.of("emoji.not-mirrored").next().is_none(), "{report:#?}");
}

#[test]
fn row_48_but_not_in_reply_to_a_complaint() {
    let angry = complaint("facebook", "nb", "Fortsatt ikke noe nett 😡😡");
    finds(&angry, "Vi beklager! 😊", "emoji.in-complaint");
    // One rule says it, not two.
    is_free_of(&angry, "Vi beklager! 😊", "emoji.not-mirrored");
    is_free_of(&angry, "Vi beklager!", "emoji.in-complaint");
}

#[test]
fn row_49_a_smile_a_heart_a_thumb_in_any_skin_tone() {
    let case = case("instagram", "nn", "Takk for sist 😀");
    for emoji in ["😊", "❤️", "❤", "👍", "👍🏽", "👍🏿"] {
        is_free_of(&case, &format!("Takk sjølv {emoji}"), "emoji.not-in-set");
        is_free_of(&case, &format!("Takk sjølv {emoji}"), "emoji.ambiguous");
    }
    for emoji in ["🎉", "🦄", "🇳🇴"] {
        let reply = format!("Takk sjølv {emoji}");
        finds(&case, &reply, "emoji.not-in-set");
        // No more than advice: what is in no list is a matter of taste.
        assert_eq!(check(&case, &reply).of("emoji.not-in-set").next().unwrap().severity, Severity::Advice);
    }
    // What `:)` becomes is a smile.
    is_free_of(&case, "Takk sjølv 🙂", "emoji.not-in-set");
    is_free_of(&case, "Takk sjølv 🙂", "emoji.ambiguous");
}

#[test]
fn row_50_emoji_of_more_than_one_meaning_are_avoided() {
    let case = case("facebook", "da", "Tak for snakken 😀");
    for emoji in ["🙃", "😏", "😅", "💀", "🍆", "🍑", "🙏", "🙏🏻", "😭", "🔥", "👀"]
    {
        let reply = format!("Selv tak {emoji}");
        finds(&case, &reply, "emoji.ambiguous");
        is_free_of(&case, &reply, "emoji.not-in-set");
    }
}
