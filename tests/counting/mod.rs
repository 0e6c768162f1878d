//! An allocator that counts what each thread asks it for.
#![allow(unsafe_code, reason = "an allocator cannot be written without")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

/// What was asked for while something ran.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) times: usize,
    pub(crate) bytes: usize,
}

/// What `run` asks the allocator for on this thread.
pub(crate) fn counted<T>(run: impl FnOnce() -> T) -> (T, Asked) {
    let before = (TIMES.get(), BYTES.get());
    let result = run();
    (result, Asked { times: TIMES.get() - before.0, bytes: BYTES.get() - before.1 })
}

thread_local! {
    static TIMES: Cell<usize> = const { Cell::new(0) };
    static BYTES: Cell<usize> = const { Cell::new(0) };
}

struct Counting;

#[global_allocator]
static COUNTING: Counting = Counting;

impl Counting {
    fn note(bytes: usize) {
        TIMES.set(TIMES.get() + 1);
        BYTES.set(BYTES.get() + bytes);
    }
}

// SAFETY: every call goes to the system's allocator as it is; counting touches nothing but two thread-local numbers,
// which need neither memory nor a destructor.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        Counting::note(layout.size());
        // SAFETY: the caller's promises are passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        Counting::note(size);
        // SAFETY: the caller's promises are passed on.
        unsafe { System.realloc(block, layout, size) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: the caller's promises are passed on.
        unsafe { System.dealloc(block, layout) }
    }
}
