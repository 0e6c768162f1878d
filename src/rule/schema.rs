//! What the section `rules` accepts, and every `when`.

pub(crate) mod answer;

use super::detect::DETECTORS;
use super::document::KINDS;
use super::insert::PLACES;
use super::measure::MEASURES;
use crate::case::{Fault, Level, LossKind};
use crate::lexicon::{INTENTS, Register};
use crate::source::Severity;
use crate::source::schema::*;
use crate::text::PersonalKind;

/// What a `when` can ask for before it is known where the conversation stands, and before there is a reply.
pub(crate) fn clock_condition() -> TableSchema {
    of_the_case("clock-condition")
}

/// What the `when` of a playbook or a step can ask for: which step is due is not known yet.
pub(crate) fn entry_condition() -> TableSchema {
    of_the_reply("entry-condition")
}

/// What a `when` can ask for.
pub(crate) fn condition() -> TableSchema {
    of_the_reply("condition")
        .key("playbook", some(text()), "The playbook the case goes through.")
        .key(
            "step",
            some(text()),
            "The step that is due: `identify`, or `complaint.identify` of one playbook.",
        )
        .key("before_step", some(text()), "A step that the one that is due comes before.")
}

fn of_the_case(own: &'static str) -> TableSchema {
    let intents = || INTENTS.into_iter().chain(["other"]);
    table()
        .key("channel", some(defined("channel-id")), "The channel, or one of several.")
        .key("visibility", defined("visibility"), "Who will read the reply.")
        .key("language", some(defined("language")), "The language of the reply, or one of several.")
        .key(
            "intent",
            some(words(intents())),
            "What the customer wants, as the host knows it or as it is heard.",
        )
        .key("register", some(one_of(Register::WORDS)), "The register of the channel.")
        .key("fault", some(one_of(Fault::WORDS)), "Whose fault it is, as the host knows it.")
        .key("priority", some(one_of(Level::WORDS)), "How urgent the case is.")
        .key("severity", some(one_of(Level::WORDS)), "How serious the case is.")
        .key("tag", some(text()), "A label of the host's own.")
        .key(
            "signal",
            some(defined("signal-id")),
            "What is heard in the customer's message, such as a threat.",
        )
        .key("private_route", flag(), "Whether the channel has a way to a private conversation.")
        .key("media", flag(), "Whether media have taken the case up.")
        .key("fixed", flag(), "Whether the trouble has been fixed.")
        .key("consent", flag(), "Whether the customer agreed to be named.")
        .key(
            "intent_given",
            flag(),
            "Whether the host knows what the customer wants, and it was not only heard.",
        )
        .key("any", list(defined(own)), "One of these conditions must hold.")
        .key("not", defined(own), "This condition must not hold.")
}

fn of_the_reply(own: &'static str) -> TableSchema {
    of_the_case(own)
        .key("heard", some(defined("act-id")), "An act that stands in the reply.")
        .key("agent_role", some(text()), "The role of whoever replies, such as `agent`, `manager` or `bot`.")
        .key("loss_kind", some(one_of(LossKind::WORDS)), "What the customer lost.")
        .key("min_public_turns", within(1..=1000), "The company has answered at least so often in public.")
        .key("first_reply", flag(), "Whether the company has not answered yet.")
        .key("customer_emoji", flag(), "Whether the customer's message has emoji.")
        .key("bot", flag(), "Whether a machine writes the reply.")
        .key("customer_wrote", flag(), "Whether the customer has written at all.")
        .key("agent_named", flag(), "Whether it is known what whoever replies is called.")
        .key("customer_waits", flag(), "Whether the customer wrote after the last answer.")
        .key("customer_complains", flag(), "Whether the customer complained after the last answer.")
        .key("life_at_risk", flag(), "Whether the customer's last message may be about a life.")
        .key("solved", flag(), "Whether the customer says that it is solved, and has wanted nothing since.")
        .key("customer_polite", flag(), "Whether the customer was answered, and says thanks and no more.")
        .key("closed", flag(), "Whether the team's opening hours are over.")
        .key("identified", flag(), "Whether it is known who writes, and about what.")
        .key("investigated", flag(), "Whether it is known what happened.")
        .key("offered", flag(), "Whether compensation was offered.")
        .key("loss", flag(), "Whether it is known what the customer lost, in money.")
        .key("beyond_agent", flag(), "Whether what makes it good is beyond the authority of whoever replies.")
        .key("told", flag(), "Whether the public has been told what was mended.")
        .key("silent", flag(), "Whether nothing is said to the customer at the step that is due.")
        .key("untrained", flag(), "Whether the step asks for a training that whoever replies has not had.")
}

/// `[rules."ID"]`
pub(crate) fn rule() -> TableSchema {
    let spoken = |list: Schema| any([list.clone(), map(defined("language-or-every"), list).into()]);
    let example = table()
        .need("reply", text(), "The reply.")
        .key("case", defined("example-case"), "The case it answers.")
        .key("fixed", text(), "The reply as the fix of the rule corrects it; of a bad reply only.");
    let examples = || spoken(list(any([example.clone().into(), text()])));
    table()
        .key("off", flag(), "Switches off a rule of a document below.")
        .key("when", defined("condition"), "For which cases the rule is there; for all without it.")
        .key("forbid", target(), "What must not stand in a reply.")
        .key("require", target(), "What must stand in a reply.")
        .key("prefer", target(), "What would make a reply better.")
        .key("limit", limit(), "How much of something there can be.")
        .key("order", order(), "What comes first.")
        .key("excused_by", acts(), "Not where one of these acts stands in the same sentence, or in one beside it. For `forbid` only.")
        .key("confirmed_by", acts(), "Acts of a reply that show that its writer heard the intent `when` asks for, too: the rule is then as strict as where the intent is given.")
        .key("severity", one_of(Severity::WORDS), "How bad it is; only an error makes a reply fail.")
        .key("message", text(), "What a finding says, in one line; `{text}`, `{found}` and `{limit}` are filled in.")
        .key("why", text(), "Why the rule exists.")
        .key("source", text(), "Where it was taken from.")
        .key("fix", fix(), "What would pass.")
        .key("good", examples(), "Replies that keep the rule: a list, or lists by language.")
        .key("bad", examples(), "Replies that break the rule; `<…>` marks the exact place that must be found.")
        .key("case", defined("example-case"), "The case that the examples answer.")
        .key("now", defined("instant"), "The instant at which the examples are judged.")
        .choice(KINDS)
}

fn target() -> TableSchema {
    let spoken = any([list(text()), map(defined("language-or-every"), list(text())).into()]);
    let kinds = PersonalKind::ALL.into_iter().map(PersonalKind::as_str);
    let detectors = DETECTORS.iter().map(|detector| detector.name).chain(kinds);
    table()
        .key("act", acts(), "An act, or any of several.")
        .key("quoted", flag(), "Whether an act in somebody else's words counts, too.")
        .key("signal", some(defined("signal-id")), "A signal, or any of several.")
        .key(
            "phrases",
            spoken,
            "Phrases in the phrase notation: a list for every language, or lists by language.",
        )
        .key("pattern", text(), "A regular expression.")
        .key("detector", some(words(detectors)), "A detector or a kind of personal data, or any of several.")
}

fn limit() -> TableSchema {
    table()
        .key("of", one_of(&MEASURES), "What is counted.")
        .key(
            "max",
            any([within(0..=1_000_000), words(["channel"])]),
            "The most there can be; `channel` is what the channel says.",
        )
        .key("min", within(0..=1_000_000), "The least there can be.")
}

fn order() -> TableSchema {
    table()
        .key("act", defined("act-id"), "The act that comes first.")
        .key("before", acts(), "The acts it comes before.")
        .key("within_sentences", within(1..=100), "It stands among the first so many sentences.")
}

fn fix() -> TableSchema {
    table()
        .key("replace", text(), "What stands instead of what was found; nothing takes it out.")
        .key("say", defined("act-id"), "The act that is said.")
        .key("at", one_of(&PLACES), "Where it is said; at the end unless it says otherwise.")
        .choice(["replace", "say"])
}

/// An act, or a list of acts.
pub(crate) fn acts() -> Schema {
    some(defined("act-id"))
}
