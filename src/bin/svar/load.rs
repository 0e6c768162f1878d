//! Reading policies and lines from files.

use std::fs;
use std::io::{self, ErrorKind, Read, StdinLock};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use svar::Policy;
use svar::policy::{PolicyBuilder, beside, builtin_with_examples};
use svar::source::{Diagnostic, Diagnostics, Document, Location, Node, Sources, Value, nearest};

use crate::args::PolicyArgs;
use crate::outcome::Failure;

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
    /// The tests that stand apart from the policy in its directories. They are not read here.
    pub(crate) tests: Vec<PathBuf>,
}

/// A pack that documents extend by its name.
pub(crate) struct Pack {
    path: PathBuf,
    name: String,
    text: String,
}

/// The packs in these files.
pub(crate) fn packs(files: &[PathBuf]) -> Result<Vec<Pack>, Failure> {
    let read = files.iter().map(|path| {
        let text = text(path)?;
        let mut sources = Sources::new();
        let document = Document::parse(&mut sources, name_of(path), &text)?;
        let name = document.root.get("name").and_then(|node| node.as_str());
        let name = name.ok_or_else(|| format!("{}: a pack has a `name`", name_of(path)))?.to_owned();
        Ok(Pack { path: path.clone(), name, text })
    });
    read.collect()
}

/// [`builder`], and what was read for it.
pub(crate) fn read(files: &[PathBuf], packs: &[PathBuf]) -> Result<Documents, Failure> {
    over(files, &self::packs(packs)?)
}

/// [`read`] over packs that have been read: those in a pipe cannot be read again.
pub(crate) fn over(files: &[PathBuf], packs: &[Pack]) -> Result<Documents, Failure> {
    let builder = if files.is_empty() { builtin_with_examples() } else { Policy::builder() };
    let mut documents = Documents { builder, paths: Vec::new(), tests: Vec::new() };
    for Pack { path, name, text } in packs {
        documents.paths.push(path.clone());
        documents.builder = documents.builder.pack(name, text);
    }
    let mut known = Vec::new();
    for file in files {
        if !file.is_dir() {
            documents.layer(file, &mut known)?;
            continue;
        }
        documents.paths.push(file.clone());
        let (tests, policies) = in_directory(file)?;
        documents.tests.extend(tests);
        for file in policies {
            documents.layer(&file, &mut known)?;
        }
    }
    Ok(documents)
}

/// The TOML files of a directory, in the order of their names.
pub(crate) fn toml_in(directory: &Path) -> Result<Vec<PathBuf>, Failure> {
    let name = directory.display().to_string();
    let mut files = Vec::new();
    for entry in fs::read_dir(directory).map_err(|error| unreadable(&name, &error))? {
        let path = entry.map_err(|error| unreadable(&name, &error))?.path();
        if path.is_file() && path.extension().is_some_and(|extension| extension == "toml") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Whether a file in a directory is one of tests, and no policy.
pub(crate) fn is_of_tests(file: &Path) -> bool {
    file.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.ends_with(".tests.toml"))
}

/// The files of tests in a directory, and its policy documents but for those that others there extend.
fn in_directory(directory: &Path) -> Result<(Vec<PathBuf>, Vec<PathBuf>), Failure> {
    let (tests, mut files): (Vec<_>, Vec<_>) =
        toml_in(directory)?.into_iter().partition(|file| is_of_tests(file));
    if files.is_empty() {
        let name = directory.display();
        let what = if tests.is_empty() { "" } else { " but of tests" };
        return Err(
            format!("{name}: there is no policy in this directory, that is, no file `*.toml`{what}").into()
        );
    }
    let mut extended = Vec::new();
    for file in &files {
        extended.extend(neighbours(file, &text(file)?));
    }
    let extended: Vec<PathBuf> = extended.iter().filter_map(|own| own.path.canonicalize().ok()).collect();
    files.retain(|file| file.canonicalize().is_ok_and(|file| !extended.contains(&file)));
    Ok((tests, files))
}

/// A file that a document extends: `extends = ["./tone.toml"]` is relative to the document.
struct Neighbour {
    /// What it is called in the policy.
    name: String,
    path: PathBuf,
    /// Where the document says so.
    location: Option<Location>,
}

/// The files that a document extends. What is wrong with the document is reported when the policy is built.
fn neighbours(file: &Path, text: &str) -> Vec<Neighbour> {
    let mut sources = Sources::new();
    let Ok(document) = Document::parse(&mut sources, name_of(file), text) else {
        return Vec::new();
    };
    let Some(Value::Array(extends)) = document.root.get("extends").map(|node| &node.value) else {
        return Vec::new();
    };
    let folder = file.parent().unwrap_or(Path::new("."));
    let files = extends.iter().filter_map(|node| Some((node, node.as_str()?)));
    let files = files.filter(|(_, written)| written.starts_with('.'));
    let neighbour = |(node, written): (&Node<'_>, &str)| Neighbour {
        name: beside(&name_of(file), written),
        path: folder.join(written),
        location: sources.locate(node.place),
    };
    files.map(neighbour).collect()
}

impl Documents {
    /// The tests of the directories, and these, each once.
    pub(crate) fn with_tests<'d>(&'d self, named: &'d [PathBuf]) -> Vec<&'d PathBuf> {
        let known: Vec<_> = named.iter().filter_map(|file| file.canonicalize().ok()).collect();
        let is_named = |file: &PathBuf| file.canonicalize().is_ok_and(|file| known.contains(&file));
        self.tests.iter().filter(|file| !is_named(file)).chain(named).collect()
    }

    fn text(&mut self, file: &Path) -> Result<String, Failure> {
        self.paths.push(file.to_owned());
        text(file)
    }

    fn layer(&mut self, file: &Path, known: &mut Vec<String>) -> Result<(), Failure> {
        let text = self.text(file)?;
        // A document that extends itself is told of when the policy is built.
        known.push(name_of(file));
        self.extend(file, &text, known)?;
        self.builder = std::mem::take(&mut self.builder).layer(name_of(file), text);
        Ok(())
    }

    fn extend(&mut self, file: &Path, text: &str, known: &mut Vec<String>) -> Result<(), Failure> {
        for neighbour in neighbours(file, text) {
            if known.contains(&neighbour.name) {
                continue;
            }
            if !neighbour.path.exists() {
                return Err(missing(neighbour));
            }
            known.push(neighbour.name.clone());
            let pack = self.text(&neighbour.path)?;
            self.extend(Path::new(&neighbour.name), &pack, known)?;
            self.builder = std::mem::take(&mut self.builder).pack(neighbour.name, pack);
        }
        Ok(())
    }
}

/// What a file is called.
pub(crate) fn name_of(file: &Path) -> String {
    if is_standard_input(file) { "stdin".to_owned() } else { file.display().to_string() }
}

pub(crate) fn is_standard_input(file: &Path) -> bool {
    file.as_os_str() == "-"
}

/// Whether what is read there is gone then: it is standard input, a pipe with a name or the like.
pub(crate) fn is_read_once(file: &Path) -> bool {
    is_standard_input(file) || fs::metadata(file).is_ok_and(|about| !about.is_file() && !about.is_dir())
}

const TWICE: &str = "standard input can be read once: give `-` once";

/// Standard input. Of two that read it, the second would wait for ever.
fn standard_input() -> Result<StdinLock<'static>, Failure> {
    static TAKEN: AtomicBool = AtomicBool::new(false);
    if TAKEN.swap(true, Ordering::Relaxed) {
        return Err(TWICE.into());
    }
    Ok(io::stdin().lock())
}

/// Whether all of these are there, so that nothing is said about the first where the last is not. They are looked at
/// and not opened: a pipe that is opened and left loses whoever writes into it, and who opens it again waits for ever.
pub(crate) fn check(files: &[PathBuf]) -> Result<(), Failure> {
    let (standard, files): (Vec<_>, Vec<_>) = files.iter().partition(|file| is_standard_input(file));
    if standard.len() > 1 {
        return Err(TWICE.into());
    }
    files.into_iter().try_for_each(|file| {
        let found = fs::metadata(file).and_then(|about| hold_no_directory(&about));
        found.map_err(|error| unreadable(&name_of(file), &error))
    })
}

/// A file, or standard input where it is `-`, to be read.
pub(crate) fn open(file: &Path) -> Result<Box<dyn Read>, Failure> {
    if is_standard_input(file) {
        return Ok(Box::new(standard_input()?));
    }
    let opened = fs::File::open(file).and_then(|open| {
        hold_no_directory(&open.metadata()?)?;
        Ok(open)
    });
    Ok(Box::new(opened.map_err(|error| unreadable(&name_of(file), &error))?))
}

/// A directory can be opened, and only then cannot be read.
fn hold_no_directory(about: &fs::Metadata) -> io::Result<()> {
    if about.is_dir() { Err(ErrorKind::IsADirectory.into()) } else { Ok(()) }
}

/// A file, or standard input where it is `-`, as text.
pub(crate) fn text(file: &Path) -> Result<String, Failure> {
    let name = name_of(file);
    let mut bytes = Vec::new();
    open(file)?.read_to_end(&mut bytes).map_err(|error| unreadable(&name, &error))?;
    String::from_utf8(bytes).map_err(|error| {
        match Document::from_bytes(&mut Sources::new(), name, error.as_bytes()) {
            Err(mistakes) => mistakes.into(),
            Ok(_) => error.into(),
        }
    })
}

/// Says where a document extends a file that is not there, and which are.
fn missing(neighbour: Neighbour) -> Failure {
    let folder = neighbour.path.parent().unwrap_or(Path::new("."));
    let files = toml_in(folder).unwrap_or_default();
    let names = || files.iter().filter_map(|file| file.file_name()?.to_str());
    let wanted = neighbour.path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let help = match nearest(wanted, names()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            let some: Vec<String> = names().take(NEAR).map(|name| format!("`{name}`")).collect();
            if some.is_empty() {
                NO_SLIP.to_owned()
            } else {
                format!("beside it there are {}", some.join(", "))
            }
        }
    };
    let told = Diagnostic::error(UNREADABLE, format!("`{}`: {NO_FILE}", neighbour.name)).with_help(help);
    Diagnostics::from(told.at(neighbour.location)).into()
}

/// So many names of files are told where one is not there.
const NEAR: usize = 5;
const NO_FILE: &str = "there is no such file";
const NO_SLIP: &str = "look for a slip in its name";

/// Says that a file cannot be read, and why, at its beginning.
pub(crate) fn unreadable(name: &str, error: &io::Error) -> Failure {
    let (why, help) = match error.kind() {
        ErrorKind::NotFound => (NO_FILE.to_owned(), NO_SLIP),
        ErrorKind::IsADirectory => ("this is a directory".to_owned(), "name the files in it"),
        _ => (format!("it cannot be read: {error}"), "see to it that svar may read it"),
    };
    let told = Diagnostic::error(UNREADABLE, format!("`{name}`: {why}")).with_help(help);
    Diagnostics::from(told).in_file(name, 1, "").into()
}

const UNREADABLE: &str = "unreadable";

/// Whether what kept a command from its work are mistakes in documents, which could be read.
pub(crate) fn is_of_documents(failure: &Failure) -> bool {
    failure.downcast_ref::<Diagnostics>().is_some_and(|list| list.first().code() != UNREADABLE)
}

/// These files, or standard input where there is none.
pub(crate) fn or_standard_input(files: &[PathBuf]) -> Vec<PathBuf> {
    if files.is_empty() { vec![PathBuf::from("-")] } else { files.to_vec() }
}

/// Files with their names, or standard input where there is none or `-`.
pub(crate) fn texts(files: &[PathBuf]) -> Result<Vec<(String, String)>, Failure> {
    or_standard_input(files).iter().map(|file| Ok((name_of(file), text(file)?))).collect()
}
