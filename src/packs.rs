//! The built-in packs: the same documents a policy author writes.

/// Name and text of every pack that ships with svar, each before those that build on it.
pub(crate) const BUILT_IN: &[(&str, &str)] = &[
    ("svar:acts", include_str!("packs/acts.toml")),
    ("svar:slots", include_str!("packs/slots.toml")),
    ("svar:channels", include_str!("packs/channels.toml")),
    ("svar:holidays", include_str!("packs/holidays.toml")),
    ("svar:emoji", include_str!("packs/emoji.toml")),
    ("svar:links", include_str!("packs/links.toml")),
    ("svar:en", include_str!("packs/language/en.toml")),
    ("svar:nb", include_str!("packs/language/nb.toml")),
    ("svar:nn", include_str!("packs/language/nn.toml")),
    ("svar:da", include_str!("packs/language/da.toml")),
    ("svar:de", include_str!("packs/language/de.toml")),
    ("svar:pl", include_str!("packs/language/pl.toml")),
    ("svar:intents/en", include_str!("packs/intents/en.toml")),
    ("svar:intents/nb", include_str!("packs/intents/nb.toml")),
    ("svar:intents/nn", include_str!("packs/intents/nn.toml")),
    ("svar:intents/da", include_str!("packs/intents/da.toml")),
    ("svar:intents/de", include_str!("packs/intents/de.toml")),
    ("svar:intents/pl", include_str!("packs/intents/pl.toml")),
    ("svar:sla", include_str!("packs/sla.toml")),
    ("svar:say/en", include_str!("packs/say/en.toml")),
    ("svar:say/nb", include_str!("packs/say/nb.toml")),
    ("svar:say/nn", include_str!("packs/say/nn.toml")),
    ("svar:say/da", include_str!("packs/say/da.toml")),
    ("svar:say/de", include_str!("packs/say/de.toml")),
    ("svar:say/pl", include_str!("packs/say/pl.toml")),
    ("svar:identity", include_str!("packs/identity.toml")),
    ("svar:expectation", include_str!("packs/expectation.toml")),
    ("svar:surge", include_str!("packs/surge.toml")),
    ("svar:health", include_str!("packs/health.toml")),
    ("svar:steps", include_str!("packs/steps.toml")),
    ("svar:remedies", include_str!("packs/remedies.toml")),
    ("svar:playbooks", include_str!("packs/playbooks.toml")),
    ("svar:care", include_str!("packs/care.toml")),
];

/// The examples of the built-in packs. Packs of their own, so that loading a policy does not read them.
pub(crate) const EXAMPLES: &[(&str, &str)] = &[
    ("svar:examples/care", include_str!("packs/examples/care.toml")),
    ("svar:examples/steps", include_str!("packs/examples/steps.toml")),
    ("svar:examples/en", include_str!("packs/examples/en.toml")),
    ("svar:examples/nb", include_str!("packs/examples/nb.toml")),
    ("svar:examples/nn", include_str!("packs/examples/nn.toml")),
    ("svar:examples/da", include_str!("packs/examples/da.toml")),
    ("svar:examples/de", include_str!("packs/examples/de.toml")),
    ("svar:examples/pl", include_str!("packs/examples/pl.toml")),
    ("svar:examples/tests", include_str!("packs/examples/tests.toml")),
];

/// Name and text of the document of the built-in policy.
pub(crate) const BUILTIN: (&str, &str) = ("svar:builtin", include_str!("packs/builtin.toml"));

/// The name of the document that extends all the [`EXAMPLES`].
pub(crate) const ALL_EXAMPLES: &str = "svar:examples";

/// The text of a built-in pack.
pub(crate) fn built_in(name: &str) -> Option<&'static str> {
    BUILT_IN.iter().chain(EXAMPLES).find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// Whether a document of this name holds nothing but examples of the built-in packs.
pub(crate) fn is_examples(name: &str) -> bool {
    name == ALL_EXAMPLES || EXAMPLES.iter().any(|(known, _)| *known == name)
}

/// Whether a document of this name ships with svar. Nobody else's does, whatever it is called.
pub(crate) fn is_built_in(name: &str) -> bool {
    // Most documents are not called so at all, and need not be looked for.
    name.starts_with("svar:") && (name == BUILTIN.0 || name == ALL_EXAMPLES || built_in(name).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ships_is_known_by_its_name_and_not_by_how_the_name_begins() {
        let shipped = BUILT_IN.iter().chain(EXAMPLES).map(|(name, _)| *name);
        for name in shipped.chain([BUILTIN.0, ALL_EXAMPLES]) {
            assert!(is_built_in(name), "{name}");
        }
        for name in ["svar:x", "svar:", "svar:care.toml", "acme.toml", ""] {
            assert!(!is_built_in(name), "{name}");
        }
        assert!(
            is_examples("svar:examples/en")
                && !is_examples("svar:care")
                && !is_examples("svar:examples/mine")
        );
    }
}
