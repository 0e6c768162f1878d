//! Chains: groups of digits with something that may stand inside a number between them.

use crate::Span;
use crate::text::bytescan;

/// What stands between two groups of digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sep {
    /// One or more spaces of any width, on the same line.
    Space,
    /// One hyphen or dash.
    Hyphen,
    /// One dot.
    Dot,
    /// One slash.
    Slash,
    /// One plus, as in the personnummer of somebody over a hundred.
    Plus,
    /// A bracket, perhaps with spaces.
    Bracket,
    /// A dash or slash with spaces around it.
    Wide,
}

impl Sep {
    /// Whether two numbers may meet here; the others make one number of what they join.
    fn is_loose(self) -> bool {
        !matches!(self, Sep::Hyphen | Sep::Dot | Sep::Plus)
    }
}

/// A run of digits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Group {
    /// Where an opening bracket or plus before the digits begins; `start` where there is none.
    lead: usize,
    start: usize,
    end: usize,
    first: usize,
    pub(super) len: usize,
    /// Whether a plus stands directly before, as in `+47` or `(+47)`.
    pub(super) plus: bool,
    /// What separates the group from the one before it.
    pub(super) before: Option<Sep>,
}

/// Two letters before the first group, such as the country of an IBAN.
#[derive(Clone, Copy, Debug)]
pub(super) struct Prefix {
    pub(super) start: usize,
    pub(super) letters: [u8; 2],
}

/// The groups of digits that stand together, with what stands around them.
#[derive(Debug, Default)]
pub(super) struct Chain {
    digits: Vec<u8>,
    groups: Vec<Group>,
    glued_before: bool,
    glued_after: bool,
    pub(super) prefix: Option<Prefix>,
    pub(super) in_link: bool,
    /// Whether a hyphen ties the chain to a word, as in the case id `PP-006-234-348-863`.
    pub(super) of_id: bool,
}

impl Chain {
    /// Reads the chain that begins with the digit at `at`, in place of the one read before, and the prefix. What else
    /// stands around it is looked at with [`look_around`](Chain::look_around), where it matters.
    pub(super) fn read(&mut self, text: &str, at: usize) {
        self.digits.clear();
        self.groups.clear();
        let (mut lead, mut start) = (at, at);
        let mut before = None;
        loop {
            let end = self.read_group(text, lead, start, before);
            let Some(gap) = gap(text, end) else { break };
            (lead, start, before) = (gap.lead, gap.next, Some(gap.sep));
        }
        let head = text.get(..at).unwrap_or("");
        let (lead, plus) = self::lead(head);
        if let Some(group) = self.groups.first_mut() {
            (group.lead, group.plus) = (lead, plus);
        }
        self.prefix = if lead == at { prefix(head) } else { None };
    }

    /// Looks at what stands before and behind the chain.
    pub(super) fn look_around(&mut self, text: &str) {
        self.look_before(text);
        self.look_after(text);
    }

    fn read_group(&mut self, text: &str, lead: usize, start: usize, before: Option<Sep>) -> usize {
        let first = self.digits.len();
        let mut end = start;
        for (offset, c) in text.get(start..).unwrap_or("").char_indices() {
            if let Some(digit) = digit(c) {
                self.digits.push(digit);
                end = start + offset + c.len_utf8();
            } else if !is_seen_through(c) {
                break;
            }
        }
        let len = self.digits.len() - first;
        let plus = before == Some(Sep::Plus);
        self.groups.push(Group { lead, start, end, first, len, plus, before });
        end
    }

    fn look_before(&mut self, text: &str) {
        let Some(&Group { start, plus, .. }) = self.groups.first() else { return };
        let head = text.get(..start).unwrap_or("");
        // A plus that is no sign of a country code ties the number to what it is added to.
        self.glued_before = !plus && is_glued_before(head);
        self.in_link = is_in_link(head);
        self.of_id =
            head.strip_suffix(is_hyphen).is_some_and(|head| head.ends_with(|c: char| c.is_alphanumeric()));
    }

    fn look_after(&mut self, text: &str) {
        let tail = text.get(self.end()..).unwrap_or("");
        let mut chars = tail.chars().filter(|&c| !is_seen_through(c));
        self.glued_after = match chars.next() {
            Some(c) if c.is_alphanumeric() || c == '_' => true,
            Some(':') => chars.next().is_some_and(|c| digit(c).is_some()),
            // The decimals of a price or a measure; a list without spaces goes on with more digits.
            Some(',') => matches!(chars.by_ref().take(3).take_while(|&c| digit(c).is_some()).count(), 1 | 2),
            _ => false,
        };
    }

    /// The number of groups.
    pub(super) fn len(&self) -> usize {
        self.groups.len()
    }

    /// The number of digits in all groups.
    pub(super) fn digit_count(&self) -> usize {
        self.digits.len()
    }

    /// Where the last group ends.
    pub(super) fn end(&self) -> usize {
        self.groups.last().map_or(0, |group| group.end)
    }

    /// The group at `at`.
    pub(super) fn group(&self, at: usize) -> Option<&Group> {
        self.groups.get(at)
    }

    /// The groups from `at` up to, not including, `end`, as far as there are any.
    pub(super) fn groups(&self, at: usize, end: usize) -> &[Group] {
        self.groups.get(at..end.min(self.groups.len())).unwrap_or(&[])
    }

    /// The digits, as numbers 0 to 9, of the groups from `at` up to `end`.
    pub(super) fn digits(&self, at: usize, end: usize) -> &[u8] {
        match (self.groups.get(at), end.checked_sub(1).and_then(|last| self.groups.get(last))) {
            (Some(first), Some(last)) => self.digits.get(first.first..last.first + last.len).unwrap_or(&[]),
            _ => &[],
        }
    }

    /// The end of the groups from `at` that have these lengths.
    pub(super) fn shaped(&self, at: usize, lengths: &[usize]) -> Option<usize> {
        let end = at + lengths.len();
        let groups = self.groups.get(at..end)?;
        groups.iter().zip(lengths).all(|(group, &len)| group.len == len).then_some(end)
    }

    /// Whether all that separates the groups from `at` up to `end` is the same, and one of `allowed`.
    pub(super) fn evenly(&self, at: usize, end: usize, allowed: &[Sep]) -> bool {
        let mut seps = self.groups(at + 1, end).iter().map(|group| group.before);
        let Some(first) = seps.next() else { return true };
        first.is_some_and(|sep| allowed.contains(&sep)) && seps.all(|sep| sep == first)
    }

    /// Whether the groups from `at` up to `end` are a number of their own, not a part of something longer.
    pub(super) fn is_free(&self, at: usize, end: usize) -> bool {
        self.is_free_before(at) && self.is_free_after(end)
    }

    /// Whether nothing is tied to the group at `at` from the left.
    pub(super) fn is_free_before(&self, at: usize) -> bool {
        match self.groups.get(at).map(|group| group.before) {
            Some(None) => !self.glued_before,
            Some(Some(sep)) => sep.is_loose(),
            None => false,
        }
    }

    /// Whether nothing is tied to the group before `end` from the right.
    pub(super) fn is_free_after(&self, end: usize) -> bool {
        match self.groups.get(end).map(|group| group.before) {
            Some(sep) => sep.is_some_and(Sep::is_loose),
            None => !self.glued_after,
        }
    }

    /// Where the groups from `at` up to `end` stand.
    pub(super) fn span(&self, at: usize, end: usize) -> Span {
        match (self.groups.get(at), end.checked_sub(1).and_then(|last| self.groups.get(last))) {
            (Some(first), Some(last)) => Span::new(first.start, last.end),
            _ => Span::default(),
        }
    }

    /// The same with a plus before it, and with the bracket that opens before it and closes inside.
    pub(super) fn phone_span(&self, at: usize, end: usize) -> Span {
        let span = self.span(at, end);
        let closes = at + 1 < end && self.group(at + 1).is_some_and(|next| next.before == Some(Sep::Bracket));
        match self.group(at) {
            Some(group) if group.plus || closes => Span::new(group.lead, span.end),
            _ => span,
        }
    }

    /// The same with the letters glued to the first group.
    pub(super) fn prefixed_span(&self, at: usize, end: usize) -> Span {
        let span = self.span(at, end);
        match self.prefix {
            Some(prefix) if at == 0 && self.glued_before => Span::new(prefix.start, span.end),
            _ => span,
        }
    }
}

/// The offset of the next digit at or after `from`.
pub(super) fn next_digit(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        // The bytes with which digits begin; all but the first are rare and looked at more closely.
        let begins = |byte: u8| byte.is_ascii_digit() | matches!(byte, 0xD9 | 0xDB | 0xEF | 0xF0);
        at = bytescan::find(text.as_bytes(), at, begins)?;
        match text.get(at..).and_then(|tail| tail.chars().next()) {
            Some(c) if digit(c).is_some() => return Some(at),
            Some(c) => at += c.len_utf8(),
            None => at += 1,
        }
    }
}

/// The value of a decimal digit: ASCII, fullwidth, Arabic-Indic, extended Arabic-Indic or mathematical.
pub(super) fn digit(c: char) -> Option<u8> {
    let value = match c {
        '0'..='9' => u32::from(c) - u32::from('0'),
        '\u{0660}'..='\u{0669}' => u32::from(c) - 0x0660,
        '\u{06F0}'..='\u{06F9}' => u32::from(c) - 0x06F0,
        '\u{FF10}'..='\u{FF19}' => u32::from(c) - 0xFF10,
        '\u{1D7CE}'..='\u{1D7FF}' => (u32::from(c) - 0x1D7CE) % 10,
        _ => return None,
    };
    u8::try_from(value).ok()
}

/// An ASCII letter in upper case, also from a fullwidth one.
pub(super) fn letter(c: char) -> Option<u8> {
    let ascii = match c {
        '\u{FF21}'..='\u{FF3A}' | '\u{FF41}'..='\u{FF5A}' => char::from_u32(u32::from(c) - 0xFEE0)?,
        _ => c,
    };
    u8::try_from(ascii).ok().filter(u8::is_ascii_alphabetic).map(|letter| letter.to_ascii_uppercase())
}

/// Characters that may hide inside a number without being seen.
pub(super) fn is_seen_through(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}')
        || matches!(c, '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// Spaces that do not end a line.
pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}')
}

/// Hyphens and dashes, the minus sign and the fullwidth hyphen.
pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FF0D}')
}

/// What stands between a group that has ended and the next one.
struct Gap {
    sep: Sep,
    lead: usize,
    next: usize,
}

/// At most this many characters may stand between two groups of one number.
const WIDEST_GAP: usize = 4;

fn gap(text: &str, end: usize) -> Option<Gap> {
    let (mut spaces, mut marks) = (0, 0);
    let mut mark = None;
    let mut bracket = false;
    let mut lead = None;
    let seen = text.get(end..)?.char_indices().filter(|&(_, c)| !is_seen_through(c));
    for (offset, c) in seen.take(WIDEST_GAP + 1) {
        if digit(c).is_some() {
            let sep = match mark {
                _ if marks > 1 => return None,
                // `1 +47` and `1 (+47)` begin a new number.
                Some(Sep::Plus) if bracket || spaces > 0 => return None,
                _ if bracket => Sep::Bracket,
                None => Sep::Space,
                Some(sep) if spaces == 0 => sep,
                Some(Sep::Hyphen | Sep::Slash) => Sep::Wide,
                // `12. 13.` are ordinals or the ends of sentences.
                Some(_) => return None,
            };
            let next = end + offset;
            return Some(Gap { sep, lead: lead.unwrap_or(next), next });
        }
        lead = None;
        match c {
            '(' | '（' => (bracket, lead) = (true, Some(end + offset)),
            ')' | '）' => bracket = true,
            c if is_space(c) => spaces += 1,
            c => {
                marks += 1;
                mark = Some(match c {
                    '.' | '．' => Sep::Dot,
                    '/' | '／' => Sep::Slash,
                    '+' | '＋' => {
                        lead = Some(end + offset);
                        Sep::Plus
                    }
                    c if is_hyphen(c) => Sep::Hyphen,
                    _ => return None,
                });
            }
        }
    }
    None
}

/// Where a plus or an opening bracket before a number begins, and whether there is a plus.
fn lead(head: &str) -> (usize, bool) {
    let is_open = |c| matches!(c, '(' | '（');
    let is_plus = |c| matches!(c, '+' | '＋');
    let bare = head.trim_end_matches(is_seen_through);
    let opened = bare.strip_suffix(is_open).unwrap_or(bare);
    let Some(signed) = opened.strip_suffix(is_plus) else {
        return (if opened.len() < bare.len() { opened.len() } else { head.len() }, false);
    };
    // After a letter or a digit it is a sum or a name, such as C++.
    if signed.chars().next_back().is_some_and(|c| c.is_alphanumeric() || is_plus(c)) {
        return (head.len(), false);
    }
    (signed.strip_suffix(is_open).unwrap_or(signed).len(), true)
}

/// Two letters that stand by themselves before a number, with at most one space or hyphen between.
fn prefix(head: &str) -> Option<Prefix> {
    let mut chars = head.char_indices().rev().filter(|&(_, c)| !is_seen_through(c)).peekable();
    if chars.peek().is_some_and(|&(_, c)| is_space(c) || is_hyphen(c)) {
        chars.next();
    }
    let (_, second) = chars.next()?;
    let (start, first) = chars.next()?;
    let letters = [letter(first)?, letter(second)?];
    let free = chars.next().is_none_or(|(_, c)| !c.is_alphanumeric() && c != '_');
    free.then_some(Prefix { start, letters })
}

fn is_glued_before(head: &str) -> bool {
    let mut chars = head.chars().rev().filter(|&c| !is_seen_through(c));
    match chars.next() {
        Some(c) if c.is_alphanumeric() || matches!(c, '_' | '+' | '＋') => true,
        Some(':') => chars.next().is_some_and(|c| digit(c).is_some()),
        // What follows the comma of a number of up to three digits is its decimals or its thousands.
        Some(',') => matches!(chars.by_ref().take(4).take_while(|&c| digit(c).is_some()).count(), 1..=3),
        _ => false,
    }
}

/// How far back a link is looked for: what is longer is not read by people, and looking stays linear.
const LONGEST_LINK: usize = 256;

fn is_in_link(head: &str) -> bool {
    let mut from = head.len().saturating_sub(LONGEST_LINK);
    while !head.is_char_boundary(from) {
        from += 1;
    }
    let near = head.get(from..).unwrap_or("");
    let word = near.rsplit(char::is_whitespace).next().unwrap_or("");
    word.contains("://") || word.contains("www.")
}
