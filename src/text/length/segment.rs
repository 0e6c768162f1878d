//! Graphemes: the boundaries are looked up only where characters may join.
//!
//! Most characters stand alone beside each other: no rule of UAX #29 but the one for CR LF joins two of them. Where
//! another one turns up (a combining mark, a joiner, a regional indicator, most letters of the Indic scripts), the
//! run around it is given to `unicode-segmentation`.

use unicode_segmentation::UnicodeSegmentation;

use crate::text::bytescan::{self, char_at, char_before};
use crate::text::emoji;

/// Whether there is a boundary between `c` and any other such character, CR LF aside.
///
/// Pictographs stand alone, too: they join only over a zero-width joiner.
pub(super) fn stands_alone(c: char) -> bool {
    matches!(c,
        '\0'..='\u{2FF}' | '\u{370}'..='\u{482}' | '\u{48A}'..='\u{590}' | '\u{1E00}'..='\u{1FFF}'
        | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}' | '\u{20A0}'..='\u{20CF}' | '\u{2100}'..='\u{2BFF}'
        | '\u{3000}'..='\u{3029}' | '\u{3030}'..='\u{3098}' | '\u{309B}'..='\u{A66E}' | '\u{1F000}'..='\u{1F1E5}'
        | '\u{1F200}'..='\u{1F3FA}' | '\u{1F400}'..='\u{1FAFF}')
}

/// The number of CR LF in `text`.
pub(super) fn crlf(text: &str) -> usize {
    let (mut count, mut from) = (0, 0);
    while let Some(at) = bytescan::find_pair(text.as_bytes(), from, |one, two| one == b'\r' && two == b'\n') {
        count += 1;
        from = at + 2;
    }
    count
}

/// The graphemes of a text, its characters beyond U+0300 being told in order.
pub(super) struct Segments<'t> {
    text: &'t str,
    /// Where the last run ended that was looked up. A boundary.
    done: usize,
    joined: usize,
}

impl<'t> Segments<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Segments { text, done: 0, joined: 0 }
    }

    /// How many characters do not start a grapheme, CR LF aside.
    pub(super) fn joined(&self) -> usize {
        self.joined
    }

    /// Where the last run ended that was looked up.
    pub(super) fn done(&self) -> usize {
        self.done
    }

    /// Tells of the character `c` at `at`.
    #[inline]
    pub(super) fn character(&mut self, at: usize, c: char) {
        if at < self.done || stands_alone(c) || self.mark(at, c) {
            return;
        }
        if let Some(run) = self.run(at) {
            self.joined += run.chars().count() - crlf(run) - run.graphemes(true).count();
        }
    }

    /// Whether `c` is a mark on an emoji or a keycap and nothing else is near that may join: then it joins.
    fn mark(&mut self, at: usize, c: char) -> bool {
        let base = |c: char| matches!(c, ' '..='~' | '\u{2190}'..='\u{2BFF}' | '\u{1F300}'..='\u{1FAFF}');
        if !emoji::is_joined(c) || !char_before(self.text, at).is_some_and(|c| base(c) && stands_alone(c)) {
            return false;
        }
        let mut end = at;
        let mut marks = 0;
        while let Some(mark) = char_at(self.text, end).filter(|&c| emoji::is_joined(c)) {
            end += mark.len_utf8();
            marks += 1;
        }
        let alone = emoji::breaks_after(self.text, end);
        if alone {
            self.joined += marks;
            self.done = end;
        }
        alone
    }

    /// The run of characters around the one at `at` that may join, if it was not looked up before. It begins with
    /// the character before and ends with one that stands alone before another.
    pub(super) fn run(&mut self, at: usize) -> Option<&'t str> {
        if at < self.done {
            return None;
        }
        let before = char_before(self.text, at).map_or(0, char::len_utf8);
        // LF may have joined the CR before it; nothing joins it itself.
        let start = match self.text.as_bytes().get(at.wrapping_sub(1)) {
            Some(b'\n') => at,
            _ => (at - before).max(self.done),
        };
        let mut alone: Option<char> = None;
        let mut end = at;
        while let Some(c) = char_at(self.text, end) {
            let stands = stands_alone(c);
            if let Some(before) = alone.filter(|_| stands) {
                if (before, c) != ('\r', '\n') {
                    break;
                }
            }
            alone = stands.then_some(c);
            end += c.len_utf8();
        }
        self.done = end;
        self.text.get(start..end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_that_stand_alone_stand_apart() {
        let alone: Vec<char> = ('\0'..=char::MAX).filter(|&c| stands_alone(c)).collect();
        // Joining depends on the class of a character alone, so beside a letter and a pictograph, on both sides, is
        // enough; a zero-width joiner is not among them.
        for &c in &alone {
            for other in ['a', '😊', '漢', '\r', '\n'] {
                for pair in [[c, other], [other, c]] {
                    let pair: String = pair.iter().collect();
                    let expected = if pair == "\r\n" { 1 } else { 2 };
                    assert_eq!(pair.graphemes(true).count(), expected, "{pair:?}");
                }
            }
        }
    }
}
