//! Names that customers have given themselves, and that nobody may be called by.

use proptest::prelude::*;
use svar::draft::{Dropped, DroppedWhat, DroppedWhy, SlotValues};
use svar::policy::DraftError;

use super::{acts, asked, builtin, draft, is_sound, over_care};

/// Names of each language that its rules forbid.
const NAMES: [(&str, [&str; 3]); 6] = [
    ("nb", ["Idiot Olsen", "Faen Hansen", "Drittsekk"]),
    ("nn", ["Idiot Olsen", "Faen Hansen", "Drittsekk"]),
    ("da", ["Idiot Olsen", "Satan Hansen", "Klaptorsk"]),
    ("de", ["Dumme Kuh", "Arschloch Meier", "Vollidiot"]),
    ("pl", ["Idiota Kowalski", "Kurwa Nowak", "Debil"]),
    ("en", ["Shit Happens", "Dickhead Jones", "Asshole"]),
];

/// Ways to say the name in: the acts and the channel.
const WAYS: [(&str, &[&str]); 3] = [
    ("facebook", &["greeting", "apology", "reassurance"]),
    ("messenger", &["greeting", "thanks"]),
    ("email", &["greeting", "apology", "closing", "signature"]),
];

fn is_the_name(dropped: &Dropped) -> bool {
    (dropped.what, dropped.why, &*dropped.slots)
        == (DroppedWhat::Value, DroppedWhy::Rule, &["customer".to_owned()][..])
}

#[test]
fn a_name_that_a_rule_forbids_is_left_out_of_the_reply() {
    for (language, names) in NAMES {
        let mut left_out = 0;
        for (name, (channel, said)) in names.into_iter().flat_map(|name| WAYS.map(|way| (name, way))) {
            for seed in 0..12 {
                let mut case = asked(channel, language, "complaint");
                let options = acts(said.iter().copied()).seed(seed);
                let usual = draft(builtin(), &case, &SlotValues::new(), &options);
                case.customer.name = Some(name.to_owned());
                let reply = draft(builtin(), &case, &SlotValues::new(), &options);
                is_sound(builtin(), &case, &reply);
                let first = name.split(' ').next().unwrap();
                assert!(!reply.text.contains(first), "{language}: {}", reply.text);
                assert_eq!(
                    reply.dropped.iter().any(is_the_name),
                    usual.text.contains("Kari"),
                    "{}",
                    reply.text
                );
                left_out += usize::from(usual.text.contains("Kari"));
            }
        }
        // In Polish nobody is called by name, for that would have to be declined.
        assert_eq!(left_out > 0, language != "pl", "{language}: {left_out} replies");
    }
}

#[test]
fn the_name_is_told_to_whoever_gave_it_for_the_reply() {
    let case = asked("facebook", "en", "complaint");
    let slots = SlotValues::new().with("customer", "Asshole");
    let refused = (0..12).any(|seed| {
        let drafted = builtin().draft(&case, &slots, &acts(["greeting", "apology"]).seed(seed));
        matches!(drafted, Err(DraftError::Rejected(_)))
    });
    assert!(refused);
}

#[test]
fn a_name_that_is_not_to_blame_stays() {
    // Whatever is said is forbidden, with the name and without it.
    let policy = over_care("[rules.'ours.no']\nforbid = { pattern = '(?s).' }\nseverity = 'error'\n");
    let case = asked("messenger", "en", "question");
    let drafted = policy.draft(&case, &SlotValues::new(), &acts(["greeting"]));
    let Err(DraftError::Rejected(rejected)) = drafted else { panic!("{drafted:?}") };
    assert!(rejected.text().contains("Kari"), "{}", rejected.text());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// What stands in a profile is no reason for having no reply.
    #[test]
    fn there_is_a_reply_whatever_the_name(
        (language, name) in (0..6usize, 0..6usize, 0..3usize).prop_map(|(language, of, at)| (NAMES[language].0, NAMES[of].1[at])),
        other in "[A-Z][a-zåäöß]{0,8}|[0-9]{4,11}|ring [0-9]{8}|[A-Z]{2,12}",
        order in any::<bool>(),
        way in 0..WAYS.len(),
        seed in 0..64u64,
    ) {
        let (channel, said) = WAYS[way];
        let mut case = asked(channel, language, "complaint");
        let name = if order { format!("{name} {other}") } else { format!("{other} {name}") };
        case.customer.name = Some(name);
        is_sound(builtin(), &case, &draft(builtin(), &case, &SlotValues::new(), &acts(said.iter().copied()).seed(seed)));
    }
}
