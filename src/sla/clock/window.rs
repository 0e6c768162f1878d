//! How long a platform still lets one write.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use crate::case::{Author, Case, Message, Visibility};
use crate::channel::{Channel, Opening, WindowSender, WindowThen};
use crate::time::whole_second;

words! {
    /// What a window is for.
    #[non_exhaustive]
    WindowKind {
        /// Writing in the conversation.
        Message = "message",
        /// Answering a public comment in private.
        PrivateReply = "private-reply",
    }
}

/// A window of the channel. It is open strictly before it closes, and counts every hour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct WindowClock {
    /// What it is for.
    pub kind: WindowKind,
    /// The channel one writes in.
    pub channel: Arc<str>,
    /// Whom it is for.
    pub sender: WindowSender,
    /// What opened it: a message of the customer, or a click on an advert.
    pub opened_at: DateTime<Utc>,
    /// The first instant at which it is closed.
    pub closes_at: DateTime<Utc>,
    /// Whether one can write.
    pub open: bool,
    /// How long it is still open; nothing or less, where it is over.
    #[serde(serialize_with = "crate::sla::seconds::serialize")]
    pub remaining_seconds: TimeDelta,
    /// What is left when it has closed.
    pub then: WindowThen,
    /// How many messages it still takes, where that is limited.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub messages_left: Option<usize>,
}

/// All windows that have ever been opened, in the order of the channel; each from what opened it last.
pub(super) fn windows(case: &Case, channel: &Channel, now: DateTime<Utc>) -> Vec<WindowClock> {
    let own = channel.windows().iter().filter_map(|window| {
        let clock = WindowClock::new(window.opening(case, now)?, Arc::from(channel.id()), window.then, now);
        Some(WindowClock { sender: window.sender, ..clock })
    });
    own.chain(private_reply(case, channel, now)).collect()
}

/// The window in which a public comment can be answered in private.
fn private_reply(case: &Case, channel: &Channel, now: DateTime<Utc>) -> Option<WindowClock> {
    let route = channel.private_route()?;
    let within = route.within?;
    let default = case.visibility.unwrap_or_else(|| channel.default_visibility());
    let written = |by_customer: bool, visibility: Visibility| {
        let wanted = move |message: &&Message| {
            (message.from == Author::Customer) == by_customer
                && message.visibility.unwrap_or(default) == visibility
        };
        let instants = case.messages.iter().filter(wanted).filter_map(|message| message.at);
        instants.map(|at| at.to_utc()).filter(|at| *at <= now)
    };
    let comment = written(true, Visibility::Public).max()?;
    let replies = written(false, Visibility::Private).filter(|at| *at >= comment).count();
    let opening = Opening::new(comment, within)?;
    let messages_left = route.replies.map(|most| most.saturating_sub(replies));
    let clock = WindowClock::new(opening, Arc::from(route.to.as_str()), WindowThen::Closed, now);
    let open = clock.open && messages_left != Some(0);
    Some(WindowClock { kind: WindowKind::PrivateReply, open, messages_left, ..clock })
}

impl WindowClock {
    /// A window in which anybody can write as often as they like.
    fn new(opening: Opening, channel: Arc<str>, then: WindowThen, now: DateTime<Utc>) -> WindowClock {
        WindowClock {
            kind: WindowKind::Message,
            channel,
            sender: WindowSender::Any,
            opened_at: opening.opened_at,
            closes_at: opening.closes_at,
            open: opening.is_open(now),
            remaining_seconds: opening.closes_at - whole_second(now),
            then,
            messages_left: None,
        }
    }
}
