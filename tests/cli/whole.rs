//! What holds for the command line as a whole: where a mistake stands, how a run ends, what is known of a case.

use std::path::Path;

use serde_json::json;
use svar::policy::{COMMAND_CODES, codes};

use crate::{ACME, asked, file, folder, svar};

/// A file of three requests: a reply that fails, one with a mistake, one that passes.
fn requests(name: &str) -> String {
    let fails = json!({"case": {"id": "A-17", "channel": "facebook", "language": "en"}, "reply": "You should have read the terms."});
    let wrong = json!({"case": {"channel": "fb"}, "reply": "Hi!"});
    let passes = json!({"case": {"channel": "facebook", "language": "en"}, "reply": "Hi Kim, thank you!"});
    file(name, &format!("{fails}\n{wrong}\n{passes}\n"))
}

#[test]
fn the_readme_says_how_many_of_its_replies_fail() {
    let ran = svar(&["validate", "examples/replies.jsonl"]);
    let last = ran.out.lines().last().unwrap();
    let failed = last.split(", ").find_map(|part| part.strip_suffix(" failed")).expect("it is counted");
    let words = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let word = words[failed.parse::<usize>().unwrap()];
    let readme = std::fs::read_to_string("README.md").unwrap().replace('\n', " ");
    let said = format!("exits with {}, because {word} of them fail", ran.code);
    assert!(readme.contains(&said), "{last}: the README does not say that it {said}");
}

#[test]
fn a_mistake_stands_where_the_file_has_it() {
    let path = requests("bad.jsonl");
    let text = svar(&["validate", &path]);
    assert_eq!(text.code, 2);
    assert!(text.err.contains(&format!("--> {path}:2:20\n")), "{}", text.err);
    assert!(text.err.contains("2 | {\"case\":{\"channel\":\"fb\"}"), "{}", text.err);
    assert!(text.err.ends_with("error: 1 request could not be read\n"), "{}", text.err);
    for verb in ["validate", "next", "draft"] {
        let lines = svar(&[verb, "--jsonl", &path]);
        let error = &lines.json()[1]["error"];
        assert_eq!((&error["source"], &error["line"]), (&json!(path), &json!(2)), "{verb}: {error}");
        assert_eq!(lines.code, 2, "{verb}");
    }
    let lines = svar(&["validate", "--jsonl", &path]);
    let error = &lines.json()[1]["error"];
    assert_eq!((&error["column"], &error["start"], &error["end"]), (&json!(20), &json!(19), &json!(23)));
    let [help, message] = ["help", "message"].map(|key| error[key].as_str().unwrap());
    assert!(
        help.contains("trustpilot") && !message.contains("trustpilot"),
        "known names stand in the help: {error}"
    );
    // Two files count their lines apart.
    let both = svar(&["validate", "--jsonl", &path, &path]).json();
    assert_eq!((both.len(), &both[4]["error"]["line"]), (6, &json!(2)));
    let archive = file("archive.jsonl", "{}\n{\"channel\": \"facebook\", \"messages\": 3}\n");
    let health = svar(&["health", "--format", "json", &archive]);
    assert_eq!(health.json()[1]["error"]["line"], 2, "{}", health.out);
}

#[test]
fn a_line_that_is_too_long_is_told_of_alike_and_stops_nothing() {
    let text =
        format!("{}\n{}", "x".repeat(5 << 20), json!({"case": {"channel": "facebook"}, "reply": "Hi!"}));
    let path = file("long.jsonl", &text);
    let told = "the line has more than 4194304 bytes";
    for verb in ["validate", "next"] {
        let lines = svar(&[verb, "--jsonl", &path]).json();
        let error = &lines[0]["error"];
        assert_eq!(
            (lines.len(), &error["code"], &error["message"]),
            (2, &json!("too-large"), &json!(told)),
            "{verb}"
        );
    }
    let health = svar(&["health", "--format", "json", &path]).json();
    assert_eq!(health[0]["error"]["message"], told);
    let diff = svar(&["diff", "examples/office.toml", "examples/office.toml", &path]);
    assert!(diff.out.contains(told) || diff.err.contains(told), "{}{}", diff.out, diff.err);
}

#[test]
fn the_same_failure_ends_the_same() {
    let customer = "Terrible service! Waiting three weeks and still no answer.";
    let one = |arguments: &[&'static str]| [arguments, &["--customer", customer]].concat();
    let broken = file("broken.toml", "svar = 1\nname = 'a'\n[rules.'a.b']\nforbid = { akt = 'blame' }\n");
    for (code, arguments) in [
        (2, one(&["draft", "--channel", "fb"])),
        (2, one(&["next", "--channel", "fb"])),
        (2, one(&["validate", "--reply", "Hi", "--channel", "fb"])),
        (2, one(&["draft", "--language", "en", "--acts", "apologise"])),
        (2, one(&["draft", "--language", "en", "--slot", "lnik=x"])),
        (2, one(&["draft", "--language", "en", "--slot", "link"])),
        (2, vec!["draft", "--customer", "zzz"]),
        (1, one(&["draft", "--language", "en", "--intent", "spam"])),
        (1, one(&["draft", "--language", "en", "--acts", "deadline-promise"])),
        (1, vec!["check", &broken]),
        (1, vec!["test", &broken]),
        (2, vec!["validate", "--reply", "Hi", "--policy", &broken]),
        (2, vec!["check", "no-such.toml"]),
        (2, vec!["test", "no-such.toml"]),
    ] {
        assert_eq!(svar(&arguments).code, code, "{arguments:?}");
    }
    // A line that is answered with why there is no draft could be read.
    let case = json!({"case": {"channel": "facebook", "language": "en", "facts": {"intent": "spam"},
        "messages": [{"from": "customer", "text": customer}]}});
    let path = file("nothing.jsonl", &format!("{case}\n"));
    for arguments in [&["draft", "--jsonl", &path][..], &["draft", &path]] {
        let ran = svar(arguments);
        assert_eq!(ran.code, 1, "{arguments:?}: {}{}", ran.out, ran.err);
        assert!(!ran.err.contains("could not be read"), "{}", ran.err);
    }
    assert_eq!(svar(&["draft", "--jsonl", &path]).json()[0]["error"]["code"], "nothing-to-say");
    let help = svar(&["--help"]).out;
    let readme = std::fs::read_to_string("README.md").unwrap();
    for code in ["nothing-to-say", "missing-slot", "slot-value"] {
        assert!(help.contains(code) && readme.contains(code), "both tables say what {code} ends with");
    }
}

#[test]
fn a_value_that_is_refused_could_be_read() {
    let case = json!({"channel": "facebook", "language": "en"});
    let request = |slot: &str, value: &str| {
        let now = "2026-11-22T16:54:00+01:00";
        json!({"case": case, "acts": ["thanks"], "slots": {slot: value}, "now": now}).to_string()
    };
    let over = request("deadline", "2026-11-20T10:00:00+01:00");
    let no_money = request("amount", "a lot of money");
    for (line, why) in
        [(&over, "`2026-11-20T10:00:00+01:00` is not after now"), (&no_money, "is no ISO 4217 code")]
    {
        for arguments in [&["draft", "--jsonl"][..], &["draft"]] {
            let ran = asked(arguments, line);
            assert_eq!(ran.code, 1, "{arguments:?}: {}{}", ran.out, ran.err);
            assert!(!ran.err.contains("could not be read"), "{}", ran.err);
            let told = format!("{}{}", ran.out, ran.err);
            assert!(told.contains("cannot be said") && told.contains(why), "{told}");
        }
        assert_eq!(asked(&["draft", "--jsonl"], line).json()[0]["error"]["code"], "slot-value");
    }
    // A slot that there is none of is a slip in the request, also beside a value that is refused.
    let unknown = request("lnik", "x");
    assert_eq!(asked(&["draft", "--jsonl"], &unknown).json()[0]["error"]["code"], "unknown-slot");
    let both = json!({"case": case, "acts": ["thanks"], "slots": {"amount": "a lot of money", "lnik": "x"}});
    for line in [unknown, both.to_string()] {
        assert_eq!(asked(&["draft", "--jsonl"], line).code, 2);
    }
}

#[test]
fn a_file_is_read_as_requests_and_not_as_its_name() {
    let path = file("texts.jsonl", "{\"text\": \"Hei, takk!\"}\n{\"txt\": \"x\"}\n");
    let read = svar(&["read", &path]);
    assert_eq!(read.code, 2);
    assert!(read.out.contains(&format!("{path}:1\nHei, takk!\n")), "{}", read.out);
    assert!(read.err.contains(&format!("--> {path}:2:1\n")), "{}", read.err);
    let json = svar(&["read", "--format", "json", &path]).json();
    assert_eq!((json.len(), &json[1]["error"]["line"]), (2, &json!(2)));
    let other = svar(&["read", &file("letter.txt", "Dear all,\n")]);
    assert_eq!(other.code, 2);
    assert!(other.err.contains("svar read < FILE"), "{}", other.err);
    assert!(svar(&["read", "Hei, takk!"]).out.contains("greeting  “Hei”"));
}

#[test]
fn it_is_told_which_case_an_answer_is_about() {
    let customer = json!({"from": "customer", "text": "Terrible service! Still no answer.", "at": "2026-11-20T16:54:00+01:00"});
    let case = json!({"id": "B-2", "channel": "facebook", "language": "en", "messages": [customer]});
    let request =
        json!({"case": case, "reply": "You should have read the terms.", "now": "2026-11-22T16:54:00+01:00"});
    let asked = json!({"case": case, "now": "2026-11-22T16:54:00+01:00"});
    let folder = folder("ids");
    let judged = folder.file("ids.jsonl", format!("\n{request}\n"));
    let others = folder.file("asked.jsonl", format!("\n{asked}\n{asked}\n"));
    for (verb, path) in [("validate", &judged), ("next", &others), ("draft", &others), ("clock", &others)] {
        let shown = svar(&[verb, path]);
        assert!(shown.out.contains(&format!("{path}:2  B-2")), "{verb}: {}", shown.out);
        let lines = svar(&[verb, "--jsonl", path]);
        assert_eq!(lines.json()[1]["id"], "B-2", "{verb}");
        // One line in, one line out, and a blank one is none of JSON.
        let asked = std::fs::read_to_string(path).unwrap();
        assert_eq!(lines.out.lines().count(), asked.lines().count(), "{verb}");
        assert_eq!(lines.json()[0]["error"]["line"], 1);
        assert_eq!((lines.code, shown.code != 2), (2, true), "{verb}: people may leave lines blank");
    }
    let drafts = svar(&["draft", &others]).out;
    assert!(drafts.contains(&format!("\n\n{others}:3  B-2\n")), "{drafts}");

    let old = folder.file("old.toml", ACME);
    let new = folder.file("new.toml", format!("{ACME}[rules.\"tone.blame\"]\nseverity = \"warning\"\n"));
    let shown = svar(&["diff", &old, &new, &judged]);
    assert!(shown.out.starts_with(&format!("{judged}:2  B-2\n")), "{}", shown.out);
    let told = svar(&["diff", "--format", "json", &old, &new, &judged]).json();
    assert_eq!(told[0]["cases"]["2"], json!({"file": judged, "line": 2, "id": "B-2"}));
}

#[test]
fn a_flag_that_cannot_be_read_is_named_with_an_example() {
    let office = ["calendar", "office", "--policy", "examples/office.toml"];
    for (arguments, flag, example) in [
        (vec!["calendar", "--holidays", "SE-X", "2027"], "`--holidays SE-X 2027`", "`DE-BB`"),
        (vec!["calendar", "--holidays", "NO", "soon"], "`--holidays NO soon`", "such as 2027"),
        (vec!["calendar", "--from", "monday"], "--from", "2026-12-24"),
        ([&office[..], &["--from", "+262142-12-31"]].concat(), "--from", "2000 to 2100"),
        ([&office[..], &["--from", "1999-12-31", "--format", "json"]].concat(), "--from", "2000 to 2100"),
        ([&office[..], &["--at", "10 o'clock"]].concat(), "--at", "2026-11-21T17:00"),
        ([&office[..], &["--at", "2026-11-23T10:00", "--to", "later"]].concat(), "--to", "2026-11-21T17:00"),
        ([&office[..], &["--add", "long"]].concat(), "--add", "8h"),
        ([&office[..], &["--add", "16"]].concat(), "--add", "a unit"),
        ([&office[..], &["--subtract", "1w"]].concat(), "--subtract", "a day is 24 hours of open time"),
        ([&office[..], &["--at", "2226-11-23T10:00"]].concat(), "`--at 2226-11-23T10:00:00`", "2000 to 2100"),
        (
            vec!["health", "--now", "2026-11-21", "examples/archive.jsonl"],
            "--now",
            "2026-11-21T17:00:00+01:00",
        ),
    ] {
        let ran = svar(&arguments);
        assert_eq!(ran.code, 2, "{arguments:?}");
        assert!(ran.err.contains(flag) && ran.err.contains(example), "{arguments:?}: {}", ran.err);
        assert!(!ran.err.contains("request:") && !ran.err.contains("{\""), "{}", ran.err);
    }
    let open = svar(&[&office[..], &["--at", "2026-11-23T10:00"]].concat());
    assert!(open.code == 0 && open.out.ends_with("open  true\n"), "{}{}", open.out, open.err);
    // A day is as long as in a target.
    let due = |time: &str| svar(&[&office[..], &["--at", "2026-11-23T10:00", "--add", time]].concat()).out;
    assert_eq!((due("2d"), due("2d").is_empty()), (due("48h"), false));
}

#[test]
fn the_week_of_a_rota_is_told_to_programs_too() {
    let policy = file(
        "week.toml",
        "svar = 1\nname = 'r'\n\
         [calendars.office]\ntime_zone = 'Europe/Oslo'\nopen = { mon = ['09:00-17:00'] }\n\
         [rotas.watch]\ntime_zone = 'Europe/Oslo'\n\
         layers = [{ people = ['kari', 'ola'], start = '2026-01-07', every = '1w' }]\n",
    );
    let week = ["calendar", "--policy", &policy, "--from", "2026-01-05", "--format", "json"];
    let [office, watch] = svar(&week).json().try_into().unwrap();
    let monday = json!({"start": "2026-01-05T09:00:00+01:00", "end": "2026-01-05T17:00:00+01:00"});
    assert_eq!(office, json!({"calendar": "office", "open": [monday]}));
    let turns = json!([
        {"start": "2026-01-05T00:00:00+01:00", "end": "2026-01-07T00:00:00+01:00", "on_call": null},
        {"start": "2026-01-07T00:00:00+01:00", "end": "2026-01-12T00:00:00+01:00", "on_call": "kari"},
    ]);
    assert_eq!(watch, json!({"rota": "watch", "turns": turns}));
    assert_eq!(svar(&[&week[..], &["watch"]].concat()).json(), [watch]);
}

#[test]
fn whoever_asks_for_a_format_is_told_in_it() {
    let broken = file("untold.toml", "svar = 1\nname = 'a'\n[brand]\nnam = 'x'\n");
    let junit = svar(&["test", "--format", "junit", &broken]);
    for part in [
        "<?xml ",
        "errors=\"1\"",
        "<error type=\"unknown-key\" message=\"unknown key `nam`\">",
        "</testsuites>\n",
    ] {
        assert!(junit.out.contains(part), "{part}: {}", junit.out);
    }
    let tap = svar(&["test", "--format", "tap", &broken]).out;
    assert!(tap.starts_with("TAP version 14\nBail out! ") && tap.contains("unknown key `nam`"), "{tap}");
    let tap = svar(&["test", "--mutate", "--format", "tap"]).out;
    assert_eq!(tap, "TAP version 14\nBail out! error[command]: --mutate prints text or json\n");
    for arguments in [
        &["test", "--format", "json", &broken][..],
        &["test", "--format", "json", "no-such.toml"],
        &["validate", "--reply", "Hi", "--channel", "fb", "--format", "json"],
        &["validate", "--reply", "Hi", "--policy", &broken, "--format", "json"],
        &["next", "--customer", "Hi", "--channel", "fb", "--format", "json"],
        &["draft", "--customer", "Hi", "--channel", "fb", "--format", "json"],
        &["draft", "--customer", "Hi", "--language", "en", "--intent", "spam", "--format", "json"],
        &["read", "Hi", "--language", "xx", "--format", "json"],
        &["health", "--format", "json", "no-such.jsonl"],
        &["clock", "--jsonl", "no-such.jsonl"],
    ] {
        let ran = svar(arguments);
        let [told] = ran.json().try_into().unwrap_or_else(|_| panic!("{arguments:?}: {}", ran.out));
        assert!(told["error"]["message"].is_string(), "{arguments:?}: {told}");
    }
    // `check` prints an array, of mistakes and of why there is nothing to check alike.
    for file in [&broken, "no-such.toml"] {
        let told = svar(&["check", "--format", "json", file]).json();
        assert!(told[0][0]["message"].is_string(), "{file}: {told:?}");
    }
    let sarif = svar(&["validate", "--reply", "Hi", "--policy", &broken, "--format", "sarif"]).json();
    assert_eq!(sarif[0]["runs"][0]["invocations"][0]["executionSuccessful"], false);
    // A line that has its error already gets no second one.
    assert_eq!(svar(&["validate", "--jsonl", &requests("told-once.jsonl")]).out.lines().count(), 3);
}

#[test]
fn the_same_is_known_of_a_case_wherever_it_is_given() {
    let known = ["--channel", "facebook", "--visibility", "private", "--language", "en", "--name", "Kim Poe"];
    let known =
        [&known[..], &["--agent", "Lise", "--intent", "complaint", "--now", "2026-11-21T17:00+01:00"]]
            .concat();
    let one = ["--customer", "I am still waiting for the blue one."];
    for verb in [&["validate", "--reply", "Hi Kim, I am sorry."][..], &["next"], &["draft"]] {
        let ran = svar(&[verb, &one[..], &known[..]].concat());
        assert!(ran.code != 2 && !ran.out.is_empty(), "{verb:?}: {}", ran.err);
        let alone = svar(&[&verb[..1], &known[..]].concat());
        assert_eq!(alone.code, 2, "{verb:?}: they are of a case that is given here");
    }
    let draft = svar(&[&["draft"], &one[..], &known[..], &["--why"]].concat()).out;
    assert!(draft.contains("Kim") && draft.contains("messenger in private"), "{draft}");
    let next = svar(&[&["next"], &one[..], &known[..]].concat()).out;
    assert!(next.contains("facebook · complaint\n"), "{next}");

    let heading = |arguments: &[&str]| {
        let ran = svar(&[&["validate", "--reply", "Hi!", "--language", "en"], arguments].concat());
        ran.out.lines().next().unwrap().to_owned()
    };
    let angry = "Terrible service! Waiting three weeks and still no answer.";
    assert_eq!(heading(&["--customer", angry]), "pass  facebook · en · complaint (heard)");
    assert_eq!(heading(&["--customer", angry, "--intent", "praise"]), "pass  facebook · en · praise");
    assert_eq!(heading(&[]), "pass  facebook · en");
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
fn lists_may_have_space_after_their_commas() {
    let draft = |acts| svar(&["draft", "--customer", "x", "--language", "en", "--acts", acts]);
    let spaced = draft("apology, thanks");
    assert_eq!((spaced.code, spaced.out), (0, draft("apology,thanks").out));
}
