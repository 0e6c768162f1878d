//! `svar test --coverage` and `--mutate`: what they print, and with which exit status they end.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, missing_docs)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Two rules, one of which nothing breaks; one of two phrases is heard.
const POLICY: &str = r#"svar = 1
name = "fjord"
[language.en]
[channels.facebook]
kind = "social"
visibility = ["public"]
[rules."tone.lol"]
forbid = { phrases = ["lol", "rofl"] }
good = ["That is funny."]
bad = ["oh <lol>"]
[rules."tone.yo"]
forbid = { pattern = "yo+" }
"#;

/// A folder of its own for a test.
fn folder(name: &str, policy: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("cli-coverage-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("policy.toml"), policy).unwrap();
    folder
}

/// The exit status, what was printed, and what was complained of.
fn svar(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let ran = Command::new(env!("CARGO_BIN_EXE_svar"))
        .args(["test", "policy.toml"])
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (ran.status.code().unwrap(), text(ran.stdout), text(ran.stderr))
}

#[test]
fn a_table_and_then_each_place_that_no_test_reaches() {
    let folder = folder("table", POLICY);
    let (code, out, err) = svar(&folder, &["--coverage", "--no-law"]);
    assert_eq!((code, &*err), (0, ""));
    let (_, told) = out.split_once("\n\ncoverage").expect("a table");
    assert_eq!(
        told,
        "    tested    of     %  never fired  never passed  never tested\n\
         rules            1     2    50            1             0             0\n\
         phrases          1     2    50            –             –             1\n\
         channels         1     1   100            0             0             0\n\
         all              3     5    60            1             0             1\n\
         \n\
         policy.toml:11:8: never fired: rule tone.yo\n\
         \n\
         policy.toml:8:30: never tested: phrase `rofl` in rules.\"tone.lol\".forbid.phrases\n\
         \n\
         fjord passed: 2 of 2 examples hold; rules without an example: 1\n"
    );
}

#[test]
fn too_little_is_a_failure_in_every_format() {
    let folder = folder("least", POLICY);
    for (least, wanted) in [("60", 0), ("61", 1)] {
        for format in ["text", "json", "junit", "tap"] {
            let (code, out, err) =
                svar(&folder, &["--coverage", "--min-coverage", least, "--no-law", "--format", format]);
            assert_eq!(code, wanted, "{format}: {out}");
            let told = "60 % of the policy are tested, 61 % are asked for";
            match format {
                "text" => assert_eq!(out.contains(told), wanted == 1),
                "json" => {
                    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
                    assert_eq!(
                        (&json["passes"], &json["coverage"]["total"]["percent"]),
                        (&(wanted == 0).into(), &60.into())
                    );
                    assert_eq!(json["coverage"]["untested"][1]["name"], "rofl");
                }
                _ => assert_eq!(err.contains(told), wanted == 1, "{err}"),
            }
        }
    }
    assert_eq!(svar(&folder, &["--min-coverage", "60"]).0, 2);
    assert_eq!(svar(&folder, &["--coverage", "--min-coverage", "101"]).0, 2);
}

#[test]
fn each_change_that_no_test_notices() {
    let folder = folder("mutate", POLICY);
    let (code, out, err) = svar(&folder, &["--mutate"]);
    assert_eq!((code, &*err), (1, ""));
    assert_eq!(
        out,
        "policy.toml:8:30: without `\"rofl\"` in rules.\"tone.lol\".forbid.phrases no test fails\n\
         policy.toml:11:8: without the rule `tone.yo` no test fails\n\
         mutation failed: 5 changes tried; 2 noticed by tests; 1 by the checker; 2 by nobody\n"
    );
    let (code, out, _) = svar(&folder, &["--mutate", "--format", "json", "--limit", "3"]);
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, &json["tried"], &json["mutants"]), (1, &3.into(), &5.into()));
    assert_eq!(svar(&folder, &["--mutate", "--format", "tap"]).0, 2);
}

#[test]
fn a_policy_whose_every_line_is_held_passes() {
    let held =
        POLICY.replace("bad = [\"oh <lol>\"]", "bad = [\"oh <lol>\", \"<rofl>\"]") + "bad = [\"<yooo>\"]\n";
    let (code, out, _) = svar(&folder("held", &held), &["--mutate"]);
    assert_eq!(code, 0, "{out}");
    assert!(out.starts_with("mutation passed: "), "{out}");
}

#[test]
fn tests_that_fail_as_it_is_are_told_of_first() {
    let failing = POLICY.replace("oh <lol>", "oh dear");
    let folder = folder("failing", &failing);
    let why = "1 of the tests fail before anything is changed";
    let (code, out, err) = svar(&folder, &["--mutate"]);
    assert_eq!((code, &*out), (1, ""));
    assert!(err.contains(why), "{err}");
    let (code, out, _) = svar(&folder, &["--mutate", "--format", "json"]);
    assert!(code == 1 && out.contains(why) && out.starts_with("{\"error\":"), "{out}");
}
