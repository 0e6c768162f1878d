//! Everything that is asked: the requests that the doors are asked, and others of a policy of our own, for what no
//! policy that ships with svar has to say.

use std::fs;
use std::path::Path;

use serde_json::Value as Json;
use svar::request::error_json;
use svar::schema::Answer;
use svar::{Policy, Scratch};

use crate::asking::ask;

/// An answer, or what stands in its place.
pub(crate) struct Told {
    pub(crate) of: Answer,
    pub(crate) json: Json,
}

impl Told {
    fn new(of: Answer, text: &str) -> Told {
        Told { of, json: serde_json::from_str(text).expect("an answer is JSON") }
    }
}

pub(crate) fn told(of: Answer, policy: &Policy, request: &str, scratch: &mut Scratch) -> Told {
    match ask(of.as_str(), policy, request, scratch) {
        Ok(answer) => Told::new(of, &answer),
        Err(error) => Told::new(Answer::Error, &error_json(&error)),
    }
}

pub(crate) fn everything() -> Vec<Told> {
    let ours = Policy::from_toml(include_str!("policy.toml")).unwrap();
    [("tests/corpus", Policy::builtin()), ("tests/answers", ours)]
        .into_iter()
        .flat_map(|(folder, policy)| [answers(folder, &policy), vec![of_the_archive(&policy)]])
        .flatten()
        .collect()
}

fn of_the_archive(policy: &Policy) -> Told {
    let cases: Vec<&str> = include_str!("../../examples/archive.jsonl").lines().collect();
    let request = format!(r#"{{"cases": [{}], "now": "2026-11-21T16:00:00+01:00"}}"#, cases.join(","));
    told(Answer::Health, policy, &request, &mut Scratch::default())
}

/// The answers to the requests in the files of a folder: each is called after its verb.
fn answers(folder: &str, policy: &Policy) -> Vec<Told> {
    let mut scratch = Scratch::default();
    let mut all = Vec::new();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "jsonl") {
            let of = Answer::of(path.file_stem().unwrap().to_str().unwrap()).expect("a verb");
            let requests = fs::read_to_string(&path).unwrap();
            all.extend(requests.lines().map(|line| told(of, policy, line, &mut scratch)));
        }
    }
    all
}
