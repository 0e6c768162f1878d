//! JSON lines: one object in, one object out, in order, and a bad line stops nothing.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use svar::request::error_json;
use svar::source::{Diagnostic, Diagnostics};

use crate::{Failure, Outcome, load};

/// Answers every line with `answer`, which also says whether the line found something.
pub(crate) fn run(
    files: &[PathBuf],
    mut answer: impl FnMut(&str) -> Result<(String, Outcome), Diagnostics>,
) -> Result<Outcome, Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    let mut worst = Outcome::Pass;
    let mut unread = 0usize;
    for line in load::lines(files)? {
        let line = line?;
        if line.trim_ascii().is_empty() {
            continue;
        }
        let text = std::str::from_utf8(&line).map_err(not_utf8);
        match text.map_err(Diagnostics::from).and_then(&mut answer) {
            Ok((json, outcome)) => {
                writeln!(out, "{json}")?;
                if outcome == Outcome::Findings {
                    worst = outcome;
                }
            }
            Err(error) => {
                writeln!(out, "{}", error_json(&error))?;
                unread += 1;
            }
        }
    }
    out.flush()?;
    if unread > 0 {
        let lines = if unread == 1 { "line" } else { "lines" };
        return Err(format!("{unread} {lines} could not be read; each has its error in the output").into());
    }
    Ok(worst)
}

fn not_utf8(error: std::str::Utf8Error) -> Diagnostic {
    Diagnostic::error("not-utf8", format!("the line is not UTF-8 at byte {}", error.valid_up_to()))
}
