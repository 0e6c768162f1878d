//! Mistakes in a document, and what is said of them.

use svar::source::Severity;
use svar::{Case, Policy};

use super::{builtin, fails_with, found, only, over_care, over_small, places, small};

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
        ("[rules.a]\nforbid = { phrasez = ['a b'] }", "phrases"),
        ("[rules.a]\nrequire = { quoted = true, atc = 'apology' }", "act"),
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
        ("[rules.a]\nforbid = { act = 'blame' }\nmessage = '{txt} blames'", "unknown-value", "text"),
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
fn a_misspelt_name_of_what_is_defined_is_not_known_for_itself() {
    for (document, near) in
        [("[intents.complant.en]\n'broken' = 1.0", "complaint"), ("[acts.blame.enn]\nhear = ['a']", "en")]
    {
        fails_with(over_small(document), "unknown-value", "is not known here", &format!("`{near}`"));
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
        ("[rules.a]\nforbid = { act = 'blame' }\nconfirmed_by = ['apology']", "confirm"),
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
fn no_broken_document_hides_another() {
    let broken = Policy::builder()
        .pack("bad", "svar = 2\nname = 'bad'")
        .layer("a", "svar = 1\nname = 'a'\nextends = ['bad', 'nope', 'svar:cair']")
        .layer("b", "svar = 1\nname = 'b'\nextends = ['bad']\nlanguages = ['en'")
        .layer("c", "name = 'c'");
    let mistakes = broken.build().unwrap_err();
    let told: Vec<_> = mistakes
        .iter()
        .map(|mistake| (mistake.location().map_or("", |at| at.source().name()), mistake.code()))
        .collect();
    let expected = [
        ("a", "unknown-pack"),
        ("a", "unknown-pack"),
        ("b", "syntax"),
        ("bad", "format-version"),
        ("c", "missing-key"),
    ];
    let sorted = |mut list: Vec<_>| {
        list.sort_unstable();
        list
    };
    assert_eq!(sorted(told), expected);
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
fn files_that_extend_each_other_are_called_by_their_paths() {
    let q = "svar = 1\nname = 'q'\nextends = ['../p.toml']";
    let builder = Policy::builder().pack("ext/other/q.toml", q);
    let text = "svar = 1\nname = 'p'\nextends = ['./other/q.toml']";
    let (code, message, _) = only(builder.layer("ext/p.toml", text).build());
    assert_eq!(code, "circular-extends");
    assert_eq!(message, "`ext/p.toml` extends itself: `ext/p.toml` → `ext/other/q.toml` → `ext/p.toml`");
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
fn a_phrase_for_every_language_is_wrong_once() {
    let text = |phrase: &str| {
        let rule = format!("[rules.a]\nforbid = {{ phrases = ['{phrase}'] }}");
        Policy::from_toml(&format!("svar = 1\nname = 'a'\nextends = ['svar:care']\n{rule}"))
    };
    fails_with(text("(a|b c"), "phrase", "`(a|b c`: `(` has no partner", "`svar explain phrases`");
    let own =
        "languages = ['en']\n[language.en.classes]\nplan = ['plan']\n[rules.a]\nforbid = { phrases = ['";
    let missing = |class: &str| over_small(&format!("{own}{{{class}}} a'] }}"));
    fails_with(missing("plna"), "phrase", "there is no class `plna`", "did you mean `plan`?");
    fails_with(
        missing("procent"),
        "phrase",
        "there is no class `procent`",
        "it can be `plan`, `word`, `number`",
    );
    fails_with(missing("procent"), "phrase", "", "`[language.en.classes]` defines others");
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

#[test]
fn a_rule_whose_name_lacks_its_quotes_is_told_how_to_write_it() {
    for (rest, help) in [
        ("[rules.tone.slang]\noff = true", "write `[rules.\"tone.slang\"]`"),
        ("[rules.tone.slang]\nseverity = 'error'", "write `[rules.\"tone.slang\"]`"),
        ("[rules.acme.dates]\nforbid = { act = 'blame' }", "write `[rules.\"acme.dates\"]`"),
        ("[rules.acme.no.dates]\nforbid = { act = 'blame' }", "write `[rules.\"acme.no.dates\"]`"),
        ("[rules.complaint.slow]\noff = true", "write `[rules.\"complaint.slow\"]`"),
    ] {
        let errors = over_care(rest).unwrap_err();
        assert_eq!(errors.iter().count(), 1, "{}", errors.render());
        assert_eq!((errors.first().code(), errors.first().help()), ("rule-kind", Some(help)));
    }
    let two =
        over_care("[rules.tone.slang]\noff = true\n[rules.tone.blame]\nseverity = 'error'").unwrap_err();
    assert_eq!(two.iter().count(), 2, "{}", two.render());
}

#[test]
fn where_nothing_is_known_the_help_says_so_once() {
    let rest = "[rules.a]\nforbid = { act = 'blame' }\n[rules.b]\nforbid = { signal = 'urgent' }\n[rules.c]\nforbid = { phrases.en = ['x'] }\n";
    let errors = Policy::from_toml(&format!("svar = 1\nname = 'a'\n{rest}")).unwrap_err();
    let helps: Vec<&str> = errors.iter().filter_map(|error| error.help()).collect();
    assert_eq!(
        helps,
        ["this policy extends nothing: write `extends = [\"svar:care\"]`"],
        "{}",
        errors.render()
    );
    assert!(errors.iter().count() >= 3);
}

#[test]
fn an_unknown_key_is_told_where_it_belongs_or_which_there_are() {
    for (rest, help) in [
        (
            "[brand]\nlanguages = ['en']",
            "`languages` stands at the top of the document, before the first `[table]`",
        ),
        (
            "[brand]\nextends = ['svar:care']",
            "`extends` stands at the top of the document, before the first `[table]`",
        ),
        ("[links]\nforbidden = ['a.no']", "it can be `hosts`, `shorteners`"),
        ("[references]\npatterns = ['x']\nshape = 'y'", ""),
    ] {
        fails_with(over_small(rest), "unknown-key", "", help);
    }
    let json = r#"{"svar": 1, "name": "a", "brand": {"languages": ["en"]}}"#;
    fails_with(Policy::from_toml(json), "unknown-key", "", "at the top of the document");
}

#[test]
fn a_remedy_by_a_name_that_is_nearly_another_is_told_which() {
    let errors = over_care("[remedies.refnd]\ntitle = 'Money back'").unwrap_err();
    let helps: Vec<&str> = errors.iter().filter_map(|error| error.help()).collect();
    assert!(helps.contains(&"did you mean `refund`?"), "{}", errors.render());
}

#[test]
fn a_duration_needs_its_unit() {
    fails_with(
        over_care("[sla.targets.first-response]\nduration = 2"),
        "duration",
        "`2` is not a duration",
        "a whole number and a unit",
    );
}

#[test]
fn a_language_that_is_not_known_is_the_only_mistake() {
    let text = "svar = 1\nname = 'a'\nextends = ['svar:care']\nlanguages = ['dk']\n";
    let errors = Policy::from_toml(text).unwrap_err();
    assert_eq!(errors.iter().count(), 1, "{}", errors.render());
    assert_eq!((errors.first().code(), errors.first().help()), ("unknown-value", Some("did you mean `da`?")));
    let none = Policy::from_toml(&text.replace("'dk'", "")).unwrap_err();
    assert_eq!((none.iter().count(), none.first().code()), (1, "no-language"), "{}", none.render());
}

/// So many tables of a section, each of which says the same.
fn many(section: &str, range: std::ops::Range<usize>, rest: &str) -> String {
    range.map(|number| format!("[{section}.n{number}{rest}\n")).collect()
}

#[test]
fn a_policy_holds_so_many_signals_and_not_one_more() {
    let signals = |count: usize| {
        (0..count).map(|at| format!("[signals.n{at}.en]\nhear = ['word{at}x']\n")).collect::<String>()
    };
    fails_with(over_small(&signals(65)), "too-many", "a policy has at most 64 signals", "");
    let rules: String = (0..64)
        .map(|at| format!("[rules.r{at}]\nwhen = {{ signal = 'n{at}' }}\nforbid = {{ pattern = 'z' }}\n"))
        .collect();
    let policy = over_small(&format!("{}{rules}", signals(64))).unwrap();
    for at in [0, 1, 31, 62, 63] {
        let mut case = Case::new("wall");
        case.messages.push(svar::Message::customer(format!("Here is word{at}x")));
        let report = policy.validate(&case, "z", None).unwrap();
        let found: Vec<_> = report.findings.iter().map(|finding| finding.rule.to_string()).collect();
        assert_eq!(found, [format!("r{at}")]);
    }
}

#[test]
fn a_policy_holds_so_many_channels_and_not_one_more() {
    let channels = |count| many("channels", 0..count, "]\nkind = 'social'\nvisibility = ['public']");
    fails_with(over_small(&channels(1_000)), "too-many", "a policy has at most 1000 channels", "");
    let rule = "[rules.r]\nwhen = { channel = 'n998' }\nforbid = { pattern = 'z' }\n";
    let policy = over_small(&format!("{}{rule}", channels(999))).unwrap();
    let count = |channel: &str| policy.validate(&Case::new(channel), "z", None).unwrap().findings.len();
    assert_eq!([count("n998"), count("n997"), count("wall")], [1, 0, 0]);
}

#[test]
fn a_policy_holds_so_many_playbooks_switched_off_and_not_one_more() {
    let off = |count| many("playbooks", 0..count, "]\noff = true\nsteps.s = {}");
    fails_with(over_small(&off(65)), "too-many", "at most 64 playbooks can be switched off", "");
    // None of them has the number of one that is in use.
    let own = "[playbooks.own]\nwhen = {}\nsteps.s = { asks = ['apology'], closed_by = [{ said = true }] }\n";
    let rule = "[rules.r]\nwhen = { playbook = 'n63' }\nforbid = { pattern = 'z' }\n";
    let policy = over_small(&format!("{}{own}{rule}", off(64))).unwrap();
    let mut case = Case::new("wall");
    case.messages.push(svar::Message::customer("Hi"));
    assert!(policy.validate(&case, "z", None).unwrap().findings.is_empty());
}

#[test]
fn a_policy_knows_so_many_languages_and_not_one_more() {
    let rest = many("language", 0..256, "]\nname = 'N'");
    let document = format!("languages = ['en']\n{rest}");
    fails_with(over_small(&document), "too-many", "a policy knows at most 256 languages", "");
}

#[test]
fn what_is_said_of_the_company_is_what_is_heard() {
    for (document, code, message, place) in [
        ("[brand]\nname = ' '", "brand-name", "cannot be said as the name of a company: it is empty", "5:8"),
        ("[brand]\nname = 'Acme. We never fail'", "brand-name", "it says more than a name", "5:8"),
        ("[brand.contact]\nemail = 'ask us'", "contact", "`ask us` is no e-mail address", "5:9"),
        ("[brand.contact]\nemail = 'a@b.no c@d.no'", "contact", "is no e-mail address", "5:9"),
        ("[brand.contact]\nemail = '+47 21 00 00 00'", "contact", "is no e-mail address", "5:9"),
        ("[brand.contact]\nphone = 'ask us'", "contact", "`ask us` is no telephone number", "5:9"),
        ("[brand.contact]\nmore = ['800 40 500', 'our page']", "contact", "`our page` is no contact", "5:23"),
        ("[brand]\ndomains = ['@acme.no']", "host", "`@acme.no` is no host", "5:12"),
        ("[links]\nhosts = ['acme.no', 'https://acme.no']", "host", "`https://acme.no` is no host", "5:21"),
        ("[links]\nhosts = ['acme.no/help']", "host", "`acme.no/help` is no host", "5:10"),
        ("[links]\nshorteners = ['bit ly']", "host", "`bit ly` is no host", "5:15"),
    ] {
        fails_with(over_small(document), code, message, "write ");
        assert_eq!(places(over_small(document)), [format!("{place} {code}")], "{document}");
    }
    for document in [
        "[brand]\nname = 'Fragen? AG'\ndomains = ['acme.no']\n[brand.contact]\nemail = 'help@acme.no'\nphone = '02007'",
        "[brand.contact]\nphone = '030/1234567'\nmore = ['Help@Acme.no', 'https://acme.no/help', 'NO93 8601 1117 947']",
        "[links]\nhosts = ['Acme.no', 'shop.acme.example']\nshorteners = ['bit.ly', 'blåbær.no']",
    ] {
        assert!(over_small(document).is_ok(), "{document}");
    }
}
