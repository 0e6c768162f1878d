//! Sets of emoji.

use super::{Emoji, VS16, lookup, recognise};

/// A set of emoji in which skin tone and variation selectors do not count: a set with 👍 holds 👍🏽.
///
/// ```
/// use svar::text::EmojiSet;
///
/// let set = EmojiSet::new(["👍", "❤️"])?;
/// assert!(set.contains("👍🏽"));
/// assert!(set.contains("❤"));
/// assert!(!set.contains("👎"));
/// # Ok::<_, svar::text::NotAnEmoji>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EmojiSet {
    /// Folded and sorted.
    members: Vec<&'static str>,
}

impl EmojiSet {
    /// The set of `members`, each of which must be one emoji of the data.
    pub fn new<S: AsRef<str>>(members: impl IntoIterator<Item = S>) -> Result<Self, NotAnEmoji> {
        let mut set = EmojiSet::default();
        for member in members {
            set.insert(member.as_ref())?;
        }
        Ok(set)
    }

    /// Adds one emoji.
    pub fn insert(&mut self, member: &str) -> Result<(), NotAnEmoji> {
        let known = recognise(member)
            // A sign that needs its VS16 to be an emoji is meant as one here.
            .or_else(|| recognise(&format!("{member}{VS16}")))
            .and_then(|emoji| emoji.known)
            .ok_or_else(|| NotAnEmoji { member: member.to_owned() })?;
        let member = super::folded(known);
        if let Err(at) = self.members.binary_search(&member) {
            self.members.insert(at, member);
        }
        Ok(())
    }

    /// Whether the emoji is in the set, however it is written.
    pub fn contains(&self, emoji: &str) -> bool {
        lookup(emoji).is_some_and(|(known, _)| self.contains_folded(super::folded(known)))
    }

    /// Whether an emoji found in a text is in the set. Costs no look-up in the data.
    pub fn contains_emoji(&self, emoji: &Emoji) -> bool {
        emoji.known.is_some_and(|known| self.contains_folded(super::folded(known)))
    }

    fn contains_folded(&self, folded: &str) -> bool {
        self.members.binary_search(&folded).is_ok()
    }

    /// The members as [`fold_emoji`](crate::text::fold_emoji) has them, in a fixed order.
    pub fn iter(&self) -> impl Iterator<Item = &'static str> {
        self.members.iter().copied()
    }

    /// The number of members.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether there is no member.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }
}

/// A member of a set was not one emoji.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{member}` is not one emoji")]
pub struct NotAnEmoji {
    member: String,
}

impl NotAnEmoji {
    /// What was given.
    pub fn member(&self) -> &str {
        &self.member
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_is_one_emoji() {
        for bad in ["", "a", "1", "👍👍", "👍 ", ":)", "🇽🇽"] {
            assert_eq!(EmojiSet::new(["👍", bad]).unwrap_err().member(), bad);
        }
    }

    #[test]
    fn tone_and_selector_do_not_count() {
        let set = EmojiSet::new(["👍🏿", "👍", "❤", "👫", "™", "1️⃣"]).unwrap();
        assert_eq!(set.len(), 5);
        for member in ["👍", "👍🏻", "👍\u{FE0F}", "❤️", "❤", "👩🏻‍🤝‍👨🏿", "™️", "1⃣"]
        {
            assert!(set.contains(member), "{member}");
        }
        for other in ["👎", "", "a", "💙", "👬", "1"] {
            assert!(!set.contains(other), "{other}");
        }
    }
}
