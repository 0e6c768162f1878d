//! The C door: svar from C, and from everything that calls C.
//!
//! The header is `include/svar.h`, generated from this module. In short:
//!
//! ```c
//! svar_policy *policy = NULL;
//! svar_scratch *scratch = NULL;
//! svar_text *answer = NULL;
//! svar_error *error = NULL;
//! svar_str request = SVAR_STR("{\"case\":{\"channel\":\"facebook\"},\"reply\":\"Hi!\"}"), json;
//!
//! if (svar_policy_builtin(&policy, &error) == SVAR_STATUS_OK &&
//!     svar_scratch_new(&scratch, &error) == SVAR_STATUS_OK &&
//!     svar_ask(policy, scratch, SVAR_STR("validate"), request, &answer, &error) == SVAR_STATUS_OK &&
//!     svar_text_get(answer, &json, &error) == SVAR_STATUS_OK)
//!   printf("%.*s\n", (int)json.len, json.data);
//!
//! svar_error_free(error);
//! svar_text_free(answer);
//! svar_scratch_free(scratch);
//! svar_policy_free(policy);
//! ```
//!
//! # Two ways in
//!
//! [`svar_ask`] takes any verb with its request as JSON and gives its answer as JSON, the same bytes as the command
//! line and [`request`](crate::request). [`svar_validate`] takes a [`svar_case`] of plain structs and gives a
//! [`svar_report`] whose findings are read by index; no JSON is written or read.
//!
//! # Building
//!
//! `Cargo.toml` names no crate type, so that Rust programs never build what they do not use:
//!
//! ```sh
//! cargo rustc --release --lib --features capi --crate-type cdylib     # target/release/libsvar.so
//! cargo rustc --release --lib --features capi --crate-type staticlib  # target/release/libsvar.a
//! cargo cinstall --release --prefix=/usr                              # cargo-c: both, svar.h, svar.pc, SONAME
//! ```
//!
//! What links `libsvar.a` links `-lpthread -ldl -lm` as well.
//!
//! # Texts
//!
//! A text is a pointer and a length in bytes, [`svar_str`], both ways. It is UTF-8, is not terminated by NUL, and may
//! hold NUL. What is passed in is copied where it must outlive the call. What comes out is *borrowed*: it lives as
//! long as the handle it was asked from, and is never freed by itself.
//!
//! # Ownership
//!
//! A function that writes a handle through a pointer to a pointer gives it to the caller, who gives it back to the
//! `_free` of its type, once. Every `_free` takes NULL. No handle refers to another: they can be freed in any order.
//! An out parameter is written, never read: to a handle if the call succeeds, to NULL if it fails, so that freeing
//! what was written is always right, and a handle still held there would be lost. The structs that are
//! written into, [`svar_summary`] and its like, are written when the call succeeds and left alone when it fails.
//!
//! # Threads
//!
//! There is no global state and nothing belongs to a thread: a handle may be made in one thread, used in another, freed
//! in a third. [`svar_policy`], [`svar_report`], [`svar_text`] and [`svar_error`] do not change; any number of threads
//! may use one at once. [`svar_scratch`] is memory to work in: one for each thread. [`svar_policy_builder`] is for
//! one thread at a time, too. Where two calls meet in one of these two all the same, the second is told
//! [`svar_status::Busy`] and nothing else happens. Freeing something that another thread still uses is a mistake that
//! cannot be caught.
//!
//! # Errors
//!
//! Every call that can fail returns a [`svar_status`], whose numbers never change, and takes a pointer for a
//! [`svar_error`] as its last argument. That error owns what the status cannot say: each diagnostic with code, message,
//! help, source, line and span, and all of it as JSON or as text for people. Pass NULL there to be content with the
//! status. An error spoils nothing: every handle can be used as before.
//!
//! | code | status | what is wrong |
//! |---|---|---|
//! | `null-argument` | [`NullArgument`](svar_status::NullArgument) | an argument is NULL that must not be, or is not aligned |
//! | `not-utf8` | [`NotUtf8`](svar_status::NotUtf8) | a text is not UTF-8; the message says at which byte |
//! | `struct-size` | [`BadArgument`](svar_status::BadArgument) | the `size` of a struct is none that this library knows |
//! | `out-of-range` | [`BadArgument`](svar_status::BadArgument) | a number is none of those the header names, or an index is too large |
//! | `unknown-value` | [`BadArgument`](svar_status::BadArgument) | a verb is none of those that [`svar_ask`] knows |
//! | `busy` | [`Busy`](svar_status::Busy) | another thread is using this scratch or builder |
//! | `panic` | [`Panic`](svar_status::Panic) | svar is at fault; please report it |
//!
//! Every other code is a policy's ([`Policy`](svar_status::Policy)) or a request's
//! ([`Request`](svar_status::Request)); `svar explain CODE` tells about it.
//!
//! # Panics
//!
//! No input is known to make svar panic. Should a call do so all the same, that call returns
//! [`svar_status::Panic`] and the program goes on; the policy and every other handle stay as they were, and the scratch
//! of that call starts anew. The process's panic hook is the host's: svar neither sets nor clears it, so Rust's own
//! hook, where nobody set another, prints the panic to standard error. Memory that has run out ends the process,
//! as it does in any Rust program. The library cannot be built with `panic = "abort"`.
//!
//! # What must be promised
//!
//! C cannot promise much, so this is all: a pointer is NULL, or points to what its type says for as long as the call
//! runs; a text has as many bytes as its length says; a handle was given by this library and has not been freed; a
//! struct begins with its own size. Everything else is checked.
//!
//! # Versions
//!
//! [`SVAR_ABI_VERSION`] changes when a program must be compiled anew. Structs that may grow begin with `size`,
//! which the caller sets to `sizeof` of the struct it was compiled with; fields are only ever added at the end, so that
//! an older program goes on working with a newer library. A newer program works with an older library as long as it
//! leaves the new fields zero.
#![allow(unsafe_code, reason = "pointers come from C; all unsafe code of the library is in this module")]
#![allow(non_camel_case_types, reason = "these are the names of the header")]
#![allow(
    clippy::missing_safety_doc,
    reason = "what must be promised is the same everywhere and stands above"
)]

mod ask;
mod boundary;
mod case;
mod error;
mod failure;
mod given;
mod named;
mod plain;
mod policy;
mod report;
mod status;
mod str;
mod text;
mod version;

pub use ask::{svar_ask, svar_scratch, svar_scratch_free, svar_scratch_new};
pub use case::{
    SVAR_FACT_CONSENT, SVAR_FACT_DEADLINE_PASSED, SVAR_FACT_FIXED, SVAR_FACT_IDENTIFIED,
    SVAR_FACT_INVESTIGATED, SVAR_FACT_MEDIA, SVAR_FACT_OFFERED, SVAR_FACT_TOLD, SVAR_GIVEN_AGENT_LEVEL,
    SVAR_GIVEN_COMPLEXITY, SVAR_GIVEN_POPULATION, SVAR_GIVEN_REACH, SVAR_GIVEN_TRAINING,
    SVAR_GIVEN_USUAL_COMMENTS, SVAR_GIVEN_USUAL_REACTIONS, svar_case, svar_event, svar_instant, svar_message,
    svar_money, svar_sample,
};
pub use error::{
    svar_diagnostic, svar_error_count, svar_error_diagnostic, svar_error_free, svar_error_json,
    svar_error_render, svar_error_status,
};
pub use failure::svar_error;
pub use policy::{
    svar_policy, svar_policy_builder, svar_policy_builder_build, svar_policy_builder_check,
    svar_policy_builder_free, svar_policy_builder_layer, svar_policy_builder_new, svar_policy_builder_pack,
    svar_policy_builtin, svar_policy_clone, svar_policy_free, svar_policy_load, svar_policy_name,
    svar_policy_print, svar_policy_version, svar_policy_warnings,
};
pub use report::{
    svar_finding, svar_report, svar_report_finding, svar_report_free, svar_report_json, svar_report_masked,
    svar_report_summary, svar_summary, svar_validate,
};
pub use status::{
    svar_author, svar_fault, svar_level, svar_loss_kind, svar_severity, svar_status, svar_verdict,
    svar_visibility,
};
pub use str::svar_str;
pub use text::{svar_text, svar_text_free, svar_text_get};
pub use version::{SVAR_ABI_VERSION, svar_abi_version, svar_version};

#[cfg(panic = "abort")]
compile_error!("the C door catches panics, so it must be built with panic = \"unwind\"");
