//! Coverage: what the tests of a policy reach, told of small policies of which the answer is known.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use proptest::prelude::*;
use svar::draft::SlotValues;
use svar::policy::{DraftOptions, PolicyBuilder, builtin_with_examples};
use svar::testing::{Coverage, CoverageState, CoveredKind, Runner, Suite, Tally};
use svar::{Case, Message, Policy};

/// A policy of two languages and two channels.
const SMALL: &str = "svar = 1
name = 'small'
languages = ['en', 'nb']
[language.en]
words = { the = 2.0 }
[language.nb]
words = { det = 2.0 }
[channels.wall]
kind = 'social'
visibility = ['public']
[channels.desk]
kind = 'message'
visibility = ['private']
[acts.apology]
title = 'says sorry'
negatable = true
[acts.apology.en]
hear = ['sorry', 'we apologise', '[we are] very sorry', 'so sorry']
not = ['sorry excuse']
say.any = ['We are very sorry.', 'So sorry.']
[acts.thanks]
title = 'says thanks'
[acts.thanks.en]
hear = ['thank you']
say.any = ['Thank you.']
[register.en]
'yo' = -1.0
'kindly' = 1.0
[rules.never-asked]
when = { channel = 'desk' }
forbid = { phrases = ['bother'] }
[rules.never-fired]
forbid = { phrases = ['nonsense'] }
[rules.never-passed]
limit = { of = 'words', max = 0 }
severity = 'advice'
[rules.tested]
forbid = { phrases = { en = ['fault', 'blame'], nb = ['skyld'] } }
severity = 'error'
[playbooks.care]
when = {}
[playbooks.care.steps.first]
asks = ['apology']
closed_by = [{ any = ['apology'] }]
[playbooks.care.steps.second]
asks = ['thanks']
closed_by = [{ any = ['thanks'] }]
";

fn builder() -> PolicyBuilder {
    Policy::builder().layer("small.toml", SMALL)
}

fn case(channel: &str, language: &str) -> Case {
    let mut case = Case::new(channel);
    case.language = Some(language.to_owned());
    case.messages.push(Message::customer("1"));
    case
}

/// What a policy did while it was asked: the state of each place, by kind and name.
fn covered(builder: &PolicyBuilder, ask: impl FnOnce(&mut Runner<'_>)) -> Coverage {
    let policy = builder.build().unwrap_or_else(|errors| panic!("{}", errors.render()));
    let mut runner = Runner::covering(&policy, Coverage::of(builder).unwrap());
    ask(&mut runner);
    runner.into_coverage().unwrap()
}

fn states(coverage: &Coverage, kind: CoveredKind) -> Vec<(&str, CoverageState)> {
    let places = coverage.places().iter().filter(|place| place.kind == kind);
    places.map(|place| (&*place.name, place.state())).collect()
}

/// The names of the places of a kind that did what they can.
fn tested(coverage: &Coverage, kind: CoveredKind) -> Vec<&str> {
    let all = states(coverage, kind).into_iter();
    all.filter(|(_, state)| *state == CoverageState::Tested).map(|(name, _)| name).collect()
}

fn tally(tally: Tally) -> [usize; 5] {
    [tally.places, tally.tested, tally.never_fired, tally.never_passed, tally.never_tested]
}

#[test]
fn a_rule_is_tested_when_it_was_asked_and_found_something_and_nothing() {
    use CoverageState::{NeverFired, NeverPassed, NeverTested, Tested};
    let coverage = covered(&builder(), |runner| {
        for reply in ["It is your fault.", "All is well."] {
            runner.validate(&case("wall", "en"), reply, None).unwrap();
        }
    });
    assert_eq!(
        states(&coverage, CoveredKind::Rule),
        [
            ("never-asked", NeverTested),
            ("never-fired", NeverFired),
            ("never-passed", NeverPassed),
            ("tested", Tested)
        ]
    );
    assert_eq!(tally(coverage.tally(CoveredKind::Rule)), [4, 1, 1, 1, 1]);
    let rule = coverage.places().iter().find(|place| place.name == "tested").unwrap();
    assert_eq!((rule.fired, rule.passed, &*rule.path), (1, 1, "rules"));
    let line = SMALL.lines().position(|line| line == "[rules.tested]").unwrap() + 1;
    assert_eq!(rule.location.as_ref().unwrap().line(), line);
}

#[test]
fn a_phrase_is_tested_when_it_was_heard_itself() {
    let heard = |texts: &[&str]| {
        let coverage = covered(&builder(), |runner| {
            texts.iter().for_each(|text| drop(runner.read(text, Some("en")).unwrap()));
        });
        tested(&coverage, CoveredKind::Phrase).join(", ")
    };
    assert_eq!(heard(&[]), "");
    assert_eq!(heard(&["Sorry, Kari!"]), "sorry");
    // The longest is heard, and two of the same length both are.
    assert_eq!(heard(&["We are very sorry."]), "[we are] very sorry");
    assert_eq!(heard(&["We apologise, and are so sorry."]), "we apologise, so sorry");
    assert_eq!(heard(&["What a sorry excuse!"]), "sorry excuse");
    assert_eq!(heard(&["Your fault."]), "fault");
    // The phrases of another language are not heard, those for all languages are.
    assert_eq!(heard(&["skyld", "nonsense"]), "nonsense");
}

#[test]
fn what_is_negated_is_not_heard() {
    let text = SMALL.replace("[language.en]", "[language.en]\nnegation = ['not']");
    let negated = Policy::builder().layer("small.toml", text);
    let coverage = covered(&negated, |runner| drop(runner.read("We are not sorry.", Some("en")).unwrap()));
    assert!(tested(&coverage, CoveredKind::Phrase).is_empty());
}

#[test]
fn cues_are_counted_by_themselves() {
    let coverage = covered(&builder(), |runner| drop(runner.read("Yo, thank you.", Some("en")).unwrap()));
    let cues = states(&coverage, CoveredKind::Cue);
    assert_eq!(cues, [("yo", CoverageState::Tested), ("kindly", CoverageState::NeverTested)]);
    let yo = coverage.places().iter().find(|place| place.name == "yo").unwrap();
    assert_eq!(yo.path, "register.en");
}

#[test]
fn a_channel_is_tested_in_each_language_when_a_reply_there_was_found_fault_with_and_one_passed() {
    use CoverageState::{NeverPassed, NeverTested, Tested};
    let coverage = covered(&builder(), |runner| {
        runner.validate(&case("wall", "en"), "Fine.", None).unwrap();
        runner.validate(&case("wall", "nb"), "Din skyld.", None).unwrap();
        // To read a text, or to ask what is next, tests no channel.
        runner.next(&case("desk", "en"), None).unwrap();
    });
    assert_eq!(
        states(&coverage, CoveredKind::Channel),
        [
            ("wall in en", Tested),
            ("wall in nb", NeverPassed),
            ("desk in en", NeverTested),
            ("desk in nb", NeverTested)
        ]
    );
}

#[test]
fn steps_and_templates_are_tested_when_they_are_due_and_said() {
    let due = covered(&builder(), |runner| drop(runner.next(&case("desk", "en"), None).unwrap()));
    assert_eq!(tested(&due, CoveredKind::Step), ["first"]);
    assert!(tested(&due, CoveredKind::Template).is_empty());

    let mut texts = Vec::new();
    let said = covered(&builder(), |runner| {
        let draft = runner.draft(&case("desk", "en"), &SlotValues::new(), &DraftOptions::default()).unwrap();
        texts.push(draft.text);
    });
    assert_eq!(tested(&said, CoveredKind::Step), ["first"]);
    // One of the two was said; the other was looked at, and that is no test of it, nor of its phrase.
    assert_eq!(tested(&said, CoveredKind::Template), [&*texts[0]]);
    assert_eq!(tested(&said, CoveredKind::Phrase).len(), 1);
    assert_eq!(tally(said.tally(CoveredKind::Template)), [3, 1, 0, 0, 2]);
}

#[test]
fn a_document_is_the_authors_own_whatever_it_is_called() {
    let own = |name: &str| Coverage::of(&Policy::builder().layer(name, SMALL)).unwrap().own().places().len();
    assert_eq!(own("svar:small"), own("small.toml"));
    assert!(own("small.toml") > 0);
}

#[test]
fn an_author_is_told_of_their_own_layer() {
    let ours = "svar = 1\nname = 'ours'\nextends = ['svar:care']\nlanguages = ['en']\n\
                [acts.apology.en]\nhear = ['+', 'our bad']\n\
                [rules.'tone.slang']\nseverity = 'error'\n\
                [rules.'tone.blame']\nbad = ['It is <your own fault>.']\n\
                [channels.facebook]\nregister = 'neutral'\n";
    let builder = Policy::builder().layer("ours.toml", ours);
    let all = covered(&builder, |_| {});
    let own = all.clone().own();
    let names: Vec<_> = own.places().iter().map(|place| (place.kind.as_str(), &*place.name)).collect();
    assert_eq!(names, [("rule", "tone.slang"), ("phrase", "our bad"), ("channel", "facebook in en")]);
    assert_eq!(own.places()[1].path, "acts.apology.en.hear");
    assert!(own.places().iter().all(|place| place.location.as_ref().unwrap().source().name() == "ours.toml"));
    assert!(all.tally(CoveredKind::Rule).places > 50 && all.tally(CoveredKind::Phrase).places > 500);
    // A pack of the author's is theirs, too, and what ships built in is nobody's.
    let pack = Policy::builder().pack("acme:tone", ours.replace("'ours'", "'acme:tone'"));
    let pack = pack.layer("top.toml", "svar = 1\nname = 'top'\nextends = ['acme:tone']\n");
    assert_eq!(Coverage::of(&pack).unwrap().own().places().len(), 3);
    assert!(Coverage::of(&builtin_with_examples()).unwrap().own().places().is_empty());
}

#[test]
fn a_hundred_percent_are_all_of_them() {
    let none = Coverage::default();
    assert_eq!((none.total().percent(), none.untested().count()), (100, 0));
    let coverage = covered(&builder(), |runner| drop(runner.read("sorry", Some("en")).unwrap()));
    let total = coverage.total();
    assert_eq!(total.places, coverage.places().len());
    assert_eq!(total.tested, 1);
    assert_eq!(coverage.untested().count(), total.places - 1);
    assert_eq!(usize::from(total.percent()), 100 / total.places);
}

#[test]
fn the_json_says_what_is_untested_and_where() {
    let coverage = covered(&builder(), |runner| {
        runner.validate(&case("wall", "en"), "It is your fault.", None).unwrap();
    });
    let json = serde_json::to_value(&coverage).unwrap();
    assert_eq!(json["kinds"]["rule"]["places"], 4);
    assert_eq!(json["kinds"]["rule"]["never_passed"], 2);
    assert_eq!(json["total"]["places"], coverage.places().len());
    assert_eq!(json["untested"][0]["name"], "never-asked");
    assert_eq!(json["untested"][0]["state"], "never-tested");
    assert_eq!(json["untested"][0]["source"], "small.toml");
    assert_eq!(json["untested"].as_array().unwrap().len(), coverage.untested().count());
}

#[test]
fn nothing_is_noted_that_nobody_asked_to_be_noted() {
    let policy = builder().build().unwrap();
    let mut runner = Runner::new(&policy);
    runner.read("sorry", Some("en")).unwrap();
    assert!(runner.coverage().is_none() && runner.into_coverage().is_none());
}

/// The examples that ship with svar reach what they say that they are about.
#[test]
fn the_built_in_examples_hear_what_they_are_examples_of() {
    let builder = builtin_with_examples();
    let (policy, suite) = Suite::load(&builder).unwrap();
    let mut runner = Runner::covering(&policy, Coverage::of(&builder).unwrap());
    for item in suite.items() {
        assert!(item.run(&mut runner).passes(), "{}", item.name());
    }
    let coverage = runner.into_coverage().unwrap();
    let fired = |name: &str| coverage.places().iter().any(|place| place.name == name && place.fired > 0);
    for example in suite.examples().filter(|example| example.name().contains("/bad/")) {
        assert!(fired(example.subject()), "{}", example.name());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// To be watched changes no answer.
    #[test]
    fn a_policy_that_is_watched_says_the_same(
        words in prop::collection::vec("sorry|very|We are|not|fault|thank you|yo|nonsense|excuse|,|[.]|\"", 0..12),
        channel in "wall|desk",
        language in "en|nb",
        seed in 0..4u64,
    ) {
        let builder = builder();
        let policy = builder.build().unwrap();
        let text = words.join(" ");
        let mut alone = Runner::new(&policy);
        let mut watched = Runner::covering(&policy, Coverage::of(&builder).unwrap());
        let mut case = case(&channel, &language);
        case.messages.push(Message::customer(&*text));
        let options = DraftOptions::default().seed(seed);
        let read = |runner: &mut Runner<'_>| {
            runner.read(&text, Some(&language)).map(|reading| format!("{reading:?}"))
        };
        prop_assert_eq!(read(&mut alone), read(&mut watched));
        prop_assert_eq!(alone.validate(&case, &text, None), watched.validate(&case, &text, None));
        prop_assert_eq!(alone.next(&case, None), watched.next(&case, None));
        let slots = SlotValues::new();
        let draft = |runner: &mut Runner<'_>| runner.draft(&case, &slots, &options).map_err(|error| error.to_string());
        prop_assert_eq!(draft(&mut alone), draft(&mut watched));
    }
}
