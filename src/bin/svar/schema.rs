//! `svar schema`

use std::iter;

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use svar::schema::{Answer, Request, answer, policy, request};

use crate::outcome::{Failure, Outcome};

#[derive(Args)]
pub(crate) struct Schema {
    /// A policy document, or what svar is asked
    #[arg(long, default_value = POLICY, value_parser = described())]
    of: Of,
    /// What svar answers to this, or `error`, which stands in place of any answer
    #[arg(long, value_name = "OF", conflicts_with = "of", value_parser = answers())]
    answer: Option<Answer>,
}

/// A request, or a policy document where it is none.
#[derive(Clone)]
struct Of(Option<Request>);

const POLICY: &str = "policy";

fn described() -> impl TypedValueParser<Value = Of> {
    let policy = PossibleValue::new(POLICY).help("A policy document");
    let requests = Request::ALL.map(|request| PossibleValue::new(request.as_str()).help(request.title()));
    PossibleValuesParser::new(iter::once(policy).chain(requests)).map(|name| Of(Request::of(&name)))
}

fn answers() -> impl TypedValueParser<Value = Answer> {
    let answers = Answer::ALL.map(|answer| PossibleValue::new(answer.as_str()).help(answer.title()));
    PossibleValuesParser::new(answers).try_map(|name| Answer::of(&name).ok_or("no answer"))
}

pub(crate) fn run(command: &Schema) -> Result<Outcome, Failure> {
    let schema = match command.answer {
        Some(of) => answer(of)?,
        None => command.of.0.map_or_else(policy, request)?,
    };
    out!("{schema}");
    Ok(Outcome::Pass)
}
