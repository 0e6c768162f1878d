//! Clocks in opening hours: timelines transcribed from helpdesk systems, hours on call, ladders, windows.

use chrono::{DateTime, FixedOffset, TimeDelta, Utc};
use svar::case::{Message, Visibility};
use svar::sla::clock::{Clock, Clocks, Escalation, Metric, Recipient, State};
use svar::{Case, Policy};

use super::{FRT, NRT, RT, happen, policy};

fn at(text: &str) -> DateTime<FixedOffset> {
    let text = text.replace(' ', "T");
    let zone = if text.ends_with('Z') || text.contains('+') { "" } else { "Z" };
    format!("{text}{zone}").parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn case_on(channel: &str, steps: &[(&str, &str)]) -> Case {
    let mut case = Case::new(channel);
    for (when, what) in steps {
        happen(&mut case, at(when), what);
    }
    case
}

fn clocks(policy: &Policy, steps: &[(&str, &str)], now: &str) -> Clocks {
    policy.clocks(&case_on("facebook", steps), at(now)).unwrap()
}

fn text(at: Option<DateTime<Utc>>) -> String {
    at.map_or("-".to_owned(), |at| at.format("%Y-%m-%d %H:%M:%S").to_string())
}

fn due(clocks: &Clocks, metric: Metric) -> String {
    text(clocks.of(metric).and_then(|clock| clock.due_at))
}

fn minutes(clock: &Clock) -> (State, i64, i64) {
    (clock.state, clock.elapsed_seconds.num_minutes(), clock.remaining_seconds.num_minutes())
}

/// A policy whose three targets count the opening hours of one calendar.
fn office(calendar: &str, first: &str, next: &str, solution: &str) -> Policy {
    let next_target = format!(
        "[sla.targets.next]\nmetric = 'next-response'\nduration = '{next}'\ncounts_first_message = true\n"
    );
    let solution = match solution {
        "" => String::new(),
        solution => format!("[sla.targets.solution]\nmetric = 'resolution'\nduration = '{solution}'\n"),
    };
    policy(&format!(
        "svar = 1\nname = 'office'\n[channels.facebook]\nkind = 'social'\nvisibility = ['public']\n\
         [calendars.office]\n{calendar}\n[sla]\ncalendar = 'office'\nserious = 'as-promised'\n\
         [sla.targets.first]\nmetric = 'first-response'\nduration = '{first}'\n{next_target}{solution}"
    ))
}

const WEEKDAYS_8_18: &str = "time_zone = 'Europe/Berlin'\nopen = { mon = ['08:00-18:00'], tue = ['08:00-18:00'], wed = ['08:00-18:00'], thu = ['08:00-18:00'], fri = ['08:00-18:00'] }";
const DAILY_9_18: &str = "time_zone = 'Europe/Berlin'\nopen = { mon = ['09:00-18:00'], tue = ['09:00-18:00'], wed = ['09:00-18:00'], thu = ['09:00-18:00'], fri = ['09:00-18:00'], sat = ['09:00-18:00'], sun = ['09:00-18:00'] }";

/// Zammad, `spec/models/ticket/escalation_examples.rb`: an e-mail under an SLA of 60, 120 and 180 minutes.
#[test]
fn zammad_three_times_for_one_ticket() {
    let policy = office(WEEKDAYS_8_18, "60m", "120m", "180m");
    let asked = ("2013-03-21 09:30:00", "customer");
    let open = clocks(&policy, &[asked], "2013-03-21 09:30:00");
    assert_eq!(due(&open, FRT), "2013-03-21 10:30:00");
    assert_eq!(due(&open, NRT), "2013-03-21 11:30:00");
    assert_eq!(due(&open, RT), "2013-03-21 12:30:00");

    let in_time = clocks(&policy, &[asked, ("2013-03-21 10:00:00", "agent")], "2013-03-21 10:00:00");
    assert_eq!(minutes(in_time.of(FRT).unwrap()), (State::Met, 30, 30));

    let late = clocks(&policy, &[asked, ("2013-03-21 14:00:00", "agent")], "2013-03-21 15:00:00");
    assert_eq!(minutes(late.of(FRT).unwrap()), (State::Breached, 270, -210));
    assert_eq!(minutes(late.of(NRT).unwrap()), (State::Breached, 270, -150));

    let replies = [asked, ("2013-03-21 12:00:00", "agent"), ("2013-03-21 12:05:00", "customer")];
    let waiting = clocks(&policy, &replies, "2013-03-21 12:06:00");
    assert_eq!(due(&waiting, NRT), "2013-03-21 14:05:00");
    // Zammad keeps the worst update time; here the earlier run is told apart.
    assert_eq!(waiting.missed.iter().map(minutes).collect::<Vec<_>>(), [(State::Breached, 150, -30)]);

    let closed = |at| clocks(&policy, &[asked, (at, "resolve")], "2013-03-21 15:00:00");
    assert_eq!(minutes(closed("2013-03-21 11:30:00").of(RT).unwrap()), (State::Met, 120, 60));
    assert_eq!(minutes(closed("2013-03-21 13:00:00").of(RT).unwrap()), (State::Breached, 210, -30));
}

/// The same file: suspended by `pending` and by being closed.
#[test]
fn zammad_pending_and_closed_time_do_not_count() {
    let policy = office(DAILY_9_18, "120m", "180m", "250m");
    let asked = ("2013-06-04 09:00:00", "customer");
    let reopened = [
        asked,
        ("2013-06-04 09:30:00", "pause"),
        ("2013-06-04 09:45:00", "resume"),
        ("2013-06-04 10:00:00", "resolve"),
        ("2013-06-04 10:30:00", "reopen"),
    ];
    assert_eq!(due(&clocks(&policy, &reopened, "2013-06-04 10:30:00"), FRT), "2013-06-04 11:45:00");

    // An hour is left at 17:00, and the office closes at 18:00. Zammad's due date is the next opening.
    let pending = [asked, ("2013-06-04 10:00:00", "pause"), ("2013-06-04 15:00:00", "resume")];
    let clock = clocks(&policy, &pending, "2013-06-04 15:00:00").of(FRT).unwrap().clone();
    assert_eq!(text(clock.due_at), "2013-06-04 16:00:00");
    assert_eq!(text(clock.next_opening), "2013-06-05 07:00:00");

    let closed = [
        asked,
        ("2013-06-04 10:00:00", "pause"),
        ("2013-06-04 10:30:00", "resume"),
        ("2013-06-04 10:45:00", "agent"),
        ("2013-06-04 12:00:00", "resolve"),
    ];
    let closed = clocks(&policy, &closed, "2013-06-04 13:00:00");
    assert_eq!(minutes(closed.of(FRT).unwrap()), (State::Met, 75, 45));
    assert_eq!(minutes(closed.of(RT).unwrap()), (State::Met, 150, 100));
}

/// The same file: tickets that are created pending.
#[test]
fn zammad_created_pending() {
    let policy = office(DAILY_9_18, "120m", "180m", "240m");
    let created = [("2013-06-04 09:00:00", "pause"), ("2013-06-04 09:00:00", "customer")];
    let solved = |between: &[(&str, &str)]| {
        let mut steps = created.to_vec();
        steps.extend_from_slice(between);
        steps.push(("2013-06-04 12:00:00", "resolve"));
        minutes(clocks(&policy, &steps, "2013-06-04 13:00:00").of(RT).unwrap())
    };
    let open = ("2013-06-04 10:30:00", "resume");
    let pending = ("2013-06-04 11:00:00", "pause");
    let again = ("2013-06-04 11:30:00", "resume");
    assert_eq!(solved(&[]), (State::Met, 0, 240));
    assert_eq!(solved(&[open, pending]), (State::Met, 30, 210));
    assert_eq!(solved(&[open, pending, again]), (State::Met, 60, 180));
}

/// The same file: a holiday, and answers in between. Zammad cuts pauses to minutes; here the seconds stay.
#[test]
fn zammad_holidays_and_pending_for_days() {
    let calendar = "time_zone = 'Europe/Berlin'\nclosed = ['2016-11-01']\nopen = { mon = ['08:00-20:00'], tue = ['08:00-20:00'], wed = ['08:00-20:00'], thu = ['08:00-20:00'], fri = ['08:00-20:00'] }";
    let policy = office(calendar, "120m", "1200m", "");
    let steps = [
        ("2016-11-01 13:56:21", "customer"),
        ("2016-11-01 15:25:40", "pause"),
        ("2016-11-01 15:25:40", "agent"),
        ("2016-11-01 15:59:14", "resume"),
        ("2016-11-01 15:59:14", "customer"),
        ("2016-11-01 15:59:58", "pause"),
        ("2016-11-07 13:26:36", "resume"),
        ("2016-11-07 13:26:36", "customer"),
        ("2016-11-07 14:26:36", "customer"),
    ];
    let now = |count: usize, metric| {
        let steps = &steps[..count];
        due(&clocks(&policy, steps, steps[count - 1].0), metric)
    };
    assert_eq!((now(1, FRT), now(1, NRT)), ("2016-11-02 09:00:00".into(), "2016-11-03 15:00:00".into()));
    assert_eq!(now(5, NRT), "2016-11-03 15:00:00");
    assert_eq!(now(6, NRT), "-");
    assert_eq!(now(8, NRT), "2016-11-09 09:26:36");
    assert_eq!(now(9, NRT), "2016-11-09 09:26:36", "the oldest message that waits");
}

/// Chatwoot, `spec/enterprise/services/sla/business_hours_service_spec.rb`: Monday to Friday from 9 to 17.
#[test]
fn chatwoot_deadlines() {
    let week = |zone: &str, more: &str| {
        format!(
            "time_zone = '{zone}'\nopen = {{ mon = ['09:00-17:00'], wed = ['09:00-17:00'], thu = ['09:00-17:00'], fri = ['09:00-17:00'], {more} }}"
        )
    };
    let plain = week("UTC", "tue = ['09:00-17:00']");
    let long_tuesday = week("UTC", "tue = ['09:00-20:00']");
    let saturday = week("UTC", "tue = ['09:00-17:00'], sat = ['00:00-24:00']");
    let new_york = week("America/New_York", "tue = ['09:00-17:00']");
    for (calendar, start, hours, expected, why) in [
        (&plain, "2024-01-17 10:00:00", 2, "2024-01-17 12:00:00", "within a day"),
        (&plain, "2024-01-19 16:00:00", 2, "2024-01-22 10:00:00", "over the weekend"),
        (&plain, "2024-01-17 07:00:00", 2, "2024-01-17 11:00:00", "before the office opens"),
        (&plain, "2024-01-17 18:00:00", 2, "2024-01-18 11:00:00", "after it has closed"),
        (&plain, "2024-01-20 10:00:00", 2, "2024-01-22 11:00:00", "on a Saturday"),
        (&plain, "2024-01-15 16:00:00", 10, "2024-01-17 10:00:00", "over several days"),
        (&new_york, "2024-01-19 21:00:00", 2, "2024-01-22 15:00:00", "in another zone"),
        (&saturday, "2024-01-20 10:00:00", 2, "2024-01-20 12:00:00", "open all day"),
        (&saturday, "2024-01-20 00:00:00", 24, "2024-01-21 00:00:00", "to the last minute of it"),
        (&long_tuesday, "2024-01-15 18:00:00", 10, "2024-01-16 19:00:00", "the next day is longer"),
        (&long_tuesday, "2024-01-15 16:00:00", 12, "2024-01-16 20:00:00", "until it closes"),
    ] {
        let policy = office(calendar, &format!("{hours}h"), "30d", "");
        assert_eq!(due(&clocks(&policy, &[(start, "customer")], start), FRT), expected, "{why}");
    }
}

/// Chatwoot, `evaluate_applied_sla_service_spec.rb`: six hours after the beginning.
#[test]
fn chatwoot_hits_and_misses() {
    let every_hour = "time_zone = 'UTC'\nopen = { mon = ['00:00-24:00'], tue = ['00:00-24:00'], wed = ['00:00-24:00'], thu = ['00:00-24:00'], fri = ['00:00-24:00'], sat = ['00:00-24:00'], sun = ['00:00-24:00'] }";
    let created = ("2024-01-17 06:00:00", "customer");
    let now = "2024-01-17 12:00:00";
    let state = |policy: &Policy, steps: &[(&str, &str)], metric| {
        clocks(policy, steps, now).of(metric).unwrap().state
    };
    assert_eq!(state(&office(every_hour, "1h", "30d", ""), &[created], FRT), State::Breached);
    assert_eq!(state(&office(every_hour, "30d", "30d", "1h"), &[created], RT), State::Breached);
    let waiting = [created, ("2024-01-17 06:30:00", "agent"), ("2024-01-17 07:00:00", "customer")];
    assert_eq!(state(&office(every_hour, "1h", "1h", ""), &waiting, NRT), State::Breached);
    let answered = [created, ("2024-01-17 11:30:00", "agent")];
    assert_eq!(state(&office(every_hour, "6h", "30d", ""), &answered, FRT), State::Met);
    let resolved = [created, ("2024-01-17 12:00:00", "resolve")];
    assert_eq!(state(&office(every_hour, "30d", "30d", "8h"), &resolved, RT), State::Met);
    // Chatwoot calls a conversation that was resolved too late a hit, if nobody looked in between. Here it is late.
    assert_eq!(state(&office(every_hour, "30d", "30d", "1h"), &resolved, RT), State::Breached);
}

const WATCHED: &str = r#"
svar = 1
name = "watched"
extends = ["svar:channels"]
[calendars.office]
time_zone = "Europe/Oslo"
open = { mon = ["09:00-17:00"], tue = ["09:00-17:00"], wed = ["09:00-17:00"], thu = ["09:00-17:00"], fri = ["09:00-17:00"] }
[rotas.watch]
time_zone = "Europe/Oslo"
beside = "office"
[[rotas.watch.layers]]
people = ["kari", "ola"]
start = 2026-01-05
every = "1w"
at = "17:00"
[sla]
calendar = "office"
rota = "watch"
[sla.targets.first]
metric = "first-response"
duration = "15m"
"#;

#[test]
fn a_serious_case_runs_while_somebody_is_on_call() {
    let evening = "2026-11-18 20:00:00+01:00";
    let watched = policy(WATCHED);
    let due_of =
        |policy: &Policy, steps: &[(&str, &str)]| due(&clocks(policy, steps, steps.last().unwrap().0), FRT);
    assert_eq!(
        due_of(&watched, &[(evening, "customer")]),
        "2026-11-19 08:15:00",
        "business waits for the office"
    );
    let serious = [(evening, "severity=high"), (evening, "customer")];
    assert_eq!(due_of(&watched, &serious), "2026-11-18 19:15:00", "somebody is on call");
    let covered = policy(&WATCHED.replace("duration = \"15m\"", "duration = \"15m\"\ntime = \"covered\""));
    assert_eq!(due_of(&covered, &[(evening, "customer")]), "2026-11-18 19:15:00");
    let as_promised =
        policy(&WATCHED.replace("rota = \"watch\"", "rota = \"watch\"\nserious = \"as-promised\""));
    assert_eq!(due_of(&as_promised, &serious), "2026-11-19 08:15:00", "unless the policy does not want it");
    // It becomes serious while it waits: from then on the watch counts, and not what has passed.
    let turned = [(evening, "customer"), ("2026-11-18 21:00:00+01:00", "severity=critical")];
    assert_eq!(due_of(&watched, &turned), "2026-11-18 20:15:00");
    assert!(clocks(&watched, &turned, turned[1].0).serious);
    let calmed = [serious[0], serious[1], ("2026-11-18 20:05:00+01:00", "severity=normal")];
    assert_eq!(due_of(&watched, &calmed), "2026-11-19 08:10:00", "five minutes have run");
}

#[test]
fn nobody_on_call_is_found_when_the_policy_is_checked() {
    let codes = |text: &str| {
        policy(text).warnings().iter().map(|warning| warning.code().to_owned()).collect::<Vec<_>>()
    };
    assert!(codes(WATCHED).is_empty());
    assert_eq!(codes(&WATCHED.replace("rota = \"watch\"\n", "")), ["no-cover"]);
}

const LADDER: &str = r#"
[sla.escalation.unanswered]
metric = "first-response"
levels = [
    { at = "80%", notify = { role = "agent" } },
    { at = "due", notify = { rota = "watch", person = "Lise" } },
    { at = "due+30m", notify = { role = "manager" }, remind = { every = "1h", at_most = 3 } },
]
[sla.escalation.serious]
when = { severity = ["high", "critical"] }
levels = [{ at = "0%", notify = { role = "manager" } }]
"#;

fn ladder(policy: &Policy, steps: &[(&str, &str)], now: &str) -> Vec<String> {
    let told = |escalation: &Escalation| {
        let names: Vec<String> = escalation
            .notify
            .iter()
            .map(|recipient| match recipient {
                Recipient::Role(name) | Recipient::Person(name) => name.to_string(),
                Recipient::Rota { on_call, .. } => on_call.join("+"),
                other => panic!("{other:?}"),
            })
            .collect();
        let reminder = escalation.reminder.map_or(String::new(), |count| format!(" again {count}"));
        let passed = escalation.passed_on_to.map_or(String::new(), |level| format!(" for {level}"));
        let due = if escalation.due { "!" } else { "" };
        format!(
            "{}{due} {}{reminder}{passed}: {}",
            escalation.level,
            text(Some(escalation.at)),
            names.join(", ")
        )
    };
    clocks(policy, steps, now).escalations.iter().map(told).collect()
}

#[test]
fn a_ladder_is_climbed_in_the_clocks_own_time() {
    let policy = policy(&format!("{WATCHED}{LADDER}"));
    let asked = [("2026-11-18 16:50:00+01:00", "customer")];
    // Ten minutes are left of the day.
    assert_eq!(
        ladder(&policy, &asked, "2026-11-18 16:50:00+01:00"),
        [
            "1 2026-11-19 08:02:00: agent",
            "2 2026-11-19 08:05:00: Lise, ola",
            "3 2026-11-19 08:35:00: manager",
            "3 2026-11-19 09:35:00 again 1: manager",
        ]
    );
    // Two hours later, nobody having answered.
    assert_eq!(
        ladder(&policy, &asked, "2026-11-19 11:00:00+01:00"),
        [
            "1! 2026-11-19 08:02:00: agent",
            "2! 2026-11-19 08:05:00: Lise, ola",
            "3! 2026-11-19 08:35:00: manager",
            "3! 2026-11-19 09:35:00 again 1: manager",
            "3 2026-11-19 10:35:00 again 2: manager",
        ]
    );
    let answered = [asked[0], ("2026-11-19 10:00:00+01:00", "agent")];
    assert!(ladder(&policy, &answered, "2026-11-19 11:00:00+01:00").is_empty(), "it has ended");
    let next = clocks(&policy, &asked, "2026-11-19 09:03:00+01:00").next_change;
    assert_eq!(text(next), "2026-11-19 08:05:00", "the next level is the next change");
}

#[test]
fn reminders_wait_for_the_opening() {
    let around_the_clock = WATCHED.replace("duration = \"15m\"", "duration = \"15m\"\ntime = \"calendar\"");
    let policy = policy(&format!("{around_the_clock}{LADDER}"));
    let asked = [("2026-11-18 14:00:00+01:00", "customer")];
    // Levels come as they are due; 15:45 and 16:45 are in the office's time, 17:45 is not.
    assert_eq!(
        ladder(&policy, &asked, "2026-11-19 07:00:00+01:00")[2..],
        [
            "3! 2026-11-18 13:45:00: manager",
            "3! 2026-11-18 14:45:00 again 1: manager",
            "3! 2026-11-18 15:45:00 again 2: manager",
            "3 2026-11-19 08:00:00 again 3: manager",
        ]
    );
    let evening = [("2026-11-18 20:00:00+01:00", "customer")];
    // All three would wait for nine o'clock: one is enough.
    assert_eq!(
        ladder(&policy, &evening, "2026-11-19 12:00:00+01:00")[2..],
        ["3! 2026-11-18 19:45:00: manager", "3! 2026-11-19 08:00:00 again 1: manager",]
    );
}

#[test]
fn reminders_of_a_serious_case_do_not_wait_while_somebody_is_on_call() {
    let around_the_clock = WATCHED.replace("duration = \"15m\"", "duration = \"15m\"\ntime = \"calendar\"");
    for text in [around_the_clock.as_str(), WATCHED] {
        let policy = policy(&format!("{text}{LADDER}"));
        let evening = "2026-11-18 20:00:00+01:00";
        let steps = [(evening, "severity=high"), (evening, "customer")];
        let told = ladder(&policy, &steps, "2026-11-18 22:00:00+01:00");
        assert_eq!(
            told[3..],
            [
                "3! 2026-11-18 19:45:00: manager",
                "3! 2026-11-18 20:45:00 again 1: manager",
                "3 2026-11-18 21:45:00 again 2: manager",
            ]
        );
    }
}

#[test]
fn an_empty_level_goes_on_to_the_next() {
    let levels = "[sla.escalation.gap]\nlevels = [{ at = '50%', notify = {} }, { at = 'due', notify = { rota = 'weekend' } }, { at = 'due+1h', notify = { role = 'manager' } }]\n\
                  [rotas.weekend]\ntime_zone = 'Europe/Oslo'\nbeside = 'office'\nlayers = [{ people = ['nina'], start = 2026-01-05, every = '1w', hours = { sat = ['00:00-24:00'], sun = ['00:00-24:00'] } }]\n";
    let text = WATCHED.replace("duration = \"15m\"", "duration = \"15m\"\ntime = \"calendar\"");
    let policy = policy(&format!("{text}{levels}"));
    let wednesday = "2026-11-18 12:00:00+01:00";
    assert_eq!(
        ladder(&policy, &[(wednesday, "customer")], wednesday),
        [
            "1 2026-11-18 11:07:30 for 3: manager",
            "2 2026-11-18 11:15:00 for 3: manager",
            "3 2026-11-18 12:15:00: manager",
        ]
    );
    let saturday = "2026-11-21 12:00:00+01:00";
    assert_eq!(ladder(&policy, &[(saturday, "customer")], saturday)[0], "1 2026-11-21 11:07:30 for 2: nina");
}

#[test]
fn a_rota_with_a_gap_at_the_end_of_a_ladder_is_said() {
    let levels = "[sla.escalation.gap]\nlevels = [{ at = 'due', notify = { rota = 'weekend' } }]\n\
                  [rotas.weekend]\ntime_zone = 'Europe/Oslo'\nbeside = 'office'\nlayers = [{ people = ['nina'], start = 2026-01-05, every = '1w', hours = { sat = ['00:00-24:00'] } }]\n";
    let policy = policy(&format!("{WATCHED}{levels}"));
    let wednesday = "2026-11-18 12:00:00+01:00";
    let clocks = clocks(&policy, &[(wednesday, "customer")], wednesday);
    assert!(clocks.escalations[0].notify.is_empty());
    assert_eq!(clocks.warnings[0].code(), "nobody-on-call");
}

#[test]
fn ladders_ask_for_what_is_known_of_the_case_now() {
    let policy = policy(&format!("{WATCHED}{LADDER}"));
    let noon = "2026-11-18 12:00:00+01:00";
    let steps = [(noon, "customer"), ("2026-11-18 12:05:00+01:00", "severity=critical")];
    assert_eq!(clocks(&policy, &steps, "2026-11-18 12:04:00+01:00").escalations.len(), 4);
    let serious = clocks(&policy, &steps, "2026-11-18 12:05:00+01:00");
    assert_eq!(&*serious.escalations[0].ladder, "serious");
    assert!(serious.escalations[0].due);
}

#[test]
fn windows_of_the_platform_are_deadlines_too() {
    let policy = Policy::builtin();
    let windows = |case: &Case, now: &str| -> Vec<(String, String, bool)> {
        let clocks = policy.clocks(case, at(now)).unwrap();
        clocks
            .windows
            .iter()
            .map(|window| (window.sender.to_string(), text(Some(window.closes_at)), window.open))
            .collect()
    };
    let case = case_on("messenger", &[("2026-11-16 10:00:00", "customer"), ("2026-11-16 11:00:00", "agent")]);
    let row = |sender: &str, at: &str, open| (sender.to_owned(), at.to_owned(), open);
    assert_eq!(
        windows(&case, "2026-11-17 09:59:59"),
        [row("any", "2026-11-17 10:00:00", true), row("human", "2026-11-23 10:00:00", true)]
    );
    assert_eq!(
        windows(&case, "2026-11-17 10:00:00")[0],
        row("any", "2026-11-17 10:00:00", false),
        "open strictly before its end"
    );
    let clocks = policy.clocks(&case, at("2026-11-17 09:00:00")).unwrap();
    assert_eq!(text(clocks.next_change), "2026-11-17 10:00:00");
    let advert =
        case_on("messenger", &[("2026-11-16 09:00:00", "advert-click"), ("2026-11-16 10:00:00", "customer")]);
    assert_eq!(
        windows(&advert, "2026-11-17 10:00:00")[1],
        row("any", "2026-11-23 09:00:00", true),
        "a week after the advert"
    );
    assert!(windows(&Case::new("messenger"), "2026-11-17 10:00:00").is_empty(), "nobody has written");
    let future = case_on("messenger", &[("2026-11-18 10:00:00", "customer")]);
    assert!(windows(&future, "2026-11-17 10:00:00").is_empty(), "what is to come opens nothing");
}

#[test]
fn one_private_reply_to_a_comment() {
    let policy = Policy::builtin();
    let mut case = case_on("facebook", &[("2026-11-16 10:00:00", "customer")]);
    let window = |case: &Case, now: &str| policy.clocks(case, at(now)).unwrap().windows[0].clone();
    let open = window(&case, "2026-11-17 10:00:00");
    assert_eq!((&*open.channel, open.open, open.messages_left), ("messenger", true, Some(1)));
    assert_eq!(text(Some(open.closes_at)), "2026-11-23 10:00:00");
    assert!(!window(&case, "2026-11-23 10:00:00").open);
    let mut reply = Message::agent("Hi").at(at("2026-11-16 11:00:00"));
    case.messages.push(reply.clone());
    assert!(window(&case, "2026-11-17 10:00:00").open, "a public reply uses none");
    reply.visibility = Some(Visibility::Private);
    case.messages.push(reply);
    let used = window(&case, "2026-11-17 10:00:00");
    assert_eq!((used.open, used.messages_left), (false, Some(0)));
}

#[test]
fn wishes_that_contradict_each_other_are_found() {
    let target = |id: &str, metric: &str, duration: &str, when: &str| {
        format!(
            "[sla.targets.{id}]\nmetric = '{metric}'\nduration = '{duration}'\ntime = 'calendar'\n{when}\n"
        )
    };
    let codes = |targets: &[String]| {
        let text = format!("svar = 1\nname = 'a'\nextends = ['svar:channels']\n{}", targets.concat());
        policy(&text)
            .warnings()
            .iter()
            .map(|warning| format!("{} {}", warning.code(), warning.message()))
            .collect::<Vec<_>>()
    };
    let first = |id: &str, duration: &str, when: &str| target(id, "first-response", duration, when);
    assert!(codes(&[first("a", "1h", ""), target("b", "resolution", "1d", "")]).is_empty());
    let order = codes(&[first("a", "20h", ""), target("b", "resolution", "1h", "")]);
    assert_eq!(
        order,
        [
            "target-order the target `a` promises 20h, and `b` promises 1h: a case would have to be solved before it is answered"
        ]
    );
    let mail = codes(&[first("social", "20h", ""), first("mail", "5h", "when = { channel = 'email' }")]);
    assert!(mail.len() == 1 && mail[0].contains("faster answers in social media"), "{mail:?}");
    let complaint = codes(&[first("a", "15m", ""), first("b", "1h", "when = { intent = 'complaint' }")]);
    assert!(complaint.len() == 1 && complaint[0].contains("complaint should not wait"), "{complaint:?}");
    let urgent = codes(&[first("a", "15m", ""), first("b", "1h", "when = { priority = 'high' }")]);
    assert!(!urgent.is_empty() && urgent[0].contains("more urgent"), "{urgent:?}");
    let slow = codes(&[first("a", "2d", "")]);
    assert!(slow.len() == 1 && slow[0].starts_with("target-slow"), "{slow:?}");
    assert!(codes(&[first("a", "2d", "when = { channel = 'email' }")]).is_empty(), "mail may take longer");
}

#[test]
fn misspelt_names_are_found() {
    let errors = |text: &str| Policy::from_toml(text).unwrap_err().render();
    let wrong = errors(&WATCHED.replace("calendar = \"office\"", "calendar = \"offcie\""));
    assert!(
        wrong.contains("`offcie` is not known for `calendar`") && wrong.contains("did you mean `office`?"),
        "{wrong}"
    );
    let wrong = errors(&WATCHED.replace("rota = \"watch\"", "rota = \"wach\""));
    assert!(wrong.contains("did you mean `watch`?"), "{wrong}");
    let wrong = errors(&WATCHED.replace("first-response", "first-respons"));
    assert!(wrong.contains("did you mean `first-response`?"), "{wrong}");
    let wrong = errors(&format!("{WATCHED}preset = 'strictt'\n[sla.presets.strict]\nduration = '15m'\n"));
    assert!(wrong.contains("did you mean `strict`?"), "{wrong}");
    for duration in ["'0m'", "'15 minutes'", "-5", "0", "'99999999d'", "1.5"] {
        let wrong = errors(&WATCHED.replace("\"15m\"", duration));
        assert!(wrong.contains("duration"), "{wrong}");
    }
}

#[test]
fn a_day_is_twenty_four_hours_of_the_targets_own_time() {
    let policy = office(WEEKDAYS_8_18, "1d", "30d", "");
    let monday = "2026-11-16 07:00:00";
    assert_eq!(due(&clocks(&policy, &[(monday, "customer")], monday), FRT), "2026-11-18 11:00:00");
    let seconds = office(WEEKDAYS_8_18, "90s", "30d", "");
    assert_eq!(seconds.targets()[0].duration(), TimeDelta::seconds(90));
}
