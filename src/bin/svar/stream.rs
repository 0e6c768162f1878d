//! Lines of requests: one object in, one answer out, in order, and a bad line stops nothing.

use std::path::PathBuf;

use svar::request::error_json;
use svar::source::{Diagnostic, Diagnostics};

use crate::lines::lines;
use crate::outcome::{AlreadyTold, Failure, Outcome};
use crate::output::{self, Answers};
use crate::paint::{BOLD, diagnostics, paint};
use crate::veil::{masked_id, veiled};

/// One line of the input: a request.
pub(crate) struct Line<'l> {
    file: &'l str,
    /// From 1.
    number: usize,
    /// Empty where the line is not read.
    text: &'l str,
    masked: bool,
    is_followed: bool,
}

impl Line<'_> {
    pub(crate) fn text(&self) -> &str {
        self.text
    }

    /// The file, and the number of the line in it, from 1.
    pub(crate) fn place(&self) -> (&str, usize) {
        (self.file, self.number)
    }

    /// The request that it holds. Whoever counts lines gets an answer for each, so a blank one is a bad one.
    fn request(&self, flaw: Option<Diagnostics>) -> Result<&str, Diagnostics> {
        match flaw {
            Some(flaw) => Err(flaw),
            None if self.text.trim_ascii().is_empty() => Err(blank().into()),
            None => Ok(self.text),
        }
    }

    /// Which case it is about, for people: `replies.jsonl:2  A-17`.
    pub(crate) fn heading(&self, id: Option<&str>) -> String {
        let id = id.map(|id| format!("  {}", paint(BOLD, id))).unwrap_or_default();
        format!("{}:{}{id}", self.file, self.number)
    }

    /// What is wrong with it, where it stands in the file.
    fn placed(&self, errors: Diagnostics) -> Diagnostics {
        if self.masked {
            let id = errors.case_id().map(masked_id);
            return veiled(&errors).about(id.as_deref()).in_file(self.file, self.number, "");
        }
        errors.in_request(self.text).in_file(self.file, self.number, self.text)
    }
}

/// Whether an error is an answer: the request was understood, and there is no reply to it.
pub(crate) fn is_answer(error: &Diagnostics) -> bool {
    const ANSWERS: [&str; 7] = [
        "nothing-to-say",
        "no-pair",
        "missing-slot",
        "slot-value",
        "no-template",
        "draft-too-long",
        "draft-rejected",
    ];
    // Values are refused together, and with them slots that there are none of.
    error.iter().all(|error| ANSWERS.contains(&error.code()))
}

/// The lines of files, or of standard input.
pub(crate) struct Lines<'f> {
    files: &'f [PathBuf],
    masked: bool,
}

impl<'f> Lines<'f> {
    pub(crate) fn of(files: &'f [PathBuf]) -> Self {
        Lines { files, masked: false }
    }

    /// Whether nothing that could identify somebody is told of a bad line.
    pub(crate) fn masked(self, masked: bool) -> Self {
        Lines { masked, ..self }
    }

    /// Answers every line with `answer`, which also says whether the line found something.
    pub(crate) fn run(
        self,
        mut answer: impl FnMut(&str) -> Result<(String, Outcome), Diagnostics>,
    ) -> Result<Outcome, Failure> {
        let mut answers = Answers::new();
        let (worst, unread) = self.each(|line, flaw| {
            let (json, outcome) = match line.request(flaw).and_then(&mut answer) {
                Ok((json, outcome)) => (json, Ok(outcome)),
                Err(error) => {
                    let error = line.placed(error);
                    (error_json(&error), Err(error))
                }
            };
            answers.line(json, line.is_followed);
            outcome
        })?;
        if unread > 0 {
            let told =
                format!("{} could not be read; each has its error in the output", counted(unread, "line"));
            return Err(AlreadyTold(told).into());
        }
        Ok(worst)
    }

    /// Hands every line to `take`, and what is wrong with one that it cannot take to `tell`. Gives how many those are.
    pub(crate) fn take(
        self,
        mut take: impl FnMut(&Line<'_>) -> Result<(), Diagnostics>,
        mut tell: impl FnMut(&Diagnostics),
    ) -> Result<usize, Failure> {
        let (_, unread) = self.each(|line, flaw| {
            let taken = line.request(flaw).and_then(|_| take(line));
            taken.map(|()| Outcome::Pass).map_err(|error| line.placed(error)).inspect_err(&mut tell)
        })?;
        Ok(unread)
    }

    /// Shows the answer to every line that is not blank to people, and what is wrong with a line that has none. Gives
    /// the worst of what was found, and how many lines could not be read.
    pub(crate) fn show(
        self,
        mut show: impl FnMut(&Line<'_>) -> Result<Outcome, Diagnostics>,
    ) -> Result<(Outcome, usize), Failure> {
        self.each(|line, flaw| {
            let shown = match flaw {
                Some(flaw) => Err(flaw),
                None if line.text.trim_ascii().is_empty() => Ok(Outcome::Pass),
                None => show(line),
            };
            let shown = shown.map_err(|error| line.placed(error));
            shown.inspect_err(|error| match line.masked {
                false => diagnostics(error.iter()),
                // Nothing of the request itself is to be seen.
                true => error.iter().for_each(|error| errln!("{error}")),
            })
        })
    }

    /// Goes through all lines, or as many as somebody reads the answers to; of one that is not read it is told why.
    fn each(
        self,
        mut ask: impl FnMut(&Line<'_>, Option<Diagnostics>) -> Result<Outcome, Diagnostics>,
    ) -> Result<(Outcome, usize), Failure> {
        let mut worst = Outcome::Pass;
        let mut unread = 0usize;
        for line in lines(self.files)? {
            let line = line?;
            let (text, flaw) = match &line.text {
                Ok(text) => (text.as_str(), None),
                Err(flaw) => ("", Some(flaw.clone())),
            };
            let (number, is_followed) = (line.number, line.is_followed);
            let line = Line { file: &line.file, number, text, masked: self.masked, is_followed };
            match ask(&line, flaw) {
                Ok(Outcome::Pass) => {}
                Ok(Outcome::Findings) => worst = Outcome::Findings,
                Err(error) if is_answer(&error) => worst = Outcome::Findings,
                Err(_) => unread += 1,
            }
            if output::is_lost() {
                break;
            }
        }
        Ok((worst, unread))
    }
}

/// What a run ends with that [`show`](Lines::show)ed so much.
pub(crate) fn shown((worst, unread): (Outcome, usize)) -> Result<Outcome, Failure> {
    if unread > 0 {
        let told = format!("{} could not be read", counted(unread, "request"));
        return Err(AlreadyTold(told).into());
    }
    Ok(worst)
}

/// `1 line`, `2 lines`.
pub(crate) fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

fn blank() -> Diagnostic {
    Diagnostic::error("syntax", "the line is blank")
        .with_help("write one JSON object a line, and no line without")
}
