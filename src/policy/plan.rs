//! What a draft is to say, and what it is made with.

use chrono::{DateTime, FixedOffset};

use super::draft_error::{DraftError, NothingToSay};
use crate::case::Visibility;
use crate::draft::Samples;
use crate::lexicon::{ActId, AddressForm};
use crate::playbook::{Action, Next, Remedy, Step, Timing};

/// What is to be said, and where.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    pub(super) playbook: Option<String>,
    pub(super) step: Option<String>,
    pub(super) asked: Vec<u8>,
    /// What the step may say.
    pub(super) optional: Vec<u8>,
    /// What the caller wants said besides.
    pub(super) besides: Vec<u8>,
    pub(super) forbidden: Vec<u8>,
    pub(super) visibility: Option<Visibility>,
    /// The compensation that is to be thought of first.
    pub(super) remedy: Option<Remedy>,
    /// When the team opens next, where it is closed.
    pub(super) next_opening: Option<DateTime<FixedOffset>>,
}

impl Plan {
    /// What the step asks for that is due.
    pub(super) fn of(next: &Next) -> Result<Plan, DraftError> {
        let speaks = !next.action.is_silent() && next.action != Action::Wait;
        let has_acts = |step: &&Step| !step.asks.is_empty() || !step.optional.is_empty();
        let step = next.step.as_ref().filter(|_| speaks).filter(has_acts);
        let Some(step) = step else {
            let step = next.step_id().map(str::to_owned);
            return Err(DraftError::NothingToSay(NothingToSay { step, action: next.action.to_string() }));
        };
        let numbers = |acts: &[ActId]| acts.iter().map(ActId::index).collect();
        Ok(Plan {
            playbook: next.playbook.as_ref().map(|id| id.as_str().to_owned()),
            step: Some(step.id.as_str().to_owned()),
            asked: numbers(&step.asks),
            optional: numbers(&step.optional),
            besides: Vec::new(),
            forbidden: numbers(&step.forbidden),
            visibility: Some(step.visibility),
            remedy: next.remedy.clone(),
            next_opening: next.next_opening,
        })
    }
}

/// What a draft is made with besides the plan.
pub(super) struct Setting<'s> {
    pub(super) seed: u64,
    pub(super) now: Option<DateTime<FixedOffset>>,
    pub(super) remedy: Option<&'s str>,
    pub(super) canned: Option<&'s str>,
    /// What is known of opening hours and clocks.
    pub(super) timing: &'s Timing,
    /// Another form of address than would be chosen.
    pub(super) address: Option<AddressForm>,
    /// Samples for values, where a policy is tried out.
    pub(super) samples: Option<Samples>,
}
