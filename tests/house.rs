//! The house stands as it is drawn: a room knows only rooms below it, in the order in which `src/lib.rs` lists them,
//! and no files, in the library or in the command line, need each other in a circle.
//!
//! Imports are read as text: `use` and paths that begin with `crate` or `super`, through re-exports to the file that
//! has the name. Tests that stand beside the code may look wherever they like.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test says what it expects"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;

/// A module by its path: `["rule", "detect", "links"]`; the root is empty.
type Module = Vec<String>;
/// What each module needs, and a name that it needs of it.
type Needs = BTreeMap<Module, BTreeMap<Module, String>>;

/// Comments, and in whose sight something is, which needs nobody.
static NO_CODE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"//[^\n]*|\(in [^)]*\)").expect("a regex"));
static TESTS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"#\[cfg\(test\)\]\s+(?:#\[[^\]]*\]\s+)*mod tests").expect("a regex"));
static USE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?m)^\s*(pub(?:\([^)]*\))? )?use ([^;]+);").expect("a regex"));
static PATH: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\b(?:crate|super)(?:::\w+)+").expect("a regex"));

/// The files of a crate, without comments and without the tests beside them.
struct House {
    files: BTreeMap<Module, String>,
    /// Where a module has a name from that it passes on.
    passed_on: BTreeMap<(Module, String), Module>,
}

impl House {
    fn of(root: &str) -> House {
        let mut files = BTreeMap::new();
        collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join(root), &Vec::new(), &mut files);
        let mut house = House { files, passed_on: BTreeMap::new() };
        for (module, text) in &house.files {
            for found in USE.captures_iter(text).filter(|found| found.get(1).is_some()) {
                for path in each(&found[2]) {
                    if let Some(whole) = house.absolute(module, &path) {
                        let name = whole.last().cloned().unwrap_or_default();
                        house.passed_on.insert((module.clone(), name), whole);
                    }
                }
            }
        }
        house
    }

    /// A path from the root; nothing, where it leads out of the crate.
    fn absolute(&self, module: &Module, path: &str) -> Option<Module> {
        let mut from = module.clone();
        let mut steps = path.split("::").map(str::trim).peekable();
        match steps.peek().copied()? {
            "crate" => {
                steps.next();
                from.clear();
            }
            "self" => drop(steps.next()),
            "super" => {
                while steps.next_if_eq(&"super").is_some() {
                    from.pop();
                }
            }
            first => {
                let child = [module.as_slice(), &[first.to_owned()]].concat();
                self.files.contains_key(&child).then_some(())?;
            }
        }
        from.extend(steps.map(str::to_owned));
        Some(from)
    }

    /// The module that has what a path names.
    fn owner(&self, path: &[String]) -> Module {
        let mut module = Module::new();
        for (at, step) in path.iter().enumerate() {
            let child = [module.as_slice(), std::slice::from_ref(step)].concat();
            if self.files.contains_key(&child) {
                module = child;
                continue;
            }
            return match self.passed_on.get(&(module.clone(), step.clone())) {
                Some(whole) if whole != path => self.owner(&[whole.as_slice(), &path[at + 1..]].concat()),
                _ => module,
            };
        }
        module
    }

    fn needs(&self) -> Needs {
        let mut needs = Needs::new();
        for (module, text) in &self.files {
            let own = needs.entry(module.clone()).or_default();
            let imported = USE.captures_iter(text).filter(|found| found.get(1).is_none());
            let mut paths: Vec<String> = imported.flat_map(|found| each(&found[2])).collect();
            let code = USE.replace_all(text, "");
            paths.extend(PATH.find_iter(&code).map(|found| found.as_str().to_owned()));
            for path in paths {
                let Some(path) = self.absolute(module, &path) else { continue };
                let owner = self.owner(&path);
                if owner != *module {
                    own.insert(owner, path.join("::"));
                }
            }
        }
        needs
    }
}

fn collect(folder: &Path, module: &Module, files: &mut BTreeMap<Module, String>) {
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        let name = path.file_stem().and_then(|name| name.to_str()).expect("a name").to_owned();
        let child = [module.as_slice(), std::slice::from_ref(&name)].concat();
        if path.is_dir() && name != "bin" {
            collect(&path, &child, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") && name != "tests" {
            let text = fs::read_to_string(&path).expect("it is text");
            let text = TESTS.splitn(&text, 2).next().unwrap_or_default();
            let is_own = !["mod", "main", "lib"].contains(&name.as_str());
            let module = if is_own { child } else { module.clone() };
            files.insert(module, NO_CODE.replace_all(text, "").into_owned());
        }
    }
}

/// `a::{b, c::{d, e as f}}` as `a::b`, `a::c::d`, `a::c::e`.
fn each(written: &str) -> Vec<String> {
    let written = written.trim();
    let Some((head, body)) = written.strip_suffix('}').and_then(|rest| rest.split_once('{')) else {
        let path = written.split(" as ").next().unwrap_or_default();
        return vec![path.trim_end_matches("::self").to_owned()];
    };
    let (mut parts, mut depth) = (vec![String::new()], 0);
    for c in body.chars() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        match c {
            ',' if depth == 0 => parts.push(String::new()),
            _ => parts.last_mut().expect("there is one").push(c),
        }
    }
    let parts = parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty());
    parts.flat_map(|part| each(&format!("{head}{part}"))).collect()
}

/// The modules that need each other in a circle with this one, itself among them; nothing, where none does.
fn circle(needs: &Needs, start: &Module) -> BTreeSet<Module> {
    let reached = |forwards: bool| {
        let mut seen = BTreeSet::new();
        let mut open = vec![start.clone()];
        while let Some(module) = open.pop() {
            let next: Vec<&Module> = match forwards {
                true => needs.get(&module).into_iter().flat_map(BTreeMap::keys).collect(),
                false => {
                    needs.iter().filter(|(_, own)| own.contains_key(&module)).map(|(own, _)| own).collect()
                }
            };
            open.extend(next.into_iter().filter(|next| seen.insert((*next).clone())).cloned());
        }
        seen
    };
    &reached(true) & &reached(false)
}

#[test]
fn no_files_need_each_other_in_a_circle() {
    for (root, least) in [("src", 250), ("src/bin/svar", 20)] {
        let needs = House::of(root).needs();
        assert!(needs.len() > least, "{} files of {root} are read", needs.len());
        for module in needs.keys() {
            let circle = circle(&needs, module);
            let ties: Vec<String> = circle
                .iter()
                .flat_map(|from| needs[from].iter().map(move |(to, name)| (from, to, name)))
                .filter(|(_, to, _)| circle.contains(*to))
                .map(|(from, to, name)| format!("{} needs {} for {name}", from.join("/"), to.join("/")))
                .collect();
            assert!(ties.is_empty(), "a circle in {root}:\n{}", ties.join("\n"));
        }
    }
}

#[test]
fn a_room_knows_only_rooms_below_it() {
    let drawn =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).expect("it is there");
    let room = Regex::new(r"(?m)^//! \| \[?`(\w+)`").expect("a regex");
    let rooms: Vec<&str> = room.captures_iter(&drawn).map(|found| found.extract::<1>().1[0]).collect();
    let floor = |module: &Module| rooms.iter().position(|room| module.first().is_some_and(|own| own == room));
    let needs = House::of("src").needs();
    let mut looked_at = 0;
    for (module, own) in &needs {
        for (other, name) in own {
            if other.is_empty() || floor(other).is_none() {
                continue;
            }
            looked_at += 1;
            assert!(floor(other) <= floor(module), "{} needs {name}, which is above it", module.join("/"));
        }
    }
    assert!(rooms.len() > 15 && looked_at > 500, "{} rooms, {looked_at} imports", rooms.len());
}

#[test]
fn imports_are_taken_apart() {
    assert_eq!(each("a::{b, c::{d, e as f}, self}"), ["a::b", "a::c::d", "a::c::e", "a"]);
    assert_eq!(each("a::b as c"), ["a::b"]);
    let module = |name: &str| vec![name.to_owned()];
    let tie = |to: &str| (module(to), to.to_owned());
    let needs = Needs::from([
        (module("a"), [tie("b")].into()),
        (module("b"), [tie("c")].into()),
        (module("c"), [tie("a"), tie("d")].into()),
        (module("d"), BTreeMap::new()),
    ]);
    assert_eq!(circle(&needs, &module("a")), ["a", "b", "c"].map(module).into());
    assert!(circle(&needs, &module("d")).is_empty());
}
