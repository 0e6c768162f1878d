//! The JSON that hosts in every language get: keys, their order, and what they hold.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::sync::OnceLock;

use serde_json::Value;
use svar::case::{Author, Fault, Level, Visibility};
use svar::request::{self, ReadRequest, ValidateRequest, error_json, to_json};
use svar::time::parse_instant;
use svar::{Case, Message, Policy, Reading, Report, Scratch, Verdict};

/// A policy small enough to know by heart.
fn policy() -> &'static Policy {
    static POLICY: OnceLock<Policy> = OnceLock::new();
    POLICY.get_or_init(|| {
        Policy::from_toml(
            "svar = 1
name = 'small'
version = '1.2'
[language.de]
name = 'Deutsch'
words = { und = 2.0, nicht = 2.0 }
but = ['aber']
[channels.wall]
name = 'Wall'
kind = 'social'
visibility = ['public', 'private']
default_visibility = 'public'
register = 'neutral'
private_route = { to = 'wall' }
[acts.apology]
retractable = true
[acts.apology.de]
hear = ['tut uns leid']
say.neutral = ['Das tut uns leid.']
[acts.blame.de]
hear = ['selbst schuld']
[address.de]
formal = { '=Sie' = 1.0 }
informal = { 'du' = 1.0 }
[register.de]
'mega' = -1.0
'voll' = -1.0
[intents.complaint.de]
'kaputt' = 1.5
[signals.urgent.de]
hear = ['sofort']
[references]
patterns = ['FM-\\d+']
[rules.blame]
forbid = { act = 'blame' }
severity = 'error'
message = '{text} gives the blame'
why = 'It helps nobody.'
[rules.sorry]
require = { act = 'apology' }
message = 'no apology'
why = 'First of all.'
fix = { say = 'apology', at = 'start' }
",
        )
        .unwrap_or_else(|error| panic!("{}", error.render()))
    })
}

fn builtin() -> &'static Policy {
    static POLICY: OnceLock<Policy> = OnceLock::new();
    POLICY.get_or_init(Policy::builtin)
}

fn read(request: &str) -> String {
    request::read(policy(), request, &mut Scratch::default())
        .unwrap_or_else(|error| panic!("{}", error.render()))
}

fn validate(request: &str) -> String {
    request::validate(policy(), request, &mut Scratch::default())
        .unwrap_or_else(|error| panic!("{}", error.render()))
}

/// The keys of an object as they stand in its text.
fn keys(json: &str) -> Vec<String> {
    let mut keys = Vec::new();
    let (mut depth, mut text, mut escaped, mut start) = (0, false, false, 0);
    for (at, c) in json.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if text => escaped = true,
            '"' => {
                text = !text;
                if text {
                    start = at + 1;
                } else if depth == 1 && json[at + 1..].starts_with(':') {
                    keys.push(json[start..at].to_owned());
                }
            }
            '{' | '[' if !text => depth += 1,
            '}' | ']' if !text => depth -= 1,
            _ => {}
        }
    }
    keys
}

const READING: [&str; 18] = [
    "language",
    "acts",
    "address",
    "register",
    "intent",
    "signals",
    "emoji",
    "links",
    "mentions",
    "hashtags",
    "personal_data",
    "hidden",
    "placeholders",
    "markup",
    "shouting",
    "stretched",
    "sentences",
    "length",
];

// --- read ------------------------------------------------------------------------------------------------------------

#[test]
fn the_reading_of_nothing() {
    assert_eq!(
        read(r#"{"text": ""}"#),
        concat!(
            r#"{"language":"unknown","acts":[],"address":{"form":"none","evidence":[]},"#,
            r#""register":{"score":0.0,"label":"neutral","evidence":[]},"intent":{"kind":"other","score":0.0,"evidence":[]},"#,
            r#""signals":[],"emoji":[],"links":[],"mentions":[],"hashtags":[],"personal_data":[],"hidden":[],"placeholders":[],"markup":[],"#,
            r#""shouting":[],"stretched":[],"sentences":0,"#,
            r#""length":{"bytes":0,"utf16":0,"code_points":0,"graphemes":0,"x":0,"threads":0,"mastodon":0}}"#,
        )
    );
}

#[test]
fn the_reading_of_something() {
    let text = "Das tut uns leid, aber Sie und du sind nicht selbst schuld. Mega voll kaputt 👍🏽 @kari #fail http://a.no/x k@a.no sofort!";
    let json = read(&serde_json::json!({ "text": text, "language": "de" }).to_string());
    assert_eq!(
        json,
        concat!(
            r#"{"language":"de","acts":[{"act":"apology","start":4,"end":16,"taken_back":true},{"act":"blame","start":45,"end":58}],"#,
            r#""address":{"form":"mixed","evidence":[{"form":"formal","start":23,"end":26},{"form":"informal","start":31,"end":33}]},"#,
            r#""register":{"score":-0.5,"label":"informal","evidence":[{"start":60,"end":64,"weight":-1.0},{"start":65,"end":69,"weight":-1.0}]},"#,
            r#""intent":{"kind":"complaint","score":0.6,"evidence":[{"start":70,"end":76,"weight":1.5}]},"#,
            r#""signals":[{"signal":"urgent","start":119,"end":125}],"#,
            r#""emoji":[{"start":77,"end":85,"name":"thumbs up: medium skin tone"}],"#,
            r#""links":[{"start":98,"end":111,"host":{"start":105,"end":109},"scheme":"http"}],"#,
            r#""mentions":[{"start":86,"end":91}],"hashtags":[{"start":92,"end":97}],"#,
            r#""personal_data":[{"kind":"email","start":112,"end":118}],"hidden":[],"placeholders":[],"markup":[],"shouting":[],"stretched":[],"sentences":2,"#,
            r#""length":{"bytes":126,"utf16":122,"code_points":120,"graphemes":119,"x":130,"threads":126,"mastodon":129}}"#,
        )
    );
}

#[test]
fn a_link_is_a_link_whatever_its_host() {
    let acts = |text: &str| {
        let reading = builtin().read(text, Some("en")).unwrap();
        reading.acts.iter().map(|heard| (heard.act.clone(), heard.span.start)).collect::<Vec<_>>()
    };
    let text = "Hi! All the steps are here 😊: https://acme.com/help";
    assert!(!acts(text).is_empty());
    for host in ["acme.example", "10.0.0.1", "intranet"] {
        assert_eq!(acts(&text.replace("acme.com", host)), acts(text), "{host}");
    }
    let both = read(r#"{"text":"http://intern/side eller a.no/b"}"#);
    let links =
        r#""links":[{"start":0,"end":18,"host":{"start":7,"end":13},"scheme":"http"},{"start":25,"end":31,"#;
    assert!(both.contains(links), "{both}");
}

#[test]
fn signs_of_markdown_and_html_are_told_as_they_were_written() {
    let json = read(r###"{"text": "## Hei\nVi er **veldig** lei oss, B&#38;B!", "language": "de"}"###);
    let value: Value = serde_json::from_str(&json).unwrap();
    let signs = serde_json::json!([
        { "kind": "heading", "start": 0, "end": 6 },
        { "kind": "strong", "start": 13, "end": 23 },
        { "kind": "entity", "start": 34, "end": 39 },
    ]);
    assert_eq!(value["markup"], signs);
}

#[test]
fn what_is_hidden_shouted_quoted_or_left_over() {
    let json = read(
        r#"{"text": "RUHE JETZT BITTE, {{name}}: „er ist selbst schuld“ FM-77 sooo\u200bgut", "language": "de"}"#,
    );
    let value: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        value["acts"],
        serde_json::json!([{ "act": "blame", "start": 38, "end": 51, "quoted": true }])
    );
    assert_eq!(value["shouting"].as_array().unwrap().len(), 1);
    assert_eq!(value["placeholders"], serde_json::json!([{ "start": 18, "end": 26 }]));
    assert_eq!(value["personal_data"], serde_json::json!([{ "kind": "reference", "start": 55, "end": 60 }]));
    assert_eq!(value["hidden"][0]["kind"], "zero-width");
    assert_eq!(value["stretched"].as_array().unwrap().len(), 1);
}

#[test]
fn the_keys_are_the_same_for_every_policy_and_text() {
    let texts = ["", "Hei!", "Vi beklager 😊 https://a.no", "Co to ma być?! Czekam 3 tydzień…", "\u{202e}"];
    for text in texts {
        for policy in [policy(), builtin()] {
            let json = to_json(&policy.read(text, None).unwrap());
            assert_eq!(keys(&json), READING);
            let value: Value = serde_json::from_str(&json).unwrap();
            assert_eq!(keys(&value["length"].to_string()).len(), 7);
        }
    }
    let lengths = to_json(&policy().read("a", None).unwrap().length);
    assert_eq!(keys(&lengths), ["bytes", "utf16", "code_points", "graphemes", "x", "threads", "mastodon"]);
}

#[test]
fn a_reading_that_is_used_again_is_a_new_one() {
    let mut reading = Reading::default();
    let mut scratch = Scratch::default();
    policy()
        .read_into("Sie sind selbst schuld! 👍 @a #b FM-1 sooo", Some("de"), &mut scratch, &mut reading)
        .unwrap();
    policy().read_into("", None, &mut scratch, &mut reading).unwrap();
    assert_eq!(to_json(&reading), read(r#"{"text": ""}"#));
    assert!(!reading.hears("blame") && !reading.signals("urgent"));
}

#[test]
fn a_request_to_read() {
    let request = ReadRequest::from_json(r#"{"text": "Hei", "language": null}"#).unwrap();
    assert_eq!((request.text.as_str(), request.language), ("Hei", None));
    let error = request::read(policy(), r#"{"text": "Hei", "language": "dee"}"#, &mut Scratch::default())
        .unwrap_err();
    assert_eq!(error.first().code(), "unknown-language");
    assert_eq!(error.first().message(), "unknown language `dee`, did you mean `de`?");
}

// --- validate --------------------------------------------------------------------------------------------------------

#[test]
fn the_report_of_a_reply_that_passes() {
    let answer = validate(r#"{"case": {"channel": "wall"}, "reply": "Das tut uns leid."}"#);
    assert_eq!(answer, r#"{"verdict":"pass","findings":[],"policy":{"name":"small","version":"1.2"}}"#);
}

#[test]
fn the_report_of_a_reply_that_fails() {
    let answer = validate(
        r#"{"case": {"channel": "wall", "language": "de"}, "reply": "Å, selbst schuld.", "now": "2026-11-21T12:00:00Z"}"#,
    );
    assert_eq!(
        answer,
        concat!(
            r#"{"verdict":"fail","findings":["#,
            r#"{"rule":"sorry","severity":"warning","message":"no apology","start":0,"end":0,"why":"First of all.","#,
            r#""fix":{"start":0,"end":0,"text":"Das tut uns leid. "}},"#,
            r#"{"rule":"blame","severity":"error","message":"`selbst schuld` gives the blame","start":4,"end":17,"why":"It helps nobody."}],"#,
            r#""policy":{"name":"small","version":"1.2"}}"#,
        )
    );
}

#[test]
fn an_instant_may_stand_as_platforms_deliver_it() {
    let message = |at: &str| {
        let case = format!(
            r#"{{"channel": "facebook", "messages": [{{"from": "customer", "text": "Hi", "at": "{at}"}}]}}"#
        );
        Case::from_json(&case).unwrap().messages.remove(0).at
    };
    assert_eq!(message("2026-11-20T10:00:00+0000"), message("2026-11-20T10:00:00Z"));
    assert_eq!(message("2026-11-20T10:00:00-0330"), message("2026-11-20T10:00:00-03:30"));
}

#[test]
fn a_bare_case_is_one_mistake() {
    let case = r#"{"id": "A-1", "channel": "facebook", "language": "en", "messages": []}"#;
    let errors = request::next(policy(), case, &mut Scratch::default()).unwrap_err();
    assert_eq!(errors.iter().count(), 1, "{}", errors.render());
    assert_eq!(errors.first().help(), Some("write `{\"case\": …}` around it"));
    assert_eq!(errors.case_id(), Some("A-1"));
}

#[test]
fn mistakes_in_json_are_told_in_its_words() {
    let told = |case: &str| {
        let request = format!(r#"{{"case": {case}, "reply": "Hi"}}"#);
        let errors = request::validate(policy(), &request, &mut Scratch::default()).unwrap_err();
        let first = errors.first();
        (first.message().to_owned(), first.help().unwrap_or_default().to_owned())
    };
    assert_eq!(told(r#""facebook""#).0, "`case` must be an object, not a string");
    assert_eq!(told(r#"{"channel": {}}"#).0, "`channel` must be a string, not an object");
    let message =
        r#"{"channel": "facebook", "messages": [{"from": "customer", "text": "Hi", "at": 1795000000}]}"#;
    assert!(told(message).1.contains("2026-11-21T09:30:00+01:00"));
    assert!(told(r#"{"channel": "facebook", "facts": {"loss": 500}}"#).1.contains(r#""currency": "NOK""#));
}

#[test]
fn an_error_says_which_case_it_is_about() {
    let answer = |verb: &str, request: &str| {
        let scratch = &mut Scratch::default();
        let error = match verb {
            "validate" => request::validate(policy(), request, scratch),
            "next" => request::next(policy(), request, scratch),
            "draft" => request::draft(policy(), request, scratch),
            _ => request::clock(policy(), request),
        };
        serde_json::from_str::<Value>(&error_json(&error.unwrap_err())).unwrap()
    };
    let now = r#""now": "2026-11-21T12:00:00Z""#;
    let unknown = r#""case": {"id": "t-1", "channel": "facebook", "facts": {"intent": "complain"}}"#;
    let misspelt = r#""case": {"id": "t-1", "chanel": "facebook"}"#;
    for (verb, rest) in [
        ("validate", r#""reply": "Hi""#),
        ("next", now),
        ("draft", r#""acts": ["apology"]"#),
        ("draft", r#""acts": ["deadline-promise"], "pair": true"#),
        ("clock", now),
    ] {
        for case in [unknown, misspelt] {
            let request = format!("{{{case}, {rest}}}");
            assert_eq!(answer(verb, &request)["id"], "t-1", "{verb}: {request}");
        }
    }
    let missing =
        r#"{"case": {"id": "D1", "channel": "facebook", "language": "en"}, "acts": ["deadline-promise"]}"#;
    assert_eq!(answer("draft", missing)["id"], "D1");
    assert_eq!(answer("validate", r#"{"case": {"id": 7}, "reply": "Hi"}"#).get("id"), None);
    assert_eq!(answer("validate", r#"{"case": {"id": "t-1"}"#).get("id"), None, "not even JSON");
}

#[test]
fn an_error_has_the_shape_of_every_diagnostic() {
    let error = request::validate(
        policy(),
        "{\n  \"case\": {\"chanel\": 1},\n  \"reply\": 2}",
        &mut Scratch::default(),
    )
    .unwrap_err();
    let json = error_json(&error);
    assert_eq!(keys(&json), ["error", "more"]);
    let value: Value = serde_json::from_str(&json).unwrap();
    let first = value["error"].to_string();
    let shape = [
        "code", "severity", "message", "help", "source", "line", "column", "start", "end", "related", "docs",
    ];
    let mut sorted = shape.map(str::to_owned);
    sorted.sort();
    assert_eq!(keys(&first), sorted);
    assert_eq!(value["more"].as_array().unwrap().len(), 2);
    assert!(json.starts_with(r#"{"error":{"code":"missing-key","severity":"error","message":"#), "{json}");
    assert!(json.contains(r#""source":"request","line":2,"column":"#), "{json}");
}

// --- cases -----------------------------------------------------------------------------------------------------------

const WHOLE: &str = r#"{"channel":"facebook","visibility":"private","language":"nb",
    "messages":[
        {"from":"customer","at":"2026-11-20T16:54:00+01:00","text":"Hei","visibility":"public"},
        {"from":"bot","text":"Vent litt"},
        {"from":"agent","text":"Hei"}],
    "events":[{"at":"2026-11-20T17:00:00+01:00","kind":"pause"}],
    "facts":{"intent":"complaint","fault":"ours","priority":"high","severity":"critical","loss":{"amount":"249.50","currency":"NOK"},
        "reactions":30000,"comments":3000,"media":true,"consent":true,"fixed":true,"tags":["vip"]},
    "customer":{"name":"Anders"},"agent":{"name":"Lise","role":"manager"}}"#;

#[test]
fn every_part_of_a_case_is_read() {
    let case = Case::from_json(WHOLE).unwrap();
    assert_eq!(
        (case.channel.as_str(), case.visibility, case.language.as_deref()),
        ("facebook", Some(Visibility::Private), Some("nb"))
    );
    let authors: Vec<_> = case.messages.iter().map(|message| message.from).collect();
    assert_eq!(authors, [Author::Customer, Author::Bot, Author::Agent]);
    assert_eq!(case.messages[0].at.unwrap().to_rfc3339(), "2026-11-20T16:54:00+01:00");
    assert_eq!((case.messages[0].visibility, case.messages[1].at), (Some(Visibility::Public), None));
    assert_eq!(case.events[0].kind, "pause");
    let facts = &case.facts;
    assert_eq!(
        (facts.intent.as_deref(), facts.fault, facts.priority, facts.severity),
        (Some("complaint"), Fault::Ours, Level::High, Level::Critical)
    );
    assert_eq!(facts.loss.unwrap().to_string(), "249.50 NOK");
    assert_eq!(
        (facts.reactions, facts.comments, facts.media, facts.consent, facts.fixed),
        (30_000, 3_000, true, true, true)
    );
    assert_eq!(
        (facts.tags.as_slice(), case.customer.name.as_deref()),
        (&["vip".to_owned()][..], Some("Anders"))
    );
    assert_eq!((case.agent.name.as_deref(), case.agent.role.as_deref()), (Some("Lise"), Some("manager")));
    assert!(!case.is_first_reply() && !case.is_by_bot());
    assert_eq!(case.last_customer_message().unwrap().text, "Hei");
}

#[test]
fn a_case_that_is_written_is_read_as_it_was() {
    let whole = Case::from_json(WHOLE).unwrap();
    let mut built = Case::new("x");
    built.messages.push(Message::customer("a\n\"b\" \u{1f60a} \0"));
    built.messages.push(Message::agent("").at(parse_instant("2026-01-01T00:00:00.5-03:30").unwrap()));
    let given = ["channel", "visibility", "language", "messages", "events", "facts", "customer", "agent"];
    let always = ["channel", "messages", "events", "facts", "customer", "agent"];
    for (case, written) in [(whole, &given[..]), (built, &always), (Case::new(""), &always)] {
        let json = to_json(&case);
        assert_eq!(keys(&json), written);
        assert_eq!(Case::from_json(&json).unwrap_or_else(|error| panic!("{json}\n{}", error.render())), case);
    }
}

#[test]
fn what_a_case_leaves_out_is_not_known() {
    let short = Case::from_json(r#"{"channel": "x"}"#).unwrap();
    assert_eq!(short, Case::new("x"));
    let nulls = r#"{"channel": "x", "visibility": null, "language": null, "messages": null, "events": null, "facts": null, "customer": null, "agent": null}"#;
    assert_eq!(Case::from_json(nulls).unwrap(), short);
    assert!(short.is_first_reply() && short.last_customer_message().is_none());
    // In examples and tests it would be the customer's message; in a request it is mostly meant for a name.
    let named = Case::from_json(r#"{"channel": "x", "customer": "Kari Nordmann"}"#).unwrap_err();
    assert_eq!((named.iter().count(), named.first().code()), (1, "wrong-type"));
    assert_eq!(
        named.first().help(),
        Some("write `{ \"name\": … }`; what the customer wrote stands in `messages`")
    );
    // Requests are JSON, documents are either.
    assert_eq!(Case::from_json("channel = 'x'").unwrap_err().first().code(), "syntax");
}

#[test]
fn amounts_are_decimals() {
    let amount = |json: &str| {
        let case = Case::from_json(&format!(
            r#"{{"channel": "x", "facts": {{"loss": {{"amount": {json}, "currency": "NOK"}}}}}}"#
        ));
        case.map(|case| case.facts.loss.unwrap().amount()).map_err(|error| error.first().code().to_owned())
    };
    for (json, wanted) in
        [("\"249.50\"", "249.50"), ("100", "100.00"), ("12.5", "12.50"), ("\"3.000\"", "3.00"), ("0", "0.00")]
    {
        assert_eq!(amount(json).as_deref(), Ok(wanted));
    }
    for json in [
        "\"\"",
        "\"-3\"",
        "\"1.\"",
        "\".5\"",
        "\"1,5\"",
        "\"1e3\"",
        "\"kr 5\"",
        "1e300",
        "0.00001",
        "\"1.23456\"",
        "\"1234567890123456\"",
    ] {
        assert_eq!(amount(json), Err("amount".to_owned()), "{json}");
    }
    assert_eq!(amount("true"), Err("wrong-type".to_owned()));
}

#[test]
fn a_request_to_validate() {
    let request = ValidateRequest::from_json(&format!(
        r#"{{"case": {WHOLE}, "reply": "Hei", "now": "2026-11-21T09:00:00Z"}}"#
    ))
    .unwrap();
    assert_eq!(request.case, Case::from_json(WHOLE).unwrap());
    assert_eq!((request.reply.as_str(), request.now.unwrap().timestamp()), ("Hei", 1_795_251_600));
}

// --- small parts -----------------------------------------------------------------------------------------------------

#[test]
fn every_small_part_is_written_as_the_documents_write_it() {
    assert_eq!(to_json(&Verdict::Pass), r#""pass""#);
    assert_eq!(serde_json::from_str::<Verdict>(r#""fail""#).unwrap(), Verdict::Fail);
    assert_eq!(to_json(&[Visibility::Public, Visibility::Private]), r#"["public","private"]"#);
    assert_eq!(to_json(&[Author::Customer, Author::Agent, Author::Bot]), r#"["customer","agent","bot"]"#);
    assert_eq!(to_json(&[Fault::Ours, Fault::Theirs, Fault::Unknown]), r#"["ours","theirs","unknown"]"#);
    assert_eq!(
        to_json(&[Level::Low, Level::Normal, Level::High, Level::Critical]),
        r#"["low","normal","high","critical"]"#
    );
    assert_eq!(to_json(&svar::Span::new(1, 2)), r#"{"start":1,"end":2}"#);
    assert_eq!(to_json(policy().rule("blame").unwrap().id()), r#""blame""#);
    assert_eq!(to_json(&policy().languages()), r#"["de"]"#);
    assert_eq!(to_json(&svar::source::Severity::Advice), r#""advice""#);
    let report = Report::default();
    assert_eq!(to_json(&report), r#"{"verdict":"pass","findings":[],"policy":{"name":"","version":""}}"#);
    let channel: Value = serde_json::from_str(&to_json(&policy().channels()[0])).unwrap();
    assert_eq!(
        (&channel["name"], &channel["visibility"][1]),
        (&Value::from("Wall"), &Value::from("private"))
    );
}

#[test]
fn an_ordinal_before_a_month_ends_no_sentence() {
    let cases = [
        ("de", "Wir melden uns am 11. Dezember bei Ihnen.", 1),
        ("de", "Wir melden uns bis Freitag, 11. Dez. 2026, bei Ihnen.", 1),
        ("de", "Am 2. Weihnachtstag haben wir geschlossen, im 3. Stock auch.", 1),
        // A month wins over a sentence that begins with one.
        ("de", "Wir schließen um 11. Dezember ist bei uns ruhig.", 1),
        ("de", "Wir schließen um 18. Kommen Sie gern morgen vorbei.", 2),
        ("de", "Das kostet 12. Wir melden uns.", 2),
        ("da", "Du får svar den 3. maj klokken 10.", 1),
        ("da", "Du får svar den 3. Maj klokken 10.", 1),
        ("nb", "Du får svar 11. desember, og vi åpner igjen 2. juledag.", 1),
        ("nb", "Du får svar 11. Desember.", 1),
        ("nb", "Vi stenger klokka 18. Kom gjerne i morgen.", 2),
        ("nn", "Du får svar 11. desember.", 1),
        ("nn", "Du får svar 11. Desember.", 1),
        ("pl", "Odpowiemy do 3 maja. Dziękujemy za cierpliwość.", 2),
        ("pl", "Odpowiemy do 3. maja, najpóźniej do 4. Maja.", 1),
        ("en", "We open at 9. May is quiet.", 2),
    ];
    for (language, text, sentences) in cases {
        let reading = builtin().read(text, Some(language)).unwrap();
        assert_eq!(reading.sentences.len(), sentences, "{text}");
    }
}
