//! What a policy is.

use svar::{Case, Message, Policy};

use super::{SMALL, builtin, found, over_care, over_small, places, small};

#[test]
fn json_and_toml_say_the_same() {
    let toml = "svar = 1\nname = 'ours'\nversion = '2026.11'\nextends = ['svar:care']\nlanguages = ['en', 'nb']\n\
                [channels.facebook]\nemoji = { max = 1, allow = ['👍'] }\n\
                [rules.'acme.no-dates']\nwhen = { visibility = 'public', any = [{ intent = 'complaint' }, { tag = ['vip'] }] }\n\
                forbid = { pattern = '\\b\\d{1,2}\\.\\d{1,2}\\.' }\nmessage = '{text} is a date'\nfix = { replace = 'soon' }\n\
                [rules.'emoji.ambiguous']\noff = true\n";
    let json = r#"{"svar": 1, "name": "ours", "version": "2026.11", "extends": ["svar:care"], "languages": ["en", "nb"],
        "channels": {"facebook": {"emoji": {"max": 1, "allow": ["👍"]}}},
        "rules": {"acme.no-dates": {"when": {"visibility": "public", "any": [{"intent": "complaint"}, {"tag": ["vip"]}]},
            "forbid": {"pattern": "\\b\\d{1,2}\\.\\d{1,2}\\."}, "message": "{text} is a date", "fix": {"replace": "soon"}},
            "emoji.ambiguous": {"off": true}}}"#;
    let (toml, json) = (Policy::from_toml(toml).unwrap(), Policy::from_toml(json).unwrap());
    let mut case = Case::new("facebook");
    case.messages.push(Message::customer("My phone is broken again, third time!"));
    case.facts.tags.push("vip".to_owned());
    for reply in ["You get it on 12.12. at the latest 🙃", "We are sorry! 👍👍", "It is your own fault."]
    {
        let (left, right) =
            (toml.validate(&case, reply, None).unwrap(), json.validate(&case, reply, None).unwrap());
        assert_eq!(left, right);
        assert!(!left.findings.is_empty() && left.of("emoji.ambiguous").next().is_none());
    }
    assert_eq!(
        toml.validate(&case, "On 12.12. then.", None).unwrap().of("acme.no-dates").next().unwrap().message,
        "`12.12.` is a date"
    );
}

#[test]
fn built_in_packs_are_documents_like_any_other() {
    for pack in [
        "svar:acts",
        "svar:channels",
        "svar:emoji",
        "svar:links",
        "svar:en",
        "svar:nb",
        "svar:nn",
        "svar:da",
        "svar:de",
        "svar:pl",
        "svar:intents/en",
        "svar:intents/nb",
        "svar:intents/nn",
        "svar:intents/da",
        "svar:intents/de",
        "svar:intents/pl",
        "svar:care",
    ] {
        let document = format!("svar = 1\nname = 'only'\nextends = ['{pack}']\n");
        // Acts are shared: a language alone brings phrases, and no facts are missing.
        let policy =
            Policy::from_toml(&document).unwrap_or_else(|error| panic!("{pack}: {}", error.render()));
        assert_eq!((policy.name(), policy.version()), ("only", ""), "{pack}");
    }
    let same = Policy::from_toml("svar = 1\nname = 'svar:builtin'\nversion = '2026.11'\nextends = ['svar:care']\nlanguages = ['nb', 'nn', 'da', 'de', 'pl', 'en']").unwrap();
    let ids =
        |policy: &Policy| policy.rules().map(|rule| (rule.id().clone(), rule.severity())).collect::<Vec<_>>();
    assert_eq!(ids(&same), ids(builtin()));
    let case = Case::new("x");
    let reply = "It's your own fault!! 🙃 https://bit.ly/x";
    assert_eq!(same.validate(&case, reply, None).unwrap(), builtin().validate(&case, reply, None).unwrap());
}

#[test]
fn every_built_in_rule_says_why() {
    for rule in builtin().rules() {
        assert!(!rule.why().is_empty() && !rule.message().is_empty(), "{}", rule.id());
        assert!(rule.id().as_str().split_once('.').is_some(), "{}", rule.id());
    }
}

#[test]
fn a_policy_without_any_pack_judges_by_its_own_rules() {
    let policy = over_small(
        "[rules.blame]\nforbid = { act = 'blame' }\nseverity = 'error'\n[rules.short]\nlimit = { of = 'words', max = 3 }\n",
    )
    .unwrap();
    assert_eq!(found(&policy, "It is your own fault"), ["short", "blame"]);
    assert!(found(&policy, "Sorry about it").is_empty());
}

#[test]
fn a_policy_of_no_language_still_judges() {
    let document = "svar = 1\nname = 'mute'\n[channels.wall]\nname = 'Wall'\nkind = 'social'\nvisibility = ['public']\n\
                    register = 'neutral'\nprivate_route = { to = 'none' }\nlimits = [{ unit = 'graphemes', max = 20 }]\n\
                    [rules.long]\nforbid = { detector = 'too-long' }\nseverity = 'error'\n\
                    [rules.loud]\nforbid = { detector = 'exclamation-run' }\n[rules.x]\nforbid = { pattern = 'x+' }\n\
                    [rules.german]\nwhen = { not = { visibility = 'private' } }\nlimit = { of = 'emoji', max = 0 }\n";
    let policy = Policy::from_toml(document).unwrap();
    assert!(policy.languages().is_empty());
    assert_eq!(found(&policy, "xx!! 😊"), ["x", "loud", "german"]);
    assert_eq!(found(&policy, "this is longer than twenty"), ["long"]);
    let words = format!("{document}[rules.words]\nforbid = {{ phrases = ['never'] }}\n");
    assert_eq!(places(Policy::from_toml(&words)), ["20:1 unbreakable"]);
}

#[test]
fn a_policy_is_shared_between_threads_and_cheap_to_clone() {
    fn shared<T: Send + Sync + Clone + 'static>(_: &T) {}
    let policy = builtin().clone();
    shared(&policy);
    assert!(size_of::<Policy>() <= size_of::<usize>());
    let mut case = Case::new("facebook");
    case.messages.push(Message::customer("Nettet er nede igjen!"));
    let expected = policy.validate(&case, "Beklager!!", None).unwrap();
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let (policy, case, expected) = (policy.clone(), case.clone(), expected.clone());
            std::thread::spawn(move || {
                assert_eq!(policy.validate(&case, "Beklager!!", None).unwrap(), expected)
            })
        })
        .collect();
    threads.into_iter().for_each(|thread| thread.join().unwrap());
}

#[test]
fn name_and_version_are_those_of_one_document() {
    let label = |policy: &Policy| {
        let report = policy.validate(&Case::new("wall"), "Fine.", None).unwrap();
        assert_eq!((&*report.policy.name, &*report.policy.version), (policy.name(), policy.version()));
        (policy.name().to_owned(), policy.version().to_owned())
    };
    let pair = |name: &str, version: &str| (name.to_owned(), version.to_owned());
    assert_eq!(label(&over_small("version = '7'").unwrap()), pair("ours", "7"));
    // The version of the pack is not ours.
    assert_eq!(label(&over_small("").unwrap()), pair("ours", ""));
    let plain = small().layer("x", SMALL).build().unwrap();
    assert_eq!(label(&plain), pair("small", "3"));
    // A layer without a name leaves both, and may give a newer version.
    let base = "svar = 1\nname = 'ours'\nversion = '1'\nextends = ['small']";
    assert_eq!(label(&small().layer("a", base).layer("b", "svar = 1").build().unwrap()), pair("ours", "1"));
    assert_eq!(
        label(&small().layer("a", base).layer("b", "svar = 1\nversion = '2'").build().unwrap()),
        pair("ours", "2")
    );
}

#[test]
fn the_languages_of_a_policy_are_those_it_names() {
    let codes = |policy: &Policy| policy.languages().iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(codes(builtin()), ["nb", "nn", "da", "de", "pl", "en"]);
    assert_eq!(codes(&over_care("").unwrap()), ["en"]);
    assert_eq!(codes(&over_small("").unwrap()), ["en"]);
    let none = over_small("languages = []").unwrap_err();
    assert_eq!((none.iter().count(), none.first().code()), (1, "no-language"));
}
