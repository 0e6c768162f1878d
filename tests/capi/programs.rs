//! Programs in C and C++: every way to pass something wrong, and many threads.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::ROOT;
use super::header::HEAD;
use super::library::{Language, Linked, compiled, folder, has, succeeded};

/// So many calls in each of eight threads.
const CALLS: &str = "20000";
/// Fewer where every instruction is watched.
const WATCHED_CALLS: &str = "40";

fn run(language: Language, linked: Linked, calls: &str) {
    let mut program = Command::new(compiled("door.c", language, linked, &[]));
    program.arg(calls);
    succeeded(program);
}

#[test]
fn c11_static() {
    run(Language::C11, Linked::Statically, CALLS);
}

#[test]
fn c11_shared() {
    run(Language::C11, Linked::Dynamically, "500");
}

#[test]
fn cpp17_static() {
    run(Language::Cpp17, Linked::Statically, "500");
}

#[test]
fn cpp17_shared() {
    run(Language::Cpp17, Linked::Dynamically, CALLS);
}

/// No error, no leak, not even memory that could still be reached at the end; but for that, Rust's own panic hook must
/// not keep what it read to name functions.
#[test]
fn valgrind_finds_nothing() {
    if !has("valgrind", &["--version"]) {
        return;
    }
    for (language, linked) in [(Language::C11, Linked::Dynamically), (Language::Cpp17, Linked::Statically)] {
        let mut valgrind = Command::new("valgrind");
        valgrind.args(["--quiet", "--error-exitcode=9", "--leak-check=full", "--show-leak-kinds=all"]);
        valgrind.args(["--errors-for-leak-kinds=all", "--fair-sched=yes"]).env("RUST_BACKTRACE", "0");
        valgrind.arg(compiled("door.c", language, linked, &[])).arg(WATCHED_CALLS);
        succeeded(valgrind);
    }
}

/// The sanitizer watches what C reads and writes, and all memory that the library asks for.
#[test]
fn the_address_sanitizer_finds_nothing() {
    let nothing = Path::new(ROOT).join("tests/c/nothing.c");
    if !has("cc", &["-fsanitize=address", "-o", "/dev/null", nothing.to_str().unwrap()]) {
        return;
    }
    for (language, linked) in [(Language::C11, Linked::Statically), (Language::Cpp17, Linked::Dynamically)] {
        let mut program = Command::new(compiled("door.c", language, linked, &["-fsanitize=address"]));
        program.arg("500").env("ASAN_OPTIONS", "detect_leaks=1:strict_string_checks=1");
        succeeded(program);
    }
}

/// The example at the top of the header is a program that does what it says.
#[test]
fn the_example_of_the_header_runs() {
    let lines = HEAD.lines().filter_map(|line| line.strip_prefix(" *   "));
    let example: Vec<&str> = lines.collect();
    assert!(example.len() > 20, "{example:?}");
    let program = format!(
        "#include <stdio.h>\n#include \"svar.h\"\nint main(void) {{\n{}\nreturn 0;\n}}\n",
        example.join("\n")
    );
    let source = folder().join("example.c");
    fs::write(&source, program).unwrap();
    let program = compiled(source.to_str().unwrap(), Language::C11, Linked::Dynamically, &[]);
    let output = succeeded(Command::new(program));
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(printed.lines().count() > 1 && output.stderr.is_empty(), "{printed}");
}
