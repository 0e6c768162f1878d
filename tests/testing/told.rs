//! What an answer tells in the shape of its JSON: findings, surges, archives, ladders and who is on call.

use svar::PolicyBuilder;
use svar::testing::{Runner, Suite};

use super::{fails, holds, one, small, wrong};

/// What the policies of these tests say of storms, of channels and of who is on call.
const STORM: &str = r#"
[rotas.watch]
time_zone = "Europe/Oslo"
layers = [{ people = ["Kari", "Ola"], start = "2026-11-02", every = "1w", on = "mon", at = "12:00" }]
[sla.escalation.serious]
metric = "first-response"
levels = [
    { at = "50%", notify = { role = "agent" } },
    { at = "due", notify = { rota = "watch", person = "Lise" } },
]
[sla.surge]
crisis_contact = "Kari, +47 21 00 00 00"
systemic = { cases = 2, within = "24h" }
[sla.surge.levels.watch]
reactions = 10
[sla.surge.levels.crisis]
reactions = 100
comments = 50
media = true
tell = ["lead", "press"]
playbook = "plain"
time = "covered"
update_every = "4h"
[sla.health.rules.silent]
at_most = "2d"
severity = "error"
message = "nobody has written on {channel} for {value}"
why = "A page that nobody looks after harms more than none."
[sla.health.rules.unanswered-complaints]
at_most = 0
message = "{count} complaints without an answer"
why = "Whoever complains wants to be heard."
[sla.health.rules.same-tag]
message = "{count} times the same"
why = "It is one trouble."
[sla.health.rules.p90]
at_most = "1h"
off = true
message = "slow"
why = "Slow."
"#;

fn storm(tests: &str) -> String {
    format!("{STORM}{tests}")
}

#[test]
fn a_finding_is_expected_with_what_it_says() {
    let reply = |expect: &str| {
        let rule =
            "[rules.'tone.blame']\nmessage = 'this puts the blame on them'\nwhy = 'Nobody likes it.'\n";
        let fix = "[rules.'tone.dear']\nforbid = { phrases = ['sweetie'] }\nfix = { replace = 'friend' }\n";
        format!(
            "{rule}{fix}{}",
            one(&format!("reply = \"Your own fault, sweetie\"\nexpect = {{ {expect} }}"))
        )
    };
    let says = "this puts the blame on them";
    for expect in [
        &format!("present = {{ rule = 'tone.blame', message = '{says}' }}"),
        "present = ['tone.dear', { rule = 'tone.b*', why = 'Nobody likes it.', severity = 'error' }]",
        "present = [{ rule = 'tone.dear', start = 16, end = 23, fix = { text = 'friend' } }]",
        &format!("only = ['tone.dear', {{ rule = 'tone.blame', message = '{says}' }}]"),
        "present = [{ rule = 'tone.blame', guessed = false }]",
        "policy = { name = 'ours', version = '' }, verdict = 'fail'",
    ] {
        holds(&reply(expect));
    }
    for (expect, message) in [
        (
            "present = [{ rule = 'tone.blame', message = 'no' }]",
            "of `tone.blame`: expected `message` `no`, got `this puts the blame on them`",
        ),
        (
            "only = ['tone.dear', { rule = 'tone.blame', severity = 'advice' }]",
            "of `tone.blame`: expected `severity` `advice`, got `error`",
        ),
        (
            "present = [{ rule = 'tone.loud', message = 'no' }]",
            "expected `tone.loud`, found `tone.blame`, `tone.dear`",
        ),
        (
            "present = [{ rule = 'tone.blame', fix = { text = 'x' } }]",
            "of `tone.blame`: expected `fix` `x`, got nothing",
        ),
        (
            "present = [{ rule = 'tone.blame', guessed = true }]",
            "of `tone.blame`: expected `guessed` `true`, got nothing",
        ),
        ("policy = { name = 'theirs' }", "expected `policy.name` `theirs`, got `ours`"),
    ] {
        assert_eq!(fails(&reply(expect)), message);
    }
    let rule = "[intents.complaint.en]\n'it broke' = 3\n[rules.'a.sorry']\nwhen = { intent = 'complaint' }\nforbid = { pattern = 'later' }\n";
    let heard = "message = 'It broke.'\nreply = 'Come back later'\nexpect = { present = [{ rule = 'a.sorry', guessed = true }] }";
    holds(&format!("{rule}{}", one(heard)));
    // A draft and a step are told with who says so, too.
    holds(&one(
        "message = 'It broke.'\ndraft = true\nexpect = { policy = { name = 'ours' }, register = 'neutral', address = 'informal' }",
    ));
    holds(&one("message = 'It broke.'\nnext = true\nexpect = { policy = { name = 'ours' } }"));
}

#[test]
fn a_surge_can_be_asked_for() {
    let surge = |facts: &str, expect: &str| {
        storm(&format!(
            "[[tests]]\nname = 't'\nsurge = true\nnow = 2026-11-21T11:00:00+01:00\n\
             case = {{ channel = 'wall', facts = {{ {facts} }} }}\nexpect = {{ {expect} }}\n"
        ))
    };
    for (facts, expect) in [
        ("reactions = 9", "level = 'none', serious = false, evidence = []"),
        ("reactions = 10", "level = 'watch', evidence = 'reactions', asks = { tell = [] }"),
        (
            "reactions = 100, comments = 60",
            "level = 'crisis', serious = true, reach = { at_least = 100 }, evidence = ['comments', \
             { measure = 'reactions', level = 'crisis', threshold = 100, value = 100.0 }]",
        ),
        (
            "media = true",
            "asks = { tell = ['press'], crisis_contact = 'Kari, +47 21 00 00 00', playbook = 'plain', \
             time = 'covered', update_every_seconds = 14400 }",
        ),
    ] {
        holds(&surge(facts, expect));
    }
    for (expect, message) in [
        ("level = 'watch'", "expected `level` `watch`, got `crisis`"),
        ("serious = false", "expected `serious` `false`, got `true`"),
        ("evidence = []", "expected nothing in `evidence`, got `reactions`"),
        ("evidence = ['media']", "expected `media` in `evidence`, got `reactions`"),
        (
            "evidence = { measure = 'reactions', threshold = 99 }",
            "of `reactions`: expected `evidence.threshold` `99`, got `100`",
        ),
        ("asks = { tell = ['lead', 'agent'] }", "expected `agent` in `asks.tell`, got `lead`, `press`"),
        (
            "asks = { crisis_contact = 'Ola' }",
            "expected `asks.crisis_contact` `Ola`, got `Kari, +47 21 00 00 00`",
        ),
        ("velocity = { comments_per_hour = 3 }", "expected `velocity.comments_per_hour` `3`, got nothing"),
    ] {
        assert_eq!(fails(&surge("reactions = 200", expect)), message);
    }
}

#[test]
fn an_archive_can_be_asked_about() {
    let health = |expect: &str| {
        let message =
            |at: &str| format!("messages = [{{ from = 'customer', at = {at}, text = 'It broke.' }}]");
        storm(&format!(
            "[[tests]]\nname = 't'\nhealth = true\nnow = 2026-11-21T12:00:00Z\ncases = [\n\
             {{ channel = 'wall', {}, facts = {{ intent = 'complaint', tags = ['net'] }} }},\n\
             {{ id = 'b', channel = 'wall', language = 'en', {}, facts = {{ tags = ['net'] }} }},\n\
             ]\nexpect = {{ {expect} }}\n",
            message("2026-11-18T09:00:00Z"),
            message("2026-11-18T10:00:00Z"),
        ))
    };
    for expect in [
        "verdict = 'fail', present = ['health.silent', 'health.un*']",
        "severity = { 'health.silent' = 'error', 'health.same-tag' = 'warning' }",
        "only = ['health.*']",
        "present = { rule = 'health.same-tag', message = '2 times the same', why = 'It is one trouble.' }",
        "present = { rule = 'health.silent', channel = 'wall', evidence = { limit = { seconds = 172800 } } }",
        "total = { conversations = 2, complaints = 1, answered_share = 0.0 }, channels = 'wall'",
        "channels = [{ channel = 'wall', unanswered = 2 }], systemic = [{ tag = 'net', cases = ['#1', 'b'] }]",
        "policy = { name = 'ours' }",
    ] {
        holds(&health(expect));
    }
    for (expect, message) in [
        ("verdict = 'pass'", "expected the verdict `pass`, got `fail`"),
        ("no_errors = true", "expected no error, found `health.silent`"),
        ("absent = 'health.same-tag'", "expected no `health.same-tag`, found `health.same-tag`"),
        (
            "only = ['health.silent']",
            "expected `health.silent` and nothing else, found `health.silent`, `health.unanswered-complaints`, \
             `health.same-tag`",
        ),
        (
            "present = { rule = 'health.silent', channel = 'desk' }",
            "of `health.silent`: expected `channel` `desk`, got `wall`",
        ),
        ("total = { conversations = 3 }", "expected `total.conversations` `3`, got `2`"),
        ("channels = 'desk'", "expected `desk` in `channels`, got `wall`"),
        ("systemic = []", "expected nothing in `systemic`, got `net`"),
        (
            "systemic = { tag = 'net', cases = 'c' }",
            "of `net`: expected `c` in `systemic.cases`, got `#1`, `b`",
        ),
    ] {
        assert_eq!(fails(&health(expect)), message);
    }
}

#[test]
fn whoever_is_told_and_on_call_can_be_asked_for() {
    let clock = |expect: &str| {
        storm(&format!(
            "[[tests]]\nname = 't'\nnow = 2026-11-21T11:00:01+01:00\nclock = true\n\
             case = {{ channel = 'wall', messages = [{{ from = 'customer', text = 'Hi', at = 2026-11-21T10:00:00+01:00 }}] }}\n\
             expect = {{ {expect} }}\n"
        ))
    };
    for expect in [
        "escalations = ['serious', 'unanswered']",
        "escalations = { ladder = 'serious', level = 1, notify = { role = 'agent' }, at = 2026-11-21T09:30:00Z }",
        "escalations = [{ ladder = 'serious', level = 2, notify = [{ person = 'Lise' }, { rota = { id = 'watch', on_call = 'Kari' } }] }]",
        "on_call = { watch = 'Kari' }",
    ] {
        holds(&clock(expect));
    }
    for (expect, message) in [
        ("escalations = 'asleep'", "expected `asleep` in `escalations`, got `serious`, `unanswered`"),
        (
            "escalations = { ladder = 'serious', level = 2, notify = { role = 'agent' } }",
            "of `serious`: expected `agent` in `escalations.notify`, got `Lise`, `{\"id\":\"watch\",\"on_call\":[\"Kari\"]}`",
        ),
        (
            "escalations = { ladder = 'serious', level = 2, due = false }",
            "of `serious`: expected `escalations.due` `false`, got `true`",
        ),
        ("on_call = { watch = ['Ola'] }", "expected `Ola` in `on_call.watch`, got `Kari`"),
        ("on_call = { watch = [] }", "expected nothing in `on_call.watch`, got `Kari`"),
    ] {
        assert_eq!(fails(&clock(expect)), message);
    }
}

#[test]
fn what_can_be_offered_can_be_asked_for() {
    let offers = "[remedies.refund]\ntitle = 'money back'\nkind = 'refund'\nloss = ['money']\n\
                  ours = { cover = 100, extra = 10, most = 150 }\nwhy = 'It was ours.'\n\
                  [authority.agent]\ncase = { NOK = 100 }\nabove = 'lead'\n[authority.lead]\n";
    let next = |expect: &str| {
        format!(
            "{offers}[[tests]]\nname = 't'\nnext = true\ncase = {{ channel = 'desk', customer = 'It broke.', agent = {{ role = 'agent' }}, \
             facts = {{ fault = 'ours', loss = {{ amount = 200, currency = 'NOK' }} }} }}\nexpect = {{ {expect} }}\n"
        )
    };
    holds(&next("remedies = 'refund'"));
    holds(&next(
        "remedies = { id = 'refund', kind = 'refund', ground = 'fault', amount = { amount = 220, currency = 'NOK' }, approval = { role = 'lead' } }",
    ));
    assert_eq!(fails(&next("remedies = []")), "expected nothing in `remedies`, got `refund`");
    assert_eq!(fails(&next("remedy = { id = 'refund' }")), "expected `remedy` `refund`, got nothing");
}

#[test]
fn mistakes_in_what_is_expected_to_be_told_have_a_place() {
    let at = "now = 2026-11-21T11:00:00Z\n";
    let surge = |expect: &str| storm(&one(&format!("{at}surge = true\nexpect = {{ {expect} }}")));
    let many = |expect: &str| {
        storm(&format!(
            "[[tests]]\nname = 't'\n{at}health = true\ncases = [{{ channel = 'wall' }}]\nexpect = {{ {expect} }}\n"
        ))
    };
    for (rest, code, says) in [
        (surge("level = 'criss'"), "unknown-value", "`crisis`"),
        (surge("evidence = ['reaction']"), "unknown-value", "`reactions`"),
        (surge("evidence = [{ mesure = 'reactions' }]"), "unknown-key", "`measure`"),
        (surge("asks = { tel = ['lead'] }"), "unknown-key", "`tell`"),
        (surge("asks = {}"), "no-expectation", "level"),
        (surge(""), "no-expectation", "level"),
        (surge("level = 'surge'"), "unkeepable-test", "no threshold"),
        (surge("verdict = 'pass'"), "test-expectation", "`reply` or `draft` or `health`"),
        (one(&format!("{at}surge = true\nexpect.level = 'none'")), "unbreakable-test", "no case ever"),
        (storm(&one("surge = true\nexpect.level = 'none'")), "missing-key", "`now`"),
        (many("present = 'health.silence'"), "unknown-value", "`health.silent`"),
        (many("present = 'tone.blame'"), "unknown-value", "health."),
        (many("present = { rule = 'health.silent', channel = 'wal' }"), "unknown-value", "`wall`"),
        (many("present = { message = 'x' }"), "missing-key", "`rule`"),
        (many("channels = [{ channel = 'wall', answerd = 1 }]"), "unknown-key", "`answered`"),
        (many("present = 'health.silent', verdict = 'pass'"), "contradiction", "does not pass"),
        (many("contains = 'x'"), "test-expectation", "`draft`"),
        (many("spans = { 'health.silent' = 'x' }"), "test-expectation", "`reply`"),
        (many("verdict = 'pass'").replace("'wall'", "'wal'"), "unknown-value", "`wall`"),
        (many("verdict = 'pass'").replace("cases = [{ channel = 'wall' }]\n", ""), "missing-key", "`cases`"),
        (
            many("verdict = 'pass'").replace("cases = [", "case = { channel = 'wall' }\ncases = ["),
            "test-question",
            "about `cases`",
        ),
        (
            one("cases = [{ channel = 'wall' }]\nreply = 'x'\nexpect.verdict = 'pass'"),
            "test-question",
            "`health`",
        ),
        (
            many("present = 'health.silent'").replace("health = true", "health = false"),
            "test-question",
            "asks nothing",
        ),
        (
            many("verdict = 'pass'")
                .replace("[sla.health.rules.silent]", "[sla.health.rules.silent]\noff = true"),
            "unbreakable-test",
            "every archive passes",
        ),
        (
            storm(&one(&format!("{at}clock = true\nexpect.on_call = {{ wach = 'Kari' }}"))),
            "unknown-value",
            "`watch`",
        ),
        (
            storm(&one(&format!("{at}clock = true\nexpect.escalations = {{ laddr = 'serious' }}"))),
            "unknown-key",
            "`ladder`",
        ),
        (
            one("reply = 'x'\nexpect = { present = { rule = 'tone.loud', mesage = 'x' } }"),
            "unknown-key",
            "`message`",
        ),
        (one("reply = 'x'\nexpect = { policy = {} }"), "no-expectation", "verdict"),
    ] {
        wrong(&rest, code, says);
    }
}

#[test]
fn mutation_counts_what_is_told() {
    let builder: PolicyBuilder = small(&storm(
        "[[tests]]\nname = 't'\nsurge = true\nnow = 2026-11-21T11:00:00+01:00\n\
         case = { channel = 'wall', facts = { comments = 50 } }\n\
         expect = { level = 'crisis', asks = { tell = ['lead', 'press'], crisis_contact = 'Kari, +47 21 00 00 00' } }\n",
    ));
    let (_, suite) = Suite::load(&builder).unwrap();
    let mutation = svar::testing::Mutation::of(&builder, &suite).unwrap();
    let fate = |path: &str, part: &str| {
        let of = |mutant: &&svar::testing::Mutant| mutant.path == path && mutant.change.contains(part);
        let mutant = mutation.mutants().iter().find(of).unwrap_or_else(|| panic!("{path}: {part}"));
        mutation.fate(mutant)
    };
    use svar::testing::Fate::{Killed, Survived};
    let killed = || Killed("tests/t".to_owned());
    assert_eq!(fate("sla.surge", "crisis_contact"), killed());
    assert_eq!(fate("sla.surge.levels.crisis", "comments"), killed());
    assert_eq!(fate("sla.surge.levels.crisis.tell", "press"), killed());
    assert_eq!(fate("sla.surge.levels.crisis", "reactions"), Survived);
    assert_eq!(fate("sla.surge.levels.crisis", "update_every"), Survived);
}

#[test]
fn coverage_counts_what_is_told() {
    let tests = "[[tests]]\nname = 's'\nsurge = true\nnow = 2026-11-21T11:00:00Z\n\
                 case = { channel = 'wall', facts = { comments = 50 } }\nexpect = { level = 'crisis' }\n\
                 [[tests]]\nname = 'h'\nhealth = true\nnow = 2026-11-21T12:00:00Z\n\
                 cases = [{ channel = 'wall', messages = [{ from = 'customer', at = 2026-11-18T09:00:00Z, text = 'It broke.' }] }]\n\
                 expect = { present = 'health.silent' }\n\
                 [[tests]]\nname = 'c'\nclock = true\nnow = 2026-11-21T10:40:00+01:00\n\
                 case = { channel = 'wall', messages = [{ from = 'customer', text = 'Hi', at = 2026-11-21T10:00:00+01:00 }] }\n\
                 expect = { escalations = 'serious' }\n";
    let builder = small(&storm(tests));
    let (policy, suite) = Suite::load(&builder).unwrap();
    let mut runner = Runner::covering(&policy, svar::testing::Coverage::of(&builder).unwrap());
    for item in suite.items() {
        assert!(item.run(&mut runner).passes(), "{}", item.name());
    }
    let coverage = runner.into_coverage().unwrap().own();
    use svar::testing::CoveredKind::{Health, Ladder, Surge};
    let of = |kind| -> Vec<_> {
        let places = coverage.places().iter().filter(|place| place.kind == kind);
        places.map(|place| format!("{} {}", place.name, place.state().as_str())).collect()
    };
    assert_eq!(of(Surge), ["watch never-tested", "crisis tested"]);
    assert_eq!(of(Ladder), ["serious tested", "unanswered never-tested"]);
    assert_eq!(
        of(Health),
        [
            "health.silent never-passed",
            "health.unanswered-complaints never-fired",
            "health.same-tag never-fired"
        ]
    );
    assert_eq!(
        coverage.places().iter().find(|place| place.name == "crisis").unwrap().path,
        "sla.surge.levels"
    );
}
