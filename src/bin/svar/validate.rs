//! `svar validate`

use svar::request::{ValidateRequest, to_json};
use svar::source::{Diagnostics, Severity};
use svar::{Case, Message, Policy, Report, Scratch};

use crate::args::{Format, Validate};
use crate::paint::{BOLD, DIM, GOOD, marked, paint, severity};
use crate::{Failure, Outcome, load, stream};

pub(crate) fn run(command: &Validate, quiet: bool) -> Result<Outcome, Failure> {
    let policy = load::policy(&command.requests.policy)?;
    let mut scratch = Scratch::default();
    if let Some(reply) = &command.reply {
        return one(command, &policy, reply, quiet, &mut scratch);
    }
    if command.requests.output.jsonl || command.requests.output.format == Format::Json {
        return stream::run(&command.requests.files, |line| {
            let report = judge(&policy, line, &mut scratch)?.1;
            let report = if command.masked { report.masked() } else { report };
            let outcome = if report.passes() { Outcome::Pass } else { Outcome::Findings };
            Ok((to_json(&report), outcome))
        });
    }
    text(command, &policy, quiet, &mut scratch)
}

fn judge(
    policy: &Policy,
    line: &str,
    scratch: &mut Scratch,
) -> Result<(ValidateRequest, Report), Diagnostics> {
    let request = ValidateRequest::from_json(line)?;
    let report = policy.validate_with(&request.case, &request.reply, request.now, scratch)?;
    Ok((request, report))
}

fn one(
    command: &Validate,
    policy: &Policy,
    reply: &str,
    quiet: bool,
    scratch: &mut Scratch,
) -> Result<Outcome, Failure> {
    let mut case = Case::new(command.channel.clone());
    case.language.clone_from(&command.language);
    case.messages.extend(command.customer.as_ref().map(Message::customer));
    let report = policy.validate_with(&case, reply, None, scratch).map_err(Diagnostics::from)?;
    let report = if command.masked { report.masked() } else { report };
    match command.requests.output.format {
        Format::Json => anstream::println!("{}", to_json(&report)),
        Format::Text if quiet && report.findings.is_empty() => {}
        Format::Text => print(&case, reply, &report),
    }
    Ok(if report.passes() { Outcome::Pass } else { Outcome::Findings })
}

fn text(command: &Validate, policy: &Policy, quiet: bool, scratch: &mut Scratch) -> Result<Outcome, Failure> {
    let (mut passed, mut failed) = (0usize, 0usize);
    let seen = stream::show(&command.requests.files, |line| {
        let (request, report) = judge(policy, line, scratch)?;
        let report = if command.masked { report.masked() } else { report };
        if !quiet || !report.findings.is_empty() {
            print(&request.case, &request.reply, &report);
        }
        if report.passes() {
            passed += 1
        } else {
            failed += 1
        }
        Ok(if report.passes() { Outcome::Pass } else { Outcome::Findings })
    })?;
    if quiet {
        return stream::shown(seen);
    }
    let name = if policy.version().is_empty() {
        policy.name().to_owned()
    } else {
        format!("{} {}", policy.name(), policy.version())
    };
    anstream::println!("{} passed, {} failed, by {name}", paint(BOLD, passed), paint(BOLD, failed));
    stream::shown(seen)
}

/// A conversation, the reply with what was found in it, and each finding with what would pass.
fn print(case: &Case, reply: &str, report: &Report) {
    let verdict =
        if report.passes() { paint(GOOD, "pass") } else { paint(severity(Severity::Error), "fail") };
    anstream::println!("{verdict}  {}", paint(DIM, heading(case)));
    if let Some(message) = case.last_customer_message() {
        anstream::println!("  {}", paint(DIM, message.text.replace('\n', "\n  ")));
    }
    let mut spans: Vec<_> = report.findings.iter().map(|finding| (finding.span, finding.severity)).collect();
    spans.retain(|(span, _)| span.len() < reply.len());
    anstream::println!("  → {}", marked(reply, &spans, "    "));
    for finding in &report.findings {
        let level = paint(severity(finding.severity), format!("{:>9}", finding.severity.as_str()));
        anstream::println!("{level}  {}  {}", paint(BOLD, &finding.rule), finding.message);
        anstream::println!("           {}", paint(DIM, &*finding.why));
        if let Some(fix) = &finding.fix {
            let what = match (fix.span.is_empty(), fix.text.is_empty()) {
                (true, _) => format!("add “{}”", fix.text.trim()),
                (false, true) => format!("leave out “{}”", fix.span.of(reply).trim()),
                (false, false) => format!("write “{}”", fix.text),
            };
            anstream::println!("           {}", paint(GOOD, what));
        }
    }
    anstream::println!();
}

fn heading(case: &Case) -> String {
    let mut words = vec![case.channel.clone()];
    words.extend(case.language.clone());
    words.extend(case.facts.intent.clone());
    words.join(" · ")
}
