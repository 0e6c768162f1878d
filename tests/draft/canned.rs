//! Answers that stand ready.

use svar::Message;
use svar::draft::SlotValues;
use svar::policy::{DraftError, DraftOptions};

use super::{acts, asked, draft, is_sound, over_care};

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
