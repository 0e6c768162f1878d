//! By when: what is promised and kept, what customers expect, when a case becomes a crisis, who looks after a channel.
//!
//! | part | what it answers |
//! |---|---|
//! | [`clock`] | which promises run for this conversation, when is each due, what was missed, who must be told? |
//! | [`expectation`] | how many customers does an answer after this time satisfy? |
//! | [`surge`] | is this getting out of hand, and who must be told? |
//! | [`health`] | is anybody looking after this channel? |

pub mod clock;
pub mod expectation;
pub mod health;
pub(crate) mod schema;
mod seconds;
mod share;
pub mod surge;

pub use share::Share;

use crate::source::Field;
use clock::{ClockNames, ClockPolicy};
use expectation::Expectation;
use health::HealthPolicy;
use surge::SurgePolicy;

/// The section `sla` of a policy, compiled.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sla {
    pub(crate) clocks: ClockPolicy,
    pub(crate) expectations: Vec<Expectation>,
    pub(crate) surge: SurgePolicy,
    pub(crate) health: HealthPolicy,
}

impl Sla {
    /// Reads the section.
    pub(crate) fn read(field: Field<'_, '_>, names: &ClockNames<'_>) -> Sla {
        let Some(table) = field.table() else { return Sla::default() };
        let clocks = ClockPolicy::read(&table, names);
        let expectations = expectation::read_expectations(table.get("expectation"));
        let surge = surge::read_surge(table.get("surge"));
        let health = health::read_health(table.get("health"), &expectations);
        table.finish();
        Sla { clocks, expectations, surge, health }
    }
}
