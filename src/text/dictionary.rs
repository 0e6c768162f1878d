//! A dictionary: a table of words to which none will come, found where it was stored.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::rows::{self, Row, Rows};
use super::words::{Key, NONE, WordTable};

/// Words under the numbers they had in their table. A search begins at the slot that the word's [`Key`] leads to, and
/// goes on to the next slot until the word is met, or a slot that is free.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(crate) struct Dictionary {
    /// Their count is a power of two, and at least half of them are free.
    slots: Rows<Slot, 3>,
    /// Where each word ends in the text; it begins where the one before it ends.
    ends: Rows<u32, 1>,
    #[serde(deserialize_with = "rows::text")]
    text: Cow<'static, str>,
}

#[derive(Clone, Copy, Debug)]
struct Slot {
    key: Key,
    /// `NONE` where the slot is free.
    number: u32,
}

impl From<&WordTable> for Dictionary {
    fn from(table: &WordTable) -> Dictionary {
        let mut slots = vec![Slot { key: Key(0), number: NONE }; (table.len() * 2).next_power_of_two()];
        let mask = slots.len() - 1;
        let mut text = String::new();
        let mut ends = Vec::with_capacity(table.len());
        for (number, word) in (0..).zip(table.iter()) {
            let key = Key::of(word.as_bytes());
            let mut at = key.slot() & mask;
            while slots.get(at).is_some_and(|slot| slot.number != NONE) {
                at = (at + 1) & mask;
            }
            if let Some(slot) = slots.get_mut(at) {
                *slot = Slot { key, number };
            }
            text.push_str(word);
            ends.push(text.len() as u32);
        }
        Dictionary { slots: slots.into_iter().collect(), ends: ends.into_iter().collect(), text: text.into() }
    }
}

impl Dictionary {
    /// The number of a word, given its key. Only a long word's letters are asked for.
    #[inline(always)]
    pub(crate) fn find_key<'w>(&self, key: Key, word: impl Fn() -> &'w str) -> Option<u32> {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = key.slot() & mask;
        loop {
            let slot = self.slots.get(at).filter(|slot| slot.number != NONE)?;
            if slot.key == key && (!key.is_long() || self.is(slot.number, word())) {
                return Some(slot.number);
            }
            at = (at + 1) & mask;
        }
    }

    /// Whether a number is a word's. Long words are few: their letters are compared out of the way of the others.
    #[inline(never)]
    fn is(&self, number: u32, word: &str) -> bool {
        self.word(number) == word
    }

    /// A word by its number.
    pub(crate) fn word(&self, number: u32) -> &str {
        let number = number as usize;
        let start = number.checked_sub(1).and_then(|before| self.ends.get(before)).unwrap_or(0);
        let end = self.ends.get(number).unwrap_or(start);
        self.text.get(start as usize..end as usize).unwrap_or("")
    }
}

impl Row<3> for Slot {
    fn to_row(&self) -> [u32; 3] {
        let [low, high] = self.key.0.to_row();
        [low, high, self.number]
    }

    #[inline(always)]
    fn of_row([low, high, number]: [u32; 3]) -> Slot {
        Slot { key: Key(u64::of_row([low, high])), number }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_under_the_numbers_of_their_table() {
        let words: Vec<String> =
            (0..1000).map(|n| format!("{}{n}", if n % 2 == 0 { "o" } else { "langt ord " })).collect();
        for count in [0, 1, 2, 3, 16, 17, 1000] {
            let (there, others) = words.split_at(count);
            let mut table = WordTable::default();
            there.iter().for_each(|word| _ = table.add(word));
            let dictionary = Dictionary::from(&table);
            let find = |word: &str| dictionary.find_key(Key::of(word.as_bytes()), || word);
            for (number, word) in (0..).zip(there) {
                assert_eq!((find(word), dictionary.word(number)), (Some(number), &**word));
            }
            for word in others.iter().map(String::as_str).chain(["", "o", "langt ord"]) {
                assert_eq!(find(word), None, "{word}");
            }
            assert_eq!(dictionary.word(count as u32), "");
        }
    }
}
