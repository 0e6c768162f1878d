//! Policies and what they are made of.

use std::sync::Arc;

use super::boundary::{Guarded, Out, call, free};
use super::failure::{Failure, need, svar_error};
use super::status::svar_status;
use super::str::{lend, svar_str};
use super::text::svar_text;
use crate::policy::{Policy, PolicyBuilder};
use crate::request::to_json;
use crate::testing;

/// A compiled policy. Does not change; any number of threads may use it at once. One serves a whole program.
pub struct svar_policy {
    pub(super) policy: Policy,
    /// What it was made of, to print it from.
    documents: Arc<PolicyBuilder>,
}

impl svar_policy {
    fn build(documents: PolicyBuilder) -> Result<Self, Failure> {
        let policy = documents.build().map_err(|why| Failure::new(svar_status::Policy, why))?;
        Ok(svar_policy { policy, documents: Arc::new(documents) })
    }
}

/// Loads the policy that ships with svar. Takes some milliseconds: do it once. From any thread. The policy is the
/// caller's, for `svar_policy_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn svar_policy_builtin(
    policy: *mut *mut svar_policy,
    error: *mut *mut svar_error,
) -> svar_status {
    // SAFETY: the caller keeps the promises of the module, here and in all of this call.
    unsafe {
        call(error, || {
            let policy = Out::new("policy", policy)?;
            policy.give(svar_policy::build(PolicyBuilder::builtin())?);
            Ok(())
        })
    }
}

/// Loads a policy from one TOML or JSON document, in which places are told as those of `policy`. What it extends must
/// be built in; for more documents there is `svar_policy_builder`. The document is read during the call only. From any
/// thread. The policy is the caller's, for `svar_policy_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn svar_policy_load(
    document: svar_str,
    policy: *mut *mut svar_policy,
    error: *mut *mut svar_error,
) -> svar_status {
    // SAFETY: the caller keeps the promises of the module, here and in all of this call.
    unsafe {
        call(error, || {
            let policy = Out::new("policy", policy)?;
            let builder = PolicyBuilder::default().layer("policy", document.read("document")?);
            policy.give(svar_policy::build(builder)?);
            Ok(())
        })
    }
}

/// Another handle for the same policy, for somebody who frees it at another time. Costs next to nothing. Any number of
/// threads may ask at once. The clone is the caller's, for `svar_policy_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn svar_policy_clone(
    policy: Option<&svar_policy>,
    clone: *mut *mut svar_policy,
    error: *mut *mut svar_error,
) -> svar_status {
    // SAFETY: the caller keeps the promises of the module, here and in all of this call.
    unsafe {
        call(error, || {
            let clone = Out::new("clone", clone)?;
            let svar_policy { policy, documents } = need("policy", policy)?;
            clone.give(svar_policy { policy: policy.clone(), documents: Arc::clone(documents) });
            Ok(())
        })
    }
}

/// The name of the policy, borrowed from `policy`: it lives until `svar_policy_free`. Any number of threads may ask at
/// once.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn svar_policy_name(
    policy: Option<&svar_policy>,
    out: *mut svar_str,
    error: *mut *mut svar_error,
) -> svar_status {
    // SAFETY: the caller keeps the promises of the module, here and in all of this call.
    unsafe { call(error, || lend("out", out, need("policy", policy)?.policy.name())) }
}

/// The version of the policy, borrowed from `policy`: it lives until `svar_policy_free`. Empty where the policy gives
/// none. Any number of threads may ask at once.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn svar_policy_version(
    policy: Option<&svar_policy>,
    out: *mut svar_str,
    error: *mut *mut svar_error,
) -> svar_status {
    // SAFETY: the caller keeps the promises of the module, here and in all of this call.
    unsafe { call(error, || lend("out", out, need("policy", policy)?.policy.version())) }
}

/// What is doubtful in the documents of the policy, though no error: a JSON list of diagnostics. Any number of threads
/// may ask at once. The answer is the caller's, for `svar_text_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn svar_policy_warnings(
    policy: Option<&svar_policy>,
    answer: *mut *mut svar_text,
    error: *mut *mut svar_error,
) -> svar_status {
    // SAFETY: the caller keeps the promises of the module, here and in all of this call.
    unsafe {
        call(error, || {
            let answer = Out::new("answer", answer)?;
            answer.give(svar_text(to_json(&need("policy", policy)?.policy.warnings())));
            Ok(())
        })
    }
}

/// The whole policy as one JSON document: all layers and all that they extend, laid over one another. Loading it gives
/// the same policy. Any number of threads may ask at once. The answer is the caller's, for `svar_text_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn svar_policy_print(
    policy: Option<&svar_policy>,
    answer: *mut *mut svar_text,
    error: *mut *mut svar_error,
) -> svar_status {
    // SAFETY: the caller keeps the promises of the module, here and in all of this call.
    unsafe {
        call(error, || {
            let answer = Out::new("answer", answer)?;
            let printed = need("policy", policy)?.documents.print();
            answer.give(svar_text(printed.map_err(|why| Failure::new(svar_status::Policy, why))?));
            Ok(())
        })
    }
}

/// Frees a policy, and with it what was borrowed from it. Takes NULL. No other call may be using this handle. Reports,
/// texts and other handles for the same policy live on.
#[unsafe(no_mangle)]
pub extern "C" fn svar_policy_free(policy: Option<Box<svar_policy>>) {
    free(policy);
}

/// Collects the documents of a policy. For one thread at a time.
pub struct svar_policy_builder(Guarded<PolicyBuilder>);

impl svar_policy_builder {
    /// # Safety
    /// `handle` is NULL, or lives during the call.
    unsafe fn add(
        handle: *mut svar_policy_builder,
        with: impl FnOnce(PolicyBuilder) -> PolicyBuilder,
    ) -> Result<(), Failure> {
        // SAFETY: the caller's promise is the same; only shared references are ever made of a handle.
        let mut builder = need("builder", unsafe { handle.as_ref() })?.0.lock("builder")?;
        *builder = with(std::mem::take(&mut *builder));
        Ok(())
    }

    /// A copy, so that what is long is not done with the builder locked.
    ///
    /// # Safety
    /// As [`add`](svar_policy_builder::add).
    unsafe fn copy(handle: *mut svar_policy_builder) -> Result<PolicyBuilder, Failure> {
        // SAFETY: the caller's promise is the same; only shared references are ever made of a handle.
        Ok(need("builder", unsafe { handle.as_ref() })?.0.lock("builder")?.clone())
    }
}

/// Starts to put a policy together. From any thread. The builder is the caller's, for `svar_policy_builder_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn svar_policy_builder_new(
    builder: *mut *mut svar_policy_builder,
    error: *mut *mut svar_error,
) -> svar_status {
    // SAFETY: the caller keeps the promises of the module, here and in all of this call.
    unsafe {
        call(error, || {
            let builder = Out::new("builder", builder)?;
            builder.give(svar_policy_builder(Guarded::new(PolicyBuilder::default())));
            Ok(())
        })
    }
}

/// Adds a layer on top: it wins over all that were added before, and over what they extend. `name` is what diagnostics
/// call it, usually the path of the file; `document` is TOML or JSON. Both are copied. Mistakes in it are reported by
/// `svar_policy_builder_build`. One thread at a time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn svar_policy_builder_layer(
    builder: *mut svar_policy_builder,
    name: svar_str,
    document: svar_str,
    error: *mut *mut svar_error,
) -> svar_status {
    // SAFETY: the caller keeps the promises of the module, here and in all of this call.
    unsafe {
        call(error, || {
            let (name, document) = (name.read("name")?, document.read("document")?);
            svar_policy_builder::add(builder, |builder| builder.layer(name, document))
        })
    }
}

/// Makes a document available for `extends` by its name. A pack of the same name, also one that is built in, is
/// replaced. Both texts are copied. One thread at a time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn svar_policy_builder_pack(
    builder: *mut svar_policy_builder,
    name: svar_str,
    document: svar_str,
    error: *mut *mut svar_error,
) -> svar_status {
    // SAFETY: the caller keeps the promises of the module, here and in all of this call.
    unsafe {
        call(error, || {
            let (name, document) = (name.read("name")?, document.read("document")?);
            svar_policy_builder::add(builder, |builder| builder.pack(name, document))
        })
    }
}

/// Reads, merges, checks and compiles everything. The error has every mistake of all documents. The builder stays as it
/// is: correct it by another layer, or build once more. One thread at a time. The policy is the caller's, for
/// `svar_policy_free`, and does not need the builder.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn svar_policy_builder_build(
    builder: *mut svar_policy_builder,
    policy: *mut *mut svar_policy,
    error: *mut *mut svar_error,
) -> svar_status {
    // SAFETY: the caller keeps the promises of the module, here and in all of this call.
    unsafe {
        call(error, || {
            let policy = Out::new("policy", policy)?;
            policy.give(svar_policy::build(svar_policy_builder::copy(builder)?)?);
            Ok(())
        })
    }
}

/// Everything there is to say about the documents, examples that do not hold included: a JSON list of diagnostics, the
/// bytes of `svar check --format json`. Mistakes are part of the answer, not an error of this call. One thread at a
/// time. The answer is the caller's, for `svar_text_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn svar_policy_builder_check(
    builder: *mut svar_policy_builder,
    answer: *mut *mut svar_text,
    error: *mut *mut svar_error,
) -> svar_status {
    // SAFETY: the caller keeps the promises of the module, here and in all of this call.
    unsafe {
        call(error, || {
            let answer = Out::new("answer", answer)?;
            answer.give(svar_text(to_json(&testing::check(&svar_policy_builder::copy(builder)?))));
            Ok(())
        })
    }
}

/// Frees a builder. Takes NULL. No other call may be using it. Policies that it built live on.
#[unsafe(no_mangle)]
pub extern "C" fn svar_policy_builder_free(builder: Option<Box<svar_policy_builder>>) {
    free(builder);
}
