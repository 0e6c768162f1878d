//! `svar test`: what it prints, in each format, and with which exit status it ends.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use serde_json::{Value, json};

use crate::{Ran, command, folder, folder_with, svar_in};

/// A policy with a rule, an example and two tests, all of which hold.
const GOOD: &str = r#"svar = 1
name = "fjord"
version = "3"
[language.en]
name = "English"
[channels.wall]
kind = "social"
visibility = ["public"]
[rules."tone.lol"]
forbid = { pattern = "lol" }
case = { channel = "wall" }
good = ["That is funny."]
bad = ["oh <lol>"]

[[tests]]
name = "laughing"
case = { channel = "wall", language = "en" }
reply = "well <lol>"

[[tests]]
name = "quiet & <polite>"
case = { channel = "wall", language = "en" }
reply = "Well."
expect = { only = [] }
"#;

#[test]
fn what_holds_is_told_in_a_few_lines() {
    let folder = folder_with("test-good", GOOD);
    let ran = svar_in(&folder, &["test", "policy.toml"]);
    assert_eq!((ran.code, &*ran.err), (0, ""));
    assert_eq!(
        ran.out,
        "  ok tests/laughing\n  ok tests/quiet & <polite>\n  ok law 0 templates, 0 drafts\n\
         fjord passed: 2 of 2 tests and 2 of 2 examples hold; the law holds\n"
    );
    let quiet = svar_in(&folder, &["test", "--quiet", "--no-law", "--strict", "policy.toml"]);
    assert_eq!((quiet.code, &*quiet.out), (0, "fjord passed: 2 of 2 tests and 2 of 2 examples hold\n"));
    assert_eq!(svar_in(&folder, &["test", "policy.toml"]).out, ran.out);
}

#[test]
fn what_does_not_hold_is_told_with_its_place_and_the_reply() {
    let folder = folder_with("test-bad", &GOOD.replace("reply = \"Well.\"", "reply = \"Well, lol\""));
    let ran = svar_in(&folder, &["test", "policy.toml", "--no-law"]);
    assert_eq!(ran.code, 1);
    assert_eq!(
        ran.out,
        "  ok tests/laughing
FAIL tests/quiet & <polite> policy.toml:23:9
error[test]: expected nothing, found `tone.lol`
  --> policy.toml:24:19
   |
24 | expect = { only = [] }
   |                   ^^
  ::: reply:1:7
   |
 1 | Well, lol
   |       --- tone.lol (warning): `lol` should not stand here

fjord failed: 1 of 2 tests and 2 of 2 examples hold
"
    );
    // An example, and the whole document, are told in the same way.
    let ran = svar_in(&folder, &["test", "policy.toml", "--filter", "rules/*"]);
    assert_eq!((ran.code, &*ran.out), (0, "fjord passed: 2 of 2 examples hold; not asked for: 2\n"));
    folder.file("policy.toml", GOOD.replace("oh <lol>", "oh <well>"));
    let ran = svar_in(&folder, &["test", "policy.toml", "--filter", "bad"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.out.starts_with("FAIL rules/tone.lol/en/bad/1 policy.toml:13:8\nerror[example]: "),
        "{}",
        ran.out
    );
}

#[test]
fn a_run_without_a_test_does_not_pass() {
    let folder = folder_with("test-none", "svar = 1\nname = 'a'\n");
    let ran = svar_in(&folder, &["test", "policy.toml"]);
    assert_eq!((ran.code, &*ran.out), (1, ""));
    assert!(
        ran.err.starts_with("error[no-tests]: there are no examples and no tests in this policy"),
        "{}",
        ran.err
    );
    let json = svar_in(&folder, &["test", "policy.toml", "--format", "json"]);
    assert!(json.code == 1 && json.out.starts_with(r#"{"error":{"code":"no-tests","#), "{}", json.out);
    folder.file("policy.toml", GOOD);
    let ran = svar_in(&folder, &["test", "policy.toml", "--filter", "laughin*g*x"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.err.contains("no test is called like `laughin*g*x`") && ran.err.contains("tests/laughing"),
        "{}",
        ran.err
    );
}

#[test]
fn mistakes_of_the_policy_are_found_and_what_cannot_be_read_is_told() {
    let folder = folder_with("test-unread", &GOOD.replace("reply = \"Well.\"", "repyl = \"Well.\""));
    let ran = svar_in(&folder, &["test", "policy.toml"]);
    assert_eq!((ran.code, &*ran.out), (1, ""));
    assert!(
        ran.err.contains("error[unknown-key]: unknown key `repyl`\n  --> policy.toml:23:1\n"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("= help: did you mean `reply`?"), "{}", ran.err);
    let tap = svar_in(&folder, &["test", "policy.toml", "--format", "tap"]);
    let why = "policy.toml:23:1: error[unknown-key]: unknown key `repyl`";
    assert_eq!(tap.code, 1);
    assert!(tap.out.starts_with(&format!("TAP version 14\nBail out! {why}")), "{}", tap.out);
    let json = svar_in(&folder, &["test", "policy.toml", "--format", "json"]);
    assert_eq!(json.code, 1);
    assert!(json.out.starts_with(r#"{"error":{"code":"unknown-key","#), "{}", json.out);
    assert_eq!(svar_in(&folder, &["test", "no-such.toml"]).code, 2);
    fs::create_dir(folder.path_of("empty")).unwrap();
    for command in ["test", "check"] {
        let ran = svar_in(&folder, &[command, "empty"]);
        assert_eq!(ran.code, 2);
        assert_eq!(
            ran.err,
            "error: empty: there is no policy in this directory, that is, no file `*.toml`\n"
        );
    }
    folder.file("policy.toml", GOOD.replace("svar = 1", "svar = 3"));
    let ran = svar_in(&folder, &["test", "policy.toml"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("error[format-version]") && ran.err.contains("policy.toml:1:8"), "{}", ran.err);
}

#[test]
fn a_directory_is_all_the_documents_in_it() {
    let folder = folder("test-directory");
    fs::create_dir(folder.path_of("acme")).unwrap();
    let policy = GOOD.replace("version = \"3\"", "extends = [\"./z-pack.toml\"]");
    folder.file("acme/policy.toml", policy);
    let milder = "svar = 1\nname = 'z'\n[rules.'tone.lol']\nseverity = 'advice'\n";
    folder.file("acme/z-pack.toml", milder);
    let more = "svar = 1\n[[tests]]\nname = 'more'\ncase = { channel = 'wall' }\nreply = 'a <lol>'\n";
    folder.file("acme/tests.toml", more);
    folder.file("acme/notes.txt", "not read");
    let ran = svar_in(&folder, &["test", "acme", "--no-law"]);
    assert_eq!((ran.code, &*ran.err), (0, ""));
    assert!(ran.out.ends_with("fjord passed: 3 of 3 tests and 2 of 2 examples hold\n"), "{}", ran.out);
}

#[test]
fn test_files_stand_apart_from_the_policy() {
    let folder = folder_with("test-apart", GOOD);
    let more = "svar = 1\n[[tests]]\nname = 'more'\ncase = { channel = 'wall' }\nreply = 'a <lol>'\n";
    folder.file("more.toml", more);
    let ran = svar_in(&folder, &["test", "policy.toml", "--tests", "more.toml", "--filter", "tests/"]);
    assert_eq!(ran.code, 0);
    assert!(ran.out.ends_with("fjord passed: 3 of 3 tests hold; not asked for: 2\n"), "{}", ran.out);
    folder.file("more.toml", "svar = 1\n");
    let ran = svar_in(&folder, &["test", "policy.toml", "--tests", "more.toml"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.err.starts_with("error[no-tests]: there is no test in this file\n --> more.toml:1:1"),
        "{}",
        ran.err
    );
}

#[test]
fn a_rule_without_an_example_fails_a_strict_run_only() {
    let folder = folder_with("test-strict", &GOOD.replace("bad = [\"oh <lol>\"]\n", ""));
    let warned = "no example and no test breaks the rule `tone.lol`";
    let ran = svar_in(&folder, &["test", "policy.toml"]);
    assert_eq!(ran.code, 0);
    assert!(
        ran.out.contains(&format!("warning[untested-rule]: {warned}\n --> policy.toml:9:8")),
        "{}",
        ran.out
    );
    let ran = svar_in(&folder, &["test", "policy.toml", "--strict", "--quiet"]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains(&format!("error[untested-rule]: {warned}")), "{}", ran.out);
    assert!(ran.out.ends_with(
        "fjord failed: 2 of 2 tests and 1 of 1 examples hold; the law holds; rules without an example: 1\n"
    ));
    for format in ["tap", "junit"] {
        let ran = svar_in(&folder, &["test", "policy.toml", "--strict", "--format", format]);
        assert_eq!(ran.code, 1);
        assert!(ran.out.contains(warned), "{}", ran.out);
    }
    let ran = svar_in(&folder, &["check", "policy.toml"]);
    assert_eq!(ran.code, 0);
    assert!(ran.err.contains(&format!("warning[untested-rule]: {warned}")), "{}", ran.err);
}

#[test]
fn the_law_is_one_of_the_tests() {
    let acts = "[acts.greeting.en]\nhear = ['hello']\nsay = { any = ['Good day.'] }\n";
    let folder = folder_with("test-law", &format!("{GOOD}{acts}"));
    let ran = svar_in(&folder, &["test", "policy.toml", "--quiet"]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("error[template-unheard]") && ran.out.contains("FAIL law"), "{}", ran.out);
    assert_eq!(svar_in(&folder, &["test", "policy.toml", "--no-law"]).code, 0);
    assert_eq!(svar_in(&folder, &["test", "policy.toml", "--filter", "tests/"]).code, 0);
    assert_eq!(svar_in(&folder, &["test", "policy.toml", "--filter", "law"]).code, 1);
    let tap = svar_in(&folder, &["test", "policy.toml", "--format", "tap"]);
    assert!(tap.out.contains("\nnot ok 5 - law\n"), "{}", tap.out);
}

#[test]
fn programs_are_told_everything_in_one_object() {
    let folder = folder_with("test-json", &GOOD.replace("reply = \"Well.\"", "reply = \"Well, lol\""));
    let ran = svar_in(&folder, &["test", "policy.toml", "--format", "json"]);
    assert_eq!(ran.code, 1);
    let told = ran.one_json();
    assert_eq!(told["policy"], json!({"name": "fjord", "version": "3"}));
    assert_eq!((&told["passed"], &told["failed"], &told["passes"]), (&3.into(), &1.into(), &false.into()));
    let items = told["items"].as_array().unwrap();
    let names: Vec<_> = items.iter().map(|item| item["name"].as_str().unwrap()).collect();
    assert_eq!(
        names,
        ["rules/tone.lol/en/good/1", "rules/tone.lol/en/bad/1", "tests/laughing", "tests/quiet & <polite>"]
    );
    let failed = &items[3];
    assert_eq!((&failed["line"], &failed["text"]), (&23.into(), &"Well, lol".into()));
    assert_eq!(failed["failures"][0]["code"], "test");
    assert_eq!(failed["failures"][0]["related"][0]["start"], 6);
    assert_eq!(told["law"], json!({"holds": true, "templates": 0, "drafts": 0, "broken": []}));
}

#[test]
fn tap_has_a_point_for_each_test() {
    let policy =
        GOOD.replace("reply = \"Well.\"", "reply = \"Well, lol\"").replace("\"laughing\"", "'a # b\\c'");
    let ran =
        svar_in(&folder_with("test-tap", &policy), &["test", "policy.toml", "--format", "tap", "--no-law"]);
    assert_eq!(ran.code, 1);
    let lines: Vec<_> = ran.out.lines().collect();
    assert_eq!(
        lines[..7],
        [
            "TAP version 14",
            "1..4",
            "ok 1 - rules/tone.lol/en/good/1",
            "ok 2 - rules/tone.lol/en/bad/1",
            "ok 3 - tests/a \\# b\\\\c",
            "not ok 4 - tests/quiet & <polite>",
            "  ---",
        ]
    );
    assert_eq!(
        (lines[7], lines[8], lines.last()),
        ("  at: \"policy.toml:23:9\"", "  failures:", Some(&"  ..."))
    );
    let failure = lines[9].strip_prefix("    - ").unwrap();
    let failure: Value = serde_json::from_str(failure).unwrap();
    assert_eq!(failure["message"], "expected nothing, found `tone.lol`");
}

#[test]
fn junit_is_well_formed_whatever_is_in_a_name() {
    let policy = GOOD.replace("reply = \"Well.\"", "reply = \"<b>\\u0007 ]]> lol & \\\"so\\\"\"");
    let ran = svar_in(
        &folder_with("test-junit", &policy),
        &["test", "policy.toml", "--format", "junit", "--no-law"],
    );
    assert_eq!(ran.code, 1);
    assert!(ran.out.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites "), "{}", ran.out);
    assert!(
        ran.out.contains("<testsuite name=\"fjord\" tests=\"4\" failures=\"1\" errors=\"0\" skipped=\"0\">")
    );
    assert!(ran.out.contains(
        "<testcase classname=\"tests\" name=\"tests/quiet &amp; &lt;polite&gt;\" file=\"policy.toml\" line=\"23\">\n<failure type=\"test\""
    ));
    assert_eq!(
        elements(&ran.out),
        ["testsuites", "testsuite", "testcase", "testcase", "testcase", "testcase", "failure", "failure"]
    );
}

/// The names of all elements, having seen that each that is opened is closed in turn, and that nothing is written that
/// XML does not know.
fn elements(xml: &str) -> Vec<String> {
    let (mut names, mut open) = (Vec::new(), Vec::new());
    assert!(xml.chars().all(|letter| letter == '\n' || !letter.is_control()));
    let body = xml.split_once("?>\n").unwrap().1;
    for piece in body.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').expect("a tag is closed");
        assert!(!text.contains('>') && !text.replace("&amp;", "").replace("&lt;", "").contains("& "));
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name.to_owned()));
            continue;
        }
        assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
        let name = tag.split([' ', '/']).next().unwrap().to_owned();
        names.push(name.clone());
        if !tag.ends_with('/') {
            open.push(name);
        }
    }
    assert!(open.is_empty());
    names
}

#[test]
fn colours_are_for_those_who_want_them() {
    let folder = folder_with("test-colour", GOOD);
    let run = |name: &str, value: &str| {
        let mut command = command(&["test", "policy.toml"]);
        command.current_dir(folder.path()).env_remove("NO_COLOR").env(name, value);
        Ran::of(command.output().unwrap()).out
    };
    assert!(run("CLICOLOR_FORCE", "1").contains("\u{1b}["));
    assert!(!run("NO_COLOR", "1").contains('\u{1b}'));
}

#[test]
fn watching_runs_again_when_a_file_changes() {
    let folder = folder_with("test-watch", GOOD);
    let mut child = command(&["test", "policy.toml", "--watch", "--quiet", "--no-law"])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let mut line = |end: &str| {
        let line = lines.find(|line| line.contains(end)).expect("it goes on");
        assert!(line.contains(end));
    };
    line("fjord passed: 2 of 2 tests");
    line("waiting for a change");
    folder.file("policy.toml", GOOD.replace("reply = \"Well.\"", "reply = \"Well, lol\""));
    line("fjord failed: 1 of 2 tests");
    line("waiting for a change");
    // A document that is broken for a moment ends nothing.
    folder.file("policy.toml", "svar = ");
    line("waiting for a change");
    folder.file("policy.toml", format!("{GOOD}\n\n"));
    line("fjord passed: 2 of 2 tests");
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn the_built_in_policy_passes() {
    let ran = svar_in(&folder("test-builtin"), &["test", "--quiet", "--no-law"]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert!(ran.out.starts_with("svar:builtin passed: "), "{}", ran.out);
}
