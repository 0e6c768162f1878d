//! The health of channels by the built-in rules: in Rust, and as a request.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::sync::OnceLock;

use chrono::{DateTime, FixedOffset, TimeDelta};
use serde_json::{Value, json};
use svar::policy::{CaseError, ClockError};
use svar::sla::health::HealthReport;
use svar::{Case, Policy, request};

const ARCHIVE: &str = include_str!("../examples/archive.jsonl");
const NOW: &str = "2026-11-21T16:00:00+01:00";

fn builtin() -> &'static Policy {
    static POLICY: OnceLock<Policy> = OnceLock::new();
    POLICY.get_or_init(Policy::builtin)
}

fn now() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(NOW).unwrap()
}

fn archive() -> Vec<Case> {
    ARCHIVE.lines().map(|line| Case::from_json(line).unwrap()).collect()
}

fn report(policy: &Policy, cases: &[Case]) -> HealthReport {
    let mut health = policy.health(now());
    cases.iter().for_each(|case| health.add(case).unwrap());
    health.report()
}

#[test]
fn what_an_archive_says() {
    let report = report(builtin(), &archive());
    let found: Vec<_> = report
        .findings
        .iter()
        .map(|finding| {
            (finding.rule.as_str(), finding.channel.as_deref().unwrap_or("–"), finding.evidence.ids.join(" "))
        })
        .collect();
    let expected = [
        ("health.unanswered-complaints", "facebook", "fb-3 fb-4"),
        ("health.silent", "linkedin", ""),
        ("health.unanswered", "facebook", "fb-3 fb-4"),
        ("health.late", "facebook", "fb-3 fb-4"),
        ("health.visible-spam", "facebook", "fb-5"),
        ("health.same-tag", "–", ""),
    ];
    assert_eq!(found, expected.map(|(rule, channel, ids)| (rule, channel, ids.to_owned())), "{report:#?}");
    assert!(!report.passes());
    let facebook = &report.channels.iter().find(|channel| channel.channel == "facebook").unwrap();
    assert_eq!(
        (facebook.figures.conversations, facebook.figures.asked, facebook.figures.answered),
        (7, 5, 3)
    );
    assert_eq!((facebook.figures.spam, facebook.figures.visible_spam, facebook.figures.posts), (2, 1, 1));
    assert_eq!(facebook.figures.median, Some(TimeDelta::minutes(25)));
    let badge = facebook.badge.as_ref().unwrap();
    assert_eq!((badge.earned, badge.conversations, badge.median), (true, 3, Some(TimeDelta::minutes(12))));
    assert!(badge.source.is_some() && badge.as_of.is_some(), "the platform's figure says where it is from");
}

#[test]
fn complaints_are_heard_where_nobody_labelled_them() {
    let heard = report(builtin(), &archive()).total.complaints;
    let mut labelled = archive();
    labelled.iter_mut().for_each(|case| case.facts.intent = Some("other".to_owned()));
    assert!(heard >= 4 && report(builtin(), &labelled).total.complaints == 0, "{heard}");
}

#[test]
fn a_policy_sets_limits_of_its_own_and_switches_rules_off() {
    let policy = Policy::from_toml(
        "svar = 1\nname = 'ours'\nextends = ['svar:care']\n[brand]\nname = 'Fjordmobil'\n\
         [channels.linkedin]\ninbound = false\n\
         [sla.targets.first-response]\nduration = '1h'\n[sla.health.rules]\nunanswered-complaints = { at_most = 2 }\n\
         silent = { severity = 'advice' }\nvisible-spam = { off = true }\n",
    )
    .unwrap();
    let report = report(&policy, &archive());
    let found: Vec<_> = report.findings.iter().map(|finding| finding.rule.as_str()).collect();
    assert_eq!(
        found,
        [
            "health.unanswered",
            "health.late",
            "health.closed",
            "health.same-tag",
            "health.silent",
            "health.no-other-contact",
            "health.no-crisis-contact",
        ]
    );
    assert!(report.passes());
}

#[test]
fn a_policy_without_the_section_counts_and_finds_nothing() {
    let policy = Policy::from_toml(
        "svar = 1\nname = 'ours'\n[channels.facebook]\nkind = 'social'\nvisibility = ['public']\n",
    )
    .unwrap();
    let mut cases: Vec<_> = archive().into_iter().filter(|case| case.channel == "facebook").collect();
    cases.truncate(3);
    cases.iter_mut().for_each(|case| case.language = None);
    let report = report(&policy, &cases);
    assert!(report.findings.is_empty() && report.total.within_target_share.is_none());
    assert_eq!((report.total.answered, report.total.unanswered), (2, 1));
}

/// Nobody can tell whether it was answered in time, and it is no unanswered one for that.
#[test]
fn a_case_of_a_year_without_a_calendar_is_left_out_and_told_of() {
    let json = r#"{"channel": "facebook", "facts": {"intent": "complaint"},
        "messages": [{"from": "customer", "at": "1999-11-18T09:00:00Z", "text": "Nettet er nede!"}]}"#;
    let mut health = builtin().health(now());
    let error = health.add(&Case::from_json(json).unwrap()).unwrap_err();
    assert!(matches!(&error, ClockError::Time(_)), "{error}");
    assert_eq!(error.to_string(), "1999-11-18 09:00:00 UTC is outside the years 2000 to 2100");
    assert_eq!(health.report().total.conversations, 0);
    let request = format!(r#"{{"cases": [{json}], "now": "{NOW}"}}"#);
    assert_eq!(request::health(builtin(), &request).unwrap_err().first().code(), "instant-range");
}

#[test]
fn a_case_that_does_not_fit_is_left_out() {
    let mut health = builtin().health(now());
    let error = health.add(&Case::new("facebok")).unwrap_err();
    assert!(
        matches!(&error, ClockError::Case(CaseError::UnknownChannel(name)) if name.nearest() == Some("facebook"))
    );
    assert_eq!(health.report().total.conversations, 0);
}

#[test]
fn an_archive_as_a_request() {
    let cases: Vec<Value> = ARCHIVE.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let text = json!({"cases": cases, "now": NOW}).to_string();
    let answer: Value = serde_json::from_str(&request::health(builtin(), &text).unwrap()).unwrap();
    assert_eq!(answer["verdict"], "fail");
    assert_eq!(answer["now"], "2026-11-21T15:00:00Z");
    assert_eq!(answer["systemic"][0]["cases"], json!(["fb-2", "fb-3", "fb-4"]));
    let first = &answer["findings"][0];
    assert_eq!(
        first["evidence"],
        json!({"value": {"count": 2}, "limit": {"count": 0}, "count": 2, "of": 3, "ids": ["fb-3", "fb-4"]})
    );
    assert_eq!(first["message"], "2 of 3 complaints on Facebook stand unanswered");
    let facebook = &answer["channels"][0];
    assert_eq!(
        (&facebook["channel"], &facebook["median_seconds"], &facebook["answered_share"]),
        (&json!("facebook"), &json!(1500), &json!(0.6))
    );
    assert_eq!(facebook["badge"]["earned"], true);
    let wrong =
        request::health(builtin(), r#"{"cases": [{"channel": "facebok"}], "now": "2026-11-21T15:00:00Z"}"#)
            .unwrap_err();
    assert_eq!(wrong.first().code(), "unknown-channel");
}
