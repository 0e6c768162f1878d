//! What the section `sla` accepts.

pub(crate) mod answer;

use super::clock::{Metric, Reopen, TimeKind};
use super::health::rules::{CHECKS, LimitKind};
use super::surge::{Level, Measure};
use crate::channel::schema::figure;
use crate::source::Severity;
use crate::source::schema::*;

/// `[sla]`
pub(crate) fn sla() -> TableSchema {
    table()
        .key("calendar", defined("calendar-id"), "The calendar whose hours count.")
        .key("rota", defined("rota-id"), "The rota of those who are on call outside them.")
        .key(
            "serious",
            words(["covered", "as-promised"]),
            "Whether hours on call count for a serious case; `covered` unless it says otherwise.",
        )
        .key(
            "answered_by",
            words(["people", "anyone"]),
            "Whose reply is an answer; that of people unless it says otherwise.",
        )
        .key("presets", map(text(), preset()), "Terms that targets use by name.")
        .key("targets", map(text(), target()), "What is promised.")
        .key("escalation", map(text(), ladder()), "Who is told when a clock runs down.")
        .key("expectation", map(text(), expectation()), "Surveys of how fast customers want an answer.")
        .key("surge", surge(), "When a case spreads, and what is asked for then.")
        .key("health", health(), "Whether anybody looks after a channel.")
}

fn terms() -> TableSchema {
    table()
        .key(
            "duration",
            defined("duration"),
            "What is promised, in the target's own time; a day is 24 hours of it.",
        )
        .key(
            "time",
            one_of(TimeKind::WORDS),
            "The time it is counted in: opening hours, those and hours on call, or every hour.",
        )
        .key("calendar", defined("calendar-id"), "The calendar whose hours count.")
        .key("rota", defined("rota-id"), "The rota of those who are on call.")
        .key("at_risk", mark(), "From where on the clock is at risk; 80% unless it says otherwise.")
        .key("reopen", one_of(Reopen::WORDS), "What becomes of the clock when the case is opened again.")
        .key("pauses", some(text()), "Kinds of events that pause the clock.")
        .key("resumes", some(text()), "Kinds of events that let it go on.")
        .key("counts_first_message", flag(), "Whether a next response counts from the first message, too.")
}

fn mark() -> Schema {
    matching(r"^([0-9]+%|due([+-][0-9]+[smhd])?)$")
        .says("A point on the way of a clock: `80%`, `due-10m`, `due`, `due+1h`.")
}

fn preset() -> TableSchema {
    terms().key("title", text(), "What it promises, in a few words.").key(
        "source",
        text(),
        "Where it was read.",
    )
}

fn target() -> TableSchema {
    terms()
        .key("off", flag(), "Switches off a target of a document below.")
        .key("metric", one_of(Metric::WORDS), "What is measured.")
        .key("preset", text(), "The preset whose terms hold where the target has none of its own.")
        .key("when", defined("clock-condition"), "For which cases; the target that asks for the most holds.")
}

fn ladder() -> TableSchema {
    let notify = table()
        .key("role", some(text()), "Whoever has this role.")
        .key("person", some(text()), "One person, or several.")
        .key("rota", some(defined("rota-id")), "Whoever is on call.");
    let remind = table().need("every", defined("duration"), "How long after the last time.").need(
        "at_most",
        within(1..=100),
        "How often.",
    );
    let level = table()
        .need("at", mark(), "When.")
        .key("notify", notify, "Who is told; an empty level goes on to the next.")
        .key("remind", remind, "How often they are reminded.");
    table()
        .key("off", flag(), "Switches off a ladder of a document below.")
        .key("metric", some(one_of(Metric::WORDS)), "The metrics it is for; all of them without it.")
        .key("when", defined("clock-condition"), "For which cases.")
        .key("levels", list(level), "Its levels, one after the other.")
}

fn share() -> Schema {
    number(0.0..=1.0)
}

fn expectation() -> TableSchema {
    let point = table()
        .need("within", defined("duration"), "Within so long.")
        .need("share", share(), "So many expect an answer, those before included.")
        .key("label", text(), "What the survey calls it.");
    figure(
        table()
            .key("title", text(), "What the survey is called.")
            .key("at_once", share(), "So many expect an answer at once.")
            .key("points", list(point), "The points of the curve, the shortest time first.")
            .key("indifferent", share(), "So many do not care.")
            .key("sample", from(1..), "How many were asked.")
            .key("caveats", list(text()), "What to mind."),
    )
}

fn surge() -> TableSchema {
    let levels = Level::REACHED.into_iter().fold(table(), |table, level| {
        table.key(level.as_str(), self::level(), "From what on the level is reached, and what it asks for.")
    });
    let people = figure(table().key("people", from(1..), "How many."));
    let systemic = table().key("cases", from(2..), "So many cases of one tag…").key(
        "within",
        defined("duration"),
        "…within so long.",
    );
    let contacts = figure(table().key("each", from(0..), "How many."));
    table()
        .key("window", defined("duration"), "Growth is measured over at least so long.")
        .key("contacts", contacts, "How many contacts people have on average.")
        .key("populations", map(text(), people), "How many people can see what is written in a language.")
        .key("systemic", systemic, "From what on several cases are one trouble.")
        .key("levels", levels, "The levels a case can reach.")
        .key("crisis_contact", text(), "Whom to call in a crisis.")
}

fn level() -> TableSchema {
    let growth = || {
        table()
            .key("times", number(0.001..=1e9), "So many times what is usual…")
            .key("at_least", number(0.001..=1e9), "…and at least so many.")
            .key("without_baseline", number(0.001..=1e9), "So many, where it is not known what is usual.")
    };
    let counted = Measure::COUNTED
        .into_iter()
        .fold(table(), |table, measure| table.key(measure.as_str(), from(1..), "From so many on."));
    let growing = Measure::GROWING
        .into_iter()
        .fold(counted, |table, measure| table.key(measure.as_str(), growth(), "From such growth on."));
    growing
        .key("media", flag(), "Whether it is enough that media have taken the case up.")
        .key("tell", list(text()), "Whom to tell.")
        .key("playbook", text(), "The playbook to go through.")
        .key("time", one_of(TimeKind::WORDS), "The time clocks are counted in then.")
        .key("update_every", defined("duration"), "How often the public hears from the company.")
}

fn health() -> TableSchema {
    let rules = CHECKS.iter().fold(table(), |table, &(name, _, limit)| {
        table.key(name, check(limit), "A rule of a channel's health.")
    });
    table()
        .key("expectation", text(), "The survey that says whom an answer still satisfied.")
        .key("settled", list(text()), "Events after which spam stands there no longer.")
        .key("rules", rules, "The rules; one that is not written is not checked.")
}

fn check(limit: LimitKind) -> TableSchema {
    let table = table()
        .key("off", flag(), "Switches the rule off.")
        .key("severity", one_of(Severity::WORDS), "How bad it is; a warning unless it says otherwise.")
        .key("message", text(), "What a finding says; `{channel}`, `{value}`, `{limit}`, `{count}`, `{of}` and `{tag}` are filled in.")
        .key("why", text(), "Why the rule exists.");
    let from_on =
        |table: TableSchema| table.key("from", from(0..), "With fewer conversations it keeps quiet.");
    match limit {
        LimitKind::LeastShare => from_on(table.key("at_least", share(), "The least share there should be.")),
        LimitKind::MostTime => {
            from_on(table.key("at_most", defined("duration"), "The longest it should take."))
        }
        LimitKind::MostCount => from_on(table.key("at_most", from(0..), "The most there should be.")),
        LimitKind::Nothing => table,
    }
}
