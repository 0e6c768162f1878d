//! Rows: lists of numbers of four bytes that are read where they lie.
//!
//! What is compiled ahead ships as bytes within the program. To unpack them into lists would be to copy megabytes
//! before the first answer, most of which are never looked at. So a list stays what it is in the file: rows of numbers,
//! each decoded when it is asked for, which takes hardly longer than reading it from memory does.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};

/// What can be written as a row of numbers, always of as many.
pub(crate) trait Row<const NUMBERS: usize> {
    fn to_row(&self) -> [u32; NUMBERS];

    /// What was written as a row. Of one that nothing was written as it makes something, too.
    fn of_row(row: [u32; NUMBERS]) -> Self;
}

impl Row<1> for u32 {
    fn to_row(&self) -> [u32; 1] {
        [*self]
    }

    #[inline(always)]
    fn of_row([number]: [u32; 1]) -> u32 {
        number
    }
}

impl Row<2> for u64 {
    fn to_row(&self) -> [u32; 2] {
        [*self as u32, (*self >> 32) as u32]
    }

    #[inline(always)]
    fn of_row([low, high]: [u32; 2]) -> u64 {
        u64::from(high) << 32 | u64::from(low)
    }
}

/// A list that nothing will be added to.
#[derive(Clone)]
pub(crate) struct Rows<T, const NUMBERS: usize> {
    rows: Cow<'static, [Written<NUMBERS>]>,
    of: PhantomData<T>,
}

/// A part of a list.
pub(crate) struct RowSlice<'r, T, const NUMBERS: usize> {
    rows: &'r [Written<NUMBERS>],
    of: PhantomData<T>,
}

impl<T: Row<NUMBERS>, const NUMBERS: usize> Rows<T, NUMBERS> {
    #[inline(always)]
    pub(crate) fn all(&self) -> RowSlice<'_, T, NUMBERS> {
        RowSlice { rows: &self.rows, of: PhantomData }
    }

    #[inline(always)]
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    #[inline(always)]
    pub(crate) fn get(&self, at: usize) -> Option<T> {
        self.rows.get(at).map(read)
    }

    /// A part of the list; nothing where it reaches beyond the end.
    #[inline(always)]
    pub(crate) fn range(&self, range: Range<u32>) -> RowSlice<'_, T, NUMBERS> {
        let rows = self.rows.get(range.start as usize..range.end as usize);
        RowSlice { rows: rows.unwrap_or_default(), of: PhantomData }
    }
}

impl<T: Row<NUMBERS>, const NUMBERS: usize> RowSlice<'_, T, NUMBERS> {
    #[inline(always)]
    pub(crate) fn is_empty(self) -> bool {
        self.rows.is_empty()
    }

    #[inline(always)]
    pub(crate) fn split_first(self) -> Option<(T, Self)> {
        let (first, rows) = self.rows.split_first()?;
        Some((read(first), RowSlice { rows, ..self }))
    }

    /// What stands before a row and from it on; nothing at all where the list ends before it.
    #[inline(always)]
    pub(crate) fn split_at(self, at: usize) -> (Self, Self) {
        let (before, after) = self.rows.split_at_checked(at).unwrap_or_default();
        (RowSlice { rows: before, ..self }, RowSlice { rows: after, ..self })
    }

    #[inline(always)]
    pub(crate) fn iter(self) -> impl Iterator<Item = T> + Clone {
        self.rows.iter().map(read)
    }
}

/// A row as it is stored.
type Written<const NUMBERS: usize> = [[u8; 4]; NUMBERS];

#[inline(always)]
fn read<T: Row<NUMBERS>, const NUMBERS: usize>(row: &Written<NUMBERS>) -> T {
    T::of_row(row.map(u32::from_le_bytes))
}

impl<T: Row<NUMBERS>, const NUMBERS: usize> FromIterator<T> for Rows<T, NUMBERS> {
    fn from_iter<I: IntoIterator<Item = T>>(list: I) -> Self {
        let rows = list.into_iter().map(|row| row.to_row().map(u32::to_le_bytes));
        Rows { rows: rows.collect(), of: PhantomData }
    }
}

impl<T, const NUMBERS: usize> Default for Rows<T, NUMBERS> {
    fn default() -> Self {
        Rows { rows: Cow::Borrowed(&[]), of: PhantomData }
    }
}

impl<T: Row<NUMBERS> + fmt::Debug, const NUMBERS: usize> fmt::Debug for Rows<T, NUMBERS> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.all().iter()).finish()
    }
}

impl<T, const NUMBERS: usize> Clone for RowSlice<'_, T, NUMBERS> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, const NUMBERS: usize> Copy for RowSlice<'_, T, NUMBERS> {}

impl<T: Row<NUMBERS> + fmt::Debug, const NUMBERS: usize> fmt::Debug for RowSlice<'_, T, NUMBERS> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.iter()).finish()
    }
}

impl<T, const NUMBERS: usize> Serialize for Rows<T, NUMBERS> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.rows.as_flattened().as_flattened())
    }
}

/// Only from bytes that are there for good: they are not copied.
impl<'de: 'static, T, const NUMBERS: usize> Deserialize<'de> for Rows<T, NUMBERS> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_bytes(Borrowing(PhantomData))
    }
}

struct Borrowing<T, const NUMBERS: usize>(PhantomData<T>);

impl<'de: 'static, T, const NUMBERS: usize> Visitor<'de> for Borrowing<T, NUMBERS> {
    type Value = Rows<T, NUMBERS>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("rows of numbers of four bytes")
    }

    fn visit_borrowed_bytes<E: Error>(self, bytes: &'de [u8]) -> Result<Self::Value, E> {
        Ok(Rows { rows: Cow::Borrowed(bytemuck::try_cast_slice(bytes).map_err(E::custom)?), of: PhantomData })
    }
}

/// The text that belongs to some rows, read where it lies as they are.
pub(crate) fn text<'de: 'static, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Cow<'static, str>, D::Error> {
    <&str>::deserialize(deserializer).map(Cow::Borrowed)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn rows_are_the_list_they_were_made_of(
            list in prop::collection::vec(any::<u64>(), 0..20),
            at in 0..25usize,
            range in (0..25u32, 0..25u32),
        ) {
            let made: Rows<u64, 2> = list.iter().copied().collect();
            let stored = postcard::to_allocvec(&made).unwrap().leak();
            let restored: Rows<u64, 2> = postcard::from_bytes(stored).unwrap();
            for rows in [made, restored] {
                let all = rows.all();
                prop_assert_eq!(all.iter().collect::<Vec<_>>(), &list[..]);
                prop_assert_eq!((rows.len(), all.is_empty()), (list.len(), list.is_empty()));
                prop_assert_eq!(rows.get(at), list.get(at).copied());
                let part = list.get(range.0 as usize..range.1 as usize).unwrap_or_default();
                prop_assert_eq!(rows.range(range.0..range.1).iter().collect::<Vec<_>>(), part);
                let (before, after) = list.split_at_checked(at).unwrap_or_default();
                let split = all.split_at(at);
                prop_assert_eq!(split.0.iter().collect::<Vec<_>>(), before);
                prop_assert_eq!(split.1.iter().collect::<Vec<_>>(), after);
                let first = all.split_first().map(|(first, rest)| (first, rest.iter().count()));
                prop_assert_eq!(first, list.split_first().map(|(&first, rest)| (first, rest.len())));
            }
        }
    }
}
