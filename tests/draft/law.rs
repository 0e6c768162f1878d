//! What a policy can say, it lets pass; and mistakes in what it says.

use svar::Policy;
use svar::source::Severity;

use super::{builtin, over_care};

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
fn whoever_raises_a_severity_is_told_where_they_did() {
    // Of a word that stands in a template, and of one that is missing in all of them.
    for (target, severity, code) in [
        ("forbid = { pattern = '(?i)kind' }", "error", "draft-rejected"),
        ("forbid = { pattern = '(?i)kind' }", "warning", "draft-warned"),
        ("require = { pattern = 'never said' }", "error", "draft-rejected"),
        ("require = { pattern = 'never said' }", "warning", "draft-warned"),
    ] {
        let base = format!(
            "svar = 1\nname = 'base'\nextends = ['svar:care']\nlanguages = ['en']\n[rules.'base.words']\n{target}\nseverity = 'advice'\n"
        );
        let own = format!(
            "svar = 1\nname = 'ours'\nlanguages = ['en']\n\n[rules.'base.words']\nseverity = '{severity}'\n"
        );
        let policy = Policy::builder().layer("base.toml", base).layer("ours.toml", own).build();
        let law = policy.unwrap_or_else(|errors| panic!("{}", errors.render())).law();
        let told: Vec<_> =
            law.broken.iter().filter(|broken| broken.message().contains("`base.words`")).collect();
        assert!(!told.is_empty(), "{target}: {law:#?}");
        for told in told {
            let related = told.related().iter().map(svar::source::Related::location);
            let mut places = told.location().into_iter().chain(related);
            let own =
                places.find(|place| place.source().name() == "ours.toml").unwrap_or_else(|| panic!("{told}"));
            assert_eq!((told.code(), own.line()), (code, 6), "{told}");
        }
    }
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
}

#[test]
fn what_only_a_tag_or_a_signal_leads_to_is_tried() {
    let law = |when: &str, rest: &str| {
        let policy = over_care(&format!(
            "languages = ['en']\n[signals.flood]\n[signals.flood.en]\nhear = ['under water']\n[acts.ours]\ntitle = 'says it'\n\
             [acts.ours.en]\nhear = ['we mop up']\nsay.any = ['We mop up.']\n\
             [rules.'ours.no-mops']\nwhen = {{ {when} }}\nforbid = {{ pattern = 'mop' }}\nseverity = 'error'\n{rest}"
        ));
        let broken = policy.law().broken;
        broken.iter().filter(|broken| broken.message().contains("`ours.no-mops`")).count()
    };
    let playbook = |when: &str| {
        format!(
            "[playbooks.flood]\ntitle = 'a flood'\nwhen = {{ {when} }}\nrank = 99\n[playbooks.flood.steps.mop]\ntitle = 'mop'\n\
             asks = ['ours']\nclosed_by = [{{ all = ['ours'] }}]\n"
        )
    };
    for when in ["tag = 'flood'", "signal = 'flood'", "any = [{ tag = 'flood', intent = 'question' }]"] {
        assert!(law(when, &playbook(when)) > 0, "{when}");
    }
    // A step of a playbook for everybody, and a branch of one.
    let step =
        "[playbooks.complaint.steps.acknowledge.branches.flood]\nwhen = { tag = 'flood' }\nasks = ['ours']\n";
    assert!(law("tag = 'flood'", step) > 0);
    // Where no playbook names it, no draft is another for it.
    assert_eq!(law("tag = 'flood'", ""), 0);
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
