//! What the sections `slots`, `draft` and `canned` accept, what acts `say`, and how a language writes.

pub(crate) mod answer;

use super::slot::SlotType;
use crate::lexicon::ADDRESS_FORMS;
use crate::source::schema::*;

/// `[slots.ID]`
pub(crate) fn slot() -> TableSchema {
    let sample = any([text(), map(defined("language-or-every"), text()).into()]);
    table()
        .key("type", one_of(SlotType::WORDS), "What it holds.")
        .key("title", text(), "What it is for, in a few words.")
        .key("sample", sample, "The value by which templates are tried out: one, or one by language.")
}

/// The id of a slot.
pub(crate) fn slot_id() -> Schema {
    matching("^[a-z_]+$")
}

/// `[draft]`
pub(crate) fn draft() -> TableSchema {
    let address = map(defined("language"), one_of(&ADDRESS_FORMS));
    table().key(
        "address",
        address,
        "How customers are addressed, by language; a channel's own `address` wins.",
    )
}

/// `[canned.ID]`
pub(crate) fn canned() -> TableSchema {
    let spoken = table()
        .key("keywords", list(text()), "Phrases in the customer's message that choose the reply.")
        .key("say", defined("say"), "The reply.");
    table()
        .key("title", text(), "What it is about.")
        .key("act", defined("act-id"), "The act it says; `information` without it.")
        .key("when", defined("condition"), "For which cases it is there.")
        .others(defined("language"), spoken)
}

/// `say`, of an act in a language or of a canned reply.
pub(crate) fn say() -> TableSchema {
    let group = templates().key("when", defined("condition"), "The cases the group is for.").key(
        "remedy",
        text(),
        "The remedy the group is for.",
    );
    templates().others(text(), Schema::from(group).says("Templates for some cases."))
}

fn templates() -> TableSchema {
    table()
        .key("formal", list(text()), "Templates for a formal register.")
        .key("neutral", list(text()), "Templates for a neutral register.")
        .key("informal", list(text()), "Templates for an informal register.")
        .key("any", list(text()), "Templates for every register.")
}

/// `[language.XX.format]`
pub(crate) fn format() -> TableSchema {
    let money = table()
        .key("decimal", text(), "What stands before the decimals.")
        .key("group", text(), "What stands between thousands.")
        .key(
            "other",
            text(),
            "An amount in a currency that is not named here; `{n}` and `{code}` are filled in.",
        )
        .others(matching("^[A-Z]{3}$"), text().says("An amount in this currency; `{n}` is filled in."));
    let date = table()
        .key("plain", text(), "A date; `{day}` and `{month}` are filled in.")
        .key("year", text(), "A date with its year; `{day}`, `{month}` and `{year}` are filled in.")
        .key("on", text(), "On that date; `{weekday}` and `{date}` are filled in.")
        .key("by", text(), "By that date; `{weekday}` and `{date}` are filled in.");
    let time = table()
        .key("plain", text(), "A time; `{hour}` and `{minute}` are filled in.")
        .key("at", text(), "At that time; `{time}` is filled in.")
        .key("by", text(), "By that time; `{time}` is filled in.");
    let deadline = table()
        .key(
            "on",
            text(),
            "An instant; `{on}`, `{by}`, `{at}`, `{time}`, `{date}` and `{weekday}` are filled in.",
        )
        .key("by", text(), "By an instant.")
        .key("today_on", text(), "An instant of today.")
        .key("today_by", text(), "By an instant of today.")
        .key("tomorrow_on", text(), "An instant of tomorrow.")
        .key("tomorrow_by", text(), "By an instant of tomorrow.");
    let counts = || {
        table()
            .key(
                "minutes",
                list(text()),
                "So many minutes: for one and for more, or for one, few and many; `{n}` is filled in.",
            )
            .key("hours", list(text()), "So many hours, likewise.")
            .key("days", list(text()), "So many days, likewise.")
    };
    table()
        .key("months", list(text()), "The twelve months.")
        .key("weekdays", list(text()), "The seven weekdays, Monday first.")
        .key("weekdays_by", list(text()), "The weekdays, where they differ after “by”.")
        .key("money", money, "How amounts are written.")
        .key("date", date, "How dates are written.")
        .key("time", time, "How times are written.")
        .key("deadline", deadline, "How instants are written.")
        .key("duration", counts(), "How long something takes.")
        .key("within", counts(), "Within how long.")
}
