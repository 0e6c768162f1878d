//! What is filled into a reply, and what cannot be.

use chrono::{DateTime, FixedOffset, Utc};
use svar::draft::{DroppedWhat, DroppedWhy, SlotType, SlotValue, SlotValues};
use svar::policy::{DraftError, DraftOptions};
use svar::{Case, Message, Policy};

use super::{acts, asked, builtin, draft, is_sound, now, over_care};

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
fn a_question_without_an_answer_says_what_is_missing() {
    let case = asked("facebook", "en", "question");
    let error = builtin().draft(&case, &SlotValues::new(), &DraftOptions::default()).unwrap_err();
    assert_eq!(error.to_string(), "values are missing for `answer` (sentences)");
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
fn a_kind_of_remedy_that_there_is_not_is_told() {
    let options = acts(["thanks"]).remedy("refnd");
    let error = Policy::builtin().draft(&asked("x", "nb", "question"), &SlotValues::new(), &options);
    let Err(DraftError::Unknown(unknown)) = error else { panic!("{error:?}") };
    assert_eq!((unknown.name(), unknown.nearest()), ("refnd", Some("refund")));
}

#[test]
fn the_ends_of_time_are_refused_and_no_panic() {
    let case = asked("facebook", "en", "complaint");
    let east = FixedOffset::east_opt(3600).unwrap();
    let west = FixedOffset::west_opt(3600).unwrap();
    let ends = [DateTime::<Utc>::MAX_UTC.with_timezone(&east), DateTime::<Utc>::MIN_UTC.with_timezone(&west)];
    for end in ends {
        let slots = SlotValues::new().with("deadline", SlotValue::Instant(end));
        let error = builtin().draft(&case, &slots, &acts(["deadline-promise"])).unwrap_err();
        let DraftError::Values(values) = &error else { panic!("{error:?}") };
        assert_eq!(values.iter().next().unwrap().why(), "it is outside the years 2000 to 2100");
        // Nor does the clock of the host: what is to come is said, what has passed is refused.
        let at = DateTime::parse_from_rfc3339("2026-12-24T14:00:00+01:00").unwrap();
        let slots = SlotValues::new().with("deadline", SlotValue::Instant(at));
        let said = builtin().draft(&case, &slots, &acts(["deadline-promise"]).at(end));
        match said {
            Ok(said) => assert!(end < at && said.text.contains("24 December"), "{}", said.text),
            Err(error) => assert!(at < end && passed(&error) == [("deadline".to_owned(), at)], "{error:?}"),
        }
    }
}

/// The slots whose instant has passed, each with that instant.
fn passed(error: &DraftError) -> Vec<(String, DateTime<FixedOffset>)> {
    let DraftError::Values(values) = error else { panic!("{error:?}") };
    values.iter().map(|value| (value.slot().to_owned(), value.passed().unwrap())).collect()
}

#[test]
fn no_draft_promises_what_has_passed() {
    let case = asked("facebook", "en", "complaint");
    let at = |at: &str| DateTime::parse_from_rfc3339(at).unwrap();
    let now = at("2026-11-21T17:00:20+01:00");
    let promise = acts(["deadline-promise"]);
    let slots = |slot: &str, at: &str| SlotValues::new().with(slot, at);
    for (slot, due) in [
        ("deadline", "2026-11-17T14:00:00+01:00"),
        ("deadline", "2026-11-21T17:00:20+01:00"),
        ("deadline", "2026-11-21T15:59:00Z"),
        // It is said to the minute, which has passed.
        ("deadline", "2026-11-21T17:00:40+01:00"),
        ("opening", "2026-11-20T09:00:00+01:00"),
    ] {
        let error = builtin().draft(&case, &slots(slot, due), &promise.clone().at(now)).unwrap_err();
        assert_eq!(passed(&error), [(slot.to_owned(), at(due))]);
        let told =
            format!("the value of `{slot}` cannot be said: `{}` is not after now", at(due).to_rfc3339());
        assert_eq!(error.to_string(), told);
    }
    // What is still to come is said; and where nobody says what time it is, so is everything.
    let (soon, past) = ("2026-11-21T17:01:00+01:00", "2026-11-17T14:00:00+01:00");
    let said = draft(builtin(), &case, &slots("deadline", soon), &promise.clone().at(now));
    assert!(said.text.contains("17:01 today"), "{}", said.text);
    let said = draft(builtin(), &case, &slots("deadline", past), &promise);
    assert!(said.text.contains("17 November"), "{}", said.text);
}

#[test]
fn nothing_is_promised_until_a_day_that_is_over() {
    let case = asked("facebook", "en", "complaint");
    let saying = |templates: &str| {
        let case = case.clone();
        let policy = over_care(&format!(
            "[acts.promise.en.say]\nany = [{templates}]\nformal = []\nneutral = []\ninformal = []\n"
        ));
        move |date: &str| {
            let slots = SlotValues::new().with("date", date);
            policy.draft(&case, &slots, &acts(["promise"]).at(now())).map(|draft| draft.text)
        }
    };
    let by = saying("'We will make sure that it works {date.by}.'");
    let Err(DraftError::Values(values)) = by("2026-11-20") else { panic!("{:?}", by("2026-11-20")) };
    let why: Vec<_> = values.iter().map(|value| (value.slot(), value.why())).collect();
    assert_eq!(why, [("date", "nothing can be promised until a day that is over")]);
    assert!(by("2026-11-21").is_ok_and(|text| text.contains("by Saturday 21 November")));
    // What is told of a day that is over is no promise.
    let other = saying(
        "'We will make sure that it works {date.by}.', 'We will make sure that what broke {date.on} works.', 'We will make sure that it works[ {date.by}].'",
    );
    assert!(other("2026-11-20").is_ok_and(|text| text.contains("broke on Friday 20 November")));
    let optional = saying("'We will make sure that it works[ {date.by}].'");
    assert!(optional("2026-11-20").is_ok_and(|text| text.contains("that it works.")));
}

#[test]
fn a_deadline_is_written_as_any_instant() {
    let case = asked("facebook", "en", "complaint");
    let said = |at: &str| {
        let slots = SlotValues::new().with("deadline", at);
        draft(builtin(), &case, &slots, &acts(["deadline-promise"])).text
    };
    let usual = said("2026-12-24T14:00:00+01:00");
    assert!(usual.contains("14:00"), "{usual}");
    assert_eq!(said("2026-12-24T14:00:00+0100"), usual);
    assert_eq!(said("2026-12-24T14:00:00Z"), usual);
}

#[test]
fn a_company_is_called_what_it_calls_itself() {
    for name in
        ["Yahoo!", "Booking.com", "Allegro.pl", "Fragen? AG", "Globus Sp. z o.o.", "Otto & Co.", "1&1"]
    {
        let policy = over_care(&format!(
            "brand.name = '{name}'\n[canned.who.en]\nkeywords = ['who']\nsay.any = ['You have reached {{brand}}. How can we help?']\n"
        ));
        for seed in 0..6 {
            let case = asked("facebook", "en", "question");
            let said = draft(&policy, &case, &SlotValues::new(), &acts(["thanks"]).canned("who").seed(seed));
            let reached = format!("You have reached {}. How", name.trim_end_matches(['.', '!']));
            let marked = format!("You have reached {name} How");
            assert!(said.text.contains(&reached) || said.text.contains(&marked), "{name}: {}", said.text);
            assert!(!said.text.contains("..") && !said.text.contains("!."), "{}", said.text);
        }
    }
    let case = asked("facebook", "en", "question");
    for no_name in
        ["Fjord. It never fails", "Yahoo! You are an idiot", "@acme", "a|b", "https://acme.example", "!!", ""]
    {
        let slots = SlotValues::new().with("brand", no_name);
        let error = builtin().draft(&case, &slots, &acts(["greeting"])).unwrap_err();
        assert!(matches!(error, DraftError::Values(_)), "{no_name}: {error:?}");
    }
}

#[test]
fn the_own_name_is_no_link() {
    let policy = over_care("brand.name = 'Booking.com'\nlinks.hosts = ['help.example']\n");
    let case = asked("instagram", "en", "question");
    let links = |reply: &str| {
        let report = policy.validate(&case, reply, None).unwrap();
        report.findings.iter().filter(|finding| finding.rule.as_str().contains("link")).count()
    };
    assert_eq!(links("Hi Anna! Booking.com is open from nine to five. /Lise"), 0);
    assert!(links("Hi Anna! Look at booking.com/trips for the hours. /Lise") > 0);
    assert!(links("Hi Anna! Look at trips.com for the hours. /Lise") > 0);
}
