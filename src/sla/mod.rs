//! By when: what is promised, what has been kept of it, and who is told when it is not.
//!
//! | part | what it answers |
//! |---|---|
//! | [`clock`] | which promises run for this conversation, when is each due, what was missed, who must be told? |

pub mod clock;

use crate::source::Field;
use clock::{ClockNames, ClockPolicy};

/// The section `sla` of a policy, compiled.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sla {
    pub(crate) clocks: ClockPolicy,
}

impl Sla {
    /// Reads the section.
    pub(crate) fn read(field: Field<'_, '_>, names: &ClockNames<'_>) -> Sla {
        let Some(table) = field.table() else { return Sla::default() };
        let clocks = ClockPolicy::read(&table, names);
        table.finish();
        Sla { clocks }
    }
}
