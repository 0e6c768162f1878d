//! `svar fmt`

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use svar::source::{Diagnostics, tidy};

use crate::args::Quiet;
use crate::paint::{BOLD, diagnostics, paint};
use crate::{Failure, Outcome, load};

#[derive(Args)]
pub(crate) struct Fmt {
    /// Policy documents in TOML, or directories of them; `-` or none is standard input, written to standard output
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Write nothing, name the files that would be written anew, and exit with 1 if there are any
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    quiet: Quiet,
}

pub(crate) fn run(command: &Fmt) -> Result<Outcome, Failure> {
    let quiet = command.quiet.quiet;
    if command.files.is_empty() || command.files == [Path::new("-")] {
        return standard_input(command.check);
    }
    let mut files = Vec::new();
    for file in &command.files {
        match file.is_dir() {
            true => files.extend(documents_in(file)?),
            false => files.push(file.clone()),
        }
    }
    let (mut differ, mut unread) = (0, 0);
    for file in &files {
        let text = load::text(file)?;
        let name = file.display().to_string();
        match tidy(name.clone(), &text) {
            Ok(tidied) if tidied == text => {}
            Ok(tidied) => {
                differ += 1;
                if !command.check {
                    fs::write(file, tidied).map_err(|error| format!("{name}: {error}"))?;
                }
                if command.check || !quiet {
                    let what = if command.check { "would be written anew" } else { "written anew" };
                    anstream::println!("{}: {what}", paint(BOLD, name));
                }
            }
            Err(mistakes) => {
                unread += 1;
                report(&mistakes);
            }
        }
    }
    match unread {
        0 if differ > 0 && command.check => Ok(Outcome::Findings),
        0 => Ok(Outcome::Pass),
        1 => Err("one document has mistakes and was left as it is".into()),
        _ => Err(format!("{unread} documents have mistakes and were left as they are").into()),
    }
}

fn standard_input(check: bool) -> Result<Outcome, Failure> {
    let mut text = String::new();
    std::io::stdin().lock().read_to_string(&mut text)?;
    let tidied = tidy("standard input", &text)?;
    if check {
        return Ok(if tidied == text { Outcome::Pass } else { Outcome::Findings });
    }
    std::io::stdout().lock().write_all(tidied.as_bytes())?;
    Ok(Outcome::Pass)
}

fn report(mistakes: &Diagnostics) {
    diagnostics(mistakes.iter());
}

/// The TOML files of a directory, in the order of their names.
fn documents_in(directory: &Path) -> Result<Vec<PathBuf>, Failure> {
    let told = |error: std::io::Error| format!("{}: {error}", directory.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(directory).map_err(told)? {
        let path = entry.map_err(told)?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            files.push(path);
        }
    }
    if files.is_empty() {
        return Err(format!("{}: there is no TOML file here", directory.display()).into());
    }
    files.sort();
    Ok(files)
}
