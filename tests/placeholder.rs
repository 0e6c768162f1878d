//! However a text looks like placeholders that are none, looking for them takes no longer than it is long.
#![allow(missing_docs)]

mod growth;

use svar::text::placeholders;

#[test]
fn long_texts_take_linear_time() {
    for piece in [
        "{", "[", "<", "%", "_", "*|", "X", "X.", "XX ", "{a", "[a ", "%a", "__A", "T", "{}", "____ ", "***",
        "***navn", "DD.", "dd", "DD.MM.", "DD.MM,",
    ] {
        let find = |bytes: usize| {
            let text = piece.repeat(bytes / piece.len());
            move || {
                let mut found = Vec::new();
                placeholders(&text, &mut found);
            }
        };
        growth::is_linear(piece, find(8_192), find(65_536));
    }
}
