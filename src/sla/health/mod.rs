//! Whether anybody looks after a channel: what an archive of conversations says about a care team.
//!
//! ```toml
//! [sla.health]
//! expectation = "hutter-2010"               # the survey that says whom an answer still satisfied
//! settled = ["resolve", "hide", "delete"]   # events after which spam stands there no longer
//!
//! [sla.health.rules.silent]
//! at_most = "14d"                           # at_least or at_most: a share, a duration or a count
//! from = 1                                  # with fewer conversations, nothing is said
//! severity = "error"
//! message = "nobody of the company has written on {channel} for {value}"
//! why = "A page that nobody looks after harms more than none."
//! off = false
//! ```
//!
//! | rule | what must be | limit |
//! |---|---|---|
//! | `health.unanswered` | the share of conversations that were answered at all | `at_least`, a share |
//! | `health.late` | the share of those that were answered within the target | `at_least`, a share |
//! | `health.median` | the first response, for half of the conversations | `at_most`, a duration |
//! | `health.p90` | the first response, for nine tenths of them | `at_most`, a duration |
//! | `health.unanswered-complaints` | complaints without an answer after the target | `at_most`, a count |
//! | `health.visible-spam` | spam that stands in public | `at_most`, a count |
//! | `health.silent` | the time since somebody of the company wrote there | `at_most`, a duration |
//! | `health.broadcast-only` | answers for each post of the company's own | `at_least`, a share |
//! | `health.badge` | the channel's badge is earned | |
//! | `health.closed` | customers can write on a channel that the company watches | |
//! | `health.same-tag` | no tag stands on many cases at once (`sla.surge.systemic`) | |
//! | `health.no-other-contact` | a company has an e-mail address or a telephone number | |
//! | `health.no-crisis-contact` | a company has somebody to call in a crisis (`sla.surge.crisis_contact`) | |
//!
//! `{channel}`, `{value}`, `{limit}`, `{count}`, `{of}` and `{tag}` in a message are filled in. The last two rules
//! speak to policies that name a `brand`.
//!
//! # What is counted
//!
//! - A conversation is *answered* when somebody of the company has written after the customer's first message. What a
//!   machine writes is no answer here, whatever is promised.
//! - The *target* is what the policy promises for the first response ([`clock`](crate::sla::clock)): a conversation is
//!   within the target or past it as its clock is met or breached, in the hours in which it counts. As long as the
//!   clock runs or is paused, an unanswered conversation counts neither way, and so does one that was resolved in time.
//!   Where nothing is promised (or a message has no time, so that no clock runs), whoever has no answer is unanswered.
//! - A conversation with an instant that no calendar can answer for, such as one before 2000, is an error and left out:
//!   nobody can tell whether it was answered in time.
//! - Spam needs no answer and is left out of everything but the spam.
//! - The *median* and the *90th percentile* are by nearest rank: the shortest time within which at least half (nine
//!   tenths) of the answered conversations had their first response. It is always one of the times that were measured.
//! - A *post* is a conversation that the company began. *Answers* are what people of the company wrote after a
//!   customer had written.
//! - What is said to have been written after `now` has not been written yet. Messages without a time count where they
//!   stand, but have no response time.
//! - A *badge* counts conversations that began within its window before now: private ones of the channel, and those of
//!   the channel its private route leads to. They are answered within its time or not; those that still can be are left
//!   out. The platform does not say which average it takes for the time; the median is taken, which its earlier help
//!   text named.

mod document;
mod judge;
mod ledger;
pub(in crate::sla) mod rules;
#[cfg(test)]
mod tests;
mod timeline;

pub(super) use document::read_health;
pub use judge::{Amount, BadgeState, ChannelHealth, Evidence, Figures, Finding, HealthReport};
pub(crate) use judge::{Company, judge};
pub(crate) use ledger::{Answer, Ledger, Seen};
pub(crate) use rules::HealthPolicy;
