//! The notation read plainly, one rule after the other, into a tree: what the fast reader is held to in tests.

use super::{Kind, LONGEST_GAP, LONGEST_PHRASE, MOST_PATHS, PhraseError, PhraseProblem, Start};
use crate::text::fold;
use crate::text::marks::Marks;
use crate::text::token::{TokenKind, Tokens};

/// A phrase as it was written, parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Phrase {
    pub(crate) start: Start,
    pub(crate) items: Vec<Item>,
    pub(crate) text_end: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Item {
    Leaf(Leaf),
    /// One of several sequences; an empty one makes the group optional.
    Any(Vec<Vec<Item>>),
    /// A class by name.
    Class(String),
    /// Up to so many words.
    Gap(u8),
}

/// What one token can be asked to be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Leaf {
    /// A folded word, number, mark or emoji.
    Word(String),
    /// A word in exactly this spelling.
    Cased(String),
    /// A word that begins so; with the letters as written when `cased`.
    Prefix { stem: String, cased: bool },
    /// A word that ends so.
    Suffix { stem: String, cased: bool },
    /// A kind of token.
    Kind(Kind),
}

impl Phrase {
    /// Parses a phrase.
    ///
    /// # Errors
    /// [`PhraseError`] says what is wrong and at which byte.
    pub(crate) fn parse(source: &str) -> Result<Phrase, PhraseError> {
        if source.len() > LONGEST_PHRASE {
            return Err(PhraseError { at: LONGEST_PHRASE, problem: PhraseProblem::TooLong });
        }
        let mut items = Vec::new();
        let (mut start, mut text_end) = (Start::Anywhere, false);
        let chunks = chunks(source, 0)?;
        let last = chunks.len().saturating_sub(1);
        for (i, chunk) in chunks.iter().enumerate() {
            match chunk.text {
                "^" if i == 0 => {
                    let cased = chunks.get(1).is_some_and(|next| next.text.starts_with('='));
                    start = if cased { Start::Sentence } else { Start::Opening };
                }
                "$" if i == last && i > 0 => text_end = true,
                _ => items.extend(parse_chunk(chunk)?),
            }
        }
        check_gaps(&items, source)?;
        if items.is_empty() || matches_nothing(&items) {
            return Err(PhraseError { at: 0, problem: PhraseProblem::Empty });
        }
        Ok(Phrase { start, items, text_end })
    }
}

/// A piece of notation between white space, with its offset in the phrase.
#[derive(Clone, Copy)]
struct Chunk<'a> {
    text: &'a str,
    at: usize,
}

impl Chunk<'_> {
    fn fails<T>(&self, problem: PhraseProblem) -> Result<T, PhraseError> {
        Err(PhraseError { at: self.at, problem })
    }
}

/// Splits at white space outside brackets.
fn chunks(source: &str, base: usize) -> Result<Vec<Chunk<'_>>, PhraseError> {
    split(source, base, |c| c.is_whitespace())
        .map(|pieces| pieces.into_iter().filter(|piece| !piece.text.is_empty()).collect())
}

/// Splits where `at` holds for a character outside brackets and not escaped.
fn split(source: &str, base: usize, at: impl Fn(char) -> bool) -> Result<Vec<Chunk<'_>>, PhraseError> {
    let mut pieces = Vec::new();
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut from = 0;
    let mut escaped = false;
    for (i, c) in source.char_indices() {
        if escaped {
            escaped = false;
            continue;
        }
        match c {
            '\\' => escaped = true,
            '(' | '[' | '{' => open.push((c, i)),
            ')' | ']' | '}' => match open.pop() {
                Some(('(', _)) if c == ')' => {}
                Some(('[', _)) if c == ']' => {}
                Some(('{', _)) if c == '}' => {}
                _ => return Err(PhraseError { at: base + i, problem: PhraseProblem::Unbalanced(c) }),
            },
            _ if open.is_empty() && at(c) => {
                pieces.push(Chunk { text: source.get(from..i).unwrap_or(""), at: base + from });
                from = i + c.len_utf8();
            }
            _ => {}
        }
    }
    if let Some((c, i)) = open.pop() {
        return Err(PhraseError { at: base + i, problem: PhraseProblem::Unbalanced(c) });
    }
    pieces.push(Chunk { text: source.get(from..).unwrap_or(""), at: base + from });
    Ok(pieces)
}

fn parse_chunk(chunk: &Chunk<'_>) -> Result<Vec<Item>, PhraseError> {
    if let Some(inner) = whole_group(chunk.text, '{', '}') {
        return Ok(vec![class(inner)]);
    }
    if let Some(inner) = whole_group(chunk.text, '(', ')') {
        return Ok(vec![parse_group(inner, chunk.at + 1, false)?]);
    }
    if let Some(inner) = whole_group(chunk.text, '[', ']') {
        return Ok(vec![parse_group(inner, chunk.at + 1, true)?]);
    }
    if matches!(chunk.text, "^" | "$") {
        return chunk.fails(PhraseProblem::Anchor);
    }
    if let Some(count) = chunk.text.strip_prefix("..").filter(|rest| !rest.is_empty() && *rest != ".") {
        let count = count.parse().ok().filter(|count| (1..=LONGEST_GAP).contains(count));
        return match count {
            Some(count) => Ok(vec![Item::Gap(count)]),
            None => chunk.fails(PhraseProblem::Gap),
        };
    }
    let spellings = spellings(chunk.text, chunk.at)?;
    let mut sequences = Vec::with_capacity(spellings.len());
    for spelling in &spellings {
        sequences.push(plain_items(spelling, chunk)?);
    }
    sequences.sort();
    sequences.dedup();
    match sequences.pop() {
        Some(only) if sequences.is_empty() => Ok(only),
        Some(last) => {
            sequences.push(last);
            Ok(vec![Item::Any(sequences)])
        }
        None => Ok(Vec::new()),
    }
}

fn class(name: &str) -> Item {
    match Kind::ALL.iter().find(|(known, _)| *known == name) {
        Some((_, kind)) => Item::Leaf(Leaf::Kind(*kind)),
        None => Item::Class(name.to_owned()),
    }
}

/// The inside of a chunk that is one bracketed group and nothing else.
fn whole_group(text: &str, open: char, close: char) -> Option<&str> {
    let inner = text.strip_prefix(open)?.strip_suffix(close)?;
    let mut depth = 1usize;
    let mut escaped = false;
    for c in inner.chars() {
        if escaped {
            escaped = false;
        } else if c == '\\' {
            escaped = true;
        } else if matches!(c, '(' | '[' | '{') {
            depth += 1;
        } else if matches!(c, ')' | ']' | '}') {
            depth -= 1;
            if depth == 0 {
                return None;
            }
        }
    }
    (depth == 1 && !escaped).then_some(inner)
}

fn parse_group(inner: &str, at: usize, optional: bool) -> Result<Item, PhraseError> {
    let mut sequences = Vec::new();
    for alternative in split(inner, at, |c| c == '|')? {
        let mut items = Vec::new();
        for chunk in chunks(alternative.text, alternative.at)? {
            items.extend(parse_chunk(&chunk)?);
        }
        sequences.push(items);
    }
    if optional {
        sequences.push(Vec::new());
    }
    sequences.sort();
    sequences.dedup();
    Ok(Item::Any(sequences))
}

/// All spellings of a chunk with groups glued to letters: `beklag(er|et)[e]`. A private-use character stands for
/// the escape, so that escaped marks survive the next reading.
fn spellings(text: &str, at: usize) -> Result<Vec<String>, PhraseError> {
    let mut all = vec![String::new()];
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let offset = at + (text.len() - rest.len());
        let options = match c {
            '(' | '[' => {
                let end = group_end(rest)
                    .ok_or(PhraseError { at: offset, problem: PhraseProblem::Unbalanced(c) })?;
                let inner = rest.get(1..end - 1).unwrap_or("");
                let mut options = Vec::new();
                for part in split(inner, offset + 1, |c| c == '|')? {
                    options.extend(spellings(part.text, part.at)?);
                }
                if c == '[' {
                    options.push(String::new());
                }
                rest = rest.get(end..).unwrap_or("");
                options
            }
            '\\' => {
                let escaped: String = rest.chars().take(2).collect();
                rest = rest.get(escaped.len()..).unwrap_or("");
                vec![escaped]
            }
            _ => {
                rest = rest.get(c.len_utf8()..).unwrap_or("");
                vec![c.to_string()]
            }
        };
        if all.len() * options.len() > MOST_PATHS {
            return Err(PhraseError { at: offset, problem: PhraseProblem::TooManyPaths });
        }
        all = all.iter().flat_map(|head| options.iter().map(move |tail| format!("{head}{tail}"))).collect();
    }
    Ok(all)
}

/// The length of the group a text begins with.
fn group_end(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    let mut escaped = false;
    for (i, c) in text.char_indices() {
        if escaped {
            escaped = false;
            continue;
        }
        match c {
            '\\' => escaped = true,
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(i + c.len_utf8());
                }
            }
            _ => {}
        }
    }
    None
}

/// The items of a spelling without groups: words with case marks and stars, and the marks around them.
fn plain_items(spelling: &str, chunk: &Chunk<'_>) -> Result<Vec<Item>, PhraseError> {
    let mut items = Vec::new();
    for mut word in spelling.split_whitespace() {
        while let Some((before, (name, after))) =
            unescaped_brace(word).and_then(|at| Some((&word[..at], word[at + 1..].split_once('}')?)))
        {
            if before.ends_with(char::is_alphanumeric) || after.starts_with(char::is_alphanumeric) {
                return chunk.fails(PhraseProblem::GluedClass);
            }
            if before == "=" {
                return chunk.fails(PhraseProblem::CasedClass);
            }
            items.extend(plain_items(before, chunk)?);
            items.push(class(name));
            word = after;
        }
        if word.is_empty() {
            continue;
        }
        let (cased, word) = match word.strip_prefix('=') {
            Some(rest) if !rest.is_empty() => (true, rest),
            _ => (false, word),
        };
        let stem = |stem: &str| -> Result<String, PhraseError> {
            let stem = unescape(stem);
            if stem.contains('*') || !stem.chars().all(|c| c.is_alphanumeric() || fold::is_apostrophe(c)) {
                return chunk.fails(PhraseProblem::Star);
            }
            if stem.chars().count() < 2 {
                return chunk.fails(PhraseProblem::ShortStem);
            }
            Ok(if cased { stem } else { fold::fold(&stem) })
        };
        if word.len() > 1 && word.ends_with('*') && !word.ends_with("\\*") {
            let stem = stem(word.trim_end_matches('*'))?;
            items.push(Item::Leaf(Leaf::Prefix { stem, cased }));
        } else if word.len() > 1 && word.starts_with('*') {
            let stem = stem(word.trim_start_matches('*'))?;
            items.push(Item::Leaf(Leaf::Suffix { stem, cased }));
        } else {
            items.extend(literal(&unescape(word), cased));
        }
    }
    Ok(items)
}

fn unescaped_brace(word: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in word.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '{' => return Some(at),
            _ => {}
        }
    }
    None
}

fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        out.extend(if c == '\\' { chars.next() } else { Some(c) });
    }
    out
}

/// A piece of literal text, split into tokens as any text is.
fn literal(text: &str, cased: bool) -> Vec<Item> {
    let mut marks = Marks::default();
    let mut tokens = Tokens::default();
    tokens.read(text, marks.emoji_only(text));
    let leaf = |token: &crate::text::token::Token| {
        let written = token.span.of(text);
        Item::Leaf(if cased && token.kind == TokenKind::Word {
            Leaf::Cased(written.to_owned())
        } else {
            Leaf::Word(tokens.folded(token).to_owned())
        })
    };
    tokens.as_slice().iter().map(leaf).collect()
}

/// A gap needs something that must stand in the text on both sides of it, in its own sequence.
fn check_gaps(items: &[Item], source: &str) -> Result<(), PhraseError> {
    let is_gap = |item: &Item| matches!(item, Item::Gap(_));
    let between_gaps: Vec<&[Item]> = items.split(is_gap).collect();
    if between_gaps.len() > 1 && between_gaps.iter().any(|part| matches_nothing(part)) {
        let at = source.find("..").unwrap_or(0);
        return Err(PhraseError { at, problem: PhraseProblem::GapAtEdge });
    }
    for item in items {
        if let Item::Any(sequences) = item {
            for sequence in sequences {
                check_gaps(sequence, source)?;
            }
        }
    }
    Ok(())
}

/// Whether a sequence can be satisfied by no token at all.
fn matches_nothing(items: &[Item]) -> bool {
    items.iter().all(|item| match item {
        Item::Any(sequences) => sequences.iter().any(|sequence| matches_nothing(sequence)),
        Item::Gap(_) => true,
        Item::Leaf(_) | Item::Class(_) => false,
    })
}
