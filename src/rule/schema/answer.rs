//! What answers hold of a reply that is judged.

use crate::rule::Verdict;
use crate::source::Severity;
use crate::source::schema::*;

/// A [`Report`](crate::rule::Report).
pub(crate) fn report() -> TableSchema {
    table()
        .need("verdict", verdict(), "Whether the reply may be published.")
        .need("findings", list(defined("finding")), "What was found, in the order of the reply.")
        .need("policy", defined("policy"), "Who says so.")
}

/// Whether there is an error among the findings.
pub(crate) fn verdict() -> Schema {
    one_of(Verdict::WORDS)
}

/// A [`Finding`](crate::rule::Finding).
pub(crate) fn finding() -> TableSchema {
    let fix = table()
        .need("start", from(0..), "The byte of the reply at which something is replaced.")
        .need("end", from(0..), "The byte behind what is replaced; the same byte, where something is added.")
        .need("text", text(), "What stands there afterwards; empty, where something is taken out.");
    table()
        .need("rule", text(), "Which rule is not kept.")
        .need("severity", one_of(Severity::WORDS), "How bad it is.")
        .need("message", text(), "What is wrong, in one line.")
        .need(
            "start",
            from(0..),
            "The byte of the reply at which it begins; of what is missing, where it belongs.",
        )
        .need("end", from(0..), "The byte behind it; the same byte, where something is missing.")
        .need("why", text(), "Why the rule exists.")
        .key("guessed", flag(), "`true` where it rests on a guess and is a step milder; left out otherwise.")
        .key("fix", fix, "What would pass.")
}

/// A [`PolicyLabel`](crate::rule::PolicyLabel).
pub(crate) fn policy() -> TableSchema {
    table().need("name", text(), "The name of the policy.").need(
        "version",
        text(),
        "Its version; empty, where it gives none.",
    )
}
