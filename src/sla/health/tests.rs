use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;

use super::rules::{CHECKS, Check};
use super::timeline::Timeline;
use super::*;
use crate::case::{Author, Case, Message};
use crate::channel::{Channel, read_channels};
use crate::rule::PolicyLabel;
use crate::sla::expectation::read_expectations;
use crate::source::{Diagnostics, Document, Mistakes, Sources};

const POLICY: &str = "
[channels.wall]
kind = 'social'
visibility = ['public']
private_route = { to = 'chat' }
badge = { name = 'Swift', rate = 0.75, time = '15m', window = '7d', counts = 'first-reply' }
[channels.chat]
kind = 'message'
visibility = ['private']
[channels.shut]
kind = 'social'
visibility = ['public']
inbound = false
[expectation.ours]
points = [{ within = '1h', share = 0.5 }, { within = '3h', share = 1.0 }]
[health]
expectation = 'ours'
settled = ['hide']
[health.rules]
unanswered = { at_least = 0.5, from = 2, message = '{channel}: {value} < {limit}, {count} of {of}', why = 'a' }
late = { at_least = 0.5, message = '{value}', why = 'b' }
median = { at_most = '1h', message = '{value} > {limit}', why = 'c' }
p90 = { at_most = '2h', severity = 'advice', message = '{value} > {limit}', why = 'd' }
unanswered-complaints = { at_most = 0, severity = 'error', message = '{count}', why = 'e' }
visible-spam = { at_most = 0, message = '{count}', why = 'f' }
silent = { at_most = '3d', message = '{value}', why = 'g' }
broadcast-only = { at_least = 0.5, from = 2, message = '{count} of {of}', why = 'h' }
badge = { severity = 'advice', message = '{channel} {value} {limit}', why = 'i' }
closed = { message = '{channel}', why = 'j' }
same-tag = { message = '{tag} {count} {limit}', why = 'k' }
no-other-contact = { message = 'l', why = 'l' }
no-crisis-contact = { message = 'm', why = 'm' }
";

fn read(text: &str) -> Result<(HealthPolicy, Vec<Channel>), Diagnostics> {
    let mut sources = Sources::new();
    let document = Document::parse(&mut sources, "x", text)?;
    let mistakes = Mistakes::new(&sources);
    let table = mistakes.table(&document.root, document.place());
    let channels = read_channels(table.get("channels").table());
    let expectations = read_expectations(table.get("expectation"));
    let policy = read_health(table.get("health"), &expectations);
    table.finish();
    mistakes.finish()?;
    Ok((policy, channels))
}

fn now() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000)
}

/// A message so many minutes before now.
fn said(from: Author, minutes_ago: i64) -> Message {
    Message::new(from, "…").at((now() - TimeDelta::minutes(minutes_ago)).fixed_offset())
}

/// A conversation on a channel: who wrote how many minutes ago.
fn case(id: &str, channel: &str, messages: &[(Author, i64)]) -> Case {
    let mut case = Case::new(channel);
    case.id = Some(id.to_owned());
    case.messages.extend(messages.iter().map(|&(from, ago)| said(from, ago)));
    case
}

fn complaint(mut case: Case) -> Case {
    case.facts.intent = Some("complaint".to_owned());
    case
}

/// What became of an answer that is promised within the hour, and on `chat` within 15 minutes.
fn answer(case: &Case) -> Option<Answer> {
    let timeline = Timeline::of(case, now());
    let target = TimeDelta::minutes(if case.channel == "chat" { 15 } else { 60 });
    let waited = timeline.response.or(timeline.asked_at.map(|at| now() - at))?;
    Some(match (timeline.answered, waited <= target) {
        (true, _) if timeline.response.is_none() => return None,
        (true, true) => Answer::Met,
        (false, true) => Answer::Open,
        (_, false) => Answer::Missed,
    })
}

fn report_of(cases: &[Case]) -> HealthReport {
    let (policy, channels) = read(POLICY).unwrap();
    report_with(&policy, &channels, cases)
}

fn report_with(policy: &HealthPolicy, channels: &[Channel], cases: &[Case]) -> HealthReport {
    let mut ledger = Ledger::new(channels, now());
    for case in cases {
        let seen = Seen {
            channel: channels.iter().position(|channel| channel.id() == case.channel).unwrap(),
            id: case.id.as_deref().unwrap(),
            case,
            intent: case.facts.intent.as_deref().unwrap_or("other"),
            answer: answer(case),
        };
        ledger.add(policy, channels, &seen);
    }
    let systemic = Some(crate::sla::surge::SystemicLimit { cases: 3, within: TimeDelta::hours(1) });
    let company = Company {
        channels,
        systemic,
        is_named: true,
        has_contact: true,
        has_crisis_contact: false,
        label: PolicyLabel::default(),
    };
    judge(policy, &company, &ledger)
}

fn found(report: &HealthReport) -> Vec<&str> {
    report.findings.iter().map(|finding| finding.rule.as_str()).collect()
}

use Author::{Agent, Bot, Customer};

#[test]
fn what_becomes_of_a_conversation() {
    let minutes = TimeDelta::minutes;
    for (why, messages, answered, response, replies) in [
        ("answered", vec![(Customer, 60), (Agent, 50)], true, Some(minutes(10)), 1),
        (
            "in whatever order it was handed over",
            vec![(Agent, 50), (Customer, 60)],
            true,
            Some(minutes(10)),
            1,
        ),
        ("a machine does not answer", vec![(Customer, 60), (Bot, 59)], false, None, 0),
        ("nobody yet", vec![(Customer, 60), (Customer, 50)], false, None, 0),
        ("an answer of the future is none yet", vec![(Customer, 60), (Agent, -5)], false, None, 0),
        ("a post without comments", vec![(Agent, 60)], false, None, 0),
        (
            "a comment below a post",
            vec![(Agent, 90), (Customer, 60), (Agent, 30), (Agent, 20)],
            true,
            Some(minutes(30)),
            2,
        ),
        ("at the same instant", vec![(Customer, 60), (Agent, 60)], true, Some(minutes(0)), 1),
    ] {
        let timeline = Timeline::of(&case("1", "wall", &messages), now());
        assert_eq!(
            (timeline.answered, timeline.response, timeline.replies),
            (answered, response, replies),
            "{why}"
        );
    }
    let mut undated = Case::new("wall");
    undated.messages.extend([Message::customer("…"), Message::agent("…")]);
    let timeline = Timeline::of(&undated, now());
    assert_eq!((timeline.asked, timeline.answered, timeline.response), (true, true, None));
}

#[test]
fn percentiles_are_times_that_were_measured() {
    for (why, minutes, median, p90) in [
        ("one is everything", vec![7], Some(7), Some(7)),
        ("the lower of two is within half", vec![10, 20], Some(10), Some(20)),
        ("the middle of three", vec![30, 10, 20], Some(20), Some(30)),
        ("nine of ten", (1..=10).rev().collect(), Some(5), Some(9)),
        ("ten of eleven", (1..=11).collect(), Some(6), Some(10)),
        ("none", vec![], None, None),
    ] {
        let cases: Vec<_> = minutes
            .iter()
            .enumerate()
            .map(|(at, minutes)| case(&at.to_string(), "wall", &[(Customer, 100), (Agent, 100 - minutes)]))
            .collect();
        let total = report_of(&cases).total;
        assert_eq!(
            (total.median, total.p90),
            (median.map(TimeDelta::minutes), p90.map(TimeDelta::minutes)),
            "{why}"
        );
    }
}

#[test]
fn the_target_is_met_at_the_minute_and_missed_after_it() {
    let share = |cases: &[Case]| {
        let total = report_of(cases).total;
        (total.within_target, total.past_target, total.unanswered)
    };
    assert_eq!(share(&[case("1", "wall", &[(Customer, 120), (Agent, 60)])]), (1, 0, 0), "in time");
    assert_eq!(share(&[case("1", "wall", &[(Customer, 120), (Agent, 59)])]), (0, 1, 0), "a minute late");
    assert_eq!(share(&[case("1", "wall", &[(Customer, 60)])]), (0, 0, 0), "it can still be answered in time");
    assert_eq!(share(&[case("1", "wall", &[(Customer, 61)])]), (0, 1, 1), "it cannot");
    assert_eq!(share(&[case("1", "chat", &[(Customer, 60)])]), (0, 1, 1), "another channel, another target");
}

#[test]
fn evidence_names_the_oldest_ten() {
    let cases: Vec<_> =
        (1..=12).map(|at| complaint(case(&at.to_string(), "wall", &[(Customer, 100 + at)]))).collect();
    let report = report_of(&cases);
    let finding = report.of("health.unanswered-complaints").next().unwrap();
    assert_eq!(finding.evidence.ids, ["12", "11", "10", "9", "8", "7", "6", "5", "4", "3"]);
    assert_eq!((finding.evidence.count, finding.evidence.of, finding.message.as_str()), (12, 12, "12"));
    let unanswered = report.of("health.unanswered").next().unwrap();
    assert_eq!(unanswered.message, "wall: 0 % < 50 %, 12 of 12");
    // The worse comes first.
    assert_eq!(
        report.findings.first().map(|finding| finding.rule.as_str()),
        Some("health.unanswered-complaints")
    );
}

#[test]
fn spam_is_left_standing_until_it_is_hidden() {
    let spam = |hidden: bool, channel: &str| {
        let mut case = case("1", channel, &[(Customer, 500)]);
        case.facts.intent = Some("spam".to_owned());
        if hidden {
            let json = r#"{"channel": "wall", "events": [{"kind": "hide", "at": "2000-01-01T00:00:00Z"}]}"#;
            case.events = Case::from_json(json).unwrap().events;
        }
        let report = report_of(&[case]);
        assert_eq!((report.total.spam, report.total.asked, report.total.unanswered), (1, 0, 0));
        report.total.visible_spam
    };
    assert_eq!((spam(false, "wall"), spam(true, "wall"), spam(false, "chat")), (1, 0, 0));
}

#[test]
fn a_badge_counts_private_conversations_of_its_time() {
    let badge = |cases: &[Case]| {
        let report = report_of(cases);
        report.channels.into_iter().find_map(|channel| channel.badge)
    };
    let day = 24 * 60;
    assert_eq!(badge(&[case("1", "wall", &[(Customer, 60), (Agent, 50)])]), None, "comments do not count");
    assert_eq!(badge(&[case("1", "chat", &[(Customer, 7 * day), (Agent, 7 * day)])]), None, "too long ago");
    assert_eq!(badge(&[case("1", "chat", &[(Customer, 15)])]), None, "it still can be answered");
    let fast = |id| case(id, "chat", &[(Customer, 60), (Agent, 45)]);
    let earned =
        badge(&[fast("1"), fast("2"), fast("3"), case("4", "chat", &[(Customer, 60), (Bot, 59)])]).unwrap();
    assert_eq!((earned.earned, earned.answered_share.to_string()), (true, "75 %".to_owned()));
    let slow = badge(&[case("1", "chat", &[(Customer, 60), (Agent, 44)])]).unwrap();
    assert_eq!((slow.earned, slow.median), (false, Some(TimeDelta::minutes(16))));
    let report = report_of(&[case("1", "chat", &[(Customer, 60), (Agent, 44)])]);
    assert_eq!(report.of("health.badge").next().unwrap().message, "wall 16 min 15 min");
    let report = report_of(&[fast("1"), case("2", "chat", &[(Customer, 60)])]);
    let finding = report.of("health.badge").next().unwrap();
    assert_eq!(
        (finding.message.as_str(), finding.evidence.ids.as_slice()),
        ("wall 50 % 75 %", &["2".to_owned()][..])
    );
}

#[test]
fn what_the_policy_lacks_is_found_without_any_conversation() {
    let report = report_of(&[]);
    assert_eq!(found(&report), ["health.closed", "health.no-crisis-contact"]);
    assert_eq!(report.findings.first().and_then(|finding| finding.channel.as_deref()), Some("shut"));
    assert!(report.passes() && report.channels.is_empty());
}

#[test]
fn tags_that_stand_on_many_cases_at_once() {
    let tagged = |id: &str, ago| {
        let mut case = case(id, "wall", &[(Customer, ago), (Agent, ago)]);
        case.facts.tags = vec!["billing".to_owned(), "billing".to_owned()];
        case
    };
    let report = report_of(&[tagged("1", 60), tagged("2", 10), tagged("3", 0), tagged("4", 600)]);
    assert_eq!(report.of("health.same-tag").next().unwrap().message, "`billing` 3 1 h");
    assert_eq!(
        report_of(&[tagged("1", 61), tagged("2", 10), tagged("3", 0)]).of("health.same-tag").count(),
        0
    );
}

#[test]
fn whom_answers_satisfied_is_told_by_the_survey() {
    let satisfied = |cases: &[Case]| report_of(cases).total.satisfied_share.map(|share| share.to_string());
    let answered = |ago: i64| case("1", "wall", &[(Customer, 600), (Agent, 600 - ago)]);
    assert_eq!(satisfied(&[answered(60)]).as_deref(), Some("50 %"));
    assert_eq!(satisfied(&[answered(60), answered(0)]).as_deref(), Some("75 %"));
    assert_eq!(
        satisfied(&[case("1", "wall", &[(Customer, 600)])]).as_deref(),
        Some("0 %"),
        "never is too late"
    );
    assert_eq!(satisfied(&[case("1", "wall", &[(Customer, 6)])]), None, "not yet is not never");
}

#[test]
fn mistakes_have_a_place_and_help() {
    for (line, code, says) in [
        ("expectation = 'our'", "unknown-value", "did you mean `ours`?"),
        (
            "rules = { silnt = { at_most = '1d', message = '', why = '' } }",
            "unknown-key",
            "did you mean `silent`?",
        ),
        ("rules = { silent = { message = '', why = '' } }", "missing-key", ""),
        ("rules = { silent = { at_most = 3.5, message = '', why = '' } }", "wrong-type", ""),
        ("rules = { late = { at_least = 90, message = '', why = '' } }", "out-of-range", ""),
        (
            "rules = { silent = { at_most = '1d', message = 'for {valeu}', why = '' } }",
            "unknown-value",
            "did you mean `{value}`?",
        ),
        (
            "rules = { silent = { at_most = '1d', message = 'for {', why = '' } }",
            "unknown-value",
            "it can be",
        ),
        ("rules = { badge = { from = 3, message = '', why = '' } }", "unknown-key", ""),
    ] {
        let text = format!(
            "[channels.wall]\nkind = 'social'\nvisibility = ['public']\n[expectation.ours]\npoints = [{{ within = '1h', share = 0.5 }}]\n[health]\n{line}\n"
        );
        let errors = read(&text).map(|_| ()).unwrap_err();
        assert_eq!((errors.first().code(), errors.iter().count()), (code, 1), "{line}: {}", errors.render());
        assert!(errors.first().help().unwrap_or_default().contains(says), "{line}: {}", errors.render());
        assert_eq!(errors.first().location().map(|at| at.line()), Some(7), "{line}");
    }
}

#[test]
fn each_check_has_one_name() {
    for (at, (name, check, _)) in CHECKS.iter().enumerate() {
        assert!(CHECKS.iter().skip(at + 1).all(|(other, of, _)| other != name && of != check), "{name}");
    }
    let (policy, _) = read(POLICY).unwrap();
    assert_eq!(policy.rules.len(), CHECKS.len());
    let off = POLICY.replace("closed = {", "closed = { off = true, ");
    assert!(read(&off).unwrap().0.rules.iter().all(|rule| rule.check != Check::Closed));
}

fn cases() -> impl Strategy<Value = Vec<Case>> {
    let author = prop_oneof![Just(Customer), Just(Agent), Just(Bot)];
    let message = (author, proptest::option::weighted(0.9, -100i64..20_000));
    let one = (
        proptest::sample::select(vec!["wall", "chat", "shut"]),
        proptest::collection::vec(message, 0..6),
        proptest::sample::select(vec![None, Some("complaint"), Some("spam"), Some("praise")]),
        proptest::collection::vec("[ab]", 0..3),
    );
    let one = one.prop_map(|(channel, messages, intent, tags)| {
        let mut case = case("", channel, &[]);
        case.messages.extend(messages.into_iter().map(|(from, ago)| match ago {
            Some(ago) => said(from, ago),
            None => Message::new(from, "…"),
        }));
        case.facts.intent = intent.map(str::to_owned);
        case.facts.tags = tags;
        case
    });
    proptest::collection::vec(one, 0..30).prop_map(|mut cases| {
        let numbered = cases.iter_mut().enumerate();
        numbered.for_each(|(number, case)| case.id = Some(format!("{number:02}")));
        cases
    })
}

proptest! {
    #[test]
    fn the_order_of_feeding_makes_no_difference(cases in cases(), seed in any::<u64>()) {
        let mut shuffled = cases.clone();
        let mut state = seed;
        for at in (1..shuffled.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            shuffled.swap(at, (state >> 33) as usize % (at + 1));
        }
        prop_assert_eq!(report_of(&cases), report_of(&shuffled));
    }

    #[test]
    fn the_figures_are_those_of_a_plain_count(cases in cases()) {
        let report = report_of(&cases);
        let total = &report.total;
        let asked: Vec<_> = cases
            .iter()
            .filter(|case| case.facts.intent.as_deref() != Some("spam"))
            .map(|case| (case, Timeline::of(case, now())))
            .filter(|(_, timeline)| timeline.asked)
            .collect();
        prop_assert_eq!(total.conversations as usize, cases.len());
        prop_assert_eq!(total.asked as usize, asked.len());
        prop_assert_eq!(total.answered as usize, asked.iter().filter(|(_, timeline)| timeline.answered).count());
        let mut responses: Vec<_> = asked.iter().filter_map(|(_, timeline)| timeline.response).collect();
        responses.sort();
        // Nearest rank, by its definition: the least time within which at least so many lie.
        let rank = |percent: usize| {
            let within = |time: &TimeDelta| responses.iter().filter(|other| *other <= time).count() * 100;
            responses.iter().find(|time| within(time) >= percent * responses.len()).copied()
        };
        prop_assert_eq!((total.median, total.p90), (rank(50), rank(90)));
        prop_assert!(total.answered + total.unanswered <= total.asked);
        prop_assert!(total.within_target + total.past_target <= total.asked);
        prop_assert!(total.unanswered_complaints <= total.complaints && total.visible_spam <= total.spam);
        prop_assert_eq!(report.passes(), report.of("health.unanswered-complaints").next().is_none());
        let sum = |figure: fn(&Figures) -> u64| report.channels.iter().map(|channel| figure(&channel.figures)).sum::<u64>();
        prop_assert_eq!(sum(|figures| figures.conversations), total.conversations);
        prop_assert_eq!(sum(|figures| figures.unanswered), total.unanswered);
    }
}
