//! Tests in the policy: what they can ask and expect, which mistakes in them are told, and who runs them.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, missing_docs)]

use std::process::ExitCode;
use std::sync::OnceLock;

use svar::source::{Diagnostic, Diagnostics};
use svar::testing::{Item, Runner, Suite, assert_policy, check};
use svar::{Policy, PolicyBuilder};

/// A policy of a few lines, with one channel for everybody and one for private messages.
const SMALL: &str = r#"
svar = 1
name = "small"
[language.en]
name = "English"
[language.da]
name = "Dansk"
[channels.wall]
kind = "social"
visibility = ["public", "private"]
default_visibility = "public"
register = "neutral"
private_route = { to = "desk" }
[channels.desk]
kind = "social"
visibility = ["private"]
[acts.apology.en]
hear = ["sorry"]
say = { any = ["We are sorry."] }
[acts.blame.en]
hear = ["your own fault"]
[acts.praise-back]
title = "heard by nothing"
[rules."tone.blame"]
forbid = { act = "blame" }
severity = "error"
[rules."tone.loud"]
forbid = { pattern = "!!" }
[sla.targets.first]
metric = "first-response"
duration = "1h"
time = "calendar"
[sla.escalation.unanswered]
metric = "first-response"
levels = [{ at = "due", notify = { role = "agent" } }]
[playbooks.plain]
when = { channel = ["wall", "desk"] }
[playbooks.plain.steps.greet]
asks = ["apology"]
closed_by = [{ any = ["apology"] }]
"#;

fn small(rest: &str) -> PolicyBuilder {
    let text = format!("svar = 1\nname = \"ours\"\nextends = [\"small\"]\nlanguages = [\"en\"]\n{rest}");
    Policy::builder().pack("small", SMALL).layer("ours.toml", text)
}

/// A test on the wall, in English, called `t`.
fn one(rest: &str) -> String {
    format!("[[tests]]\nname = \"t\"\ncase = {{ channel = \"wall\", language = \"en\" }}\n{rest}\n")
}

#[track_caller]
fn load(rest: &str) -> (Policy, Suite) {
    Suite::load(&small(rest)).unwrap_or_else(|mistakes| panic!("{}", mistakes.render()))
}

/// What did not turn out as expected, of all tests.
#[track_caller]
fn failures(rest: &str) -> Vec<Diagnostic> {
    let (policy, suite) = load(rest);
    assert!(suite.tests().next().is_some(), "there are no tests");
    let mut runner = Runner::new(&policy);
    suite.tests().flat_map(|test| test.run(&mut runner).failures).collect()
}

#[track_caller]
fn holds(rest: &str) {
    let failures = failures(rest);
    assert!(failures.is_empty(), "{}", failures.iter().map(Diagnostic::render).collect::<String>());
}

/// The one failure: its message.
#[track_caller]
fn fails(rest: &str) -> String {
    let failures = failures(rest);
    let [one] = failures.as_slice() else { panic!("{failures:#?}") };
    assert_eq!(one.code(), "test");
    assert!(one.location().is_some_and(|at| at.source().name() == "ours.toml"), "without a place: {one}");
    one.message().to_owned()
}

/// The one mistake: where it is, its code, what is said, what helps.
#[track_caller]
fn mistake(mistakes: Result<(Policy, Suite), Diagnostics>) -> (String, String, String) {
    let mistakes =
        mistakes.map(|(policy, _)| policy.name().to_owned()).expect_err("there is a mistake in it");
    let list: Vec<_> = mistakes.iter().collect();
    let [one] = list.as_slice() else { panic!("not one mistake:\n{}", mistakes.render()) };
    assert!(one.location().is_some(), "without a place: {one}");
    (one.code().to_owned(), one.message().to_owned(), one.help().unwrap_or_default().to_owned())
}

#[track_caller]
fn wrong(rest: &str, code: &str, says: &str) {
    let (found, message, help) = mistake(Suite::load(&small(rest)));
    assert_eq!(found, code, "{message}");
    assert!(message.contains(says) || help.contains(says), "{message}\n{help}");
}

fn names(suite: &Suite) -> Vec<&str> {
    suite.items().iter().map(Item::name).collect()
}

// --- what is asked and expected --------------------------------------------------------------------------------------

#[test]
fn what_is_expected_of_a_reply_holds_or_is_told() {
    let reply = |expect: &str| one(&format!("reply = \"It is your own fault!!\"\nexpect = {{ {expect} }}"));
    for expect in [
        "verdict = 'fail'",
        "present = 'tone.blame'",
        "present = ['tone.*', 'tone.loud']",
        "only = ['tone.blame', 'tone.loud']",
        "only = 'tone.*'",
        "spans = { 'tone.blame' = 'your own fault', 'tone.loud' = ['!!'] }",
        "severity = { 'tone.loud' = 'warning', 'tone.blame' = 'error' }",
        "acts = 'blame'",
        "not_acts = ['apology', 'praise-back']",
    ] {
        holds(&reply(expect));
    }
    for (expect, message) in [
        ("verdict = 'pass'", "expected the verdict `pass`, got `fail`"),
        ("no_errors = true", "expected no error, found `tone.blame`"),
        ("no_warnings = true", "expected no error and no warning, found `tone.blame`, `tone.loud`"),
        ("absent = 'tone.l*'", "expected no `tone.l*`, found `tone.loud`"),
        ("only = 'tone.loud'", "expected `tone.loud` and nothing else, found `tone.blame`, `tone.loud`"),
        ("only = []", "expected nothing, found `tone.blame`, `tone.loud`"),
        ("spans = { 'tone.loud' = '!' }", "expected `tone.loud` at `!`, found it at `!!`"),
        ("spans = { 'tone.loud' = [] }", "expected `tone.loud` at nothing, found it at `!!`"),
        ("severity = { 'tone.loud' = 'error' }", "expected `tone.loud` as error, found warning"),
        ("acts = 'apology'", "expected to hear `apology`, heard `blame`"),
        ("not_acts = 'blame'", "expected not to hear `blame`"),
    ] {
        assert_eq!(fails(&reply(expect)), message);
    }
    let quiet = one("reply = \"Hello.\"\nexpect = { verdict = 'fail', present = 'tone.loud' }");
    let messages: Vec<_> = failures(&quiet).iter().map(|failure| failure.message().to_owned()).collect();
    assert_eq!(
        messages,
        ["expected the verdict `fail`, got `pass`: found is nothing", "expected `tone.loud`, found nothing"]
    );
    holds(&one("reply = \"Hello.\"\nexpect = { only = [], no_warnings = true, absent = '*' }"));
}

#[test]
fn a_failure_shows_the_reply_with_what_was_found_in_it() {
    let failures = failures(&one("reply = \"Well: your own fault\"\nexpect = { absent = 'tone.*' }"));
    assert_eq!(
        failures[0].render(),
        "\
error[test]: expected no `tone.*`, found `tone.blame`
 --> ours.toml:9:23
  |
9 | expect = { absent = 'tone.*' }
  |                     ^^^^^^^^
 ::: reply:1:7
  |
1 | Well: your own fault
  |       -------------- tone.blame (error): `your own fault` should not stand here
"
        .replace("9:23", "9:21")
    );
}

#[test]
fn a_bad_reply_can_say_what_the_fix_makes_of_it() {
    let dear = |list: &str| {
        let forbid =
            "case = { channel = 'wall' }\nforbid = { phrases = ['sweetie'] }\nfix = { replace = 'friend' }";
        format!("[rules.'tone.dear']\n{forbid}\n{list}")
    };
    let told = |rest: &str| {
        let (policy, suite) = load(rest);
        let told =
            suite.examples().map(|example| example.run(&policy).err().map(|told| told.message().to_owned()));
        told.collect::<Vec<_>>()
    };
    assert_eq!(told(&dear("bad = [{ reply = 'Hello <sweetie>.', fixed = 'Hello friend.' }]")), [None]);
    let failed = told(&dear("bad = [{ reply = 'Hello <sweetie>.', fixed = 'Hello.' }]"));
    assert!(
        matches!(&*failed, [Some(why)] if why.ends_with("the fix makes of it: Hello friend.")),
        "{failed:?}"
    );
    let plain = "case = { channel = 'wall' }\nforbid = { pattern = 'x' }";
    let failed = told(&format!("[rules.'tone.x']\n{plain}\nbad = [{{ reply = 'a <x>', fixed = 'a' }}]"));
    assert!(matches!(&*failed, [Some(why)] if why.ends_with("the rule proposes no fix")), "{failed:?}");
    wrong(&dear("good = [{ reply = 'Hello.', fixed = 'Hi.' }]"), "contradiction", "nothing to be fixed");
}

#[test]
fn marks_are_expectations_of_their_own() {
    holds(&one("reply = \"It is <your own fault><!!>\""));
    assert_eq!(
        fails(&one("reply = \"It is your <own fault>\"")),
        "expected a finding at `own fault`, found `tone.blame`"
    );
    holds(&one("reply = \"1 \\\\< 2 and <your own fault>\""));
}

#[test]
fn one_test_can_have_many_replies() {
    let tests = one(
        "replies = ['All is well.', { reply = 'It is <your own fault>', name = 'blame', expect = { verdict = 'fail' } }, 'Fine!']
         expect = { verdict = 'pass', absent = 'tone.loud' }",
    );
    holds(&tests);
    let (_, suite) = load(&tests);
    assert_eq!(names(&suite), ["tests/t/1", "tests/t/blame", "tests/t/3"]);
}

#[test]
fn a_test_is_run_on_each_channel_and_in_each_language() {
    let rest = "[[tests]]\nname = 't'\nchannels = ['wall', 'desk']\nlanguages = ['*']\nreply = 'Fine!'\nexpect = { absent = '*' }\n\
         [[tests]]\nname = 'u'\ncase = { channel = 'wall' }\nreplies = { en = ['Fine.', 'Well.'], da = ['Fint.'] }\nexpect = { absent = '*' }\n\
         [[tests]]\nname = 'v'\nchannels = ['*']\nreply = { en = 'It is <your own fault>' }\n";
    let own = format!("svar = 1\nname = 'ours'\nextends = ['small']\nlanguages = ['en', 'da']\n{rest}");
    let (policy, suite) =
        Suite::load(&Policy::builder().pack("small", SMALL).layer("ours.toml", own)).unwrap();
    assert_eq!(
        names(&suite),
        [
            "tests/t/wall/en",
            "tests/t/wall/da",
            "tests/t/desk/en",
            "tests/t/desk/da",
            "tests/u/en/1",
            "tests/u/en/2",
            "tests/u/da/1",
            "tests/v/wall/en",
            "tests/v/desk/en",
        ]
    );
    let mut runner = Runner::new(&policy);
    assert!(suite.items().iter().all(|item| item.run(&mut runner).passes()));
    let languages: Vec<_> = suite.tests().map(|test| test.case().language.clone().unwrap()).collect();
    assert_eq!(languages, ["en", "da", "en", "da", "en", "en", "da", "en", "en"]);
}

#[test]
fn languages_are_given_once() {
    let both = "[[tests]]\nname = 't'\nchannels = ['wall']\nlanguages = ['*']\nreply = { en = 'Fine.' }\nexpect = { absent = '*' }";
    wrong(both, "contradiction", "the languages are given here, and by the replies");
}

#[test]
fn the_customer_can_have_a_name_and_a_message() {
    let (_, suite) = load(
        "[[tests]]\nname = 't'\ncase = { channel = 'wall', customer = { name = 'Kari' } }\nmessage = 'It broke.'\nreply = 'It is <your own fault>'\n",
    );
    let case = suite.tests().next().unwrap().case();
    assert_eq!(case.customer.name.as_deref(), Some("Kari"));
    assert_eq!(case.last_customer_message().unwrap().text, "It broke.");
}

#[test]
fn a_draft_can_be_asked_for() {
    let draft = |rest: &str| one(&format!("message = 'It broke.'\ndraft = true\nexpect = {{ {rest} }}"));
    for expect in [
        "verdict = 'pass'",
        "acts = 'apology', contains = 'sorry', not_contains = ['fault', 'FAULT']",
        "text = 'We are sorry.', playbook = 'plain', step = 'greet', channel = 'wall', language = 'en', visibility = 'public'",
        "no_warnings = true, only = []",
    ] {
        holds(&draft(expect));
    }
    for (expect, message) in [
        ("contains = 'refund'", "expected `refund` in the draft"),
        ("not_contains = 'sorry'", "expected no `sorry` in the draft"),
        ("text = 'Sorry.'", "the draft is another text"),
        ("channel = 'desk'", "expected the channel `desk`, got `wall`"),
        ("visibility = 'private'", "expected the visibility `private`, got `public`"),
        ("error = 'no-template'", "expected the error `no-template`, but there is an answer"),
        ("canned = 'hours'", "expected the canned reply `hours`, got none"),
    ] {
        assert_eq!(fails(&draft(expect)), message);
    }
    let blame = |rest: &str| one(&format!("draft = {{ acts = ['blame'] }}\nexpect = {{ {rest} }}"));
    holds(&blame("error = 'no-template'"));
    let message = fails(&blame("verdict = 'pass'"));
    assert!(message.starts_with("there is no answer to `draft`: "), "{message}");
    let message = fails(&blame("error = 'missing-slot'"));
    assert_eq!(message, "expected the error `missing-slot`, got `no-template`");
}

#[test]
fn the_step_that_is_due_can_be_asked_for() {
    let next = |rest: &str| one(&format!("message = 'It broke.'\nnext = true\nexpect = {{ {rest} }}"));
    holds(&next(
        "playbook = 'plain', step = 'greet', action = 'reply', asks = 'apology', not_asks = ['blame'], visibility = 'public'",
    ));
    for (expect, message) in [
        ("action = 'wait'", "expected the action `wait`, got `reply`"),
        ("asks = 'blame'", "expected that `blame` is asked for, asked for is `apology`"),
        ("not_asks = 'apology'", "expected that `apology` is not asked for, but it is"),
        ("forbids = 'blame'", "expected that `blame` is forbidden, forbidden is nothing"),
        ("role = 'manager'", "expected the role `manager`, got none"),
        ("due_at = 2026-11-21T09:30:00+01:00", "expected to be due at `2026-11-21T08:30:00Z`, got none"),
    ] {
        assert_eq!(fails(&next(expect)), message);
    }
}

#[test]
fn clocks_can_be_asked_for() {
    let clock = |rest: &str| {
        format!(
            "[[tests]]\nname = 't'\nnow = 2026-11-21T11:00:01+01:00\nclock = true\n\
             case = {{ channel = 'wall', messages = [{{ from = 'customer', text = 'Hi', at = 2026-11-21T10:00:00+01:00 }}] }}\n\
             expect = {{ {rest} }}\n"
        )
    };
    holds(&clock("clocks = { first-response = 'breached' }, escalations = 'unanswered'"));
    holds(&clock(
        "clocks = { first-response = { state = 'breached', due_at = 2026-11-21T10:00:00Z, remaining_seconds = -1, at_risk = false } }",
    ));
    for (expect, message) in [
        ("clocks = { first-response = 'met' }", "expected the clock first-response `met`, got `breached`"),
        ("clocks = { first-response = 'none' }", "expected the clock first-response `none`, got `breached`"),
        (
            "clocks = { first-response = { due_at = 2026-11-21T11:00:00Z } }",
            "expected the clock first-response due at `2026-11-21T11:00:00Z`, got `2026-11-21T10:00:00Z`",
        ),
        ("error = 'undated-message'", "expected the error `undated-message`, but there is an answer"),
    ] {
        assert_eq!(fails(&clock(expect)), message);
    }
    let undated = "[[tests]]\nname = 't'\nnow = 2026-11-21T11:00:01+01:00\nclock = true\n\
                   case = { channel = 'wall', customer = 'Hi' }\nexpect.error = 'undated-message'\n";
    holds(undated);
}

// --- mistakes --------------------------------------------------------------------------------------------------------

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

// --- layers and files ------------------------------------------------------------------------------------------------

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

// --- a host's own tests ----------------------------------------------------------------------------------------------

/// A policy file that holds, and one that does not.
fn files() -> &'static (std::path::PathBuf, std::path::PathBuf) {
    static FILES: OnceLock<(std::path::PathBuf, std::path::PathBuf)> = OnceLock::new();
    FILES.get_or_init(|| {
        let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
        let (good, bad) = (folder.join("testing-good.toml"), folder.join("testing-bad.toml"));
        std::fs::write(&good, format!("{SMALL}{}", one("reply = 'It is <your own fault>'"))).unwrap();
        std::fs::write(&bad, format!("{SMALL}{}", one("reply = 'It is your <own fault>'"))).unwrap();
        (good, bad)
    })
}

fn harness(path: &std::path::Path, arguments: &[&str]) -> (bool, String) {
    let mut out = Vec::new();
    let code = svar::testing::main(path, arguments.iter().map(ToString::to_string), &mut out);
    (format!("{code:?}") == format!("{:?}", ExitCode::SUCCESS), String::from_utf8(out).unwrap())
}

#[test]
fn a_host_asserts_a_policy_in_one_line() {
    let (good, bad) = files();
    assert_policy(good);
    let said = |path: std::path::PathBuf| {
        let caught = std::panic::catch_unwind(|| assert_policy(path)).unwrap_err();
        caught.downcast_ref::<String>().unwrap().clone()
    };
    let why = said(bad.clone());
    assert!(why.contains("expected a finding at `own fault`") && why.ends_with("failures: 1"), "{why}");
    assert!(said("no-such-policy.toml".into()).starts_with("no-such-policy.toml: "));
    let empty = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("testing-empty.toml");
    std::fs::write(&empty, "svar = 1\nname = 'a'\n").unwrap();
    assert!(said(empty.clone()).ends_with("there are no examples and no tests in this policy"));
    std::fs::write(&empty, "svar = 2\nname = 'a'\n").unwrap();
    assert!(said(empty).contains("error[format-version]"));
}

#[test]
fn a_host_runs_one_test_for_each_case() {
    let (good, bad) = files();
    let (passes, out) = harness(good, &[]);
    assert!(passes);
    assert_eq!(
        out,
        "\nrunning 2 tests\ntest tests/t ... ok\ntest law ... ok\n\n\
         test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out\n\n"
    );
    let (passes, out) = harness(bad, &["tests/"]);
    assert!(!passes);
    assert!(
        out.contains("test tests/t ... FAILED\n") && out.contains("---- tests/t ----\nerror[test]: expected"),
        "{out}"
    );
    assert!(
        out.ends_with("test result: FAILED. 0 passed; 1 failed; 0 ignored; 0 measured; 1 filtered out\n\n"),
        "{out}"
    );
    assert!(harness(bad, &["law", "--exact"]).0);
    assert_eq!(
        harness(good, &["--list", "--format", "terse"]),
        (true, "tests/t: test\nlaw: test\n".to_owned())
    );
    assert_eq!(harness(good, &["--list", "--format", "terse", "--ignored"]), (true, String::new()));
    assert!(!harness(good, &["--frobnicate"]).0);
    assert!(!harness(std::path::Path::new("no-such-policy.toml"), &[]).0);
}
