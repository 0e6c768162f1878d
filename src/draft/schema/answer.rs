//! What answers hold of a reply that was written.

use crate::case::Visibility;
use crate::draft::{DroppedWhat, DroppedWhy};
use crate::lexicon::{AddressForm, Register};
use crate::source::schema::*;

/// A [`Draft`](crate::draft::Draft).
pub(crate) fn draft() -> TableSchema {
    table()
        .need("text", text(), "The whole reply; of several parts, all of them with an empty line between.")
        .key("parts", list(text()), "The numbered parts, where it did not fit into one.")
        .need("channel", text(), "The channel it is for: the case's, or the one its private route leads to.")
        .need("visibility", one_of(Visibility::WORDS), "Who will read it.")
        .need("language", text(), "The code of its language.")
        .need("register", one_of(Register::WORDS), "Its register.")
        .need("address", one_of(AddressForm::WORDS), "How it addresses the customer.")
        .need("playbook", or_null(text()), "The playbook it follows, if it follows one.")
        .need("step", or_null(text()), "The step of it that is due.")
        .need("acts", list(text()), "What it says, in order.")
        .need("templates", list(template()), "What it was made of, in the same order.")
        .need("dropped", list(dropped()), "What it leaves out.")
        .key("canned", text(), "The canned reply in it, by its name.")
        .need(
            "findings",
            list(defined("finding")),
            "What the policy says of it: no error, perhaps a warning or advice.",
        )
        .need("policy", defined("policy"), "Who says so.")
}

/// A [`Pair`](crate::draft::Pair).
pub(crate) fn pair() -> TableSchema {
    table().need("public", defined("draft"), "What everybody reads.").need(
        "private",
        defined("draft"),
        "What the customer alone reads, once the public reply stands.",
    )
}

fn template() -> TableSchema {
    table()
        .need("act", text(), "What it says.")
        .need("template", text(), "The template as it is written.")
        .need("source", text(), "The document it stands in.")
        .need("line", from(1..), "Its line in that document, from 1.")
}

fn dropped() -> TableSchema {
    table()
        .need("what", one_of(DroppedWhat::WORDS), "What it is.")
        .key("act", text(), "Of which act.")
        .need("why", one_of(DroppedWhy::WORDS), "Why it is left out.")
        .key("slots", list(text()), "The slots it is about.")
}
