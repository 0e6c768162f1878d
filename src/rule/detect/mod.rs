//! Detectors: what a rule can look for that is not a phrase.
//!
//! A detector looks at the [`Scene`] and says where it found something, and what would pass there if it knows.

mod conversation;
mod emoji;
mod links;
mod places;
mod privacy;
mod step;
mod text;
mod tone;

use crate::Span;
use crate::rule::finding::Fix;
use crate::rule::scene::Scene;

/// Something a detector found.
#[derive(Clone, Debug)]
pub(crate) struct Detection {
    pub(crate) span: Span,
    pub(crate) fix: Option<Fix>,
    /// What a message calls `{found}`.
    pub(crate) found: String,
    /// What a message calls `{limit}`.
    pub(crate) limit: String,
}

impl Detection {
    pub(crate) fn at(span: Span) -> Detection {
        Detection { span, fix: None, found: String::new(), limit: String::new() }
    }

    pub(crate) fn with_fix(self, fix: Option<Fix>) -> Detection {
        Detection { fix, ..self }
    }

    pub(crate) fn found(self, found: impl ToString) -> Detection {
        Detection { found: found.to_string(), ..self }
    }

    pub(crate) fn limit(self, limit: impl ToString) -> Detection {
        Detection { limit: limit.to_string(), ..self }
    }
}

/// A detector: it appends what it finds.
pub(crate) type Detect = fn(&Scene<'_>, &mut Vec<Detection>);

/// A detector with the name a policy calls it by.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Detector {
    pub(crate) name: &'static str,
    /// One line for people.
    pub(crate) title: &'static str,
    pub(crate) detect: Detect,
}

const fn detector(name: &'static str, title: &'static str, detect: Detect) -> Detector {
    Detector { name, title, detect }
}

/// All detectors.
pub(crate) const DETECTORS: &[Detector] = &[
    detector("register-too-low", "informal where the channel is formal", tone::register_too_low),
    detector("register-too-high", "formal where the channel is informal", tone::register_too_high),
    detector("address-mixed", "formal and informal address in one reply", tone::address_mixed),
    detector("address-unexpected", "not the address that the channel wants", tone::address_unexpected),
    detector("shouting", "words in capital letters", tone::shouting),
    detector("exclamation-run", "several exclamation marks in a row", tone::exclamation_run),
    detector("letter-run", "one letter stretched", tone::letter_run),
    detector("emoji", "any emoji", emoji::any),
    detector("emoji-not-mirrored", "an emoji where the customer used none", emoji::not_mirrored),
    detector("emoji-not-in-set", "an emoji that the policy does not list", emoji::not_in_set),
    detector("emoji-ambiguous", "an emoji that people read differently", emoji::ambiguous),
    detector("emoji-only", "a reply of nothing but emoji", emoji::only),
    detector("empty", "a reply without a word", text::empty),
    detector("too-long", "longer than the channel carries", text::too_long),
    detector("near-limit", "nearly as long as the channel carries", text::near_limit),
    detector("wrong-language", "not the language of the case", text::wrong_language),
    detector("placeholder", "a placeholder nobody filled in", text::placeholder),
    detector("raw-markup", "Markdown or HTML where it is shown as it is written", text::raw_markup),
    detector("hidden", "characters that cannot be seen", text::hidden),
    detector("look-alike", "letters that imitate others", text::look_alike),
    detector("repeats-earlier", "the same words as an earlier reply", text::repeats_earlier),
    detector("link", "any link", links::any),
    detector("link-insecure", "a link without https", links::insecure),
    detector("link-host", "a link to a host that is not allowed", links::host),
    detector("link-shortener", "a link that hides where it leads", links::shortener),
    detector("link-not-clickable", "a link where nobody can click it", links::not_clickable),
    detector("number", "a number", text::number),
    detector("personal-data", "data that identify a person", privacy::any),
    detector("contact-data", "somebody's e-mail address or telephone number", privacy::contact),
    detector(
        "private-mailbox",
        "an e-mail address where private people have theirs",
        privacy::private_mailbox,
    ),
    detector("repeats-customer-data", "data that the customer gave", privacy::echo),
    detector("repeats-customer-number", "a long number that the customer gave", privacy::echo_of_number),
    detector("only-courtesy", "nothing but greetings, thanks and the like", conversation::only_courtesy),
    detector(
        "apology-taken-back",
        "an apology with a “but” right after it",
        conversation::apology_taken_back,
    ),
    detector("undated-deadline", "a promise of an answer that names no time", conversation::undated_deadline),
    detector("reply", "any reply at all", step::any),
    detector("step-forbidden", "an act that has no place in the step that is due", step::forbidden),
    detector("fault-admitted", "words that say that the fault was ours", step::fault_admitted),
    detector("promise-beyond-clock", "a promise that is longer than the clock has left", step::beyond_clock),
    detector("customer-name", "the customer's name", step::customer_name),
    detector(
        "offer-without-extra",
        "an offer of no more than the loss, where the fault is ours",
        step::without_extra,
    ),
    detector("offer-beyond-reason", "an offer of more than is wise", step::beyond_reason),
    detector("offer-beyond-authority", "an offer that somebody else must agree to", step::beyond_authority),
    detector("window-closed", "the channel's time for answering is over", conversation::window_closed),
];
