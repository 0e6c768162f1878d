//! The instant at which something is asked.

use chrono::{DateTime, FixedOffset, TimeZone};

/// The instant at which a policy is asked, for questions that can do without one: a time in any zone, or `None`. An
/// `Option` of a time in a zone of its own is mapped: `now.map(Now::from).unwrap_or_default()`.
///
/// ```
/// use svar::chrono::DateTime;
/// use svar::{Case, Policy};
///
/// let (policy, case) = (Policy::builtin(), Case::new("facebook"));
/// let local = DateTime::parse_from_rfc3339("2026-11-21T16:54:00+01:00").unwrap();
/// policy.validate(&case, "Hi!", local)?;
/// policy.validate(&case, "Hi!", local.to_utc())?;
/// policy.validate(&case, "Hi!", None)?;
/// # Ok::<(), svar::policy::CaseError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Now(Option<DateTime<FixedOffset>>);

impl Now {
    /// The instant, if there is one.
    pub fn get(self) -> Option<DateTime<FixedOffset>> {
        self.0
    }
}

impl<Z: TimeZone> From<DateTime<Z>> for Now {
    fn from(now: DateTime<Z>) -> Now {
        Now(Some(now.fixed_offset()))
    }
}

impl From<Option<DateTime<FixedOffset>>> for Now {
    fn from(now: Option<DateTime<FixedOffset>>) -> Now {
        Now(now)
    }
}
