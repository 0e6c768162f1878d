//! `svar schema`.

use crate::svar;

#[test]
fn the_schema_is_printed() {
    assert_eq!(svar(&["schema"]).out, svar::schema::policy().unwrap());
    let of_next = svar(&["schema", "--of", "next"]).out;
    assert_eq!(of_next, svar::schema::request(svar::schema::Request::Next).unwrap());
}
