//! `svar fmt`

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use svar::source::{Document, Format, Sources, tidy};

use crate::args::Quiet;
use crate::load;
use crate::outcome::{Failure, Outcome};
use crate::paint::{BOLD, diagnostics, paint};

#[derive(Args)]
pub(crate) struct Fmt {
    /// Policy documents in TOML, or directories of them: every `*.toml` there that begins with the key `svar`, and
    /// every `*.tests.toml`. `-` or none is standard input; what comes through it or another pipe is written to
    /// standard output
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
    let mut files = Vec::new();
    for file in load::or_standard_input(&command.files) {
        match file.is_dir() {
            true => files.extend(documents_in(&file)?),
            false => files.push(file),
        }
    }
    let (mut differ, mut unread) = (0, 0);
    for file in &files {
        let text = load::text(file)?;
        let name = load::name_of(file);
        match tidy(name.clone(), &text) {
            Ok(tidied) if load::is_read_once(file) && !command.check => out!("{tidied}"),
            Ok(tidied) if tidied == text => {}
            Ok(tidied) => {
                differ += 1;
                if !command.check {
                    fs::write(file, tidied).map_err(|error| format!("{name}: {error}"))?;
                }
                if command.check || !quiet {
                    let what = if command.check { "would be written anew" } else { "written anew" };
                    outln!("{}: {what}", paint(BOLD, name));
                }
            }
            Err(mistakes) => {
                unread += 1;
                diagnostics(mistakes.iter());
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

/// The policy documents and the tests of a directory: what is there besides belongs to others.
fn documents_in(directory: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for file in load::toml_in(directory)? {
        if load::is_of_tests(&file) || is_own(&load::text(&file)?) {
            files.push(file);
        }
    }
    if files.is_empty() {
        let name = directory.display();
        return Err(
            format!("{name}: there is no policy here, that is, no TOML file with the key `svar`").into()
        );
    }
    Ok(files)
}

/// Whether a document has the key `svar` at its top. Of one that cannot be read, a line tells.
fn is_own(text: &str) -> bool {
    match Document::parse_as(Format::Toml, &mut Sources::new(), "", text) {
        Ok(document) => document.root.get("svar").is_some(),
        Err(_) => text.lines().any(|line| {
            let value = line.trim_start().strip_prefix("svar").map(str::trim_start);
            value.is_some_and(|value| value.starts_with('='))
        }),
    }
}
