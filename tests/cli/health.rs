//! `svar health`: what it calls a conversation that has no name.

use serde_json::json;

use crate::{Ran, folder, svar};

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
