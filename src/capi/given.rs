//! What the plain structs of a case say.

use std::mem::size_of;
use std::ptr::NonNull;

use chrono::{DateTime, FixedOffset};

use super::case::{
    SVAR_FACT_CONSENT, SVAR_FACT_DEADLINE_PASSED, SVAR_FACT_FIXED, SVAR_FACT_IDENTIFIED,
    SVAR_FACT_INVESTIGATED, SVAR_FACT_MEDIA, SVAR_FACT_OFFERED, SVAR_FACT_TOLD, SVAR_GIVEN_AGENT_LEVEL,
    SVAR_GIVEN_COMPLEXITY, SVAR_GIVEN_POPULATION, SVAR_GIVEN_REACH, SVAR_GIVEN_TRAINING,
    SVAR_GIVEN_USUAL_COMMENTS, SVAR_GIVEN_USUAL_REACTIONS, svar_case, svar_event, svar_instant, svar_message,
    svar_money, svar_sample,
};
use super::failure::{Failure, aligned};
use super::named::{AUTHORS, FAULTS, LEVELS, LOSS_KINDS, VISIBILITIES, named};
use super::plain::{self, Plain};
use super::status::svar_status;
use super::str::svar_str;
use crate::case::{
    Agent, Baseline, Case, Customer, Event, EventValue, Facts, Level, Message, PerHour, Sample, Spread,
};
use crate::money::{Currency, Money, MoneyError};
use crate::source::{Diagnostic, nearest, quoted};

const FLAGS: u32 = SVAR_FACT_MEDIA
    | SVAR_FACT_CONSENT
    | SVAR_FACT_FIXED
    | SVAR_FACT_IDENTIFIED
    | SVAR_FACT_INVESTIGATED
    | SVAR_FACT_OFFERED
    | SVAR_FACT_DEADLINE_PASSED
    | SVAR_FACT_TOLD;

const GIVEN: u32 = SVAR_GIVEN_REACH
    | SVAR_GIVEN_POPULATION
    | SVAR_GIVEN_USUAL_REACTIONS
    | SVAR_GIVEN_USUAL_COMMENTS
    | SVAR_GIVEN_COMPLEXITY
    | SVAR_GIVEN_AGENT_LEVEL
    | SVAR_GIVEN_TRAINING;

impl svar_instant {
    /// The instant, if there is one.
    pub(super) fn read(self, name: &str) -> Result<Option<DateTime<FixedOffset>>, Failure> {
        match self {
            svar_instant { unix_seconds: 0, offset_seconds: 0, given: 0 } => Ok(None),
            svar_instant { unix_seconds, offset_seconds, given: 1 } => {
                let zone = FixedOffset::east_opt(offset_seconds);
                let at = DateTime::from_timestamp(unix_seconds, 0).zip(zone);
                at.map(|(at, zone)| Some(at.with_timezone(&zone))).ok_or_else(|| {
                    let message =
                        format!("`{name}` is not an instant: {unix_seconds} s, offset {offset_seconds} s");
                    bad("instant", message, "seconds since 1970 and the offset from UTC in seconds")
                })
            }
            _ => Err(bad(
                "out-of-range",
                format!("`{name}.given` is neither 0 nor 1, or 0 for an instant that is there"),
                "set `given` to 1 for an instant, and everything to 0 for none",
            )),
        }
    }
    /// The instant, which must be there.
    fn need(self, name: &str) -> Result<DateTime<FixedOffset>, Failure> {
        let missing = || bad("instant", format!("`{name}` is none"), "say when it was, and set `given` to 1");
        self.read(name)?.ok_or_else(missing)
    }
}

impl svar_money {
    /// # Safety
    /// As [`read_case`].
    unsafe fn read(self, name: &str) -> Result<Option<Money>, Failure> {
        // SAFETY: the caller's promise.
        let Some(code) = unsafe { self.currency.read_optional(name) }? else {
            if self.minor_units == 0 {
                return Ok(None);
            }
            return Err(Failure::null(&format!("{name}.currency")));
        };
        if self.minor_units < 0 {
            let message = format!("`{name}` is less than nothing: {}", self.minor_units);
            return Err(bad("amount", message, "give an amount of the currency's smallest units"));
        }
        let currency = Currency::of(code).ok_or_else(|| {
            let message = format!("`{name}`: {}", MoneyError::Currency(code.to_owned()));
            bad("currency", message, "write three capital letters, such as `NOK`")
        })?;
        Ok(Some(Money::new(self.minor_units, currency)))
    }
}

/// # Safety
/// `case` is NULL, or a struct as the module's page asks for.
pub(super) unsafe fn read_case(case: *const svar_case) -> Result<Case, Failure> {
    // SAFETY: the caller's promise, here and in all of this function.
    unsafe {
        let given = plain::read("case", case)?;
        check_bits(&given)?;
        Ok(Case {
            id: owned(given.id, "case.id")?,
            channel: given.channel.read("case.channel")?.to_owned(),
            visibility: named("case.visibility", given.visibility, &VISIBILITIES)?,
            language: owned(given.language, "case.language")?,
            messages: each("case.messages", given.messages, given.message_count, given.message_size, |it| {
                read_message(it)
            })?,
            events: each("case.events", given.events, given.event_count, given.event_size, |it| {
                read_event(it)
            })?,
            facts: read_facts(&given)?,
            customer: Customer { name: owned(given.customer_name, "case.customer_name")? },
            agent: read_agent(&given)?,
        })
    }
}

/// Bits that mean nothing are a newer program's: what they say must not be lost.
fn check_bits(given: &svar_case) -> Result<(), Failure> {
    for (name, value, known) in
        [("flags", given.flags, FLAGS), ("given", given.given, GIVEN), ("reserved", given.reserved, 0)]
    {
        if value & !known != 0 {
            let help = "`flags` is a sum of `SVAR_FACT_…`, `given` of `SVAR_GIVEN_…`, `reserved` is zero";
            return Err(bad("out-of-range", format!("`case.{name}` is {value}"), help));
        }
    }
    Ok(())
}

/// # Safety
/// As [`read_case`].
unsafe fn read_message(message: svar_message) -> Result<Message, Failure> {
    Ok(Message {
        from: named("case.messages.from", message.from, &AUTHORS)?,
        at: message.at.read("case.messages.at")?,
        // SAFETY: the caller's promise.
        text: unsafe { message.text.read("case.messages.text") }?.to_owned(),
        visibility: named("case.messages.visibility", message.visibility, &VISIBILITIES)?,
    })
}

/// # Safety
/// As [`read_case`].
unsafe fn read_event(event: svar_event) -> Result<Event, Failure> {
    // SAFETY: the caller's promise, here and in all of this function.
    let kind = unsafe { event.kind.read("case.events.kind") }?;
    let name = "case.events.value";
    let value = match EventValue::of(kind) {
        EventValue::Anything => unsafe { event.value.read_optional(name) }?,
        EventValue::Text => Some(unsafe { event.value.read(name) }?),
        EventValue::Level => {
            let value = unsafe { event.value.read(name) }?;
            let levels = || Level::WORDS.iter().map(|(level, _)| *level);
            if levels().all(|level| level != value) {
                let help = match nearest(value, levels()) {
                    Some(near) => format!("did you mean {}?", quoted(near)),
                    None => format!("there are {}", levels().collect::<Vec<_>>().join(", ")),
                };
                return Err(bad("unknown-value", format!("`{name}` is {}", quoted(value)), &help));
            }
            Some(value)
        }
    };
    let event = Event::new(kind, event.at.need("case.events.at")?);
    Ok(Event { value: value.map(str::to_owned), ..event })
}

/// # Safety
/// As [`read_case`].
unsafe fn read_agent(given: &svar_case) -> Result<Agent, Failure> {
    let count = known(given, SVAR_GIVEN_TRAINING, "case.training_count", given.training_count)?;
    // SAFETY: the caller's promise, here and in all of this function.
    unsafe {
        let training = count.map(|count| texts("case.training", given.training, count)).transpose()?;
        Ok(Agent {
            name: owned(given.agent_name, "case.agent_name")?,
            role: owned(given.agent_role, "case.agent_role")?,
            training,
            level: level(given, SVAR_GIVEN_AGENT_LEVEL, "case.agent_level", given.agent_level)?,
        })
    }
}

/// # Safety
/// As [`read_case`].
unsafe fn read_facts(given: &svar_case) -> Result<Facts, Failure> {
    let flag = |flag| given.flags & flag != 0;
    // SAFETY: the caller's promise, here and in all of this function.
    unsafe {
        Ok(Facts {
            intent: owned(given.intent, "case.intent")?,
            fault: named("case.fault", given.fault, &FAULTS)?,
            priority: named("case.priority", given.priority, &LEVELS)?,
            severity: named("case.severity", given.severity, &LEVELS)?,
            loss: given.loss.read("case.loss")?,
            loss_kind: named("case.loss_kind", given.loss_kind, &LOSS_KINDS)?,
            offer: given.offer.read("case.offer")?,
            approved_by: owned(given.approved_by, "case.approved_by")?,
            reactions: given.reactions,
            comments: given.comments,
            spread: read_spread(given)?,
            media: flag(SVAR_FACT_MEDIA),
            consent: flag(SVAR_FACT_CONSENT),
            identified: flag(SVAR_FACT_IDENTIFIED),
            investigated: flag(SVAR_FACT_INVESTIGATED),
            offered: flag(SVAR_FACT_OFFERED),
            deadline_passed: flag(SVAR_FACT_DEADLINE_PASSED),
            fixed: flag(SVAR_FACT_FIXED),
            told: flag(SVAR_FACT_TOLD),
            complexity: level(given, SVAR_GIVEN_COMPLEXITY, "case.complexity", given.complexity)?,
            tags: texts("case.tags", given.tags, given.tag_count)?,
        })
    }
}

/// # Safety
/// As [`read_case`].
unsafe fn read_spread(given: &svar_case) -> Result<Spread, Failure> {
    let usual = |bit, name, thousandths| {
        known(given, bit, name, thousandths).map(|rate| rate.map(PerHour::from_thousandths))
    };
    let sample = |sample: svar_sample| {
        Ok(Sample::new(sample.at.need("case.samples.at")?, sample.reactions, sample.comments))
    };
    // SAFETY: the caller's promise.
    let samples =
        unsafe { each("case.samples", given.samples, given.sample_count, given.sample_size, sample) }?;
    Ok(Spread {
        shares: given.shares,
        followers: given.followers,
        reach: known(given, SVAR_GIVEN_REACH, "case.reach", given.reach)?,
        population: known(given, SVAR_GIVEN_POPULATION, "case.population", given.population)?,
        similar_cases: given.similar_cases,
        baseline: Baseline {
            reactions_per_hour: usual(
                SVAR_GIVEN_USUAL_REACTIONS,
                "case.usual_reactions",
                given.usual_reactions,
            )?,
            comments_per_hour: usual(SVAR_GIVEN_USUAL_COMMENTS, "case.usual_comments", given.usual_comments)?,
        },
        samples,
    })
}

fn level(given: &svar_case, bit: u32, name: &'static str, value: u32) -> Result<Option<Level>, Failure> {
    known(given, bit, name, value)?.map(|value| named(name, value, &LEVELS)).transpose()
}

/// What a field says, where its bit of `given` is set. A value without its bit was meant to say something.
fn known<T: Default + PartialEq>(
    given: &svar_case,
    bit: u32,
    name: &str,
    value: T,
) -> Result<Option<T>, Failure> {
    if given.given & bit != 0 {
        return Ok(Some(value));
    }
    if value == T::default() {
        return Ok(None);
    }
    let message = format!("`{name}` is set, but `case.given` does not say that it is known");
    Err(bad("out-of-range", message, "add the `SVAR_GIVEN_…` of the field to `given`"))
}

/// # Safety
/// As [`read_case`].
unsafe fn owned(text: svar_str, name: &str) -> Result<Option<String>, Failure> {
    // SAFETY: the caller's promise.
    Ok(unsafe { text.read_optional(name) }?.map(str::to_owned))
}

/// Reads an array of texts.
///
/// # Safety
/// `first` is NULL, or points to `count` texts.
unsafe fn texts(name: &str, first: *const svar_str, count: usize) -> Result<Vec<String>, Failure> {
    // SAFETY: the caller's promise.
    let text = |place: NonNull<svar_str>| unsafe { place.read().read(name) }.map(str::to_owned);
    // SAFETY: the same.
    unsafe { places(name, first, count, size_of::<svar_str>()) }?.map(text).collect()
}

/// Reads every struct of an array whose structs may be of another size than ours.
///
/// # Safety
/// `first` is NULL, or points to `count` structs of `size` bytes.
unsafe fn each<T: Plain, U>(
    name: &str,
    first: *const T,
    count: usize,
    size: usize,
    mut read: impl FnMut(T) -> Result<U, Failure>,
) -> Result<Vec<U>, Failure> {
    if count > 0 {
        plain::check_size::<T>(name, size)?;
    }
    // SAFETY: the caller's promise, here and in all of this function.
    unsafe {
        let places = places(name, first, count, size)?;
        places.map(|place| read(plain::read_sized(name, place.as_ptr(), size)?)).collect()
    }
}

/// Where the elements of an array stand.
///
/// # Safety
/// `first` is NULL, or points to `count` elements of `size` bytes.
unsafe fn places<T>(
    name: &str,
    first: *const T,
    count: usize,
    size: usize,
) -> Result<impl Iterator<Item = NonNull<T>>, Failure> {
    let first = if count == 0 { NonNull::dangling() } else { aligned(name, first.cast_mut())? };
    let fits = count.checked_mul(size).is_some_and(|bytes| isize::try_from(bytes).is_ok());
    if !fits || (count > 0 && size % align_of::<T>() != 0) {
        let message = format!("`{name}` cannot have {count} elements of {size} bytes");
        return Err(bad("out-of-range", message, "give the number of elements, and the size of one"));
    }
    // SAFETY: every element is within the array that the caller promises.
    Ok((0..count).map(move |at| unsafe { first.byte_add(at * size) }))
}

fn bad(code: &'static str, message: String, help: &str) -> Failure {
    Failure::new(svar_status::BadArgument, Diagnostic::error(code, message).with_help(help))
}

#[cfg(test)]
mod tests;
