//! Lists as they lie in memory, to be stored: `#[serde(with = "packed")]`.
//!
//! Numbers of one or two bytes, as they would be stored else, take less room, and longer to read: which of the two
//! comes next, nobody could foresee.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error, Visitor};
use serde::{Deserializer, Serializer};

/// What is stored as a row of numbers, always of as many.
pub(crate) trait Row<const NUMBERS: usize> {
    fn to_row(&self) -> [u32; NUMBERS];

    /// What was stored as a row. Of one that nothing was stored as it makes something, too.
    fn of_row(row: [u32; NUMBERS]) -> Self;
}

impl Row<1> for u32 {
    fn to_row(&self) -> [u32; 1] {
        [*self]
    }

    fn of_row([number]: [u32; 1]) -> u32 {
        number
    }
}

impl Row<2> for u64 {
    fn to_row(&self) -> [u32; 2] {
        [*self as u32, (*self >> 32) as u32]
    }

    fn of_row([low, high]: [u32; 2]) -> u64 {
        u64::from(high) << 32 | u64::from(low)
    }
}

pub(crate) fn serialize<S: Serializer, T: Row<NUMBERS>, const NUMBERS: usize>(
    list: &[T],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let numbers = list.iter().flat_map(Row::to_row);
    serializer.serialize_bytes(&numbers.flat_map(u32::to_le_bytes).collect::<Vec<u8>>())
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>, T: Row<NUMBERS>, const NUMBERS: usize>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    deserializer.deserialize_bytes(Packed(PhantomData))
}

struct Packed<T, const NUMBERS: usize>(PhantomData<T>);

impl<T: Row<NUMBERS>, const NUMBERS: usize> Visitor<'_> for Packed<T, NUMBERS> {
    type Value = Vec<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("rows of numbers of four bytes")
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Vec<T>, E> {
        let rows = bytes.chunks_exact(NUMBERS * size_of::<u32>());
        Ok(rows.map(|row| T::of_row(numbers(row))).collect())
    }
}

#[inline(always)]
fn numbers<const NUMBERS: usize>(row: &[u8]) -> [u32; NUMBERS] {
    // Not a row of zeros to be filled: that would be one call to clear it and one to copy it.
    std::array::from_fn(|at| {
        let four = row.get(at * size_of::<u32>()..).and_then(<[u8]>::first_chunk);
        four.map_or(0, |four| u32::from_le_bytes(*four))
    })
}
