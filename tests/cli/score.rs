//! `svar score`: what it counts, and what it tells of lines that cannot be counted.

use serde_json::json;

use crate::{ACME, Ran, asked, file, svar};

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
    let Ran { code, out, err } = svar(&["score", &path]);
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
    let ran = svar(&["score", "--format", "json", &path]);
    let lines = ran.json();
    let told: Vec<_> = lines[..4].iter().map(|line| line["error"]["line"].as_u64().unwrap()).collect();
    assert_eq!((ran.code, told), (2, vec![2, 3, 4, 6]));
    assert_eq!((&lines[4][0]["of"], &lines[4][0]["texts"]), (&json!("apology"), &json!(2)));
    let Ran { code, err, .. } = svar(&["score", "--only", "appology", &path]);
    assert!(code == 2 && err.contains("did you mean `apology`?"), "{err}");
}

/// A label that no policy has would count against the policy, line for line.
#[test]
fn a_label_that_the_policy_does_not_know_is_told_with_what_was_meant() {
    let lines = [
        json!({"text": "The box is broken.", "language": "en", "intent": "complaint"}),
        json!({"text": "The box is broken.", "language": "en", "intent": "complant"}),
        json!({"text": "The box is broken.", "language": "english", "intent": "complaint"}),
        json!({"text": "The box is broken.", "language": "sv", "intent": "complaint"}),
        json!({"text": "???", "language": "unknown", "intent": "other"}),
    ];
    let path = file("labels-nobody-knows.jsonl", &lines.map(|line| line.to_string() + "\n").concat());
    let Ran { code, out, err } = svar(&["score", &path]);
    assert_eq!(code, 2, "{err}");
    assert!(out.contains("intent  2 texts"), "{out}");
    for (what, line) in
        [("error[unknown-intent]", 2), ("error[unknown-language]", 3), ("error[unknown-language]", 4)]
    {
        assert!(err.contains(what) && err.contains(&format!("--> {path}:{line}:")), "{what}: {err}");
    }
    assert!(err.contains("did you mean `complaint`?"), "{err}");
    assert!(err.ends_with("error: 3 lines could not be read\n"), "{err}");
    let ran = svar(&["score", "--format", "json", "--only", "language", &path]);
    assert_eq!((ran.code, ran.json()[0]["error"]["code"].as_str()), (2, Some("unknown-intent")));
}

#[test]
fn what_was_missed_is_named_by_its_line() {
    let path = labelled("missed.jsonl");
    let out = svar(&["score", &path]).out;
    assert!(out.contains(&format!("{path}:5")) && out.contains("The box is blue."), "{out}");
    let missed = &svar(&["score", "--format", "json", &path]).json()[4][0]["misses"][0];
    assert_eq!((&missed["file"], &missed["line"]), (&json!(path), &json!(5)));
}

#[test]
fn a_policy_that_can_be_read_once_is_read_once() {
    let path = labelled("piped.jsonl");
    let Ran { code, err, .. } = asked(&["score", "--policy", "-", &path], ACME);
    assert!(code == 2 && err.contains("did you mean `apology`?"), "{err}");
}
