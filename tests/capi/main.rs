//! The C door, from outside: its header, its symbols, and programs in C and C++ that are compiled, linked and run.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    missing_docs,
    reason = "a test says what it expects"
)]
#![allow(unsafe_code, reason = "one test calls as C does")]

#[path = "../asking/mod.rs"]
mod asking;
mod cargo_c;
mod corpus;
mod header;
mod library;
mod panics;
mod programs;
mod symbols;

/// Where the sources are.
const ROOT: &str = env!("CARGO_MANIFEST_DIR");
