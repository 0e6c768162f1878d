//! `svar next`

use clap::Args;
use svar::playbook::{Next, Step};
use svar::request::{NextRequest, to_json};
use svar::source::Diagnostics;
use svar::{Case, Message, Scratch};

use crate::args::{Format, RequestArgs};
use crate::paint::{BOLD, DIM, GOOD, paint};
use crate::{Failure, Outcome, load, stream};

#[derive(Args)]
pub(crate) struct NextStep {
    #[command(flatten)]
    requests: RequestArgs,
    /// Look at this message of a customer instead of files
    #[arg(long, conflicts_with_all = ["files", "jsonl"])]
    customer: Option<String>,
    /// The channel of `--customer`
    #[arg(long, default_value = "facebook", requires = "customer")]
    channel: String,
    /// The language of `--customer`
    #[arg(long, requires = "customer")]
    language: Option<String>,
}

pub(crate) fn run(command: &NextStep) -> Result<Outcome, Failure> {
    let policy = load::policy(&command.requests.policy)?;
    let mut scratch = Scratch::default();
    if let Some(text) = &command.customer {
        let mut case = Case::new(command.channel.clone());
        case.language.clone_from(&command.language);
        case.messages.push(Message::customer(text));
        let next = policy.next(&case, None).map_err(Diagnostics::from)?;
        match command.requests.output.format {
            Format::Json => anstream::println!("{}", to_json(&next)),
            Format::Text => print(&case, &next),
        }
        return Ok(Outcome::Pass);
    }
    if command.requests.output.jsonl || command.requests.output.format == Format::Json {
        return stream::run(&command.requests.files, |line| {
            svar::request::next(&policy, line, &mut scratch).map(|answer| (answer, Outcome::Pass))
        });
    }
    stream::shown(stream::show(&command.requests.files, |line| {
        let request = NextRequest::from_json(line)?;
        print(&request.case, &policy.next(&request.case, request.now)?);
        Ok(Outcome::Pass)
    })?)
}

/// What to do, how, why, and what is behind and ahead.
fn print(case: &Case, next: &Next) {
    let playbook = next.playbook.as_ref().map_or("no playbook", |id| id.as_str());
    let guessed = if next.guessed { " (by what was heard)" } else { "" };
    anstream::println!("{}", paint(DIM, format!("{} · {playbook}{guessed}", case.channel)));
    if let Some(message) = case.last_customer_message() {
        anstream::println!("  {}", paint(DIM, message.text.replace('\n', "\n  ")));
    }
    match &next.step {
        Some(step) => print_step(next, step),
        None => anstream::println!("  → {}", paint(BOLD, "nothing is due")),
    }
    row("done", list(&next.done));
    row("skipped", list(&next.skipped));
    row("not needed", list(&next.not_needed));
    anstream::println!();
}

fn print_step(next: &Next, step: &Step) {
    anstream::println!("  → {}  {}", paint(BOLD, format!("{}: {}", next.action, step.id)), step.title);
    row("say", list(&step.asks));
    row("perhaps", list(&step.optional));
    row("not", list(&step.forbidden));
    row("where", format!("{:?}", step.visibility).to_lowercase());
    let who = step.role.iter().map(|role| role.to_string());
    let training = step.training.iter().map(|training| format!("trained for {training}"));
    row("who", who.chain(training).collect::<Vec<_>>().join(", "));
    let by = step.by.map(|at| format!(", due {at}")).unwrap_or_default();
    row("by when", step.clock.as_ref().map(|clock| format!("{clock}{by}")).unwrap_or_default());
    row("next opening", next.next_opening.map(|at| at.to_string()).unwrap_or_default());
    if let Some(remedy) = &next.remedy {
        let amount = remedy.amount.map(|amount| format!(", {amount}")).unwrap_or_default();
        let approval = remedy.approval.as_ref().map(|needed| match &needed.role {
            Some(role) => format!("; {role} must agree, the limit is {}", needed.limit),
            None => format!("; nobody may grant so much, the limit is {}", needed.limit),
        });
        row("remedy", format!("{}{amount}{}", remedy.title, approval.unwrap_or_default()));
    }
    row("closed by", step.closes_by.join("; or "));
    for why in &next.why {
        anstream::println!("{}  {}", paint(DIM, format!("{:>14}", "why")), paint(GOOD, why));
    }
}

fn row(name: &str, what: String) {
    if !what.is_empty() {
        anstream::println!("{}  {what}", paint(DIM, format!("{name:>14}")));
    }
}

fn list(names: &[impl ToString]) -> String {
    names.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
