//! What a change of a policy would change.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test says what it expects"
)]

mod growth;

use svar::source::Severity;
use svar::testing::{Aspect, Comparer, Comparison, Question, Said};
use svar::{Policy, Verdict};

const OLD: &str = "svar = 1\nname = 'acme'\nextends = ['svar:care']\nlanguages = ['en']\n";

fn new(change: &str) -> Policy {
    policy(&format!("{OLD}{change}"))
}

fn policy(text: &str) -> Policy {
    Policy::from_toml(text).unwrap_or_else(|errors| panic!("{}", errors.render()))
}

const BLAME: &str =
    r#"{"case": {"channel": "facebook", "language": "en"}, "reply": "You should have read the terms."}"#;
const COMPLAINT: &str = r#"{"case": {"channel": "facebook", "language": "en", "facts": {"intent": "complaint"}, "agent": {"name": "Lise"},
    "messages": [{"from": "customer", "text": "It broke again!", "at": "2026-11-20T12:00:00+01:00"}]}, "now": "2026-11-20T13:00:00+01:00"}"#;

#[test]
fn nothing_changes_between_a_policy_and_itself() {
    let (old, same) = (policy(OLD), policy(OLD));
    let mut comparer = Comparer::new(&old, &same);
    for question in [BLAME, COMPLAINT] {
        let difference = comparer.compare(&Question::from_json(question).expect("sound")).expect("answered");
        assert!(difference.is_empty(), "{difference:?}");
    }
}

#[test]
fn findings_that_come_go_or_weigh_otherwise_are_told() {
    let old = policy(OLD);
    let milder = new("[rules.'tone.blame']\nseverity = 'warning'\n");
    let without = new("[rules.'tone.blame']\noff = true\n");
    let more = new("[rules.'acme.terms']\nforbid = { phrases = ['the terms'] }\n");
    let question = Question::from_json(BLAME).expect("sound");
    let compare = |new: &Policy| Comparer::new(&old, new).compare(&question).expect("answered");

    let difference = compare(&milder);
    let verdict = difference.verdict.expect("it passes now");
    assert_eq!((verdict.old, verdict.new), (Said::Answer(Verdict::Fail), Said::Answer(Verdict::Pass)));
    let [finding] = difference.findings.as_slice() else { panic!("{:?}", difference.findings) };
    assert_eq!((finding.old, finding.new), (Some(Severity::Error), Some(Severity::Warning)));

    let [finding] = &compare(&without).findings[..] else { panic!("one finding is gone") };
    assert_eq!(
        (finding.rule.as_str(), finding.old, finding.new),
        ("tone.blame", Some(Severity::Error), None)
    );

    let difference = compare(&more);
    assert!(difference.verdict.is_none());
    let [finding] = difference.findings.as_slice() else { panic!("{:?}", difference.findings) };
    assert_eq!(
        (finding.rule.as_str(), finding.old, finding.new),
        ("acme.terms", None, Some(Severity::Warning))
    );
    assert_eq!(finding.span.of(question.reply.as_deref().unwrap_or_default()), "the terms");
}

#[test]
fn steps_drafts_and_clocks_that_change_are_told() {
    let old = policy(OLD);
    let question = Question::from_json(COMPLAINT).expect("sound");
    let compare = |new: &Policy| Comparer::new(&old, new).compare(&question).expect("answered");
    let promise = new("[sla.targets.first-response]\nduration = '1h'\n");
    let difference = compare(&promise);
    let clocks = difference.clocks.expect("a clock is faster");
    let due = |said: &Said<Vec<svar::testing::ClockView>>| match said {
        Said::Answer(clocks) => clocks[0].due_at.clone(),
        Said::Error(code) => panic!("{code}"),
    };
    assert_eq!(due(&clocks.old).as_deref(), Some("2026-11-21T11:00:00Z"));
    assert_eq!(due(&clocks.new).as_deref(), Some("2026-11-20T12:00:00Z"));
    assert!(difference.draft.is_none() && difference.step.is_none(), "a draft or a step");

    let other = new(
        "[acts.apology.en.say]\ninformal = ['We are truly sorry for that.']\nformal = ['We are truly sorry for that.']\nneutral = ['We are truly sorry for that.']\n",
    );
    let draft = compare(&other).draft.expect("another draft");
    assert!(matches!(&draft.new, Said::Answer(text) if text.contains("truly sorry")), "{draft:?}");

    let off = new("[playbooks.complaint]\noff = true\n");
    let step = compare(&off).step.expect("another step");
    assert!(
        matches!(&step.old, Said::Answer(step) if step.playbook.as_deref() == Some("complaint")),
        "{step:?}"
    );
    assert_ne!(step.old, step.new);
}

#[test]
fn only_what_is_asked_for_is_compared() {
    let (old, new) = (policy(OLD), new("[rules.'tone.blame']\nseverity = 'warning'\n"));
    let question = Question::from_json(BLAME).expect("sound");
    let compare = |aspect| Comparer::new(&old, &new).only([aspect]).compare(&question).expect("answered");
    assert!(compare(Aspect::Verdict).findings.is_empty() && compare(Aspect::Verdict).verdict.is_some());
    assert!(compare(Aspect::Findings).verdict.is_none() && !compare(Aspect::Findings).findings.is_empty());
    assert!(compare(Aspect::Steps).is_empty() && compare(Aspect::Drafts).is_empty());
}

#[test]
fn what_neither_can_answer_is_told_and_what_one_can_is_a_change() {
    let old = policy(OLD);
    let new = policy(&OLD.replace("'en'", "'nb'"));
    let ask = |question: &str| Comparer::new(&old, &new).compare(&Question::from_json(question)?);
    assert!(Question::from_json(r#"{"reply": "Hi"}"#).is_err());
    assert!(Question::from_json(r#"{"case": {"channel": "facebook"}, "replay": "Hi"}"#).is_err());
    let unknown = ask(r#"{"case": {"channel": "faceboook"}, "reply": "Hi"}"#).expect_err("no such channel");
    assert_eq!(unknown.first().code(), "unknown-channel");
    let difference = ask(BLAME).expect("one of them answers");
    let verdict = difference.verdict.expect("the other cannot");
    assert_eq!(verdict.new, Said::Error("unknown-language".to_owned()));
}

#[test]
fn a_comparison_counts_by_rule_and_line() {
    let (old, new) = (policy(OLD), new("[rules.'tone.blame']\nseverity = 'warning'\n"));
    let mut comparer = Comparer::new(&old, &new);
    let mut comparison = Comparison::default();
    for (line, text) in [(1, BLAME), (2, COMPLAINT), (4, BLAME), (5, "{}")] {
        let answer = Question::from_json(text).and_then(|question| comparer.compare(&question));
        comparison.add(line, answer);
    }
    assert_eq!((comparison.asked, comparison.changed.len(), comparison.unanswered.len()), (4, 2, 1));
    let rule = &comparison.rules["tone.blame"];
    assert_eq!((rule.raised, rule.gone, rule.severity), (0, 0, 2));
    assert_eq!(rule.lines.iter().copied().collect::<Vec<_>>(), [1, 4]);
    let json = serde_json::to_value(&comparison).expect("it is JSON");
    assert_eq!(json["changed"]["1"]["verdict"]["new"], "pass");
    assert_eq!(json["rules"]["tone.blame"]["severity"], 2);
}

/// Whether a rule finds a letter, and how bad that is.
fn finding(letter: &str, severity: &str) -> String {
    format!("[rules.'letter.{letter}']\nforbid = {{ pattern = '{letter}' }}\nseverity = '{severity}'\n")
}

#[test]
fn many_findings_are_compared_place_by_place() {
    let old = new(&(finding("a", "error") + &finding("b", "error")));
    let changed = new(&(finding("c", "error") + &finding("b", "error") + &finding("a", "warning")));
    let question = Question::from_json(
        &serde_json::json!({"case": {"channel": "email", "language": "en"}, "reply": "abc ".repeat(5000)})
            .to_string(),
    );
    let difference = Comparer::new(&old, &changed).compare(&question.expect("sound")).expect("answered");
    let letters = difference.findings.iter().filter(|change| change.rule.as_str().starts_with("letter."));
    let told: Vec<_> =
        letters.map(|change| (change.rule.as_str(), change.span.start, change.old, change.new)).collect();
    let expected: Vec<_> = (0..5000)
        .flat_map(|word| {
            [
                ("letter.a", 4 * word, Some(Severity::Error), Some(Severity::Warning)),
                ("letter.c", 4 * word + 2, None, Some(Severity::Error)),
            ]
        })
        .collect();
    assert_eq!(told, expected);
}

#[test]
fn eight_times_the_findings_take_eight_times_the_work() {
    let (old, same) = (new(&finding("a", "error")), new(&finding("a", "error")));
    let compare = |count: usize| {
        let question =
            serde_json::json!({"case": {"channel": "email", "language": "en"}, "reply": "a".repeat(count)});
        let question = Question::from_json(&question.to_string()).expect("sound");
        let mut comparer = Comparer::new(&old, &same).only([Aspect::Findings]);
        move || assert!(comparer.compare(&question).expect("answered").is_empty())
    };
    growth::is_linear("findings of two policies", compare(7_500), compare(60_000));
}
