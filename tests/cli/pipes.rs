//! The command line among other programs: who waits for an answer gets it, and who reads no further harms nothing.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::{ACME, command, file, folder};

/// Longer than any of these takes, shorter than anybody would wait.
const PATIENCE: Duration = Duration::from_secs(60);

fn start(arguments: &[&str], stdin: Stdio, stdout: Stdio) -> Child {
    command(arguments).stdin(stdin).stdout(stdout).stderr(Stdio::piped()).spawn().expect("svar runs")
}

/// How a run ends, and what it told on standard error.
fn end(mut child: Child) -> (i32, String) {
    let began = Instant::now();
    let status = loop {
        match child.try_wait().expect("svar can be waited for") {
            Some(status) => break status,
            None if began.elapsed() > PATIENCE => {
                child.kill().expect("svar can be stopped");
                panic!("svar never ends");
            }
            None => thread::sleep(Duration::from_millis(20)),
        }
    };
    let mut told = String::new();
    child.stderr.take().unwrap().read_to_string(&mut told).expect("svar prints text");
    (status.code().unwrap_or_else(|| panic!("{status}: {told}")), told)
}

/// The lines that a run prints, as they come, so that nobody waits for them for ever.
fn listen(child: &mut Child) -> (Receiver<String>, JoinHandle<()>) {
    let answers = BufReader::new(child.stdout.take().unwrap()).lines();
    let (send, receive) = mpsc::channel();
    (receive, thread::spawn(move || answers.for_each(|line| send.send(line.unwrap()).unwrap())))
}

fn failing() -> Value {
    json!({"case": {"channel": "facebook", "language": "en"}, "reply": "You should have read the terms."})
}

#[test]
fn whoever_asks_line_by_line_is_answered_line_by_line() {
    let case = json!({"channel": "facebook", "language": "en", "messages": [
        {"from": "customer", "text": "Still no answer!", "at": "2026-11-20T16:54:00+01:00"}]});
    let asked = json!({"case": case, "now": "2026-11-20T17:00:00+01:00"});
    let hours = json!({"op": "holidays", "region": "NO", "year": 2027});
    for (verb, request) in [
        ("validate", failing()),
        ("next", asked.clone()),
        ("draft", asked.clone()),
        ("clock", asked),
        ("read", json!({"text": "Hei!"})),
        ("calendar", hours),
    ] {
        let mut child = start(&[verb, "--jsonl"], Stdio::piped(), Stdio::piped());
        let mut ask = child.stdin.take().unwrap();
        let (answers, listener) = listen(&mut child);
        for _ in 0..2 {
            writeln!(ask, "{request}").expect("svar takes requests");
            ask.flush().unwrap();
            let Ok(answer) = answers.recv_timeout(PATIENCE) else {
                child.kill().unwrap();
                panic!("{verb} does not answer before it has read on");
            };
            assert!(answer.starts_with('{'), "{verb}: {answer}");
        }
        drop(ask);
        assert!(end(child).0 < 2, "{verb}");
        listener.join().expect("every answer is heard");
    }
}

#[test]
fn standard_input_is_read_once() {
    let requests = file("once.jsonl", &format!("{}\n", failing()));
    let policy = file("once.toml", ACME);
    for arguments in [
        &["validate", "--jsonl", "-", "-"][..],
        &["validate", "-", "-"],
        &["validate", "--format", "sarif", "-", "-"],
        &["clock", "-", "-"],
        &["next", "-", "-"],
        &["draft", "-", "-"],
        &["read", "--jsonl", "-", "-"],
        &["calendar", "--jsonl", "-", "-"],
        &["diff", &policy, &policy, "-", "-"],
        &["diff", "-", &policy, "-"],
        &["validate", "--jsonl", "-", &requests, "-"],
        &["validate", "--jsonl", "--policy", "-", "-"],
        &["health", "-", "-"],
        &["fmt", "-", "-"],
        &["check", "-", "-"],
    ] {
        let mut child = start(arguments, Stdio::piped(), Stdio::null());
        // Of those that have read no policy by then, nobody takes it.
        let _ = child.stdin.take().unwrap().write_all(ACME.as_bytes());
        let (code, told) = end(child);
        assert_eq!(code, 2, "{arguments:?}: {told}");
        assert!(told.contains("standard input") && told.contains("once"), "{arguments:?}: {told}");
    }
}

/// A pipe with a name.
#[cfg(target_os = "linux")]
fn named_pipe(name: &str) -> String {
    let pipe = folder(name).path_of("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("Linux has it").success());
    pipe
}

/// Writes for whoever opens the pipe first, which is lost where that one goes away.
#[cfg(target_os = "linux")]
fn write_once(pipe: &str, text: String) -> JoinHandle<std::io::Result<()>> {
    let pipe = pipe.to_owned();
    thread::spawn(move || File::options().write(true).open(pipe)?.write_all(text.as_bytes()))
}

#[cfg(target_os = "linux")]
#[test]
fn a_pipe_with_a_name_is_opened_once() {
    let pipe = named_pipe("named-pipe");
    let mut child = start(&["validate", "--jsonl", "-", &pipe], Stdio::piped(), Stdio::piped());
    let mut ask = child.stdin.take().unwrap();
    let (answers, listener) = listen(&mut child);
    let request = format!("{}\n", failing());
    ask.write_all(request.as_bytes()).expect("svar takes requests");
    let writer = write_once(&pipe, request);
    let first = answers.recv_timeout(PATIENCE).expect("standard input is answered");
    drop(ask);
    let (code, told) = end(child);
    assert_eq!((code, told.as_str()), (1, ""));
    assert_eq!(answers.recv_timeout(PATIENCE).expect("the pipe is answered"), first);
    listener.join().expect("every answer is heard");
    writer.join().unwrap().expect("all is taken");
}

#[cfg(target_os = "linux")]
#[test]
fn every_command_opens_a_pipe_with_a_name_once() {
    const PIPE: &str = "PIPE";
    let cases = file("beside-a-pipe.jsonl", &format!("{}\n", failing()));
    let policy = file("beside-a-pipe.toml", ACME);
    let labelled = file("labelled-beside-a-pipe.jsonl", "{\"text\": \"Hi!\", \"language\": \"en\"}\n");
    let request = format!("{}\n", failing());
    let archive = file("archive-beside-a-pipe.jsonl", "{\"channel\": \"facebook\"}\n");
    let text = "{\"text\": \"Hei!\"}\n";
    let (fresh, tests) = ("svar=1", "svar = 1\n");
    for (name, arguments, piped, expected) in [
        ("diff-old", &["diff", PIPE, &policy, &cases][..], ACME, 0),
        ("diff-cases", &["diff", &policy, &policy, PIPE], &request, 0),
        ("diff-pack", &["diff", "--pack", PIPE, &policy, &policy, &cases], ACME, 0),
        ("fmt", &["fmt", PIPE], fresh, 0),
        ("fmt-check", &["fmt", "--check", PIPE], fresh, 1),
        ("check", &["check", PIPE], ACME, 0),
        ("check-pack", &["check", "--pack", PIPE, &policy], ACME, 0),
        ("test", &["test", "--no-law", PIPE], ACME, 1),
        ("test-tests", &["test", "--no-law", &policy, "--tests", PIPE], tests, 1),
        ("explain", &["explain", "--policy", PIPE, "tone.blame"], ACME, 0),
        ("score", &["score", "--policy", PIPE, &labelled], ACME, 0),
        ("score-lines", &["score", PIPE], "{\"text\": \"Hei!\", \"language\": \"nb\"}\n", 0),
        ("validate", &["validate", "--policy", PIPE, &cases], ACME, 1),
        ("validate-sarif", &["validate", "--format", "sarif", PIPE], &request, 1),
        ("read", &["read", PIPE], text, 0),
        ("health", &["health", "--now", "2026-11-21T17:00:00+01:00", "--policy", PIPE, &archive], ACME, 0),
        ("calendar", &["calendar", "--policy", PIPE, "--holidays", "NO", "2027"], ACME, 0),
        ("next", &["next", "--policy", PIPE, "--customer", "Hei!"], ACME, 0),
    ] {
        let pipe = named_pipe(&format!("once-{name}"));
        let arguments: Vec<&str> =
            arguments.iter().map(|one| if *one == PIPE { &pipe } else { *one }).collect();
        let writer = write_once(&pipe, piped.to_owned());
        let (code, told) = end(start(&arguments, Stdio::null(), Stdio::null()));
        assert_eq!(code, expected, "{arguments:?}: {told}");
        writer.join().unwrap().expect("all is taken");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn what_came_through_a_pipe_with_a_name_is_written_to_standard_output() {
    let pipe = named_pipe("fmt-pipe");
    let writer = write_once(&pipe, "svar=1".to_owned());
    let mut child = start(&["fmt", &pipe], Stdio::null(), Stdio::piped());
    let (answers, listener) = listen(&mut child);
    assert_eq!(end(child), (0, String::new()));
    assert_eq!(answers.recv_timeout(PATIENCE).expect("it is written"), "svar = 1");
    listener.join().expect("all is written");
    writer.join().unwrap().expect("all is taken");
}

#[cfg(target_os = "linux")]
#[test]
fn nobody_watches_a_pipe() {
    let pipe = named_pipe("watched-pipe");
    for (arguments, what) in
        [(&["test", "--watch", &pipe][..], "a pipe"), (&["test", "--watch", "-"], "standard input")]
    {
        let (code, told) = end(start(arguments, Stdio::null(), Stdio::null()));
        assert_eq!(code, 2, "{told}");
        assert!(told.contains(&format!("{what} does not change")), "{told}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_written_is_told_in_one_line() {
    let requests = file("full.jsonl", &format!("{}\n", failing()));
    let fresh = folder("fresh").path_of("policy");
    let archive = "examples/archive.jsonl";
    for arguments in [
        &["schema"][..],
        &["completions", "bash"],
        &["--help"],
        &["validate", "--jsonl", &requests],
        &["validate", &requests],
        &["validate", "--format", "sarif", &requests],
        &["validate", "--reply", "Hi!"],
        &["read", "Hei!"],
        &["next", "--customer", "Hei!"],
        &["calendar", "--holidays", "NO", "2027"],
        &["health", "--now", "2026-11-21T17:00:00+01:00", archive],
        &["explain", "tone.blame"],
        &["init", &fresh],
    ] {
        let full = File::options().write(true).open("/dev/full").expect("Linux has one");
        let (code, told) = end(start(arguments, Stdio::null(), full.into()));
        assert_eq!(code, 2, "{arguments:?}: {told}");
        let last = told.lines().last().unwrap_or_default();
        assert!(last.starts_with("error: standard output: No space left"), "{arguments:?}: {told}");
        assert!(!told.contains("panicked"), "{arguments:?}: {told}");
    }
}

#[test]
fn who_reads_no_further_has_not_been_told_that_all_is_well() {
    let folder = folder("many");
    let many = folder.file("many.jsonl", format!("{}\n", failing()).repeat(2_000));
    let old = folder.file("old.toml", ACME);
    let new = folder.file("new.toml", format!("{ACME}[rules.'tone.blame']\nseverity = 'advice'\n"));
    for (arguments, expected) in [
        (&["validate", "--jsonl", &many][..], 1),
        (&["validate", &many], 1),
        (&["diff", &old, &new, &many], 1),
        (&["schema"], 0),
    ] {
        let mut child = start(arguments, Stdio::null(), Stdio::piped());
        let mut first = String::new();
        // Dropped with whatever else it holds.
        BufReader::with_capacity(64, child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        assert!(!first.is_empty(), "{arguments:?}");
        let (code, told) = end(child);
        assert_eq!((code, told.as_str()), (expected, ""), "{arguments:?}");
    }
}

#[test]
fn a_run_that_nobody_reads_any_longer_ends() {
    for arguments in [&["validate", "--jsonl"][..], &["validate"], &["health", "--format", "json"]] {
        let mut child = start(arguments, Stdio::piped(), Stdio::piped());
        drop(child.stdout.take());
        let mut ask = child.stdin.take().unwrap();
        let asking = thread::spawn(move || while writeln!(ask, "{}", failing()).is_ok() {});
        let (code, told) = end(child);
        assert!(code == 1 || code == 2 && arguments[0] == "health", "{arguments:?}: {told}");
        asking.join().unwrap();
    }
}
