//! One memory for everything.

use std::sync::OnceLock;

use proptest::prelude::*;
use svar::request::to_json;
use svar::{Case, Message, Policy, Scratch};

use super::{Sample, WORLD, builtin, care, samples};

fn policies() -> &'static [Policy] {
    static POLICIES: OnceLock<Vec<Policy>> = OnceLock::new();
    POLICIES.get_or_init(|| {
        let mute = "svar = 1\nname = 'mute'\n[channels.facebook]\nname = 'F'\nkind = 'social'\nvisibility = ['public']\nregister = 'neutral'\nprivate_route = { to = 'none' }\n\
                    [rules.a]\nforbid = { pattern = 'e' }\n[rules.b]\nforbid = { detector = 'emoji' }\n";
        let words = "[rules.w]\nforbid = { phrases = ['you', 'vi', 'dere', 'sorry ..3 you'] }\n";
        let facebook = WORLD.replace("channels.wall", "channels.facebook").replace("to = 'wall'", "to = 'facebook'");
        vec![
            builtin().clone(),
            Policy::from_toml(mute).unwrap(),
            Policy::from_toml(&format!("{facebook}{words}")).unwrap(),
            care("[rules.w]\nforbid = { phrases.nb = ['vi', 'dere'] }\n"),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn one_scratch_serves_all_policies_and_languages(
        turns in prop::collection::vec((0usize..4, 0usize..153, any::<bool>(), any::<bool>(), "\\PC{0,40}"), 1..12),
    ) {
        static SAMPLES: OnceLock<Vec<Sample>> = OnceLock::new();
        let samples = SAMPLES.get_or_init(samples);
        let mut scratch = Scratch::default();
        for (policy, sample, known, random, text) in turns {
            let policy = &policies()[policy];
            let Sample { case, reply } = &samples[sample];
            let mut case = case.clone();
            case.channel = "facebook".to_owned();
            let speaks = policy.languages().iter().any(|language| Some(language.as_str()) == case.language.as_deref());
            if !known || !speaks {
                case.language = None;
            }
            let reply = if random { &text } else { reply };
            if random {
                case.messages.push(Message::customer(text.chars().rev().collect::<String>()));
            }
            let fresh = policy.validate(&case, reply, None);
            prop_assert_eq!(policy.validate_with(&case, reply, None, &mut scratch), fresh);
            let mut reading = svar::Reading::default();
            policy.read_into(reply, None, &mut scratch, &mut reading).unwrap();
            prop_assert_eq!(to_json(&reading), to_json(&policy.read(reply, None).unwrap()));
        }
    }
}

#[test]
fn a_conversation_is_judged_with_any_scratch() {
    let mut case = Case::new("facebook");
    case.messages.push(Message::customer("Nettet er nede igjen! Ring meg på 912 34 567."));
    let mut other = Case::new("facebook");
    other.messages.push(Message::customer("Tusen takk!"));
    let reply = "Hei! Vi beklager. Vi ringer 912 34 567.";
    let (mut one, mut two) = (Scratch::default(), Scratch::default());
    let conversation = builtin().open(&case, None, &mut one).unwrap();
    let expected = conversation.validate(reply, &mut one).unwrap();
    assert_eq!(expected.of("privacy.repeats-customer-data").count(), 1, "{:?}", expected.findings);
    builtin().open(&other, None, &mut one).unwrap().close(&mut one);
    for scratch in [&mut one, &mut two] {
        assert_eq!(conversation.validate(reply, scratch).unwrap(), expected);
    }
}
