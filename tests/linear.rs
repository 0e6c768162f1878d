//! What a check asks the allocator for grows with the text and no faster, whatever the text; and so does what compiling
//! a policy asks for, whatever years stand in it.
#![allow(clippy::unwrap_used, missing_docs)]

mod counting;

use std::sync::OnceLock;

use counting::counted;
use proptest::prelude::*;
use svar::policy::LONGEST_TEXT;
use svar::{Case, Message, Policy, Scratch};

/// The built-in policy, and rules that hold paths open as long as they can.
fn policy() -> &'static Policy {
    static POLICY: OnceLock<Policy> = OnceLock::new();
    POLICY.get_or_init(|| {
        Policy::from_toml(
            r##"
            svar = 1
            name = "greedy"
            extends = ["svar:care"]
            [rules."greedy.gaps"]
            forbid = { phrases = ["a ..9 a ..9 a ..9 b", "a [a] [a] [a] [a] b", "(a|a a) (a|a a) (a|a a)", "{word} ..9 x"] }
            [rules."greedy.marks"]
            forbid = { phrases = ["{mention} ..9 x", ", ..9 x", "{number} ..9 ,", ", , [,] [,] [,]"] }
            [rules."greedy.everything"]
            forbid = { phrases = ["{word}", "{emoji}", "{number}", ",", "{mention}", "{link}"] }
            [rules."greedy.excused"]
            forbid = { phrases = ["sorry"] }
            excused_by = ["apology", "thanks"]
            [rules."greedy.order"]
            order = { act = "thanks", before = ["apology"], within_sentences = 1 }
            [rules."greedy.pattern"]
            forbid = { pattern = "(a+)+$" }
            "##,
        )
        .unwrap()
    })
}

/// Texts that are bad for somebody: for nested quotations, gaps, competing phrases, marks without words.
const HOSTILE: [&str; 32] = [
    "**a ",
    "**a** ",
    "[a](",
    "<a =",
    "&a",
    "# a\n",
    "a ",
    "a, ",
    ", ",
    "! ",
    "!",
    "“a ",
    "„«\"",
    ">a\n",
    "\n\n",
    "@a ",
    "#a ",
    "😡",
    "👨‍👩‍👧‍👦",
    "a\u{301}",
    "\u{301}",
    "\u{200B}a",
    "sorry ",
    "vi beklager, men ",
    "Hei! ",
    "takk 😡. ",
    "a.no ",
    "http://a.example/ ",
    "kari@fjord.no ",
    "12 34 56 78 ",
    "{a}[b]<c>",
    "SORRY SORRY. ",
];

/// What reading and judging so much of a text asks for, with fresh memory.
fn bytes(piece: &str, length: usize) -> usize {
    let text = piece.repeat(length / piece.len());
    let mut case = Case::new("facebook");
    case.messages.push(Message::customer(text.as_str()));
    counted(|| policy().validate_with(&case, &text, None, &mut Scratch::default()).unwrap()).1.bytes
}

#[test]
fn four_times_the_text_is_four_times_the_memory() {
    for piece in HOSTILE {
        let (short, long) = (bytes(piece, LONGEST_TEXT / 16), bytes(piece, LONGEST_TEXT / 4));
        // Vectors double, so that one may just have done so: 4 may look like 8.
        assert!(long <= 8 * short + 4096, "{piece:?}: {short} bytes, then {long}");
    }
}

#[test]
fn the_longest_text_is_judged_whatever_it_is() {
    for piece in HOSTILE {
        let most = LONGEST_TEXT / piece.len();
        let text = piece.repeat(most);
        assert!(policy().validate(&Case::new("x"), &text, None).is_ok(), "{piece:?}");
    }
}

/// What compiling a rota with an override up to a date asks for.
fn bytes_of_override(until: &str) -> usize {
    let text = format!(
        "svar = 1\nname = 'long'\n[rotas.watch]\ntime_zone = 'UTC'\n\
         overrides = [{{ person = 'kari', from = '2000-01-01T00:00:00', to = '{until}T00:00:00' }}]\n"
    );
    counted(|| Policy::from_toml(&text).unwrap()).1.bytes
}

#[test]
fn an_override_of_a_century_takes_no_more_memory_than_one_of_a_month() {
    let (month, century) = (bytes_of_override("2000-02-01"), bytes_of_override("2100-12-31"));
    assert!(century <= month + 4096, "{month} bytes, then {century}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any few pieces, over and over.
    #[test]
    fn pieces_of_all_kinds_stay_linear(pieces in prop::collection::vec(0..HOSTILE.len(), 1..6)) {
        let piece: String = pieces.into_iter().map(|at| HOSTILE[at]).collect();
        let (short, long) = (bytes(&piece, LONGEST_TEXT / 32), bytes(&piece, LONGEST_TEXT / 8));
        prop_assert!(long <= 8 * short + 4096, "{:?}: {} bytes, then {}", piece, short, long);
    }
}
