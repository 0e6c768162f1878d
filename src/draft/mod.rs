//! What to say: templates, slots, and the reply that is made of them.
//!
//! A *draft* is acts put one after another. Each act is said by a *template* of the language, in the channel's
//! register and form of address; slots are filled in, what is optional is left out until the channel's limits fit,
//! and the policy's own rules judge the result before anybody sees it.
//!
//! # Where templates stand
//!
//! Under an act and a language, in lists by register; `any` suits every register:
//!
//! ```toml
//! [acts.thanks.en.say]
//! formal   = ["Thank you for bringing this to our attention[, {customer}]."]
//! neutral  = ["Thank you for letting us know[, {customer}]."]
//! informal = ["Thanks for letting us know[, {customer.first}]!"]
//! any      = ["Thank you for telling us."]
//!
//! [acts.thanks.en.say.praise]              # a group: for cases that meet its `when`
//! when     = { intent = "praise" }
//! informal = ["You just made our day[, {customer.first}]!"]
//! ```
//!
//! Any other key beside the four is a *group* with lists of its own and a `when` (the conditions of
//! [rules](crate::rule): `visibility`, `intent`, `fault`, `channel`, `first_reply`, …), or a `remedy`, the kind of
//! compensation that is offered, or both. Of the groups that hold and have a template that fits, the last one in the
//! document speaks; the plain lists speak where there is none. A layer adds with `"+"`, or replaces a list or a group
//! by its name.
//!
//! An act that has nothing to say in a register borrows from the nearest one.
//!
//! # How a template is written
//!
//! | notation | meaning |
//! |---|---|
//! | `{customer}` | a slot; without a value for it this template cannot be used |
//! | `{customer.first}` | a form of it, see below |
//! | `[, {customer}]` | optional: left out when a slot in it has no value, when its slots were all said before, or when space is short; at most one level |
//! | `<Ihre\|deine>` | formal address, then informal; one template then serves both |
//! | `\{` | the next character as it is: `{ } [ ] < > \| \\` |
//!
//! A template is one or more whole sentences. What ends in `.`, `!`, `?` or `…` (or in a slot of sentences) is joined
//! to its neighbours by a space; anything else, such as `Kind regards` or `Dear Kari,`, is a line of its own. The
//! first letter of a template becomes a capital, unless it belongs to a name, a link or a text from outside.
//!
//! # Address
//!
//! A template without `<…|…>` is for the form of address that is *heard* in it: with `Sie` it is for formal address,
//! with `du` for informal, and one that addresses nobody suits every form, so that a word for friends alone stands in a
//! choice, too: `<Dzień dobry|Hej>!`. Both at once is a mistake. Which form a
//! draft has is decided in this order: what the caller asks for; the channel's `address`; the policy's
//! `[draft] address`; the customer's own, in a language with `mirror_address = true`; the language's `address`.
//! Impersonal drafts (`none`) are made of templates that address nobody.
//!
//! # Slots
//!
//! `[slots.ID]` gives each slot a `type`, a `title`, and a `sample` by which templates are tried out. What the
//! built-in ones are is written in `svar:slots`; a policy adds its own.
//!
//! | type | value | forms |
//! |---|---|---|
//! | `name` | letters, with `'`, `-`, `.` and spaces; no link, no sign | `first`: up to the first space; the whole name in formal address |
//! | `company` | a company's name as it writes itself: `Yahoo!`, `Booking.com`, `Globus Sp. z o.o.` | |
//! | `text` | one line of words, without links | |
//! | `sentences` | whole sentences, an answer to a question | |
//! | `link` | one link with `https` | |
//! | `contact` | an e-mail address, a telephone number or a link | |
//! | `money` | amount and currency | |
//! | `date` | a day | `on` (“on Friday 12 December”), `by` |
//! | `time` | a time of the day | `at` (“at 14:00”), `by` |
//! | `duration` | so many minutes, hours, days… | `within` (“within 24 hours”) |
//! | `deadline` | an instant, after `now` where that is given | `by` (“by 14:00 today”, “by Friday 12 December at 14:00”), `on` |
//!
//! How a language writes dates, times, durations and amounts stands in `[language.XX.format]`. The case fills
//! `customer`, `agent`, `brand`, `contact`, `email`, `phone` and `loss` where it or the policy knows them.
//!
//! A value is data. It is cleaned of hidden characters and line breaks, bounded in length, and refused, with an error
//! that names its type, when it holds what its type does not: braces, links, mentions, markup. A deadline that has passed
//! is refused as well, so that no draft promises it, and no template says `{date.by}` of a day that is over.
//!
//! # Canned replies
//!
//! What is asked every day is answered by `[canned.ID]`, in the same notation:
//!
//! ```toml
//! [canned.hours]
//! title = "when we are open"
//! act = "information"                 # what it says; `information` where it is left out
//! when = { visibility = "public" }    # the cases it is for
//! [canned.hours.en]
//! keywords = ["opening hours", "(when|what time) ..2 (open|close)"]
//! say.any = ["We are open from 10 to 18 on weekdays."]
//! ```
//!
//! Of those whose `when` holds, the one whose keywords stand in the customer's message most often is put into the draft,
//! in the place of the templates of its act, or after the acts of the step; one without keywords is for every case of its
//! `when`. Lists by register and groups stand under `say` as they do under an act's. As with any template, what it says
//! must be heard as its act.

mod choose;
mod compose;
mod contact;
mod document;
mod filled;
mod format;
mod plan;
mod ready;
mod samples;
mod say;
mod sayings;
pub(crate) mod schema;
mod slot;
mod split;
mod template;
mod value;
mod write;

pub(crate) use compose::Mirror;
pub(crate) use contact::Contact;
pub(crate) use document::DraftSections;
pub use document::MOST_CANNED;
pub(crate) use filled::Values;
pub(crate) use plan::template_at;
pub use plan::{Draft, Dropped, DroppedWhat, DroppedWhy, Pair, TemplateUse};
pub(crate) use ready::unsayable_company;
pub(crate) use samples::{Company, Samples};
pub(crate) use say::Voice;
pub(crate) use sayings::{Manner, Sayings};
pub use slot::{MOST_SLOTS, SlotType};
pub(crate) use split::{joined, place_in, split};
pub use template::LONGEST_TEMPLATE;
pub(crate) use template::Template;
pub use value::{
    LONGEST_ANSWER, LONGEST_COMPANY, LONGEST_CONTACT, LONGEST_LINK, LONGEST_NAME, LONGEST_VALUE,
    LONGEST_WORDS, SlotValue, SlotValues,
};
pub(crate) use write::{Brief, Order, WriteError, Written};
