//! What `[[tests]]` accepts.

use super::expect::KEYS;
use super::test::QUESTIONS;
use super::wanted::NO_CLOCK;
use crate::case::schema::case;
use crate::playbook::ACTIONS;
use crate::policy::schema::draft_options;
use crate::rule::SEVERITIES;
use crate::rule::schema::acts;
use crate::sla::clock::{Metric, State};
use crate::source::schema::*;

/// One of `[[tests]]`
pub(crate) fn test() -> TableSchema {
    let reply =
        || text().says("A reply to be judged; `<…>` marks the exact place at which something must be found.");
    let named = table()
        .need("reply", reply(), "The reply to be judged.")
        .key("name", text(), "What tells it from the other replies; its number without it.")
        .key("expect", expect(), "What is expected of this reply; it wins over what is expected of all.");
    let replies = || list(any([named.clone().into(), reply()]));
    let spoken = |each: Schema| map(defined("language"), each);
    let draft =
        draft_options().key("slots", map(text(), any([text(), defined("money")])), "Values for slots.");
    table()
        .need("name", text(), "What the test is called.")
        .key("off", flag(), "Switches off the test of this name in a document below.")
        .key("case", case().optional("channel"), "The conversation.")
        .key(
            "channels",
            list(any([defined("channel-id"), words(["*"])])),
            "The channels to ask on, instead of one in the case; `*` is all of them.",
        )
        .key(
            "languages",
            list(defined("language-or-every")),
            "The languages to ask in, instead of one in the case; `*` is all of the policy's.",
        )
        .key("message", text(), "What the customer wrote, after the messages of the case.")
        .key("now", defined("instant"), "The instant at which it is asked.")
        .key(
            "reply",
            any([reply(), spoken(reply()).into()]),
            "A reply to be judged, or one for each language.",
        )
        .key(
            "replies",
            any([replies(), spoken(replies()).into()]),
            "Replies to be judged, or a list of them for each language.",
        )
        .key("draft", any([draft.into(), flag()]), "Asks for a draft.")
        .key("next", flag(), "Asks for the step that is due.")
        .key("clock", flag(), "Asks how the clocks stand.")
        .key("expect", expect(), "What is expected of the answer.")
        .choice(QUESTIONS)
}

fn expect() -> TableSchema {
    KEYS.iter().fold(table(), |table, &(key, _)| {
        let (schema, description) = expectation(key);
        table.key(key, schema, description)
    })
}

fn expectation(key: &str) -> (Schema, &'static str) {
    let rules = || some(text());
    match key {
        "verdict" => (words(["pass", "fail"]), "The verdict."),
        "no_errors" => (flag(), "No finding is an error."),
        "no_warnings" => (flag(), "No finding is a warning or an error."),
        "present" => (rules(), "Rules that are found, by name; `tone.*` is one of those."),
        "absent" => (rules(), "Rules that are not found, by name; `tone.*` is all of those."),
        "only" => (rules(), "These rules are found, and nothing else; `[]` is nothing at all."),
        "spans" => (map(text(), some(text())).into(), "The rule is found at exactly these texts."),
        "severity" => (map(text(), one_of(&SEVERITIES)).into(), "The rule is found, and so severe."),
        "acts" => (acts(), "Acts that are heard."),
        "not_acts" => (acts(), "Acts that are not heard."),
        "contains" => (some(text()), "The draft has this in it."),
        "not_contains" => (some(text()), "The draft does not have this in it."),
        "text" => (text(), "The draft is this."),
        "channel" => (defined("channel-id"), "The channel the draft is for."),
        "language" => (defined("language"), "The language of the draft."),
        "canned" => (text(), "The canned reply the draft is made of."),
        "playbook" => (text(), "The playbook the case goes through."),
        "step" => (text(), "The step that is due."),
        "visibility" => (defined("visibility"), "Where it is done."),
        "action" => (words(ACTIONS.iter().map(|(word, _)| *word).chain(["wait"])), "What is to be done."),
        "asks" => (acts(), "Acts the step asks for."),
        "not_asks" => (acts(), "Acts the step does not ask for."),
        "forbids" => (acts(), "Acts the step forbids."),
        "role" => (text(), "Who does it."),
        "remedy" => (text(), "The remedy that can be offered."),
        "due_at" => (defined("instant"), "By when it is due."),
        "clocks" => (
            map(one_of(Metric::WORDS), any([clock().into(), state()])).into(),
            "How the clocks stand, by metric.",
        ),
        "escalations" => (some(text()), "The ladders of which a level is due."),
        "error" => (text(), "The code of the error there is instead of an answer."),
        _ => (anything(), ""),
    }
}

fn clock() -> TableSchema {
    table()
        .key("state", state(), "How it stands; `none` is that there is no such clock.")
        .key("due_at", defined("instant"), "When it is due.")
        .key("remaining_seconds", from(i64::MIN..), "How much of its time is left.")
        .key("at_risk", flag(), "Whether it is at risk.")
}

fn state() -> Schema {
    let states = [State::Running, State::Paused, State::Met, State::Breached].map(State::as_str);
    words(states.into_iter().chain([NO_CLOCK]))
}
