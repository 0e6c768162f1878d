//! What is printed. Whoever reads may have gone, and the disk may be full: the first error is kept, and what is printed
//! after it goes nowhere, so that a command comes to its end and to its outcome.

use std::fmt::{Arguments, Display};
use std::io::{self, BufWriter, ErrorKind, StdoutLock, Write};
use std::sync::OnceLock;

/// Why nothing more can be written to standard output.
static LOST: OnceLock<io::Error> = OnceLock::new();

/// Prints on standard output.
macro_rules! out {
    ($($text:tt)*) => { $crate::output::write(format_args!($($text)*)) };
}

/// Prints a line on standard output.
macro_rules! outln {
    ($($text:tt)*) => { $crate::output::write(format_args!("{}\n", format_args!($($text)*))) };
}

/// Prints a line on standard error.
macro_rules! errln {
    ($($text:tt)*) => { $crate::output::tell(format_args!("{}\n", format_args!($($text)*))) };
}

pub(crate) fn write(text: Arguments<'_>) {
    if !is_lost() {
        keep(anstream::stdout().write_fmt(text));
    }
}

/// Where standard error cannot be written to, there is nobody left to tell.
pub(crate) fn tell(text: Arguments<'_>) {
    let _ = anstream::stderr().write_fmt(text);
}

/// Whether what is printed goes nowhere. A command that would go on for as long as there is input asks.
pub(crate) fn is_lost() -> bool {
    LOST.get().is_some()
}

/// Takes note of what came of writing.
pub(crate) fn keep(written: io::Result<()>) {
    if let Err(error) = written {
        LOST.get_or_init(|| error);
    }
}

/// Says why not all could be written. A pipe that was closed early has all it wanted.
pub(crate) fn failure() -> Option<&'static io::Error> {
    if !is_lost() {
        keep(io::stdout().flush());
    }
    LOST.get().filter(|error| error.kind() != ErrorKind::BrokenPipe)
}

/// Standard output for many lines, which are held back while others follow at once.
pub(crate) struct Answers(BufWriter<StdoutLock<'static>>);

impl Answers {
    pub(crate) fn new() -> Self {
        Answers(BufWriter::new(io::stdout().lock()))
    }

    /// Prints a line. What was held back is let go where no other line `follows`: somebody may be waiting for it.
    pub(crate) fn line(&mut self, text: impl Display, follows: bool) {
        keep(writeln!(self.0, "{text}"));
        if !follows {
            keep(self.0.flush());
        }
    }
}
