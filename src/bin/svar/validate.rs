//! `svar validate`

use std::path::PathBuf;

use clap::Args;
use svar::request::{ValidateRequest, case_json, to_json};
use svar::rule::Masked;
use svar::source::{Diagnostics, Document, Place, Severity, Sources};
use svar::{Case, Policy, Report, Scratch, Span};

use crate::args::{CaseArgs, FindingFormat, PolicyArgs, Quiet, Told};
use crate::load;
use crate::outcome::{Failure, Outcome};
use crate::paint::{BOLD, DIM, GOOD, marked, paint, severity};
use crate::sarif::Collector;
use crate::stream::{self, Line, Lines};
use crate::veil::{masked_id, veiled};

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
    #[arg(long, group = "given", conflicts_with_all = ["files", "jsonl"])]
    reply: Option<String>,
    /// The customer's message that `--reply` answers
    #[arg(long, requires = "reply")]
    customer: Option<String>,
    #[command(flatten)]
    case: CaseArgs,
    /// Replace personal data in all that is printed, and the names that the case gives
    #[arg(long)]
    masked: bool,
    #[command(flatten)]
    quiet: Quiet,
}

impl Validate {
    pub(crate) fn told(&self) -> Told {
        if self.jsonl && self.format == FindingFormat::Text { Told::Json } else { self.format.told() }
    }

    /// What may be shown of a report.
    fn shown(&self, report: Report) -> Report {
        if self.masked { report.masked() } else { report }
    }
}

pub(crate) fn run(command: &Validate) -> Result<Outcome, Failure> {
    let policy = load::policy(&command.policy)?;
    let mut scratch = Scratch::default();
    if let Some(reply) = &command.reply {
        return one(command, &policy, reply, &mut scratch);
    }
    if command.format == FindingFormat::Sarif {
        return as_sarif(command, &policy, &mut scratch);
    }
    if command.told() == Told::Json {
        return Lines::of(&command.files).masked(command.masked).run(|line| {
            let Judged { mut request, report, .. } = judge(&policy, line, &mut scratch)?;
            let report = command.shown(report);
            if command.masked {
                request.case.id = request.case.id.as_deref().map(masked_id);
            }
            Ok((case_json(&request.case, &report), outcome(&report)))
        });
    }
    text(command, &policy, &mut scratch)
}

fn outcome(report: &Report) -> Outcome {
    if report.passes() { Outcome::Pass } else { Outcome::Findings }
}

/// A request, what came of it, and what the customer wants.
struct Judged {
    request: ValidateRequest,
    report: Report,
    intent: String,
}

fn judge(policy: &Policy, line: &str, scratch: &mut Scratch) -> Result<Judged, Diagnostics> {
    let request = ValidateRequest::from_json(line)?;
    let mut judge = || {
        let conversation = policy.open(&request.case, request.now, scratch)?;
        let intent = conversation.intent().to_owned();
        Ok((conversation.validate(&request.reply, scratch)?, intent))
    };
    let judged = judge().map_err(|error: Diagnostics| error.about(request.case.id.as_deref()));
    let (report, intent) = judged?;
    Ok(Judged { request, report, intent })
}

fn one(command: &Validate, policy: &Policy, reply: &str, scratch: &mut Scratch) -> Result<Outcome, Failure> {
    let case = command.case.case(command.customer.as_deref());
    let conversation = policy.open(&case, command.case.now, scratch).map_err(Diagnostics::from)?;
    let intent = conversation.intent().to_owned();
    let report = command.shown(conversation.validate(reply, scratch).map_err(Diagnostics::from)?);
    match command.format {
        FindingFormat::Json => outln!("{}", to_json(&report)),
        FindingFormat::Text if command.quiet.quiet && report.findings.is_empty() => {}
        FindingFormat::Text => {
            let shown =
                Shown { case: &case.as_of(command.case.now), reply, intent: &intent, masked: command.masked };
            shown.print(&report, None);
        }
        FindingFormat::Sarif => {
            let mut sources = Sources::new();
            let id = sources.add("reply", reply.to_owned());
            let mut collector = Collector::default();
            for finding in &report.findings {
                let location = id.and_then(|id| sources.locate(Place::new(id, finding.span)));
                collector.finding(finding, policy, location.as_ref());
            }
            outln!("{}", to_json(&collector.log()));
        }
    }
    Ok(outcome(&report))
}

fn text(command: &Validate, policy: &Policy, scratch: &mut Scratch) -> Result<Outcome, Failure> {
    let (mut passed, mut failed) = (0usize, 0usize);
    let quiet = command.quiet.quiet;
    let seen = Lines::of(&command.files).masked(command.masked).show(|line| {
        let Judged { request, report, intent } = judge(policy, line.text(), scratch)?;
        let report = command.shown(report);
        if !quiet || !report.findings.is_empty() {
            let (case, reply) = (&request.case.as_of(request.now), request.reply.as_str());
            Shown { case, reply, intent: &intent, masked: command.masked }.print(&report, Some(line));
        }
        if report.passes() {
            passed += 1
        } else {
            failed += 1
        }
        Ok(outcome(&report))
    })?;
    if quiet {
        return stream::shown(seen);
    }
    let name = if policy.version().is_empty() {
        policy.name().to_owned()
    } else {
        format!("{} {}", policy.name(), policy.version())
    };
    outln!("{} passed, {} failed, by {name}", paint(BOLD, passed), paint(BOLD, failed));
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
                Ok(Judged { request, report, .. }) => {
                    let report = command.shown(report);
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
                    let errors = if command.masked { veiled(&errors) } else { errors };
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
    outln!("{}", to_json(&collector.log()));
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

/// A conversation and a reply, as people see them.
struct Shown<'s> {
    case: &'s Case,
    reply: &'s str,
    intent: &'s str,
    masked: bool,
}

impl Shown<'_> {
    /// The conversation, the reply with what was found in it, and each finding with what would pass.
    fn print(&self, report: &Report, line: Option<&Line<'_>>) {
        let verdict =
            if report.passes() { paint(GOOD, "pass") } else { paint(severity(Severity::Error), "fail") };
        let id = self.case.id.as_deref().map(|id| if self.masked { masked_id(id) } else { id.to_owned() });
        let place = line.map(|line| line.heading(id.as_deref()) + "  ").unwrap_or_default();
        outln!("{verdict}  {place}{}", paint(DIM, self.heading()));
        if let Some(message) = self.case.last_customer_message() {
            let text = if self.masked {
                Masked::in_case(&message.text, self.case).text().to_owned()
            } else {
                message.text.clone()
            };
            outln!("  {}", paint(DIM, text.replace('\n', "\n  ")));
        }
        let masked = self.masked.then(|| Masked::in_case(self.reply, self.case));
        let reply = masked.as_ref().map_or(self.reply, Masked::text);
        let at = |span: Span| masked.as_ref().map_or(span, |masked| masked.span(span));
        let findings = report.findings.iter();
        let mut spans: Vec<_> = findings.map(|finding| (at(finding.span), finding.severity)).collect();
        spans.retain(|(span, _)| span.len() < reply.len());
        outln!("  → {}", marked(reply, &spans, "    "));
        for finding in &report.findings {
            let level = paint(severity(finding.severity), format!("{:>9}", finding.severity.as_str()));
            let milder = match finding.severity {
                _ if !finding.guessed => "",
                Severity::Advice => "  (a warning, were the intent given)",
                _ => "  (an error, were the intent given)",
            };
            let milder = paint(DIM, milder);
            outln!("{level}  {}  {}{milder}", paint(BOLD, &finding.rule), finding.message);
            if !finding.why.is_empty() {
                outln!("           {}", paint(DIM, &*finding.why));
            }
            if let Some(fix) = &finding.fix {
                outln!("           {}", paint(GOOD, advised(reply, at(fix.span), &fix.text)));
            }
        }
        outln!("");
    }

    /// The channel, the language, and what the customer wants: as it was given, or as it was heard.
    fn heading(&self) -> String {
        let mut words = vec![self.case.channel.clone()];
        words.extend(self.case.language.clone());
        match &self.case.facts.intent {
            Some(given) => words.push(given.clone()),
            None if self.case.last_customer_message().is_some() => {
                words.push(format!("{} (heard)", self.intent))
            }
            None => {}
        }
        words.join(" · ")
    }
}

/// What is to be done with a place of a reply: in whole words, so that it can be read.
fn advised(reply: &str, span: Span, text: &str) -> String {
    let (before, rest) = reply.split_at_checked(span.start).unwrap_or((reply, ""));
    let start = before.rfind(char::is_whitespace).map_or(0, |at| at + 1);
    let begun = reply.get(start..span.start).unwrap_or_default();
    let after = rest.get(span.len()..).unwrap_or_default();
    let left = after.split(char::is_whitespace).next().unwrap_or_default();
    let replaced = span.of(reply);
    // What joins no word is added or left out as it is.
    let joins = |side: &str, edge: Option<char>| !side.is_empty() && edge.is_some_and(|c| !c.is_whitespace());
    let in_word = joins(begun, text.chars().next()) || joins(left, text.chars().next_back());
    match (replaced.is_empty(), text.trim().is_empty()) {
        (true, _) if !in_word => format!("add “{}”", text.trim()),
        (_, true) => format!("leave out “{}”", replaced.trim()),
        _ => format!("write “{begun}{text}{left}” for “{begun}{replaced}{left}”"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_advised_can_be_read_without_counting_bytes() {
        for (reply, place, text, expected) in [
            (
                "Hei, send oss",
                ", s",
                "! Beklager dette. S",
                "write “Hei! Beklager dette. Send” for “Hei, send”",
            ),
            ("Hei Kari!", "", " Beklager.", "add “Beklager.”"),
            ("Ja!!", "!!", "!", "write “Ja!” for “Ja!!”"),
            ("Takk 🙃 Kari", " 🙃", "", "leave out “🙃”"),
            ("RO DEG NED nå", "RO DEG NED", "Ro deg ned", "write “Ro deg ned” for “RO DEG NED”"),
            ("Vi ser på det", "", ". Beklager.", "write “det. Beklager.” for “det”"),
            ("B&#38;B er åpent", "&#38;", "&", "write “B&B” for “B&#38;B”"),
        ] {
            let start = if place.is_empty() { reply.len() } else { reply.find(place).unwrap() };
            assert_eq!(advised(reply, Span::new(start, start + place.len()), text), expected);
        }
    }

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
