use proptest::prelude::*;

use super::*;
use crate::text::fold;

/// What a token is, for comparing: kind, text, shape, folded form.
type Plainly = (TokenKind, String, Shape, String);

fn read(text: &str, marks: &[Mark]) -> Vec<Plainly> {
    let mut tokens = Tokens::default();
    tokens.read(text, marks);
    let plainly = |token: &Token| {
        assert_eq!(token.key(), Key::of(tokens.folded(token).as_bytes()));
        (token.kind, token.span.of(text).to_owned(), token.shape, tokens.folded(token).to_owned())
    };
    tokens.as_slice().iter().map(plainly).collect()
}

fn is_joiner(c: char) -> bool {
    fold::is_invisible(c) || unicode_normalization::char::is_combining_mark(c)
}

/// The definition: a token at a time, a character at a time, without any short way.
fn reference(text: &str) -> Vec<Plainly> {
    let chars: Vec<char> = text.chars().collect();
    let is = |at: usize, wanted: &dyn Fn(char) -> bool| chars.get(at).is_some_and(|&c| wanted(c));
    let mut out: Vec<Plainly> = Vec::new();
    let (mut at, mut glued, mut line_start) = (0, true, true);
    while at < chars.len() {
        let c = chars[at];
        let start = at;
        let (kind, mut shape) = if c == '\n' || c == '\r' {
            let mut lines = 0;
            while is(at, &char::is_whitespace) {
                lines += usize::from(chars[at] == '\n' || chars[at] == '\r' && !is(at + 1, &|c| c == '\n'));
                at += 1;
            }
            if lines < 2 || out.is_empty() {
                (glued, line_start) = (false, true);
                continue;
            }
            (TokenKind::Break, Shape::BARRIER)
        } else if c.is_whitespace() {
            (at, glued) = (at + 1, false);
            continue;
        } else if fold::is_invisible(c) || c.is_control() {
            at += 1;
            continue;
        } else if c.is_alphanumeric() {
            let (mut letter, mut digit) = (false, false);
            while at < chars.len() {
                let c = chars[at];
                let number = matches!(c, '.' | ',' | ':') && digit && !letter;
                let joined = number && is(at + 1, &|c| c.is_ascii_digit())
                    || fold::is_apostrophe(c) && is(at + 1, &char::is_alphanumeric);
                if !(c.is_alphanumeric() || is_joiner(c) || joined) {
                    break;
                }
                let counts = c.is_alphanumeric();
                digit |= counts && c.is_numeric();
                letter |= counts && !c.is_numeric();
                at += 1;
            }
            let kind = if letter { TokenKind::Word } else { TokenKind::Number };
            (kind, shape_of(&chars[start..at]))
        } else {
            at += 1;
            (TokenKind::Punctuation, Shape::default())
        };
        if glued {
            shape.set(Shape::GLUED);
        }
        if line_start {
            shape.set(Shape::LINE_START);
        }
        (glued, line_start) = (true, false);
        let written: String = chars[start..at].iter().collect();
        let folded = if kind == TokenKind::Break { String::new() } else { folded(&written, kind) };
        if kind == TokenKind::Break {
            (glued, line_start) = (false, true);
        }
        out.push((kind, written, shape, folded));
    }
    out
}

fn folded(written: &str, kind: TokenKind) -> String {
    let mut out = String::new();
    match kind {
        TokenKind::Punctuation => written.chars().for_each(|c| fold::push_folded(c, &mut out)),
        _ => fold::fold_into(written, &mut out),
    }
    out
}

fn shape_of(word: &[char]) -> Shape {
    let is_letter = |c: &&char| c.is_alphanumeric() && !c.is_numeric();
    let letters: Vec<char> = word.iter().filter(is_letter).copied().collect();
    let capitals = letters.iter().filter(|c| c.is_uppercase()).count();
    let first = letters.first().is_some_and(|c| c.is_uppercase());
    let mut shape = Shape::default();
    for (flag, holds) in [
        (Shape::LOWER, !letters.is_empty() && capitals == 0),
        (Shape::ONE_CAPITAL, letters.len() == 1 && capitals == 1),
        (Shape::ALL_CAPS, letters.len() > 1 && capitals == letters.len()),
        (Shape::CAPITALISED, first && capitals == 1),
        (Shape::STRETCHED, is_stretched(word, letters.len())),
        (Shape::DISGUISED, word.iter().any(|&c| c >= '\u{300}' && c.is_alphanumeric() || is_joiner(c))),
    ] {
        if holds {
            shape.set(flag);
        }
    }
    shape
}

/// Whether a letter stands three times in a row at the end of a word of more than that, or inside it three times if
/// it is a vowel, else four times.
fn is_stretched(word: &[char], letters: usize) -> bool {
    let word: Vec<char> = word.iter().filter(|&&c| !is_joiner(c)).copied().collect();
    let alike = |a: char, b: char| a == b || a.eq_ignore_ascii_case(&b);
    let mut at = 0;
    while at < word.len() {
        let c = word[at];
        let run = word[at..].iter().take_while(|&&next| alike(c, next)).count();
        let last = word[at + run - 1];
        let letter = c.is_alphanumeric() && !c.is_numeric();
        let vowel = "aeiouyåäöæøAEIOUYÅÄÖÆØ".contains(last);
        let digits = word.iter().any(|c| c.is_numeric());
        let at_end = at + run == word.len();
        // What goes on with a digit has no vowel at its end, and ends with the next letter.
        let behind = word.get(at + run..).unwrap_or_default();
        let vowel = vowel && behind.first().is_some_and(|c| !c.is_numeric());
        let ended = behind.iter().any(|c| !c.is_numeric());
        if letter && run >= 3 && (ended && (vowel || run >= 4) || at_end && letters > run && !digits) {
            return true;
        }
        at += run;
    }
    false
}

const PIECES: [&str; 60] = [
    "a", "b", "A", "B", "z", "Z", "ll", "eee", "EEE", "kkkk", "å", "Å", "åå", "ååå", "ø", "ß", "ł", "Ł", "ż",
    "Ÿ", "ı", "İ", "ſ", "×", "÷", "ª", "²", "3", "12", "4.5", "9:30", ".", ",", ":", "'", "’", "-", "–", "“",
    "«", "…", "\u{A0}", "\u{AD}", "\u{301}", "\u{200B}", " ", "  ", "\t", "\n", "\r\n", "\n\n", "漢", "и",
    "И", "Ⓐ", "!", "?", "@", "\0", "\u{85}",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    /// The short way of plain words and the general way of all others give what the definition gives.
    #[test]
    fn the_pass_gives_what_the_definition_gives(pieces in prop::collection::vec(0..PIECES.len(), 0..14)) {
        let text: String = pieces.into_iter().map(|at| PIECES[at]).collect();
        prop_assert_eq!(read(&text, &[]), reference(&text), "{:?}", text);
    }

    #[test]
    fn so_it_does_for_letters_alone(text in "[a-cA-C0-2åÅøłŁ'’.: ]{0,24}") {
        prop_assert_eq!(read(&text, &[]), reference(&text), "{:?}", text);
    }

    /// What stands before a mark and behind it is read as if it stood alone.
    #[test]
    fn a_mark_is_one_token(before in "[a-b3å'. ]{0,6}", marked in "[a-b3å'. ]{1,6}", after in "[a-b3å'. ]{0,6}") {
        let text = format!("{before}{marked}{after}");
        let span = Span::new(before.len(), before.len() + marked.len());
        let found = read(&text, &[Mark { span, kind: TokenKind::Link }]);
        let (head, tail) = (read(&before, &[]), read(&after, &[]));
        let kinds = |list: &[Plainly]| list.iter().map(|token| (token.0, token.1.clone(), token.3.clone())).collect::<Vec<_>>();
        let mut expected = kinds(&head);
        expected.push((TokenKind::Link, marked, String::new()));
        expected.extend(kinds(&tail));
        prop_assert_eq!(kinds(&found), expected, "{:?}", text);
    }
}
