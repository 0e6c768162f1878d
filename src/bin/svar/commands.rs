//! Which commands there are. What one alone takes stands beside its code, what several take in [`args`](crate::args).

use clap::{Parser, Subcommand};

use crate::args::{Color, Told};
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
     (nothing-to-say, missing-slot, slot-value…), a difference (diff,
     fmt --check), and for check and test: mistakes in the policy, what
     does not hold
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
    /// Print the JSON Schema of policy documents, requests or answers, for editors and for types in any language
    Schema(Schema),
    /// Print a script with which a shell completes the arguments of svar
    Completions(Completions),
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
