//! What is wrong with a case that a verb was asked about has its place in the request.

use svar::policy::LONGEST_TEXT;
use svar::{Policy, Scratch};

use crate::asking::ask;

/// What stands where the first error about a request is said to be.
fn pointed_at<'r>(policy: &Policy, verb: &str, request: &'r str) -> &'r str {
    let error = ask(verb, policy, request, &mut Scratch::default()).unwrap_err();
    let first = error.first();
    let Some(location) = first.location() else { panic!("{verb}: no place for {first}") };
    assert_eq!(location.source().name(), "request");
    location.span().of(request)
}

#[test]
fn an_error_about_a_case_points_at_the_member_that_is_wrong() {
    let policy = Policy::builtin();
    let now = "2026-11-21T12:00:00+01:00";
    for (case, wrong) in [
        (r#"{"channel": "facebok"}"#.to_owned(), r#""facebok""#),
        (r#"{"channel": "facebook", "language": "zz"}"#.to_owned(), r#""zz""#),
        (r#"{"channel": "facebook", "facts": {"intent": "complain"}}"#.to_owned(), r#""complain""#),
        (
            format!(
                r#"{{"channel": "facebook", "facts": {{"intent": "praise"}}, "events": [
                    {{"at": "{now}", "kind": "pause"}}, {{"at": "{now}", "kind": "intent", "value": "complain"}}]}}"#
            ),
            r#""complain""#,
        ),
    ] {
        for (verb, more) in [
            ("validate", r#""reply": "Hei!""#.to_owned()),
            ("next", format!(r#""now": "{now}""#)),
            ("draft", r#""seed": 1"#.to_owned()),
            ("clock", format!(r#""now": "{now}""#)),
        ] {
            let request = format!(r#"{{{more}, "case": {case}}}"#);
            // A clock asks for no language.
            if verb != "clock" || wrong != r#""zz""# {
                assert_eq!(pointed_at(&policy, verb, &request), wrong, "{verb} {request}");
            }
        }
    }
    let surge = format!(r#"{{"case": {{"channel": "facebok"}}, "now": "{now}"}}"#);
    assert_eq!(pointed_at(&policy, "surge", &surge), r#""facebok""#);
    let health = format!(
        r#"{{"cases": [{{"channel": "facebook"}}, {{"id": "b", "channel": "facebok"}}, {{"channel": "facebooq"}}], "now": "{now}"}}"#
    );
    assert_eq!(pointed_at(&policy, "health", &health), r#""facebok""#);
}

#[test]
fn so_does_one_about_what_is_asked_beside_the_case() {
    let policy = Policy::builtin();
    let says = |policy: &Policy, verb: &str, request: &str| -> String {
        pointed_at(policy, verb, request).to_owned()
    };
    let at = "2026-11-20T16:54:00+01:00";
    let undated = format!(
        r#"{{"now": "{at}", "case": {{"channel": "facebook", "messages": [
            {{"from": "customer", "text": "a", "at": "{at}"}}, {{"from": "agent", "text": "b"}}]}}}}"#
    );
    assert_eq!(says(&policy, "clock", &undated), r#"{"from": "agent", "text": "b"}"#);
    let role = r#"{"reply": "Hei!", "case": {"channel": "facebook", "agent": {"role": "agnet"},
        "facts": {"offer": {"amount": 100, "currency": "NOK"}}}}"#;
    let owner = Policy::from_toml(
        "svar = 1\nname = 'a'\nextends = ['svar:care']\n[authority.agent]\ncase = { NOK = 200 }\n",
    );
    assert_eq!(says(&owner.unwrap(), "validate", role), r#""agnet""#);
    let mix = r#"{"reply": "Hei!", "case": {"channel": "facebook",
        "facts": {"loss": {"amount": 1, "currency": "EUR"}, "offer": {"amount": 2, "currency": "NOK"}}}}"#;
    assert_eq!(says(&policy, "validate", mix), r#"{"amount": 2, "currency": "NOK"}"#);
    let draft = |more: &str| format!(r#"{{"case": {{"channel": "facebook", "language": "en"}}, {more}}}"#);
    assert_eq!(says(&policy, "draft", &draft(r#""acts": ["apology", "aplogy"]"#)), r#""aplogy""#);
    assert_eq!(says(&policy, "draft", &draft(r#""acts": ["apology"], "canned": "no-such""#)), r#""no-such""#);
    assert_eq!(says(&policy, "draft", &draft(r#""acts": ["apology"], "slots": {"nobody": "x"}"#)), r#""x""#);
    assert_eq!(says(&policy, "expectation", r#"{"expectation": "huter-2010"}"#), r#""huter-2010""#);

    let long = "x".repeat(LONGEST_TEXT + 1);
    let place = |verb: &str, request: &str| pointed_at(&policy, verb, request).len();
    assert_eq!(place("read", &format!(r#"{{"text": "{long}"}}"#)), long.len() + 2);
    let reply = format!(r#"{{"case": {{"channel": "facebook"}}, "reply": "{long}"}}"#);
    assert_eq!(place("validate", &reply), long.len() + 2);
    let message = format!(
        r#"{{"reply": "", "case": {{"channel": "facebook", "messages": [
            {{"from": "agent", "text": "Hi"}}, {{"from": "customer", "text": "{long}"}}]}}}}"#
    );
    assert_eq!(place("next", &message.replace(r#""reply": "", "#, "")), long.len() + 2);
}
