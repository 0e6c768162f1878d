//! What contradicts itself: rules that no reply keeps together, and steps that ask for what is forbidden.

use svar::source::Severity;

use super::{acme, only};

#[test]
fn rules_that_no_reply_keeps_together() {
    let all = acme(
        "[rules.'acme.never-sorry']\nforbid = { act = ['apology', 'responsibility'] }\nseverity = 'error'\n",
    );
    let own: Vec<_> = all.iter().filter(|own| own.code() == "rules-at-odds").collect();
    let [own] = own.as_slice() else { panic!("{all:#?}") };
    assert_eq!(own.location().unwrap().to_string(), "acme.toml:3:8");
    assert!(
        own.message().starts_with("no reply keeps both `acme.never-sorry` and `complaint.apology-missing`"),
        "{own}"
    );
    assert!(
        own.message().contains("forbids `apology`") && own.message().contains("intent `complaint`"),
        "{own}"
    );
    assert!(own.related().first().is_some_and(|other| other.location().source().name() == "svar:care"));
}

#[test]
fn limits_that_leave_nothing() {
    let all = acme(
        "[rules.long]\nlimit = { of = 'words', min = 30 }\nwhen = { channel = 'email' }\n[rules.short]\nlimit = { of = 'words', max = 20 }\n",
    );
    let (place, severity, message, _) = only(&all, "rules-at-odds");
    assert_eq!((place.as_str(), severity), ("acme.toml:6:8", Severity::Warning));
    assert!(message.contains("one allows at most 20, the other asks for at least 30"), "{message}");
}

#[test]
fn orders_that_run_against_each_other() {
    let orders = |own: &str, other: &str| {
        acme(&format!(
            "[rules.one]\norder = {{ act = 'hand-off', before = ['rating-request', 'closing'] }}\n{own}\n\
             [rules.other]\norder = {{ act = 'rating-request', {other} }}\n"
        ))
    };
    let all = orders("", "before = ['hand-off']");
    let (place, severity, message, help) = only(&all, "rules-at-odds");
    assert_eq!((place.as_str(), severity), ("acme.toml:6:8", Severity::Warning));
    assert!(message.contains("`hand-off` and `rating-request` in two sentences keeps both `one` and `other`"), "{message}");
    assert!(help.contains("`before`"), "{help}");
    // One way round, or for other cases, both can be kept.
    for (own, other) in [
        ("", "before = ['closing']"),
        ("", "within_sentences = 2"),
        ("when = { visibility = 'public' }", "before = ['hand-off'] }\nwhen = { visibility = 'private'"),
    ] {
        let all = orders(own, other);
        assert!(all.iter().all(|own| own.code() != "rules-at-odds"), "{own}, {other}: {all:?}");
    }
}

#[test]
fn a_step_that_asks_for_what_is_forbidden_there() {
    let text = "[rules.quiet]\nforbid = { act = 'private-invitation' }\nwhen = { channel = 'x' }\nseverity = 'error'\n";
    let all = acme(text);
    let own: Vec<_> = all.iter().filter(|own| own.code() == "asks-forbidden").collect();
    assert!(!own.is_empty(), "{all:?}");
    for own in own {
        assert!(own.severity() == Severity::Error && own.message().contains("`private-invitation`"), "{own}");
        assert_eq!(own.location().unwrap().source().name(), "svar:playbooks");
        assert_eq!(own.related().first().unwrap().location().to_string(), "acme.toml:3:8");
    }
}
