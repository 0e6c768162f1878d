//! What a test asks.

use crate::source::Diagnostic;

/// What a test asks of the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    Reply,
    Draft,
    Next,
    Clock,
    Surge,
    Health,
}

impl Asked {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Asked::Reply => "reply",
            Asked::Draft => "draft",
            Asked::Next => "next",
            Asked::Clock => "clock",
            Asked::Surge => "surge",
            Asked::Health => "health",
        }
    }
}

/// A test that expects nothing.
pub(super) fn no_expectation(asked: Asked) -> Diagnostic {
    let help = match asked {
        Asked::Reply => "say what is to be found: `expect = { verdict = \"pass\", absent = [\"tone.*\"] }`",
        Asked::Draft => {
            "`expect = { verdict = \"pass\" }` asks for no more than that there is a draft, `acts` for what it says"
        }
        Asked::Next => "say what is due: `expect = { step = \"acknowledge\", asks = [\"apology\"] }`",
        Asked::Clock => "say how the clocks stand: `expect.clocks = { first-response = \"running\" }`",
        Asked::Surge => {
            "say how far it has spread: `expect = { level = \"crisis\", asks = { tell = [\"lead\"] } }`"
        }
        Asked::Health => "say what is to be found: `expect = { present = [\"health.silent\"] }`",
    };
    Diagnostic::error("no-expectation", "this test expects nothing").with_help(help)
}
