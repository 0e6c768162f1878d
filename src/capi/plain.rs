//! Plain structs that may grow: each begins with its size, as the caller knows it.

use std::mem::{MaybeUninit, size_of};
use std::ptr;

use super::failure::{Failure, aligned};
use super::status::svar_status;
use crate::source::Diagnostic;

/// No struct will ever be as large; a `size` beyond it is memory that was never written.
const LARGEST: usize = 4096;

/// A struct of the header whose later versions have more fields at the end.
///
/// # Safety
/// The struct is `repr(C)`, has no `Drop`, and everything in it may be zero: numbers, pointers and enumerations that
/// have a zero.
pub(super) unsafe trait Plain: Copy {
    /// What it is called in the header.
    const NAME: &'static str;
    /// Its size in the first version of the header. Stays as it is when fields are added.
    const LEAST: usize;
}

/// One that is written for a caller.
///
/// # Safety
/// There are no gaps between its fields.
pub(super) unsafe trait Written: Plain {
    /// Where its last field ends.
    const END: usize;
}

/// A struct of the caller that says its own size. Fields the caller does not know are zero.
///
/// # Safety
/// `from` is NULL, or points to a struct that is as large as its first field says.
pub(super) unsafe fn read<T: Plain>(name: &str, from: *const T) -> Result<T, Failure> {
    let from = aligned(name, from.cast_mut())?.as_ptr();
    // SAFETY: it points to the caller's struct, whose first field is its size.
    let size = unsafe { from.cast::<usize>().read() };
    // SAFETY: the caller promises that the struct is so large.
    unsafe { read_sized(name, from, size) }
}

/// A struct of which the caller said elsewhere how large it is.
///
/// # Safety
/// `from` is aligned and points to `size` bytes.
pub(super) unsafe fn read_sized<T: Plain>(name: &str, from: *const T, size: usize) -> Result<T, Failure> {
    check_size::<T>(name, size)?;
    let mut value = MaybeUninit::<T>::zeroed();
    // SAFETY: both have at least so many bytes, and ours is new, so they are apart.
    unsafe {
        ptr::copy_nonoverlapping(from.cast::<u8>(), value.as_mut_ptr().cast(), size.min(size_of::<T>()))
    };
    for at in size_of::<T>()..size {
        // SAFETY: `at` is below the size that the caller promises.
        if unsafe { from.cast::<u8>().add(at).read() } != 0 {
            let message = format!("`{name}` has fields that this version of svar does not know");
            let help = "leave them zero, or use a newer version";
            return Err(bad(Diagnostic::error("struct-size", message).with_help(help)));
        }
    }
    // SAFETY: every field may be zero, and the others are what the caller wrote into numbers and pointers.
    Ok(unsafe { value.assume_init() })
}

/// Writes into a struct of the caller that says its own size; fields that only the caller knows become zero.
///
/// # Safety
/// `to` is NULL, or points to a struct that is as large as its first field says and may be written.
pub(super) unsafe fn write<T: Written>(name: &str, to: *mut T, value: T) -> Result<(), Failure> {
    // What lies behind the last field would be written, too, with whatever it holds, over a field that a newer caller
    // may have there.
    const { assert!(T::END == size_of::<T>()) };
    let to = aligned(name, to)?.as_ptr();
    // SAFETY: it points to the caller's struct, whose first field is its size.
    let size = unsafe { to.cast::<usize>().read() };
    check_size::<T>(name, size)?;
    // SAFETY: the struct has so many bytes and may be written; `value` is ours, so they are apart.
    unsafe {
        ptr::write_bytes(to.cast::<u8>(), 0, size);
        ptr::copy_nonoverlapping((&raw const value).cast::<u8>(), to.cast(), size.min(size_of::<T>()));
        to.cast::<usize>().write(size);
    }
    Ok(())
}

pub(super) fn check_size<T: Plain>(name: &str, size: usize) -> Result<(), Failure> {
    if (T::LEAST..=LARGEST).contains(&size) {
        return Ok(());
    }
    let message = format!("`{name}` says that its size is {size}, a {} has {}", T::NAME, size_of::<T>());
    let help = format!("set it to `sizeof({})` before the call", T::NAME);
    Err(bad(Diagnostic::error("struct-size", message).with_help(help)))
}

fn bad(why: Diagnostic) -> Failure {
    Failure::new(svar_status::BadArgument, why)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::mem::offset_of;

    #[repr(C)]
    #[derive(Clone, Copy, Debug, PartialEq)]
    struct Grown {
        size: usize,
        first: usize,
        later: usize,
    }

    // SAFETY: three numbers.
    unsafe impl Plain for Grown {
        const NAME: &'static str = "grown";
        const LEAST: usize = 2 * size_of::<usize>();
    }

    // SAFETY: three numbers of one size.
    unsafe impl Written for Grown {
        const END: usize = offset_of!(Self, later) + size_of::<usize>();
    }

    const WORD: usize = size_of::<usize>();

    fn read_words(words: &[usize]) -> Result<Grown, svar_status> {
        // SAFETY: each test gives as many words as it says.
        unsafe { read("it", words.as_ptr().cast::<Grown>()) }.map_err(|failure| failure.status)
    }

    #[test]
    fn an_older_struct_is_read_with_zeros() {
        assert_eq!(read_words(&[2 * WORD, 7]), Ok(Grown { size: 2 * WORD, first: 7, later: 0 }));
        assert_eq!(read_words(&[3 * WORD, 7, 8]), Ok(Grown { size: 3 * WORD, first: 7, later: 8 }));
    }

    #[test]
    fn a_newer_struct_is_read_if_it_says_nothing_new() {
        assert_eq!(read_words(&[4 * WORD, 7, 8, 0]), Ok(Grown { size: 4 * WORD, first: 7, later: 8 }));
        assert_eq!(read_words(&[4 * WORD, 7, 8, 1]), Err(svar_status::BadArgument));
    }

    #[test]
    fn a_size_that_is_none_is_refused() {
        for size in [0, WORD, LARGEST + 1, usize::MAX] {
            assert_eq!(read_words(&[size, 7, 8]), Err(svar_status::BadArgument), "{size}");
        }
        // SAFETY: nothing is read.
        let failure = unsafe { read::<Grown>("it", ptr::null()) }.err().map(|failure| failure.status);
        assert_eq!(failure, Some(svar_status::NullArgument));
    }

    #[test]
    fn writing_stays_within_the_callers_struct() {
        let value = Grown { size: 0, first: 7, later: 8 };
        for (size, expected) in [(2, [2 * WORD, 7, 9, 9]), (3, [3 * WORD, 7, 8, 9]), (4, [4 * WORD, 7, 8, 0])]
        {
            let mut words = [size * WORD, 9, 9, 9];
            // SAFETY: there are four words, and the first says at most so many.
            assert!(unsafe { write("it", words.as_mut_ptr().cast::<Grown>(), value) }.is_ok());
            assert_eq!(words, expected);
        }
    }
}
