//! What a text does, and what its writer wants, is heard however it is written down: with a greeting before it, a name
//! under it, an emoji where the full stop was. Every example of the built-in packs is said once more in each of these
//! ways.

#![allow(clippy::expect_used, reason = "a test says what it expects")]

use svar::policy::builtin_with_examples;
use svar::testing::{Example, Expectation, Section, Suite};
use svar::{Policy, Reading, Scratch};
use unicode_normalization::UnicodeNormalization;

/// One way of writing a text again; `None` where it would say something else.
type Rewriting = fn(language: &str, text: &str) -> Option<String>;

/// Ways of writing a reply again.
const OF_REPLIES: [(&str, Rewriting); 10] = [
    ("a greeting before it", |language, text| Some(format!("{}, {text}", greeting(language)))),
    ("a mention before it", |_, text| Some(format!("@anna_k {text}"))),
    ("a mention and a comma before it", |_, text| Some(format!("@anna_k, {text}"))),
    ("no full stop", |_, text| Some(told(text)?.to_owned())),
    ("an emoji for the full stop", |_, text| Some(format!("{} 🌻", told(text)?))),
    ("an emoji for the full stop, and more behind it", |_, text| Some(format!("{} 🌻🌻 Anna", told(text)?))),
    ("a name under it", |_, text| Some(format!("{text}\n\nAnna"))),
    ("a name under it and no full stop", |_, text| Some(format!("{}\n\nAnna", told(text)?))),
    ("decomposed letters", |_, text| Some(text.nfd().collect())),
    ("wide and no-break spaces", |_, text| Some(text.replace(' ', "\u{a0} "))),
];

/// What ends with a full stop, without it: a question without its mark is another sentence.
fn told(text: &str) -> Option<&str> {
    text.strip_suffix('.')
}

fn greeting(language: &str) -> &'static str {
    match language {
        "nb" | "nn" => "Hei Anna",
        "da" => "Kære Anna",
        "de" => "Guten Tag Frau Kern",
        "pl" => "Dzień dobry Pani Anno",
        _ => "Hi Anna",
    }
}

#[test]
fn what_is_heard_does_not_hang_on_how_it_is_written() {
    let changed = changed(Section::Act, |example| {
        let ways = OF_REPLIES.iter().filter(|(way, _)| !adds(way, example.subject()));
        ways.filter_map(|(way, rewrite)| Some((*way, rewrite(example.language(), example.text())?))).collect()
    });
    assert!(changed.is_empty(), "{} are heard otherwise:\n{}", changed.len(), changed.join("\n"));
}

/// Whether a way of writing does what an act is itself, or stands where that must stand.
fn adds(way: &str, act: &str) -> bool {
    match act {
        "greeting" => way.contains("greeting") || way.contains("mention"),
        "signature" => way.contains("name") || way.contains("behind it"),
        _ => false,
    }
}

/// Ways of writing a message again.
const OF_MESSAGES: [(&str, Rewriting); 9] = [
    ("a greeting before it", |language, text| Some(format!("{}, {text}", greeting(language)))),
    ("a loud greeting before it", |language, text| Some(format!("{}! {text}", hello(language)))),
    ("a greeting and no comma before it", |language, text| {
        Some(format!("{} {}", hello(language), lower(text)?))
    }),
    ("a mention before it", |_, text| Some(format!("@fjordmobil {text}"))),
    ("a mention and a greeting before it", |language, text| {
        Some(format!("@fjordmobil {}, {text}", hello(language)))
    }),
    ("thanks behind it", |language, text| Some(format!("{} {}", ended(text)?, thanks(language)))),
    ("a link behind it", |_, text| Some(format!("{} https://pic.example/a1", ended(text)?))),
    ("decomposed letters", |_, text| Some(text.nfd().collect())),
    ("wide and no-break spaces", |_, text| Some(text.replace(' ', "\u{a0} "))),
];

/// What ends with a mark: behind what does not, more words would be part of it.
fn ended(text: &str) -> Option<&str> {
    text.ends_with(['.', '!', '?']).then_some(text)
}

/// With a small letter first, as behind a greeting; `None` where the first word has more than one capital.
fn lower(text: &str) -> Option<String> {
    let first = text.chars().next()?;
    let rest = text.get(first.len_utf8()..)?;
    let small = rest.chars().next().is_some_and(|second| second.is_lowercase());
    small.then(|| first.to_lowercase().chain(rest.chars()).collect())
}

fn hello(language: &str) -> &'static str {
    match language {
        "nb" | "nn" => "Hei",
        "da" => "Hej",
        "de" => "Hallo",
        "pl" => "Dzień dobry",
        _ => "Hi",
    }
}

fn thanks(language: &str) -> &'static str {
    match language {
        "nb" | "nn" => "Takk",
        "da" => "Tak",
        "de" => "Danke",
        "pl" => "Dziękuję",
        _ => "Thanks",
    }
}

#[test]
fn what_a_customer_wants_does_not_hang_on_how_it_is_written() {
    let changed = changed(Section::Intent, |example| {
        let ways = OF_MESSAGES.iter();
        ways.filter_map(|(way, rewrite)| Some((*way, rewrite(example.language(), example.text())?))).collect()
    });
    assert!(changed.is_empty(), "{} are heard otherwise:\n{}", changed.len(), changed.join("\n"));
}

/// What asks for what nobody may be asked for.
const REQUESTS: [&str; 3] = ["credential-request", "personal-data-request", "public-data-request"];

#[test]
fn a_reassurance_takes_no_request_back() {
    let changed = changed(Section::Act, |example| {
        let asks = REQUESTS.contains(&example.subject());
        let openings = if asks { reassurances(example.language()) } else { &[] };
        openings
            .iter()
            .map(|opening| ("a reassurance before it", format!("{opening}, {}", example.text())))
            .collect()
    });
    assert!(changed.is_empty(), "{} are heard otherwise:\n{}", changed.len(), changed.join("\n"));
}

/// Openings that deny something else.
fn reassurances(language: &str) -> &'static [&'static str] {
    match language {
        "nb" => &["Ikke noe problem", "Ingen fare"],
        "nn" => &["Ikkje noko problem", "Ingen fare"],
        "da" => &["Intet problem", "Ingen panik"],
        "de" => &["Kein Problem", "Keine Sorge", "Nicht schlimm"],
        "pl" => &["Nie ma problemu", "Żaden problem", "Nic nie szkodzi"],
        _ => &["No worries", "Don't worry", "Not a problem"],
    }
}

/// The rewritten examples of acts or intents in which it is not heard, though it was, or is heard, though it was not.
fn changed(section: Section, rewritten: impl Fn(&Example) -> Vec<(&'static str, String)>) -> Vec<String> {
    let (policy, suite) = Suite::load(&builtin_with_examples()).expect("the built-in packs are sound");
    let mut ears = Ears { policy: &policy, scratch: Scratch::default(), reading: Reading::default() };
    let of_section = suite.examples().filter(|example| {
        example.section() == section
            && policy.languages().iter().any(|language| language.as_str() == example.language())
    });
    let (mut tried, mut changed) = (0, Vec::new());
    for example in of_section {
        for (way, text) in rewritten(example) {
            tried += 1;
            if ears.hear(example, &text) != (example.expectation() == Expectation::Found) {
                changed.push(format!("{} with {way}: {text:?}", example.name()));
            }
        }
    }
    assert!(tried > 100, "{tried} texts were tried");
    changed
}

struct Ears<'p> {
    policy: &'p Policy,
    scratch: Scratch,
    reading: Reading,
}

impl Ears<'_> {
    /// Whether a text is heard as the act or the intent of an example.
    fn hear(&mut self, example: &Example, text: &str) -> bool {
        let Ears { policy, scratch, reading } = self;
        policy.read_into(text, Some(example.language()), scratch, reading).expect("it is short");
        match example.section() {
            Section::Intent => reading.intent.kind.as_ref().is_some_and(|kind| **kind == *example.subject()),
            _ => reading.acts.iter().any(|heard| heard.act.as_str() == example.subject()),
        }
    }
}
