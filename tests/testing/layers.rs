//! Tests of several documents, and in files of their own.

use svar::testing::{Runner, Suite, check};
use svar::{Policy, PolicyBuilder};

use super::{SMALL, load, mistake, names, one, small};

const BELOW: &str = "svar = 1\nname = 'below'\nextends = ['small']\n\
    [[tests]]\nname = 'blame'\ncase = { channel = 'wall', language = 'en' }\nreply = 'It is <your own fault>'\n\
    [[tests]]\nname = 'danish'\ncase = { channel = 'wall', language = 'da' }\nreply = 'Fint!!'\nexpect = { present = 'tone.loud' }\n";

fn above(rest: &str) -> PolicyBuilder {
    let text = format!("svar = 1\nname = 'above'\nextends = ['below']\nlanguages = ['en']\n{rest}");
    Policy::builder().pack("small", SMALL).pack("below", BELOW).layer("above.toml", text)
}

#[test]
fn tests_of_documents_below_are_still_run() {
    let (policy, suite) = Suite::load(&above(&one("reply = 'Fine.'\nexpect.verdict = 'pass'"))).unwrap();
    assert_eq!(names(&suite), ["tests/blame", "tests/t"]);
    assert_eq!(suite.elsewhere(), 1);
    let mut runner = Runner::new(&policy);
    assert!(suite.items().iter().all(|item| item.run(&mut runner).passes()));
    // A changed rule is noticed by the test below.
    let (policy, suite) = Suite::load(&above("[rules.\"tone.blame\"]\noff = true\n")).unwrap();
    assert!(!suite.items()[0].run(&mut Runner::new(&policy)).passes());
}

#[test]
fn a_test_below_is_switched_off_by_its_name() {
    let (_, suite) = Suite::load(&above("[[tests]]\nname = 'blame'\noff = true\n")).unwrap();
    assert_eq!(names(&suite), [""; 0]);
    let again = format!(
        "[[tests]]\nname = 'blame'\noff = true\n{}",
        one("reply = '<!!>'").replace("\"t\"", "'blame'")
    );
    assert_eq!(names(&Suite::load(&above(&again)).unwrap().1), ["tests/blame"]);
    let (code, message, help) = mistake(Suite::load(&above("[[tests]]\nname = 'blaem'\noff = true\n")));
    assert_eq!((&*code, &*message), ("unknown-test", "there is no test `blaem` to switch off"));
    assert_eq!(help, "did you mean `blame`?");
    let double = one("reply = '<!!>'").replace("\"t\"", "'blame'");
    assert_eq!(mistake(Suite::load(&above(&double))).0, "duplicate-test");
    let more = "[[tests]]\nname = 'blame'\noff = true\nreply = 'x'\n";
    assert_eq!(mistake(Suite::load(&above(more))).0, "unknown-key");
}

#[test]
fn the_printed_policy_has_the_tests_of_all_its_documents() {
    let both = format!("svar = 1\nname = 'both'\nextends = ['below']\n{}", one("reply = '<!!>'"));
    let builder = Policy::builder().pack("small", SMALL).pack("below", BELOW).layer("both.toml", both);
    let (_, suite) = Suite::load(&Policy::builder().layer("printed.json", builder.print().unwrap())).unwrap();
    assert_eq!(names(&suite), ["tests/blame", "tests/danish", "tests/t"]);
}

#[test]
fn tests_can_stand_in_files_of_their_own() {
    let (policy, mut suite) = load(&one("reply = 'Fine.'\nexpect.verdict = 'pass'"));
    let file = "svar = 1\n[[tests]]\nname = 'more'\ncase = { channel = 'wall', language = 'en' }\nreply = 'It is <your own fault>'\n";
    suite.add(&policy, "more.toml", file).unwrap();
    let json = r#"{"svar": 1, "tests": [{"name": "json", "case": {"channel": "wall"}, "reply": "Oh<!!>"}]}"#;
    suite.add(&policy, "more.json", json).unwrap();
    assert_eq!(names(&suite), ["tests/t", "tests/more", "tests/json"]);
    let mut runner = Runner::new(&policy);
    assert!(suite.items().iter().all(|item| item.run(&mut runner).passes()));

    let before = suite.items().len();
    let mut add = |text: &str| {
        let mistakes = suite.add(&policy, "bad.toml", text).unwrap_err();
        assert_eq!(suite.items().len(), before);
        let list: Vec<_> = mistakes.iter().collect();
        let [one] = list.as_slice() else { panic!("{}", mistakes.render()) };
        assert!(one.location().is_some_and(|at| at.source().name() == "bad.toml"));
        one.code().to_owned()
    };
    assert_eq!(add(file), "duplicate-test");
    assert_eq!(add("svar = 1\n"), "no-tests");
    assert_eq!(add("svar = 1\ntests = []\n"), "no-tests");
    assert_eq!(add(&file.replace("more", "other").replace("svar = 1", "svar = 2")), "format-version");
    assert_eq!(
        add(&file.replace("more", "other").replace("svar = 1", "svar = 1\nname = 'p'")),
        "unknown-key"
    );
    assert_eq!(add(&file.replace("more", "other").replace("'en'", "'da'")), "unknown-value");
    assert_eq!(add("svar = 1\n[[test]]\nname = 'x'\n"), "unknown-key");
}

#[test]
fn a_rule_that_nothing_breaks_is_warned_of() {
    let untested = |rest: &str| -> Vec<String> {
        let (policy, suite) = load(rest);
        suite.untested_rules(&policy).iter().map(|found| found.message().to_owned()).collect()
    };
    let rule = "[rules.\"our.lol\"]\nforbid = { pattern = 'lol' }\n";
    let all = [
        "no example and no test breaks the rule `tone.blame`",
        "no example and no test breaks the rule `tone.loud`",
    ];
    let mine = "no example and no test breaks the rule `our.lol`";
    assert_eq!(untested(rule), [all[0], all[1], mine]);
    assert_eq!(untested(&format!("{rule}bad = ['lol']\n")), all);
    assert_eq!(untested(&format!("{rule}good = ['laughs']\n")), [all[0], all[1], mine]);
    assert_eq!(untested(&format!("{rule}off = true\n")), all);
    assert_eq!(untested(&format!("{rule}{}", one("reply = 'lol'\nexpect.present = 'our.lol'"))), all);
    assert_eq!(
        untested(&format!("{rule}{}", one("reply = 'lol'\nexpect.present = 'our.*'"))),
        [all[0], all[1], mine]
    );
    assert!(check(&small(rule)).iter().any(|found| found.message() == mine));
    // What ships with svar is not the author's concern.
    let care = "svar = 1\nname = 'a'\nextends = ['svar:care']\nlanguages = ['en']\n[rules.'tone.slang']\nseverity = 'error'\n";
    let (policy, suite) = Suite::load(&Policy::builder().layer("care.toml", care)).unwrap();
    assert!(suite.untested_rules(&policy).is_empty());
}

#[test]
fn a_rule_is_tested_in_each_language_that_it_has_phrases_for() {
    let untested = |rest: &str| -> Vec<String> {
        let rule =
            "[rules.'our.lol']\nforbid = { phrases = { en = ['lol'], da = ['hæhæ'], '*' = ['rofl'] } }\n";
        let text =
            format!("svar = 1\nname = 'ours'\nextends = ['small']\nlanguages = ['en', 'da']\n{rule}{rest}");
        let builder = Policy::builder().pack("small", SMALL).layer("ours.toml", text);
        let (policy, suite) =
            Suite::load(&builder).unwrap_or_else(|mistakes| panic!("{}", mistakes.render()));
        let all = suite.untested_rules(&policy);
        let ours = all.iter().filter(|found| found.message().contains("our.lol"));
        ours.map(|found| format!("{}; {}", found.message(), found.help().unwrap())).collect()
    };
    let broken = "no example and no test breaks the rule `our.lol` in `da`; give it `bad.da = [\"…\"]`, a reply that breaks it";
    let kept =
        "no example keeps the rule `our.lol` in `da`; give it `good.da = [\"…\"]`, a reply that keeps it";
    assert_eq!(untested("bad = ['lol']\n"), [broken]);
    assert_eq!(untested("bad = { en = ['lol'], da = ['hæhæ'] }\n"), [""; 0]);
    assert_eq!(untested("bad = { en = ['lol'], da = ['hæhæ'] }\ngood = { en = ['laughs'] }\n"), [kept]);
    let both = "bad = { en = ['lol'] }\ngood = { en = ['laughs'] }\n";
    assert_eq!(untested(both), [broken, kept]);
    // A test breaks it as well, in its language.
    let test = |language: &str| {
        one("reply = 'hæhæ lol'\nexpect.present = 'our.lol'").replace("\"en\"", &format!("'{language}'"))
    };
    assert_eq!(untested(&format!("bad = ['lol']\n{}", test("da"))), [""; 0]);
    assert_eq!(untested(&format!("bad = ['lol']\n{}", test("en"))), [broken]);
}

#[test]
fn check_tells_of_tests_that_do_not_hold() {
    let found = check(&small(&one("reply = 'Fine.'\nexpect.present = 'tone.loud'")));
    assert!(
        found
            .iter()
            .any(|found| found.code() == "test" && found.message() == "expected `tone.loud`, found nothing")
    );
}

#[test]
fn names_of_all_built_in_examples_differ() {
    let (_, suite) = Suite::load(&svar::policy::builtin_with_examples()).unwrap();
    let mut all = names(&suite);
    assert!(all.len() > 1000);
    all.sort_unstable();
    let count = all.len();
    all.dedup();
    assert_eq!(all.len(), count);
    let blame: Vec<_> =
        suite.items().iter().filter(|item| item.is_meant_by("rules/tone.blame/*/bad/1")).collect();
    assert!(!blame.is_empty() && blame.iter().all(|item| item.name().starts_with("rules/tone.blame/")));
    assert!(suite.items().iter().any(|item| item.is_meant_by("tone.bl")));
}
