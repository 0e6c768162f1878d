//! Choosing: the same seed says the same, another one something else.

/// A small generator (splitmix64, Steele, Lea & Flood 2014): enough to choose among sentences, the same everywhere.
fn mix(mut state: u64) -> u64 {
    state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// A number for a seed and what is chosen for, so that one choice does not depend on those before it.
pub(super) fn number(seed: u64, subject: &str) -> u64 {
    let mut state = mix(seed);
    for byte in subject.bytes() {
        state = mix(state ^ u64::from(byte));
    }
    state
}

/// Where to begin in a list of so many.
pub(super) fn start(seed: u64, subject: &str, count: usize) -> usize {
    let count = u64::try_from(count).unwrap_or(1).max(1);
    usize::try_from(number(seed, subject) % count).unwrap_or(0)
}

/// The first two words of a text, as they are compared.
pub(super) fn opening(text: &str) -> String {
    let words = text.split_whitespace().take(2);
    let words: Vec<String> =
        words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_always_begins_at_the_same_place_and_all_places_are_reached() {
        assert_eq!(number(7, "apology"), number(7, "apology"));
        let places: std::collections::BTreeSet<_> = (0..40).map(|seed| start(seed, "apology", 5)).collect();
        assert_eq!(places.len(), 5);
        assert_eq!(start(3, "thanks", 0), 0);
    }

    #[test]
    fn openings_are_compared_without_case_and_marks() {
        assert_eq!(opening("Vi beklager, Kari!"), opening("vi  BEKLAGER det"));
        assert_ne!(opening("Vi tar dette"), opening("Vi beklager det"));
    }
}
