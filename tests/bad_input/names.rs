//! Names that are not known.

use svar::policy::CaseError;
use svar::request::to_json;
use svar::{Case, Scratch};

use super::{asked, builtin};

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
    case.language = Some("fi".to_owned());
    let error = builtin().validate(&case, "Hei", None).unwrap_err();
    assert_eq!(error.to_string(), "unknown language `fi`");
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
fn a_language_may_be_given_by_the_tags_of_platforms() {
    let heard = |tag: Option<&str>| builtin().read("Vi ordner det.", tag).unwrap();
    for (tag, code) in
        [("en-GB", "en"), ("EN", "en"), ("pl_PL", "pl"), ("nn-NO", "nn"), ("no", "nb"), ("no-NO", "nb")]
    {
        assert_eq!(to_json(&heard(Some(tag))), to_json(&heard(Some(code))), "{tag}");
        let mut case = asked("Hei");
        case.language = Some(code.to_owned());
        let expected = builtin().validate(&case, "Hi! Vi ordner det!!", None).unwrap();
        case.language = Some(tag.to_owned());
        case.channel = "Facebook".to_owned();
        assert_eq!(builtin().validate(&case, "Hi! Vi ordner det!!", None).unwrap(), expected, "{tag}");
    }
    for tag in ["", "-", "_", "e", "english", "en GB", "fi-FI"] {
        assert!(builtin().read("Vi ordner det.", Some(tag)).is_err(), "{tag}");
    }
}

#[test]
fn a_name_that_is_not_known_is_quoted_safely() {
    for wild in ["", " ", "\n", "x\u{202e}y", &"long ".repeat(10_000), "`", "\0", "😊"] {
        let error = builtin().validate(&Case::new(wild), "Hei", None).unwrap_err().to_string();
        assert!(error.len() < 2_000 && !error.contains(['\n', '\u{202e}', '\0']), "{error:?}");
    }
}
