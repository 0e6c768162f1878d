//! What answers hold of what was heard.

use crate::lexicon::{AddressForm, Register};
use crate::source::schema::*;
use crate::text::personal::PersonalKind;
use crate::text::{HiddenKind, Scheme, SignKind};

/// A place in a text.
pub(crate) fn span() -> TableSchema {
    table().need("start", from(0..), "The byte of the text at which it begins.").need(
        "end",
        from(0..),
        "The byte behind it.",
    )
}

/// A [`Cue`](crate::lexicon::Cue).
pub(crate) fn cue() -> TableSchema {
    span().need(
        "weight",
        any_number(),
        "How much it speaks for the judgement; less than nothing, against it.",
    )
}

/// A [`Reading`](crate::lexicon::Reading).
pub(crate) fn reading() -> TableSchema {
    table()
        .need("language", text(), "The code of the language it is in, `unknown` where that cannot be told.")
        .need("acts", list(heard()), "The acts, in the order of the text.")
        .need("address", address(), "How the reader is addressed.")
        .need("register", register(), "How formal it is.")
        .need("intent", intent(), "What is wanted, if it is a customer's message.")
        .need(
            "signals",
            list(span().need("signal", text(), "Its name.")),
            "What else was heard: urgency, threats.",
        )
        .need("emoji", list(emoji()), "The emoji.")
        .need("links", list(link()), "The links.")
        .need("mentions", spans(), "The mentions, such as `@svar`.")
        .need("hashtags", spans(), "The hashtags.")
        .need("personal_data", list(personal()), "Data that belong to a person, or identify one.")
        .need("hidden", list(hidden()), "Characters that hide or deceive.")
        .need("placeholders", spans(), "Placeholders nobody filled in.")
        .need("markup", list(markup()), "Signs of Markdown and HTML, as they were written.")
        .need("shouting", spans(), "Words in capital letters that belong to a shout.")
        .need("stretched", spans(), "Words with one letter stretched.")
        .need("sentences", from(0..), "How many sentences it has.")
        .need("length", length(), "Its length in every platform's unit.")
}

fn spans() -> Schema {
    list(defined("span"))
}

fn heard() -> TableSchema {
    span()
        .need("act", text(), "Which act.")
        .key("quoted", flag(), "`true` where it stands in somebody else's words; left out otherwise.")
        .key("taken_back", flag(), "`true` where a word such as “but” takes it back; left out otherwise.")
}

fn address() -> TableSchema {
    let told = [AddressForm::Formal, AddressForm::Informal].map(AddressForm::as_str);
    let cue = span().need("form", words(told), "Which form it speaks for.");
    table().need("form", one_of(AddressForm::WORDS), "The form heard.").need(
        "evidence",
        list(cue),
        "What it was heard by.",
    )
}

fn register() -> TableSchema {
    table()
        .need("score", number(-1.0..=1.0), "From -1, informal, to 1, formal.")
        .need("label", one_of(Register::WORDS), "The register heard.")
        .need("evidence", list(defined("cue")), "What it was heard by; positive weights are formal.")
}

fn intent() -> TableSchema {
    table()
        .need("kind", text(), "The intent heard; `other`, where none was.")
        .need(
            "score",
            number(0.0..=1.0),
            "How surely; one half is the threshold at which an intent is heard.",
        )
        .need("evidence", list(defined("cue")), "What speaks for it, and against it.")
}

fn emoji() -> TableSchema {
    span().need("name", or_null(text()), "What Unicode calls it; none, where its sequence is not known.")
}

fn link() -> TableSchema {
    span().need("host", defined("span"), "Where its host stands.").need(
        "scheme",
        or_null(one_of(Scheme::WORDS)),
        "Its protocol, where it is written.",
    )
}

fn personal() -> TableSchema {
    span().need("kind", one_of(PersonalKind::WORDS), "What it is.")
}

fn hidden() -> TableSchema {
    span().need("kind", one_of(HiddenKind::WORDS), "What it is.")
}

fn markup() -> TableSchema {
    span().need(
        "kind",
        one_of(SignKind::WORDS),
        "What it is: `tag` and `entity` are HTML, the others Markdown.",
    )
}

fn length() -> TableSchema {
    table()
        .need("bytes", from(0..), "Bytes of UTF-8.")
        .need("utf16", from(0..), "Code units of UTF-16.")
        .need("code_points", from(0..), "Unicode code points.")
        .need("graphemes", from(0..), "What a reader sees as characters.")
        .need("x", from(0..), "Weighted characters of X.")
        .need("threads", from(0..), "Characters of Threads.")
        .need("mastodon", from(0..), "Characters of Mastodon.")
}
