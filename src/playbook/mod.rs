//! What to do next: playbooks with the step that is due, remedies, authority.
//!
//! # Playbooks
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
//! - Steps come in the order of the document; `after = "ID"` puts one behind another, `off = true` takes one out. A
//!   step whose `when` does not hold is not needed.
//! - One of the alternatives in `closed_by` closes a step: `all` of some acts, `any` of some, anything that was `said`,
//!   one of some events (`event`), and `when`. Acts count in answers (not in a machine's, unless a machine replies now,
//!   too, or `[sla]` says `answered_by = "anyone"`), or in what is said by whom `by = ["agent"]` names, in either
//!   `visibility`; from the message on in which one of the acts in `after` is heard, and from one of the events in
//!   `since` on; with `answered = true` only once the customer has written after them. A message with one of the acts
//!   in `unless` does not count.
//! - A step that is not closed is skipped once a later one is closed, unless it is `required`.
//! - Of a long conversation the newest messages are heard, up to [`MOST_HEARD`](crate::policy::MOST_HEARD) bytes.
//! - The event `resolve` closes everything, `reopen` begins anew what is closed, at one instant as for the
//!   [clocks](crate::sla::clock).
//! - `instead_of = "complaint"` makes a playbook an alternative: it is entered when that one would be, with its rank.
//!   Alternatives ship switched off (`off = true`); a policy chooses one with `off = false`.
//! - In a branch, `asks` come after those of the step, or right behind the act that `behind` names.
//!
//! # Remedies and authority
//!
//! What makes good what was lost is `[remedies.ID]`, who may grant how much is `[authority.ROLE]`:
//!
//! ```toml
//! [remedies.refund]
//! title = "money back"
//! kind = "refund"                     # or credit, exchange, re-performance, free-item, gesture
//! loss = ["money", "goods"]           # what it makes good
//! after_deadline = true               # also when the time for returning things is over
//! ours = { cover = 100, extra = 10, most = 150 }           # in hundredths of the loss
//! goodwill = { share = 20 }                                # where the fault is not ours, or not known
//! round_up_to = { NOK = 10 }                               # a pleasant amount
//! why = "Money is made good with money."
//!
//! [authority.agent]
//! case = { NOK = 200, EUR = "20.00" } # at most so much in one case…
//! day = { NOK = 2000 }                # …and in all cases of a day
//! goodwill = { NOK = 100 }            # in one case, where the fault is not ours
//! goodwill_share = 50                 # and then at most so many hundredths of the loss
//! above = "manager"                   # who decides beyond that
//!
//! [authority.manager]                 # no limit is named: this role may grant anything
//! ```
//!
//! - Where the fault is ours: `cover` of the loss, and on top `extra` of it plus `extra_fixed`, at least `extra_least`
//!   and at most `extra_most`; all of it at most `most` of the loss.
//! - Otherwise: `share` of the loss plus `fixed`, at most `most`, and at most what whoever answers may grant.
//! - Each share is rounded to the currency's smallest unit, half of one upwards; then the amount goes up to the next
//!   multiple of `round_up_to`, where that keeps within the ceiling.
//! - Amounts are tables by currency. A role that has limits, but none in a currency, may grant nothing in it: nothing
//!   is ever converted.
//! - A policy without `[authority]` leaves it to the host who may grant what.

mod derive;
mod document;
mod next;
mod plan;
mod remedy;
pub(crate) mod schema;

pub(crate) use derive::{History, Progress, Turn, progress};
pub(crate) use document::{PlaybookFields, report_lonely};
pub(crate) use next::ACTIONS;
pub use next::{Action, Next, PlaybookId, Step, StepId, StepOutline, Timing};
pub(crate) use plan::{Branch, Playbook, Playbooks, StepPlan, names};
pub use remedy::{ApprovalNeeded, Ground, OfferVerdict, Remedy, RemedyId, RemedyKind};
pub(crate) use remedy::{Authority, GrantProblem, Plans, Question, read_authority, read_remedies};
