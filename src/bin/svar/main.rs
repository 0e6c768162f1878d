//! The command line: the policy's questions, for people and for pipes.

mod args;
mod calendar;
mod check;
mod clock;
mod completions;
mod diff;
mod draft;
mod explain;
mod fmt;
mod health;
mod init;
mod layers;
mod lines;
mod load;
mod next;
mod paint;
mod read;
mod sarif;
mod schema;
mod score;
mod stream;
mod test;
mod validate;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};

/// What a run came to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Nothing to complain about.
    Pass,
    /// An error was found in a reply or policy.
    Findings,
}

/// Something that kept the command from doing its work.
type Failure = Box<dyn std::error::Error>;

/// A failure that the output tells already.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct AlreadyTold(String);

fn main() -> ExitCode {
    let args = Args::parse();
    args.color.hold();
    let outcome = match &args.command {
        Command::Validate(command) => validate::run(command),
        Command::Next(command) => next::run(command),
        Command::Draft(command) => draft::run(command),
        Command::Read(command) => read::run(command),
        Command::Clock(command) => clock::run(command),
        Command::Check(command) => check::run(command),
        Command::Test(command) => test::run(command),
        Command::Explain(command) => explain::run(command),
        Command::Calendar(command) => calendar::run(command),
        Command::Health(command) => health::run(command),
        Command::Score(command) => score::run(command),
        Command::Init(command) => init::run(command),
        Command::Fmt(command) => fmt::run(command),
        Command::Diff(command) => diff::run(command),
        Command::Schema(command) => schema::run(command),
        Command::Completions(command) => completions::run(command),
    };
    match outcome {
        Ok(Outcome::Pass) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        // A pipe that was closed early has all it wanted.
        Err(failure) if is_broken_pipe(&*failure) => ExitCode::SUCCESS,
        Err(failure) => {
            paint::told(args.command.told(), &*failure);
            paint::failure(&*failure);
            ExitCode::from(2)
        }
    }
}

fn is_broken_pipe(failure: &(dyn std::error::Error + 'static)) -> bool {
    let io = failure.downcast_ref::<std::io::Error>();
    io.is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}
