//! Everything there is to run, in the order of the documents.

use super::example::{self, Example};
use super::runner::Runner;
use crate::policy::{Policy, PolicyBuilder};
use crate::source::{Diagnostic, Diagnostics, Location};

/// What an item came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Outcome {
    /// What turned out differently from what was expected, each with its place; none where all is well.
    pub failures: Vec<Diagnostic>,
}

impl Outcome {
    /// Whether all is as it was expected.
    pub fn passes(&self) -> bool {
        self.failures.is_empty()
    }
}

/// One thing to run.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Item {
    /// An example beside a rule, an act or another part of the policy.
    Example(Example),
}

impl Item {
    /// What it is called; no two items of a suite are called the same.
    pub fn name(&self) -> &str {
        match self {
            Item::Example(example) => example.name(),
        }
    }

    /// Where it stands.
    pub fn location(&self) -> Option<&Location> {
        match self {
            Item::Example(example) => example.location(),
        }
    }

    /// Runs it.
    pub fn run(&self, runner: &mut Runner<'_>) -> Outcome {
        match self {
            Item::Example(example) => {
                let failures = example.run_with(runner).err().map(|failure| *failure);
                Outcome { failures: failures.into_iter().collect() }
            }
        }
    }
}

/// The examples and tests of a policy.
#[derive(Clone, Debug, Default)]
pub struct Suite {
    items: Vec<Item>,
}

impl Suite {
    /// Builds a policy, and takes in all examples and tests that stand in its documents.
    ///
    /// # Errors
    /// Every mistake in the documents, those in the examples and tests included.
    pub fn load(builder: &PolicyBuilder) -> Result<(Policy, Suite), Diagnostics> {
        builder.build_and(|root, policy| {
            let languages: Vec<String> = policy.languages().iter().map(ToString::to_string).collect();
            let examples = example::read_examples(root, &languages);
            Suite { items: examples.into_iter().map(Item::Example).collect() }
        })
    }

    /// What there is to run, in the order in which it is run: always the same.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// The examples among the items.
    pub fn examples(&self) -> impl Iterator<Item = &Example> {
        self.items.iter().map(|item| match item {
            Item::Example(example) => example,
        })
    }
}
