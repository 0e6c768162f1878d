//! Which changes to the policy no test notices.

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use svar::policy::PolicyBuilder;
use svar::request::to_json;
use svar::source::{Diagnostic, Diagnostics};
use svar::testing::{Mutant, Mutation, MutationError, Mutations, Suite};

use super::{Test, TestFormat};
use crate::outcome::{Failure, Outcome};
use crate::paint::{BAD, BOLD, DIM, GOOD, failure, paint};

#[derive(Serialize)]
struct Whole<'m> {
    passes: bool,
    /// How many changes were tried, of how many that there are.
    tried: usize,
    mutants: usize,
    #[serde(flatten)]
    mutations: &'m Mutations,
}

/// Weakens the policy one place at a time; passes when every change is noticed.
pub(super) fn run(command: &Test, builder: &PolicyBuilder, suite: &Suite) -> Result<Outcome, Failure> {
    if !matches!(command.format, TestFormat::Text | TestFormat::Json) {
        return Err("--mutate prints text or json".into());
    }
    let all = command.all || command.files.is_empty() && command.packs.is_empty();
    let found = if all { Mutation::of_all(builder, suite) } else { Mutation::of(builder, suite) };
    let mutation = match found {
        Err(failing @ MutationError::Failing(_)) => {
            let help = "see to it that `svar test` passes without `--mutate`";
            let told = Diagnostic::error("test", failing.to_string()).with_help(help);
            let told = Diagnostics::from(told);
            super::told_instead(command.format, &told);
            failure(&told);
            return Ok(Outcome::Findings);
        }
        found => found?,
    };
    let tried = match command.limit {
        Some(limit) => mutation.sample(limit),
        None => mutation.mutants().iter().collect(),
    };
    let mutations = try_all(&mutation, &tried, command.quiet);
    let passes = mutations.survivors.is_empty();
    if command.format == TestFormat::Json {
        let mutants = mutation.mutants().len();
        outln!("{}", to_json(&Whole { passes, tried: tried.len(), mutants, mutations: &mutations }));
    } else {
        print(&mutations, tried.len(), mutation.mutants().len());
    }
    Ok(if passes { Outcome::Pass } else { Outcome::Findings })
}

/// The bar is on the terminal only: where nobody looks it draws nothing.
fn try_all(mutation: &Mutation<'_>, tried: &[&Mutant], quiet: bool) -> Mutations {
    let bar = if quiet { ProgressBar::hidden() } else { ProgressBar::new(tried.len() as u64) };
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {msg}") {
        bar.set_style(style);
    }
    let mut mutations = Mutations::default();
    for mutant in tried {
        bar.set_message(mutant.path.clone());
        mutations.add(mutant, &mutation.fate(mutant));
        bar.inc(1);
    }
    bar.finish_and_clear();
    mutations
}

fn print(mutations: &Mutations, tried: usize, mutants: usize) {
    for survivor in &mutations.survivors {
        let at = survivor.location.as_ref().map(|at| format!("{at}: ")).unwrap_or_default();
        outln!("{}{} no test fails", paint(DIM, at), survivor.change);
    }
    let survived = mutations.survivors.len();
    let word = if survived == 0 { paint(GOOD, "passed") } else { paint(BAD, "failed") };
    let mut parts = vec![
        format!("{tried} changes tried"),
        format!("{} noticed by tests", mutations.killed),
        format!("{} by the checker", mutations.unbuilt),
        format!("{survived} by nobody"),
    ];
    if tried < mutants {
        parts.push(format!("not tried: {}", mutants - tried));
    }
    outln!("{} {word}: {}", paint(BOLD, "mutation"), parts.join("; "));
}
