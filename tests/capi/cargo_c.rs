//! What `cargo cinstall` installs is found by pkg-config, can be compiled with, linked both ways, and has a SONAME.
//!
//! Without [cargo-c](https://crates.io/crates/cargo-c) the test is left out: to compile it takes some minutes.
//! `.ci/cargo-c` installs it.

use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::ROOT;
use super::library::{has, succeeded};

/// The folder into which everything is installed, as a packager does.
fn installed() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("cargo-c");
    let destination = folder.join("installed");
    if destination.exists() {
        fs::remove_dir_all(&destination).unwrap();
    }
    let mut cargo = Command::new("cargo-cinstall");
    cargo.current_dir(ROOT).args(["cinstall", "--debug", "--prefix", "/usr", "--libdir", "/usr/lib"]);
    cargo.arg("--target-dir").arg(folder.join("target")).arg("--destdir").arg(&destination);
    succeeded(cargo);
    destination
}

/// The words pkg-config answers with.
fn pkg_config(destination: &Path, question: &[&str]) -> Vec<String> {
    let mut command = Command::new("pkg-config");
    command.args(question).arg("svar").env("PKG_CONFIG_SYSROOT_DIR", destination);
    command.env("PKG_CONFIG_LIBDIR", destination.join("usr/lib/pkgconfig"));
    let said = String::from_utf8(succeeded(command).stdout).unwrap();
    said.split_whitespace().map(str::to_owned).collect()
}

/// Asks the program for every verb's first request, which the policy can answer.
fn answers(program: &Path, libraries: &Path) {
    let requests = File::open(Path::new(ROOT).join("tests/corpus/read.jsonl")).unwrap();
    let mut command = Command::new(program);
    command.arg("read").stdin(Stdio::from(requests)).env("LD_LIBRARY_PATH", libraries);
    let output = succeeded(command);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.starts_with("{\"language\":"), "{said}");
}

#[test]
fn what_cargo_c_installs_works() {
    if !Command::new("cargo-cinstall").arg("--version").output().is_ok_and(|output| output.status.success()) {
        println!("cargo-c is not here: this test is left out");
        return;
    }
    assert!(has("pkg-config", &["--version"]), "cargo-c is of no use without it");
    let destination = installed();
    let libraries = destination.join("usr/lib");
    let header = fs::read_to_string(destination.join("usr/include/svar.h")).unwrap();
    assert_eq!(header, fs::read_to_string(Path::new(ROOT).join("include/svar.h")).unwrap());
    assert_eq!(pkg_config(&destination, &["--modversion"]), [env!("CARGO_PKG_VERSION")]);

    let source = Path::new(ROOT).join("tests/c/lines.c");
    let build = |name: &str, link: &[String]| {
        let program = destination.join(name);
        let mut compiler = Command::new(env::var("CC").unwrap_or_else(|_| "cc".into()));
        compiler.args(["-std=c11", "-Wall", "-Wextra", "-Werror", "-pedantic"]);
        compiler
            .args(pkg_config(&destination, &["--cflags"]))
            .arg(&source)
            .arg("-o")
            .arg(&program)
            .args(link);
        succeeded(compiler);
        program
    };
    let needs = |program: &Path| {
        let mut readelf = Command::new("readelf");
        readelf.arg("-d").arg(program);
        String::from_utf8(succeeded(readelf).stdout).unwrap()
    };

    // Programs ask for the version that they were linked with: two minor versions can be installed at once.
    let [major, minor] =
        ["CARGO_PKG_VERSION_MAJOR", "CARGO_PKG_VERSION_MINOR"].map(|part| env::var(part).unwrap());
    let name = format!("[libsvar.so.{major}.{minor}]");
    let shared = build("shared", &pkg_config(&destination, &["--libs"]));
    assert!(needs(&libraries.join("libsvar.so")).contains(&format!("soname: {name}")));
    assert!(needs(&shared).contains(&name));
    answers(&shared, &libraries);

    // All that the static library needs, too.
    let link = pkg_config(&destination, &["--libs", "--static"]);
    let library = libraries.join("libsvar.a").display().to_string();
    let link: Vec<String> =
        link.into_iter().map(|word| if word == "-lsvar" { library.clone() } else { word }).collect();
    assert!(link.contains(&library), "{link:?}");
    let program = build("static", &link);
    assert!(!needs(&program).contains("libsvar"));
    answers(&program, Path::new("/nowhere"));
}
