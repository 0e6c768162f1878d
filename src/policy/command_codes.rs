//! The codes of what keeps the command line from its work. They stand here because all codes are listed here.

use crate::source::{Code, page};

/// Every code that only the command line tells. Each example is a command.
pub static COMMAND_CODES: &[Code] = &[
    page(
        "unreadable",
        "a file that cannot be read",
        "Look for a slip in its name, and whether it may be read. What stands for many files is a directory, and only \
         a policy can be one.",
        &["$ svar read --format json no-such.jsonl"],
        &["$ svar read --format json 'We are sorry about the wait.'"],
    ),
    page(
        "command",
        "the arguments ask for what there is not, or for what does not go together",
        "The message says which argument it is; `svar help` with the verb tells what each one takes.",
        &["$ svar calendar --format json no-such-office"],
        &["$ svar calendar --format json --holidays NO 2027"],
    ),
];
