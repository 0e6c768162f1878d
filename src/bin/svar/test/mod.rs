//! `svar test`

mod coverage;
mod json;
mod junit;
mod mutate;
mod tap;
mod text;
mod watch;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::{Args, ValueEnum};
use svar::Policy;
use svar::policy::Law;
use svar::source::{Diagnostic, Diagnostics, Severity};
use svar::testing::{Coverage, Item, Runner, Suite};

use coverage::Reached;

use crate::load;
use crate::outcome::{Failure, Outcome};
use crate::paint::{as_diagnostics, failure};

#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum TestFormat {
    /// For people
    #[default]
    Text,
    /// For programs: one object
    Json,
    /// XML as CI servers read it
    Junit,
    /// The Test Anything Protocol, version 14
    Tap,
}

#[derive(Args)]
pub(crate) struct Test {
    /// The policy documents, lowest layer first, or directories of them: every `*.toml` there that no other there
    /// extends, and as tests every `*.tests.toml`. `-` is standard input. The built-in policy without any
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// A file of tests apart from the policy
    #[arg(long = "tests", value_name = "FILE")]
    tests: Vec<PathBuf>,
    /// A pack that documents extend by its name; it takes the place of a built-in one of that name
    #[arg(long = "pack", value_name = "FILE")]
    packs: Vec<PathBuf>,
    /// Only what has this in its name; with `*`, only what is called so: --filter 'rules/tone.*'
    #[arg(long, value_name = "NAME")]
    filter: Vec<String>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: TestFormat,
    /// Fail where a rule has neither an example nor a test that breaks it
    #[arg(long)]
    strict: bool,
    /// Do not try every template and every draft
    #[arg(long)]
    no_law: bool,
    /// Print failures and the last line only
    #[arg(long, short)]
    quiet: bool,
    /// Run again whenever a file has changed
    #[arg(long, conflicts_with = "format")]
    watch: bool,
    /// Tell which rules, phrases, templates, steps and channels no test reaches
    #[arg(long)]
    coverage: bool,
    /// Fail where fewer of a hundred are reached
    #[arg(long, value_name = "PERCENT", requires = "coverage", value_parser = clap::value_parser!(u8).range(..=100))]
    min_coverage: Option<u8>,
    /// Weaken the policy one place at a time instead, and list the changes that no test notices
    #[arg(long, conflicts_with_all = ["coverage", "watch", "filter", "strict", "no_law"])]
    mutate: bool,
    /// Try so many changes at the most, spread over the documents
    #[arg(long, value_name = "N", requires = "mutate")]
    limit: Option<usize>,
    /// Of the packs that ship built in, too, and not of the documents alone: for --coverage and --mutate
    #[arg(long)]
    all: bool,
}

/// What the drafting law is called among the tests.
const LAW: &str = "law";

pub(crate) fn run(command: &Test) -> Result<Outcome, Failure> {
    if command.watch {
        return watch::run(command);
    }
    once(command).or_else(|why| {
        told_instead(command.format, &*why);
        // Mistakes in the documents are what there is to find; anything else keeps from looking.
        if !load::is_of_documents(&why) {
            return Err(why);
        }
        failure(&*why);
        Ok(Outcome::Findings)
    })
}

/// What is printed where there is no run to tell of, for those who read the output: why.
fn told_instead(format: TestFormat, why: &(dyn std::error::Error + 'static)) {
    match format {
        TestFormat::Text => {}
        TestFormat::Json => outln!("{}", svar::request::error_json(&as_diagnostics(why))),
        TestFormat::Junit => junit::error(&as_diagnostics(why)),
        TestFormat::Tap => tap::bail_out(&as_diagnostics(why)),
    }
}

/// One item, run.
struct Done<'s> {
    item: &'s Item,
    failures: Vec<Diagnostic>,
    text: Option<String>,
}

/// Everything that came of a run, for whichever format.
struct Run<'s> {
    policy: &'s Policy,
    done: Vec<Done<'s>>,
    law: Option<Law>,
    /// Rules without an example; errors only where the run is strict.
    untested: Vec<Diagnostic>,
    strict: bool,
    /// What of the policy was reached, where that was asked for.
    reached: Option<Reached>,
    /// How many items were not asked for.
    filtered_out: usize,
    /// How many tests are in languages that the policy does not speak.
    elsewhere: usize,
    time: Duration,
}

impl Run<'_> {
    fn failed(&self) -> usize {
        self.done.iter().filter(|done| !done.failures.is_empty()).count()
    }

    fn law_holds(&self) -> bool {
        self.law.as_ref().is_none_or(Law::holds)
    }

    fn passes(&self) -> bool {
        let enough = self.reached.as_ref().is_none_or(Reached::is_enough);
        self.failed() == 0 && self.law_holds() && (self.untested.is_empty() || !self.strict) && enough
    }
}

fn once(command: &Test) -> Result<Outcome, Failure> {
    let began = Instant::now();
    let documents = load::read(&command.files, &command.packs)?;
    let (policy, mut suite) = Suite::load(&documents.builder)?;
    for file in documents.with_tests(&command.tests) {
        suite.add(&policy, &load::name_of(file), &load::text(file)?)?;
    }
    if command.mutate && !suite.items().is_empty() {
        return mutate::run(command, &documents.builder, &suite);
    }
    let asked = |name: &str| command.filter.is_empty() || command.filter.iter().any(|filter| name == filter);
    let items: Vec<&Item> = suite
        .items()
        .iter()
        .filter(|item| {
            command.filter.is_empty() || command.filter.iter().any(|filter| item.is_meant_by(filter))
        })
        .collect();
    // Of a policy with tests, the law alone can be asked for.
    if items.is_empty() && (suite.items().is_empty() || !asked(LAW)) {
        let why = nothing_to_run(command, &suite);
        told_instead(command.format, &*why);
        failure(&*why);
        return Ok(Outcome::Findings);
    }
    let mut runner = match command.coverage {
        true => Runner::covering(&policy, Coverage::of(&documents.builder)?),
        false => Runner::new(&policy),
    };
    let done = items.iter().map(|item| {
        let outcome = item.run(&mut runner);
        Done { item, failures: outcome.failures, text: outcome.text }
    });
    let done: Vec<Done<'_>> = done.collect();
    let law = (!command.no_law && asked(LAW)).then(|| policy.law());
    let run = Run {
        reached: runner.into_coverage().map(|coverage| reached(coverage, law.as_ref(), command)),
        filtered_out: suite.items().len() - done.len(),
        done,
        law,
        untested: suite
            .untested_rules(&policy)
            .into_iter()
            .map(|warning| weighed(warning, command))
            .collect(),
        strict: command.strict,
        elsewhere: suite.elsewhere(),
        time: began.elapsed(),
        policy: &policy,
    };
    match command.format {
        TestFormat::Text => text::print(&run, command.quiet),
        TestFormat::Json => json::print(&run),
        TestFormat::Junit => junit::print(&run),
        TestFormat::Tap => tap::print(&run),
    }
    // These formats have no place for it.
    let shortage = run.reached.as_ref().and_then(Reached::shortage);
    if let (TestFormat::Junit | TestFormat::Tap, Some(shortage)) = (command.format, shortage) {
        failure(&*Failure::from(shortage));
    }
    Ok(if run.passes() { Outcome::Pass } else { Outcome::Findings })
}

/// What the tests and the law reached, of the author's own documents where not all is asked for.
fn reached(mut coverage: Coverage, law: Option<&Law>, command: &Test) -> Reached {
    law.into_iter().for_each(|law| coverage.note_law(law));
    // Without any document the policy that ships built in is itself what is tested.
    let all = command.all || command.files.is_empty() && command.packs.is_empty();
    Reached { coverage: if all { coverage } else { coverage.own() }, least: command.min_coverage }
}

/// What is a warning elsewhere is an error of a strict run.
fn weighed(warning: Diagnostic, command: &Test) -> Diagnostic {
    if !command.strict {
        return warning;
    }
    let error = Diagnostic::new(Severity::Error, warning.code().to_owned(), warning.message());
    let error = error.at(warning.location().cloned());
    match warning.help() {
        Some(help) => error.with_help(help),
        None => error,
    }
}

/// A run that tests nothing proves nothing, and so does not pass.
fn nothing_to_run(command: &Test, suite: &Suite) -> Failure {
    let (message, help) = if suite.items().is_empty() {
        let help = "write `bad = [\"…\"]` and `good = [\"…\"]` beside a rule, or `[[tests]]`";
        ("there are no examples and no tests in this policy".to_owned(), help.to_owned())
    } else {
        let filters = command.filter.join("`, `");
        let names =
            suite.tests().map(svar::testing::Test::name).chain(suite.examples().map(|one| one.name()));
        let names: Vec<&str> = names.take(3).collect();
        let help = format!("names are such as `{}`; `*` stands for anything", names.join("`, `"));
        (format!("no test is called like `{filters}`"), help)
    };
    Diagnostics::from(Diagnostic::error("no-tests", message).with_help(help)).into()
}
