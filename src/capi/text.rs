//! Texts that the caller owns.

use super::boundary::{call, free};
use super::failure::{need, svar_error};
use super::status::svar_status;
use super::str::{lend, svar_str};

/// A text that svar wrote: the answer to a request. Does not change; any number of threads may read it.
pub struct svar_text(pub(super) String);

/// The text, borrowed from `text`: it lives until `svar_text_free`. Any number of threads may ask at once.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn svar_text_get(
    text: Option<&svar_text>,
    out: *mut svar_str,
    error: *mut *mut svar_error,
) -> svar_status {
    // SAFETY: the caller keeps the promises of the module, here and in all of this call.
    unsafe { call(error, || lend("out", out, &need("text", text)?.0)) }
}

/// Frees a text, and with it what was borrowed from it. Takes NULL. No other call may be using it.
#[unsafe(no_mangle)]
pub extern "C" fn svar_text_free(text: Option<Box<svar_text>>) {
    free(text);
}
