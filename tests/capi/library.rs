//! The library as a C program gets it, and programs that link it.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use super::ROOT;

/// The folder with `libsvar.so` and `libsvar.a`, built once by the command of the documentation, in the profile and the
/// target folder of this test.
pub(crate) fn folder() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let profile = env::current_exe().unwrap().ancestors().nth(2).unwrap().to_owned();
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.current_dir(ROOT).args(["rustc", "--lib", "--features", "capi-test-panic"]);
        cargo.args(["--crate-type", "cdylib,staticlib", "--target-dir"]).arg(profile.parent().unwrap());
        if profile.ends_with("release") {
            cargo.arg("--release");
        }
        succeeded(cargo);
        // Other builds of the library lie where cargo puts them; the tests run with this one.
        let own = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("capi");
        std::fs::create_dir_all(&own).unwrap();
        for name in ["libsvar.so", "libsvar.a"] {
            std::fs::copy(profile.join(name), own.join(name)).unwrap();
        }
        own
    })
}

/// A language of the test programs.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Language {
    C11,
    Cpp17,
}

/// How a test program is linked.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Linked {
    Statically,
    Dynamically,
}

/// Compiles a program of `tests/c` with every warning as an error.
pub(crate) fn compiled(source: &str, language: Language, linked: Linked, more: &[&str]) -> PathBuf {
    let folder = folder();
    let (compiler, standard) = match language {
        Language::C11 => (env::var("CC").unwrap_or_else(|_| "cc".into()), ["-xc", "-std=c11"]),
        Language::Cpp17 => (env::var("CXX").unwrap_or_else(|_| "c++".into()), ["-xc++", "-std=c++17"]),
    };
    let name = format!("{source}-{language:?}-{linked:?}{}", more.concat().replace(['-', '='], ""));
    let program = folder.join(name);
    let mut command = Command::new(compiler);
    command.args(standard).args(["-Wall", "-Wextra", "-Werror", "-pedantic", "-g", "-O1", "-pthread"]);
    command.args(more).arg("-DSVAR_TEST_PANIC").arg("-I").arg(Path::new(ROOT).join("include"));
    command.arg(Path::new(ROOT).join("tests/c").join(source)).args(["-xnone", "-o"]).arg(&program);
    match linked {
        Linked::Statically => command.arg(folder.join("libsvar.a")).args(["-ldl", "-lm"]),
        Linked::Dynamically => {
            command.arg("-L").arg(folder).arg("-lsvar").arg(format!("-Wl,-rpath,{}", folder.display()))
        }
    };
    succeeded(command);
    program
}

/// Runs a command that must not fail.
pub(crate) fn succeeded(mut command: Command) -> Output {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {}\n{said}", output.status);
    output
}

/// Whether a tool is there that the test can do without. On a CI machine it cannot: what is not there was forgotten.
pub(crate) fn has(tool: &str, arguments: &[&str]) -> bool {
    let there = Command::new(tool).args(arguments).output().is_ok_and(|output| output.status.success());
    assert!(there || env::var_os("CI").is_none(), "`{tool} {}` does not work here", arguments.join(" "));
    if !there {
        println!("`{tool} {}` does not work here: this test is left out", arguments.join(" "));
    }
    there
}
