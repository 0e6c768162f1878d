//! The JSON Schema against documents: what svar keeps it keeps, and slips that svar finds it finds, too.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test says what it expects")]

mod documents;

use documents::documents_in;
use jsonschema::{Draft, Validator};
use serde_json::Value as Json;
use svar::policy::{TEMPLATE_CODES, built_in_packs, codes};
use svar::request::{
    ClockRequest, DraftRequest, ExpectationRequest, HealthRequest, NextRequest, ReadRequest, SurgeRequest,
    ValidateRequest,
};
use svar::schema::{Request, policy, request};
use svar::sla::clock::{CLOCK_CODES, CLOCK_WARNINGS};
use svar::source::{Document, Example, Sources};
use svar::time::{CALENDAR_CODES, CALENDAR_WARNINGS};

const COMMITTED: &str = include_str!("../include/policy.schema.json");

fn validator(schema: &str) -> Validator {
    let schema: Json = serde_json::from_str(schema).expect("the schema is JSON");
    jsonschema::options().with_draft(Draft::Draft202012).build(&schema).expect("the schema is a schema")
}

fn tree(text: &str) -> Json {
    let document = Document::parse(&mut Sources::new(), "document", text).expect("the text is a document");
    serde_json::to_value(&document.root).expect("a tree is JSON")
}

fn complaints(validator: &Validator, text: &str) -> Vec<String> {
    validator.iter_errors(&tree(text)).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn the_schema_that_is_committed_is_the_one_that_the_library_gives() {
    assert!(
        COMMITTED == policy().unwrap(),
        "include/policy.schema.json is out of date: cargo run --features cli -- schema > include/policy.schema.json"
    );
}

#[test]
fn every_built_in_pack_fits_the_schema() {
    let validator = validator(&policy().unwrap());
    for (name, text) in built_in_packs() {
        let complaints = complaints(&validator, text);
        assert!(complaints.is_empty(), "{name}: {}", complaints.join("\n"));
    }
}

#[test]
fn every_example_of_a_policy_fits_the_schema() {
    let validator = validator(&policy().unwrap());
    for file in documents_in("examples") {
        let text = std::fs::read_to_string(&file).expect("it is text");
        let complaints = complaints(&validator, &text);
        assert!(complaints.is_empty(), "{}: {}", file.display(), complaints.join("\n"));
    }
}

#[test]
fn every_page_of_a_policy_that_keeps_fits_the_schema() {
    let validator = validator(&policy().unwrap());
    let pages = svar::policy::POLICY_CODES.iter().chain(TEMPLATE_CODES).chain(svar::policy::LAW_CODES);
    let pages = pages.chain(CALENDAR_CODES).chain(CLOCK_CODES).chain(CALENDAR_WARNINGS).chain(CLOCK_WARNINGS);
    let mut seen = 0;
    for page in pages {
        for document in page.keeps.documents() {
            let text = std::str::from_utf8(&document).expect("what keeps is text");
            let complaints = complaints(&validator, text);
            assert!(complaints.is_empty(), "{}: {}\n{text}", page.code, complaints.join("\n"));
            seen += 1;
        }
    }
    assert!(seen > 50, "{seen} documents");
}

#[test]
fn the_slips_of_the_pages_are_found_by_the_schema_too() {
    let validator = validator(&policy().unwrap());
    // What is only wrong in itself, whatever else the document says.
    let own = ["unknown-key", "wrong-type", "out-of-range", "missing-key", "format-version", "unknown-value"];
    for page in svar::policy::POLICY_CODES.iter().filter(|page| own.contains(&page.code)) {
        if let Example::Documents([text]) = page.breaks {
            assert!(!complaints(&validator, text).is_empty(), "{}: {text}", page.code);
        }
    }
    assert!(codes().any(|page| page.code == "unknown-key"));
}

#[test]
fn slips_are_found_where_they_stand() {
    let validator = validator(&policy().unwrap());
    let slips = [
        ("name = 'acme'", "a document says its version"),
        ("svar = 2", "a version that is none"),
        ("svar = '1'", "a wrong type"),
        ("svar = 1\nlanguage_s = ['nb']", "a misspelt key"),
        ("svar = 1\n[brand]\nnames = 'Acme'", "a misspelt key of the brand"),
        ("svar = 1\n[brand.contact]\nmail = 'a@b.example'", "a misspelt key of a contact"),
        ("svar = 1\n[channels.facebook]\nregister = 'formel'", "a misspelt word"),
        ("svar = 1\n[channels.facebook]\nlimits = [{ unit = 'x' }]", "a limit without a maximum"),
        ("svar = 1\n[channels.Facebook]\nregister = 'formal'", "an id that is none"),
        ("svar = 1\n[channels.facebook.emoji]\nmax = '2'", "a number that is text"),
        ("svar = 1\n[rules.x]\nforbidd = { act = 'blame' }", "a misspelt kind"),
        ("svar = 1\n[rules.x]\nforbid = { acts = 'blame' }", "a misspelt target"),
        ("svar = 1\n[rules.x]\nforbid = { act = 'blame' }\nrequire = { act = 'apology' }", "two kinds"),
        ("svar = 1\n[rules.x]\nseverity = 'fatal'", "a severity that is none"),
        ("svar = 1\n[rules.x]\nwhen = { chanel = 'facebook' }", "a misspelt condition"),
        ("svar = 1\n[rules.x]\nwhen = { any = [{ chanel = 'facebook' }] }", "a misspelt condition inside"),
        ("svar = 1\n[rules.x]\nforbid = { detector = 'ibann' }", "a misspelt detector"),
        ("svar = 1\n[rules.x]\nlimit = { of = 'emojis', max = 1 }", "a misspelt measure"),
        ("svar = 1\n[rules.x]\nfix = { say = 'apology', at = 'top' }", "a place that is none"),
        ("svar = 1\n[acts.apology.nb]\nheer = ['beklager']", "a misspelt key of an act"),
        ("svar = 1\n[acts.apology.nb.say]\nformal = 'Beklager.'", "templates that are no list"),
        ("svar = 1\n[acts.apology.'*'.say]\nformal = ['Beklager.']", "templates for every language"),
        ("svar = 1\n[slots.order]\ntype = 'number'", "a type of slot that is none"),
        ("svar = 1\n[slots.Order]\ntype = 'text'", "the name of a slot that is none"),
        ("svar = 1\n[calendars.office]\nopen = { mon = '09:00-17:00' }", "hours that are no list"),
        ("svar = 1\n[calendars.office]\nopen = { monday = ['09:00-17:00'] }", "a misspelt weekday"),
        ("svar = 1\n[calendars.office]\nopen = { mon = ['9-17'] }", "hours that are none"),
        ("svar = 1\n[calendars.office]\nclosed = ['24.12.2026']", "a date that is none"),
        ("svar = 1\n[sla.targets.x]\nduration = '15 minutes'", "a duration that is none"),
        ("svar = 1\n[sla.targets.x]\nmetric = 'first-respons'", "a misspelt metric"),
        ("svar = 1\n[sla.targets.x]\nwhen = { heard = 'apology' }", "a condition that a clock cannot have"),
        ("svar = 1\n[sla.escalation.x]\nlevels = [{ at = '80 %' }]", "a mark that is none"),
        ("svar = 1\n[sla.health.rules.lates]\nat_least = 0.9", "a rule of health that is none"),
        ("svar = 1\n[playbooks.x.steps.y]\nclosed = [{ any = ['apology'] }]", "a misspelt key of a step"),
        ("svar = 1\n[playbooks.x]\nwhen = { step = 'identify' }", "a condition that a playbook cannot have"),
        ("svar = 1\n[remedies.x]\nkind = 'refunds'", "a kind of remedy that is none"),
        ("svar = 1\n[authority.agent]\ncase = { kroner = 200 }", "a currency that is none"),
        ("svar = 1\n[holidays.XX.days.a]\non = 1225", "a date that is a number"),
        ("svar = 1\n[language.nb]\nabbreviation = ['f.eks.']", "a misspelt key of a language"),
        ("svar = 1\n[intents.complain.nb]\n'x' = 1.0", "an intent that is none"),
        ("svar = 1\n[register.nb]\n'mvh' = '0.5'", "a weight that is text"),
    ];
    for (text, what) in slips {
        assert!(!complaints(&validator, text).is_empty(), "{what}: {text}");
    }
}

#[test]
fn a_layer_need_not_say_what_the_documents_below_say() {
    let validator = validator(&policy().unwrap());
    for text in [
        "svar = 1\n[rules.'tone.slang']\noff = true",
        "svar = 1\n[channels.facebook]\nemoji = { max = 1 }",
        "svar = 1\n[channels.facebook]\nframe = ['+', 'closing']\nmax_links = 1",
        "svar = 1\n[remedies.refund.ours]\nextra = 10",
        "svar = 1\n[acts.apology.en]\nhear = ['+', 'our bad']",
        "svar = 1\nlanguages = ['-', 'pl']",
    ] {
        let complaints = complaints(&validator, text);
        assert!(complaints.is_empty(), "{}: {text}", complaints.join("\n"));
    }
}

#[test]
fn every_key_is_explained() {
    fn look(schema: &Json, path: &str, missing: &mut Vec<String>) {
        let Json::Object(object) = schema else { return };
        if let Some(Json::Object(properties)) = object.get("properties") {
            // Names that packs have given are explained where the packs do so.
            let is_closed = object.get("additionalProperties") == Some(&Json::Bool(false));
            for (key, own) in properties {
                if is_closed && own.get("description").and_then(Json::as_str).is_none_or(str::is_empty) {
                    missing.push(format!("{path}.{key}"));
                }
            }
        }
        for (key, own) in object {
            match own {
                Json::Array(list) => list.iter().for_each(|own| look(own, path, missing)),
                own => look(own, &format!("{path}.{key}"), missing),
            }
        }
    }
    for schema in Request::ALL.into_iter().map(request).chain([policy()]).map(Result::unwrap) {
        let mut missing = Vec::new();
        look(&serde_json::from_str(&schema).expect("the schema is JSON"), "", &mut missing);
        assert!(missing.is_empty(), "{}", missing.join("\n"));
    }
}

#[test]
fn requests_have_schemas_that_agree_with_their_readers() {
    type Reads<'a> = &'a dyn Fn(&str) -> bool;
    let reads: [(Request, Reads<'_>); 8] = [
        (Request::Validate, &|text| ValidateRequest::from_json(text).is_ok()),
        (Request::Next, &|text| NextRequest::from_json(text).is_ok()),
        (Request::Draft, &|text| DraftRequest::from_json(text).is_ok()),
        (Request::Clock, &|text| ClockRequest::from_json(text).is_ok()),
        (Request::Read, &|text| ReadRequest::from_json(text).is_ok()),
        (Request::Surge, &|text| SurgeRequest::from_json(text).is_ok()),
        (Request::Health, &|text| HealthRequest::from_json(text).is_ok()),
        (Request::Expectation, &|text| ExpectationRequest::from_json(text).is_ok()),
    ];
    let case = r#"{"channel": "facebook", "messages": [{"from": "customer", "text": "Hei"}]}"#;
    let bodies = [
        "{}".to_owned(),
        format!(r#"{{"case": {case}}}"#),
        format!(r#"{{"case": {case}, "now": "2026-11-21T12:00:00+01:00"}}"#),
        format!(r#"{{"case": {case}, "now": "2026-11-21T11:00:00+0000"}}"#),
        format!(r#"{{"case": {case}, "now": "2026-11-21"}}"#),
        format!(r#"{{"case": {case}, "reply": "Hei"}}"#),
        format!(r#"{{"case": {case}, "replay": "Hei"}}"#),
        format!(
            r#"{{"case": {case}, "seed": 3, "slots": {{"customer": "Kari", "amount": {{"amount": "1", "currency": "NOK"}}}}}}"#
        ),
        format!(r#"{{"case": {case}, "seed": -3}}"#),
        r#"{"text": "Hei"}"#.to_owned(),
        r#"{"text": "Hei", "language": "nb"}"#.to_owned(),
        r#"{"text": 1}"#.to_owned(),
        format!(r#"{{"cases": [{case}, {case}], "now": "2026-11-21T12:00:00+01:00"}}"#),
        format!(r#"{{"cases": ["+", {case}], "now": "2026-11-21T12:00:00+01:00"}}"#),
        format!(r#"{{"cases": {case}, "now": "2026-11-21T12:00:00+01:00"}}"#),
        format!(r#"{{"cases": [{case}]}}"#),
        r#"{"expectation": "hutter-2010"}"#.to_owned(),
        r#"{"expectation": "hutter-2010", "seconds": 7200, "share": 0.7}"#.to_owned(),
        r#"{"expectation": "hutter-2010", "seconds": -1}"#.to_owned(),
        r#"{"expectation": "hutter-2010", "share": 70}"#.to_owned(),
        r#"{"case": {"channel": "facebook", "facts": {"fault": "our"}}}"#.to_owned(),
        r#"{"case": {"messages": []}}"#.to_owned(),
        r#"{"case": {"channel": "facebook", "messages": ["+"]}}"#.to_owned(),
        r#"{"case": {"channel": "facebook", "customer": {"name": "Kari Nordmann"}}}"#.to_owned(),
        r#"{"case": {"channel": "facebook", "customer": "Kari Nordmann"}}"#.to_owned(),
    ];
    for (of, is_read) in reads {
        let validator = validator(&request(of).unwrap());
        for body in &bodies {
            let fits = complaints(&validator, body).is_empty();
            assert_eq!(fits, is_read(body), "{of:?}: {body}");
        }
    }
}

#[test]
fn what_a_calendar_is_asked_fits_its_schema_and_slips_do_not() {
    let policy = svar::Policy::builtin();
    let validator = validator(&request(Request::Calendar).unwrap());
    let hours =
        r#""calendar": {"time_zone": "Europe/Oslo", "open": {"mon": ["09:00-16:00"]}, "holidays": ["NO"]}"#;
    for (body, right) in [
        (format!(r#"{{{hours}, "op": "add", "at": "2026-11-21T09:30:00+01:00", "seconds": -60}}"#), true),
        (
            format!(
                r#"{{{hours}, "op": "between", "at": "2026-11-21T09:30:00", "to": "2026-11-22T09:30:00Z"}}"#
            ),
            true,
        ),
        (format!(r#"{{{hours}, "op": "is-open", "at": "2026-11-21T09:30:00"}}"#), true),
        (r#"{"op": "holidays", "region": "NO", "year": 2026}"#.to_owned(), true),
        (r#"{"op": "holidays", "region": "NO", "year": 1066}"#.to_owned(), false),
        (format!(r#"{{{hours}, "op": "is_open", "at": "2026-11-21T09:30:00"}}"#), false),
        (format!(r#"{{{hours}, "op": "is-open", "on": "2026-11-21T09:30:00"}}"#), false),
        (format!(r#"{{{hours}, "op": "add", "at": "2026-11-21T09:30:00", "seconds": "60"}}"#), false),
        (r#"{"op": "is-open", "calendar": {"openn": {}}, "at": "2026-11-21T09:30:00"}"#.to_owned(), false),
        (
            r#"{"op": "is-open", "calendar": {"time_zone": "Europe/Oslo", "open": {"mon": ["+", "09:00-16:00"]}}, "at": "2026-11-21T09:30:00"}"#.to_owned(),
            false,
        ),
        (r#"{"op": "is-open", "calendar": {}, "at": "tomorrow"}"#.to_owned(), false),
        ("{}".to_owned(), false),
    ] {
        let answer = svar::request::calendar(&policy, &body);
        assert_eq!(answer.is_ok(), right, "{body}: {answer:?}");
        assert_eq!(complaints(&validator, &body).is_empty(), right, "{body}");
    }
}
