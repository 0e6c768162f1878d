//! Which messages of a conversation count.

use chrono::{DateTime, FixedOffset};

use crate::case::{Case, Message};
use crate::playbook::last_reopening;

/// So many bytes of a conversation are heard for its step, the newest messages first: more than any conversation has,
/// and little enough that nothing a stranger sends can cost much.
pub const MOST_HEARD: usize = 1024 * 1024;

/// The messages that count: those since the case was last opened, as far as they are heard.
pub(super) fn counting(
    case: &Case,
    now: Option<DateTime<FixedOffset>>,
) -> impl DoubleEndedIterator<Item = &Message> {
    let opened = last_reopening(case, now);
    newest(&case.messages)
        .iter()
        .filter(move |message| opened.is_none_or(|opened| message.at.is_none_or(|at| at > opened)))
}

/// The newest messages that together are no longer than is heard.
fn newest(messages: &[Message]) -> &[Message] {
    let mut heard = 0usize;
    let beyond = messages.iter().rposition(|message| {
        heard = heard.saturating_add(message.text.len());
        heard > MOST_HEARD
    });
    messages.get(beyond.map_or(0, |beyond| beyond + 1)..).unwrap_or_default()
}
