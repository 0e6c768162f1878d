//! What every command takes, and which commands there are; what one alone takes stands beside its code.

use std::convert::Infallible;
use std::path::PathBuf;

use anstream::ColorChoice;
use chrono::{DateTime, FixedOffset, NaiveDateTime};
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

use svar::time::parse_instant;
use svar::{Case, Message, Visibility};

use crate::calendar::Calendar;
use crate::check::Check;
use crate::clock::Clock;
use crate::completions::Completions;
use crate::diff::Diff;
use crate::draft::Draft;
use crate::explain::Explain;
use crate::fmt::Fmt;
use crate::health::Health;
use crate::init::Init;
use crate::next::NextStep;
use crate::read::Read;
use crate::schema::Schema;
use crate::score::Score;
use crate::test::Test;
use crate::validate::Validate;

/// May we say this, and what should we say?
#[derive(Parser)]
#[command(name = "svar", version, after_help = STATUS)]
pub(crate) struct Args {
    /// When to print in colours: `auto` is where they can be seen, and never where NO_COLOR is set
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub(crate) color: Color,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// With what every command ends.
const STATUS: &str = "\
Exit status:
  0  nothing to complain about
  1  something is wrong: a reply that fails, a promise that was broken,
     a channel nobody looks after, a message that there is no draft for
     (nothing-to-say, missing-slot…), a difference (diff, fmt --check),
     and for check and test: mistakes in the policy, what does not hold
  2  no answer: arguments, files, policies or requests that could not be
     read, names that the policy does not know, an answer that could not
     be written";

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Judge replies: may they be published?
    Validate(Validate),
    /// What to do next in a conversation: the step that is due, and why
    Next(NextStep),
    /// Write a reply: the acts of the step that is due, in the customer's language, within the channel's limit
    Draft(Draft),
    /// Hear texts: acts, address, register, intent, emoji, links, personal data, length
    Read(Read),
    /// Tell by when: which promises run, when each is due, what was missed, who must be told
    Clock(Clock),
    /// Load a policy and say everything that is wrong with it
    Check(Check),
    /// Run the examples and tests of a policy, and hold it to its own law
    Test(Test),
    /// Explain a rule, an act, a step, a channel, a mistake: what, why and how to change it
    Explain(Explain),
    /// Open hours, deadlines, who is on call, public holidays
    Calendar(Calendar),
    /// Look through an archive of conversations: is anybody looking after these channels?
    Health(Health),
    /// Measure how well a policy hears labelled texts
    Score(Score),
    /// Begin a policy that passes its own tests, with comments that teach
    Init(Init),
    /// Write policy documents in one manner, with every comment and every key in its place
    Fmt(Fmt),
    /// Show what the change from one policy to another would change for these cases and replies
    Diff(Diff),
    /// Print the JSON Schema of policy documents, for editors that complete and explain
    Schema(Schema),
    /// Print a script with which a shell completes the arguments of svar
    Completions(Completions),
}

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

impl Command {
    /// How a failure is told. `test` tells its own, in more formats.
    pub(crate) fn told(&self) -> Told {
        match self {
            Command::Validate(command) => command.told(),
            Command::Check(command) => command.told(),
            Command::Next(command) => command.requests().output.told(),
            Command::Draft(command) => command.requests().output.told(),
            Command::Clock(command) => command.requests().output.told(),
            Command::Read(command) => command.output().told(),
            Command::Calendar(command) => command.output().told(),
            Command::Health(command) => command.format().told(),
            Command::Score(command) => command.format().told(),
            Command::Diff(command) => command.format().told(),
            Command::Test(_)
            | Command::Explain(_)
            | Command::Init(_)
            | Command::Fmt(_)
            | Command::Schema(_)
            | Command::Completions(_) => Told::Text,
        }
    }
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

#[derive(ClapArgs)]
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

#[derive(ClapArgs)]
pub(crate) struct Quiet {
    /// Print only what is wrong
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

#[derive(ClapArgs)]
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
#[derive(ClapArgs)]
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
#[derive(ClapArgs)]
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
