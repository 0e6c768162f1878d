//! `svar draft`

use svar::draft::{Draft, SlotValues};
use svar::policy::DraftOptions;
use svar::request::{self, DraftRequest, to_json};
use svar::source::Diagnostics;
use svar::{Case, Message, Policy, Scratch};

use crate::args::{self, Format};
use crate::paint::{BOLD, DIM, paint, severity};
use crate::{Failure, Outcome, load, stream};

pub(crate) fn run(command: &args::Draft) -> Result<Outcome, Failure> {
    let policy = load::policy(&command.requests.policy)?;
    let mut scratch = Scratch::default();
    if let Some(customer) = &command.customer {
        return Ok(one(&policy, &request_of(command, customer)?, command, &mut scratch));
    }
    if command.requests.output.jsonl || command.requests.output.format == Format::Json {
        return stream::run(&command.requests.files, |line| {
            request::draft(&policy, line, &mut scratch).map(|answer| (answer, Outcome::Pass))
        });
    }
    stream::shown(stream::show(&command.requests.files, |line| {
        Ok(one(&policy, &DraftRequest::from_json(line)?, command, &mut scratch))
    })?)
}

fn request_of(command: &args::Draft, customer: &str) -> Result<DraftRequest, Failure> {
    let mut case = Case::new(&*command.channel);
    case.messages.push(Message::customer(customer));
    case.language.clone_from(&command.language);
    case.customer.name.clone_from(&command.name);
    case.agent.name.clone_from(&command.agent);
    case.facts.intent.clone_from(&command.intent);
    let mut slots = SlotValues::new();
    for slot in &command.slots {
        let (name, value) = slot.split_once('=').ok_or_else(|| format!("`{slot}` is not NAME=VALUE"))?;
        slots.set(name, value);
    }
    let mut options = DraftOptions::default().seed(command.seed);
    options.acts = Some(command.acts.clone()).filter(|acts| !acts.is_empty());
    let mut request = DraftRequest::default();
    (request.case, request.slots, request.options, request.pair) = (case, slots, options, command.pair);
    Ok(request)
}

fn one(policy: &Policy, request: &DraftRequest, command: &args::Draft, scratch: &mut Scratch) -> Outcome {
    let drafts = if request.pair {
        let pair = policy.pair(&request.case, &request.slots, &request.options);
        pair.map(|pair| vec![pair.public, pair.private])
    } else {
        policy.draft_with(&request.case, &request.slots, &request.options, scratch).map(|draft| vec![draft])
    };
    match drafts {
        Ok(drafts) => {
            for draft in &drafts {
                match command.requests.output.format {
                    Format::Json => anstream::println!("{}", to_json(draft)),
                    Format::Text => print(draft, command.why),
                }
            }
            Outcome::Pass
        }
        Err(error) => {
            crate::paint::diagnostics(Diagnostics::from(error).iter());
            Outcome::Findings
        }
    }
}

fn print(draft: &Draft, why: bool) {
    anstream::println!("{}", draft.text);
    if !why {
        return;
    }
    let dim = |text: String| paint(DIM, text);
    let step = draft.step.as_deref().unwrap_or("the acts that were named");
    let playbook = draft.playbook.as_deref().map(|playbook| format!("{playbook}, ")).unwrap_or_default();
    anstream::println!("\n{} {playbook}{step}", paint(BOLD, "step"));
    let place = if draft.visibility == svar::Visibility::Public { "in public" } else { "in private" };
    anstream::println!("{} {} {place}, {}", paint(BOLD, "where"), draft.channel, draft.language);
    for used in &draft.templates {
        let at = used.location.as_ref().map(ToString::to_string).unwrap_or_default();
        anstream::println!("{:>20}  {}  {}", paint(BOLD, &used.act), used.template, dim(at));
    }
    for dropped in &draft.dropped {
        let act = dropped.act.as_ref().map(|act| format!(" of {act}")).unwrap_or_default();
        let slots =
            if dropped.slots.is_empty() { String::new() } else { format!(": {}", dropped.slots.join(", ")) };
        let line = format!("left out: {}{act} ({}{slots})", dropped.what.as_str(), dropped.why.as_str());
        anstream::println!("{}", dim(line));
    }
    for finding in &draft.report.findings {
        anstream::println!(
            "{} {}: {}",
            paint(severity(finding.severity), finding.severity),
            finding.rule,
            finding.message
        );
    }
}
