//! Reading policies and lines from files.

use std::fs;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use svar::Policy;
use svar::policy::{PolicyBuilder, builtin_with_examples};
use svar::source::{Document, Sources};

use crate::Failure;
use crate::args::PolicyArgs;

/// The built-in policy, or the layers of these files with the files that they extend.
pub(crate) fn policy(args: &PolicyArgs) -> Result<Policy, Failure> {
    if args.policy.is_empty() && args.packs.is_empty() {
        return Ok(Policy::builtin());
    }
    Ok(builder(&args.policy, &args.packs)?.build()?)
}

/// The layers of these files, or the built-in policy with its examples where there are none, over these packs.
pub(crate) fn builder(files: &[PathBuf], packs: &[PathBuf]) -> Result<PolicyBuilder, Failure> {
    let mut builder = if files.is_empty() { builtin_with_examples() } else { Policy::builder() };
    for pack in packs {
        let text = text(pack)?;
        let mut sources = Sources::new();
        let document = Document::parse(&mut sources, pack.display().to_string(), &text)?;
        let name = document.root.get("name").and_then(|node| node.as_str());
        let name = name.ok_or_else(|| format!("{}: a pack has a `name`", pack.display()))?.to_owned();
        builder = builder.pack(name, text);
    }
    let mut known = Vec::new();
    for file in files {
        let text = text(file)?;
        builder = extended(builder, file, &text, &mut known)?;
        builder = builder.layer(file.display().to_string(), text);
    }
    Ok(builder)
}

/// Adds the packs that a document extends as files: `extends = ["./tone.toml"]` is relative to the document.
fn extended(
    mut builder: PolicyBuilder,
    file: &Path,
    text: &str,
    known: &mut Vec<String>,
) -> Result<PolicyBuilder, Failure> {
    let mut sources = Sources::new();
    // What is wrong with the document is reported when the policy is built.
    let Ok(document) = Document::parse(&mut sources, file.display().to_string(), text) else {
        return Ok(builder);
    };
    let Some(svar::source::Value::Array(extends)) = document.root.get("extends").map(|node| &node.value)
    else {
        return Ok(builder);
    };
    let names = extends.iter().filter_map(|node| node.as_str()).filter(|name| name.starts_with('.'));
    for name in names {
        if known.iter().any(|other| other == name) {
            continue;
        }
        known.push(name.to_owned());
        let path = file.parent().unwrap_or(Path::new(".")).join(name);
        let pack = self::text(&path)?;
        builder = extended(builder, &path, &pack, known)?;
        builder = builder.pack(name, pack);
    }
    Ok(builder)
}

/// A file as text, with the file's name in the error.
pub(crate) fn text(file: &Path) -> Result<String, Failure> {
    let bytes = fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        format!("{}: not UTF-8 at byte {at}", file.display()).into()
    })
}

/// Lines of files, or of standard input where there is none or `-`.
pub(crate) fn lines(files: &[PathBuf]) -> Result<Box<dyn Iterator<Item = io::Result<Vec<u8>>>>, Failure> {
    if files.is_empty() {
        return Ok(Box::new(io::stdin().lock().split(b'\n')));
    }
    let mut all: Box<dyn Iterator<Item = io::Result<Vec<u8>>>> = Box::new(std::iter::empty());
    for file in files {
        if file.as_os_str() == "-" {
            all = Box::new(all.chain(io::stdin().lock().split(b'\n')));
        } else {
            let open = fs::File::open(file).map_err(|error| format!("{}: {error}", file.display()))?;
            all = Box::new(all.chain(BufReader::new(open).split(b'\n')));
        }
    }
    Ok(all)
}
