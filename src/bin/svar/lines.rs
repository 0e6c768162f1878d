//! Lines of files: one after another, and of none more than a document may have.

use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use svar::source::{Diagnostic, Diagnostics, Document};

use crate::load;
use crate::outcome::Failure;

/// One line of the input, and where it stands.
pub(crate) struct RawLine {
    pub(crate) file: Rc<str>,
    /// From 1.
    pub(crate) number: usize,
    /// What stands in it, or why that is not read.
    pub(crate) text: Result<String, Diagnostics>,
    /// How many bytes it has in the file, its line break among them.
    pub(crate) bytes: u64,
    /// Whether another line has come already, so that nobody waits for the answer to this one alone.
    pub(crate) is_followed: bool,
}

/// The lines of files, or of standard input where there is none or `-`. A file is opened when those before it have been
/// read, but all must be there.
pub(crate) fn lines(files: &[PathBuf]) -> Result<Lines, Failure> {
    let files = load::or_standard_input(files);
    load::check(&files)?;
    Ok(Lines { files: files.into_iter(), open: None })
}

pub(crate) struct Lines {
    files: std::vec::IntoIter<PathBuf>,
    open: Option<Open>,
}

impl Iterator for Lines {
    type Item = Result<RawLine, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(line) = self.open.as_mut().and_then(|open| open.line().transpose()) {
                return Some(line);
            }
            match Open::new(&self.files.next()?) {
                Ok(open) => self.open = Some(open),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

/// A file that is being read.
struct Open {
    name: Rc<str>,
    /// How many lines have been read.
    read: usize,
    input: BufReader<Box<dyn Read>>,
}

impl Open {
    fn new(file: &Path) -> Result<Self, Failure> {
        let input = BufReader::new(load::open(file)?);
        Ok(Open { name: load::name_of(file).into(), read: 0, input })
    }

    fn line(&mut self) -> Result<Option<RawLine>, Failure> {
        let mut line = Vec::new();
        let bytes =
            read_line(&mut self.input, &mut line).map_err(|error| load::unreadable(&self.name, &error))?;
        if bytes == 0 {
            return Ok(None);
        }
        self.read += 1;
        let is_followed = self.input.buffer().contains(&b'\n');
        let (file, number) = (Rc::clone(&self.name), self.read);
        Ok(Some(RawLine { file, number, text: text(line), bytes, is_followed }))
    }
}

/// Reads up to a line break and no more than a document may have; of what is longer the rest is passed over. Gives the
/// bytes of the whole line, none at the end.
fn read_line(input: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<u64> {
    let most = Document::MAX_BYTES as u64 + 1;
    let mut length = input.by_ref().take(most).read_until(b'\n', line)? as u64;
    if length < most || line.last() == Some(&b'\n') {
        return Ok(length);
    }
    loop {
        let rest = input.fill_buf()?;
        let end = rest.iter().position(|byte| *byte == b'\n');
        let passed = end.map_or(rest.len(), |end| end + 1);
        input.consume(passed);
        length += passed as u64;
        if end.is_some() || passed == 0 {
            return Ok(length);
        }
    }
}

fn text(mut line: Vec<u8>) -> Result<String, Diagnostics> {
    if line.last() == Some(&b'\n') {
        line.pop();
    }
    if line.len() > Document::MAX_BYTES {
        let message = format!("the line has more than {} bytes", Document::MAX_BYTES);
        let help = "write one JSON object a line, and each on a line of its own";
        return Err(Diagnostic::error("too-large", message).with_help(help).into());
    }
    String::from_utf8(line).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Diagnostic::error("not-utf8", format!("the line is not UTF-8 at byte {at}")).into()
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::cast_possible_truncation, reason = "a test says what it expects")]
mod tests {
    use super::*;

    #[test]
    fn no_more_of_a_line_is_kept_than_a_document_may_have() {
        const LONG: u64 = 10 * Document::MAX_BYTES as u64;
        let rest: &[u8] = b"\n{}\nlast";
        let mut input = BufReader::new(io::repeat(b'x').take(LONG).chain(rest));
        let mut line = Vec::new();
        assert_eq!(read_line(&mut input, &mut line).unwrap(), LONG + 1);
        assert_eq!(line.len(), Document::MAX_BYTES + 1);
        assert_eq!(text(line).unwrap_err().first().code(), "too-large");
        for (bytes, next) in [(3, "{}"), (4, "last"), (0, "")] {
            let mut line = Vec::new();
            assert_eq!(read_line(&mut input, &mut line).unwrap(), bytes);
            assert_eq!(text(line).unwrap(), next);
        }
    }

    #[test]
    fn a_line_as_long_as_a_document_is_whole() {
        let rest: &[u8] = b"\n";
        let mut input = BufReader::new(io::repeat(b'x').take(Document::MAX_BYTES as u64).chain(rest));
        let mut line = Vec::new();
        read_line(&mut input, &mut line).unwrap();
        assert_eq!(text(line).unwrap().len(), Document::MAX_BYTES);
    }
}
