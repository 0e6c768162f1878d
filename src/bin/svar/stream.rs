//! JSON lines: one object in, one object out, in order, and a bad line stops nothing.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use svar::request::error_json;
use svar::source::{Diagnostic, Diagnostics};

use crate::paint::diagnostics;
use crate::{Failure, Outcome, load};

/// Answers every line with `answer`, which also says whether the line found something.
pub(crate) fn run(
    files: &[PathBuf],
    mut answer: impl FnMut(&str) -> Result<(String, Outcome), Diagnostics>,
) -> Result<Outcome, Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    let (worst, unread) = each(files, |line| match line.and_then(&mut answer) {
        Ok((json, outcome)) => {
            writeln!(out, "{json}")?;
            Ok(Some(outcome))
        }
        Err(error) => {
            writeln!(out, "{}", error_json(&error))?;
            Ok(None)
        }
    })?;
    out.flush()?;
    if unread > 0 {
        let lines = if unread == 1 { "line" } else { "lines" };
        return Err(format!("{unread} {lines} could not be read; each has its error in the output").into());
    }
    Ok(worst)
}

/// Shows the answer to every line to people, and what is wrong with a line that has none. Gives the worst of what was
/// found, and how many lines could not be read.
pub(crate) fn show(
    files: &[PathBuf],
    mut show: impl FnMut(&str) -> Result<Outcome, Diagnostics>,
) -> Result<(Outcome, usize), Failure> {
    each(files, |line| {
        let shown = line.and_then(&mut show).inspect_err(|error| diagnostics(error.iter()));
        Ok(shown.ok())
    })
}

/// What a run ends with that [`show`]ed so much.
pub(crate) fn shown((worst, unread): (Outcome, usize)) -> Result<Outcome, Failure> {
    if unread > 0 {
        return Err(format!("{unread} requests could not be read").into());
    }
    Ok(worst)
}

/// Goes through all lines that are not blank; `ask` gives nothing for a line that could not be read.
fn each(
    files: &[PathBuf],
    mut ask: impl FnMut(Result<&str, Diagnostics>) -> Result<Option<Outcome>, Failure>,
) -> Result<(Outcome, usize), Failure> {
    let mut worst = Outcome::Pass;
    let mut unread = 0usize;
    for line in load::lines(files)? {
        let line = line?;
        if line.trim_ascii().is_empty() {
            continue;
        }
        match ask(std::str::from_utf8(&line).map_err(|error| not_utf8(error).into()))? {
            Some(Outcome::Findings) => worst = Outcome::Findings,
            Some(Outcome::Pass) => {}
            None => unread += 1,
        }
    }
    Ok((worst, unread))
}

fn not_utf8(error: std::str::Utf8Error) -> Diagnostic {
    Diagnostic::error("not-utf8", format!("the line is not UTF-8 at byte {}", error.valid_up_to()))
}
