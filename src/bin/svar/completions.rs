//! `svar completions`

use clap::{Args, CommandFactory};
use clap_complete::{Shell, generate};

use crate::{Failure, Outcome, args};

#[derive(Args)]
pub(crate) struct Completions {
    /// The shell
    shell: Shell,
}

pub(crate) fn run(command: &Completions) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    generate(command.shell, &mut args::Args::command(), "svar", &mut script);
    out!("{}", String::from_utf8(script)?);
    Ok(Outcome::Pass)
}
