//! A gate between a language model and the public: what the model offers is published only where the policy lets it.
//!
//! ```sh
//! printf '%s\n' 'Du burde ha lest driftsmeldingene.' 'Hei Jonas! Vi beklager. Send oss gjerne en PM.' |
//!     cargo run --release --example gate -- examples/case.json
//! ```
//!
//! The candidates come in as lines, the best first, as a model gives several. The first in which nothing is found but
//! advice is printed: nobody looks at what a model says before it is published, so the gate is stricter than a verdict.
//! Where there is none, the first for which that holds once its fixes are applied; and where that helps none, the reply
//! that svar writes. What was wrong goes to standard error: it is what the model should be told before it tries again.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program speaks to whoever runs it")]

use std::error::Error;
use std::io::{self, Read};
use std::{env, fs};

use svar::draft::SlotValues;
use svar::policy::{CaseError, Conversation, DraftOptions};
use svar::source::Severity;
use svar::{Case, Policy, Report, Scratch};

/// Where a reply comes from.
#[derive(Debug, PartialEq, Eq)]
enum Origin {
    /// As the model wrote it.
    Model,
    /// As the model wrote it, corrected.
    Corrected,
    /// From the policy's own sentences.
    Policy,
}

fn main() -> Result<(), Box<dyn Error>> {
    let file = env::args().nth(1).unwrap_or_else(|| "examples/case.json".to_owned());
    let case = Case::from_json(&fs::read_to_string(file)?)?;
    let mut candidates = String::new();
    io::stdin().read_to_string(&mut candidates)?;
    let (origin, reply) = choose(&Policy::builtin(), &case, candidates.lines())?;
    eprintln!("({origin:?})");
    println!("{reply}");
    Ok(())
}

/// The reply to be published.
fn choose<'c>(
    policy: &Policy,
    case: &Case,
    candidates: impl Iterator<Item = &'c str>,
) -> Result<(Origin, String), Box<dyn Error>> {
    let mut scratch = Scratch::default();
    // The customer is heard once, however many candidates there are.
    let conversation = policy.open(case, None, &mut scratch)?;
    let mut correctable = None;
    for candidate in candidates.filter(|candidate| !candidate.trim().is_empty()) {
        let report = conversation.validate(candidate, &mut scratch)?;
        if is_clean(&report) {
            return Ok((Origin::Model, candidate.to_owned()));
        }
        tell(candidate, &report);
        if correctable.is_none() {
            correctable = corrected(&conversation, candidate, report, &mut scratch)?;
        }
    }
    if let Some(reply) = correctable {
        return Ok((Origin::Corrected, reply));
    }
    let draft = policy.draft(case, &SlotValues::new(), &DraftOptions::default())?;
    Ok((Origin::Policy, draft.text))
}

/// Whether there is nothing to be said against a reply but advice.
fn is_clean(report: &Report) -> bool {
    report.findings.iter().all(|finding| finding.severity == Severity::Advice)
}

/// A candidate mended finding by finding: a fix is of the text as it stands, so the next is asked for anew.
fn corrected(
    conversation: &Conversation<'_>,
    candidate: &str,
    mut report: Report,
    scratch: &mut Scratch,
) -> Result<Option<String>, CaseError> {
    let mut reply = candidate.to_owned();
    for _ in 0..report.findings.len() {
        let mut grave = report.findings.iter().filter(|finding| finding.severity != Severity::Advice);
        let Some(fix) = grave.find_map(|finding| finding.fix.as_ref()) else { return Ok(None) };
        reply = fix.apply(&reply);
        report = conversation.validate(&reply, scratch)?;
        if is_clean(&report) {
            return Ok(Some(reply));
        }
    }
    Ok(None)
}

fn tell(candidate: &str, report: &Report) {
    eprintln!("{candidate}");
    for finding in &report.findings {
        eprintln!("  {} {}: {}", finding.severity, finding.rule, finding.message);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLAME: &str = "Du burde ha lest driftsmeldingene.";
    const GOOD: &str =
        "Hei Jonas! Vi beklager at ruteren er nede. Send oss gjerne en privat melding. Hilsen Ida";

    fn chosen(candidates: &[&str]) -> (Origin, String) {
        let case = Case::from_json(include_str!("case.json")).unwrap();
        choose(&Policy::builtin(), &case, candidates.iter().copied()).unwrap()
    }

    #[test]
    fn the_first_that_passes_is_taken_as_it_is() {
        assert_eq!(chosen(&[BLAME, GOOD, "Hei!"]), (Origin::Model, GOOD.to_owned()));
    }

    #[test]
    fn what_can_be_mended_is_mended() {
        let hidden = GOOD.replace("ruteren", "ru\u{200B}teren");
        assert_eq!(chosen(&[BLAME, &hidden]), (Origin::Corrected, GOOD.to_owned()));
    }

    #[test]
    fn where_nothing_passes_the_policy_speaks() {
        let (origin, reply) = chosen(&[BLAME]);
        assert_eq!(origin, Origin::Policy);
        assert_eq!(chosen(&[&reply]), (Origin::Model, reply));
        assert_eq!(chosen(&["", "  "]).0, Origin::Policy);
    }
}
