//! What every command takes, and which commands there are; what one alone takes stands beside its code.

use std::path::PathBuf;

use anstream::ColorChoice;
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

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
///
/// Exit status: 0 nothing to complain about, 1 findings, 2 the input could not be read.
#[derive(Parser)]
#[command(name = "svar", version)]
pub(crate) struct Args {
    /// When to print in colours: `auto` is where they can be seen, and never where NO_COLOR is set
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub(crate) color: Color,
    /// Print only what is wrong
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

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
    /// A policy document; several are laid over one another, the last wins. The built-in policy without it
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

#[derive(ClapArgs)]
pub(crate) struct OutputArgs {
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
    /// One JSON object a line in, one a line out, in order; a bad line gives an error line and the run goes on
    #[arg(long)]
    pub(crate) jsonl: bool,
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
