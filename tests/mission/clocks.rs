//! By when: rows 7, 11, 12, 15, 21, 27, 28, 35, 41, 42, 43, 44, 57, 76, 77, 100, 105 and 112.

use chrono::{DateTime, FixedOffset};
use svar::case::Event;
use svar::sla::clock::{Clock, Metric, State};
use svar::{Case, Message, Policy};

use super::policy;

fn at(text: &str) -> DateTime<FixedOffset> {
    text.parse().unwrap()
}

fn asked(channel: &str, when: &str) -> Case {
    let mut case = Case::new(channel);
    case.messages.push(Message::customer("Hei, er det noen der?").at(at(when)));
    case
}

fn first(policy: &Policy, case: &Case, now: &str) -> Clock {
    policy.clocks(case, at(now)).unwrap().of(Metric::FirstResponse).unwrap().clone()
}

/// A company that is open from nine to five and promises an answer by a preset.
fn company(preset: &str, more: &str) -> Policy {
    let text = format!(
        "svar = 1\nname = 'company'\nextends = ['svar:care']\nlanguages = ['nb']\n\
         [calendars.office]\ntime_zone = 'Europe/Oslo'\n\
         open = {{ mon = ['09:00-17:00'], tue = ['09:00-17:00'], wed = ['09:00-17:00'], thu = ['09:00-17:00'], fri = ['09:00-17:00'] }}\n\
         [rotas.watch]\ntime_zone = 'Europe/Oslo'\nbeside = 'office'\nlayers = [{{ people = ['lise', 'ola'], start = 2026-01-05, every = '1w' }}]\n\
         [sla.targets.first-response]\npreset = '{preset}'\n{more}"
    );
    Policy::from_toml(&text).unwrap_or_else(|errors| panic!("{}", errors.render()))
}

fn errors(more: &str) -> String {
    let text = format!(
        "svar = 1\nname = 'company'\nextends = ['svar:care']\nlanguages = ['nb']\n[sla.targets.first-response]\n{more}"
    );
    Policy::from_toml(&text).unwrap_err().render()
}

fn warnings(more: &str) -> Vec<String> {
    let policy = company("strict", more);
    policy.warnings().iter().map(|warning| warning.code().to_owned()).collect()
}

#[test]
fn row_07_a_promise_needs_people_who_keep_it() {
    assert!(errors("preset = 'strict'\ntime = 'business'\n").contains("target-calendar"));
    let never = "preset = 'strict'\ntime = 'business'\ncalendar = 'office'\n[calendars.office]\ntime_zone = 'Europe/Oslo'\nopen = {}\n";
    assert!(errors(never).contains("never opens"));
}

#[test]
fn row_11_nobody_waits_longer_in_social_media_than_for_mail() {
    let mail = |social: &str, mail: &str| {
        warnings(&format!(
            "duration = '{social}'\n[sla.targets.mail]\nmetric = 'first-response'\nwhen = {{ channel = 'email' }}\nduration = '{mail}'\ntime = 'calendar'\n"
        ))
    };
    assert!(mail("20h", "12h").contains(&"target-order".to_owned()));
    assert!(mail("12h", "20h").is_empty());
}

#[test]
fn row_12_several_days_for_a_letter_are_a_promise_like_another() {
    let letters = "[channels.letter]\nkind = 'mail'\nvisibility = ['private']\n[sla.targets.letter]\nmetric = 'first-response'\nwhen = { channel = 'letter' }\nduration = '5d'\ntime = 'calendar'\n";
    let company = company("relaxed", letters);
    assert!(company.warnings().is_empty(), "{:?}", company.warnings());
    assert_eq!(
        first(&company, &asked("letter", "2026-11-16T10:00:00+01:00"), "2026-11-20T10:00:00+01:00").state,
        State::Running
    );
}

#[test]
fn row_15_a_day_is_what_holds_unless_a_policy_says_otherwise() {
    let case = asked("facebook", "2026-11-18T10:00:00+01:00");
    let answered = |when: &str| {
        let mut case = case.clone();
        case.messages.push(Message::agent("Ja!").at(at(when)));
        first(policy(), &case, "2026-11-20T10:00:00+01:00").state
    };
    assert_eq!(answered("2026-11-19T09:59:00+01:00"), State::Met);
    assert_eq!(answered("2026-11-19T10:01:00+01:00"), State::Breached);
}

#[test]
fn row_21_a_day_at_the_latest_for_every_answer() {
    for target in policy().targets() {
        assert_eq!(target.duration().num_hours(), 24, "{}", target.id());
    }
}

#[test]
fn row_27_what_a_large_organisation_takes_is_a_preset() {
    let company = company("large-organisation", "");
    let clock = first(&company, &asked("facebook", "2026-11-18T10:00:00+01:00"), "2026-11-18T10:00:00+01:00");
    assert_eq!(clock.promised_seconds.num_hours(), 5);
}

#[test]
fn row_28_a_team_that_is_there_day_and_night_has_clocks_that_run_day_and_night() {
    let always = company("strict", "time = 'calendar'\n");
    let sunday = asked("facebook", "2026-11-22T03:00:00+01:00");
    let clock = first(&always, &sunday, "2026-11-22T03:05:00+01:00");
    assert_eq!((clock.state, clock.elapsed_seconds.num_minutes()), (State::Running, 5));
    assert_eq!(clock.due_at, Some(at("2026-11-22T03:15:00+01:00").to_utc()));
}

#[test]
fn row_35_no_answer_within_a_day_is_a_broken_promise_on_every_channel() {
    for channel in policy().channels() {
        let case = asked(channel.id(), "2026-11-18T10:00:00+01:00");
        let clock = first(policy(), &case, "2026-11-19T11:00:00+01:00");
        assert_eq!(clock.state, State::Breached, "{}", channel.id());
        assert_eq!(clock.remaining_seconds.num_hours(), -1, "{}", channel.id());
    }
}

#[test]
fn row_41_with_a_watch_the_clock_runs_on_saturday_without_it_waits() {
    let saturday = asked("facebook", "2026-11-21T20:00:00+01:00");
    let watch = company("strict", "time = 'covered'\ncalendar = 'office'\nrota = 'watch'\n");
    let clock = first(&watch, &saturday, "2026-11-21T20:10:00+01:00");
    assert_eq!(clock.elapsed_seconds.num_minutes(), 10);
    let office = company("strict", "time = 'business'\ncalendar = 'office'\n");
    let clock = first(&office, &saturday, "2026-11-21T20:10:00+01:00");
    assert_eq!((clock.state, clock.elapsed_seconds.num_minutes()), (State::Running, 0));
    assert_eq!(clock.due_at, Some(at("2026-11-23T09:15:00+01:00").to_utc()));
}

#[test]
fn row_42_there_is_always_a_rule_for_how_fast() {
    assert!(policy().targets().iter().any(|target| target.metric() == Metric::FirstResponse));
    let none = "off = true\n[sla.targets.next-response]\noff = true\n";
    assert_eq!(warnings(none), ["no-target"]);
}

#[test]
fn row_43_a_quarter_of_an_hour_to_the_second() {
    let strict = company("strict", "");
    let case = asked("facebook", "2026-11-18T10:00:00+01:00");
    let clock = |now: &str| first(&strict, &case, &format!("2026-11-18T{now}+01:00"));
    assert_eq!(clock("10:15:00").state, State::Running);
    assert_eq!(clock("10:15:01").state, State::Breached);
    assert_eq!((clock("10:11:59").at_risk, clock("10:12:00").at_risk), (false, true));
}

#[test]
fn row_44_a_host_learns_when_to_ring() {
    let strict = company("strict", "");
    let case = asked("facebook", "2026-11-18T10:00:00+01:00");
    let clocks = strict.clocks(&case, at("2026-11-18T10:00:00+01:00")).unwrap();
    let clock = clocks.of(Metric::FirstResponse).unwrap();
    assert_eq!(clock.at_risk_at, Some(at("2026-11-18T10:12:00+01:00").to_utc()));
    assert_eq!(clock.due_at, Some(at("2026-11-18T10:15:00+01:00").to_utc()));
    assert_eq!(clocks.next_change, clock.at_risk_at);
}

#[test]
fn row_57_complaints_wait_no_longer_than_questions() {
    let by_intent = |complaint: &str, question: &str| {
        warnings(&format!(
            "duration = '20h'\n[sla.targets.complaint]\nmetric = 'first-response'\nwhen = {{ intent = 'complaint' }}\nduration = '{complaint}'\ntime = 'calendar'\n\
             [sla.targets.question]\nmetric = 'first-response'\nwhen = {{ intent = 'question' }}\nduration = '{question}'\ntime = 'calendar'\n"
        ))
    };
    assert_eq!(by_intent("60m", "15m"), ["target-order"]);
    assert!(by_intent("15m", "60m").is_empty());
}

#[test]
fn row_57_a_complaint_is_heard_and_gets_its_own_time() {
    let company = company(
        "relaxed",
        "[sla.targets.complaint]\nmetric = 'first-response'\nwhen = { intent = 'complaint' }\npreset = 'strict'\ntime = 'calendar'\n",
    );
    let promised = |text: &str| {
        let mut case = Case::new("facebook");
        case.messages.push(Message::customer(text).at(at("2026-11-18T10:00:00+01:00")));
        // What comes after is not what started the clock.
        case.messages.push(Message::customer("Hallo?").at(at("2026-11-18T10:05:00+01:00")));
        first(&company, &case, "2026-11-18T10:06:00+01:00").promised_seconds.num_minutes()
    };
    assert_eq!(promised("Elendig service! Har ventet i tre uker og får ikke svar fra noen."), 15);
    assert_eq!(promised("Når åpner dere på lørdag?"), 24 * 60);
}

#[test]
fn row_76_six_minutes_before_closing_time() {
    let watched = company("strict", "time = 'business'\ncalendar = 'office'\nrota = 'watch'\n");
    let due = |serious: bool| {
        let mut case = asked("facebook", "2026-11-18T16:54:00+01:00");
        if serious {
            case.events.push(Event::new("severity", at("2026-11-18T16:54:00+01:00")).with_value("high"));
        }
        first(&watched, &case, "2026-11-18T16:54:00+01:00").due_at.unwrap()
    };
    assert_eq!(due(true), at("2026-11-18T17:09:00+01:00"), "somebody is on call");
    assert_eq!(due(false), at("2026-11-19T09:09:00+01:00"), "the office clock slides to the next day");
}

#[test]
fn row_77_a_serious_case_in_the_evening_needs_somebody_on_call() {
    assert_eq!(warnings("time = 'business'\ncalendar = 'office'\n"), ["no-cover"]);
    assert!(warnings("time = 'business'\ncalendar = 'office'\nrota = 'watch'\n").is_empty());
}

#[test]
fn row_100_days_are_too_slow_where_hours_are_expected() {
    assert_eq!(warnings("duration = '2d'\n"), ["target-slow"]);
    assert!(warnings("duration = '5h'\n").is_empty());
}

#[test]
fn row_105_within_the_hour_and_not_a_minute_later() {
    let hour = company("hour", "");
    let case = asked("facebook", "2026-11-18T10:00:00+01:00");
    assert_eq!(first(&hour, &case, "2026-11-18T11:00:00+01:00").state, State::Running);
    assert_eq!(first(&hour, &case, "2026-11-18T11:01:00+01:00").state, State::Breached);
}

#[test]
fn row_112_a_quarter_of_an_hour_and_a_day_are_both_presets() {
    let case = asked("facebook", "2026-11-18T10:00:00+01:00");
    let promised = |preset: &str| {
        first(&company(preset, ""), &case, "2026-11-18T10:00:00+01:00").promised_seconds.num_minutes()
    };
    assert_eq!((promised("strict"), promised("relaxed")), (15, 24 * 60));
}
