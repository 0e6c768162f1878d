//! Mutation: what of a policy could be weaker and no test would notice.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]


use svar::Policy;
use svar::policy::PolicyBuilder;
use svar::testing::{Fate, Mutation, MutationError, Mutations, Suite};

/// What the documents of these tests lie over: nothing of it is weakened.
const BELOW: &str = "svar = 1
name = 'svar:below'
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
    let ours = format!("svar = 1\nname = 'ours'\nextends = ['svar:below']\n{rest}");
    // As a layer, it is one that ships built in.
    Policy::builder().layer("svar:below", BELOW).layer("ours.toml", ours.replace("extends = ['svar:below']\n", ""))
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
        "[rules.a]\nwhen = { channel = 'facebook', bot = true, not = { intent = ['spam', 'praise'] } }\n\
         forbid = { phrases = ['alpha'] }\ncase = { channel = 'facebook', messages = [{ from = 'bot', text = 'x' }] }\n\
         bad = ['alpha']\n\
         good = [{ reply = 'alpha', case = { channel = 'facebook', messages = [{ from = 'bot', text = 'x' }], facts = { intent = 'spam' } } }]\n",
        &[
            "without `channel = 'facebook'` in rules.a.when",
            "without `bot = true` in rules.a.when",
            "without `'praise'` in rules.a.when.not.intent",
        ],
        &["without the rule `a`", "without `'spam'` in rules.a.when.not.intent"],
    );
}

#[test]
fn a_limit_and_a_severity() {
    is_split(
        "[rules.a]\nlimit = { of = 'words', max = 2 }\nseverity = 'error'\nbad = ['one two three']\n\
         [rules.b]\nlimit = { of = 'words', max = 2, min = 1 }\nseverity = 'advice'\ngood = ['one']\nbad = ['1 2 3 4']\n",
        &[],
        &[],
    );
}

#[test]
fn what_is_dropped_falls_back_to_what_is_below() {
    let builder = builder("[channels.facebook]\nemoji = { max = 1 }\n[rules.below]\nbad = ['below']\n");
    let (_, suite) = Suite::load(&builder).unwrap();
    let mutation = Mutation::of(&builder, &suite).unwrap();
    let changes: Vec<_> = mutation.mutants().iter().map(|mutant| &*mutant.change).collect();
    assert_eq!(changes, ["with `max = 2` instead of `max = 1` in channels.facebook.emoji"]);
}
