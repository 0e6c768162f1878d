//! Policy documents: what is told about a wrong one, how layers are laid over one another, and what a policy is.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, missing_docs)]

use std::sync::OnceLock;

use svar::source::{Diagnostics, Severity};
use svar::{Case, Message, Policy, PolicyBuilder};

/// A policy of a few lines: one language, one channel, nothing else.
const SMALL: &str = "svar = 1
name = 'small'
version = '3'
[language.en]
name = 'English'
[channels.wall]
name = 'Wall'
kind = 'social'
visibility = ['public', 'private']
default_visibility = 'public'
register = 'neutral'
private_route = { to = 'wall' }
emoji = { max = 1 }
[acts.apology.en]
hear = ['sorry']
[acts.blame.en]
hear = ['your own fault']
[acts.wish]
title = 'heard by nothing'
";

fn small() -> PolicyBuilder {
    Policy::builder().pack("small", SMALL)
}

/// A layer over the small policy.
fn over_small(rest: &str) -> Result<Policy, Diagnostics> {
    small().layer("ours.toml", format!("svar = 1\nname = 'ours'\nextends = ['small']\n{rest}")).build()
}

fn builtin() -> &'static Policy {
    static POLICY: OnceLock<Policy> = OnceLock::new();
    POLICY.get_or_init(Policy::builtin)
}

/// A layer over the built-in rules, in one language so that it loads quickly.
fn over_care(rest: &str) -> Result<Policy, Diagnostics> {
    let head = "svar = 1\nname = 'ours'\nextends = ['svar:care']\nlanguages = ['en']\n";
    Policy::builder().layer("ours.toml", format!("{head}{rest}")).build()
}

/// Each mistake as `line:column code`.
fn places(result: Result<Policy, Diagnostics>) -> Vec<String> {
    let diagnostics = result.map(|policy| policy.name().to_owned()).expect_err("there is a mistake in it");
    let place = |diagnostic: &svar::source::Diagnostic| {
        let at = diagnostic.location().map(|at| format!("{}:{}", at.line(), at.column())).unwrap_or_default();
        format!("{at} {}", diagnostic.code())
    };
    diagnostics.iter().map(place).collect()
}

/// The one mistake of a document: its code, and what is said to help.
#[track_caller]
fn only(result: Result<Policy, Diagnostics>) -> (String, String, String) {
    let diagnostics = result.map(|policy| policy.name().to_owned()).expect_err("there is a mistake in it");
    let list: Vec<_> = diagnostics.iter().collect();
    let [one] = list.as_slice() else { panic!("more than one mistake:\n{}", diagnostics.render()) };
    assert!(one.location().is_some(), "without a place: {one}");
    (one.code().to_owned(), one.message().to_owned(), one.help().unwrap_or_default().to_owned())
}

#[track_caller]
fn fails_with(result: Result<Policy, Diagnostics>, code: &str, says: &str, helps: &str) {
    let (found, message, help) = only(result);
    assert_eq!(found, code, "{message}");
    assert!(message.contains(says), "{message}");
    assert!(help.contains(helps), "{message}: {help}");
}

fn found(policy: &Policy, reply: &str) -> Vec<String> {
    let report = policy.validate(&Case::new("wall"), reply, None).unwrap();
    report.findings.iter().map(|finding| finding.rule.to_string()).collect()
}

// --- mistakes --------------------------------------------------------------------------------------------------------

#[test]
fn unknown_keys_are_reported_wherever_they_stand() {
    for (document, near) in [
        ("langauges = ['en']", "languages"),
        ("[brand]\nnmae = 'Fjord'", "name"),
        ("[brand.contact]\nemial = 'a@b.no'", "email"),
        ("[links]\nhost = ['a.no']", "hosts"),
        ("[references]\npattern = ['x']", "patterns"),
        ("[rules.a]\nforbid = { act = 'blame' }\nseverty = 'error'", "severity"),
        ("[rules.a]\nforbid = { acts = 'blame', act = 'blame' }", "act"),
        ("[rules.a]\nforbid = { act = 'blame' }\nwhen = { chanel = 'wall' }", "channel"),
        ("[rules.a]\nforbid = { act = 'blame' }\nwhen = { any = [{ intnet = 'spam' }] }", "intent"),
        ("[rules.a]\nforbid = { act = 'blame' }\nwhen = { not = { first_rely = true } }", "first_reply"),
        ("[rules.a]\nforbid = { act = 'blame' }\nfix = { say = 'apology', aat = 'start' }", "at"),
        ("[rules.a]\nlimit = { of = 'words', maxx = 2, min = 1 }", "max"),
        ("[rules.a]\norder = { act = 'apology', befor = ['blame'], within_sentences = 1 }", "before"),
        ("[channels.wall]\nregistr = 'formal'", "register"),
        ("[language.en]\nbutt = ['but']", "but"),
        ("[acts.blame.en]\nheer = ['a b']", "hear"),
    ] {
        fails_with(over_small(document), "unknown-key", "", &format!("did you mean `{near}`?"));
    }
}

#[test]
fn a_document_without_its_format_says_what_to_write() {
    for text in ["name = 'a'\n", "{\"name\": \"a\"}"] {
        fails_with(Policy::from_toml(text), "missing-key", "the key `svar` is missing", "write `svar = 1`");
    }
}

#[test]
fn an_empty_document_says_what_to_write() {
    for text in ["", " \n\n", "# nothing yet\n", "\u{feff}", "{}"] {
        fails_with(Policy::from_toml(text), "missing-key", "the key `svar` is missing", "write `svar = 1`");
    }
    for text in ["svar = 1", "{\"svar\": 1}"] {
        fails_with(
            Policy::from_toml(text),
            "missing-key",
            "the key `name` is missing",
            "write `name = \"…\"`",
        );
    }
}

#[test]
fn what_is_said_of_a_language_that_is_not_spoken_is_read_all_the_same() {
    for (rest, code) in [
        ("name = 5", "wrong-type"),
        ("butt = ['men']", "unknown-key"),
        ("but = 'men'", "wrong-type"),
        ("words = { 'ikkje' = 'much' }", "wrong-type"),
        ("letters = { 'øy' = 1.0 }", "letter"),
        ("address = 'formel'", "unknown-value"),
        (
            "format = { time = { plain = '{hour}:{minutes}', at = 'kl. {time}', by = 'før {time}' } }",
            "format",
        ),
        ("[acts.apology.nn]\nhear = 5", "wrong-type"),
        ("[acts.apology.nn]\nheer = ['orsak']", "unknown-key"),
        ("[acts.apology.nn]\nsay = 'Orsak.'", "wrong-type"),
        ("[acts.apology.nn.say]\nany = ['Orsak, {kunde}.']", "unknown-slot"),
        ("[canned.hours.nn]\nkeywords = ['open*']\nsay = 'Vi har ope.'", "wrong-type"),
        ("[address.nn]\nformal = 5", "wrong-type"),
        ("[register.nn]\n'mvh' = 'much'", "wrong-type"),
        ("[intents.complaint.nn]\n'framleis' = 'much'", "wrong-type"),
        ("[signals.urgent.nn]\nhear = 5", "wrong-type"),
    ] {
        let document =
            format!("languages = ['en']\n[acts.information]\ntitle = 'tells'\n[language.nn]\n{rest}");
        fails_with(over_small(&document), code, "", "");
        // It is the same mistake where the language is spoken.
        fails_with(over_small(&document.replace("['en']", "['en', 'nn']")), code, "", "");
    }
}

#[test]
fn nothing_is_said_in_every_language_at_once() {
    let document = "[acts.apology.'*']\nhear = ['🙇']\nsay.any = ['Sorry.']";
    fails_with(over_small(document), "said-everywhere", "every language", "put `say` under each language");
    assert!(over_small("[acts.apology.'*']\nhear = ['🙇']").is_ok());
}

#[test]
fn misspelt_names_are_reported_with_what_was_meant() {
    for (document, code, near) in [
        ("[rules.a]\nforbid = { act = 'blaim' }", "unknown-value", "blame"),
        ("[rules.a]\nforbid = { detector = 'shoutin' }", "unknown-value", "shouting"),
        ("[rules.a]\nforbid = { detector = ['iban', 'payment-crd'] }", "unknown-value", "payment-card"),
        ("[rules.a]\nforbid = { phrases.ne = ['x'] }", "unknown-key", "en"),
        ("[rules.a]\nforbid = { act = 'blame' }\nbad.ne = ['x']", "unknown-key", "en"),
        ("[rules.a]\nforbid = { act = 'blame' }\nwhen = { channel = 'wal' }", "unknown-value", "wall"),
        (
            "[rules.a]\nforbid = { act = 'blame' }\nwhen = { channel = ['wall', 'wal'] }",
            "unknown-value",
            "wall",
        ),
        (
            "[rules.a]\nforbid = { act = 'blame' }\nwhen = { intent = 'complain' }",
            "unknown-value",
            "complaint",
        ),
        (
            "[rules.a]\nforbid = { act = 'blame' }\nwhen = { visibility = 'publik' }",
            "unknown-value",
            "public",
        ),
        (
            "[rules.a]\nforbid = { act = 'blame' }\nwhen = { register = 'neutrall' }",
            "unknown-value",
            "neutral",
        ),
        ("[rules.a]\nforbid = { act = 'blame' }\nwhen = { fault = 'our' }", "unknown-value", "ours"),
        ("[rules.a]\nforbid = { act = 'blame' }\nwhen = { priority = 'hihg' }", "unknown-value", "high"),
        ("[rules.a]\nforbid = { act = 'blame' }\nwhen = { heard = 'apolgy' }", "unknown-value", "apology"),
        ("[rules.a]\nforbid = { act = 'blame' }\nseverity = 'eror'", "unknown-value", "error"),
        ("[rules.a]\nforbid = { act = 'blame' }\nexcused_by = ['apolgy']", "unknown-value", "apology"),
        ("[rules.a]\nforbid = { act = 'blame' }\nfix = { say = 'apolgy' }", "unknown-value", "apology"),
        (
            "[rules.a]\nforbid = { act = 'blame' }\nfix = { say = 'apology', at = 'strat' }",
            "unknown-value",
            "start",
        ),
        ("[rules.a]\nlimit = { of = 'emojis', max = 1 }", "unknown-value", "emoji"),
        ("[rules.a]\norder = { act = 'apolgy', before = ['blame'] }", "unknown-value", "apology"),
        ("languages = ['enn']", "unknown-value", "en"),
        ("[channels.wal]\nregister = 'formal'", "unknown-channel", "wall"),
    ] {
        fails_with(over_small(document), code, "", &format!("`{near}`"));
    }
}

#[test]
fn a_misspelt_rule_is_no_new_rule() {
    fails_with(
        over_care("[rules.'tone.slng']\nseverity = 'error'"),
        "rule-kind",
        "`tone.slng`",
        "did you mean `tone.slang`?",
    );
    fails_with(
        over_care("[rules.'tone.slng']\noff = true"),
        "unknown-rule",
        "`tone.slng`",
        "did you mean `tone.slang`?",
    );
    fails_with(over_care("[rules.'acme.nothing-near']\noff = true"), "unknown-rule", "to switch off", "");
}

#[test]
fn duplicate_keys_are_reported_with_both_places() {
    let toml = over_small("[rules.a]\nforbid = { act = 'blame' }\n[rules.a]\nforbid = { act = 'apology' }")
        .unwrap_err();
    assert_eq!(toml.first().code(), "duplicate-key");
    assert_eq!(toml.first().related().len(), 1);
    let json = Policy::from_toml(r#"{"svar": 1, "name": "a", "name": "b"}"#).unwrap_err();
    assert_eq!((json.first().code(), json.first().location().unwrap().column()), ("duplicate-key", 26));
    fails_with(over_small("languages = ['en', 'en']"), "duplicate", "`en`", "");
}

#[test]
fn a_rule_is_of_one_kind_and_looks_for_something() {
    for rule in ["", "severity = 'error'", "forbid = { act = 'blame' }\nrequire = { act = 'apology' }"] {
        fails_with(over_small(&format!("[rules.a]\n{rule}")), "rule-kind", "exactly one of", "");
    }
    for rule in [
        "forbid = {}",
        "require = {}",
        "limit = { of = 'words' }",
        "order = { act = 'apology' }",
        "forbid = { quoted = true }",
        "forbid = { act = 'blame' }\nfix = { at = 'start' }",
    ] {
        fails_with(over_small(&format!("[rules.a]\n{rule}")), "empty-rule", "", "");
    }
}

#[test]
fn a_rule_that_no_text_can_break_is_a_mistake() {
    for rule in [
        "forbid = { act = 'wish' }",
        "forbid = { act = [] }",
        "forbid = { phrases = [] }",
        "forbid = { phrases.en = [] }",
        "forbid = { detector = [] }",
        "forbid = { act = 'blame' }\nexcused_by = ['blame']",
        "limit = { of = 'words', max = 'channel' }",
        "order = { act = 'apology', before = ['apology'] }",
        "forbid = { act = 'blame' }\nwhen = { channel = [] }",
        "forbid = { act = 'blame' }\nwhen = { tag = [] }",
        "forbid = { act = 'blame' }\nwhen = { any = [] }",
        "forbid = { act = 'blame' }\nwhen = { not = {} }",
    ] {
        fails_with(over_small(&format!("[rules.a]\n{rule}")), "unbreakable", "", "");
    }
    fails_with(over_small("[rules.a]\nrequire = { act = 'wish' }"), "unkeepable", "`a`", "");
    // What was not understood is not reported twice.
    fails_with(over_small("[rules.a]\nforbid = { act = 'blaim' }"), "unknown-value", "blaim", "");
}

#[test]
fn a_rule_for_languages_the_policy_does_not_speak_is_doubtful_only() {
    let layer = "languages = ['sv']\n[language.sv]\nname = 'Svenska'\n[acts.apology.sv]\nhear = ['förlåt']\n\
                 [rules.sorry]\nforbid = { act = 'apology' }\n[rules.blame]\nforbid = { act = 'blame' }\n\
                 [rules.words]\nforbid = { phrases.en = ['alas'] }\n[rules.need]\nrequire = { act = 'blame' }\n";
    let policy = over_small(layer).unwrap();
    let warnings: Vec<_> =
        policy.warnings().iter().map(|warning| (warning.code(), warning.severity())).collect();
    assert_eq!(
        warnings,
        [
            ("unbreakable", Severity::Warning),
            ("unbreakable", Severity::Warning),
            ("unkeepable", Severity::Warning)
        ]
    );
    assert_eq!(found(&policy, "Förlåt!"), ["need", "sorry"]);
    assert!(builtin().warnings().is_empty(), "{:#?}", builtin().warnings());
}

#[test]
fn contradictions_are_reported() {
    for (document, says) in [
        ("[emoji]\nallow = ['👍']\nambiguous = { '👍' = 'x' }", "allowed and ambiguous"),
        ("[rules.a]\nlimit = { of = 'words', min = 3, max = 2 }", "at least 3 and at most 2"),
        ("[rules.a]\nforbid = { act = 'blame' }\nfix = { say = 'apology', replace = 'x' }", "either"),
        ("[rules.a]\nrequire = { act = 'apology' }\nexcused_by = ['blame']", "excused"),
    ] {
        fails_with(over_small(document), "contradiction", says, "");
    }
}

#[test]
fn an_emoji_that_a_pack_calls_ambiguous_can_be_allowed() {
    fails_with(over_care("[emoji]\nallow = ['+', '🙏']"), "contradiction", "🙏", "");
    let policy = over_care("[emoji]\nallow = ['+', '🙏']\nambiguous.'🙏' = false").unwrap();
    let case = Case::new("facebook");
    let report = policy.validate(&case, "Thank you 🙏", None).unwrap();
    assert!(
        report.of("emoji.ambiguous").next().is_none() && report.of("emoji.not-in-set").next().is_none(),
        "{report:#?}"
    );
    assert_eq!(policy.validate(&case, "Thank you 🙃", None).unwrap().of("emoji.ambiguous").count(), 1);
    for emoji in ["x", "", "👍👍", "kr"] {
        fails_with(over_small(&format!("[emoji]\nallow = ['{emoji}']")), "emoji", "is not one emoji", "");
    }
}

#[test]
fn another_format_version_says_what_to_do() {
    fails_with(
        Policy::from_toml("svar = 2\nname = 'a'"),
        "format-version",
        "has format version 2",
        "newer release",
    );
    fails_with(
        Policy::from_toml("svar = 0\nname = 'a'"),
        "format-version",
        "has format version 0",
        "svar = 1",
    );
    fails_with(Policy::from_toml("name = 'a'"), "missing-key", "svar", "");
    fails_with(Policy::from_toml("svar = 1"), "missing-key", "name", "");
    fails_with(Policy::from_toml("svar = '1'\nname = 'a'"), "wrong-type", "svar", "");
}

#[test]
fn packs_that_are_not_there_or_extend_themselves() {
    fails_with(
        Policy::from_toml("svar = 1\nname = 'a'\nextends = ['svar:cair']"),
        "unknown-pack",
        "svar:cair",
        "did you mean `svar:care`?",
    );
    fails_with(
        small().layer("x", "svar = 1\nname = 'a'\nextends = ['smal']").build(),
        "unknown-pack",
        "smal",
        "`small`",
    );
    let ring = Policy::builder()
        .pack("a", "svar = 1\nname = 'a'\nextends = ['b']")
        .pack("b", "svar = 1\nname = 'b'\nextends = ['a']")
        .layer("x", "svar = 1\nname = 'x'\nextends = ['a']");
    fails_with(ring.build(), "circular-extends", "`a` → `b` → `a`", "");
    let own = Policy::builder()
        .pack("a", "svar = 1\nname = 'a'\nextends = ['a']")
        .layer("x", "svar = 1\nname = 'x'\nextends = ['a']");
    fails_with(own.build(), "circular-extends", "`a` → `a`", "");
}

#[test]
fn a_policy_has_so_many_documents() {
    let mut builder = Policy::builder();
    for number in 0..svar::policy::MOST_DOCUMENTS {
        builder = builder.layer(format!("{number}"), format!("svar = 1\nname = 'n{number}'"));
    }
    assert_eq!(builder.build().unwrap().name(), "n63");
    let too_many = builder.layer("one more", "svar = 1\nname = 'x'").build().unwrap_err();
    assert_eq!(too_many.first().code(), "too-many");
    // A long chain of packs is no deep recursion.
    let mut chain = Policy::builder().layer("x", "svar = 1\nname = 'x'\nextends = ['p0']");
    for number in 0..1000 {
        chain =
            chain.pack(format!("p{number}"), format!("svar = 1\nname = 'p'\nextends = ['p{}']", number + 1));
    }
    assert_eq!(chain.build().unwrap_err().first().code(), "too-many");
}

#[test]
fn patterns_are_bounded() {
    for (pattern, says) in [
        ("(", "cannot be read"),
        ("a*", "where nothing stands"),
        ("(a{1000}){1000}", "memory"),
        (r"(\pL{500}\d{500}){500}", "memory"),
        ("(?=x)", "cannot be read"),
    ] {
        fails_with(
            over_small(&format!("[rules.a]\nforbid = {{ pattern = '{pattern}' }}")),
            "pattern",
            says,
            "",
        );
        fails_with(over_small(&format!("[references]\npatterns = ['{pattern}']")), "pattern", says, "");
    }
    fails_with(
        over_small(&format!("[rules.a]\nforbid = {{ pattern = '{}' }}", "a".repeat(2001))),
        "pattern",
        "2000 bytes",
        "",
    );
    // Many that are large together give an answer, too.
    let many: String = (0..60)
        .map(|n| format!("[rules.r{n}]\nforbid = {{ pattern = 'x{n}(\\pL{{40}}){{9}}' }}\n"))
        .collect();
    if let Err(error) = over_small(&many) {
        assert_eq!(error.first().code(), "pattern");
    }
}

#[test]
fn phrases_that_cannot_be_read_are_reported_where_they_stand() {
    for phrase in ["(a", "[a", "", "^", "..3 a", "a ..3", "{nothing} a", "a )"] {
        let document = format!("[rules.a]\nforbid = {{ phrases = ['fine', '{phrase}'] }}");
        let (code, message, _) = only(over_small(&document));
        assert_eq!(code, "phrase", "{phrase}: {message}");
    }
}

#[test]
fn ten_mistakes_in_one_document_are_told_in_one_go() {
    let document = "svar = 1
name = 7
extends = ['small']
languages = ['en', 'eo']
colour = 'blue'
[emoji]
allow = ['👍', 'thumb']
[rules.one]
forbid = { act = 'blaim' }
[rules.two]
severity = 'error'
[rules.three]
forbid = {}
[rules.four]
limit = { of = 'words', min = 9, max = 1 }
[rules.five]
forbid = { pattern = '(' }
[rules.six]
forbid = { phrases = ['(a'] }
when = { intent = 'complain' }
[rules.seven]
off = true
[channels.wall]
register = 'loud'
";
    let mut found = places(small().layer("ours.toml", document).build());
    // The mistakes are told by their places.
    assert!(
        found.is_sorted_by_key(|place| place.split(':').next().unwrap().parse::<usize>().unwrap()),
        "{found:#?}"
    );
    found.sort_by_key(|place| place.split_once(' ').unwrap().1.to_owned());
    assert_eq!(
        found,
        [
            "15:9 contradiction",
            "7:15 emoji",
            "13:10 empty-rule",
            "17:22 pattern",
            "19:23 phrase",
            "10:1 rule-kind",
            "5:1 unknown-key",
            "21:8 unknown-rule",
            "4:20 unknown-value",
            "9:18 unknown-value",
            "20:19 unknown-value",
            "24:12 unknown-value",
            "2:8 wrong-type",
        ]
    );
    let errors = small().layer("ours.toml", document).build().unwrap_err();
    assert!(errors.render().contains(" --> ours.toml:9:18"), "{}", errors.render());
    for diagnostic in errors.iter() {
        assert_eq!(diagnostic.location().unwrap().source().name(), "ours.toml");
        assert!(!diagnostic.message().contains('\n'));
        assert!(diagnostic.message().chars().next().is_some_and(|c| !c.is_uppercase()), "{diagnostic}");
    }
}

// --- layers ----------------------------------------------------------------------------------------------------------

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

// --- what a policy is ------------------------------------------------------------------------------------------------

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
    assert_eq!(codes(&over_small("languages = []").unwrap()), [""; 0]);
}
