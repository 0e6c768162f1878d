//! The reference pages: every name has one, and what is committed is what the code says.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test says what it expects")]

use std::collections::BTreeSet;
use std::path::Path;

use svar::Policy;
use svar::policy::{PolicyBuilder, builtin_with_examples, codes};
use svar::reference::{Family, Reference};

/// Set this variable to write the pages anew: `SVAR_WRITE_REFERENCE=1 cargo test --test reference`.
const WRITE: &str = "SVAR_WRITE_REFERENCE";

#[test]
fn the_committed_pages_are_those_of_the_built_in_policy() {
    let reference = Reference::of(&builtin_with_examples()).expect("the built-in packs are sound");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/reference");
    let pages = Family::ALL.map(|family| (family.as_str(), reference.markdown(family)));
    for (name, text) in pages.into_iter().chain([("index", reference.index())]) {
        let path = folder.join(format!("{name}.md"));
        if std::env::var_os(WRITE).is_some() {
            std::fs::write(&path, text).expect("the folder can be written to");
            continue;
        }
        let committed = std::fs::read_to_string(&path).expect("the page is there");
        let line = committed.lines().zip(text.lines()).position(|(old, new)| old != new);
        assert!(
            committed == text,
            "{name}.md is not up to date (from line {}): {WRITE}=1 cargo test --test reference",
            line.map_or(committed.lines().count().min(text.lines().count()), |line| line) + 1
        );
    }
}

#[test]
fn everything_that_has_a_name_has_a_page() {
    let reference = Reference::of(&PolicyBuilder::builtin()).expect("the built-in policy is sound");
    let policy = Policy::builtin();
    let mut names: Vec<String> = Vec::new();
    names.extend(policy.rules().map(|rule| rule.id().to_string()));
    names.extend(policy.acts().map(|(act, _)| act.to_string()));
    names.extend(Policy::detectors().map(|(name, _)| name.to_owned()));
    for (playbook, _) in policy.playbooks() {
        names.push(playbook.to_string());
        names.extend(policy.steps(playbook.as_str()).map(|step| format!("{playbook}/{}", step.id)));
    }
    names.extend(policy.channels().iter().map(|channel| channel.id().to_owned()));
    names.extend(codes().map(|code| code.code.to_owned()));
    for name in ["urgent", "refund", "complaint", "other", "health.silent", "surge.crisis", "hutter-2010"] {
        names.push(name.to_owned());
    }
    for name in &names {
        let page = reference.pages_of(name).next().unwrap_or_else(|| panic!("{name} has no page"));
        assert!(!page.title().is_empty(), "{name} has no title");
    }
}

#[test]
fn a_page_says_what_why_where_and_how_to_change_it() {
    let reference = Reference::of(&builtin_with_examples()).unwrap();
    for page in reference.pages().iter().filter(|page| page.family() == Family::Rules) {
        let name = page.name();
        assert!(!page.why().is_empty() && page.location().is_some() && page.change().is_some(), "{name}");
        assert!(page.facts().any(|(label, _)| label == "severity"), "{name}");
    }
    let labels: BTreeSet<&str> =
        reference.pages_of("tone.blame").flat_map(|page| page.samples()).map(|sample| sample.label).collect();
    assert_eq!(labels, BTreeSet::from(["fine", "found"]));
    let sections: Vec<Family> = reference.pages_of("complaint").map(|page| page.family()).collect();
    assert_eq!(sections, [Family::Playbooks, Family::Intents]);
}

#[test]
fn how_to_change_a_thing_can_be_pasted_into_a_policy() {
    let reference = Reference::of(&builtin_with_examples()).unwrap();
    for page in reference.pages() {
        let Some(change) =
            page.change().filter(|change| !change.contains('…') && !change.contains("extends"))
        else {
            continue;
        };
        let text =
            format!("svar = 1\nname = 'acme'\nextends = ['svar:care']\nlanguages = ['en']\n{change}\n");
        if let Err(errors) = Policy::from_toml(&text) {
            panic!("{}: {}", page.name(), errors.render());
        }
    }
}

#[test]
fn the_notations_have_pages() {
    let ours = "svar = 1\nname = 'acme'\nextends = ['svar:care']\nlanguages = ['en']\n[language.en.classes]\nplan = ['plan']\n";
    let reference = Reference::of(&Policy::builder().layer("acme.toml", ours)).unwrap();
    let page = |name: &'static str| reference.pages_of(name).next().unwrap();
    assert!(page("phrases").text().contains("send ..3 melding"));
    assert!(page("templates").text().contains("| `{customer.first}` |"));
    let classes = page("phrases").facts().find(|(label, _)| *label == "classes of en").unwrap().1;
    assert!(classes.contains("`{plan}`") && classes.contains("`{very}`"), "{classes}");
    assert_eq!(reference.near("notation"), ["notations"]);
}

#[test]
fn every_built_in_class_is_told() {
    let reference = Reference::of(&PolicyBuilder::builtin()).unwrap();
    let page = reference.pages_of("phrases").next().unwrap();
    let (_, everywhere) = page.facts().find(|(label, _)| *label == "classes everywhere").unwrap();
    for class in everywhere.split(", ") {
        assert!(page.text().contains(class), "{class}");
    }
}

#[test]
fn examples_are_in_the_languages_of_the_policy() {
    let page = |languages: &str, rest: &str, name: &str| {
        let text =
            format!("svar = 1\nname = 'acme'\nextends = ['svar:care']\nlanguages = {languages}\n{rest}");
        let reference = Reference::of(&Policy::builder().layer("acme.toml", text)).unwrap();
        let page = reference.pages_of(name).next().unwrap().clone();
        page.samples().iter().map(|own| (own.label, own.language.clone())).collect::<Vec<_>>()
    };
    let of = |samples: &[(&'static str, String)], label: &str| -> Vec<String> {
        samples.iter().filter(|own| own.0 == label).map(|own| own.1.clone()).collect()
    };
    let plain = page("['nb']", "", "tone.blame");
    assert_eq!(
        (of(&plain, "found"), of(&plain, "fine")),
        (vec!["nb".to_owned(); 3], vec!["nb".to_owned(); 3])
    );
    assert_eq!(of(&page("['da', 'en', 'nb']", "", "apology"), "heard"), ["da", "da", "da", "en", "nb"]);
    let own =
        "[rules.'acme.lol']\nforbid = { phrases = ['lol'] }\nbad.en = ['<lol>']\nbad.nb = ['<lol> igjen']\n";
    assert_eq!(of(&page("['nb', 'en']", own, "acme.lol"), "found"), ["nb", "en"]);
    // What does not hold any more is not shown.
    let other = "[rules.'tone.blame'.forbid]\nact = 'slang'\n";
    assert!(of(&page("['nb']", other, "tone.blame"), "found").is_empty());
}

#[test]
fn a_page_tells_of_the_policy_at_hand() {
    let ours = "svar = 1\nname = 'acme'\ndescription = 'what Acme says'\n\n[rules.'acme.lol']\nforbid = { pattern = 'lol' }\nwhy = 'We do not laugh.'\n";
    let reference = Reference::of(&PolicyBuilder::builtin().layer("acme.toml", ours)).unwrap();
    let page = reference.pages_of("acme.lol").next().unwrap();
    let place = page.location().unwrap();
    assert_eq!((place.source().name(), place.line(), page.why()), ("acme.toml", 5, "We do not laugh."));
    assert_eq!(reference.pages_of("acme").next().unwrap().title(), "what Acme says");
    assert_eq!(reference.near("acme.lool"), ["acme.lol"]);
    assert!(reference.near("").is_empty());
}
