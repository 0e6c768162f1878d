//! Reading policies and texts from files.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use svar::Policy;
use svar::policy::{PolicyBuilder, builtin_with_examples};
use svar::source::{Document, Sources, Value};

use crate::Failure;
use crate::args::PolicyArgs;
use crate::lines::is_stdin;

/// The built-in policy, or the layers of these files with the files that they extend.
pub(crate) fn policy(args: &PolicyArgs) -> Result<Policy, Failure> {
    if args.policy.is_empty() && args.packs.is_empty() {
        return Ok(Policy::builtin());
    }
    Ok(builder(&args.policy, &args.packs)?.build()?)
}

/// The layers of these files, or the built-in policy with its examples where there are none, over these packs.
pub(crate) fn builder(files: &[PathBuf], packs: &[PathBuf]) -> Result<PolicyBuilder, Failure> {
    Ok(read(files, packs)?.builder)
}

/// The documents of a policy, and where they came from.
pub(crate) struct Documents {
    pub(crate) builder: PolicyBuilder,
    /// The files and directories that were read.
    pub(crate) paths: Vec<PathBuf>,
}

/// [`builder`], and what was read for it.
pub(crate) fn read(files: &[PathBuf], packs: &[PathBuf]) -> Result<Documents, Failure> {
    let builder = if files.is_empty() { builtin_with_examples() } else { Policy::builder() };
    let mut documents = Documents { builder, paths: Vec::new() };
    for pack in packs {
        let text = documents.text(pack)?;
        let mut sources = Sources::new();
        let document = Document::parse(&mut sources, pack.display().to_string(), &text)?;
        let name = document.root.get("name").and_then(|node| node.as_str());
        let name = name.ok_or_else(|| format!("{}: a pack has a `name`", pack.display()))?.to_owned();
        documents.builder = documents.builder.pack(name, text);
    }
    let mut known = Vec::new();
    for file in files {
        if !file.is_dir() {
            documents.layer(file, &mut known)?;
            continue;
        }
        documents.paths.push(file.clone());
        for file in in_directory(file)? {
            documents.layer(&file, &mut known)?;
        }
    }
    Ok(documents)
}

/// The policy documents of a directory, in the order of their names, but for those that others there extend.
fn in_directory(directory: &Path) -> Result<Vec<PathBuf>, Failure> {
    let name = directory.display();
    let mut files = Vec::new();
    for entry in fs::read_dir(directory).map_err(|error| format!("{name}: {error}"))? {
        let path = entry.map_err(|error| format!("{name}: {error}"))?.path();
        if path.is_file() && path.extension().is_some_and(|extension| extension == "toml") {
            files.push(path);
        }
    }
    if files.is_empty() {
        return Err(format!("{name}: there is no policy in this directory, that is, no file `*.toml`").into());
    }
    files.sort();
    let mut extended = Vec::new();
    for file in &files {
        extended.extend(neighbours(file, &text(file)?));
    }
    let extended: Vec<PathBuf> = extended.iter().filter_map(|(_, path)| path.canonicalize().ok()).collect();
    files.retain(|file| file.canonicalize().is_ok_and(|file| !extended.contains(&file)));
    Ok(files)
}

/// The packs that a document extends as files, by the name it gives them: `extends = ["./tone.toml"]` is relative to
/// the document. What is wrong with the document is reported when the policy is built.
fn neighbours(file: &Path, text: &str) -> Vec<(String, PathBuf)> {
    let mut sources = Sources::new();
    let Ok(document) = Document::parse(&mut sources, file.display().to_string(), text) else {
        return Vec::new();
    };
    let Some(Value::Array(extends)) = document.root.get("extends").map(|node| &node.value) else {
        return Vec::new();
    };
    let names = extends.iter().filter_map(|node| node.as_str()).filter(|name| name.starts_with('.'));
    let folder = file.parent().unwrap_or(Path::new("."));
    names.map(|name| (name.to_owned(), folder.join(name))).collect()
}

impl Documents {
    fn text(&mut self, file: &Path) -> Result<String, Failure> {
        self.paths.push(file.to_owned());
        text(file)
    }

    fn layer(&mut self, file: &Path, known: &mut Vec<String>) -> Result<(), Failure> {
        let text = self.text(file)?;
        self.extend(file, &text, known)?;
        self.builder = std::mem::take(&mut self.builder).layer(file.display().to_string(), text);
        Ok(())
    }

    fn extend(&mut self, file: &Path, text: &str, known: &mut Vec<String>) -> Result<(), Failure> {
        for (name, path) in neighbours(file, text) {
            if known.contains(&name) {
                continue;
            }
            known.push(name.clone());
            let pack = self.text(&path)?;
            self.extend(&path, &pack, known)?;
            self.builder = std::mem::take(&mut self.builder).pack(name, pack);
        }
        Ok(())
    }
}

/// A file as text, with the file's name in the error.
pub(crate) fn text(file: &Path) -> Result<String, Failure> {
    let bytes = fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        format!("{}: not UTF-8 at byte {at}", file.display()).into()
    })
}

/// Files with their names, or standard input where there is none or `-`.
pub(crate) fn texts(files: &[PathBuf]) -> Result<Vec<(String, String)>, Failure> {
    let stdin = || -> Result<(String, String), Failure> {
        Ok(("stdin".to_owned(), io::read_to_string(io::stdin())?))
    };
    if files.is_empty() {
        return Ok(vec![stdin()?]);
    }
    let read = |file: &PathBuf| match is_stdin(file) {
        true => stdin(),
        false => Ok((file.display().to_string(), text(file)?)),
    };
    files.iter().map(read).collect()
}
