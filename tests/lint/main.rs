//! Planted mistakes: each is found, at its place, and explained.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test says what it expects")]

use std::collections::BTreeSet;

use svar::policy::{PolicyBuilder, builtin_with_examples};
use svar::source::{Diagnostic, Severity};
use svar::testing::check;

/// The built-in policy in English alone, so that its drafts are soon tried.
fn english() -> PolicyBuilder {
    PolicyBuilder::builtin().layer("svar:english", "svar = 1\nname = 'english'\nlanguages = ['en']\n")
}

/// What is found in these documents, laid over the built-in policy.
fn found(documents: &[(&str, &str)]) -> Vec<Diagnostic> {
    check(&documents.iter().fold(english(), |builder, (name, text)| builder.layer(*name, *text)))
}

/// A document of Acme's with more behind its first two lines.
fn acme(text: &str) -> Vec<Diagnostic> {
    found(&[("acme.toml", &format!("svar = 1\nname = 'acme'\n{text}"))])
}

/// The one diagnostic of a code: its place, its severity, what it says and what would help.
#[track_caller]
fn only<'f>(found: &'f [Diagnostic], code: &str) -> (String, Severity, &'f str, &'f str) {
    let own: Vec<&Diagnostic> = found.iter().filter(|diagnostic| diagnostic.code() == code).collect();
    let [own] = own.as_slice() else { panic!("{code}: {found:#?}") };
    let place = own.location().unwrap_or_else(|| panic!("{own} has no place"));
    let place = format!("{}:{}:{}", place.source().name(), place.line(), place.column());
    (place, own.severity(), own.message(), own.help().unwrap_or_default())
}

#[test]
fn the_built_in_policy_is_free_of_warnings() {
    assert_eq!(check(&builtin_with_examples()), []);
    let office = include_str!("../../examples/office.toml");
    assert_eq!(check(&PolicyBuilder::default().layer("office.toml", office)), []);
}

#[test]
fn misspelt_keys_and_names() {
    for (text, code, place, help) in [
        (
            "[channels.facebook]\nregistr = 'formal'\n",
            "unknown-key",
            "acme.toml:4:1",
            "did you mean `register`?",
        ),
        (
            "[channels.facebok]\nregister = 'formal'\n",
            "unknown-channel",
            "acme.toml:3:11",
            "did you mean `facebook`?",
        ),
        ("[rules.'tone.slnag']\noff = true\n", "unknown-rule", "acme.toml:3:8", "did you mean `tone.slang`?"),
        (
            "[rules.'tone.slnag']\nseverity = 'error'\n",
            "rule-kind",
            "acme.toml:3:1",
            "did you mean `tone.slang`?",
        ),
        (
            "[acts.apologgy.en]\nhear = ['+', 'our bad']\n",
            "unknown-act",
            "acme.toml:3:7",
            "did you mean `apology`?",
        ),
        (
            "[playbooks.complaimt]\noff = true\n",
            "unknown-playbook",
            "acme.toml:3:12",
            "did you mean `complaint`?",
        ),
        (
            "[playbooks.complaint.steps.acknowlege]\noff = true\n",
            "unknown-override",
            "acme.toml:3:28",
            "did you mean `acknowledge`?",
        ),
        (
            "[playbooks.complaint.steps.acknowlege]\nasks = ['apology']\n",
            "unknown-override",
            "acme.toml:3:28",
            "did you mean `acknowledge`?",
        ),
        (
            "[sla.targets.first-respons]\nduration = '1h'\ntime = 'calendar'\n",
            "unknown-override",
            "acme.toml:3:14",
            "did you mean `first-response`?",
        ),
        (
            "[slots.custmer]\nsample = 'Kari'\n",
            "unknown-override",
            "acme.toml:3:8",
            "did you mean `customer`?",
        ),
        ("[remedies.refnud]\noff = true\n", "unknown-override", "acme.toml:3:11", "did you mean `refund`?"),
        (
            "[intents.complain.en]\n'broken' = 1.0\n",
            "unknown-value",
            "acme.toml:3:10",
            "did you mean `complaint`?",
        ),
        (
            "[rules.x]\nforbid = { act = 'apologi' }\n",
            "unknown-value",
            "acme.toml:4:18",
            "did you mean `apology`?",
        ),
        ("extends = ['svar:caer']\n", "unknown-pack", "acme.toml:3:12", "did you mean `svar:care`?"),
    ] {
        let all = acme(text);
        let (at, severity, _, advice) = only(&all, code);
        assert_eq!((at.as_str(), severity), (place, Severity::Error), "{text}");
        assert!(advice.starts_with(help), "{text}: {advice}");
    }
}

#[test]
fn documents_that_are_none() {
    let all = found(&[("empty.toml", "")]);
    assert!(all.iter().any(|own| own.code() == "missing-key" && own.message().contains("`svar`")), "{all:?}");
    let all = found(&[("old.toml", "name = 'old'\nsvar = 2\n")]);
    let (place, _, _, help) = only(&all, "format-version");
    assert_eq!((place.as_str(), help), ("old.toml:2:8", "use a newer release of svar"));
}

#[test]
fn a_rule_that_no_text_can_break() {
    let all = acme(
        "[rules.x]\nforbid = { act = 'blame' }\nwhen = { intent = 'complaint', not = { intent = ['complaint', 'praise'] } }\n",
    );
    let (place, severity, message, _) = only(&all, "unbreakable");
    assert_eq!((place.as_str(), severity), ("acme.toml:5:8", Severity::Error));
    assert_eq!(message, "no text can break `x`: its condition contradicts itself");

    let all = acme(
        "[rules.x]\nforbid = { act = 'blame' }\nwhen = { channel = 'facebook', visibility = 'private' }\n",
    );
    let (place, severity, message, _) = only(&all, "unbreakable");
    assert_eq!((place.as_str(), severity), ("acme.toml:5:8", Severity::Warning));
    assert!(message.ends_with("no channel of this policy is as its condition asks"), "{message}");

    let all = acme("[rules.x]\nlimit = { of = 'graphemes', max = 900000 }\n");
    assert!(all.iter().all(|own| own.code() != "unbreakable"), "some channels have no limit: {all:?}");
    let wall = "svar = 1\nname = 'a'\n[channels.wall]\nkind = 'social'\nvisibility = ['public']\nlimits = [{ unit = 'graphemes', max = 500, source = 'x', as_of = '2026-11', grade = 'official' }]\n[rules.x]\nlimit = { of = 'graphemes', max = 500 }\n";
    let all = check(&PolicyBuilder::default().layer("wall.toml", wall));
    let (place, _, message, _) = only(&all, "unbreakable");
    assert_eq!(place, "wall.toml:8:9");
    assert_eq!(message, "`x` allows 500, and no channel carries more than 500 (`wall`)");
}

#[test]
fn conditions_that_can_be_met_are_left_alone() {
    for when in [
        "intent = 'complaint', not = { intent = 'praise' }",
        "any = [{ first_reply = true }, { first_reply = false }]",
        "not = { first_reply = false }",
        "not = { any = [{ visibility = 'public' }, { tag = 'vip' }] }",
        "not = { not = { tag = 'vip' } }",
        "private_route = false, visibility = 'public'",
        "step = 'complaint.remedy', before_step = 'complaint.follow-up'",
        "min_public_turns = 2, not = { min_public_turns = 3 }",
    ] {
        let all =
            acme(&format!("[rules.x]\nforbid = {{ act = 'blame', pattern = 'lol' }}\nwhen = {{ {when} }}\n"));
        assert!(all.iter().all(|own| own.code() != "unbreakable"), "{when}: {all:?}");
    }
    for when in [
        "not = { any = [{ visibility = 'public' }, { visibility = 'private' }] }",
        "tag = 'vip', not = { tag = ['vip', 'press'] }",
        "first_reply = true, any = [{ first_reply = false }, { not = { first_reply = true } }]",
        "min_public_turns = 3, not = { min_public_turns = 2 }",
        "agent_role = 'agent', any = [{ agent_role = 'manager' }]",
    ] {
        let all = acme(&format!("[rules.x]\nforbid = {{ pattern = 'lol' }}\nwhen = {{ {when} }}\n"));
        only(&all, "unbreakable");
    }
}

#[test]
fn emoji_that_a_channel_allows_and_the_policy_does_not() {
    let all = acme("[channels.facebook]\nemoji = { allow = ['😊', '🙏'] }\n");
    let (place, severity, message, help) = only(&all, "contradiction");
    assert_eq!((place.as_str(), severity), ("acme.toml:4:25", Severity::Error));
    assert_eq!(message, "🙏 is allowed on `facebook` and ambiguous");
    assert!(help.contains("\"🙏\" = false"), "{help}");
    assert_eq!(
        acme("[channels.facebook]\nemoji = { allow = ['🙏'] }\n[rules.'emoji.ambiguous']\noff = true\n"),
        []
    );
}

#[test]
fn what_only_the_company_can_say() {
    let all = acme("[brand]\nname = 'Acme'\n");
    let codes: BTreeSet<&str> = all.iter().map(Diagnostic::code).collect();
    assert_eq!(codes, BTreeSet::from(["no-contact", "no-crisis-contact", "no-hours"]));
    assert!(all.iter().all(|own| own.location().unwrap().to_string() == "acme.toml:3:2"), "{all:?}");
    let whole = "[brand]\nname = 'Acme'\ncontact = { email = 'help@acme.example' }\n[sla]\ncalendar = 'office'\nsurge.crisis_contact = 'Kari'\n[calendars.office]\ntime_zone = 'Europe/Oslo'\nopen = { mon = ['08:00-16:00'] }\n";
    assert_eq!(acme(whole), []);
    assert_eq!(
        acme("[channels.facebook]\nregister = 'formal'\n"),
        [],
        "nothing is asked of who has no brand"
    );
}

#[test]
fn phrases_that_never_win() {
    let all = acme(
        "[acts.blame.en]\nhear = ['+', 'we are sorry', 'as you (well|surely) know']\n[acts.apology.en]\nnot = ['+', 'mea culpa']\nhear = ['+', 'mea culpa']\n",
    );
    let (place, severity, message, _) = only(&all, "shadowed-phrase");
    assert_eq!((place.as_str(), severity), ("acme.toml:7:14", Severity::Warning));
    assert_eq!(message, "`mea culpa` is never heard as `apology`: a `not` always takes it away");
}

#[test]
fn layers_that_contradict_one_another() {
    let group = "svar = 1\nname = 'group'\n[rules.'tone.slang']\noff = true\n[channels.facebook]\nregister = 'formal'\n";
    let team = "svar = 1\nname = 'team'\n[rules.'tone.slang']\noff = false\n[channels.facebook]\nregister = 'informal'\n";
    let all = found(&[("group.toml", group), ("team.toml", team)]);
    let places: Vec<String> = all.iter().map(|own| own.to_string()).collect();
    assert_eq!(
        places,
        [
            "team.toml:4:7: warning[layers-differ]: `rules.tone.slang` is switched off in `group.toml`, and on again here",
            "team.toml:6:12: advice[layers-differ]: `channels.facebook.register` is said otherwise in `group.toml`; what stands here wins",
        ]
    );
    for own in &all {
        assert_eq!(own.related().first().unwrap().location().source().name(), "group.toml");
        assert!(own.help().unwrap().contains("let `team.toml` extend `group.toml`"));
    }
    // Whoever extends a document changes it on purpose.
    let knowing = team.replace("[rules", "extends = ['group']\n[rules");
    let builder = english().pack("group", group).layer("team.toml", knowing);
    assert_eq!(check(&builder), []);
    assert_eq!(found(&[("group.toml", group), ("same.toml", group)]), []);
}

#[test]
fn twin_rules_and_emoji_that_are_never_allowed() {
    let all = acme(
        "[rules.a]\nforbid = { phrases = ['no comment'] }\n[rules.b]\nforbid = { phrases = ['no comment'] }\nwhy = 'Twice.'\n[channels.x]\nemoji = { allow = ['😊'], max = 0 }\n",
    );
    let (place, _, message, _) = only(&all, "twin-rule");
    assert_eq!((place.as_str(), message), ("acme.toml:5:8", "`b` finds exactly what `a` finds"));
    assert_eq!(only(&all, "emoji-never").0, "acme.toml:9:19");
}

#[test]
fn promises_in_the_wrong_order() {
    let all = acme(
        "[sla.targets.first-response]\nduration = '12h'\ntime = 'calendar'\n[sla.targets.solution]\nmetric = 'resolution'\nduration = '6h'\ntime = 'calendar'\n",
    );
    let (place, severity, message, _) = only(&all, "target-order");
    assert_eq!((place.as_str(), severity), ("acme.toml:3:1", Severity::Warning));
    assert!(message.contains("solved before it is answered"), "{message}");
}

#[test]
fn a_channel_limit_that_no_template_fits() {
    let all = acme(
        "[channels.x]\nlimits = [{ unit = 'x', max = 12, source = 'ours', as_of = '2026-11', grade = 'official' }]\n",
    );
    let own: Vec<_> = all.iter().filter(|own| own.code() == "draft-too-long").collect();
    assert!(!own.is_empty(), "{all:?}");
    for own in own {
        assert_eq!(own.location().expect("it has a place").to_string(), "acme.toml:4:10", "{own}");
    }
}

#[test]
fn contacts_that_are_made_up() {
    let of = |contact: &str| {
        let found = acme(&format!("[brand]\nname = 'Acme'\ncontact = {{ {contact} }}\n"));
        found.into_iter().filter(|found| found.code() == "made-up-contact").collect::<Vec<_>>()
    };
    let all = of("email = 'help@Shop.Example.com'");
    let (place, severity, message, help) = only(&all, "made-up-contact");
    assert_eq!((place.as_str(), severity), ("acme.toml:5:21", Severity::Advice));
    assert_eq!(message, "`help@Shop.Example.com` is made up: nobody is reached there");
    assert!(help.contains("the company's own"));
    assert_eq!(of("email = 'help@your-company.example', phone = '+47 00 00 00 00'").len(), 2);
    assert_eq!(of("email = 'help@acme.test'").len(), 1);
    for own in [
        "email = 'help@acme.no'",
        "email = 'help@notexample.com'",
        "email = 'help@acme.example', phone = '+47 21 00 00 00'",
    ] {
        assert_eq!(of(own), [], "{own}");
    }
}

#[test]
fn a_pattern_that_matches_nothing() {
    let all = acme("[rules.x]\nforbid = { pattern = 'kr [a&&b]' }\n");
    let (place, severity, message, _) = only(&all, "unbreakable");
    assert_eq!((place.as_str(), severity), ("acme.toml:4:22", Severity::Error));
    assert_eq!(message, "the pattern of `x` matches nothing");
}

#[test]
fn a_list_that_replaces_what_it_was_to_add_to() {
    let all = acme("[signals.urgent.en]\nhear = ['before noon']\n");
    let (place, severity, message, help) = only(&all, "list-replaced");
    assert_eq!((place.as_str(), severity), ("acme.toml:4:8", Severity::Advice));
    assert!(message.contains("phrases that `signals.urgent.en.hear` is heard by"), "{message}");
    assert_eq!(help, "write `\"+\"` first to add to them");
}

#[test]
fn a_signal_that_is_nearly_called_like_another() {
    let all = acme("[signals.urgnt.en]\nhear = ['now now']\n");
    let (place, severity, message, help) = only(&all, "unknown-override");
    assert_eq!((place.as_str(), severity), ("acme.toml:3:10", Severity::Warning));
    assert_eq!(message, "the signal `urgnt` is nearly called like another");
    assert!(help.starts_with("did you mean `urgent`?"), "{help}");
}

#[test]
fn an_exception_that_is_laid_over_another() {
    let group =
        "svar = 1\nname = 'group'\n[rules.'tone.slang']\nwhen = { not = { tag = 'vip', bot = true } }\n";
    let acme = |when: &str| {
        let own = format!(
            "svar = 1\nname = 'acme'\nextends = ['group.toml']\n[rules.'tone.slang']\nwhen = {when}\n"
        );
        let builder = english().pack("group.toml", group).layer("acme.toml", own);
        check(&builder)
    };
    let all = acme("{ not = { bot = false, intent = 'praise' } }");
    let (place, severity, message, help) = only(&all, "joined-not");
    assert_eq!((place.as_str(), severity), ("acme.toml:5:10", Severity::Warning));
    assert!(
        message.contains("`group.toml`") && message.contains("only what meets both is excepted"),
        "{message}"
    );
    assert!(help.contains("`any = [{ not = { … } }]`") && help.contains("give `tag` here as well"), "{help}");
    for when in [
        "{ any = [{ not = { intent = 'praise' } }] }",
        "{ not = { tag = 'staff', bot = false, intent = 'praise' } }",
        "{ intent = 'praise' }",
    ] {
        assert!(acme(when).iter().all(|found| found.code() != "joined-not"), "{when}");
    }
}

#[test]
fn texts_in_which_nothing_stands() {
    for (text, place) in [
        ("[rules.'tone.slang']\nmessage = ''\n", "acme.toml:4:11"),
        ("[rules.'tone.slang']\nwhy = ' '\n", "acme.toml:4:7"),
    ] {
        let all = acme(text);
        let (at, severity, ..) = only(&all, "empty-text");
        assert_eq!((at.as_str(), severity), (place, Severity::Warning), "{text}");
    }
    let all = found(&[("acme.toml", "svar = 1\nname = ''\n")]);
    assert_eq!(only(&all, "empty-text").0, "acme.toml:2:8");
    let nobody = "[brand]\nname = 'Acme'\ncontact = { email = 'help@acme.example' }\n[sla.surge]\ncrisis_contact = ''\n";
    assert_eq!(only(&acme(nobody), "no-crisis-contact").1, Severity::Advice);
}

#[test]
fn a_policy_that_is_called_like_the_document_below_it_is_told_so() {
    let of = |layers: &[(&str, &str)]| -> Vec<(String, String)> {
        let builder = layers.iter().fold(PolicyBuilder::default(), |builder, (name, text)| {
            if name.starts_with("pack") { builder.pack(*name, *text) } else { builder.layer(*name, *text) }
        });
        let found = check(&builder).into_iter().filter(|found| found.code() == "unnamed");
        found
            .map(|found| {
                assert_eq!(found.severity(), Severity::Warning);
                assert!(found.help().is_some_and(|help| help.contains("`name = \"…\"`")));
                (found.location().unwrap().source().name().to_owned(), found.message().to_owned())
            })
            .collect()
    };
    let told = |source: &str, name: &str| {
        let message = format!("this policy has no name, and is called `{name}` as the document below it");
        vec![(source.to_owned(), message)]
    };
    let care = "svar = 1\nextends = ['svar:emoji']\n";
    let base = "svar = 1\nname = 'base'\n[rules.x]\nforbid = { pattern = 'lol' }\n";
    assert_eq!(of(&[("a.toml", care)]), told("a.toml", "svar:emoji"));
    let upon = "svar = 1\nextends = ['pack']\n";
    assert_eq!(of(&[("pack", base), ("a.toml", upon)]), told("a.toml", "base"));
    assert_eq!(of(&[("pack", base), ("a.toml", &format!("{upon}name = 'a'\n"))]), []);
    // Parts of one policy, side by side: one of them says the name.
    let part = "svar = 1\n[rules.y]\nforbid = { pattern = 'rofl' }\n";
    assert_eq!(of(&[("base.toml", base), ("part.toml", part)]), []);
    assert_eq!(of(&[("a.toml", care), ("part.toml", part)]), told("part.toml", "svar:emoji"));
}

#[test]
fn a_regular_expression_in_a_phrase_is_told_to_stand_elsewhere() {
    let phrases = r#"["hej.*du", '\bstrøm\b', "kunde$", "(?i)hest", "sol|vind", "*"]"#;
    let found = acme(&format!("[rules.a]\nforbid = {{ phrases.en = {phrases} }}\nwhy = 'x'\n"));
    let own: Vec<&Diagnostic> = found.iter().filter(|found| found.code() == "phrase-expression").collect();
    assert_eq!(own.len(), 6, "{found:#?}");
    assert!(own.iter().all(|found| found.severity() == Severity::Warning));
    for list in [
        "[acts.apology.en]\nhear = ['+', 'so.*rry']",
        "[signals.mine.en]\nhear = ['a|b']",
        "[register.en]\n'(?i)hi' = 1",
    ] {
        only(&acme(list), "phrase-expression");
    }
}

#[test]
fn a_control_character_in_a_pattern_is_told_of() {
    let found = acme(
        "[rules.a]\nforbid = { pattern = \"\\bNOK\" }\nwhy = 'x'\n[references]\npatterns = [\"\\b[0-9]{6}\"]\n",
    );
    let own: Vec<&Diagnostic> = found.iter().filter(|found| found.code() == "pattern-control").collect();
    assert_eq!(own.len(), 2, "{found:#?}");
    assert!(own.iter().all(|found| found.help().is_some_and(|help| help.contains("single quotes"))));
}

#[test]
fn a_rule_without_a_reason_is_advised_to_give_one() {
    let found = acme("[rules.'acme.x']\nforbid = { pattern = 'lol' }\nbad = ['<lol>']\n");
    let (place, severity, message, _) = only(&found, "no-why");
    assert_eq!((place.as_str(), severity), ("acme.toml:3:8", Severity::Advice));
    assert!(message.contains("`acme.x`"));
}

#[test]
fn a_policy_that_judges_nothing_is_told_of() {
    let alone = |text: &str| check(&PolicyBuilder::default().layer("a.toml", text));
    let found = alone("svar = 1\nname = 'a'\n");
    let (place, severity, _, help) = only(&found, "no-rules");
    assert_eq!((place.as_str(), severity), ("a.toml:1:1", Severity::Warning));
    assert!(help.contains("svar:care"));
    assert!(alone("svar = 1\nname = 'a'\n[calendars.office]\ntime_zone = 'Europe/Oslo'\nopen = { mon = ['08:00-16:00'] }\n")
        .iter()
        .all(|found| found.code() != "no-rules"));
}
