//! What the sections `language`, `acts`, `address`, `register`, `intents` and `signals` accept.

pub(crate) mod answer;

use super::reading::ADDRESS_FORMS;
use super::settle::INTENTS;
use crate::source::schema::*;

/// `[language.XX]`
pub(crate) fn language() -> TableSchema {
    let weights = |key| map(key, weight());
    table()
        .key("name", text(), "What its speakers call it.")
        .key("examples", list(text()), "Texts that must be taken for this language.")
        .key("format", defined("format"), "How it writes amounts, dates, times and durations.")
        .key("address", one_of(&ADDRESS_FORMS), "How customers are addressed where nobody says otherwise.")
        .key("mirror_address", flag(), "Whether customers are addressed as they address us.")
        .key("abbreviations", list(text()), "A full stop after one of these ends no sentence.")
        .key(
            "units",
            list(text()),
            "Abbreviations that stand behind a number: their full stop ends a sentence where a capital follows.",
        )
        .key(
            "after_ordinal",
            list(text()),
            "Words before which `11.` is an ordinal and ends no sentence, such as months.",
        )
        .key(
            "salutations",
            list(text()),
            "Words by which a sentence calls somebody (`hi`, `dear`): what stands behind its comma begins anew.",
        )
        .key("but", list(text()), "Phrases that take an apology back when they stand directly after it.")
        .key("negation", list(text()), "Words that silence an act when they stand directly before it.")
        .key("and", list(text()), "Words that a negation before them does not reach across.")
        .key("classes", map(text(), list(text())), "Words and phrases that `{NAME}` stands for in phrases.")
        .key("words", weights(text()), "Words that speak for the language, or against it, and how much. Words in capitals with one that speaks for it among them are shouted.")
        .key("letters", weights(text()), "Letters that speak for the language, or against it, and how much.")
}

/// `[acts.ID]`
pub(crate) fn act() -> TableSchema {
    table()
        .key("title", text(), "What the act does, in a few words. A new act must say so.")
        .key("overlaps", flag(), "Whether it is heard inside another act's phrase, too.")
        .key("negatable", flag(), "Whether a negation before it silences it.")
        .key("retractable", flag(), "Whether a `but` directly after it takes it back.")
        .key("helps", flag(), "Whether it is help: after a `but` it keeps an apology from being taken back.")
        .key("emoji", list(text()), "The emoji that go with it, in the order in which they are tried.")
        .key("free", flag(), "Whether it binds nobody, so that a draft may say it unasked.")
        .others(defined("language"), spoken_act())
        // A draft is in one language: what stands for all of them is heard, and not said.
        .named("*", hearable("the act"), "What is heard as the act in every language.")
}

/// `[acts.ID.XX]`
fn spoken_act() -> TableSchema {
    hearable("the act").key(
        "say",
        defined("say"),
        "What says the act in a draft: templates by register, and groups of them for some cases.",
    )
}

fn hearable(what: &'static str) -> TableSchema {
    let (hear, not) = match what {
        "the act" => (
            "Phrases that are heard as the act.",
            "Phrases that are not heard as the act and, being longer, take it away.",
        ),
        _ => (
            "Phrases that are heard as the signal.",
            "Phrases that are not heard as the signal and, being longer, take it away.",
        ),
    };
    table()
        .key("hear", list(text()), hear)
        .key("not", list(text()), not)
        .key("heard", list(text()), "Examples in which it must be heard; `<…>` marks the exact place.")
        .key("unheard", list(text()), "Examples in which it must not be heard.")
}

/// `[address.XX]`
pub(crate) fn address() -> TableSchema {
    let examples = map(text(), list(text()));
    table()
        .key(
            "formal",
            map(text(), weight()),
            "Phrases that address formally, and how much; heard from 1.0 on.",
        )
        .key(
            "informal",
            map(text(), weight()),
            "Phrases that address informally, and how much; heard from 1.0 on.",
        )
        .key("examples", examples, "Examples by the form that must be heard.")
}

/// `[register.XX]`
pub(crate) fn register() -> TableSchema {
    let examples = map(text(), list(text()));
    map(
        text(),
        any([weight().says("How formal the phrase is; less than nothing is informal."), examples.into()]),
    )
}

/// `[intents.ID.XX]`
pub(crate) fn intent() -> TableSchema {
    let phrase = weight().says("How much the phrase speaks for the intent, which is heard from 1.0 on.");
    let examples = list(text()).says("`heard` and `unheard`: examples.");
    map(defined("language-or-every"), map(text(), any([phrase, examples])))
}

/// The names of the intents.
pub(crate) fn intent_id() -> Schema {
    words(INTENTS)
}

/// `[signals.ID.XX]`
pub(crate) fn signal() -> TableSchema {
    map(defined("language-or-every"), hearable("the signal"))
}

fn weight() -> Schema {
    number(-100.0..=100.0)
}
