//! Words that are not what they look like: letters of another alphabet that pass for Latin ones.
//!
//! What looks alike is the skeleton of UTS 39 (crate `unicode-security`). Only words with letters outside the Latin
//! alphabet are looked at, so that å, ł and ß cost nothing.

use crate::Span;
use unicode_security::{confusable_detection::skeleton, mixed_script::AugmentedScriptSet};

/// The words of a text, each judged once however many foreign letters it has.
pub(super) struct Words<'a> {
    text: &'a str,
    /// Where the last judged word ends.
    done: usize,
}

impl<'a> Words<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Words { text, done: 0 }
    }

    /// The word around the letter `c` at `at`, if it is deceptive and was not judged before.
    pub(super) fn deceptive_at(&mut self, at: usize, c: char) -> Option<Span> {
        if at < self.done || !c.is_alphabetic() || is_latin(c) {
            return None;
        }
        let head = self.text.get(self.done..at)?;
        let tail = self.text.get(at..)?;
        let start = at - head.chars().rev().take_while(|&c| in_word(c)).map(char::len_utf8).sum::<usize>();
        let end = at + tail.chars().take_while(|&c| in_word(c)).map(char::len_utf8).sum::<usize>();
        self.done = end;
        let word = Span::new(start, end);
        (is_mixed(word.of(self.text)) || self.imitates_host(word)).then_some(word)
    }

    /// Whether the word, wholly of another alphabet, is a label of a host and could be read as Latin: `раура.com`.
    fn imitates_host(&self, word: Span) -> bool {
        let letters = word.of(self.text).chars().filter(|c| c.is_alphabetic());
        let mut letters = letters.peekable();
        letters.peek().is_some() && letters.all(looks_latin) && self.is_in_host(word)
    }

    /// Whether a scheme, an `@` or `www.` stands before the word or a Latin top-level domain after it.
    fn is_in_host(&self, word: Span) -> bool {
        /// What a host name may have at most; what is longer is none.
        const LONGEST_HOST: usize = 253;
        let in_host = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.');
        let head = self.text.get(..word.start).unwrap_or("");
        let tail = self.text.get(word.end..).unwrap_or("");
        let before: usize =
            head.chars().rev().take(LONGEST_HOST).take_while(|&c| in_host(c)).map(char::len_utf8).sum();
        let after: usize =
            tail.chars().take(LONGEST_HOST).take_while(|&c| in_host(c)).map(char::len_utf8).sum();
        let (outside, inside) = head.split_at_checked(head.len() - before).unwrap_or((head, ""));
        let domain = tail.get(..after).unwrap_or("").trim_end_matches(['.', '-']);
        let top = domain.rsplit_once('.').map_or("", |(_, top)| top);
        outside.ends_with("//")
            || outside.ends_with('@') && !top.is_empty()
            || inside.starts_with("www.")
            || top.len() >= 2 && top.bytes().all(|b| b.is_ascii_lowercase())
    }
}

fn in_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\u{0300}'..='\u{036F}')
}

/// Whether a word has Latin letters, and letters of another alphabet that all look like Latin ones.
///
/// An ending of another alphabet on a Latin word (`SMSки`) has letters that pass for no Latin one. A single Greek
/// letter before a capital or at the end of a word is a sign of science (`γGT`, `kα`) and not deceptive.
fn is_mixed(word: &str) -> bool {
    let letters = || word.chars().filter(|c| c.is_alphabetic());
    let (mut latin, mut foreign, mut greek) = (0, 0, 0);
    for c in letters() {
        if is_latin(c) {
            latin += 1;
        } else if looks_latin(c) {
            foreign += 1;
            greek += usize::from(matches!(c, '\u{03B1}'..='\u{03C9}'));
        } else {
            return false;
        }
    }
    let science = foreign == 1 && greek == 1 && {
        let second = letters().nth(1);
        let first_is_greek = letters().next().is_some_and(|c| !is_latin(c));
        let last_is_greek = letters().next_back().is_some_and(|c| !is_latin(c));
        first_is_greek && second.is_some_and(char::is_uppercase) || last_is_greek && latin <= 2
    };
    latin > 0 && foreign > 0 && !science
}

/// Whether a letter is Latin, or of no alphabet in particular.
fn is_latin(c: char) -> bool {
    let mut scripts = AugmentedScriptSet::for_char(c);
    scripts.intersect_with(AugmentedScriptSet::for_char('a'));
    !scripts.is_empty()
}

/// Whether a letter of another alphabet passes for a Latin one.
fn looks_latin(c: char) -> bool {
    let mut buffer = [0; 4];
    skeleton(c.encode_utf8(&mut buffer)).all(|c| c.is_ascii_alphanumeric())
}

/// The word with Latin letters in place of what looks like them.
pub(super) fn latin(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        if is_latin(c) || !c.is_alphabetic() {
            out.push(c);
        } else {
            // The skeleton writes some capitals as small letters that look like them, `І` as `l`.
            let mut buffer = [0; 4];
            out.extend(skeleton(c.encode_utf8(&mut buffer)).map(|latin| match (c, latin) {
                (c, 'l') if c.is_uppercase() => 'I',
                (c, latin) if c.is_uppercase() => latin.to_ascii_uppercase(),
                _ => latin,
            }));
        }
    }
    out
}

/// `Cyrillic letters in a word that looks like "paypal"`, with the letters by code point.
pub(super) fn describe(word: &str) -> String {
    let mut letters = String::new();
    for c in word.chars().filter(|&c| c.is_alphabetic() && !is_latin(c)).take(3) {
        if !letters.is_empty() {
            letters.push_str(", ");
        }
        letters.push_str(&format!("U+{:04X} {}", u32::from(c), alphabet(c)));
    }
    format!("looks like `{}` but is written with {letters}", latin(word))
}

/// The alphabet a look-alike comes from, as far as it has a name people know.
fn alphabet(c: char) -> &'static str {
    match c {
        '\u{0370}'..='\u{03FF}' | '\u{1F00}'..='\u{1FFF}' => "greek letter",
        '\u{0400}'..='\u{052F}' | '\u{1C80}'..='\u{1C8F}' => "cyrillic letter",
        '\u{0530}'..='\u{058F}' => "armenian letter",
        '\u{13A0}'..='\u{13FF}' | '\u{AB70}'..='\u{ABBF}' => "cherokee letter",
        '\u{2C80}'..='\u{2CFF}' => "coptic letter",
        _ => "letter of another alphabet",
    }
}
