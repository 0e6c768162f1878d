//! Durations in words.

use chrono::TimeDelta;

/// A duration as people say it, in its two largest units: `2 d 3 h`, `1 h 20 min`, `45 s`.
pub(crate) fn in_words(time: TimeDelta) -> String {
    let total = time.num_seconds().unsigned_abs();
    let sign = if time < TimeDelta::zero() { "-" } else { "" };
    let units =
        [(total / 86_400, "d"), (total / 3_600 % 24, "h"), (total / 60 % 60, "min"), (total % 60, "s")];
    let first = units.iter().position(|(count, _)| *count > 0).unwrap_or(units.len() - 1);
    let said = units.iter().skip(first).take(2).filter(|(count, _)| *count > 0 || total == 0);
    let said: Vec<_> = said.map(|(count, unit)| format!("{count} {unit}")).collect();
    format!("{sign}{}", said.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_as_people_say_them() {
        for (seconds, words) in [
            (0, "0 s"),
            (45, "45 s"),
            (900, "15 min"),
            (4_800, "1 h 20 min"),
            (86_400, "1 d"),
            (183_600, "2 d 3 h"),
            (86_460, "1 d"),
            (-60, "-1 min"),
        ] {
            assert_eq!(in_words(TimeDelta::seconds(seconds)), words);
        }
    }
}
