//! The same requests at every door: Rust, the command line, C. The answers are the same bytes, but for errors on the
//! command line, which name the file and the line.
//!
//! `tests/corpus/VERB.jsonl` holds the requests of a verb, good ones and bad ones, one a line.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use svar::source::Diagnostics;
use svar::{Policy, Scratch, request};

use super::ROOT;
use super::asking::ask;
use super::library::{Language, Linked, compiled};

/// What the library answers in JSON and the command line does not ask for a line at a time.
const WITHOUT_A_COMMAND: [&str; 3] = ["surge", "health", "expectation"];

fn files() -> Vec<PathBuf> {
    let folder = fs::read_dir(Path::new(ROOT).join("tests/corpus")).unwrap();
    let mut files: Vec<PathBuf> = folder.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn every_door_gives_the_same_bytes() {
    let policy = Policy::builtin();
    let mut scratch = Scratch::default();
    let c = compiled("lines.c", Language::C11, Linked::Dynamically, &[]);
    assert_eq!(files().len(), 9, "one file for each verb");
    for file in files() {
        let verb = file.file_stem().unwrap().to_str().unwrap();
        let requests = fs::read_to_string(&file).unwrap();
        let (mut answers, mut placed) = (String::new(), Vec::new());
        for (line, number) in requests.lines().zip(1..) {
            let answer = ask(verb, &policy, line, &mut scratch);
            let in_file = |error: &Diagnostics| error.clone().in_file(file.to_str().unwrap(), number, line);
            placed.push(
                answer
                    .as_ref()
                    .map_err(in_file)
                    .map_or_else(|error| request::error_json(&error), String::clone),
            );
            answers += &(answer.unwrap_or_else(|error| request::error_json(&error)) + "\n");
        }
        let rust = answers;
        let bad = rust.lines().filter(|line| line.starts_with("{\"error\"")).count();
        assert!(bad > 0 && bad < requests.lines().count(), "{verb}: good requests and bad ones");

        if !WITHOUT_A_COMMAND.contains(&verb) {
            let mut command = Command::new(env!("CARGO_BIN_EXE_svar"));
            let command_line = command.args([verb, "--jsonl"]).arg(&file).output().unwrap();
            let told = String::from_utf8_lossy(&command_line.stdout);
            let told: Vec<&str> = told.lines().collect();
            assert_eq!(told.len(), placed.len(), "{verb}");
            for (own, placed) in told.into_iter().zip(&placed) {
                assert_eq!(unnamed(own), unnamed(placed), "the command line differs: {verb}");
            }
        }

        let input = fs::File::open(&file).unwrap();
        let c = Command::new(&c).arg(verb).stdin(Stdio::from(input)).output().unwrap();
        assert!(c.status.success(), "{verb}: {}", c.status);
        same(verb, "C", &requests, &rust, &c.stdout);
    }
}

/// An answer as it is; of an error that no part of the request is to blame for, such as a name that is not known,
/// without the place that the command line finds for it.
fn unnamed(answer: &str) -> String {
    let mut answer: serde_json::Value = match answer.starts_with("{\"error\"") {
        true => serde_json::from_str(answer).unwrap(),
        false => return answer.to_owned(),
    };
    let code = answer.pointer("/error/code").and_then(serde_json::Value::as_str);
    if code.is_some_and(|code| code.starts_with("unknown-")) {
        for place in ["/error/column", "/error/start", "/error/end"] {
            answer.pointer_mut(place).unwrap().take();
        }
    }
    answer.to_string()
}

#[track_caller]
fn same(verb: &str, door: &str, requests: &str, rust: &str, other: &[u8]) {
    let other = String::from_utf8_lossy(other);
    for ((request, rust), other) in requests.lines().zip(rust.lines()).zip(other.lines()) {
        assert_eq!(rust, other, "{door} differs: {verb} {request}");
    }
    assert_eq!(rust.len(), other.len(), "{door}: {verb}");
}

/// The documents of a policy, checked at both doors that do it.
#[test]
fn check_gives_the_same_bytes() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("check");
    fs::create_dir_all(&folder).unwrap();
    let head = "svar = 1\nname = 'acme'\nextends = ['svar:care']\nlanguages = ['en']\n";
    for (name, document) in [
        ("good.toml", "[rules.'a.b']\nforbid = { phrases = ['lol'] }\nbad = ['<lol>']\n"),
        ("example.toml", "[rules.'a.b']\nforbid = { phrases = ['lol'] }\ngood = ['lol']\n"),
        ("mistakes.toml", "[brand]\nnam = 'x'\n[rules.'tone.blam']\noff = true\n"),
    ] {
        let file = folder.join(name);
        let document = format!("{head}{document}");
        fs::write(&file, &document).unwrap();
        let builder = Policy::builder().layer(file.display().to_string(), document);
        let rust = request::to_json(&svar::testing::check(&builder)) + "\n";
        let mut command = Command::new(env!("CARGO_BIN_EXE_svar"));
        let said = command.args(["check", "--format", "json"]).arg(&file).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&said.stdout), rust, "{name}");
        assert_eq!(said.status.code(), Some(i32::from(name != "good.toml")), "{name}");
    }
}
