//! Pieces of text: pointer and length, in and out.

use std::ffi::c_char;
use std::{ptr, slice};

use super::failure::{Failure, aligned};
use super::status::svar_status;
use crate::source::Diagnostic;

/// A text: UTF-8, not terminated by NUL, and NUL may stand in it.
///
/// As an argument it is read during the call only. As a result it is borrowed from the handle it was asked from, and
/// lives as long as that handle. Where a text may be left out, `data` is NULL and `len` 0.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct svar_str {
    /// The first byte. NULL is no text, not an empty one.
    pub data: *const c_char,
    /// How many bytes.
    pub len: usize,
}

impl svar_str {
    /// No text.
    pub const NONE: svar_str = svar_str { data: ptr::null(), len: 0 };

    /// The text, which must be there.
    ///
    /// # Safety
    /// `data` is NULL, or points to `len` bytes that stay as they are during `'a`.
    pub(super) unsafe fn read<'a>(self, name: &str) -> Result<&'a str, Failure> {
        if self.data.is_null() {
            return Err(Failure::null(name));
        }
        if isize::try_from(self.len).is_err() {
            let message = format!("`{name}` has {} bytes, which no memory holds", self.len);
            return Err(Failure::new(svar_status::BadArgument, Diagnostic::error("out-of-range", message)));
        }
        // SAFETY: it is not NULL, bytes are always aligned, and the caller promises the rest.
        let bytes = unsafe { slice::from_raw_parts(self.data.cast::<u8>(), self.len) };
        std::str::from_utf8(bytes).map_err(|error| {
            let message = format!("`{name}` is not UTF-8 at byte {}", error.valid_up_to());
            Failure::new(svar_status::NotUtf8, Diagnostic::error("not-utf8", message))
        })
    }

    /// The text, if there is one.
    ///
    /// # Safety
    /// As [`read`](svar_str::read).
    pub(super) unsafe fn read_optional<'a>(self, name: &str) -> Result<Option<&'a str>, Failure> {
        if self.data.is_null() && self.len == 0 {
            return Ok(None);
        }
        // SAFETY: the caller's promise is the same.
        unsafe { self.read(name) }.map(Some)
    }
}

impl From<&str> for svar_str {
    fn from(text: &str) -> Self {
        svar_str { data: text.as_ptr().cast(), len: text.len() }
    }
}

impl From<Option<&str>> for svar_str {
    fn from(text: Option<&str>) -> Self {
        text.map_or(svar_str::NONE, svar_str::from)
    }
}

/// Writes a borrowed text to the caller.
///
/// # Safety
/// `place` is NULL, or may be written.
pub(super) unsafe fn lend(name: &str, place: *mut svar_str, text: &str) -> Result<(), Failure> {
    let place = aligned(name, place)?;
    // SAFETY: the caller promises that it may be written, and it is aligned.
    unsafe { place.write(text.into()) };
    Ok(())
}
