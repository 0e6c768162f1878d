//! Symbols: what an arc of the trie asks a token to be.

use crate::text::phrase::{Kind, Leaf, LeafSort, Leaves, NUMBER_BITS};

/// A leaf or a set of leaves. While a scanner is built, a symbol is the [code](Leaf::code) of its leaf or the number
/// of its set; in the end the symbols that arcs ask for are numbered from 0.
pub(super) type Symbol = u32;

/// Above the codes of all leaves.
const SET: Symbol = 7 << NUMBER_BITS;
const NONE: u32 = u32::MAX;
const SMALLEST: usize = 16;

/// Sets of leaves, each with one symbol however often it is made.
pub(super) struct Sets {
    /// The set's hash and number, `NONE` where empty. Its length is a power of two, at least twice the sets.
    slots: Vec<(u32, u32)>,
    /// Where the members of each set end; they begin where those of the set before end.
    ends: Vec<u32>,
    members: Vec<Leaf>,
}

impl Default for Sets {
    fn default() -> Self {
        Sets { slots: vec![(0, NONE); SMALLEST], ends: Vec::new(), members: Vec::new() }
    }
}

impl Sets {
    /// The symbol of some leaves, in whatever order; of a single leaf it is that leaf's own.
    pub(super) fn symbol(&mut self, leaves: impl Iterator<Item = Leaf> + Clone) -> Option<Symbol> {
        let mut first = leaves.clone();
        if let (only, None) = (first.next(), first.next()) {
            return only.map(Leaf::code);
        }
        let hash = hash(leaves.clone());
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        while let Some(&(found, number)) = self.slots.get(at).filter(|slot| slot.1 != NONE) {
            if found == hash && same(leaves.clone(), self.members(number)) {
                return Some(SET | number);
            }
            at = (at + 1) & mask;
        }
        let number = self.ends.len() as u32;
        self.members.extend(leaves);
        self.ends.push(self.members.len() as u32);
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = (hash, number);
        }
        if self.ends.len() * 2 > self.slots.len() {
            self.grow();
        }
        Some(SET | number)
    }

    fn members(&self, number: u32) -> &[Leaf] {
        let number = number as usize;
        let start = number.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(number).copied().unwrap_or(start);
        self.members.get(start as usize..end as usize).unwrap_or_default()
    }

    fn grow(&mut self) {
        let size = self.slots.len() * 4;
        let mask = size - 1;
        let old = std::mem::replace(&mut self.slots, vec![(0, NONE); size]);
        for slot in old.into_iter().filter(|slot| slot.1 != NONE) {
            let mut at = slot.0 as usize & mask;
            while let Some(free) = self.slots.get_mut(at) {
                if free.1 == NONE {
                    *free = slot;
                    break;
                }
                at = (at + 1) & mask;
            }
        }
    }
}

/// The same for the same leaves in another order.
fn hash(leaves: impl Iterator<Item = Leaf>) -> u32 {
    const K: u64 = 0x9E37_79B9_7F4A_7C15;
    let mix = |leaf: Leaf| {
        let mixed = u64::from(leaf.code()).wrapping_mul(K);
        (mixed ^ mixed >> 32).wrapping_mul(K)
    };
    (leaves.map(mix).fold(0u64, u64::wrapping_add) >> 32) as u32
}

fn same(leaves: impl Iterator<Item = Leaf> + Clone, members: &[Leaf]) -> bool {
    if leaves.clone().eq(members.iter().copied()) {
        return true;
    }
    let (mut leaves, mut members): (Vec<Leaf>, Vec<Leaf>) = (leaves.collect(), members.to_vec());
    leaves.sort_unstable();
    members.sort_unstable();
    leaves == members
}

/// The symbols that arcs ask for, numbered from 0 in the order in which they were asked for.
pub(super) struct Numbering {
    /// Where the leaves of each sort begin among all leaves; at last where the sets begin.
    sorts: [usize; LeafSort::SPELLED.len() + 2],
    numbers: Vec<u32>,
    numbered: Vec<Symbol>,
}

impl Numbering {
    pub(super) fn new(leaves: &Leaves, sets: &Sets) -> Numbering {
        let mut sorts = [0; LeafSort::SPELLED.len() + 2];
        let mut count = 0;
        for (sort, start) in LeafSort::SPELLED.into_iter().chain([LeafSort::Kind]).zip(&mut sorts) {
            *start = count;
            count += leaves.count(sort);
        }
        if let Some(start) = sorts.last_mut() {
            *start = count;
        }
        Numbering { sorts, numbers: vec![NONE; count + sets.ends.len()], numbered: Vec::new() }
    }

    /// The number of a symbol; the next free one where it has none yet.
    pub(super) fn number(&mut self, symbol: Symbol) -> u32 {
        let at = self.position(symbol);
        let Some(number) = self.numbers.get_mut(at) else { return NONE };
        if *number == NONE {
            *number = self.numbered.len() as u32;
            self.numbered.push(symbol);
        }
        *number
    }

    /// A list with a place for every symbol.
    pub(super) fn places(&self) -> Places {
        Places(vec![false; self.numbers.len()])
    }

    /// How many symbols have a number.
    pub(super) fn len(&self) -> usize {
        self.numbered.len()
    }

    /// Where a leaf stands among all leaves: the words first, the kinds last.
    pub(super) fn leaf(&self, leaf: Leaf) -> usize {
        self.position(leaf.code())
    }

    /// The first leaf of a sort.
    pub(super) fn first(&self, sort: LeafSort) -> usize {
        self.sorts.get(sort as usize).copied().unwrap_or(0)
    }

    fn position(&self, symbol: Symbol) -> usize {
        let sort = self.sorts.get((symbol >> NUMBER_BITS) as usize).copied().unwrap_or(0);
        sort + (symbol & ((1 << NUMBER_BITS) - 1)) as usize
    }

    /// For every leaf the numbers of the symbols a token gains by it, its own and its sets', ascending.
    pub(super) fn gains(&self, sets: &Sets) -> Lists {
        let leaves = self.first(LeafSort::Kind) + Kind::ALL.len();
        let mut starts = vec![0u32; leaves + 1];
        let each = |found: &mut dyn FnMut(usize, u32)| {
            for (number, &symbol) in self.numbered.iter().enumerate() {
                if symbol < SET {
                    found(self.position(symbol), number as u32);
                    continue;
                }
                for &leaf in sets.members(symbol & !SET) {
                    found(self.leaf(leaf), number as u32);
                }
            }
        };
        each(&mut |leaf, _| {
            if let Some(count) = starts.get_mut(leaf + 1) {
                *count += 1;
            }
        });
        let mut total = 0;
        for start in &mut starts {
            total += *start;
            *start = total;
        }
        let mut symbols = vec![0; total as usize];
        let mut free = starts.clone();
        each(&mut |leaf, number| {
            let Some(at) = free.get_mut(leaf) else { return };
            if let Some(slot) = symbols.get_mut(*at as usize) {
                *slot = number;
            }
            *at += 1;
        });
        Lists { starts, symbols }
    }
}

/// A set of leaves, by and large: what is in it for sure has its bit, other leaves may share it. So most of what does
/// not fit is seen not to fit without a look at the symbols.
pub(super) type Mask = u64;

/// The bit of being a word, which no other leaf shares.
pub(super) const ANY_WORD: Mask = 1 << 63;
/// A bit of no leaf: stands for whatever is to be looked at in any case.
pub(super) const ALWAYS: Mask = 1 << 62;

impl Numbering {
    /// The bit of a leaf, by its place among all leaves.
    pub(super) fn bit(&self, leaf: usize) -> Mask {
        if leaf == self.first(LeafSort::Kind) + Kind::Word as usize { ANY_WORD } else { bit(leaf) }
    }

    /// For every symbol its leaves.
    pub(super) fn masks(&self, sets: &Sets) -> Vec<Mask> {
        let mask = |&symbol: &Symbol| match symbol {
            SET.. => {
                let members = sets.members(symbol & !SET).iter();
                members.fold(0, |mask, &leaf| mask | self.bit(self.leaf(leaf)))
            }
            _ => self.bit(self.position(symbol)),
        };
        self.numbered.iter().map(mask).collect()
    }
}

/// The bit of a leaf that is not [`ANY_WORD`].
pub(super) fn bit(leaf: usize) -> Mask {
    let hash = (leaf as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32;
    1 << ((hash * 62) >> 32)
}

/// Symbols that have been ticked off, numbered or not.
pub(super) struct Places(Vec<bool>);

impl Places {
    pub(super) fn tick(&mut self, numbering: &Numbering, symbol: Symbol) {
        if let Some(place) = self.0.get_mut(numbering.position(symbol)) {
            *place = true;
        }
    }

    pub(super) fn is_ticked(&self, numbering: &Numbering, symbol: Symbol) -> bool {
        self.0.get(numbering.position(symbol)).copied().unwrap_or(false)
    }
}

/// Lists of symbols in one piece.
#[derive(Clone, Debug, Default)]
pub(super) struct Lists {
    /// Where each list begins, and at last where the last one ends.
    pub(super) starts: Vec<u32>,
    pub(super) symbols: Vec<Symbol>,
}

impl Lists {
    pub(super) fn of(&self, leaf: usize) -> &[Symbol] {
        match self.starts.get(leaf..leaf + 2) {
            Some(&[start, end]) => self.symbols.get(start as usize..end as usize).unwrap_or_default(),
            _ => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_has_one_symbol_and_its_members_gain_it() {
        let (mut leaves, mut sets) = (Leaves::default(), Sets::default());
        let words: Vec<Leaf> = (0..300).map(|n| leaves.folded_word(&format!("ord{n}"))).collect();
        let pairs: Vec<_> = words.windows(2).map(|pair| sets.symbol(pair.iter().copied())).collect();
        let again: Vec<_> = words.windows(2).map(|pair| sets.symbol(pair.iter().copied())).collect();
        assert_eq!(pairs, again);
        assert_eq!(sets.symbol([words[1], words[0]].into_iter()), pairs[0]);
        assert_eq!(sets.symbol(words[7..8].iter().copied()), Some(words[7].code()));
        assert_eq!(sets.symbol([].into_iter()), None);
        let mut numbering = Numbering::new(&leaves, &sets);
        for symbol in [pairs[1], Some(words[1].code()), pairs[0], pairs[1]].into_iter().flatten() {
            numbering.number(symbol);
        }
        let gains = numbering.gains(&sets);
        let of = |word: usize| gains.of(numbering.leaf(words[word]));
        assert_eq!([of(0), of(1), of(2), of(3)], [&[2][..], &[0, 1, 2], &[0], &[]]);
    }
}
