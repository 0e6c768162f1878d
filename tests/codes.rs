//! Every page of a code: its example brings the code about, and the mended one does not.

#![allow(clippy::expect_used, clippy::panic, reason = "a test says what it expects")]

use svar::policy::{
    DRAFT_CODES, EXAMPLE_CODE, LAW_CODES, LINT_CODES, NO_TESTS_CODE, POLICY_CODES, REQUEST_CODES,
    TEMPLATE_CODES, TEST_CODE, TEST_CODES, UNTESTED_CODE, codes,
};
use svar::request::ClockRequest;
use svar::sla::clock::{CLOCK_CODES, CLOCK_REQUEST_CODES, CLOCK_WARNINGS};
use svar::source::{Code, Diagnostic, Diagnostics, Example};
use svar::testing::{Suite, check};
use svar::time::{CALENDAR_CODES, CALENDAR_REQUEST_CODES, CALENDAR_WARNINGS};
use svar::{Policy, PolicyBuilder, Scratch, request};

fn documents(example: &Example) -> Vec<String> {
    let documents = example.documents();
    documents
        .iter()
        .map(|bytes| String::from_utf8(bytes.to_vec()).expect("these examples are text"))
        .collect()
}

fn build(example: &Example) -> Result<Policy, Diagnostics> {
    builder(example).build()
}

fn builder(example: &Example) -> PolicyBuilder {
    let mut documents = documents(example);
    let layer = documents.pop().expect("an example has a document");
    let mut builder = Policy::builder();
    for pack in documents {
        let name = pack.lines().find_map(|line| line.strip_prefix("name = ")).expect("a pack has a name");
        builder = builder.pack(name.trim_matches('\''), pack.clone());
    }
    builder.layer("policy.toml", layer)
}

fn has(code: &Code, errors: &Diagnostics) -> bool {
    errors.iter().any(|diagnostic| diagnostic.code() == code.code)
}

#[test]
fn every_code_of_a_policy_has_an_example_that_breaks_it_and_one_that_keeps_it() {
    for code in POLICY_CODES.iter().chain(CALENDAR_CODES).chain(CLOCK_CODES).chain(TEMPLATE_CODES) {
        let errors = build(&code.breaks).expect_err(code.code);
        assert!(has(code, &errors), "{}: {}", code.code, errors.render());
        assert!(errors.first().location().is_some(), "{} has a place", code.code);
        if let Err(errors) = build(&code.keeps) {
            panic!("{}: {}", code.code, errors.render());
        }
    }
}

#[test]
fn every_code_of_a_request_has_an_example_that_breaks_it_and_one_that_keeps_it() {
    let policy = Policy::builtin();
    let mut scratch = Scratch::default();
    let mut validate = |example: &Example| {
        let mut documents = documents(example);
        let request = documents.pop().expect("an example has a document");
        let own = documents.pop().map(|text| Policy::from_toml(&text).expect("the policy is sound"));
        request::validate(own.as_ref().unwrap_or(&policy), &request, &mut scratch)
    };
    for code in REQUEST_CODES {
        let errors = validate(&code.breaks).expect_err(code.code);
        assert!(has(code, &errors), "{}: {}", code.code, errors.render());
        if let Err(errors) = validate(&code.keeps) {
            panic!("{}: {}", code.code, errors.render());
        }
    }
}

#[test]
fn every_warning_has_an_example_that_brings_it_about_and_one_that_does_not() {
    for code in CALENDAR_WARNINGS.iter().chain(CLOCK_WARNINGS) {
        let warns = |example| {
            let policy = build(example).unwrap_or_else(|errors| panic!("{}: {}", code.code, errors.render()));
            let warnings = policy.warnings();
            assert!(warnings.iter().all(|warning| warning.location().is_some()), "{}", code.code);
            warnings.iter().any(|warning| warning.code() == code.code)
        };
        assert!(warns(&code.breaks), "{}", code.code);
        assert!(!warns(&code.keeps), "{}", code.code);
    }
}

#[test]
fn every_code_of_the_lint_has_an_example_that_brings_it_about_and_one_that_does_not() {
    for code in LINT_CODES {
        let found = check(&builder(&code.breaks));
        let own: Vec<_> = found.iter().filter(|found| found.code() == code.code).collect();
        assert!(!own.is_empty(), "{}: {found:?}", code.code);
        for found in own {
            assert!(found.location().is_some() && found.help().is_some(), "{found}");
        }
        let kept = check(&builder(&code.keeps));
        assert!(kept.iter().all(|found| found.code() != code.code), "{}: {kept:?}", code.code);
    }
}

#[test]
fn every_code_of_a_calendar_request_has_an_example_that_breaks_it_and_one_that_keeps_it() {
    let policy = Policy::builtin();
    for code in CALENDAR_REQUEST_CODES {
        let text = |example| documents(example).pop().expect("an example has a document");
        let errors = request::calendar(&policy, &text(&code.breaks)).expect_err(code.code);
        assert!(has(code, &errors), "{}: {}", code.code, errors.render());
        assert!(errors.first().location().is_some(), "{} has a place", code.code);
        if let Err(errors) = request::calendar(&policy, &text(&code.keeps)) {
            panic!("{}: {}", code.code, errors.render());
        }
    }
}

#[test]
fn every_code_of_a_clock_request_has_an_example_that_brings_it_about_and_one_that_does_not() {
    let policy = Policy::builtin();
    for code in CLOCK_REQUEST_CODES {
        let has = |example| {
            let text = documents(example).pop().expect("an example has a document");
            let request = ClockRequest::from_json(&text).expect(code.code);
            match policy.clocks(&request.case, request.now) {
                Ok(clocks) => clocks.warnings.iter().any(|warning| warning.code() == code.code),
                Err(error) => Diagnostic::from(error).code() == code.code,
            }
        };
        assert!(has(&code.breaks), "{}", code.code);
        assert!(!has(&code.keeps), "{}", code.code);
    }
}

#[test]
fn every_code_says_what_to_do() {
    for code in codes() {
        assert!(!code.title.is_empty() && code.advice.ends_with(['.', '`']), "{}", code.code);
    }
}

#[test]
fn every_code_of_the_law_has_an_example_that_breaks_it_and_one_that_keeps_it() {
    for code in LAW_CODES {
        let law = |example| match build(example) {
            Ok(policy) => policy.law(),
            Err(errors) => panic!("{}: {}", code.code, errors.render()),
        };
        let breaks = law(&code.breaks);
        assert!(breaks.broken.iter().any(|broken| broken.code() == code.code), "{}: {breaks:?}", code.code);
        assert_eq!(law(&code.keeps).broken, [], "{}", code.code);
    }
}

#[test]
fn every_code_of_a_draft_has_an_example_that_breaks_it_and_one_that_keeps_it() {
    let policy = Policy::builtin();
    let mut scratch = Scratch::default();
    for code in DRAFT_CODES {
        let text = |example| documents(example).pop().expect("an example has a document");
        let errors = request::draft(&policy, &text(&code.breaks), &mut scratch).expect_err(code.code);
        assert!(has(code, &errors), "{}: {}", code.code, errors.render());
        if let Err(errors) = request::draft(&policy, &text(&code.keeps), &mut scratch) {
            panic!("{}: {}", code.code, errors.render());
        }
    }
}

#[test]
fn every_code_of_a_test_has_an_example_that_breaks_it_and_one_that_keeps_it() {
    for code in TEST_CODES {
        let errors = Suite::load(&builder(&code.breaks)).expect_err(code.code);
        assert!(has(code, &errors), "{}: {}", code.code, errors.render());
        assert!(errors.first().location().is_some(), "{} has a place", code.code);
        if let Err(errors) = Suite::load(&builder(&code.keeps)) {
            panic!("{}: {}", code.code, errors.render());
        }
    }
}

#[test]
fn what_a_test_can_find_has_an_example_that_brings_it_about_and_one_that_does_not() {
    for code in [&EXAMPLE_CODE, &TEST_CODE, &UNTESTED_CODE] {
        let found = |example| check(&builder(example)).iter().any(|found| found.code() == code.code);
        assert!(found(&code.breaks), "{}", code.code);
        assert!(!found(&code.keeps), "{}", code.code);
    }
    let policy = Policy::builtin();
    let add = |example| {
        let text = documents(example).pop().expect("an example has a document");
        Suite::default().add(&policy, "tests.toml", &text)
    };
    assert!(has(&NO_TESTS_CODE, &add(&NO_TESTS_CODE.breaks).expect_err("a file without tests")));
    add(&NO_TESTS_CODE.keeps).expect("a file with a test");
}
