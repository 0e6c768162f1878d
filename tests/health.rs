//! The health of channels by the built-in rules: in Rust, as a request, and on the command line.
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

#[cfg(feature = "cli")]
mod command_line {
    use std::io::Write as _;
    use std::process::{Command, Output, Stdio};

    use super::*;

    fn run(input: &[u8], arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_svar"));
        command.arg("health").args(["--now", NOW]).args(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        child.wait_with_output().unwrap()
    }

    #[test]
    fn a_report_for_people() {
        let output = run(b"", &["examples/archive.jsonl"]);
        let text = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(1), "{text}");
        assert!(output.stderr.is_empty(), "no bar where nobody looks");
        for line in [
            "fail  12 conversations, as of 2026-11-21 15:00 UTC",
            "  channel    conversations  answered  in time  median    90 %  satisfied  waiting       silent",
            "  Facebook               7      60 %     60 %  25 min  35 min     57.8 %        2      2 d 2 h",
            "  Facebook “Very responsive to messages”: earned  100 % of 3 conversations answered (needs 90 %), median 12 min (needs 15 min)",
            "    error  health.unanswered-complaints  2 of 3 complaints on Facebook stand unanswered",
            "           see fb-3, fb-4",
        ] {
            assert!(text.lines().any(|other| other == line), "{line}\nis not in\n{text}");
        }
    }

    #[test]
    fn a_bad_line_stops_nothing() {
        let lines: Vec<&str> = ARCHIVE.lines().collect();
        let mut input = format!("{}\n{{\"channel\": \"facebok\"}}\n\nnonsense\n", lines[0]).into_bytes();
        input.extend(b"\xff\xfe\n");
        input.extend(lines[7].as_bytes());
        let output = run(&input, &["-"]);
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2));
        let errors: Vec<&str> = errors.lines().collect();
        assert_eq!(errors.len(), 4, "{errors:#?}");
        for (line, start) in errors.iter().zip([
            "standard input:2: error[unknown-channel]: unknown channel `facebok`, did you mean `facebook`?",
            "standard input:4: error[syntax]:",
            "standard input:5: error[not-utf8]:",
            "error: 3 of 5 lines could not be read",
        ]) {
            assert!(line.starts_with(start), "{line}");
        }
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.starts_with("pass  2 conversations"), "{text}");
    }

    #[test]
    fn a_report_for_programs() {
        let output = run(ARCHIVE.as_bytes(), &["--format", "json"]);
        let text = String::from_utf8(output.stdout).unwrap();
        let report: Value = serde_json::from_str(&text).unwrap();
        assert_eq!((output.status.code(), &report["total"]["conversations"]), (Some(1), &json!(12)));
        // What has no id is called by its line.
        let bare = r#"{"channel": "facebook", "facts": {"intent": "complaint"}, "messages": [{"from": "customer", "at": "2026-11-01T00:00:00Z", "text": "?"}]}"#;
        let output = run(format!("[1]\n{bare}\n").as_bytes(), &["--format", "json"]);
        let lines = String::from_utf8(output.stdout).unwrap();
        let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!((output.status.code(), lines.len()), (Some(2), 2));
        assert!(lines[0]["error"]["code"].is_string());
        assert_eq!(lines[1]["findings"][0]["evidence"]["ids"], json!(["line 2"]));
    }

    #[test]
    fn what_cannot_be_opened_or_is_too_long() {
        let output = run(b"", &["no/such/file.jsonl"]);
        assert_eq!(output.status.code(), Some(2));
        let mut input = vec![b'{'; 9 << 20];
        input.extend(b"\n{\"channel\": \"facebook\"}\n");
        let output = run(&input, &[]);
        let text = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(text.starts_with("pass  1 conversation,"), "{text}");
        let errors = String::from_utf8(output.stderr).unwrap();
        assert!(errors.starts_with("standard input:1: error[too-large]"), "{errors}");
    }
}
