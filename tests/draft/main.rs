//! Drafts: what svar writes passes its own policy, fits, and says nothing that a value put there.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod canned;
mod care;
mod fit;
mod law;
mod manner;
mod names;
mod pair;
mod values;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use chrono::{DateTime, FixedOffset};
use proptest::prelude::*;
use svar::case::{Fault, Visibility};
use svar::draft::{Draft, SlotValues};
use svar::policy::{DraftError, DraftOptions};
use svar::source::Severity;
use svar::text::{Unit, entities, lengths};
use svar::{Case, Message, Policy, request};

fn builtin() -> &'static Policy {
    static POLICY: OnceLock<Policy> = OnceLock::new();
    POLICY.get_or_init(Policy::builtin)
}

/// A layer over the built-in policy.
fn over_care(rest: &str) -> Policy {
    let text = format!("svar = 1\nname = 'ours'\nextends = ['svar:care']\n{rest}");
    Policy::builder().layer("ours.toml", text).build().unwrap_or_else(|errors| panic!("{}", errors.render()))
}

fn asked(channel: &str, language: &str, intent: &str) -> Case {
    let mut case = Case::new(channel);
    case.language = Some(language.to_owned());
    case.messages.push(Message::customer("…"));
    case.facts.intent = Some(intent.to_owned());
    case.customer.name = Some("Kari Lunde".to_owned());
    case.agent.name = Some("Lise".to_owned());
    case
}

fn acts<'a>(acts: impl IntoIterator<Item = &'a str>) -> DraftOptions {
    DraftOptions::default().acts(acts)
}

#[track_caller]
fn draft(policy: &Policy, case: &Case, slots: &SlotValues, options: &DraftOptions) -> Draft {
    policy.draft(case, slots, options).unwrap_or_else(|error| panic!("{error}\n{error:#?}"))
}

/// What every draft keeps, whatever it says.
#[track_caller]
fn is_sound(policy: &Policy, case: &Case, draft: &Draft) {
    let mut there = case.clone();
    there.channel.clone_from(&draft.channel);
    there.visibility = Some(draft.visibility);
    there.language = Some(draft.language.as_str().to_owned());
    assert!(!draft.text.contains(['{', '}']), "{}", draft.text);
    assert!(!draft.text.contains("  ") && draft.text.trim() == draft.text, "{:?}", draft.text);
    let channel = policy.channels().iter().find(|channel| channel.id() == draft.channel).unwrap();
    let parts = if draft.parts.is_empty() { std::slice::from_ref(&draft.text) } else { &draft.parts };
    for part in parts {
        for limit in channel.limits(draft.visibility) {
            // Counted here and not by svar, where the unit is nobody's own.
            let length = match limit.unit {
                Unit::Bytes => part.len(),
                Unit::Utf16 => part.encode_utf16().count(),
                Unit::CodePoints => part.chars().count(),
                unit => {
                    let mut found = Vec::new();
                    entities(part, &mut found);
                    lengths(part, &found).get(unit)
                }
            };
            assert!(length <= limit.max, "{length} {} of {}: {part}", limit.unit, limit.max);
        }
    }
    if draft.parts.is_empty() {
        let report = policy.validate(&there, &draft.text, None).unwrap();
        assert!(report.passes(), "{}\n{:#?}", draft.text, report.findings);
        assert_eq!(report, draft.report, "it was judged as it is");
    }
    for finding in &draft.report.findings {
        assert_eq!(
            draft.text.get(finding.span.start..finding.span.end),
            Some(&*finding.evidence),
            "{finding:?}"
        );
    }
    for (part, at) in draft.parts.iter().zip(1..) {
        assert!(part.ends_with(&format!("({at}/{})", draft.parts.len())), "{part}");
    }
    assert_eq!(draft.acts.len(), draft.templates.len());
}

fn now() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-21T10:00:00+01:00").unwrap()
}

#[test]
fn every_channel_and_language_gets_a_reply_that_passes() {
    let policy = builtin();
    for channel in policy.channels() {
        for language in policy.languages() {
            for &visibility in channel.visibilities() {
                for seed in 0..4 {
                    let mut case = asked(channel.id(), language.as_str(), "complaint");
                    case.visibility = Some(visibility);
                    let route = match (visibility, channel.private_route()) {
                        (Visibility::Public, Some(_)) => "private-invitation",
                        (Visibility::Public, None) => "other-contact",
                        (Visibility::Private, _) => "ownership",
                    };
                    let options = acts(["apology", "reassurance", route]).seed(seed);
                    let draft = draft(policy, &case, &SlotValues::new(), &options);
                    is_sound(policy, &case, &draft);
                    for act in ["apology", "reassurance", route] {
                        let reading = policy.read(&draft.text, Some(language.as_str())).unwrap();
                        assert!(reading.hears(act), "{act} is not heard in: {}", draft.text);
                    }
                    let doubts =
                        draft.report.findings.iter().filter(|found| found.severity > Severity::Advice);
                    assert_eq!(doubts.count(), 0, "{}\n{:#?}", draft.text, draft.report.findings);
                }
            }
        }
    }
}

#[test]
fn the_same_seed_says_the_same_and_twenty_seeds_do_not_read_alike() {
    for language in ["en", "nb"] {
        let case = asked("facebook", language, "complaint");
        let options = acts(["apology", "reassurance", "private-invitation"]).optional(["thanks", "empathy"]);
        let texts: Vec<String> = (0..20)
            .map(|seed| {
                let options = options.clone().seed(seed);
                let once = draft(builtin(), &case, &SlotValues::new(), &options);
                let again = draft(builtin(), &case, &SlotValues::new(), &options);
                assert_eq!(once, again);
                let openings: Vec<String> = once.text.split(['.', '!', '?']).map(opening).collect();
                let different: BTreeSet<&String> =
                    openings.iter().filter(|words| !words.is_empty()).collect();
                let all = openings.iter().filter(|words| !words.is_empty()).count();
                assert!(different.len() + 1 >= all, "sentences open alike: {}", once.text);
                once.text
            })
            .collect();
        let different: BTreeSet<&String> = texts.iter().collect();
        assert!(different.len() >= 18, "{} of 20 in {language}: {texts:#?}", different.len());
    }
}

fn opening(sentence: &str) -> String {
    sentence.split_whitespace().take(2).collect::<Vec<_>>().join(" ").to_lowercase()
}

#[test]
fn a_reply_that_breaks_a_rule_is_never_returned() {
    let case = asked("facebook", "en", "question");
    let slots = SlotValues::new().with("answer", "You should have read the terms.");
    let error = builtin().draft(&case, &slots, &acts(["information"])).unwrap_err();
    let DraftError::Rejected(rejected) = &error else { panic!("{error:?}") };
    let (finding, template) = rejected.errors().next().unwrap();
    assert_eq!(finding.rule, "tone.blame");
    let template = template.unwrap();
    assert_eq!(template.act.as_str(), "information");
    assert!(template.template.starts_with("{answer}"), "{}", template.template);
    assert!(template.location.as_ref().unwrap().line() > 1);
    assert!(error.to_string().starts_with("the reply breaks `tone.blame` (svar:say/en:"), "{error}");
}

#[test]
fn a_request_in_json_is_answered_in_json() {
    let mut scratch = svar::Scratch::default();
    let mut answer = |text: &str| request::draft(builtin(), text, &mut scratch);
    let case = r#""case": {"channel": "x", "language": "nb", "customer": {"name": "Kari"},
        "messages": [{"from": "customer", "text": "Nettet er nede igjen!"}], "facts": {"intent": "complaint"}}"#;
    let text =
        answer(&format!(r#"{{{case}, "acts": ["apology", "private-invitation"], "seed": 4}}"#)).unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["visibility"], "public");
    assert_eq!(json["acts"], serde_json::json!(["greeting", "apology", "private-invitation"]));
    assert!(json["templates"][1]["line"].as_u64().unwrap() > 1);
    let errors = answer(&format!(r#"{{{case}, "acts": ["deadline-promise"]}}"#)).unwrap_err();
    assert_eq!(errors.first().code(), "missing-slot");
    let slots =
        r#""slots": {"deadline": "2026-11-21T14:00:00+01:00", "amount": {"amount": "5", "currency": "NOK"}}"#;
    let now = r#""now": "2026-11-21T10:00:00+01:00""#;
    let text = answer(&format!(r#"{{{case}, "acts": ["deadline-promise"], {slots}, {now}}}"#)).unwrap();
    assert!(text.contains("innen klokka 14.00 i dag"), "{text}");
    assert!(answer(&format!(r#"{{{case}, "slots": {{"customer": 7}}}}"#)).is_err());
    assert!(answer(&format!(r#"{{{case}, "actz": []}}"#)).is_err());
}

/// Policies that differ in what drafts depend on.
fn policies() -> &'static [Policy] {
    static POLICIES: OnceLock<Vec<Policy>> = OnceLock::new();
    POLICIES.get_or_init(|| {
        [
            "",
            "[channels.facebook]\nregister = 'formal'\nlimits = [{ unit = 'bytes', max = 160 }]\n",
            "[channels.facebook]\nregister = 'neutral'\nemoji = { max = 0 }\nmax_parts = 3\nlimits = [{ unit = 'graphemes', max = 120 }]\n",
            "[draft]\naddress = { de = 'informal', pl = 'informal' }\n[channels.x]\nregister = 'formal'\nframe = ['closing', 'signature']\n",
            "[draft]\naddress = { de = 'none', pl = 'formal' }\n[channels.email]\nregister = 'informal'\nlimits = [{ unit = 'utf16', max = 300 }, { unit = 'bytes', max = 310 }]\n",
        ]
        .into_iter()
        .map(over_care)
        .collect()
    })
}

#[test]
fn who_wrote_in_private_is_answered_in_private_whatever_is_to_be_said() {
    let mut case = Case::new("facebook");
    let mut message = Message::customer("Terrible service! Waiting three weeks and still no answer.");
    message.visibility = Some(Visibility::Private);
    case.messages.push(message);
    case.language = Some("en".to_owned());
    for options in [DraftOptions::default(), acts(["apology"])] {
        let draft = draft(builtin(), &case, &SlotValues::new(), &options);
        assert_eq!((&*draft.channel, draft.visibility), ("messenger", Visibility::Private));
        is_sound(builtin(), &case, &draft);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_asked_a_draft_passes_or_says_what_is_missing(
        policy in 0usize..5,
        channel in 0usize..20,
        language in 0usize..6,
        intent in prop::sample::select(vec!["complaint", "question", "booking", "praise", "other"]),
        fault in prop::sample::select(vec![Fault::Ours, Fault::Theirs, Fault::Unknown]),
        private in any::<bool>(),
        asks in prop::collection::vec(prop::sample::select(vec![
            "apology", "empathy", "reassurance", "ownership", "thanks", "private-invitation", "other-contact",
            "question", "information", "next-step", "responsibility", "bot-disclosure",
        ]), 1..5),
        seed in any::<u64>(),
        name in prop_oneof![Just("Kari".to_owned()), "\\PC{0,30}", "[\\{\\}\\[\\]@#<>a-zA-Z \\u{202e}\\u{200b}]{0,20}"],
        answer in "[a-zæøåąć]{2,9}( [a-zæøåąć]{2,9}){0,40}\\.",
    ) {
        let policy = &policies()[policy];
        let channel = &policy.channels()[channel % policy.channels().len()];
        let language = policy.languages()[language].as_str();
        let mut case = asked(channel.id(), language, intent);
        case.visibility = private.then_some(Visibility::Private);
        case.facts.fault = fault;
        case.customer.name = Some(name);
        let mut asks = asks;
        asks.dedup();
        let slots = SlotValues::new().with("answer", answer);
        match policy.draft(&case, &slots, &acts(asks).seed(seed)) {
            Ok(draft) => is_sound(policy, &case, &draft),
            Err(DraftError::Rejected(rejected)) => {
                // Only where the answer itself, which is nobody's template, breaks a rule.
                for (finding, template) in rejected.errors() {
                    prop_assert!(template.is_some_and(|template| template.template.starts_with("{answer}"))
                        || finding.rule == "reply.look-alike", "{:?}\n{}", finding, rejected.text());
                }
            }
            Err(DraftError::TooLong(_) | DraftError::NoTemplate(_)) => {}
            Err(error) => prop_assert!(false, "{error:?}"),
        }
    }
}
