//! What the shared library gives away is what the header declares, and nothing else.

use std::collections::BTreeSet;
use std::fs;

use object::{Object, ObjectSymbol};

use super::{header, library};

#[test]
fn the_library_exports_what_the_header_declares() {
    let bytes = fs::read(library::folder().join("libsvar.so")).unwrap();
    let file = object::File::parse(&*bytes).unwrap();
    let exported: BTreeSet<String> = file
        .dynamic_symbols()
        .filter(|symbol| symbol.is_definition() && symbol.is_global())
        .map(|symbol| symbol.name().unwrap().to_owned())
        .collect();
    let header = header::generate();
    let declared: BTreeSet<String> = header
        .lines()
        .filter(|line| !line.starts_with(['#', ' ', '/']))
        .filter_map(|line| line.split_once('('))
        .map(|(before, _)| before.rsplit([' ', '*']).next().unwrap().to_owned())
        .collect();
    assert!(declared.len() > 30, "{declared:?}");
    assert_eq!(exported, declared);
}
