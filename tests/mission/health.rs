//! Whether anybody looks after a channel: rows 3, 4, 5, 8, 9, 10, 18, 19, 22, 23, 24, 27, 35, 75, 78 and 99.

use chrono::{DateTime, FixedOffset, TimeDelta};
use svar::case::Author;
use svar::sla::health::HealthReport;
use svar::source::Severity;
use svar::{Case, Message, Policy};

use super::policy;

fn now() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-21T12:00:00+01:00").unwrap()
}

/// A conversation: who wrote how many hours ago.
fn case(intent: &str, messages: &[(Author, i64)]) -> Case {
    let mut case = Case::new("facebook");
    case.facts.intent = Some(intent.to_owned());
    let said = |&(from, hours): &(Author, i64)| Message::new(from, "…").at(now() - TimeDelta::hours(hours));
    case.messages.extend(messages.iter().map(said));
    case
}

fn report_of(policy: &Policy, cases: &[Case]) -> HealthReport {
    let mut health = policy.health(now());
    cases.iter().for_each(|case| health.add(case).unwrap());
    health.report()
}

fn report(cases: &[Case]) -> HealthReport {
    report_of(policy(), cases)
}

/// The care of a company, with something of its own.
fn company(rest: &str) -> Policy {
    let head = "svar = 1\nname = 'fjord'\nextends = ['svar:care']\nlanguages = ['en']\n";
    Policy::from_toml(&format!("{head}{rest}")).unwrap()
}

use Author::{Agent, Bot, Customer};

#[test]
fn row_03_a_page_that_nobody_updates_is_found() {
    let silent = |days: i64| report(&[case("question", &[(Customer, days * 24 + 1), (Agent, days * 24)])]);
    let found = silent(45);
    let finding = found.of("health.silent").next().unwrap();
    assert_eq!((finding.severity, finding.message.contains("45 d")), (Severity::Error, true), "{finding:?}");
    assert!(silent(14).of("health.silent").next().is_none());
    // What a machine writes keeps no page alive.
    let machine = [
        case("question", &[(Customer, 45 * 24), (Agent, 44 * 24)]),
        case("question", &[(Customer, 1), (Bot, 1)]),
    ];
    assert!(report(&machine).of("health.silent").next().is_some());
}

#[test]
fn row_04_unanswered_complaints_and_spam_in_sight_are_found() {
    let mut cases: Vec<_> = (0..3).map(|_| case("complaint", &[(Customer, 30)])).collect();
    cases.extend((0..2).map(|_| case("spam", &[(Customer, 10)])));
    let report = report(&cases);
    let count = |rule| report.of(rule).next().map(|finding| (finding.evidence.count, finding.severity));
    assert_eq!(count("health.unanswered-complaints"), Some((3, Severity::Error)));
    assert_eq!(count("health.visible-spam"), Some((2, Severity::Warning)));
}

#[test]
fn row_05_a_page_that_is_not_official_is_judged_alike() {
    let cases = [case("complaint", &[(Customer, 30)]), case("question", &[(Customer, 20), (Agent, 5)])];
    let unofficial = company("[channels.facebook]\nofficial = false\nmonitored = true\n");
    let (own, other) = (report(&cases), report_of(&unofficial, &cases));
    assert_eq!((own.findings, own.channels), (other.findings, other.channels));
}

#[test]
fn row_08_social_media_come_beside_mail_and_telephone() {
    let lacks = |brand: &str| {
        let policy = company(&format!("[brand]\nname = 'Fjord'\n{brand}"));
        report_of(&policy, &[]).of("health.no-other-contact").next().is_some()
    };
    assert!(lacks(""));
    assert!(!lacks("contact = { email = 'help@fjord.example' }\n"));
    assert!(!lacks("contact = { phone = '+47 21 00 00 00' }\n"));
}

#[test]
fn rows_09_and_99_a_page_that_only_advertises_is_found() {
    let posts = |answered: usize| {
        let post = |at: usize| {
            let with_answer = [(Agent, 50), (Customer, 40), (Agent, 39)];
            case("question", if at < answered { &with_answer } else { &with_answer[..1] })
        };
        report(&(0..20).map(post).collect::<Vec<_>>())
    };
    let finding = posts(0);
    let finding = finding.of("health.broadcast-only").next().unwrap();
    assert_eq!((finding.evidence.count, finding.evidence.of), (0, 20));
    assert!(posts(2).of("health.broadcast-only").next().is_none());
}

#[test]
fn rows_18_and_75_a_page_that_takes_no_questions_is_found() {
    let closed = company("[channels.facebook]\ninbound = false\n");
    let finding = report_of(&closed, &[]);
    let finding = finding.of("health.closed").next().unwrap();
    assert_eq!(finding.channel.as_deref(), Some("facebook"));
    assert!(report(&[]).of("health.closed").next().is_none());
    // A page that nobody is meant to look after is no care channel.
    let left = company("[channels.facebook]\ninbound = false\nmonitored = false\n");
    assert!(report_of(&left, &[]).of("health.closed").next().is_none());
}

#[test]
fn row_19_a_complaint_below_an_advert_waits_for_an_answer_too() {
    let below_an_advert = case("complaint", &[(Agent, 60), (Customer, 30)]);
    assert_eq!(report(&[below_an_advert]).total.unanswered_complaints, 1);
}

#[test]
fn row_10_people_who_are_there_for_it_and_answer_often_have_nothing_to_hear() {
    let policy = company(
        "[brand]\nname = 'Fjord'\ncontact = { email = 'care@fjord.example', phone = '+47 21 00 00 00' }\n",
    );
    let competition = case("other", &[(Agent, 30), (Customer, 29), (Agent, 28), (Customer, 27), (Agent, 26)]);
    let questions = (1..20).map(|hours| case("question", &[(Customer, hours + 1), (Agent, hours)]));
    let cases: Vec<_> = questions.chain([competition]).collect();
    let report = report_of(&policy, &cases);
    let conduct = ["health.silent", "health.broadcast-only", "health.unanswered", "health.late"];
    assert!(conduct.iter().all(|rule| report.of(rule).next().is_none()), "{:?}", report.findings);
    assert_eq!(report.total.answered_share.unwrap().to_string(), "100 %");
}

#[test]
fn row_24_the_largest_are_judged_like_the_smallest() {
    let rules = |times: usize| {
        let messages = [(Customer, 40), (Agent, 30)];
        let one = |at: usize| case("question", if at % 25 < 2 { &messages } else { &messages[..1] });
        let report = report(&(0..25 * times).map(one).collect::<Vec<_>>());
        let found: Vec<_> =
            report.findings.iter().map(|finding| (finding.rule.clone(), finding.severity)).collect();
        (found, report.total.answered_share.unwrap().to_string())
    };
    assert_eq!(rules(1), rules(100));
}

#[test]
fn rows_22_and_23_the_share_of_answered_conversations() {
    let report_of = |answered: usize, of: usize| {
        let messages = [(Customer, 40), (Agent, 30)];
        let one = |at| case("question", if at < answered { &messages } else { &messages[..1] });
        report(&(0..of).map(one).collect::<Vec<_>>())
    };
    for (answered, of, share) in [(2, 25, "8 %"), (44, 100, "44 %")] {
        let report = report_of(answered, of);
        assert_eq!(report.total.answered_share.unwrap().to_string(), share);
        let finding = report.of("health.unanswered").next().unwrap();
        assert_eq!((finding.evidence.count, finding.evidence.of), ((of - answered) as u64, of as u64));
    }
    assert!(report_of(23, 25).of("health.unanswered").next().is_none());
}

#[test]
fn row_27_the_time_customers_waited_is_measured() {
    // Three hours and seven: half of the customers had their answer within three, all of them within seven.
    let report = report(&[
        case("question", &[(Customer, 10), (Agent, 7)]),
        case("question", &[(Customer, 10), (Agent, 3)]),
    ]);
    assert_eq!(
        (report.total.median, report.total.p90),
        (Some(TimeDelta::hours(3)), Some(TimeDelta::hours(7)))
    );
}

#[test]
fn row_35_no_answer_is_as_bad_as_a_telephone_that_nobody_picks_up() {
    let open = |hours| report(&[case("complaint", &[(Customer, hours)])]);
    assert!(open(24).passes());
    let finding = open(25);
    assert_eq!(
        finding.of("health.unanswered-complaints").next().map(|finding| finding.severity),
        Some(Severity::Error)
    );
    assert!(!finding.passes());
}

#[test]
fn row_78_a_company_has_somebody_to_call_in_a_crisis() {
    let lacks = |surge: &str| {
        let policy = company(&format!("[brand]\nname = 'Fjord'\n{surge}"));
        report_of(&policy, &[]).of("health.no-crisis-contact").next().is_some()
    };
    assert!(lacks(""));
    assert!(!lacks("[sla.surge]\ncrisis_contact = 'Kari, +47 21 00 00 00'\n"));
}
