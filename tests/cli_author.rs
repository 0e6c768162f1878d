//! The commands of whoever writes a policy: `schema`, `fmt`, `diff`, `completions`, and what holds for all commands.

#![allow(clippy::expect_used, clippy::panic, reason = "a test says what it expects")]

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

/// A file that is gone afterwards.
struct File(PathBuf);

impl File {
    fn new(name: &str, text: &str) -> Self {
        let path = std::env::temp_dir().join(format!("svar-author-{}-{name}", std::process::id()));
        std::fs::write(&path, text).expect("there is room");
        File(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().expect("it is text")
    }

    fn text(&self) -> String {
        std::fs::read_to_string(&self.0).expect("it is there")
    }
}

impl Drop for File {
    fn drop(&mut self) {
        // What is left behind in a directory for such things does no harm.
        let _ = std::fs::remove_file(&self.0);
    }
}

fn svar(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_svar")).args(arguments).output().expect("it runs")
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("it prints text")
}

fn told(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("it prints text")
}

#[test]
fn the_schema_is_printed() {
    assert_eq!(out(&svar(&["schema"])), svar::schema::policy().unwrap());
    let of_next = out(&svar(&["schema", "--of", "next"]));
    assert_eq!(of_next, svar::schema::request(svar::schema::Request::Next).unwrap());
}

#[test]
fn completions_know_every_command() {
    let helps = out(&svar(&["--help"]));
    let listed = helps.lines().skip_while(|line| *line != "Commands:").skip(1);
    let commands: Vec<&str> = listed
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.strip_prefix("  ").filter(|line| !line.starts_with(' ')))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(commands.contains(&"validate") && commands.contains(&"completions"), "{commands:?}");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = out(&svar(&["completions", shell]));
        for command in &commands {
            assert!(script.contains(command), "{shell} knows {command}");
        }
    }
}

#[test]
fn files_are_written_anew_only_where_something_differs() {
    let untidy = File::new("untidy.toml", "svar=1\nname='acme' # ours\n");
    let checked = svar(&["fmt", "--check", untidy.path()]);
    assert_eq!(checked.status.code(), Some(1));
    assert!(out(&checked).contains("untidy.toml: would be written anew"), "{}", out(&checked));
    assert_eq!(untidy.text(), "svar=1\nname='acme' # ours\n", "a check writes nothing");

    let written = svar(&["fmt", untidy.path()]);
    assert!(written.status.success() && out(&written).contains("written anew"));
    assert_eq!(untidy.text(), "svar = 1\nname = \"acme\"  # ours\n");
    let again = svar(&["fmt", untidy.path()]);
    assert!(again.status.success() && again.stdout.is_empty());
    assert!(svar(&["fmt", "--check", untidy.path()]).status.success());
}

#[test]
fn a_document_with_mistakes_is_told_and_left_as_it_is() {
    let broken = File::new("broken.toml", "svar=1\nname=acme\n");
    let untidy = File::new("beside.toml", "svar=1\n");
    let output = svar(&["fmt", "--quiet", broken.path(), untidy.path()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        told(&output).contains("broken.toml:2:6") && told(&output).contains("left as it is"),
        "{}",
        told(&output)
    );
    assert_eq!((broken.text().as_str(), untidy.text().as_str()), ("svar=1\nname=acme\n", "svar = 1\n"));
    assert!(output.stdout.is_empty(), "quiet: {}", out(&output));
}

#[test]
fn standard_input_is_written_to_standard_output() {
    let command = Command::new(env!("CARGO_BIN_EXE_svar"))
        .args(["fmt", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let mut command = command.expect("it runs");
    let mut input = command.stdin.take().expect("it reads");
    input.write_all(b"svar=1").expect("it reads");
    drop(input);
    let output = command.wait_with_output().expect("it ends");
    assert_eq!(out(&output), "svar = 1\n");
}

#[test]
fn a_change_of_a_policy_is_shown_before_it_is_released() {
    let base = "svar = 1\nname = \"acme\"\nextends = [\"svar:care\"]\nlanguages = [\"en\"]\n";
    let old = File::new("old.toml", base);
    let new = File::new("new.toml", &format!("{base}[rules.\"tone.blame\"]\nseverity = \"warning\"\n"));
    let cases = File::new(
        "cases.jsonl",
        "{\"case\": {\"channel\": \"facebook\", \"language\": \"en\"}, \"reply\": \"You should have read the terms.\"}\n\n\
         {\"case\": {\"channel\": \"facebook\", \"language\": \"en\"}, \"reply\": \"Hi Kim, thank you!\"}\n",
    );
    let output = svar(&["diff", old.path(), new.path(), cases.path()]);
    assert_eq!(output.status.code(), Some(1), "{}", told(&output));
    let shown = out(&output);
    for piece in [
        "cases.jsonl:1",
        "verdict  fail → pass",
        "~ error → warning tone.blame",
        "severity changed 1",
        "1 of 2 answers",
    ] {
        assert!(shown.contains(piece), "{piece}: {shown}");
    }
    assert!(!shown.contains("cases.jsonl:3"));

    let json = svar(&["diff", "--format", "json", "--old", old.path(), "--new", new.path(), cases.path()]);
    let json: serde_json::Value = serde_json::from_str(&out(&json)).expect("it is JSON");
    assert_eq!(json["changed"]["1"]["findings"][0]["rule"], "tone.blame");
    assert_eq!(json["asked"], 2);

    let same = svar(&["diff", old.path(), old.path(), cases.path()]);
    assert!(same.status.success() && out(&same).contains("0 of 2 answers would change"));
    let only = svar(&["diff", "--only", "steps", old.path(), new.path(), cases.path()]);
    assert!(only.status.success());
    let unread = File::new("unread.jsonl", "{}\n");
    assert_eq!(svar(&["diff", old.path(), new.path(), unread.path()]).status.code(), Some(2));
    assert_eq!(svar(&["diff", old.path(), new.path()]).status.code(), Some(2));
}

#[test]
fn quiet_prints_only_what_is_wrong() {
    let sound = "{\"case\": {\"channel\": \"facebook\", \"language\": \"en\"}, \"reply\": \"You should have read the terms.\"}\n";
    let cases = File::new("quiet.jsonl", sound);
    let loud = out(&svar(&["validate", cases.path()]));
    let quiet = out(&svar(&["validate", "--quiet", cases.path()]));
    assert!(loud.contains("0 passed, 1 failed") && !quiet.contains("passed"), "{quiet}");
    assert!(quiet.contains("tone.blame"));
    let policy = File::new(
        "quiet.toml",
        "svar = 1\nname = \"acme\"\nextends = [\"svar:care\"]\nlanguages = [\"en\"]\n",
    );
    let checked = svar(&["check", "--quiet", policy.path()]);
    assert!(checked.status.success() && checked.stdout.is_empty(), "{}", out(&checked));
}

#[test]
fn colours_are_asked_for_or_forbidden() {
    let colours = |arguments: &[&str], no_color: bool| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_svar"));
        command.args(arguments).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
        if no_color {
            command.env("NO_COLOR", "1");
        }
        out(&command.output().expect("it runs")).contains('\u{1b}')
    };
    assert!(!colours(&["explain"], false), "a pipe has no colours");
    assert!(colours(&["explain", "--color", "always"], false));
    assert!(colours(&["--color", "always", "explain"], true), "who asks for colours gets them");
    assert!(!colours(&["explain", "--color", "never"], false));
    assert!(!colours(&["explain"], true));
}
