//! `svar schema`

use clap::{Args, ValueEnum};
use svar::schema::{Request, policy, request};

use crate::{Failure, Outcome};

#[derive(Args)]
pub(crate) struct Schema {
    /// What it describes
    #[arg(long, value_enum, default_value_t)]
    of: Of,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum Of {
    /// A policy document
    #[default]
    Policy,
    /// A case alone
    Case,
    /// A request of `svar validate`
    Validate,
    /// A request of `svar next`
    Next,
    /// A request of `svar draft`
    Draft,
    /// A request of `svar clock`
    Clock,
    /// A request of `svar read`
    Read,
}

pub(crate) fn run(command: &Schema) -> Result<Outcome, Failure> {
    let schema = match command.of {
        Of::Policy => policy(),
        Of::Case => request(Request::Case),
        Of::Validate => request(Request::Validate),
        Of::Next => request(Request::Next),
        Of::Draft => request(Request::Draft),
        Of::Clock => request(Request::Clock),
        Of::Read => request(Request::Read),
    };
    anstream::print!("{schema}");
    Ok(Outcome::Pass)
}
