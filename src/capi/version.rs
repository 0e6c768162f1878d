//! Versions.

use super::str::svar_str;

/// The version of this interface. A program that was compiled with another one must be compiled anew.
pub const SVAR_ABI_VERSION: u32 = 1;

/// The `SVAR_ABI_VERSION` the library was built with. Compare it with the header's before anything else. From any
/// thread.
#[unsafe(no_mangle)]
pub extern "C" fn svar_abi_version() -> u32 {
    SVAR_ABI_VERSION
}

/// The version of the library, such as `0.1.0`. It lives as long as the program and is not freed. From any thread.
#[unsafe(no_mangle)]
pub extern "C" fn svar_version() -> svar_str {
    env!("CARGO_PKG_VERSION").into()
}
