//! Why a call fails, and the handle by which the caller owns that.

use std::any::Any;
use std::ptr::NonNull;
use std::sync::OnceLock;

use super::status::svar_status;
use crate::source::{Diagnostic, Diagnostics};

/// Why a call failed.
pub(super) struct Failure {
    pub(super) status: svar_status,
    pub(super) why: Diagnostics,
}

impl Failure {
    pub(super) fn new(status: svar_status, why: impl Into<Diagnostics>) -> Self {
        Failure { status, why: why.into() }
    }

    pub(super) fn null(argument: &str) -> Self {
        let diagnostic = Diagnostic::error("null-argument", format!("`{argument}` is NULL"));
        Failure::new(svar_status::NullArgument, diagnostic)
    }

    fn misaligned(argument: &str) -> Self {
        let diagnostic = Diagnostic::error("null-argument", format!("`{argument}` is not aligned"));
        let help = "a pointer has to point to what its type says";
        Failure::new(svar_status::NullArgument, diagnostic.with_help(help))
    }

    pub(super) fn panic(payload: &(dyn Any + Send)) -> Self {
        let said = payload.downcast_ref::<&str>().copied();
        let said = said.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
        let message = format!("svar panicked: {}", said.unwrap_or("no reason was given"));
        let help = "this is a fault of svar, not of the caller; please report it with what was passed in";
        Failure::new(svar_status::Panic, Diagnostic::error("panic", message).with_help(help))
    }
}

/// Why a call failed: at least one diagnostic. Does not change; any number of threads may read it.
pub struct svar_error {
    pub(super) status: svar_status,
    pub(super) why: Diagnostics,
    pub(super) json: OnceLock<String>,
    pub(super) rendered: OnceLock<String>,
}

impl svar_error {
    pub(super) fn new(failure: Failure) -> Self {
        let Failure { status, why } = failure;
        svar_error { status, why, json: OnceLock::new(), rendered: OnceLock::new() }
    }
}

/// A pointer that points somewhere.
pub(super) fn aligned<T>(name: &str, pointer: *mut T) -> Result<NonNull<T>, Failure> {
    let pointer = NonNull::new(pointer).ok_or_else(|| Failure::null(name))?;
    if pointer.is_aligned() { Ok(pointer) } else { Err(Failure::misaligned(name)) }
}

/// A handle that must be there.
pub(super) fn need<'a, T>(name: &str, handle: Option<&'a T>) -> Result<&'a T, Failure> {
    handle.ok_or_else(|| Failure::null(name))
}
