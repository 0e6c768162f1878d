//! Replies that differ: a benchmark that repeats six is learnt by heart by the processor, branch by branch.

use svar::Case;
use toml::Table;

use super::{Dice, case};

/// As many are made in each language.
const EACH: usize = 40;
/// About as long as the others, in bytes.
const LENGTH: usize = 300;
/// What replies are made of, in the order in which it is said.
const ACTS: [&str; 9] = [
    "greeting",
    "apology",
    "empathy",
    "responsibility",
    "ownership",
    "information",
    "private-invitation",
    "next-step",
    "closing",
];

const EXAMPLES: [(&str, &str); 6] = [
    ("nb", include_str!("../../src/packs/examples/nb.toml")),
    ("nn", include_str!("../../src/packs/examples/nn.toml")),
    ("da", include_str!("../../src/packs/examples/da.toml")),
    ("de", include_str!("../../src/packs/examples/de.toml")),
    ("pl", include_str!("../../src/packs/examples/pl.toml")),
    ("en", include_str!("../../src/packs/examples/en.toml")),
];

/// Replies put together from the sentences that the packs give as examples, the languages in turn.
pub(crate) fn varied() -> Vec<(Case, String)> {
    let examples = EXAMPLES.map(|(language, text)| (language, text.parse().expect("examples are TOML")));
    let mut dice = Dice(5);
    let turns = (0..EACH).flat_map(|_| &examples);
    turns.map(|(language, examples)| (case(language), reply(language, examples, &mut dice))).collect()
}

fn reply(language: &str, examples: &Table, dice: &mut Dice) -> String {
    let mut reply = String::new();
    for act in ACTS {
        let sentences = examples["acts"][act][language]["heard"].as_array().expect("an act has examples");
        let sentence = sentences[dice.roll(sentences.len())].as_str().expect("an example is a text");
        let left = LENGTH.saturating_sub(reply.len());
        if act == "closing" || sentence.len() < left {
            reply.extend(sentence.chars().filter(|letter| !"<>".contains(*letter)));
            reply.push(' ');
        }
    }
    reply
}
