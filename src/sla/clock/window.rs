//! How long a platform still lets one write.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use super::timeline::ADVERT_CLICK;
use crate::case::{Author, Case, Message, Visibility};
use crate::channel::{Channel, WindowSender, WindowStart, WindowThen};
use crate::sla::seconds;

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
    let of_message = |message: &Message| message.at.map(|at| at.to_utc()).filter(|at| *at <= now);
    let asked = |message: &&Message| message.from == Author::Customer;
    let last_message = case.messages.iter().filter(asked).filter_map(of_message).max();
    let clicks = case.events.iter().filter(|event| event.kind == ADVERT_CLICK);
    let last_click = clicks.map(|event| event.at.to_utc()).filter(|at| *at <= now).max();
    let mut windows: Vec<WindowClock> = channel
        .windows()
        .iter()
        .filter_map(|window| {
            let opened_at = match window.from {
                WindowStart::LastCustomerMessage => last_message,
                WindowStart::AdvertClick => last_click,
            }?;
            let channel = Arc::from(channel.id());
            window_clock(
                WindowKind::Message,
                channel,
                window.sender,
                opened_at,
                window.within,
                window.then,
                now,
            )
        })
        .collect();
    let Some(route) = channel.private_route() else { return windows };
    let Some(within) = route.within else { return windows };
    let default = case.visibility.unwrap_or_else(|| channel.default_visibility());
    let is = |message: &Message, visibility| message.visibility.unwrap_or(default) == visibility;
    let public = |message: &&Message| asked(message) && is(message, Visibility::Public);
    let Some(comment) = case.messages.iter().filter(public).filter_map(of_message).max() else {
        return windows;
    };
    let private = |message: &&Message| message.from != Author::Customer && is(message, Visibility::Private);
    let replies =
        case.messages.iter().filter(private).filter_map(of_message).filter(|at| *at >= comment).count();
    let to = Arc::from(route.to.as_str());
    let kind = WindowKind::PrivateReply;
    if let Some(mut clock) =
        window_clock(kind, to, WindowSender::Any, comment, within, WindowThen::Closed, now)
    {
        clock.messages_left = route.replies.map(|most| most.saturating_sub(replies));
        clock.open &= clock.messages_left != Some(0);
        windows.push(clock);
    }
    windows
}

fn window_clock(
    kind: WindowKind,
    channel: Arc<str>,
    sender: WindowSender,
    opened_at: DateTime<Utc>,
    within: TimeDelta,
    then: WindowThen,
    now: DateTime<Utc>,
) -> Option<WindowClock> {
    let opened_at = seconds::whole(opened_at);
    let closes_at = opened_at.checked_add_signed(within)?;
    Some(WindowClock {
        kind,
        channel,
        sender,
        opened_at,
        closes_at,
        open: now < closes_at,
        remaining_seconds: closes_at - seconds::whole(now),
        then,
        messages_left: None,
    })
}
