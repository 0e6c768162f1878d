//! `svar draft`

use clap::Args;
use svar::draft::{Draft as Reply, Dropped, DroppedWhat, DroppedWhy, SlotValues};
use svar::lexicon::AddressForm;
use svar::policy::{DraftError, DraftOptions};
use svar::request::{self, DraftRequest, to_json};
use svar::source::Diagnostics;
use svar::{Policy, Scratch};

use crate::args::{CaseArgs, RequestArgs, Told, trimmed};
use crate::load;
use crate::outcome::{Failure, Outcome};
use crate::paint::{BOLD, DIM, diagnostics, paint, severity, told};
use crate::stream::{self, Lines};

#[derive(Args)]
pub(crate) struct Draft {
    #[command(flatten)]
    requests: RequestArgs,
    /// Answer this message instead of files
    #[arg(long, group = "given", conflicts_with_all = ["files", "jsonl"])]
    customer: Option<String>,
    #[command(flatten)]
    case: CaseArgs,
    /// A value for a slot: --slot link=https://… ; may be given more than once
    #[arg(long = "slot", value_name = "NAME=VALUE", requires = "customer")]
    slots: Vec<String>,
    /// Say these acts, with commas between, instead of those of the step that is due
    #[arg(long, value_delimiter = ',', value_parser = trimmed, value_name = "ACT", requires = "customer")]
    acts: Vec<String>,
    /// Which wording
    #[arg(long, default_value_t = 0, requires = "customer")]
    seed: u64,
    /// A public reply and its private counterpart
    #[arg(long, requires = "customer")]
    pair: bool,
    /// Say which step it follows, which templates it is made of, and what it leaves out
    #[arg(long)]
    why: bool,
}

impl Draft {
    pub(crate) fn requests(&self) -> &RequestArgs {
        &self.requests
    }
}

pub(crate) fn run(command: &Draft) -> Result<Outcome, Failure> {
    let policy = load::policy(&command.requests.policy)?;
    let mut scratch = Scratch::default();
    if let Some(customer) = &command.customer {
        return single(&policy, &request_of(command, customer)?, command, &mut scratch);
    }
    let lines = Lines::of(&command.requests.files);
    if command.requests.output.told() == Told::Json {
        return lines
            .run(|line| request::draft(&policy, line, &mut scratch).map(|answer| (answer, Outcome::Pass)));
    }
    stream::shown(lines.show(|line| {
        let request = DraftRequest::from_json(line.text())?;
        let drafts = drafts(&policy, &request, &mut scratch)?;
        outln!("{}", paint(DIM, line.heading(request.case.id.as_deref())));
        print(&drafts, command.why);
        outln!("");
        Ok(Outcome::Pass)
    })?)
}

fn request_of(command: &Draft, customer: &str) -> Result<DraftRequest, Failure> {
    let mut slots = SlotValues::new();
    for slot in &command.slots {
        let (name, value) = slot
            .split_once('=')
            .ok_or_else(|| format!("`--slot {slot}` is not NAME=VALUE, such as `--slot link=https://…`"))?;
        slots.set(name, value);
    }
    let mut options = DraftOptions::default().seed(command.seed);
    options.acts = Some(command.acts.clone()).filter(|acts| !acts.is_empty());
    options.now = command.case.now;
    let mut request = DraftRequest::default();
    request.case = command.case.case(Some(customer));
    (request.slots, request.options, request.pair) = (slots, options, command.pair);
    Ok(request)
}

/// A draft, or the two of a pair.
fn drafts(policy: &Policy, request: &DraftRequest, scratch: &mut Scratch) -> Result<Vec<Reply>, DraftError> {
    if request.pair {
        let pair = policy.pair_with(&request.case, &request.slots, &request.options, scratch)?;
        return Ok(vec![pair.public, pair.private]);
    }
    Ok(vec![policy.draft_with(&request.case, &request.slots, &request.options, scratch)?])
}

fn single(
    policy: &Policy,
    request: &DraftRequest,
    command: &Draft,
    scratch: &mut Scratch,
) -> Result<Outcome, Failure> {
    let is_json = command.requests.output.told() == Told::Json;
    match drafts(policy, request, scratch) {
        Ok(drafts) if is_json => drafts.iter().for_each(|draft| outln!("{}", to_json(draft))),
        Ok(drafts) => print(&drafts, command.why),
        Err(error) => {
            let error = Diagnostics::from(error);
            if !stream::is_answer(&error) {
                return Err(error.into());
            }
            told(command.requests.output.told(), &error);
            diagnostics(error.iter());
            return Ok(Outcome::Findings);
        }
    }
    Ok(Outcome::Pass)
}

/// Drafts for people; of a pair each half says first where it goes.
fn print(drafts: &[Reply], why: bool) {
    for (at, draft) in drafts.iter().enumerate() {
        if at > 0 {
            outln!("");
        }
        print_one(draft, drafts.len() > 1, why);
    }
}

fn print_one(draft: &Reply, is_half: bool, why: bool) {
    let place = if draft.visibility == svar::Visibility::Public { "in public" } else { "in private" };
    if is_half {
        outln!("{}", paint(BOLD, format!("{place}, on {}:", draft.channel)));
    }
    outln!("{}", draft.text);
    if why {
        explain(draft, place);
    }
}

/// Which step a draft follows, what it was made of, what it leaves out, and what the rules say of it.
fn explain(draft: &Reply, place: &str) {
    let step = match (&draft.playbook, &draft.step) {
        (Some(playbook), Some(step)) => format!("{step}, of the playbook {playbook}"),
        (_, Some(step)) => step.clone(),
        (_, None) => "none: the acts were named".to_owned(),
    };
    let address = match draft.address {
        AddressForm::Formal => "formal address",
        AddressForm::Informal => "informal address",
        AddressForm::Mixed | AddressForm::None => "no address",
    };
    let register = draft.register;
    outln!("");
    line("step", &step);
    line(
        "where",
        &format!("{} {place}, in {}, {register} register, {address}", draft.channel, draft.language),
    );
    if let Some(canned) = &draft.canned {
        line("canned", canned);
    }
    line("said", "");
    let width = draft.templates.iter().map(|used| used.act.as_str().len()).max().unwrap_or(0);
    for used in &draft.templates {
        let at = used.location.as_ref().map(|location| format!("  {location}")).unwrap_or_default();
        outln!("  {:width$}  {}{}", used.act.as_str(), used.template, paint(DIM, at));
    }
    if !draft.dropped.is_empty() {
        line("left out", "");
    }
    for dropped in &draft.dropped {
        outln!("  {}", left_out(dropped));
    }
    for finding in &draft.report.findings {
        let severity = paint(severity(finding.severity), finding.severity);
        outln!("{severity} {}: {}", finding.rule, finding.message);
    }
}

fn line(name: &str, text: &str) {
    let space = if text.is_empty() { "" } else { " " };
    outln!("{}{space}{text}", paint(BOLD, format!("{name}:")));
}

/// What was left out and why, in words.
fn left_out(dropped: &Dropped) -> String {
    let slots = dropped.slots.join(", ");
    let act = dropped.act.as_ref().map_or("the reply", |act| act.as_str());
    let what = match dropped.what {
        DroppedWhat::Act => format!("{act}, as a whole"),
        DroppedWhat::OptionalPart => format!("part of {act}"),
        DroppedWhat::Emoji => "the emoji".to_owned(),
        _ => format!("what was given for {slots}"),
    };
    let why = match dropped.why {
        DroppedWhy::NoSpace => "there is no room for it".to_owned(),
        DroppedWhy::NoValue => format!("nobody gave {slots}"),
        DroppedWhy::NoTemplate => "the policy cannot say it in this language and address".to_owned(),
        DroppedWhy::Rule => "a rule does not allow it here".to_owned(),
        _ => "it is nothing anybody could be called by".to_owned(),
    };
    format!("{what}: {why}")
}
