//! Marks: points on the way of a clock, such as `80%`, `due-10m`, `due` and `due+1h`.

use chrono::TimeDelta;

use crate::channel::duration;
use crate::source::{Diagnostic, Field, quoted};

/// No step comes later than ten times what was promised.
const MOST_PERCENT: u32 = 1_000;

/// A point on the way of a clock, in the clock's own time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// So many hundredths of what was promised.
    Share(u32),
    /// So long after it is due; before, where it is negative.
    Due(TimeDelta),
}

impl Mark {
    /// The time that has run at the mark, where so much was promised. Never less than nothing.
    pub fn of(self, promised: TimeDelta) -> TimeDelta {
        let at = match self {
            // Whole seconds; a part of one counts as one, so that a share is never reached too early.
            Mark::Share(percent) => {
                let hundredfold = i128::from(promised.num_seconds()) * i128::from(percent);
                let seconds = (hundredfold + 99).div_euclid(100);
                i64::try_from(seconds).ok().and_then(TimeDelta::try_seconds)
            }
            Mark::Due(after) => promised.checked_add(&after),
        };
        at.unwrap_or(promised).max(TimeDelta::zero())
    }

    pub(super) fn read(field: Field<'_, '_>) -> Option<Mark> {
        let text = field.string()?;
        let mark = Mark::parse(text);
        if mark.is_none() {
            let message = format!("{} is not a point on the way of a clock", quoted(text));
            let help = "write a share of the time such as `80%`, or `due`, `due-10m` or `due+1h`";
            field.report(Diagnostic::error("mark", message).with_help(help));
        }
        mark
    }

    fn parse(text: &str) -> Option<Mark> {
        if let Some(percent) = text.strip_suffix('%') {
            let digits = !percent.is_empty() && percent.bytes().all(|byte| byte.is_ascii_digit());
            let percent = percent.parse().ok().filter(|percent| digits && *percent <= MOST_PERCENT)?;
            return Some(Mark::Share(percent));
        }
        let offset = text.strip_prefix("due")?;
        let after = match offset.split_at_checked(1) {
            None => TimeDelta::zero(),
            Some(("+", after)) => duration::parse(after)?,
            Some(("-", before)) => -duration::parse(before)?,
            Some(_) => return None,
        };
        Some(Mark::Due(after))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn shares_and_offsets() {
        let promised = TimeDelta::minutes(15);
        let at = |text: &str| Mark::parse(text).map(|mark| mark.of(promised).num_seconds());
        assert_eq!(at("80%"), Some(720));
        assert_eq!(at("100%"), Some(900));
        assert_eq!(at("0%"), Some(0));
        assert_eq!(at("due"), Some(900));
        assert_eq!(at("due-5m"), Some(600));
        assert_eq!(at("due+1h"), Some(4500));
        // A mark before the beginning is the beginning.
        assert_eq!(at("due-1h"), Some(0));
        for wrong in ["", "80", "%", "-5%", "+5%", "1001%", "5 %", "due-", "due5m", "dües", "due+-5m", "8.5%"]
        {
            assert_eq!(Mark::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_part_of_a_second_counts_as_one() {
        assert_eq!(Mark::Share(80).of(TimeDelta::seconds(1)).num_seconds(), 1);
        assert_eq!(Mark::Share(50).of(TimeDelta::seconds(3)).num_seconds(), 2);
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,12}") {
            Mark::parse(&text);
        }

        #[test]
        fn greater_shares_come_later(a in 0u32..=1000, b in 0u32..=1000, seconds in 1i64..=315_360_000) {
            let promised = TimeDelta::seconds(seconds);
            let (low, high) = (a.min(b), a.max(b));
            prop_assert!(Mark::Share(low).of(promised) <= Mark::Share(high).of(promised));
        }
    }
}
