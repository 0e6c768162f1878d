//! `svar completions`

use std::io::Write;

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
    std::io::stdout().lock().write_all(&script)?;
    Ok(Outcome::Pass)
}
