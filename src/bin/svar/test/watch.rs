//! Running again whenever a file has changed.

use std::fs;
use std::path::PathBuf;
use std::thread::sleep;
use std::time::{Duration, SystemTime};

use super::{Test, once};
use crate::outcome::{Failure, Outcome};
use crate::paint::{DIM, failure, paint};
use crate::{load, output};

/// How often the files are looked at.
const PAUSE: Duration = Duration::from_millis(300);

/// Goes on until it is interrupted, or nobody reads. Every outcome is printed, a policy that cannot be read as well.
pub(super) fn run(command: &Test) -> Result<Outcome, Failure> {
    let given = command.files.iter().chain(&command.packs).chain(&command.tests);
    if let Some(pipe) = given.into_iter().find(|file| load::is_read_once(file)) {
        let what = if load::is_standard_input(pipe) { "standard input" } else { "a pipe" };
        return Err(format!("{what} does not change: `--watch` takes files").into());
    }
    let mut watched = files(command, Vec::new());
    loop {
        let seen = stamps(&watched);
        let outcome = once(command);
        if output::is_lost() {
            return outcome;
        }
        if let Err(why) = outcome {
            failure(&*why);
        }
        outln!("{}", paint(DIM, "waiting for a change; stop with Ctrl-C"));
        while stamps(&watched) == seen {
            sleep(PAUSE);
        }
        watched = files(command, watched);
    }
}

/// What is read for a run; what was read before, where that cannot be told now.
fn files(command: &Test, before: Vec<PathBuf>) -> Vec<PathBuf> {
    let read = load::read(&command.files, &command.packs);
    let mut files = match read {
        Ok(documents) => [documents.paths, documents.tests].concat(),
        Err(_) => before.into_iter().chain(command.files.clone()).chain(command.packs.clone()).collect(),
    };
    files.extend(command.tests.iter().cloned());
    files.sort();
    files.dedup();
    files
}

fn stamps(files: &[PathBuf]) -> Vec<Option<(SystemTime, u64)>> {
    let stamp = |file: &PathBuf| {
        let about = fs::metadata(file).ok()?;
        Some((about.modified().ok()?, about.len()))
    };
    files.iter().map(stamp).collect()
}
