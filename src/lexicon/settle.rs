//! Settling: what the cues of a text come to, when all of them have been heard.

use super::ears::Ears;
use super::reading::{Address, AddressForm, Cue, IntentReading, Reading, Register, RegisterReading};
use super::sheet::Weight;
use crate::Span;

/// A form of address, or an intent, is heard when its cues weigh this much together.
const THRESHOLD: Weight = 100;
/// Intents in the order in which they win when several are heard: a question inside a complaint is a complaint.
pub(crate) const INTENTS: [&str; 6] = ["spam", "complaint", "abuse", "booking", "question", "praise"];

/// Sums of weights while the hits are gone through.
#[derive(Debug, Default)]
pub(super) struct Sums {
    pub(super) formal: Weight,
    pub(super) informal: Weight,
    register: Weight,
    register_cues: u32,
    intents: [Weight; INTENTS.len()],
}

impl Sums {
    pub(super) fn has_address(&self) -> bool {
        self.formal != 0 || self.informal != 0
    }

    /// A cue of register; one that is `new` counts among those that decide together.
    pub(super) fn add_register(&mut self, weight: Weight, new: bool) {
        self.register = self.register.saturating_add(weight);
        self.register_cues += u32::from(new);
    }

    pub(super) fn add_intent(&mut self, intent: u8, weight: Weight) {
        if let Some(sum) = self.intents.get_mut(usize::from(intent)) {
            *sum = sum.saturating_add(weight);
        }
    }
}

/// Settles what was heard: what was taken back, how the customer is addressed, how it sounds, what is wanted.
pub(super) fn settle(ears: &Ears<'_>, reading: &mut Reading, sums: &Sums, intent_cues: &[(u8, Cue)]) {
    settle_retractions(ears, reading);
    settle_address(&mut reading.address, sums);
    settle_register(&mut reading.register, sums);
    settle_intent(ears, &mut reading.intent, sums, intent_cues);
}

/// "Sorry, but we're on it" takes nothing back: of the acts behind the adversative in its sentence one helps.
fn settle_retractions(ears: &Ears<'_>, reading: &mut Reading) {
    let Reading { acts, heard: own, sentences, .. } = reading;
    let mut helped_sentence = None;
    for heard in acts.iter_mut().rev() {
        let but_is_in = |but: Span| {
            let rest = sentences.iter().skip(heard.sentence);
            heard.sentence + rest.take_while(|sentence| sentence.end <= but.start).count()
        };
        if heard.taken_back.is_some_and(|but| helped_sentence == Some(but_is_in(but))) {
            heard.taken_back = None;
            if !heard.quoted {
                own.insert(heard.act.index());
            }
        }
        let helps = ears.acts.get(heard.act.index()).is_some_and(|(_, traits)| traits.helps);
        if helps && !heard.quoted {
            helped_sentence = Some(heard.sentence);
        }
    }
}

fn settle_address(address: &mut Address, sums: &Sums) {
    let (formal, informal) = (sums.formal >= THRESHOLD, sums.informal >= THRESHOLD);
    address.form = match (formal, informal) {
        (true, true) => AddressForm::Mixed,
        (true, false) => AddressForm::Formal,
        (false, true) => AddressForm::Informal,
        (false, false) => AddressForm::None,
    };
    if !formal {
        address.formal.clear();
    }
    if !informal {
        address.informal.clear();
    }
}

/// One cue alone never decides, however heavy.
fn settle_register(register: &mut RegisterReading, sums: &Sums) {
    let sum = sums.register as f32 / 100.0;
    register.score = round(sum / (sum.abs() + 2.0));
    register.label = match sums.register {
        _ if sums.register_cues < 2 => Register::Neutral,
        THRESHOLD.. => Register::Formal,
        sum if sum <= -THRESHOLD => Register::Informal,
        _ => Register::Neutral,
    };
}

fn settle_intent(ears: &Ears<'_>, intent: &mut IntentReading, sums: &Sums, cues: &[(u8, Cue)]) {
    let heard = sums.intents.iter().position(|&sum| sum >= THRESHOLD);
    let best = heard.or_else(|| {
        let positive = sums.intents.iter().enumerate().filter(|&(_, &sum)| sum > 0);
        positive.max_by_key(|&(at, &sum)| (sum, std::cmp::Reverse(at))).map(|(at, _)| at)
    });
    let Some(best) = best else { return };
    let sum = sums.intents.get(best).map_or(0.0, |&sum| sum as f32 / 100.0);
    intent.score = round(sum / (sum + 1.0));
    if heard.is_some() {
        intent.kind = ears.intents.get(best).cloned();
        intent
            .evidence
            .extend(cues.iter().filter(|(kind, _)| usize::from(*kind) == best).map(|(_, cue)| *cue));
    }
}

/// Three decimals, so that the same reading prints the same everywhere.
fn round(score: f32) -> f32 {
    (score * 1000.0).round() / 1000.0
}
