//! Drafts: what svar writes passes its own policy, fits, and says nothing that a value put there.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::collections::BTreeSet;
use std::sync::OnceLock;

use chrono::{DateTime, FixedOffset};
use proptest::prelude::*;
use svar::case::{Fault, Visibility};
use svar::draft::{Draft, DroppedWhat, DroppedWhy, SlotType, SlotValues};
use svar::lexicon::AddressForm;
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

fn now() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-21T10:00:00+01:00").unwrap()
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
    for (part, at) in draft.parts.iter().zip(1..) {
        assert!(part.ends_with(&format!("({at}/{})", draft.parts.len())), "{part}");
    }
    assert_eq!(draft.acts.len(), draft.templates.len());
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
fn missing_values_are_named_all_at_once_with_their_types() {
    let case = asked("facebook", "en", "complaint");
    let policy = over_care(
        "[acts.promise.en.say]\nany = ['We will make sure that {product} works {date.by}.']\n\
         formal = []\nneutral = []\ninformal = []\n",
    );
    let options = acts(["apology", "promise", "deadline-promise"]);
    let error = policy.draft(&case, &SlotValues::new(), &options).unwrap_err();
    let DraftError::Missing(missing) = &error else { panic!("{error:?}") };
    let named: Vec<(&str, SlotType)> = missing.iter().map(|slot| (slot.slot(), slot.slot_type())).collect();
    assert_eq!(
        named,
        [("date", SlotType::Date), ("product", SlotType::Text), ("deadline", SlotType::Deadline)]
    );
    let text = error.to_string();
    assert_eq!(text, "values are missing for `date` (date), `product` (text), `deadline` (deadline)");
    // What is optional is only left out.
    let draft =
        draft(builtin(), &case, &SlotValues::new(), &acts(["apology"]).optional(["deadline-promise"]));
    let dropped = draft.dropped.iter().find(|dropped| dropped.what == DroppedWhat::Act).unwrap();
    assert_eq!((dropped.why, &*dropped.slots), (DroppedWhy::NoValue, &["deadline".to_owned()][..]));
}

#[test]
fn a_hostile_value_changes_nothing_but_its_own_words() {
    let case = asked("facebook", "en", "complaint");
    let greet = acts(["greeting", "apology"]);
    let name = |name: &str| builtin().draft(&case, &SlotValues::new().with("customer", name), &greet);
    for hostile in [
        "{agent}",
        "Kari} {link",
        "[Kari]",
        "<b>Kari</b>",
        "@everyone",
        "Kari @everyone",
        "＠all",
        "kari@example.com",
        "www.evil.example.com",
        "https://evil.example",
        "evil.com",
        "#ad",
        "Kari. We guarantee you a full refund",
        "Kari!!! You idiot",
        "1234",
        "",
        "  \u{200B} ",
        "a b c d e f g h i",
        "`rm -rf`",
        "*Kari*",
        "Kari|du",
        "Kari\\",
    ] {
        let error = name(hostile).unwrap_err();
        let DraftError::Values(values) = &error else { panic!("{hostile:?}: {error:?}") };
        let value = values.iter().next().unwrap();
        assert_eq!((value.slot(), value.slot_type()), ("customer", Some(SlotType::Name)), "{hostile:?}");
    }
    assert!(matches!(name(&"K".repeat(10_000)), Err(DraftError::Values(_))));
    assert!(matches!(name(&"K".repeat(100_000)), Err(DraftError::Values(_))));
    // What nobody sees is taken out; the name is said as one writes it.
    let plain = name("Kari").unwrap();
    for same in
        ["  Kari\u{202E} ", "Ka\u{200B}ri", "\u{2066}Kari\u{2069}", "KARI", "kari", "Kari 🌸", "Kari\n"]
    {
        assert_eq!(name(same).unwrap().text, plain.text, "{same:?}");
    }
    for good in ["Zoë O’Brien-Smith", "Dr. K. Lunde", "Łucja Żółć", "Нина", "José Ñandú", "Anne-Grete"]
    {
        let said = name(good).unwrap();
        assert!(said.text.contains(good.split(' ').next().unwrap()), "{}", said.text);
        is_sound(builtin(), &case, &said);
    }
    let line_breaks = name("Kari\n\nWe\nare").unwrap().text;
    assert!(!line_breaks.trim_end().contains("Kari\n"), "{line_breaks}");
}

#[test]
fn a_name_of_the_case_that_nobody_can_be_called_by_is_left_out() {
    let mut case = asked("facebook", "en", "complaint");
    case.customer.name = Some("@xX_slayer_Xx {agent}".to_owned());
    let said = draft(builtin(), &case, &SlotValues::new(), &acts(["apology"]));
    assert!(!said.text.contains("slayer"), "{}", said.text);
    let dropped = said.dropped.iter().find(|dropped| dropped.what == DroppedWhat::Value).unwrap();
    assert_eq!((dropped.why, &*dropped.slots), (DroppedWhy::NotUsable, &["customer".to_owned()][..]));
}

#[test]
fn values_fit_their_types_or_are_refused() {
    let case = asked("email", "en", "question");
    let error = |slot: &str, value: &str| {
        let slots = SlotValues::new().with(slot, value);
        match builtin().draft(&case, &slots, &acts(["information"])) {
            Err(DraftError::Values(values)) => values.iter().next().unwrap().why().to_owned(),
            other => panic!("{slot} = {value}: {other:?}"),
        }
    };
    for (slot, value) in [
        ("link", "http://fjordmobil.example/hjelp"),
        ("link", "https://fjordmobil.example/hjelp og https://evil.example"),
        ("link", "https://bank.example@evil.example/"),
        ("link", "javascript:alert(1)"),
        ("link", "fjordmobil.example"),
        ("contact", "call me"),
        ("contact", "a@b@c.example"),
        ("amount", "249,50 NOK"),
        ("amount", "249.50"),
        ("amount", "-5 NOK"),
        ("amount", "249.50 kroner"),
        ("date", "12.12.2026"),
        ("date", "2026-02-30"),
        ("date", "1066-10-14"),
        ("time", "25:00"),
        ("duration", "soon"),
        ("duration", "0h"),
        ("duration", "9000d"),
        ("deadline", "tomorrow"),
        ("deadline", "2026-12-24T14:00:00"),
        ("product", "Fjord {x}"),
        ("product", "Fjord. It never fails"),
        ("product", "@everyone"),
        ("answer", "Dear {name}, we are open."),
        ("answer", "Ask @everyone."),
        ("answer", "We are open [insert hours]."),
        ("answer", ""),
        ("costumer", "Kari"),
    ] {
        let why = error(slot, value);
        assert!(!why.is_empty(), "{slot} = {value}");
    }
}

#[test]
fn values_are_written_as_the_language_writes_them() {
    let written = |language: &str, template: &str, slots: &SlotValues| {
        let policy = over_care(&format!(
            "[acts.promise.{language}.say]\nany = ['{template}.']\nformal = []\nneutral = []\ninformal = []\n\
             [rules.'reply.wrong-language']\noff = true\n",
        ));
        let mut case = asked("messenger", language, "question");
        case.agent.name = None;
        case.messages.push(Message::agent("1"));
        draft(&policy, &case, slots, &acts(["promise"]).at(now())).text
    };
    let amount = |amount: &str| SlotValues::new().with("amount", amount);
    for (language, value, expected) in [
        ("nb", "1249.50 NOK", "1\u{a0}249,50 kr."),
        ("nb", "249 NOK", "249 kr."),
        ("nn", "1000000 NOK", "1\u{a0}000\u{a0}000 kr."),
        ("da", "1249.50 DKK", "1.249,50 kr."),
        ("de", "49.90 EUR", "49,90 €."),
        ("de", "1249.50 EUR", "1.249,50 €."),
        ("pl", "1249.50 PLN", "1\u{a0}249,50 zł."),
        ("en", "49.90 GBP", "£49.90."),
        ("en", "1249.5 NOK", "NOK 1,249.50."),
        ("en", "0.05 EUR", "€0.05."),
        ("en", "500 JPY", "JPY 500."),
    ] {
        assert_eq!(written(language, "{amount}", &amount(value)), expected);
    }
    let deadline = |at: &str| SlotValues::new().with("deadline", at);
    let (today, tomorrow, friday) =
        ("2026-11-21T14:00:00+01:00", "2026-11-22T09:30:00+01:00", "2026-12-11T14:00:00+01:00");
    for (language, at, expected) in [
        ("en", today, "By 14:00 today."),
        ("en", tomorrow, "By 9:30 tomorrow."),
        ("en", friday, "By 14:00 on Friday 11 December."),
        ("nb", today, "Innen klokka 14.00 i dag."),
        ("nb", friday, "Innen fredag 11. desember klokka 14.00."),
        ("da", friday, "Senest fredag den 11. december klokken 14.00."),
        ("de", today, "Heute bis 14:00 Uhr."),
        ("de", friday, "Bis Freitag, 11. Dezember, 14:00 Uhr."),
        ("pl", tomorrow, "Jutro do godz. 9:30."),
        ("pl", friday, "Do piątku 11 grudnia do godz. 14:00."),
    ] {
        assert_eq!(written(language, "{deadline.by}", &deadline(at)), expected);
    }
    let duration = |duration: &str| SlotValues::new().with("duration", duration);
    for (language, value, expected) in [
        ("en", "24h", "Within 24 hours."),
        ("en", "1h", "Within 1 hour."),
        ("nb", "2h", "Innen 2 timer."),
        ("de", "3d", "Innerhalb von 3 Tagen."),
        ("da", "30m", "Inden for 30 minutter."),
        ("pl", "24h", "W ciągu 24 godzin."),
        ("pl", "1h", "W ciągu 1 godziny."),
    ] {
        assert_eq!(written(language, "{duration.within}", &duration(value)), expected);
    }
    for (value, expected) in
        [("1h", "1 godzina."), ("3h", "3 godziny."), ("12h", "12 godzin."), ("22h", "22 godziny.")]
    {
        assert_eq!(written("pl", "{duration}", &duration(value)), expected);
    }
    let date = SlotValues::new().with("date", "2027-01-04").with("time", "9:05");
    assert_eq!(written("en", "{date.on} {time.at}", &date), "On Monday 4 January 2027 at 9:05.");
    assert_eq!(written("pl", "{date.on} {time.at}", &date), "W poniedziałek 4 stycznia 2027 o godz. 9:05.");
}

#[test]
fn address_follows_the_channel_the_policy_and_the_customer() {
    let form = |policy: &Policy, channel: &str, language: &str, customer: &str| {
        let mut case = asked(channel, language, "complaint");
        case.messages = vec![Message::customer(customer)];
        let route = if channel == "linkedin" { "private-invitation" } else { "thanks" };
        let draft = draft(policy, &case, &SlotValues::new(), &acts(["apology", "reassurance", route]));
        let heard = policy.read(&draft.text, Some(language)).unwrap().address.form;
        assert!(heard == draft.address || heard == AddressForm::None, "{heard:?}: {}", draft.text);
        draft.address
    };
    let german = (
        "Warum antwortet ihr nicht, könnt ihr mir helfen?",
        "Warum antworten Sie nicht? Ich bitte Sie um Hilfe.",
    );
    assert_eq!(form(builtin(), "facebook", "de", german.0), AddressForm::Informal);
    assert_eq!(form(builtin(), "facebook", "de", german.1), AddressForm::Formal);
    assert_eq!(form(builtin(), "facebook", "de", "Kaputt."), AddressForm::Formal);
    assert_eq!(form(builtin(), "linkedin", "de", german.0), AddressForm::Formal);
    assert_eq!(form(builtin(), "facebook", "pl", "Czemu mi nie odpisujesz?"), AddressForm::None);
    assert_eq!(form(builtin(), "facebook", "nb", "Hei"), AddressForm::Informal);
    let ours = over_care("[draft]\naddress = { de = 'informal', pl = 'informal' }\n");
    assert_eq!(form(&ours, "facebook", "de", german.1), AddressForm::Informal);
    assert_eq!(form(&ours, "linkedin", "de", german.0), AddressForm::Formal);
    assert_eq!(form(&ours, "facebook", "pl", "Dzień dobry"), AddressForm::Informal);
}

#[test]
fn emoji_answer_emoji_and_never_a_complaint() {
    let emoji = |intent: &str, customer: &str, channel: &str, policy: &Policy| {
        let mut case = asked(channel, "en", intent);
        case.messages = vec![Message::customer(customer)];
        let draft = draft(policy, &case, &SlotValues::new(), &acts(["thanks"]));
        is_sound(policy, &case, &draft);
        policy.read(&draft.text, Some("en")).unwrap().emoji.len()
    };
    assert_eq!(emoji("praise", "You were great 😍", "facebook", builtin()), 1);
    assert_eq!(emoji("praise", "You were great", "facebook", builtin()), 0);
    assert_eq!(emoji("complaint", "Not good 😡", "facebook", builtin()), 0);
    let none = over_care("[channels.facebook]\nemoji = { max = 0 }\n");
    assert_eq!(emoji("praise", "You were great 😍", "facebook", &none), 0);
    let other = over_care("[channels.facebook]\nemoji = { allow = ['🎉'] }\n");
    assert_eq!(
        emoji("praise", "You were great 😍", "facebook", &other),
        0,
        "none that goes with it is allowed"
    );
    let ruled = over_care("[rules.'ours.no-emoji']\nforbid = { detector = 'emoji' }\nseverity = 'error'\n");
    assert_eq!(emoji("praise", "You were great 😍", "facebook", &ruled), 0);
}

#[test]
fn what_does_not_fit_is_left_out_in_order_and_no_sentence_is_cut() {
    let long = acts(["apology", "reassurance"]).optional(["empathy", "thanks", "ownership"]);
    let with_limit = |max: usize| {
        let limits = format!("[channels.facebook]\nlimits = [{{ unit = 'code-points', max = {max} }}]\n");
        over_care(&limits)
    };
    let case = asked("facebook", "en", "complaint");
    let whole = draft(&with_limit(2000), &case, &SlotValues::new(), &long);
    assert_eq!(whole.acts.len(), 7, "{:?}", whole.acts);
    let mut last = whole.acts.len();
    for max in (30..240).rev().step_by(3) {
        let policy = with_limit(max);
        match policy.draft(&case, &SlotValues::new(), &long) {
            Ok(draft) => {
                is_sound(&policy, &case, &draft);
                assert!(draft.acts.len() <= last, "{max}: {}", draft.text);
                last = draft.acts.len();
                assert!(draft.acts.iter().any(|act| *act == "apology"));
                assert!(draft.acts.iter().any(|act| *act == "reassurance"));
                let gone = draft.dropped.iter().filter(|dropped| dropped.what == DroppedWhat::Act);
                let gone: Vec<&str> =
                    gone.filter_map(|dropped| Some(dropped.act.as_ref()?.as_str())).collect();
                let order = ["ownership", "thanks", "empathy", "signature", "greeting"];
                assert_eq!(gone, order[..gone.len()], "{max}");
            }
            Err(DraftError::TooLong(error)) => {
                assert!(error.length() > max && error.max() == max && error.unit() == "code-points");
                assert!(max < 60, "two short sentences fit into {max}");
                return;
            }
            Err(error) => panic!("{max}: {error}"),
        }
    }
    panic!("two sentences do not fit into thirty characters");
}

#[test]
fn a_long_answer_is_split_between_sentences_where_the_channel_allows_it() {
    let answer = "We are open from nine to five on weekdays, and from ten to three on Saturdays. ".repeat(5);
    let slots = SlotValues::new().with("answer", answer.trim());
    let case = asked("x", "en", "question");
    let split = draft(builtin(), &case, &slots, &acts(["information"]));
    is_sound(builtin(), &case, &split);
    assert_eq!(split.parts.len(), 2, "{:#?}", split.parts);
    let whole: String =
        split.parts.iter().map(|part| part.split(" (").next().unwrap()).collect::<Vec<_>>().join(" ");
    assert!(whole.contains(answer.trim()), "{whole}");
    let case = asked("tiktok", "en", "question");
    let error = builtin().draft(&case, &slots, &acts(["information"])).unwrap_err();
    assert!(matches!(error, DraftError::TooLong(_)), "{error:?}");
}

const CANNED: &str = "
[canned.hours]
title = 'opening hours'
[canned.hours.nb]
keywords = ['åpningstid*', 'når (åpner|stenger|har)']
say.any = ['Vi har åpent fra klokka 9 til 17 på hverdager.']
[canned.prices]
when = { intent = ['question', 'booking'] }
[canned.prices.nb]
keywords = ['(pris|prisen|priser|koster)', 'hvor mye']
say.any = ['Det koster 249 kr i måneden[, {customer.first}].']
[canned.closed]
when = { tag = 'holiday' }
nb.say.any = ['Vi har dessverre stengt i julen.']
";

#[test]
fn a_canned_reply_is_chosen_by_what_was_asked() {
    let policy = over_care(CANNED);
    assert!(policy.law().holds(), "{:#?}", policy.law().broken);
    let said = |text: &str, tag: &str, options: DraftOptions| {
        let mut case = asked("facebook", "nb", "question");
        case.messages = vec![Message::customer(text)];
        case.facts.tags.push(tag.to_owned());
        let draft = draft(&policy, &case, &SlotValues::new(), &options.seed(2));
        is_sound(&policy, &case, &draft);
        (draft.canned.clone(), draft.text)
    };
    let plain = || acts(["thanks"]);
    let (canned, text) = said("Hei, når åpner dere på lørdag?", "", plain());
    assert_eq!(canned.as_deref(), Some("hours"));
    assert!(text.contains("Vi har åpent fra klokka 9"), "{text}");
    assert_eq!(said("Hva koster det, og hva er prisen for to?", "", plain()).0.as_deref(), Some("prices"));
    assert_eq!(said("Hva koster det når åpner dere? Hvor mye?", "", plain()).0.as_deref(), Some("prices"));
    assert_eq!(said("Har dere kaffe?", "holiday", plain()).0.as_deref(), Some("closed"));
    assert_eq!(said("Har dere kaffe?", "", plain()).0, None);
    assert_eq!(said("Har dere kaffe?", "", plain().canned("hours")).0.as_deref(), Some("hours"));
    let error = policy.draft(&asked("x", "nb", "question"), &SlotValues::new(), &plain().canned("hour"));
    let Err(DraftError::Unknown(unknown)) = error else { panic!("{error:?}") };
    assert_eq!(unknown.nearest(), Some("hours"));
}

#[test]
fn a_canned_reply_answers_whatever_it_does() {
    let policy = over_care(
        "
        [canned.parcel]
        act = 'private-invitation'
        [canned.parcel.nb]
        keywords = ['pakke[n]']
        say.any = ['Send oss en privat melding med ordrenummeret, så ser vi etter pakken.']
        ",
    );
    let mut case = asked("facebook", "nb", "question");
    case.messages = vec![Message::customer("Hvor er pakken min?")];
    let said = draft(&policy, &case, &SlotValues::new(), &DraftOptions::default());
    is_sound(&policy, &case, &said);
    assert_eq!(said.canned.as_deref(), Some("parcel"), "{}", said.text);
    let known = SlotValues::new().with("answer", "Pakken er på vei.");
    let said = draft(&policy, &case, &known, &DraftOptions::default());
    assert!(said.text.contains("Pakken er på vei.") && said.text.contains("privat melding"), "{}", said.text);
}

#[test]
fn a_kind_of_remedy_that_there_is_not_is_told() {
    let options = acts(["thanks"]).remedy("refnd");
    let error = Policy::builtin().draft(&asked("x", "nb", "question"), &SlotValues::new(), &options);
    let Err(DraftError::Unknown(unknown)) = error else { panic!("{error:?}") };
    assert_eq!((unknown.name(), unknown.nearest()), ("refnd", Some("refund")));
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
fn the_built_in_policy_keeps_the_law() {
    let law = builtin().law();
    let broken: Vec<String> = law.broken.iter().map(ToString::to_string).collect();
    assert!(law.holds(), "{broken:#?}");
    assert!(law.templates > 500 && law.drafts > 1000, "{} {}", law.templates, law.drafts);
}

#[test]
fn a_policy_that_breaks_the_law_is_told_where() {
    let policy = over_care("languages = ['en']\n[acts.thanks.en.say]\ninformal = ['Fine weather today.']\n");
    let law = policy.law();
    assert!(!law.holds());
    let unheard = law.broken.iter().find(|broken| broken.code() == "template-unheard").unwrap();
    let location = unheard.location().unwrap();
    assert_eq!((location.source().name(), location.line()), ("ours.toml", 6));
    assert_eq!(unheard.severity(), Severity::Error);
    let policy = over_care(
        "languages = ['en']\n[rules.'ours.no-kindness']\nforbid = { pattern = '(?i)kind' }\nseverity = 'error'\n",
    );
    let law = policy.law();
    let rejected: Vec<_> = law.broken.iter().filter(|broken| broken.code() == "draft-rejected").collect();
    assert!(!rejected.is_empty() && rejected.iter().all(|broken| broken.location().is_some()), "{law:#?}");
    assert!(rejected[0].message().contains("`ours.no-kindness`"), "{}", rejected[0]);
}

#[test]
fn each_kind_of_compensation_has_its_own_amount() {
    let case = Case::from_json(
        r#"{"channel": "messenger", "language": "en", "messages": [
            {"from": "customer", "text": "No heating all night, terrible."},
            {"from": "agent", "text": "Hi! We're sorry, we take this seriously. When was that?"},
            {"from": "customer", "text": "Friday"}],
            "facts": {"intent": "complaint", "fault": "ours", "investigated": true,
            "loss": {"amount": "100", "currency": "EUR"}, "loss_kind": "service"}}"#,
    )
    .unwrap();
    let said = |kind: &str| {
        let options = DraftOptions::default().remedy(kind);
        builtin().draft(&case, &SlotValues::new(), &options).unwrap().text
    };
    // The first to be thought of is the service again, with a little on top; credit covers the loss as well.
    assert_eq!(builtin().remedies(&case, &[]).unwrap()[0].kind.as_str(), "re-performance");
    assert!(said("credit").contains("€120"), "{}", said("credit"));
    assert!(!said("re-performance").contains('€'), "{}", said("re-performance"));
}

#[test]
fn templates_are_tried_with_what_the_company_is_reached_by() {
    let policy = over_care(
        "languages = ['en']\nlinks.hosts = ['shop.acme.example']\n[brand]\nname = 'Acme'\n\
         contact = { email = 'service@acme.example' }\n[rules.'ours.contact']\nforbid = { pattern = 'fjordmobil' }\n\
         severity = 'error'\n[rules.'privacy.contact-data']\nseverity = 'error'\n",
    );
    let law = policy.law();
    assert!(law.holds(), "{:#?}", law.broken);
    // What is no contact cannot stand for one; the sample does.
    let odd = over_care("languages = ['en']\nbrand.contact.phone = 'ask us'\n");
    assert!(odd.law().holds(), "{:#?}", odd.law().broken);
}

#[test]
fn mistakes_in_templates_are_placed() {
    let errors = |say: &str| {
        let text = format!(
            "svar = 1\nname = 'ours'\nextends = ['svar:care']\n[acts.thanks.en.say]\nany = [{say}]\n"
        );
        let errors = Policy::builder().layer("ours.toml", text).build().unwrap_err();
        let first = errors.first();
        assert_eq!(first.location().unwrap().line(), 5);
        format!("{} {}", first.message(), first.help().unwrap_or_default())
    };
    for (say, expected) in [
        ("'Thanks, {costumer}.'", "did you mean `{customer}`?"),
        ("'Thanks, {customer.last}.'", "a name has `.first`"),
        ("'Thanks, {link.first}.'", "a link has no forms"),
        ("'Thanks[, {customer}.'", "a `[` that is not closed"),
        ("'Thanks, {customer.'", "a `{` that is not closed"),
        ("'Thanks, customer}.'", "a `}` that closes nothing"),
        ("'Thanks [a [b] c].'", "an optional part inside another"),
        ("'Thanks <a|b|c>.'", "a choice of address that is not two things"),
        ("'Thanks [].'", "an optional part with nothing in it"),
        ("' Thanks. '", "white space at its ends"),
        ("''", "nothing"),
        ("\"Thanks\\nyou.\"", "a line break or tab"),
        ("'Thanks \\'", "a `\\` at the end"),
    ] {
        let told = errors(say);
        assert!(told.contains(expected), "{say}: {told}");
    }
    assert!(errors(&format!("'{}.'", "a".repeat(2000))).contains("at most 1024 bytes"));
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

/// A conversation that went on: the customer has written again after an answer.
fn went_on(channel: &str, language: &str) -> Case {
    let mut case = asked(channel, language, "complaint");
    case.messages.push(Message::agent("…"));
    case.messages.push(Message::customer("…"));
    case
}

#[test]
fn a_letter_greets_each_time_and_a_post_once() {
    for language in builtin().languages() {
        let options = acts(["apology", "reassurance"]);
        let letter = draft(builtin(), &went_on("email", language.as_str()), &SlotValues::new(), &options);
        assert!(letter.acts.iter().any(|act| *act == *"greeting"), "{}", letter.text);
        let post = draft(builtin(), &went_on("facebook", language.as_str()), &SlotValues::new(), &options);
        assert!(post.acts.iter().all(|act| *act != *"greeting"), "{}", post.text);
    }
}

#[test]
fn what_was_said_is_not_said_again() {
    let mut slots = SlotValues::new();
    slots.set("deadline", "2026-11-23T14:00:00+01:00");
    for language in builtin().languages() {
        for seed in 0..8 {
            let case = asked("facebook", language.as_str(), "complaint");
            let options = acts(["deadline-promise"]).optional(["ownership"]).seed(seed).at(now());
            let text = draft(builtin(), &case, &slots, &options).text;
            assert_eq!(text.matches("14").count(), 1, "{text}");
        }
    }
}

#[test]
fn nobody_is_called_sie_and_by_the_first_name() {
    for seed in 0..8 {
        let mut case = asked("facebook", "de", "praise");
        case.messages[0].text = "Ich danke Ihnen sehr.".to_owned();
        let text = draft(builtin(), &case, &SlotValues::new(), &acts(["thanks"]).seed(seed)).text;
        assert!(text.contains("Kari Lunde"), "{text}");
        case.messages[0].text = "Ich danke dir und deinen Leuten sehr.".to_owned();
        let text = draft(builtin(), &case, &SlotValues::new(), &acts(["thanks"]).seed(seed)).text;
        assert!(text.contains("Kari") && !text.contains("Lunde"), "{text}");
    }
}

#[test]
fn a_heart_answers_a_heart_alone() {
    let mut case = asked("facebook", "en", "praise");
    let text =
        |case: &Case, seed| draft(builtin(), case, &SlotValues::new(), &acts(["thanks"]).seed(seed)).text;
    case.messages[0].text = "Great help, thank you 🙂".to_owned();
    assert!((0..12).all(|seed| !text(&case, seed).contains('❤')));
    case.messages[0].text = "Great help, thank you ❤".to_owned();
    assert!((0..12).any(|seed| text(&case, seed).contains('❤')));
}

#[test]
fn out_of_hours_a_reply_says_when_the_team_is_back() {
    let policy = over_care(
        "[sla]\ncalendar = 'office'\n[sla.targets.first-response]\npreset = 'strict'\ntime = 'business'\n\
         [calendars.office]\ntime_zone = 'Europe/Oslo'\nopen = { mon = ['09:00-16:00'], tue = ['09:00-16:00'] }\n",
    );
    let late = DateTime::parse_from_rfc3339("2026-11-23T20:10:00+01:00").unwrap();
    for language in policy.languages() {
        for intent in ["complaint", "question"] {
            for seed in 0..4 {
                let mut case = asked("facebook", language.as_str(), intent);
                case.messages[0].at = Some(late - chrono::TimeDelta::minutes(10));
                let options = DraftOptions::default().seed(seed).at(late);
                let draft = draft(&policy, &case, &SlotValues::new(), &options);
                assert!(draft.text.contains("9:00") || draft.text.contains("9.00"), "{}", draft.text);
                assert!(draft.report.findings.iter().all(|found| found.severity == Severity::Advice));
            }
        }
    }
}

#[test]
fn a_question_without_an_answer_says_what_is_missing() {
    let case = asked("facebook", "en", "question");
    let error = builtin().draft(&case, &SlotValues::new(), &DraftOptions::default()).unwrap_err();
    assert_eq!(error.to_string(), "values are missing for `answer` (sentences)");
}
