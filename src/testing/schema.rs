//! What `[[tests]]` accepts.

use super::expect::keys;
use super::read_test::QUESTIONS;
use super::told::{FINDING, HEALTH_FINDING, TOLD};
use super::wanted::NO_CLOCK;
use crate::case::schema::example_case;
use crate::playbook::ACTIONS;
use crate::policy::schema::draft_options;
use crate::rule::schema::acts;
use crate::sla::clock::{Metric, State};
use crate::source::Severity;
use crate::source::schema::*;

/// One of `[[tests]]`
pub(crate) fn test() -> TableSchema {
    let reply =
        || text().says("A reply to be judged; `<…>` marks the exact place at which something must be found.");
    let named = table()
        .need("reply", reply(), "The reply to be judged.")
        .key("name", text(), "What tells it from the other replies; its number without it.")
        .key(
            "expect",
            defined("expectation"),
            "What is expected of this reply; it wins over what is expected of all.",
        );
    let replies = || list(any([named.clone().into(), reply()]));
    let spoken = |each: Schema| map(defined("language"), each);
    let draft =
        draft_options().key("slots", map(text(), any([text(), defined("money")])), "Values for slots.");
    table()
        .need("name", text(), "What the test is called.")
        .key("off", flag(), "Switches off the test of this name in a document below.")
        .key("case", example_case().optional("channel"), "The conversation.")
        .key("cases", list(example_case()), "The conversations, for a test that asks for `health`.")
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
        .key("surge", flag(), "Asks how far the case has spread.")
        .key("health", flag(), "Asks how well the channels of several cases are looked after.")
        .key("expect", defined("expectation"), "What is expected of the answer.")
        .choice(QUESTIONS)
}

/// What is expected of an answer.
pub(crate) fn expect() -> TableSchema {
    keys().into_iter().fold(table(), |table, (key, _)| {
        let (own, description) = expectation(key);
        let told = TOLD.iter().filter(|told| told.key == key).map(|told| told.shape.schema());
        let mut all: Vec<Schema> = own.into_iter().chain(told).collect();
        let schema = if all.len() > 1 { any(all) } else { all.pop().unwrap_or_else(anything) };
        table.key(key, schema, description)
    })
}

/// A rule by its name, or what a finding of it says: in a reply, or of channels.
fn wishes() -> Schema {
    let rule = table().need("rule", text(), "The rule, by name; `tone.*` is one of those.");
    let both =
        FINDING.iter().chain(HEALTH_FINDING.iter().filter(|key| !FINDING.iter().any(|own| own.0 == key.0)));
    let finding = both.fold(rule, |table, (key, shape, says)| table.key(key, shape.schema(), says));
    some(any([text(), finding.into()]))
}

fn expectation(key: &str) -> (Option<Schema>, &'static str) {
    let rules = || some(text());
    let (schema, description) = match key {
        "verdict" => (words(["pass", "fail"]), "The verdict."),
        "no_errors" => (flag(), "No finding is an error."),
        "no_warnings" => (flag(), "No finding is a warning or an error."),
        "present" => (wishes(), "Rules that are found, by name; `tone.*` is one of those."),
        "absent" => (rules(), "Rules that are not found, by name; `tone.*` is all of those."),
        "only" => (wishes(), "These rules are found, and nothing else; `[]` is nothing at all."),
        "spans" => (map(text(), some(text())).into(), "The rule is found at exactly these texts."),
        "severity" => (map(text(), one_of(Severity::WORDS)).into(), "The rule is found, and so severe."),
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
        "asks" => (acts(), "Acts the step asks for; of a surge, what its level asks for."),
        "not_asks" => (acts(), "Acts the step does not ask for."),
        "forbids" => (acts(), "Acts the step forbids."),
        "role" => (text(), "Who does it."),
        "due_at" => (defined("instant"), "By when it is due."),
        "clocks" => (
            map(one_of(Metric::WORDS), any([clock().into(), state()])).into(),
            "How the clocks stand, by metric.",
        ),
        "error" => (text(), "The code of the error there is instead of an answer."),
        key => return (None, told(key)),
    };
    (Some(schema), description)
}

/// What the keys are that have the shape of an answer.
fn told(key: &str) -> &'static str {
    match key {
        "policy" => "Who says so: name and version of the policy.",
        "register" => "The register of the draft.",
        "address" => "How the draft addresses the customer.",
        "optional" => "Acts that may be said besides.",
        "clock" => "The metric of the clock that runs for the step.",
        "remedy" => "The remedy that can be offered at this step, by its name or by what it says.",
        "remedies" => "What can be offered in this case, by name or by what it says.",
        "escalations" => "Levels of ladders that are due, by ladder or by what they say.",
        "on_call" => "Who is on call, by rota; `[]` is nobody.",
        "level" => "How far the case has spread.",
        "serious" => "Whether it cannot wait for business hours.",
        "evidence" => "What thresholds were reached, by measure or by what they say; `[]` is none.",
        "reach" => "How many people have seen it.",
        "velocity" => "How fast it grows.",
        "channels" => "What was counted on each channel.",
        "total" => "What was counted on all channels together.",
        "systemic" => "The tags that several of the cases have in common; `[]` is none.",
        _ => "",
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
