//! `svar health`: its report, what it tells of lines that it cannot read, and what it calls whoever has no name.

use serde_json::json;

use crate::{Ran, asked, folder, svar};

const ARCHIVE: &str = include_str!("../../examples/archive.jsonl");

/// The health of an archive at an instant.
fn health(archive: impl AsRef<[u8]>, arguments: &[&str]) -> Ran {
    asked(&[&["health", "--now", "2026-11-21T16:00:00+01:00"], arguments].concat(), archive)
}

#[test]
fn a_report_for_people() {
    let Ran { code, out, err } = health("", &["examples/archive.jsonl"]);
    assert_eq!(code, 1, "{out}");
    assert_eq!(err, "", "no bar where nobody looks");
    for line in [
        "fail  12 conversations, as of 2026-11-21 15:00 UTC",
        "  channel    conversations  answered  in time  median    90 %  satisfied  waiting       silent",
        "  Facebook               7      60 %     60 %  25 min  35 min     57.8 %        2      2 d 2 h",
        "  Facebook “Very responsive to messages”: earned  100 % of 3 conversations answered (needs 90 %), median 12 min (needs 15 min)",
        "    error  health.unanswered-complaints  2 of 3 complaints on Facebook stand unanswered",
        "           see fb-3, fb-4",
    ] {
        assert!(out.lines().any(|other| other == line), "{line}\nis not in\n{out}");
    }
}

#[test]
fn a_bad_line_stops_nothing() {
    let lines: Vec<&str> = ARCHIVE.lines().collect();
    let mut input = format!("{}\n{{\"channel\": \"facebok\"}}\n\nnonsense\n", lines[0]).into_bytes();
    input.extend(b"\xff\xfe\n");
    input.extend(lines[7].as_bytes());
    let Ran { code, out, err } = health(&input, &["-"]);
    assert_eq!(code, 2);
    let errors: Vec<&str> = err.lines().collect();
    assert_eq!(errors.len(), 4, "{errors:#?}");
    for (line, start) in errors.iter().zip([
        "stdin:2: error[unknown-channel]: unknown channel `facebok`, did you mean `facebook`?",
        "stdin:4: error[syntax]:",
        "stdin:5: error[not-utf8]:",
        "error: 3 of 5 lines could not be read",
    ]) {
        assert!(line.starts_with(start), "{line}");
    }
    assert!(out.starts_with("pass  2 conversations"), "{out}");
}

#[test]
fn a_report_for_programs() {
    let ran = health(ARCHIVE, &["--format", "json"]);
    assert_eq!((ran.code, &ran.one_json()["total"]["conversations"]), (1, &json!(12)));
    // What has no id is called by its line.
    let bare = r#"{"channel": "facebook", "facts": {"intent": "complaint"}, "messages": [{"from": "customer", "at": "2026-11-01T00:00:00Z", "text": "?"}]}"#;
    let ran = health(format!("[1]\n{bare}\n"), &["--format", "json"]);
    let lines = ran.json();
    assert_eq!((ran.code, lines.len()), (2, 2));
    assert!(lines[0]["error"]["code"].is_string());
    assert_eq!(lines[1]["findings"][0]["evidence"]["ids"], json!(["line 2"]));
}

#[test]
fn what_cannot_be_opened_or_is_too_long() {
    assert_eq!(health("", &["no/such/file.jsonl"]).code, 2);
    let mut input = vec![b'{'; 9 << 20];
    input.extend(b"\n{\"channel\": \"facebook\"}\n");
    let Ran { code, out, err } = health(&input, &[]);
    assert_eq!(code, 2);
    assert!(out.starts_with("pass  1 conversation,"), "{out}");
    assert!(err.starts_with("stdin:1: error[too-large]"), "{err}");
}

#[test]
fn a_conversation_without_a_name_is_called_by_its_file_where_there_are_several() {
    let waiting = json!({"channel": "facebook", "messages": [
        {"from": "customer", "text": "Hello?", "at": "2026-11-01T10:00:00+01:00"}]});
    let five = format!("{waiting}\n").repeat(5);
    let folder = folder("health");
    let (one, two) = (folder.file("one.jsonl", &five), folder.file("two.jsonl", format!("\n{five}")));
    let now = ["health", "--now", "2026-11-21T17:00:00+01:00"];
    let Ran { out, err, .. } = svar(&[&now[..], &[&one, &two]].concat());
    assert!(out.contains(&format!("{one}:1, ")) && out.contains(&format!("{two}:6")), "{out}{err}");
    folder.file("one.jsonl", five.repeat(2));
    let Ran { out, err, .. } = svar(&[&now[..], &[&one]].concat());
    assert!(out.contains("see line 1, "), "{out}{err}");
}
