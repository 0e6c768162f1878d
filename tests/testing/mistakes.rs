//! Mistakes in tests.

use svar::source::Diagnostic;
use svar::testing::Suite;

use super::{holds, one, small, wrong};

#[test]
fn misspelt_keys_and_names_are_told_with_what_was_meant() {
    let reply = |expect: &str| one(&format!("reply = 'Fine.'\nexpect = {{ {expect} }}"));
    let draft = |rest: &str| one(&format!("{rest}\nexpect = {{ verdict = 'pass' }}"));
    for (rest, code, near) in [
        (reply("verdcit = 'pass'"), "unknown-key", "`verdict`"),
        (reply("verdict = 'pas'"), "unknown-value", "`pass`"),
        (reply("absent = 'tone.blaem'"), "unknown-value", "`tone.blame`"),
        (reply("absent = 'tnoe.*'"), "unbreakable-test", "`tone.*`"),
        (reply("present = ['tone.*', 'tone.luod']"), "unknown-value", "`tone.loud`"),
        (reply("only = ['tone.luod']"), "unknown-value", "`tone.loud`"),
        (reply("spans = { 'tone.luod' = '!!' }"), "unknown-value", "`tone.loud`"),
        (reply("severity = { 'tone.loud' = 'eror' }"), "unknown-value", "`error`"),
        (reply("acts = 'apolgy'"), "unknown-value", "`apology`"),
        (
            one("replys = ['Fine.']\nexpect = { verdict = 'pass' }").replace("replys", "replie"),
            "unknown-key",
            "`replies`",
        ),
        (one("reply = 'Fine.'\nexpects = { verdict = 'pass' }"), "unknown-key", "`expect`"),
        (one("reply = { ne = 'Fine.' }\nexpect = { verdict = 'pass' }"), "unknown-value", "`en`"),
        (
            one("replies = [{ repyl = 'Fine.', reply = 'x' }]\nexpect = { verdict = 'pass' }"),
            "unknown-key",
            "`reply`",
        ),
        (draft("draft = { acts = ['apolgy'] }"), "unknown-value", "`apology`"),
        (draft("draft = { sed = 3 }"), "unknown-key", "`seed`"),
        (one("next = true\nexpect = { step = 'great' }"), "unknown-value", "`greet`"),
        (one("next = true\nexpect = { playbook = 'plane' }"), "unknown-value", "`plain`"),
        (one("next = true\nexpect = { action = 'hide-it' }"), "unknown-value", "`hide`"),
        (
            draft("draft = true").replace("verdict = 'pass'", "error = 'no-templat'"),
            "unknown-value",
            "`no-template`",
        ),
        (reply("verdict = 'pass'").replace("\"wall\"", "\"wal\""), "unknown-value", "`wall`"),
        (reply("verdict = 'pass'").replace("\"en\"", "\"ne\""), "unknown-value", "`en`"),
        (reply("verdict = 'pass'").replace("language", "langauge"), "unknown-key", "`language`"),
        (
            reply("verdict = 'pass'").replace("channel =", "facts = { intent = 'complain' }, channel ="),
            "unknown-value",
            "`complaint`",
        ),
        (
            one("channels = ['wal']\nreply = 'x'\nexpect.verdict = 'pass'")
                .replace("channel = \"wall\", ", ""),
            "unknown-value",
            "`wall`",
        ),
    ] {
        wrong(&rest, code, near);
    }
}

#[test]
fn text_as_the_customer_is_their_only_message_or_none() {
    let told = |customer: &str| {
        let case = format!("facts = {{}}, {customer}, channel =");
        one("reply = 'Fine.'\nexpect = { verdict = 'pass' }").replace("channel =", &case)
    };
    let message = "messages = [{ from = 'customer', text = 'It broke.' }]";
    holds(&told("customer = 'It broke.'"));
    holds(&told(&format!("customer = {{ name = 'Kari' }}, {message}")));
    wrong(&told(&format!("customer = 'Kari', {message}")), "contradiction", "{ name = … }");
}

#[test]
fn a_test_that_proves_nothing_is_a_mistake() {
    let reply = |expect: &str| one(&format!("reply = 'Fine.'\nexpect = {{ {expect} }}"));
    let draft = |expect: &str| one(&format!("draft = true\nexpect = {{ {expect} }}"));
    let clock =
        |expect: &str| one(&format!("now = 2026-11-21T11:00:00Z\nclock = true\nexpect = {{ {expect} }}"));
    for (rest, code, says) in [
        (one("reply = 'Fine.'"), "no-expectation", "verdict"),
        (reply(""), "no-expectation", "verdict"),
        (draft(""), "no-expectation", "draft"),
        (clock("clocks = { first-response = {} }"), "no-expectation", "clocks"),
        (reply("absent = []"), "unbreakable-test", "empty"),
        (reply("absent = 'emoji.*'"), "unbreakable-test", "no rule is called like `emoji.*`"),
        (reply("no_errors = false"), "unbreakable-test", "expects nothing"),
        (reply("contains = 'Fine'"), "test-expectation", "the test itself wrote the reply"),
        (reply("step = 'greet'"), "test-expectation", "`draft` or `next`"),
        (draft("contains = ''"), "unbreakable-test", "every text contains nothing"),
        (draft("not_contains = ''"), "unkeepable-test", "every text contains nothing"),
        (draft("verdict = 'fail'"), "unkeepable-test", "draft-rejected"),
        (clock("clocks = { resolution = 'none' }"), "unbreakable-test", "no target promises resolution"),
        (clock("clocks = { resolution = 'met' }"), "unkeepable-test", "no target promises resolution"),
        (reply("present = 'tone.blame', absent = 'tone.*'"), "contradiction", "present and absent"),
        (reply("present = 'tone.blame', verdict = 'pass'"), "contradiction", "does not pass"),
        (reply("verdict = 'fail', no_errors = true"), "contradiction", "does not fail"),
        (draft("error = 'no-template', contains = 'sorry'"), "contradiction", "no answer"),
        (one("replies = []\nexpect = { verdict = 'pass' }"), "test-question", "no reply"),
        (one("next = false\nexpect = { step = 'greet' }"), "test-question", "asks nothing"),
        (one("expect = { verdict = 'pass' }"), "test-question", "exactly one"),
        (
            one("reply = 'Fine.'\ndraft = true\nexpect = { verdict = 'pass' }"),
            "test-question",
            "a test of each",
        ),
        (one("languages = ['en']\nreply = 'x'\nexpect.verdict = 'pass'"), "contradiction", "`languages`"),
        (one("channels = ['wall']\nreply = 'x'\nexpect.verdict = 'pass'"), "contradiction", "`channels`"),
        (one("clock = true\nexpect = { clocks = { first-response = 'met' } }"), "missing-key", "`now`"),
        ("[[tests]]\nname = 't'\nreply = 'x'\nexpect.verdict = 'pass'".into(), "missing-key", "`case`"),
        (
            "[[tests]]\ncase = { channel = 'wall' }\nreply = 'x'\nexpect.verdict = 'pass'".into(),
            "missing-key",
            "`name`",
        ),
        (
            "[[tests]]\nname = ''\ncase = { channel = 'wall' }\nreply = 'x'\nexpect.verdict = 'pass'".into(),
            "test-name",
            "one line",
        ),
        (
            "[[tests]]\nname = 't'\nchannels = []\nreply = 'x'\nexpect.verdict = 'pass'".into(),
            "unbreakable-test",
            "nothing is run",
        ),
        (one("reply = 'x'\nexpect.verdict = 'pass'").repeat(2), "duplicate-test", "another test `t`"),
    ] {
        wrong(&rest, code, says);
    }
}

#[test]
fn a_list_names_each_once_also_by_a_star() {
    for (key, one) in [("channels", "wall"), ("languages", "en")] {
        for list in [[one, one], ["*", one], [one, "*"], ["*", "*"]] {
            let rest = format!(
                "[[tests]]\nname = 't'\ncase = {{ channel = 'wall' }}\n{key} = {list:?}\nreply = 'x'\nexpect.verdict = 'pass'"
            );
            let rest =
                if key == "channels" { rest.replace("case = { channel = 'wall' }\n", "") } else { rest };
            wrong(&rest, "duplicate", &format!("`{one}` stands here twice"));
        }
    }
}

#[test]
fn a_verdict_that_the_policy_could_never_withhold_is_a_mistake() {
    let mild = "[rules.\"tone.blame\"]\nseverity = \"warning\"\n";
    let reply = |expect: &str| format!("{mild}{}", one(&format!("reply = 'Fine.'\nexpect = {{ {expect} }}")));
    wrong(&reply("verdict = 'pass'"), "unbreakable-test", "every reply passes");
    wrong(&reply("no_errors = true"), "unbreakable-test", "no rule of the policy is ever an error");
    wrong(&reply("verdict = 'fail'"), "unkeepable-test", "no reply fails");
    holds(&reply("no_warnings = true"));
}

#[test]
fn every_mistake_is_told_at_once() {
    let rest = format!(
        "{}{}",
        one("reply = 'x'\nexpect = { absent = 'tone.blaem', verdict = 'pas' }"),
        "[[tests]]\nname = 'u'\nreply = 'x'\n"
    );
    let mistakes = Suite::load(&small(&rest)).map(|_| ()).unwrap_err();
    let codes: Vec<_> = mistakes.iter().map(Diagnostic::code).collect();
    assert_eq!(
        codes,
        ["unknown-value", "unknown-value", "missing-key", "no-expectation"],
        "{}",
        mistakes.render()
    );
}
