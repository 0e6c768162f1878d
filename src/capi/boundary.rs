//! The one place where calls come in: what fails becomes a status and an error, what panics too.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr::{self, NonNull};
use std::sync::{Mutex, MutexGuard, TryLockError};

use super::failure::{Failure, aligned, svar_error};
use super::status::svar_status;
use crate::source::Diagnostic;

/// Runs a call. Whatever comes of it, the error parameter is written if there is one.
///
/// # Safety
/// `error` is NULL, or may be written.
pub(super) unsafe fn call(
    error: *mut *mut svar_error,
    body: impl FnOnce() -> Result<(), Failure>,
) -> svar_status {
    let outcome = if error.is_aligned() {
        // What a panic leaves behind is only ever in a scratch, and that is made anew: see `Guarded`.
        catch_unwind(AssertUnwindSafe(body)).unwrap_or_else(|payload| Err(Failure::panic(&*payload)))
    } else {
        return svar_status::NullArgument;
    };
    let (status, handle) = match outcome {
        Ok(()) => (svar_status::Ok, ptr::null_mut()),
        Err(failure) if error.is_null() => (failure.status, ptr::null_mut()),
        Err(failure) => (failure.status, Box::into_raw(Box::new(svar_error::new(failure)))),
    };
    if let Some(error) = NonNull::new(error) {
        // SAFETY: the caller promises that it may be written, and it is aligned.
        unsafe { error.write(handle) };
    }
    status
}

/// Frees a handle, or nothing.
pub(super) fn free<T>(handle: Option<Box<T>>) {
    // Nothing that is dropped here panics; were it ever to, C must not see it.
    let _ = catch_unwind(AssertUnwindSafe(|| drop(handle)));
}

/// A place for a handle that the caller will own. Holds NULL until [`give`](Out::give).
pub(super) struct Out<T>(NonNull<*mut T>);

impl<T> Out<T> {
    /// # Safety
    /// `place` is NULL, or may be written until the call ends.
    pub(super) unsafe fn new(name: &str, place: *mut *mut T) -> Result<Self, Failure> {
        let place = aligned(name, place)?;
        // SAFETY: the caller promises that it may be written, and it is aligned.
        unsafe { place.write(ptr::null_mut()) };
        Ok(Out(place))
    }

    pub(super) fn give(self, value: T) {
        // SAFETY: `new` was promised that it may be written.
        unsafe { self.0.write(Box::into_raw(Box::new(value))) };
    }
}

/// Something that one thread at a time may use, in a handle that C may pass from anywhere.
pub(super) struct Guarded<T>(Mutex<T>);

impl<T: Default> Guarded<T> {
    pub(super) fn new(value: T) -> Self {
        Guarded(Mutex::new(value))
    }

    /// Does not wait: who meets another call here has made a mistake, and shall be told.
    pub(super) fn lock(&self, name: &str) -> Result<MutexGuard<'_, T>, Failure> {
        match self.0.try_lock() {
            Ok(guard) => Ok(guard),
            // A call panicked in the middle of its work: what it left is not looked at.
            Err(TryLockError::Poisoned(left)) => {
                let mut guard = left.into_inner();
                *guard = T::default();
                self.0.clear_poison();
                Ok(guard)
            }
            Err(TryLockError::WouldBlock) => {
                let message = format!("`{name}` is in use by another thread");
                let help = "give each thread its own";
                Err(Failure::new(svar_status::Busy, Diagnostic::error("busy", message).with_help(help)))
            }
        }
    }
}
