//! What to do next: playbooks, and the step that is due.
//!
//! A *playbook* says what a kind of case goes through. Its steps are data; which of them is due is derived from the
//! conversation each time, and never stored: the acts heard in the company's own messages, where each was said, the
//! events, and what the host knows. What the host knows wins over what was heard.
//!
//! ```toml
//! [playbooks.complaint]
//! title = "somebody is dissatisfied"
//! when = { intent = "complaint" }     # as in a rule; also `signal` and `tag`
//! rank = 50                           # of several that fit, the highest with a step due
//! scope = "conversation"              # or "turn": begins anew with each message of the customer
//!
//! [playbooks.complaint.steps.acknowledge]
//! title = "apologise, and say that it is taken seriously"
//! asks = ["apology", "reassurance"]   # in the order in which they are said
//! optional = ["greeting", "signature"]
//! forbidden = ["compensation-offer"]
//! role = "agent"                      # who: a role of `[authority]`, or any other name
//! training = "public-replies"         # and trained for what
//! clock = "first-response"            # by when
//! visibility = "public"               # where: `public`, `private`; where the customer is, if it is left out
//! action = "reply"                    # or do-not-reply, hide, report, notify, hand-over, act
//! required = true                     # due until it is done, even when later steps are
//! closed_by = [{ any = ["apology", "responsibility"] }]
//! why = "First of all apologise, whatever happened."
//!
//! [playbooks.complaint.steps.acknowledge.branches.invite]
//! when = { visibility = "public", private_route = true }
//! asks = ["private-invitation"]       # added; `without` takes acts out, other keys replace
//! ```
//!
//! - Steps come in the order of the document; `after = "ID"` puts one behind another, `off = true` takes one out. A step
//!   whose `when` does not hold is not needed.
//! - One of the alternatives in `closed_by` closes a step: `all` of some acts, `any` of some, one of some events
//!   (`event`), and `when`. Acts count in messages of somebody of the company (`by = ["agent"]`), in either
//!   `visibility`; with `in_turn = true` only in messages written when the step was already due; with
//!   `answered = true` only once the customer has written after them.
//! - A step that is not closed is skipped once a later one is closed, unless it is `required`.
//! - The event `resolve` closes everything, `reopen` begins anew.
//! - `instead_of = "complaint"` makes a playbook an alternative: it is entered when that one would be, with its rank.
//!   Alternatives ship switched off (`off = true`); a policy chooses one with `off = false`.

mod derive;
mod document;
mod next;
mod plan;

pub(crate) use derive::{History, Progress, Turn, last_reopening, progress};
pub(crate) use document::{PlaybookFields, report_lonely};
pub use next::{Action, Next, PlaybookId, Step, StepId, Timing};
pub(crate) use plan::{Playbook, Playbooks, names};
