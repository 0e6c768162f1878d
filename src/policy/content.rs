//! Whether a customer is content: says that it is solved, or has nothing more to say than “thanks, you too”.

use super::counting::counting;
use super::{Inner, Scratch, read};
use crate::case::{Answerers, Author, Case};
use crate::lexicon::Reading;
use crate::text::{Entity, EntityKind};

/// The signal that the customer says that it is solved.
const SOLVED: &str = "solved";
/// The signal of a “but”.
const RESERVATION: &str = "reservation";
/// The signal of what is said to be polite and asks for nothing.
const COURTESY: &str = "courtesy";

/// What a customer's last message tells of that.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Content {
    /// The customer says that it is solved, or said so and has only been polite since.
    pub(super) solved: bool,
    /// The customer was answered, and is polite about it.
    pub(super) polite: bool,
}

impl Content {
    /// `reading` is of the customer's last message, `language` its code, if that is known.
    pub(super) fn of(
        policy: &Inner,
        case: &Case,
        answerers: Answerers,
        language: Option<&str>,
        reading: &Reading,
        scratch: &mut Scratch,
    ) -> Content {
        let mut solved = says_solved(reading);
        let Some(last) = case.last_customer_message().filter(|last| is_courtesy(&last.text, reading)) else {
            return Content { solved, polite: false };
        };
        let older = counting(case).rev().skip_while(|message| !std::ptr::eq(*message, last)).skip(1);
        let Scratch { read, earlier, .. } = scratch;
        let mut polite = false;
        for message in older {
            if message.from != Author::Customer {
                // What was said before was answered.
                polite |= answerers.answer(message);
                continue;
            }
            if solved && polite {
                break;
            }
            read::listen(policy, &message.text, language, read, earlier);
            solved |= says_solved(earlier);
            if !is_courtesy(&message.text, earlier) {
                break;
            }
        }
        Content { solved, polite }
    }
}

/// Whether a customer says that it is solved, and neither asks nor complains nor has a “but” besides: whoever has
/// is not done, and is not thanked for it.
fn says_solved(reading: &Reading) -> bool {
    reading.signals(SOLVED) && wants_nothing(reading)
}

fn wants_nothing(reading: &Reading) -> bool {
    let is_content = matches!(reading.intent.kind(), "praise" | "other");
    is_content && !reading.signals(RESERVATION) && !reading.hears("question")
}

/// Whether a message is polite and no more: no word of it is left when what is said to be polite, names of accounts and
/// hashtags are taken away.
fn is_courtesy(text: &str, reading: &Reading) -> bool {
    let polite = reading.signals.iter().filter(|heard| *heard.signal == *COURTESY).map(|heard| heard.span);
    let is_name = |entity: &&Entity| matches!(entity.kind, EntityKind::Mention | EntityKind::Hashtag);
    let named = reading.entities.iter().filter(is_name).map(|entity| entity.span);
    let (mut polite, mut named) = (polite.peekable(), named.peekable());
    if polite.peek().is_none() || !wants_nothing(reading) {
        return false;
    }
    let says_more = |rest: &str| rest.contains(|c: char| c.is_alphanumeric() || c == '?');
    let mut from = 0;
    // Both are in order, so that nothing need be collected to be sorted.
    while let Some(span) =
        polite.next_if(|own| named.peek().is_none_or(|name| own <= name)).or_else(|| named.next())
    {
        if text.get(from..span.start).is_some_and(says_more) {
            return false;
        }
        from = from.max(span.end);
    }
    !text.get(from..).is_some_and(says_more)
}
