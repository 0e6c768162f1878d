//! What the section `channels` accepts.

use super::{
    BadgeCounts, ChannelKind, ClientMark, Courtesy, DisclosureRequired, Grade, MarkupKind, RouteAfter,
    RouteNeeds, WindowSender, WindowStart, WindowThen,
};
use crate::lexicon::{ADDRESS_FORMS, Register};
use crate::source::schema::*;
use crate::text::Unit;

/// `[channels.ID]`
pub(crate) fn channel() -> TableSchema {
    afterwards(reply(limits(place(table())))).key("notes", text(), "What else is worth knowing.")
}

/// What sort of place it is, and how one speaks there.
fn place(channel: TableSchema) -> TableSchema {
    channel
        .key("name", text(), "What people call it.")
        .key("kind", one_of(ChannelKind::WORDS), "What sort of place it is. A new channel must say so.")
        .key(
            "visibility",
            list(visibility()),
            "Who can read what stands here: `public`, `private` or both. A new channel must say so.",
        )
        .key(
            "default_visibility",
            visibility(),
            "What a reply is where the case does not say; needed where there are both.",
        )
        .key("official", flag(), "Whether it is the company's own channel; true unless it says otherwise.")
        .key("monitored", flag(), "Whether somebody looks after it; true unless it says otherwise.")
        .key("inbound", flag(), "Whether customers can write here; true unless it says otherwise.")
        .key(
            "register",
            one_of(Register::WORDS),
            "How formal a reply is here; neutral unless it says otherwise.",
        )
        .key(
            "address",
            map(defined("language"), one_of(&ADDRESS_FORMS)),
            "How customers are addressed here, by language: `de = \"formal\"` is Sie.",
        )
}

/// How much it carries.
fn limits(channel: TableSchema) -> TableSchema {
    let limit = || {
        figure(
            table()
                .need("unit", words(Unit::ALL.map(Unit::as_str)), "What is counted.")
                .need("max", from(1..), "The most there can be.")
                .key(
                    "warn_at",
                    number(0.0..=1.0),
                    "The share of the limit from which on a text is near it; 0.95 unless it says otherwise.",
                )
                .key("visibility", visibility(), "For texts of this visibility only."),
        )
    };
    let alternative = limit().need("name", text(), "What `limits` calls it.");
    channel
        .key(
            "limits",
            any([list(limit()), text().says("The name of one of the `alternatives`.")]),
            "How long a text can be. Several limits hold at once.",
        )
        .key(
            "alternatives",
            list(alternative),
            "Limits of which the policy chooses one by its name, such as that of a paid account.",
        )
}

/// What a reply can have in it, and where it goes on.
fn reply(channel: TableSchema) -> TableSchema {
    channel
        .key("private_route", route(), "Where a public conversation goes on in private.")
        .key(
            "links",
            figure(tags("links").key("clickable", flag(), "Whether a link in a reply can be followed.")),
            "What becomes of links here.",
        )
        .key("mentions", figure(tags("mentions")), "What becomes of mentions here.")
        .key("hashtags", figure(tags("hashtags")), "What becomes of hashtags here.")
        .key("max_links", from(0..), "The most links the policy wants in a reply.")
        .key("max_mentions", from(0..), "The most mentions the policy wants in a reply.")
        .key("max_hashtags", from(0..), "The most hashtags the policy wants in a reply.")
        .key("emoji", emoji(), "Which emoji a reply can have here.")
        .key("frame", list(one_of(Courtesy::WORDS)), "The courtesies that stand around a draft.")
        .key("max_parts", within(2..=9), "A draft that is too long may be split into so many posts.")
        .key(
            "markup",
            figure(table().key("is", one_of(MarkupKind::WORDS), "What signs in the text turn into.")),
            "What the channel makes of signs in the text.",
        )
}

/// What can be done with a reply, how long one can write, and what the platform asks and shows.
fn afterwards(channel: TableSchema) -> TableSchema {
    channel
        .key("edit", permission("changed"), "Whether a reply can be changed afterwards.")
        .key("delete", permission("deleted"), "Whether a reply can be deleted afterwards.")
        .key(
            "replies",
            figure(table().key("max", from(0..), "So many answers one message can have.").key(
                "overwrites",
                flag(),
                "Whether a new answer takes the place of the old one.",
            )),
            "How many answers the channel takes.",
        )
        .key("windows", list(window()), "How long after a customer's message one can still write.")
        .key(
            "customer_first",
            figure(table().key("required", flag(), "Whether only the customer can begin.")),
            "Whether the customer must write first.",
        )
        .key("rate", rate(), "How many messages the channel takes in a time.")
        .key("bot_disclosure", disclosure(), "Whether a machine must say that it is one.")
        .key("badge", badge(), "What the platform shows of how fast a company answers.")
        .key(
            "reviewer_request",
            figure(table().key("answer_within", defined("duration"), "How long there is to answer.")),
            "How long there is to answer a question of the platform's reviewers.",
        )
}

fn visibility() -> Schema {
    defined("visibility")
}

/// A table with a figure in it, and where the figure comes from.
pub(crate) fn figure(table: TableSchema) -> TableSchema {
    table
        .key("source", text(), "Where the figure comes from: a title, and an address or a document.")
        .key(
            "as_of",
            matching(r"^\d{4}-\d{2}(-\d{2})?$"),
            "The day or month of that source: `2026-11-21` or `2026-11`.",
        )
        .key(
            "grade",
            one_of(Grade::WORDS),
            "How well the figure is known; `own` is what the policy decides itself.",
        )
}

/// `30s`, `15m`, `24h` or `7d`.
pub(crate) fn duration() -> Schema {
    matching("^[0-9]+[smhd]$").says("A whole number and a unit: `30s`, `15m`, `24h`, `7d`.")
}

fn route() -> TableSchema {
    figure(
        table()
            .key(
                "to",
                any([defined("channel-id"), words(["none"])]),
                "The private channel, or `none` where no way leads to one.",
            )
            .key("within", defined("duration"), "How long after the customer's message it can be taken.")
            .key("replies", from(0..), "How many messages it takes.")
            .key("after", one_of(RouteAfter::WORDS), "What must come before more can be written.")
            .key("needs", one_of(RouteNeeds::WORDS), "What it takes to open it."),
    )
}

fn tags(what: &'static str) -> TableSchema {
    let most = match what {
        "links" => "The most links the platform takes.",
        "mentions" => "The most mentions the platform takes.",
        _ => "The most hashtags the platform takes.",
    };
    table().key("max", from(0..), most).key(
        "needs",
        one_of(ClientMark::WORDS),
        "What the client must do, so that it becomes one.",
    )
}

fn emoji() -> TableSchema {
    table()
        .key("allow", list(text()), "The emoji that can stand here; those of `[emoji]` without it.")
        .key("max", from(0..), "The most emoji in a reply; 0 is none.")
        .key(
            "mirror",
            flag(),
            "Whether emoji only answer emoji of the customer; true unless it says otherwise.",
        )
}

fn permission(what: &'static str) -> TableSchema {
    let allowed = match what {
        "changed" => "Whether it can be changed.",
        _ => "Whether it can be deleted.",
    };
    figure(table().key("allowed", flag(), allowed).key("within", defined("duration"), "For how long."))
}

fn window() -> TableSchema {
    figure(
        table()
            .need("sender", one_of(WindowSender::WORDS), "Whom it is for.")
            .need("within", defined("duration"), "How long it is open.")
            .need("from", one_of(WindowStart::WORDS), "What opens it.")
            .need("then", one_of(WindowThen::WORDS), "What it leaves when it has closed."),
    )
}

fn rate() -> TableSchema {
    figure(table().key("max", from(0..), "So many.").key("within", defined("duration"), "In so long.").key(
        "counts",
        text(),
        "What is counted.",
    ))
}

fn disclosure() -> TableSchema {
    figure(table().key("required", one_of(DisclosureRequired::WORDS), "When it must.").key(
        "regions",
        list(matching("^[A-Z]{2}(-[A-Z0-9]{1,3})?$")),
        "Where the law demands it: codes of ISO 3166, such as `DE` or `US-CA`.",
    ))
}

fn badge() -> TableSchema {
    figure(
        table()
            .key("name", text(), "What the platform calls it.")
            .key("rate", number(0.0..=1.0), "The share of messages that must be answered.")
            .key("time", defined("duration"), "How fast, on the median.")
            .key("window", defined("duration"), "Over how long that is measured.")
            .key("counts", one_of(BadgeCounts::WORDS), "Which replies count."),
    )
}
