//! What a run came to, and what keeps one from its work.

/// What a run came to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Nothing to complain about.
    Pass,
    /// An error was found in a reply or policy.
    Findings,
}

/// Something that kept the command from doing its work.
pub(crate) type Failure = Box<dyn std::error::Error>;

/// A failure that the output tells already.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct AlreadyTold(pub(crate) String);
