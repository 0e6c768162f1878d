//! A host's own tests.

use std::process::ExitCode;
use std::sync::OnceLock;

use svar::testing::assert_policy;

use super::{SMALL, one};

/// A policy file that holds, and one that does not.
fn files() -> &'static (std::path::PathBuf, std::path::PathBuf) {
    static FILES: OnceLock<(std::path::PathBuf, std::path::PathBuf)> = OnceLock::new();
    FILES.get_or_init(|| {
        let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
        let (good, bad) = (folder.join("testing-good.toml"), folder.join("testing-bad.toml"));
        std::fs::write(&good, format!("{SMALL}{}", one("reply = 'It is <your own fault>'"))).unwrap();
        std::fs::write(&bad, format!("{SMALL}{}", one("reply = 'It is your <own fault>'"))).unwrap();
        (good, bad)
    })
}

fn harness(path: &std::path::Path, arguments: &[&str]) -> (bool, String) {
    let mut out = Vec::new();
    let code = svar::testing::main(path, arguments.iter().map(ToString::to_string), &mut out);
    (format!("{code:?}") == format!("{:?}", ExitCode::SUCCESS), String::from_utf8(out).unwrap())
}

#[test]
fn a_host_asserts_a_policy_in_one_line() {
    let (good, bad) = files();
    assert_policy(good);
    let said = |path: std::path::PathBuf| {
        let caught = std::panic::catch_unwind(|| assert_policy(path)).unwrap_err();
        caught.downcast_ref::<String>().unwrap().clone()
    };
    let why = said(bad.clone());
    assert!(why.contains("expected a finding at `own fault`") && why.ends_with("failures: 1"), "{why}");
    assert!(said("no-such-policy.toml".into()).starts_with("no-such-policy.toml: "));
    let empty = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("testing-empty.toml");
    std::fs::write(&empty, "svar = 1\nname = 'a'\n").unwrap();
    assert!(said(empty.clone()).ends_with("there are no examples and no tests in this policy"));
    std::fs::write(&empty, "svar = 2\nname = 'a'\n").unwrap();
    assert!(said(empty).contains("error[format-version]"));
}

#[test]
fn a_host_runs_one_test_for_each_case() {
    let (good, bad) = files();
    let (passes, out) = harness(good, &[]);
    assert!(passes);
    assert_eq!(
        out,
        "\nrunning 2 tests\ntest tests/t ... ok\ntest law ... ok\n\n\
         test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out\n\n"
    );
    let (passes, out) = harness(bad, &["tests/"]);
    assert!(!passes);
    assert!(
        out.contains("test tests/t ... FAILED\n") && out.contains("---- tests/t ----\nerror[test]: expected"),
        "{out}"
    );
    assert!(
        out.ends_with("test result: FAILED. 0 passed; 1 failed; 0 ignored; 0 measured; 1 filtered out\n\n"),
        "{out}"
    );
    assert!(harness(bad, &["law", "--exact"]).0);
    assert_eq!(
        harness(good, &["--list", "--format", "terse"]),
        (true, "tests/t: test\nlaw: test\n".to_owned())
    );
    assert_eq!(harness(good, &["--list", "--format", "terse", "--ignored"]), (true, String::new()));
    assert!(!harness(good, &["--frobnicate"]).0);
    assert!(!harness(std::path::Path::new("no-such-policy.toml"), &[]).0);
}
