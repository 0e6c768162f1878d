//! The walk: from every token along all arcs that fit.

use super::symbols::{ALWAYS, ANY_WORD, Mask, Symbol};
use super::trie::{NodeId, Root};
use super::vocabulary::{Extra, Vocabulary, WordId};
use super::{Hit, Plane, Scanner};
use crate::Span;
use crate::text::phrase::MOST_MARKS_IN_GAP;
use crate::text::tail::sort_tail;
use crate::text::token::{Shape, Token, TokenKind, Tokens};

/// Memory a scan works in; reuse it and a scan allocates nothing.
#[derive(Clone, Debug, Default)]
pub struct ScanScratch {
    known: Vec<Known>,
    symbols: Vec<Symbol>,
    here: Vec<State>,
    next: Vec<State>,
    ends: Vec<(u32, u32)>,
    busy: Vec<u32>,
}

/// What the vocabulary says of one token.
#[derive(Clone, Copy, Debug)]
struct Known {
    word: Option<WordId>,
    /// Where the symbols stand that it has beside those of its word.
    extra: (u32, u32),
    /// How many of the symbols of its word no phrase goes on with.
    only_first: u32,
    mask: Mask,
}

/// A place the walk has reached. In a gap so much may still be passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct State {
    node: NodeId,
    left: Option<Left>,
    /// The mask of the node.
    mask: Mask,
}

/// What a gap may still pass over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Left {
    words: u8,
    marks: u8,
}

impl Left {
    /// What is left behind a token; `None` where the gap may not pass over it.
    fn after(self, token: &Token) -> Option<Left> {
        if token.shape.has(Shape::BARRIER) {
            return None;
        }
        match token.kind {
            TokenKind::Punctuation | TokenKind::Emoji => {
                Some(Left { marks: self.marks.checked_sub(1)?, ..self })
            }
            TokenKind::Break => None,
            _ => Some(Left { words: self.words.checked_sub(1)?, ..self }),
        }
    }
}

impl ScanScratch {
    pub(super) fn recognise(&mut self, vocabulary: &Vocabulary, tokens: &Tokens) {
        self.known.clear();
        self.symbols.clear();
        for token in tokens.as_slice() {
            let word = vocabulary.find(Tokens::hash(token), tokens.folded(token));
            self.known.push(Known { word, extra: (0, 0), only_first: 0, mask: 0 });
        }
    }

    pub(super) fn word(&self, token: usize) -> Option<WordId> {
        self.known.get(token)?.word
    }

    /// Adds what spelling, stem and kind give, where that is anything.
    fn complete(&mut self, scanner: &Scanner, text: &str, tokens: &Tokens) {
        for (known, token) in self.known.iter_mut().zip(tokens.as_slice()) {
            let from = self.symbols.len();
            let mask = known.word.map_or(0, |word| scanner.vocabulary.mask(word));
            let mut extra = Extra { symbols: &mut self.symbols, mask };
            scanner.vocabulary.gather(text, tokens, token, known.word, &mut extra);
            known.mask = extra.mask;
            let symbols = known.word.map_or(&[][..], |word| scanner.vocabulary.symbols(word));
            known.only_first = scanner.trie.only_first(symbols) as u32;
            if self.symbols.len() > from {
                sort_tail(&mut self.symbols, from);
                known.extra = (from as u32, self.symbols.len() as u32);
            }
        }
    }

    /// The symbols of a token: those of its word, what it has beside them, and what any word has.
    fn symbols<'a>(&'a self, scanner: &'a Scanner, known: &Known) -> [&'a [Symbol]; 3] {
        let (start, end) = known.extra;
        [
            known.word.map_or(&[], |word| scanner.vocabulary.symbols(word)),
            self.symbols.get(start as usize..end as usize).unwrap_or_default(),
            if known.mask & ANY_WORD != 0 { scanner.vocabulary.any_word() } else { &[] },
        ]
    }
}

pub(super) fn scan(
    scanner: &Scanner,
    text: &str,
    tokens: &Tokens,
    scratch: &mut ScanScratch,
    hits: &mut Vec<Hit>,
) {
    scratch.complete(scanner, text, tokens);
    scratch.busy.clear();
    scratch.busy.resize(usize::from(u8::MAX), 0);
    let list = tokens.as_slice();
    let mut here = std::mem::take(&mut scratch.here);
    let mut next = std::mem::take(&mut scratch.next);
    let mut ends = std::mem::take(&mut scratch.ends);
    let mut busy = std::mem::take(&mut scratch.busy);
    let walk = Walk { scanner, tokens: list, scratch, text_end: text_end(text, list) };
    for start in 0..list.len() {
        ends.clear();
        walk.from(start, &mut here, &mut next, &mut ends);
        if !ends.is_empty() {
            hear(scanner, list, start, &mut ends, &mut busy, hits);
        }
    }
    // The two change places with every token: where one had to grow, the other will have to, the next time.
    let most = here.capacity().max(next.capacity());
    here.clear();
    here.reserve(most);
    next.clear();
    next.reserve(most);
    (scratch.here, scratch.next, scratch.ends, scratch.busy) = (here, next, ends, busy);
}

/// A scan under way.
struct Walk<'s> {
    scanner: &'s Scanner,
    tokens: &'s [Token],
    scratch: &'s ScanScratch,
    /// The token from which on there is nothing that counts.
    text_end: usize,
}

impl Walk<'_> {
    /// Collects (end, payload) of every phrase that starts at a token.
    fn from(&self, start: usize, here: &mut Vec<State>, next: &mut Vec<State>, ends: &mut Vec<(u32, u32)>) {
        let (Some(token), Some(known)) = (self.tokens.get(start), self.scratch.known.get(start)) else {
            return;
        };
        here.clear();
        let wanted = self.wanted(start + 1);
        let starts_sentence = token.shape.has(Shape::SENTENCE_START);
        for symbols in self.scratch.symbols(self.scanner, known) {
            for &symbol in symbols {
                // Symbols with which a phrase begins have the lowest numbers.
                let Some(&Root { nodes, masks }) = self.scanner.trie.root(symbol) else { break };
                if masks[0] & wanted != 0 {
                    self.reach(nodes[0], start + 1, wanted, here, ends);
                }
                if masks[1] & wanted != 0 && starts_sentence {
                    self.reach(nodes[1], start + 1, wanted, here, ends);
                }
            }
        }
        let mut at = start + 1;
        while !here.is_empty() {
            let (Some(token), Some(known)) = (self.tokens.get(at), self.scratch.known.get(at)) else { break };
            let wanted = self.wanted(at + 1);
            let mut symbols = self.scratch.symbols(self.scanner, known);
            symbols[0] = symbols[0].get(known.only_first as usize..).unwrap_or_default();
            next.clear();
            for &state in here.iter() {
                if state.mask & known.mask != 0 {
                    self.scanner.trie.follow(state.node, known.mask, symbols, |node| {
                        self.reach(node, at + 1, wanted, next, ends);
                    });
                }
                if let Some(left) = state.left.and_then(|left| left.after(token)) {
                    push(next, State { left: Some(left), ..state });
                }
            }
            std::mem::swap(here, next);
            at += 1;
        }
    }

    /// What the next token can go on with.
    fn wanted(&self, next: usize) -> Mask {
        self.scratch.known.get(next).map_or(0, |known| known.mask) | ALWAYS
    }

    /// Reaches a node before a token: hears the phrases that are complete there, goes on where that token may fit, and
    /// into the gaps that open.
    fn reach(
        &self,
        node: NodeId,
        before: usize,
        wanted: Mask,
        states: &mut Vec<State>,
        ends: &mut Vec<(u32, u32)>,
    ) {
        let trie = &self.scanner.trie;
        let mask = trie.mask(node);
        if mask & wanted & !ALWAYS != 0 {
            push(states, State { node, left: None, mask });
        }
        if mask & ALWAYS == 0 {
            return;
        }
        for output in trie.outputs(node) {
            if !output.at_text_end || before >= self.text_end {
                ends.push((before as u32, output.payload));
            }
        }
        for (behind, words) in trie.gaps(node) {
            let left = Some(Left { words, marks: MOST_MARKS_IN_GAP });
            push(states, State { node: behind, left, mask: trie.mask(behind) });
        }
    }
}

fn push(states: &mut Vec<State>, state: State) {
    if !states.contains(&state) {
        states.push(state);
    }
}

/// The token from which on there is nothing but closing marks, emoji and links.
fn text_end(text: &str, tokens: &[Token]) -> usize {
    let trailing = |token: &&Token| match token.kind {
        TokenKind::Emoji | TokenKind::Link | TokenKind::Break => true,
        TokenKind::Punctuation => matches!(token.span.of(text), "." | "!" | ")" | "…" | "*" | "_"),
        _ => false,
    };
    tokens.len() - tokens.iter().rev().take_while(trailing).count()
}

/// Settles who is heard among the phrases that start at one token.
fn hear(
    scanner: &Scanner,
    tokens: &[Token],
    start: usize,
    ends: &mut Vec<(u32, u32)>,
    busy: &mut [u32],
    hits: &mut Vec<Hit>,
) {
    ends.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    ends.dedup();
    let from = hits.len();
    for &(end, payload) in ends.iter() {
        let plane = scanner.planes.get(payload as usize).copied().unwrap_or(Plane::FREE);
        let heard = |hit: &Hit| hit.first == start as u32;
        let here = hits.get(from..).unwrap_or_default();
        let silenced = if plane == Plane::FREE {
            here.iter().any(|hit| heard(hit) && hit.payload == payload)
        } else {
            let longest = here.iter().find(|hit| scanner.planes.get(hit.payload as usize) == Some(&plane));
            match (busy.get(usize::from(plane.0)), longest) {
                (_, Some(longest)) => longest.end != end,
                (Some(&busy), None) => busy as usize > start,
                (None, None) => false,
            }
        };
        if silenced {
            continue;
        }
        let last = tokens.get(end as usize - 1).map_or(0, |token| token.span.end);
        let first = tokens.get(start).map_or(0, |token| token.span.start);
        hits.push(Hit { span: Span::new(first, last), first: start as u32, end, payload });
    }
    for hit in hits.get(from..).unwrap_or_default() {
        if let Some(plane) = scanner.planes.get(hit.payload as usize) {
            if let Some(busy) = busy.get_mut(usize::from(plane.0)) {
                *busy = (*busy).max(hit.end);
            }
        }
    }
}
