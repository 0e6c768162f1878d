//! `svar explain` and `svar check --explain-layers`, as people read them.

use crate::{Ran, file, folder, svar};

#[test]
fn a_rule_is_explained_whole() {
    let Ran { code, out, .. } = svar(&["explain", "tone.blame"]);
    assert_eq!(code, 0);
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
        ("complaint.acknowledge", "complaint/acknowledge  a playbook or a step: apologise"),
        ("phrases", "send ..3 melding"),
        ("templates", "## How a template is written"),
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
        let Ran { code, out, .. } = svar(&["explain", name]);
        assert!(code == 0 && out.contains(part), "{name}:\n{out}");
    }
}

#[test]
fn a_name_that_is_not_there_is_nearly_another() {
    let Ran { code, err, .. } = svar(&["explain", "tone.blaem"]);
    assert_eq!(code, 2);
    assert!(err.contains("nothing is called `tone.blaem`; did you mean `tone.blame`?"), "{err}");
    let err = svar(&["explain", "qqqqqqqq"]).err;
    assert!(err.contains("these are lists: rules, acts"), "{err}");
}

#[test]
fn a_policy_of_ones_own_is_explained_and_so_are_its_layers() {
    let folder = folder("layers");
    let group = folder.file(
        "explained-group.toml",
        "svar = 1\nname = 'group'\nextends = ['svar:care']\nlanguages = ['en']\n[channels.facebook]\nregister = 'formal'\n",
    );
    let team = folder.file(
        "explained-team.toml",
        "svar = 1\nname = 'team'\n[rules.'team.lol']\nforbid = { pattern = 'lol' }\nwhy = 'We do not laugh.'\nbad = ['<lol>']\ngood = ['Thanks.']\n[channels.facebook]\nregister = 'neutral'\n",
    );
    let out = svar(&["explain", "--policy", &group, "--policy", &team, "team.lol"]).out;
    assert!(out.contains("We do not laugh.") && out.contains("explained-team.toml:3:8"), "{out}");

    let Ran { code, out, .. } = svar(&["check", "--explain-layers", &group, &team]);
    assert_eq!(code, 0);
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

    let json = svar(&["check", "--explain-layers=channels.facebook", "--format", "json", &group]).one_json();
    let settings = json["settings"].as_array().unwrap();
    assert!(settings.iter().any(|own| own["path"] == "channels.facebook.max_links"), "{json}");
    let Ran { code, err, .. } = svar(&["check", "--explain-layers=channels.facebok", &group]);
    assert!(code == 2 && err.contains("did you mean `channels.facebook`?"), "{err}");
}

#[test]
fn what_is_defined_in_one_place_and_changed_in_another_names_both() {
    // What packs of examples say of an intent or a playbook defines neither.
    let out = svar(&["explain", "complaint"]).out;
    let defined: Vec<&str> = out.lines().filter_map(|line| line.trim().strip_prefix("defined at ")).collect();
    assert_eq!(defined.len(), 2, "{out}");
    assert!(defined.iter().all(|place| !place.starts_with("svar:examples")), "{defined:?}");
    let out = svar(&["explain", "question"]).out;
    assert!(!out.contains("defined at svar:examples"), "{out}");
    assert!(!out.contains("changed at"), "what ships built in is changed by no policy: {out}");

    let own = file(
        "explained-step.toml",
        "svar = 1\nname = 'own'\nextends = ['svar:care']\nlanguages = ['en']\n[playbooks.complaint.steps.acknowledge]\ntitle = 'Say that we are sorry'\n",
    );
    let out = svar(&["explain", "--policy", &own, "complaint/acknowledge"]).out;
    assert!(out.contains("defined at svar:"), "{out}");
    assert!(out.contains(&format!("changed at {own}:6:")), "{out}");
}

#[test]
fn slots_canned_replies_calendars_and_targets_are_explained_by_their_values() {
    let Ran { code, out, .. } = svar(&["explain", "customer"]);
    assert!(code == 0 && out.contains("customer  a slot: ") && out.contains("slots.customer."), "{out}");
    let policy = ["explain", "--policy", "examples/office.toml"];
    for (name, parts) in [
        ("office", ["a calendar", "calendars.office.time_zone = \"Europe/Oslo\""]),
        ("watch", ["a rota", "examples/office.toml:"]),
        ("solution", ["a target", "sla.targets.solution.duration = \"24h\""]),
        ("unanswered", ["an escalation", "sla.escalation.unanswered.metric"]),
    ] {
        let Ran { code, out, .. } = svar(&[&policy[..], &[name]].concat());
        assert!(code == 0 && parts.iter().all(|part| out.contains(part)), "{name}: {out}");
    }
    let out = svar(&["explain", "--policy", "examples/policies/fjordmobil.toml", "coverage"]).out;
    assert!(out.contains("a canned reply") && out.contains("canned.coverage"), "{out}");
}

#[test]
fn a_mistake_is_listed_once() {
    let out = svar(&["explain", "mistakes"]).out;
    let mut names: Vec<&str> =
        out.lines().skip(2).filter_map(|line| line.split_whitespace().next()).collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count, "{out}");
    assert!(names.contains(&"unknown-channel"));
}
