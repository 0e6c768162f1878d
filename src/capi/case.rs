//! A case as plain structs.

use std::mem::size_of;
use std::ptr::NonNull;

use chrono::{DateTime, FixedOffset};

use super::boundary::{Failure, aligned};
use super::plain::{self, Plain};
use super::status::{AUTHORS, FAULTS, LEVELS, VISIBILITIES, named, svar_status};
use super::text::svar_str;
use crate::case::{Case, Facts, Message};
use crate::source::Diagnostic;

/// Media have taken the case up. For `svar_case.flags`.
pub const SVAR_FACT_MEDIA: u32 = 1;
/// The customer agreed to be named. For `svar_case.flags`.
pub const SVAR_FACT_CONSENT: u32 = 2;
/// The trouble has been fixed. For `svar_case.flags`.
pub const SVAR_FACT_FIXED: u32 = 4;

const FLAGS: u32 = SVAR_FACT_MEDIA | SVAR_FACT_CONSENT | SVAR_FACT_FIXED;

/// An instant. All zero is none.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct svar_instant {
    /// Seconds since 1970-01-01T00:00:00Z.
    pub unix_seconds: i64,
    /// The offset of local time from UTC in seconds, east positive.
    pub offset_seconds: i32,
    /// 1 for an instant, 0 for none.
    pub given: u32,
}

/// One message of a conversation.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct svar_message {
    /// What was written. Needed.
    pub text: svar_str,
    /// When; none where it is not known.
    pub at: svar_instant,
    /// Who wrote it: a `svar_author`.
    pub from: u32,
    /// For whom: a `svar_visibility`; 0 is the case's.
    pub visibility: u32,
}

/// A conversation and what is known of it, as far as it matters to whether a reply may be published. All zero but
/// `size` and `channel` is a case of which nothing is known. Everything is read during the call only.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct svar_case {
    /// `sizeof(svar_case)`.
    pub size: usize,
    /// The channel's id, such as `facebook`. Needed.
    pub channel: svar_str,
    /// The language to answer in; the customer's where it is left out.
    pub language: svar_str,
    /// The messages so far, oldest first. NULL where there are none.
    pub messages: *const svar_message,
    /// How many messages.
    pub message_count: usize,
    /// `sizeof(svar_message)`; not looked at where there are none.
    pub message_size: usize,
    /// What the customer wants, if the host knows; it wins over what svar hears. May be left out.
    pub intent: svar_str,
    /// Labels of the host's own. NULL where there are none.
    pub tags: *const svar_str,
    /// How many labels.
    pub tag_count: usize,
    /// The name the customer goes by. May be left out.
    pub customer_name: svar_str,
    /// The name the reply is signed with. May be left out.
    pub agent_name: svar_str,
    /// What whoever writes the reply may do: `agent`, `manager`, `bot`, or a role of the policy's own. May be left out.
    pub agent_role: svar_str,
    /// Reactions to the customer's message.
    pub reactions: u64,
    /// Comments on it.
    pub comments: u64,
    /// For whom the reply is meant: a `svar_visibility`; 0 is what is usual on the channel.
    pub visibility: u32,
    /// Whose fault it is: a `svar_fault`.
    pub fault: u32,
    /// How urgent it is: a `svar_level`.
    pub priority: u32,
    /// How serious it is: a `svar_level`.
    pub severity: u32,
    /// What else is so: `SVAR_FACT_…` added up.
    pub flags: u32,
    /// Zero.
    pub reserved: u32,
}

// SAFETY: numbers and pointers.
unsafe impl Plain for svar_message {
    const NAME: &'static str = "svar_message";
    const LEAST: usize = size_of::<Self>();
}

// SAFETY: numbers and pointers.
unsafe impl Plain for svar_case {
    const NAME: &'static str = "svar_case";
    const LEAST: usize = size_of::<Self>();
}

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
}

/// # Safety
/// `case` is NULL, or a struct as the module's page asks for.
pub(super) unsafe fn read_case(case: *const svar_case) -> Result<Case, Failure> {
    // SAFETY: the caller's promise, here and in all of this function.
    unsafe {
        let given = plain::read("case", case)?;
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let mut case = Case::new(given.channel.read("case.channel")?);
        case.visibility = named("case.visibility", given.visibility, &VISIBILITIES)?;
        case.language = owned(given.language.read_optional("case.language")?);
        case.messages =
            each("case.messages", given.messages, given.message_count, given.message_size, |message| {
                let text = message.text.read("case.messages.text")?;
                let mut read = Message::new(named("case.messages.from", message.from, &AUTHORS)?, text);
                read.at = message.at.read("case.messages.at")?;
                read.visibility = named("case.messages.visibility", message.visibility, &VISIBILITIES)?;
                Ok(read)
            })?;
        case.facts = read_facts(&given)?;
        case.customer.name = owned(given.customer_name.read_optional("case.customer_name")?);
        case.agent.name = owned(given.agent_name.read_optional("case.agent_name")?);
        case.agent.role = owned(given.agent_role.read_optional("case.agent_role")?);
        Ok(case)
    }
}

/// # Safety
/// As [`read_case`].
unsafe fn read_facts(given: &svar_case) -> Result<Facts, Failure> {
    if given.flags & !FLAGS != 0 || given.reserved != 0 {
        let message = format!("`case.flags` is {}, `case.reserved` {}", given.flags, given.reserved);
        return Err(bad("out-of-range", message, "`flags` is a sum of `SVAR_FACT_…`, `reserved` is zero"));
    }
    // SAFETY: the caller's promise.
    let tag = |tag: NonNull<svar_str>| unsafe { tag.read().read("case.tags") }.map(str::to_owned);
    // SAFETY: the caller's promise, here and in all of this function.
    unsafe {
        let tags = places("case.tags", given.tags, given.tag_count, size_of::<svar_str>())?;
        Ok(Facts {
            intent: given.intent.read_optional("case.intent")?.map(str::to_owned),
            fault: named("case.fault", given.fault, &FAULTS)?,
            priority: named("case.priority", given.priority, &LEVELS)?,
            severity: named("case.severity", given.severity, &LEVELS)?,
            reactions: given.reactions,
            comments: given.comments,
            media: given.flags & SVAR_FACT_MEDIA != 0,
            consent: given.flags & SVAR_FACT_CONSENT != 0,
            fixed: given.flags & SVAR_FACT_FIXED != 0,
            tags: tags.map(tag).collect::<Result<_, _>>()?,
            ..Facts::default()
        })
    }
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
