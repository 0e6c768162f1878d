//! `svar check`

use std::path::PathBuf;

use clap::Args;
use svar::request::to_json;
use svar::source::{Diagnostic, Diagnostics, Severity};
use svar::testing::{Runner, Suite, check};

use crate::args::{FindingFormat, Quiet, Told, trimmed};
use crate::outcome::{Failure, Outcome};
use crate::paint::{BOLD, diagnostics, paint};
use crate::sarif::Collector;
use crate::stream::counted;
use crate::{layers, load};

#[derive(Args)]
pub(crate) struct Check {
    /// The policy documents, lowest layer first, or directories of them: every `*.toml` there that no other there
    /// extends, but not `*.tests.toml`, which are tests. `-` is standard input. The built-in policy without any
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// A pack that documents extend by its name; it takes the place of a built-in one of that name
    #[arg(long = "pack", value_name = "FILE")]
    packs: Vec<PathBuf>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: FindingFormat,
    /// Say where each value comes from and what it replaced: those that the documents set or change, or those below
    /// some paths, such as `channels.facebook`
    #[arg(long, value_name = "PATH", num_args = 0.., require_equals = true, value_delimiter = ',', value_parser = trimmed)]
    explain_layers: Option<Vec<String>>,
    #[command(flatten)]
    quiet: Quiet,
}

impl Check {
    pub(crate) fn told(&self) -> Told {
        match self.format.told() {
            Told::Json if self.explain_layers.is_none() => Told::JsonArray,
            told => told,
        }
    }
}

pub(crate) fn run(command: &Check) -> Result<Outcome, Failure> {
    let quiet = command.quiet.quiet;
    let builder = match load::builder(&command.files, &command.packs) {
        Ok(builder) => builder,
        // A pack with mistakes is no other thing to find than a document with mistakes.
        Err(why) if load::is_of_documents(&why) => {
            return why.downcast().map(|found| broken(command.format, *found));
        }
        Err(why) => return Err(why),
    };
    if let Some(paths) = &command.explain_layers {
        return layers::run(&builder, paths, command.format);
    }
    if command.format == FindingFormat::Sarif {
        return Ok(as_sarif(&check(&builder)));
    }
    if command.format == FindingFormat::Json {
        return Ok(as_json(&check(&builder)));
    }
    match Suite::load(&builder) {
        Ok((policy, suite)) => {
            let law = policy.law();
            let mut runner = Runner::new(&policy);
            let outcomes: Vec<_> = suite.items().iter().map(|item| item.run(&mut runner)).collect();
            let held = outcomes.iter().filter(|outcome| outcome.passes()).count();
            let (untested, unexplained) = (suite.untested_rules(&policy), suite.unexplained_rules(&policy));
            let found = policy.warnings().iter().chain(&untested).chain(&unexplained);
            let found = found.chain(outcomes.iter().flat_map(|outcome| &outcome.failures));
            diagnostics(found.chain(&law.broken));
            let outcome =
                if held == outcomes.len() && law.holds() { Outcome::Pass } else { Outcome::Findings };
            if quiet {
                return Ok(outcome);
            }
            let languages: Vec<_> = policy.languages().iter().map(ToString::to_string).collect();
            outln!(
                "{}: {} rules, {} acts, {} channels, languages {}; {held} of {} examples and tests hold; {} templates and {} drafts tried",
                paint(BOLD, policy.name()),
                policy.rules().count(),
                policy.acts().count(),
                policy.channels().len(),
                languages.join(", "),
                outcomes.len(),
                law.templates,
                law.drafts,
            );
            Ok(outcome)
        }
        Err(errors) => Ok(broken(command.format, errors)),
    }
}

/// A policy that cannot be built.
fn broken(format: FindingFormat, mistakes: Diagnostics) -> Outcome {
    match format {
        FindingFormat::Text => {
            diagnostics(mistakes.iter());
            let count = counted(mistakes.iter().count(), "mistake");
            errln!("{} found", paint(BOLD, count));
            Outcome::Findings
        }
        FindingFormat::Json => as_json(&mistakes.into_vec()),
        FindingFormat::Sarif => as_sarif(&mistakes.into_vec()),
    }
}

fn as_json(found: &[Diagnostic]) -> Outcome {
    outln!("{}", to_json(&found));
    outcome(found)
}

fn as_sarif(found: &[Diagnostic]) -> Outcome {
    let mut collector = Collector::default();
    found.iter().for_each(|diagnostic| collector.diagnostic(diagnostic, diagnostic.location()));
    outln!("{}", to_json(&collector.log()));
    outcome(found)
}

fn outcome(found: &[Diagnostic]) -> Outcome {
    let failed = found.iter().any(|diagnostic| diagnostic.severity() == Severity::Error);
    if failed { Outcome::Findings } else { Outcome::Pass }
}
