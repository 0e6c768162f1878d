//! Mutation: what of a policy could be weaker and no test would notice.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use svar::Policy;
use svar::policy::PolicyBuilder;
use svar::testing::{Fate, Mutation, MutationError, Mutations, Suite};

/// What the documents of these tests lie over: nothing of it is weakened.
const BELOW: &str = "svar = 1
name = 'svar:acts'
languages = ['en']
[language.en]
[channels.facebook]
kind = 'social'
visibility = ['public']
emoji = { max = 9 }
[acts.apology]
title = 'says sorry'
[acts.apology.en]
hear = ['sorry']
[acts.thanks]
title = 'says thanks'
[acts.thanks.en]
hear = ['thank you']
[emoji]
ambiguous = { '🙏' = 'thanks, or please' }
[rules.below]
forbid = { phrases = ['below'] }
severity = 'error'
";

fn builder(rest: &str) -> PolicyBuilder {
    let ours = format!("svar = 1\nname = 'ours'\n{rest}");
    // By its name, the lower one is one that ships built in.
    Policy::builder().layer("svar:acts", BELOW).layer("ours.toml", ours)
}

/// What was changed, and what became of it: the name of the test that noticed, `-` or `unbuilt`.
fn fates(rest: &str) -> Vec<(String, String)> {
    let builder = builder(rest);
    let (_, suite) = Suite::load(&builder).unwrap_or_else(|errors| panic!("{}", errors.render()));
    let mutation = Mutation::of(&builder, &suite).unwrap();
    let fate = |mutant| match mutation.fate(mutant) {
        Fate::Killed(test) => test,
        Fate::Unbuilt => "unbuilt".to_owned(),
        Fate::Survived => "-".to_owned(),
        other => panic!("{other:?}"),
    };
    mutation.mutants().iter().map(|mutant| (mutant.change.clone(), fate(mutant))).collect()
}

/// The changes that no test notices, and those that one does.
fn split(rest: &str) -> [Vec<String>; 2] {
    let (survived, killed): (Vec<_>, Vec<_>) = fates(rest).into_iter().partition(|(_, fate)| fate == "-");
    [survived, killed].map(|list| list.into_iter().map(|(change, _)| change).collect())
}

#[track_caller]
fn is_split(rest: &str, survived: &[&str], killed: &[&str]) {
    let [alive, dead] = split(rest);
    assert_eq!(alive, survived, "survive");
    assert_eq!(dead, killed, "are killed");
}

#[test]
fn a_rule_and_its_phrases() {
    is_split(
        "[rules.a]\nforbid = { phrases = ['alpha', 'beta'] }\nbad = ['<alpha>']\n\
         [rules.b]\nforbid = { phrases = ['gamma'] }\ngood = ['delta']\n",
        &["without `'beta'` in rules.a.forbid.phrases", "without the rule `b`"],
        &["without the rule `a`", "without `'alpha'` in rules.a.forbid.phrases"],
    );
}

#[test]
fn a_condition() {
    is_split(
        "[rules.a]\nwhen = { channel = 'facebook', visibility = 'public', not = { intent = ['spam', 'praise'] } }\n\
         forbid = { phrases = ['alpha'] }\nbad = ['alpha']\n\
         good = [{ reply = 'alpha', case = { channel = 'facebook', facts = { intent = 'spam' } } }]\n",
        &[
            "without `channel = 'facebook'` in rules.a.when",
            "without `visibility = 'public'` in rules.a.when",
            "without `'praise'` in rules.a.when.not.intent",
        ],
        &["without the rule `a`", "without `'spam'` in rules.a.when.not.intent"],
    );
}

#[test]
fn what_stands_in_a_condition_is_dropped_whatever_it_is_called() {
    is_split(
        "[rules.a]\nwhen = { severity = 'high', min_public_turns = 1 }\nforbid = { phrases = ['alpha'] }\n\
         case = { channel = 'facebook', messages = [{ from = 'agent', text = 'x' }], facts = { severity = 'high' } }\nbad = ['alpha']\n",
        &["without `severity = 'high'` in rules.a.when", "without `min_public_turns = 1` in rules.a.when"],
        &["without the rule `a`"],
    );
}

#[test]
fn phrases_and_steps_are_called_as_their_author_likes() {
    let changes: Vec<_> = fates(
        "[register.en]\n'good' = 1.0\n[language.en.classes]\nname = ['kim', 'kari']\n\
         [rules.title]\nforbid = { phrases = ['alpha'] }\nbad = ['alpha']\n",
    );
    let changes: Vec<_> = changes.iter().map(|(change, _)| &**change).collect();
    assert_eq!(
        changes,
        [
            "without `good = 1.0` in register.en",
            "without `'kim'` in language.en.classes.name",
            "without `'kari'` in language.en.classes.name",
            "without the rule `title`",
        ]
    );
}

#[test]
fn a_limit_and_a_severity() {
    is_split(
        "[rules.a]\nlimit = { of = 'words', max = 2 }\nseverity = 'error'\nbad = ['one two three']\n\
         [rules.b]\nlimit = { of = 'words', max = 2, min = 1 }\nseverity = 'warning'\nbad = ['one two three four']\n\
         [rules.c]\nlimit = { of = 'words', max = 9 }\nseverity = 'advice'\ngood = ['one']\n\
         [[tests]]\nname = 't'\ncase = { channel = 'facebook', language = 'en', customer = 'x' }\n\
         reply = 'one two three'\nexpect = { verdict = 'fail' }\n",
        &[
            "with `max = 3` instead of `max = 2` in rules.b.limit",
            "with `min = 0` instead of `min = 1` in rules.b.limit",
            "with `severity = \"advice\"` instead of `severity = 'warning'` in rules.b",
            "without the rule `c`",
            "with `max = 10` instead of `max = 9` in rules.c.limit",
        ],
        &[
            "without the rule `a`",
            "with `max = 3` instead of `max = 2` in rules.a.limit",
            "with `severity = \"warning\"` instead of `severity = 'error'` in rules.a",
            "without the rule `b`",
        ],
    );
}

#[test]
fn what_is_heard() {
    is_split(
        "[acts.apology.en]\nhear = ['+', 'our bad', 'my bad']\nnot = ['our bad luck']\nheard = ['<our bad>']\n\
         [signals.urgent.en]\nhear = ['at once', 'right now']\nheard = ['<at once>']\n\
         [intents.praise.en]\n'well done' = 1.0\n'bravo' = 1.0\nheard = ['Well done!']\n",
        &[
            "without `'my bad'` in acts.apology.en.hear",
            "without `not = ['our bad luck']` in acts.apology.en",
            "without `'right now'` in signals.urgent.en.hear",
            "without `bravo = 1.0` in intents.praise.en",
        ],
        &[
            "without `'our bad'` in acts.apology.en.hear",
            "without `'at once'` in signals.urgent.en.hear",
            "without `\"well done\" = 1.0` in intents.praise.en",
        ],
    );
}

#[test]
fn emoji_and_the_settings_of_a_channel() {
    is_split(
        "[emoji]\nallow = ['😊', '👍']\nambiguous = { '😬' = 'a grin, or a wince', '🙃' = 'joy, or scorn' }\n\
         [channels.facebook]\nregister = 'formal'\nemoji = { max = 1 }\naddress = { en = 'formal' }\n\
         [rules.e]\nforbid = { detector = 'emoji-ambiguous' }\nbad = ['so <😬>']\n\
         [rules.f]\nforbid = { detector = 'emoji-not-in-set' }\ngood = ['so 😊']\nbad = ['so <🦊>']\n\
         [rules.g]\nwhen = { register = 'formal' }\nforbid = { phrases = ['hiya'] }\nbad = ['<hiya>']\n\
         [rules.h]\nlimit = { of = 'emoji', max = 'channel' }\nbad = ['so 😊😊']\n",
        &[
            "without `'👍'` in emoji.allow",
            "without `\"🙃\" = 'joy, or scorn'` in emoji.ambiguous",
            "without `en = 'formal'` in channels.facebook.address",
            "without `register = 'formal'` in rules.g.when",
        ],
        &[
            "without `'😊'` in emoji.allow",
            "without `\"😬\" = 'a grin, or a wince'` in emoji.ambiguous",
            "without `register = 'formal'` in channels.facebook",
            "with `max = 2` instead of `max = 1` in channels.facebook.emoji",
            "without the rule `e`",
            "without the rule `f`",
            "without the rule `g`",
            "without the rule `h`",
            "without `max = 'channel'` in rules.h.limit",
        ],
    );
}

#[test]
fn a_step_and_a_template() {
    let care = "[acts.apology.en]\nsay.any = ['We are sorry.', 'So sorry.']\n\
         [acts.thanks.en]\nsay.any = ['Thank you.']\n\
         [playbooks.care]\nwhen = {}\n\
         [playbooks.care.steps.first]\nasks = ['apology', 'thanks']\n\
         closed_by = [{ any = ['apology', 'thanks'] }]\n\
         [playbooks.care.steps.second]\nasks = ['thanks']\nclosed_by = [{ any = ['thanks'] }]\n";
    let test = "[[tests]]\nname = 't'\ncase = { channel = 'facebook', language = 'en', customer = 'x' }\n";
    is_split(
        &format!(
            "{care}{test}next = true\nexpect = {{ step = 'first', asks = ['apology'] }}\n\
             {}draft = true\nexpect = {{ contains = ['Thank you.'] }}\n",
            test.replace("'t'", "'d'")
        ),
        &[
            "without `'We are sorry.'` in acts.apology.en.say.any",
            "without `'So sorry.'` in acts.apology.en.say.any",
            "without `'apology'` in playbooks.care.steps.first.closed_by.any",
            "without `'thanks'` in playbooks.care.steps.first.closed_by.any",
            "without playbooks.care.steps.second",
            "without `asks = ['thanks']` in playbooks.care.steps.second",
        ],
        &[
            "without `any = ['Thank you.']` in acts.thanks.en.say",
            "without playbooks.care.steps.first",
            "without `'apology'` in playbooks.care.steps.first.asks",
            "without `'thanks'` in playbooks.care.steps.first.asks",
            "without `any = ['thanks']` in playbooks.care.steps.second.closed_by",
        ],
    );
}

#[test]
fn a_rule_that_is_switched_off() {
    let off = "[rules.below]\noff = true\n[rules.a]\nforbid = { phrases = ['alpha'] }\nseverity = 'error'\nbad = ['alpha']\n";
    let test = "[[tests]]\nname = 't'\ncase = { channel = 'facebook', language = 'en', customer = 'x' }\n\
                reply = 'below'\nexpect = { verdict = 'pass' }\n";
    let change = "without `off = true` in rules.below".to_owned();
    assert!(split(off)[0].contains(&change));
    assert!(split(&format!("{off}{test}"))[1].contains(&change));
}

#[test]
fn what_a_finding_says() {
    let rules = "[rules.a]\nforbid = { phrases = ['alpha'] }\nmessage = '{text} is the first letter'\nwhy = 'x'\nbad = ['alpha']\n\
                 [rules.b]\nforbid = { phrases = ['beta'] }\nmessage = '{text} is the second'\nbad = ['beta']\n";
    let test = "[[tests]]\nname = 't'\ncase = { channel = 'facebook', language = 'en', customer = 'x' }\nreply = 'alpha'\n\
                expect = { present = { rule = 'a', message = '`alpha` is the first letter' } }\n";
    is_split(
        &format!("{rules}{test}"),
        &["without `message = '{text} is the second'` in rules.b"],
        &[
            "without the rule `a`",
            "without `message = '{text} is the first letter'` in rules.a",
            "without the rule `b`",
        ],
    );
}

#[test]
fn what_no_longer_builds_is_noticed_by_the_checker() {
    let found = fates(
        "[acts.own]\ntitle = 'ours'\n[acts.own.en]\nhear = ['alpha']\n\
         [rules.a]\nforbid = { act = ['own'] }\nbad = ['<alpha>']\n",
    );
    let fates: Vec<_> = found.iter().map(|(change, fate)| (&**change, &**fate)).collect();
    assert_eq!(
        fates,
        [
            ("without `hear = ['alpha']` in acts.own.en", "unbuilt"),
            ("without the rule `a`", "rules/a/en/bad/1")
        ]
    );
}

#[test]
fn what_changes_nothing_is_not_tried() {
    let [survived, killed] = split(
        "[acts.apology.en]\nhear = ['+', 'sorry']\n[rules.below]\nseverity = 'error'\nbad = ['below']\n\
         [rules.a]\nforbid = { phrases = ['alpha'] }\nmessage = 'no'\nwhy = 'x'\nbad = ['alpha']\n",
    );
    // The act hears `sorry` without it, and the severity is lowered, though it is as below.
    assert_eq!(killed, ["without the rule `a`"]);
    assert_eq!(
        survived,
        [
            "with `severity = \"warning\"` instead of `severity = 'error'` in rules.below",
            "without `message = 'no'` in rules.a"
        ]
    );
}

#[test]
fn what_is_dropped_falls_back_to_what_is_below() {
    let rest =
        "[channels.facebook]\nregister = 'neutral'\nemoji = { max = 1 }\n[rules.below]\nbad = ['below']\n";
    let [survived, killed] = split(rest);
    // A channel that says nothing of its register is neutral below, too: but it is said here and not there.
    assert_eq!(
        survived,
        [
            "without `register = 'neutral'` in channels.facebook",
            "with `max = 2` instead of `max = 1` in channels.facebook.emoji"
        ]
    );
    assert!(killed.is_empty());
}

#[test]
fn a_change_has_a_place_and_the_document_it_is_in() {
    let builder = builder("[rules.a]\nforbid = { phrases = ['alpha', 'beta'] }\nbad = ['alpha']\n");
    let (_, suite) = Suite::load(&builder).unwrap();
    let mutation = Mutation::of(&builder, &suite).unwrap();
    let places: Vec<_> =
        mutation.mutants().iter().map(|mutant| mutant.location.as_ref().unwrap().to_string()).collect();
    assert_eq!(places, ["ours.toml:3:8", "ours.toml:4:23", "ours.toml:4:32"]);
    assert_eq!(mutation.mutants()[1].path, "rules.a.forbid.phrases");
    let json = serde_json::to_value(&mutation.mutants()[1]).unwrap();
    assert_eq!((&json["source"], &json["line"]), (&"ours.toml".into(), &4.into()));
    // With the documents below there are more, and those are theirs.
    let all = Mutation::of_all(&builder, &suite).unwrap();
    assert!(
        all.mutants().len() > 5 && all.mutants()[0].location.as_ref().unwrap().source().name() == "svar:acts"
    );
}

#[test]
fn a_sample_is_spread_and_always_the_same() {
    let phrases: Vec<_> = (0..20).map(|number| format!("'word{number}'")).collect();
    let builder =
        builder(&format!("[rules.a]\nforbid = {{ phrases = [{}] }}\nbad = ['word7']\n", phrases.join(",")));
    let (_, suite) = Suite::load(&builder).unwrap();
    let mutation = Mutation::of(&builder, &suite).unwrap();
    assert_eq!(mutation.mutants().len(), 21);
    let sample = |most| mutation.sample(most).iter().map(|mutant| &*mutant.change).collect::<Vec<_>>();
    for most in [0, 1, 2, 7, 20, 21, 99] {
        assert_eq!(sample(most).len(), most.min(21));
        assert_eq!(sample(most), sample(most));
    }
    let seven = sample(7);
    assert!(seven[0] < seven[6] && seven.iter().any(|change| change.contains("word1")), "{seven:?}");
}

#[test]
fn a_count_of_all_fates() {
    let builder = builder("[rules.a]\nforbid = { phrases = ['alpha', 'beta'] }\nbad = ['alpha']\n");
    let (_, suite) = Suite::load(&builder).unwrap();
    let mutation = Mutation::of(&builder, &suite).unwrap();
    let mut mutations = Mutations::default();
    for mutant in mutation.mutants() {
        mutations.add(mutant, &mutation.fate(mutant));
    }
    assert_eq!((mutations.killed, mutations.unbuilt, mutations.survivors.len()), (2, 0, 1));
}

#[test]
fn nothing_is_learnt_from_tests_that_fail_or_are_not_there() {
    let failing = builder("[rules.a]\nforbid = { phrases = ['alpha'] }\nbad = ['beta', 'gamma']\n");
    let (_, suite) = Suite::load(&failing).unwrap();
    let error = Mutation::of(&failing, &suite).unwrap_err();
    assert!(matches!(&error, MutationError::Failing(tests) if tests.len() == 2));
    assert_eq!(
        error.to_string(),
        "2 of the tests fail before anything is changed, the first is rules/a/en/bad/1"
    );
    let none = builder("[rules.a]\nforbid = { phrases = ['alpha'] }\n");
    let (_, suite) = Suite::load(&none).unwrap();
    assert!(matches!(Mutation::of(&none, &suite), Err(MutationError::NoTests)));
    let broken = builder("[rules.a]\n");
    assert!(matches!(Mutation::of(&broken, &suite), Err(MutationError::Documents(_))));
}
