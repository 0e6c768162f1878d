//! The built-in packs: the same documents a policy author writes.

use crate::lexicon::Ready;

/// Name and text of every pack that ships with svar, each before those that build on it.
pub(crate) const BUILT_IN: &[(&str, &str)] = &[
    ("svar:acts", include_str!("../packs/acts.toml")),
    ("svar:slots", include_str!("../packs/slots.toml")),
    ("svar:channels", include_str!("../packs/channels.toml")),
    ("svar:holidays", include_str!("../packs/holidays.toml")),
    ("svar:emoji", include_str!("../packs/emoji.toml")),
    ("svar:links", include_str!("../packs/links.toml")),
    ("svar:en", include_str!("../packs/language/en.toml")),
    ("svar:nb", include_str!("../packs/language/nb.toml")),
    ("svar:nn", include_str!("../packs/language/nn.toml")),
    ("svar:da", include_str!("../packs/language/da.toml")),
    ("svar:de", include_str!("../packs/language/de.toml")),
    ("svar:pl", include_str!("../packs/language/pl.toml")),
    ("svar:intents/en", include_str!("../packs/intents/en.toml")),
    ("svar:intents/nb", include_str!("../packs/intents/nb.toml")),
    ("svar:intents/nn", include_str!("../packs/intents/nn.toml")),
    ("svar:intents/da", include_str!("../packs/intents/da.toml")),
    ("svar:intents/de", include_str!("../packs/intents/de.toml")),
    ("svar:intents/pl", include_str!("../packs/intents/pl.toml")),
    ("svar:sla", include_str!("../packs/sla.toml")),
    ("svar:say/en", include_str!("../packs/say/en.toml")),
    ("svar:say/nb", include_str!("../packs/say/nb.toml")),
    ("svar:say/nn", include_str!("../packs/say/nn.toml")),
    ("svar:say/da", include_str!("../packs/say/da.toml")),
    ("svar:say/de", include_str!("../packs/say/de.toml")),
    ("svar:say/pl", include_str!("../packs/say/pl.toml")),
    ("svar:identity", include_str!("../packs/identity.toml")),
    ("svar:expectation", include_str!("../packs/expectation.toml")),
    ("svar:surge", include_str!("../packs/surge.toml")),
    ("svar:health", include_str!("../packs/health.toml")),
    ("svar:steps", include_str!("../packs/steps.toml")),
    ("svar:remedies", include_str!("../packs/remedies.toml")),
    ("svar:playbooks", include_str!("../packs/playbooks.toml")),
    ("svar:care", include_str!("../packs/care.toml")),
];

/// The examples of the built-in packs. Packs of their own, so that loading a policy does not read them.
pub(crate) const EXAMPLES: &[(&str, &str)] = &[
    ("svar:examples/care", include_str!("../packs/examples/care.toml")),
    ("svar:examples/steps", include_str!("../packs/examples/steps.toml")),
    ("svar:examples/en", include_str!("../packs/examples/en.toml")),
    ("svar:examples/nb", include_str!("../packs/examples/nb.toml")),
    ("svar:examples/nn", include_str!("../packs/examples/nn.toml")),
    ("svar:examples/da", include_str!("../packs/examples/da.toml")),
    ("svar:examples/de", include_str!("../packs/examples/de.toml")),
    ("svar:examples/pl", include_str!("../packs/examples/pl.toml")),
    ("svar:examples/tests", include_str!("../packs/examples/tests.toml")),
];

/// The scanners of the built-in languages, compiled ahead.
pub(super) const SCANNERS: Ready<'_> = Ready::new(include_bytes!("../packs/scanners.bin"));

/// The text of a built-in pack.
pub(crate) fn built_in(name: &str) -> Option<&'static str> {
    BUILT_IN.iter().chain(EXAMPLES).find(|(known, _)| *known == name).map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

    use crate::draft::DraftSections;
    use crate::lexicon::{Lexicons, Sections};
    use crate::policy::PolicyBuilder;
    use crate::rule::RuleFields;

    /// Set this variable to write the scanners anew: `SVAR_WRITE_SCANNERS=1 cargo test --lib packs`.
    const WRITE: &str = "SVAR_WRITE_SCANNERS";

    #[test]
    fn the_committed_scanners_are_those_of_the_packs() {
        let (_, compiled) = PolicyBuilder::builtin()
            .build_and(|root, policy| {
                let mut phrases = RuleFields::of(root.get("rules").table()).phrases();
                phrases.extend(DraftSections::of(root).keywords());
                let languages: Vec<Arc<str>> =
                    policy.languages().iter().map(|language| Arc::clone(&language.0)).collect();
                Lexicons::store(Sections::of(root), &languages, &phrases)
            })
            .expect("the built-in policy is sound");
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/packs/scanners.bin");
        if std::env::var_os(WRITE).is_some() {
            std::fs::write(&path, &compiled).expect("the folder can be written to");
        }
        let committed = std::fs::read(&path).expect("the file is there");
        assert!(committed == compiled, "a pack has changed: {WRITE}=1 cargo test --lib packs");
    }
}
