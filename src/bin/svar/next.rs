//! `svar next`

use clap::Args;
use svar::playbook::{Next, Step};
use svar::request::{NextRequest, to_json};
use svar::source::Diagnostics;
use svar::{Case, Scratch};

use crate::args::{CaseArgs, RequestArgs, Told};
use crate::load;
use crate::outcome::{Failure, Outcome};
use crate::paint::{BOLD, DIM, GOOD, paint};
use crate::stream::{self, Line, Lines};

#[derive(Args)]
pub(crate) struct NextStep {
    #[command(flatten)]
    requests: RequestArgs,
    /// Look at this message of a customer instead of files
    #[arg(long, group = "given", conflicts_with_all = ["files", "jsonl"])]
    customer: Option<String>,
    #[command(flatten)]
    case: CaseArgs,
}

impl NextStep {
    pub(crate) fn requests(&self) -> &RequestArgs {
        &self.requests
    }
}

pub(crate) fn run(command: &NextStep) -> Result<Outcome, Failure> {
    let policy = load::policy(&command.requests.policy)?;
    let mut scratch = Scratch::default();
    if let Some(text) = &command.customer {
        let case = command.case.case(Some(text));
        let next = policy.next(&case, command.case.now).map_err(Diagnostics::from)?;
        match command.requests.output.told() {
            Told::Text => print(&case.as_of(command.case.now), &next, None),
            _ => outln!("{}", to_json(&next)),
        }
        return Ok(Outcome::Pass);
    }
    let lines = Lines::of(&command.requests.files);
    if command.requests.output.told() == Told::Json {
        return lines.run(|line| {
            svar::request::next(&policy, line, &mut scratch).map(|answer| (answer, Outcome::Pass))
        });
    }
    stream::shown(lines.show(|line| {
        let request = NextRequest::from_json(line.text())?;
        let next = policy.next(&request.case, request.now)?;
        print(&request.case.as_of(request.now), &next, Some(line));
        Ok(Outcome::Pass)
    })?)
}

/// What to do, how, why, and what is behind and ahead.
fn print(case: &Case, next: &Next, line: Option<&Line<'_>>) {
    let playbook = next.playbook.as_ref().map_or("no playbook", |id| id.as_str());
    let guessed = if next.guessed { " (by what was heard)" } else { "" };
    let place = line.map(|line| line.heading(case.id.as_deref()) + "  ").unwrap_or_default();
    outln!("{place}{}", paint(DIM, format!("{} · {playbook}{guessed}", case.channel)));
    if let Some(message) = case.last_customer_message() {
        outln!("  {}", paint(DIM, message.text.replace('\n', "\n  ")));
    }
    match &next.step {
        Some(step) => print_step(next, step),
        None => outln!("  → {}", paint(BOLD, "nothing is due")),
    }
    row("done", list(&next.done));
    row("skipped", list(&next.skipped));
    row("not needed", list(&next.not_needed));
    outln!("");
}

fn print_step(next: &Next, step: &Step) {
    outln!("  → {}  {}", paint(BOLD, format!("{}: {}", next.action, step.id)), step.title);
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
        outln!("{}  {}", paint(DIM, format!("{:>14}", "why")), paint(GOOD, why));
    }
}

fn row(name: &str, what: String) {
    if !what.is_empty() {
        outln!("{}  {what}", paint(DIM, format!("{name:>14}")));
    }
}

fn list(names: &[impl ToString]) -> String {
    names.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
