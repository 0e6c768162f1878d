//! Input that nobody means well with: too large, too deep, broken, endless.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod growth;

use std::fmt::Write as _;
use std::sync::OnceLock;

use proptest::prelude::*;
use svar::policy::{CaseError, LONGEST_TEXT};
use svar::request::{self, ReadRequest, ValidateRequest, to_json};
use svar::{Case, Message, Policy, Reading, Report, Scratch};

fn builtin() -> &'static Policy {
    static POLICY: OnceLock<Policy> = OnceLock::new();
    POLICY.get_or_init(Policy::builtin)
}

fn asked(text: &str) -> Case {
    let mut case = Case::new("facebook");
    case.messages.push(Message::customer(text));
    case
}

#[track_caller]
fn is_sound(reading: &Reading, text: &str) {
    let fits = |span: svar::Span| assert!(text.get(span.start..span.end).is_some(), "{span:?} in {text:?}");
    reading.acts.iter().for_each(|heard| fits(heard.span));
    reading.acts.iter().filter_map(|heard| heard.taken_back).for_each(fits);
    reading.address.formal.iter().chain(&reading.address.informal).copied().for_each(fits);
    reading.register.evidence.iter().chain(&reading.intent.evidence).for_each(|cue| fits(cue.span));
    reading.signals.iter().for_each(|heard| fits(heard.span));
    reading.emoji.iter().for_each(|emoji| fits(emoji.span));
    reading.entities.iter().for_each(|entity| fits(entity.span));
    reading.personal_data.iter().for_each(|data| fits(data.span));
    reading.hidden.iter().for_each(|hidden| fits(hidden.span));
    let shapes = [
        &reading.placeholders,
        &reading.shouting,
        &reading.stretched,
        &reading.exclamations,
        &reading.sentences,
    ];
    shapes.into_iter().flatten().copied().for_each(fits);
    assert!(reading.sentences.is_sorted(), "{:?}", reading.sentences);
    assert!(reading.acts.is_sorted_by_key(|heard| heard.sentence), "{:?}", reading.acts);
    assert!(reading.personal_data.is_sorted_by_key(|data| data.span.start), "{:?}", reading.personal_data);
    assert!((-1.0..=1.0).contains(&reading.register.score) && (-1.0..=1.0).contains(&reading.intent.score));
}

#[track_caller]
fn is_report_sound(report: &Report, text: &str) {
    for finding in &report.findings {
        assert_eq!(text.get(finding.span.start..finding.span.end), Some(&*finding.evidence), "{finding:?}");
        if let Some(fix) = &finding.fix {
            assert!(text.get(fix.span.start..fix.span.end).is_some(), "{finding:?}");
        }
        assert!(!finding.message.contains(['\n', '\r']), "{finding:?}");
    }
}

/// Reads and judges a text in every role.
#[track_caller]
fn survives(text: &str) {
    let reading = builtin().read(text, None).unwrap();
    is_sound(&reading, text);
    let case = asked(text);
    let report = builtin().validate(&case, text, None).unwrap();
    is_report_sound(&report, text);
    // Messages quote a little; evidence is the text itself, once for a finding.
    let quoted: usize = report.findings.iter().map(|finding| finding.message.len()).sum();
    assert!(quoted <= 400 * report.findings.len(), "{quoted} bytes of messages");
    serde_json::from_str::<serde_json::Value>(&to_json(&report)).unwrap();
    serde_json::from_str::<serde_json::Value>(&to_json(&report.masked())).unwrap();
    serde_json::from_str::<serde_json::Value>(&to_json(&reading)).unwrap();
}

// --- sizes -----------------------------------------------------------------------------------------------------------

#[test]
fn nothing_at_all() {
    for text in ["", " ", "\n", "\u{feff}", "\u{200b}", "\0", "\t\r\n \u{a0}"] {
        survives(text);
        let report = builtin().validate(&asked(""), text, None).unwrap();
        assert_eq!(report.of("reply.empty").count(), 1, "{text:?}");
        assert!(!report.passes());
    }
    assert_eq!(builtin().validate(&Case::new("facebook"), "", None).unwrap().findings.len(), 1);
}

#[test]
fn a_text_has_so_many_bytes_and_not_one_more() {
    for fits in ["a", "å", "a ", "😊", "("] {
        let longest = fits.repeat(LONGEST_TEXT / fits.len());
        survives(&longest);
        let long = format!("{longest}{fits}");
        let TooLong { read, reply, customer } = TooLong::of(&long);
        assert!(read.contains(&long.len().to_string()) && read.contains("65536"), "{read}");
        assert!(
            reply.starts_with("the reply has") && customer.starts_with("the customer's message has"),
            "{reply}, {customer}"
        );
    }
}

struct TooLong {
    read: String,
    reply: String,
    customer: String,
}

impl TooLong {
    fn of(text: &str) -> TooLong {
        let message = |error: CaseError| {
            assert!(matches!(error, CaseError::TooLong(_)), "{error}");
            error.to_string()
        };
        TooLong {
            read: message(builtin().read(text, None).unwrap_err()),
            reply: message(builtin().validate(&Case::new("facebook"), text, None).unwrap_err()),
            customer: message(builtin().validate(&asked(text), "Hei", None).unwrap_err()),
        }
    }
}

#[test]
fn a_megabyte_of_brackets() {
    for text in ["(", "[", "{", "{{", "<", "\"", "“", ">", "\\"] {
        let much = text.repeat(1 << 20);
        assert!(matches!(builtin().read(&much, None), Err(CaseError::TooLong(_))));
        survives(&text.repeat(LONGEST_TEXT / text.len()));
        // As documents they are mistakes, and no stack is deep enough to be used up by them.
        assert!(Case::from_json(&much).is_err());
        assert!(Policy::from_toml(&much).is_err());
        assert!(request::validate(builtin(), &much, &mut Scratch::default()).is_err());
        let phrase = format!(
            "svar = 1\nname = 'a'\nlanguages = ['en']\n[language.en]\nname = 'E'\n[rules.a]\nforbid = {{ phrases = ['{much}'] }}\n"
        );
        assert!(Policy::from_toml(&phrase).is_err() || !text.starts_with(['(', '[']));
    }
}

#[test]
fn time_grows_with_the_text_and_no_faster() {
    let units = [
        "a",
        "a ",
        "1 ",
        "12 34 ",
        "é",
        "e\u{301}",
        "\u{301}",
        "😊",
        "👩‍👩‍👧‍👦",
        "🇳🇴",
        "@a ",
        "#a",
        "a.b",
        "a@b.no ",
        "https://a.no ",
        "www.",
        "!",
        "?",
        ". ",
        "\n",
        "\n\n",
        "> a\n",
        "\"a ",
        "beklager ",
        "beklager, men ",
        "sorry if you ",
        "A",
        "AB ",
        "{{a",
        "[navn] ",
        "___ ",
        "\u{200d}",
        "\u{202e}",
        "4111 ",
        "NO93 8601 ",
        "а",
        "-",
        "'",
        "a'",
        "+47 ",
        "01.01.",
        "ſ",
        "ﷺ",
        "ไ",
        "字",
        "\u{feff}",
        "ß",
        "İ",
        "&amp;",
        "%a ",
        "$",
        "hei hei ",
        "not ",
        "ikke ",
        "Sie ",
        "Pan ",
        "Takk. ",
        "Hei! ",
        "RO DEG NED. ",
        "ring oss ",
        "Vi svarer snart. ",
        "Vi svarer i morgen. ",
        "Send oss ordrenummeret ditt. ",
    ];
    for unit in units {
        let text = |bytes: usize| unit.repeat(bytes / unit.len());
        let (short, long) = (text(LONGEST_TEXT / 32), text(LONGEST_TEXT / 4));
        growth::is_linear(unit, || survives(&short), || survives(&long));
    }
}

#[test]
fn marks_upon_marks() {
    survives(&format!("e{}", "\u{301}".repeat(10_000)));
    survives(&format!("Vi beklager{} dette", "\u{334}\u{301}\u{489}".repeat(5_000)));
    survives(&format!("👍{}", "\u{fe0f}".repeat(10_000)));
    survives(&"👩\u{200d}".repeat(8_000));
    survives(&format!("{}1", "\u{20e3}".repeat(10_000)));
    survives(&"\u{1f1f3}".repeat(10_001));
    survives(&"\u{1f3f4}\u{e0067}\u{e0062}".repeat(5_000));
    survives(&"\u{2066}".repeat(10_000));
}

#[test]
fn nul_bytes_are_letters_like_others() {
    let text = "Vi beklager\0 dette. Det er din egen\0feil. Det er din egen feil.\0";
    survives(text);
    let report = builtin().validate(&asked("\0"), text, None).unwrap();
    assert!(report.of("tone.blame").count() > 0);
    assert!(Case::from_json("{\"channel\": \"a\0b\"}").is_err());
    let case =
        Case::from_json(r#"{"channel": "facebook", "messages": [{"from": "customer", "text": "a\u0000b"}]}"#)
            .unwrap();
    assert_eq!(case.messages[0].text, "a\0b");
    assert!(to_json(&report).is_ascii() || to_json(&report).contains("\\u0000"));
}

// --- names -----------------------------------------------------------------------------------------------------------

#[test]
fn names_that_are_not_known_are_told_with_what_was_meant() {
    let mut case = asked("Hei");
    case.channel = "facebok".to_owned();
    let error = builtin().validate(&case, "Hei", None).unwrap_err();
    assert_eq!(error.to_string(), "unknown channel `facebok`, did you mean `facebook`?");
    let CaseError::UnknownChannel(name) = error else { panic!() };
    assert_eq!((name.name(), name.nearest()), ("facebok", Some("facebook")));
    assert!(name.known().iter().any(|known| known == "google-business"));

    case.channel = "facebook".to_owned();
    case.language = Some("no".to_owned());
    let error = builtin().validate(&case, "Hei", None).unwrap_err();
    assert!(error.to_string().starts_with("unknown language `no`"), "{error}");
    assert!(
        matches!(builtin().read("Hei", Some("dee")), Err(CaseError::UnknownLanguage(name)) if name.nearest() == Some("de"))
    );

    case.language = None;
    case.facts.intent = Some("complain".to_owned());
    let error = builtin().validate(&case, "Hei", None).unwrap_err();
    assert_eq!(error.to_string(), "unknown intent `complain`, did you mean `complaint`?");
    // The scratch of a question that failed answers the next one.
    let mut scratch = Scratch::default();
    assert!(builtin().validate_with(&case, "Hei", None, &mut scratch).is_err());
    case.facts.intent = None;
    let fresh = builtin().validate(&case, "Hei!!", None).unwrap();
    assert_eq!(builtin().validate_with(&case, "Hei!!", None, &mut scratch).unwrap(), fresh);
}

#[test]
fn a_name_that_is_not_known_is_quoted_safely() {
    for wild in ["", " ", "\n", "x\u{202e}y", &"long ".repeat(10_000), "`", "\0", "😊"] {
        let error = builtin().validate(&Case::new(wild), "Hei", None).unwrap_err().to_string();
        assert!(error.len() < 2_000 && !error.contains(['\n', '\u{202e}', '\0']), "{error:?}");
    }
}

// --- JSON ------------------------------------------------------------------------------------------------------------

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

// --- arbitrary input -------------------------------------------------------------------------------------------------

/// Text with what the readers look for in it.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "\\PC{0,8}",
        2 => any::<String>().prop_map(|text| text.chars().take(12).collect()),
        6 => prop::sample::select(vec![
            "beklager", "Vi beklager", "sorry", "tut uns leid", "przepraszamy", "undskyld", ", but", ", men", "DM", "Sie", "Pan", "du", "!", "!!", "?", ".", "…",
            "😊", "👍🏽", "👩‍👩‍👧", "🇳🇴", "1️⃣", "\u{200d}", "\u{fe0f}", "\u{ad}", "\u{200b}", "\u{202e}", "@kari", "#fail", "https://a.no/x", "http://b.no",
            "www.c.com", "kari@gmail.com", "+47 21 00 00 00", "NO93 8601 1117 947", "4111 1111 1111 1111", "{{name}}", "[NAVN]", "___", "TODO", "\n", "\n\n", "\n> ",
            "\"", "“", "”", "„", "«", "(", ")", "ß", "İ", "e\u{301}", "\0", " ", "  ", "\u{a0}", "AB", "RO DEG NED", "sååå", "god dag", "Hei Kari", "-AB", "Mvh Lise",
        ])
        .prop_map(str::to_owned),
    ];
    let gap = prop_oneof![3 => Just(" "), 1 => Just("")];
    prop::collection::vec((piece, gap), 0..24)
        .prop_map(|pieces| pieces.into_iter().flat_map(|(piece, gap)| [piece, gap.to_owned()]).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn reading_never_panics(text in text(), language in prop::option::of(prop::sample::select(vec!["nb", "nn", "da", "de", "pl", "en"]))) {
        let reading = builtin().read(&text, language).unwrap();
        is_sound(&reading, &text);
        let found = reading.acts.len() + reading.signals.len() + reading.intent.evidence.len() + reading.register.evidence.len();
        prop_assert!(found <= 24 * (text.len() + 1));
    }

    #[test]
    fn judging_never_panics(reply in text(), customer in text(), channel in 0usize..20, known in any::<bool>(), bot in any::<bool>(), fixed in any::<bool>()) {
        let channel = &builtin().channels()[channel % builtin().channels().len()];
        let mut case = Case::new(channel.id());
        case.messages.push(Message::customer(customer));
        case.messages.push(Message::agent(reply.chars().rev().collect::<String>()));
        case.language = known.then(|| "de".to_owned());
        case.agent.role = bot.then(|| "bot".to_owned());
        case.facts.fixed = fixed;
        let report = builtin().validate(&case, &reply, None).unwrap();
        is_report_sound(&report, &reply);
        prop_assert!(report.findings.len() <= 4 * reply.len() + builtin().rules().count());
        for finding in &report.findings {
            if let Some(fix) = &finding.fix {
                let fixed = fix.apply(&reply);
                prop_assert_eq!(fixed.len() + fix.span.len(), reply.len() + fix.text.len());
            }
        }
    }

    #[test]
    fn requests_never_panic(text in any::<String>(), cut in any::<prop::sample::Index>(), put in "\\PC{0,3}") {
        let _ = Case::from_json(&text);
        let _ = ValidateRequest::from_json(&text);
        let _ = ReadRequest::from_json(&text);
        // One that is nearly right.
        let whole = r#"{"case": {"channel": "facebook", "messages": [{"from": "customer", "text": "a😊", "at": "2026-11-21T10:00:00Z"}], "facts": {"loss": {"amount": 1.5, "currency": "NOK"}}}, "reply": "Hei", "now": "2026-11-21T10:00:00Z"}"#;
        let mut at = cut.index(whole.len() + 1);
        while !whole.is_char_boundary(at) { at -= 1; }
        let broken = format!("{}{put}{}", &whole[..at], &whole[at..]);
        let mut scratch = Scratch::default();
        match request::validate(builtin(), &broken, &mut scratch) {
            Ok(answer) => prop_assert!(answer.contains("verdict")),
            Err(error) => prop_assert!(!error.first().message().is_empty() && error.render().len() < 20_000),
        }
        let _ = request::read(builtin(), &whole[..at], &mut scratch);
    }

    #[test]
    fn documents_never_panic(text in any::<String>(), cut in any::<prop::sample::Index>(), put in "[\\PC\n]{0,4}") {
        let _ = Policy::from_toml(&text);
        let whole = "svar = 1\nname = 'a'\nlanguages = ['en']\n[language.en]\nname = 'E'\n[channels.w]\nname = 'W'\nkind = 'social'\nvisibility = ['public']\nregister = 'neutral'\n\
                     private_route = { to = 'none' }\n[acts.apology.en]\nhear = ['(sorry|so [very] sorry)', 'apolog* ..2 for']\nsay.neutral = ['Sorry.']\n[intents.complaint.en]\n'broken' = 1.0\n\
                     [rules.a]\nwhen = { intent = 'complaint', not = { tag = 'x' } }\nrequire = { act = 'apology', pattern = 'x+' }\nfix = { say = 'apology', at = 'start' }\n\
                     [rules.b]\nlimit = { of = 'words', max = 9 }\n[emoji]\nallow = ['+', '👍🏽']\n[references]\npatterns = ['A\\d+']\n";
        prop_assert!(Policy::from_toml(whole).is_ok());
        let mut at = cut.index(whole.len() + 1);
        while !whole.is_char_boundary(at) { at -= 1; }
        let broken = format!("{}{put}{}", &whole[..at], &whole[at..]);
        for document in [&broken, &whole[..at]] {
            match Policy::from_toml(document) {
                Ok(policy) => drop(policy.validate(&Case::new("w"), &text.chars().take(200).collect::<String>(), None)),
                Err(error) => prop_assert!(!error.first().message().is_empty()),
            }
        }
    }
}
