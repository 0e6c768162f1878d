//! Sentences and quotations: where one ends, where the next begins, what is somebody else's words.
//!
//! Nothing is read across the end of a sentence. A full stop ends one unless it is glued to what follows
//! (`example.no`, `z.B.`), stands after an abbreviation or an initial, or makes an ordinal: before a lower-case word
//! (`12. mai`), or before a word that its language says an ordinal stands before (`11. Dezember`, where nouns have
//! capitals). Where people leave the full stop out, before a blank line and before an emoji with a capital behind it,
//! a sentence ends all the same. What a sentence begins with matters for capital letters: a capital there says nothing.
//! Behind a salutation (`Hi Anna, …`) it says as much as elsewhere, though what is said begins there.

use super::token::{MANY, Shape, Token, TokenKind, Tokens, of_note};

/// A quotation longer than this many tokens is taken for a stray quotation mark.
const LONGEST_QUOTATION: usize = 120;
/// A salutation has at most so many words: `Sehr geehrte Frau Dr Kern`.
const LONGEST_SALUTATION: usize = 5;

/// Where a full stop was left out a sentence ends as with one.
const UNWRITTEN_STOP: Shape = Shape::UNWRITTEN_STOP.or(Shape::BARRIER);

/// What a language knows of the words at a sentence's edges.
pub(crate) trait SentenceWords {
    /// Whether the full stop after a word belongs to it (`z.B.`).
    fn is_abbreviation(&self, tokens: &Tokens, token: &Token) -> bool;

    /// Whether an abbreviation stands behind numbers, so that a capital behind it begins a sentence (`39 kr. Vi`).
    fn is_unit(&self, tokens: &Tokens, token: &Token) -> bool;

    /// Whether an ordinal can stand before a word, though it has a capital (`Dezember`).
    fn follows_ordinal(&self, tokens: &Tokens, token: &Token) -> bool;

    /// Whether a sentence that begins with a word may be calling somebody (`Hi`, `Liebe`).
    fn is_salutation(&self, tokens: &Tokens, token: &Token) -> bool;
}

/// A language nothing is known of.
impl<T: SentenceWords> SentenceWords for Option<&T> {
    fn is_abbreviation(&self, tokens: &Tokens, token: &Token) -> bool {
        self.is_some_and(|language| language.is_abbreviation(tokens, token))
    }

    fn is_unit(&self, tokens: &Tokens, token: &Token) -> bool {
        self.is_some_and(|language| language.is_unit(tokens, token))
    }

    fn follows_ordinal(&self, tokens: &Tokens, token: &Token) -> bool {
        self.is_some_and(|language| language.follows_ordinal(tokens, token))
    }

    fn is_salutation(&self, tokens: &Tokens, token: &Token) -> bool {
        self.is_some_and(|language| language.is_salutation(tokens, token))
    }
}

/// Marks sentence starts, barriers and quotations.
pub(crate) fn mark_sentences(text: &str, tokens: &mut Tokens, language: &impl SentenceWords) {
    let mut marking = Marking { starting: true, quotes: false };
    // Nearly all tokens are words that go on with a sentence, of which there is nothing to say.
    let may_turn = |token: &Token| (token.kind != TokenKind::Word) | token.shape.has(Shape::LINE_START);
    let mut from = 0;
    while let Some(rest) = tokens.as_slice().get(from..).filter(|rest| !rest.is_empty()) {
        let mut turns = of_note(rest, may_turn);
        while turns != 0 {
            marking.mark(text, tokens, from + turns.trailing_zeros() as usize, language);
            turns &= turns - 1;
        }
        from += MANY;
    }
    if marking.quotes {
        mark_quotations(text, tokens.as_mut_slice());
    }
}

/// What is known while sentences are marked.
struct Marking {
    /// Whether the next word begins a sentence.
    starting: bool,
    /// Whether a mark was seen that may open a quotation.
    quotes: bool,
}

impl Marking {
    /// Marks a token that may end a sentence or begin one, and the word behind it where a sentence begins with that.
    fn mark(&mut self, text: &str, tokens: &mut Tokens, at: usize, language: &impl SentenceWords) {
        let Some(token) = tokens.as_slice().get(at) else { return };
        self.starting |= token.shape.has(Shape::LINE_START);
        let was_starting = self.starting;
        let shape = match token.kind {
            TokenKind::Word | TokenKind::Number if self.starting => {
                self.starting = false;
                Shape::SENTENCE_START
            }
            TokenKind::Punctuation => {
                let sign = sign(text, token);
                self.quotes |= sign == '>' || Quote::opened_by(sign).is_some();
                let ends = ends_here(tokens, at, sign, &mut self.starting, language);
                self.starting |= ends;
                Shape::BARRIER.when(ends)
            }
            TokenKind::Emoji => {
                let ends = stands_for_stop(tokens, at);
                self.starting |= ends;
                UNWRITTEN_STOP.when(ends)
            }
            TokenKind::Break => {
                self.starting = true;
                UNWRITTEN_STOP.when(!follows_mark(tokens, at))
            }
            _ => Shape::default(),
        };
        set(tokens, at, shape);
        let next = tokens.as_slice().get(at + 1);
        if shape.has(Shape::SENTENCE_START) {
            mark_saluted(text, tokens, at, language);
        } else if !next.is_some_and(|next| next.kind == TokenKind::Word && !next.shape.has(Shape::LINE_START))
        {
            // A word on a line of its own is marked in its turn.
        } else if self.starting {
            self.starting = false;
            set(tokens, at + 1, Shape::SENTENCE_START);
            mark_saluted(text, tokens, at + 1, language);
        } else if was_starting {
            // Nothing but mentions and emoji stand before the comma: `@anna, we`.
            set(tokens, at + 1, Shape::SALUTED);
        }
    }
}

fn set(tokens: &mut Tokens, at: usize, shape: Shape) {
    if let Some(token) = tokens.as_mut_slice().get_mut(at) {
        token.shape.set(shape);
    }
}

/// The mark that a token of punctuation is.
fn sign(text: &str, token: &Token) -> char {
    match token.mark() {
        0 => token.span.of(text).chars().next().unwrap_or_default(),
        mark => char::from(mark),
    }
}

/// Whether a mark ends a sentence. One that does not may still mean that another begins, or has begun.
fn ends_here(
    tokens: &Tokens,
    at: usize,
    sign: char,
    starting: &mut bool,
    language: &impl SentenceWords,
) -> bool {
    let next = || tokens.as_slice().get(at + 1);
    match sign {
        '!' | '?' | '…' | '‽' | '。' => true,
        '.' => {
            let previous = at.checked_sub(1).and_then(|at| tokens.as_slice().get(at));
            let abbreviated = previous.is_some_and(|word| {
                word.kind == TokenKind::Word
                    && (word.shape.has(Shape::ONE_CAPITAL) || language.is_abbreviation(tokens, word))
                    && !(language.is_unit(tokens, word)
                        && next().is_some_and(|next| next.shape.has(Shape::CAPITALISED)))
            });
            let numbered = previous.is_some_and(|token| token.kind == TokenKind::Number);
            let ordinal = numbered
                && next().is_some_and(|word| {
                    word.kind == TokenKind::Word
                        && (word.shape.has(Shape::LOWER) || language.follows_ordinal(tokens, word))
                });
            ends_sentence(next(), abbreviated, ordinal)
        }
        ':' | ';' | '•' => {
            *starting |= next().is_some_and(|next| !next.shape.has(Shape::GLUED));
            false
        }
        // Brackets and quotation marks open where a sentence opens; anything else means it has begun.
        ',' => {
            *starting = false;
            false
        }
        _ => false,
    }
}

/// Marks the words behind a salutation with which what is said may begin: the first in lower case (`Hi Anna we`), and
/// the first behind the comma (`Hi there, we`).
fn mark_saluted(text: &str, tokens: &mut Tokens, first: usize, language: &impl SentenceWords) {
    let salutes = |token: &Token| language.is_salutation(tokens, token);
    let list = tokens.as_slice();
    if !list.get(first).is_some_and(salutes) {
        return;
    }
    let (mut lower, mut behind_mark) = (None, None);
    for (at, token) in list.iter().enumerate().skip(first + 1).take(LONGEST_SALUTATION) {
        match token.kind {
            TokenKind::Word if token.shape.has(Shape::LINE_START) => break,
            TokenKind::Word if token.shape.has(Shape::LOWER) && lower.is_none() && !salutes(token) => {
                lower = Some(at);
            }
            TokenKind::Word | TokenKind::Mention | TokenKind::Emoji => {}
            TokenKind::Punctuation if matches!(sign(text, token), ',' | '-' | '–' | '—') => {
                behind_mark = Some(at + 1);
                break;
            }
            _ => break,
        }
    }
    for at in [lower, behind_mark].into_iter().flatten() {
        set(tokens, at, Shape::SALUTED);
    }
}

/// Whether an emoji stands where a full stop would: behind words, and before a new line, a capital or the end.
fn stands_for_stop(tokens: &Tokens, at: usize) -> bool {
    if follows_mark(tokens, at) {
        return false;
    }
    let behind = tokens.as_slice().get(at..).unwrap_or_default();
    let next = behind.iter().find(|token| token.kind != TokenKind::Emoji);
    next.is_none_or(|next| match next.kind {
        TokenKind::Break => true,
        TokenKind::Word => next.shape.has(Shape::LINE_START) || !next.shape.has(Shape::LOWER),
        _ => next.shape.has(Shape::LINE_START),
    })
}

/// Whether a mark or an emoji stands before a token, or nothing.
fn follows_mark(tokens: &Tokens, at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| tokens.as_slice().get(before));
    before.is_none_or(|before| {
        matches!(before.kind, TokenKind::Punctuation | TokenKind::Emoji | TokenKind::Break)
    })
}

fn ends_sentence(next: Option<&Token>, abbreviated: bool, ordinal: bool) -> bool {
    let Some(next) = next else { return true };
    if next.shape.has(Shape::GLUED) {
        // `z.B.`, `example.no` go on; `Takk.Vi` was typed without the space.
        let closes = next.kind == TokenKind::Punctuation && next.mark() != b',';
        return closes
            || next.kind == TokenKind::Emoji
            || next.shape.has(Shape::CAPITALISED) && !abbreviated && !ordinal;
    }
    !(abbreviated && !next.shape.has(Shape::LINE_START) || ordinal)
}

/// Finds what stands in quotation marks of any country, and lines quoted with `>`.
fn mark_quotations(text: &str, tokens: &mut [Token]) {
    let mut open: Option<(usize, Quote)> = None;
    let mut quoted_line = false;
    for i in 0..tokens.len() {
        let Some(&token) = tokens.get(i) else { break };
        let sign = if token.kind == TokenKind::Punctuation { sign(text, &token) } else { ' ' };
        if token.shape.has(Shape::LINE_START) {
            quoted_line = sign == '>';
        }
        if quoted_line {
            if let Some(token) = tokens.get_mut(i) {
                token.shape.set(Shape::QUOTED);
            }
        }
        if token.kind == TokenKind::Break || open.is_some_and(|(from, _)| i - from > LONGEST_QUOTATION) {
            open = None;
        }
        match open {
            Some((from, quote)) if quote.closed_by(sign) => {
                for token in tokens.iter_mut().take(i).skip(from + 1) {
                    token.shape.set(Shape::QUOTED);
                }
                open = None;
            }
            Some(_) => {}
            None => open = Quote::opened_by(sign).map(|quote| (i, quote)),
        }
    }
}

#[derive(Clone, Copy)]
enum Quote {
    Straight,
    English,
    German,
    Guillemets,
    InwardGuillemets,
}

impl Quote {
    fn opened_by(sign: char) -> Option<Quote> {
        Some(match sign {
            '"' => Quote::Straight,
            '“' | '”' => Quote::English,
            '„' => Quote::German,
            '«' => Quote::Guillemets,
            '»' => Quote::InwardGuillemets,
            _ => return None,
        })
    }

    fn closed_by(self, sign: char) -> bool {
        match self {
            Quote::Straight => sign == '"',
            Quote::English => sign == '”',
            Quote::German => matches!(sign, '“' | '”' | '"'),
            Quote::Guillemets => sign == '»',
            Quote::InwardGuillemets => matches!(sign, '«' | '»'),
        }
    }
}
