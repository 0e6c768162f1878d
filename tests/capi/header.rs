//! `include/svar.h` says what `src/capi` says. It is written by
//!
//! ```sh
//! SVAR_WRITE_HEADER=1 cargo test --all-features --test capi header
//! ```

use std::path::Path;
use std::{env, fs};

use super::ROOT;
use cbindgen::{
    Braces, Builder, Config, DocumentationStyle, EnumConfig, ExportConfig, Language, RenameRule, Style,
};

/// In the order in which the header shall be read.
const FILES: [&str; 10] =
    ["version", "status", "str", "text", "failure", "error", "policy", "ask", "case", "report"];

/// What the header says before anything else.
pub(crate) const HEAD: &str = include_str!("head.txt");

/// How a text is written in C, and in C++.
const MACROS: &str = "\
/* A string literal as a svar_str. */
#ifdef __cplusplus
#define SVAR_STR(literal) (svar_str{(\"\" literal), sizeof(literal) - 1})
#else
#define SVAR_STR(literal) ((svar_str){(\"\" literal), sizeof(literal) - 1})
#endif";

pub(crate) fn generate() -> String {
    let version = env!("CARGO_PKG_VERSION");
    let mut parts = version.split(['.', '-']);
    let mut part = |name| format!("#define SVAR_VERSION_{name} {}\n", parts.next().unwrap());
    let versions = [part("MAJOR"), part("MINOR"), part("PATCH")].concat();
    let mut config = Config {
        language: Language::C,
        cpp_compat: true,
        header: Some(HEAD.trim_end().to_owned()),
        include_guard: Some("SVAR_H".to_owned()),
        no_includes: true,
        sys_includes: vec!["stddef.h".to_owned(), "stdint.h".to_owned()],
        after_includes: Some(format!(
            "\n/* The version of the library this header belongs to. */\n{versions}#define SVAR_VERSION \"{version}\"\n\n{MACROS}"
        )),
        style: Style::Both,
        braces: Braces::SameLine,
        documentation_style: DocumentationStyle::C99,
        usize_is_size_t: true,
        enumeration: EnumConfig {
            prefix_with_name: true,
            rename_variants: RenameRule::ScreamingSnakeCase,
            ..EnumConfig::default()
        },
        // Enumerations whose numbers are passed in, or written into structs, as plain integers.
        export: ExportConfig {
            include: ["severity", "verdict", "visibility", "author", "fault", "level", "loss_kind"]
                .map(|name| format!("svar_{name}"))
                .to_vec(),
            ..ExportConfig::default()
        },
        ..Config::default()
    };
    config.function.sort_by = Some(cbindgen::SortKey::None);
    let mut builder = Builder::new().with_config(config);
    for file in FILES {
        builder = builder.with_src(Path::new(ROOT).join(format!("src/capi/{file}.rs")));
    }
    let mut header = Vec::new();
    builder.generate().unwrap().write(&mut header);
    String::from_utf8(header).unwrap()
}

#[test]
fn the_header_is_what_the_module_says() {
    let path = Path::new(ROOT).join("include/svar.h");
    let wanted = generate();
    if env::var_os("SVAR_WRITE_HEADER").is_some() {
        fs::write(&path, &wanted).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    if let Some((line, (is, should))) = written
        .lines()
        .chain([""])
        .zip(wanted.lines().chain([""]))
        .enumerate()
        .find(|(_, (is, should))| is != should)
    {
        panic!(
            "include/svar.h:{}: is `{is}`, should be `{should}`\nsee the first lines of this test",
            line + 1
        );
    }
    assert_eq!(written.len(), wanted.len());
}

/// Every name the header gives away begins with svar, so that it meets no other.
#[test]
fn every_name_is_prefixed() {
    let header = generate();
    let header = header.strip_prefix(HEAD).unwrap();
    for line in header.lines().filter(|line| !line.trim_start().starts_with("//")) {
        if let Some(name) = line.strip_prefix("#define ") {
            assert!(name.starts_with("SVAR_"), "{line}");
        }
        // Enumerators stand alone with their number; functions begin a line with what they return.
        if let Some((name, _)) = line.trim().split_once(" = ") {
            assert!(name.starts_with("SVAR_"), "{line}");
        }
        if let Some((before, _)) = line.split_once('(').filter(|_| !line.starts_with(['#', ' ', '/'])) {
            let name = before.rsplit([' ', '*']).next().unwrap();
            assert!(name.starts_with("svar_"), "{line}");
        }
    }
}

/// Whoever reads the header alone must find everything explained.
#[test]
fn everything_is_documented() {
    let header = generate();
    let lines: Vec<&str> = header.lines().collect();
    for (at, line) in lines.iter().enumerate() {
        if line.trim_start().starts_with("//") {
            continue;
        }
        let declares = line.starts_with("enum svar") || line.starts_with("typedef struct svar") || {
            line.starts_with("svar_") || line.starts_with("void svar") || line.starts_with("uint32_t svar")
        };
        let field = line.starts_with("  ") && line.ends_with(';') && !line.contains(['(', ')']);
        let enumerator = line.starts_with("  SVAR_");
        if declares && line.contains(['(', '{']) || field || enumerator {
            assert!(lines[at - 1].trim_start().starts_with("//"), "nothing is said about {line}");
        }
    }
}
