//! `svar explain` and `svar check --explain-layers`, as people read them.

#![cfg(feature = "cli")]
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test says what it expects")]

use std::process::Command;

/// What `svar` prints, what it complains of, and how it ends.
fn svar(arguments: &[&str]) -> (String, String, i32) {
    let output = Command::new(env!("CARGO_BIN_EXE_svar")).args(arguments).output().expect("svar runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("svar prints text");
    (text(output.stdout), text(output.stderr), output.status.code().unwrap())
}

fn file(name: &str, text: &str) -> String {
    let path = format!("{}/{name}", env!("CARGO_TARGET_TMPDIR"));
    std::fs::write(&path, text).expect("the folder can be written to");
    path
}

#[test]
fn a_rule_is_explained_whole() {
    let (out, _, status) = svar(&["explain", "tone.blame"]);
    assert_eq!(status, 0);
    for part in [
        "tone.blame  a rule: {text} gives the customer the blame",
        "The customer is right even when strictly not",
        "Source: Furu (2019)",
        "severity  error",
        "found en  ",
        "fine en  ",
        "defined at svar:",
        "[rules.\"tone.blame\"]\n    off = true",
    ] {
        assert!(out.contains(part), "{part} is not in\n{out}");
    }
}

#[test]
fn whatever_has_a_name_is_explained() {
    for (name, part) in [
        ("complaint/acknowledge", "a playbook or a step: apologise"),
        ("unknown-key", "a mistake:"),
        ("facebook", "a channel: Facebook"),
        ("refund", "a remedy: money back"),
        ("health.silent", "a rule of a channel's health:"),
        ("surge.crisis", "a level of a surge:"),
        ("hutter-2010", "a survey:"),
        ("threat-press", "a signal:"),
        ("praise", "an intent: somebody is pleased"),
        ("shouting", "a detector: words in capital letters"),
        ("signals", "urgent"),
        ("svar:emoji", "name = \"svar:emoji\""),
    ] {
        let (out, _, status) = svar(&["explain", name]);
        assert!(status == 0 && out.contains(part), "{name}:\n{out}");
    }
}

#[test]
fn a_name_that_is_not_there_is_nearly_another() {
    let (_, complaint, status) = svar(&["explain", "tone.blaem"]);
    assert_eq!(status, 2);
    assert!(complaint.contains("nothing is called `tone.blaem`; did you mean `tone.blame`?"), "{complaint}");
    let (_, complaint, _) = svar(&["explain", "qqqqqqqq"]);
    assert!(complaint.contains("these are lists: rules, acts"), "{complaint}");
}

#[test]
fn a_policy_of_ones_own_is_explained_and_so_are_its_layers() {
    let group = file(
        "explained-group.toml",
        "svar = 1\nname = 'group'\nextends = ['svar:care']\nlanguages = ['en']\n[channels.facebook]\nregister = 'formal'\n",
    );
    let team = file(
        "explained-team.toml",
        "svar = 1\nname = 'team'\n[rules.'team.lol']\nforbid = { pattern = 'lol' }\nwhy = 'We do not laugh.'\nbad = ['<lol>']\ngood = ['Thanks.']\n[channels.facebook]\nregister = 'neutral'\n",
    );
    let (out, _, _) = svar(&["explain", "--policy", &group, "--policy", &team, "team.lol"]);
    assert!(out.contains("We do not laugh.") && out.contains("explained-team.toml:3:8"), "{out}");

    let (out, _, status) = svar(&["check", "--explain-layers", &group, &team]);
    assert_eq!(status, 0);
    let own =
        out.split("\n\n").find(|part| part.starts_with("channels.facebook.register")).expect("it is told");
    let lines: Vec<&str> = own.lines().map(str::trim).collect();
    let [value, place, below, built_in] = lines.as_slice() else { panic!("{own}") };
    assert_eq!(*value, "channels.facebook.register = \"neutral\"");
    assert!(place.ends_with("explained-team.toml:9:12"), "{place}");
    assert!(
        below.starts_with("instead of \"formal\"") && below.ends_with("explained-group.toml:6:12"),
        "{below}"
    );
    assert!(built_in.starts_with("instead of \"informal\"  svar:channels:"), "{built_in}");
    assert!(!out.contains("channels.facebook.max_links"), "what is built in alone is left out");

    let (out, _, _) = svar(&["check", "--explain-layers=channels.facebook", "--format", "json", &group]);
    let json: serde_json::Value = serde_json::from_str(&out).expect("it is JSON");
    let settings = json["settings"].as_array().unwrap();
    assert!(settings.iter().any(|own| own["path"] == "channels.facebook.max_links"), "{out}");
    let (_, complaint, status) = svar(&["check", "--explain-layers=channels.facebok", &group]);
    assert!(status == 2 && complaint.contains("did you mean `channels.facebook`?"), "{complaint}");
}
