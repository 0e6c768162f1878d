//! `svar test --coverage` and `--mutate`: what they print, and with which exit status they end.

use crate::{Folder, Ran, folder_with, svar_in};

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

/// Tests the policy of a folder.
fn tested(folder: &Folder, arguments: &[&str]) -> Ran {
    svar_in(folder, &[&["test", "policy.toml"], arguments].concat())
}

#[test]
fn a_table_and_then_each_place_that_no_test_reaches() {
    let folder = folder_with("coverage-table", POLICY);
    let Ran { code, out, err } = tested(&folder, &["--coverage", "--no-law"]);
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
    let folder = folder_with("coverage-least", POLICY);
    for (least, wanted) in [("60", 0), ("61", 1)] {
        for format in ["text", "json", "junit", "tap"] {
            let ran =
                tested(&folder, &["--coverage", "--min-coverage", least, "--no-law", "--format", format]);
            assert_eq!(ran.code, wanted, "{format}: {}", ran.out);
            let told = "60 % of the policy are tested, 61 % are asked for";
            match format {
                "text" => assert_eq!(ran.out.contains(told), wanted == 1),
                "json" => {
                    let json = ran.one_json();
                    assert_eq!(
                        (&json["passes"], &json["coverage"]["total"]["percent"]),
                        (&(wanted == 0).into(), &60.into())
                    );
                    assert_eq!(json["coverage"]["untested"][1]["name"], "rofl");
                }
                _ => assert_eq!(ran.err.contains(told), wanted == 1, "{}", ran.err),
            }
        }
    }
    assert_eq!(tested(&folder, &["--min-coverage", "60"]).code, 2);
    assert_eq!(tested(&folder, &["--coverage", "--min-coverage", "101"]).code, 2);
}

#[test]
fn each_change_that_no_test_notices() {
    let folder = folder_with("coverage-mutate", POLICY);
    let Ran { code, out, err } = tested(&folder, &["--mutate"]);
    assert_eq!((code, &*err), (1, ""));
    assert_eq!(
        out,
        "policy.toml:8:30: without `\"rofl\"` in rules.\"tone.lol\".forbid.phrases no test fails\n\
         policy.toml:11:8: without the rule `tone.yo` no test fails\n\
         mutation failed: 5 changes tried; 2 noticed by tests; 1 by the checker; 2 by nobody\n"
    );
    let ran = tested(&folder, &["--mutate", "--format", "json", "--limit", "3"]);
    let json = ran.one_json();
    assert_eq!((ran.code, &json["tried"], &json["mutants"]), (1, &3.into(), &5.into()));
    assert_eq!(tested(&folder, &["--mutate", "--format", "tap"]).code, 2);
}

#[test]
fn a_policy_whose_every_line_is_held_passes() {
    let held =
        POLICY.replace("bad = [\"oh <lol>\"]", "bad = [\"oh <lol>\", \"<rofl>\"]") + "bad = [\"<yooo>\"]\n";
    let Ran { code, out, .. } = tested(&folder_with("coverage-held", &held), &["--mutate"]);
    assert_eq!(code, 0, "{out}");
    assert!(out.starts_with("mutation passed: "), "{out}");
}

#[test]
fn tests_that_fail_as_it_is_are_told_of_first() {
    let failing = POLICY.replace("oh <lol>", "oh dear");
    let folder = folder_with("coverage-failing", &failing);
    let why = "1 of the tests fail before anything is changed";
    let Ran { code, out, err } = tested(&folder, &["--mutate"]);
    assert_eq!((code, &*out), (1, ""));
    assert!(err.contains(why), "{err}");
    let Ran { code, out, .. } = tested(&folder, &["--mutate", "--format", "json"]);
    assert!(code == 1 && out.contains(why) && out.starts_with("{\"error\":"), "{out}");
}
