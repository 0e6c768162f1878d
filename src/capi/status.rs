//! Numbers with names. What comes out has the type of its enumeration.

use crate::rule::Verdict;
use crate::source::Severity;

/// What became of a call. The numbers never change; later versions may add some.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum svar_status {
    /// It did what it was asked.
    Ok = 0,
    /// An argument is NULL that must not be, or is not aligned as its type asks.
    NullArgument = 1,
    /// A text is not UTF-8.
    NotUtf8 = 2,
    /// An argument has a value that it cannot have: the size of a struct, a number, an index, a verb.
    BadArgument = 3,
    /// The documents of a policy have mistakes; the error lists them all.
    Policy = 4,
    /// A request cannot be read, or its case does not fit the policy; the error lists all mistakes.
    Request = 5,
    /// Another thread is using this scratch or builder.
    Busy = 6,
    /// svar panicked in this call, and in this call only. Please report it.
    Panic = 7,
}

/// How much a finding or a diagnostic weighs.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum svar_severity {
    /// Could be better.
    Advice = 1,
    /// Should be looked at.
    Warning = 2,
    /// Cannot stay.
    Error = 3,
}

/// Whether a reply may be published.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum svar_verdict {
    /// No error was found; there may be warnings and advice.
    Pass = 0,
    /// At least one error was found.
    Fail = 1,
}

/// Who can read a text.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum svar_visibility {
    /// What is usual: a reply's is the channel's, a message's the case's.
    Default = 0,
    /// Everybody.
    Public = 1,
    /// The customer only.
    Private = 2,
}

/// Who wrote a message.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum svar_author {
    /// The customer.
    Customer = 0,
    /// Somebody of the company.
    Agent = 1,
    /// A machine of the company.
    Bot = 2,
}

/// Whose fault it is.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum svar_fault {
    /// Not known yet.
    Unknown = 0,
    /// The company's.
    Ours = 1,
    /// Somebody else's, the customer's own included.
    Theirs = 2,
}

/// How urgent or how serious a case is. The numbers are names and say nothing of the order.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum svar_level {
    /// As most.
    Normal = 0,
    /// Can wait.
    Low = 1,
    /// Before the others.
    High = 2,
    /// A crisis.
    Critical = 3,
}

/// What a customer lost.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum svar_loss_kind {
    /// Nobody said.
    Unsaid = 0,
    /// Money.
    Money = 1,
    /// Goods that do not do what they should, or never came.
    Goods = 2,
    /// A service that was not rendered, or not as it should have been.
    Service = 3,
    /// Time.
    Time = 4,
    /// Nothing but trouble.
    Trouble = 5,
}

impl From<Severity> for svar_severity {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Advice => svar_severity::Advice,
            Severity::Warning => svar_severity::Warning,
            Severity::Error => svar_severity::Error,
        }
    }
}

impl From<Verdict> for svar_verdict {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Pass => svar_verdict::Pass,
            Verdict::Fail => svar_verdict::Fail,
        }
    }
}
