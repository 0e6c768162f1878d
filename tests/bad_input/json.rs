//! Requests and documents.

use std::fmt::Write as _;

use svar::policy::LONGEST_TEXT;
use svar::request::ValidateRequest;
use svar::{Case, Message, Policy, Scratch, request};

use super::{asked, builtin, growth};

fn codes(request: &str) -> Vec<String> {
    let error = request::validate(builtin(), request, &mut Scratch::default()).unwrap_err();
    error.iter().map(|diagnostic| diagnostic.code().to_owned()).collect()
}

#[test]
fn requests_with_mistakes_in_them() {
    let fine = r#"{"case": {"channel": "facebook"}, "reply": "Hei"}"#;
    assert!(request::validate(builtin(), fine, &mut Scratch::default()).is_ok());
    for (request, code) in [
        ("", "syntax"),
        ("case = { channel = 'facebook' }\nreply = 'Hei'\n", "syntax"),
        ("{}", "missing-key"),
        ("[]", "wrong-type"),
        ("null", "wrong-type"),
        ("{", "syntax"),
        (r#"{"case": {"channel": "facebook"}, "reply": "Hei"} x"#, "syntax"),
        (r#"{"case": {"channel": "facebook"}, "reply": "Hei", "reply": "Hallo"}"#, "duplicate-key"),
        (r#"{"case": {"channel": "facebook"}, "reply": "Hei", "nwo": "x"}"#, "unknown-key"),
        (r#"{"case": {"channel": "facebook"}, "reply": 7}"#, "wrong-type"),
        (r#"{"case": {"channel": "facebook"}, "reply": null}"#, "missing-key"),
        (r#"{"case": "facebook", "reply": "Hei"}"#, "wrong-type"),
        (r#"{"case": {"chanel": "facebook"}, "reply": "Hei"}"#, "missing-key"),
        (r#"{"case": {"channel": "facebok"}, "reply": "Hei"}"#, "unknown-channel"),
        (r#"{"case": {"channel": "facebook", "language": "xx"}, "reply": "Hei"}"#, "unknown-language"),
        (r#"{"case": {"channel": "facebook", "facts": {"intent": "x"}}, "reply": "Hei"}"#, "unknown-intent"),
        (r#"{"case": {"channel": "facebook", "visibility": "publc"}, "reply": "Hei"}"#, "unknown-value"),
        (r#"{"case": {"channel": "facebook", "messages": {}}, "reply": "Hei"}"#, "wrong-type"),
        (r#"{"case": {"channel": "facebook", "messages": [7]}, "reply": "Hei"}"#, "wrong-type"),
        (
            r#"{"case": {"channel": "facebook", "messages": [{"from": "nobody", "text": "a"}]}, "reply": "Hei"}"#,
            "unknown-value",
        ),
        (
            r#"{"case": {"channel": "facebook", "messages": [{"from": "agent"}]}, "reply": "Hei"}"#,
            "missing-key",
        ),
        (r#"{"case": {"channel": "facebook", "messages": [{"text": "a"}]}, "reply": "Hei"}"#, "missing-key"),
        (
            r#"{"case": {"channel": "facebook", "messages": [{"from": "bot", "text": "a", "at": "today"}]}, "reply": "Hei"}"#,
            "instant",
        ),
        (
            r#"{"case": {"channel": "facebook", "messages": [{"from": "bot", "text": "a", "at": "2026-02-30T00:00:00Z"}]}, "reply": "Hei"}"#,
            "instant",
        ),
        (r#"{"case": {"channel": "facebook"}, "reply": "Hei", "now": "2026-11-21"}"#, "instant"),
        (
            r#"{"case": {"channel": "facebook", "events": [{"at": "2026-11-21T00:00:00Z"}]}, "reply": "Hei"}"#,
            "missing-key",
        ),
        (r#"{"case": {"channel": "facebook", "facts": {"reactions": -1}}, "reply": "Hei"}"#, "out-of-range"),
        (r#"{"case": {"channel": "facebook", "facts": {"reactions": 1e99}}, "reply": "Hei"}"#, "wrong-type"),
        (
            r#"{"case": {"channel": "facebook", "facts": {"loss": {"amount": "1,5", "currency": "NOK"}}}, "reply": "Hei"}"#,
            "amount",
        ),
        (
            r#"{"case": {"channel": "facebook", "facts": {"loss": {"amount": "1.5", "currency": "kr"}}}, "reply": "Hei"}"#,
            "currency",
        ),
        (r#"{"case": {"channel": "facebook", "facts": {"fault": "mine"}}, "reply": "Hei"}"#, "unknown-value"),
        (r#"{"case": {"channel": "facebook", "agent": {"nmae": "K"}}, "reply": "Hei"}"#, "unknown-key"),
    ] {
        let found = codes(request);
        assert!(found.iter().any(|found| found == code), "{request}: {found:?}");
        let error = request::validate(builtin(), request, &mut Scratch::default()).unwrap_err();
        let json: serde_json::Value = serde_json::from_str(&request::error_json(&error)).unwrap();
        assert_eq!(json["error"]["code"], error.first().code());
    }
}

#[test]
fn all_mistakes_of_a_request_are_told() {
    let request = r#"{"case": {"channel": 7, "visibility": "x", "messages": [{"from": "x", "text": 1}], "facts": {"fault": "x"}}, "reply": 1, "now": "x", "more": 1}"#;
    assert_eq!(
        codes(request),
        [
            "wrong-type",
            "unknown-value",
            "unknown-value",
            "wrong-type",
            "unknown-value",
            "wrong-type",
            "instant",
            "unknown-key"
        ]
    );
}

#[test]
fn surrogates_that_stand_alone_are_no_text() {
    for broken in [r"\ud83d", r"\ude0a", r"\ud83dx", r"\ud83d\ud83d", r"\uD800\u0041", r"\u12", r"\x41"] {
        let request = format!(r#"{{"case": {{"channel": "facebook"}}, "reply": "a{broken}b"}}"#);
        assert!(codes(&request).iter().any(|code| code == "syntax"), "{broken}");
    }
    let request = r#"{"case": {"channel": "facebook"}, "reply": "a \ud83d\ude0a b"}"#;
    assert_eq!(ValidateRequest::from_json(request).unwrap().reply, "a 😊 b");
}

#[test]
fn deep_and_wide_documents() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("[{\"a\":", "}]")] {
        for depth in [70, 10_000, 500_000] {
            let document = format!(
                r#"{{"case": {{"channel": "x", "messages": {}1{}}}, "reply": ""}}"#,
                open.repeat(depth),
                close.repeat(depth)
            );
            let found = codes(&document);
            assert!(found.iter().any(|code| code == "too-deep" || code == "too-large"), "{found:?}");
        }
    }
    let mut wide = String::from(r#"{"case": {"channel": "facebook", "messages": ["#);
    for number in 0..20_000 {
        write!(wide, r#"{{"from": "agent", "text": "{number}"}},"#).unwrap();
    }
    wide.push_str(r#"{"from": "customer", "text": "Hei"}]}, "reply": "Hei"}"#);
    assert!(request::validate(builtin(), &wide, &mut Scratch::default()).is_ok());
    let large = format!(r#"{{"case": {{"channel": "facebook"}}, "reply": "{}"}}"#, "a".repeat(5 << 20));
    assert_eq!(codes(&large), ["too-large"]);
    let long =
        format!(r#"{{"case": {{"channel": "facebook"}}, "reply": "{}"}}"#, "a".repeat(LONGEST_TEXT + 1));
    assert_eq!(codes(&long), ["too-large"]);
    let request = format!(r#"{{"text": "{}"}}"#, "a".repeat(LONGEST_TEXT + 1));
    let error = request::read(builtin(), &request, &mut Scratch::default()).unwrap_err();
    assert_eq!(error.first().code(), "too-large");
}

#[test]
fn eight_times_the_earlier_replies_take_eight_times_as_long() {
    let reply = "Vi ser på saken og melder oss igjen så fort vi vet mer om den. ".repeat(1000);
    let compare = |earlier: usize| {
        let mut case = asked("Hei");
        case.messages.extend((0..earlier).map(|number| Message::agent(format!("{reply}{number}"))));
        assert_eq!(builtin().validate(&case, &reply, None).unwrap().of("reply.repeats-earlier").count(), 0);
        case.messages.push(Message::agent(reply.to_uppercase()));
        assert_eq!(builtin().validate(&case, &reply, None).unwrap().of("reply.repeats-earlier").count(), 1);
    };
    growth::is_linear("earlier replies", || compare(60), || compare(480));
}

#[test]
fn patterns_run_in_linear_time() {
    let policy = Policy::from_toml(
        "svar = 1\nname = 'a'\n[channels.wall]\nname = 'W'\nkind = 'social'\nvisibility = ['public']\nregister = 'neutral'\nprivate_route = { to = 'none' }\n\
         [rules.a]\nforbid = { pattern = '(a+)+b' }\n[rules.b]\nforbid = { pattern = '(a|a|a|aa)*c' }\n[rules.c]\nforbid = { pattern = '(.*)(.*)(.*)(.*)d' }\n",
    )
    .unwrap();
    let judge = |bytes: usize| {
        let text = "a".repeat(bytes);
        assert!(policy.validate(&Case::new("wall"), &text, None).unwrap().findings.is_empty());
    };
    growth::is_linear("patterns", || judge(LONGEST_TEXT / 8), || judge(LONGEST_TEXT));
}
