//! `svar fmt`: what it writes anew, and what it leaves as it is.

use crate::{asked, folder, svar};

#[test]
fn files_are_written_anew_only_where_something_differs() {
    let folder = folder("fmt");
    let untidy = folder.file("untidy.toml", "svar=1\nname='acme' # ours\n");
    let checked = svar(&["fmt", "--check", &untidy]);
    assert_eq!(checked.code, 1);
    assert!(checked.out.contains("untidy.toml: would be written anew"), "{}", checked.out);
    assert_eq!(folder.text("untidy.toml"), "svar=1\nname='acme' # ours\n", "a check writes nothing");

    let written = svar(&["fmt", &untidy]);
    assert!(written.code == 0 && written.out.contains("written anew"));
    assert_eq!(folder.text("untidy.toml"), "svar = 1\nname = \"acme\"  # ours\n");
    let again = svar(&["fmt", &untidy]);
    assert!(again.code == 0 && again.out.is_empty());
    assert_eq!(svar(&["fmt", "--check", &untidy]).code, 0);
}

#[test]
fn a_document_with_mistakes_is_told_and_left_as_it_is() {
    let folder = folder("fmt-mistakes");
    let broken = folder.file("broken.toml", "svar=1\nname=acme\n");
    let untidy = folder.file("beside.toml", "svar=1\n");
    let ran = svar(&["fmt", "--quiet", &broken, &untidy]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("broken.toml:2:6") && ran.err.contains("left as it is"), "{}", ran.err);
    assert_eq!(folder.text("broken.toml"), "svar=1\nname=acme\n");
    assert_eq!(folder.text("beside.toml"), "svar = 1\n");
    assert_eq!(ran.out, "", "it is to be quiet");
}

#[test]
fn standard_input_is_written_to_standard_output() {
    assert_eq!(asked(&["fmt", "-"], "svar=1").out, "svar = 1\n");
}

#[test]
fn the_policies_to_start_from_are_written_in_one_manner() {
    let ran = svar(&["fmt", "--check", "examples/policies"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""));
}
