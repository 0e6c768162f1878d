//! The policy documents of the project, for tests that look at all of them.

use std::path::{Path, PathBuf};

/// Every TOML file below a directory of the project.
pub(crate) fn documents_in(directory: &str) -> Vec<PathBuf> {
    let mut all = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join(directory), &mut all);
    assert!(!all.is_empty(), "no documents in {directory}");
    all
}

fn collect(directory: &Path, all: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(directory).expect("it is there") {
        let path = entry.expect("it can be read").path();
        if path.is_dir() {
            collect(&path, all);
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            all.push(path);
        }
    }
}
