//! What is compiled ahead of the built-in packs.

use crate::lexicon::Ready;

/// The scanners of the built-in languages, compiled ahead.
pub(super) const SCANNERS: Ready = Ready::new(include_bytes!("../packs/scanners.bin"));

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
