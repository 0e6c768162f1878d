//! Errors that the caller owns.

use std::mem::{offset_of, size_of};

use super::boundary::{call, free};
use super::failure::{Failure, aligned, need, svar_error};
use super::plain::{self, Plain, Written};
use super::status::{svar_severity, svar_status};
use super::str::{lend, svar_str};
use crate::request::error_json;
use crate::source::{Diagnostic, Location};

/// One diagnostic. Texts are borrowed from the error; what is not known is NULL or 0.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct svar_diagnostic {
    /// `sizeof(svar_diagnostic)`, set by the caller.
    pub size: usize,
    /// The stable name of what is said, such as `unknown-key`.
    pub code: svar_str,
    /// What is said: one line, lower case.
    pub message: svar_str,
    /// What to do about it.
    pub help: svar_str,
    /// The name of the text it is about: a layer, a pack, `request`.
    pub source: svar_str,
    /// The line in that text, from 1.
    pub line: usize,
    /// The column in that line, from 1, in code points.
    pub column: usize,
    /// The first byte of the place in that text.
    pub start: usize,
    /// The byte after its last one.
    pub end: usize,
    /// How much it weighs; a `svar_severity`.
    pub severity: u32,
    /// Zero.
    pub reserved: u32,
}

// SAFETY: numbers and pointers.
unsafe impl Plain for svar_diagnostic {
    const NAME: &'static str = "svar_diagnostic";
    const LEAST: usize = size_of::<Self>();
}

// SAFETY: what is smaller than a pointer stands last, two by two.
unsafe impl Written for svar_diagnostic {
    const END: usize = offset_of!(Self, reserved) + size_of::<u32>();
}

impl From<&Diagnostic> for svar_diagnostic {
    fn from(diagnostic: &Diagnostic) -> Self {
        let location = diagnostic.location();
        let number = |number: fn(&Location) -> usize| location.map_or(0, number);
        svar_diagnostic {
            size: size_of::<Self>(),
            code: diagnostic.code().into(),
            message: diagnostic.message().into(),
            help: diagnostic.help().into(),
            source: location.map(|location| location.source().name()).into(),
            line: number(Location::line),
            column: number(Location::column),
            start: number(|location| location.span().start),
            end: number(|location| location.span().end),
            severity: svar_severity::from(diagnostic.severity()) as u32,
            reserved: 0,
        }
    }
}

/// The status of the call that gave this error. `SVAR_STATUS_NULL_ARGUMENT` for NULL. This and the other questions to
/// an error may be asked by any number of threads at once; they give no error of their own.
#[unsafe(no_mangle)]
pub extern "C" fn svar_error_status(error: Option<&svar_error>) -> svar_status {
    error.map_or(svar_status::NullArgument, |error| error.status)
}

/// How many diagnostics the error has: at least one, and for the documents of a policy every mistake that was found.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn svar_error_count(error: Option<&svar_error>, out: *mut usize) -> svar_status {
    let body = || {
        let out = aligned("out", out)?;
        // SAFETY: the caller promises that it may be written, and it is aligned.
        unsafe { out.write(need("error", error)?.why.iter().count()) };
        Ok(())
    };
    // SAFETY: NULL is allowed.
    unsafe { call(std::ptr::null_mut(), body) }
}

/// The diagnostic at `index`, from 0: the first is the one to show where only one is shown. Set `out->size` before. The
/// texts in it are borrowed from `error`: they live until `svar_error_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn svar_error_diagnostic(
    error: Option<&svar_error>,
    index: usize,
    out: *mut svar_diagnostic,
) -> svar_status {
    let body = || {
        let why = &need("error", error)?.why;
        aligned("out", out)?;
        let Some(diagnostic) = why.iter().nth(index) else {
            return Err(out_of_range(index, why.iter().count()));
        };
        // SAFETY: the caller keeps the promises of the module.
        unsafe { plain::write("out", out, diagnostic.into()) }
    };
    // SAFETY: NULL is allowed.
    unsafe { call(std::ptr::null_mut(), body) }
}

/// All of it as one line of JSON, `{"error":…,"more":[…],"id"?}`, the bytes the command line prints for a bad line.
/// Related places are there, too. Borrowed from `error`: it lives until `svar_error_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn svar_error_json(error: Option<&svar_error>, out: *mut svar_str) -> svar_status {
    let body = || {
        let error = need("error", error)?;
        // SAFETY: the caller keeps the promises of the module.
        unsafe { lend("out", out, error.json.get_or_init(|| error_json(&error.why))) }
    };
    // SAFETY: NULL is allowed.
    unsafe { call(std::ptr::null_mut(), body) }
}

/// All of it for people, in several lines, with the lines of the source that it is about. Borrowed from `error`: it
/// lives until `svar_error_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn svar_error_render(error: Option<&svar_error>, out: *mut svar_str) -> svar_status {
    let body = || {
        let error = need("error", error)?;
        // SAFETY: the caller keeps the promises of the module.
        unsafe { lend("out", out, error.rendered.get_or_init(|| error.why.render())) }
    };
    // SAFETY: NULL is allowed.
    unsafe { call(std::ptr::null_mut(), body) }
}

/// Frees an error, and with it what was borrowed from it. Takes NULL. No other call may be using it.
#[unsafe(no_mangle)]
pub extern "C" fn svar_error_free(error: Option<Box<svar_error>>) {
    free(error);
}

/// An index that is too large.
pub(super) fn out_of_range(index: usize, count: usize) -> Failure {
    let message = format!("`index` is {index}, there are {count}");
    Failure::new(svar_status::BadArgument, Diagnostic::error("out-of-range", message))
}
