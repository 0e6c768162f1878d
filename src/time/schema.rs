//! What the sections `calendars`, `rotas` and `holidays` accept.

pub(crate) mod answer;

use super::day::WEEKDAYS;
use crate::source::schema::*;

const DATE: &str = r"^\d{4}-\d{2}-\d{2}$";

/// A day.
pub(crate) fn date() -> Schema {
    matching(DATE).says("Year, month and day, such as `2026-12-24`.")
}

/// Date and time with their offset.
pub(crate) fn instant() -> Schema {
    matching(r"^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?([Zz]|[+-]\d{2}:?\d{2})$")
        .says("Date, time and offset, such as `2026-12-24T17:00:00+01:00`; the offset may lack its colon.")
}

/// Date and time; without an offset they are local ones.
pub(crate) fn moment() -> Schema {
    matching(r"^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?([Zz]|[+-]\d{2}:?\d{2})?$")
}

/// The id of a calendar or of a rota.
pub(crate) fn id() -> Schema {
    matching("^[a-z0-9]+(-[a-z0-9]+)*$")
}

/// The id of a region.
pub(crate) fn region_id() -> Schema {
    matching("^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$")
}

/// Stretches of hours of a day.
fn hours() -> Schema {
    list(
        matching(r"^\d{2}:\d{2}(:\d{2})?-\d{2}:\d{2}(:\d{2})?$")
            .says("Such as `09:00-17:00`, `22:00-06:00` or `08:00-24:00`."),
    )
}

fn week() -> TableSchema {
    let names = [
        "The hours of Mondays; none, where it is left out.",
        "The hours of Tuesdays; none, where it is left out.",
        "The hours of Wednesdays; none, where it is left out.",
        "The hours of Thursdays; none, where it is left out.",
        "The hours of Fridays; none, where it is left out.",
        "The hours of Saturdays; none, where it is left out.",
        "The hours of Sundays; none, where it is left out.",
    ];
    WEEKDAYS.iter().zip(names).fold(table(), |table, (&(day, _), says)| table.key(day, hours(), says))
}

/// `[calendars.ID]`
pub(crate) fn calendar() -> TableSchema {
    let weekday = words(WEEKDAYS.iter().map(|(day, _)| *day));
    table()
        .key("time_zone", text(), "The zone of its hours by its IANA name, such as `Europe/Oslo`.")
        .key("open", week(), "When the team is there, by weekday.")
        .key("days", map(matching(DATE), hours()), "Days with hours of their own, by date; `[]` is closed.")
        .key(
            "breaks",
            map(any([weekday, matching(DATE)]), hours()),
            "Hours in which nobody is there, by weekday or date.",
        )
        .key("closed", list(matching(DATE)), "Days on which nobody is there.")
        .key("holidays", list(defined("region-id")), "The regions whose public holidays are kept.")
}

/// `[rotas.ID]`
pub(crate) fn rota() -> TableSchema {
    let layer = table()
        .need("people", list(text()), "Who takes turns, in their order.")
        .need("start", matching(DATE), "The day on which the first turn begins.")
        .need("every", matching("^[0-9]{1,3}[dw]$"), "How long a turn lasts: `1d`, `1w`.")
        .key(
            "at",
            matching(r"^\d{2}:\d{2}(:\d{2})?$"),
            "The time of day at which turns change; midnight without it.",
        )
        .key(
            "on",
            words(WEEKDAYS.iter().map(|(day, _)| *day)),
            "The weekday on which turns of whole weeks change.",
        )
        .key("hours", week(), "The hours in which they are on call; all without it.");
    let exception = table()
        .need("person", text(), "Who is on call instead.")
        .need("from", moment(), "From when on; in the rota's zone, where it has no offset.")
        .need("to", moment(), "Until when.");
    table()
        .key("time_zone", text(), "The zone of its hours by its IANA name, such as `Europe/Oslo`.")
        .key("beside", defined("calendar-id"), "The calendar while which is open nobody need be on call.")
        .key("layers", list(layer), "Who takes turns; several layers are on call at once.")
        .key("overrides", list(exception), "Who stands in for whom, and when.")
}

/// `[holidays.ID]`
pub(crate) fn region() -> TableSchema {
    let on = text().says("`12-25`, `2023-05-08`, `easter+39`, `1st mon of 05`, `last mon of 08`, `sat from 06-20` or `wed before 11-23`.");
    let year = || within(1900..=2200);
    let day = table()
        .key("name", text(), "What it is called there.")
        .key("english", text(), "What it is called in English.")
        .key("off", flag(), "Switches off a day of the region around it, or of a document below.")
        .key("on", some(on), "When it falls.")
        .key("from", year(), "The first year in which it is kept.")
        .key("until", year(), "The last year in which it is kept.")
        .key("except", list(year()), "Years in which it is not kept.")
        .key("substitute", flag(), "Whether the next weekday is free where it falls on a weekend.")
        .key("source", text(), "Where it was read.")
        .key("as_of", date(), "When that was.");
    table()
        .key("name", text(), "What the region is called.")
        .key("in", defined("region-id"), "The region whose holidays it has, too.")
        .key("days", map(text(), day), "Its holidays by names.")
}
