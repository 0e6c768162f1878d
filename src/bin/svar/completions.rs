//! `svar completions`

use clap::Args;
use clap_complete::{Shell, generate};

use crate::outcome::{Failure, Outcome};

#[derive(Args)]
pub(crate) struct Completions {
    /// The shell
    shell: Shell,
}

/// `commands` is what there is to complete.
pub(crate) fn run(command: &Completions, commands: &mut clap::Command) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    generate(command.shell, commands, "svar", &mut script);
    out!("{}", String::from_utf8(script)?);
    Ok(Outcome::Pass)
}
