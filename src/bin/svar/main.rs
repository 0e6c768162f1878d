//! The command line: the policy's questions, for people and for pipes.

#[macro_use]
mod output;

mod args;
mod calendar;
mod check;
mod clock;
mod commands;
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
mod outcome;
mod paint;
mod read;
mod sarif;
mod schema;
mod score;
mod stream;
mod test;
mod validate;
mod veil;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use commands::{Args, Command};
use outcome::{AlreadyTold, Outcome};

fn main() -> ExitCode {
    let code = match Args::try_parse() {
        Ok(args) => run(&args),
        // Help that was asked for, or what is wrong with the arguments.
        Err(told) => {
            output::keep(told.print());
            u8::try_from(told.exit_code()).unwrap_or(UNANSWERED)
        }
    };
    match output::failure() {
        None => ExitCode::from(code),
        Some(error) => {
            paint::failure(&AlreadyTold(format!("standard output: {error}")));
            ExitCode::from(UNANSWERED)
        }
    }
}

/// What a run ends with that has no answer.
const UNANSWERED: u8 = 2;

fn run(args: &Args) -> u8 {
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
        Command::Completions(command) => completions::run(command, &mut Args::command()),
    };
    match outcome {
        Ok(Outcome::Pass) => 0,
        Ok(Outcome::Findings) => 1,
        Err(failure) => {
            paint::told(args.command.told(), &*failure);
            paint::failure(&*failure);
            UNANSWERED
        }
    }
}
