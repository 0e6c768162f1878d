//! Laws of clocks, over random timelines.

use std::sync::OnceLock;

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use svar::case::{Author, Event, Level, Message};
use svar::sla::clock::{Clocks, Metric, State};
use svar::{Case, Policy};

use crate::growth;

const POLICY: &str = r#"
svar = 1
name = "laws"
extends = ["svar:channels"]
[calendars.office]
time_zone = "Europe/Oslo"
open = { mon = ["09:00-12:00", "13:00-17:00"], tue = ["09:00-17:00"], wed = ["22:00-24:00"], thu = ["00:00-06:00", "09:00-17:00"], fri = ["09:00-15:00"] }
[rotas.watch]
time_zone = "Europe/Oslo"
beside = "office"
layers = [{ people = ["kari", "ola"], start = 2026-01-05, every = "1w" }]
[sla]
calendar = "office"
rota = "watch"
[sla.targets.first]
metric = "first-response"
duration = "1h"
[sla.targets.first-high]
metric = "first-response"
when = { priority = ["high", "critical"] }
duration = "20m"
[sla.targets.next]
metric = "next-response"
duration = "2h"
when = { priority = ["normal", "high", "critical"] }
[sla.targets.solution]
metric = "resolution"
duration = "1d"
time = "calendar"
[sla.targets.update]
metric = "periodic-update"
duration = "3h"
pauses = ["pause", "hold"]
reopen = "new-cycle"
[sla.escalation.all]
levels = [
    { at = "50%", notify = { role = "agent" } },
    { at = "due", notify = { rota = "watch" }, remind = { every = "45m", at_most = 4 } },
]
"#;

fn policy() -> &'static Policy {
    static POLICY_: OnceLock<Policy> = OnceLock::new();
    POLICY_.get_or_init(|| super::policy(POLICY))
}

/// What happens, and how many seconds after the thing before.
#[derive(Clone, Copy, Debug)]
enum Step {
    Message(Author),
    Event(&'static str, Option<&'static str>),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => Just(Step::Message(Author::Customer)),
        3 => Just(Step::Message(Author::Agent)),
        1 => Just(Step::Message(Author::Bot)),
        1 => Just(Step::Event("pause", None)),
        1 => Just(Step::Event("hold", None)),
        2 => Just(Step::Event("resume", None)),
        1 => Just(Step::Event("resolve", None)),
        1 => Just(Step::Event("reopen", None)),
        1 => prop_oneof![Just("low"), Just("normal"), Just("high"), Just("critical")]
            .prop_map(|level| Step::Event("priority", Some(level))),
        1 => prop_oneof![Just("normal"), Just("high")].prop_map(|level| Step::Event("severity", Some(level))),
        1 => Just(Step::Event("fixed", None)),
        1 => Just(Step::Event("advert-click", None)),
    ]
}

/// A Monday morning.
fn monday() -> DateTime<Utc> {
    "2026-11-16T08:00:00Z".parse().unwrap()
}

fn case_of(steps: &[(i64, Step)]) -> (Case, DateTime<Utc>) {
    let mut case = Case::new("messenger");
    let mut at = monday();
    for (gap, step) in steps {
        at += TimeDelta::seconds(*gap);
        match *step {
            Step::Message(from) => case.messages.push(Message::new(from, "?").at(at.fixed_offset())),
            Step::Event(kind, value) => {
                let event = Event::new(kind, at.fixed_offset());
                case.events.push(match value {
                    Some(value) => event.with_value(value),
                    None => event,
                });
            }
        }
    }
    (case, at)
}

fn gap() -> impl Strategy<Value = i64> {
    prop_oneof![2 => Just(0i64), 4 => 1i64..1200, 3 => 1200i64..20_000, 1 => 20_000i64..200_000]
}

fn timeline() -> impl Strategy<Value = Vec<(i64, Step)>> {
    prop::collection::vec((gap(), step()), 0..24)
}

fn ask(case: &Case, now: DateTime<Utc>) -> Clocks {
    policy().clocks(case, now).unwrap()
}

/// Everything but what may be different although nothing is: the warnings.
fn without_warnings(mut clocks: Clocks) -> Clocks {
    clocks.warnings.clear();
    clocks
}

/// All that does not change from second to second.
fn summary(clocks: &Clocks) -> impl PartialEq + std::fmt::Debug + use<> {
    let states: Vec<_> =
        clocks.clocks.iter().map(|clock| (clock.metric, clock.state, clock.at_risk, clock.due_at)).collect();
    let due: Vec<_> = clocks
        .escalations
        .iter()
        .filter(|level| level.due)
        .map(|level| (level.ladder.clone(), level.level, level.reminder, level.metric))
        .collect();
    let open: Vec<_> = clocks.windows.iter().map(|window| window.open).collect();
    (states, due, open)
}

/// Histories in which each thing that happens could be made to cost as much as all that came before it.
#[test]
fn long_histories_are_folded_in_linear_time() {
    let many: i64 = 60_000;
    let at = |number: i64| (monday() + TimeDelta::seconds(number * 20)).fixed_offset();
    let question = Message::customer("?").at(at(0));
    let events: [&dyn Fn(i64) -> Event; 4] = [
        &|number| {
            Event::new("priority", at(number)).with_value(if number % 2 == 0 { "high" } else { "normal" })
        },
        &|number| Event::new(if number % 2 == 0 { "pause" } else { "resume" }, at(number)),
        &|number| Event::new("tag", at(number)).with_value(format!("tag {number}")),
        &|number| Event::new(if number % 2 == 0 { "resolve" } else { "reopen" }, at(number)),
    ];
    for event in events {
        let fold = |many: i64| {
            let mut case = Case::new("messenger");
            case.messages.push(question.clone());
            case.events = (1..many).map(event).collect();
            assert!(ask(&case, at(many).to_utc()).of(Metric::Resolution).is_some());
        };
        growth::is_linear(&event(1).kind, || fold(many / 8), || fold(many));
    }
    let author = |number: i64| if number % 2 == 0 { Author::Customer } else { Author::Agent };
    let talk = |many: i64| {
        let mut talk = Case::new("messenger");
        talk.messages = (0..many).map(|number| Message::new(author(number), "?").at(at(number))).collect();
        let clocks = ask(&talk, at(many).to_utc());
        assert_eq!(clocks.of(Metric::NextResponse).map(|clock| i64::from(clock.cycle)), Some(many / 2 - 1));
    };
    growth::is_linear("messages", || talk(many / 8), || talk(many));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_order_of_the_list_makes_no_difference(steps in timeline(), later in 0i64..100_000, turns in 0usize..24) {
        let (case, end) = case_of(&steps);
        let now = end + TimeDelta::seconds(later);
        let mut shuffled = case.clone();
        shuffled.messages.reverse();
        shuffled.events.reverse();
        let turn = turns % shuffled.messages.len().max(1);
        if !shuffled.messages.is_empty() {
            shuffled.messages.rotate_left(turn);
        }
        prop_assert_eq!(without_warnings(ask(&case, now)), without_warnings(ask(&shuffled, now)));
        prop_assert_eq!(&case.as_of(now).facts, &shuffled.as_of(now).facts);
    }

    #[test]
    fn the_clocks_know_of_a_case_what_every_other_question_knows(steps in timeline(), cut in 0usize..24) {
        let (case, _) = case_of(&steps);
        let (_, now) = case_of(steps.get(..cut).unwrap_or(&steps));
        let known = case.as_of(now);
        let severity = known.facts.severity;
        prop_assert_eq!(ask(&case, now).serious, severity >= Level::High);
        prop_assert_eq!(policy().surge(&case, now).unwrap().serious, severity >= Level::High);
        prop_assert_eq!(&*known, &*known.as_of(now));
    }

    #[test]
    fn what_is_listed_twice_changes_nothing(steps in timeline(), later in 0i64..100_000) {
        let (case, end) = case_of(&steps);
        let now = end + TimeDelta::seconds(later);
        let mut twice = case.clone();
        twice.messages.extend(case.messages.clone());
        twice.events.extend(case.events.clone());
        let (mut once, mut twice) = (without_warnings(ask(&case, now)), without_warnings(ask(&twice, now)));
        // Two messages of the company at one instant are two runs of the periodic update, the first of no length; and
        // of the private replies a platform allows two are used.
        for clocks in [&mut once, &mut twice] {
            clocks.clocks.iter_mut().filter(|clock| clock.metric == Metric::PeriodicUpdate).for_each(|clock| clock.cycle = 0);
            clocks.missed.iter_mut().filter(|clock| clock.metric == Metric::PeriodicUpdate).for_each(|clock| clock.cycle = 0);
            clocks.escalations.iter_mut().filter(|level| level.metric == Metric::PeriodicUpdate).for_each(|level| level.cycle = 0);
        }
        prop_assert_eq!(once, twice);
    }

    #[test]
    fn what_has_run_and_what_is_left_are_what_was_promised(steps in timeline(), later in 0i64..400_000) {
        let (case, end) = case_of(&steps);
        let clocks = ask(&case, end + TimeDelta::seconds(later));
        for clock in clocks.clocks.iter().chain(&clocks.missed) {
            prop_assert_eq!(clock.elapsed_seconds + clock.remaining_seconds, clock.promised_seconds);
            prop_assert!(clock.elapsed_seconds >= TimeDelta::zero());
            let ended = clock.ended_at.unwrap_or(clocks.now);
            prop_assert!(clock.elapsed_seconds <= ended - clock.started_at, "no more than has passed");
            let late = clock.due_at.is_some_and(|due| due < ended);
            prop_assert_eq!(clock.state == State::Breached, late);
            if let (Some(due), Some(opening)) = (clock.due_at, clock.next_opening) {
                prop_assert!(due <= opening);
            }
        }
        for clock in &clocks.missed {
            prop_assert_eq!(clock.state, State::Breached);
        }
    }

    #[test]
    fn time_alone_only_makes_things_worse(steps in timeline(), a in 0i64..400_000, b in 0i64..400_000) {
        let (case, end) = case_of(&steps);
        let early = ask(&case, end + TimeDelta::seconds(a.min(b)));
        let late = ask(&case, end + TimeDelta::seconds(a.max(b)));
        prop_assert_eq!(&early.missed, &late.missed);
        prop_assert_eq!(early.clocks.len(), late.clocks.len());
        for (early, late) in early.clocks.iter().zip(&late.clocks) {
            prop_assert!(early.elapsed_seconds <= late.elapsed_seconds);
            prop_assert_eq!(early.due_at, late.due_at);
            let allowed = early.state == late.state || (early.state, late.state) == (State::Running, State::Breached);
            prop_assert!(allowed, "{:?} {:?}", early, late);
            if early.state != State::Running && early.ended_at.is_some() {
                prop_assert_eq!(early, late);
            }
        }
    }

    #[test]
    fn nothing_changes_before_the_next_change_and_then_something_does(steps in timeline(), later in 0i64..400_000, part in 0.0f64..1.0) {
        let (case, end) = case_of(&steps);
        let now = end + TimeDelta::seconds(later);
        let clocks = ask(&case, now);
        let until = clocks.next_change.unwrap_or(now + TimeDelta::days(30));
        prop_assert!(until > now);
        let between = now + TimeDelta::seconds(((until - now).num_seconds() as f64 * part) as i64);
        let last = until - TimeDelta::seconds(1);
        for at in [between.min(last), last] {
            prop_assert_eq!(summary(&ask(&case, at)), summary(&clocks));
        }
        if clocks.next_change.is_some() {
            prop_assert_ne!(summary(&ask(&case, until)), summary(&clocks));
        }
    }

    #[test]
    fn what_lies_after_now_makes_no_difference(steps in timeline(), cut in 0usize..24) {
        let (case, _) = case_of(&steps);
        let cut = cut.min(steps.len());
        let (past, now) = case_of(&steps[..cut]);
        // Things that happen at the very instant count.
        prop_assume!(steps.get(cut).is_none_or(|(gap, _)| *gap > 0));
        prop_assert_eq!(without_warnings(ask(&case, now)), without_warnings(ask(&past, now)));
    }

    /// A second opinion: the solution clock, second by second.
    #[test]
    fn the_solution_clock_counts_every_second_that_is_open_and_not_paused(steps in timeline(), later in 0i64..5_000) {
        let (case, end) = case_of(&steps);
        let now = end + TimeDelta::seconds(later);
        let rank = |step: Step| match step {
            Step::Event("reopen", _) => 0,
            Step::Event("resume", _) => 1,
            Step::Message(Author::Customer) => 2,
            Step::Event("pause", _) => 3,
            Step::Event("resolve", _) => 4,
            _ => 5,
        };
        let mut at = monday();
        let mut moments: Vec<(DateTime<Utc>, i32, Step)> = Vec::new();
        for (gap, step) in &steps {
            at += TimeDelta::seconds(*gap);
            moments.push((at, rank(*step), *step));
        }
        moments.sort_by_key(|(at, rank, _)| (*at, *rank));
        let (mut asked, mut open, mut paused, mut spent, mut last) = (false, true, false, TimeDelta::zero(), monday());
        for (at, _, step) in moments.into_iter().chain([(now, 9, Step::Event("now", None))]) {
            if asked && open && !paused {
                spent += at - last;
            }
            last = at;
            match step {
                Step::Message(Author::Customer) => asked = true,
                Step::Event("pause", _) if open => paused = true,
                Step::Event("resume", _) if open => paused = false,
                Step::Event("resolve", _) if open => (open, paused) = (false, false),
                Step::Event("reopen", _) => open = true,
                _ => {}
            }
        }
        let clocks = ask(&case, now);
        let clock = clocks.of(Metric::Resolution);
        prop_assert_eq!(clock.map_or(TimeDelta::zero(), |clock| clock.elapsed_seconds), spent);
    }

    #[test]
    fn any_json_is_answered_or_refused(text in "\\PC{0,200}") {
        svar::request::clock(policy(), &text).ok();
    }

    #[test]
    fn any_instants_and_kinds_are_answered_or_refused(
        seconds in prop::collection::vec(prop_oneof![Just(i64::MAX / 1_000_000), -10_000_000_000i64..10_000_000_000], 0..6),
        kind in "[a-z-]{0,8}",
        value in "\\PC{0,8}",
    ) {
        let mut case = Case::new("facebook");
        for (number, second) in seconds.iter().enumerate() {
            let Some(at) = DateTime::from_timestamp(*second, 999_999_999) else { continue };
            if number % 2 == 0 {
                case.messages.push(Message::customer("?").at(at.fixed_offset()));
            }
            for kind in [kind.as_str(), "priority", "intent", "tag", "pause"] {
                case.events.push(Event::new(kind, at.fixed_offset()).with_value(value.clone()));
            }
        }
        policy().clocks(&case, DateTime::<Utc>::MAX_UTC).ok();
        policy().clocks(&case, DateTime::<Utc>::MIN_UTC).ok();
        policy().clocks(&case, monday()).ok();
    }
}
