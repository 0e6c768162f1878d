//! How work grows with what it is done on, and never how long it takes. What counts is the time that the thread was at
//! work: on a busy machine a long task is laid aside more often than a short one.

use std::time::Duration;

use cpu_time::ThreadTime;

/// Eight times as much may take so many times as long. Were each thing as dear as all before it, it would be 64 times.
const MOST: u32 = 24;
/// So often both are tried, one after the other, until the best of each are in proportion.
const ROUNDS: usize = 8;

/// Does work of two sizes, one eight times the other.
///
/// # Panics
/// When the larger takes out of proportion long.
#[track_caller]
pub(crate) fn is_linear(what: &str, small: impl FnMut(), large: impl FnMut()) {
    let (mut small, mut large) = (Best::of(small), Best::of(large));
    for _ in 0..ROUNDS {
        if large.again() < small.again() * MOST {
            break;
        }
    }
    assert!(
        large.best < small.best * MOST,
        "{what}: {:?}, and eight times as much {:?}",
        small.best,
        large.best
    );
}

struct Best<F> {
    work: F,
    best: Duration,
}

impl<F: FnMut()> Best<F> {
    fn of(work: F) -> Best<F> {
        Best { work, best: Duration::MAX }
    }

    /// Does it once more; gives the best time so far.
    fn again(&mut self) -> Duration {
        let start = ThreadTime::now();
        (self.work)();
        self.best = self.best.min(start.elapsed());
        self.best
    }
}
