//! What is asked and expected.

use svar::Policy;
use svar::testing::Runner;
use svar::testing::Suite;

use super::{SMALL, fails, failures, holds, load, names, one, wrong};

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
