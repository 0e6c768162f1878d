//! The command line, as whoever runs it sees it: what it prints, what it tells, how it ends. A module for each command
//! that has much to say, and for what holds for all of them.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test says what it expects"
)]

mod completions;
mod coverage;
mod diff;
mod explain;
mod files;
mod fmt;
mod health;
mod init;
mod output;
mod pipes;
mod sarif;
mod schema;
mod score;
mod test;
mod whole;

use std::collections::BTreeSet;
use std::io::Write as _;
use std::process::{Command, Output, Stdio};
use std::sync::Mutex;

use serde_json::Value;

/// The policy of a company that adds nothing of its own.
const ACME: &str = "svar = 1\nname = \"acme\"\nextends = [\"svar:care\"]\nlanguages = [\"en\"]\n";

/// How a run ended, and what it printed on standard output and on standard error.
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Ran {
    #[track_caller]
    fn of(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("svar prints text");
        let code = output.status.code().expect("svar ends by itself");
        Ran { code, out: text(output.stdout), err: text(output.stderr) }
    }

    /// What was printed on standard output, a line of JSON each.
    #[track_caller]
    fn json(&self) -> Vec<Value> {
        let lines = self.out.lines();
        lines.map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line}"))).collect()
    }

    /// What was printed on standard output, where that is one JSON value and nothing else.
    #[track_caller]
    fn one_json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|_| panic!("no JSON: {}", self.out))
    }
}

/// The command, to be run where the crate is, with nothing on standard input.
fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_svar"));
    command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).stdin(Stdio::null());
    command
}

#[track_caller]
fn svar(arguments: &[&str]) -> Ran {
    Ran::of(command(arguments).output().expect("svar runs"))
}

/// Runs in a folder, so that its files are called by their names alone.
#[track_caller]
fn svar_in(folder: &Folder, arguments: &[&str]) -> Ran {
    Ran::of(command(arguments).current_dir(folder.path()).output().expect("svar runs"))
}

/// Runs with something on standard input.
#[track_caller]
fn asked(arguments: &[&str], input: impl AsRef<[u8]>) -> Ran {
    let mut command = command(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("svar runs");
    // Who asks for nothing leaves it where it is.
    let _ = child.stdin.take().expect("it is a pipe").write_all(input.as_ref());
    Ran::of(child.wait_with_output().expect("svar ends"))
}

/// A folder for one test alone. It stays, for whoever wants to see what the test saw.
struct Folder(String);

/// The folder of this name, empty. No two tests have one, so that those that run at once do not meet.
#[track_caller]
fn folder(name: &str) -> Folder {
    static GIVEN: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    let is_new = GIVEN.lock().unwrap().insert(name.to_owned());
    assert!(is_new, "the folder {name} has been given");
    let path = format!("{}/cli/{name}", env!("CARGO_TARGET_TMPDIR"));
    // There is none the first time.
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).expect("the folder can be made");
    Folder(path)
}

/// The folder of this name with this policy in it.
#[track_caller]
fn folder_with(name: &str, policy: &str) -> Folder {
    let folder = folder(name);
    folder.file("policy.toml", policy);
    folder
}

/// A file in a folder of its own, which is called by the same name.
#[track_caller]
fn file(name: &str, text: &str) -> String {
    folder(name).file(name, text)
}

impl Folder {
    fn path(&self) -> &str {
        &self.0
    }

    /// The path of what is called so in it.
    fn path_of(&self, name: &str) -> String {
        format!("{}/{name}", self.0)
    }

    /// A file in it, new or written anew. Gives its path.
    #[track_caller]
    fn file(&self, name: &str, text: impl AsRef<[u8]>) -> String {
        let path = self.path_of(name);
        std::fs::write(&path, text).expect("the folder can be written to");
        path
    }

    /// What a file in it holds.
    #[track_caller]
    fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.path_of(name)).expect("it is there")
    }
}
