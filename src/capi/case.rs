//! A case as plain structs. [`given`](super::given) reads them.

use std::mem::{offset_of, size_of};

use super::plain::Plain;
use super::str::svar_str;

/// Media have taken the case up. For `svar_case.flags`.
pub const SVAR_FACT_MEDIA: u32 = 1;
/// The customer agreed to be named. For `svar_case.flags`.
pub const SVAR_FACT_CONSENT: u32 = 2;
/// The trouble has been fixed. For `svar_case.flags`.
pub const SVAR_FACT_FIXED: u32 = 4;
/// It is known who writes, and about which order, contract or visit. For `svar_case.flags`.
pub const SVAR_FACT_IDENTIFIED: u32 = 8;
/// It is known what happened. For `svar_case.flags`.
pub const SVAR_FACT_INVESTIGATED: u32 = 16;
/// Compensation was offered, whatever the messages say. For `svar_case.flags`.
pub const SVAR_FACT_OFFERED: u32 = 32;
/// The time in which something can be returned or exchanged is over. For `svar_case.flags`.
pub const SVAR_FACT_DEADLINE_PASSED: u32 = 64;
/// The public has been told what was mended. For `svar_case.flags`.
pub const SVAR_FACT_TOLD: u32 = 128;

/// `reach` is known. For `svar_case.given`.
pub const SVAR_GIVEN_REACH: u32 = 1;
/// `population` is known. For `svar_case.given`.
pub const SVAR_GIVEN_POPULATION: u32 = 2;
/// `usual_reactions` is known. For `svar_case.given`.
pub const SVAR_GIVEN_USUAL_REACTIONS: u32 = 4;
/// `usual_comments` is known. For `svar_case.given`.
pub const SVAR_GIVEN_USUAL_COMMENTS: u32 = 8;
/// `complexity` is known. For `svar_case.given`.
pub const SVAR_GIVEN_COMPLEXITY: u32 = 16;
/// `agent_level` is known. For `svar_case.given`.
pub const SVAR_GIVEN_AGENT_LEVEL: u32 = 32;
/// `training` is known, even if it is empty: somebody who was not trained at all. For `svar_case.given`.
pub const SVAR_GIVEN_TRAINING: u32 = 64;

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

/// Something that happened to a case beside its messages.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct svar_event {
    /// What: `pause`, `resume`, `resolve`, `reopen`, `priority`, `severity`, `intent`, `tag`, `untag`,
    /// `identified`, `investigated`, `compensated`, `fixed`, `told`, `advert-click`, or a kind of the host's own.
    /// Needed.
    pub kind: svar_str,
    /// What it says: the new level (`low`, `normal`, `high`, `critical`), the new intent, the label. Needed for those
    /// kinds.
    pub value: svar_str,
    /// When. Needed.
    pub at: svar_instant,
}

/// What was counted at an instant: everything up to then, not the growth since the one before.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct svar_sample {
    /// When. Needed.
    pub at: svar_instant,
    /// Reactions up to then.
    pub reactions: u64,
    /// Comments up to then.
    pub comments: u64,
}

/// An amount of money. All zero is none.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct svar_money {
    /// How much, in the currency's smallest units: 24950 is 249.50 NOK, and 24950 JPY. Not less than zero.
    pub minor_units: i64,
    /// The currency's code in ISO 4217, such as `NOK`. NULL is no amount.
    pub currency: svar_str,
}

/// A conversation and what is known of it: all that a case in JSON can say. All zero but `size` and `channel` is a case
/// of which nothing is known. Everything is read during the call only.
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
    /// What the host calls the case. May be left out.
    pub id: svar_str,
    /// What happened besides, in any order. NULL where nothing did.
    pub events: *const svar_event,
    /// How many events.
    pub event_count: usize,
    /// `sizeof(svar_event)`; not looked at where there are none.
    pub event_size: usize,
    /// What the customer lost, in money.
    pub loss: svar_money,
    /// What the reply offers, in money.
    pub offer: svar_money,
    /// The role that agreed to the offer. May be left out.
    pub approved_by: svar_str,
    /// What whoever writes the reply was trained for; counts with `SVAR_GIVEN_TRAINING`.
    pub training: *const svar_str,
    /// How many trainings.
    pub training_count: usize,
    /// What was counted earlier. NULL where nothing was.
    pub samples: *const svar_sample,
    /// How many samples.
    pub sample_count: usize,
    /// `sizeof(svar_sample)`; not looked at where there are none.
    pub sample_size: usize,
    /// How often the customer's message was passed on.
    pub shares: u64,
    /// How many people follow its author.
    pub followers: u64,
    /// How many other cases are about the same trouble.
    pub similar_cases: u64,
    /// How many people have seen it; counts with `SVAR_GIVEN_REACH`.
    pub reach: u64,
    /// How many people can see it at all; counts with `SVAR_GIVEN_POPULATION`.
    pub population: u64,
    /// How many reactions are usual on the channel, in thousandths an hour; counts with `SVAR_GIVEN_USUAL_REACTIONS`.
    pub usual_reactions: u64,
    /// How many comments are usual, in thousandths an hour; counts with `SVAR_GIVEN_USUAL_COMMENTS`.
    pub usual_comments: u64,
    /// What sort of loss it is: a `svar_loss_kind`. With 0 it is money, if `loss` is given.
    pub loss_kind: u32,
    /// How hard the case is to solve: a `svar_level`; counts with `SVAR_GIVEN_COMPLEXITY`.
    pub complexity: u32,
    /// How hard a case whoever writes the reply can solve: a `svar_level`; counts with `SVAR_GIVEN_AGENT_LEVEL`.
    pub agent_level: u32,
    /// Which of the fields are known whose zero would say something: `SVAR_GIVEN_…` added up.
    pub given: u32,
}

// SAFETY: numbers and pointers.
unsafe impl Plain for svar_message {
    const NAME: &'static str = "svar_message";
    const LEAST: usize = size_of::<Self>();
}

// SAFETY: numbers and pointers.
unsafe impl Plain for svar_event {
    const NAME: &'static str = "svar_event";
    const LEAST: usize = size_of::<Self>();
}

// SAFETY: numbers and pointers.
unsafe impl Plain for svar_sample {
    const NAME: &'static str = "svar_sample";
    const LEAST: usize = size_of::<Self>();
}

// SAFETY: numbers and pointers.
unsafe impl Plain for svar_case {
    const NAME: &'static str = "svar_case";
    const LEAST: usize = offset_of!(Self, id);
}
