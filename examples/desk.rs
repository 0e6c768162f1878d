//! A care desk's worklist: of all conversations those in which something is to be done, the most urgent first, and what
//! it is.
//!
//! ```sh
//! cargo run --release --example desk -- examples/archive.jsonl 2026-11-21T16:00:00+01:00
//! ```
//!
//! A host would keep the conversations in its own store and ask again at `Clocks::next_change`.

#![allow(clippy::print_stdout, reason = "a program speaks to whoever runs it")]

use std::error::Error;
use std::{env, fs, io};

use svar::chrono::{DateTime, FixedOffset, Utc};
use svar::sla::surge::Level;
use svar::{Case, Policy};

/// What is to be done in one conversation.
struct Task {
    id: String,
    channel: String,
    step: String,
    /// What the next reply has to do.
    asks: Vec<String>,
    /// By when, where something was promised.
    due_at: Option<DateTime<Utc>>,
    late: bool,
    surge: Level,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let file = arguments.next().unwrap_or_else(|| "examples/archive.jsonl".to_owned());
    let now = arguments.next().unwrap_or_else(|| "2026-11-21T16:00:00+01:00".to_owned());
    let now =
        svar::time::parse_instant(&now).ok_or("the second argument is no instant as RFC 3339 writes it")?;
    let tasks = worklist(&Policy::builtin(), &fs::read_to_string(file)?, now)?;
    show(&tasks, &mut io::stdout().lock())?;
    Ok(())
}

/// Reads conversations, one a line, and sorts what is to be done.
fn worklist(policy: &Policy, lines: &str, now: DateTime<FixedOffset>) -> Result<Vec<Task>, Box<dyn Error>> {
    let mut tasks = Vec::new();
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        tasks.extend(task(policy, &Case::from_json(line)?, now)?);
    }
    tasks.sort_by_key(|task| (std::cmp::Reverse(task.surge), task.due_at.is_none(), task.due_at));
    Ok(tasks)
}

/// What is to be done in a conversation; nothing, where its playbook is through.
fn task(policy: &Policy, case: &Case, now: DateTime<FixedOffset>) -> Result<Option<Task>, Box<dyn Error>> {
    let next = policy.next(case, now)?;
    let Some(step) = next.step else { return Ok(None) };
    let clocks = policy.clocks(case, now)?.clocks;
    let due_at =
        clocks.iter().filter(|clock| clock.ended_at.is_none()).filter_map(|clock| clock.due_at).min();
    Ok(Some(Task {
        id: case.id.clone().unwrap_or_default(),
        channel: case.channel.clone(),
        step: step.id.to_string(),
        asks: step.asks.iter().map(ToString::to_string).collect(),
        due_at,
        late: due_at.is_some_and(|due| due < now),
        surge: policy.surge(case, now)?.level,
    }))
}

fn show(tasks: &[Task], out: &mut impl io::Write) -> io::Result<()> {
    for Task { id, channel, step, asks, due_at, late, surge } in tasks {
        let due = due_at.map_or_else(|| "–".to_owned(), |due| due.format("%F %R").to_string());
        let late = if *late { " (late)" } else { "" };
        writeln!(out, "{id:<8} {channel:<16} {due}{late:<7}  {surge:<8} {step}: {}", asks.join(", "))?;
    }
    writeln!(out, "{} to be done", tasks.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_late_comes_first_and_what_is_answered_not_at_all() {
        let now = DateTime::parse_from_rfc3339("2026-11-21T16:00:00+01:00").unwrap();
        let tasks = worklist(&Policy::builtin(), include_str!("archive.jsonl"), now).unwrap();
        let ids: Vec<&str> = tasks.iter().map(|task| &*task.id).collect();
        assert_eq!(ids.first(), Some(&"fb-3"), "{ids:?}");
        assert!(!ids.contains(&"fb-1") && !ids.contains(&"ms-2"), "{ids:?}");
        assert!(tasks.iter().zip(tasks.iter().skip(1)).all(|(one, next)| one.late || !next.late));

        let [complaint, spam] = ["fb-3", "fb-5"].map(|id| tasks.iter().find(|task| task.id == id).unwrap());
        assert!(complaint.late && complaint.asks.iter().any(|act| act == "apology"));
        assert_eq!((&*spam.step, &*spam.asks), ("remove", &[][..]));
    }

    #[test]
    fn what_spreads_comes_before_what_is_due() {
        let line = |id: &str, reactions: u64| {
            format!(
                "{{\"id\": \"{id}\", \"channel\": \"facebook\", \"language\": \"en\", \"facts\": {{\"reactions\": {reactions}}}, \"messages\": \
                 [{{\"from\": \"customer\", \"at\": \"2026-11-21T15:00:00+01:00\", \"text\": \"Nothing works!\"}}]}}\n"
            )
        };
        let now = DateTime::parse_from_rfc3339("2026-11-21T16:00:00+01:00").unwrap();
        let tasks = worklist(&Policy::builtin(), &(line("calm", 2) + &line("storm", 30_000)), now).unwrap();
        assert_eq!(tasks.iter().map(|task| &*task.id).collect::<Vec<_>>(), ["storm", "calm"]);
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        let now = DateTime::parse_from_rfc3339("2026-11-21T16:00:00+01:00").unwrap();
        assert!(worklist(&Policy::builtin(), "{\"channel\": \"facebok\"}", now).is_err());
    }
}
