//! `svar validate`

use std::path::PathBuf;

use clap::Args;
use svar::request::{ValidateRequest, to_json};
use svar::source::{Diagnostics, Document, Place, Severity, Sources};
use svar::{Case, Message, Policy, Report, Scratch, Span};

use crate::args::{FindingFormat, PolicyArgs};
use crate::paint::{BOLD, DIM, GOOD, marked, paint, severity};
use crate::sarif::Collector;
use crate::{Failure, Outcome, load, stream};

#[derive(Args)]
pub(crate) struct Validate {
    #[command(flatten)]
    policy: PolicyArgs,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: FindingFormat,
    /// One JSON object a line in, one a line out, in order; a bad line gives an error line and the run goes on
    #[arg(long)]
    jsonl: bool,
    /// Files of requests, one JSON object a line; `-` or none is standard input
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Judge this reply instead of files
    #[arg(long, conflicts_with_all = ["files", "jsonl"])]
    reply: Option<String>,
    /// The channel of `--reply`
    #[arg(long, default_value = "facebook", requires = "reply")]
    channel: String,
    /// The customer's message that `--reply` answers
    #[arg(long, requires = "reply")]
    customer: Option<String>,
    /// The language of `--reply`
    #[arg(long, requires = "reply")]
    language: Option<String>,
    /// Replace personal data in what is printed
    #[arg(long)]
    masked: bool,
}

pub(crate) fn run(command: &Validate, quiet: bool) -> Result<Outcome, Failure> {
    let policy = load::policy(&command.policy)?;
    let mut scratch = Scratch::default();
    if let Some(reply) = &command.reply {
        return one(command, &policy, reply, quiet, &mut scratch);
    }
    if command.format == FindingFormat::Sarif {
        return as_sarif(command, &policy, &mut scratch);
    }
    if command.jsonl || command.format == FindingFormat::Json {
        return stream::run(&command.files, |line| {
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
    match command.format {
        FindingFormat::Json => anstream::println!("{}", to_json(&report)),
        FindingFormat::Text if quiet && report.findings.is_empty() => {}
        FindingFormat::Text => print(&case, reply, &report),
        FindingFormat::Sarif => {
            let mut sources = Sources::new();
            let id = sources.add("reply", reply.to_owned());
            let mut collector = Collector::default();
            for finding in &report.findings {
                let location = id.and_then(|id| sources.locate(Place::new(id, finding.span)));
                collector.finding(finding, policy, location.as_ref());
            }
            anstream::println!("{}", to_json(&collector.log()));
        }
    }
    Ok(if report.passes() { Outcome::Pass } else { Outcome::Findings })
}

fn text(command: &Validate, policy: &Policy, quiet: bool, scratch: &mut Scratch) -> Result<Outcome, Failure> {
    let (mut passed, mut failed) = (0usize, 0usize);
    let seen = stream::show(&command.files, |line| {
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

/// Every finding at its place in the line of the request that it is about.
fn as_sarif(command: &Validate, policy: &Policy, scratch: &mut Scratch) -> Result<Outcome, Failure> {
    let mut collector = Collector::default();
    let (mut worst, mut unread) = (Outcome::Pass, 0usize);
    for (name, text) in load::texts(&command.files)? {
        let mut sources = Sources::new();
        let id = sources.add(name, text.clone()).ok_or("too many files")?;
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let begin = start;
            start += line.len();
            let content = line.trim_end_matches(['\n', '\r']);
            if content.trim_ascii().is_empty() {
                continue;
            }
            let at =
                |span: Span| sources.locate(Place::new(id, Span::new(begin + span.start, begin + span.end)));
            match judge(policy, content, scratch) {
                Ok((request, report)) => {
                    let report = if command.masked { report.masked() } else { report };
                    if !report.passes() {
                        worst = Outcome::Findings;
                    }
                    let written = InJson::find(content, "reply");
                    for finding in &report.findings {
                        let span = written.as_ref().map(|own| own.span(finding.span, &request.reply));
                        let location = at(span.unwrap_or(Span::new(0, content.len())));
                        collector.finding(finding, policy, location.as_ref());
                    }
                }
                Err(errors) => {
                    unread += 1;
                    for error in errors.iter() {
                        let span = error.location().map_or(Span::new(0, content.len()), |own| own.span());
                        collector.diagnostic(error, at(span).as_ref());
                    }
                }
            }
        }
    }
    if unread > 0 {
        collector.fail();
    }
    anstream::println!("{}", to_json(&collector.log()));
    stream::shown((worst, unread))
}

/// A string as a JSON document writes it, to find the places of what stands in it.
struct InJson<'l> {
    /// What stands between the quotes.
    raw: &'l str,
    at: usize,
}

impl<'l> InJson<'l> {
    /// The value of a key of an object.
    fn find(line: &'l str, key: &str) -> Option<Self> {
        let document = Document::parse(&mut Sources::new(), "line", line).ok()?;
        let node = document.root.get(key)?;
        node.as_str()?;
        let span = node.place.span;
        let quoted = span.of(line);
        let raw = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'))?;
        Some(InJson { raw, at: span.start + 1 })
    }

    /// Where a part of the text stands in the document.
    fn span(&self, part: Span, text: &str) -> Span {
        Span::new(self.offset(part.start, text), self.offset(part.end, text))
    }

    /// Goes along both: where a letter is written as an escape, that takes more room in the document.
    fn offset(&self, offset: usize, text: &str) -> usize {
        let mut rest = self.raw;
        for letter in text.get(..offset).unwrap_or(text).chars() {
            let length = match rest.strip_prefix('\\') {
                None => letter.len_utf8(),
                Some(escape) if escape.starts_with('u') => 6 * letter.len_utf16(),
                Some(_) => 2,
            };
            rest = rest.get(length..).unwrap_or_default();
        }
        self.at + self.raw.len() - rest.len()
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_string_is_found_where_json_writes_it() {
        let text = "a\n\u{1f600}é\"b";
        for line in [r#"{"reply": "a\n😀é\"b"}"#, r#"{"reply": "a\u000a\ud83d\ude00\u00e9\"b"}"#] {
            let own = InJson::find(line, "reply").unwrap();
            let b = own.span(Span::new(text.len() - 1, text.len()), text);
            assert_eq!(b.of(line), "b");
            let face = own.span(Span::new(2, 6), text).of(line);
            assert!(face == "😀" || face == r"\ud83d\ude00", "{face}");
        }
    }
}
