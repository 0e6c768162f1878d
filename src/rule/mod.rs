//! Judging: rules look at a reading and say what is not right, where, why, and what would pass.
//!
//! A rule has a condition (`when`), is one of five kinds, and has a severity:
//!
//! | kind | it is kept when |
//! |---|---|
//! | `forbid` | nothing of what it names is found |
//! | `require` | something of what it names is found |
//! | `prefer` | the same, but it is a wish |
//! | `limit` | a count stays within its bounds |
//! | `order` | an act comes before others, or within so many sentences |
//!
//! ```toml
//! [rules."acme.no-dates-in-public"]
//! when = { visibility = "public", intent = "complaint" }
//! forbid = { pattern = '\b([12]?\d|3[01])\.(1[0-2]|[1-9])\.' }
//! excused_by = ["private-invitation"]   # not where this act stands in the same sentence or the one beside it
//! confirmed_by = ["apology"]            # whoever says it took the message for a complaint, too: no guess any more
//! severity = "warning"                  # error, warning or advice
//! message = "{text} is a date"          # {text}, {found} and {limit} are filled in
//! why = "A public date is read as a promise."
//! source = "our own complaints of 2025"
//! fix = { say = "private-invitation", at = "before-closing" }   # or { replace = "soon" }
//! good = ["Vi tar dette i en privat melding."]
//! bad = [{ reply = "Du får svar <12.12.>", case = { channel = "facebook", facts = { intent = "complaint" } } }]
//! ```
//!
//! - `when`: `channel`, `visibility`, `language`, `intent`, `register` (the channel's), `fault`, `priority`,
//!   `severity`, `tag`, `heard` (acts in the reply), `signal` (in the customer's message), the flags `first_reply`,
//!   `private_route`, `customer_wrote`, `customer_emoji`, `intent_given`, `agent_named`, `bot`, `media`, `fixed`,
//!   `consent`, `told`, `identified`, `investigated`, `offered`, `loss`, `customer_waits`, `customer_complains` (and
//!   waits), `life_at_risk` (the customer's last message may be about a life),
//!   `solved` (the customer says so, and has wanted nothing since), `customer_polite` (was answered, and says thanks
//!   and no more), `closed` (the team is),
//!   `beyond_agent` (the case is harder than whoever answers can solve), `loss_kind`, `agent_role`, `min_public_turns`,
//!   where the conversation stands (`playbook`, `step = "remedy"` or `"complaint.remedy"`, `before_step`, `silent`
//!   where the step is to say nothing, `untrained` where whoever answers was not trained for it), and
//!   `any = [{…}, {…}]`, `not = {…}`. A value is one of its kind or a list of them.
//! - What a machine wrote is no answer, so that the first reply of a person is still the first; unless a machine
//!   replies now, too, or `[sla]` says `answered_by = "anyone"`.
//! - `forbid`, `require` and `prefer` name any of `act`, `phrases` (a list, or lists by language), `pattern` (a regular
//!   expression), `detector` and `signal`; `quoted = true` counts other people's words, too.
//! - `limit = { of = "emoji", max = 2 }`, with `max = "channel"` for the channel's own figure, and `min`.
//! - `order = { act = "apology", before = ["private-invitation"], within_sentences = 2 }`.
//!
//! What a rule names are acts, phrases of its own, signals, a regular expression, or *detectors*: findings that need
//! code, such as a link to a host that is not allowed. Only an `error` makes a reply fail.
//!
//! A rule whose `when` asks for an `intent` or leaves one out, or asks for a step that rests on one, is one step milder
//! where nobody gave the intent and svar heard it itself: an error becomes a warning, a warning advice, and the finding
//! is marked as [`guessed`](Finding::guessed). A guess alone keeps no reply from being published. Where the reply has an
//! act of `confirmed_by`, two have heard the same, and it is no guess: who apologises and offers a voucher answers a
//! complaint.

mod brand;
mod cases;
mod condition;
mod detect;
mod document;
mod excuse;
mod finding;
mod insert;
mod mask;
mod measure;
mod order;
mod people;
mod read_target;
#[expect(clippy::module_inception, reason = "the room is named after what it holds")]
mod rule;
mod rules;
mod scene;
pub(crate) mod schema;
mod target;
mod trigger;
mod values;
mod watch;

pub(crate) use brand::{Brand, bare};
pub(crate) use cases::{Meeting, World};
pub(crate) use condition::{Condition, Facts, Names, PlaybookNames, Stage, strings};
pub(crate) use detect::DETECTORS;
pub(crate) use document::RuleFields;
pub use finding::{Finding, Fix, PolicyLabel, Report, RuleId, Verdict};
pub(crate) use insert::{Place, insert};
pub use mask::Masked;
pub(crate) use measure::Measure;
pub(crate) use read_target::pattern;
pub(crate) use rule::Kind;
pub use rule::Rule;
pub(crate) use rules::{JudgeScratch, Rules};
pub(crate) use scene::{LinkPolicy, Offer, Scene};
pub(crate) use target::Target;
pub(crate) use values::{Flags, OTHER_INTENT, Values};
pub(crate) use watch::Watch;
