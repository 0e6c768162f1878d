//! How much is printed, and how: what is masked, what `--quiet` leaves out, who gets colours, and nothing twice.

use serde_json::json;

use crate::{ACME, Ran, command, file, svar};

#[test]
fn what_is_masked_is_nowhere_in_the_output() {
    let reply = "Hei Kari! Ditt nummer er 99887766 og kari.nordmann@example.org. Det er din egen feil. Kort 4111 1111 1111 1111.";
    let customer = "Ring +47 97 65 43 21, kari.nordmann@example.org, konto 1234 56 78903!";
    let case = json!({"id": "+47 97 65 43 21", "channel": "facebook", "language": "nb",
        "messages": [{"from": "customer", "text": customer}]});
    let good = json!({"case": case, "reply": reply});
    let unknown = json!({"case": {"channel": "97654321"}, "reply": reply});
    let misspelt = json!({"case": case, "replly 97654321": customer, "reply": reply});
    let path = file("masked.jsonl", &format!("{good}\n{unknown}\n{misspelt}\n{{\"{customer}\n"));
    let secrets = [
        "99887766",
        "4111",
        "1111",
        "97 65",
        "97654321",
        "43 21",
        "1234",
        "78903",
        "kari.nordmann",
        "example.org",
    ];
    let single = ["--masked", "--language", "nb", "--customer", customer, "--reply", reply];
    for format in ["text", "json", "sarif"] {
        let mut runs = vec![svar(&["validate", "--masked", "--format", format, &path])];
        runs.push(svar(&[&["validate", "--format", format], &single[..]].concat()));
        for ran in runs {
            for secret in secrets {
                assert!(!ran.out.contains(secret), "{format}: {secret} in {}", ran.out);
                assert!(!ran.err.contains(secret), "{format}: {secret} in {}", ran.err);
            }
            assert!(ran.out.contains("tone.blame"), "{format}: {}", ran.out);
        }
    }
    let lines = svar(&["validate", "--masked", "--jsonl", &path]);
    assert_eq!(lines.json().len(), 4);
    assert!(secrets.iter().all(|secret| !lines.out.contains(secret)), "{}", lines.out);
    // What is found keeps its mark, and what stands around it.
    let shown = svar(&[&["validate", "--color", "always"], &single[..]].concat()).out;
    assert!(shown.contains("Det er din egen feil\u{1b}[0m. Kort "), "{shown}");
    assert!(svar(&["validate", &path]).out.contains("99887766"), "without the flag it is there");
}

#[test]
fn quiet_is_offered_where_it_is_honoured() {
    for verb in ["read", "next", "draft", "explain", "calendar", "score", "schema", "completions"] {
        assert!(!svar(&[verb, "--help"]).out.contains("--quiet"), "{verb}");
    }
    for verb in ["validate", "clock", "check", "test", "health", "diff", "fmt", "init"] {
        assert!(svar(&[verb, "--help"]).out.contains("--quiet"), "{verb}");
    }
    let health = ["health", "examples/archive.jsonl", "--now", "2026-11-21T16:00:00+01:00"];
    let (loud, quiet) = (svar(&health), svar(&[&health[..], &["--quiet"]].concat()));
    assert_eq!(loud.code, quiet.code);
    assert!(loud.out.contains("conversations  answered") && !quiet.out.contains("conversations  answered"));
    assert!(!quiet.out.is_empty() && loud.out.ends_with(&quiet.out), "{}", quiet.out);
    let asked = |now: &str| {
        let message = json!({"from": "customer", "text": "Hello?", "at": "2026-11-18T16:54:00+01:00"});
        json!({"case": {"channel": "facebook", "messages": [message]}, "now": now})
    };
    let clocks = [asked("2026-11-18T17:00:00+01:00"), asked("2026-11-22T17:00:00+01:00")];
    let path = file("clocks.jsonl", &format!("{}\n{}\n", clocks[0], clocks[1]));
    let (loud, quiet) = (svar(&["clock", &path]), svar(&["clock", "--quiet", &path]));
    assert!(loud.out.contains(&format!("{path}:1  ")) && loud.out.ends_with(&quiet.out), "{}", loud.out);
    assert!(quiet.out.starts_with(&format!("{path}:2  ")), "{}", quiet.out);
}

#[test]
fn quiet_prints_only_what_is_wrong() {
    let sound = "{\"case\": {\"channel\": \"facebook\", \"language\": \"en\"}, \"reply\": \"You should have read the terms.\"}\n";
    let cases = file("quiet.jsonl", sound);
    let loud = svar(&["validate", &cases]).out;
    let quiet = svar(&["validate", "--quiet", &cases]).out;
    assert!(loud.contains("0 passed, 1 failed") && !quiet.contains("passed"), "{quiet}");
    assert!(quiet.contains("tone.blame"));
    let checked = svar(&["check", "--quiet", &file("quiet.toml", ACME)]);
    assert!(checked.code == 0 && checked.out.is_empty(), "{}", checked.out);
}

#[test]
fn colours_are_asked_for_or_forbidden() {
    let colours = |arguments: &[&str], no_color: bool| {
        let mut command = command(arguments);
        command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
        if no_color {
            command.env("NO_COLOR", "1");
        }
        Ran::of(command.output().expect("svar runs")).out.contains('\u{1b}')
    };
    assert!(!colours(&["explain"], false), "a pipe has no colours");
    assert!(colours(&["explain", "--color", "always"], false));
    assert!(colours(&["--color", "always", "explain"], true), "who asks for colours gets them");
    assert!(!colours(&["explain", "--color", "never"], false));
    assert!(!colours(&["explain"], true));
}

#[test]
fn nothing_is_said_twice_or_oddly() {
    let labelled = file(
        "labels.jsonl",
        "{\"text\": \"The box is blue.\", \"language\": \"en\", \"acts\": [\"apology\"]}\n",
    );
    let score = svar(&["score", &labelled]).out;
    assert!(score.contains("precision 0.0000") && !score.contains("-0.0"), "{score}");
    assert!(!svar(&["score", "--format", "json", &labelled]).out.contains("-0.0"));
    let draft = ["draft", "--customer", "x", "--language", "en", "--why", "--acts"];
    let once = svar(&[&draft[..], &["apology"]].concat()).out;
    assert_eq!(svar(&[&draft[..], &["apology,apology"]].concat()).out, once);
    assert!(once.contains("\nsaid:\n"), "{once}");
    let unknown = svar(&["next", "--customer", "x", "--channel", "zzz"]).err;
    assert_eq!(unknown.matches("trustpilot").count(), 1, "{unknown}");
    for text in [once, svar(&["read", "The box is blue."]).out] {
        assert!(text.lines().all(|line| line == line.trim_end()), "{text}");
    }
}
