//! Documents over one another.

use svar::PolicyBuilder;
use svar::source::Severity;

use super::{fails_with, found, over_small, places, small};

#[test]
fn later_layers_win_and_say_what_they_add_and_take_away() {
    let base = "svar = 1\nname = 'base'\nextends = ['small']\n[emoji]\nallow = ['😊', '👍']\n[links]\nhosts = ['a.no']\n\
                [rules.sorry]\nforbid = { act = 'apology' }\nmessage = 'first'\nseverity = 'warning'\n";
    let build = |layers: &[&str]| {
        let builder = small().layer("base", base);
        let layer = |builder: PolicyBuilder, layer: &&str| {
            builder.layer("over", format!("svar = 1\nname = 'over'\n{layer}"))
        };
        layers.iter().fold(builder, layer).build().unwrap()
    };
    let emoji_rule = "[rules.emoji]\nforbid = { detector = 'emoji-not-in-set' }\n";
    let allowed = |layers: &[&str]| {
        let policy = build(&[layers, &[emoji_rule]].concat());
        ["😊", "👍", "🎉"]
            .map(|emoji| !found(&policy, &format!("Fine {emoji}")).contains(&"emoji".to_owned()))
    };
    assert_eq!(allowed(&[]), [true, true, false]);
    assert_eq!(allowed(&["emoji.allow = ['🎉']"]), [false, false, true]);
    assert_eq!(allowed(&["emoji.allow = ['+', '🎉']"]), [true, true, true]);
    assert_eq!(allowed(&["emoji.allow = ['-', '👍']"]), [true, false, false]);
    assert_eq!(allowed(&["emoji.allow = ['+', '🎉']", "emoji.allow = ['-', '😊']"]), [false, true, true]);

    // Of a rule that is changed, what is not named stays.
    let changed = build(&["[rules.sorry]\nseverity = 'error'", "[rules.sorry]\nmessage = 'third'"]);
    let rule = changed.rule("sorry").unwrap();
    assert_eq!((rule.severity(), rule.message(), rule.kind()), (Severity::Error, "third", "forbid"));
    // Switched off, and on again.
    assert!(build(&["[rules.sorry]\noff = true"]).rule("sorry").is_none());
    assert!(build(&["[rules.sorry]\noff = true", "[rules.sorry]\noff = false"]).rule("sorry").is_some());

    let nothing_there =
        small().layer("base", base).layer("over", "svar = 1\nname = 'o'\nemoji.allow = ['-', '🔥']").build();
    fails_with(nothing_there, "nothing-to-remove", "🔥", "");
    assert_eq!(places(over_small("channels.wall = 2")).first().unwrap(), "4:17 merge-clash");
}

#[test]
fn a_mistake_is_told_in_the_layer_that_made_it() {
    let error = small()
        .layer(
            "first.toml",
            "svar = 1\nname = 'a'\nextends = ['small']\n[rules.a]\nforbid = { act = 'blame' }\n",
        )
        .layer("second.toml", "svar = 1\nname = 'b'\n\n[rules.a]\nseverity = 'bad'\n")
        .build()
        .unwrap_err();
    assert_eq!(error.first().location().unwrap().to_string(), "second.toml:5:12");
}

#[test]
fn a_layer_extends_several_packs_and_each_is_read_once() {
    let policy = small()
        .pack("p", "svar = 1\nname = 'p'\nextends = ['small']\nrules.a = { forbid = { act = 'blame' }, message = 'p' }")
        .pack("q", "svar = 1\nname = 'q'\nextends = ['small']\nrules.a.message = 'q'\nemoji.allow = ['+', '👍']")
        .layer("ours", "svar = 1\nname = 'ours'\nextends = ['p', 'q']")
        .build()
        .unwrap();
    assert_eq!(policy.rule("a").unwrap().message(), "q");
    assert_eq!(policy.name(), "ours");
}

#[test]
fn a_pack_takes_the_place_of_a_built_in_one() {
    let care =
        "svar = 1\nname = 'svar:care'\nextends = ['small']\n[rules.mine]\nforbid = { act = 'blame' }\n";
    let policy = small()
        .pack("svar:care", care)
        .layer("x", "svar = 1\nname = 'x'\nextends = ['svar:care']")
        .build()
        .unwrap();
    assert_eq!(policy.rules().map(|rule| rule.id().as_str()).collect::<Vec<_>>(), ["mine"]);
}
