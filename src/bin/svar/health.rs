//! `svar health`: what an archive of conversations says about a care team.

use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::time::SystemTime;

use chrono::{DateTime, FixedOffset, Utc};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use svar::Case;
use svar::policy::Health as Looking;
use svar::request::{error_json, to_json};
use svar::sla::health::{Amount, ChannelHealth, Figures, Finding, HealthReport};
use svar::source::{Diagnostics, Severity};

use crate::args::{Format, PolicyArgs, Quiet, instant};
use crate::lines::{Lines, RawLine, lines};
use crate::outcome::{AlreadyTold, Failure, Outcome};
use crate::paint::{BOLD, DIM, GOOD, paint, severity};
use crate::{load, output};

#[derive(Args)]
pub(crate) struct Health {
    #[command(flatten)]
    policy: PolicyArgs,
    /// Archives, one conversation (a case as JSON) a line; `-` or none is standard input
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The instant to look from, such as 2026-11-21T17:00:00+01:00; now without it
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    now: Option<DateTime<FixedOffset>>,
    /// How to print; as JSON a bad line gives an error line before the report
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    quiet: Quiet,
}

impl Health {
    pub(crate) fn format(&self) -> Format {
        self.format
    }
}

/// Lines between two looks at the progress bar; a look costs more than a line.
const LINES: u64 = 64;

pub(crate) fn run(command: &Health) -> Result<Outcome, Failure> {
    let policy = load::policy(&command.policy)?;
    let now = command.now.map_or_else(|| DateTime::<Utc>::from(SystemTime::now()), |now| now.to_utc());
    let several = command.files.len() > 1;
    let mut archive =
        Archive { health: policy.health(now), format: command.format, several, read: 0, unread: 0 };
    let sizes = command.files.iter().map(|file| file.metadata().ok().map(|data| data.len()));
    let bar = bar(sizes.sum::<Option<u64>>().filter(|_| !command.files.is_empty()));
    archive.add(lines(&command.files)?, &bar)?;
    bar.finish_and_clear();
    let report = archive.health.report();
    match command.format {
        Format::Json => outln!("{}", to_json(&report)),
        Format::Text if command.quiet.quiet => report.findings.iter().for_each(print_finding),
        Format::Text => print(&report),
    }
    if archive.unread > 0 {
        let lines = archive.read + archive.unread;
        let told = format!("{} of {lines} lines could not be read", archive.unread);
        return Err(AlreadyTold(told).into());
    }
    Ok(if report.passes() { Outcome::Pass } else { Outcome::Findings })
}

/// Bytes read of bytes there are; of what has no end that is known, bytes read. Nothing, where nobody looks.
fn bar(bytes: Option<u64>) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let (bar, template) = match bytes {
        Some(bytes) => (ProgressBar::new(bytes), "{bar:40} {bytes}/{total_bytes}, {eta} left, {msg}"),
        None => (ProgressBar::new_spinner(), "{spinner} {bytes}, {msg}"),
    };
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

struct Archive {
    health: Looking,
    format: Format,
    /// Whether a line's number alone does not tell which it is.
    several: bool,
    read: u64,
    unread: u64,
}

impl Archive {
    /// Reads one conversation a line. A line that is none is reported, and the next one is read.
    fn add(&mut self, lines: Lines, bar: &ProgressBar) -> Result<(), Failure> {
        let mut bytes = 0;
        for (line, count) in lines.zip(1u64..) {
            let line = line?;
            bytes += line.bytes;
            if count % LINES == 0 {
                bar.inc(std::mem::take(&mut bytes));
                bar.set_message(format!("{} conversations", self.read));
            }
            let text = line.text.as_deref().unwrap_or_default();
            if line.text.is_ok() && text.trim_ascii().is_empty() {
                continue;
            }
            match self.conversation(&line).map_err(|errors| errors.in_file(&line.file, line.number, text)) {
                Ok(()) => self.read += 1,
                Err(errors) => {
                    self.unread += 1;
                    bar.suspend(|| self.report(&line, &errors));
                    if output::is_lost() {
                        break;
                    }
                }
            }
        }
        bar.inc(bytes);
        Ok(())
    }

    fn conversation(&mut self, line: &RawLine) -> Result<(), Diagnostics> {
        let text = line.text.as_deref().map_err(Clone::clone)?;
        let mut case = Case::from_json(text)?;
        case.id.get_or_insert_with(|| match self.several {
            true => format!("{}:{}", line.file, line.number),
            false => format!("line {}", line.number),
        });
        Ok(self.health.add(&case)?)
    }

    /// One line for a bad line.
    fn report(&self, line: &RawLine, errors: &Diagnostics) {
        match self.format {
            Format::Json => outln!("{}", error_json(errors)),
            Format::Text => {
                let first = errors.first();
                let level = paint(severity(Severity::Error), format!("error[{}]", first.code()));
                let help = first.help().map(|help| format!(" ({help})")).unwrap_or_default();
                let (file, number) = (&line.file, line.number);
                errln!("{file}:{number}: {level}: {}{}", first.message(), paint(DIM, help));
            }
        }
    }
}

/// A table of the channels, then what is not as it should be.
fn print(report: &HealthReport) {
    let verdict =
        if report.passes() { paint(GOOD, "pass") } else { paint(severity(Severity::Error), "fail") };
    let conversations = counted(report.total.conversations, "conversation");
    let at = report.now.format("%Y-%m-%d %H:%M UTC");
    outln!("{verdict}  {}", paint(DIM, format!("{conversations}, as of {at}")));
    outln!("");
    table(report);
    badges(report);
    report.findings.iter().for_each(print_finding);
    if report.findings.is_empty() {
        outln!("Nothing to complain about.");
    }
}

fn print_finding(finding: &Finding) {
    let level = paint(severity(finding.severity), format!("{:>9}", finding.severity.as_str()));
    outln!("{level}  {}  {}", paint(BOLD, &finding.rule), finding.message);
    outln!("           {}", paint(DIM, &*finding.why));
    if !finding.evidence.ids.is_empty() {
        let more = if finding.evidence.count > finding.evidence.ids.len() as u64 { ", …" } else { "" };
        let ids = finding.evidence.ids.join(", ");
        outln!("           {}", paint(DIM, format!("see {ids}{more}")));
    }
}

const HEADINGS: [&str; 9] =
    ["channel", "conversations", "answered", "in time", "median", "90 %", "satisfied", "waiting", "silent"];

fn table(report: &HealthReport) {
    let of = |name: &str, figures: &Figures| row(name, figures);
    let mut rows: Vec<[String; 9]> = vec![HEADINGS.map(str::to_owned)];
    let channels: Vec<&ChannelHealth> =
        report.channels.iter().filter(|channel| channel.figures.conversations > 0).collect();
    rows.extend(channels.iter().map(|channel| of(&channel.name, &channel.figures)));
    if channels.len() != 1 {
        rows.push(of("all", &report.total));
    }
    let width =
        |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    for (number, row) in rows.iter().enumerate() {
        let mut line = String::from(" ");
        for (column, cell) in row.iter().enumerate() {
            let width = width(column).unwrap_or(0);
            line.push_str(&if column == 0 { format!(" {cell:width$}") } else { format!("  {cell:>width$}") });
        }
        let style = if number == 0 { DIM } else { anstyle::Style::new() };
        outln!("{}", paint(style, line.trim_end()));
    }
    outln!("");
}

fn row(name: &str, figures: &Figures) -> [String; 9] {
    let share = |share: Option<svar::sla::Share>| share.map_or("–".to_owned(), |share| share.to_string());
    let time = |time| Option::map_or(time, "–".to_owned(), |time| Amount::Time(time).to_string());
    [
        name.to_owned(),
        figures.conversations.to_string(),
        share(figures.answered_share),
        share(figures.within_target_share),
        time(figures.median),
        time(figures.p90),
        share(figures.satisfied_share),
        figures.unanswered.to_string(),
        time(figures.silent),
    ]
}

fn badges(report: &HealthReport) {
    for channel in &report.channels {
        let Some(badge) = &channel.badge else { continue };
        let state = if badge.earned { paint(GOOD, "earned") } else { "not earned".to_owned() };
        let median = badge.median.map_or("no answer".to_owned(), |time| Amount::Time(time).to_string());
        outln!(
            "  {} “{}”: {state}  {}",
            channel.name,
            badge.name,
            paint(
                DIM,
                format!(
                    "{} of {} answered (needs {}), median {median} (needs {})",
                    badge.answered_share,
                    counted(badge.conversations, "conversation"),
                    badge.needed_share,
                    Amount::Time(badge.needed)
                )
            )
        );
        outln!("");
    }
}

fn counted(count: u64, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
