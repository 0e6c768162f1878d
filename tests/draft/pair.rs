//! Pairs: what everybody reads, and what the customer alone reads after it.

use svar::case::{Fault, Visibility};
use svar::draft::{Draft, Pair, SlotValues};
use svar::lexicon::AddressForm;
use svar::policy::{DraftError, DraftOptions};
use svar::source::Diagnostics;
use svar::{Case, Message, Policy, request};

use super::{asked, builtin, over_care};

const LANGUAGES: [&str; 6] = ["nb", "nn", "da", "de", "pl", "en"];

fn complaint(channel: &str, language: &str) -> Case {
    asked(channel, language, "complaint")
}

fn pair(policy: &Policy, case: &Case, slots: &SlotValues, options: &DraftOptions) -> Pair {
    policy.pair(case, slots, options).unwrap_or_else(|error| panic!("{error}\n{error:#?}"))
}

/// The case as it is once the public half stands and the customer is written to in private.
fn in_private(case: &Case, pair: &Pair) -> Case {
    let mut after = case.clone();
    for message in &mut after.messages {
        message.visibility = Some(Visibility::Public);
    }
    let mut reply = Message::agent(&*pair.public.text);
    reply.visibility = Some(Visibility::Public);
    after.messages.push(reply);
    after.channel.clone_from(&pair.private.channel);
    after.visibility = Some(Visibility::Private);
    after
}

fn says(draft: &Draft, act: &str) -> bool {
    draft.acts.iter().any(|own| *own == *act)
}

/// Channels on which a complaint in public can go on in private.
fn with_a_private_route(policy: &Policy) -> Vec<&str> {
    let channels = policy.channels().iter();
    let open = channels.filter(|channel| {
        channel.visibilities().contains(&Visibility::Public) && channel.private_route().is_some()
    });
    open.map(svar::channel::Channel::id).collect()
}

#[test]
fn the_public_half_invites_and_the_private_half_greets_and_asks() {
    let policy = builtin();
    let channels = with_a_private_route(policy);
    assert!(channels.len() >= 5, "{channels:?}");
    for channel in channels {
        for language in LANGUAGES {
            for seed in 0..5 {
                let case = complaint(channel, language);
                let Pair { public, private, .. } =
                    &pair(policy, &case, &SlotValues::new(), &DraftOptions::default().seed(seed));
                let both = format!("{channel} {language}\n{}\n---\n{}", public.text, private.text);
                assert_eq!(
                    (public.visibility, private.visibility),
                    (Visibility::Public, Visibility::Private)
                );
                assert_eq!(
                    (&public.language, public.address),
                    (&private.language, private.address),
                    "{both}"
                );
                for act in ["apology", "reassurance", "private-invitation"] {
                    assert!(says(public, act), "{act} is not said in public: {both}");
                }
                for act in ["personal-data-request", "compensation-offer", "question"] {
                    let heard = policy.read(&public.text, Some(language)).unwrap().hears(act);
                    assert!(!(says(public, act) || heard && act != "question"), "{act} in public: {both}");
                }
                assert!(says(private, "greeting"), "nobody is greeted in private: {both}");
                assert!(says(private, "question"), "nothing is asked in private: {both}");
                assert!(!says(private, "private-invitation"), "invited to where they are: {both}");
                assert_eq!(private.step.as_deref(), Some("identify"), "{both}");
            }
        }
    }
}

#[test]
fn both_halves_pass_where_they_stand_and_warn_of_nothing() {
    let policy = builtin();
    for channel in with_a_private_route(policy) {
        for language in LANGUAGES {
            let case = complaint(channel, language);
            let pair = pair(policy, &case, &SlotValues::new(), &DraftOptions::default().seed(11));
            let mut open = case.clone();
            open.visibility = Some(Visibility::Public);
            assert!(
                policy.validate(&open, &pair.public.text, None).unwrap().passes(),
                "{}",
                pair.public.text
            );
            let closed = in_private(&case, &pair);
            let report = policy.validate(&closed, &pair.private.text, None).unwrap();
            assert!(report.passes(), "{}\n{:#?}", pair.private.text, report.findings);
            assert_ne!(pair.public.text, pair.private.text);
        }
    }
}

#[test]
fn what_the_company_needs_is_asked_for_in_private_alone() {
    let mut slots = SlotValues::new();
    slots.set("reference", "Fjordnummer");
    for language in LANGUAGES {
        let case = complaint("facebook", language);
        let pair = pair(builtin(), &case, &slots, &DraftOptions::default());
        assert!(!pair.public.text.contains("Fjordnummer"), "{}", pair.public.text);
        assert!(pair.private.text.contains("Fjordnummer"), "{}", pair.private.text);
        assert!(says(&pair.private, "personal-data-request"));
    }
}

#[test]
fn compensation_is_offered_in_private_alone() {
    let mut slots = SlotValues::new();
    slots.set("amount", "249.50 NOK");
    for language in LANGUAGES {
        let mut case = complaint("instagram", language);
        case.facts.fault = Fault::Ours;
        case.facts.identified = true;
        case.facts.investigated = true;
        let pair = pair(builtin(), &case, &slots, &DraftOptions::default().remedy("refund"));
        assert!(!pair.public.text.contains("249"), "{}", pair.public.text);
        assert!(says(&pair.public, "responsibility") && says(&pair.private, "compensation-offer"));
        assert!(pair.private.text.contains("249"), "{}", pair.private.text);
    }
}

#[test]
fn nobody_is_called_sie_in_public_and_du_in_private() {
    let policy = over_care(
        "[channels.linkedin]\naddress = { de = 'formal', pl = 'formal' }\n\
         [channels.linkedin-message]\naddress = { de = 'informal', pl = 'informal' }\n",
    );
    for (language, form) in [("de", AddressForm::Formal), ("pl", AddressForm::Formal)] {
        for seed in 0..6 {
            let case = complaint("linkedin", language);
            let pair = pair(&policy, &case, &SlotValues::new(), &DraftOptions::default().seed(seed));
            assert_eq!((pair.public.address, pair.private.address), (form, form), "{}", pair.private.text);
            let heard = policy.read(&pair.private.text, Some(language)).unwrap().address.form;
            assert_ne!(heard, AddressForm::Informal, "{}", pair.private.text);
        }
    }
}

#[test]
fn a_channel_without_a_way_into_private_says_so() {
    let case = complaint("trustpilot", "en");
    let error = builtin().pair(&case, &SlotValues::new(), &DraftOptions::default()).unwrap_err();
    let DraftError::NoPair(why) = &error else { panic!("{error:#?}") };
    assert_eq!(why.channel(), "trustpilot");
    assert_eq!(error.to_string(), "`trustpilot` has no private messages for the other half of a pair");
    let told = Diagnostics::from(error);
    let first = told.iter().next().unwrap();
    assert_eq!(first.code(), "no-pair");
    assert!(first.help().is_some_and(|help| help.contains("`draft`")), "{first:?}");
}

#[test]
fn a_reply_that_is_private_already_has_no_public_half() {
    let case = complaint("email", "en");
    let error = builtin().pair(&case, &SlotValues::new(), &DraftOptions::default()).unwrap_err();
    assert!(matches!(error, DraftError::NoPair(_)), "{error:#?}");
    assert_eq!(error.to_string(), "the reply on `email` is private, so there is no public half");
}

#[test]
fn a_public_answer_that_nothing_follows_says_so() {
    let mut case = complaint("facebook", "nb");
    case.facts.intent = Some("praise".to_owned());
    let error = builtin().pair(&case, &SlotValues::new(), &DraftOptions::default()).unwrap_err();
    assert!(matches!(error, DraftError::NoPair(_)), "{error:#?}");
    assert_eq!(error.to_string(), "nothing follows in private once the public reply stands");
}

#[test]
fn what_both_halves_lack_is_told_at_once() {
    let policy = over_care(
        "[slots.incident]\ntype = 'text'\ntitle = 'what broke'\nsample = 'the line'\n\
         [slots.form]\ntype = 'link'\ntitle = 'where to write'\nsample = 'https://ours.example/form'\n\
         [acts.apology.en.say]\ninformal = ['We are sorry about {incident}.']\nneutral = ['We are sorry about {incident}.']\n\
         formal = ['We are sorry about {incident}.']\nany = ['We are very sorry about {incident}.']\n\
         [acts.question.en.say]\ninformal = ['What happened? Please write it down here: {form}']\n\
         neutral = ['What happened? Please write it down here: {form}']\n\
         formal = ['What happened? Please write it down here: {form}']\n",
    );
    let case = complaint("facebook", "en");
    let error = policy.pair(&case, &SlotValues::new(), &DraftOptions::default()).unwrap_err();
    let DraftError::Missing(missing) = &error else { panic!("{error:#?}") };
    let slots: Vec<&str> = missing.iter().map(svar::policy::MissingSlot::slot).collect();
    assert_eq!(slots, ["incident", "form"]);
    let mut slots = SlotValues::new();
    slots.set("incident", "the broken line");
    let error = policy.pair(&case, &slots, &DraftOptions::default()).unwrap_err();
    assert_eq!(error.to_string(), "values are missing for `form` (link)");
    slots.set("form", "https://ours.example/form");
    let whole = pair(&policy, &case, &slots, &DraftOptions::default());
    assert!(whole.public.text.contains("the broken line"));
    assert!(whole.private.text.contains("https://ours.example/form"));
}

#[test]
fn the_same_seed_says_the_same_pair_and_a_request_gives_the_same() {
    let case = complaint("facebook", "da");
    let options = DraftOptions::default().seed(7);
    let once = pair(builtin(), &case, &SlotValues::new(), &options);
    assert_eq!(once, pair(builtin(), &case, &SlotValues::new(), &options));
    let asked = r#"{"case": {"channel": "facebook", "language": "da", "messages": [{"from": "customer", "text": "…"}],
        "facts": {"intent": "complaint"}, "customer": {"name": "Kari Lunde"}, "agent": {"name": "Lise"}},
        "pair": true, "seed": 7}"#;
    let answer = request::draft(builtin(), asked, &mut svar::Scratch::default()).unwrap();
    assert_eq!(answer, request::to_json(&once));
}
