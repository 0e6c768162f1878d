//! Which messages of a conversation count.

use crate::case::{Case, Message};

/// So many bytes of a conversation are heard for its step, the newest messages first: more than any conversation has,
/// and little enough that nothing a stranger sends can cost much.
pub const MOST_HEARD: usize = 1024 * 1024;

/// The messages that count: those since the case was last opened, as far as they are heard. The case is one as it is
/// known.
pub(super) fn counting(case: &Case) -> impl DoubleEndedIterator<Item = &Message> {
    let course = case.course();
    newest(&case.messages).iter().filter(move |message| message.at.is_none_or(|at| course.counts(at)))
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
