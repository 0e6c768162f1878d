//! Where each value of a policy comes from.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test says what it expects")]

use svar::policy::{Change, Layers, PolicyBuilder, Setting};

const GROUP: &str = "svar = 1\nname = 'group'\nextends = ['svar:care']\n[channels.facebook]\nregister = 'formal'\nmax_links = 1\n";
const TEAM: &str = "svar = 1\nname = 'team'\nextends = ['group']\n[channels.facebook]\nregister = 'neutral'\n[acts.apology.en]\nhear = ['+', 'our bad']\n[rules.'tone.slang']\noff = true\n";

fn layers() -> Layers {
    let builder = PolicyBuilder::default().pack("group", GROUP).layer("team.toml", TEAM);
    builder.layers().expect("both can be read")
}

fn place(setting: &Setting) -> String {
    setting.location().expect("it is written somewhere").to_string()
}

#[test]
fn what_the_documents_set_and_change() {
    let layers = layers();
    let own: Vec<(&str, &str, String)> =
        layers.own().map(|own| (own.path(), own.value(), place(own))).collect();
    assert_eq!(
        own,
        [
            ("channels.facebook.register", "\"neutral\"", "team.toml:5:12".to_owned()),
            ("channels.facebook.max_links", "1", "group:6:13".to_owned()),
            ("acts.apology.en.hear", "[\"our bad\"]", "team.toml:7:8".to_owned()),
            ("rules.\"tone.slang\".off", "true", "team.toml:9:7".to_owned()),
        ]
    );
    assert_eq!(layers.documents().last(), Some("team.toml"));
    assert!(layers.documents().any(|name| name == "svar:channels"));
}

#[test]
fn what_a_value_took_the_place_of() {
    let layers = layers();
    let [register] = layers.under("channels.facebook.register").unwrap()[..] else { panic!() };
    let below: Vec<(&str, &str)> = register
        .replaced()
        .iter()
        .map(|below| (below.value.as_str(), below.location.as_ref().unwrap().source().name()))
        .collect();
    assert_eq!(below, [("\"informal\"", "svar:channels"), ("\"formal\"", "group")]);
    let [hear] = layers.under("acts.apology.en.hear").unwrap()[..] else { panic!() };
    assert_eq!((hear.change(), hear.replaced().len()), (Change::Add, 1));
    let json = serde_json::to_value(register).unwrap();
    assert_eq!(json["path"], "channels.facebook.register");
    assert_eq!(
        (&json["source"], &json["line"], &json["change"]),
        (&"team.toml".into(), &5.into(), &"set".into())
    );
    assert_eq!(json["below"][1]["value"], "\"formal\"");
}

#[test]
fn a_path_shows_all_below_it_whether_quoted_or_not() {
    let layers = layers();
    let facebook = layers.under("channels.facebook").unwrap();
    assert!(facebook.len() > 5 && facebook.iter().all(|own| own.path().starts_with("channels.facebook.")));
    for path in ["rules.tone.slang", "rules.\"tone.slang\"", "rules.'tone.slang'"] {
        assert!(
            layers.under(path).unwrap().iter().any(|own| own.path() == "rules.\"tone.slang\".off"),
            "{path}"
        );
    }
    let unknown = layers.under("channels.facebok").unwrap_err();
    assert_eq!(unknown.help(), Some("did you mean `channels.facebook`?"));
}
