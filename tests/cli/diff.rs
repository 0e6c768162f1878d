//! `svar diff`: what a change of a policy would change.

use crate::{ACME, folder, svar};

#[test]
fn a_change_of_a_policy_is_shown_before_it_is_released() {
    let folder = folder("diff");
    let old = folder.file("old.toml", ACME);
    let new = folder.file("new.toml", format!("{ACME}[rules.\"tone.blame\"]\nseverity = \"warning\"\n"));
    let cases = folder.file(
        "cases.jsonl",
        "{\"case\": {\"channel\": \"facebook\", \"language\": \"en\"}, \"reply\": \"You should have read the terms.\"}\n\n\
         {\"case\": {\"channel\": \"facebook\", \"language\": \"en\"}, \"reply\": \"Hi Kim, thank you!\"}\n",
    );
    let ran = svar(&["diff", &old, &new, &cases]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    let shown = ran.out;
    for piece in [
        "cases.jsonl:1",
        "verdict  fail → pass",
        "~ error → warning tone.blame",
        "severity changed 1",
        "1 of 2 answers",
    ] {
        assert!(shown.contains(piece), "{piece}: {shown}");
    }
    assert!(!shown.contains("cases.jsonl:3"));

    let json = svar(&["diff", "--format", "json", "--old", &old, "--new", &new, &cases]).one_json();
    assert_eq!(json["changed"]["1"]["findings"][0]["rule"], "tone.blame");
    assert_eq!(json["asked"], 2);

    let same = svar(&["diff", &old, &old, &cases]);
    assert!(same.code == 0 && same.out.contains("0 of 2 answers would change"));
    let only = svar(&["diff", "--only", "steps", &old, &new, &cases]);
    assert_eq!(only.code, 0);
    let unread = folder.file("unread.jsonl", "{}\n");
    assert_eq!(svar(&["diff", &old, &new, &unread]).code, 2);
    assert_eq!(svar(&["diff", &old, &new]).code, 2);
}
