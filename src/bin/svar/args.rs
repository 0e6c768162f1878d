//! What several commands take. What one alone takes stands beside its code.

use std::convert::Infallible;
use std::path::PathBuf;

use anstream::ColorChoice;
use chrono::{DateTime, FixedOffset, NaiveDateTime};
use clap::{Args, ValueEnum};

use svar::time::parse_instant;
use svar::{Case, Message, Visibility};

/// In what form whoever asks wants to be told why there is no answer.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Told {
    /// As text, on standard error alone.
    Text,
    /// As JSON, too, on standard output: an object.
    Json,
    /// As JSON, too, on standard output: an array of all that is wrong.
    JsonArray,
    /// As SARIF, too, on standard output.
    Sarif,
}

#[derive(Clone, Copy, Default, ValueEnum)]
pub(crate) enum Color {
    #[default]
    Auto,
    Always,
    Never,
}

impl Color {
    /// Lets all that is printed from now on hold to it.
    pub(crate) fn hold(self) {
        let choice = match self {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        choice.write_global();
    }
}

#[derive(Args)]
pub(crate) struct PolicyArgs {
    /// A policy document, or a directory of them; several are laid over one another, the last wins. `-` is standard
    /// input. The built-in policy without it
    #[arg(long = "policy", value_name = "FILE")]
    pub(crate) policy: Vec<PathBuf>,
    /// A pack that documents extend by its name; it takes the place of a built-in one of that name
    #[arg(long = "pack", value_name = "FILE")]
    pub(crate) packs: Vec<PathBuf>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    #[default]
    Text,
    /// For programs
    Json,
}

impl Format {
    pub(crate) fn told(self) -> Told {
        if self == Format::Json { Told::Json } else { Told::Text }
    }
}

/// How findings are printed.
#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum FindingFormat {
    /// For people
    #[default]
    Text,
    /// For programs
    Json,
    /// For code hosts and editors: SARIF 2.1.0
    Sarif,
}

impl FindingFormat {
    pub(crate) fn told(self) -> Told {
        match self {
            FindingFormat::Text => Told::Text,
            FindingFormat::Json => Told::Json,
            FindingFormat::Sarif => Told::Sarif,
        }
    }
}

#[derive(Args)]
pub(crate) struct Quiet {
    /// Print only what is wrong
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

#[derive(Args)]
pub(crate) struct OutputArgs {
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
    /// One JSON object a line in, one a line out, in order; a bad line gives an error line and the run goes on
    #[arg(long)]
    pub(crate) jsonl: bool,
}

impl OutputArgs {
    pub(crate) fn told(&self) -> Told {
        if self.jsonl { Told::Json } else { self.format.told() }
    }
}

/// One of several with commas between, which people write with a space behind the comma.
pub(crate) fn trimmed(text: &str) -> Result<String, Infallible> {
    Ok(text.trim().to_owned())
}

/// Who can read a text.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Readers {
    /// Everybody
    Public,
    /// The customer
    Private,
}

// What is known of the one case that is asked about in arguments. The argument that gives its text is in the group
// `given`. No doc comment: clap would take it for the command that this is flattened into.
#[derive(Args)]
pub(crate) struct CaseArgs {
    /// The channel of the one case that is given here
    #[arg(long, default_value = "facebook", requires = "given")]
    channel: String,
    /// Who can read the reply; as the channel has it by default
    #[arg(long, value_enum, requires = "given", value_name = "WHO")]
    visibility: Option<Readers>,
    /// The language to answer in; the customer's without it
    #[arg(long, requires = "given")]
    language: Option<String>,
    /// What the customer is called
    #[arg(long, requires = "given")]
    name: Option<String>,
    /// Who answers
    #[arg(long, requires = "given")]
    agent: Option<String>,
    /// What the customer wants, where that is known better than it can be heard
    #[arg(long, requires = "given")]
    intent: Option<String>,
    /// The instant at which it is asked, such as 2026-11-21T17:00:00+01:00
    #[arg(long, requires = "given", value_name = "INSTANT", value_parser = instant)]
    pub(crate) now: Option<DateTime<FixedOffset>>,
}

impl CaseArgs {
    /// The case, with what the customer wrote.
    pub(crate) fn case(&self, customer: Option<&str>) -> Case {
        let mut case = Case::new(&*self.channel);
        case.messages.extend(customer.map(Message::customer));
        case.visibility = self.visibility.map(|readers| match readers {
            Readers::Public => Visibility::Public,
            Readers::Private => Visibility::Private,
        });
        case.language.clone_from(&self.language);
        case.customer.name.clone_from(&self.name);
        case.agent.name.clone_from(&self.agent);
        case.facts.intent.clone_from(&self.intent);
        case
    }
}

/// An instant as people write one: with its offset, and with seconds or without.
pub(crate) fn instant(text: &str) -> Result<DateTime<FixedOffset>, String> {
    let written = with_seconds(text);
    parse_instant(&written)
        .ok_or_else(|| "write date, time and offset, such as 2026-11-21T17:00:00+01:00".to_owned())
}

/// An instant, or a local time, as a request has it.
pub(crate) fn moment(text: &str) -> Result<String, String> {
    let written = with_seconds(text);
    if parse_instant(&written).is_some() || written.parse::<NaiveDateTime>().is_ok() {
        return Ok(written);
    }
    let example = "such as 2026-11-21T17:00; with an offset, 2026-11-21T17:00+01:00, it is no local time";
    Err(format!("write date and time, {example}"))
}

/// `2026-11-21T17:00+01:00` as `2026-11-21T17:00:00+01:00`.
fn with_seconds(text: &str) -> String {
    const MINUTES: usize = "2026-11-21T17:00".len();
    match (text.get(..MINUTES), text.get(MINUTES..)) {
        (Some(minutes), Some(rest)) if !rest.starts_with(':') => format!("{minutes}:00{rest}"),
        _ => text.to_owned(),
    }
}

// No doc comment: clap would take it for the command that this is flattened into.
#[derive(Args)]
pub(crate) struct RequestArgs {
    #[command(flatten)]
    pub(crate) policy: PolicyArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    /// Files of requests, one JSON object a line; `-` or none is standard input
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_may_be_left_out() {
        assert_eq!(moment("2026-11-23T10:00").unwrap(), "2026-11-23T10:00:00");
        assert_eq!(moment("2026-11-23T10:00:30").unwrap(), "2026-11-23T10:00:30");
        assert_eq!(moment("2026-11-23T10:00Z").unwrap(), "2026-11-23T10:00:00Z");
        assert_eq!(instant("2026-11-23T10:00+01:00").unwrap().to_rfc3339(), "2026-11-23T10:00:00+01:00");
        assert!(moment("2026-11-23").is_err() && moment("ååååååååååååååååå").is_err());
        assert_eq!(instant("2026-11-23T10:00+0100").unwrap().to_rfc3339(), "2026-11-23T10:00:00+01:00");
        assert_eq!(moment("2026-11-23T10:00:00+0000").unwrap(), "2026-11-23T10:00:00+0000");
        assert!(instant("2026-11-23T10:00").is_err());
    }
}
