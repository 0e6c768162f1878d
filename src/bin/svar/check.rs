//! `svar check`

use svar::request::to_json;
use svar::source::{Diagnostic, Severity};
use svar::testing::{Runner, Suite, check};

use crate::args::{Check, FindingFormat};
use crate::paint::{BOLD, diagnostics, paint};
use crate::sarif::Collector;
use crate::{Failure, Outcome, layers, load};

pub(crate) fn run(command: &Check, quiet: bool) -> Result<Outcome, Failure> {
    let builder = load::builder(&command.files, &command.packs)?;
    if let Some(paths) = &command.explain_layers {
        return layers::run(&builder, paths, command.format);
    }
    if command.format == FindingFormat::Sarif {
        let found = check(&builder);
        let mut collector = Collector::default();
        found.iter().for_each(|diagnostic| collector.diagnostic(diagnostic, diagnostic.location()));
        anstream::println!("{}", to_json(&collector.log()));
        return Ok(outcome(&found));
    }
    if command.format == FindingFormat::Json {
        let found = check(&builder);
        anstream::println!("{}", to_json(&found));
        return Ok(outcome(&found));
    }
    match Suite::load(&builder) {
        Ok((policy, suite)) => {
            let law = policy.law();
            let mut runner = Runner::new(&policy);
            let outcomes: Vec<_> = suite.items().iter().map(|item| item.run(&mut runner)).collect();
            let held = outcomes.iter().filter(|outcome| outcome.passes()).count();
            let untested = suite.untested_rules(&policy);
            let found = policy.warnings().iter().chain(&untested);
            let found = found.chain(outcomes.iter().flat_map(|outcome| &outcome.failures));
            diagnostics(found.chain(&law.broken));
            let outcome =
                if held == outcomes.len() && law.holds() { Outcome::Pass } else { Outcome::Findings };
            if quiet {
                return Ok(outcome);
            }
            let languages: Vec<_> = policy.languages().iter().map(ToString::to_string).collect();
            anstream::println!(
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
        Err(errors) => {
            diagnostics(errors.iter());
            let mistakes = match errors.iter().count() {
                1 => "1 mistake".to_owned(),
                count => format!("{count} mistakes"),
            };
            anstream::eprintln!("{} found", paint(BOLD, mistakes));
            Ok(Outcome::Findings)
        }
    }
}

fn outcome(found: &[Diagnostic]) -> Outcome {
    let failed = found.iter().any(|diagnostic| diagnostic.severity() == Severity::Error);
    if failed { Outcome::Findings } else { Outcome::Pass }
}
