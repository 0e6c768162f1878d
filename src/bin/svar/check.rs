//! `svar check`

use svar::request::to_json;
use svar::source::{Diagnostic, Severity};
use svar::testing::{build_with_examples, check};

use crate::args::{Check, Format};
use crate::paint::{BOLD, diagnostics, paint};
use crate::{Failure, Outcome, load};

pub(crate) fn run(command: &Check) -> Result<Outcome, Failure> {
    let builder = load::builder(&command.files, &command.packs)?;
    if command.format == Format::Json {
        let found = check(&builder);
        anstream::println!("{}", to_json(&found));
        let failed = found.iter().any(|diagnostic| diagnostic.severity() == Severity::Error);
        return Ok(if failed { Outcome::Findings } else { Outcome::Pass });
    }
    match build_with_examples(&builder) {
        Ok((policy, examples)) => {
            let law = policy.law();
            let failures: Vec<_> = examples.iter().filter_map(|example| example.run(&policy).err()).collect();
            let found = policy.warnings().iter().chain(failures.iter().map(|failure| &**failure));
            diagnostics(found.chain(&law.broken));
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
            Ok(if failures.is_empty() && law.holds() { Outcome::Pass } else { Outcome::Findings })
        }
        Err(errors) => {
            diagnostics(errors.iter());
            let list: Vec<&Diagnostic> = errors.iter().collect();
            anstream::eprintln!("{} found", paint(BOLD, format!("{} mistakes", list.len())));
            Ok(Outcome::Findings)
        }
    }
}
