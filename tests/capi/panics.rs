//! A panic belongs to the call in which it happens, and the hook to the host.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::{panic, ptr};

use svar::capi::{
    svar_ask, svar_error, svar_error_free, svar_policy, svar_policy_builtin, svar_policy_free, svar_scratch,
    svar_scratch_free, svar_scratch_new, svar_status, svar_str, svar_text, svar_text_free,
};

static SEEN: AtomicUsize = AtomicUsize::new(0);

fn ask(policy: &svar_policy, scratch: *mut svar_scratch, verb: &str, request: &str) -> svar_status {
    let mut answer: *mut svar_text = ptr::null_mut();
    let mut error: *mut svar_error = ptr::null_mut();
    // SAFETY: all of it lives, and is freed once.
    unsafe {
        let (verb, request) = (svar_str::from(verb), svar_str::from(request));
        let status = svar_ask(Some(policy), scratch, verb, request, &raw mut answer, &raw mut error);
        assert_eq!(status == svar_status::Ok, error.is_null());
        assert_eq!(status != svar_status::Ok, answer.is_null());
        svar_text_free((!answer.is_null()).then(|| Box::from_raw(answer)));
        svar_error_free((!error.is_null()).then(|| Box::from_raw(error)));
        status
    }
}

#[test]
fn a_panic_reaches_the_hook_of_the_host_and_ends_with_its_call() {
    let earlier = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        let said = info.payload().downcast_ref::<String>();
        if said.is_some_and(|said| said == "the hook shall see this") {
            SEEN.fetch_add(1, Ordering::Relaxed);
        } else {
            earlier(info);
        }
    }));
    let (mut policy, mut scratch) = (ptr::null_mut(), ptr::null_mut());
    // SAFETY: both places are there.
    unsafe {
        assert_eq!(svar_policy_builtin(&raw mut policy, ptr::null_mut()), svar_status::Ok);
        assert_eq!(svar_scratch_new(&raw mut scratch, ptr::null_mut()), svar_status::Ok);
    }
    // SAFETY: the call above made it.
    let policy = unsafe { Box::from_raw(policy) };
    let read = r#"{"text": "We're sorry."}"#;
    for round in 1..=2 {
        assert_eq!(ask(&policy, scratch, "read", read), svar_status::Ok);
        assert_eq!(ask(&policy, scratch, "panic", "the hook shall see this"), svar_status::Panic);
        assert_eq!(SEEN.load(Ordering::Relaxed), round, "the hook is still the host's");
    }
    assert_eq!(ask(&policy, scratch, "read", read), svar_status::Ok);
    svar_policy_free(Some(policy));
    // SAFETY: made above, freed once.
    svar_scratch_free(Some(unsafe { Box::from_raw(scratch) }));
}
