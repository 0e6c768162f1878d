//! Values of slots, made harmless.
//!
//! A value is data from strangers. It is cleaned of what nobody sees (hidden characters, line breaks, runs of white
//! space), and refused when it holds what its type does not. So nothing in it can be a slot, a link or a mention that
//! its template did not ask for, nor a sentence of its own.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveTime, TimeDelta, Timelike};

use super::contact::{found_in, is_email, is_phone, is_whole};
use super::slot::SlotType;
use super::value::{
    LONGEST_ANSWER, LONGEST_COMPANY, LONGEST_CONTACT, LONGEST_LINK, LONGEST_NAME, LONGEST_VALUE,
    LONGEST_WORDS, SlotValue,
};
use crate::channel::parse_duration;
use crate::money::Money;
use crate::text::{Emoji, Entity, EntityKind, HiddenKind, Scheme, emojis_in, hidden, placeholders};
use crate::time::{YEARS, parse_instant};

/// More words are no name.
const NAME_WORDS: usize = 6;
/// A word so short may end in a full stop and end no sentence: `Dr.`, `Jr.`, `K.`
const SHORTENED: usize = 3;
/// The longest duration that is said.
const LONGEST_DURATION: TimeDelta = TimeDelta::days(366);

/// A value that has been made harmless and fits its type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Ready {
    Words(String),
    Money(Money),
    Date(NaiveDate),
    Time(NaiveTime),
    Duration(TimeDelta),
    Instant(DateTime<FixedOffset>),
}

impl Ready {
    /// The instant, where it is one that has passed: said to the minute, it is not after `now`.
    pub(super) fn passed(&self, now: Option<DateTime<FixedOffset>>) -> Option<DateTime<FixedOffset>> {
        let Ready::Instant(at) = self else { return None };
        let said = at.with_second(0).and_then(|at| at.with_nanosecond(0)).unwrap_or(*at);
        now.is_some_and(|now| said <= now).then_some(*at)
    }
}

/// Why a value was refused, as the end of a sentence that begins with the slot.
pub(super) type Refusal = String;

/// Makes a value ready for its slot.
pub(super) fn ready(kind: SlotType, value: &SlotValue) -> Result<Ready, Refusal> {
    let wrong = || format!("it is not {}", kind.asks_for());
    if let SlotValue::Text(text) = value {
        if text.len() > LONGEST_VALUE {
            return Err(format!("it has {} bytes, at most {LONGEST_VALUE} are read", text.len()));
        }
    }
    match (kind, value) {
        (SlotType::Name, SlotValue::Text(text)) => name(text).map(Ready::Words),
        (SlotType::Company, SlotValue::Text(text)) => company(text).map(Ready::Words),
        (SlotType::Text, SlotValue::Text(text)) => words(text).map(Ready::Words),
        (SlotType::Sentences, SlotValue::Text(text)) => sentences(text).map(Ready::Words),
        (SlotType::Link, SlotValue::Text(text)) => link(text).map(Ready::Words),
        (SlotType::Contact, SlotValue::Text(text)) => contact(text).map(Ready::Words),
        (SlotType::Money, SlotValue::Money(money)) => amount(*money).map(Ready::Money),
        (SlotType::Money, SlotValue::Text(text)) => written_amount(text).map(Ready::Money),
        (SlotType::Date, SlotValue::Date(date)) => day(*date).map(Ready::Date),
        (SlotType::Date, SlotValue::Text(text)) => {
            NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| wrong()).and_then(day).map(Ready::Date)
        }
        (SlotType::Time, SlotValue::Time(time)) => Ok(Ready::Time(*time)),
        (SlotType::Time, SlotValue::Text(text)) => {
            NaiveTime::parse_from_str(text, "%H:%M").map(Ready::Time).map_err(|_| wrong())
        }
        (SlotType::Duration, SlotValue::Duration(duration)) => span(*duration).map(Ready::Duration),
        (SlotType::Duration, SlotValue::Text(text)) => {
            parse_duration(text).ok_or_else(wrong).and_then(span).map(Ready::Duration)
        }
        (SlotType::Deadline, SlotValue::Instant(at)) => instant(*at).map(Ready::Instant),
        (SlotType::Deadline, SlotValue::Text(text)) => {
            parse_instant(text).ok_or_else(wrong).and_then(instant).map(Ready::Instant)
        }
        _ => Err(wrong()),
    }
}

/// Without hidden characters and line breaks, with single spaces, trimmed.
fn cleaned(text: &str) -> String {
    let mut emoji: Vec<Emoji> = Vec::new();
    emojis_in(text, &mut emoji);
    let emoji: Vec<_> = emoji.iter().map(|emoji| emoji.span).collect();
    let mut found = Vec::new();
    hidden(text, &emoji, &mut found);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for hidden in found.iter().filter(|hidden| hidden.kind != HiddenKind::LookAlike) {
        out.push_str(text.get(at..hidden.span.start).unwrap_or(""));
        // What looks like a space is one.
        if hidden.span.of(text).chars().all(char::is_whitespace) {
            out.push(' ');
        }
        at = hidden.span.end;
    }
    out.push_str(text.get(at..).unwrap_or(""));
    let words: Vec<&str> = out.split(|c: char| c.is_whitespace() || c.is_control()).collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

fn bounded(text: String, longest: usize) -> Result<String, Refusal> {
    match text.chars().count() {
        0 => Err("it is empty".to_owned()),
        length if length > longest => Err(format!("it has {length} characters, at most {longest} are said")),
        _ => Ok(text),
    }
}

fn holds(entity: &Entity) -> Refusal {
    let what = match entity.kind {
        EntityKind::Link => "a link",
        EntityKind::Mention => "a mention",
        EntityKind::Hashtag => "a hashtag",
        EntityKind::Email => "an e-mail address",
    };
    format!("it holds {what}")
}

/// Whether a full stop at the end of a word ends no sentence.
fn is_shortened(word: &str) -> bool {
    word.strip_suffix('.').is_some_and(|word| (1..=SHORTENED).contains(&word.chars().count()))
}

fn name(text: &str) -> Result<String, Refusal> {
    let mut emoji: Vec<Emoji> = Vec::new();
    emojis_in(text, &mut emoji);
    let mut bare = String::new();
    let mut at = 0;
    for emoji in &emoji {
        bare.push_str(text.get(at..emoji.span.start).unwrap_or(""));
        bare.push(' ');
        at = emoji.span.end;
    }
    bare.push_str(text.get(at..).unwrap_or(""));
    let name = bounded(cleaned(&bare), LONGEST_NAME)?;
    if let Some(entity) = found_in(&name).first() {
        return Err(holds(entity));
    }
    let is_mark =
        |c: char| !c.is_alphanumeric() && !matches!(c, ' ' | '\'' | '’' | '-' | '.') && !is_combining(c);
    if let Some(mark) = name.chars().find(|&c| is_mark(c)) {
        return Err(format!("it holds {}", crate::source::quoted(&mark.to_string())));
    }
    if !name.chars().any(char::is_alphabetic) {
        return Err("it has no letters".to_owned());
    }
    let words: Vec<&str> = name.split(' ').collect();
    if words.len() > NAME_WORDS {
        return Err(format!("it has {} words", words.len()));
    }
    if words.iter().any(|word| word.contains('.') && !is_shortened(word)) {
        return Err("it holds a full stop that ends no short form".to_owned());
    }
    Ok(calm(&name))
}

fn is_combining(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// A name that is all in capitals or all in small letters, as one writes it: it shall neither shout nor mumble.
fn calm(name: &str) -> String {
    let mut letters = name.chars().filter(|c| c.is_alphabetic());
    let all_large = letters.clone().count() > 2 && letters.clone().all(char::is_uppercase);
    let all_small = letters.all(char::is_lowercase);
    if !all_large && !all_small {
        return name.to_owned();
    }
    let mut out = String::with_capacity(name.len());
    let mut starts = true;
    for c in name.chars() {
        if !c.is_alphabetic() {
            starts = matches!(c, ' ' | '-' | '\'' | '’' | '.');
            out.push(c);
        } else if std::mem::take(&mut starts) {
            out.extend(c.to_uppercase());
        } else {
            out.extend(c.to_lowercase());
        }
    }
    out
}

/// Signs that are markup somewhere, or a notation of svar's own.
const SIGNS: [char; 16] =
    ['{', '}', '[', ']', '<', '>', '|', '\\', '`', '*', '_', '~', '@', '＠', '\u{FFFD}', '^'];

/// A company writes itself as it likes: with a mark at the end, with a dot inside that makes a link of it. What comes
/// behind a mark is what sort of company it is, one word.
fn company(text: &str) -> Result<String, Refusal> {
    let name = without_signs(bounded(cleaned(text), LONGEST_COMPANY)?)?;
    let is_foreign = |entity: &&Entity| entity.kind != EntityKind::Link || entity.scheme.is_some();
    if let Some(entity) = found_in(&name).iter().find(is_foreign) {
        return Err(holds(entity));
    }
    if !name.chars().any(char::is_alphanumeric) {
        return Err("it has no letters".to_owned());
    }
    let ends_sentence =
        |word: &str| word.ends_with(['!', '?', '…', ';', ':']) || word.ends_with('.') && !is_shortened(word);
    let words: Vec<&str> = name.split(' ').collect();
    let ends_before = words.iter().rev().skip(2).any(|word| ends_sentence(word));
    if ends_before { Err("it says more than a name".to_owned()) } else { Ok(name) }
}

/// Why a company cannot be said to be called so; none, where it can.
pub(crate) fn unsayable_company(name: &str) -> Option<String> {
    company(name).err()
}

fn without_signs(text: String) -> Result<String, Refusal> {
    match text.chars().find(|c| SIGNS.contains(c)) {
        Some(sign) => Err(format!("it holds {}", crate::source::quoted(&sign.to_string()))),
        None => Ok(text),
    }
}

fn words(text: &str) -> Result<String, Refusal> {
    let text = cleaned(text);
    let text = bounded(text.strip_suffix('.').unwrap_or(&text).to_owned(), LONGEST_WORDS)?;
    let text = without_signs(text)?;
    if let Some(entity) = found_in(&text).first() {
        return Err(holds(entity));
    }
    let ends_sentence =
        |word: &str| word.ends_with(['!', '?', '…', ';']) || word.ends_with('.') && !is_shortened(word);
    if text.split(' ').any(ends_sentence) {
        return Err("it ends a sentence".to_owned());
    }
    Ok(text)
}

fn sentences(text: &str) -> Result<String, Refusal> {
    let mut text = bounded(cleaned(text), LONGEST_ANSWER)?;
    if let Some(sign) = text.chars().find(|c| matches!(c, '{' | '}')) {
        return Err(format!("it holds {}", crate::source::quoted(&sign.to_string())));
    }
    let mut left = Vec::new();
    placeholders(&text, &mut left);
    if let Some(span) = left.first() {
        return Err(format!("it holds a placeholder, {}", crate::source::quoted(span.of(&text))));
    }
    let found = found_in(&text);
    if let Some(entity) = found.iter().find(|entity| entity.kind == EntityKind::Mention) {
        return Err(holds(entity));
    }
    // A full stop would become part of a link.
    let ends_in_link = found.iter().any(|entity| entity.span.end == text.len());
    if !ends_in_link && !ends_sentence(&text) {
        text.push('.');
    }
    Ok(text)
}

/// Whether a text ends as a sentence does.
pub(super) fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(['"', '”', '“', '»', ')', '\'', '’']);
    text.ends_with(['.', '!', '?', '…'])
}

fn link(text: &str) -> Result<String, Refusal> {
    let text = bounded(cleaned(text), LONGEST_LINK)?;
    let found = found_in(&text);
    let whole = found.iter().find(|entity| entity.kind == EntityKind::Link && is_whole(&text, entity));
    // `https://bank.example@elsewhere.example` leads elsewhere.
    let plain = !text
        .chars()
        .any(|c| c.is_whitespace() || matches!(c, '@' | '{' | '}' | '<' | '>' | '\\' | '|' | '`'));
    match whole {
        Some(link) if plain && link.scheme == Some(Scheme::Https) => Ok(text),
        Some(_) if plain => Err("it does not begin with `https://`".to_owned()),
        _ => Err("it is not one link".to_owned()),
    }
}

fn contact(text: &str) -> Result<String, Refusal> {
    let text = bounded(cleaned(text), LONGEST_CONTACT)?;
    if is_email(&text) || is_phone(&text) {
        return Ok(text);
    }
    link(&text).map_err(|_| format!("it is not {}", SlotType::Contact.asks_for()))
}

fn amount(money: Money) -> Result<Money, Refusal> {
    if money.minor() < 0 { Err("it is less than nothing".to_owned()) } else { Ok(money) }
}

/// `249.50 NOK`
fn written_amount(text: &str) -> Result<Money, Refusal> {
    let (number, code) = text.trim().rsplit_once(' ').unwrap_or((text, ""));
    let money = Money::parse(number.trim(), code).map_err(|error| error.to_string())?;
    amount(money)
}

fn day(date: NaiveDate) -> Result<NaiveDate, Refusal> {
    if YEARS.contains(&date.year()) { Ok(date) } else { Err(outside_years()) }
}

fn instant(at: DateTime<FixedOffset>) -> Result<DateTime<FixedOffset>, Refusal> {
    local_day(at, at.offset()).ok_or_else(outside_years).and_then(day)?;
    Ok(at)
}

/// The day of an instant by a clock that is so far from UTC; `None` where there are no more days.
pub(super) fn local_day(at: DateTime<FixedOffset>, offset: &FixedOffset) -> Option<NaiveDate> {
    at.naive_utc().checked_add_offset(*offset).map(|local| local.date())
}

fn outside_years() -> Refusal {
    format!("it is outside the years {} to {}", YEARS.start(), YEARS.end())
}

fn span(duration: TimeDelta) -> Result<TimeDelta, Refusal> {
    if (TimeDelta::minutes(1)..=LONGEST_DURATION).contains(&duration) {
        Ok(duration)
    } else {
        Err("it is not between a minute and a year".to_owned())
    }
}
