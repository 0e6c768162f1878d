//! The built-in rules over many replies.

use std::collections::BTreeSet;

use svar::case::{Fault, Level, Visibility};
use svar::money::Money;
use svar::request::to_json;
use svar::source::Severity;
use svar::{Case, Message, Policy, Report, Scratch, Verdict};

use super::{Sample, at, builtin, found, samples};

/// Every way the samples are judged in: as they are, without a language, in a later turn, by a machine.
fn variants(case: &Case) -> Vec<Case> {
    let mut unknown = case.clone();
    unknown.language = None;
    unknown.facts.intent = None;
    let mut later = case.clone();
    later.messages.push(Message::agent("Vi ser på saken, og vi melder oss igjen i morgen."));
    later.messages.push(Message::customer("Fint 😊"));
    let mut bot = case.clone();
    bot.agent.role = Some("bot".to_owned());
    let mut private = case.clone();
    private.visibility = Some(Visibility::Private);
    private.facts.intent = Some("complaint".to_owned());
    private.agent.training = Some(Vec::new());
    let mut owed = private.clone();
    owed.messages
        .push(Message::agent("Vi beklager. We're so sorry. Wir bitten um Entschuldigung. Przepraszamy."));
    owed.facts.fault = Fault::Ours;
    owed.facts.loss = Money::parse("100", "NOK").ok();
    owed.facts.offer = owed.facts.loss;
    let mut lavish = owed.clone();
    lavish.facts.offer = Money::parse("200", "NOK").ok();
    let mut beyond = case.clone();
    (beyond.facts.complexity, beyond.agent.level) = (Some(Level::High), Some(Level::Low));
    beyond.agent.training = Some(Vec::new());
    vec![case.clone(), unknown, later, bot, private, owed, lavish, beyond]
}

#[track_caller]
fn is_sound(report: &Report, reply: &str) {
    for finding in &report.findings {
        let (start, end) = (finding.span.start, finding.span.end);
        assert!(reply.get(start..end).is_some(), "{} at {start}..{end} in {reply:?}", finding.rule);
        assert_eq!(finding.span.of(reply), finding.evidence);
        assert!(!finding.message.is_empty() && !finding.message.contains('\n'), "{finding:?}");
        assert!(
            !finding.message.contains("{text}")
                && !finding.message.contains("{found}")
                && !finding.message.contains("{limit}"),
            "{finding:?}"
        );
        if let Some(fix) = &finding.fix {
            assert!(reply.get(fix.span.start..fix.span.end).is_some(), "{finding:?}");
        }
    }
    let order = |finding: &svar::rule::Finding| {
        (finding.span, std::cmp::Reverse(finding.severity), finding.rule.clone())
    };
    assert!(report.findings.is_sorted_by_key(order), "{:?}", found(report));
    let failed = report.findings.iter().any(|finding| finding.severity == Severity::Error);
    assert_eq!(report.verdict, if failed { Verdict::Fail } else { Verdict::Pass });
}

#[test]
fn findings_are_sound_in_every_reply() {
    let samples = samples();
    assert!(samples.len() >= 150);
    let now = at("2026-11-20T12:30:00+01:00");
    let mut seen = BTreeSet::new();
    for Sample { case, reply } in &samples {
        for case in variants(case) {
            let report = builtin().validate(&case, reply, now).unwrap();
            is_sound(&report, reply);
            seen.extend(report.findings.iter().map(|finding| finding.rule.to_string()));
        }
    }
    // The samples are varied: most rules find something in them.
    let quiet: Vec<_> =
        builtin().rules().map(|rule| rule.id().as_str()).filter(|id| !seen.contains(*id)).collect();
    assert!(quiet.len() * 4 < builtin().rules().count(), "found nowhere: {quiet:?}");
}

#[test]
fn a_fix_silences_its_rule_and_raises_no_other() {
    let now = at("2026-11-20T12:30:00+01:00");
    let mut wrong = Vec::new();
    for Sample { case, reply } in samples() {
        for case in variants(&case) {
            let before = builtin().validate(&case, &reply, now).unwrap();
            for finding in &before.findings {
                let Some(fix) = &finding.fix else { continue };
                let fixed = fix.apply(&reply);
                let after = builtin().validate(&case, &fixed, now).unwrap();
                let count = |report: &Report| report.of(finding.rule.as_str()).count();
                if count(&after) >= count(&before) {
                    wrong.push(format!("{} is not silenced: {reply:?} -> {fixed:?}", finding.rule));
                }
                let raised = after.findings.iter().find(|new| {
                    new.severity > Severity::Advice && before.of(new.rule.as_str()).next().is_none()
                });
                if let Some(new) = raised {
                    wrong.push(format!("{} raises {}: {reply:?} -> {fixed:?}", finding.rule, new.rule));
                }
                if fixed.contains("  ") && !reply.contains("  ") {
                    wrong.push(format!("{} leaves two spaces: {reply:?} -> {fixed:?}", finding.rule));
                }
            }
        }
    }
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_a_clear_lead_makes_a_reply_one_in_another_language() {
    let samples = samples();
    let foreign = |reply: &str| {
        ["Hi Kari, we are", "Vi beklager dette. Send oss gjerne", "Our opening hours"]
            .iter()
            .any(|start| reply.starts_with(start))
    };
    let mut known = 0;
    for Sample { case, reply } in &samples {
        let report = builtin().validate(case, reply, None).unwrap();
        let wrong = report.of("reply.wrong-language").count() == 1;
        let expected = foreign(reply);
        known += usize::from(expected);
        assert_eq!(wrong, expected, "{:?}: {reply}", case.language);
    }
    assert_eq!(known, 3);
}

#[test]
fn words_that_two_languages_share_are_no_lead() {
    let mut case = Case::new("instagram");
    case.messages.push(Message::customer("Verdens beste kundeservice!! tusen takk Amina ❤️❤️"));
    let report = builtin().validate(&case, "Tusen takk, så hyggelig å høre!", None).unwrap();
    assert_eq!(report.of("reply.wrong-language").count(), 0, "{:?}", report.findings);
}

#[test]
fn the_same_question_gets_the_same_bytes() {
    let again = Policy::builtin();
    let mut scratch = Scratch::default();
    for Sample { case, reply } in samples().iter().chain(&samples()) {
        let first = to_json(&builtin().validate(case, reply, None).unwrap());
        assert_eq!(first, to_json(&again.validate(case, reply, None).unwrap()));
        assert_eq!(first, to_json(&again.validate_with(case, reply, None, &mut scratch).unwrap()));
    }
}
