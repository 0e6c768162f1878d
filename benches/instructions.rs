//! How many instructions a call takes, and how many branches are guessed wrongly, counted by callgrind: the same on a
//! busy machine as on an idle one.
//!
//! `cargo bench --bench instructions [NAME]` prints one line a case, the instructions and the wrong guesses of a call;
//! it needs `valgrind`. Its guesses are those of a simple processor, and what a count does not show are cache misses:
//! for the ratio to a peer the times of the other benchmarks count.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a benchmark prints, and stops at what it did not expect"
)]

mod common;
#[path = "common/hours.rs"]
mod hours;

use std::env;
use std::hint::black_box;
use std::process::{Command, ExitCode};

use aho_corasick::AhoCorasick;
use chrono::TimeDelta;
use common::varied::varied;
use common::{
    REPLIES, busy_case, case, case_with_message, common_phrases, draft_cases, draft_options, long_text,
    office, phrases, policy_that_forbids, policy_with, policy_with_rules,
};
use jiff::SignedDuration;
use svar::draft::SlotValues;
use svar::time::Calendar;
use svar::{Case, Policy, Scratch};
use workclock::Schedule;

/// The variable by which the program tells itself which case to run.
const CASE: &str = "SVAR_BENCH_CASE";

/// Every case by its name, and for how many calls it stands.
const CASES: [(&str, fn()); 28] = [
    ("validate/builtin", || replies(&Policy::builtin())),
    ("validate/100", || replies(&policy_with(100))),
    ("validate/1000", || replies(&policy_with(1_000))),
    ("validate/10000", || replies(&policy_with(10_000))),
    ("validate/common", || replies(&policy_that_forbids(&common_phrases(10_000)))),
    ("validate/customer", || conversations(&Policy::builtin())),
    ("validate/varied", || judge(&Policy::builtin(), &varied())),
    ("rules/100", || replies(&policy_with_rules(100))),
    ("rules/1000", || replies(&policy_with_rules(1_000))),
    ("draft/builtin", || drafts(&Policy::builtin())),
    ("draft/validated", || drafted(&Policy::builtin())),
    ("text/3kB", || text(10)),
    ("text/30kB", || text(100)),
    ("aho-corasick/100", || automaton(&phrases(100))),
    ("aho-corasick/1000", || automaton(&phrases(1_000))),
    ("aho-corasick/10000", || automaton(&phrases(10_000))),
    ("aho-corasick/common", || automaton(&common_phrases(10_000))),
    ("calendar/add", || add_8_hours(&hours::ours())),
    ("calendar/week", || between(&hours::ours(), 7)),
    ("calendar/decade", || between(&hours::ours(), 3650)),
    ("workclock/add", || workclock_add(&hours::theirs())),
    ("workclock/week", || workclock_between(&hours::theirs(), 7)),
    ("workclock/decade", || workclock_between(&hours::theirs(), 3650)),
    ("clocks/10", || clocks(10)),
    ("clocks/100", || clocks(100)),
    ("clocks/1000", || clocks(1_000)),
    ("load/builtin", || measured(1, &mut || drop(black_box(Policy::builtin())))),
    ("load/first-use", first_use),
];

fn main() -> ExitCode {
    if let Ok(name) = env::var(CASE) {
        CASES.iter().filter(|(case, _)| *case == name).for_each(|(_, run)| run());
        return ExitCode::SUCCESS;
    }
    let wanted = env::args().skip(1).find(|argument| !argument.starts_with('-')).unwrap_or_default();
    for (name, _) in CASES.iter().filter(|(name, _)| name.contains(&wanted)) {
        match count(name) {
            Ok(Counted { instructions, wrong_guesses, calls }) => {
                println!("{name:<20} {:>12} {:>8}", instructions / calls, wrong_guesses / calls);
            }
            Err(why) => {
                eprintln!("{name}: {why}");
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}

/// What was counted inside [`measured`], and for how many calls.
struct Counted {
    instructions: u64,
    wrong_guesses: u64,
    calls: u64,
}

/// Runs one case under callgrind.
fn count(name: &str) -> Result<Counted, String> {
    let program = env::current_exe().map_err(|error| error.to_string())?;
    let profile = program.with_file_name(format!("callgrind.{}.out", name.replace('/', "-")));
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--branch-sim=yes", "--collect-atstart=no", "--toggle-collect=*measured*"])
        .arg(format!("--callgrind-out-file={}", profile.display()))
        .arg(program)
        .env(CASE, name)
        .output()
        .map_err(|error| format!("valgrind cannot be run: {error}"))?;
    let numbers = |text: &[u8], label: &str| {
        let text = String::from_utf8_lossy(text).into_owned();
        let line = text.lines().find_map(|line| line.split_once(label));
        let (_, line) = line.ok_or_else(|| format!("no `{label}` in the output: {text}"))?;
        let numbers: Result<Vec<u64>, _> = line.split_whitespace().map(str::parse).collect();
        numbers.map_err(|error| format!("{line}: {error}"))
    };
    // Instructions, then branches and wrong guesses: of conditions first, then of jumps to a place that is looked up.
    match (&*numbers(&output.stderr, "Collected :")?, &*numbers(&output.stdout, "calls:")?) {
        (&[instructions, _, conditions, _, jumps], &[calls]) => {
            Ok(Counted { instructions, wrong_guesses: conditions + jumps, calls })
        }
        (counted, _) => Err(format!("so many numbers were not expected: {counted:?}")),
    }
}

/// Runs once so that all memory is there, then once more, counted.
#[inline(never)]
fn measured(calls: usize, run: &mut dyn FnMut()) {
    println!("calls: {calls}");
    run();
}

fn warmed_up(calls: usize, mut run: impl FnMut()) {
    run();
    measured(calls, &mut run);
}

fn judge(policy: &Policy, cases: &[(Case, impl AsRef<str>)]) {
    let mut scratch = Scratch::default();
    warmed_up(cases.len(), || {
        for (case, reply) in cases {
            let reply = black_box(reply.as_ref());
            black_box(policy.validate_with(black_box(case), reply, None, &mut scratch)).ok();
        }
    });
}

fn replies(policy: &Policy) {
    judge(policy, &REPLIES.map(|(language, reply)| (case(language), reply)));
}

fn conversations(policy: &Policy) {
    judge(policy, &REPLIES.map(|(language, reply)| (case_with_message(language), reply)));
}

/// Loading, and the first reply of each language: whatever is put off until then counts, too.
fn first_use() {
    let cases = REPLIES.map(|(language, reply)| (case(language), reply));
    measured(1, &mut || {
        let policy = Policy::builtin();
        let mut scratch = Scratch::default();
        for (case, reply) in &cases {
            black_box(policy.validate_with(black_box(case), black_box(reply), None, &mut scratch)).ok();
        }
    });
}

fn drafts(policy: &Policy) {
    let (cases, slots, options) = (draft_cases(), SlotValues::new(), draft_options());
    let mut scratch = Scratch::default();
    warmed_up(cases.len(), || {
        for case in &cases {
            black_box(policy.draft_with(black_box(case), &slots, &options, &mut scratch)).ok();
        }
    });
}

/// A validation of each of the same texts.
fn drafted(policy: &Policy) {
    let options = draft_options();
    let text =
        |case: &Case| policy.draft(case, &SlotValues::new(), &options).expect("it can be answered").text;
    let cases: Vec<(Case, String)> =
        draft_cases().into_iter().map(|case| (case.clone(), text(&case))).collect();
    let cases: Vec<(Case, &str)> = cases.iter().map(|(case, text)| (case.clone(), text.as_str())).collect();
    judge(policy, &cases);
}

fn text(times: usize) {
    judge(&Policy::builtin(), &[(case("nb"), long_text(times).as_str())]);
}

fn clocks(messages: usize) {
    let (policy, case) = (office(), busy_case(messages));
    let now = case.messages.last().and_then(|message| message.at).expect("it has messages");
    warmed_up(1, || {
        black_box(policy.clocks(black_box(&case), now)).ok();
    });
}

fn automaton(phrases: &[String]) {
    let automaton = AhoCorasick::new(phrases).expect("it fits");
    warmed_up(REPLIES.len(), || {
        for (_, reply) in REPLIES {
            black_box(automaton.find_iter(black_box(reply)).count());
        }
    });
}

fn add_8_hours(calendar: &Calendar) {
    let starts = hours::starts();
    warmed_up(starts.len(), || {
        for at in black_box(&starts) {
            black_box(calendar.add(*at, TimeDelta::hours(8))).ok();
        }
    });
}

fn between(calendar: &Calendar, days: i64) {
    let starts = hours::starts().map(|at| (at, at + TimeDelta::days(days)));
    warmed_up(starts.len(), || {
        for (from, to) in black_box(&starts) {
            black_box(calendar.between(*from, *to)).ok();
        }
    });
}

fn workclock_add(schedule: &Schedule) {
    let starts = hours::their_starts();
    warmed_up(starts.len(), || {
        for at in black_box(&starts) {
            black_box(schedule.add(*at, SignedDuration::from_hours(8))).ok();
        }
    });
}

fn workclock_between(schedule: &Schedule, days: i64) {
    let starts = hours::their_starts().map(|at| (at, at + SignedDuration::from_hours(24 * days)));
    warmed_up(starts.len(), || {
        for (from, to) in black_box(&starts) {
            black_box(schedule.between(*from, *to));
        }
    });
}
