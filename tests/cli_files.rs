//! What the command line says of files: of those that are not there, that are no text, and of directories.

#![cfg(feature = "cli")]
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test says what it expects"
)]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use svar::policy::{COMMAND_CODES, codes};

struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Ran {
    /// What was printed on standard output, a line of JSON each.
    fn json(&self) -> Vec<Value> {
        let lines = self.out.lines();
        lines.map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line}"))).collect()
    }
}

fn svar(arguments: &[&str]) -> Ran {
    asked(arguments, "")
}

/// Runs with something on standard input.
fn asked(arguments: &[&str], input: &str) -> Ran {
    let mut child = Command::new(env!("CARGO_BIN_EXE_svar"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("svar runs");
    // Who asks for nothing leaves it where it is.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let ran = child.wait_with_output().expect("svar ends");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("svar prints text");
    Ran { code: ran.status.code().unwrap(), out: text(ran.stdout), err: text(ran.stderr) }
}

/// A new folder with these files.
fn folder(name: &str, files: &[(&str, &[u8])]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli_files").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    for (file, bytes) in files {
        std::fs::write(folder.join(file), bytes).expect("the folder can be written to");
    }
    folder
}

const POLICY: &str = "svar = 1\nname = \"acme\"\nextends = [\"svar:care\"]\nlanguages = [\"en\"]\n";
const TESTS: &str = "svar = 1\n\n[[tests]]\nname = \"thanks pass\"\ncase = { channel = \"facebook\", language = \"en\" }\nreply = \"Hi Kim, thank you!\"\nexpect = { verdict = \"pass\" }\n";

#[test]
fn what_is_no_text_and_what_is_not_there_is_told_like_everything_else() {
    let latin = [POLICY.as_bytes(), b"[brand]\nname = \"Kj\xf8kken\"\n"].concat();
    let wide: Vec<u8> = POLICY.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let wide = [b"\xff\xfe".to_vec(), wide].concat();
    let folder = folder("unreadable", &[("latin.toml", &latin), ("wide.toml", &wide)]);
    let path = |name: &str| folder.join(name).display().to_string();
    let (latin, wide, missing) = (path("latin.toml"), path("wide.toml"), path("no-such.toml"));
    let directory = folder.display().to_string();
    for (file, code, line, ends) in
        [(&latin, "not-utf8", 6, 1), (&wide, "not-utf8", 1, 1), (&missing, "unreadable", 1, 2)]
    {
        let text = svar(&["check", file]);
        assert_eq!(text.code, ends, "{file}: {}", text.err);
        assert!(text.err.starts_with(&format!("error[{code}]: ")), "{file}: {}", text.err);
        assert!(text.err.contains(&format!("--> {file}:{line}:")), "{file}: {}", text.err);
        assert!(text.err.contains("help: "), "{file}: {}", text.err);
        // `check` prints one array, whatever there is to tell.
        let checked = svar(&["check", "--format", "json", file]);
        let told = &checked.json()[0][0];
        assert_eq!((checked.code, &told["code"], &told["source"]), (ends, &json!(code), &json!(file)));
        for arguments in [
            &["test", "--format", "json", file][..],
            &["validate", "--format", "json", "--reply", "Hi", "--policy", file],
            &["draft", "--format", "json", "--customer", "Hi", "--pack", file],
        ] {
            let told = &svar(arguments).json()[0]["error"];
            assert_eq!((&told["code"], &told["source"]), (&json!(code), &json!(file)), "{arguments:?}");
        }
        let sarif = svar(&["check", "--format", "sarif", file]).json();
        assert_eq!(sarif[0]["runs"][0]["results"][0]["ruleId"], code);
    }
    for arguments in [
        &["validate", "--jsonl", &missing][..],
        &["clock", "--format", "json", &missing],
        &["health", "--format", "json", &missing],
        &["score", "--format", "json", &missing],
        &["diff", "--format", "json", "--new", &missing, "examples/replies.jsonl"],
        // A directory is no file of requests, and its name is not lost.
        &["validate", "--jsonl", &directory],
        &["validate", "--format", "sarif", &directory],
        &["next", "--format", "json", &directory],
        &["draft", "--format", "json", &directory],
        &["clock", "--format", "json", &directory],
        &["read", "--jsonl", &directory],
        &["health", "--format", "json", &directory],
        &["score", "--format", "json", &directory],
        &["diff", "--format", "json", &path("../acme.toml"), &path("../acme.toml"), &directory],
    ] {
        std::fs::write(path("../acme.toml"), POLICY).unwrap();
        let ran = svar(arguments);
        assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.err);
        let file = if ran.err.contains(&missing) { &missing } else { &directory };
        assert!(ran.err.starts_with("error[unreadable]: "), "{arguments:?}: {}", ran.err);
        assert!(ran.err.contains(&format!("--> {file}:1:1")), "{arguments:?}: {}", ran.err);
        if !arguments.contains(&"sarif") {
            let told = &ran.json()[0]["error"];
            assert_eq!(
                (&told["code"], &told["source"]),
                (&json!("unreadable"), &json!(file)),
                "{arguments:?}"
            );
        }
    }
}

#[test]
fn every_code_of_a_command_has_an_example_that_brings_it_about_and_one_that_does_not() {
    for code in COMMAND_CODES {
        let ran = |example: &svar::source::Example| {
            let command = String::from_utf8(example.documents()[0].to_vec()).unwrap();
            let (words, quoted) = match command.split_once('\'') {
                Some((words, quoted)) => (words.to_owned(), quoted.strip_suffix('\'')),
                None => (command.clone(), None),
            };
            let words = words.strip_prefix("$ svar ").expect("the example is a command");
            let arguments: Vec<&str> = words.split_whitespace().chain(quoted).collect();
            svar(&arguments)
        };
        let breaks = ran(&code.breaks);
        assert_eq!((breaks.code, &breaks.json()[0]["error"]["code"]), (2, &json!(code.code)));
        assert_eq!(ran(&code.keeps).code, 0, "{}", code.code);
        assert!(svar(&["explain", code.code]).out.contains(code.title), "{}", code.code);
    }
}

#[test]
fn every_code_that_the_command_line_tells_has_a_page() {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src/bin/svar")];
    let mut seen = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            for (_, rest) in
                text.match_indices("Diagnostic::error(\"").map(|(at, found)| text.split_at(at + found.len()))
            {
                let code = rest.split('"').next().unwrap();
                assert!(codes().any(|page| page.code == code), "{}: {code}", path.display());
                seen += 1;
            }
        }
    }
    assert!(seen > 5, "{seen} codes");
}

#[test]
fn a_mistyped_file_is_not_heard_as_a_text() {
    let folder = folder("mistyped", &[("energi.toml", POLICY.as_bytes())]);
    let path = |name: &str| folder.join(name).display().to_string();
    for name in ["nosuch.jsonl", "nosuch.json", "nosuch.toml", "nosuch.txt", "."] {
        let ran = svar(&["read", &path(name)]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{name}: {}", ran.err);
        assert!(ran.err.starts_with("error[unreadable]: ") && ran.err.contains(&path(name)), "{}", ran.err);
    }
    let policy = svar(&["read", &path("energi.toml")]);
    assert_eq!((policy.code, policy.out.as_str()), (2, ""));
    assert_eq!(policy.err.matches("error").count(), 1, "once, and not for every line: {}", policy.err);
    assert!(policy.err.contains("svar read < FILE"), "{}", policy.err);
    assert!(svar(&["read", "See you at 10.30"]).out.contains("length"));
    assert!(asked(&["read", "-"], "Hei, takk!\n").out.contains("greeting  “Hei”"));
}

#[test]
fn a_directory_is_read_as_what_is_in_it() {
    let cargo = "[package]\nname   =   \"acme\"\n";
    let untidy = POLICY.replace(" = ", "=");
    let own = folder(
        "own",
        &[
            ("policy.toml", untidy.as_bytes()),
            ("policy.tests.toml", TESTS.as_bytes()),
            ("Cargo.toml", cargo.as_bytes()),
        ],
    );
    let own = own.to_str().unwrap();
    let formatted = svar(&["fmt", own]);
    assert_eq!(formatted.code, 0, "{}", formatted.err);
    assert_eq!(std::fs::read_to_string(format!("{own}/Cargo.toml")).unwrap(), cargo, "it is none of ours");
    assert_eq!(std::fs::read_to_string(format!("{own}/policy.toml")).unwrap(), POLICY);
    let named = svar(&["fmt", "--check", &format!("{own}/Cargo.toml")]);
    assert_eq!(named.code, 1, "what is named is formatted");

    std::fs::remove_file(format!("{own}/Cargo.toml")).unwrap();
    let checked = svar(&["check", own]);
    assert_eq!(checked.code, 0, "{}", checked.err);
    let tested = svar(&["test", "--no-law", own]);
    assert!(tested.code == 0 && tested.out.contains("thanks pass"), "{}{}", tested.out, tested.err);
    for verb in ["check", "test", "fmt"] {
        let help = svar(&[verb, "--help"]).out;
        assert!(help.contains("director") && help.contains("*.tests.toml"), "{verb}: {help}");
    }
    let only = folder("only-tests", &[("policy.tests.toml", TESTS.as_bytes())]);
    let only = svar(&["check", only.to_str().unwrap()]);
    assert!(only.code == 2 && only.err.contains("there is no policy in this directory"), "{}", only.err);
}

#[test]
fn a_policy_is_read_from_standard_input() {
    let broken = POLICY.replace("name", "nam");
    let checked = asked(&["check", "-"], &broken);
    assert_eq!(checked.code, 1, "{}", checked.err);
    assert!(checked.err.contains("--> stdin:2:1"), "{}", checked.err);
    let judged =
        asked(&["validate", "--policy", "-", "--reply", "Hi Kim, thank you!", "--language", "en"], POLICY);
    assert_eq!(judged.code, 0, "{}", judged.err);
}

#[test]
fn lists_may_have_space_after_their_commas() {
    let draft = |acts| svar(&["draft", "--customer", "x", "--language", "en", "--acts", acts]);
    let spaced = draft("apology, thanks");
    assert_eq!((spaced.code, spaced.out), (0, draft("apology,thanks").out));
}

#[test]
fn the_policies_to_start_from_are_written_in_one_manner() {
    let ran = svar(&["fmt", "--check", "examples/policies"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""));
}
