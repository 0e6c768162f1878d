//! The suite in a host's own `cargo test`.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use super::runner::Runner;
use super::suite::Suite;
use crate::policy::{Policy, PolicyBuilder};
use crate::source::{Diagnostic, Severity};

/// What the drafting law is called among the tests.
const LAW: &str = "law";
/// The exit status of a test program with failures, as that of Rust's own.
const FAILED: u8 = 101;

/// Asserts in one test that all examples and tests of a policy hold, and that its drafts pass.
///
/// The path is that of one document, as seen from the package: `cargo test` runs there. This function and [`main`] are
/// the only ones of the library that read a file.
///
/// ```
/// # let folder = std::env::temp_dir().join(format!("svar-assert-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder)?;
/// # std::env::set_current_dir(&folder)?;
/// # std::fs::write("policy.toml", "svar = 1\nname = 'a'\n[language.en]\n[channels.facebook]\nkind = 'social'\nvisibility = ['public']\n[rules.x]\nforbid = { pattern = 'lol' }\nbad = ['oh <lol>']\n")?;
/// svar::testing::assert_policy("policy.toml");
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Panics
/// With everything that is wrong: the file cannot be read, a mistake in the document, what did not turn out as
/// expected, or nothing to test.
#[track_caller]
pub fn assert_policy(path: impl AsRef<Path>) {
    let (policy, suite) = match load(path.as_ref()) {
        Ok(loaded) => loaded,
        Err(why) => fail(&why),
    };
    let mut runner = Runner::new(&policy);
    let mut failures: Vec<Diagnostic> = Vec::new();
    for item in suite.items() {
        failures.extend(item.run(&mut runner).failures);
    }
    failures.extend(law_breaches(&policy));
    if !failures.is_empty() {
        fail(&rendered(&failures));
    }
}

#[track_caller]
#[expect(clippy::panic, reason = "an assertion that does not hold")]
fn fail(why: &str) -> ! {
    panic!("{why}")
}

/// Runs a policy's examples and tests, one test for each, as a test program of its own.
///
/// ```toml
/// # Cargo.toml
/// [[test]]
/// name = "policy"
/// harness = false
/// ```
///
/// ```no_run
/// // tests/policy.rs
/// fn main() -> std::process::ExitCode {
///     svar::testing::main("policy.toml", std::env::args().skip(1), &mut std::io::stdout())
/// }
/// ```
///
/// It understands what `cargo test` and `cargo nextest` say to a test program: filters, `--exact`, `--skip`, `--list`,
/// `--ignored`, `--quiet`; `--nocapture`, `--test-threads` and `--color` change nothing. The drafting law is
/// the test `law`.
pub fn main(
    path: impl AsRef<Path>,
    arguments: impl IntoIterator<Item = String>,
    out: &mut impl Write,
) -> ExitCode {
    let done = match (load(path.as_ref()), Arguments::read(arguments)) {
        (Ok((policy, suite)), Ok(arguments)) => run(&policy, &suite, &arguments, out),
        (Err(why), _) | (_, Err(why)) => writeln!(out, "{why}").map(|()| false),
    };
    // Whoever does not want to hear the rest has seen enough to know.
    if done.unwrap_or(false) { ExitCode::SUCCESS } else { ExitCode::from(FAILED) }
}

fn load(path: &Path) -> Result<(Policy, Suite), String> {
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|error| format!("{name}: {error}"))?;
    let builder = PolicyBuilder::default().layer(&*name, text);
    let (policy, suite) = Suite::load(&builder).map_err(|mistakes| mistakes.render())?;
    if suite.items().is_empty() {
        return Err(format!("{name}: there are no examples and no tests in this policy"));
    }
    Ok((policy, suite))
}

fn law_breaches(policy: &Policy) -> impl Iterator<Item = Diagnostic> {
    policy.law().broken.into_iter().filter(|broken| broken.severity() == Severity::Error)
}

fn rendered(failures: &[Diagnostic]) -> String {
    let mut out = String::new();
    for failure in failures {
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{}", failure.render());
    }
    let _ = write!(out, "failures: {}", failures.len());
    out
}

/// What a test program is told.
#[derive(Debug, Default, PartialEq, Eq)]
struct Arguments {
    filters: Vec<String>,
    skips: Vec<String>,
    exact: bool,
    list: bool,
    quiet: bool,
    only_ignored: bool,
    terse: bool,
}

impl Arguments {
    fn read(arguments: impl IntoIterator<Item = String>) -> Result<Self, String> {
        let mut read = Arguments::default();
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            let (flag, value) = match argument.split_once('=') {
                Some((flag, value)) if flag.starts_with("--") => (flag, Some(value.to_owned())),
                _ => (&*argument, None),
            };
            match flag {
                "--exact" => read.exact = true,
                "--list" => read.list = true,
                "-q" | "--quiet" => read.quiet = true,
                "--ignored" => read.only_ignored = true,
                "--include-ignored" | "--nocapture" | "--no-capture" | "--show-output" => {}
                "--skip" => {
                    let value = value.or_else(|| arguments.next());
                    read.skips.push(value.ok_or("`--skip` needs the name of a test")?);
                }
                "--format" => read.terse = value.or_else(|| arguments.next()).as_deref() == Some("terse"),
                "--test-threads" | "--color" | "--logfile" | "-Z" => {
                    value.or_else(|| arguments.next());
                }
                _ if flag.starts_with('-') => return Err(format!("`{argument}` is not known here")),
                _ => read.filters.push(argument),
            }
        }
        Ok(read)
    }

    fn ask_for(&self, name: &str) -> bool {
        let meant =
            |filter: &String| if self.exact { name == filter } else { name.contains(filter.as_str()) };
        !self.only_ignored
            && (self.filters.is_empty() || self.filters.iter().any(meant))
            && !self.skips.iter().any(meant)
    }
}

/// Runs the tests that are asked for; whether all of them pass.
fn run(policy: &Policy, suite: &Suite, arguments: &Arguments, out: &mut impl Write) -> io::Result<bool> {
    let asked: Vec<_> = suite.items().iter().filter(|item| arguments.ask_for(item.name())).collect();
    let law = arguments.ask_for(LAW);
    let count = asked.len() + usize::from(law);
    if arguments.list {
        for name in asked.iter().map(|item| item.name()).chain(law.then_some(LAW)) {
            writeln!(out, "{name}: test")?;
        }
        if !arguments.terse {
            writeln!(out, "\n{count} tests, 0 benchmarks")?;
        }
        return Ok(true);
    }
    writeln!(out, "\nrunning {count} tests")?;
    let mut runner = Runner::new(policy);
    let mut failed: Vec<(&str, Vec<Diagnostic>)> = Vec::new();
    let mut tell = |name, failures: Vec<Diagnostic>, out: &mut dyn Write| {
        let word = if failures.is_empty() { "ok" } else { "FAILED" };
        if !failures.is_empty() {
            failed.push((name, failures));
        } else if arguments.quiet {
            return Ok(());
        }
        writeln!(out, "test {name} ... {word}")
    };
    for item in &asked {
        tell(item.name(), item.run(&mut runner).failures, out)?;
    }
    if law {
        tell(LAW, law_breaches(policy).collect(), out)?;
    }
    if !failed.is_empty() {
        writeln!(out, "\nfailures:")?;
    }
    for (name, failures) in &failed {
        writeln!(out, "\n---- {name} ----")?;
        for failure in failures {
            writeln!(out, "{}", failure.render())?;
        }
    }
    let all = suite.items().len() + 1;
    let (word, passed) = (if failed.is_empty() { "ok" } else { "FAILED" }, count - failed.len());
    writeln!(
        out,
        "\ntest result: {word}. {passed} passed; {} failed; 0 ignored; 0 measured; {} filtered out\n",
        failed.len(),
        all - count,
    )?;
    Ok(failed.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(arguments: &[&str]) -> Result<Arguments, String> {
        Arguments::read(arguments.iter().map(ToString::to_string))
    }

    #[test]
    fn it_understands_what_test_programs_are_told() {
        let told = ["blame", "--skip", "law", "--test-threads=1", "--format", "terse", "-q", "--nocapture"];
        let told = read(&told).unwrap();
        assert!(told.quiet && told.terse && !told.exact && !told.list);
        assert!(
            told.ask_for("rules/tone.blame/en/bad/1") && !told.ask_for("law") && !told.ask_for("tests/x")
        );
        assert!(read(&["--exact", "tests/x"]).unwrap().ask_for("tests/x"));
        assert!(!read(&["--exact", "tests"]).unwrap().ask_for("tests/x"));
        assert!(!read(&["--ignored"]).unwrap().ask_for("tests/x"));
        assert!(read(&["--skip"]).is_err() && read(&["--benhc"]).is_err());
    }
}
