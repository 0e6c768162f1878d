//! What `svar check --format sarif` and `svar validate --format sarif` print: SARIF 2.1.0, as its schema asks for.

use serde_json::Value;

use crate::{asked, file, folder, svar};

/// The properties that the schema requires, and what they refer to. Gives the results.
fn valid(log: &Value) -> &[Value] {
    assert_eq!(log["version"], "2.1.0");
    assert!(log["$schema"].as_str().unwrap().ends_with("sarif-schema-2.1.0.json"));
    let [run] = log["runs"].as_array().unwrap().as_slice() else { panic!("{log}") };
    let driver = &run["tool"]["driver"];
    assert_eq!(driver["name"], "svar");
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    assert!(run["invocations"][0]["executionSuccessful"].is_boolean());
    let rules = driver["rules"].as_array().unwrap();
    for rule in rules {
        assert!(!rule["shortDescription"]["text"].as_str().unwrap().is_empty(), "{rule}");
        assert!(!rule["help"]["text"].as_str().unwrap().is_empty(), "{rule}");
    }
    let results = run["results"].as_array().unwrap();
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()), "{result}");
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        let related = result["relatedLocations"].as_array().into_iter().flatten();
        for place in result["locations"].as_array().unwrap().iter().chain(related) {
            let physical = &place["physicalLocation"];
            let uri = physical["artifactLocation"]["uri"].as_str().unwrap();
            assert!(!uri.is_empty() && uri.is_ascii() && !uri.contains(' '), "{uri}");
            let number = |key: &str| physical["region"][key].as_u64().unwrap();
            assert!(number("startLine") >= 1 && number("startColumn") >= 1);
            assert!((number("endLine"), number("endColumn")) >= (number("startLine"), number("startColumn")));
            assert!(
                number("charOffset") <= number("byteOffset") && number("charLength") <= number("byteLength")
            );
        }
    }
    results
}

fn part<'t>(text: &'t str, result: &Value) -> &'t str {
    let region = &result["locations"][0]["physicalLocation"]["region"];
    let number = |key: &str| usize::try_from(region[key].as_u64().unwrap()).unwrap();
    let bytes = &text[number("byteOffset")..number("byteOffset") + number("byteLength")];
    let characters: String = text.chars().skip(number("charOffset")).take(number("charLength")).collect();
    assert_eq!(bytes, characters);
    let line = text.lines().nth(number("startLine") - 1).unwrap();
    let column: String = line.chars().skip(number("startColumn") - 1).take(number("charLength")).collect();
    assert_eq!(bytes, column);
    bytes
}

#[test]
fn mistakes_of_a_policy_are_placed_in_its_file() {
    let text =
        "svar = 1\nname = 'blåbær'\nextends = ['svar:care']\n[channels.facebook]\n\"régister\" = 'formal'\n";
    let path = file("bl å.toml", text);
    let ran = svar(&["check", "--format", "sarif", &path]);
    let log = ran.one_json();
    let results = valid(&log);
    assert_eq!((results.len(), ran.code), (1, 1));
    assert_eq!(
        (results[0]["ruleId"].as_str(), results[0]["level"].as_str()),
        (Some("unknown-key"), Some("error"))
    );
    assert_eq!(part(text, &results[0]), "\"régister\"");
    let message = results[0]["message"]["text"].as_str().unwrap();
    assert!(message.ends_with("did you mean `register`?"), "{message}");
}

#[test]
fn other_places_are_told_of_and_what_is_well_has_no_results() {
    let folder = folder("sarif");
    let group = folder.file(
        "group.toml",
        "svar = 1\nname = 'group'\nextends = ['svar:care']\nlanguages = ['en']\n[rules.'tone.slang']\noff = true\n",
    );
    let team = folder.file("team.toml", "svar = 1\nname = 'team'\n[rules.'tone.slang']\noff = false\n");
    let ran = svar(&["check", "--format", "sarif", &group, &team]);
    let log = ran.one_json();
    let results = valid(&log);
    assert_eq!((results.len(), ran.code), (1, 0));
    assert_eq!(
        (results[0]["ruleId"].as_str(), results[0]["level"].as_str()),
        (Some("layers-differ"), Some("warning"))
    );
    let other = &results[0]["relatedLocations"][0];
    assert_eq!((other["id"].as_u64(), other["message"]["text"].as_str()), (Some(1), Some("said here")));
    let ran = svar(&["check", "--format", "sarif", &group]);
    assert_eq!((valid(&ran.one_json()).len(), ran.code), (0, 0));
}

#[test]
fn findings_are_placed_in_the_line_of_the_request() {
    let lines = [
        r#"{"case": {"channel": "facebook", "language": "en"}, "reply": "Thanks for writing to us, Kari."}"#,
        "",
        r#"{"case": {"channel": "facebook", "language": "en"}, "reply": "Søren \u2013\nthat is \ud83d\ude00 your own fault."}"#,
        r#"{"case": {"channel": "facebok"}, "reply": "Hi!"}"#,
    ];
    let text = lines.join("\n");
    let path = file("requests.jsonl", &text);
    let ran = svar(&["validate", "--format", "sarif", &path]);
    let log = ran.one_json();
    let results = valid(&log);
    assert_eq!(ran.code, 2, "a line could not be read");
    assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], false);
    let blame = results.iter().find(|result| result["ruleId"] == "tone.blame").expect("it is found");
    assert_eq!(blame["level"], "error");
    assert_eq!(part(&text, blame), "your own fault");
    assert_eq!(blame["locations"][0]["physicalLocation"]["region"]["startLine"], 3);
    let unknown = results.iter().find(|result| result["ruleId"] == "unknown-channel").expect("it is found");
    assert_eq!(part(&text, unknown), lines[3], "what is wrong with a case is told of its line");
    let piped = asked(&["validate", "--format", "sarif"], &text).one_json();
    assert_eq!(valid(&piped).len(), results.len());
    assert_eq!(valid(&piped)[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "stdin");
}
