//! The arguments.

use std::path::PathBuf;

use anstream::ColorChoice;
use chrono::{DateTime, FixedOffset};
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

use crate::completions::Completions;
use crate::diff::Diff;
use crate::fmt::Fmt;
use crate::init::Init;
use crate::schema::Schema;

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

#[derive(ClapArgs)]
pub(crate) struct Validate {
    #[command(flatten)]
    pub(crate) policy: PolicyArgs,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: FindingFormat,
    /// One JSON object a line in, one a line out, in order; a bad line gives an error line and the run goes on
    #[arg(long)]
    pub(crate) jsonl: bool,
    /// Files of requests, one JSON object a line; `-` or none is standard input
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Judge this reply instead of files
    #[arg(long, conflicts_with_all = ["files", "jsonl"])]
    pub(crate) reply: Option<String>,
    /// The channel of `--reply`
    #[arg(long, default_value = "facebook", requires = "reply")]
    pub(crate) channel: String,
    /// The customer's message that `--reply` answers
    #[arg(long, requires = "reply")]
    pub(crate) customer: Option<String>,
    /// The language of `--reply`
    #[arg(long, requires = "reply")]
    pub(crate) language: Option<String>,
    /// Replace personal data in what is printed
    #[arg(long)]
    pub(crate) masked: bool,
}

#[derive(ClapArgs)]
pub(crate) struct NextStep {
    #[command(flatten)]
    pub(crate) requests: RequestArgs,
    /// Look at this message of a customer instead of files
    #[arg(long, conflicts_with_all = ["files", "jsonl"])]
    pub(crate) customer: Option<String>,
    /// The channel of `--customer`
    #[arg(long, default_value = "facebook", requires = "customer")]
    pub(crate) channel: String,
    /// The language of `--customer`
    #[arg(long, requires = "customer")]
    pub(crate) language: Option<String>,
}

#[derive(ClapArgs)]
pub(crate) struct Draft {
    #[command(flatten)]
    pub(crate) requests: RequestArgs,
    /// Answer this message instead of files
    #[arg(long, conflicts_with_all = ["files", "jsonl"])]
    pub(crate) customer: Option<String>,
    /// The channel of `--customer`
    #[arg(long, default_value = "facebook", requires = "customer")]
    pub(crate) channel: String,
    /// The language to answer `--customer` in
    #[arg(long, requires = "customer")]
    pub(crate) language: Option<String>,
    /// What the customer of `--customer` is called
    #[arg(long, requires = "customer")]
    pub(crate) name: Option<String>,
    /// Who answers `--customer`
    #[arg(long, requires = "customer")]
    pub(crate) agent: Option<String>,
    /// What the customer wants, where that is known better than it can be heard
    #[arg(long, requires = "customer")]
    pub(crate) intent: Option<String>,
    /// A value for a slot: --slot link=https://… ; may be given more than once
    #[arg(long = "slot", value_name = "NAME=VALUE", requires = "customer")]
    pub(crate) slots: Vec<String>,
    /// Say these acts, with commas between, instead of those of the step that is due
    #[arg(long, value_delimiter = ',', value_name = "ACT", requires = "customer")]
    pub(crate) acts: Vec<String>,
    /// Which wording
    #[arg(long, default_value_t = 0, requires = "customer")]
    pub(crate) seed: u64,
    /// A public reply and its private counterpart
    #[arg(long, requires = "customer")]
    pub(crate) pair: bool,
    /// Say which step it follows, which templates it is made of, and what it leaves out
    #[arg(long)]
    pub(crate) why: bool,
}

#[derive(ClapArgs)]
pub(crate) struct Read {
    #[command(flatten)]
    pub(crate) policy: PolicyArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    /// The text; with --jsonl, files of requests. Standard input without it
    #[arg(value_name = "TEXT")]
    pub(crate) texts: Vec<String>,
    /// The language of the text
    #[arg(long)]
    pub(crate) language: Option<String>,
}

#[derive(ClapArgs)]
pub(crate) struct Clock {
    #[command(flatten)]
    pub(crate) requests: RequestArgs,
}

#[derive(ClapArgs)]
pub(crate) struct Check {
    /// The policy documents, lowest layer first; the built-in policy without any
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// A pack that documents extend by its name; it takes the place of a built-in one of that name
    #[arg(long = "pack", value_name = "FILE")]
    pub(crate) packs: Vec<PathBuf>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: FindingFormat,
    /// Say where each value comes from and what it replaced: those that the documents set or change, or those below
    /// some paths, such as `channels.facebook`
    #[arg(long, value_name = "PATH", num_args = 0.., require_equals = true, value_delimiter = ',')]
    pub(crate) explain_layers: Option<Vec<String>>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum TestFormat {
    /// For people
    #[default]
    Text,
    /// For programs: one object
    Json,
    /// XML as CI servers read it
    Junit,
    /// The Test Anything Protocol, version 14
    Tap,
}

#[derive(ClapArgs)]
pub(crate) struct Test {
    /// The policy documents, lowest layer first, or directories of them; the built-in policy without any
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// A file of tests apart from the policy
    #[arg(long = "tests", value_name = "FILE")]
    pub(crate) tests: Vec<PathBuf>,
    /// A pack that documents extend by its name; it takes the place of a built-in one of that name
    #[arg(long = "pack", value_name = "FILE")]
    pub(crate) packs: Vec<PathBuf>,
    /// Only what has this in its name; with `*`, only what is called so: --filter 'rules/tone.*'
    #[arg(long, value_name = "NAME")]
    pub(crate) filter: Vec<String>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: TestFormat,
    /// Fail where a rule has neither an example nor a test that breaks it
    #[arg(long)]
    pub(crate) strict: bool,
    /// Do not try every template and every draft
    #[arg(long)]
    pub(crate) no_law: bool,
    /// Print failures and the last line only
    #[arg(long, short)]
    pub(crate) quiet: bool,
    /// Run again whenever a file has changed
    #[arg(long, conflicts_with = "format")]
    pub(crate) watch: bool,
    /// Tell which rules, phrases, templates, steps and channels no test reaches
    #[arg(long)]
    pub(crate) coverage: bool,
    /// Fail where fewer of a hundred are reached
    #[arg(long, value_name = "PERCENT", requires = "coverage", value_parser = clap::value_parser!(u8).range(..=100))]
    pub(crate) min_coverage: Option<u8>,
    /// Weaken the policy one place at a time instead, and list the changes that no test notices
    #[arg(long, conflicts_with_all = ["coverage", "watch", "filter", "strict", "no_law"])]
    pub(crate) mutate: bool,
    /// Try so many changes at the most, spread over the documents
    #[arg(long, value_name = "N", requires = "mutate")]
    pub(crate) limit: Option<usize>,
    /// Of the packs that ship built in, too, and not of the documents alone: for --coverage and --mutate
    #[arg(long)]
    pub(crate) all: bool,
}

#[derive(ClapArgs)]
pub(crate) struct Explain {
    #[command(flatten)]
    pub(crate) policy: PolicyArgs,
    /// A rule, an act, a detector, a playbook or a step of one (complaint/acknowledge), a channel, an intent, a signal, a
    /// remedy, a code of a mistake, or a built-in pack (svar:care); all rules without it
    #[arg(value_name = "NAME")]
    pub(crate) name: Option<String>,
}

#[derive(ClapArgs)]
pub(crate) struct Calendar {
    #[command(flatten)]
    pub(crate) policy: PolicyArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    /// Calendars and rotas of the policy to show, all without it; with --jsonl, files of requests
    #[arg(value_name = "NAME")]
    pub(crate) names: Vec<String>,
    /// Show the public holidays of a region in a year, this year without it
    #[arg(long, value_names = ["REGION", "YEAR"], num_args = 1..=2)]
    pub(crate) holidays: Vec<String>,
    /// Show the week from this date on, today without it
    #[arg(long, value_name = "DATE")]
    pub(crate) from: Option<String>,
    /// An instant with its offset, or a local time of the calendar, now without it: is it open then?
    #[arg(long, value_name = "INSTANT")]
    pub(crate) at: Option<String>,
    /// When so much open time has passed since --at: `8h`, `90m`, or seconds
    #[arg(long, value_name = "TIME", conflicts_with_all = ["subtract", "to"])]
    pub(crate) add: Option<String>,
    /// From when on so much open time passes up to --at
    #[arg(long, value_name = "TIME", conflicts_with = "to")]
    pub(crate) subtract: Option<String>,
    /// How much open time passes from --at to this instant
    #[arg(long, value_name = "INSTANT")]
    pub(crate) to: Option<String>,
}

#[derive(ClapArgs)]
pub(crate) struct Health {
    #[command(flatten)]
    pub(crate) policy: PolicyArgs,
    /// Archives, one conversation (a case as JSON) a line; `-` or none is standard input
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// The instant to look from, such as 2026-11-21T17:00:00+01:00; now without it
    #[arg(long, value_name = "INSTANT")]
    pub(crate) now: Option<DateTime<FixedOffset>>,
    /// How to print; as JSON a bad line gives an error line before the report
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

#[derive(ClapArgs)]
pub(crate) struct Score {
    #[command(flatten)]
    pub(crate) policy: PolicyArgs,
    /// Labelled texts, one JSON object a line: {"text", "language"?, "acts"?, "address"?, "intent"?, "rules"?, "case"?}
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Only this: an act, a rule, `address`, `intent` or `language`
    #[arg(long, value_name = "NAME")]
    pub(crate) only: Vec<String>,
    /// Print so many of the texts that were heard wrongly
    #[arg(long, default_value_t = 10, value_name = "N")]
    pub(crate) misses: usize,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}
