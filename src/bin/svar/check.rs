//! `svar check`

use svar::request::to_json;
use svar::source::{Diagnostic, Diagnostics};
use svar::testing::build_with_examples;

use crate::args::{Check, Format};
use crate::paint::{BOLD, diagnostics, paint};
use crate::{Failure, Outcome, load};

pub(crate) fn run(command: &Check) -> Result<Outcome, Failure> {
    let builder = load::builder(&command.files, &command.packs)?;
    match build_with_examples(&builder) {
        Ok((policy, examples)) => {
            let law = policy.law();
            let failures: Vec<_> = examples.iter().filter_map(|example| example.run(&policy).err()).collect();
            let found = policy.warnings().iter().chain(failures.iter().map(|failure| &**failure));
            let found: Vec<&Diagnostic> = found.chain(&law.broken).collect();
            match command.format {
                Format::Json => anstream::println!("{}", to_json(&found)),
                Format::Text => {
                    diagnostics(found.into_iter());
                    let languages: Vec<_> = policy.languages().iter().map(ToString::to_string).collect();
                    anstream::println!(
                        "{}: {} rules, {} acts, {} channels, languages {}; {} of {} examples hold; {} templates and {} drafts tried",
                        paint(BOLD, policy.name()),
                        policy.rules().count(),
                        policy.acts().count(),
                        policy.channels().len(),
                        languages.join(", "),
                        examples.len() - failures.len(),
                        examples.len(),
                        law.templates,
                        law.drafts,
                    );
                }
            }
            Ok(if failures.is_empty() && law.holds() { Outcome::Pass } else { Outcome::Findings })
        }
        Err(errors) => {
            report(&errors, command.format);
            Ok(Outcome::Findings)
        }
    }
}

fn report(errors: &Diagnostics, format: Format) {
    match format {
        Format::Json => anstream::println!("{}", to_json(errors)),
        Format::Text => {
            diagnostics(errors.iter());
            let list: Vec<&Diagnostic> = errors.iter().collect();
            anstream::eprintln!("{} found", paint(BOLD, format!("{} mistakes", list.len())));
        }
    }
}
