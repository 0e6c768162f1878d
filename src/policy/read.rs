//! Reading a text: everything that is heard, in one go.

use super::shout::forget_names;
use super::{Inner, ReadScratch};
use crate::Span;
use crate::lexicon::{self, Ears, LanguageId, Lexicon, Reading};
use crate::text::token::{MANY, Shape, Token, TokenKind, of_note};
use crate::text::{
    EntityKind, Glance, Lengths, Personal, PersonalKind, emojis_in, entities, hidden, lengths,
    mark_sentences, markup, personal_data, placeholders, unlisted_links,
};

/// A shout has so many words in capitals one after another…
const SHOUTED_WORDS: usize = 2;
/// …with so many letters together: fewer are abbreviations that happen to meet.
const SHOUTED_LETTERS: usize = 7;

/// A word with none of these marks nothing: no shout, no stretching, no beginning and no end.
const REMARKABLE: Shape = Shape::STRETCHED
    .or(Shape::ALL_CAPS)
    .or(Shape::ONE_CAPITAL)
    .or(Shape::SENTENCE_START)
    .or(Shape::LINE_START)
    .or(Shape::BARRIER);

/// What a text is read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aim {
    Everything,
    /// What a text of ours does: nobody asks what it wants.
    Acts,
}

/// Reads a text into `reading`. `language` is the code of the language it is known or wanted to be in; where there is
/// none, the likeliest is heard. Gives the number of its language, if that is known.
pub(super) fn read(
    policy: &Inner,
    text: &str,
    language: Option<&str>,
    aim: Aim,
    scratch: &mut ReadScratch,
    reading: &mut Reading,
) -> Option<usize> {
    reading.clear();
    look(policy, text, scratch, reading);
    let Reading { emoji, entities, unlisted_links, .. } = &*reading;
    scratch.tokens.read(text, scratch.marks.gather(emoji, entities, unlisted_links));
    let tokens = &mut scratch.tokens;
    let (sure, likeliest) = policy.lexicons.identifier.identify(text, tokens, &mut scratch.identify);
    reading.language = sure.cloned();
    let number = |code: &str| policy.lexicons.number(code);
    let numbered = |language: Option<&LanguageId>| language.and_then(|language| number(language.as_str()));
    // A policy of one language need not guess.
    let only = || (policy.languages.len() == 1).then_some(0);
    let known = language.and_then(number).or_else(|| numbered(sure)).or_else(only);
    let spoken = known.or_else(|| numbered(likeliest)).unwrap_or(0);
    let lexicon = policy.lexicons.languages.get(spoken);
    mark_sentences(text, tokens, &lexicon);
    read_shapes(text, tokens.as_slice(), reading);
    forget_names(&policy.lexicons.languages, text, tokens, &mut reading.shouting);
    match lexicon {
        Some(lexicon) => hear(policy, lexicon, text, aim, scratch, reading),
        // Nothing may be left of the text before.
        None => scratch.hear.rule_hits.clear(),
    }
    known
}

/// Reads what an earlier message does and wants, and nothing else of it: `reading` holds its acts, intent and signals.
/// `language` is the code of its language, if that is known.
pub(super) fn listen(
    policy: &Inner,
    text: &str,
    language: Option<&str>,
    scratch: &mut ReadScratch,
    reading: &mut Reading,
) {
    reading.clear();
    let glance = Glance::at(text);
    if glance.shows(Glance::LINKS.or(Glance::SIGNS)) {
        entities(text, &mut reading.entities);
        unlisted_links(text, &reading.entities, &mut reading.unlisted_links);
    }
    if glance.shows(Glance::ODDITIES) {
        emojis_in(text, &mut reading.emoji);
    }
    let Reading { emoji, entities, unlisted_links, .. } = &*reading;
    scratch.tokens.read(text, scratch.marks.gather(emoji, entities, unlisted_links));
    let tokens = &mut scratch.tokens;
    let known = language.and_then(|code| policy.lexicons.number(code));
    let likeliest = || {
        let (_, likeliest) = policy.lexicons.identifier.identify(text, tokens, &mut scratch.identify);
        likeliest.and_then(|language| policy.lexicons.number(language.as_str()))
    };
    let number = known.or_else(likeliest).unwrap_or(0);
    let Some(lexicon) = policy.lexicons.languages.get(number) else { return };
    mark_sentences(text, tokens, lexicon);
    hear(policy, lexicon, text, Aim::Everything, scratch, reading);
}

/// What can be seen without reading a word, each where a glance shows that it may be there.
fn look(policy: &Inner, text: &str, scratch: &mut ReadScratch, reading: &mut Reading) {
    let glance = Glance::at(text);
    if glance.shows(Glance::LINKS.or(Glance::SIGNS)) {
        entities(text, &mut reading.entities);
        unlisted_links(text, &reading.entities, &mut reading.unlisted_links);
    }
    if glance.shows(Glance::ODDITIES) {
        emojis_in(text, &mut reading.emoji);
        scratch.emoji.clear();
        scratch.emoji.extend(reading.emoji.iter().map(|emoji| emoji.span));
        hidden(text, &scratch.emoji, &mut reading.hidden);
    }
    reading.length = if glance.shows(Glance::ODDITIES) || !reading.entities.is_empty() {
        lengths(text, &reading.entities)
    } else {
        Lengths::of_plain(text)
    };
    if glance.shows(Glance::PLACEHOLDERS) {
        placeholders(text, &mut reading.placeholders);
    }
    if glance.shows(Glance::MARKUP) {
        markup(text, &mut reading.markup);
    }
    if glance.shows(Glance::DIGITS) {
        personal_data(text, &mut reading.personal_data);
    }
    add_data(policy, text, reading);
}

fn hear(
    policy: &Inner,
    lexicon: &Lexicon,
    text: &str,
    aim: Aim,
    scratch: &mut ReadScratch,
    reading: &mut Reading,
) {
    let lexicons = &policy.lexicons;
    let intents = if aim == Aim::Everything { lexicons.intents.as_slice() } else { &[] };
    let ears = Ears { lexicon, acts: &lexicons.acts, intents, signals: &lexicons.signals };
    lexicon::hear(&ears, text, &scratch.tokens, &mut scratch.hear, reading);
}

/// Adds e-mail addresses and the policy's own reference numbers to the personal data, in order.
fn add_data(policy: &Inner, text: &str, reading: &mut Reading) {
    let emails = reading.entities.iter().filter(|entity| entity.kind == EntityKind::Email);
    reading
        .personal_data
        .extend(emails.map(|entity| Personal { kind: PersonalKind::Email, span: entity.span }));
    for pattern in &policy.references {
        let found = pattern.find_iter(text).filter(|found| !found.is_empty());
        reading.personal_data.extend(
            found.map(|found| Personal { kind: PersonalKind::Reference, span: found.range().into() }),
        );
    }
    if reading.personal_data.len() > 1 {
        reading.personal_data.sort_by_key(|data| data.span.start);
    }
}

/// What can be seen without understanding: words, sentences, shouting, stretched words, exclamation marks.
fn read_shapes(text: &str, tokens: &[Token], reading: &mut Reading) {
    reading.words = tokens.iter().filter(|token| token.kind == TokenKind::Word).count();
    let mut shapes = Shapes::default();
    // Nearly every token is a word within a sentence, of which there is nothing to say.
    let may_matter = |token: &Token| (token.kind != TokenKind::Word) | token.shape.has_any(REMARKABLE);
    for from in (0..tokens.len()).step_by(MANY) {
        let mut rest = of_note(tokens.get(from..).unwrap_or_default(), may_matter);
        while rest != 0 {
            shapes.see(text, tokens, from + rest.trailing_zeros() as usize, reading);
            rest &= rest - 1;
        }
    }
    shapes.shout.end(&mut reading.shouting);
    if let Some(start) = shapes.sentence {
        reading.sentences.push(Span::new(start, tokens.last().map_or(start, |token| token.span.end)));
    }
}

/// What is known while the shapes of a text are read.
#[derive(Default)]
struct Shapes {
    /// Where the sentence began that has not ended yet.
    sentence: Option<usize>,
    shout: Shout,
    /// The number of the token behind the one that was seen last.
    next: usize,
}

impl Shapes {
    /// Sees a token that may matter. All between it and the one seen before are words that go on with a sentence.
    fn see(&mut self, text: &str, tokens: &[Token], at: usize, reading: &mut Reading) {
        let Some(token) = tokens.get(at) else { return };
        let before =
            at.checked_sub(1).and_then(|before| tokens.get(before)).map_or(0, |token| token.span.end);
        if self.shout.span.is_some() && at > self.next {
            self.shout.end(&mut reading.shouting);
        }
        self.next = at + 1;
        let starts_again = token.shape.has(Shape::SENTENCE_START.or(Shape::LINE_START));
        if starts_again || token.kind == TokenKind::Break {
            reading.sentences.extend(self.sentence.take().map(|start| Span::new(start, before)));
        }
        if token.kind == TokenKind::Break {
            return;
        }
        let is_word = token.kind == TokenKind::Word;
        let closes = token.shape.has(Shape::BARRIER);
        if is_word && token.shape.has(Shape::STRETCHED) {
            reading.stretched.push(token.span);
        }
        if is_word || closes {
            self.shout.see(token, text, &mut reading.shouting);
        }
        let exclaims = match token.mark() {
            0 => token.kind == TokenKind::Punctuation && token.span.of(text) == "！",
            mark => mark == b'!',
        };
        if exclaims {
            match reading.exclamations.last_mut() {
                Some(run) if run.end == token.span.start => run.end = token.span.end,
                _ => reading.exclamations.push(token.span),
            }
        }
        // Marks that close a sentence belong to it, however many.
        match (self.sentence, reading.sentences.last_mut()) {
            (None, Some(previous)) if closes && previous.end == token.span.start => {
                previous.end = token.span.end
            }
            (None, _) if token.kind != TokenKind::Punctuation || !closes => {
                self.sentence = Some(token.span.start);
            }
            _ => {}
        }
        if closes {
            reading.sentences.extend(self.sentence.take().map(|start| Span::new(start, token.span.end)));
        }
    }
}

/// A run of words in capitals.
#[derive(Default)]
struct Shout {
    span: Option<Span>,
    words: usize,
    letters: usize,
}

impl Shout {
    /// Sees a word, or a mark that closes a sentence.
    fn see(&mut self, token: &Token, text: &str, out: &mut Vec<Span>) {
        let loud =
            token.shape.has(Shape::ALL_CAPS) || token.shape.has(Shape::ONE_CAPITAL) && self.span.is_some();
        if loud {
            // `HDMI-USB` is one word.
            let joined = self.span.and_then(|span| text.get(span.end..token.span.start)) == Some("-");
            self.words += usize::from(!joined);
            self.letters += token.span.of(text).chars().count();
            let start = self.span.map_or(token.span.start, |span| span.start);
            self.span = Some(Span::new(start, token.span.end));
        } else if self.span.is_some() {
            self.end(out);
        }
    }

    fn end(&mut self, out: &mut Vec<Span>) {
        let Shout { span, words, letters } = std::mem::take(self);
        out.extend(span.filter(|_| words >= SHOUTED_WORDS && letters >= SHOUTED_LETTERS));
    }
}
