//! `svar score`, and what `svar health` calls a conversation that has no name.

#![cfg(feature = "cli")]
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test says what it expects"
)]

use std::process::{Command, Stdio};

use serde_json::{Value, json};

fn svar(arguments: &[&str]) -> (i32, String, String) {
    let ran = Command::new(env!("CARGO_BIN_EXE_svar"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::null())
        .output()
        .expect("svar runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("svar prints text");
    (ran.status.code().unwrap(), text(ran.stdout), text(ran.stderr))
}

fn file(name: &str, text: &str) -> String {
    let folder = format!("{}/cli_score", env!("CARGO_TARGET_TMPDIR"));
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    let path = format!("{folder}/{name}");
    std::fs::write(&path, text).expect("the folder can be written to");
    path
}

fn json_lines(out: &str) -> Vec<Value> {
    out.lines().map(|line| serde_json::from_str(line).expect("it is JSON")).collect()
}

/// Labelled texts: one that is heard, one that is not, and a mistake of each kind among them.
fn labelled(name: &str) -> String {
    let heard = json!({"text": "We are sorry about that.", "language": "en", "acts": ["apology"]});
    let unheard = json!({"text": "The box is blue.", "language": "en", "acts": ["apology"]});
    let mistyped = json!({"text": "Sorry!", "language": "en", "acts": ["appology"]});
    file(
        name,
        &format!("{heard}\nnothing\n\n{mistyped}\n{unheard}\n{{\"text\": \"Hi\", \"text\": \"Hi\"}}\n"),
    )
}

#[test]
fn a_line_that_cannot_be_scored_is_told_and_the_rest_is_scored() {
    let path = labelled("mixed.jsonl");
    let (code, out, err) = svar(&["score", &path]);
    assert_eq!(code, 2, "{err}");
    assert!(out.contains("apology  2 texts"), "{out}");
    for (what, place) in [
        ("error[syntax]", "2:1"),
        ("the line is blank", "3:1"),
        ("error[unknown-act]", "4:10"),
        ("error[duplicate-key]", "6:16"),
    ] {
        assert!(err.contains(what) && err.contains(&format!("--> {path}:{place}")), "{what}: {err}");
    }
    assert!(err.contains("did you mean `apology`"), "{err}");
    assert!(err.ends_with("error: 4 lines could not be read\n"), "{err}");
    let (code, out, _) = svar(&["score", "--format", "json", &path]);
    let lines = json_lines(&out);
    let told: Vec<_> = lines[..4].iter().map(|line| line["error"]["line"].as_u64().unwrap()).collect();
    assert_eq!((code, told), (2, vec![2, 3, 4, 6]));
    assert_eq!((&lines[4][0]["of"], &lines[4][0]["texts"]), (&json!("apology"), &json!(2)));
    let (code, _, err) = svar(&["score", "--only", "appology", &path]);
    assert!(code == 2 && err.contains("did you mean `apology`?"), "{err}");
}

#[test]
fn what_was_missed_is_named_by_its_line() {
    let path = labelled("missed.jsonl");
    let (_, out, _) = svar(&["score", &path]);
    assert!(out.contains(&format!("{path}:5")) && out.contains("The box is blue."), "{out}");
    let (_, out, _) = svar(&["score", "--format", "json", &path]);
    let missed = &json_lines(&out)[4][0]["misses"][0];
    assert_eq!((&missed["file"], &missed["line"]), (&json!(path), &json!(5)));
}

#[test]
fn a_conversation_without_a_name_is_called_by_its_file_where_there_are_several() {
    let waiting = json!({"channel": "facebook", "messages": [
        {"from": "customer", "text": "Hello?", "at": "2026-11-01T10:00:00+01:00"}]});
    let five = format!("{waiting}\n").repeat(5);
    let (one, two) = (file("one.jsonl", &five), file("two.jsonl", &format!("\n{five}")));
    let now = ["health", "--now", "2026-11-21T17:00:00+01:00"];
    let (_, out, err) = svar(&[&now[..], &[&one, &two]].concat());
    assert!(out.contains(&format!("{one}:1, ")) && out.contains(&format!("{two}:6")), "{out}{err}");
    std::fs::write(&one, five.repeat(2)).unwrap();
    let (_, out, err) = svar(&[&now[..], &[&one]].concat());
    assert!(out.contains("see line 1, "), "{out}{err}");
}
