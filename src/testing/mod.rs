//! The examples of a policy: what must be heard and found, and what must not.
//!
//! Beside an act stands `heard` and `unheard`, beside a rule `good` and `bad`, each a list of texts; `<…>` marks the
//! exact span that is expected. They are part of the documents, and this module runs them.
//!
//! ```
//! use svar::testing::build_with_examples;
//!
//! let policy = r#"
//! svar = 1
//! name = "acme"
//! extends = ["svar:care"]
//! languages = ["en"]
//!
//! [rules."acme.no-jargon"]
//! forbid = { phrases = ["ticket number"] }
//! good = ["We have your case in front of us."]
//! bad = ["What is the <ticket number>?"]
//! "#;
//! let (policy, examples) = build_with_examples(&svar::Policy::builder().layer("acme.toml", policy))?;
//! for example in examples.iter().filter(|example| example.subject() == "acme.no-jargon") {
//!     example.run(&policy).unwrap();
//! }
//! # Ok::<(), svar::source::Diagnostics>(())
//! ```

mod example;
mod expect;
mod harness;
mod judge;
mod marked;
mod names;
mod pattern;
mod runner;
mod suite;
mod test;

pub use example::{Example, Expectation, Section};
pub use harness::{assert_policy, main};
pub use runner::Runner;
pub use suite::{Item, Outcome, Suite};
pub use test::Test;

use crate::policy::{Policy, PolicyBuilder};
use crate::source::{Diagnostic, Diagnostics};

/// Builds a policy and gives all examples that stand in its documents.
///
/// # Errors
/// Every mistake in the documents, those in the examples included.
pub fn build_with_examples(builder: &PolicyBuilder) -> Result<(Policy, Vec<Example>), Diagnostics> {
    let (policy, suite) = Suite::load(builder)?;
    let examples = suite.examples().cloned().collect();
    Ok((policy, examples))
}

/// Everything there is to say about the documents of a policy: their mistakes, or else what is doubtful in them, the
/// rules that nothing tests, the examples and tests that do not hold, and the drafts that break the policy's own [law](Policy::law). Empty, if all is well.
pub fn check(builder: &PolicyBuilder) -> Vec<Diagnostic> {
    match Suite::load(builder) {
        Ok((policy, suite)) => {
            let mut runner = Runner::new(&policy);
            let failures = suite.items().iter().flat_map(|item| item.run(&mut runner).failures);
            let doubtful = policy.warnings().iter().cloned().chain(suite.untested_rules(&policy));
            doubtful.chain(failures).chain(policy.law().broken).collect()
        }
        Err(mistakes) => mistakes.into_vec(),
    }
}
