//! Texts of any size.

use svar::policy::{CaseError, LONGEST_TEXT};
use svar::request::to_json;
use svar::{Case, Message, Policy, Scratch, request};

use super::{asked, builtin, growth, survives};

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
fn a_text_has_so_many_bytes_and_not_one_more() {
    for fits in ["a", "å", "a ", "😊", "("] {
        let longest = fits.repeat(LONGEST_TEXT / fits.len());
        survives(&longest);
        let long = format!("{longest}{fits}");
        let TooLong { read, reply, customer } = TooLong::of(&long);
        assert!(read.contains(&long.len().to_string()) && read.contains("65536"), "{read}");
        assert!(
            reply.starts_with("the reply has") && customer.starts_with("message number 1 has"),
            "{reply}, {customer}"
        );
    }
}

#[test]
fn of_many_messages_the_one_is_named_that_is_too_long() {
    let mut case = asked("Hei");
    case.messages.insert(0, Message::customer("a".repeat(LONGEST_TEXT + 1)));
    let CaseError::TooLong(error) = builtin().validate(&case, "Hei", None).unwrap_err() else { panic!() };
    assert_eq!((error.message(), error.bytes()), (Some(0), LONGEST_TEXT + 1));
    assert!(error.to_string().starts_with("message number 1 has 65537 bytes"), "{error}");
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
fn gaps_reach_no_further_for_marks() {
    let policy = Policy::from_toml(
        "svar = 1\nname = 'a'\nextends = ['svar:channels', 'svar:en']\nlanguages = ['en']\n[rules.a]\nforbid = { phrases = [', ..5 foo', 'foo ..5 ,', '😊 ..5 foo [x] ..3 bar'] }\n",
    )
    .unwrap();
    let judge = |text: &str| drop(policy.validate(&Case::new("facebook"), text, None).unwrap());
    for unit in [",", "😊 ", ", - "] {
        let (short, long) = (unit.repeat(1_600), unit.repeat(12_800));
        growth::is_linear(unit, || judge(&short), || judge(&long));
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
