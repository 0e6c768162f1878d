//! Why a case or a text cannot be taken.

use std::borrow::Cow;

use thiserror::Error;

use super::LONGEST_TEXT;
use crate::case::NegativeAmount;
use crate::money::MoneyError;
use crate::source::{Diagnostic, Diagnostics, Member, nearest, quoted};

/// A case that does not fit the policy, or a text that cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CaseError {
    /// A channel the policy does not know.
    #[error("unknown channel {0}")]
    UnknownChannel(UnknownName),
    /// A language the policy does not speak.
    #[error("unknown language {0}")]
    UnknownLanguage(UnknownName),
    /// An intent that is none.
    #[error("unknown intent {0}")]
    UnknownIntent(UnknownName),
    /// A role to which the policy gives no authority.
    #[error("unknown role {0}")]
    UnknownRole(UnknownName),
    /// An amount that is less than nothing.
    #[error(transparent)]
    Negative(NegativeAmount),
    /// Amounts that cannot be compared or added.
    #[error(transparent)]
    Money(MoneyError),
    /// A text longer than is read.
    #[error(transparent)]
    TooLong(TextTooLong),
}

/// A name that was not found, and the one that was perhaps meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownName {
    name: String,
    pub(super) nearest: Option<String>,
    known: Vec<String>,
}

impl UnknownName {
    pub(super) fn new<'a>(name: &str, known: impl Iterator<Item = &'a str> + Clone) -> Self {
        let nearest = nearest(name, known.clone()).map(str::to_owned);
        UnknownName { name: name.to_owned(), nearest, known: known.map(str::to_owned).collect() }
    }

    /// The name as it was given.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The known name that is nearest to it, if any is near.
    pub fn nearest(&self) -> Option<&str> {
        self.nearest.as_deref()
    }

    /// All names that are known.
    pub fn known(&self) -> &[String] {
        &self.known
    }
}

impl std::fmt::Display for UnknownName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&quoted(&self.name))?;
        match &self.nearest {
            Some(near) => write!(f, ", did you mean {}?", quoted(near)),
            None if self.known.is_empty() => {
                f.write_str(", the policy knows none: let it extend `svar:care`")
            }
            // The list is for whoever shows a help: `known`.
            None => Ok(()),
        }
    }
}

/// A text longer than [`LONGEST_TEXT`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("{text} has {bytes} bytes, at most {LONGEST_TEXT} are read")]
pub struct TextTooLong {
    text: Text,
    bytes: usize,
}

impl TextTooLong {
    /// How many bytes it has.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// Which of the messages of the case it is, counted from 0, if it is one of them.
    pub fn message(&self) -> Option<usize> {
        match self.text {
            Text::Message(index) => Some(index),
            Text::Alone | Text::Reply => None,
        }
    }
}

/// A text that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Text {
    /// Of no case.
    Alone,
    Reply,
    /// One of a case's, counted from 0.
    Message(usize),
}

impl std::fmt::Display for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Text::Alone => f.write_str("the text"),
            Text::Reply => f.write_str("the reply"),
            Text::Message(index) => write!(f, "message number {}", index.saturating_add(1)),
        }
    }
}

/// Whether a text is short enough to be read.
pub(super) fn check_length(text: Text, content: &str) -> Result<(), CaseError> {
    if content.len() > LONGEST_TEXT {
        return Err(CaseError::TooLong(TextTooLong { text, bytes: content.len() }));
    }
    Ok(())
}

impl CaseError {
    /// What in a request it is about.
    fn member(&self) -> Member {
        match self {
            CaseError::UnknownChannel(_) => Member::new("channel"),
            CaseError::UnknownLanguage(_) => Member::new("language"),
            CaseError::UnknownIntent(name) => {
                Member::new("facts.intent").or("events.*.value").says(name.name())
            }
            CaseError::UnknownRole(name) => {
                Member::new("agent.role").or("facts.approved_by").says(name.name())
            }
            CaseError::Negative(amount) => Member::new("facts").key(amount.key()),
            CaseError::Money(_) => Member::new("facts.offer").or("facts.loss"),
            CaseError::TooLong(long) => match long.text {
                Text::Alone => Member::new("text"),
                Text::Reply => Member::new("reply"),
                Text::Message(number) => Member::new("messages.*.text").number(number),
            },
        }
    }
}

impl From<NegativeAmount> for CaseError {
    fn from(amount: NegativeAmount) -> Self {
        CaseError::Negative(amount)
    }
}

impl From<CaseError> for Diagnostic {
    fn from(error: CaseError) -> Self {
        let (code, name): (Cow<'static, str>, _) = match &error {
            CaseError::UnknownChannel(name) => ("unknown-channel".into(), Some(name)),
            CaseError::UnknownLanguage(name) => ("unknown-language".into(), Some(name)),
            CaseError::UnknownIntent(name) => ("unknown-intent".into(), Some(name)),
            CaseError::UnknownRole(name) => ("unknown-role".into(), Some(name)),
            CaseError::Negative(_) => ("amount".into(), None),
            CaseError::Money(MoneyError::Mixed(..)) => ("currency-mix".into(), None),
            CaseError::Money(_) => ("amount".into(), None),
            CaseError::TooLong(_) => ("too-large".into(), None),
        };
        let diagnostic = Diagnostic::error(code, error.to_string()).about_member(error.member());
        match name.map(|name| name.known().join(", ")) {
            Some(known) if !known.is_empty() => diagnostic.with_help(format!("known are {known}")),
            _ => diagnostic,
        }
    }
}

impl From<CaseError> for Diagnostics {
    fn from(error: CaseError) -> Self {
        Diagnostic::from(error).into()
    }
}
