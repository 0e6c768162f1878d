//! `svar clock`

use chrono::{DateTime, FixedOffset, TimeDelta, Utc};
use clap::Args;
use svar::Policy;
use svar::case::Case;
use svar::request::{ClockRequest, case_json};
use svar::sla::clock::{Clock as Clocked, Clocks, Recipient, State};
use svar::source::{Diagnostics, Severity};

use crate::args::{Quiet, RequestArgs, Told};
use crate::load;
use crate::outcome::{Failure, Outcome};
use crate::paint::{BOLD, DIM, GOOD, paint, severity};
use crate::stream::{self, Lines};

#[derive(Args)]
pub(crate) struct Clock {
    #[command(flatten)]
    requests: RequestArgs,
    #[command(flatten)]
    quiet: Quiet,
}

impl Clock {
    pub(crate) fn requests(&self) -> &RequestArgs {
        &self.requests
    }
}

/// The length of a bar, in characters.
const BAR: usize = 24;
/// So many steps of a conversation are printed; of longer ones the beginning and the end.
const STEPS: usize = 24;
/// The longest piece of a message that is printed, in characters.
const PIECE: usize = 60;

pub(crate) fn run(command: &Clock) -> Result<Outcome, Failure> {
    let policy = load::policy(&command.requests.policy)?;
    let lines = Lines::of(&command.requests.files);
    if command.requests.output.told() == Told::Json {
        return lines.run(|line| {
            let (request, clocks) = tell(&policy, line)?;
            Ok((case_json(&request.case, &clocks), outcome(&clocks)))
        });
    }
    stream::shown(lines.show(|line| {
        let (request, clocks) = tell(&policy, line.text())?;
        let outcome = outcome(&clocks);
        if !command.quiet.quiet || outcome == Outcome::Findings {
            print(&policy, &request, &clocks, &line.heading(request.case.id.as_deref()));
        }
        Ok(outcome)
    })?)
}

fn tell(policy: &Policy, line: &str) -> Result<(ClockRequest, Clocks), Diagnostics> {
    let request = ClockRequest::from_json(line)?;
    let clocks = policy.clocks(&request.case, request.now);
    let clocks = clocks.map_err(|error| Diagnostics::from(error).about(request.case.id.as_deref()))?;
    Ok((request, clocks))
}

/// A broken promise is what there is to find.
fn outcome(clocks: &Clocks) -> Outcome {
    let breached = clocks.clocks.iter().any(|clock| clock.state == State::Breached);
    if breached || !clocks.missed.is_empty() { Outcome::Findings } else { Outcome::Pass }
}

/// Writes instants as they are on the clocks of whoever asks.
struct Wall {
    offset: FixedOffset,
}

impl Wall {
    fn write(&self, at: DateTime<impl chrono::TimeZone>) -> String {
        at.with_timezone(&self.offset).format("%Y-%m-%d %H:%M:%S").to_string()
    }
}

/// The conversation, step by step, and beneath it each clock with a bar of what has run.
fn print(policy: &Policy, request: &ClockRequest, clocks: &Clocks, place: &str) {
    let wall = Wall { offset: *request.now.offset() };
    let case = &request.case;
    let heading = [Some(case.channel.as_str()), case.facts.intent.as_deref(), case.language.as_deref()];
    let heading: Vec<&str> = heading.into_iter().flatten().collect();
    let serious = if clocks.serious { paint(severity(Severity::Error), "  serious") } else { String::new() };
    outln!("{place}  {}{serious}", paint(BOLD, heading.join(" · ")));
    let steps = steps(case, request.now);
    let hidden = steps.len().saturating_sub(STEPS);
    for (number, (at, what)) in steps.iter().enumerate() {
        if hidden > 0 && number == STEPS / 2 {
            outln!("  {}", paint(DIM, format!("… {hidden} more")));
        }
        if hidden == 0 || number < STEPS / 2 || number >= STEPS / 2 + hidden {
            outln!("  {}  {what}", paint(DIM, wall.write(*at)));
        }
    }
    outln!("  {}  {}", paint(DIM, wall.write(request.now)), paint(BOLD, "now"));
    for clock in &clocks.missed {
        print_clock(clock, &wall, "before: ");
    }
    for clock in &clocks.clocks {
        print_clock(clock, &wall, "");
    }
    for escalation in &clocks.escalations {
        let told: Vec<String> = escalation.notify.iter().map(recipient).collect();
        let told = if told.is_empty() { "nobody".to_owned() } else { told.join(", ") };
        let style = if escalation.due { severity(Severity::Warning) } else { DIM };
        let what = match escalation.reminder {
            Some(number) => format!("{} level {} (reminder {number})", escalation.ladder, escalation.level),
            None => format!("{} level {}", escalation.ladder, escalation.level),
        };
        let line = format!("  {}  {what}: tell {told}", wall.write(escalation.at));
        outln!("{}", paint(style, line));
    }
    for window in &clocks.windows {
        let state = if window.open { "open until" } else { "closed since" };
        let line =
            format!("{} ({}): {state} {}", window.channel, window.sender, wall.write(window.closes_at));
        outln!("  {}", paint(DIM, line));
    }
    if let Some(at) = clocks.next_change {
        outln!("  {}", paint(DIM, format!("look again at {}", wall.write(at))));
    }
    for warning in &clocks.warnings {
        outln!("  {}: {}", paint(severity(Severity::Warning), "warning"), warning.message());
    }
    outln!("  {}", paint(DIM, format!("by {} {}", policy.name(), policy.version()).trim_end()));
    outln!("");
}

fn print_clock(clock: &Clocked, wall: &Wall, prefix: &str) {
    let full = (clock.used.clamp(0.0, 1.0) * BAR as f64) as usize;
    let bar = format!("{}{}", "█".repeat(full), "░".repeat(BAR - full));
    let style = match clock.state {
        State::Breached => severity(Severity::Error),
        State::Running if clock.at_risk => severity(Severity::Warning),
        State::Met => GOOD,
        _ => severity(Severity::Advice),
    };
    let left = clock.remaining_seconds;
    let left = if left < TimeDelta::zero() {
        format!("{} over", spoken(-left))
    } else {
        format!("{} left", spoken(left))
    };
    let due = match clock.due_at {
        Some(due) => format!("due {}", wall.write(due)),
        None => "not counting".to_owned(),
    };
    let waits =
        clock.next_opening.filter(|opening| clock.state == State::Running && Some(*opening) != clock.due_at);
    let waits = waits.map_or(String::new(), |opening| format!(" (the team is back {})", wall.write(opening)));
    outln!(
        "  {} {} {:>4.0} %  {prefix}{} {}: {due}{waits}, {left} of {}",
        paint(style, bar),
        paint(style, format!("{:>8}", clock.state.as_str())),
        clock.used * 100.0,
        paint(BOLD, clock.metric),
        paint(DIM, format!("[{}]", clock.target)),
        spoken(clock.promised_seconds),
    );
}

/// `1 h 5 min`, as people say it.
fn spoken(time: TimeDelta) -> String {
    let parts = [(time.num_hours(), "h"), (time.num_minutes() % 60, "min"), (time.num_seconds() % 60, "s")];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(count, _)| *count != 0)
        .map(|(count, unit)| format!("{count} {unit}"))
        .collect();
    if parts.is_empty() { "nothing".to_owned() } else { parts.join(" ") }
}

fn recipient(recipient: &Recipient) -> String {
    match recipient {
        Recipient::Role(role) => role.to_string(),
        Recipient::Person(name) => name.to_string(),
        Recipient::Rota { id, on_call } => format!("{} (on call by {id})", on_call.join(", ")),
        _ => String::new(),
    }
}

/// What has happened, in the order of time.
fn steps(case: &Case, now: DateTime<FixedOffset>) -> Vec<(DateTime<Utc>, String)> {
    let messages = case.messages.iter().filter_map(|message| {
        let who = message.from;
        let piece: String = message.text.replace('\n', " ").chars().take(PIECE).collect();
        Some((message.at?.to_utc(), format!("{who:<9} {piece}")))
    });
    let events = case.events.iter().map(|event| {
        let value = event.value.as_deref().map(|value| format!(" = {value}")).unwrap_or_default();
        (event.at.to_utc(), paint(DIM, format!("{}{value}", event.kind)))
    });
    let mut steps: Vec<_> = messages.chain(events).filter(|(at, _)| *at <= now).collect();
    steps.sort_by_key(|(at, _)| *at);
    steps
}
