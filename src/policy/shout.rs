//! Shouts, told from names and abbreviations that stand side by side in capitals: `DHL GLS UPS`, `XFINITY HD`.

use crate::Span;
use crate::lexicon::Lexicon;
use crate::text::token::Tokens;

/// A word with so many letters is hardly an abbreviation.
const LONG: usize = 5;
/// One with so many may be none.
const MIDDLING: usize = 4;

/// Keeps the runs of words in capitals that say something. Who shouts in sentences needs words that are typical of a
/// language, or a long one that is known; without any, most words must be too long for abbreviations.
pub(super) fn forget_names(lexicons: &[Lexicon], text: &str, tokens: &Tokens, shouts: &mut Vec<Span>) {
    shouts.retain(|shout| {
        let all = tokens.as_slice();
        let from = all.partition_point(|token| token.span.start < shout.start);
        let words = all.get(from..).unwrap_or_default();
        let (mut count, mut middling, mut long) = (0, 0, 0);
        for word in words.iter().take_while(|word| word.span.start < shout.end) {
            if lexicons.iter().any(|lexicon| lexicon.is_typical(tokens, word)) {
                return true;
            }
            let letters = word.span.of(text).chars().filter(|c| c.is_alphabetic()).count();
            if letters >= LONG && lexicons.iter().any(|lexicon| lexicon.knows(tokens, word)) {
                return true;
            }
            count += usize::from(letters > 0);
            middling += usize::from(letters >= MIDDLING);
            long += usize::from(letters >= LONG);
        }
        long > 0 && middling > 1 && middling * 2 > count
    });
}
