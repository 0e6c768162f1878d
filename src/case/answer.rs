//! What an answer is, and how far a conversation has been answered.

use super::{Author, Case, Message, Visibility};

/// Whose words are an answer to the customer. A receipt that a machine sends is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Answerers {
    /// Those of people.
    #[default]
    People,
    /// Those of machines, too.
    Anyone,
}

impl Answerers {
    /// Those of a conversation: what a machine wrote that has the conversation itself is no mere receipt.
    pub(crate) fn of(self, case: &Case) -> Answerers {
        if case.is_by_bot() { Answerers::Anyone } else { self }
    }

    /// Whether a message is an answer.
    pub(crate) fn answer(self, message: &Message) -> bool {
        match message.from {
            Author::Customer => false,
            Author::Agent => true,
            Author::Bot => self == Answerers::Anyone,
        }
    }

    /// Whether there is an answer at all.
    pub(crate) fn have_answered(self, case: &Case) -> bool {
        case.messages.iter().any(|message| self.answer(message))
    }

    /// Whether the customer wrote after the last answer.
    pub(crate) fn are_awaited(self, case: &Case) -> bool {
        let mut since = case.messages.iter().rev().take_while(|message| !self.answer(message));
        since.any(|message| message.from == Author::Customer)
    }

    /// How often the company has answered in public, on a channel where a message is for `default` unless the case or
    /// the message says otherwise: several answers in a row are one.
    pub(crate) fn public_turns(self, case: &Case, default: Visibility) -> u16 {
        let usual = case.visibility.unwrap_or(default);
        let mut turns = 0u16;
        let mut customer_spoke = true;
        for message in &case.messages {
            if self.answer(message) {
                let public = message.visibility.unwrap_or(usual) == Visibility::Public;
                turns = turns.saturating_add(u16::from(customer_spoke && public));
                customer_spoke = false;
            }
            customer_spoke |= message.from == Author::Customer;
        }
        turns
    }
}
