//! `svar schema`.

use crate::svar;

#[test]
fn the_schema_is_printed() {
    assert_eq!(svar(&["schema"]).out, svar::schema::policy().unwrap());
    let of_next = svar(&["schema", "--of", "next"]).out;
    assert_eq!(of_next, svar::schema::request(svar::schema::Request::Next).unwrap());
    let answer = svar(&["schema", "--answer", "next"]).out;
    assert_eq!(answer, svar::schema::answer(svar::schema::Answer::Next).unwrap());
}

#[test]
fn a_schema_is_of_one_thing() {
    assert_eq!(svar(&["schema", "--of", "next", "--answer", "next"]).code, 2);
    let of_none = svar(&["schema", "--answer", "case"]);
    assert!(of_none.code == 2 && of_none.err.contains("validate, next, draft"), "{}", of_none.err);
}
