//! A table of words: from a word to its number in one look-up.

use super::fold;

pub(super) const NONE: u32 = u32::MAX;
const SMALLEST: usize = 16;
/// So many slots a word has where each is looked for only once.
const SPREAD: usize = 4;

/// Words numbered in the order in which they came, found by open addressing on their hash. Their letters lie one
/// after the other in one string; a word of less than eight bytes stands in its slot as well.
#[derive(Clone, Debug)]
pub(crate) struct WordTable {
    /// Its length is a power of two, and at least half of it is free.
    slots: Vec<Slot>,
    /// Where each word ends; it begins where the one before it ends.
    ends: Vec<u32>,
    text: String,
}

/// What words are compared by before their letters are looked at: a word of less than eight bytes itself, or the hash
/// of a longer one below bits that no short word has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Key(pub(super) u64);

#[derive(Clone, Copy, Debug)]
struct Slot {
    key: Key,
    /// `NONE` where the slot is free.
    number: u32,
}

impl Key {
    /// A short word's highest byte is zero.
    const LONG: u64 = u64::MAX << 32;

    #[inline]
    pub(crate) fn of(word: &[u8]) -> Key {
        match fold::short(word) {
            Some(word) => Key::short(word),
            None => Key::long(fold::hash(word)),
        }
    }

    /// The key of a word of less than eight bytes, as [`fold::short`] gives it.
    #[inline]
    pub(crate) fn short(word: u64) -> Key {
        Key(word)
    }

    /// The key of a longer word, by its [`fold::hash`].
    #[inline]
    pub(crate) fn long(hash: u32) -> Key {
        Key(Key::LONG | u64::from(hash))
    }

    #[inline]
    pub(super) fn is_long(self) -> bool {
        self.0 >= Key::LONG
    }

    /// The word, if it is one character of ASCII; else zero.
    #[inline]
    pub(crate) fn ascii(self) -> u8 {
        if self.0 < 0x80 { self.0 as u8 } else { 0 }
    }

    /// Where the search for it begins, in a table of any size.
    #[inline]
    pub(super) fn slot(self) -> usize {
        let hash = self.0.wrapping_mul(fold::K);
        (hash >> 32 ^ hash) as usize
    }
}

impl Default for WordTable {
    fn default() -> Self {
        WordTable { slots: vec![Slot::FREE; SMALLEST], ends: Vec::new(), text: String::new() }
    }
}

impl Slot {
    /// Its key is no word's, neither a short one's nor a long one's.
    const FREE: Slot = Slot { key: Key(1 << 56), number: NONE };
}

impl WordTable {
    /// The number of a word, which is added where it is new.
    pub(crate) fn add(&mut self, word: &str) -> u32 {
        self.intern(Key::of(word.as_bytes()), || word)
    }

    /// [`add`](WordTable::add), given the key of the word. Only a new or long word's letters are asked for.
    #[inline]
    pub(crate) fn intern<'w>(&mut self, key: Key, word: impl Fn() -> &'w str) -> u32 {
        match self.seek(key, &word) {
            Ok(number) => number,
            Err(at) => self.insert(at, key, word()),
        }
    }

    /// Adds a word that is new, at the slot it belongs into.
    #[cold]
    fn insert(&mut self, at: usize, key: Key, word: &str) -> u32 {
        let number = self.ends.len() as u32;
        self.text.push_str(word);
        self.ends.push(self.text.len() as u32);
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = Slot { key, number };
        }
        if self.ends.len() * 2 > self.slots.len() {
            self.grow_to(self.slots.len() * 2);
        }
        number
    }

    /// Makes room for so many words.
    pub(crate) fn reserve(&mut self, words: usize) {
        self.ends.reserve(words);
        let size = ((self.ends.len() + words) * 2).next_power_of_two();
        if size > self.slots.len() {
            self.grow_to(size);
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// All words, by their numbers.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len() as u32).map(|number| self.word(number))
    }

    /// The number of a word.
    pub(crate) fn find(&self, word: &str) -> Option<u32> {
        self.find_key(Key::of(word.as_bytes()), || word)
    }

    /// The number of a word, given its key. Only a long word's letters are asked for.
    #[inline]
    pub(crate) fn find_key<'w>(&self, key: Key, word: impl Fn() -> &'w str) -> Option<u32> {
        self.seek(key, word).ok()
    }

    /// The number of a word given its key, or one that no word has. For a word that stands in its own slot, or is not
    /// there and finds that slot free, there is no branch on what was found: which words a text has is not foreseen.
    #[inline(always)]
    pub(crate) fn number_of<'w>(&self, key: Key, word: impl Fn() -> &'w str) -> u32 {
        let mask = self.slots.len().wrapping_sub(1);
        let Some(slot) = self.slots.get(key.slot() & mask) else { return NONE };
        let same = slot.key == key;
        if same & key.is_long() | !same & (slot.number != NONE) {
            return self.find_key(key, word).unwrap_or(NONE);
        }
        slot.number
    }

    /// Makes the table so wide that most words stand in a slot of their own.
    pub(crate) fn spread(&mut self) {
        self.grow_to(self.slots.len().max((self.ends.len() * SPREAD).next_power_of_two()));
    }

    /// A word by its number.
    pub(crate) fn word(&self, number: u32) -> &str {
        let number = number as usize;
        let start = number.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(number).copied().unwrap_or(start);
        self.text.get(start as usize..end as usize).unwrap_or("")
    }

    /// The word's number, or the slot it belongs into. A call would cost more than the search of nearly every word.
    #[inline(always)]
    fn seek<'w>(&self, key: Key, word: impl Fn() -> &'w str) -> Result<u32, usize> {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = key.slot() & mask;
        loop {
            match self.slots.get(at) {
                Some(slot) if slot.key == key && (!key.is_long() || self.is(slot.number, word())) => {
                    return Ok(slot.number);
                }
                Some(slot) if slot.number != NONE => at = (at + 1) & mask,
                _ => return Err(at),
            }
        }
    }

    /// Whether a number is a word's. Long words are few: their letters are compared out of the way of the others.
    #[inline(never)]
    fn is(&self, number: u32, word: &str) -> bool {
        self.word(number) == word
    }

    fn grow_to(&mut self, size: usize) {
        let mut slots = vec![Slot::FREE; size];
        self.slots.iter().filter(|slot| slot.number != NONE).for_each(|&slot| place(&mut slots, slot));
        self.slots = slots;
    }
}

/// Puts a word that is not there yet into the first free slot on its way.
fn place(slots: &mut [Slot], word: Slot) {
    let mask = slots.len().wrapping_sub(1);
    let mut at = word.key.slot() & mask;
    while let Some(slot) = slots.get_mut(at) {
        if slot.number == NONE {
            *slot = word;
            break;
        }
        at = (at + 1) & mask;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_numbers_while_the_table_grows() {
        let mut table = WordTable::default();
        let words: Vec<String> =
            (0..1000).map(|n| format!("{}{n}", if n % 2 == 0 { "o" } else { "langt ord " })).collect();
        let numbers: Vec<u32> = words.iter().map(|word| table.add(word)).collect();
        assert_eq!(numbers, (0..1000).collect::<Vec<_>>());
        assert_eq!((table.add("langt ord 7"), table.add("o8"), table.len()), (7, 8, 1000));
        for (word, &number) in words.iter().zip(&numbers) {
            assert_eq!(table.word(number), word);
            assert_eq!(table.find(word), Some(number));
        }
        for word in ["", "o", "langt ord"] {
            assert_eq!(table.find(word), None);
        }
        table.spread();
        for word in words.iter().map(String::as_str).chain(["", "o", "langt ord", "langt ord 8"]) {
            let number = table.number_of(Key::of(word.as_bytes()), || word);
            assert_eq!(Some(number).filter(|&number| number != NONE), table.find(word), "{word}");
        }
    }
}
